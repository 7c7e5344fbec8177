"""The editor of events and tasks: what both have in common. State is a draft; nothing is stored before Save."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, ClassVar, Final

from mobilegym.emulator.phone.apps.calendar.actions import ask_delete, share_events
from mobilegym.emulator.phone.apps.calendar.model import ALL_DAY, OFF, PACKAGE, Event, argb, day_of, days_of, zone_named
from mobilegym.emulator.phone.apps.calendar.prefs import Prefs, change_prefs, prefs_of
from mobilegym.emulator.phone.apps.calendar.reminders import plan, withdraw
from mobilegym.emulator.phone.apps.calendar.store import Store
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, ChoiceDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn

__all__ = ["FormActivity", "FormState", "number_extra"]

_SCOPES: Final = ("Update the selected occurrence only", "Update this and all future occurrences", "Update all occurrences")
_TEXTS: Final = ("title", "location", "description")


@dataclass(frozen=True, slots=True)
class FormState:
    event: Event
    """The draft; its times and texts are taken from the other fields when it is stored."""
    start: datetime
    """Local in the draft's zone, without a zone itself."""
    end: datetime
    occurrence: int
    """Start of the occurrence that was opened, Unix seconds; 0 for a new one."""
    before: tuple[object, ...] = ()
    """What it was when opened, to see whether something has changed."""
    gone: bool = False
    """The event of the intent does not exist."""


def number_extra(intent: Intent, key: str) -> int | None:
    """A whole number among the extras, also where it came as text."""
    value = intent.extra(key)
    if isinstance(value, str) and value.lstrip("-").isdecimal():
        return int(value)
    return value if isinstance(value, int) else None


