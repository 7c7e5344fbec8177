"""From fingers to gestures: what a phone makes of the points that fingers draw on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from mobilegym.emulator.phone.device import VirtualPhone
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["LONG_PRESS_MS", "Gesture", "Point", "Stroke", "Touch", "perform_tracks", "recognise"]

LONG_PRESS_MS: Final = 400
_SLOP_PX: Final = 24
_DOUBLE_TAP_MS: Final = 300
_DOUBLE_TAP_PX: Final = 100
_PINCH: Final = 1.15
"""Fingers that come apart by less than this factor do not pinch."""

Point: TypeAlias = tuple[float, float, float]
"""`(t_ms, x, y)`, device px."""
Stroke: TypeAlias = Sequence[Point]
"""One finger from its touching the screen to its leaving it; at least one point, in order of time."""


class Gesture(NamedTuple):
    """What one or several strokes amount to."""

    kind: Literal["tap", "double_tap", "press", "swipe", "drag", "pinch_open", "pinch_close"]
    """`press` is held in place, `drag` is held before it moves."""
    at_ms: float
    x: float
    y: float
    to_x: float
    to_y: float
    ms: int


def recognise(strokes: Sequence[Stroke], width: int, height: int) -> list[Gesture]:
    """The gestures of some strokes, by the time they begin.

    Args:
        strokes: Any number of fingers, one after the other or together. Those that begin off the screen are ignored.
        width: Of the screen, px.
        height: Of the screen, px.
    """
    inside = [s for s in strokes if s and 0 <= s[0][1] <= width and 0 <= s[0][2] <= height]
    inside.sort(key=lambda s: s[0][0])
    groups: list[list[Stroke]] = []
    until = float("-inf")
    for stroke in inside:
        if groups and stroke[0][0] < until:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
        until = max(until, stroke[-1][0])
    found: list[Gesture] = []
    for group in groups:
        gesture = _one(group[0]) if len(group) == 1 else _several(group)
        if gesture is None:
            continue
        before = found[-1] if found else None
        if before is not None and _is_double(before, gesture):
            found[-1] = before._replace(kind="double_tap", ms=round(gesture.at_ms + gesture.ms - before.at_ms))
        else:
            found.append(gesture)
    return found


def _is_double(first: Gesture, second: Gesture) -> bool:
    near = abs(first.x - second.x) <= _DOUBLE_TAP_PX and abs(first.y - second.y) <= _DOUBLE_TAP_PX
    return first.kind == second.kind == "tap" and near and second.at_ms - first.at_ms - first.ms <= _DOUBLE_TAP_MS


def _one(stroke: Stroke) -> Gesture | None:
    (start, x, y), (end, to_x, to_y) = stroke[0], stroke[-1]
    ms = round(end - start)
    leaves = next((i for i, p in enumerate(stroke) if abs(p[1] - x) >= _SLOP_PX or abs(p[2] - y) >= _SLOP_PX), None)
    if leaves is None:
        return Gesture("tap" if ms < LONG_PRESS_MS else "press", start, x, y, x, y, ms)
    if abs(to_x - x) < _SLOP_PX and abs(to_y - y) < _SLOP_PX:
        return None  # there and back again: whatever scrolled is where it was
    held = max((p[0] - start for p in stroke[:leaves]), default=0)
    return Gesture("drag" if held >= LONG_PRESS_MS else "swipe", start, x, y, to_x, to_y, ms)


def _several(group: list[Stroke]) -> Gesture | None:
    if len(group) != 2:
        return None
    (start, ax, ay), (_, bx, by) = group[0][0], group[1][0]
    (_, cx, cy), (_, dx, dy) = group[0][-1], group[1][-1]
    ms = round(max(s[-1][0] for s in group) - start)
    before, after = ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5, ((cx - dx) ** 2 + (cy - dy) ** 2) ** 0.5
    x, y = (ax + bx) / 2, (ay + by) / 2
    if max(before, after) > _SLOP_PX and after > before * _PINCH:
        return Gesture("pinch_open", start, x, y, x, y, ms)
    if max(before, after) > _SLOP_PX and before > after * _PINCH:
        return Gesture("pinch_close", start, x, y, x, y, ms)
    both = _one(group[0])  # two fingers side by side do what one does, if they move at all
    return both if both is not None and both.kind == "swipe" else None


def _act(kernel: Kernel, gesture: Gesture) -> None:
    kind, _, x, y, to_x, to_y, ms = gesture
    touch = kernel.input
    kernel.shell.touched()
    if not kernel.hardware.screen_on:
        return
    match kind:
        case "tap":
            touch.tap(x, y)
        case "double_tap":
            touch.double_tap(x, y)
        case "press":
            touch.long_press(x, y, ms)
        case "swipe":
            touch.swipe(x, y, to_x, to_y, ms)
        case "drag":
            if touch.takes_long(x, y):
                touch.long_press(x, y, ms)
            else:
                touch.swipe(x, y, to_x, to_y, ms)
        case "pinch_open" | "pinch_close":
            touch.pinch(x, y, apart=kind == "pinch_open")


def perform_tracks(phone: VirtualPhone, tracks: Sequence[Stroke]) -> int:
    """Carry out what fingers draw. Virtual time passes up to the last gesture's beginning.

    Returns:
        Virtual ms that the last gesture itself still takes, for `System.acted`.
    """
    ui = phone.kernel.ui
    now: float | None = None
    rest = 0
    for gesture in recognise(tracks, ui.width, ui.height):
        if now is not None and gesture.at_ms > now:
            phone.pass_time(round(gesture.at_ms - now))
        now, rest = gesture.at_ms, gesture.ms
        _act(phone.kernel, gesture)
    end = max((s[-1][0] for s in tracks if s), default=0)
    return max(rest, round(end - now)) if now is not None else 0


class Touch:
    """Fingers event by event. What they do happens when the last one leaves the screen; until then they are just held.

    Args:
        phone: What they touch.
    """

    def __init__(self, phone: VirtualPhone) -> None:
        self._phone = phone
        self._down: dict[int, list[Point]] = {}
        self._done: list[list[Point]] = []

    @property
    def held(self) -> frozenset[int]:
        """Pointers that touch the screen now."""
        return frozenset(self._down)

    def down(self, pointer: int, t_ms: float, x: float, y: float) -> None:
        """A finger touches the screen; one that did already, starts anew."""
        self._down[pointer] = [(t_ms, x, y)]

    def move(self, pointer: int, t_ms: float, x: float, y: float) -> None:
        """A finger moves; one that does not touch the screen is not noticed."""
        track = self._down.get(pointer)
        if track is not None:
            track.append((max(t_ms, track[-1][0]), x, y))

    def up(self, pointer: int, t_ms: float, x: float | None = None, y: float | None = None) -> bool:
        """A finger leaves the screen, by default where it was last. True where this ended a gesture, which is then carried out."""
        track = self._down.pop(pointer, None)
        if track is None:
            return False
        last = track[-1]
        track.append((max(t_ms, last[0]), last[1] if x is None else x, last[2] if y is None else y))
        self._done.append(track)
        if self._down:
            return False
        tracks, self._done = self._done, []
        ui = self._phone.kernel.ui
        gestures = recognise(tracks, ui.width, ui.height)
        for gesture in gestures:
            _act(self._phone.kernel, gesture)
        return bool(gestures)

    def cancel(self) -> None:
        """All fingers leave, and nothing comes of it."""
        self._down.clear()
        self._done.clear()
