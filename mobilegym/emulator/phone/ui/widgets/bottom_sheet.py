"""Sheets that come up from the bottom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, OverlayCall
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Stack
from mobilegym.emulator.phone.ui.overlay import Overlay, Placement
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.dialog import finish_dialog
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.list_item import ListItem
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["BottomSheet", "ListSheet", "SheetItem"]


@dataclass(frozen=True)
class BottomSheet(Overlay):
    """Base of bottom sheets: subclasses give `content`. A swipe down on the handle, Back or a touch above closes it."""

    heading: str = ""
    placement: ClassVar[Placement] = "bottom"

    @property
    def title(self) -> str:
        return self.heading

    def content(self, host: Host) -> View:
        """What lies below handle and heading; at most as high as the sheet may be."""
        raise NotImplementedError

    def build(self, host: Host) -> View:
        ui = host.ui
        handle = Stack(
            View(cls=None, width=32, height=4, radius=2, background="outline", gravity="center"),
            cls="android.widget.ImageView", rid="drag_handle", desc="Drag handle", width=FILL, height=36,
        )  # fmt: skip
        return Column(
            handle,
            Text(self.heading, "title_large", rid="title", padding=(24, 0, 24, 12), width=FILL) if self.heading else None,
            self.content(host),
            cls="android.widget.FrameLayout", rid="design_bottom_sheet", width=FILL, background="surface_container_low",
            radius=(28, 28, 0, 0), padding=(0, 0, 0, 8 + ui.navigation_bar / ui.scale),
            on_swipe=OverlayCall(_swiped, (frozenset(("down",)),)),
        )  # fmt: skip


def _swiped(sheet: BottomSheet, directions: frozenset[str], finger: str) -> BottomSheet | None:
    return None if finger in directions else sheet


@dataclass(frozen=True, slots=True)
class SheetItem:
    """A row of a `ListSheet`; it closes the sheet, then runs."""

    label: str
    run: Call | None
    icon: str = ""
    subtitle: str = ""
    enabled: bool = True
    destructive: bool = False
    chosen: bool | None = None
    """Shows a tick at the end; None for a row that cannot be chosen."""


@dataclass(frozen=True)
class ListSheet(BottomSheet):
    """A list of actions or choices."""

    items: tuple[SheetItem, ...] = ()

    def content(self, host: Host) -> View:
        rows = [_row(item) for item in self.items]
        return ScrollColumn(host, "sheet_list", *rows, cls="androidx.recyclerview.widget.RecyclerView", rid="list", height=None)


def _row(item: SheetItem) -> View:
    color: Color = "error" if item.destructive else "on_surface_variant"
    return ListItem(
        item.label, item.subtitle, leading=Icon(item.icon, color=color, enabled=item.enabled) if item.icon else None,
        trailing=Icon("check", color="primary") if item.chosen else None, on_tap=Call(finish_dialog, (item.run,)), title_rid="title",
        subtitle_rid="subtitle", title_color="error" if item.destructive else "on_surface", enabled=item.enabled, padding=(24, 8),
        checkable=item.chosen is not None, checked=bool(item.chosen),
    )  # fmt: skip
