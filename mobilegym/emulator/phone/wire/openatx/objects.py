"""Methods about objects: finding, waiting, reading, touching, typing, scrolling."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from mobilegym.emulator.phone.wire.automation.nodes import Node
from mobilegym.emulator.phone.wire.automation.scrolling import FLING_STEPS, SCROLL_STEPS
from mobilegym.emulator.phone.wire.automation.selector import UiSelector
from mobilegym.emulator.phone.wire.openatx.parameters import BadParameters, Parameters, selector_of
from mobilegym.emulator.phone.wire.openatx.rpc import NoNode, Rpc
from mobilegym.observation import Bounds

__all__ = [
    "OBJECT_METHODS", "Method", "child_by_instance", "clear_text_field", "click", "click_and_wait", "count", "drag", "drag_to",
    "exist", "gesture", "get_child", "get_from_parent", "get_object", "get_parent", "get_text", "long_click", "obj_info",
    "obj_infos", "scroll_to", "set_text", "swipe_object", "wait_for_exists", "wait_until_gone",
]  # fmt: skip

Method = Callable[[Rpc, Parameters], "object | Awaitable[object]"]
_STEP_MS: Final = 5
_LONG_MS: Final = 500
_MARGIN: Final = 0.1
_WAIT_MS: Final = 10_000


def _info(node: Node) -> dict[str, object]:
    e = node.element
    bounds = _rect(e.bounds)
    return {
        "bounds": bounds, "checkable": e.checkable, "checked": e.checked, "childCount": len(node.children), "className": e.cls,
        "clickable": e.clickable, "contentDescription": e.content_desc or None, "enabled": e.enabled, "focusable": e.focusable,
        "focused": e.focused, "longClickable": e.long_clickable, "packageName": e.package, "resourceName": e.resource_id or None,
        "scrollable": e.scrollable, "selected": e.selected, "text": e.text or None, "visibleBounds": bounds,
    }  # fmt: skip


def _rect(bounds: Bounds) -> dict[str, int]:
    left, top, right, bottom = bounds
    return {"bottom": bottom, "left": left, "right": right, "top": top}


# ---------------------------------------------------------------------- finding


def exist(rpc: Rpc, p: Parameters) -> bool:
    """Whether something matches now."""
    return rpc.find(p.target()) is not None


def count(rpc: Rpc, p: Parameters) -> int:
    """How many match."""
    return len(rpc.find_all(p.target()))


def obj_info(rpc: Rpc, p: Parameters) -> object:
    """Everything about the first that matches."""
    return _info(rpc.need(p.target()))


def obj_infos(rpc: Rpc, p: Parameters) -> object:
    """Everything about all that match."""
    return [_info(node) for node in rpc.find_all(p.target())]


async def wait_for_exists(rpc: Rpc, p: Parameters) -> bool:
    """Wait until something matches."""
    return await rpc.wait(p.target(), p.count(_WAIT_MS))


async def wait_until_gone(rpc: Rpc, p: Parameters) -> bool:
    """Wait until nothing matches."""
    return await rpc.wait(p.target(), p.count(_WAIT_MS), gone=True)


def get_object(rpc: Rpc, p: Parameters) -> str:
    """A name for the object, to be used instead of a selector."""
    return rpc.objects.add(rpc.need(p.target()))


def get_child(rpc: Rpc, p: Parameters) -> str:
    """What matches below an object."""
    node, inner = rpc.need(p.target()), selector_of(p.take())
    child = inner.find(node, inside=True)
    if child is None:
        raise NoNode("no child matches")
    return rpc.objects.add(child)


def get_from_parent(rpc: Rpc, p: Parameters) -> str:
    """What matches beside an object."""
    node, inner = rpc.need(p.target()), selector_of(p.take())
    sibling = inner.find(node.parent, inside=True)
    if sibling is None:
        raise NoNode("no sibling matches")
    return rpc.objects.add(sibling)


def get_parent(rpc: Rpc, p: Parameters) -> str:
    """What an object is in."""
    node = rpc.need(p.target())
    if node.parent is None:
        raise NoNode("the object is in nothing")
    return rpc.objects.add(node.parent)


def _child_by(criterion: str) -> Method:
    def method(rpc: Rpc, p: Parameters) -> str:
        target, row = p.target(), selector_of(p.take())
        wanted, scroll = UiSelector({criterion: p.text()}), p.flag(default=False)
        return rpc.objects.add(rpc.scrollable(target).child(row, wanted, scroll=scroll))

    return method


def child_by_instance(rpc: Rpc, p: Parameters) -> str:
    """A row by its number."""
    target, row = p.target(), selector_of(p.take())
    return rpc.objects.add(rpc.scrollable(target).child_at(row, p.count()))


# ---------------------------------------------------------------------- text


def get_text(rpc: Rpc, p: Parameters) -> str:
    """Its text."""
    return rpc.need(p.target()).element.text


def set_text(rpc: Rpc, p: Parameters) -> bool:
    """Type instead of what is in a field."""
    node = rpc.need(p.target())
    text = p.text()
    return _focus(rpc, node) and rpc.actor.type_text(text, clear=True)


def clear_text_field(rpc: Rpc, p: Parameters) -> None:
    """Empty a field."""
    if _focus(rpc, rpc.need(p.target())):
        rpc.actor.type_text("", clear=True)


def _focus(rpc: Rpc, node: Node) -> bool:
    ime = rpc.kernel.ime
    if not node.element.focused or ime.spec() is None:
        rpc.actor.tap(*node.bounds.center)
        rpc.actor.rest()
    return ime.spec() is not None


# ---------------------------------------------------------------------- touches


def click(rpc: Rpc, p: Parameters) -> bool:
    """Tap a point, hold it for some ms, or tap an object (`tl` or `br`: its corner)."""
    if isinstance(p.next, (int, float)):
        x, y = p.number(), p.number()
        if p:
            rpc.actor.long_press(x, y, p.count())
        else:
            rpc.actor.tap(x, y)
        return True
    rpc.actor.tap(*_corner(rpc.need(p.target()), p))
    return True


def long_click(rpc: Rpc, p: Parameters) -> bool:
    """Hold an object."""
    x, y = _corner(rpc.need(p.target()), p)
    rpc.actor.long_press(x, y, _LONG_MS)
    return True


def _corner(node: Node, p: Parameters) -> tuple[float, float]:
    left, top, right, bottom = node.bounds
    corner = p.text() if isinstance(p.next, str) else ""
    return (left + 5, top + 5) if corner == "tl" else (right - 5, bottom - 5) if corner == "br" else node.bounds.center


async def click_and_wait(rpc: Rpc, p: Parameters) -> bool:
    """Tap an object; whether another window came up."""
    before = _titles(rpc)
    rpc.actor.tap(*rpc.need(p.target()).bounds.center)
    rpc.actor.rest()
    timeout, waited = p.count(_WAIT_MS), 0
    while _titles(rpc) == before and waited < timeout:
        await rpc.system.sleep(100)
        waited += 100
    return _titles(rpc) != before


def _titles(rpc: Rpc) -> list[str]:
    from mobilegym.emulator.phone.hierarchy import windows_info

    return [w.title for w in windows_info(rpc.kernel) if w.title != "Toast"]


def drag_to(rpc: Rpc, p: Parameters) -> bool:
    """Hold an object and move it to a point or onto another object."""
    start = rpc.need(p.target()).bounds.center
    end = (p.number(), p.number()) if isinstance(p.next, (int, float)) else rpc.need(p.target()).bounds.center
    return drag(rpc, start, end, p.count(SCROLL_STEPS))


def drag(rpc: Rpc, start: tuple[float, float], end: tuple[float, float], steps: int) -> bool:
    """Hold a point, then move the finger."""
    ms = float(_LONG_MS + min(max(steps, 1), 10_000) * _STEP_MS)
    rpc.actor.tracks([[(0.0, *start), (float(_LONG_MS), *start), (ms, *end)]])
    return True


def swipe_object(rpc: Rpc, p: Parameters) -> bool:
    """Swipe on an object: `direction, steps` or `direction, percent, steps`."""
    left, top, right, bottom = rpc.need(p.target()).bounds
    way = p.text().lower()
    share, steps = 1.0, p.number(SCROLL_STEPS)
    if p:
        share, steps = min(max(steps, 0.0), 1.0), p.number()
    x, y = (left + right) / 2, (top + bottom) / 2
    dx, dy = (right - left) * (0.5 - _MARGIN) * share, (bottom - top) * (0.5 - _MARGIN) * share
    ends = {"left": (x + dx, y, x - dx, y), "right": (x - dx, y, x + dx, y), "up": (x, y + dy, x, y - dy), "down": (x, y - dy, x, y + dy)}
    if way[:1] not in "lrud" or not way:
        raise BadParameters(f"no direction: {way!r}"[:100])
    full = next(name for name in ends if name[0] == way[0])
    rpc.actor.swipe(*ends[full], round(max(1.0, steps)) * _STEP_MS)
    return True


def gesture(rpc: Rpc, p: Parameters) -> bool:
    """Two fingers, each from one point to another."""
    rpc.need(p.target())
    starts, ends = (p.point(), p.point()), (p.point(), p.point())
    ms = float(max(1, p.count(100)) * _STEP_MS)
    rpc.actor.tracks([[(0.0, *start), (ms, *end)] for start, end in zip(starts, ends, strict=True)])
    return True


def _pinch(*, apart: bool) -> Method:
    def method(rpc: Rpc, p: Parameters) -> bool:
        left, top, right, bottom = rpc.need(p.target()).bounds
        share, steps = min(max(p.number(100), 1.0), 100.0) / 100, p.count(50)
        x, y = (left + right) / 2, (top + bottom) / 2
        far, near = max(20.0, (right - left) / 2 * share - 20), 10.0
        start, end = (near, far) if apart else (far, near)
        ms = float(min(max(1, steps), 10_000) * _STEP_MS)
        rpc.actor.tracks([[(0.0, x - start, y), (ms, x - end, y)], [(0.0, x + start, y), (ms, x + end, y)]])
        return True

    return method


# ---------------------------------------------------------------------- scrolling


def _step(*, forward: bool, steps: int) -> Method:
    def method(rpc: Rpc, p: Parameters) -> bool:
        target, vertical = p.target(), p.flag(default=True)
        return rpc.scrollable(target, vertical=vertical).scroll(forward=forward, steps=p.count(steps))

    return method


def _to_end(*, end: bool, steps: int) -> Method:
    def method(rpc: Rpc, p: Parameters) -> bool:
        target, vertical, swipes = p.target(), p.flag(default=True), p.count(500)
        return rpc.scrollable(target, vertical=vertical).scroll_to(end=end, max_swipes=swipes, steps=p.count(steps))

    return method


def scroll_to(rpc: Rpc, p: Parameters) -> bool:
    """Scroll until something in the container matches."""
    target, wanted = p.target(), selector_of(p.take())
    return rpc.scrollable(target, vertical=p.flag(default=True)).into_view(wanted) is not None


OBJECT_METHODS: Final[Mapping[str, Method]] = {
    "exist": exist, "count": count, "objInfo": obj_info, "objInfoOfAllInstances": obj_infos, "waitForExists": wait_for_exists,
    "waitUntilGone": wait_until_gone, "getUiObject": get_object, "getChild": get_child, "getFromParent": get_from_parent,
    "getParent": get_parent, "childByText": _child_by("text"), "childByDescription": _child_by("description"),
    "childByInstance": child_by_instance, "getText": get_text, "setText": set_text, "clearTextField": clear_text_field, "click": click,
    "longClick": long_click, "clickAndWaitForNewWindow": click_and_wait, "dragTo": drag_to, "gesture": gesture,
    "pinchIn": _pinch(apart=False), "pinchOut": _pinch(apart=True), "scrollForward": _step(forward=True, steps=SCROLL_STEPS),
    "scrollBackward": _step(forward=False, steps=SCROLL_STEPS), "flingForward": _step(forward=True, steps=FLING_STEPS),
    "flingBackward": _step(forward=False, steps=FLING_STEPS), "scrollToBeginning": _to_end(end=False, steps=SCROLL_STEPS),
    "scrollToEnd": _to_end(end=True, steps=SCROLL_STEPS), "flingToBeginning": _to_end(end=False, steps=FLING_STEPS),
    "flingToEnd": _to_end(end=True, steps=FLING_STEPS), "scrollTo": scroll_to,
}  # fmt: skip
"""Name → method."""
