"""The dial of the time picker."""

from __future__ import annotations

import math
from typing import Final, Literal

from mobilegym.emulator.phone.ui import ops
from mobilegym.emulator.phone.ui.call import OverlayCall, bind
from mobilegym.emulator.phone.ui.layout import Group, Placed
from mobilegym.emulator.phone.ui.text import TextStyle
from mobilegym.emulator.phone.ui.theme import Color, Ui
from mobilegym.emulator.phone.ui.view import Box, Recorder, View
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["BoundedText", "ClockFace", "DialKind"]

DialKind = Literal["hour_12", "hour_24", "minute"]

_DIAL: Final = 256
_OUTER: Final = 100
_INNER: Final = 66
_CELL: Final = 48
_INNER_CELL: Final = 40
_ZONE: Final = 9
"""Side of the squares that take the touches of single minutes, dp: less than the way from one minute to the next."""
_PIN: Final = 20


class ClockFace(Group):
    """A dial of 256 dp with its hand on `value`. Touching a number calls `on_pick` with it: an hour (of 12 or 24), or a minute.

    On the dial of minutes every minute can be touched, also between the numbers.
    """

    cls: str | None = "android.view.ViewGroup"
    rid = "material_clock_face"
    width: float | None = _DIAL
    height: float | None = _DIAL

    def __init__(self, kind: DialKind, value: int, on_pick: OverlayCall) -> None:
        self.kind = kind
        self.value = value
        hand = View(rid="material_clock_hand", width=_DIAL, height=_DIAL)
        children: list[View] = [hand]
        places: list[tuple[int, int]] = [(0, 0)]
        step = 5 if kind == "minute" else 1
        for i in range(12):
            number = 12 if kind == "hour_12" and i == 0 else i * step
            children.append(self._number(number, on_pick))
            places.append((i * 30, _OUTER))
        for i in range(12 if kind == "hour_24" else 0):
            children.append(self._number(12 + i, on_pick))
            places.append((i * 30, _INNER))
        for minute in range(60 if kind == "minute" else 0):
            for radius in (_OUTER - _ZONE, _OUTER, _OUTER + _ZONE):
                children.append(View(cls=None, width=_ZONE, height=_ZONE, on_tap=bind(on_pick, minute)))
                places.append((minute * 6, radius))
        self.children = tuple(children)
        self.places = tuple(places)

    def _number(self, number: int, on_pick: OverlayCall) -> View:
        suffix = {"hour_12": "o'clock", "hour_24": "hours", "minute": "minutes"}[self.kind]
        inner = self.kind == "hour_24" and number >= 12
        below = number == self.value or (self.kind == "minute" and (self.value - number) % 60 in (1, 59))
        color: Color = "on_primary" if below else "on_surface_variant" if inner else "on_surface"
        size = _INNER_CELL if inner else _CELL
        shown = f"{number:02d}" if self.kind == "minute" or (self.kind == "hour_24" and number == 0) else str(number)
        return BoundedText(
            shown,
            "body_small" if inner else "body_large",
            color=color,
            cls="android.widget.TextView",
            text_align="center",
            width=size,
            height=size,
            desc=f"{number} {suffix}",
            on_tap=bind(on_pick, number),
            selected=number == self.value,
        )

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        placed: list[tuple[int, int, Box]] = []
        middle = ui.px(_DIAL) // 2
        for child, (angle, radius) in zip(self.children, self.places, strict=True):
            box = child.layout(ui, 0, max_w, 0, max_h)
            x, y = _point(ui, angle, radius)
            placed.append((middle + x - box.w // 2, middle + y - box.h // 2, box))
        return max(min_w, ui.px(_DIAL)), max(min_h, ui.px(_DIAL)), tuple(placed), 0

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        ui = p.ui
        size, color = ui.px(_DIAL), ui.color("primary")
        middle_x, middle_y = x + size // 2, y + size // 2
        p.put(ops.rrect(x, y, size, size, size // 2, ui.color("surface_container_highest"), p.clip))
        inner = self.kind == "hour_24" and self.value >= 12
        angle = self.value * 6 if self.kind == "minute" else self.value % 12 * 30
        radius = _INNER if inner else _OUTER
        p.put(ops.sprite(x, y, size, size, "hand", (angle, round(radius * 2 / _DIAL, 4), ui.px(2), color), p.clip))
        between = self.kind == "minute" and self.value % 5 in (2, 3)
        # Half-way between two numbers the full knob would lie over half of either.
        dot, knob = ui.px(8), ui.px(_PIN if between else _INNER_CELL if inner else _CELL)
        p.put(ops.rrect(middle_x - dot // 2, middle_y - dot // 2, dot, dot, dot // 2, color, p.clip))
        dx, dy = _point(ui, angle, radius)
        p.put(ops.rrect(middle_x + dx - knob // 2, middle_y + dy - knob // 2, knob, knob, knob // 2, color, p.clip))
        if between:
            pin = ui.px(4)
            p.put(ops.rrect(middle_x + dx - pin // 2, middle_y + dy - pin // 2, pin, pin, pin // 2, ui.color("on_primary"), p.clip))


class BoundedText(Text):
    """Text in a box of fixed size: it does not follow a font scale beyond 1.3, where it would leave the box."""

    def _metrics(self, ui: Ui) -> tuple[TextStyle, int]:
        style, line = super()._metrics(ui)
        share = min(ui.font_scale, 1.3) / ui.font_scale
        return style._replace(size_px=round(style.size_px * share, 2)), round(line * share)


def _point(ui: Ui, angle_deg: float, radius_dp: float) -> tuple[int, int]:
    """Offset from the centre in px; 0 degrees is at twelve o'clock."""
    angle = math.radians(angle_deg)
    return round(radius_dp * ui.scale * math.sin(angle)), -round(radius_dp * ui.scale * math.cos(angle))
