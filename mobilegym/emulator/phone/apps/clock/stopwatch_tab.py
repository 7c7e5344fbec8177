"""The Stopwatch tab."""

from __future__ import annotations

from typing import Any

from mobilegym.emulator.phone.apps.clock import timers
from mobilegym.emulator.phone.apps.clock.widgets import Ring, TimeText
from mobilegym.emulator.phone.apps.clock.words import stopwatch_text
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.layout import Column, Row, Stack
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.list_item import Divider
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["build_stopwatch", "lap_report"]


def build_stopwatch(surface: Activity[Any]) -> View:
    """The watch, and below it the laps."""
    # Whole seconds while it runs, so that equal states show equal screens; the laps are exact.
    now = surface.kernel.clock.now_ms // 1000 * 1000
    watch, laps = timers.stopwatch(surface.kernel), timers.laps(surface.kernel)
    total = max(watch.total(now), laps[0].total_ms if laps else 0)
    lap_ms = max(0, total - laps[0].total_ms) if laps else total
    share = min(1.0, lap_ms / max(1, laps[-1].lap_ms)) if laps else 0.0
    main, hundredths = stopwatch_text(total)
    wide = surface.ui.height < surface.ui.width
    size = 196 if wide else 264
    dial = Stack(
        Ring(share if watch.state else 0.0, size=size, thickness=6, gravity="center"),
        Row(
            TimeText(main, size=72 if len(main) < 3 else 52, rid="stopwatch_time_text"),
            TimeText(hundredths, size=32, rid="stopwatch_hundredths_text", padding=(0, 0, 0, 6)),
            gap=8, cross="end", cls=None, gravity="center",
        ),
        cls="android.widget.FrameLayout", rid="stopwatch_circle", width=size, height=size,
    )  # fmt: skip
    if not laps:
        return Column(dial, cls=None, width=FILL, cross="center", weight=1, padding=(0, 0 if wide else 72, 0, 0))
    items = [(len(laps) + 1, *_shown(lap_ms), *_shown(total), "")]
    fast, slow = min(lap.lap_ms for lap in laps), max(lap.lap_ms for lap in laps)
    for lap in laps:
        mark = "" if len(laps) < 2 else "fast" if lap.lap_ms == fast else "slow" if lap.lap_ms == slow else ""
        items.append((lap.number, *_shown(lap.lap_ms), *_shown(lap.total_ms), mark))
    head = _cells("Laps", "Split", "Total", "on_surface_variant", heading=True)
    rows = LazyColumn(surface, "laps", items, _lap, rid="laps_list", footer=8 if wide else 128, weight=1)
    if wide:
        table = Column(head, Divider(), rows, cls=None, weight=1, height=FILL)
        return Row(dial, table, cls=None, width=FILL, weight=1, gap=16, padding=(24, 0, 8, 0))
    return Column(dial, head, Divider(), rows, cls=None, width=FILL, cross="center", weight=1, padding=(24, 8, 24, 0))


def _shown(ms: int) -> tuple[str]:
    main, hundredths = stopwatch_text(ms)
    return (f"{main}.{hundredths}",)


def _lap(number: int, lap_ms: str, total: str, mark: str) -> View:
    color: Color = {"fast": "positive", "slow": "error"}.get(mark, "on_surface")
    return _cells(f"# {number}", lap_ms, total, color)


def _cells(first: str, second: str, third: str, color: Color, *, heading: bool = False) -> View:
    ids = ("", "", "") if heading else ("lap_number", "lap_time", "lap_total")
    role = "label_large" if heading else "body_large"
    cells = [
        Text(text, role, color=color, rid=rid, weight=1, text_align="center", max_lines=1)
        for text, rid in zip((first, second, third), ids, strict=True)
    ]
    return Row(*cells, width=FILL, min_height=40)


def lap_report(watch: timers.Stopwatch, laps: list[timers.Lap]) -> str:
    """What Share sends."""
    total = stopwatch_text(watch.accumulated_ms)
    lines = [f"My time is {total[0]}.{total[1]}"]
    if laps:
        lines.append("Lap times:")
        rest = watch.accumulated_ms - laps[0].total_ms
        all_laps = [*[lap.lap_ms for lap in reversed(laps)], rest]
        lines += [f"Lap {i}: {'.'.join(stopwatch_text(ms))}" for i, ms in enumerate(all_laps, start=1)]
    return "\n".join(lines)
