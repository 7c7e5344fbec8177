"""Rows of the editor."""

from __future__ import annotations

from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import EditText
from mobilegym.emulator.phone.ui.widgets.toggle import Checkbox

__all__ = ["color_row", "line", "pair", "switch_row", "text_row", "when_row"]

_LEFT = 60
"""Where texts begin, dp."""


def text_row(host: Host, key: str, hint: str, rid: str, *, multiline: bool = False, trailing: Kid = None) -> View:
    """A text field with a line below it."""
    focused = host.focus == key
    field = EditText(host, key, hint=hint, rid=rid, multiline=multiline, ime="next", width=FILL, min_height=44, padding=(2, 10))
    under = View(cls=None, width=FILL, height=2 if focused else 1, background="primary" if focused else "outline")
    return Row(Column(field, under, cls=None, weight=1), trailing, cls=None, width=FILL, padding=(20, 4, 20 if trailing is None else 8, 4))


def line(icon: str, text: str, on_tap: Handler | None, rid: str, *, color: Color = "on_surface") -> View:
    """An icon and a text that opens a choice."""
    return Row(
        Icon(icon, color="on_surface", margin=(20, 0, 16, 0)) if icon else View(cls=None, width=_LEFT),
        Text(text, "body_large", rid=rid, color=color, weight=1, on_tap=on_tap, padding=(0, 14, 16, 14)),
        cls=None, width=FILL,
    )  # fmt: skip


def pair(label: str, value: str, on_tap: Handler, rid: str) -> View:
    """A label with a value at the end."""
    return Row(
        Text(label, "body_large", rid=f"{rid}_label", weight=1, max_lines=1),
        Text(value, "body_large", rid=rid, text_align="end", padding=(8, 14, 0, 14), on_tap=on_tap),
        cls="android.widget.RelativeLayout", rid=f"{rid}_holder", on_tap=on_tap, width=FILL, padding=(_LEFT, 0, 20, 0),
    )  # fmt: skip


def switch_row(icon: str, label: str, checked: bool, on_tap: Handler, rid: str) -> View:
    """A label with a check box."""
    box = Checkbox(checked, rid=rid, cls="android.widget.CheckBox", label=label)
    return Row(
        Icon(icon, color="on_surface", margin=(20, 0, 16, 0)), Text(label, "body_large", cls=None, weight=1), box,
        cls="android.widget.RelativeLayout", rid=f"{rid}_holder", on_tap=on_tap, width=FILL, min_height=52, padding=(0, 0, 12, 0),
    )  # fmt: skip


def when_row(date: str, time: str, on_date: Call, on_time: Call, date_rid: str, time_rid: str) -> View:
    """A date, and a time unless that is empty."""
    return Row(
        Text(date, "body_large", rid=date_rid, on_tap=on_date, padding=(_LEFT, 14, 12, 14), weight=1, max_lines=1),
        Text(time, "body_large", rid=time_rid, on_tap=on_time, padding=(16, 14, 20, 14), max_lines=1) if time else None,
        cls=None, width=FILL,
    )  # fmt: skip


def color_row(icon: str, text: str, color: int, on_tap: Handler, rid: str, *, holder: str = "") -> View:
    """A text with a coloured dot at the end."""
    return Row(
        Icon(icon, color="on_surface", margin=(20, 0, 16, 0)),
        Text(text, "body_large", rid=rid, weight=1, max_lines=1),
        View(cls="android.widget.ImageView", rid=f"{rid}_dot", width=26, height=26, radius=13, background=color, border="outline_variant"),
        cls="android.widget.RelativeLayout", rid=holder or f"{rid}_holder", on_tap=on_tap, width=FILL, min_height=52, padding=(0, 0, 20, 0),
    )  # fmt: skip
