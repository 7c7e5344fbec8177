"""The accessibility tree as a tree: nodes that know their parent and children, made from the elements of the windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.hierarchy import active_elements, windows_info
from mobilegym.observation import Bounds, Element

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["TOAST_CLASS", "Node", "Tree", "active_tree", "all_trees", "every_window"]

TOAST_CLASS: Final = "android.widget.Toast"
_CACHED: Final = 64


class Node:
    """One accessibility node. Compared by identity: the same frame gives the same nodes."""

    __slots__ = ("children", "element", "order", "parent", "tree")

    def __init__(self, element: Element, parent: Node | None, tree: Tree, order: int) -> None:
        self.element = element
        self.parent = parent
        self.tree = tree
        self.order = order
        """Position in document order within its tree."""
        self.children: list[Node] = []

    @property
    def bounds(self) -> Bounds:
        """Visible part, device px."""
        return self.element.bounds

    def path(self) -> tuple[int, ...]:
        """Which child of which child it is, from the root."""
        steps: list[int] = []
        node = self
        while node.parent is not None:
            steps.append(node.parent.children.index(node))
            node = node.parent
        return tuple(reversed(steps))

    def walk(self) -> Iterator[Node]:
        """The node itself and everything below it, in document order."""
        nodes, at = self.tree.nodes, self.order
        depth = self.element.depth
        yield self
        for node in nodes[at + 1 :]:
            if node.element.depth <= depth:
                return
            yield node

    def ancestors(self) -> Iterator[Node]:
        """Parent, its parent, and so on."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


class Tree:
    """The nodes of one window."""

    __slots__ = ("elements", "nodes", "title", "xml")

    def __init__(self, title: str, elements: Sequence[Element]) -> None:
        self.title = title
        """Android's name of the window."""
        self.elements = elements
        self.nodes: list[Node] = []
        """In document order; the first is the root."""
        self.xml: object = None
        """What an XPath search keeps with the tree."""
        path: list[Node] = []
        for order, element in enumerate(elements):
            del path[element.depth :]
            node = Node(element, path[-1] if path else None, self, order)
            if node.parent is not None:
                node.parent.children.append(node)
            self.nodes.append(node)
            path.append(node)

    @property
    def root(self) -> Node | None:
        """None for an empty window."""
        return self.nodes[0] if self.nodes else None

    def at(self, path: Sequence[int]) -> Node | None:
        """The node that a path leads to, or None."""
        node = self.root
        for step in path:
            if node is None or step >= len(node.children):
                return None
            node = node.children[step]
        return node


_TREES: Final[dict[int, tuple[object, str, Tree]]] = {}
"""Trees by identity of the elements they were made from, which are kept so that the identity stays theirs."""


def _tree(title: str, elements: tuple[Element, ...]) -> Tree:
    cached = _TREES.get(id(elements))
    if cached is not None and cached[0] is elements and cached[1] == title:
        return cached[2]
    tree = Tree(title, elements)
    if len(_TREES) >= _CACHED:
        _TREES.clear()
    _TREES[id(elements)] = (elements, title, tree)
    return tree


def active_tree(kernel: Kernel) -> Tree:
    """The active window; an empty one while the screen is off."""
    elements = active_elements(kernel)
    title = next((w.title for w in windows_info(kernel) if w.active), "")
    return _tree(title, elements)


def all_trees(kernel: Kernel) -> list[Tree]:
    """Every window that has nodes of its own on Android: the active one first, then from the top of the screen's stack downwards."""
    return [active_tree(kernel), *_others(kernel, lambda kind: kind not in _NOT_WINDOWS)]


def every_window(kernel: Kernel) -> list[Tree]:
    """The same with what is a window here alone: a snackbar apart from its activity, and the toast."""
    active = next((w for w in windows_info(kernel) if w.active), None)
    return [_tree(active.title, active.elements) if active is not None else _tree("", ()), *_others(kernel, lambda _: True)]


_NOT_WINDOWS: Final = ("snackbar", "toast")
"""On Android a snackbar is part of its activity, and a toast no window that can be read."""


def _others(kernel: Kernel, wanted: Callable[[str], bool]) -> list[Tree]:
    kinds = [window.kind for window in kernel.windows.readable()]
    shown = [w for w, kind in zip(windows_info(kernel), kinds, strict=True) if not w.active and wanted(kind)]
    return [_tree(w.title, w.elements) for w in sorted(shown, key=lambda w: -w.layer)]
