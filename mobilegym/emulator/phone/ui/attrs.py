"""What any view may be given: sizes, edges, places and handlers, and their types."""

from __future__ import annotations

import math
from typing import Final, Literal, TypeAlias, TypedDict

from mobilegym.emulator.phone.ui.call import Call, OverlayCall
from mobilegym.emulator.phone.ui.theme import Color, Ui

__all__ = ["FILL", "UNBOUNDED", "Align", "Edges", "Gravity", "Handler", "ViewAttrs", "edges"]

FILL: Final = math.inf
"""As wide (or high) as the parent allows; where the parent sets no limit, as large as the content."""
UNBOUNDED: Final = 1 << 24
Handler: TypeAlias = Call | OverlayCall
Edges: TypeAlias = float | tuple[float, float] | tuple[float, float, float, float]
"""dp: all sides, or `(horizontal, vertical)`, or `(left, top, right, bottom)`."""
Gravity: TypeAlias = Literal[
    "top_start", "top", "top_end", "start", "center", "end", "bottom_start", "bottom", "bottom_end"
]  # fmt: skip
Align: TypeAlias = Literal["start", "center", "end", "fill"]


class ViewAttrs(TypedDict, total=False):
    """What any view may be given."""

    cls: str | None
    """Class in the accessibility tree; None leaves the view out of it and hoists its children."""
    rid: str
    """Resource id: `name` (of the app's package) or in full, `android:id/title`."""
    desc: str
    label: str
    """Text reported in the accessibility tree where the view draws none itself."""
    on_tap: Handler | None
    on_long: Handler | None
    on_double: Handler | None
    on_swipe: Handler | None
    """Gets `left`, `right`, `up` or `down`: the way the finger moves."""
    on_drag: Handler | None
    """Gets where the finger is, as a fraction 0–1 of the view's width."""
    clickable: bool
    long_clickable: bool
    checkable: bool
    checked: bool
    selected: bool
    enabled: bool
    focusable: bool
    focused: bool
    password: bool
    width: float | None
    """dp, `FILL`, or None for as large as the content."""
    height: float | None
    weight: float
    """Share of what a `Row` or `Column` has left."""
    loose: bool
    """With a weight: takes at most its share, less if its content needs less."""
    min_width: float
    min_height: float
    max_width: float
    padding: Edges
    margin: Edges
    align: Align | None
    """Across a `Row` or `Column`; overrides the parent's."""
    gravity: Gravity
    """Place in a `Stack`."""
    background: Color | None
    radius: float | tuple[float, float, float, float]
    """Corner radius in dp (all, or top-left, top-right, bottom-right, bottom-left)."""
    border: Color | None
    border_width: float
    elevation: float
    """Shadow, dp."""


_EDGES: Final[dict[tuple[Edges, Ui], tuple[int, int, int, int]]] = {}


def edges(value: Edges, ui: Ui) -> tuple[int, int, int, int]:
    """`(left, top, right, bottom)` in device px."""
    key = (value, ui)
    found = _EDGES.get(key)
    if found is None:
        px = ui.px
        if not isinstance(value, tuple):
            left = top = right = bottom = px(value)
        elif len(value) == 2:
            left = right = px(value[0])
            top = bottom = px(value[1])
        else:
            left, top, right, bottom = px(value[0]), px(value[1]), px(value[2]), px(value[3])
        if len(_EDGES) > 4096:
            _EDGES.clear()
        found = _EDGES[key] = (left, top, right, bottom)
    return found
