"""Icons of apps on the home screen and in the drawer, and the menu that a long press on one opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Row, Stack
from mobilegym.emulator.phone.ui.overlay import Overlay, Placement
from mobilegym.emulator.phone.ui.theme import Color, Ui
from mobilegym.emulator.phone.ui.view import Box, View
from mobilegym.emulator.phone.ui.widgets.app_icon import AppDisc
from mobilegym.emulator.phone.ui.widgets.dialog import finish_dialog
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["AppEntry", "IconMenu", "IconMenuItem", "center_of", "icon_view"]


class AppEntry(NamedTuple):
    """An app as an icon shows it; hashable."""

    package: str
    label: str
    glyph: str
    background: int
    foreground: int
    dots: int = 0
    """Its notifications, for the dot."""

    @property
    def said(self) -> str:
        """Content description."""
        return f"{self.label} has {self.dots} notification{'s' if self.dots > 1 else ''}" if self.dots else self.label


def icon_view(
    app: AppEntry, tap: Call, hold: Call, color: Color, rid: str = "", *, label: bool = True, size: float = 56, desc: str = ""
) -> View:
    """An icon with its label; `tap` and `hold` are complete handlers."""
    dot = View(cls=None, width=14, height=14, radius=7, background=app.background, border="white", border_width=2, gravity="top_end")
    return Column(
        Stack(
            AppDisc(app.glyph, app.background, app.foreground, size=size, gravity="center"),
            dot if app.dots else None,
            cls=None,
            width=size,
            height=size,
        ),
        Text(app.label, "body_small", color=color, cls=None, max_lines=1, text_align="center", width=FILL, margin=(0, 6, 0, 0))
        if label
        else None,
        cls="android.widget.TextView",
        rid=rid,
        label=app.label,
        desc=desc or app.said,
        on_tap=tap,
        on_long=hold,
        cross="center",
        main="center",
        width=FILL,
        padding=(2, 8),
    )


@dataclass(frozen=True, slots=True)
class IconMenuItem:
    """A row of the menu."""

    label: str
    icon: str
    run: Call


@dataclass(frozen=True)
class IconMenu(Overlay):
    """Popup beside an icon, or beside the finger on the empty home screen."""

    heading: str = ""
    items: tuple[IconMenuItem, ...] = ()
    x: int = 0
    """Middle of the icon, device px."""
    y: int = 0
    placement: ClassVar[Placement] = "anchor"
    scrim: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return self.heading

    def build(self, host: Host) -> View:
        del host
        rows = [
            Row(
                Icon(item.icon, size=22, color="on_surface"),
                Text(item.label, "body_large", rid="bubble_text", weight=1, max_lines=1),
                gap=16,
                cls="android.widget.FrameLayout",
                on_tap=Call(finish_dialog, (item.run,)),
                width=FILL,
                height=56,
                padding=(18, 0),
            )
            for item in self.items
        ]
        return Column(
            *rows, rid="deep_shortcuts_container", background="surface_container_high", radius=24, elevation=4, width=232, padding=(0, 4)
        )

    def place(self, ui: Ui, box: Box, keyboard: int) -> tuple[int, int]:
        margin, reach = ui.px(12), ui.px(44)
        left = min(max(self.x - box.w // 2, margin), ui.width - box.w - margin)
        above = self.y - reach - box.h
        top = above if above > ui.status_bar else min(self.y + reach, ui.height - keyboard - ui.navigation_bar - box.h - margin)
        return left, top


def center_of(box: Box, desc: str, x: int = 0, y: int = 0) -> tuple[int, int] | None:
    """Middle of the first view of that description, device px."""
    if box.view.desc == desc and desc:
        return x + box.w // 2, y + box.h // 2
    for left, top, kid in box.kids:
        found = center_of(kid, desc, x + left, y + top)
        if found is not None:
            return found
    return None