class FormActivity(Activity[FormState]):
    """Base of the two editors."""

    noun: ClassVar[str]
    """`Event` or `Task`."""
    depends = frozenset(("databases", "settings", "files", "minute"))

    # ------------------------------------------------------------------ opening

    def initial(self) -> FormState:
        stored = number_extra(self.intent, "event_id") or self._addressed()
        event = self.store.event(stored) if stored else None
        if event is not None:
            return self._opened(event)
        self.fields = {key: "" for key in _TEXTS}
        event, start, end = self.fresh()
        return self._with_before(FormState(event, start, end, 0, gone=bool(stored)))

    def _addressed(self) -> int:
        """Id of the event in the intent's URI (`content://com.android.calendar/events/5`), 0 without."""
        _, _, last = self.intent.data.rpartition("/events/")
        return int(last) if last.isdecimal() and "/events/" in self.intent.data else 0

    def _opened(self, event: Event) -> FormState:
        start_ts = number_extra(self.intent, "event_occurrence_ts") or event.start_ts
        zone = self._zone_of(event)
        start = datetime.fromtimestamp(start_ts, zone).replace(tzinfo=None)
        end_ts = start_ts + max(0, event.end_ts - event.start_ts)
        end = datetime.fromtimestamp(end_ts, zone).replace(tzinfo=None)
        if event.all_day:
            # Times to offer where it is turned into a timed one.
            hour = time(min(self.kernel.clock.now().hour + 1, 23))
            first, last = days_of(start_ts, end_ts, self.store.zone)
            start, end = datetime.combine(first, hour), datetime.combine(last, hour)
        self.fields = {"title": event.title, "location": event.location, "description": event.description}
        if self.intent.extra("is_duplicate_intent"):
            copy = replace(event, id=0, import_id="", parent_id=0, source="simple-calendar")
            return self._with_before(FormState(copy, start, end, 0))
        return self._with_before(FormState(event, start, end, start_ts))

    def _with_before(self, state: FormState) -> FormState:
        return replace(state, before=self._draft(state))

    def _draft(self, state: FormState) -> tuple[object, ...]:
        return state.event, state.start, state.end, tuple(self.fields.get(key, "") for key in _TEXTS)

    def fresh(self) -> tuple[Event, datetime, datetime]:
        """Draft, start and end of a new one, after the intent and the preferences."""
        prefs, now = self.prefs, self.kernel.clock.now()
        day = day_of(self.intent.text("day_code")) or now.date()
        start = datetime.combine(day, self._first_time(prefs, now))
        hour = number_extra(self.intent, "hour")
        if hour is not None:
            start = datetime.combine(day, time(hour % 24))
        reminders = (prefs.default_reminder_1, prefs.default_reminder_2, prefs.default_reminder_3)
        if prefs.use_previous_event_reminders:
            reminders = (prefs.reminder_minutes, prefs.reminder_minutes_2, prefs.reminder_minutes_3)
        wanted = prefs.default_event_type_id if prefs.default_event_type_id > 0 else prefs.last_used_local_event_type_id
        event = Event(reminders=reminders, event_type=self.store.type(wanted).id, type=int(self.noun == "Task"))
        minutes = 60 if self.intent.extra("set_hour_duration") else prefs.default_duration
        return event, start, start + timedelta(minutes=minutes)

    @staticmethod
    def _first_time(prefs: Prefs, now: datetime) -> time:
        match prefs.default_start_time:
            case -1:
                return time(min(now.hour + 1, 23))
            case -2:
                return time(now.hour, now.minute)
            case minutes:
                return time(minutes // 60 % 24, minutes % 60)

    def on_create(self) -> None:
        if self.state.gone:
            self.toast("Event not found")
            self.finish()
        elif not self.state.event.id and not self.field("title"):
            self.focus_on("title")

    # ------------------------------------------------------------------ data

    @property
    def store(self) -> Store:
        return Store(self.kernel)

    @property
    def prefs(self) -> Prefs:
        return prefs_of(self.kernel)

    def _zone_of(self, event: Event) -> tzinfo:
        """Zone in which the times are shown: the event's own where zones may be changed, otherwise the phone's."""
        if self.prefs.allow_changing_time_zones and not event.all_day:
            return zone_named(event.time_zone) or self.store.zone
        return self.store.zone

    @property
    def first_day(self) -> date:
        """The day it begins."""
        return self.state.start.date()

    def change(self, **changes: Any) -> None:
        """Change fields of the draft."""
        self.update(event=replace(self.state.event, **changes))

    def color(self) -> int:
        """ARGB of the draft."""
        event = self.state.event
        return argb(event.color) if event.color else self.store.type(event.event_type).color

    def result(self) -> Event:
        """The draft as it is to be stored."""
        state, zone = self.state, self._zone_of(self.state.event)
        event = replace(state.event, **{key: self.field(key).strip() for key in _TEXTS})
        if event.all_day:
            first, last = state.start.date(), state.end.date()
            start, end = datetime.combine(first, time(), zone), datetime.combine(last, time(12), zone)
        else:
            start, end = state.start.replace(tzinfo=zone), state.end.replace(tzinfo=zone)
        start_ts, end_ts = int(start.timestamp()), int(end.timestamp())
        return replace(event, start_ts=start_ts, end_ts=start_ts if event.is_task else end_ts)

    # ------------------------------------------------------------------ frame

    def page(self, *body: Kid) -> View:
        """Toolbar and the scrolling form."""
        cls, new = type(self), not self.state.event.id
        kind = self.noun.lower()
        actions: list[Kid] = [
            IconButton("check", "Save", call(cls.save), rid="save", color="on_surface"),
            None if new else IconButton("delete", "Delete", call(cls.delete), rid="delete", color="on_surface"),
            None if new else IconButton("content-copy", f"Duplicate {kind}", call(cls.duplicate), rid="duplicate", color="on_surface"),
            None if new else IconButton("dots-vertical", "More options", call(cls.menu), color="on_surface"),
        ]
        bar = AppBar(f"New {self.noun}" if new else f"Edit {self.noun}", on_up=call(cls.leave), up_desc="Back", actions=actions,
                     rid=f"{kind}_toolbar")  # fmt: skip
        form = ScrollColumn(self, "form", *body, View(cls=None, height=32, width=FILL), rid=f"{kind}_nested_scrollview", weight=1)
        return Column(bar, form, cls="android.view.ViewGroup", rid=f"{kind}_coordinator", width=FILL, height=FILL)

    def menu(self) -> None:
        """Overflow."""
        self.show(Menu(items=(MenuItem("Share", call(type(self).share_this)),)))

    def share_this(self) -> None:
        """Share what is stored."""
        share_events(self, [self.state.event.id])

    def duplicate(self) -> None:
        """A new one like this, in another editor."""
        state = self.state
        self.start(Intent.of(package=PACKAGE, activity=self.name, event_id=state.event.id, event_occurrence_ts=state.occurrence,
                             is_duplicate_intent=True))  # fmt: skip
        self.finish()

    # ------------------------------------------------------------------ leaving

    def changed(self) -> bool:
        """Whether something would be lost."""
        return self._draft(self.state) != self.state.before

    def on_back(self) -> bool:
        if not self.changed():
            return False
        cls = type(self)
        self.show(AlertDialog(message="You have unsaved changes. Save before exit?", positive=DialogButton("Save", call(cls.save)),
                              negative=DialogButton("Discard", call(cls.finish))))  # fmt: skip
        return True

    def leave(self) -> None:
        """The arrow of the toolbar."""
        if not self.on_back():
            self.finish()

    def delete(self) -> None:
        """Ask before deleting."""
        ask_delete(self, ((self.state.event.id, self.state.occurrence),), call(type(self).finish))

    # ------------------------------------------------------------------ saving

    def save(self) -> None:
        """Check and store; for a repeating one ask what is to change."""
        event = self.result()
        if not event.title:
            self.toast("Title cannot be empty")
            self.focus_on("title")
            return
        if event.end_ts < event.start_ts:
            self.toast("The event cannot end earlier than it starts")
            return
        old = self.store.event(event.id) if event.id else None
        if old is not None and old.repeats:
            what = "The task is repeatable" if event.is_task else "The event is repeatable"
            self.show(ChoiceDialog(message=what, options=_SCOPES, radios=False, on_choose=Call(type(self).save_scope)))
        else:
            self.save_scope(2)

    def save_scope(self, scope: int) -> None:
        """Store the occurrence (0), it and the later ones (1) or all (2), and close."""
        event, store, occurrence = self.result(), self.store, self.state.occurrence
        new = not event.id
        withdraw(self.kernel, event.id)
        if scope == 0:
            stored = store.save_one(event, occurrence)
        elif scope == 1:
            stored = store.save_future(event, occurrence)
        else:
            stored = store.save_all(event, occurrence)
        change_prefs(
            self.kernel, last_used_local_event_type_id=event.event_type, reminder_minutes=event.reminders[0],
            reminder_minutes_2=event.reminders[1], reminder_minutes_3=event.reminders[2],
        )  # fmt: skip
        plan(self.kernel)
        kind = self.noun.lower()
        self.effect(f"{kind}.created" if new else f"{kind}.updated", "reversible", id=stored.id, title=event.title,
                    start_ts=event.start_ts, occurrences=("one", "future", "all")[scope])  # fmt: skip
        self.toast(f"{self.noun} {'added' if new else 'updated'} successfully")
        self.finish(Intent.of(event_id=stored.id))

    # ------------------------------------------------------------------ all day

    def toggle_all_day(self) -> None:
        """The All-day box."""
        self.change(flags=self.state.event.flags ^ ALL_DAY)

    def set_reminder(self, place: int, minutes: int) -> None:
        """Set the reminder at a place; they are kept in order, without doubles and gaps."""
        values = list(self.state.event.reminders)
        values[place] = minutes
        kept = sorted({m for m in values if m != OFF})
        one, two, three = [*kept, OFF, OFF, OFF][:3]
        self.change(reminders=(one, two, three))
