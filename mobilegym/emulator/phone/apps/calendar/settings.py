"""The calendar's settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.calendar.choices import CUSTOM_REMINDER_UNITS, REMINDER_CHOICES, UNIT_MINUTES
from mobilegym.emulator.phone.apps.calendar.dialogs import PERIOD_KEY, PeriodDialog, TypeDialog
from mobilegym.emulator.phone.apps.calendar.model import PACKAGE, EventType
from mobilegym.emulator.phone.apps.calendar.prefs import Prefs, change_prefs, numbers_text, prefs_of
from mobilegym.emulator.phone.apps.calendar.reminders import plan
from mobilegym.emulator.phone.apps.calendar.store import Store
from mobilegym.emulator.phone.apps.calendar.transfer import ask_export, choose_file
from mobilegym.emulator.phone.apps.calendar.types import ManageEventTypesActivity
from mobilegym.emulator.phone.apps.calendar.words import WEEKDAYS, clock_text, duration_text, reminder_text
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, ChoiceDialog, DialogButton, MultiChoiceDialog
from mobilegym.emulator.phone.ui.widgets.list_item import Divider, SectionHeader
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.time_picker import TimePicker
from mobilegym.emulator.phone.ui.widgets.toggle import Switch

__all__ = ["SettingsActivity", "SettingsState"]

_VIEWS: Final = ((5, "Daily view"), (4, "Weekly view"), (1, "Monthly view"), (7, "Monthly and daily view"), (2, "Yearly view"),
                 (3, "Simple event list"))  # fmt: skip
_DURATIONS: Final = (0, 15, 30, 60, 120)
_SNOOZES: Final = (1, 5, 10, 30, 60)
_STARTS: Final = ("Next full hour", "Current time", "Other time")


@dataclass(frozen=True, slots=True)
class SettingsState:
    pass


class SettingsActivity(Activity[SettingsState]):
    """One long page."""

    name: ClassVar[str] = f"{PACKAGE}.activities.SettingsActivity"
    depends = frozenset(("databases", "settings", "files"))

    def initial(self) -> SettingsState:
        return SettingsState()

    @property
    def _prefs(self) -> Prefs:
        return prefs_of(self.kernel)

    # ------------------------------------------------------------------ views

    def build(self) -> View:
        body = [*self._general(), *self._events(), *self._reminders(), *self._looks(), *self._rest()]
        return Column(
            AppBar("Settings", on_up=call(SettingsActivity.finish), rid="settings_toolbar"),
            ScrollColumn(self, "settings", *body, View(cls=None, height=24, width=FILL), rid="settings_nested_scrollview", weight=1),
            cls="android.view.ViewGroup", rid="settings_coordinator", width=FILL, height=FILL,
        )  # fmt: skip

    def _general(self) -> list[Kid]:
        cls, prefs = SettingsActivity, self._prefs
        many = len(Store(self.kernel).types()) > 1
        view = dict(_VIEWS).get(prefs.view, "Monthly view")
        return [
            _section("General"),
            _row("manage_event_types", "Manage event types", "", call(cls.open_types)),
            _row("manage_quick_filter_event_types", "Manage quick filter event types", "", call(cls.pick_quick)) if many else None,
            _row("start_week_on", "Start week on", WEEKDAYS[prefs.first_day_of_week % 7], call(cls.pick_first_day)),
            _row("default_view", "Default view", view, call(cls.pick_view)),
            _switch("highlight_weekends", "Highlight weekends on some views", prefs.highlight_weekends),
        ]

    def _events(self) -> list[Kid]:
        cls, prefs, use_24h = SettingsActivity, self._prefs, self.ui.use_24h
        at = prefs.default_start_time
        start = {-1: _STARTS[0], -2: _STARTS[1]}.get(at) or clock_text(time(at // 60 % 24, at % 60), use_24h)
        own = prefs.default_event_type_id
        kind = Store(self.kernel).type(own).title if own > 0 else "Last used one"
        return [
            Divider(), _section("New events"),
            _row("default_start_time", "Default start time", start, call(cls.pick_start)),
            _row("default_duration", "Default duration", duration_text(prefs.default_duration), call(cls.pick_duration)),
            _row("default_event_type", "Default event type", kind, call(cls.pick_type)),
        ]  # fmt: skip

    def _reminders(self) -> list[Kid]:
        cls, prefs, use_24h = SettingsActivity, self._prefs, self.ui.use_24h
        values = (prefs.default_reminder_1, prefs.default_reminder_2, prefs.default_reminder_3)
        rows: list[Kid] = [
            Divider(), _section("Reminders"),
            _switch("vibrate", "Vibrate on reminder notification", prefs.vibrate),
            _row("snooze_time", "Snooze time", duration_text(prefs.snooze_time), call(cls.pick_snooze)),
            _switch("use_previous_event_reminders", "Use the last event's reminders as the default for new events",
                    prefs.use_previous_event_reminders),
        ]  # fmt: skip
        if not prefs.use_previous_event_reminders:
            rows += [
                _row(f"default_reminder_{i + 1}", f"Default reminder {i + 1}", reminder_text(m, use_24h), call(cls.pick_reminder, i))
                for i, m in enumerate(values)
            ]
        return rows

    def _looks(self) -> list[Kid]:
        cls, prefs = SettingsActivity, self._prefs
        return [
            Divider(),
            _section("Weekly view"),
            _row(
                "start_weekly_at", "Start day at", clock_text(time(prefs.start_weekly_at % 24), self.ui.use_24h), call(cls.pick_day_start)
            ),
            Divider(),
            _section("Monthly view"),
            _switch("week_numbers", "Show week numbers", prefs.week_numbers),
            _switch("show_grid", "Show a grid", prefs.show_grid),
            Divider(),
            _section("Event lists"),
            _switch("replace_description", "Replace event description with location", prefs.replace_description),
        ]

    def _rest(self) -> list[Kid]:
        cls, prefs = SettingsActivity, self._prefs
        return [
            Divider(), _section("Events"),
            _switch("dim_past_events", "Dim past events", prefs.dim_past_events),
            _switch("allow_changing_time_zones", "Allow changing event time zones", prefs.allow_changing_time_zones),
            _row("delete_all_events", "Delete all events and tasks", "", call(cls.ask_delete)),
            Divider(), _section("Tasks"),
            _switch("allow_creating_tasks", "Allow creating tasks", prefs.allow_creating_tasks),
            _switch("dim_completed_tasks", "Dim completed tasks", prefs.dim_completed_tasks),
            Divider(), _section("Migrating"),
            _row("events_export", "Export events to an .ics file", "", call(cls.export)),
            _row("events_import", "Import events from an .ics file", "", call(cls.import_file)),
        ]  # fmt: skip

    # ------------------------------------------------------------------ switches and choices

    def _set(self, **changes: bool | int | str) -> None:
        change_prefs(self.kernel, **changes)
        self.effect("calendar.settings_changed", "reversible", **changes)

    def toggle(self, key: str) -> None:
        """A switch."""
        self._set(**{key: not getattr(self._prefs, key)})

    def _choose(self, key: str, heading: str, options: tuple[tuple[int, str], ...]) -> None:
        values = tuple(value for value, _ in options)
        present = getattr(self._prefs, key)
        self.show(
            ChoiceDialog(
                heading=heading,
                options=tuple(text for _, text in options),
                chosen=values.index(present) if present in values else -1,
                on_choose=Call(SettingsActivity.chosen, (key, values)),
            )
        )

    def chosen(self, key: str, values: tuple[int, ...], index: int) -> None:
        """A value was chosen."""
        self._set(**{key: values[index]})

    def open_types(self) -> None:
        """The list of event types."""
        self.open(ManageEventTypesActivity)

    def pick_quick(self) -> None:
        """Which types the main screen offers at the bottom."""
        types, quick = Store(self.kernel).types(), self._prefs.quick
        self.show(MultiChoiceDialog(
            heading="Manage quick filter event types", options=tuple(t.title for t in types),
            chosen=frozenset(i for i, t in enumerate(types) if t.id in quick),
            positive=DialogButton("OK", Call(SettingsActivity.quick_chosen)), negative=DialogButton("Cancel"),
        ))  # fmt: skip

    def quick_chosen(self, chosen: tuple[int, ...]) -> None:
        """OK of the quick filter."""
        types = Store(self.kernel).types()
        self._set(quick_filter_event_types=numbers_text(frozenset(types[i].id for i in chosen)))

    def pick_first_day(self) -> None:
        """First day of the week."""
        self._choose("first_day_of_week", "Start week on", tuple((i, WEEKDAYS[i]) for i in (6, 0, 1, 2, 3, 4, 5)))

    def pick_view(self) -> None:
        """View to begin with."""
        self._choose("view", "Default view", _VIEWS)

    def pick_duration(self) -> None:
        """Length of new events."""
        present = self._prefs.default_duration
        values = sorted({*_DURATIONS, present})
        labels = (*[duration_text(v) for v in values], "Custom")
        self.show(ChoiceDialog(heading="Default duration", options=labels, chosen=values.index(present),
                               on_choose=Call(SettingsActivity.duration_chosen, (tuple(values),))))  # fmt: skip

    def duration_chosen(self, values: tuple[int, ...], index: int) -> None:
        """A length was chosen."""
        if index < len(values):
            self._set(default_duration=values[index])
        else:
            self._custom(Call(SettingsActivity.duration_entered))

    def duration_entered(self, number: int, unit: int) -> None:
        """A length was entered."""
        self._set(default_duration=number * UNIT_MINUTES[unit])

    def _custom(self, result: Call) -> None:
        self.set_field(PERIOD_KEY, "")
        self.show(PeriodDialog("Custom", CUSTOM_REMINDER_UNITS, result, least=0))

    def pick_start(self) -> None:
        """Start of new events."""
        at = self._prefs.default_start_time
        self.show(ChoiceDialog(heading="Default start time", options=_STARTS, chosen={-1: 0, -2: 1}.get(at, 2),
                               on_choose=Call(SettingsActivity.start_chosen)))  # fmt: skip

    def start_chosen(self, index: int) -> None:
        """A kind of start was chosen."""
        if index < 2:
            self._set(default_start_time=-1 - index)
        else:
            at = max(0, self._prefs.default_start_time)
            self.show(TimePicker(Call(SettingsActivity.start_entered), at // 60 % 24, at % 60))

    def start_entered(self, hour: int, minute: int) -> None:
        """A start was entered."""
        self._set(default_start_time=hour * 60 + minute)

    def pick_type(self) -> None:
        """Type of new events."""
        types = (EventType(-1, "Last used one", 0), *Store(self.kernel).types())
        self.show(TypeDialog(types, self._prefs.default_event_type_id, Call(SettingsActivity.type_chosen), may_add=False))

    def type_chosen(self, type_id: int) -> None:
        """A type was chosen."""
        self._set(default_event_type_id=type_id)

    def pick_snooze(self) -> None:
        """How long Snooze lasts."""
        values = sorted({*_SNOOZES, self._prefs.snooze_time})
        self._choose("snooze_time", "Snooze time", tuple((v, duration_text(v)) for v in values))

    def pick_reminder(self, place: int) -> None:
        """A default reminder."""
        present = (self._prefs.default_reminder_1, self._prefs.default_reminder_2, self._prefs.default_reminder_3)[place]
        values = sorted({*REMINDER_CHOICES, present})
        labels = (*[reminder_text(v, self.ui.use_24h) for v in values], "Custom")
        self.show(ChoiceDialog(heading=f"Default reminder {place + 1}", options=labels, chosen=values.index(present),
                               on_choose=Call(SettingsActivity.reminder_chosen, (place, tuple(values)))))  # fmt: skip

    def reminder_chosen(self, place: int, values: tuple[int, ...], index: int) -> None:
        """A default reminder was chosen."""
        if index < len(values):
            self._set(**{f"default_reminder_{place + 1}": values[index]})
        else:
            self._custom(Call(SettingsActivity.reminder_entered, (place,)))

    def reminder_entered(self, place: int, number: int, unit: int) -> None:
        """A default reminder was entered."""
        self._set(**{f"default_reminder_{place + 1}": number * UNIT_MINUTES[unit]})

    def pick_day_start(self) -> None:
        """Hour at the top of the week."""
        self._choose("start_weekly_at", "Start day at", tuple((h, clock_text(time(h), self.ui.use_24h)) for h in range(17)))

    # ------------------------------------------------------------------ data

    def ask_delete(self) -> None:
        """Ask before deleting everything."""
        self.show(AlertDialog(
            message="Are you sure you want to delete all events and tasks? This will leave your event types and other settings intact.",
            positive=DialogButton("Yes", call(SettingsActivity.delete_all)), negative=DialogButton("No"),
        ))  # fmt: skip

    def delete_all(self) -> None:
        """Delete all events and tasks."""
        store = Store(self.kernel)
        ids = [event.id for event in store.content().events]
        store.delete(ids)
        self.kernel.notifications.cancel_all(PACKAGE)
        plan(self.kernel)
        self.effect("events.deleted", "irreversible", count=len(ids))
        self.toast("Deleted successfully")

    def export(self) -> None:
        """Export to a file."""
        ask_export(self)

    def import_file(self) -> None:
        """Import from a file."""
        choose_file(self)


def _section(text: str) -> View:
    return SectionHeader(text.upper(), padding=(20, 18, 16, 8))


def _row(key: str, label: str, value: str, on_tap: Handler) -> View:
    return Column(
        Text(label, "body_large", rid=f"settings_{key}_label"),
        Text(value, "body_medium", color="on_surface_variant", rid=f"settings_{key}") if value else None,
        cls="android.widget.RelativeLayout", rid=f"settings_{key}_holder", on_tap=on_tap, width=FILL, min_height=52, padding=(20, 10),
        main="center",
    )  # fmt: skip


def _switch(key: str, label: str, on: bool) -> View:
    return Row(
        Text(label, "body_large", cls=None, weight=1, padding=(0, 0, 16, 0)), Switch(on, rid=f"settings_{key}", label=label),
        cls="android.widget.RelativeLayout", rid=f"settings_{key}_holder", on_tap=call(SettingsActivity.toggle, key), width=FILL,
        min_height=52, padding=(20, 6),
    )  # fmt: skip
