"""Gesture routes of Appium: clicks, drags, swipes, scrolls, flings and pinches on an element or an area."""

from __future__ import annotations

import math
from typing import Final

from mobilegym.emulator.phone.wire.automation.actor import Way
from mobilegym.emulator.phone.wire.automation.errors import bad_value, no_such_element
from mobilegym.emulator.phone.wire.automation.nodes import Node
from mobilegym.emulator.phone.wire.automation.scrolling import Scrollable
from mobilegym.emulator.phone.wire.automation.selector import UiSelector
from mobilegym.emulator.phone.wire.uiautomator2.finding import find_nodes
from mobilegym.emulator.phone.wire.uiautomator2.request import Arguments, Point, number_in
from mobilegym.observation import Bounds

__all__ = ["click", "double_click", "drag", "fling", "long_click", "pinch_close", "pinch_open", "scroll", "scroll_to", "swipe"]

_WAYS: Final = ("up", "down", "left", "right")
_OPPOSITE: Final[dict[Way, Way]] = {"up": "down", "down": "up", "left": "right", "right": "left"}
_MARGIN: Final = 0.1
"""Share of an element that gestures leave out at each edge."""
_LONG_MS: Final = 500
_SWIPE_SPEED, _FLING_SPEED, _DRAG_SPEED, _PINCH_SPEED = 5000, 7500, 2500, 1000
"""Defaults, dp per second."""
_PAUSE_MS: Final = 250
_MOST_SEGMENTS: Final = 50


def _place(a: Arguments, name: str) -> Point:
    """A point: relative to the origin's corner, on the screen without one, the origin's middle where no point is given."""
    origin, point = a.origin(), a.mapping(name)
    if point is None:
        if origin is None:
            raise bad_value(f"either an origin or `{name}` must be given")
        return origin.bounds.center
    x, y = number_in(point, "x"), number_in(point, "y")
    return (origin.bounds.left + x, origin.bounds.top + y) if origin is not None else (x, y)


def click(a: Arguments) -> None:
    """`mobile: clickGesture`."""
    a.session.actor.tap(*_place(a, "offset"))


def double_click(a: Arguments) -> None:
    """`mobile: doubleClickGesture`."""
    a.session.actor.double_tap(*_place(a, "offset"))


def long_click(a: Arguments) -> None:
    """`mobile: longClickGesture`."""
    a.session.actor.long_press(*_place(a, "offset"), round(a.number("duration", _LONG_MS)))


def drag(a: Arguments) -> None:
    """`mobile: dragGesture`: held, then moved."""
    start = _place(a, "start")
    end = a.mapping("end")
    if end is None:
        raise bad_value("`end` must be given: where to drag to")
    target = number_in(end, "x"), number_in(end, "y")
    ms = _ms(a, math.dist(start, target), _DRAG_SPEED)
    track = [(0.0, *start), (float(_LONG_MS), *start), (float(_LONG_MS + ms), *target)]
    a.session.actor.tracks([track])


def _area(a: Arguments) -> Bounds:
    origin = a.origin()
    area = a.mapping("area")
    if origin is not None:
        left, top, right, bottom = origin.bounds
        dx, dy = round((right - left) * _MARGIN), round((bottom - top) * _MARGIN)
        return Bounds(left + dx, top + dy, right - dx, bottom - dy)
    if area is None:
        raise bad_value("either an origin or an area must be given")
    left, top = number_in(area, "left"), number_in(area, "top")
    width, height = number_in(area, "width"), number_in(area, "height")
    if width <= 0 or height <= 0:
        raise bad_value(f"the area must have a size, got {width:g} x {height:g}")
    return Bounds(round(left), round(top), round(left + width), round(top + height))


def _ms(a: Arguments, distance: float, default_dp: int) -> int:
    speed = a.number("speed", default_dp * a.session.system.kernel.ui.density / 160)
    if speed <= 0:
        raise bad_value(f"`speed` must be more than 0, got {speed:g}")
    return min(max(round(distance / speed * 1000), 1), 60_000)


def _way(a: Arguments) -> Way:
    way = a.text("direction").lower()
    if way not in _WAYS:
        raise bad_value(f"`direction` must be one of {', '.join(_WAYS)}; got {way!r}")
    return way


