"""The accessibility tree as uiautomator writes it: XML of the active window, or of every window that can be read."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from mobilegym.emulator.phone.kernel.windows import Window
from mobilegym.observation import Bounds, Element

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = [
    "XML_HEAD", "WindowInfo", "active_elements", "compress", "dump_active", "dump_windows", "escape", "nodes_xml", "rotation_of",
    "window_title", "windows_info",
]  # fmt: skip

XML_HEAD: Final = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
_TITLES: Final = {
    "status_bar": "StatusBar", "navigation_bar": "NavigationBar0", "keyboard": "InputMethod", "heads_up": "NotificationShade",
    "volume": "VolumeDialogImpl", "shade": "NotificationShade", "keyguard": "NotificationShade", "power_menu": "ActionsDialog",
    "toast": "Toast",
}  # fmt: skip
_NO_XML: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufddf\ufffe\uffff"
_DISALLOWED: Final = re.compile(f"[{_NO_XML}]")
_SPECIAL: Final = re.compile(f'[&<>"\n\r\t{_NO_XML}\U00010000-\U0010ffff]')
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_NAF_EXEMPT: Final = ("GridView", "GridLayout", "ListView", "TableLayout")
_NODES_LIMIT: Final = 128


class WindowInfo(NamedTuple):
    """A window that can be read, after Android's `AccessibilityWindowInfo`."""

    id: int
    title: str
    type: str
    """`TYPE_APPLICATION`, `TYPE_SYSTEM` or `TYPE_INPUT_METHOD`."""
    package: str
    bounds: Bounds
    layer: int
    active: bool
    """What `uiautomator dump` shows; has the focus."""
    token: str
    elements: tuple[Element, ...]


def escape(text: str) -> str:
    """Text as the value of an attribute; characters that XML cannot hold become dots, as uiautomator has it."""
    return _SPECIAL.sub(_replaced, text)


def _replaced(match: re.Match[str]) -> str:
    char = match[0]
    return _ENTITIES.get(char) or ("." if _DISALLOWED.match(char) else f"&#{ord(char)};")


def rotation_of(kernel: Kernel) -> int:
    """How the screen is turned as it is drawn now, quarter turns; what keeps upright is not turned."""
    turned, ui = kernel.hardware.rotation, kernel.ui
    width, height = kernel.display_size
    wide = ui.width > ui.height if width <= height else ui.width < ui.height
    return turned if wide == (turned % 2 == 1) else 0


# ---------------------------------------------------------------------- windows


def window_title(kernel: Kernel, window: Window) -> str:
    """Android's name of a window: `package/class` of an activity, `StatusBar`, `InputMethod`, ..."""
    if window.kind in _TITLES:
        return _TITLES[window.kind]
    surface = window.surface
    name: str | None = getattr(surface, "name", None)
    if name is None:  # an overlay of a system window
        kind = next((k for k, s in kernel.windows.system.items() if s is surface), "")
        return _TITLES.get(kind, surface.package)
    return f"{surface.package}/{name}"


def windows_info(kernel: Kernel) -> list[WindowInfo]:
    """Windows that can be read, in the order of the elements of an observation."""
    windows = kernel.windows
    stack, readable = windows.stack(), windows.readable()
    active = _active(kernel, readable)
    layers = {id(w): i for i, w in enumerate(stack)}
    found: list[WindowInfo] = []
    for window in readable:
        title, kind = window_title(kernel, window), window.kind
        box = window.box
        bounds = Bounds(window.x, window.y, window.x + box.w, window.y + box.h)
        type_ = "TYPE_INPUT_METHOD" if kind == "keyboard" else "TYPE_SYSTEM" if kind in _TITLES else "TYPE_APPLICATION"
        layer = layers[id(window)]
        token = f"{zlib.crc32(f'{kind} {title}'.encode()) & 0xFFFFFFF:07x}"
        elements = windows.elements_of(window)
        found.append(WindowInfo(layer + 1, title, type_, window.surface.package, bounds, layer, window is active, token, elements))
    return found


def _active(kernel: Kernel, readable: Sequence[Window]) -> Window | None:
    """The window with the focus: the topmost modal one, or a banner with a field that is being typed into."""
    banner = kernel.windows.system["heads_up"]
    if banner.focus and kernel.windows.input_target() is banner:
        return next((w for w in readable if w.surface is banner), None)
    return next((w for w in reversed(readable) if w.modal), None)


def active_elements(kernel: Kernel) -> tuple[Element, ...]:
    """Nodes of the active window as one tree; a snackbar belongs to its activity's. Empty while the screen is off."""
    readable = kernel.windows.readable()
    active = _active(kernel, readable)
    if active is None:
        return ()
    elements = kernel.windows.elements_of(active)
    if active.kind == "activity":
        for window in readable:
            if window.kind == "snackbar" and window.surface is active.surface:
                index = sum(1 for e in elements if e.depth == 1)
                below = kernel.windows.elements_of(window)
                elements += tuple(e._replace(depth=e.depth + 1, index=index + e.index if e.depth == 0 else e.index) for e in below)
    return elements


# ---------------------------------------------------------------------- XML


