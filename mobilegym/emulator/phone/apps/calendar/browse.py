"""The calendar's main screen: what can be done on it. How it looks is in `main`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from mobilegym.emulator.phone.apps.calendar.actions import ask_delete, share_events
from mobilegym.emulator.phone.apps.calendar.model import PACKAGE, code_of, day_of
from mobilegym.emulator.phone.apps.calendar.people import add_contact_days
from mobilegym.emulator.phone.apps.calendar.prefs import Prefs, change_prefs, numbers_text, prefs_of
from mobilegym.emulator.phone.apps.calendar.reminders import EVENT_ACTIVITY, TASK_ACTIVITY
from mobilegym.emulator.phone.apps.calendar.rows import Moment, week_of
from mobilegym.emulator.phone.apps.calendar.store import Store
from mobilegym.emulator.phone.apps.calendar.transfer import open_file
from mobilegym.emulator.phone.apps.calendar.week import HOUR, WEEK_SCROLL
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import VIEW, Intent
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.widgets.date_picker import DatePicker
from mobilegym.emulator.phone.ui.widgets.dialog import ChoiceDialog, DialogButton, MultiChoiceDialog
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem

__all__ = ["VIEWS", "BrowseActivity", "MainState"]

MONTHLY, YEARLY, LIST, WEEKLY, DAILY, MONTHLY_DAILY = 1, 2, 3, 4, 5, 7
VIEWS: Final = (
    (DAILY, "Daily view"), (WEEKLY, "Weekly view"), (MONTHLY, "Monthly view"), (MONTHLY_DAILY, "Monthly and daily view"),
    (YEARLY, "Yearly view"), (LIST, "Simple event list"),
)  # fmt: skip
_EARLIEST, _LATEST = date(1902, 1, 1), date(2098, 12, 31)


@dataclass(frozen=True, slots=True)
class MainState:
    view: int
    day: date
    """A day of the page shown."""
    below: tuple[int, ...] = ()
    """Views that Back goes through, nearest last."""
    chosen: bool = False
    """In the monthly and daily view: whether the list is that of one day."""
    searching: bool = False
    fab: bool = False
    """Whether the button has unfolded to Event and Task."""
    selected: frozenset[tuple[int, int]] = frozenset()
    slot: tuple[str, int] | None = None
    """Hour of the week with a plus in it."""


class BrowseActivity(Activity[MainState]):
    """Handlers of the main screen."""

    depends = frozenset(("databases", "settings", "files", "minute"))

    def initial(self) -> MainState:
        return MainState(prefs_of(self.kernel).view, self.kernel.clock.now().date())

    def on_create(self) -> None:
        self.scroll_to(WEEK_SCROLL, self.ui.px(HOUR * self.prefs.start_weekly_at - 10))
        self._opened_with(self.intent)

    def on_new_intent(self, intent: Intent) -> None:
        super().on_new_intent(intent)
        self._opened_with(intent)

    def _opened_with(self, intent: Intent) -> None:
        """A time or an event of another app's intent, or an .ics file."""
        parts = intent.data.removeprefix("content://com.android.calendar/").split("/")
        if parts[0] == "time" and len(parts) > 1 and parts[1].isdecimal():
            self.update(view=DAILY, below=(), day=self.kernel.clock.local(int(parts[1])).date())
        elif parts[0] == "events" and len(parts) > 1 and parts[1].isdecimal():
            event = self.store.event(int(parts[1]))
            if event is None:
                self.toast("Event not found. Please enable CalDAV sync for the appropriate calendar in the app settings.")
            else:
                self.tap_event(event.id, event.start_ts)
        elif intent.action == VIEW and intent.data:
            open_file(self, intent.data)

    # ------------------------------------------------------------------ data

    @property
    def store(self) -> Store:
        """The data."""
        return Store(self.kernel)

    @property
    def prefs(self) -> Prefs:
        """The preferences."""
        return prefs_of(self.kernel)

    def moment(self) -> Moment:
        """The present, for lists."""
        now = self.kernel.clock.now()
        return Moment(self.kernel.clock.now_ms // 60_000 * 60, now.date(), self.ui.use_24h, self.prefs, self.state.selected)

    # ------------------------------------------------------------------ moving

    def week_start(self) -> date:
        """First day of the week shown."""
        prefs = self.prefs
        return week_of(self.state.day, prefs.first_day_of_week) if prefs.weekly_view_days >= 7 else self.state.day

    def shows_today(self, today: date) -> bool:
        """Whether the page has today on it."""
        state, day = self.state, self.state.day
        if state.view == YEARLY:
            return day.year == today.year
        if state.view in (MONTHLY, MONTHLY_DAILY):
            return (day.year, day.month) == (today.year, today.month)
        if state.view == WEEKLY:
            first = self.week_start()
            return first <= today < first + timedelta(days=self.prefs.weekly_view_days)
        return state.view == LIST or day == today

    def turn(self, by: int) -> None:
        """The next or previous page."""
        day, view = self.state.day, self.state.view
        if view == DAILY:
            to = day + timedelta(days=by)
        elif view == WEEKLY:
            to = day + timedelta(days=by * self.prefs.weekly_view_days)
        elif view == YEARLY:
            to = day.replace(year=day.year + by, day=1)
        else:
            index = day.year * 12 + day.month - 1 + by
            to = date(index // 12, index % 12 + 1, 1)
        self._show_day(to)

    def _show_day(self, day: date) -> None:
        self.update(day=min(max(day, _EARLIEST), _LATEST), chosen=False, slot=None)

    def go_to_today(self) -> None:
        """Back to the page with today."""
        self._show_day(self.kernel.clock.now().date())

    def go_to_date(self) -> None:
        """Ask for a date."""
        day, today = self.state.day, self.kernel.clock.now()
        self.show(DatePicker(Call(BrowseActivity.went_to), day.year, day.month, day.day, (today.year, today.month, today.day),
                             self.prefs.first_day_of_week, (_EARLIEST.year, 1, 1), (_LATEST.year, 12, 31)))  # fmt: skip

    def went_to(self, year: int, month: int, day: int) -> None:
        """A date was chosen; the list shows its day."""
        to = date(year, month, day)
        if self.state.view == LIST:
            self.open_day(code_of(to))
        else:
            self._show_day(to)
            self.update(chosen=self.state.view == MONTHLY_DAILY)

    def open_day(self, code: str) -> None:
        """A day was touched: its events, below the month or on a page of their own."""
        day = day_of(code)
        if day is None:
            return
        state = self.state
        if state.selected:
            return
        if state.view == MONTHLY_DAILY and not state.searching:
            self.update(day=day, chosen=True)
        else:
            self._leave_search()
            self.update(view=DAILY, day=day, below=(*state.below, state.view), slot=None)

    def open_month(self, year: int, month: int) -> None:
        """A month of the year was touched."""
        self.update(view=MONTHLY, day=date(year, month, 1), below=(*self.state.below, YEARLY))

    def on_back(self) -> bool:
        state = self.state
        if state.selected:
            self.unselect()
        elif state.searching:
            self.stop_search()
        elif state.fab:
            self.close_fab()
        elif state.below:
            self.update(view=state.below[-1], below=state.below[:-1])
        else:
            return False
        return True

    # ------------------------------------------------------------------ bar

    def choose_view(self) -> None:
        """The list of views."""
        at = [view for view, _ in VIEWS].index(self.state.view) if self.state.view in dict(VIEWS) else 2
        self.show(ChoiceDialog(options=tuple(label for _, label in VIEWS), chosen=at, on_choose=Call(BrowseActivity.view_chosen)))

    def view_chosen(self, index: int) -> None:
        """A view was chosen; it is the one to begin with from now on."""
        view = VIEWS[index][0]
        change_prefs(self.kernel, view=view)
        today = self.kernel.clock.now().date()
        day = today if self.shows_today(today) else self.state.day
        self.update(view=view, below=(), chosen=False, slot=None, day=day)

    def choose_types(self) -> None:
        """Which types are shown."""
        types, hidden = self.store.types(), self.prefs.hidden
        self.show(MultiChoiceDialog(
            heading="Filter events by type", options=tuple(t.title for t in types),
            chosen=frozenset(i for i, t in enumerate(types) if t.id not in hidden),
            positive=DialogButton("OK", Call(BrowseActivity.types_chosen)), negative=DialogButton("Cancel"),
        ))  # fmt: skip

    def types_chosen(self, chosen: tuple[int, ...]) -> None:
        """OK of the filter."""
        types = self.store.types()
        if not chosen:
            self.toast("You have filtered out all event types")
        self._hide(frozenset(t.id for i, t in enumerate(types) if i not in chosen))

    def toggle_type(self, type_id: int) -> None:
        """A type at the bottom was touched."""
        self._hide(self.prefs.hidden ^ {type_id})

    def _hide(self, hidden: frozenset[int]) -> None:
        change_prefs(self.kernel, hidden_event_types=numbers_text(hidden))

    def menu(self) -> None:
        """Overflow."""
        self.show(Menu(items=(
            MenuItem("Go to date", call(BrowseActivity.go_to_date)),
            MenuItem("Add contact birthdays", call(BrowseActivity.add_people, False)),
            MenuItem("Add contact anniversaries", call(BrowseActivity.add_people, True)),
            MenuItem("Settings", call(BrowseActivity.settings)),
        )))  # fmt: skip

    def add_people(self, anniversaries: bool) -> None:
        """Birthdays or anniversaries of contacts as events; asks for the contacts first."""
        self.ask_permission("android.permission.READ_CONTACTS", Call(BrowseActivity.may_read, (anniversaries,)))

    def may_read(self, anniversaries: bool, granted: bool) -> None:
        """The permission was settled."""
        if granted:
            add_contact_days(self, anniversaries)
        else:
            self.toast("No permission")

    def settings(self) -> None:
        """The settings screen."""
        self.start(Intent.of(package=PACKAGE, activity=f"{PACKAGE}.activities.SettingsActivity"))

    # ------------------------------------------------------------------ search

    def start_search(self) -> None:
        """Open the search."""
        self.set_field("search", "")
        self.update(searching=True, fab=False)
        self.focus_on("search")

    def searched(self, text: str) -> None:
        """The text changed: the list follows by itself."""
        del text
        self.scroll_to("search_results", 0)

    def stop_search(self) -> None:
        """Close the search."""
        self._leave_search()

    def _leave_search(self) -> None:
        if self.state.searching:
            self.clear_focus()
            self.update(searching=False)

    # ------------------------------------------------------------------ events

    def fab_tapped(self) -> None:
        """The button: unfold, or a new event where there are no tasks."""
        if self.prefs.allow_creating_tasks:
            self.update(fab=True)
        else:
            self.new_event()

    def close_fab(self) -> None:
        """Fold the button."""
        self.update(fab=False)

    def new_event(self) -> None:
        """A new event on the day shown."""
        self._new(EVENT_ACTIVITY)

    def new_task(self) -> None:
        """A new task on the day shown."""
        self._new(TASK_ACTIVITY)

    def _new(self, activity: str) -> None:
        state, today = self.state, self.kernel.clock.now().date()
        day = state.day if state.view in (DAILY,) or state.chosen or not self.shows_today(today) else today
        self.update(fab=False)
        self.start(Intent.of(package=PACKAGE, activity=activity, day_code=code_of(day)))

    def pick_slot(self, code: str, hour: int) -> None:
        """A free hour of the week gets a plus."""
        self.update(slot=None if self.state.slot == (code, hour) else (code, hour))

    def new_at(self, code: str, hour: int) -> None:
        """The plus: a new event of an hour."""
        self.update(slot=None)
        extras: dict[str, Any] = {"day_code": code, "hour": hour, "set_hour_duration": True}
        self.start(Intent.of(package=PACKAGE, activity=EVENT_ACTIVITY, **extras))

    def set_week_days(self, days: int) -> None:
        """How many days the week shows."""
        change_prefs(self.kernel, weekly_view_days=days)
        self.update(slot=None)

    def tap_event(self, event_id: int, start_ts: int) -> None:
        """Open an event, or select it while there is a selection."""
        if self.state.selected:
            self.hold_event(event_id, start_ts)
            return
        event = self.store.event(event_id)
        if event is not None:
            activity = TASK_ACTIVITY if event.is_task else EVENT_ACTIVITY
            self.start(Intent.of(package=PACKAGE, activity=activity, event_id=event_id, event_occurrence_ts=start_ts))

    def hold_event(self, event_id: int, start_ts: int) -> None:
        """Select an event or take it out of the selection."""
        self.update(selected=self.state.selected ^ {(event_id, start_ts)}, fab=False)

    def unselect(self) -> None:
        """Leave the selection."""
        self.update(selected=frozenset())

    def share_selected(self) -> None:
        """Share the selected events as text."""
        ids = [event_id for event_id, _ in sorted(self.state.selected)]
        self.unselect()
        share_events(self, ids)

    def delete_selected(self) -> None:
        """Ask before deleting."""
        ask_delete(self, tuple(sorted(self.state.selected)), Call(BrowseActivity.deleted))

    def deleted(self) -> None:
        """They are gone."""
        self.unselect()
