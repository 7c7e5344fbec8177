"""Parameters of JSON-RPC calls, checked one after the other."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import zip_longest
from typing import Final, cast

from mobilegym.emulator.phone.wire.automation.selector import CRITERIA, UiSelector
from mobilegym.errors import MobileGymError

__all__ = ["BadParameters", "Parameters", "selector_of"]

_LIMIT: Final = 1e9
_DEEPEST: Final = 20
_STRUCTURE: Final = ("mask", "childOrSibling", "childOrSiblingSelector")
_BITS: Final = {
    name: 1 << i
    for i, name in enumerate((
        "text", "textContains", "textMatches", "textStartsWith", "className", "classNameMatches", "description", "descriptionContains",
        "descriptionMatches", "descriptionStartsWith", "checkable", "checked", "clickable", "longClickable", "scrollable", "enabled",
        "focusable", "focused", "selected", "packageName", "packageNameMatches", "resourceId", "resourceIdMatches", "index", "instance",
    ))
}  # fmt: skip
"""Bit of each criterion in a selector's `mask`."""


class BadParameters(MobileGymError):
    """A call with parameters that its method does not take."""


def selector_of(raw: object, depth: int = 0) -> UiSelector:
    """The selector that the Python package's `Selector` describes: what its mask does not name does not count.

    Raises:
        BadParameters: It is none.
    """
    if not isinstance(raw, dict) or depth > _DEEPEST:
        raise BadParameters(f"expected a selector, got {raw!r}"[:300])
    source = cast("Mapping[str, object]", raw)
    mask = source.get("mask", 0)
    if not isinstance(mask, int):
        raise BadParameters(f"`mask` of a selector must be a number, got {mask!r}"[:300])
    criteria: dict[str, str | bool | int] = {}
    for name, value in source.items():
        if name in _STRUCTURE:
            continue
        kind = CRITERIA.get(name)
        if kind is None or name not in _BITS:
            raise BadParameters(f"a selector has no `{name}`")
        if mask & _BITS[name]:
            if type(value) is not kind:
                raise BadParameters(f"`{name}` of a selector must be {kind.__name__}, got {value!r}"[:300])
            criteria[name] = cast("str | bool | int", value)
    selector = UiSelector(criteria)
    links, parts = source.get("childOrSibling", []), source.get("childOrSiblingSelector", [])
    if not isinstance(links, list) or not isinstance(parts, list):
        raise BadParameters("`childOrSibling` and `childOrSiblingSelector` must be lists")
    pairs = list(zip_longest(cast("list[object]", links), cast("list[object]", parts)))
    for link, part in pairs:
        inner = selector_of(part, depth + 1)
        selector = selector.then(child=inner) if str(link).lower() == "child" else selector.then(sibling=inner)
    return selector


class Parameters:
    """Takes the parameters of one call in order. Every getter raises BadParameters."""

    def __init__(self, values: list[object]) -> None:
        self._left = list(values)

    def __bool__(self) -> bool:
        return bool(self._left)

    @property
    def next(self) -> object:
        """What comes next, not taken."""
        return self._left[0] if self._left else None

    def take(self) -> object:
        """The next one as it is."""
        if not self._left:
            raise BadParameters("too few parameters")
        return self._left.pop(0)

    def target(self) -> UiSelector | str:
        """A selector, or the name of an object that an earlier call returned."""
        value = self.take()
        return value if isinstance(value, str) else selector_of(value)

    def number(self, default: float | None = None) -> float:
        """A number; the default where there is nothing any more, unless that is None."""
        if not self._left and default is not None:
            return default
        value = self.take()
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or abs(value) > _LIMIT:
            raise BadParameters(f"expected a number, got {value!r}"[:300])
        return float(value)

    def count(self, default: int | None = None) -> int:
        """A whole number."""
        return int(self.number(None if default is None else float(default)))

    def flag(self, default: bool | None = None) -> bool:
        """A truth."""
        if not self._left and default is not None:
            return default
        value = self.take()
        if not isinstance(value, bool):
            raise BadParameters(f"expected true or false, got {value!r}"[:300])
        return value

    def text(self) -> str:
        """A text."""
        value = self.take()
        if not isinstance(value, str):
            raise BadParameters(f"expected text, got {value!r}"[:300])
        return value

    def point(self) -> tuple[float, float]:
        """`{"x": ..., "y": ...}`."""
        value = self.take()
        if not isinstance(value, dict):
            raise BadParameters(f"expected a point, got {value!r}"[:300])
        source = cast("Mapping[str, object]", value)
        place = Parameters([source.get("x"), source.get("y")])
        return place.number(), place.number()

    def end(self) -> None:
        """That was all. Raises BadParameters where it was not."""
        if self._left:
            raise BadParameters(f"{len(self._left)} parameters too many")
