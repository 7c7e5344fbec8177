"""The floating toolbar over selected text: cut, copy, paste, select all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Row
from mobilegym.emulator.phone.ui.overlay import Overlay, Placement
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, View
from mobilegym.emulator.phone.ui.widgets.text import Text

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.surface import Surface

__all__ = ["SelectionMenu", "show_selection_menu"]


@dataclass(frozen=True)
class SelectionMenu(Overlay):
    """Offers what can be done with the selection of the focused field."""

    has_selection: bool = False
    can_paste: bool = False
    placement: ClassVar[Placement] = "anchor"
    scrim: ClassVar[bool] = False

    def build(self, host: Host) -> View:
        del host
        items = [("Cut", _cut), ("Copy", _copy)] if self.has_selection else []
        if self.can_paste:
            items.append(("Paste", _paste))
        items.append(("Select all", _select_all))
        return Row(
            *[
                Text(label, "label_large", cls="android.widget.Button", desc=label, padding=(14, 12), on_tap=Call(fn))
                for label, fn in items
            ],
            background="surface_container_high",
            radius=22,
            elevation=3,
            padding=(6, 0),
        )

    def place(self, ui: Ui, box: Box, keyboard: int) -> tuple[int, int]:
        return (ui.width - box.w) // 2, ui.height - keyboard - box.h - ui.px(24) - (0 if keyboard else ui.navigation_bar)


def _take(surface: Surface[Any]) -> tuple[str, int, int]:
    low, high = sorted(surface.selection)
    return surface.field(surface.focus), low, high


def _close(surface: Surface[Any]) -> None:
    """Close the toolbar but keep the field focused."""
    focus, selection = surface.focus, surface.selection
    surface.dismiss()
    surface.focus, surface.selection = focus, selection


def _copy(surface: Surface[Any]) -> None:
    text, low, high = _take(surface)
    surface.kernel.hardware.set_clipboard(text[low:high])
    _close(surface)
    surface.selection = (high, high)


def _cut(surface: Surface[Any]) -> None:
    text, low, high = _take(surface)
    surface.kernel.hardware.set_clipboard(text[low:high])
    _close(surface)
    surface.kernel.ime.delete()


def _paste(surface: Surface[Any]) -> None:
    _close(surface)
    surface.kernel.ime.commit(surface.kernel.hardware.clipboard())


def _select_all(surface: Surface[Any]) -> None:
    _close(surface)
    surface.selection = (0, len(surface.field(surface.focus)))
    show_selection_menu(surface)


def show_selection_menu(surface: Surface[Any]) -> None:
    """Bring up the toolbar; the field keeps focus and selection."""
    low, high = sorted(surface.selection)
    keep = surface.focus, surface.selection
    surface.show(SelectionMenu(has_selection=low < high, can_paste=bool(surface.kernel.hardware.clipboard())))
    surface.focus, surface.selection = keep
