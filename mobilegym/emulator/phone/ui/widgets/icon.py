"""Icons and icon buttons."""

from __future__ import annotations

from typing import Any, Unpack

from mobilegym.emulator.phone.ui import ops
from mobilegym.emulator.phone.ui.attrs import ViewAttrs
from mobilegym.emulator.phone.ui.call import Call, OverlayCall
from mobilegym.emulator.phone.ui.layout import Placed, Stack
from mobilegym.emulator.phone.ui.theme import Color, Ui
from mobilegym.emulator.phone.ui.view import Box, Recorder, View

__all__ = ["Icon", "IconButton"]


class Icon(View):
    """A glyph of the icon font (Material Design Icons names, `account-circle`), `size` dp.

    A purely decorative icon, without id and description, stays out of the accessibility tree.
    """

    def __init__(self, name: str, *, size: float = 24, color: Color = "on_surface_variant", **attrs: Unpack[ViewAttrs]) -> None:
        self.name = name
        self.size = size
        self.color = color
        self.cls = "android.widget.ImageView" if "rid" in attrs or "desc" in attrs or "on_tap" in attrs else None
        self.__dict__.update(attrs)

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        size = ui.px(self.size)
        return max(min_w, size), max(min_h, size), (), 0

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        size = p.ui.px(self.size)
        color = p.ui.color(self.color)
        if not self.enabled:
            color = (color & 0xFFFFFF) | 0x61000000
        p.put(ops.icon(x + (box.w - size) // 2, y + (box.h - size) // 2, size, self.name, color, p.clip))


def IconButton(
    name: str, desc: str, on_tap: Call | OverlayCall | None, *, color: Color = "on_surface_variant", size: float = 48,
    icon_size: float = 24, cls: str = "android.widget.ImageButton", **attrs: Any,
) -> View:  # fmt: skip
    """A touch target of `size` dp around an icon, with a content description."""
    attrs.setdefault("radius", size / 2)
    return Stack(
        Icon(name, size=icon_size, color=color, gravity="center", enabled=attrs.get("enabled", True)),
        cls=cls, desc=desc, on_tap=on_tap, width=size, height=size, **attrs,
    )  # fmt: skip
