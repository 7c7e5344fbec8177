"""Shaped text for scripts whose glyphs join, reorder or run from right to left."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import Any, Final

from mobilegym.emulator.phone.ui.fonts import load_skia, typeface

__all__ = ["baseline", "measure", "needs_shaping", "paragraph", "size"]

_COMPLEX: Final = ((0x0590, 0x08FF), (0x0900, 0x0EFF), (0x0F00, 0x109F), (0x1780, 0x18AF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFE))


def needs_shaping(char: str) -> bool:
    """Whether a character belongs to a script that cannot be set one glyph after another."""
    code = ord(char)
    return code >= 0x590 and any(first <= code <= last for first, last in _COMPLEX)


@lru_cache(maxsize=64)
def _collection(weight: str, fallback: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
    """The font collection of a style, and the names its faces are registered under."""
    skia = load_skia()
    provider = skia.textlayout.TypefaceFontProvider()
    names: list[str] = []
    for i, face in enumerate((weight, *fallback)):
        names.append(f"face{i}")
        provider.registerTypeface(typeface(face), names[-1])
    collection = skia.textlayout.FontCollection()
    collection.setDefaultFontManager(provider)
    return collection, tuple(names)


@cache
def _unicode() -> Any:
    return load_skia().Unicodes.ICU.Make()


@lru_cache(maxsize=4096)
def paragraph(text: str, size_px: float, weight: str, fallback: tuple[str, ...], color: int) -> Any:
    """A laid-out `skia.textlayout.Paragraph` on one line."""
    skia = load_skia()
    collection, names = _collection(weight, fallback)
    style = skia.textlayout.TextStyle()
    style.setFontFamilies(list(names))
    style.setFontSize(size_px)
    style.setColor(color)
    whole = skia.textlayout.ParagraphStyle()
    whole.setTextStyle(style)
    builder = skia.textlayout.ParagraphBuilder.make(whole, collection, _unicode())
    builder.pushStyle(style)
    builder.addText(text.replace("\n", " "))
    built = builder.Build()
    built.layout(1e6)
    return built


def measure(text: str, size_px: float, weight: str, fallback: tuple[str, ...]) -> float:
    """Advance of a text on one line, px."""
    return float(paragraph(text, size_px, weight, fallback, 0xFF000000).MaxIntrinsicWidth)


def size(text: str, size_px: float, weight: str, fallback: tuple[str, ...]) -> tuple[int, int]:
    """Width and height of a text on one line, px, rounded up."""
    shaped = paragraph(text, size_px, weight, fallback, 0xFF000000)
    return math.ceil(float(shaped.MaxIntrinsicWidth)), math.ceil(float(shaped.Height))


def baseline(text: str, size_px: float, weight: str, fallback: tuple[str, ...]) -> int:
    """Distance from the top of the paragraph to its baseline, px."""
    return round(float(paragraph(text, size_px, weight, fallback, 0xFF000000).AlphabeticBaseline))
