"""XPath over the page source, with the functions of XPath 2.0 that selectors use, and a bound on what a search can cost."""

from __future__ import annotations

import importlib
import re
from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from mobilegym.emulator.phone.wire.automation.errors import AutomationError, bad_selector
from mobilegym.emulator.phone.wire.automation.nodes import Node, Tree
from mobilegym.emulator.phone.wire.automation.patterns import java_pattern
from mobilegym.emulator.phone.wire.automation.source import page_source, toast_element

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["find_by_xpath"]

_etree: Final[Any] = importlib.import_module("lxml.etree")
"""Has no types of its own."""
_LONGEST: Final = 8_192
_MOST_STEPS: Final = 30_000_000
_DEEPEST: Final = 40
_WIDE: Final = re.compile(
    r"//|\b(?:descendant|descendant-or-self|following|preceding|ancestor|ancestor-or-self|following-sibling|preceding-sibling)\s*::"
)
_LITERALS: Final = re.compile(r'"[^"]*"|\'[^\']*\'')


class _Document:
    """The parsed source of some windows, and which XML element stands for which node."""

    def __init__(self, kernel: Kernel, trees: Sequence[Tree]) -> None:
        self.trees = tuple(trees)
        parser = _etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        root = _etree.fromstring(page_source(kernel, trees).encode(), parser)
        nodes = [n for t in trees for n in t.nodes]
        toast = toast_element(kernel)
        if toast is not None:
            nodes.extend(Tree("Toast", (toast,)).nodes)
        self.items: list[Any] = list(root.iter("*"))[1:]
        """Kept: an element of lxml is the same object only as long as somebody holds it."""
        self.root: Any = root
        self.node_of: dict[Any, Node] = dict(zip(self.items, nodes, strict=True))
        self.item_of: dict[Node, Any] = {n: i for i, n in self.node_of.items()}


_DOCUMENTS: Final[deque[tuple[object, _Document]]] = deque(maxlen=8)


def _document(kernel: Kernel, trees: Sequence[Tree]) -> _Document:
    ui = kernel.ui
    key = (tuple(id(t) for t in trees), ui.width, ui.height, kernel.hardware.rotation, toast_element(kernel))
    for known, document in _DOCUMENTS:
        if known == key:
            return document
    document = _Document(kernel, trees)
    _DOCUMENTS.append((key, document))
    return document


def find_by_xpath(kernel: Kernel, trees: Sequence[Tree], expression: str, context: Node | None = None) -> list[Node]:
    """Every node that an expression selects, in document order.

    Args:
        kernel: The phone.
        trees: The windows to search.
        expression: XPath; tags are class names, attributes those of the source.
        context: Search only in this node; relative paths begin at it.

    Raises:
        AutomationError: No XPath, one that selects no nodes, or one that would take too long (`invalid selector`).
    """
    document = _document(kernel, trees)
    _check(expression, len(document.items) + 1)
    base: Any
    node_of = document.node_of
    if context is None:
        base = document.root.getroottree()
    else:
        start = document.item_of.get(context)
        if start is None:
            return []
        base = _subtree(start)
        node_of = dict(zip(base.iter("*"), context.walk(), strict=True))
    try:
        evaluate = _etree.XPathEvaluator(base, extensions=_FUNCTIONS, regexp=False, smart_strings=False)
        found: object = evaluate(expression)
    except AutomationError:
        raise
    except (_etree.XPathError, _etree.LxmlError, ValueError, TypeError) as error:
        raise bad_selector(f"{expression[:300]!r} is no valid XPath expression: {error}") from error
    if not isinstance(found, list):
        raise bad_selector(f"the XPath expression {expression[:300]!r} selects no elements but is {found!r}"[:600])
    nodes: list[Node] = []
    for item in cast("list[object]", found):
        node = node_of.get(cast("Any", item)) if isinstance(item, _etree._Element) else None
        if node is not None:
            nodes.append(node)
        elif isinstance(item, str):
            raise bad_selector(f"the XPath expression {expression[:300]!r} selects attributes, not elements")
    return nodes


def _subtree(start: Any) -> Any:
    """A document of its own that holds what is in an element, so that `//` stays within it."""
    return _etree.fromstring(_etree.tostring(start, with_tail=False))


def _check(expression: str, nodes: int) -> None:
    """Refuse what could take forever: an expression that goes through all nodes within all nodes, again and again."""
    if len(expression) > _LONGEST:
        raise bad_selector(f"an XPath expression must be at most {_LONGEST} characters long, got {len(expression)}")
    bare = _LITERALS.sub("''", expression)
    cost = deepest = depth = 0
    level = [0]
    """How many steps through many nodes contain the place that is looked at."""
    inside = 0
    for match in re.finditer(rf"{_WIDE.pattern}|\[|\]|\(|\)", bare):
        mark = match[0]
        if mark in "[(":
            depth += 1
            deepest = max(deepest, depth)
            level.append(inside)
        elif mark in "])":
            depth -= 1
            if level[1:]:
                inside = level.pop()
        else:
            inside += 1
            cost = max(cost, _factor(level, inside))
    if deepest > _DEEPEST:
        raise bad_selector(f"an XPath expression must be nested at most {_DEEPEST} deep")
    wide = len(_WIDE.findall(bare))
    if nodes ** max(1, cost) > _MOST_STEPS and cost > 1:
        raise bad_selector(f"the XPath expression {expression[:300]!r} would look at all nodes {cost} times over")
    if wide * nodes * nodes > _MOST_STEPS:
        raise bad_selector(f"the XPath expression {expression[:300]!r} has too many steps for {nodes} nodes")


def _factor(level: list[int], inside: int) -> int:
    """Nesting: one for the step itself, one more for every predicate around it that belongs to such a step."""
    around = sum(1 for outer, inner in zip(level, level[1:], strict=False) if inner > outer)
    return around + (1 if inside > level[-1] else 0)


# ---------------------------------------------------------------------- functions of XPath 2.0


def _text(value: object) -> str:
    if isinstance(value, list):
        items = cast("list[Any]", value)
        value = items[0] if items and isinstance(items[0], str) else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return str(value)


def _matches(_: object, value: object, pattern: object, flags: object = "") -> bool:
    return java_pattern(_text(pattern), dot_all=False, flags=_text(flags)).found_in(_text(value))


def _replace(_: object, value: object, pattern: object, by: object, flags: object = "") -> str:
    return java_pattern(_text(pattern), dot_all=False, flags=_text(flags)).replace(_text(value), _text(by))


def _string_join(_: object, values: object, separator: object = "") -> str:
    items = cast("list[object]", values) if isinstance(values, list) else [values]
    return _text(separator).join(_text([v]) if not isinstance(v, str) else v for v in items)


def _ends_with(_: object, value: object, end: object) -> bool:
    return _text(value).endswith(_text(end))


def _lower(_: object, value: object) -> str:
    return _text(value).lower()


def _upper(_: object, value: object) -> str:
    return _text(value).upper()


def _exists(_: object, value: object) -> bool:
    return bool(value)


def _empty(_: object, value: object) -> bool:
    return not value


def _abs(_: object, value: object) -> float:
    try:
        return abs(float(_text(value)))
    except ValueError:
        return float("nan")


_FUNCTIONS: Final[dict[tuple[str | None, str], Callable[..., object]]] = {
    (None, "matches"): _matches, (None, "replace"): _replace, (None, "string-join"): _string_join, (None, "ends-with"): _ends_with,
    (None, "lower-case"): _lower, (None, "upper-case"): _upper, (None, "exists"): _exists, (None, "empty"): _empty, (None, "abs"): _abs,
}  # fmt: skip
