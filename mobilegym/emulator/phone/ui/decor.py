"""The frame around an app's content: room for the system bars, in the colours of what the content has beside them."""

from __future__ import annotations

from typing import ClassVar, Final

from mobilegym.emulator.phone.ui.layout import Group, Placed
from mobilegym.emulator.phone.ui.theme import Color, Ui
from mobilegym.emulator.phone.ui.view import Box, View

__all__ = ["Decor", "edge_color"]


class Decor(Group):
    """An activity's frame: `FrameLayout > LinearLayout > FrameLayout android:id/content`, with room for the system bars."""

    interned: ClassVar[bool] = False
    cls = "android.widget.FrameLayout"

    def __init__(self, content: View, top: int, bottom: int, background: str) -> None:
        self.content = content
        self.top, self.bottom = top, bottom
        self.background = None if background == "transparent" else background

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        height = max(0, max_h - self.top - self.bottom)
        box = self.content.layout(ui, max_w, max_w, height, height)
        content = Box(_CONTENT, max_w, height, ((0, 0, box),))
        frame = Box(_FRAME, max_w, max_h, ((0, self.top, content),))
        kids = [(0, 0, frame)]
        for size, at, bottom in ((self.top, 0, False), (self.bottom, max_h - self.bottom, True)):
            color = edge_color(box, bottom=bottom) if size else None
            if color is not None:
                kids.insert(0, (0, at, Box(View(cls=None, background=color), max_w, size, ())))
        return max_w, max_h, tuple(kids), 0


def edge_color(box: Box, *, bottom: bool) -> Color | None:
    """Background of what lies along the whole upper (or lower) edge of a box, None where there is nothing but the window's own.

    What scrolls comes and goes, so it does not count.
    """
    view = box.view
    radius = view.radius if isinstance(view.radius, tuple) else (view.radius,) * 4
    square = not (radius[2] or radius[3]) if bottom else not (radius[0] or radius[1])
    found = view.background if square else None
    if view.scroll_key:
        return found
    for x, y, kid in box.kids:
        if not x and kid.w == box.w and (y + kid.h == box.h if bottom else not y):
            found = edge_color(kid, bottom=bottom) or found
    return found


class _Frame(View):
    cls = "android.widget.LinearLayout"


class _Content(View):
    cls = "android.widget.FrameLayout"
    rid = "android:id/content"


_FRAME: Final = _Frame()
_CONTENT: Final = _Content()
