"""A canvas in the units of a scene, for pictures made from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from mobilegym.emulator.phone.ui.fonts import font, load_skia

__all__ = ["Brush", "Scene", "mix"]

Scene: TypeAlias = Callable[["Brush", random.Random, str | None], None]
"""Paints one picture: brush, source of its variation, caption."""


def mix(first: int, second: int, share: float) -> int:
    """The opaque colour between two, `share` of the way to the second."""
    out = 0xFF000000
    for shift in (16, 8, 0):
        a, b = first >> shift & 0xFF, second >> shift & 0xFF
        out |= int(a + (b - a) * share + 0.5) << shift
    return out


class Brush:
    """Draws antialiased shapes on a canvas whose units are those of the scene; colours are ARGB."""

    def __init__(self, canvas: Any, w: float, h: float) -> None:
        self.canvas = canvas
        self.w = w
        """Width of the scene, units."""
        self.h = h
        self.skia = load_skia()

    def paint(self, color: int, stroke: float = 0.0) -> Any:
        """A paint that fills, or strokes if `stroke` is given."""
        made = self.skia.Paint(AntiAlias=True, Color=color)
        if stroke:
            made.setStyle(self.skia.Paint.kStroke_Style)
            made.setStrokeWidth(stroke)
            made.setStrokeCap(self.skia.Paint.kRound_Cap)
            made.setStrokeJoin(self.skia.Paint.kRound_Join)
        return made

    def gradient(self, y: float, h: float, *colors: int, x: float = 0, w: float | None = None) -> None:
        """A vertical gradient over the whole width, or over `w` from `x`."""
        points = [self.skia.Point(0, y), self.skia.Point(0, y + h)]
        paint = self.skia.Paint(AntiAlias=True, Shader=self.skia.GradientShader.MakeLinear(points=points, colors=list(colors)))
        self.canvas.drawRect(self.skia.Rect.MakeXYWH(x, y, self.w if w is None else w, h), paint)

    def glow(self, x: float, y: float, r: float, color: int) -> None:
        """Light that fades to nothing at radius `r`."""
        shader = self.skia.GradientShader.MakeRadial(center=self.skia.Point(x, y), radius=r, colors=[color, color & 0x00FFFFFF])
        self.canvas.drawCircle(x, y, r, self.skia.Paint(AntiAlias=True, Shader=shader))

    def rect(self, x: float, y: float, w: float, h: float, color: int, radius: float = 0.0) -> None:
        self.canvas.drawRoundRect(self.skia.Rect.MakeXYWH(x, y, w, h), radius, radius, self.paint(color))

    def circle(self, x: float, y: float, r: float, color: int, stroke: float = 0.0) -> None:
        self.canvas.drawCircle(x, y, r, self.paint(color, stroke))

    def oval(self, x: float, y: float, w: float, h: float, color: int, turn_deg: float = 0.0) -> None:
        """An ellipse in a box, turned about the middle of the box."""
        self.canvas.save()
        self.canvas.rotate(turn_deg, x + w / 2, y + h / 2)
        self.canvas.drawOval(self.skia.Rect.MakeXYWH(x, y, w, h), self.paint(color))
        self.canvas.restore()

    def arc(self, x: float, y: float, w: float, h: float, start: float, sweep: float, color: int, stroke: float = 0.0) -> None:
        """Part of an ellipse; a slice of it if `stroke` is 0."""
        self.canvas.drawArc(self.skia.Rect.MakeXYWH(x, y, w, h), start, sweep, not stroke, self.paint(color, stroke))

    def line(self, points: Sequence[tuple[float, float]], color: int, stroke: float) -> None:
        self.canvas.drawPath(self._path(points), self.paint(color, stroke))

    def poly(self, points: Sequence[tuple[float, float]], color: int) -> None:
        path = self._path(points)
        path.close()
        self.canvas.drawPath(path, self.paint(color))

    def hill(self, points: Sequence[tuple[float, float]], color: int, floor: float | None = None) -> None:
        """A smooth ridge through points from left to right, filled down to `floor`, or to the lower edge."""
        bottom = self.h if floor is None else floor
        path = self._path([(points[0][0], bottom), points[0]])
        for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
            middle = (x1 + x2) / 2
            path.cubicTo(middle, y1, middle, y2, x2, y2)
        path.lineTo(points[-1][0], bottom)
        path.close()
        self.canvas.drawPath(path, self.paint(color))

    def text(self, x: float, y: float, content: str, size: float, color: int, weight: str = "regular") -> None:
        """A line of text on the baseline `y`."""
        self.canvas.drawString(content, x, y, font(weight, size), self.paint(color))

    def text_width(self, content: str, size: float, weight: str = "regular") -> float:
        return float(font(weight, size).measureText(content))

    def _path(self, points: Sequence[tuple[float, float]]) -> Any:
        path = self.skia.Path()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        return path
