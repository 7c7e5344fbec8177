"""Containers: rows, columns, stacks, wrapping flows and grids. Constraints go down, sizes come up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias, Unpack

from mobilegym.emulator.phone.ui.attrs import UNBOUNDED, Align, ViewAttrs, edges
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, View

__all__ = ["Column", "Flow", "Grid", "Group", "Kid", "Main", "Placed", "Row", "Spacer", "Stack"]

Kid: TypeAlias = View | None
"""A child; None is left out, so that `condition and view or None` reads well."""
Main: TypeAlias = Literal["start", "center", "end", "between", "around"]
Placed: TypeAlias = tuple[int, int, tuple[tuple[int, int, Box], ...], int]

_Part: TypeAlias = tuple[View, int, int, int, int]
"""A child with its margins in px: before and after along the axis, before and after across it."""
_NONE: Final = (0, 0, 0, 0)
_NO_LIMIT: Final = UNBOUNDED >> 1
"""Paddings and margins may have been taken off an unbounded size."""
_GRAVITY: Final = {
    "top_start": (0, 0), "top": (1, 0), "top_end": (2, 0), "start": (0, 1), "center": (1, 1), "end": (2, 1),
    "bottom_start": (0, 2), "bottom": (1, 2), "bottom_end": (2, 2),
}  # fmt: skip


class Group(View):
    """A view with children; `children` holds no None."""

    cls: str | None = "android.view.ViewGroup"
    children: tuple[View, ...] = ()

    def __init__(self, *children: Kid, **attrs: Unpack[ViewAttrs]) -> None:
        self.children = tuple([c for c in children if c is not None])
        self.__dict__.update(attrs)


class _Linear(Group):
    gap: float = 0
    main: Main = "start"
    cross: Align = "start"
    vertical = True

    def __init__(
        self, *children: Kid, gap: float = 0, main: Main = "start", cross: Align | None = None, **attrs: Unpack[ViewAttrs]
    ) -> None:
        self.children = tuple([c for c in children if c is not None])
        if gap:
            self.gap = gap
        if main != "start":
            self.main = main
        if cross is not None:
            self.cross = cross
        self.__dict__.update(attrs)

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        """Measure in order what has no weight, share the rest among what has, then place along and across."""
        vertical = self.vertical
        main_min, main_max, cross_min, cross_max = (min_h, max_h, min_w, max_w) if vertical else (min_w, max_w, min_h, max_h)
        gap = ui.px(self.gap) if self.gap else 0
        used, weights = -gap, 0.0
        parts: list[_Part] = []
        for child in self.children:
            left, top, right, bottom = edges(child.margin, ui) if child.margin else _NONE
            part = (child, top, bottom, left, right) if vertical else (child, left, right, top, bottom)
            weights += child.weight
            used += gap + part[1] + part[2]
            parts.append(part)
        boxes: list[Box | None] = []
        for part in parts:
            if part[0].weight:
                boxes.append(None)
                continue
            # `used` holds this child's margins already: what is left is for the child itself.
            box = self._child(ui, part, 0, main_max - used if main_max > used else 0, cross_min, cross_max)
            boxes.append(box)
            used += box.h if vertical else box.w
        if weights:
            left = (main_max if main_max < _NO_LIMIT else main_min) - used
            for i, part in enumerate(parts):
                child = part[0]
                if child.weight:
                    share = int(left * child.weight / weights) if left > 0 else 0
                    left, weights = left - share, weights - child.weight
                    box = boxes[i] = self._child(ui, part, 0 if child.loose else share, share, cross_min, cross_max)
                    used += box.h if vertical else box.w
        return self._place(ui, [b for b in boxes if b is not None], parts, used if used > 0 else 0, main_min, cross_min, gap)

    def _child(self, ui: Ui, part: _Part, low: int, high: int, cross_min: int, cross_max: int) -> Box:
        child, _, _, before, after = part
        limit = cross_max - before - after
        if limit < 0:
            limit = 0
        least = 0
        if (child.align or self.cross) == "fill":
            least = limit if limit < _NO_LIMIT else 0 if self.vertical else max(0, cross_min - before - after)
        if self.vertical:
            return child.layout(ui, least, limit, low, high)
        return child.layout(ui, low, high, least, limit)

    def _stretch(self, ui: Ui, boxes: list[Box], parts: list[_Part], across: int) -> list[Box]:
        """In a row without a height limit, `fill` means as high as the highest."""
        return [
            box.view.layout(ui, box.w, box.w, across - before - after, across - before - after)
            if (box.view.align or self.cross) == "fill" and box.h + before + after < across else box
            for box, (_, _, _, before, after) in zip(boxes, parts, strict=True)
        ]  # fmt: skip

    def _place(self, ui: Ui, boxes: list[Box], parts: list[_Part], used: int, main_min: int, cross_min: int, gap: int) -> Placed:
        vertical, cross = self.vertical, self.cross
        across = cross_min
        for box, part in zip(boxes, parts, strict=True):
            size = (box.w if vertical else box.h) + part[3] + part[4]
            if size > across:
                across = size
        if not vertical:
            boxes = self._stretch(ui, boxes, parts, across)
        at = 0
        if main_min > used and self.main != "start":
            spare, count = main_min - used, len(boxes)
            if self.main == "between":
                gap += spare // max(1, count - 1)
            elif self.main == "around" and count:
                gap += spare // count
                at = spare // count // 2
            else:
                at = spare // 2 if self.main == "center" else spare
        placed: list[tuple[int, int, Box]] = []
        for box, (child, lead, trail, before, after) in zip(boxes, parts, strict=True):
            how = child.align or cross
            shift = before
            if how == "center" or how == "end":
                room = across - (box.w if vertical else box.h) - before - after
                shift += room // 2 if how == "center" else room
            at += lead
            placed.append((shift, at, box) if vertical else (at, shift, box))
            at += (box.h if vertical else box.w) + trail + gap
        along = used if used > main_min else main_min
        return (across, along, tuple(placed), 0) if vertical else (along, across, tuple(placed), 0)


class Column(_Linear):
    """Children from top to bottom. `gap` dp between them; `main` says where they go if there is room to spare."""

    cls: str | None = "android.widget.LinearLayout"


class Row(_Linear):
    """Children from left to right, centred across unless `cross` says otherwise."""

    cls: str | None = "android.widget.LinearLayout"
    vertical = False
    cross: Align = "center"


class Stack(Group):
    """Children on top of each other, each at its `gravity`."""

    cls: str | None = "android.widget.FrameLayout"

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        boxes: list[tuple[Box, tuple[int, int, int, int]]] = []
        w, h = min_w, min_h
        for child in self.children:
            m = child.margin_px(ui)
            box = child.layout(ui, 0, max(0, max_w - m[0] - m[2]), 0, max(0, max_h - m[1] - m[3]))
            boxes.append((box, m))
            w, h = max(w, box.w + m[0] + m[2]), max(h, box.h + m[1] + m[3])
        placed: list[tuple[int, int, Box]] = []
        for box, m in boxes:
            gx, gy = _GRAVITY[box.view.gravity]
            x = m[0] + (w - box.w - m[0] - m[2]) * gx // 2
            y = m[1] + (h - box.h - m[1] - m[3]) * gy // 2
            placed.append((x, y, box))
        return w, h, tuple(placed), 0


class Flow(Group):
    """Children from left to right, wrapped into lines (chips)."""

    def __init__(self, *children: Kid, gap: float = 8, run_gap: float = 8, **attrs: Unpack[ViewAttrs]) -> None:
        super().__init__(*children, **attrs)
        self.gap = gap
        self.run_gap = run_gap

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        gap, run_gap = ui.px(self.gap), ui.px(self.run_gap)
        placed: list[tuple[int, int, Box]] = []
        x = y = line = width = 0
        for child in self.children:
            box = child.layout(ui, 0, max_w, 0, max_h)
            if x and x + box.w > max_w:
                x, y, line = 0, y + line + run_gap, 0
            placed.append((x, y, box))
            width = max(width, x + box.w)
            x, line = x + box.w + gap, max(line, box.h)
        return max(min_w, width), max(min_h, y + line), tuple(placed), 0


class Grid(Group):
    """Children in rows of `columns` equal cells; a row is as high as its highest cell. `gap` dp both ways."""

    def __init__(self, children: Sequence[View], *, columns: int, gap: float = 0, **attrs: Unpack[ViewAttrs]) -> None:
        super().__init__(*children, **attrs)
        self.columns = columns
        self.gap = gap

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        gap, columns = ui.px(self.gap), self.columns
        placed: list[tuple[int, int, Box]] = []
        y = 0
        for start in range(0, len(self.children), columns):
            high = 0
            for i, child in enumerate(self.children[start : start + columns]):
                left = (max_w + gap) * i // columns
                cell = (max_w + gap) * (i + 1) // columns - gap - left
                box = child.layout(ui, cell, cell, 0, max_h)
                placed.append((left, y, box))
                high = max(high, box.h)
            y += high + gap
        return max(min_w, max_w), max(min_h, y - gap if y else 0), tuple(placed), 0


class Spacer(View):
    """Empty room; takes what is left unless given a size."""

    cls: str | None = None

    def __init__(self, **attrs: Unpack[ViewAttrs]) -> None:
        if "width" not in attrs and "height" not in attrs:
            self.weight = 1
        self.__dict__.update(attrs)
