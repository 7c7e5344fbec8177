"""Finding elements by the strategies that the driver passes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.wire.automation.errors import AutomationError, bad_selector, no_such_element
from mobilegym.emulator.phone.wire.automation.expressions import evaluate
from mobilegym.emulator.phone.wire.automation.java import parse_expressions
from mobilegym.emulator.phone.wire.automation.nodes import Node, Tree
from mobilegym.emulator.phone.wire.automation.selector import UiSelector
from mobilegym.emulator.phone.wire.automation.source import toast_element
from mobilegym.emulator.phone.wire.automation.xpath import find_by_xpath

if TYPE_CHECKING:
    from mobilegym.emulator.phone.wire.uiautomator2.session import Session

__all__ = ["STRATEGIES", "find_nodes"]


def find_nodes(session: Session, strategy: str, selector: str, context: Node | None, *, first: bool) -> list[Node]:
    """Nodes that match, in document order.

    Args:
        session: Who asks.
        strategy: A key of `STRATEGIES`.
        selector: What to look for.
        context: Look only inside this node.
        first: One is enough.

    Raises:
        AutomationError: `invalid selector`; for a selector that scrolls also `no such element`.
    """
    search = STRATEGIES.get(strategy)
    if search is None:
        raise bad_selector(f"Locator strategy '{strategy}' is not supported for this session")
    if not selector:
        raise bad_selector("The selector must not be empty")
    return search(session, selector, context, first)


def _scope(session: Session, context: Node | None) -> Iterable[Node]:
    if context is not None:
        nodes = context.walk()
        next(nodes)
        yield from nodes
        return
    for tree in session.trees():
        yield from tree.nodes
    toast = toast_element(session.system.kernel)
    if toast is not None:
        yield from Tree("Toast", (toast,)).nodes


def _where(session: Session, context: Node | None, first: bool, test: Callable[[Node], bool]) -> list[Node]:
    found: list[Node] = []
    for node in _scope(session, context):
        if test(node):
            found.append(node)
            if first:
                break
    return found


def _by_id(session: Session, selector: str, context: Node | None, first: bool) -> list[Node]:
    wanted = {selector}
    if ":id/" not in selector and not session.settings.flag("disableIdLocatorAutocompletion"):
        package = session.package()
        if package:
            wanted.add(f"{package}:id/{selector}")
        wanted.add(f"android:id/{selector}")
    return _where(session, context, first, lambda n: n.element.resource_id in wanted)


def _by_class(session: Session, selector: str, context: Node | None, first: bool) -> list[Node]:
    return _where(session, context, first, lambda n: n.element.cls == selector)


def _by_description(session: Session, selector: str, context: Node | None, first: bool) -> list[Node]:
    return _where(session, context, first, lambda n: n.element.content_desc == selector)


def _by_xpath(session: Session, selector: str, context: Node | None, first: bool) -> list[Node]:
    trees = session.trees() if context is None else [context.tree]
    found = find_by_xpath(session.system.kernel, trees, selector, context)
    return found[:1] if first else found


def _by_expression(session: Session, selector: str, context: Node | None, first: bool) -> list[Node]:
    handle = session.elements.add(context) if context is not None else ""
    found: list[Node] = []

    def scope() -> list[tuple[Node | None, bool]]:
        if handle:
            return [(session.node(handle), True)]
        return [(tree.root, False) for tree in session.trees()]

    def find(wanted: UiSelector) -> Node | None:
        return next((n for root, inside in scope() if (n := wanted.find(root, inside=inside)) is not None), None)

    missing: AutomationError | None = None
    for expression in parse_expressions(selector):
        try:
            result = evaluate(expression, find, session.actor)
        except AutomationError as error:
            if error.kind != "no such element":
                raise
            missing = error
            continue
        if isinstance(result, Node):
            found.append(result)
        elif first:
            node = find(result)
            found += [] if node is None else [node]
        else:
            found += [n for root, inside in scope() for n in result.find_all(root, inside=inside)]
        if first and found:
            break
    if first and not found and missing is not None:
        raise no_such_element(missing.message)
    return list(dict.fromkeys(found))


STRATEGIES: Final[dict[str, Callable[[Session, str, Node | None, bool], list[Node]]]] = {
    "id": _by_id, "class name": _by_class, "accessibility id": _by_description, "xpath": _by_xpath,
    "-android uiautomator": _by_expression,
}  # fmt: skip
"""Strategy → search."""
