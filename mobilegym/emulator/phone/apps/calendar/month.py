"""The month: a page of six weeks with events as bars, and a small one with dots."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from mobilegym.emulator.phone.apps.calendar.model import Occurrence, code_of, days_of
from mobilegym.emulator.phone.apps.calendar.rows import Moment, week_of
from mobilegym.emulator.phone.apps.calendar.screen import SIDEWAYS, open_day, turn
from mobilegym.emulator.phone.apps.calendar.store import Store, remembered
from mobilegym.emulator.phone.apps.calendar.words import MONTHS, WEEKDAYS
from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.theme import Color, Ui, with_alpha
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["first_shown", "month_page", "month_with_dots", "page_head"]

_BAR: float = 16
"""Height of an event's bar, dp at the normal font size."""
_NUMBER: float = 30


class _Bar(NamedTuple):
    """A run of columns in a lane; without a title it is empty."""

    span: int
    title: str = ""
    color: int = 0
    dim: bool = False
    mark: str = ""
    struck: bool = False


class _Cell(NamedTuple):
    day: int
    code: str
    desc: str
    inside: bool
    """Of the month shown, not of the one before or after."""
    today: bool
    weekend: bool
    chosen: bool
    dots: tuple[int, ...]
    """ARGB, for the small page."""


def first_shown(year: int, month: int, first_weekday: int) -> date:
    """The day in the top-left corner."""
    return week_of(date(year, month, 1), first_weekday)


def page_head(title: str, on_title: Handler, what: str) -> View:
    """Arrows and the name of what is shown."""
    return Row(
        IconButton("chevron-left", f"Previous {what}", Call(turn, (-1,)), rid="top_left_arrow", color="on_surface"),
        Text(title, "title_large", rid="top_value", on_tap=on_title, weight=1, text_align="center", max_lines=1, padding=(4, 8)),
        IconButton("chevron-right", f"Next {what}", Call(turn, (1,)), rid="top_right_arrow", color="on_surface"),
        cls=None, width=FILL, padding=(8, 0),
    )  # fmt: skip


def _cells(store: Store, year: int, month: int, moment: Moment, chosen: date | None, dots: bool) -> tuple[tuple[_Cell, ...], ...]:
    first = first_shown(year, month, moment.prefs.first_day_of_week)
    marks: dict[date, list[int]] = {}
    if dots:
        for occurrence in store.on_days(first, first + timedelta(days=41), moment.prefs.hidden):
            low, high = days_of(occurrence.start_ts, occurrence.end_ts, store.zone)
            for offset in range(min((high - low).days, 60) + 1):
                colors = marks.setdefault(low + timedelta(days=offset), [])
                color = store.color(occurrence.event)
                if color not in colors:
                    colors.append(color)
    weekend = bool(moment.prefs.highlight_weekends)
    days = [first + timedelta(days=i) for i in range(42)]
    cells = [
        _Cell(d.day, code_of(d), f"{d.day} {MONTHS[d.month - 1]}", (d.year, d.month) == (year, month), d == moment.today,
              weekend and d.weekday() >= 5, d == chosen, tuple(marks.get(d, ())[:4]))
        for d in days
    ]  # fmt: skip
    return tuple(tuple(cells[i : i + 7]) for i in range(0, 42, 7))


def _letters(first: int, today_weekday: int, numbers: bool) -> View:
    names = [
        Text(WEEKDAYS[(first + i) % 7][0], "body_medium", color="primary" if (first + i) % 7 == today_weekday else "on_surface",
             cls=None, weight=1, text_align="center")
        for i in range(7)
    ]  # fmt: skip
    return Row(View(cls=None, width=22) if numbers else None, *names, cls=None, width=FILL, height=28)


# ---------------------------------------------------------------------- large


def month_page(ui: Ui, store: Store, year: int, month: int, moment: Moment) -> View:
    """Weekday letters and six weeks; a touch on a day opens it."""
    return remembered(store, _large, ui, year, month, moment)


