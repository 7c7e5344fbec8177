"""Small drawings that are neither boxes nor glyphs: arcs, clock hands, checkmarks, charts. Each is a registered painter.

A painter draws into its own canvas of `w` x `h` units from hashable arguments; at another scale the same painter runs on a scaled
canvas, so lengths in the arguments are always in the units of the screen the op was made for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from mobilegym.emulator.phone.ui.fonts import load_skia
from mobilegym.errors import ContentError

__all__ = ["Painter", "painter", "sprite"]

Painter: TypeAlias = Callable[..., None]
"""`paint(canvas, w, h, *args)`."""

_PAINTERS: Final[dict[str, Painter]] = {}


def sprite(name: str) -> Callable[[Painter], Painter]:
    """Registers a painter under a name, once: `@sprite("arc")`. It must be a pure function of its arguments."""

    def register(function: Painter) -> Painter:
        known = _PAINTERS.setdefault(name, function)
        if (known.__module__, known.__qualname__) != (function.__module__, function.__qualname__):
            raise ContentError(f"Two painters are called `{name}`: {known.__module__} and {function.__module__}", key=name)
        return function

    return register


def painter(name: str) -> Painter:
    """The painter of that name.

    Raises:
        ContentError: There is none; the message lists those there are.
    """
    found = _PAINTERS.get(name)
    if found is None:
        raise ContentError(f"No sprite painter is called `{name}`; there are {', '.join(sorted(_PAINTERS))}", key=name)
    return found


def _line(color: int, width: float, *, round_ends: bool = True) -> Any:
    skia = load_skia()
    cap = skia.Paint.kRound_Cap if round_ends else skia.Paint.kButt_Cap
    return skia.Paint(
        AntiAlias=True, Color=color, Style=skia.Paint.kStroke_Style, StrokeWidth=width, StrokeCap=cap, StrokeJoin=skia.Paint.kRound_Join
    )


def _fill(color: int) -> Any:
    return load_skia().Paint(AntiAlias=True, Color=color)


def _path(points: Sequence[tuple[float, float]], *, close: bool) -> Any:
    path = load_skia().Path()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    if close:
        path.close()
    return path


@sprite("arc")
def _arc(canvas: Any, w: int, h: int, color: int, stroke_px: float, start_deg: float, sweep_deg: float) -> None:
    """Part of an ellipse's outline; 0 degrees is at three o'clock, clockwise."""
    inset = stroke_px / 2
    canvas.drawArc(load_skia().Rect.MakeLTRB(inset, inset, w - inset, h - inset), start_deg, sweep_deg, False, _line(color, stroke_px))


@sprite("ring")
def _ring(canvas: Any, w: int, h: int, color: int, track: int, stroke_px: float, fraction: float) -> None:
    """A progress ring that starts at twelve o'clock, over a track."""
    _arc(canvas, w, h, track, stroke_px, 0, 360)
    if fraction > 0:
        _arc(canvas, w, h, color, stroke_px, -90, 360 * min(fraction, 1.0))


@sprite("pie")
def _pie(canvas: Any, w: int, h: int, slices: tuple[tuple[float, int], ...], hole: float = 0.0) -> None:
    """Slices of (share, colour) clockwise from the top; `hole` is the inner radius as a fraction of the outer."""
    skia = load_skia()
    total = sum(share for share, _ in slices) or 1.0
    start = -90.0
    for share, color in slices:
        sweep = 360 * share / total
        canvas.drawArc(skia.Rect.MakeWH(w, h), start, sweep, True, _fill(color))
        start += sweep
    if hole > 0:
        clear = skia.Paint(AntiAlias=True, BlendMode=skia.BlendMode.kClear)
        canvas.drawOval(skia.Rect.MakeXYWH(w * (1 - hole) / 2, h * (1 - hole) / 2, w * hole, h * hole), clear)


@sprite("polyline")
def _polyline(canvas: Any, w: int, h: int, points: tuple[tuple[float, float], ...], color: int, stroke_px: float, fill: int = 0) -> None:
    """A line through points in fractions of the box; `fill` colours the area down to the lower edge."""
    absolute = [(x * w, y * h) for x, y in points]
    if fill >> 24 and len(points) > 1:
        canvas.drawPath(_path([(absolute[0][0], h), *absolute, (absolute[-1][0], h)], close=True), _fill(fill))
    if len(points) > 1:
        canvas.drawPath(_path(absolute, close=False), _line(color, stroke_px))


@sprite("polygon")
def _polygon(canvas: Any, w: int, h: int, points: tuple[tuple[float, float], ...], color: int) -> None:
    """A filled polygon of points in fractions of the box."""
    canvas.drawPath(_path([(x * w, y * h) for x, y in points], close=True), _fill(color))


