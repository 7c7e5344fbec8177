"""Search: the pill that invites to it, and the field it turns into."""

from __future__ import annotations

from typing import Any

from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Kid, Row
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import EditText

__all__ = ["SearchBar", "SearchField"]


def SearchBar(
    hint: str, on_tap: Handler, *, leading: Kid = None, trailing: Kid = None, text_rid: str = "open_search_bar_text_view",
    **attrs: Any,
) -> View:  # fmt: skip
    """A pill of 56 dp. A tap anywhere on it calls `on_tap`; `leading` is a magnifying glass unless given (a menu button)."""
    attrs.setdefault("rid", "open_search_bar")
    attrs.setdefault("margin", (16, 8))
    attrs.setdefault("background", "surface_container_high")
    attrs.setdefault("radius", 28)
    return Row(
        leading or Icon("magnify", margin=(12, 0)),
        Text(hint, "body_large", color="on_surface_variant", max_lines=1, weight=1, rid=text_rid, padding=(4, 0)),
        trailing,
        cls="android.view.ViewGroup", desc=attrs.pop("desc", ""), on_tap=on_tap, width=FILL, height=56, padding=(4, 0), **attrs,
    )  # fmt: skip


def SearchField(
    host: Host, key: str, hint: str, *, on_back: Handler | None, on_change: Call | None = None, on_submit: Call | None = None,
    trailing: Kid = None, field_rid: str = "open_search_view_edit_text", back_desc: str = "Back", clear_desc: str = "Clear text",
    clear_rid: str = "open_search_view_clear_button", **attrs: Any,
) -> View:  # fmt: skip
    """The open search: back button, text field and, once something is typed, a button that clears it.

    Clearing keeps the focus and calls `on_change` with the empty text. `trailing` takes the place of the cross while the
    field is empty (a microphone).
    """
    attrs.setdefault("background", "surface_container_high")
    attrs.setdefault("rid", "open_search_view_toolbar")
    edit = EditText(
        host, key, hint=hint, ime="search", on_change=on_change, on_submit=on_submit, rid=field_rid, weight=1, height=FILL, padding=(8, 8),
    )  # fmt: skip
    clear = IconButton("close", clear_desc, Call(_clear, (key, on_change)), rid=clear_rid) if host.fields.get(key) else trailing
    return Row(
        IconButton("arrow-left", back_desc, on_back, color="on_surface") if on_back is not None else Icon("magnify", margin=(12, 0)),
        edit, clear, cls="android.view.ViewGroup", width=FILL, height=64, padding=(4, 0), **attrs,
    )  # fmt: skip


def _clear(surface: Any, key: str, on_change: Call | None) -> None:
    surface.set_field(key, "")
    surface.focus_on(key)
    if on_change is not None:
        on_change.fn(surface, *on_change.args, "")
