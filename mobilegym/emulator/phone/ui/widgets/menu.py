"""Popup menus."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Final, Self

from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Row
from mobilegym.emulator.phone.ui.overlay import Overlay, Placement
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, View
from mobilegym.emulator.phone.ui.widgets.dialog import finish_dialog
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.toggle import Checkbox
from mobilegym.observation import Bounds

__all__ = ["Menu", "MenuItem"]

_NARROWEST: Final = 160
"""dp."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A row of a menu; it closes the menu, then runs."""

    label: str
    run: Call
    icon: str = ""
    enabled: bool = True
    checked: bool | None = None
    """None for an item that cannot be checked."""


@dataclass(frozen=True)
class Menu(Overlay):
    """A popup menu. Opens over what was touched; at the top right, where overflow menus are, if nothing was."""

    items: tuple[MenuItem, ...] = ()
    anchor: tuple[int, int] | None = None
    """Its top-right corner, device px; the top-left one if `from_left`."""
    from_left: bool = False
    placement: ClassVar[Placement] = "anchor"
    scrim: ClassVar[bool] = False

    def build(self, host: Host) -> View:
        ui = host.ui
        # As wide as the widest item, like the rows of a list that are measured before they are laid out.
        widest = max((_row(item, wide=False).layout(ui, 0, ui.px(280), 0, ui.height).w for item in self.items), default=0)
        return Column(
            *[_row(item) for item in self.items],
            cls="android.widget.ListView",
            background="surface_container",
            radius=4,
            elevation=3,
            padding=(0, 8),
            width=max(_NARROWEST, widest / ui.scale),
            cross="fill",
        )

    def beside(self, ui: Ui, touched: Bounds) -> Self:
        if self.anchor is not None:
            return self
        from_left = touched.left + touched.right < ui.width
        return replace(self, anchor=(touched.left if from_left else touched.right, touched.top), from_left=from_left)

    def place(self, ui: Ui, box: Box, keyboard: int) -> tuple[int, int]:
        at, top = self.anchor or (ui.width - ui.px(4), ui.status_bar + ui.px(8))
        bottom = ui.height - keyboard - ui.navigation_bar
        left = min(at if self.from_left else at - box.w, ui.width - ui.px(4) - box.w)
        return max(ui.px(8), left), max(ui.status_bar, min(top, bottom - box.h))


def _row(item: MenuItem, *, wide: bool = True) -> View:
    return Row(
        Icon(item.icon, enabled=item.enabled) if item.icon else None,
        Text(item.label, "body_large", rid="title", weight=1 if wide else 0, enabled=item.enabled, max_lines=1),
        Checkbox(item.checked, cls="android.widget.CheckBox", rid="checkbox") if item.checked is not None else None,
        gap=12, cls="android.widget.LinearLayout", rid="content", on_tap=Call(finish_dialog, (item.run,)), enabled=item.enabled,
        width=FILL if wide else None, height=48, padding=(16, 0),
    )  # fmt: skip
