"""Progress bars, linear and circular."""

from __future__ import annotations

from typing import Unpack

from mobilegym.emulator.phone.ui import ops
from mobilegym.emulator.phone.ui.attrs import FILL, ViewAttrs
from mobilegym.emulator.phone.ui.layout import Placed
from mobilegym.emulator.phone.ui.theme import Color, Ui
from mobilegym.emulator.phone.ui.view import Box, Recorder, View

__all__ = ["CircularProgress", "LinearProgress"]

_SHARE: float = 0.3
"""Part of an indeterminate bar or ring that is drawn: time does not move it, so that equal states give equal pixels."""


def _label(fraction: float | None) -> str:
    return "" if fraction is None else str(float(round(fraction * 100)))


class LinearProgress(View):
    """A bar of 4 dp. `fraction` 0–1, or None while it is unknown how long it takes."""

    cls: str | None = "android.widget.ProgressBar"
    width: float | None = FILL

    def __init__(self, fraction: float | None, *, color: Color = "primary", thickness: float = 4, **attrs: Unpack[ViewAttrs]) -> None:
        self.fraction = None if fraction is None else min(1.0, max(0.0, fraction))
        self.color = color
        self.thickness = thickness
        self.label = _label(self.fraction)
        self.__dict__.update(attrs)

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        return max(min_w, min(max_w, ui.px(160))), max(min_h, ui.px(self.thickness)), (), 0

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        ui = p.ui
        left, _, right, _ = self.padding_px(ui)
        high, length = ui.px(self.thickness), box.w - left - right
        top = y + (box.h - high) // 2
        p.put(ops.rrect(x + left, top, length, high, high // 2, ui.color("surface_container_highest"), p.clip))
        start, part = (0.2, _SHARE) if self.fraction is None else (0.0, self.fraction)
        p.put(ops.rrect(x + left + int(length * start), top, int(length * part + 0.5), high, high // 2, ui.color(self.color), p.clip))


class CircularProgress(View):
    """A ring of `size` dp. `fraction` 0–1, or None while it is unknown how long it takes."""

    cls: str | None = "android.widget.ProgressBar"

    def __init__(
        self, fraction: float | None = None, *, size: float = 40, thickness: float = 4, color: Color = "primary",
        track: Color = "surface_container_highest", **attrs: Unpack[ViewAttrs],
    ) -> None:  # fmt: skip
        self.fraction = None if fraction is None else min(1.0, max(0.0, fraction))
        self.size = size
        self.thickness = thickness
        self.color = color
        self.track = track
        self.label = _label(self.fraction)
        self.__dict__.update(attrs)

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        size = ui.px(self.size)
        return max(min_w, size), max(min_h, size), (), 0

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        ui = p.ui
        size, stroke = ui.px(self.size), ui.px(self.thickness)
        x, y = x + (box.w - size) // 2, y + (box.h - size) // 2
        if self.fraction is None:
            p.put(ops.sprite(x, y, size, size, "arc", (ui.color(self.color), stroke, -90, round(360 * _SHARE)), p.clip))
        else:
            # Whole thousandths: a finer fraction would be another sprite for the same pixels.
            part = round(self.fraction, 3)
            p.put(ops.sprite(x, y, size, size, "ring", (ui.color(self.color), ui.color(self.track), stroke, part), p.clip))
