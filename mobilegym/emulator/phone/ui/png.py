"""A small, fast PNG writer for RGB pictures; `isal` is used if it is installed."""

from __future__ import annotations

import importlib
import struct
import zlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np

from mobilegym.observation import Pixels

__all__ = ["PngEncoder", "encode"]


_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_ADLER: Final = 65_521


class _Strip(NamedTuple):
    """Some rows, compressed: they go into any file that has them at any height."""

    pixels: Pixels
    """Kept so that its identity stays its own."""
    chunk: bytes
    adler: int
    size: int


@cache
def _deflate() -> Callable[[memoryview], bytes]:
    """Compresses to a piece of raw deflate that ends on a byte and refers to nothing before it."""
    try:
        library: Any = importlib.import_module("isal.isal_zlib")
    except ImportError:
        library = zlib

    def deflate(data: memoryview) -> bytes:
        engine = library.compressobj(1, zlib.DEFLATED, -15)
        return bytes(engine.compress(data)) + bytes(engine.flush(zlib.Z_FULL_FLUSH))

    return deflate


def _chunk(kind: bytes, data: bytes) -> bytes:
    return b"".join((struct.pack(">I", len(data)), kind, data, struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))))


def _strip(pixels: Pixels, width: int) -> _Strip:
    rows = pixels.reshape(-1, width * 3)
    lines = np.empty((len(rows), width * 3 + 1), np.uint8)
    # Filter "up" turns flat areas and vertical edges into runs of zeros; the first row stands for itself.
    lines[:, 0] = 2
    lines[0, 0] = 0
    lines[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=lines[1:, 1:])
    data = lines.data.cast("B")
    return _Strip(pixels, _chunk(b"IDAT", _deflate()(data)), zlib.adler32(data), len(data))


def _combined(adler: int, strip: _Strip) -> int:
    """Checksum of two pieces one after the other, from those of the pieces (zlib's `adler32_combine`)."""
    low1, high1 = adler & 0xFFFF, adler >> 16
    low2, high2 = strip.adler & 0xFFFF, strip.adler >> 16
    low = (low1 + low2 - 1) % _ADLER
    high = (high1 + high2 + (strip.size % _ADLER) * (low1 - 1)) % _ADLER
    return high << 16 | low


class PngEncoder:
    """Makes PNG files of pictures given as strips, and keeps the compressed strips: what has not changed is not compressed again.

    Args:
        limit: Strips that are kept; those used longest ago go first.
    """

    def __init__(self, limit: int = 128) -> None:
        self._kept: OrderedDict[tuple[int, int], _Strip] = OrderedDict()
        self._limit = limit

    def encode(self, strips: Sequence[Pixels], width: int) -> bytes:
        """A PNG file.

        Args:
            strips: Flat arrays of whole RGB rows, top to bottom. An array that was seen before is taken to be unchanged.
            width: Pixels per row.
        """
        pieces = [self._piece(strip, width) for strip in strips]
        adler = 1
        for piece in pieces:
            adler = _combined(adler, piece)
        height = sum(piece.size for piece in pieces) // (width * 3 + 1)
        header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        # Before the strips the header of the zlib stream, after them an empty last block and the checksum of everything.
        first, last = _chunk(b"IDAT", b"\x78\x01"), _chunk(b"IDAT", b"\x03\x00" + struct.pack(">I", adler))
        return b"".join((_SIGNATURE, header, first, *(piece.chunk for piece in pieces), last, _chunk(b"IEND", b"")))

    def _piece(self, pixels: Pixels, width: int) -> _Strip:
        key = id(pixels), width
        piece = self._kept.get(key)
        if piece is not None:
            self._kept.move_to_end(key)
            return piece
        piece = self._kept[key] = _strip(pixels, width)
        if len(self._kept) > self._limit:
            self._kept.popitem(last=False)
        return piece


def encode(array: Pixels) -> bytes:
    """A PNG file of a picture.

    The file's bytes may differ between machines, because compressors do; its pixels do not.

    Args:
        array: `(H, W, 3)` uint8, RGB.

    Raises:
        ValueError: The array is of another shape or type.
    """
    if array.ndim != 3 or array.shape[2] != 3 or array.dtype != np.uint8 or 0 in array.shape:
        raise ValueError(f"A picture is an array (H, W, 3) of uint8, not {array.shape} of {array.dtype}")
    return PngEncoder(0).encode([array.reshape(-1)], array.shape[1])
