"""The navigation bar at the bottom of an app."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.call import bind
from mobilegym.emulator.phone.ui.layout import Kid, Row, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["BottomBar", "NavItem"]


@dataclass(frozen=True, slots=True)
class NavItem:
    """A destination."""

    label: str
    icon: str
    rid: str = ""
    selected_icon: str = ""
    """Icon while selected; the same one unless given."""
    badge: str = ""
    """Number or short text on the icon."""


def BottomBar(items: Sequence[NavItem], selected: int, on_select: Handler, **attrs: Any) -> View:
    """Three to five destinations, 80 dp high; the selected one has a pill behind its icon. `on_select` gets the index of another."""
    attrs.setdefault("rid", "navigation_bar")
    attrs.setdefault("background", "surface_container")
    cells = [_item(item, i == selected, bind(on_select, i)) for i, item in enumerate(items)]
    return Row(*cells, cls="android.widget.FrameLayout", width=FILL, height=80, cross="fill", **attrs)


def _item(item: NavItem, selected: bool, on_tap: Handler) -> View:
    pill: Kid = None
    if selected:
        pill = View(
            rid="navigation_bar_item_active_indicator_view", width=64, height=32, radius=16, background="secondary_container",
            gravity="center",
        )  # fmt: skip
    icon = Stack(
        pill,
        Icon(
            item.selected_icon or item.icon if selected else item.icon, gravity="center", rid="navigation_bar_item_icon_view",
            color="on_secondary_container" if selected else "on_surface_variant", selected=selected,
        ),
        _badge(item.badge) if item.badge else None,
        cls="android.widget.FrameLayout", rid="navigation_bar_item_icon_container", width=64, height=32, gravity="top",
        margin=(0, 12, 0, 0),
    )  # fmt: skip
    label = Text(
        item.label, "label_medium", color="on_surface" if selected else "on_surface_variant", max_lines=1, selected=selected,
        font="bold" if selected else "medium", rid=f"navigation_bar_item_{'large' if selected else 'small'}_label_view",
    )  # fmt: skip
    labels = Stack(label, cls="android.view.ViewGroup", rid="navigation_bar_item_labels_group", gravity="top", margin=(2, 46, 2, 0))
    # Android reports the selected item as not clickable.
    return Stack(
        icon, labels, cls="android.widget.FrameLayout", rid=item.rid, desc=item.label, on_tap=None if selected else on_tap,
        selected=selected, focusable=True, weight=1,
    )  # fmt: skip


def _badge(text: str) -> View:
    return Stack(
        Text(text, "label_small", color="on_error", cls=None, gravity="center", max_lines=1),
        cls=None, background="error", radius=8, min_width=16, min_height=16, padding=(4, 0), gravity="top", margin=(24, 0, 0, 0),
    )  # fmt: skip
