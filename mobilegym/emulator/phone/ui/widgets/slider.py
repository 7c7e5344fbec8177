"""Sliders: a value on a line, continuous or in steps, and the thick one of quick settings."""

from __future__ import annotations

from typing import Any, Literal, Unpack

from mobilegym.emulator.phone.ui import ops
from mobilegym.emulator.phone.ui.attrs import FILL, Handler, ViewAttrs
from mobilegym.emulator.phone.ui.call import Call, OverlayCall
from mobilegym.emulator.phone.ui.layout import Placed
from mobilegym.emulator.phone.ui.theme import Color, Ui, blend
from mobilegym.emulator.phone.ui.view import Box, Recorder, View

__all__ = ["Slider", "slider_inset"]


def slider_inset(width: int, height: int) -> int:
    """How many px at either end of a slider of this size its thumb's centre stays away."""
    return 0 if width < 100 else min(height // 2, 40)


class Slider(View):
    """A seek bar, 48 dp high. A touch or a drag along it calls `on_change` with the new fraction, 0–1.

    Args:
        value: Fraction 0–1.
        on_change: Gets the fraction, rounded to the nearest step where there are steps.
        steps: Number of steps between the ends (10 for 0, 0.1, … 1); 0 for a continuous slider.
        maximum: Value at the right end, for the text in the accessibility tree (`54.0`).
        text: Reported in the accessibility tree instead of the number.
        kind: `thin`, or the pill of quick settings with an icon in it.
        icon: For the pill.
    """

    cls: str | None = "android.widget.SeekBar"
    width: float | None = FILL
    focusable = True

    def __init__(
        self, value: float, on_change: Handler | None, *, steps: int = 0, maximum: float = 100, text: str = "", color: Color = "primary",
        kind: Literal["thin", "pill"] = "thin", icon: str = "", **attrs: Unpack[ViewAttrs],
    ) -> None:  # fmt: skip
        self.value = min(1.0, max(0.0, value))
        self.steps = steps
        self.color = color
        self.kind = kind
        self.icon = icon
        self.label = text or str(float(round(self.value * maximum)))
        if on_change is not None:
            self.on_drag = type(on_change)(_moved, (on_change, steps))
        self.__dict__.update(attrs)

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        return max(min_w, min(max_w, ui.px(160))), max(min_h, min(max_h, ui.px(48))), (), 0

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        if self.kind == "pill":
            self._draw_pill(p, box, x, y)
            return
        ui = p.ui
        color, track = ui.color(self.color), ui.color("surface_container_highest")
        if not self.enabled:
            color = blend(ui.color("on_surface"), ui.color("background"), 0.38)
        inset = slider_inset(box.w, box.h)
        high, thumb = ui.px(4), ui.px(20)
        left, length, middle = x + inset, box.w - 2 * inset, y + box.h // 2
        done = int(length * self.value + 0.5)
        p.put(ops.rrect(left, middle - high // 2, length, high, high // 2, track, p.clip))
        p.put(ops.rrect(left, middle - high // 2, done, high, high // 2, color, p.clip))
        for i in range(self.steps + 1 if self.steps else 0):
            at = left + length * i // self.steps
            dot = ui.px(2)
            tick = ui.color("on_primary" if at <= left + done else "on_surface_variant")
            p.put(ops.rrect(at - dot // 2, middle - dot // 2, dot, dot, dot // 2, tick, p.clip))
        p.put(ops.rrect(left + done - thumb // 2, middle - thumb // 2, thumb, thumb, thumb // 2, color, p.clip))

    def _draw_pill(self, p: Recorder, box: Box, x: int, y: int) -> None:
        ui = p.ui
        inset = slider_inset(box.w, box.h)
        radius = box.h // 2
        done = max(box.h, int(inset + (box.w - 2 * inset) * self.value + 0.5) + inset)
        p.put(ops.rrect(x, y, box.w, box.h, radius, ui.color("surface_container_highest"), p.clip))
        p.put(ops.rrect(x, y, min(done, box.w), box.h, radius, ui.color(self.color), p.clip))
        if self.icon:
            size = ui.px(20)
            p.put(ops.icon(x + (box.h - size) // 2, y + (box.h - size) // 2, size, self.icon, ui.color("on_primary"), p.clip))


def _moved(target: Any, on_change: Call | OverlayCall, steps: int, fraction: float) -> Any:
    """Pass on where the finger is, at the nearest step; `target` is the surface or the overlay."""
    if steps:
        fraction = int(fraction * steps + 0.5) / steps
    return on_change.fn(target, *on_change.args, fraction)
