"""The frame of a settings page: an app bar that shrinks as the list below is scrolled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from mobilegym.emulator.phone.ui.attrs import UNBOUNDED
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Group, Placed
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, Nodes, Recorder, View
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn

__all__ = ["CollapsingPage"]

_FADE = 0.45
"""Share of the big title's height below which the small one in the toolbar takes its place."""


class _Bar(View):
    """The app bar: clips what has been pushed out at its top."""

    def _paint(self, p: Recorder, box: Box, x: int, y: int) -> None:
        outer = p.clip
        p.clip = (max(outer[0], x), max(outer[1], y), min(outer[2], x + box.w), min(outer[3], y + box.h))
        super()._paint(p, box, x, y)
        p.clip = outer

    def _collect(self, nodes: Nodes, box: Box, x: int, y: int, depth: int, index: int) -> int:
        outer = nodes.clip
        nodes.clip = (max(outer[0], x), max(outer[1], y), min(outer[2], x + box.w), min(outer[3], y + box.h))
        index = super()._collect(nodes, box, x, y, depth, index)
        nodes.clip = outer
        return index


class _Rows(LazyColumn):
    """The list below the bar; the frame tells it how far it is scrolled."""

    def extent(self, ui: Ui, width: int) -> int:
        """Length of all rows, px."""
        return self._heights(ui, width)[-1] + ui.px(self.footer)


class CollapsingPage(Group):
    """`content_parent` with an app bar above a list; one scroll offset first collapses the bar, then moves the list.

    Args:
        host: Who shows it.
        key: Key of the scroll offset, px.
        desc: Title, reported as the collapsing toolbar's description.
        big: Part of the bar that goes away.
        pinned: Part that stays.
        small: Takes the place of `pinned` once `big` has gone.
        items: Rows, as for `LazyColumn`.
        row: Builds a row.
        home: The pinned part is below the part that goes away; other ids.
        footer: dp left free below the last row.
    """

    interned: ClassVar[bool] = False
    cls: str | None = "android.widget.ScrollView"
    rid = "content_parent"
    scroll_axis = "y"

    def __init__(
        self,
        host: Host,
        key: str,
        *,
        desc: str,
        big: View,
        pinned: View,
        small: View,
        items: Sequence[tuple[Any, ...]],
        row: Callable[..., View],
        home: bool = False,
        footer: float = 24,
    ) -> None:
        super().__init__()
        self.scroll_key = key
        self.offset = host.scroll.get(key, 0)
        self.big, self.pinned, self.small, self.home = big, pinned, small, home
        self.rows = _Rows(host, key, items, row, footer=footer, rid="recycler_view")
        self.toolbar = _Bar(cls="android.widget.FrameLayout", rid="collapsing_toolbar", desc=desc)
        if home:
            self.rid = "settings_homepage_container"
            self.toolbar = _Bar(cls="android.widget.LinearLayout", rid="homepage_app_bar_regular_phone_view")

    def arrange(self, ui: Ui, min_w: int, max_w: int, min_h: int, max_h: int) -> Placed:
        rest = self.small.layout(ui, max_w, max_w, 0, UNBOUNDED)
        pinned = self.pinned.layout(ui, max_w, max_w, 0, UNBOUNDED)
        big = self.big.layout(ui, max_w, max_w, 0, UNBOUNDED)
        tall = pinned.h + big.h
        total = tall + self.rows.extent(ui, max_w)
        room = max(0, total - max_h)
        offset = min(max(self.offset, 0), room)
        high = max(pinned.h, tall - offset)
        kids: list[tuple[int, int, Box]] = []
        if self.home:
            if high > pinned.h:
                kids.append((0, high - tall, big))
            kids.append((0, high - pinned.h, pinned))
        elif high - pinned.h > big.h * _FADE:
            kids += [(0, high - big.h, big), (0, 0, pinned)]
        else:
            kids.append((0, 0, rest))
        self.rows.offset = offset - (tall - high)
        width, list_h, placed, _ = self.rows.arrange(ui, max_w, max_w, max_h - high, max_h - high)
        rows = Box(self.rows, width, list_h, placed, room + list_h)
        frame = Box(_LIST, max_w, list_h, ((0, 0, rows),))
        content = Box(_MAIN if self.home else _FRAME, max_w, list_h, ((0, 0, frame),))
        bar = Box(_APP_BAR, max_w, high, ((0, 0, Box(self.toolbar, max_w, high, tuple(kids))),))
        return max_w, max_h, ((0, 0, bar), (0, high, content)), room + max_h


_APP_BAR = View(cls="android.widget.LinearLayout", rid="app_bar")
_FRAME = View(cls="android.widget.FrameLayout", rid="content_frame")
_MAIN = View(cls="android.widget.FrameLayout", rid="main_content")
_LIST = View(cls="android.widget.FrameLayout", rid="android:id/list_container")
