"""Things that scroll: a column or row of views, and long lists that build only the rows in sight."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final, Unpack

from mobilegym.emulator.phone.ui.attrs import FILL, UNBOUNDED, ViewAttrs
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Group, Kid, Placed, Row
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, Nodes, Recorder, View

__all__ = ["LazyColumn", "ScrollColumn", "ScrollRow"]


class _Scroller(Group):
    """Clips its children to its own box; subclasses place them shifted by the offset."""

    interned: ClassVar[bool] = False
    width: float | None = FILL
    offset: int = 0
    """px scrolled, as the host keeps it; clamped to the content here."""

    def _paint(self, p: Recorder, box: Box, x: int, y: int) -> None:
        if self.background is not None or self.border is not None:
            self.paint_background(p, box, x, y)
        outer = p.clip
        p.clip = (max(outer[0], x), max(outer[1], y), min(outer[2], x + box.w), min(outer[3], y + box.h))
        for kx, ky, kid in box.kids:
            kid.view.paint(p, kid, x + kx, y + ky)
        p.clip = outer

    def _collect(self, nodes: Nodes, box: Box, x: int, y: int, depth: int, index: int) -> int:
        outer = nodes.clip
        if self.cls is not None:
            nodes.out.append(self.element(nodes, box, x, y, depth, index))
        nodes.clip = (max(outer[0], x), max(outer[1], y), min(outer[2], x + box.w), min(outer[3], y + box.h))
        at = 0 if self.cls is not None else index
        for kx, ky, kid in box.kids:
            at = kid.view.collect(nodes, kid, x + kx, y + ky, depth + (self.cls is not None), at)
        nodes.clip = outer
        return index + 1 if self.cls is not None else at


class ScrollColumn(_Scroller):
    """A column that scrolls up and down. `stick="end"` keeps the end in sight (conversations): the offset counts from there."""

    cls: str | None = "android.widget.ScrollView"
    height: float | None = FILL
    scroll_axis = "y"

    def __init__(
        self, host: Host, key: str, *children: Kid, gap: float = 0, stick: str = "start", content_padding: float = 0,
        **attrs: Unpack[ViewAttrs],
    ) -> None:  # fmt: skip
        self.children = (Column(*children, gap=gap, cross="fill", cls=None, width=FILL, padding=content_padding),)
        self.scroll_key = key
        self.offset = host.scroll.get(key, 0)
        self.stick = stick
        self.__dict__.update(attrs)

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        box = self.children[0].layout(ui, min_w, max_w, 0, UNBOUNDED)
        high = max(min_h, min(box.h, max_h))
        room = max(0, box.h - high)
        offset = min(max(self.offset, 0), room)
        if self.stick == "end":
            offset = room - offset
        return max(min_w, box.w), high, ((0, -offset, box),), box.h


class ScrollRow(_Scroller):
    """A row that scrolls sideways."""

    cls: str | None = "android.widget.HorizontalScrollView"
    scroll_axis = "x"

    def __init__(self, host: Host, key: str, *children: Kid, gap: float = 0, **attrs: Unpack[ViewAttrs]) -> None:
        self.children = (Row(*children, gap=gap, cls=None),)
        self.scroll_key = key
        self.offset = host.scroll.get(key, 0)
        self.__dict__.update(attrs)

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        box = self.children[0].layout(ui, 0, UNBOUNDED, min_h, max_h)
        wide = max(min_w, min(box.w, max_w))
        offset = min(max(self.offset, 0), max(0, box.w - wide))
        return wide, max(min_h, box.h), ((-offset, 0, box),), box.w


class LazyColumn(_Scroller):
    """A long list: `row(*item)` gives the view of one item, built once per item and shared (see `memo`).

    Args:
        host: Who shows it.
        key: Key of the scroll offset.
        items: Arguments of `row`, one tuple per row; hashable. A tuple that stays the same object is measured only once.
        row: Pure function of an item.
        header: Views above the rows that scroll with them.
        footer: dp of empty room below the last row (for a floating button).
        columns: Cells per line; more than one makes a grid with `gap` dp between the cells.
    """

    cls: str | None = "androidx.recyclerview.widget.RecyclerView"
    height: float | None = FILL
    scroll_axis = "y"

    def __init__(
        self, host: Host, key: str, items: Sequence[tuple[Any, ...]], row: Callable[..., View], *,
        header: Sequence[Kid] = (), footer: float = 0, columns: int = 1, gap: float = 0, **attrs: Unpack[ViewAttrs],
    ) -> None:  # fmt: skip
        self.items = items
        self.row = row
        self.header = tuple(h for h in header if h is not None)
        self.footer = footer
        self.columns = columns
        self.gap = gap
        self.scroll_key = key
        self.offset = host.scroll.get(key, 0)
        self.__dict__.update(attrs)

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        head = [view.layout(ui, max_w, max_w, 0, UNBOUNDED) for view in self.header]
        heights = self._heights(ui, max_w)
        extent = sum(box.h for box in head) + heights[-1] + (ui.px(self.footer) if self.footer else 0)
        high = max(min_h, min(extent, max_h))
        top = -min(max(self.offset, 0), max(0, extent - high))
        placed: list[tuple[int, int, Box]] = []
        for box in head:
            if top + box.h > 0 and top < high:
                placed.append((0, top, box))
            top += box.h
        first = max(0, bisect_right(heights, -top) - 1)
        for line in range(first, len(heights) - 1):
            y = top + heights[line]
            if y >= high:
                break
            placed.extend((x, y, box) for x, box in self._cells(ui, max_w, line))
        return max_w, high, tuple(placed), extent

    def _cells(self, ui: Ui, width: int, line: int) -> list[tuple[int, Box]]:
        columns, row = self.columns, self.row
        if columns == 1:
            return [(0, memo(ui, row, *self.items[line]).layout(ui, width, width, 0, UNBOUNDED))]
        gap = ui.px(self.gap) if self.gap else 0
        cells: list[tuple[int, Box]] = []
        for i, item in enumerate(self.items[line * columns : (line + 1) * columns]):
            left = (width + gap) * i // columns
            cell = (width + gap) * (i + 1) // columns - gap - left
            cells.append((left, memo(ui, row, *item).layout(ui, cell, cell, 0, UNBOUNDED)))
        return cells

    def _heights(self, ui: Ui, width: int) -> list[int]:
        """Where each line begins below the header, px, and last where the list ends.

        Remembered for the sequence of items itself: an app that hands in the same object again pays nothing.
        """
        key = (id(self.items), self.row, ui, width, self.columns, self.gap)
        known = _HEIGHTS.get(key)
        if known is not None and known[0] is self.items:
            return known[1]
        gap = ui.px(self.gap) if self.gap and self.columns > 1 else 0
        heights, at = [0], 0
        for line in range(-(-len(self.items) // self.columns)):
            at += max(box.h for _, box in self._cells(ui, width, line)) + gap
            heights.append(at)
        if isinstance(self.items, tuple):
            if len(_HEIGHTS) >= _HEIGHTS_LIMIT:
                _HEIGHTS.clear()
            _HEIGHTS[key] = (self.items, heights)
        return heights


_HEIGHTS: Final[dict[object, tuple[Sequence[tuple[Any, ...]], list[int]]]] = {}
_HEIGHTS_LIMIT: Final = 512
