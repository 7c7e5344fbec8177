"""The display list: what a screen consists of, as plain tuples in whole device pixels.

An op is `(code, left, top, right, bottom, clip, *payload)`. The bounds hold every pixel it may touch, after clipping; `clip` is
None, or the (left, top, right, bottom) that cuts it. Ops are hashable, independent of each other, and painted in order. The
constructors return None for what would not be seen.

| code | payload |
|---|---|
| `RECT` | color |
| `RRECT` | x, y, w, h, (r_top_left, r_top_right, r_bottom_right, r_bottom_left), color |
| `STROKE` | x, y, w, h, radius, stroke_px, color |
| `SHADOW` | x, y, w, h, radius, elevation_px |
| `TEXT` | x, baseline_y, text, style, color |
| `ICON` | x, y, size_px, name, color |
| `IMAGE` | x, y, w, h, key, fit, radius |
| `SPRITE` | x, y, w, h, painter, args |
"""

from __future__ import annotations

import math
from typing import Any, Final, Literal, TypeAlias

from mobilegym.emulator.phone.ui import text as texts
from mobilegym.emulator.phone.ui.fonts import icon_char
from mobilegym.emulator.phone.ui.text import TextStyle

__all__ = [
    "ICON",
    "IMAGE",
    "RECT",
    "RRECT",
    "SHADOW",
    "SPRITE",
    "STROKE",
    "TEXT",
    "Clip",
    "Fit",
    "Op",
    "Radii",
    "icon",
    "image",
    "place",
    "rect",
    "rrect",
    "shadow",
    "shadow_margin",
    "sprite",
    "stroke",
    "text",
]

Op: TypeAlias = tuple[Any, ...]
"""A tuple as the module describes."""
Clip: TypeAlias = tuple[int, int, int, int]
"""(left, top, right, bottom) in device px."""
Radii: TypeAlias = tuple[int, int, int, int]
"""Radii of the corners: top left, top right, bottom right, bottom left."""
Fit: TypeAlias = Literal["cover", "contain", "fill"]
"""How a picture of another shape is put into its box: cut, with margins, or distorted."""

RECT: Final = 0
RRECT: Final = 1
STROKE: Final = 2
SHADOW: Final = 3
TEXT: Final = 4
ICON: Final = 5
IMAGE: Final = 6
SPRITE: Final = 7


def _op(code: int, left: int, top: int, right: int, bottom: int, clip: Clip | None, payload: tuple[Any, ...]) -> Op | None:
    """The op with its bounds cut to the clip, which is dropped when it cuts nothing; None if nothing is left."""
    if clip is not None:
        cl, ct, cr, cb = clip
        if left >= cl and top >= ct and right <= cr and bottom <= cb:
            clip = None
        else:
            left, top, right, bottom = max(left, cl), max(top, ct), min(right, cr), min(bottom, cb)
    if left >= right or top >= bottom:
        return None
    return (code, left, top, right, bottom, clip, *payload)


def rect(x: int, y: int, w: int, h: int, color: int, clip: Clip | None = None) -> Op | None:
    """A filled rectangle; with a translucent colour, a scrim."""
    right, bottom = x + w, y + h
    if clip is not None:
        x, y, right, bottom = max(x, clip[0]), max(y, clip[1]), min(right, clip[2]), min(bottom, clip[3])
    if x >= right or y >= bottom or not color >> 24:
        return None
    return (RECT, x, y, right, bottom, None, color)


def rrect(x: int, y: int, w: int, h: int, radii: int | Radii, color: int, clip: Clip | None = None) -> Op | None:
    """A filled rectangle with round corners; where two radii do not fit beside each other, all are cut down to half the shorter side."""
    most = min(w, h) // 2
    if isinstance(radii, int):
        radius = min(max(radii, 0), most)
        corners = (radius, radius, radius, radius)
    elif max(radii[0] + radii[1], radii[2] + radii[3]) <= w and max(radii[0] + radii[3], radii[1] + radii[2]) <= h:
        corners = radii
    else:
        corners = (min(radii[0], most), min(radii[1], most), min(radii[2], most), min(radii[3], most))
    if corners == (0, 0, 0, 0):
        return rect(x, y, w, h, color, clip)
    if not color >> 24:
        return None
    return _op(RRECT, x, y, x + w, y + h, clip, (x, y, w, h, corners, color))


