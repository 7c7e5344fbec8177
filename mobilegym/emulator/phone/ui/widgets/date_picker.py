"""The date picker: Android's `DatePickerDialog` with its calendar of months and its list of years."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, overlay_call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Grid, Row, Spacer, Stack
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.overlay import Overlay
from mobilegym.emulator.phone.ui.theme import Color, Ui
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.dialog import finish_dialog
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.list_item import Divider
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["DatePicker", "Day"]

Day: TypeAlias = tuple[int, int, int]
"""Year, month 1–12, day of the month."""

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_YEARS_KEY: Final = "date_picker_years"
_YEAR_ROW: Final = 56
_CELL: Final = 44
_LOW_CELL: Final = 32
"""Height of a day on a screen that is wider than high, dp."""


def _body_height(ui: Ui) -> float:
    """Height of calendar and list of years, dp: both views have the same, so that the dialog does not jump."""
    return 78 + 6 * _cell(ui)


def _body_width(ui: Ui) -> float:
    return 328 if ui.width > ui.height else FILL


def _cell(ui: Ui) -> int:
    return _LOW_CELL if ui.width > ui.height else _CELL


@dataclass(frozen=True)
class DatePicker(Overlay):
    """A calendar in a dialog. OK closes it and calls `result` with year, month (1–12) and day.

    Touching the year in the header shows the list of years, touching the date the calendar again. A swipe sideways turns
    the month as the arrows do.
    """

    result: Call
    year: int
    month: int
    day: int
    today: Day | None = None
    """Drawn in the accent colour."""
    first_weekday: int = 6
    """0 is Monday, 6 Sunday."""
    earliest: Day = (1900, 1, 1)
    latest: Day = (2100, 12, 31)
    cancelled: Call | None = None
    shown: tuple[int, int] | None = None
    """Year and month of the page; that of the date unless turned."""
    years: bool = False
    """Whether the list of years is shown."""

    @property
    def title(self) -> str:
        return "Select date"

    @property
    def on_cancel(self) -> Call | None:
        return self.cancelled

    @property
    def page(self) -> tuple[int, int]:
        """Year and month in sight."""
        return self.shown or (self.year, self.month)

    def turned(self, months: int) -> DatePicker:
        """With the page so many months on, within the limits."""
        year, month = self.page
        at = min(max(year * 12 + month - 1 + months, _index(self.earliest)), _index(self.latest))
        return replace(self, shown=(at // 12, at % 12 + 1))

    def picked(self, day: int) -> DatePicker:
        """With a day of the page chosen."""
        year, month = self.page
        return replace(self, year=year, month=month, day=day, shown=None)

    def in_year(self, year: int) -> DatePicker:
        """With the same day of another year chosen (or the nearest that exists and is allowed), back at the calendar."""
        day = min(self.day, calendar.monthrange(year, self.month)[1])
        to = min(max((year, self.month, day), self.earliest), self.latest)
        return replace(self, year=to[0], month=to[1], day=to[2], shown=None, years=False)

    def build(self, host: Host) -> View:
        ui = host.ui
        body = self._years(host) if self.years else self._calendar(host)
        done = Call(finish_dialog, (self.result, self.year, self.month, self.day))
        buttons = Row(
            Spacer(),
            Button("Cancel", Call(finish_dialog, (self.cancelled,)), kind="text", rid="android:id/button2", min_height=48),
            Button("OK", done, kind="text", rid="android:id/button1", min_height=48),
            gap=8, cls="android.widget.ScrollView", rid="android:id/buttonPanel", width=FILL, padding=(12, 0, 16, 12),
        )  # fmt: skip
        wide = ui.width > ui.height
        header = memo(ui, _header, self.year, self.month, self.day, self.years, wide)
        if wide:
            picker = Row(header, body, cls="android.widget.DatePicker", rid="android:id/datePicker", width=FILL, cross="start")
        else:
            picker = Column(header, Divider(), body, cls="android.widget.DatePicker", rid="android:id/datePicker", width=FILL)
        return Column(
            picker, buttons, cls="android.widget.LinearLayout", rid="android:id/parentPanel", width=FILL, max_width=560 if wide else 360,
            background="surface_container_high", radius=28,
        )  # fmt: skip

    def _calendar(self, host: Host) -> View:
        ui, (year, month) = host.ui, self.page
        chosen = self.day if (year, month) == (self.year, self.month) else 0
        today = self.today[2] if self.today is not None and self.today[:2] == (year, month) else 0
        low = self.earliest[2] if self.earliest[:2] == (year, month) else 1
        high = self.latest[2] if self.latest[:2] == (year, month) else 31
        at = year * 12 + month - 1
        head = Row(
            Text(f"{_MONTHS[month - 1]} {year}", "title_small", color="on_surface_variant", cls=None, weight=1,
                 padding=(12, 0, 0, 0), max_lines=1),
            _arrow("prev", "chevron-left", "Previous month", -1, at > _index(self.earliest)),
            _arrow("next", "chevron-right", "Next month", 1, at < _index(self.latest)),
            cls=None, width=FILL, height=48,
        )  # fmt: skip
        return Column(
            head,
            memo(ui, _month, year, month, self.first_weekday, chosen, today, low, high, _cell(ui)),
            cls="android.view.ViewGroup", rid="android:id/date_picker_day_picker", width=_body_width(ui), height=_body_height(ui),
            padding=(12, 4, 12, 0),
        )  # fmt: skip

    def _years(self, host: Host) -> View:
        items = [(year, year == self.year) for year in range(self.earliest[0], self.latest[0] + 1)]
        return LazyColumn(
            host, _YEARS_KEY, items, _year, cls="android.widget.ListView", rid="android:id/date_picker_year_picker",
            width=_body_width(host.ui), height=_body_height(host.ui),
        )  # fmt: skip


def _index(day: Day) -> int:
    return day[0] * 12 + day[1] - 1


def _header(year: int, month: int, day: int, years: bool, wide: bool) -> View:
    weekday = _WEEKDAYS[datetime.date(year, month, day).weekday()]
    return Column(
        Text(str(year), "title_medium", color="primary" if years else "on_surface_variant", rid="android:id/date_picker_header_year",
             on_tap=Call(_show_years), padding=(0, 12, 12, 4), selected=years),
        Text(f"{weekday}, {_MONTHS[month - 1][:3]} {day}", "headline_small" if wide else "headline_large",
             color="on_surface_variant" if years else "on_surface", rid="android:id/date_picker_header_date",
             on_tap=overlay_call(_show_days), selected=not years, max_lines=2, width=FILL),
        cls="android.widget.LinearLayout", rid="android:id/date_picker_header", width=None if wide else FILL,
        padding=(24, 8, 24, 16), weight=1 if wide else 0,
    )  # fmt: skip


def _arrow(rid: str, icon: str, desc: str, by: int, enabled: bool) -> View:
    return IconButton(icon, desc, overlay_call(DatePicker.turned, by), rid=f"android:id/{rid}", enabled=enabled)


def _month(year: int, month: int, first: int, chosen: int, today: int, low: int, high: int, cell: int) -> View:
    """Initials of the weekdays and six weeks of days."""
    initials = [
        Text(_WEEKDAYS[(first + i) % 7][0], "body_small", color="on_surface_variant", cls=None, text_align="center", height=24)
        for i in range(7)
    ]  # fmt: skip
    starts, length = calendar.monthrange(year, month)
    blank = (starts - first) % 7
    cells: list[View] = [View(cls=None, height=cell) for _ in range(blank)]
    cells += [_day(year, month, day, day == chosen, day == today, low <= day <= high, cell) for day in range(1, length + 1)]
    return Column(
        Grid(initials, columns=7, cls=None, width=FILL),
        Grid(cells, columns=7, cls="android.view.View", rid="android:id/month_view", width=FILL,
             on_swipe=overlay_call(_swiped, frozenset(("left", "right")))),
        cls=None, width=FILL,
    )  # fmt: skip


def _day(year: int, month: int, day: int, chosen: bool, today: bool, enabled: bool, cell: int) -> View:
    color: Color = "on_primary" if chosen else "primary" if today else "on_surface"
    disc = min(40, cell)
    return Stack(
        View(cls=None, width=disc, height=disc, radius=disc / 2, background="primary" if chosen else None,
             border=None if chosen or not today else "primary", gravity="center"),
        Text(str(day), "body_medium", color=color, cls=None, gravity="center", enabled=enabled, max_lines=1),
        cls="android.view.View", label=str(day), desc=f"{day:02d} {_MONTHS[month - 1]} {year}", on_tap=overlay_call(DatePicker.picked, day),
        checked=chosen, enabled=enabled, height=cell,
    )  # fmt: skip


def _year(year: int, chosen: bool) -> View:
    return Text(
        str(year), "headline_small" if chosen else "body_large", color="primary" if chosen else "on_surface", rid="android:id/text1",
        on_tap=overlay_call(DatePicker.in_year, year), selected=chosen, height=_YEAR_ROW, width=FILL, text_align="center",
    )  # fmt: skip


def _swiped(picker: DatePicker, directions: frozenset[str], finger: str) -> DatePicker:
    del directions
    return picker.turned(1 if finger == "left" else -1)


def _show_days(picker: DatePicker) -> DatePicker:
    return replace(picker, years=False, shown=None)


def _show_years(surface: Any) -> None:
    """Show the list of years, scrolled to the year chosen."""
    picker = surface.overlays[-1]
    ui = surface.ui
    row = ui.px(_YEAR_ROW)
    surface.scroll_to(_YEARS_KEY, max(0, (picker.year - picker.earliest[0]) * row - (ui.px(_body_height(ui)) - row) // 2))
    surface.replace_overlay(replace(picker, years=True))
