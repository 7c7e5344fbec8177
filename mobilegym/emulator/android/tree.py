"""Reading `uiautomator dump`: the accessibility tree as elements."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

from mobilegym.errors import DeviceError
from mobilegym.observation import Bounds, Element

__all__ = ["NoTree", "extract_xml", "read_tree"]

_BOUNDS: Final = re.compile(r"\[(-?\d+),(-?\d+)\]\[(-?\d+),(-?\d+)\]")
_FLAGS: Final = ("clickable", "long-clickable", "scrollable", "checkable", "checked", "focusable", "focused", "selected")


class NoTree(DeviceError):
    """The phone gave no tree: it was moving, or has no window just now. Ask again."""


def extract_xml(text: str) -> str:
    """The document in what a dump printed, without the messages around it.

    Raises:
        NoTree: There is none.
    """
    start = text.find("<?xml")
    if start < 0:
        start = max(text.find("<hierarchy"), text.find("<displays"))
    end = max(text.rfind("</hierarchy>") + len("</hierarchy>"), text.rfind("</displays>") + len("</displays>"))
    if start < 0 or end <= start:
        raise NoTree(f"the phone gave no accessibility tree: {text.strip()[:200]!r}")
    return text[start:end]


def read_tree(xml: str, width: int, height: int) -> tuple[Element, ...]:
    """Elements of a dump: the status bar first, then windows from the lowest to the topmost.

    Nodes that lie outside the screen or have no size are left out; what they hold stays.

    Args:
        xml: A document as `uiautomator dump` writes it, with or without `--windows`, or an Appium page source.
        width: Of the screen as it is turned, px.
        height: Its height.

    Raises:
        NoTree: It is no such document.
    """
    try:
        root = ElementTree.fromstring(xml.encode("utf-8", "replace"))
    except ElementTree.ParseError as error:
        raise NoTree(f"the accessibility tree is no XML: {error}") from error
    out: list[Element] = []
    screen = Bounds(0, 0, width, height)
    for hierarchy in _hierarchies(root):
        for node in hierarchy:
            _collect(node, 0, screen, out)
    return tuple(out)


def _hierarchies(root: ElementTree.Element) -> list[list[ElementTree.Element]]:
    """The roots of all windows, in the order of elements."""
    windows = [window for window in root.iter("window") if window.find("hierarchy") is not None]
    if windows:
        windows.sort(key=lambda window: (window.get("title") != "StatusBar", int(window.get("layer") or 0)))
        return [list(tree) for window in windows for tree in window.findall("hierarchy")]
    if root.get("class") != "hierarchy":
        return [list(root)] if root.tag == "hierarchy" else [list(tree) for tree in root.iter("hierarchy")]
    # A page source names no windows: the active one comes first, then the others from the topmost down.
    active, others = list(root)[:1], list(root)[:0:-1]
    bars = [node for node in others if node.get("resource-id", "").endswith(":id/status_bar")]
    return [bars, active, [node for node in others if node not in bars]]


def _collect(node: ElementTree.Element, depth: int, screen: Bounds, out: list[Element]) -> None:
    element = _element(node, depth, screen)
    if element is not None:
        out.append(element)
        depth += 1
    for child in node:
        _collect(child, depth, screen, out)


def _element(node: ElementTree.Element, depth: int, screen: Bounds) -> Element | None:
    match = _BOUNDS.fullmatch(node.get("bounds") or "")
    cls = node.get("class") or ""
    if match is None or not cls:
        return None
    left, top, right, bottom = (int(number) for number in match.groups())
    bounds = Bounds(max(left, 0), max(top, 0), min(right, screen.right), min(bottom, screen.bottom))
    if bounds.left >= bounds.right or bounds.top >= bounds.bottom:
        return None
    clickable, long_clickable, scrollable, checkable, checked, focusable, focused, selected = (node.get(flag) == "true" for flag in _FLAGS)
    return Element(
        cls=cls, resource_id=node.get("resource-id") or "", text=node.get("text") or "", content_desc=node.get("content-desc") or "",
        package=node.get("package") or "", bounds=bounds, depth=depth, index=int(node.get("index") or 0), clickable=clickable,
        long_clickable=long_clickable, scrollable=scrollable, checkable=checkable, checked=checked, focusable=focusable, focused=focused,
        selected=selected, enabled=node.get("enabled") != "false", password=node.get("password") == "true", hint=node.get("hint") or "",
    )  # fmt: skip
