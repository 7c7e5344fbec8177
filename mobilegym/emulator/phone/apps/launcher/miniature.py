"""A live picture of a screen, small: its own views, laid out for a screen of lower density."""

from __future__ import annotations

from typing import Any, ClassVar, Final, Unpack

from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui import ops
from mobilegym.emulator.phone.ui.attrs import ViewAttrs
from mobilegym.emulator.phone.ui.decor import edge_color
from mobilegym.emulator.phone.ui.fonts import load_skia
from mobilegym.emulator.phone.ui.layout import Placed
from mobilegym.emulator.phone.ui.sprites import sprite
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, Recorder, View

__all__ = ["Miniature"]

_CORNER: Final = "corner_mask"


@sprite(_CORNER)
def _corner_mask(canvas: Any, w: int, h: int, radius: float, color: int) -> None:
    """Everything between a rectangle and the same one with round corners, in one colour: it cuts corners off what lies below."""
    skia = load_skia()
    path = skia.Path()
    path.addRect(skia.Rect.MakeWH(w, h))
    path.addRoundRect(skia.Rect.MakeWH(w, h), radius, radius)
    path.setFillType(skia.PathFillType.kEvenOdd)
    canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=color))


def _scaled(ui: Ui, share: float) -> Ui:
    """The configuration of a screen that many times as wide and high and dense."""
    return Ui.of(
        width=round(ui.width * share),
        height=round(ui.height * share),
        density=max(1, round(ui.density * share)),
        font_scale=ui.font_scale,
        dark=ui.dark,
        use_24h=ui.use_24h,
        locale=ui.locale,
    )


class Miniature(View):
    """The activity's window at `share` of its size, round corners cut in the colour around it. One node without children."""

    interned: ClassVar[bool] = False

    def __init__(self, activity: Activity[Any], share: float, around: str, corner: float, **attrs: Unpack[ViewAttrs]) -> None:
        self.activity_background = activity.background if activity.background != "transparent" else "surface_container"
        self.content = activity.build()
        self.edge = activity.edge_to_edge
        self.share = share
        self.around = around
        self.corner = corner
        self.__dict__.update(attrs)

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        return round(ui.width * self.share), round(ui.height * self.share), (), 0

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        ui, small = p.ui, _scaled(p.ui, self.share)
        outer = p.clip
        clip = (max(outer[0], x), max(outer[1], y), min(outer[2], x + box.w), min(outer[3], y + box.h))
        if clip[0] < clip[2] and clip[1] < clip[3]:
            p.put(ops.rect(x, y, box.w, box.h, ui.color(self.activity_background), clip))
            top = 0 if self.edge else round(ui.status_bar * self.share)
            bottom = 0 if self.edge else round(ui.navigation_bar * self.share)
            height = small.height - top - bottom
            content = self.content.layout(small, small.width, small.width, height, height)
            for at, size, below in ((y, top, False), (y + top + height, bottom, True)):
                color = edge_color(content, bottom=below)
                if size and color is not None:
                    p.put(ops.rect(x, at, box.w, size, ui.color(color), clip))
            inner = Recorder(small, clip)
            content.view.paint(inner, content, x, y + top)
            p.out.extend(inner.out)
            p.put(ops.sprite(x, y, box.w, box.h, _CORNER, (ui.px(self.corner), ui.color(self.around)), clip))
