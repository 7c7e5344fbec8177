"""Small made-up pictures for the gallery: 16-colour PNG, uncompressed, so that their bytes are the same everywhere."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["draw"]

_WIDTH: Final = 320
_HEIGHT: Final = 240
_Canvas = NDArray[np.uint8]
"""`(240, 320) uint8` palette indices."""
_PALETTES: Final[Mapping[str, tuple[int, ...]]] = {
    "mountains": (0x8EC5E8, 0xA9D4EF, 0xC6E3F5, 0xE3F1FA, 0xFFE9A8, 0x6F7F95, 0x55647A, 0x3E4C60, 0xF5F8FB, 0x5C8A4B, 0x47733A, 0x33592B),
    "city": (0x1F2A52, 0x33407A, 0x55599B, 0x8A76B4, 0xF2B880, 0x2B3144, 0x3A4259, 0x4A5470, 0xFFE08A, 0x20242F, 0x171A23, 0x0E1017),
    "sea": (0xFBD3A0, 0xF9B384, 0xF08F75, 0xD97377, 0xFFF3C4, 0x2E6F95, 0x23597B, 0x184461, 0xBFE0EA, 0xE8D3A2, 0xD3B982, 0xB99B63),
    "flower": (0xBFD8A5, 0xA7C88A, 0x8DB56E, 0x74A055, 0xF6D743, 0xE8648B, 0xD1446F, 0xB02B57, 0xFFF0F5, 0x4F8A3C, 0x3C6E2D, 0x2A5220),
    "screenshot": (0xF7F7FA, 0xECECF2, 0xDFDFE8, 0xFFFFFF, 0x4A68D9, 0x8C8CA0, 0x6B6B80, 0x3A3A4A, 0xC9D4F7, 0xE6EBFB, 0xB7C4F0, 0x22222E),
}


def _sky(canvas: _Canvas) -> None:
    for band in range(4):
        canvas[band * 40 : (band + 1) * 40 + 80] = band


def _disc(canvas: _Canvas, x: float, y: float, radius: float, color: int) -> None:
    rows, columns = np.ogrid[:_HEIGHT, :_WIDTH]
    canvas[(rows - y) ** 2 + (columns - x) ** 2 <= radius**2] = color


def _mountains(canvas: _Canvas, rng: Random) -> None:
    _sky(canvas)
    _disc(canvas, rng.randint(40, 280), rng.randint(30, 70), 18, 4)
    rows, columns = np.ogrid[:_HEIGHT, :_WIDTH]
    for color, base in ((5, 90), (6, 120), (7, 145)):
        peak, slope = rng.randint(20, 300), rng.randint(45, 75)
        ridge = base + abs(columns - peak) * slope // 100
        canvas[rows >= ridge] = color
        canvas[(rows >= ridge) & (rows < ridge + 8) & (abs(columns - peak) < 30)] = 8
    for color, base in ((9, 185), (10, 205), (11, 225)):
        canvas[base + rng.randint(-4, 4) :] = color


def _city(canvas: _Canvas, rng: Random) -> None:
    _sky(canvas)
    _disc(canvas, rng.randint(40, 280), 40, 12, 8)
    x = 0
    while x < _WIDTH:
        width, top = rng.randint(18, 44), rng.randint(60, 170)
        canvas[top:, x : x + width] = rng.choice((5, 6, 7))
        for wy in range(top + 6, _HEIGHT - 10, 12):
            for wx in range(x + 4, min(x + width, _WIDTH) - 5, 8):
                if rng.random() < 0.45:
                    canvas[wy : wy + 5, wx : wx + 4] = 8
        x += width
    canvas[225:] = 10


def _sea(canvas: _Canvas, rng: Random) -> None:
    _sky(canvas)
    _disc(canvas, rng.randint(60, 260), 118, 26, 4)
    for color, top in ((5, 125), (6, 155), (7, 185)):
        canvas[top:] = color
    for _ in range(40):
        y, x = rng.randint(128, 205), rng.randint(0, 290)
        canvas[y, x : x + rng.randint(8, 26)] = 8
    for color, top in ((9, 208), (10, 220), (11, 232)):
        canvas[top:] = color


def _flower(canvas: _Canvas, rng: Random) -> None:
    for band in range(4):
        canvas[band * 60 :] = band
    for _ in range(rng.randint(3, 5)):
        x, y, size = rng.randint(40, 280), rng.randint(40, 150), rng.randint(14, 24)
        canvas[y:, x - 2 : x + 3] = 9
        color = rng.choice((5, 6, 7, 8))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7)):
            _disc(canvas, x + dx * size, y + dy * size, size * 0.55, color)
        _disc(canvas, x, y, size * 0.6, 4)
    canvas[215:] = 10


def _screenshot(canvas: _Canvas, rng: Random) -> None:
    canvas[:] = 0
    canvas[:26] = 4
    for row in range(6):
        top = 36 + row * 34
        canvas[top : top + 28, 10:310] = 3
        _disc(canvas, 28, top + 14, 9, rng.choice((4, 8, 10)))
        canvas[top + 7 : top + 11, 46 : 46 + rng.randint(60, 180)] = 7
        canvas[top + 17 : top + 20, 46 : 46 + rng.randint(80, 240)] = 5


_SCENES: Final[Mapping[str, Callable[[_Canvas, Random], None]]] = {
    "mountains": _mountains,
    "city": _city,
    "sea": _sea,
    "flower": _flower,
    "screenshot": _screenshot,
}


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _stored(data: bytes) -> bytes:
    """A zlib stream of stored blocks: no compressor is involved whose output could differ between machines."""
    blocks = [data[i : i + 65_535] for i in range(0, len(data), 65_535)]
    body = b"".join(struct.pack("<BHH", n == len(blocks) - 1, len(b), len(b) ^ 0xFFFF) + b for n, b in enumerate(blocks))
    return b"\x78\x01" + body + struct.pack(">I", zlib.adler32(data))


def draw(scene: str, seed: int) -> bytes:
    """A 320×240 PNG (about 38 KB) of `scene`, one of mountains, city, sea, flower, screenshot; equal arguments give equal bytes."""
    canvas: _Canvas = np.zeros((_HEIGHT, _WIDTH), np.uint8)
    _SCENES[scene](canvas, Random(f"{scene}/{seed}"))
    palette = b"".join(color.to_bytes(3, "big") for color in _PALETTES[scene])
    packed = (canvas[:, ::2] << 4) | canvas[:, 1::2]
    rows = b"".join(b"\0" + row.tobytes() for row in packed)
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 4, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"PLTE", palette) + _chunk(b"IDAT", _stored(rows)) + _chunk(b"IEND", b"")
