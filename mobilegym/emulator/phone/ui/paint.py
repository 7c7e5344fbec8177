"""Display list to pixels, with a cache of horizontal strips that all phones of the process share.

A strip is kept under the ops that touch it. Equal ops give equal strips, so a strip painted for one phone serves every other one;
and a picture put together from strips equals, bit for bit, the one painted in a single pass (`Renderer.render_full`).
"""

from __future__ import annotations

import hashlib
import itertools
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mobilegym.emulator.phone.ui import ops, raster
from mobilegym.emulator.phone.ui.ops import Op
from mobilegym.emulator.phone.ui.text import TextStyle

__all__ = ["Pixels", "Renderer", "pixel_hash", "renderer", "scale_op"]

Pixels: TypeAlias = NDArray[np.uint8]
"""`(H, W, 3)` RGB."""

_STRIPS: Final = 24
_KNOWN_OPS: Final = 1 << 14
_FRAMES: Final = 16


def _snap(value: int, scale: float) -> int:
    return int(value * scale + 0.5) if value >= 0 else -int(-value * scale + 0.5)


def _span(start: int, length: int, scale: float) -> tuple[int, int]:
    """Scaled (start, length) whose ends meet those of its neighbours; never shorter than a pixel."""
    begin = _snap(start, scale)
    return begin, max(_snap(start + length, scale) - begin, 1)


def scale_op(op: Op, sx: float, sy: float) -> Op | None:
    """The op of a screen that is `sx` times as wide and `sy` times as high, snapped to its pixels; None if nothing is left."""
    code, left, top, right, bottom, clip = op[:6]
    if code == ops.RECT:
        x, w = _span(left, right - left, sx)
        y, h = _span(top, bottom - top, sy)
        return ops.rect(x, y, w, h, op[6])
    if clip is not None:
        clip = (_snap(clip[0], sx), _snap(clip[1], sy), _snap(clip[2], sx), _snap(clip[3], sy))
    if code == ops.TEXT:
        x, y, content, style, color = op[6:]
        smaller = TextStyle(style.size_px * sx, style.weight, style.letter_spacing_px * sx, style.fallback)
        return ops.text(_snap(x, sx), _snap(y, sy), content, smaller, color, clip)
    if code == ops.ICON:
        x, y, size, name, color = op[6:]
        x, size = _span(x, size, sx)
        return ops.icon(x, _snap(y, sy), size, name, color, clip)
    x, w = _span(op[6], op[8], sx)
    y, h = _span(op[7], op[9], sy)
    if code == ops.RRECT:
        tl, tr, br, bl = op[10]
        radii = (_snap(tl, sx), _snap(tr, sx), _snap(br, sx), _snap(bl, sx))
        return ops.rrect(x, y, w, h, radii, op[11], clip)
    if code == ops.STROKE:
        return ops.stroke(x, y, w, h, _snap(op[10], sx), max(_snap(op[11], sx), 1), op[12], clip)
    if code == ops.SHADOW:
        return ops.shadow(x, y, w, h, _snap(op[10], sx), max(_snap(op[11], sx), 1), clip)
    if code == ops.IMAGE:
        return ops.image(x, y, w, h, op[10], op[11], _snap(op[12], sx), clip)
    made = ops.sprite(x, y, w, h, op[10], op[11], clip)
    return None if made is None else (*made, op[8], op[9])


class _Entry(NamedTuple):
    """An op as one frame size sees it."""

    serial: int
    """Stands for the op in strip keys; never used twice."""
    op: Op
    first: int
    """Index of the first strip it touches."""
    last: int
    covers: bool
    """Whether it hides whatever lies below it, in the strips that it fills from top to bottom."""