def _percent(a: Arguments) -> float:
    percent = a.number("percent")
    if percent < 0:
        raise bad_value(f"`percent` must not be negative, got {percent:g}")
    return percent


def _line(area: Bounds, way: Way, percent: float) -> tuple[Point, Point]:
    left, top, right, bottom = area
    x, y = area.center
    match way:
        case "left":
            return (right - 1, y), (right - 1 - (right - left) * percent, y)
        case "right":
            return (left, y), (left + (right - left) * percent, y)
        case "up":
            return (x, bottom - 1), (x, bottom - 1 - (bottom - top) * percent)
        case "down":
            return (x, top), (x, top + (bottom - top) * percent)


def swipe(a: Arguments) -> None:
    """`mobile: swipeGesture`: the finger moves in `direction`."""
    start, end = _line(_area(a), _way(a), min(_percent(a), 1.0))
    a.session.actor.swipe(*start, *end, _ms(a, math.dist(start, end), _SWIPE_SPEED))


def scroll(a: Arguments) -> bool:
    """`mobile: scrollGesture`: shows what lies in `direction`. Returns whether there is more."""
    way, percent, area = _way(a), _percent(a), _area(a)
    actor, middle = a.session.actor, area.center
    for _ in range(_MOST_SEGMENTS):
        if percent <= 0:
            break
        start, end = _line(area, _OPPOSITE[way], min(percent, 1.0))
        actor.swipe(*start, *end, _ms(a, math.dist(start, end), _SWIPE_SPEED))
        actor.rest()
        if not actor.can_scroll(*middle, way):
            return False
        percent -= 1.0
    return bool(actor.can_scroll(*middle, way))


def fling(a: Arguments) -> bool:
    """`mobile: flingGesture`: a quick swipe over the whole area. Returns whether there is more."""
    way, area = _way(a), _area(a)
    start, end = _line(area, _OPPOSITE[way], 1.0)
    a.session.actor.swipe(*start, *end, _ms(a, math.dist(start, end), _FLING_SPEED))
    a.session.actor.rest()
    return bool(a.session.actor.can_scroll(*area.center, way))


def _pinch(a: Arguments, *, apart: bool) -> None:
    area, percent = _area(a), min(_percent(a), 1.0)
    x, y = area.center
    reach = min(area.right - area.left, area.bottom - area.top) / 2 * percent
    near, far = max(1.0, min(10.0, reach / 4)), reach
    ms = float(_ms(a, reach, _PINCH_SPEED))
    start, end = (near, far) if apart else (far, near)
    a.session.actor.tracks([[(0.0, x - start, y), (ms, x - end, y)], [(0.0, x + start, y), (ms, x + end, y)]])


def pinch_open(a: Arguments) -> None:
    """`mobile: pinchOpenGesture`."""
    _pinch(a, apart=True)


def pinch_close(a: Arguments) -> None:
    """`mobile: pinchCloseGesture`."""
    _pinch(a, apart=False)


def scroll_to(a: Arguments) -> None:
    """`mobile: scroll`: scrolls until something is in view."""
    session, params = a.session, a.mapping("params") or a.body
    strategy, selector = params.get("strategy"), params.get("selector")
    if not isinstance(strategy, str) or not isinstance(selector, str):
        raise bad_value("`strategy` and `selector` must be given")
    origin = a.origin()
    handle = session.elements.add(origin) if origin is not None else ""

    def container(wanted: UiSelector) -> Node | None:
        if handle:
            return session.node(handle)
        return next((n for t in session.trees() if (n := wanted.find(t.root)) is not None), None)

    def there() -> bool:
        return bool(find_nodes(session, strategy, selector, None, first=True))

    target = Scrollable(UiSelector({"scrollable": True}), container, session.actor)
    target.max_swipes = round(number_in(params, "maxSwipes", target.max_swipes))
    if there():
        return
    target.scroll_to(end=False)
    for _ in range(min(target.max_swipes, 1_000)):
        if there():
            return
        if not target.scroll(forward=True):
            break
    if not there():
        raise no_such_element(f"Cannot scroll to an element: nothing matches {strategy} {selector!r}"[:300])
