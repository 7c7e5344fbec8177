"""Measuring, wrapping and shaping text, in device pixels. Everything is cached process-wide, in bounded caches.

Characters are placed one after another by their advances; scripts that need real shaping go through paragraphs, if one of the
style's fallback fonts has them. A text never depends on the fonts of the machine.
"""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import Any, Final, NamedTuple

from mobilegym.emulator.phone.ui import paragraphs
from mobilegym.emulator.phone.ui.fonts import Glyph, font, glyph

__all__ = [
    "ELLIPSIS",
    "Line",
    "Run",
    "TextStyle",
    "ascent",
    "caret_x",
    "ellipsize",
    "index_at",
    "ink",
    "is_complex",
    "line_height",
    "runs",
    "width",
    "wrap",
]

ELLIPSIS: Final = "…"


class TextStyle(NamedTuple):
    """All that decides the shapes of a text; its colour is not part of it."""

    size_px: float
    weight: str = "regular"
    """A face of `fonts.WEIGHTS`."""
    letter_spacing_px: float = 0.0
    fallback: tuple[str, ...] = ()
    """Paths of fonts for the characters that the text font lacks, in order of preference."""


class Line(NamedTuple):
    """One line of wrapped text."""

    text: str
    width: int


class Run(NamedTuple):
    """Glyphs of one font, with x positions relative to the start of the text."""

    face: str
    size_px: float
    glyphs: tuple[int, ...]
    xs: tuple[float, ...]
    color: int | None
    """Own ARGB colour (emoji), or None for the text's."""


class _Advances(dict[str, float]):
    """Character → advance in one style, filled on demand."""

    def __init__(self, style: TextStyle) -> None:
        super().__init__()
        self.style = style

    def __missing__(self, char: str) -> float:
        style = self.style
        found = glyph(char, style.weight, style.fallback)
        if found is None or (ord(char) >= 0x300 and unicodedata.combining(char)):
            advance = 0.0
        else:
            advance = float(font(found.face, style.size_px * found.scale).getWidths([found.glyph_id])[0])
            advance += style.letter_spacing_px if advance > 0 else 0.0
        self[char] = advance
        return advance


@lru_cache(maxsize=512)
def _advances(style: TextStyle) -> _Advances:
    return _Advances(style)


@lru_cache(maxsize=16384)
def is_complex(text: str, style: TextStyle) -> bool:
    """Whether a text is laid out as a shaped paragraph: its script needs it, and a fallback font of the style has it."""
    if not style.fallback or text.isascii():
        return False
    return any(paragraphs.needs_shaping(c) and (glyph(c, style.weight, style.fallback) or _BOX).glyph_id for c in text)


_BOX: Final = Glyph("regular", 0, 1.0, None)


@lru_cache(maxsize=4096)
def _ends(text: str, style: TextStyle) -> tuple[float, ...]:
    """Right edge of each character, px; never decreasing."""
    if is_complex(text, style):
        widths = (paragraphs.measure(text[: i + 1], style.size_px, style.weight, style.fallback) for i in range(len(text)))
        return tuple(accumulate(widths, max))
    return tuple(accumulate(map(_advances(style).__getitem__, text)))


@lru_cache(maxsize=32768)
def width(text: str, style: TextStyle) -> int:
    """Width of a text on one line, in whole pixels, rounded up; line breaks count as spaces."""
    if not text:
        return 0
    if style.fallback and is_complex(text, style):
        return math.ceil(_ends(text, style)[-1])
    return math.ceil(sum(map(_advances(style).__getitem__, text)))


@lru_cache(maxsize=4096)
def _metrics(style: TextStyle) -> tuple[int, int]:
    metrics: Any = font(style.weight, style.size_px).getMetrics()
    return math.ceil(-metrics.fAscent), math.ceil(metrics.fDescent)


def ascent(style: TextStyle) -> int:
    """Distance from the top of a line to its baseline, px."""
    return _metrics(style)[0]


def line_height(style: TextStyle) -> int:
    """Natural height of a line, px."""
    up, down = _metrics(style)
    return up + down


def caret_x(text: str, index: int, style: TextStyle) -> int:
    """Position of the caret before the character `index` (clamped to the text), relative to the start of the text."""
    if index <= 0 or not text:
        return 0
    return round(_ends(text, style)[min(index, len(text)) - 1])


def index_at(text: str, x: float, style: TextStyle) -> int:
    """The caret index nearest to `x`, relative to the start of the text."""
    if not text or x <= 0:
        return 0
    ends = _ends(text, style)
    i = bisect_right(ends, x)
    if i >= len(text):
        return len(text)
    start = ends[i - 1] if i else 0.0
    index = i + 1 if x - start > ends[i] - x else i
    # The caret never stands inside a cluster (base and marks, joined emoji).
    while index < len(text) and ends[index] == ends[index - 1] and index > 0:
        index += 1
    return index


@lru_cache(maxsize=8192)
def ellipsize(text: str, style: TextStyle, max_w: int) -> str:
    """The text, or as much of its beginning as fits in `max_w` together with "…"; empty if not even that fits."""
    if width(text, style) <= max_w:
        return text
    room = max_w - width(ELLIPSIS, style)
    if room < 0:
        return ""
    kept = bisect_right(_ends(text, style), room)
    return text[:kept].rstrip() + ELLIPSIS


def _breaks_after(text: str, i: int) -> bool:
    """Whether a line may end after the character `i` that is not a space."""
    char, following = text[i], text[i + 1]
    if char in "-–—/" and following.isalpha() and i > 0 and not text[i - 1].isspace():
        return True
    return (
        (ord(char) >= 0x2E80 and not unicodedata.combining(char))
        and following not in "，。、！？：；）」』】〉》\ufe0f\u200d"
        and (0x2E80 <= ord(following) < 0xFE00 or 0x2E80 <= ord(char) < 0xFE00)
    )