def dump_active(kernel: Kernel, *, compressed: bool = False) -> str:
    """What `uiautomator dump` writes; empty where there is no window to read (the screen is off)."""
    elements = active_elements(kernel)
    if not elements:
        return ""
    return f'{XML_HEAD}<hierarchy rotation="{rotation_of(kernel)}">{nodes_xml(elements, compressed=compressed)}</hierarchy>'


def dump_windows(kernel: Kernel, *, compressed: bool = False) -> str:
    """What `uiautomator dump --windows` writes. All windows in document order hold exactly the elements of an observation."""
    rotation = rotation_of(kernel)
    parts = [XML_HEAD, '<displays><display id="0">']
    for index, w in enumerate(windows_info(kernel)):
        active = "true" if w.active else "false"
        parts.append(
            f'<window index="{index}" id="{w.id}" title="{escape(w.title)}" bounds="{w.bounds}" active="{active}" type="{w.type}" '
            f'layer="{w.layer}" token="{w.token}" focused="{active}" accessibility-focused="false"><hierarchy rotation="{rotation}">'
        )
        parts.append(nodes_xml(w.elements, compressed=compressed))
        parts.append("</hierarchy></window>")
    parts.append("</display></displays>")
    return "".join(parts)


_NODES: Final[dict[tuple[int, bool], tuple[tuple[Element, ...], str]]] = {}
"""XML by identity of the elements, which are kept so that the identity stays theirs."""


def nodes_xml(elements: tuple[Element, ...], *, compressed: bool = False) -> str:
    """The `<node>` elements of a window. Elements are in document order, their depth says how they nest.

    Args:
        elements: Nodes of one window.
        compressed: Leave containers out that say and do nothing; what is in them moves up.
    """
    key = (id(elements), compressed)
    cached = _NODES.get(key)
    if cached is not None and cached[0] is elements:
        return cached[1]
    xml = _nodes(compress(elements) if compressed else elements)
    if len(_NODES) >= _NODES_LIMIT:
        _NODES.clear()
    _NODES[key] = (elements, xml)
    return xml


def compress(elements: Sequence[Element]) -> tuple[Element, ...]:
    """Without the containers that say and do nothing; depths and indices follow."""
    out: list[Element] = []
    path: list[tuple[int, int]] = []
    """Depth in the source and in the result of the ancestors that are kept."""
    children = [0]
    for e in elements:
        while path and path[-1][0] >= e.depth:
            path.pop()
        depth = path[-1][1] + 1 if path else 0
        del children[depth + 1 :]
        if path and not _important(e):
            continue
        out.append(e._replace(depth=depth, index=children[depth]))
        children[depth] += 1
        children.append(0)
        path.append((e.depth, depth))
    return tuple(out)


def _important(e: Element) -> bool:
    says = e.text or e.content_desc or e.hint
    return bool(says or e.clickable or e.long_clickable or e.scrollable or e.checkable or e.focusable or e.focused)


_FLAG: Final = ("false", "true")


def _nodes(elements: Sequence[Element]) -> str:
    out: list[str] = []
    put: Callable[[str], None] = out.append
    open_depth = -1
    ends = len(elements)
    flag, special = _FLAG, _SPECIAL.search
    for i, e in enumerate(elements):
        (
            cls, rid, text, desc, package, bounds, depth, index, clickable, long_clickable, scrollable, checkable, checked, focusable,
            focused, selected, enabled, password, hint,
        ) = e  # fmt: skip
        if depth <= open_depth:
            put("</node>" * (open_depth - depth + 1))
            open_depth = depth - 1
        leaf = i + 1 == ends or elements[i + 1].depth <= depth
        if text and special(text):
            text = escape(text)
        if desc and special(desc):
            desc = escape(desc)
        naf = 'NAF="true" ' if clickable and enabled and not text and not desc and _naf(elements, i) else ""
        more = f' hint="{escape(hint)}"' if hint else ""
        left, top, right, bottom = bounds
        put(
            f'<node {naf}index="{index}" text="{text}" resource-id="{escape(rid)}" class="{cls}" package="{package}" content-desc="{desc}" '
            f'checkable="{flag[checkable]}" checked="{flag[checked]}" clickable="{flag[clickable]}" enabled="{flag[enabled]}" '
            f'focusable="{flag[focusable]}" focused="{flag[focused]}" scrollable="{flag[scrollable]}" '
            f'long-clickable="{flag[long_clickable]}" password="{flag[password]}" selected="{flag[selected]}" '
            f'bounds="[{left},{top}][{right},{bottom}]"{more}{" />" if leaf else ">"}'
        )
        if not leaf:
            open_depth = depth
    put("</node>" * (open_depth + 1))
    return "".join(out)


def _naf(elements: Sequence[Element], at: int) -> bool:
    """Not accessibility friendly: something to click on that nothing names, neither itself nor what is in it."""
    depth = elements[at].depth
    if elements[at].cls.endswith(_NAF_EXEMPT):
        return False
    for e in elements[at + 1 :]:
        if e.depth <= depth:
            return True
        if e.text or e.content_desc:
            return False
    return True
