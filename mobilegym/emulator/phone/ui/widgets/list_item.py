"""Rows of lists, dividers, section headers and avatars."""

from __future__ import annotations

from typing import Any, Final

from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.image import Image
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["Avatar", "Divider", "ListItem", "SectionHeader"]

_AVATAR_COLORS: Final = (
    0xFF7986CB,
    0xFF4DB6AC,
    0xFFE57373,
    0xFFBA68C8,
    0xFF64B5F6,
    0xFFFF8A65,
    0xFF81C784,
    0xFFA1887F,
    0xFF90A4AE,
    0xFFF06292,
)


def ListItem(
    title: str, subtitle: str = "", *, leading: Kid = None, trailing: Kid = None, on_tap: Handler | None = None,
    on_long: Handler | None = None, title_rid: str = "android:id/title", subtitle_rid: str = "android:id/summary",
    title_color: Color = "on_surface", title_font: str = "", subtitle_lines: int = 2, title_lines: int = 1,
    **attrs: Any,
) -> View:  # fmt: skip
    """A row: something at the start, one or two texts, something at the end. At least 56 dp high (72 with a subtitle)."""
    attrs.setdefault("min_height", 72 if subtitle else 56)
    attrs.setdefault("padding", (16, 8))
    attrs.setdefault("cls", "android.widget.LinearLayout")
    attrs.setdefault("width", FILL)
    enabled = attrs.get("enabled", True)
    return Row(
        leading,
        Column(
            Text(title, "body_large", color=title_color, max_lines=title_lines, rid=title_rid, enabled=enabled, font=title_font),
            Text(subtitle, "body_medium", color="on_surface_variant", max_lines=subtitle_lines, rid=subtitle_rid, enabled=enabled)
            if subtitle else None,
            cls=None, weight=1,
        ),
        trailing, gap=16, on_tap=on_tap, on_long=on_long, **attrs,
    )  # fmt: skip


def Divider(*, inset: float = 0) -> View:
    """A thin line."""
    return View(cls=None, width=FILL, height=1, background="outline_variant", margin=(inset, 0, 0, 0))


def SectionHeader(
    text: str, *, color: Color = "primary", padding: tuple[float, float, float, float] = (16, 16, 16, 8), rid: str = "android:id/title"
) -> View:
    """The heading of a group of rows."""
    return Text(text, "title_small", color=color, padding=padding, rid=rid, width=FILL)


def Avatar(name: str, *, size: float = 40, image: tuple[object, ...] | None = None, color: int = 0, **attrs: Any) -> View:
    """A round picture, or the first letter of the name on a colour that follows from the name."""
    if image is not None:
        return Image(
            image, width=size, height=size, radius=size / 2, cls=attrs.get("cls"), rid=attrs.get("rid", ""), desc=attrs.get("desc", "")
        )
    letter = next((c.upper() for c in name if c.isalnum()), "?")
    background = color or _AVATAR_COLORS[sum(name.encode()) % len(_AVATAR_COLORS)]
    attrs.setdefault("cls", None)
    return Stack(
        Text(letter, "title_medium", color="white", cls=None, gravity="center", size=size * 0.45, font="medium"),
        width=size, height=size, radius=size / 2, background=background, **attrs,
    )  # fmt: skip
