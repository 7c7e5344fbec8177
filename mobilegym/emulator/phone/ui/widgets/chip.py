"""Chips: small choices, filters, entered items."""

from __future__ import annotations

from typing import Any

from mobilegym.emulator.phone.ui.attrs import Handler
from mobilegym.emulator.phone.ui.layout import Kid, Row, Stack
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["AssistChip", "FilterChip", "InputChip"]


def FilterChip(label: str, selected: bool, on_tap: Handler | None, *, icon: str = "", **attrs: Any) -> View:
    """A choice that is on or off; put several into a `Flow` or `ScrollRow`. A selected one shows a tick."""
    attrs.setdefault("cls", "android.widget.CompoundButton")
    enabled = attrs.get("enabled", True)
    color: Color = "on_secondary_container" if selected else "on_surface_variant"
    lead = Icon("check" if selected else icon, size=18, color=color, enabled=enabled) if selected or icon else None
    body = _body(label, color, lead, None, enabled, "secondary_container" if selected else None)
    return Stack(body, label=label, on_tap=on_tap, checkable=True, checked=selected, min_height=48, **attrs)


def AssistChip(label: str, on_tap: Handler | None, *, icon: str = "", **attrs: Any) -> View:
    """A small action or suggestion."""
    attrs.setdefault("cls", "android.widget.Button")
    enabled = attrs.get("enabled", True)
    lead = Icon(icon, size=18, color="primary", enabled=enabled) if icon else None
    body = _body(label, "on_surface", lead, None, enabled, None)
    return Stack(body, label=label, on_tap=on_tap, min_height=48, **attrs)


def InputChip(
    label: str, on_remove: Handler | None, *, on_tap: Handler | None = None, leading: Kid = None, selected: bool = False,
    **attrs: Any,
) -> View:  # fmt: skip
    """Something entered, such as a recipient, with a cross (`Remove <label>`). `leading` may be an avatar of 24 dp."""
    attrs.setdefault("cls", "android.widget.Button")
    enabled = attrs.get("enabled", True)
    color: Color = "on_secondary_container" if selected else "on_surface_variant"
    cross: Kid = None
    if on_remove is not None:
        cross = Stack(
            Icon("close", size=18, color=color, gravity="center", enabled=enabled),
            cls="android.widget.Button", desc=f"Remove {label}", on_tap=on_remove, enabled=enabled, width=34, height=32,
        )  # fmt: skip
    body = _body(label, color, leading, cross, enabled, "secondary_container" if selected else None)
    return Stack(body, label=label, on_tap=on_tap, selected=selected, min_height=48, **attrs)


def _body(label: str, color: Color, lead: Kid, trail: Kid, enabled: bool, background: Color | None) -> View:
    """The visible part, 32 dp high in a target of 48."""
    return Row(
        lead,
        Text(label, "label_large", color=color, cls=None, max_lines=1, enabled=enabled, padding=(8, 0, 8 if trail is None else 0, 0)),
        trail,
        cls=None, min_height=32, gravity="center", radius=8, background=background, border=None if background else "outline_variant",
        padding=(8, 0, 8 if trail is None else 0, 0),
    )  # fmt: skip
