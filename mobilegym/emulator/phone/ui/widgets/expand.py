"""Sections that fold."""

from __future__ import annotations

from typing import Any

from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["ExpandHeader", "Expandable"]


def ExpandHeader(
    title: str, expanded: bool, on_tap: Handler | None, *, subtitle: str = "", icon: str = "", color: Color = "on_surface",
    **attrs: Any,
) -> View:  # fmt: skip
    """A row that opens or closes what lies below it; its arrow is described as `Collapse` or `Expand`."""
    attrs.setdefault("cls", "android.widget.LinearLayout")
    attrs.setdefault("min_height", 56)
    attrs.setdefault("padding", (16, 8))
    return Row(
        Icon(icon, margin=(0, 0, 16, 0)) if icon else None,
        Column(
            Text(title, "title_medium", color=color, max_lines=2, rid="android:id/title"),
            Text(subtitle, "body_medium", color="on_surface_variant", max_lines=2, rid="android:id/summary") if subtitle else None,
            cls=None, weight=1,
        ),
        Icon("chevron-up" if expanded else "chevron-down", desc="Collapse" if expanded else "Expand", rid="expand_button",
             margin=(12, 0, 0, 0)),
        on_tap=on_tap, width=FILL, **attrs,
    )  # fmt: skip


def Expandable(title: str, expanded: bool, on_tap: Handler | None, *children: Kid, subtitle: str = "", icon: str = "") -> View:
    """An `ExpandHeader` with its children below it while expanded."""
    return Column(
        ExpandHeader(title, expanded, on_tap, subtitle=subtitle, icon=icon),
        *(children if expanded else ()), cls=None, width=FILL, cross="fill",
    )  # fmt: skip
