"""The calendar's main screen: month, week, day, year and list, search, filter and selection."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.calendar.browse import BrowseActivity
from mobilegym.emulator.phone.apps.calendar.model import PACKAGE, code_of
from mobilegym.emulator.phone.apps.calendar.month import month_page, month_with_dots, page_head
from mobilegym.emulator.phone.apps.calendar.rows import Moment, agenda_items, day_items, list_row, search_items
from mobilegym.emulator.phone.apps.calendar.screen import SIDEWAYS
from mobilegym.emulator.phone.apps.calendar.week import week_page
from mobilegym.emulator.phone.apps.calendar.words import date_text, month_title
from mobilegym.emulator.phone.apps.calendar.year import year_page
from mobilegym.emulator.phone.ui.attrs import FILL, ViewAttrs
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import SelectionBar
from mobilegym.emulator.phone.ui.widgets.button import Button, Fab
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.list_item import Divider
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn, ScrollRow
from mobilegym.emulator.phone.ui.widgets.search_view import SearchBar, SearchField
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["MainActivity"]

_LIST_DAYS: Final = 366


class MainActivity(BrowseActivity):
    """One screen, six views."""

    name: ClassVar[str] = f"{PACKAGE}.activities.MainActivity"

    def build(self) -> View:
        state = self.state
        moment = self.moment()
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
        if not self.shows_today(moment.today):
            today = IconButton("calendar-today", "Go to today", call(MainActivity.go_to_today), rid="go_to_today", size=44)
        actions = Row(
            today,
            IconButton("view-grid-outline", "Change view", call(MainActivity.choose_view), rid="change_view", size=44),
            IconButton("filter-variant", "Filter events by type", call(MainActivity.choose_types), rid="filter", size=44)
            if len(self.store.types()) > 1 else None,
            IconButton("dots-vertical", "More options", call(MainActivity.menu), size=44),
            cls=None,
        )  # fmt: skip
        return SearchBar("Search", call(MainActivity.start_search), trailing=actions, rid="main_menu", text_rid="top_toolbar_search")

    def _page(self, moment: Moment) -> View:
        state, store, ui = self.state, self.store, self.ui
        day = state.day
        match state.view:
            case 2:
                head = page_head(str(day.year), call(MainActivity.go_to_date), "year")
                return self._paged(head, year_page(ui, store, day.year, moment))
            case 3:
                return self._list(moment)
            case 4:
                return week_page(self, store, self.week_start(), moment.prefs.weekly_view_days, moment, state.slot)
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
        return LazyColumn(self, key, items, list_row, footer=96, rid=rid, weight=1)

    def _nothing(self, text: str, rid: str) -> View:
        create = Button("Create a new event", call(MainActivity.new_event), kind="text", rid=f"{rid}_2")
        return Column(
            Text(text, "body_large", color="on_surface_variant", rid=rid, text_align="center", width=FILL, padding=(16, 24, 16, 8)),
            create, cls=None, width=FILL, weight=1, cross="center",
        )  # fmt: skip

    def _day_page(self, moment: Moment) -> View:
        day = self.state.day
        items = day_items(self.store, day, moment)
        empty = Column(
            Text(
                "No items found.",
                "body_large",
                color="on_surface_variant",
                rid="day_no_events_placeholder",
                text_align="center",
                width=FILL,
                padding=(16, 24),
            ),
            cls=None,
            width=FILL,
            weight=1,
        )
        return Column(
            page_head(date_text(day, moment.today.year), call(MainActivity.go_to_date), "day"),
            self._events(items, f"day-{code_of(day)}", "day_events", empty),
            cls="android.widget.RelativeLayout", rid="day_holder", width=FILL, height=FILL, on_swipe=SIDEWAYS,
        )  # fmt: skip

    def _list(self, moment: Moment) -> View:
        low = moment.today
        items = agenda_items(self.store, low, low + timedelta(days=_LIST_DAYS), moment)
        body = self._events(
            items, "agenda", "calendar_events_list", self._nothing("No upcoming events.", "calendar_empty_list_placeholder")
        )
        return Column(body, cls="android.widget.RelativeLayout", rid="calendar_events_list_holder", width=FILL, height=FILL)

    def _month_and_day(self, moment: Moment) -> View:
        state, store, day = self.state, self.store, self.state.day
        month = month_title(day.year, day.month, moment.today.year)
        if state.chosen:
            items, label = day_items(store, day, moment), date_text(day, moment.today.year)
        else:
            first = day.replace(day=1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            items, label = agenda_items(store, first, last, moment, months=False), month
        empty = Text("No items found.", "body_large", color="on_surface_variant", rid="month_day_no_events_placeholder",
                     text_align="center", width=FILL, padding=(16, 16), weight=1)  # fmt: skip
        key = f"month-{day.year}-{day.month}-{state.chosen and day.day}"
        title = Text(label, "title_large", rid="month_day_selected_day_label", text_align="center", width=FILL, padding=(16, 8, 16, 4))
        events = self._events(items, key, "month_day_events_list", empty)
        dots = month_with_dots(self.ui, store, day.year, day.month, moment, day if state.chosen else None)
        attrs: ViewAttrs = {
            "rid": "month_day_calendar_holder",
            "cls": "android.widget.RelativeLayout",
            "on_swipe": SIDEWAYS,
            "width": FILL,
            "height": FILL,
        }
        if self.ui.width > self.ui.height:
            sides = (Stack(dots, cls=None, weight=1), Column(title, events, cls=None, weight=1, height=FILL))
            return Row(*sides, cross="start", **attrs)
        head = page_head(month, call(MainActivity.go_to_date), "month") if state.chosen else None
        return Column(head, dots, Divider(), title, events, **attrs)

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
        items = search_items(self.store, wanted, moment)
        empty = Text("No items found.", "body_large", color="on_surface_variant", rid="search_placeholder", text_align="center",
                     width=FILL, padding=(16, 24), weight=1)  # fmt: skip
        body = self._events(items, "search_results", "search_results_list", empty)
        return Column(body, cls="android.widget.RelativeLayout", rid="search_holder", width=FILL, height=FILL)

    def _quick_filter(self) -> Kid:
        prefs = self.prefs
        shown = [t for t in self.store.types() if t.id in prefs.quick]
        if not shown:
            return None
        cells = [
            Column(
                Text(t.title, "body_medium", color="outline" if t.id in prefs.hidden else "on_surface", rid="quick_filter_event_type",
                     max_lines=1, text_align="center", padding=(8, 8), weight=1),
                View(cls=None, width=FILL, height=4, background="surface_container_highest" if t.id in prefs.hidden else t.color),
                cls="android.view.ViewGroup", on_tap=call(MainActivity.toggle_type, t.id), height=44, width=112, cross="fill",
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
            Text(
                "Task", "label_large", rid="fab_task_label", padding=(12, 6), radius=8, background=label, on_tap=call(MainActivity.new_task)
            ),
            Fab("check", "New Task", call(MainActivity.new_task), rid="fab_task_icon", margin=0),
            gap=12,
            cls=None,
        )
        event = Row(
            Text("Event", "label_large", rid="fab_event_label", padding=(12, 6), radius=8, background=label,
                 on_tap=call(MainActivity.new_event)),
            Fab("calendar", "New Event", call(MainActivity.new_event), rid="calendar_fab", margin=0), gap=12, cls=None,
        )  # fmt: skip
        return [veil, Column(task, event, gap=16, cls=None, cross="end", gravity="bottom_end", margin=(16, 16, 16, 16 + lift))]
