"""The week: columns of days with an hour grid, and all-day events above it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from mobilegym.emulator.phone.apps.calendar.model import Occurrence, code_of, days_of
from mobilegym.emulator.phone.apps.calendar.rows import Moment
from mobilegym.emulator.phone.apps.calendar.screen import SIDEWAYS, new_at, open_day, pick_slot, set_week_days, tap_event
from mobilegym.emulator.phone.apps.calendar.store import Store, remembered
from mobilegym.emulator.phone.apps.calendar.words import MONTHS, WEEKDAYS, clock_text
from mobilegym.emulator.phone.ui import ops
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Group, Placed, Row, Stack
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.theme import Color, Ui, with_alpha
from mobilegym.emulator.phone.ui.view import Box, Recorder, View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.slider import Slider
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["HOUR", "WEEK_SCROLL", "week_page"]

HOUR: Final = 60
"""Height of an hour, dp."""
WEEK_SCROLL: Final = "week"
"""Key of the scroll offset."""
_LEFT: Final = 64
"""Width of the column with the times at the normal font size, dp."""


class _Block(NamedTuple):
    """An event in the grid."""

    column: int
    start: int
    """Minutes of the day."""
    end: int
    lane: int
    lanes: int
    event_id: int
    start_ts: int
    title: str
    color: int
    dim: bool
    mark: str


class _Bar(NamedTuple):
    """An event in the rows above the grid; `left` and `right` are columns."""

    lane: int
    left: int
    right: int
    event_id: int
    start_ts: int
    title: str
    color: int
    dim: bool


class _Grid(Group):
    """Places children by column and minutes; draws the lines of hours and days, and the present moment."""

    cls: str | None = "android.widget.RelativeLayout"

    def __init__(self, children: list[tuple[View, tuple[float, float, int, int]]], columns: int, now: tuple[int, int] | None) -> None:
        """Children with left and right edge in columns, and first and last minute."""
        super().__init__(*[view for view, _ in children], rid="week_events_holder", width=FILL)
        self.places = [place for _, place in children]
        self.columns = columns
        self.now = now

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        hour, placed = ui.px(HOUR), list[tuple[int, int, Box]]()
        for view, (left, right, start, end) in zip(self.children, self.places, strict=True):
            x, y = int(max_w * left / self.columns), hour * start // 60
            w, h = int(max_w * right / self.columns) - x, max(hour * end // 60 - y, ui.px(18))
            placed.append((x, y, view.layout(ui, w, w, h, h)))
        return max_w, hour * 24, tuple(placed), 0

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        color, hour = p.ui.color("outline_variant"), p.ui.px(HOUR)
        for i in range(1, 24):
            p.put(ops.rect(x, y + hour * i, box.w, 2, color, p.clip))
        for i in range(self.columns):
            p.put(ops.rect(x + box.w * i // self.columns, y, 2, box.h, color, p.clip))
        if self.now is not None:
            column, minute = self.now
            left, at = x + box.w * column // self.columns, y + hour * minute // 60
            p.put(ops.rect(left, at - 2, box.w // self.columns, 5, p.ui.color("primary"), p.clip))


def week_page(host: Host, store: Store, first: date, count: int, moment: Moment, slot: tuple[str, int] | None) -> View:
    """`count` days from `first` on."""
    ui = host.ui
    days = tuple(first + timedelta(days=i) for i in range(count))
    blocks, tops = remembered(store, _blocks, days, moment)
    codes = tuple(code_of(day) for day in days)
    heads = tuple((WEEKDAYS[d.weekday()][0], d.day, d == moment.today, code_of(d)) for d in days)
    title = MONTHS[first.month - 1] if first.year == moment.today.year else f"{MONTHS[first.month - 1][:3]} {first.year}"
    # The week's number is that of its Thursday, whatever weekday it begins on.
    number = (first + timedelta(days=(3 - first.weekday()) % 7)).isocalendar()[1]
    now = datetime.fromtimestamp(moment.now, store.zone)
    line = (days.index(moment.today), now.hour * 60 + now.minute) if moment.today in days else None
    left = _LEFT * max(1.0, ui.font_scale)
    body = memo(ui, _body, blocks, codes, line, slot, moment.use_24h, left)
    slider = Row(
        Slider((count - 1) / 13, Call(set_week_days), steps=13, maximum=13, rid="week_view_seekbar", weight=1),
        Text(f"{count} day{'' if count == 1 else 's'}", "body_medium", rid="week_view_days_count", width=72, text_align="center"),
        cls="android.widget.RelativeLayout", rid="week_view_controls_holder", width=FILL, padding=(8, 0, 88, 0), background="background",
    )  # fmt: skip
    return Column(
        memo(ui, _head, title, f"Week {number}", heads, left), memo(ui, _top, tops, count, left) if tops else None,
        ScrollColumn(host, WEEK_SCROLL, body, rid="week_events_scrollview", weight=1), slider,
        cls="android.widget.RelativeLayout", rid="week_view_holder", width=FILL, height=FILL, on_swipe=SIDEWAYS,
    )  # fmt: skip


def _head(title: str, number: str, days: tuple[tuple[str, int, bool, str], ...], width: float) -> View:
    cells = [
        Text(f"{letter}\n{day}", "body_medium", color="primary" if today else "on_surface", rid="week_day_label", weight=1,
             text_align="center", on_tap=Call(open_day, (code,)), font="bold" if today else "")
        for letter, day, today, code in days
    ]  # fmt: skip
    left = Column(
        Text(title, "body_medium", rid="week_view_month_label", max_lines=1),
        Text(number, "body_small", color="on_surface_variant", rid="week_view_week_number", max_lines=1),
        cls=None, width=width, cross="center",
    )  # fmt: skip
    return Row(left, *cells, cls="android.widget.LinearLayout", rid="week_letters_holder", width=FILL, padding=(0, 4, 0, 6))


def _blocks(store: Store, days: tuple[date, ...], moment: Moment) -> tuple[tuple[_Block, ...], tuple[_Bar, ...]]:
    """Events of the grid, and bars for what lasts all day or over midnight."""
    found = store.on_days(days[0], days[-1], moment.prefs.hidden)
    timed: list[list[Occurrence]] = [[] for _ in days]
    tops: list[_Bar] = []
    free: list[int] = []
    for occurrence in found:
        low, high = days_of(occurrence.start_ts, occurrence.end_ts, store.zone)
        event = occurrence.event
        if low == high and not event.all_day:
            if low in days:
                timed[(low - days[0]).days].append(occurrence)
            continue
        left, right = max(0, (low - days[0]).days), min(len(days) - 1, (high - days[0]).days)
        if left > right:
            continue
        lane = next((i for i, used in enumerate(free) if used < left), len(free))
        free[lane : lane + 1] = [right]
        over = bool(moment.prefs.dim_past_events) and (high < moment.today) or occurrence.completed
        tops.append(_Bar(lane, left, right, event.id, occurrence.start_ts, event.title, store.color(event), over))
    blocks = [block for column, day in enumerate(timed) for block in _column(store, column, day, moment)]
    return tuple(blocks), tuple(tops)


def _column(store: Store, column: int, day: list[Occurrence], moment: Moment) -> list[_Block]:
    """Events of a day side by side where they overlap."""
    blocks: list[_Block] = []
    group: list[tuple[int, int, int, Occurrence]] = []
    ends: list[int] = []

    def close() -> None:
        for lane, start, end, occurrence in group:
            event = occurrence.event
            dim = bool(moment.prefs.dim_past_events and occurrence.end_ts < moment.now and not event.is_task) or occurrence.completed
            mark = ("check-circle-outline" if occurrence.completed else "checkbox-blank-circle-outline") if event.is_task else ""
            color = store.color(event)
            blocks.append(_Block(column, start, end, lane, len(ends), event.id, occurrence.start_ts, event.title, color, dim, mark))
        group.clear()
        ends.clear()

    for occurrence in day:
        begin = datetime.fromtimestamp(occurrence.start_ts, store.zone)
        start = begin.hour * 60 + begin.minute
        end = min(24 * 60, max(start + 30, start + (occurrence.end_ts - occurrence.start_ts) // 60))
        if ends and start >= max(ends):
            close()
        lane = next((i for i, used in enumerate(ends) if used <= start), len(ends))
        ends[lane : lane + 1] = [end]
        group.append((lane, start, end, occurrence))
    close()
    return blocks


def _top(tops: tuple[_Bar, ...], count: int, width: float) -> View:
    lanes = max(top.lane for top in tops) + 1
    rows: list[View] = []
    for lane in range(min(lanes, 6)):
        views: list[View] = [View(cls=None, width=width)]
        at = 0
        for bar in (top for top in tops if top.lane == lane):
            if bar.left > at:
                views.append(View(cls=None, weight=bar.left - at))
            views.append(_label(bar.title, bar.color, bar.dim, "", bar.event_id, bar.start_ts, weight=bar.right - bar.left + 1))
            at = bar.right + 1
        if at < count:
            views.append(View(cls=None, weight=count - at))
        rows.append(Row(*views, cls=None, width=FILL, height=22))
    return Column(*rows, gap=2, cls="android.widget.RelativeLayout", rid="week_all_day_holder", width=FILL, padding=(0, 0, 0, 4))


def _label(title: str, color: int, dim: bool, mark: str, event_id: int, start_ts: int, *, weight: float = 0, lines: int = 1) -> View:
    light = (color >> 16 & 255) * 299 + (color >> 8 & 255) * 587 + (color & 255) * 114 > 165_000
    text: Color = "black" if light else "white"
    return Row(
        Icon(mark, size=12, color=text, margin=(0, 2, 2, 0)) if mark else None,
        Text(title, "label_small", color=text, rid="week_event_label", max_lines=lines, weight=1),
        cls="android.view.ViewGroup", on_tap=Call(tap_event, (event_id, start_ts)), weight=weight, padding=(3, 2), margin=(1, 0), radius=3,
        background=with_alpha(color, 0.6) if dim else color, cross="start",
    )  # fmt: skip


def _body(
    blocks: tuple[_Block, ...],
    codes: tuple[str, ...],
    now: tuple[int, int] | None,
    slot: tuple[str, int] | None,
    use_24h: bool,
    width: float,
) -> View:
    times = [
        Text(clock_text(time(i), use_24h), "body_small", color="on_surface_variant", width=width, height=HOUR, text_align="center",
             max_lines=1)
        for i in range(1, 24)
    ]  # fmt: skip
    children: list[tuple[View, tuple[float, float, int, int]]] = []
    for column, code in enumerate(codes):
        for hour in range(24):
            free = View(cls=None, on_tap=Call(pick_slot, (code, hour)))
            children.append((free, (column, column + 1, hour * 60, hour * 60 + 60)))
    if slot is not None and slot[0] in codes:
        column = codes.index(slot[0])
        plus = Stack(
            Icon("plus", color="on_primary", gravity="center"), cls="android.widget.ImageView", rid="week_grid_new_event", desc="New Event",
            on_tap=Call(new_at, slot), background="primary",
        )  # fmt: skip
        children.append((plus, (column, column + 1, slot[1] * 60, slot[1] * 60 + 60)))
    for block in blocks:
        part = 1 / block.lanes
        lines = max(1, (block.end - block.start) // 18)
        view = _label(block.title, block.color, block.dim, block.mark, block.event_id, block.start_ts, lines=lines)
        left = block.column + block.lane * part
        children.append((view, (left + 0.02, left + part, block.start, block.end)))
    grid = _Grid(children, len(codes), now)
    grid.weight = 1
    # Times stand at the line of their hour, so the first row is half as high.
    column = Column(
        View(cls=None, height=HOUR / 2, width=width), *times, cls="android.widget.LinearLayout", rid="week_view_hours_holder", width=width
    )
    return Row(column, grid, cls=None, width=FILL, cross="start")
