r"""How a flow names an element of the screen, and how it is found.

Text is compared after `normalise`: Android writes no-break spaces (`8:30\\u202fAM`) and no-break hyphens (`Wi\\u2011Fi`), people do not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, model_validator

from mobilegym.observation import Bounds, Element
from mobilegym.tasks.spec import Spec, with_short

__all__ = ["Selector", "Target", "describe", "find", "find_all", "normalise"]

_TABLE = str.maketrans(
    {"\u202f": " ", "\u00a0": " ", "\u2009": " ", "\u2011": "-", "\u2010": "-", "\u2019": "'", "\u200e": "", "\u200f": ""}
)


def normalise(text: str) -> str:
    """`text` with plain spaces, hyphens and apostrophes, and without space at its ends."""
    return text.translate(_TABLE).strip()


class Selector(Spec):
    """An element: all keys given must hold. Short form: a text that is the element's text or description.

    Of several matches the nearest counts where `below`, `above`, `left_of` or `right_of` is given, else the first in document
    order; `index` picks another one (0 is the first, -1 the last).
    """

    short: ClassVar[str | None] = "label"

    label: str | None = None
    """Equals the text or the description."""
    text: str | None = None
    text_contains: str | None = None
    desc: str | None = None
    desc_contains: str | None = None
    hint: str | None = None
    id: str | None = None
    """Resource id: `name` (any package) or `package:id/name`."""
    cls: str | None = None
    """Class: full, or its last part (`Switch`)."""
    package: str | None = None
    checked: bool | None = None
    selected: bool | None = None
    focused: bool | None = None
    enabled: bool | None = None
    clickable: bool | None = None
    scrollable: bool | None = None
    below: Annotated[Target | None, Field(default=None)]
    above: Annotated[Target | None, Field(default=None)]
    left_of: Annotated[Target | None, Field(default=None)]
    right_of: Annotated[Target | None, Field(default=None)]
    within: Annotated[Target | None, Field(default=None)]
    """Lies inside that element."""
    has: Annotated[Target | None, Field(default=None)]
    """That element lies inside this one."""
    index: int | None = None

    @model_validator(mode="after")
    def _not_empty(self) -> Selector:
        if not self.model_fields_set - {"index"}:
            raise ValueError("a selector needs at least one of text, desc, id, hint, cls, ...")
        return self


Target = Annotated[Selector, BeforeValidator(with_short(Selector))]
"""A selector, or its short form."""
Selector.model_rebuild()

_EQUAL: dict[str, Callable[[Element], str]] = {
    "text": lambda e: e.text,
    "desc": lambda e: e.content_desc,
    "hint": lambda e: e.hint,
    "package": lambda e: e.package,
}
_FLAGS: dict[str, Callable[[Element], bool]] = {
    "checked": lambda e: e.checked,
    "selected": lambda e: e.selected,
    "focused": lambda e: e.focused,
    "enabled": lambda e: e.enabled,
    "clickable": lambda e: e.clickable,
    "scrollable": lambda e: e.scrollable,
}


def _matches(selector: Selector, element: Element) -> bool:
    for name, read in _EQUAL.items():
        wanted: str | None = getattr(selector, name)
        if wanted is not None and normalise(read(element)) != normalise(wanted):
            return False
    for name, flag in _FLAGS.items():
        state: bool | None = getattr(selector, name)
        if state is not None and flag(element) != state:
            return False
    if selector.label is not None and normalise(selector.label) not in (normalise(element.text), normalise(element.content_desc)):
        return False
    if selector.text_contains is not None and normalise(selector.text_contains) not in normalise(element.text):
        return False
    if selector.desc_contains is not None and normalise(selector.desc_contains) not in normalise(element.content_desc):
        return False
    if selector.cls is not None and selector.cls not in (element.cls, element.cls.rpartition(".")[2]):
        return False
    return selector.id is None or selector.id in (element.resource_id, element.resource_id.rpartition("/")[2])


def _inside(inner: Bounds, outer: Bounds) -> bool:
    x, y = inner.center
    return outer.left <= x < outer.right and outer.top <= y < outer.bottom


def _overlap(low: int, high: int, other_low: int, other_high: int) -> bool:
    return low < other_high and other_low < high


def _distance(selector: Selector, box: Bounds, anchors: dict[str, Bounds]) -> float | None:
    """How far from its anchors in device pixels; None where it is not on the right side of one."""
    total = 0.0
    for side, anchor in anchors.items():
        gap = {
            "below": box.top - anchor.bottom,
            "above": anchor.top - box.bottom,
            "right_of": box.left - anchor.right,
            "left_of": anchor.left - box.right,
        }[side]
        beside = side in ("left_of", "right_of")
        aligned = _overlap(box.top, box.bottom, anchor.top, anchor.bottom) if beside else True
        if not aligned or gap < -2:
            return None
        sideways = 0 if beside else abs(box.center[0] - anchor.center[0]) / 1000
        total += max(gap, 0) + sideways
    return total


def find_all(selector: Selector, elements: Sequence[Element]) -> list[Element]:
    """Every element that `selector` names, best first; `index` is not applied."""
    found = [e for e in elements if _matches(selector, e)]
    if selector.within is not None:
        outer = find(selector.within, elements)
        found = [e for e in found if outer is not None and e is not outer and _inside(e.bounds, outer.bounds)]
    if selector.has is not None:
        inner = find_all(selector.has, elements)
        found = [e for e in found if any(i is not e and _inside(i.bounds, e.bounds) for i in inner)]
    anchors: dict[str, Bounds] = {}
    for side in ("below", "above", "left_of", "right_of"):
        other: Selector | None = getattr(selector, side)
        if other is None:
            continue
        anchor = find(other, elements)
        if anchor is None:
            return []
        anchors[side] = anchor.bounds
    if not anchors:
        return found
    ranked = [(d, n, e) for n, e in enumerate(found) if (d := _distance(selector, e.bounds, anchors)) is not None]
    return [e for _, _, e in sorted(ranked, key=lambda r: (r[0], r[1]))]


def find(selector: Selector, elements: Sequence[Element]) -> Element | None:
    """The element that `selector` names, or None."""
    found = find_all(selector, elements)
    index = selector.index or 0
    return found[index] if -len(found) <= index < len(found) else None


def describe(selector: Selector) -> str:
    """The selector as one would write it in YAML."""
    given = selector.model_dump(exclude_none=True)
    return repr(given["label"]) if set(given) == {"label"} else repr(given)
