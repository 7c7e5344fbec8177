"""The page source as Appium's server writes it: one XML element per node, called by its class."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.hierarchy import rotation_of
from mobilegym.emulator.phone.wire.automation.nodes import TOAST_CLASS, Node, Tree
from mobilegym.observation import Element

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["attributes_of", "element_xml", "page_source", "tag_of", "toast_element"]

_SPECIAL: Final = re.compile('[&<>"\n\r\t\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufddf\ufffe\uffff]')
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_FLAG: Final = ("false", "true")
_EXTRA: Final = (
    ' screen-reader-focusable="false" drawing-order="0" showing-hint="false" text-entry-key="false" dismissable="false" '
    'a11y-focused="false" heading="false" live-region="0" context-clickable="false" content-invalid="false"'
)


def _quote(text: str) -> str:
    return _SPECIAL.sub(lambda m: _ENTITIES.get(m[0], "?"), text) if _SPECIAL.search(text) else text


def tag_of(cls: str) -> str:
    """Name of a node's XML element."""
    tag = re.sub(r"[^\w.\-]", ".", cls).strip(".")
    return tag if tag and (tag[0].isalpha() or tag[0] == "_") else "android.view.View"


def toast_element(kernel: Kernel) -> Element | None:
    """The toast on the screen as a node of its own, or None."""
    from mobilegym.observation import Bounds

    shell = kernel.shell.state
    if not shell.toast or shell.toast_until_ms <= kernel.clock.now_ms:
        return None
    return Element(TOAST_CLASS, "", shell.toast, "", shell.toast_package, Bounds(0, 0, 0, 0), 0, 1)


def _important(e: Element) -> bool:
    return bool(
        e.text
        or e.content_desc
        or e.clickable
        or e.long_clickable
        or e.scrollable
        or e.checkable
        or e.focusable
        or e.focused
        or e.resource_id
    )


def attributes_of(node: Node) -> dict[str, str]:
    """The attributes as the source shows them; those that a node does not have are missing."""
    e = node.element
    out = {
        "index": str(e.index), "package": e.package, "class": e.cls, "text": e.text, "content-desc": e.content_desc,
        "resource-id": e.resource_id, "checkable": _FLAG[e.checkable], "checked": _FLAG[e.checked], "clickable": _FLAG[e.clickable],
        "enabled": _FLAG[e.enabled], "focusable": _FLAG[e.focusable], "focused": _FLAG[e.focused],
        "long-clickable": _FLAG[e.long_clickable], "password": _FLAG[e.password], "scrollable": _FLAG[e.scrollable],
        "selected": _FLAG[e.selected], "bounds": str(e.bounds), "displayed": "true", "a11y-important": _FLAG[_important(e)],
        "hint": e.hint, "screen-reader-focusable": "false", "drawing-order": "0", "showing-hint": _FLAG[bool(e.hint) and e.text == e.hint],
        "text-entry-key": "false", "dismissable": "false", "a11y-focused": "false", "heading": "false", "live-region": "0",
        "context-clickable": "false", "content-invalid": "false",
    }  # fmt: skip
    for name in ("content-desc", "resource-id", "hint"):
        if not out[name]:
            del out[name]
    return out


def element_xml(nodes: Sequence[Node], depth_limit: int = 1 << 30) -> str:
    """Nodes in document order, the first of them the only root, as XML elements within one another."""
    out: list[str] = []
    open_tags: list[str] = []
    base = nodes[0].element.depth if nodes else 0
    for i, node in enumerate(nodes):
        (
            cls, rid, text, desc, package, bounds, depth, index, clickable, long_clickable, scrollable, checkable, checked, focusable,
            focused, selected, enabled, password, hint,
        ) = e = node.element  # fmt: skip
        if depth - base >= depth_limit:
            continue
        while len(open_tags) > depth - base:
            out.append(f"</{open_tags.pop()}>")
        tag = tag_of(cls)
        left, top, right, bottom = bounds
        out.append(
            f'<{tag} index="{index}" package="{_quote(package)}" class="{_quote(cls)}" text="{_quote(text)}"'
            + (f' content-desc="{_quote(desc)}"' if desc else "")
            + (f' resource-id="{_quote(rid)}"' if rid else "")
            + f' checkable="{_FLAG[checkable]}" checked="{_FLAG[checked]}" clickable="{_FLAG[clickable]}" enabled="{_FLAG[enabled]}" '
            f'focusable="{_FLAG[focusable]}" focused="{_FLAG[focused]}" long-clickable="{_FLAG[long_clickable]}" '
            f'password="{_FLAG[password]}" scrollable="{_FLAG[scrollable]}" selected="{_FLAG[selected]}" '
            f'bounds="[{left},{top}][{right},{bottom}]" displayed="true" a11y-important="{_FLAG[_important(e)]}"'
            + (f' hint="{_quote(hint)}"' if hint else "")
            + (_EXTRA.replace('showing-hint="false"', 'showing-hint="true"') if hint and hint == text else _EXTRA)
        )
        deeper = i + 1 < len(nodes) and nodes[i + 1].element.depth > depth and depth - base + 1 < depth_limit
        if deeper:
            out.append(">")
            open_tags.append(tag)
        else:
            out.append(" />")
    out.extend(f"</{tag}>" for tag in reversed(open_tags))
    return "".join(out)


def page_source(kernel: Kernel, trees: Sequence[Tree], *, depth_limit: int = 1 << 30) -> str:
    """The whole source.

    Args:
        kernel: The phone.
        trees: The windows to show.
        depth_limit: How many levels of each.
    """
    ui = kernel.ui
    head = (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\r\n"
        f'<hierarchy index="0" class="hierarchy" rotation="{rotation_of(kernel)}" width="{ui.width}" height="{ui.height}">'
    )
    parts = [head, *(element_xml(t.nodes, depth_limit) for t in trees)]
    toast = toast_element(kernel)
    if toast is not None and all(t.title != "Toast" for t in trees):
        tree = Tree("Toast", (toast,))
        index, node = len(trees), tree.nodes[0].element
        parts.append(
            f'<{TOAST_CLASS} index="{index}" package="{_quote(node.package)}" class="{TOAST_CLASS}" text="{_quote(node.text)}" '
            'displayed="true" />'
        )
    parts.append("</hierarchy>")
    return "".join(parts)
