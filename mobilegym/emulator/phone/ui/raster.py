"""How each kind of op reaches a canvas, so that a part of the screen comes out like the same part of the whole.

Skia's antialiasing of shapes depends on the clip; that of images copied to whole pixels and of glyphs does not. So whatever has
soft edges is drawn once into a sprite and copied from there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, Concatenate, Final, NamedTuple, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from mobilegym.emulator.phone.ui import images, ops, paragraphs, sprites, text
from mobilegym.emulator.phone.ui.fonts import ICONS, font, icon_char, load_skia, typeface
from mobilegym.emulator.phone.ui.ops import Op, Radii
from mobilegym.emulator.phone.ui.text import TextStyle

__all__ = ["Canvases", "Sheet", "clear_caches", "draw"]

P = ParamSpec("P")
T = TypeVar("T")

_WHOLE_AREA: Final = 16_000
"""Rounded boxes with at most so many pixels outside their corners are one sprite; others are corners and rectangles."""
_GLYPH_LIMIT: Final = 150
"""Skia draws larger glyphs as outlines, which depend on the clip; from this size on, px, text is a sprite."""


class Canvases:
    """Two canvases over one array `(H, W, 4)` of premultiplied RGBA bytes.

    Skia copies images several times as fast to a surface that calls its first channel blue, and draws text several times as fast
    to one that calls it red. The bytes are the same; so images and boxes go to `blit`, where colours have red and blue exchanged,
    and text to `ink`.
    """

    __slots__ = ("array", "blit", "ink", "surfaces")

    def __init__(self, width: int, height: int) -> None:
        skia = load_skia()
        self.array: NDArray[np.uint8] = np.zeros((height, width, 4), np.uint8)
        # The default alpha type of a surface over an array is slower.
        self.surfaces: tuple[Any, Any] = (
            skia.Surface(self.array, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType),
            skia.Surface(self.array, colorType=skia.kRGBA_8888_ColorType, alphaType=skia.kPremul_AlphaType),
        )
        self.blit: Any = self.surfaces[0].getCanvas()
        self.ink: Any = self.surfaces[1].getCanvas()

    def clear(self, color: int) -> None:
        """Fills everything with an ARGB colour."""
        self.ink.clear(color)


class Sheet:
    """A transparent sheet that a sprite is drawn on, in RGBA."""

    def __init__(self, width: int, height: int) -> None:
        skia = load_skia()
        self.array: NDArray[np.uint8] = np.zeros((height, width, 4), np.uint8)
        self._surface: Any = skia.Surface(self.array, colorType=skia.kRGBA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
        self.canvas: Any = self._surface.getCanvas()

    def sprite(self, *, opaque: bool = False) -> Any:
        """The sheet as an image for `Canvases.blit`."""
        return _sprite(self.array, opaque=opaque)


def _sprite(array: NDArray[np.uint8], *, opaque: bool = False) -> Any:
    skia = load_skia()
    alpha = skia.kOpaque_AlphaType if opaque else skia.kPremul_AlphaType
    return skia.Image.fromarray(np.ascontiguousarray(array), colorType=skia.kBGRA_8888_ColorType, alphaType=alpha, copy=True)


@lru_cache(maxsize=4096)
def _box_paint(color: int) -> Any:
    """A paint for boxes on whole pixels of `Canvases.blit`."""
    exchanged = (color & 0xFF00FF00) | (color & 0xFF) << 16 | (color >> 16 & 0xFF)
    return load_skia().Paint(AntiAlias=False, Color=exchanged)


@lru_cache(maxsize=4096)
def _ink_paint(color: int) -> Any:
    """An antialiasing paint for glyphs and sprites."""
    return load_skia().Paint(AntiAlias=True, Color=color)


_CACHES: Final[list[Any]] = []


class _Blit(NamedTuple):
    """How sprites are copied: unfiltered. With a paint given, Skia is faster than without."""

    sampling: Any
    paint: Any


@cache
def _blit() -> _Blit:
    return _Blit(load_skia().SamplingOptions(), load_skia().Paint())


def _put(to: Canvases, image: Any, x: int, y: int) -> None:
    to.blit.drawImage(image, x, y, *_blit())


def _sprite_cache(make: Callable[Concatenate[int, int, P], T]) -> Callable[Concatenate[int, int, P], T]:
    """Remembers what `make(w, h, ...)` gave: of sprites up to 128 x 128 px about a thousand, of larger ones a few."""
    small, large = lru_cache(maxsize=1024)(make), lru_cache(maxsize=40)(make)
    _CACHES.extend((small, large))

    def cached(w: int, h: int, /, *args: P.args, **_: P.kwargs) -> T:
        return (small if w * h <= 16_384 else large)(w, h, *args)

    return cached


# Rounded boxes


def _rounded(x: float, y: float, w: float, h: float, radii: tuple[float, ...]) -> Any:
    skia = load_skia()
    shape = skia.RRect()
    shape.setRectRadii(skia.Rect.MakeXYWH(x, y, w, h), [skia.Point(r, r) for r in radii])
    return shape


@_sprite_cache
def _box_sprite(w: int, h: int, radii: Radii, color: int) -> Any:
    sheet = Sheet(w, h)
    sheet.canvas.drawRRect(_rounded(0, 0, w, h, radii), _ink_paint(color))
    return sheet.sprite()


@_sprite_cache
def _corner_sprite(radius: int, _height: int, color: int, corner: int, stroke_px: int) -> Any:
    """Quarter of a disc (or of a ring, if `stroke_px`): 0 top left, 1 top right, 2 bottom right, 3 bottom left."""
    skia = load_skia()
    sheet = Sheet(radius, radius)
    sheet.canvas.translate(-radius if corner in (1, 2) else 0, -radius if corner in (2, 3) else 0)
    paint = _ink_paint(color)
    if stroke_px:
        paint = skia.Paint(AntiAlias=True, Color=color, Style=skia.Paint.kStroke_Style, StrokeWidth=stroke_px)
    sheet.canvas.drawCircle(radius, radius, radius - stroke_px / 2, paint)
    return sheet.sprite()


def _box(to: Canvases, x: int, y: int, w: int, h: int, color: int) -> None:
    if w > 0 and h > 0:
        to.blit.drawIRect(load_skia().IRect.MakeXYWH(x, y, w, h), _box_paint(color))


def _draw_rect(to: Canvases, op: Op) -> None:
    to.blit.drawIRect(load_skia().IRect.MakeLTRB(op[1], op[2], op[3], op[4]), _box_paint(op[6]))


def _draw_rrect(to: Canvases, op: Op) -> None:
    x, y, w, h, radii, color = op[6:]
    tl, tr, br, bl = radii
    if w * h - tl * tl - tr * tr - br * br - bl * bl <= _WHOLE_AREA:
        _put(to, _box_sprite(w, h, radii, color), x, y)
        return
    top, bottom = max(tl, tr), max(br, bl)
    _box(to, x + tl, y, w - tl - tr, top, color)
    _box(to, x, y + top, w, h - top - bottom, color)
    _box(to, x + bl, y + h - bottom, w - bl - br, bottom, color)
    corners = ((tl, x, y), (tr, x + w - tr, y), (br, x + w - br, y + h - br), (bl, x, y + h - bl))
    # What is left of the bands beside a corner smaller than its neighbour.
    _box(to, x, y + tl, tl, top - tl, color)
    _box(to, x + w - tr, y + tr, tr, top - tr, color)
    _box(to, x + w - br, y + h - bottom, br, bottom - br, color)
    _box(to, x, y + h - bottom, bl, bottom - bl, color)
    for corner, (radius, cx, cy) in enumerate(corners):
        if radius:
            _put(to, _corner_sprite(radius, radius, color, corner, 0), cx, cy)


def _draw_stroke(to: Canvases, op: Op) -> None:
    x, y, w, h, radius, thick, color = op[6:]
    # A corner tighter than the line is thick is square.
    radius = radius if radius >= thick else 0
    edge = max(radius, thick)
    _box(to, x + edge, y, w - 2 * edge, thick, color)
    _box(to, x + edge, y + h - thick, w - 2 * edge, thick, color)
    _box(to, x, y + edge, thick, h - 2 * edge, color)
    _box(to, x + w - thick, y + edge, thick, h - 2 * edge, color)
    corners = ((x, y), (x + w - edge, y), (x + w - edge, y + h - edge), (x, y + h - edge))
    for corner, (cx, cy) in enumerate(corners):
        if radius:
            _put(to, _corner_sprite(radius, radius, color, corner, thick), cx, cy)
        else:
            _box(to, cx, cy, edge, edge, color)


# Shadows


@_sprite_cache
def _shadow_sprites(w: int, h: int, radius: int, elevation: int) -> tuple[tuple[int, int, Any], ...]:
    """The shadows of a box (a wide faint one, a narrow one below it), as (x, y, image) relative to the box.

    Four bands around what the box hides anyway; one image if it is small.
    """
    skia = load_skia()
    margin = ops.shadow_margin(elevation)
    sheet = Sheet(w + 2 * margin, h + 2 * margin)
    for alpha, spread, drop, sigma in ((0x21, 0.3, 0.67, 0.64), (0x33, 0.0, 0.22, 0.3)):
        paint = skia.Paint(
            AntiAlias=True, Color=alpha << 24, MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, sigma * elevation)
        )
        grow = spread * elevation
        shape = _rounded(margin - grow, margin - grow + drop * elevation, w + 2 * grow, h + 2 * grow, (radius + grow,) * 4)
        sheet.canvas.drawRRect(shape, paint)
    hidden = radius * 3 // 10 + 1
    if min(w, h) <= 2 * hidden + 8:
        return ((-margin, -margin, sheet.sprite()),)
    band = margin + hidden
    full_w, full_h = w + 2 * margin, h + 2 * margin
    cuts = (
        (0, 0, full_w, band),
        (0, full_h - band, full_w, band),
        (0, band, band, full_h - 2 * band),
        (full_w - band, band, band, full_h - 2 * band),
    )
    return tuple((cx - margin, cy - margin, _sprite(sheet.array[cy : cy + ch, cx : cx + cw])) for cx, cy, cw, ch in cuts)


def _draw_shadow(to: Canvases, op: Op) -> None:
    x, y, w, h, radius, elevation = op[6:]
    for dx, dy, image in _shadow_sprites(w, h, radius, elevation):
        _put(to, image, x + dx, y + dy)


# Glyphs


@lru_cache(maxsize=8192)
def _blobs(content: str, style: TextStyle) -> tuple[tuple[Any, int | None], ...]:
    """(blob, own colour or None) for each run of a text."""
    skia = load_skia()
    out: list[tuple[Any, int | None]] = []
    for run in text.runs(content, style):
        builder = skia.TextBlobBuilder()
        builder.allocRunPosH(font(run.face, run.size_px), run.glyphs, run.xs, 0.0)
        out.append((builder.make(), run.color))
    return tuple(out)


def _paint_text(canvas: Any, x: int, y: int, content: str, style: TextStyle, color: int) -> None:
    if text.is_complex(content, style):
        shaped = paragraphs.paragraph(content, style.size_px, style.weight, style.fallback, color)
        shaped.paint(canvas, x, y - paragraphs.baseline(content, style.size_px, style.weight, style.fallback))
        return
    for blob, own in _blobs(content, style):
        canvas.drawTextBlob(blob, x, y, _ink_paint(color if own is None else own & (color | 0x00FFFFFF)))


@_sprite_cache
def _text_sprite(w: int, h: int, left: int, top: int, content: str, style: TextStyle, color: int) -> Any:
    sheet = Sheet(w, h)
    _paint_text(sheet.canvas, -left, -top, content, style, color)
    return sheet.sprite()


def _draw_text(to: Canvases, op: Op) -> None:
    x, y, content, style, color = op[6:]
    if style.size_px >= _GLYPH_LIMIT or (style.fallback and text.is_complex(content, style)):
        left, top, right, bottom = text.ink(content, style)
        _put(to, _text_sprite(right - left, bottom - top, left, top, content, style, color), x + left, y + top)
        return
    for blob, own in _blobs(content, style):
        to.ink.drawTextBlob(blob, x, y, _ink_paint(color if own is None else own & (color | 0x00FFFFFF)))


@lru_cache(maxsize=2048)
def _icon_blob(name: str, size: int) -> Any:
    skia = load_skia()
    builder = skia.TextBlobBuilder()
    # In an icon's em square, 7/8 lie above the baseline.
    builder.allocRunPosH(font(ICONS, size), [typeface(ICONS).unicharToGlyph(ord(icon_char(name)))], [0.0], round(size * 0.875))
    return builder.make()


@_sprite_cache
def _icon_sprite(size: int, _height: int, name: str, color: int) -> Any:
    sheet = Sheet(size, size)
    sheet.canvas.drawTextBlob(_icon_blob(name, size), 0, 0, _ink_paint(color))
    return sheet.sprite()


def _draw_icon(to: Canvases, op: Op) -> None:
    x, y, size, name, color = op[6:]
    if size >= _GLYPH_LIMIT:
        _put(to, _icon_sprite(size, size, name, color), x, y)
    else:
        to.ink.drawTextBlob(_icon_blob(name, size), x, y, _ink_paint(color))


# Pictures


def _draw_image(to: Canvases, op: Op) -> None:
    x, y, w, h, key, fit, radius = op[6:]
    _put(to, images.store().scaled(key, w, h, fit, radius), x, y)


@_sprite_cache
def _painted_sprite(w: int, h: int, native_w: int, native_h: int, name: str, args: tuple[Any, ...]) -> Any:
    sheet = Sheet(w, h)
    sheet.canvas.scale(w / native_w, h / native_h)
    sprites.painter(name)(sheet.canvas, native_w, native_h, *args)
    return sheet.sprite()


def _draw_sprite(to: Canvases, op: Op) -> None:
    x, y, w, h, name, args = op[6:12]
    # A scaled op carries its size on the screen it was made for behind its payload.
    native_w, native_h = op[12:] if len(op) > 12 else (w, h)
    _put(to, _painted_sprite(w, h, native_w, native_h, name, args), x, y)


_DRAW: Final[tuple[Callable[[Canvases, Op], None], ...]] = (
    _draw_rect, _draw_rrect, _draw_stroke, _draw_shadow, _draw_text, _draw_icon, _draw_image, _draw_sprite,
)  # fmt: skip


def draw(to: Canvases, op: Op) -> None:
    """Paints one op in screen coordinates."""
    clip = op[5]
    if clip is None:
        _DRAW[op[0]](to, op)
        return
    skia = load_skia()
    area = skia.Rect.MakeLTRB(*clip)
    # Large text and icons are sprites, so both canvases are clipped.
    for canvas in (to.blit, to.ink):
        canvas.save()
        canvas.clipRect(area, skia.ClipOp.kIntersect, False)
    _DRAW[op[0]](to, op)
    to.blit.restore()
    to.ink.restore()


def clear_caches() -> None:
    """Forgets all sprites and text blobs; they are made again when needed."""
    for cached in (_blobs, _icon_blob, *_CACHES):
        cached.cache_clear()
