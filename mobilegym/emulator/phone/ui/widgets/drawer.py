"""The navigation drawer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, OverlayCall
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row
from mobilegym.emulator.phone.ui.overlay import Overlay, Placement
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.dialog import finish_dialog
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["DrawerItem", "NavigationDrawer"]


@dataclass(frozen=True, slots=True)
class DrawerItem:
    """A row of the drawer; it closes the drawer, then runs. Without `run` it is a heading (an empty `label`: only a line)."""

    label: str
    icon: str = ""
    run: Call | None = None
    selected: bool = False
    badge: str = ""
    """Shown at the end of the row."""
    rid: str = ""


@dataclass(frozen=True)
class NavigationDrawer(Overlay):
    """A drawer that comes in from the start edge; a swipe to the left, Back or a touch beside it closes it."""

    heading: str = ""
    subheading: str = ""
    items: tuple[DrawerItem, ...] = ()
    rid: str = "navigation_view"
    placement: ClassVar[Placement] = "start"

    @property
    def title(self) -> str:
        return self.heading or "Navigation drawer"

    def build(self, host: Host) -> View:
        ui = host.ui
        header: Kid = None
        if self.heading:
            header = Column(
                Text(self.heading, "title_large", rid="drawer_title", max_lines=1),
                Text(self.subheading, "body_medium", color="on_surface_variant", rid="drawer_subtitle", max_lines=1)
                if self.subheading else None,
                cls="android.widget.LinearLayout", rid="navigation_header_container", width=FILL, padding=(28, 20, 16, 12),
            )  # fmt: skip
        rows = ScrollColumn(
            host, "navigation_drawer", header, *[_row(item) for item in self.items], cls="androidx.recyclerview.widget.RecyclerView",
            rid="design_navigation_view",
        )  # fmt: skip
        return Column(
            rows, cls="android.widget.FrameLayout", rid=self.rid, width=FILL, height=FILL, background="surface_container_low",
            radius=(0, 16, 16, 0), padding=(0, ui.status_bar / ui.scale, 0, ui.navigation_bar / ui.scale),
            on_swipe=OverlayCall(_swiped, (frozenset(("left",)),)),
        )  # fmt: skip


def _swiped(drawer: NavigationDrawer, directions: frozenset[str], finger: str) -> NavigationDrawer | None:
    return None if finger in directions else drawer


def _row(item: DrawerItem) -> View:
    if item.run is None:
        return Column(
            View(cls=None, width=FILL, height=1, background="outline_variant", margin=(28, 0)),
            Text(item.label, "title_small", color="on_surface_variant", padding=(28, 16, 16, 12)) if item.label else None,
            cls=None, width=FILL, padding=(0, 8, 0, 0 if item.label else 8),
        )  # fmt: skip
    color: Color = "on_secondary_container" if item.selected else "on_surface_variant"
    return Row(
        Icon(item.icon, color=color, margin=(0, 0, 12, 0)) if item.icon else None,
        Text(item.label, "label_large", color=color, max_lines=1, weight=1, cls="android.widget.CheckedTextView",
             rid="design_menu_item_text", checkable=True, checked=item.selected),
        Text(item.badge, "label_large", color=color) if item.badge else None,
        cls="androidx.appcompat.widget.LinearLayoutCompat", rid=item.rid, on_tap=Call(finish_dialog, (item.run,)), selected=item.selected,
        width=FILL, min_height=56, margin=(12, 0), padding=(16, 8, 24, 8), radius=28,
        background="secondary_container" if item.selected else None,
    )  # fmt: skip
