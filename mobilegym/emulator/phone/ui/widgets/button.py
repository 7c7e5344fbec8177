"""Buttons, in Material's five kinds, and the floating action button."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

from mobilegym.emulator.phone.ui.attrs import Handler
from mobilegym.emulator.phone.ui.layout import Row, Stack
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["Button", "ButtonKind", "Fab"]

ButtonKind: TypeAlias = Literal["filled", "tonal", "elevated", "outlined", "text"]
_COLORS: Final[dict[str, tuple[Color | None, Color]]] = {
    "filled": ("primary", "on_primary"),
    "tonal": ("secondary_container", "on_secondary_container"),
    "elevated": ("surface_container_low", "primary"),
    "outlined": (None, "primary"),
    "text": (None, "primary"),
}


class _Label(Row):
    """A button's row: its text is the node's text, the parts inside stay out of the accessibility tree."""


def Button(
    label: str, on_tap: Handler | None, *, kind: ButtonKind = "filled", icon: str = "", color: Color | None = None, **attrs: Any
) -> View:
    """A button of 40 dp height. `color` replaces the kind's text colour (`error` for what destroys)."""
    background, foreground = _COLORS[kind]
    enabled = attrs.get("enabled", True)
    if not enabled:
        background = "surface_container_highest" if background is not None else None
    content = color or foreground
    attrs.setdefault("min_height", 40)
    attrs.setdefault("padding", (12 if kind == "text" else 24, 0))
    attrs.setdefault("radius", 20)
    attrs.setdefault("label", label)
    if kind == "outlined":
        attrs.setdefault("border", "outline")
    if kind == "elevated":
        attrs.setdefault("elevation", 1)
    if background is not None:
        attrs.setdefault("background", background)
    attrs.setdefault("cls", "android.widget.Button")
    return _Label(
        Icon(icon, size=18, color=content, enabled=enabled) if icon else None,
        Text(label, "label_large", color=content, cls=None, enabled=enabled, max_lines=1),
        gap=8, main="center", on_tap=on_tap, **attrs,
    )  # fmt: skip


def Fab(
    icon: str, desc: str, on_tap: Handler, *, label: str = "", rid: str = "fab", large: bool = False,
    background: Color = "primary_container", color: Color = "on_primary_container", **attrs: Any,
) -> View:  # fmt: skip
    """A floating action button for a `Stack`: bottom right, 16 dp from the edges; extended where it has a label."""
    attrs.setdefault("gravity", "bottom_end")
    attrs.setdefault("margin", 16)
    if label:
        return _Label(
            Icon(icon, size=24, color=color), Text(label, "label_large", color=color, cls=None), gap=8, main="center",
            cls="android.widget.Button", rid=rid, desc=desc, label=label, on_tap=on_tap, height=56, padding=(16, 0, 20, 0), radius=16,
            background=background, elevation=3, **attrs,
        )  # fmt: skip
    size = 96 if large else 56
    return Stack(
        Icon(icon, size=36 if large else 24, color=color, gravity="center"), cls="android.widget.ImageButton", rid=rid, desc=desc,
        on_tap=on_tap, width=size, height=size, radius=28 if large else 16, background=background, elevation=3, **attrs,
    )  # fmt: skip