def stroke(x: int, y: int, w: int, h: int, radius: int, stroke_px: int, color: int, clip: Clip | None = None) -> Op | None:
    """An outline that lies inside the box; `stroke_px` is at least 1."""
    if not color >> 24:
        return None
    half = min(w, h) // 2
    return _op(STROKE, x, y, x + w, y + h, clip, (x, y, w, h, min(radius, half), max(1, min(stroke_px, half)), color))


def shadow_margin(elevation_px: int) -> int:
    """How far beyond its caster a shadow reaches at most, px."""
    return math.ceil(2.9 * elevation_px) + 2


def shadow(x: int, y: int, w: int, h: int, radius: int, elevation_px: int, clip: Clip | None = None) -> Op | None:
    """The shadow of a box with round corners; the box is painted over it by an op of its own and is taken to be opaque."""
    if elevation_px <= 0 or w <= 0 or h <= 0:
        return None
    m = shadow_margin(elevation_px)
    return _op(SHADOW, x - m, y - m, x + w + m, y + h + m, clip, (x, y, w, h, min(radius, min(w, h) // 2), elevation_px))


def text(x: int, baseline_y: int, content: str, style: TextStyle, color: int, clip: Clip | None = None) -> Op | None:
    """One line of text that starts at `x`."""
    left, top, right, bottom = texts.ink(content, style)
    if left >= right or not color >> 24:
        return None
    return _op(TEXT, x + left, baseline_y + top, x + right, baseline_y + bottom, clip, (x, baseline_y, content, style, color))


def icon(x: int, y: int, size_px: int, name: str, color: int, clip: Clip | None = None) -> Op | None:
    """A Material Design icon in the square whose left top corner is (x, y).

    Raises:
        ContentError: There is no icon of that name.
    """
    icon_char(name)
    if not color >> 24 or size_px <= 0:
        return None
    return _op(ICON, x - 1, y - 1, x + size_px + 1, y + size_px + 1, clip, (x, y, size_px, name, color))


def image(x: int, y: int, w: int, h: int, key: tuple[Any, ...], fit: Fit = "cover", radius: int = 0, clip: Clip | None = None) -> Op | None:
    """A picture of the image store in a box with round corners."""
    if w <= 0 or h <= 0:
        return None
    return _op(IMAGE, x, y, x + w, y + h, clip, (x, y, w, h, key, fit, min(radius, min(w, h) // 2)))


def sprite(x: int, y: int, w: int, h: int, painter: str, args: tuple[Any, ...] = (), clip: Clip | None = None) -> Op | None:
    """A box drawn by a registered painter (see `sprites.sprite`) from hashable arguments."""
    if w <= 0 or h <= 0:
        return None
    return _op(SPRITE, x, y, x + w, y + h, clip, (x, y, w, h, painter, args))


def place(op: Op, dx: int, dy: int, clip: Clip | None = None) -> Op | None:
    """The op moved by (dx, dy) and cut to `clip`, which is in the coordinates it is moved to; None if nothing is left."""
    code, left, top, right, bottom, own = op[:6]
    if code == RECT:
        return rect(left + dx, top + dy, right - left, bottom - top, op[6], clip)
    payload = (op[6] + dx, op[7] + dy, *op[8:])
    if own is not None:
        cut = (own[0] + dx, own[1] + dy, own[2] + dx, own[3] + dy)
        if clip is not None:
            cut = (max(cut[0], clip[0]), max(cut[1], clip[1]), min(cut[2], clip[2]), min(cut[3], clip[3]))
        clip = cut
    return _op(code, left + dx, top + dy, right + dx, bottom + dy, clip, payload)
