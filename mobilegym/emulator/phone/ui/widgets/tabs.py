"""Tabs below an app bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mobilegym.emulator.phone.ui import ops
from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.call import bind
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Row, Stack
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import Box, Recorder, View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollRow
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["ScrollTabs", "Tabs"]


def Tabs(labels: Sequence[str], selected: int, on_select: Handler, *, icons: Sequence[str] = (), **attrs: Any) -> View:
    """Two to four tabs of equal width. `on_select` gets the index of another tab than the selected one.

    Args:
        labels: One per tab.
        selected: Index of the tab in front.
        on_select: Gets the index.
        icons: One per tab, above the labels.
        attrs: Of the whole row; `rid` is `tabs` unless given.
    """
    _defaults(attrs)
    cells = [_tab(label, i == selected, bind(on_select, i), icons[i] if icons else "", weight=1) for i, label in enumerate(labels)]
    return Column(
        Row(*cells, cls="android.widget.LinearLayout", width=FILL),
        View(cls=None, width=FILL, height=1, background="surface_container_highest"),
        cls="android.widget.HorizontalScrollView", width=FILL, **attrs,
    )  # fmt: skip


def ScrollTabs(host: Host, key: str, labels: Sequence[str], selected: int, on_select: Handler, **attrs: Any) -> View:
    """Any number of tabs, each as wide as its label, in a row that scrolls sideways (offset under `key`)."""
    _defaults(attrs)
    cells = [_tab(label, i == selected, bind(on_select, i), "", min_width=90) for i, label in enumerate(labels)]
    return Stack(
        View(cls=None, width=FILL, height=1, background="surface_container_highest", gravity="bottom"),
        ScrollRow(host, key, Row(*cells, cls="android.widget.LinearLayout"), **attrs),
        cls=None, width=FILL,
    )  # fmt: skip


def _defaults(attrs: dict[str, Any]) -> None:
    attrs.setdefault("rid", "tabs")


def _tab(label: str, selected: bool, on_tap: Handler, icon: str, **attrs: Any) -> View:
    color: Color = "primary" if selected else "on_surface_variant"
    # Android reports the selected tab as not clickable.
    return Column(
        Icon(icon, color=color, margin=(0, 8, 0, 2)) if icon else None,
        _Label(label, "title_small", color=color, max_lines=1, selected=selected, height=30 if icon else 48),
        cls="android.widget.LinearLayout", desc=label, on_tap=None if selected else on_tap, selected=selected, focusable=True,
        padding=(16, 0), height=64 if icon else 48, cross="center", **attrs,
    )  # fmt: skip


class _Label(Text):
    """A tab's text; that of the selected one is underlined at the bottom of the tab."""

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        super().draw(p, box, x, y)
        if self.selected:
            high = p.ui.px(3)
            p.put(ops.rrect(x, y + box.h - high, box.w, high, (high, high, 0, 0), p.ui.color("primary"), p.clip))
