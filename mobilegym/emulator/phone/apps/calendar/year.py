"""The year: twelve small months, in which days with events stand out."""

from __future__ import annotations

from datetime import date, timedelta

from mobilegym.emulator.phone.apps.calendar.model import days_of
from mobilegym.emulator.phone.apps.calendar.rows import Moment, week_of
from mobilegym.emulator.phone.apps.calendar.screen import SIDEWAYS, open_month
from mobilegym.emulator.phone.apps.calendar.store import Store, remembered
from mobilegym.emulator.phone.apps.calendar.words import MONTHS, WEEKDAYS
from mobilegym.emulator.phone.ui import ops
from mobilegym.emulator.phone.ui import text as typeset
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.layout import Column, Row
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, Recorder, View
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["year_page"]


class _Days(View):
    """Letters and numbers of a month, drawn."""

    cls: str | None = "android.view.View"

    def __init__(self, year: int, month: int, first: int, today: int, marked: frozenset[int]) -> None:
        super().__init__(rid=f"month_{month}", width=FILL, height=FILL)
        self.year, self.month, self.first = year, month, first
        self.today, self.marked = today, marked

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        ui = p.ui
        cell = box.w / 7
        high = min(box.h / 7, ui.px(22))
        style, strong = ui.style(9.5, "regular"), ui.style(9.5, "bold")
        normal, soft, accent = ui.color("on_surface"), ui.color("on_surface_variant"), ui.color("primary")

        def put(column: int, row: int, text: str, how: typeset.TextStyle, color: int) -> None:
            left = int(x + cell * column + (cell - typeset.width(text, how)) / 2)
            line = typeset.line_height(how)
            p.put(ops.text(left, int(y + high * row + (high - line) / 2) + typeset.ascent(how), text, how, color, p.clip))

        for column in range(7):
            put(column, 0, WEEKDAYS[(self.first + column) % 7][0], style, soft)
        day = week_of(date(self.year, self.month, 1), self.first)
        for index in range(42):
            if day.month == self.month:
                column, row = index % 7, index // 7 + 1
                if day.day == self.today:
                    size = int(min(cell, high))
                    p.put(ops.rrect(int(x + cell * column + (cell - size) / 2), int(y + high * row + (high - size) / 2), size, size,
                                    size // 2, accent, p.clip))  # fmt: skip
                marked = day.day in self.marked
                color = ui.color("on_primary") if day.day == self.today else accent if marked else normal
                put(column, row, str(day.day), strong if marked else style, color)
            day += timedelta(days=1)


def year_page(ui: Ui, store: Store, year: int, moment: Moment) -> View:
    """Twelve months; a touch opens one."""
    return remembered(store, _year, ui, year, moment)


def _year(store: Store, ui: Ui, year: int, moment: Moment) -> View:
    marks: list[set[int]] = [set() for _ in range(12)]
    first, last = date(year, 1, 1), date(year, 12, 31)
    for occurrence in store.on_days(first, last, moment.prefs.hidden):
        low, high = days_of(occurrence.start_ts, occurrence.end_ts, store.zone)
        day, stop = max(low, first), min(high, last)
        while day <= stop:
            marks[day.month - 1].add(day.day)
            day += timedelta(days=1)
    today = (moment.today.month, moment.today.day) if moment.today.year == year else (0, 0)
    return memo(ui, _page, year, moment.prefs.first_day_of_week, today, tuple(frozenset(m) for m in marks), ui.width > ui.height)


def _page(year: int, first: int, today: tuple[int, int], marks: tuple[frozenset[int], ...], wide: bool) -> View:
    columns = 6 if wide else 3
    cells = [_month(year, month, first, today[1] if month == today[0] else 0, marks[month - 1]) for month in range(1, 13)]
    rows = [Row(*cells[i : i + columns], cls=None, width=FILL, weight=1, cross="fill", gap=8) for i in range(0, 12, columns)]
    return Column(
        *rows, cls="android.widget.LinearLayout", rid="calendar_wrapper", width=FILL, height=FILL, on_swipe=SIDEWAYS, padding=(8, 4)
    )  # fmt: skip


def _month(year: int, month: int, first: int, today: int, marked: frozenset[int]) -> View:
    return Column(
        Text(MONTHS[month - 1], "title_small", color="primary" if today else "on_surface", rid=f"month_{month}_label", text_align="center",
             width=FILL, max_lines=1),
        _Days(year, month, first, today, marked),
        cls="android.widget.LinearLayout", rid=f"month_{month}_holder", on_tap=Call(open_month, (year, month)), weight=1,
    )  # fmt: skip
