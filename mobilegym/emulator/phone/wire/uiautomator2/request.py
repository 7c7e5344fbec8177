"""What a route gets to see of a request, with its arguments checked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from mobilegym.emulator.phone.wire.automation.errors import bad_value
from mobilegym.emulator.phone.wire.automation.nodes import Node
from mobilegym.emulator.phone.wire.uiautomator2.elements import ELEMENT_KEY
from mobilegym.emulator.phone.wire.uiautomator2.session import Session

__all__ = ["Arguments", "Point", "handle_of", "mapping_in", "number_in"]

Point = tuple[float, float]
_LIMIT: Final = 1e9


@dataclass(frozen=True, slots=True)
class Arguments:
    """Arguments of a request: names from the path and the JSON body. Every getter raises AutomationError (`invalid argument`)."""

    session: Session
    path: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Mapping[str, object] = field(default_factory=dict[str, object])

    def node(self, name: str = "id") -> Node:
        """The element named in the path. Raises AutomationError where it is gone."""
        return self.session.node(self.path[name])

    def text(self, name: str) -> str:
        """A text that must be there."""
        value = self.body.get(name)
        if not isinstance(value, str):
            raise bad_value(f"`{name}` must be text, got {value!r}"[:300])
        return value

    def text_or(self, name: str, default: str) -> str:
        """A text, or the default where it is missing."""
        return default if self.body.get(name) is None else self.text(name)

    def number(self, name: str, default: float | None = None) -> float:
        """A number; the default where it is missing, unless that is None."""
        return number_in(self.body, name, default)

    def flag(self, name: str) -> bool:
        """A truth, false where it is missing."""
        return self.body.get(name) in (True, "true")

    def mapping(self, name: str) -> Mapping[str, object] | None:
        """An object, or None where it is missing."""
        return mapping_in(self.body, name)

    def origin(self) -> Node | None:
        """The element that a gesture refers to, or None. Raises AutomationError where it is gone."""
        origin = self.mapping("origin")
        return None if origin is None else self.session.node(handle_of(origin))


def mapping_in(source: Mapping[str, object], name: str) -> Mapping[str, object] | None:
    """An object within another, or None where it is missing."""
    value = source.get(name)
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_value(f"`{name}` must be an object, got {value!r}"[:300])
    return cast("Mapping[str, object]", value)


def number_in(source: Mapping[str, object], name: str, default: float | None = None) -> float:
    """A finite number within an object; the default where it is missing, unless that is None."""
    value = source.get(name)
    if value is None and default is not None:
        return default
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or abs(value) > _LIMIT:
        raise bad_value(f"`{name}` must be a number, got {value!r}"[:300])
    return float(value)


def handle_of(reference: Mapping[str, object]) -> str:
    """The handle in a reference to an element."""
    handle = reference.get(ELEMENT_KEY) or reference.get("ELEMENT")
    if not isinstance(handle, str):
        raise bad_value(f"expected a reference to an element, got {dict(reference)!r}"[:300])
    return handle
