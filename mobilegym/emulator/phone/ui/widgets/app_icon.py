"""Launcher icons: a glyph on a coloured disc, as manifests declare it."""

from __future__ import annotations

from typing import Any

from mobilegym.emulator.phone.ui.layout import Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon

__all__ = ["AppDisc"]


def AppDisc(
    glyph: str, background: int, foreground: int = 0xFFFFFFFF, *, size: float = 40, **attrs: Any
) -> View:  # fmt: skip
    """An app's icon, `size` dp across. Stays out of the accessibility tree unless given an id or class."""
    attrs.setdefault("cls", "android.widget.ImageView" if attrs.get("rid") or attrs.get("desc") else None)
    return Stack(
        Icon(glyph, size=size * 0.56, color=foreground, gravity="center"), width=size, height=size, radius=size / 2, background=background,
        **attrs,
    )  # fmt: skip