def _large(store: Store, ui: Ui, year: int, month: int, moment: Moment) -> View:
    bar = _BAR * max(1.0, ui.font_scale)
    dp = ui.scale
    room = (ui.height - ui.status_bar - ui.navigation_bar) / dp - 72 - 56 - 28 - (44 if moment.prefs.quick else 0)
    lanes = max(0, int((room / 6 - _NUMBER * max(1.0, ui.font_scale)) // (bar + 1)))
    if not lanes:
        return _small(store, ui, year, month, moment, None, room / 6)
    first = first_shown(year, month, moment.prefs.first_day_of_week)
    found = store.on_days(first, first + timedelta(days=41), moment.prefs.hidden)
    weeks = tuple(_lanes(store, found, first + timedelta(weeks=i), month, lanes, moment) for i in range(6))
    letter = moment.today.weekday() if (moment.today.year, moment.today.month) == (year, month) else -1
    numbers = tuple((first + timedelta(days=i * 7 + 3)).isocalendar()[1] for i in range(6)) if moment.prefs.week_numbers else ()
    return memo(ui, _page, _cells(store, year, month, moment, None, False), weeks, bar, moment.prefs.first_day_of_week, letter, numbers,
                bool(moment.prefs.show_grid))  # fmt: skip


def _lanes(
    store: Store, found: tuple[Occurrence, ...], monday: date, month: int, limit: int, moment: Moment
) -> tuple[tuple[_Bar, ...], ...]:
    """Events of a week (which begins on `monday`, whatever weekday that is), in lanes that do not overlap."""
    spans: list[tuple[int, int, Occurrence]] = []
    for occurrence in found:
        low, high = days_of(occurrence.start_ts, occurrence.end_ts, store.zone)
        left, right = (low - monday).days, (high - monday).days
        if left <= 6 and right >= 0:
            spans.append((max(0, left), min(6, right), occurrence))
    # Long ones first, so that their bars lie at the top on every day.
    spans.sort(key=lambda s: (s[0], -(s[1] - s[0])))
    lanes: list[list[tuple[int, int, Occurrence]]] = []
    for span in spans:
        lane = next((lane for lane in lanes if lane[-1][1] < span[0]), None)
        if lane is None:
            lanes.append([span])
        else:
            lane.append(span)
    return tuple(_bars(store, lane, monday, month, moment) for lane in lanes[:limit])


def _bars(store: Store, lane: list[tuple[int, int, Occurrence]], monday: date, month: int, moment: Moment) -> tuple[_Bar, ...]:
    bars: list[_Bar] = []
    at = 0
    for left, right, (_, end_ts, event, completed) in lane:
        if left > at:
            bars.append(_Bar(left - at))
        outside = (monday + timedelta(days=right)).month != month and (monday + timedelta(days=left)).month != month
        over = end_ts < moment.now and not (event.all_day and monday + timedelta(days=right) >= moment.today)
        dim = outside or bool(moment.prefs.dim_past_events and over and not event.is_task) or completed
        mark = ("check-circle-outline" if completed else "checkbox-blank-circle-outline") if event.is_task else ""
        bars.append(_Bar(right - left + 1, event.title, store.color(event), dim, mark, completed or event.status == 2))
        at = right + 1
    if at < 7:
        bars.append(_Bar(7 - at))
    return tuple(bars)


def _page(
    cells: tuple[tuple[_Cell, ...], ...], weeks: tuple[tuple[tuple[_Bar, ...], ...], ...], bar: float, first: int, letter: int,
    numbers: tuple[int, ...], grid: bool,
) -> View:  # fmt: skip
    rows = [_week(cells[i], weeks[i], bar, numbers[i] if numbers else 0, grid) for i in range(6)]
    return Column(
        _letters(first, letter, bool(numbers)),
        Column(*rows, cls="android.view.View", rid="month_view", width=FILL, weight=1),
        cls="android.widget.FrameLayout", rid="month_view_wrapper", width=FILL, height=FILL, on_swipe=SIDEWAYS,
    )  # fmt: skip


def _week(cells: tuple[_Cell, ...], lanes: tuple[tuple[_Bar, ...], ...], bar: float, number: int, grid: bool) -> View:
    side: Kid = Text(str(number), "label_small", color="on_surface_variant", cls=None, width=22, text_align="center") if number else None
    pad: Kid = View(cls=None, width=22) if number else None
    drawn = Column(
        Row(side, *[_number(cell) for cell in cells], cls=None, width=FILL),
        *[Row(pad, *[_bar(b, bar) for b in lane], cls=None, width=FILL, height=bar + 1, cross="start") for lane in lanes],
        cls=None, width=FILL,
    )  # fmt: skip
    touch = Row(
        pad,
        *[View(rid="month_view_background", desc=cell.desc, on_tap=Call(open_day, (cell.code,)), weight=1, height=FILL)
          for cell in cells],
        cls=None, width=FILL, height=FILL,
    )  # fmt: skip
    lines = Row(
        pad, *[View(cls=None, weight=1, height=FILL, border="outline_variant") for _ in cells], cls=None, width=FILL, height=FILL
    ) if grid else None  # fmt: skip
    return Stack(lines, drawn, touch, cls=None, width=FILL, weight=1)


def _number(cell: _Cell, size: float = 28) -> View:
    color: Color = "on_primary" if cell.today else "error" if cell.weekend else "on_surface"
    if not cell.inside and not cell.today:
        color = "outline"
    return Stack(
        View(cls=None, width=size, height=size, radius=size / 2, background="primary" if cell.today else None,
             border="primary" if cell.chosen and not cell.today else None, gravity="center"),
        Text(str(cell.day), "body_medium", color=color, cls=None, gravity="center", max_lines=1),
        cls=None, weight=1, min_height=size + 2,
    )  # fmt: skip


def _bar(bar: _Bar, height: float) -> View:
    if not bar.title and not bar.color:
        return View(cls=None, weight=bar.span, height=height)
    text: Color = _on(bar.color)
    return Row(
        Icon(bar.mark, size=10, color=text, margin=(0, 0, 2, 0)) if bar.mark else None,
        Text(bar.title, "label_small", size=10, color=text, cls=None, max_lines=1, weight=1, strike=bar.struck),
        cls=None, weight=bar.span, height=height, padding=(3, 0), margin=(1, 0), radius=3,
        background=with_alpha(bar.color, 0.5) if bar.dim else bar.color,
    )  # fmt: skip


def _on(color: int) -> Color:
    """White on dark colours, black on light ones."""
    red, green, blue = color >> 16 & 255, color >> 8 & 255, color & 255
    return "black" if red * 299 + green * 587 + blue * 114 > 165_000 else "white"


# ---------------------------------------------------------------------- small


def month_with_dots(ui: Ui, store: Store, year: int, month: int, moment: Moment, chosen: date | None) -> View:
    """The small page above the list of a day: dots for events."""
    return remembered(store, _small, ui, year, month, moment, chosen)


def _small(store: Store, ui: Ui, year: int, month: int, moment: Moment, chosen: date | None, high: float = 36) -> View:
    letter = moment.today.weekday() if (moment.today.year, moment.today.month) == (year, month) else -1
    return memo(ui, _dotted, _cells(store, year, month, moment, chosen, True), moment.prefs.first_day_of_week, letter, min(36, high))


def _dotted(cells: tuple[tuple[_Cell, ...], ...], first: int, letter: int, high: float) -> View:
    weeks = [Row(*[_dotted_cell(cell, high) for cell in week], cls=None, width=FILL) for week in cells]
    return Column(
        _letters(first, letter, False), *weeks, cls="android.widget.FrameLayout", rid="month_day_view_wrapper", width=FILL,
        on_swipe=SIDEWAYS, padding=(4, 0),
    )  # fmt: skip


def _dotted_cell(cell: _Cell, high: float) -> View:
    dots = Row(
        *[View(cls=None, width=5, height=5, radius=2.5, background=c) for c in cell.dots], gap=2, cls=None, gravity="bottom",
        margin=(0, 0, 0, 3),
    )  # fmt: skip
    number = _number(cell, 26 if high >= 34 else high - 10).but(weight=0, width=FILL)
    return Stack(
        number, dots, cls="android.view.View", rid="month_view_background", desc=cell.desc, on_tap=Call(open_day, (cell.code,)), weight=1,
        height=high, selected=cell.chosen,
    )  # fmt: skip
