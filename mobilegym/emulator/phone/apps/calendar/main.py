"""The calendar's main screen: month, week, day, year and list, search, filter and selection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.calendar.actions import ask_delete, share_events
from mobilegym.emulator.phone.apps.calendar.model import PACKAGE, code_of
from mobilegym.emulator.phone.apps.calendar.month import month_page, month_with_dots, page_head
from mobilegym.emulator.phone.apps.calendar.people import add_contact_days
from mobilegym.emulator.phone.apps.calendar.prefs import Prefs, change_prefs, numbers_text, prefs_of
from mobilegym.emulator.phone.apps.calendar.reminders import EVENT_ACTIVITY, TASK_ACTIVITY
from mobilegym.emulator.phone.apps.calendar.rows import Moment, agenda_items, day_items, list_row, week_of
from mobilegym.emulator.phone.apps.calendar.screen import SIDEWAYS
from mobilegym.emulator.phone.apps.calendar.store import Store
from mobilegym.emulator.phone.apps.calendar.transfer import open_file
from mobilegym.emulator.phone.apps.calendar.week import HOUR, WEEK_SCROLL, week_page
from mobilegym.emulator.phone.apps.calendar.words import date_text, month_title
from mobilegym.emulator.phone.apps.calendar.year import year_page
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import VIEW, Intent
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.view import FILL, View
from mobilegym.emulator.phone.ui.widgets.app_bar import SelectionBar
from mobilegym.emulator.phone.ui.widgets.button import Button, Fab
from mobilegym.emulator.phone.ui.widgets.date_picker import DatePicker
from mobilegym.emulator.phone.ui.widgets.dialog import ChoiceDialog, DialogButton, MultiChoiceDialog
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.list_item import Divider
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn, ScrollRow
from mobilegym.emulator.phone.ui.widgets.search_view import SearchBar, SearchField
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["MainActivity"]

MONTHLY, YEARLY, LIST, WEEKLY, DAILY, MONTHLY_DAILY = 1, 2, 3, 4, 5, 7
_VIEWS: Final = (
    (DAILY, "Daily view"), (WEEKLY, "Weekly view"), (MONTHLY, "Monthly view"), (MONTHLY_DAILY, "Monthly and daily view"),
    (YEARLY, "Yearly view"), (LIST, "Simple event list"),
)  # fmt: skip
_EARLIEST, _LATEST = date(1902, 1, 1), date(2098, 12, 31)
_LIST_DAYS: Final = 366


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


class MainActivity(Activity[MainState]):
    """One screen, six views."""

    name: ClassVar[str] = f"{PACKAGE}.activities.MainActivity"
    depends = frozenset(("databases", "settings", "files", "minute"))

    def initial(self) -> MainState:
        return MainState(prefs_of(self.kernel).view, self.kernel.clock.now().date())

    def on_create(self) -> None:
        self.scroll_to(WEEK_SCROLL, self.ui.px(HOUR * self._prefs.start_weekly_at))
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
            event = self._store.event(int(parts[1]))
            if event is None:
                self.toast("Event not found. Please enable CalDAV sync for the appropriate calendar in the app settings.")
            else:
                self.tap_event(event.id, event.start_ts)
        elif intent.action == VIEW and intent.data:
            open_file(self, intent.data)

    # ------------------------------------------------------------------ data

    @property
    def _store(self) -> Store:
        return Store(self.kernel)

    @property
    def _prefs(self) -> Prefs:
        return prefs_of(self.kernel)

    def _moment(self) -> Moment:
        now = self.kernel.clock.now()
        return Moment(self.kernel.clock.now_ms // 60_000 * 60, now.date(), self.ui.use_24h, self._prefs, self.state.selected)

    # ------------------------------------------------------------------ views

    def build(self) -> View:
        state = self.state
        moment = self._moment()
        if state.selected:
            bar: View = SelectionBar(len(state.selected), on_close=call(MainActivity.unselect), actions=[
                IconButton("share-variant", "Share", call(MainActivity.share_selected), rid="cab_share"),
                IconButton("delete", "Delete", call(MainActivity.delete_selected), rid="cab_delete"),
            ])  # fmt: skip
        elif state.searching:
            bar = SearchField(self, "search", "Search", on_back=call(MainActivity.stop_search), on_change=Call(MainActivity.searched),
                              field_rid="top_toolbar_search", rid="main_menu")  # fmt: skip
        else:
            bar = self._bar(moment)
        page = self._results(moment) if state.searching else self._page(moment)
        holder = Stack(page, cls="android.widget.FrameLayout", rid="fragments_holder", width=FILL, weight=1)
        main = Column(bar, holder, None if state.searching else self._quick_filter(), cls="android.view.ViewGroup",
                      rid="main_coordinator", width=FILL, height=FILL)  # fmt: skip
        if state.searching or state.selected:
            return main
        return Stack(main, *self._fab(bool(moment.prefs.quick)), cls=None, width=FILL, height=FILL)

    def _bar(self, moment: Moment) -> View:
        today = None
        if not self._shows_today(moment.today):
            today = IconButton("calendar-today", "Go to today", call(MainActivity.go_to_today), rid="go_to_today", size=44)
        actions = Row(
            today,
            IconButton("view-grid-outline", "Change view", call(MainActivity.choose_view), rid="change_view", size=44),
            IconButton("filter-variant", "Filter events by type", call(MainActivity.choose_types), rid="filter", size=44)
            if len(self._store.types()) > 1 else None,
            IconButton("dots-vertical", "More options", call(MainActivity.menu), size=44),
            cls=None,
        )  # fmt: skip
        return SearchBar("Search", call(MainActivity.start_search), trailing=actions, rid="main_menu", text_rid="top_toolbar_search")

    def _page(self, moment: Moment) -> View:
        state, store, ui = self.state, self._store, self.ui
        day = state.day
        match state.view:
            case 2:
                head = page_head(str(day.year), call(MainActivity.go_to_date), "year")
                return self._paged(head, year_page(ui, store, day.year, moment))
            case 3:
                return self._list(moment)
            case 4:
                return week_page(self, store, self._week_start(), moment.prefs.weekly_view_days, moment, state.slot)
            case 5:
                return self._day_page(moment)
            case 7:
                return self._month_and_day(moment)
            case _:
                head = page_head(month_title(day.year, day.month, moment.today.year), call(MainActivity.go_to_date), "month")
                return self._paged(head, month_page(ui, store, day.year, day.month, moment), "month_calendar_holder")

    @staticmethod
    def _paged(head: View, body: View, rid: str = "calendar_holder") -> View:
        # The body may be shared between phones, so its weight is set on a frame around it.
        frame = Stack(body, cls=None, width=FILL, weight=1)
        return Column(head, frame, cls="android.widget.RelativeLayout", rid=rid, width=FILL, height=FILL, on_swipe=SIDEWAYS)

    def _events(self, items: tuple[tuple[object, ...], ...], key: str, rid: str, empty: View) -> View:
        if not items:
            return empty
        return LazyColumn(self, key, items, list_row, footer=96, rid=rid, weight=1, padding=(8, 0))

    def _nothing(self, text: str, rid: str) -> View:
        create = Button("Create a new event", call(MainActivity.new_event), kind="text", rid=f"{rid}_2")
        return Column(
            Text(text, "body_large", color="on_surface_variant", rid=rid, text_align="center", width=FILL, padding=(16, 24, 16, 8)),
            create, cls=None, width=FILL, weight=1, cross="center",
        )  # fmt: skip

    def _day_page(self, moment: Moment) -> View:
        day = self.state.day
        items = day_items(self._store, day, moment)
        empty = Column(
            Text("No items found.", "body_large", color="on_surface_variant", rid="day_no_events_placeholder", text_align="center", width=FILL,
                 padding=(16, 24)),
            cls=None, width=FILL, weight=1,
        )  # fmt: skip
        return Column(
            page_head(date_text(day, moment.today.year), call(MainActivity.go_to_date), "day"),
            self._events(items, f"day-{code_of(day)}", "day_events", empty),
            cls="android.widget.RelativeLayout", rid="day_holder", width=FILL, height=FILL, on_swipe=SIDEWAYS,
        )  # fmt: skip

    def _list(self, moment: Moment) -> View:
        low = moment.today
        found = self._store.on_days(low, low + timedelta(days=_LIST_DAYS), moment.prefs.hidden)
        items = agenda_items(self._store, found, moment, since=low)
        body = self._events(items, "agenda", "calendar_events_list", self._nothing("No upcoming events.", "calendar_empty_list_placeholder"))
        return Column(body, cls="android.widget.RelativeLayout", rid="calendar_events_list_holder", width=FILL, height=FILL)

    def _month_and_day(self, moment: Moment) -> View:
        state, store, day = self.state, self._store, self.state.day
        month = month_title(day.year, day.month, moment.today.year)
        if state.chosen:
            items, label = day_items(store, day, moment), date_text(day, moment.today.year)
        else:
            first = day.replace(day=1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            found = store.on_days(first, last, moment.prefs.hidden)
            items, label = tuple(i for i in agenda_items(store, found, moment, since=first) if i[0] != "month"), month
        empty = Text("No items found.", "body_large", color="on_surface_variant", rid="month_day_no_events_placeholder",
                     text_align="center", width=FILL, padding=(16, 16), weight=1)  # fmt: skip
        return Column(
            page_head(month, call(MainActivity.go_to_date), "month") if state.chosen else None,
            month_with_dots(self.ui, store, day.year, day.month, moment, day if state.chosen else None), Divider(),
            Text(label, "title_large", rid="month_day_selected_day_label", text_align="center", width=FILL, padding=(16, 8, 16, 4)),
            self._events(items, f"month-{day.year}-{day.month}-{state.chosen and day.day}", "month_day_events_list", empty),
            cls="android.widget.RelativeLayout", rid="month_day_calendar_holder", width=FILL, height=FILL, on_swipe=SIDEWAYS,
        )  # fmt: skip

    def _results(self, moment: Moment) -> View:
        wanted = self.field("search").strip()
        if len(wanted) < 2:
            return Column(
                Text("No items found.", "body_large", color="on_surface_variant", rid="search_placeholder", text_align="center", width=FILL,
                     padding=(16, 24, 16, 4)),
                Text("Type in at least 2 characters to start the search.", "body_medium", color="on_surface_variant",
                     rid="search_placeholder_2", text_align="center", width=FILL, padding=(24, 4)),
                cls="android.widget.RelativeLayout", rid="search_holder", width=FILL, height=FILL,
            )  # fmt: skip
        found = self._store.search(wanted, moment.now, moment.prefs.hidden)
        items = agenda_items(self._store, found, moment)
        empty = Text("No items found.", "body_large", color="on_surface_variant", rid="search_placeholder", text_align="center",
                     width=FILL, padding=(16, 24), weight=1)  # fmt: skip
        body = self._events(items, "search_results", "search_results_list", empty)
        return Column(body, cls="android.widget.RelativeLayout", rid="search_holder", width=FILL, height=FILL)

    def _quick_filter(self) -> Kid:
        prefs = self._prefs
        shown = [t for t in self._store.types() if t.id in prefs.quick]
        if not shown:
            return None
        cells = [
            Column(
                Text(t.title, "body_medium", color="outline" if t.id in prefs.hidden else "on_surface", rid="quick_filter_event_type",
                     max_lines=1, text_align="center", padding=(12, 8), weight=1),
                View(cls=None, width=FILL, height=4, background="surface_container_highest" if t.id in prefs.hidden else t.color),
                cls="android.view.ViewGroup", on_tap=call(MainActivity.toggle_type, t.id), height=44, min_width=92, cross="center",
                selected=t.id not in prefs.hidden,
            )
            for t in shown
        ]  # fmt: skip
        return ScrollRow(self, "quick", *cells, cls="androidx.recyclerview.widget.RecyclerView", rid="quick_calendar_filter", width=FILL)

    def _fab(self, raised: bool) -> list[Kid]:
        lift = 44 if raised else 0
        if not self.state.fab:
            return [Fab("plus", "New Event", call(MainActivity.fab_tapped), rid="calendar_fab", margin=(16, 16, 16, 16 + lift))]
        veil = View(cls="android.view.View", rid="fab_extended_overlay", background="scrim", width=FILL, height=FILL,
                    on_tap=call(MainActivity.close_fab))  # fmt: skip
        label = "surface_container_high"
        task = Row(
            Text("Task", "label_large", rid="fab_task_label", padding=(12, 6), radius=8, background=label, on_tap=call(MainActivity.new_task)),
            Fab("check", "New Task", call(MainActivity.new_task), rid="fab_task_icon", margin=0), gap=12, cls=None,
        )  # fmt: skip
        event = Row(
            Text("Event", "label_large", rid="fab_event_label", padding=(12, 6), radius=8, background=label,
                 on_tap=call(MainActivity.new_event)),
            Fab("calendar", "New Event", call(MainActivity.new_event), rid="calendar_fab", margin=0), gap=12, cls=None,
        )  # fmt: skip
        return [veil, Column(task, event, gap=16, cls=None, cross="end", gravity="bottom_end", margin=(16, 16, 16, 16 + lift))]

    # ------------------------------------------------------------------ moving

    def _week_start(self) -> date:
        prefs = self._prefs
        return week_of(self.state.day, prefs.first_day_of_week) if prefs.weekly_view_days >= 7 else self.state.day

    def _shows_today(self, today: date) -> bool:
        state, day = self.state, self.state.day
        if state.view == YEARLY:
            return day.year == today.year
        if state.view in (MONTHLY, MONTHLY_DAILY):
            return (day.year, day.month) == (today.year, today.month)
        if state.view == WEEKLY:
            first = self._week_start()
            return first <= today < first + timedelta(days=self._prefs.weekly_view_days)
        return state.view == LIST or day == today

    def turn(self, by: int) -> None:
        """The next or previous page."""
        day, view = self.state.day, self.state.view
        if view == DAILY:
            to = day + timedelta(days=by)
        elif view == WEEKLY:
            to = day + timedelta(days=by * self._prefs.weekly_view_days)
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
        self.show(DatePicker(Call(MainActivity.went_to), day.year, day.month, day.day, (today.year, today.month, today.day),
                             self._prefs.first_day_of_week, (_EARLIEST.year, 1, 1), (_LATEST.year, 12, 31)))  # fmt: skip

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
        day = datetime.strptime(code, "%Y%m%d").date()
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
        at = [view for view, _ in _VIEWS].index(self.state.view) if self.state.view in dict(_VIEWS) else 2
        self.show(ChoiceDialog(options=tuple(label for _, label in _VIEWS), chosen=at, on_choose=Call(MainActivity.view_chosen)))

    def view_chosen(self, index: int) -> None:
        """A view was chosen; it is the one to begin with from now on."""
        view = _VIEWS[index][0]
        change_prefs(self.kernel, view=view)
        today = self.kernel.clock.now().date()
        day = today if self._shows_today(today) else self.state.day
        self.update(view=view, below=(), chosen=False, slot=None, day=day)

    def choose_types(self) -> None:
        """Which types are shown."""
        types, hidden = self._store.types(), self._prefs.hidden
        self.show(MultiChoiceDialog(
            heading="Filter events by type", options=tuple(t.title for t in types),
            chosen=frozenset(i for i, t in enumerate(types) if t.id not in hidden),
            positive=DialogButton("OK", Call(MainActivity.types_chosen)), negative=DialogButton("Cancel"),
        ))  # fmt: skip

    def types_chosen(self, chosen: tuple[int, ...]) -> None:
        """OK of the filter."""
        types = self._store.types()
        if not chosen:
            self.toast("You have filtered out all event types")
        self._hide(frozenset(t.id for i, t in enumerate(types) if i not in chosen))

    def toggle_type(self, type_id: int) -> None:
        """A type at the bottom was touched."""
        self._hide(self._prefs.hidden ^ {type_id})

    def _hide(self, hidden: frozenset[int]) -> None:
        change_prefs(self.kernel, hidden_event_types=numbers_text(hidden))

    def menu(self) -> None:
        """Overflow."""
        self.show(Menu(items=(
            MenuItem("Go to date", call(MainActivity.go_to_date)),
            MenuItem("Add contact birthdays", call(MainActivity.add_people, False)),
            MenuItem("Add contact anniversaries", call(MainActivity.add_people, True)),
            MenuItem("Settings", call(MainActivity.settings)),
        )))  # fmt: skip

    def add_people(self, anniversaries: bool) -> None:
        """Birthdays or anniversaries of contacts as events."""
        add_contact_days(self, anniversaries)

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
        if self._prefs.allow_creating_tasks:
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
        day = state.day if state.view in (DAILY,) or state.chosen or not self._shows_today(today) else today
        self.update(fab=False)
        self.start(Intent.of(package=PACKAGE, activity=activity, day_code=code_of(day)))

    def pick_slot(self, code: str, hour: int) -> None:
        """A free hour of the week gets a plus."""
        self.update(slot=None if self.state.slot == (code, hour) else (code, hour))

    def new_at(self, code: str, hour: int) -> None:
        """The plus: a new event of an hour."""
        self.update(slot=None)
        extras = {"day_code": code, "hour": hour, "set_hour_duration": True}
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
        event = self._store.event(event_id)
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
        ask_delete(self, tuple(sorted(self.state.selected)), Call(MainActivity.deleted))

    def deleted(self) -> None:
        """They are gone."""
        self.unselect()
