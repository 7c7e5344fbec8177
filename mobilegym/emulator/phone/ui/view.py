"""Views and boxes: the two halves of the toolkit.

A `View` says what is wanted (in dp, theme roles and handlers as data) and knows nothing of the screen; laying it out for
a `Ui` gives a `Box`, immutable geometry in whole device pixels, which can be shared by any number of phones. From a box
come the accessibility nodes (`collect`), the display list (`paint`) and hit tests (`hit.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, Unpack

from mobilegym.emulator.phone.ui import ops
from mobilegym.emulator.phone.ui.attrs import FILL, UNBOUNDED, Align, Edges, Gravity, Handler, ViewAttrs, edges
from mobilegym.emulator.phone.ui.call import Call, OverlayCall
from mobilegym.emulator.phone.ui.theme import Color, Ui
from mobilegym.observation import Bounds, Element

__all__ = ["Box", "Nodes", "Recorder", "View", "collect_window", "paint_window"]

_CACHED_PLACES: Final = 4
"""How many positions of one shared subtree keep their nodes and ops."""
_CACHED_SIZE: Final = 4
"""Smaller subtrees are quicker to walk than to look up."""


class Box:
    """A laid-out view: size, and the places of its children relative to its own top-left corner, all device px."""

    __slots__ = ("elements", "extent", "h", "kids", "ops", "size", "view", "w")

    def __init__(self, view: View, w: int, h: int, kids: tuple[tuple[int, int, Box], ...], extent: int = 0) -> None:
        self.view = view
        self.w = w
        self.h = h
        self.kids = kids
        self.extent = extent
        """Length of the content of a scroll container along its axis."""
        self.size = 1
        """How many boxes there are, this one included."""
        for _, _, kid in kids:
            self.size += kid.size
        self.elements: dict[object, tuple[Element, ...]] | None = None
        self.ops: dict[object, tuple[ops.Op, ...]] | None = None


class Recorder:
    """Collects the display list of a window."""

    __slots__ = ("add", "clip", "out", "ui")

    def __init__(self, ui: Ui, clip: ops.Clip) -> None:
        self.ui = ui
        self.clip = clip
        self.out: list[ops.Op] = []
        self.add: Callable[[ops.Op], None] = self.out.append

    def put(self, op: ops.Op | None) -> None:
        """Add an op unless it was clipped away altogether."""
        if op is not None:
            self.add(op)


class Nodes:
    """Collects the accessibility nodes of a window."""

    __slots__ = ("clip", "out", "package")

    def __init__(self, package: str, clip: ops.Clip) -> None:
        self.package = package
        self.clip = clip
        self.out: list[Element] = []


_VIEWS: Final[dict[object, View]] = {}
_VIEWS_LIMIT: Final = 16_000
_PLAIN: Final = frozenset((str, int, float, bool, type(None), tuple, Call, OverlayCall))
"""Arguments of these types are certainly no host."""


if TYPE_CHECKING:
    _Interned = type  # a checker is to see the constructors themselves
else:

    class _Interned(type):
        """Equal views are one object: a view made again from the same arguments is the one made before, with its layout.

        So a screen that is built anew shares every part that did not change, with itself and with all phones of the process.
        """

        def __call__(cls, /, *args: Any, **attrs: Any) -> View:
            if not cls.interned:
                return super().__call__(*args, **attrs)
            try:
                key = (cls, args, tuple(attrs.items()))
                view = _VIEWS.get(key)
            except TypeError:  # something that cannot be hashed, a list of items for instance
                return super().__call__(*args, **attrs)
            if view is None:
                view = super().__call__(*args, **attrs)
                if any(type(a) not in _PLAIN and hasattr(a, "fields") for a in (*args, *attrs.values())):
                    return view
                if len(_VIEWS) >= _VIEWS_LIMIT:
                    for old in list(_VIEWS)[: _VIEWS_LIMIT // 2]:
                        del _VIEWS[old]
                view.shared = True
                _VIEWS[key] = view
            return view


class View(metaclass=_Interned):
    """A rectangle with optional background, handlers and accessibility attributes. Subclasses add content."""

    cls: str | None = "android.view.View"
    rid: str = ""
    desc: str = ""
    hint: str = ""
    label: str = ""
    on_tap: Handler | None = None
    on_long: Handler | None = None
    on_double: Handler | None = None
    on_swipe: Handler | None = None
    on_drag: Handler | None = None
    drag_axis: str = "x"
    """Along which `on_drag` measures: `x`, or `y` for an upright slider (0 is at the bottom)."""
    clickable: bool = False
    long_clickable: bool = False
    checkable: bool = False
    checked: bool = False
    selected: bool = False
    enabled: bool = True
    focusable: bool = False
    focused: bool = False
    password: bool = False
    width: float | None = None
    height: float | None = None
    weight: float = 0
    loose: bool = False
    min_width: float = 0
    min_height: float = 0
    max_width: float = 0
    padding: Edges = 0
    margin: Edges = 0
    align: Align | None = None
    gravity: Gravity = "top_start"
    background: Color | None = None
    radius: float | tuple[float, float, float, float] = 0
    border: Color | None = None
    border_width: float = 1
    elevation: float = 0

    scroll_key: str = ""
    """Key of the scroll offset this container moves; empty where it does not scroll."""
    scroll_axis: str = ""
    edit_key: str = ""
    """Key of the text field it edits."""
    interned: ClassVar[bool] = True
    """False for views that read their host's state when they are made."""
    shared = False
    """Made once and seen by many: never to be changed, and worth keeping its layout."""
    _box: Box | None = None
    _box_key: object = None

    def __init__(self, **attrs: Unpack[ViewAttrs]) -> None:
        self.__dict__.update(attrs)

    @property
    def text(self) -> str:
        """Text in the accessibility tree."""
        return self.label

    def but(self, **attrs: Unpack[ViewAttrs]) -> Self:
        """A copy with other attributes; views are never changed once made."""
        twin = copy(self)
        twin.__dict__.update(attrs)
        twin.shared, twin._box = False, None
        return twin

    # ------------------------------------------------------------------ layout

    def layout(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Box:
        """Size within the limits (device px); a shared view keeps the box for the last ones asked for."""
        if self.shared:
            key = (ui, min_w, max_w, min_h, max_h)
            if self._box is not None and self._box_key == key:
                return self._box
            self._box, self._box_key = self._measure(ui, min_w, max_w, min_h, max_h), key
            return self._box
        # Nothing is kept here: view and box would hold each other, and only the cycle collector would free them.
        return self._measure(ui, min_w, max_w, min_h, max_h)

    def _measure(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Box:
        if self.max_width:
            max_w = min(max_w, ui.px(self.max_width))
        if self.width is not None or self.min_width:
            min_w, max_w = self._limits(ui, self.width, self.min_width, min_w, max_w)
        if self.height is not None or self.min_height:
            min_h, max_h = self._limits(ui, self.height, self.min_height, min_h, max_h)
        if self.padding:
            left, top, right, bottom = edges(self.padding, ui)
            h, v = left + right, top + bottom
            low_w, high_w = min_w - h if min_w > h else 0, max_w - h if max_w > h else 0
            w, height, kids, extent = self.arrange(ui, low_w, high_w, min_h - v if min_h > v else 0, max_h - v if max_h > v else 0)
            if left or top:
                kids = tuple((x + left, y + top, kid) for x, y, kid in kids)
            w, height = w + h, height + v
        else:
            w, height, kids, extent = self.arrange(ui, min_w, max_w, min_h, max_h)
        if w > max_w:
            w = max_w
        if w < min_w:
            w = min_w
        if height > max_h:
            height = max_h
        return Box(self, w, min_h if height < min_h else height, kids, extent)

    @staticmethod
    def _limits(ui: Ui, want: float | None, least: float, low: int, high: int) -> tuple[int, int]:
        if want is not None:
            if want != FILL:
                low = high = max(low, min(high, ui.px(want)))
            elif high < UNBOUNDED >> 1:
                low = high
        if least:
            low = min(high, max(low, ui.px(least)))
        return low, high

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> tuple[int, int, tuple[tuple[int, int, Box], ...], int]:
        """Content size, children with their places inside the padding, and scroll extent. All device px."""
        del ui, max_w, max_h
        return min_w, min_h, (), 0

    def padding_px(self, ui: Ui) -> tuple[int, int, int, int]:
        """Padding `(left, top, right, bottom)` in device px."""
        return edges(self.padding, ui) if self.padding else (0, 0, 0, 0)

    def margin_px(self, ui: Ui) -> tuple[int, int, int, int]:
        """Margin `(left, top, right, bottom)` in device px; the parent leaves it free around the view."""
        return edges(self.margin, ui) if self.margin else (0, 0, 0, 0)

    # ------------------------------------------------------------------ painting

    def paint(self, p: Recorder, box: Box, x: int, y: int) -> None:
        """Append the ops of the box at `(x, y)` to the painter."""
        clip = p.clip
        if x >= clip[2] or y >= clip[3] or x + box.w <= clip[0] or y + box.h <= clip[1]:
            return
        if self.shared and box.size >= _CACHED_SIZE:
            key = (x, y, clip)
            if box.ops is None:
                box.ops = {}
            cached = box.ops.get(key)
            if cached is None:
                if len(box.ops) >= _CACHED_PLACES:
                    box.ops.clear()
                inner = Recorder(p.ui, clip)
                self._paint(inner, box, x, y)
                cached = box.ops[key] = tuple(inner.out)
            p.out.extend(cached)
            return
        self._paint(p, box, x, y)

    def _paint(self, p: Recorder, box: Box, x: int, y: int) -> None:
        if self.background is not None or self.border is not None:
            self.paint_background(p, box, x, y)
        self.draw(p, box, x, y)
        for kx, ky, kid in box.kids:
            kid.view.paint(p, kid, x + kx, y + ky)

    def paint_background(self, p: Recorder, box: Box, x: int, y: int) -> None:
        """Shadow, fill and outline."""
        ui, clip = p.ui, p.clip
        radius = self.radius
        r = (
            (ui.px(radius[0]), ui.px(radius[1]), ui.px(radius[2]), ui.px(radius[3]))
            if isinstance(radius, tuple)
            else min(ui.px(radius), box.w // 2, box.h // 2)
        )
        if self.elevation:
            p.put(ops.shadow(x, y, box.w, box.h, r if isinstance(r, int) else max(r), ui.px(self.elevation), clip))
        if self.background is not None:
            color = ui.color(self.background)
            if r:
                p.put(ops.rrect(x, y, box.w, box.h, r, color, clip))
            elif color >> 24:
                p.put(ops.rect(x, y, box.w, box.h, color, clip))
        if self.border is not None:
            stroke = max(1, ui.px(self.border_width))
            p.put(ops.stroke(x, y, box.w, box.h, r if isinstance(r, int) else max(r), stroke, ui.color(self.border), clip))

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        """Own content, between background and children."""

    # ------------------------------------------------------------------ accessibility

    def collect(self, nodes: Nodes, box: Box, x: int, y: int, depth: int, index: int) -> int:
        """Append the visible nodes; returns the index of the next sibling."""
        clip = nodes.clip
        if x >= clip[2] or y >= clip[3] or x + box.w <= clip[0] or y + box.h <= clip[1] or not box.w or not box.h:
            return index
        if self.shared and box.size >= _CACHED_SIZE:
            key = (x, y, clip, depth, index, nodes.package)
            if box.elements is None:
                box.elements = {}
            cached = box.elements.get(key)
            if cached is None:
                if len(box.elements) >= _CACHED_PLACES:
                    box.elements.clear()
                inner = Nodes(nodes.package, clip)
                self._collect(inner, box, x, y, depth, index)
                cached = box.elements[key] = tuple(inner.out)
            nodes.out.extend(cached)
            return index + (1 if self.cls is not None else sum(1 for e in cached if e.depth == depth))
        return self._collect(nodes, box, x, y, depth, index)

    def _collect(self, nodes: Nodes, box: Box, x: int, y: int, depth: int, index: int) -> int:
        if self.cls is None:
            for kx, ky, kid in box.kids:
                index = kid.view.collect(nodes, kid, x + kx, y + ky, depth, index)
            return index
        nodes.out.append(self.element(nodes, box, x, y, depth, index))
        child = 0
        for kx, ky, kid in box.kids:
            child = kid.view.collect(nodes, kid, x + kx, y + ky, depth + 1, child)
        return index + 1

    def element(self, nodes: Nodes, box: Box, x: int, y: int, depth: int, index: int) -> Element:
        """The accessibility node of this view, bounds clipped to what is visible."""
        rid, clip = self.rid, nodes.clip
        if rid and ":" not in rid:
            rid = f"{nodes.package}:id/{rid}"
        return Element(
            self.cls or "", rid, self.text, self.desc, nodes.package,
            Bounds(max(x, clip[0]), max(y, clip[1]), min(x + box.w, clip[2]), min(y + box.h, clip[3])),
            depth, index,
            self.clickable or self.on_tap is not None,
            self.long_clickable or self.on_long is not None,
            bool(self.scroll_key) and self._scrolls(box),
            self.checkable, self.checked,
            self.focusable or self.on_tap is not None,
            self.focused, self.selected, self.enabled, self.password, self.hint,
        )  # fmt: skip

    def _scrolls(self, box: Box) -> bool:
        return box.extent > (box.h if self.scroll_axis == "y" else box.w)


def collect_window(box: Box, package: str, x: int, y: int, clip: ops.Clip) -> tuple[Element, ...]:
    """All visible nodes of a laid-out window, in document order."""
    nodes = Nodes(package, clip)
    box.view.collect(nodes, box, x, y, 0, 0)
    return tuple(nodes.out)


def paint_window(box: Box, ui: Ui, x: int, y: int, clip: ops.Clip) -> tuple[ops.Op, ...]:
    """The display list of a laid-out window."""
    painter = Recorder(ui, clip)
    box.view.paint(painter, box, x, y)
    return tuple(painter.out)
