"""Views that only the clock has: times with a small AM or PM, day buttons, clock dials and progress rings."""

from __future__ import annotations

from typing import Final, Literal, Unpack

from mobilegym.emulator.phone.apps.clock.words import HALF_GAP
from mobilegym.emulator.phone.ui import ops, text
from mobilegym.emulator.phone.ui.attrs import Handler, ViewAttrs
from mobilegym.emulator.phone.ui.layout import Placed, Stack
from mobilegym.emulator.phone.ui.theme import Color, Ui
from mobilegym.emulator.phone.ui.view import Box, Recorder, View
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["Dial", "Ring", "TimeText", "day_button"]

_LARGEST_SCALE: Final = 1.3
"""Large digits do not follow a font scale beyond this: they would leave their cards."""


class TimeText(View):
    """Digits with something smaller behind them on the same baseline: `8:30 AM`, `22 95`, `00h`.

    Args:
        digits: The large part.
        suffix: The small part, may be empty.
        size: sp of the large part.
        small: sp of the small part.
        gap: Between the two in the reported text.
        space: dp between the two as drawn.
    """

    cls: str | None = "android.widget.TextView"

    def __init__(
        self, digits: str, suffix: str = "", *, size: float = 52, small: float = 20, color: Color = "on_surface", gap: str = HALF_GAP,
        space: float = 4, text_align: Literal["start", "center"] = "start", **attrs: Unpack[ViewAttrs],
    ) -> None:  # fmt: skip
        self.digits = digits
        self.suffix = suffix
        self.size = size
        self.small = small
        self.color = color
        self.gap = gap
        self.space = space
        self.text_align = text_align
        super().__init__(**attrs)

    @property
    def text(self) -> str:
        return self.label or (f"{self.digits}{self.gap}{self.suffix}" if self.suffix else self.digits)

    def _styles(self, ui: Ui) -> tuple[text.TextStyle, text.TextStyle]:
        share = min(ui.font_scale, _LARGEST_SCALE) / ui.font_scale
        return ui.style(self.size * share, "regular"), ui.style(self.small * share, "regular")

    def _width(self, ui: Ui) -> int:
        large, small = self._styles(ui)
        width = text.width(self.digits, large)
        return width + ui.px(self.space) + text.width(self.suffix, small) if self.suffix else width

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        return max(min_w, self._width(ui)), max(min_h, round(text.line_height(self._styles(ui)[0]))), (), 0

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        ui = p.ui
        left, top, right, bottom = self.padding_px(ui)
        large, small = self._styles(ui)
        if self.text_align == "center":
            left += max(0, (box.w - left - right - self._width(ui)) // 2)
        high = text.line_height(large)
        baseline = y + top + max(0, (box.h - top - bottom - high) // 2) + text.ascent(large)
        color = ui.color(self.color)
        p.put(ops.text(x + left, baseline, self.digits, large, color, p.clip))
        if self.suffix:
            p.put(ops.text(x + left + text.width(self.digits, large) + ui.px(self.space), baseline, self.suffix, small, color, p.clip))


def day_button(index: int, name: str, on: bool, on_tap: Handler) -> View:
    """A round toggle with the initial of a day of the week."""
    return Stack(
        Text(name[0], "label_large", color="on_primary" if on else "on_surface", cls=None, gravity="center"),
        cls="android.widget.CheckBox", rid=f"day_button_{index}", label=name[0], desc=name, on_tap=on_tap, checkable=True, checked=on,
        width=40, height=40, radius=20, background="primary" if on else None, border=None if on else "outline",
    )  # fmt: skip


class Ring(View):
    """A progress ring; `fraction` 0–1 of it is in the accent colour."""

    cls: str | None = None

    def __init__(self, fraction: float, *, size: float, thickness: float = 8, color: Color = "primary",
                 **attrs: Unpack[ViewAttrs]) -> None:  # fmt: skip
        self.fraction = min(1.0, max(0.0, fraction))
        self.size = size
        self.thickness = thickness
        self.color = color
        super().__init__(**attrs)

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        size = ui.px(self.size)
        return max(min_w, size), max(min_h, size), (), 0

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        ui = p.ui
        size = ui.px(self.size)
        args = (ui.color(self.color), ui.color("surface_container_highest"), ui.px(self.thickness), round(self.fraction, 3))
        p.put(ops.sprite(x + (box.w - size) // 2, y + (box.h - size) // 2, size, size, "ring", args, p.clip))


class Dial(View):
    """An analogue clock of `size` dp. Without `second` it has two hands."""

    cls: str | None = "android.view.View"

    def __init__(self, hour: int, minute: int, second: int | None = None, *, size: float, **attrs: Unpack[ViewAttrs]) -> None:
        self.hour = hour
        self.minute = minute
        self.second = second
        self.size = size
        super().__init__(**attrs)

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        size = ui.px(self.size)
        return max(min_w, size), max(min_h, size), (), 0

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        ui = p.ui
        size = ui.px(self.size)
        x, y = x + (box.w - size) // 2, y + (box.h - size) // 2
        ink, accent, unit = ui.color("on_surface"), ui.color("primary"), size / 240
        p.put(ops.rrect(x, y, size, size, size // 2, ui.color("surface_container_high"), p.clip))
        p.put(ops.sprite(x, y, size, size, "clock_ticks", (ui.color("outline"), max(2, int(unit * 3)), 12), p.clip))
        hands = [(self.hour % 12 * 30 + self.minute / 2, 0.5, 9, ink), (self.minute * 6, 0.74, 7, ink)]
        if self.second is not None:
            hands.append((self.second * 6, 0.8, 3, accent))
        for angle, length, thick, color in hands:
            p.put(ops.sprite(x, y, size, size, "hand", (angle, length, max(2, int(unit * thick)), color), p.clip))
        dot = max(6, int(unit * 14))
        p.put(ops.rrect(x + (size - dot) // 2, y + (size - dot) // 2, dot, dot, dot // 2, accent, p.clip))
