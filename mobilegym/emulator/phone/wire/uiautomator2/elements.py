"""Handles of elements: what was found once is looked for again whenever it is used, and may have gone."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mobilegym.emulator.phone.wire.automation.errors import AutomationError
from mobilegym.emulator.phone.wire.automation.nodes import TOAST_CLASS, Node, Tree
from mobilegym.observation import Element

__all__ = ["ELEMENT_KEY", "Elements", "reference"]

ELEMENT_KEY: Final = "element-6066-11e4-a52e-4f735466cecf"
_KEPT: Final = 1_000


def reference(handle: str) -> dict[str, str]:
    """A handle as both protocols write it."""
    return {"ELEMENT": handle, ELEMENT_KEY: handle}


@dataclass(slots=True)
class _Known:
    title: str
    path: tuple[int, ...]
    element: Element
    scrolls: bool
    """Whether it is in something that scrolls: there, the same place may hold another row later."""
    again: Callable[[], Node | None] | None
    """Searches by the locator that it was found with."""


class Elements:
    """The elements that a session has handed out, the last thousand."""

    def __init__(self, session: str) -> None:
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._handles: dict[tuple[str, tuple[int, ...], Element], str] = {}
        self._session = session
        self._next = 0

    def add(self, node: Node, again: Callable[[], Node | None] | None = None) -> str:
        """The handle of a node: the same one as long as nothing about the node changes."""
        key = (node.tree.title, node.path(), node.element)
        handle = self._handles.get(key)
        if handle is None or handle not in self._known:
            self._next += 1
            handle = f"00000000-0000-{self._session[:4]}-ffff-ffff{self._next:08x}"
            self._handles[key] = handle
        scrolls = any(n.element.scrollable for n in node.ancestors())
        self._known[handle] = _Known(*key, scrolls, again)
        self._known.move_to_end(handle)
        if len(self._known) > _KEPT:
            _, old = self._known.popitem(last=False)
            self._handles.pop((old.title, old.path, old.element), None)
        return handle

    def find(self, handle: str, trees: list[Tree]) -> Node:
        """The node that a handle stands for now.

        Raises:
            AutomationError: `stale element reference`: it is gone, or there never was such a handle (`no such element`).
        """
        known = self._known.get(handle)
        if known is None:
            raise AutomationError(
                "no such element", f"The element identified by '{handle}' is not present in the cache or has expired. Try to find it again"
            )
        node = _refound(known, trees)
        if node is None and known.again is not None:
            node = known.again()
        if node is None:
            raise AutomationError(
                "stale element reference",
                f"The element '{known.element.cls}' ({known.element.resource_id or known.element.text!r}) does not exist in DOM anymore",
            )
        known.title, known.path, known.element = node.tree.title, node.path(), node.element
        return node


def _refound(known: _Known, trees: list[Tree]) -> Node | None:
    if known.element.cls == TOAST_CLASS:
        return next((n for t in trees for n in t.nodes if n.element.cls == TOAST_CLASS and n.element.text == known.element.text), None)
    tree = next((t for t in trees if t.title == known.title), None)
    if tree is None:
        return None
    old, node = known.element, tree.at(known.path)
    if node is not None and _same(old, node.element) and _says(old) == _says(node.element):
        return node
    if old.text or old.content_desc:
        # It may have moved: a row of a list that was scrolled.
        moved = [n for n in tree.nodes if n.element.depth == old.depth and _same(old, n.element) and _says(old) == _says(n.element)]
        if len(moved) == 1 and known.scrolls:
            return moved[0]
    if node is None or not _same(old, node.element):
        return None
    if known.scrolls and node.bounds.top != old.bounds.top and _says(old) != _says(node.element):
        return None
    return node


def _same(old: Element, new: Element) -> bool:
    return old.cls == new.cls and old.resource_id == new.resource_id and old.package == new.package


def _says(element: Element) -> tuple[str, str]:
    return element.text, element.content_desc
