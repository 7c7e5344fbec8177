"""Overlays: dialogs, menus and sheets, as frozen values that a surface shows on top of its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, Self, TypeAlias

from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, View
from mobilegym.observation import Bounds

__all__ = ["Overlay", "Placement"]

Placement: TypeAlias = Literal["center", "bottom", "start", "anchor", "full"]


@dataclass(frozen=True)
class Overlay:
    """Base of all overlays. Handlers are `call(Activity.method, …)` or, for the overlay's own state, `overlay_call(…)`."""

    placement: ClassVar[Placement] = "center"
    modal: ClassVar[bool] = True
    """Takes all touches; a touch outside dismisses it where `cancelable`."""
    scrim: ClassVar[bool] = True
    """Darkens what lies behind."""

    @property
    def title(self) -> str:
        """For the journal."""
        return ""

    @property
    def autofocus(self) -> str:
        """Key of the text field to focus at once."""
        return ""

    @property
    def cancelable(self) -> bool:
        """Whether Back or a touch outside closes it."""
        return True

    @property
    def on_cancel(self) -> Call | None:
        """Called when it is closed by Back or a touch outside."""
        return None

    def build(self, host: Host) -> View:
        """The views of the overlay itself, without scrim."""
        raise NotImplementedError

    def beside(self, ui: Ui, touched: Bounds) -> Self:
        """The overlay for where it was asked for: `touched` is the view that was tapped or the point that was held, device px."""
        del ui, touched
        return self

    def limits(self, ui: Ui) -> tuple[int, int]:
        """Greatest width and height, device px."""
        if self.placement == "center":
            return min(ui.width - ui.px(28) * 2 + ui.px(8), ui.px(560)), ui.height - ui.status_bar - ui.navigation_bar - ui.px(24)
        if self.placement == "start":
            return min(ui.width - ui.px(56), ui.px(360)), ui.height
        if self.placement == "anchor":
            return ui.px(280), ui.height - ui.status_bar - ui.navigation_bar - ui.px(32)
        if self.placement == "bottom":
            return min(ui.width, ui.px(640)), ui.height - ui.status_bar - ui.px(40)
        return ui.width, ui.height

    def place(self, ui: Ui, box: Box, keyboard: int) -> tuple[int, int]:
        """Top-left corner, device px. `keyboard` is the height the keyboard takes, 0 while hidden."""
        height = ui.height - keyboard
        if self.placement == "center":
            return (ui.width - box.w) // 2, max(ui.status_bar, (height - box.h + ui.status_bar - ui.navigation_bar) // 2)
        if self.placement == "bottom":
            return (ui.width - box.w) // 2, height - box.h
        return 0, 0
