"""Routes about elements: finding, reading, clicking, typing."""

from __future__ import annotations

import base64
import json
import re
from typing import Final

from mobilegym.emulator.phone.ui.png import encode
from mobilegym.emulator.phone.wire.automation.errors import AutomationError, bad_value, no_such_element
from mobilegym.emulator.phone.wire.automation.nodes import Node
from mobilegym.emulator.phone.wire.automation.source import attributes_of
from mobilegym.emulator.phone.wire.uiautomator2.elements import reference
from mobilegym.emulator.phone.wire.uiautomator2.finding import find_nodes
from mobilegym.emulator.phone.wire.uiautomator2.keys import type_keys
from mobilegym.emulator.phone.wire.uiautomator2.request import Arguments
from mobilegym.emulator.phone.wire.uiautomator2.session import Session

__all__ = [
    "active", "attribute", "attribute_of", "clear", "click", "element_shot", "find_element", "find_elements", "first_visible",
    "location", "name", "rect", "rect_of", "scroll_to_element", "set_value", "size", "text",
]  # fmt: skip

_ALIASES: Final = {
    "contentDescription": "content-desc", "className": "class", "resourceId": "resource-id", "longClickable": "long-clickable",
    "original-text": "text", "a11yImportant": "a11y-important",
}  # fmt: skip
_EDITABLE: Final = re.compile(r"(EditText|AutoCompleteTextView|SearchAutoComplete)$")
_SCROLL_BACK_SWIPES: Final = 30


# ---------------------------------------------------------------------- finding


def find_element(a: Arguments) -> object:
    """`POST /element`."""
    context = _context(a)
    strategy, selector = a.text("strategy"), a.text("selector")
    found = find_nodes(a.session, strategy, selector, context, first=True)
    if not found:
        raise no_such_element()
    handle = a.path.get("id") or a.text_or("context", "")

    def again() -> Node | None:
        return next(iter(find_nodes(a.session, strategy, selector, None, first=True)), None)

    return _response(a.session, found[0], None if handle or strategy == "-android uiautomator" else again)


def find_elements(a: Arguments) -> object:
    """`POST /elements`."""
    found = find_nodes(a.session, a.text("strategy"), a.text("selector"), _context(a), first=False)
    return [_response(a.session, node) for node in found]


def _context(a: Arguments) -> Node | None:
    if "id" in a.path:
        return a.node()
    handle = a.text_or("context", "")
    return a.session.node(handle) if handle else None


def _response(session: Session, node: Node, again: object = None) -> dict[str, object]:
    handle = session.elements.add(node, again)  # pyright: ignore[reportArgumentType] - a closure of this module or None
    answer: dict[str, object] = {**reference(handle)}
    if not session.settings.flag("shouldUseCompactResponses"):
        for wanted in session.settings.text("elementResponseAttributes").split(","):
            key = wanted.strip()
            if key == "rect":
                answer[key] = rect_of(node)
            elif key == "name":
                answer[key] = node.element.content_desc
            elif key:
                answer[key] = attribute_of(node, key.removeprefix("attribute/"))
    return answer


def active(a: Arguments) -> object:
    """`GET /element/active`."""
    for tree in a.session.trees():
        for node in tree.nodes:
            if node.element.focused:
                return _response(a.session, node)
    raise no_such_element("No element has the input focus")


def first_visible(a: Arguments) -> object:
    """`GET /appium/element/:id/first_visible`."""
    node = a.node()
    if not node.children:
        raise no_such_element("The element has no visible children")
    return _response(a.session, node.children[0])


# ---------------------------------------------------------------------- reading


def rect_of(node: Node) -> dict[str, int]:
    """Place and size of a node, device px."""
    left, top, right, bottom = node.bounds
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def attribute_of(node: Node, name: str) -> object:
    """An attribute by any of its names. Raises AutomationError for one that there is none."""
    attributes = attributes_of(node)
    key = _ALIASES.get(name, name)
    element = node.element
    if key == "name":
        return element.content_desc or element.text
    if key in ("content-desc", "resource-id", "hint"):
        return attributes.get(key)
    if key in attributes:
        return attributes[key]
    if key in ("selection-start", "selection-end", "extras", "tooltip-text", "pane-title", "actions"):
        return None
    if key == "contentSize":
        place = rect_of(node)
        content = {"width": place["width"], "height": place["height"], "top": place["y"], "left": place["x"]}
        return json.dumps({**content, "scrollableOffset": place["height"], "touchPadding": 0}) if element.scrollable else None
    known = ", ".join(sorted({*attributes, *_ALIASES, "content-desc", "resource-id", "hint", "name", "contentSize"}))
    raise bad_value(f"'{name}' attribute is unknown for the element. Only the following attributes are supported: [{known}]")