def _line_end(text: str, start: int, end: int, ends: tuple[float, ...], max_w: int) -> int:
    """Where the line that begins at `start` ends (exclusive, trailing spaces included), at least one character on."""
    base = ends[start - 1] if start else 0.0
    fit = bisect_right(ends, base + max_w, start, end)
    if fit >= end:
        return end
    if text[fit].isspace():
        while fit < end and text[fit].isspace():
            fit += 1
        return fit
    for i in range(fit - 1, start - 1, -1):
        if text[i].isspace() or _breaks_after(text, i):
            return i + 1
    return max(fit, start + 1)


@lru_cache(maxsize=8192)
def wrap(text: str, style: TextStyle, max_w: int, max_lines: int | None = None, ellipsis: bool = True) -> tuple[Line, ...]:
    """Greedy word wrap; newlines are honoured, words longer than a line are broken.

    Args:
        text: The text; an empty one is one empty line.
        style: Its style.
        max_w: Width available, px.
        max_lines: At most so many lines; None for as many as it takes.
        ellipsis: Whether the last line ends in "…" when text was left over.

    Returns:
        At least one line, without trailing spaces; widths are rounded up, at most `max_w` unless one character is wider.
    """
    lines: list[Line] = []
    limit = len(text) + 1 if max_lines is None else max(max_lines, 1)
    ends = _ends(text, style)
    start = 0
    while True:
        newline = text.find("\n", start)
        stop = len(text) if newline < 0 else newline
        while True:
            end = _line_end(text, start, stop, ends, max_w) if start < stop else stop
            if len(lines) == limit - 1 and max_lines is not None and (end < stop or newline >= 0):
                rest = text[start:stop]
                shown = _cut(rest, style, max_w) if ellipsis else text[start:end].rstrip()
                return (*lines, Line(shown, width(shown, style)))
            line = text[start:end].rstrip()
            lines.append(Line(line, width(line, style)))
            start = end
            if start >= stop:
                break
        if newline < 0:
            return tuple(lines)
        start = newline + 1


def _cut(rest: str, style: TextStyle, max_w: int) -> str:
    """The beginning of `rest` with an ellipsis that is always there, because more text follows."""
    whole = rest.rstrip() + ELLIPSIS
    return whole if width(whole, style) <= max_w else ellipsize(whole, style, max_w) or ELLIPSIS


def _clusters(text: str) -> list[tuple[int, str]]:
    """(index of its first character, base and marks composed where Unicode can) for each cluster."""
    if text.isascii():
        return list(enumerate(text))
    out: list[tuple[int, str]] = []
    for i, char in enumerate(text):
        if out and ord(char) >= 0x300 and unicodedata.combining(char):
            first, cluster = out[-1]
            out[-1] = (first, unicodedata.normalize("NFC", cluster + char))
        else:
            out.append((i, char))
    return out


@lru_cache(maxsize=4096)
def runs(text: str, style: TextStyle) -> tuple[Run, ...]:
    """The glyphs of a text that needs no shaping, split by font and colour."""
    ends = _ends(text, style)
    out: list[tuple[tuple[str, float, int | None], list[int], list[float]]] = []
    for i, cluster in _clusters(text):
        x = ends[i - 1] if i else 0.0
        for j, char in enumerate(cluster):
            found = glyph(char, style.weight, style.fallback)
            if found is None or char in " \u00a0\n\t\r":
                continue
            key = (found.face, style.size_px * found.scale, found.color)
            if not out or out[-1][0] != key:
                out.append((key, [], []))
            out[-1][1].append(found.glyph_id)
            out[-1][2].append(x if j == 0 else ends[i])
    return tuple(Run(face, size, tuple(glyphs), tuple(xs), color) for (face, size, color), glyphs, xs in out)


class _Boxes(dict[int, tuple[float, float, float, float]]):
    """Glyph → its ink (left, top, right, bottom) in one font, filled on demand."""

    def __init__(self, face: str, size_px: float) -> None:
        super().__init__()
        self.font = font(face, size_px)

    def __missing__(self, index: int) -> tuple[float, float, float, float]:
        box = self.font.getBounds([index])[0]
        self[index] = (box.left(), box.top(), box.right(), box.bottom())
        return self[index]


@lru_cache(maxsize=512)
def _boxes(face: str, size_px: float) -> _Boxes:
    return _Boxes(face, size_px)


@lru_cache(maxsize=16384)
def ink(text: str, style: TextStyle) -> tuple[int, int, int, int]:
    """Bounds (left, top, right, bottom) that hold all of a text's ink, relative to its start on the baseline; (0, 0, 0, 0) if none."""
    if is_complex(text, style):
        up, down = _metrics(style)
        wide, high = paragraphs.size(text, style.size_px, style.weight, style.fallback)
        return (-up, -high - up, wide + up, high + down)
    boxes: list[tuple[float, float, float, float]] = []
    for run in runs(text, style):
        sizes = _boxes(run.face, run.size_px)
        for x, index in zip(run.xs, run.glyphs, strict=True):
            left, top, right, bottom = sizes[index]
            if right > left:
                boxes.append((x + left, top, x + right, bottom))
    if not boxes:
        return (0, 0, 0, 0)
    # One pixel more on every side: glyphs are rasterised at quarter-pixel positions.
    return (
        math.floor(min(b[0] for b in boxes)) - 1,
        math.floor(min(b[1] for b in boxes)) - 1,
        math.ceil(max(b[2] for b in boxes)) + 1,
        math.ceil(max(b[3] for b in boxes)) + 1,
    )