class _Frame:
    """A picture size, what it is scaled from, and the ops seen at that size."""

    _serials = itertools.count()

    def __init__(self, screen: tuple[int, int], size: tuple[int, int]) -> None:
        self.serial = next(_Frame._serials)
        self.height, self.width = size
        self.sx, self.sy = self.width / screen[0], self.height / screen[1]
        self.native = (self.width, self.height) == screen
        count = min(_STRIPS, self.height)
        self.edges = [i * self.height // count for i in range(count + 1)]
        self.strip_of_row = [i for i in range(count) for _ in range(self.edges[i], self.edges[i + 1])]
        self.known: dict[Op, _Entry | None] = {}

    def scaled(self, op: Op) -> Op | None:
        """The op at this size."""
        return op if self.native else scale_op(op, self.sx, self.sy)

    def entry(self, op: Op) -> _Entry | None:
        """The op's entry, remembered; None if it lies off the screen."""
        scaled = self.scaled(op)
        found: _Entry | None = None
        if scaled is not None:
            code, left, top, right, bottom = scaled[:5]
            if left < self.width and right > 0 and top < self.height and bottom > 0:
                rows = self.strip_of_row
                covers = code == ops.RECT and scaled[6] >> 24 == 0xFF and left <= 0 and right >= self.width
                found = _Entry(next(_Frame._serials), scaled, rows[max(top, 0)], rows[min(bottom, self.height) - 1], covers)
        if len(self.known) >= _KNOWN_OPS:
            self.known.clear()
        self.known[op] = found
        return found

    def strips(self, ops_: Sequence[Op]) -> list[list[_Entry]]:
        """For each strip the ops that touch it, without those that are wholly hidden."""
        out: list[list[_Entry]] = [[] for _ in range(len(self.edges) - 1)]
        known, edges = self.known, self.edges
        missing = object()
        for op in ops_:
            entry: Any = known.get(op, missing)
            if entry is missing:
                entry = self.entry(op)
            if entry is None:
                continue
            first, last = entry[2], entry[3]
            if not entry[4]:
                for i in range(first, last + 1):
                    out[i].append(entry)
                continue
            top, bottom = entry[1][2], entry[1][4]
            for i in range(first, last + 1):
                if top <= edges[i] and bottom >= edges[i + 1]:
                    out[i] = [entry]
                else:
                    out[i].append(entry)
        return out


def _pack(canvases: raster.Canvases) -> Pixels:
    """The colours without alpha, as a new flat array of `H * W * 3` bytes."""
    words = canvases.array.reshape(-1).view(np.uint32)
    flat: Pixels = np.empty(words.size * 3 + 1, np.uint8)
    # Four bytes go to every third place, in order: each pixel overwrites the alpha of the one before, the last one a spare byte.
    # Three times as fast as copying the channels one by one.
    np.ndarray(words.shape, np.uint32, flat.data, 0, (3,))[...] = words
    return flat[:-1]


_SERIAL = itemgetter(0)


class Renderer:
    """Paints display lists; one per process is enough (`renderer`).

    Not safe to use from several threads at once.
    """

    max_strip_bytes = 256 << 20
    """Bound of the strip cache; the strips used longest ago go first."""

    def __init__(self) -> None:
        self._frames: OrderedDict[tuple[int, int, int, int], _Frame] = OrderedDict()
        self._buffers: OrderedDict[tuple[int, int], raster.Canvases] = OrderedDict()
        self._strips: OrderedDict[tuple[Any, ...], Pixels] = OrderedDict()
        self._strip_bytes = 0
        self.hits = 0
        """Strips found in the cache so far."""
        self.misses = 0

    def render(self, ops: Sequence[Op], width: int, height: int, background: int, size: tuple[int, int] | None = None) -> Pixels:
        """The picture of a screen.

        Args:
            ops: The display list, in painting order.
            width: Width of the screen the ops were made for, px.
            height: Its height.
            background: ARGB of what no op covers, opaque.
            size: (H, W) of the picture, of the same shape as the screen; None for the screen's own.

        Returns:
            A new contiguous array `(H, W, 3)` uint8, RGB.

        Raises:
            ValueError: `size` is of another shape than the screen.
        """
        strips = self.strips(ops, width, height, background, size)
        flat: Pixels = np.empty(sum(strip.size for strip in strips), np.uint8)
        at = 0
        for strip in strips:
            flat[at : at + strip.size] = strip
            at += strip.size
        wide = size[1] if size is not None else width
        return flat.reshape(-1, wide, 3)

    def strips(
        self, ops: Sequence[Op], width: int, height: int, background: int, size: tuple[int, int] | None = None
    ) -> list[Pixels]:  # fmt: skip
        """The same picture as flat strips of whole rows, top to bottom. A strip that has not changed is the same array: read only."""
        frame = self._frame(width, height, size)
        edges = frame.edges
        cached = self._strips
        out: list[Pixels] = []
        for i, entries in enumerate(frame.strips(ops)):
            key = (frame.serial, background, i, tuple(map(_SERIAL, entries)))
            strip = cached.get(key)
            if strip is None:
                strip = self._paint_strip(frame, edges[i], edges[i + 1], entries, background)
                self._keep(key, strip)
                self.misses += 1
            else:
                cached.move_to_end(key)
                self.hits += 1
            out.append(strip)
        return out

    def render_full(self, ops: Sequence[Op], width: int, height: int, background: int, size: tuple[int, int] | None = None) -> Pixels:
        """The same picture painted in one pass, without strips or their cache; the reference that `render` must equal."""
        frame = self._frame(width, height, size)
        canvases = raster.Canvases(frame.width, frame.height)
        canvases.clear(background)
        for op in ops:
            scaled = frame.scaled(op)
            if scaled is not None:
                raster.draw(canvases, scaled)
        return _pack(canvases).reshape(frame.height, frame.width, 3)

    def clear(self) -> None:
        """Drops all cached strips, buffers and op tables."""
        self._strips.clear()
        self._frames.clear()
        self._buffers.clear()
        self._strip_bytes = 0

    @property
    def strip_bytes(self) -> int:
        """Bytes held by cached strips."""
        return self._strip_bytes

    def _frame(self, width: int, height: int, size: tuple[int, int] | None) -> _Frame:
        h, w = size or (height, width)
        key = (width, height, h, w)
        frame = self._frames.get(key)
        if frame is not None:
            self._frames.move_to_end(key)
            return frame
        if h < 1 or w < 1 or min(abs(h - height * w / width), abs(w - width * h / height)) > 1:
            raise ValueError(
                f"A screen of {width}x{height} (width x height) cannot be rendered as `size={size!r}` (height, width): the shape differs; "
                f"with that width the height is {round(height * w / width)}"
            )
        frame = self._frames[key] = _Frame((width, height), (h, w))
        if len(self._frames) > _FRAMES:
            self._frames.popitem(last=False)
        return frame

    def _canvases(self, width: int, height: int) -> raster.Canvases:
        buffer = self._buffers.get((width, height))
        if buffer is None:
            buffer = self._buffers[width, height] = raster.Canvases(width, height)
            if len(self._buffers) > 2 * _FRAMES:
                self._buffers.popitem(last=False)
        return buffer

    def _paint_strip(self, frame: _Frame, top: int, bottom: int, entries: list[_Entry], background: int) -> Pixels:
        canvases = self._canvases(frame.width, bottom - top)
        if entries and entries[0].covers and entries[0].op[2] <= top and entries[0].op[4] >= bottom:
            background = entries[0].op[6]
            entries = entries[1:]
        canvases.clear(background)
        for canvas in (canvases.blit, canvases.ink):
            canvas.save()
            canvas.translate(0, -top)
        try:
            for entry in entries:
                raster.draw(canvases, entry.op)
        finally:
            # The buffer is used again, also after an op that could not be drawn.
            canvases.blit.restoreToCount(1)
            canvases.ink.restoreToCount(1)
        return _pack(canvases)

    def _keep(self, key: tuple[Any, ...], strip: Pixels) -> None:
        self._strips[key] = strip
        self._strip_bytes += strip.nbytes
        while self._strip_bytes > self.max_strip_bytes and self._strips:
            _, dropped = self._strips.popitem(last=False)
            self._strip_bytes -= dropped.nbytes


@cache
def renderer() -> Renderer:
    """The renderer that all phones of this process share."""
    return Renderer()


def pixel_hash(array: Pixels) -> str:
    """SHA-256 of a picture's pixels, in hex; equal pictures of equal shape have equal hashes."""
    digest = hashlib.sha256(repr(array.shape).encode())
    digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
