"""Segmented buttons: two to five choices side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.call import bind
from mobilegym.emulator.phone.ui.layout import Kid, Row, Stack
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["SegmentedButtons"]


def SegmentedButtons(
    labels: Sequence[str], selected: int | frozenset[int], on_select: Handler, *, icons: Sequence[str] = (), rids: Sequence[str] = (),
    **attrs: Any,
) -> View:  # fmt: skip
    """A group of equal buttons, 48 dp high. `selected` is an index, or a set of them where several may be on.

    `on_select` gets the index that was touched, also that of a button which is on already.
    """
    chosen = selected if isinstance(selected, frozenset) else frozenset((selected,))
    last = len(labels) - 1
    cells: list[Kid] = []
    for i, label in enumerate(labels):
        corners = (20 if i == 0 else 0, 20 if i == last else 0, 20 if i == last else 0, 20 if i == 0 else 0)
        icon, rid = icons[i] if icons else "", rids[i] if rids else ""
        cells.append(_segment(label, i in chosen, icon, bind(on_select, i), corners, rid))
        if i < last:
            cells.append(View(cls=None, width=1, height=40, background="outline"))
    return Stack(
        Row(*cells, cls=None, width=FILL),
        View(cls=None, width=FILL, height=40, radius=20, border="outline", gravity="center"),
        cls="android.widget.LinearLayout", width=FILL, height=48, **attrs,
    )  # fmt: skip


def _segment(
    label: str, on: bool, icon: str, on_tap: Handler, corners: tuple[float, float, float, float], rid: str
) -> View:  # fmt: skip
    color: Color = "on_secondary_container" if on else "on_surface"
    shown = "check" if on else icon
    face = Row(
        Icon(shown, size=18, color=color) if shown else None,
        Text(label, "label_large", color=color, cls=None, max_lines=1) if label else None,
        gap=8, cls=None, main="center", width=FILL, height=40, gravity="center", padding=(8, 0), radius=corners,
        background="secondary_container" if on else None,
    )  # fmt: skip
    return Stack(
        face, cls="android.widget.CompoundButton", rid=rid, label=label, on_tap=on_tap, checkable=True, checked=on, weight=1, height=48
    )
