"""`UiSelector`: criteria for nodes, with Android's own order of search, its instance counting and its chains."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from mobilegym.emulator.phone.wire.automation.nodes import Node
from mobilegym.emulator.phone.wire.automation.patterns import java_pattern
from mobilegym.observation import Element

__all__ = ["CRITERIA", "Criterion", "UiSelector"]

Criterion: TypeAlias = "str | bool | int"
_Test: TypeAlias = Callable[[Element, str], bool]

_TEXTS: Final[Mapping[str, _Test]] = {
    "text": lambda e, v: e.text == v,
    "textContains": lambda e, v: v.lower() in e.text.lower(),
    "textStartsWith": lambda e, v: e.text.lower().startswith(v.lower()),
    "textMatches": lambda e, v: java_pattern(v).matches(e.text),
    "description": lambda e, v: e.content_desc == v,
    "descriptionContains": lambda e, v: v.lower() in e.content_desc.lower(),
    "descriptionStartsWith": lambda e, v: e.content_desc.lower().startswith(v.lower()),
    "descriptionMatches": lambda e, v: java_pattern(v).matches(e.content_desc),
    "className": lambda e, v: e.cls == v,
    "classNameMatches": lambda e, v: java_pattern(v).matches(e.cls),
    "packageName": lambda e, v: e.package == v,
    "packageNameMatches": lambda e, v: java_pattern(v).matches(e.package),
    "resourceId": lambda e, v: e.resource_id == v,
    "resourceIdMatches": lambda e, v: java_pattern(v).matches(e.resource_id),
}
_FLAGS: Final[Mapping[str, str]] = {
    "checkable": "checkable", "checked": "checked", "clickable": "clickable", "longClickable": "long_clickable", "enabled": "enabled",
    "scrollable": "scrollable", "focusable": "focusable", "focused": "focused", "selected": "selected", "password": "password",
}  # fmt: skip
_NUMBERS: Final = ("index", "instance")
CRITERIA: Final[Mapping[str, type]] = {**dict.fromkeys(_TEXTS, str), **dict.fromkeys(_FLAGS, bool), **dict.fromkeys(_NUMBERS, int)}
"""Every criterion, as UiSelector's method is called, and what kind of value it takes."""


@dataclass(frozen=True, slots=True)
class UiSelector:
    """What to look for. Below a node that matches, the search goes on for `child`; beside it, for `sibling`."""

    criteria: Mapping[str, Criterion] = field(default_factory=dict[str, "Criterion"])
    child: UiSelector | None = None
    """Looked for below what matches."""
    sibling: UiSelector | None = None
    """Looked for below the parent of what matches (`fromParent`)."""

    def with_(self, name: str, value: Criterion) -> UiSelector:
        """The same with one more criterion; one of the same name is replaced."""
        return UiSelector({**self.criteria, name: value}, self.child, self.sibling)

    def then(self, *, child: UiSelector | None = None, sibling: UiSelector | None = None) -> UiSelector:
        """The same with another selector appended at the end of the chain."""
        if self.child is not None:
            return UiSelector(self.criteria, self.child.then(child=child, sibling=sibling), None)
        if self.sibling is not None:
            return UiSelector(self.criteria, None, self.sibling.then(child=child, sibling=sibling))
        return UiSelector(self.criteria, child, sibling)

    @property
    def last(self) -> UiSelector:
        """The end of the chain: what is found has these criteria."""
        following = self.child or self.sibling
        return self if following is None else following.last

    def matches(self, element: Element) -> bool:
        """Whether a node meets the criteria, `instance` aside. Raises AutomationError for a pattern that is none."""
        for name, value in self.criteria.items():
            if name in _FLAGS:
                if getattr(element, _FLAGS[name]) != value:
                    return False
            elif name in _TEXTS:
                if not _TEXTS[name](element, str(value)):
                    return False
            elif name == "index" and element.index != value:
                return False
        return True

    def find(self, root: Node | None, *, inside: bool = False) -> Node | None:
        """The first node that matches, as Android searches: depth first.

        Args:
            root: Where to begin.
            inside: Only what is below the root.
        """
        return next(self._search(root, inside), None)

    def find_all(self, root: Node | None, *, inside: bool = False) -> list[Node]:
        """Every node that matches, in the order of their instances; one at most where `instance` says which."""
        found = self._search(root, inside)
        if "instance" in self.last.criteria:
            first = next(found, None)
            return [] if first is None else [first]
        return list(dict.fromkeys(found))

    def _search(self, root: Node | None, inside: bool) -> Iterator[Node]:
        if root is None:
            return
        counts: dict[int, int] = {}
        if not inside:
            yield from self._below(self, root, counts)
            return
        for kid in root.children:
            yield from self._below(self, kid, counts)

    @staticmethod
    def _below(selector: UiSelector, start: Node, counts: dict[int, int]) -> Iterator[Node]:
        # Iterative: a chain of `fromParent` would come back to the same level again and again.
        stack: list[tuple[UiSelector, Node]] = [(selector, start)]
        seen: set[tuple[int, int]] = set()
        while stack:
            sub, node = stack.pop()
            following, around = sub, node
            if sub.matches(node.element) and _is_instance(sub, counts):
                if sub.child is not None:
                    following = sub.child
                elif sub.sibling is not None:
                    if node.parent is None:
                        continue
                    following, around = sub.sibling, node.parent
                    if (id(following), id(around)) in seen:
                        continue
                    seen.add((id(following), id(around)))
                else:
                    yield node
            stack.extend((following, kid) for kid in reversed(around.children))


def _is_instance(selector: UiSelector, counts: dict[int, int]) -> bool:
    """Count a match; true once it is the instance asked for."""
    wanted = int(selector.criteria.get("instance", 0))
    so_far = counts.get(id(selector), 0)
    if so_far < wanted:
        counts[id(selector)] = so_far + 1
        return False
    return True
