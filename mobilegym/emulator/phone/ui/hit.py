"""Hit tests: which views lie under a point."""

from __future__ import annotations

from typing import NamedTuple

from mobilegym.emulator.phone.ui.view import Box, View
from mobilegym.observation import Bounds

__all__ = ["Hit", "path_at", "top_of_raised"]


class Hit(NamedTuple):
    """One view on the path to a point, with its box and absolute place in device px."""

    view: View
    box: Box
    x: int
    y: int


def _touchable(view: View) -> bool:
    return (
        view.on_tap is not None or view.on_long is not None or view.on_drag is not None or view.on_swipe is not None
        or view.on_double is not None or bool(view.edit_key) or bool(view.scroll_key) or view.clickable
    )  # fmt: skip


def path_at(box: Box, x: int, y: int, px: float, py: float) -> list[Hit]:
    """Views under the point, outermost first. Of overlapping siblings, the topmost that reacts to touch or is opaque."""
    path = [Hit(box.view, box, x, y)]
    for kx, ky, kid in reversed(box.kids):
        left, top = x + kx, y + ky
        if left <= px < left + kid.w and top <= py < top + kid.h:
            below = path_at(kid, left, top, px, py)
            if any(_touchable(h.view) or h.view.background is not None for h in below):
                return path + below
            if len(path) == 1:
                path = [path[0], *below]
    return path


def top_of_raised(box: Box, x: int, y: int, area: Bounds) -> int:
    """Upper edge of the highest raised button (one that casts a shadow) that reaches into an area; its lower edge if none does."""
    top = area.bottom
    for kx, ky, kid in box.kids:
        left, upper = x + kx, y + ky
        if left < area.right and upper < area.bottom and left + kid.w > area.left and upper + kid.h > area.top:
            raised = kid.view.elevation and kid.view.on_tap is not None
            top = min(top, upper if raised else top_of_raised(kid, left, upper, area))
    return top
