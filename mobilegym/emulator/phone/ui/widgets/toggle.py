"""Switches, checkboxes and radio buttons."""

from __future__ import annotations

from typing import Any

from mobilegym.emulator.phone.ui.attrs import Handler
from mobilegym.emulator.phone.ui.layout import Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon

__all__ = ["Checkbox", "Radio", "Switch"]


def Switch(checked: bool, on_tap: Handler | None = None, *, enabled: bool = True, **attrs: Any) -> View:
    """Material 3 switch, 52x32 dp. Without `on_tap` the row around it takes the touch, as in Settings."""
    attrs.setdefault("rid", "android:id/switch_widget")
    attrs.setdefault("cls", "android.widget.Switch")
    track = "primary" if checked else "surface_container_highest"
    thumb = View(
        cls=None, width=24 if checked else 16, height=24 if checked else 16, radius=12 if checked else 8,
        background=("on_primary" if checked else "outline") if enabled else "surface_dim", gravity="end" if checked else "start",
        margin=(0, 0, 4, 0) if checked else (8, 0, 0, 0),
    )  # fmt: skip
    return Stack(
        thumb, checkable=True, checked=checked, enabled=enabled, on_tap=on_tap, width=52, height=32, radius=16,
        background=track if enabled else "surface_container_highest", border=None if checked else "outline", border_width=2, **attrs,
    )  # fmt: skip


def Checkbox(checked: bool, on_tap: Handler | None = None, *, enabled: bool = True, **attrs: Any) -> View:
    """A checkbox in a 40 dp target."""
    attrs.setdefault("cls", "android.widget.CheckBox")
    attrs.setdefault("width", 40)
    attrs.setdefault("height", 40)
    name = "checkbox-marked" if checked else "checkbox-blank-outline"
    icon = Icon(name, color="primary" if checked else "on_surface_variant", gravity="center", enabled=enabled)
    return Stack(icon, checkable=True, checked=checked, enabled=enabled, on_tap=on_tap, **attrs)


def Radio(checked: bool, on_tap: Handler | None = None, *, enabled: bool = True, **attrs: Any) -> View:
    """A radio button in a 40 dp target."""
    attrs.setdefault("cls", "android.widget.RadioButton")
    attrs.setdefault("width", 40)
    attrs.setdefault("height", 40)
    name = "radiobox-marked" if checked else "radiobox-blank"
    icon = Icon(name, color="primary" if checked else "on_surface_variant", gravity="center", enabled=enabled)
    return Stack(icon, checkable=True, checked=checked, enabled=enabled, on_tap=on_tap, **attrs)