def attribute(a: Arguments) -> object:
    """`GET /element/:id/attribute/:name`."""
    return attribute_of(a.node(), a.path["name"])


def text(a: Arguments) -> object:
    """`GET /element/:id/text`."""
    return a.node().element.text


def name(a: Arguments) -> object:
    """`GET /element/:id/name`: the content description, as the server has it."""
    return a.node().element.content_desc


def rect(a: Arguments) -> object:
    """`GET /element/:id/rect`."""
    return rect_of(a.node())


def location(a: Arguments) -> object:
    """`GET /element/:id/location`."""
    place = rect_of(a.node())
    return {"x": place["x"], "y": place["y"]}


def size(a: Arguments) -> object:
    """`GET /element/:id/size`."""
    place = rect_of(a.node())
    return {"width": place["width"], "height": place["height"]}


def element_shot(a: Arguments) -> object:
    """`GET /element/:id/screenshot`: the part of the screen where it is, as PNG in base64."""
    left, top, right, bottom = a.node().bounds
    if right <= left or bottom <= top:
        raise AutomationError("unable to capture screen", "The element has no size")
    pixels = a.session.system.phone.render()
    return base64.b64encode(encode(pixels[top:bottom, left:right].copy())).decode("ascii")


# ---------------------------------------------------------------------- acting


def click(a: Arguments) -> None:
    """`POST /element/:id/click`: a tap in the middle of what is visible of it."""
    a.session.actor.tap(*a.node().bounds.center)


def clear(a: Arguments) -> None:
    """`POST /element/:id/clear`."""
    session = a.session
    _focus(session, a.node(), "clear the element")
    session.actor.type_text("", clear=True)


def set_value(a: Arguments) -> None:
    """`POST /element/:id/value`: types behind what is in the field, or instead of it."""
    session, node = a.session, a.node()
    raw = a.body.get("text")
    if raw is None:
        value = a.body.get("value")
        raw = "".join(str(v) for v in value) if isinstance(value, list) else value  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if not isinstance(raw, str):
        raise bad_value("`text` must be there: what is to be typed")
    if any("\ud800" <= c <= "\udfff" for c in raw):
        raw = raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    _focus(session, node, f"set the element to '{raw[:80]}'")
    submit = raw.endswith("\\n")
    type_keys(session.actor, raw.removesuffix("\\n"), clear=a.flag("replace"))
    if submit:
        session.actor.key(66)


def _focus(session: Session, node: Node, what: str) -> None:
    """Bring the caret behind the text of a field, with a tap where it is not there yet."""
    if not _EDITABLE.search(node.element.cls) or not node.element.enabled:
        raise AutomationError("invalid element state", f"Cannot {what}. Did you interact with the correct element?")
    ime = session.system.kernel.ime
    if not node.element.focused or ime.spec() is None:
        session.actor.tap(*node.bounds.center)
        session.actor.rest()
    if ime.spec() is None:
        raise AutomationError("invalid element state", f"Cannot {what}: it did not take the input focus")
    session.actor.caret_to_end()


def scroll_to_element(a: Arguments) -> None:
    """`POST /appium/element/:id/scroll_to/:id2`: scrolls the first one back until the second is in view."""
    session = a.session
    for _ in range(_SCROLL_BACK_SWIPES):
        try:
            session.node(a.path["id2"])
            return
        except AutomationError as error:
            if error.kind != "stale element reference":
                raise
        left, top, right, bottom = a.node().bounds
        middle, margin = (left + right) / 2, (bottom - top) * 0.1
        if not session.actor.can_scroll(middle, (top + bottom) / 2, "up"):
            break
        session.actor.swipe(middle, top + margin, middle, bottom - margin, 275)
        session.actor.rest()
    session.node(a.path["id2"])
