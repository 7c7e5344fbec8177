"""Top app bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.layout import Kid, Row
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["AppBar", "SelectionBar"]


def AppBar(
    title: str, *, on_up: Handler | None = None, up_icon: str = "arrow-left", up_desc: str = "Navigate up", actions: Sequence[Kid] = (),
    title_view: Kid = None, background: Color = "background", color: Color = "on_surface", center: bool = False, **attrs: Any,
) -> View:  # fmt: skip
    """A bar of 64 dp: up button, title (or `title_view`), action buttons (`IconButton`s)."""
    attrs.setdefault("rid", "toolbar")
    text = Text(title, "title_large", color=color, max_lines=1, weight=1, text_align="center" if center else "start",
                padding=(16 if on_up is None else 4, 0, 8, 0))  # fmt: skip
    if title_view is not None:
        title_view = title_view if title_view.weight else title_view.but(weight=1)
    return Row(
        IconButton(up_icon, up_desc, on_up, color=color, margin=(4, 0)) if on_up is not None else None,
        title_view or text,
        *actions,
        cls="android.view.ViewGroup", width=FILL, height=64, padding=(0, 0, 4, 0), background=background, **attrs,
    )  # fmt: skip


def SelectionBar(count: int, *, on_close: Handler, actions: Sequence[Kid] = ()) -> View:
    """The contextual bar while items are selected: how many, and what can be done with them."""
    return AppBar(
        str(count), on_up=on_close, up_icon="close", up_desc="Done", actions=actions, background="surface_container_high",
        rid="action_mode_bar",
    )  # fmt: skip