@sprite("check")
def _check(canvas: Any, w: int, h: int, color: int, stroke_px: float) -> None:
    """A checkmark that fills the box."""
    _polyline(canvas, w, h, ((0.15, 0.52), (0.4, 0.77), (0.86, 0.25)), color, stroke_px)


@sprite("hand")
def _hand(canvas: Any, w: int, h: int, angle_deg: float, length: float, stroke_px: float, color: int) -> None:
    """A clock hand from the centre; 0 degrees is at twelve o'clock, `length` a fraction of half the box."""
    angle = math.radians(angle_deg)
    reach = length * min(w, h) / 2
    cx, cy = w / 2, h / 2
    canvas.drawLine(cx, cy, cx + reach * math.sin(angle), cy - reach * math.cos(angle), _line(color, stroke_px))


@sprite("clock_ticks")
def _clock_ticks(canvas: Any, w: int, h: int, color: int, stroke_px: float, count: int = 12) -> None:
    """Marks around a clock face."""
    radius = min(w, h) / 2
    for i in range(count):
        angle = 2 * math.pi * i / count
        dx, dy = math.sin(angle), -math.cos(angle)
        a, b = radius * 0.9, radius * 0.97
        canvas.drawLine(w / 2 + dx * a, h / 2 + dy * a, w / 2 + dx * b, h / 2 + dy * b, _line(color, stroke_px))


@sprite("wave")
def _wave(canvas: Any, w: int, h: int, levels: tuple[float, ...], color: int, stroke_px: float) -> None:
    """Bars of a sound, one per level from 0 to 1, centred on the middle line."""
    paint = _line(color, stroke_px)
    for i, level in enumerate(levels):
        x = (i + 0.5) * w / len(levels)
        reach = max(level, 0.02) * (h - stroke_px) / 2
        canvas.drawLine(x, h / 2 - reach, x, h / 2 + reach, paint)


@sprite("squiggle")
def _squiggle(canvas: Any, w: int, h: int, color: int, stroke_px: float, periods: float) -> None:
    """A sine line from edge to edge, as on the media player's progress bar."""
    steps = max(int(periods * 24), 8)
    amplitude = (h - stroke_px) / 2
    inset = stroke_px / 2
    points = [
        (inset + (w - stroke_px) * i / steps, h / 2 - amplitude * math.sin(2 * math.pi * periods * i / steps)) for i in range(steps + 1)
    ]
    canvas.drawPath(_path(points, close=False), _line(color, stroke_px))


@sprite("gradient")
def _gradient(canvas: Any, w: int, h: int, first: int, last: int, horizontal: bool = False, radius: float = 0.0) -> None:
    """A two-colour gradient, top to bottom or left to right."""
    skia = load_skia()
    ends = [skia.Point(0, 0), skia.Point(w, 0) if horizontal else skia.Point(0, h)]
    paint = skia.Paint(AntiAlias=True, Shader=skia.GradientShader.MakeLinear(points=ends, colors=[first, last]))
    canvas.drawRoundRect(skia.Rect.MakeWH(w, h), radius, radius, paint)


@sprite("color_wheel")
def _color_wheel(canvas: Any, w: int, h: int) -> None:
    """Hues around, saturation outwards."""
    skia = load_skia()
    hues = [0xFFFF0000, 0xFFFFFF00, 0xFF00FF00, 0xFF00FFFF, 0xFF0000FF, 0xFFFF00FF, 0xFFFF0000]
    radius = min(w, h) / 2
    canvas.drawCircle(w / 2, h / 2, radius, skia.Paint(AntiAlias=True, Shader=skia.GradientShader.MakeSweep(w / 2, h / 2, hues)))
    white = skia.GradientShader.MakeRadial(center=skia.Point(w / 2, h / 2), radius=radius, colors=[0xFFFFFFFF, 0x00FFFFFF])
    canvas.drawCircle(w / 2, h / 2, radius, skia.Paint(AntiAlias=True, Shader=white))


@sprite("dashes")
def _dashes(canvas: Any, w: int, h: int, color: int, stroke_px: float, on_px: float, off_px: float, radius: float = 0.0) -> None:
    """A dashed outline inside the box."""
    skia = load_skia()
    paint = _line(color, stroke_px, round_ends=False)
    paint.setPathEffect(skia.DashPathEffect.Make([on_px, off_px], 0))
    inset = stroke_px / 2
    canvas.drawRoundRect(skia.Rect.MakeLTRB(inset, inset, w - inset, h - inset), radius, radius, paint)
