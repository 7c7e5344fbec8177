"""Carries out what a selector expression says: builds `UiSelector`s, scrolls `UiScrollable`s, picks from `UiCollection`s."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, cast

from mobilegym.emulator.phone.wire.automation.actor import Actor
from mobilegym.emulator.phone.wire.automation.errors import bad_selector, no_such_element
from mobilegym.emulator.phone.wire.automation.java import Argument, Call, Construction
from mobilegym.emulator.phone.wire.automation.nodes import Node
from mobilegym.emulator.phone.wire.automation.scrolling import FLING_STEPS, SCROLL_STEPS, Finder, Scrollable
from mobilegym.emulator.phone.wire.automation.selector import CRITERIA, UiSelector

__all__ = ["as_selector", "evaluate"]

_INDEX_LIMIT: Final = 1 << 31


def evaluate(expression: Construction, find: Finder, actor: Actor) -> UiSelector | Node:
    """What an expression stands for: a selector, or the node that scrolling brought up.

    Raises:
        AutomationError: It makes no sense (`invalid selector`), or a container or row is not there (`no such element`).
    """
    if expression.cls == "UiSelector":
        return as_selector(expression)
    if expression.cls in ("UiScrollable", "UiCollection", "UiObject"):
        (selector,) = _args(expression.cls, expression.args, UiSelector)
        return _Scroller(Scrollable(cast("UiSelector", selector), find, actor)).run(expression.calls)
    raise bad_selector(f"unknown class {expression.cls!r}: use UiSelector, UiScrollable or UiCollection")


def as_selector(expression: Argument) -> UiSelector:
    """A `UiSelector` expression as the selector it builds. Raises AutomationError (`invalid selector`)."""
    if not isinstance(expression, Construction) or expression.cls != "UiSelector":
        raise bad_selector(f"expected a UiSelector, got {expression!r}"[:300])
    _args("UiSelector", expression.args)
    selector = UiSelector()
    for call in expression.calls:
        if call.name in ("childSelector", "fromParent"):
            (inner,) = _args(call.name, call.args, UiSelector)
            part = cast("UiSelector", inner)
            selector = selector.then(child=part) if call.name == "childSelector" else selector.then(sibling=part)
            continue
        kind = CRITERIA.get(call.name)
        if kind is None:
            raise bad_selector(f"UiSelector has no `{call.name}` method")
        args = call.args or ((True,) if kind is bool else ())
        (value,) = _args(call.name, args, kind)
        selector = selector.with_(call.name, cast("str | bool | int", value))
    return selector


def _args(name: str, args: Sequence[Argument], *kinds: type) -> tuple[Argument | UiSelector, ...]:
    """The arguments of a call, checked; an expression where a selector is wanted becomes one."""
    if len(args) != len(kinds):
        raise bad_selector(f"`{name}` takes {len(kinds)} arguments, got {len(args)}")
    out: list[Argument | UiSelector] = []
    for arg, kind in zip(args, kinds, strict=True):
        if kind is UiSelector:
            out.append(as_selector(arg))
        elif kind is float and type(arg) in (int, float):
            out.append(arg)
        elif type(arg) is not kind or (kind is int and abs(cast("int", arg)) >= _INDEX_LIMIT):
            raise bad_selector(f"`{name}` takes {kind.__name__}, got {arg!r}"[:300])
        else:
            out.append(arg)
    return tuple(out)


class _Scroller:
    """Runs the methods of one UiScrollable or UiCollection."""

    def __init__(self, target: Scrollable) -> None:
        self._target = target

    def run(self, calls: Sequence[Call]) -> Node:
        """All calls in order; the result of the last, or the container itself."""
        result: Node | None = None
        for call in calls:
            method = _METHODS.get(call.name)
            if method is None:
                raise bad_selector(f"UiScrollable has no `{call.name}` method")
            result = method(self, call)
        return result if result is not None else self._target.node()

    def set_axis(self, call: Call) -> None:
        _args(call.name, call.args)
        self._target.vertical = call.name == "setAsVerticalList"

    def set_swipes(self, call: Call) -> None:
        (number,) = _args(call.name, call.args, int)
        self._target.max_swipes = max(0, cast("int", number))

    def set_dead_zone(self, call: Call) -> None:
        (share,) = _args(call.name, call.args, float)
        self._target.dead_zone = min(max(float(cast("float", share)), 0.0), 0.45)

    def step(self, call: Call) -> None:
        steps = self._numbers(call, 1)
        default = FLING_STEPS if call.name.startswith("fling") else SCROLL_STEPS
        self._target.scroll(forward=call.name.endswith("Forward"), steps=steps[0] if steps else default)

    def to_end(self, call: Call) -> None:
        numbers = self._numbers(call, 2)
        default = FLING_STEPS if call.name.startswith("fling") else SCROLL_STEPS
        swipes = numbers[0] if numbers else None
        self._target.scroll_to(end=call.name.endswith("End"), max_swipes=swipes, steps=numbers[1] if len(numbers) > 1 else default)

    def into_view(self, call: Call) -> Node:
        if call.name == "scrollIntoView":
            (inner,) = _args(call.name, call.args, UiSelector)
            selector = cast("UiSelector", inner)
        else:
            (text,) = _args(call.name, call.args, str)
            selector = UiSelector({"text" if call.name == "scrollTextIntoView" else "description": cast("str", text)})
        found = self._target.into_view(selector)
        if found is None:
            raise no_such_element(f"scrolling did not bring {dict(selector.criteria)!r} into view")
        return found

    def child_by(self, call: Call) -> Node:
        scroll = True
        args = call.args
        if len(args) == 3 and isinstance(args[2], bool):
            scroll, args = args[2], args[:2]
        row, text = _args(call.name, args, UiSelector, str)
        wanted = UiSelector({"text" if call.name == "getChildByText" else "description": cast("str", text)})
        return self._target.child(cast("UiSelector", row), wanted, scroll=scroll)

    def child_at(self, call: Call) -> Node:
        row, number = _args(call.name, call.args, UiSelector, int)
        return self._target.child_at(cast("UiSelector", row), cast("int", number))

    def get(self, call: Call) -> Node:
        (inner,) = _args(call.name, call.args, UiSelector)
        part, own = cast("UiSelector", inner), self._target.selector
        wanted = own.then(child=part) if call.name == "getChild" else own.then(sibling=part)
        found = self._target.find(wanted)
        if found is None:
            raise no_such_element()
        self._target = replace(self._target, selector=wanted)
        return found

    @staticmethod
    def _numbers(call: Call, most: int) -> list[int]:
        if len(call.args) > most:
            raise bad_selector(f"`{call.name}` takes at most {most} arguments, got {len(call.args)}")
        return [cast("int", n) for n in _args(call.name, call.args, *[int] * len(call.args))]


_METHODS: Final[dict[str, Callable[[_Scroller, Call], Node | None]]] = {
    "setAsVerticalList": _Scroller.set_axis, "setAsHorizontalList": _Scroller.set_axis, "setMaxSearchSwipes": _Scroller.set_swipes,
    "setSwipeDeadZonePercentage": _Scroller.set_dead_zone, "scrollForward": _Scroller.step, "scrollBackward": _Scroller.step,
    "flingForward": _Scroller.step, "flingBackward": _Scroller.step, "scrollToEnd": _Scroller.to_end,
    "scrollToBeginning": _Scroller.to_end, "flingToEnd": _Scroller.to_end, "flingToBeginning": _Scroller.to_end,
    "scrollIntoView": _Scroller.into_view, "scrollTextIntoView": _Scroller.into_view,
    "scrollDescriptionIntoView": _Scroller.into_view, "getChildByText": _Scroller.child_by,
    "getChildByDescription": _Scroller.child_by, "getChildByInstance": _Scroller.child_at, "getChild": _Scroller.get,
    "getFromParent": _Scroller.get,
}  # fmt: skip
