"""A dialog with a grid of colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Grid, Kid, Row, Stack
from mobilegym.emulator.phone.ui.overlay import Overlay
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.dialog import dialog_frame, finish_dialog
from mobilegym.emulator.phone.ui.widgets.icon import Icon

__all__ = ["COLORS", "ColorPicker", "NamedColor"]

NamedColor = tuple[str, int]
"""Name and ARGB."""

COLORS: Final[tuple[NamedColor, ...]] = (
    ("Red", 0xFFD50000), ("Pink", 0xFFE67C73), ("Orange", 0xFFF4511E), ("Yellow", 0xFFF6BF26), ("Green", 0xFF33B679),
    ("Dark green", 0xFF0B8043), ("Cyan", 0xFF00ACC1), ("Blue", 0xFF039BE5), ("Dark blue", 0xFF3F51B5), ("Lavender", 0xFF7986CB),
    ("Purple", 0xFF8E24AA), ("Brown", 0xFF795548), ("Blue gray", 0xFF607D8B), ("Gray", 0xFF616161), ("Black", 0xFF000000),
)  # fmt: skip
"""Colours offered unless others are given."""


@dataclass(frozen=True)
class ColorPicker(Overlay):
    """One colour from a grid; a tap chooses it, closes the dialog and calls `result` with the ARGB."""

    result: Call
    chosen: int = 0
    """ARGB of the present colour, 0 for none."""
    heading: str = "Select color"
    colors: tuple[NamedColor, ...] = COLORS
    columns: int = 5

    @property
    def title(self) -> str:
        return self.heading

    def build(self, host: Host) -> View:
        del host
        cells = [_cell(name, argb, argb == self.chosen, self.result) for name, argb in self.colors]
        grid = Grid(
            cells, columns=self.columns, gap=4, cls="android.widget.TableLayout", rid="color_picker", width=FILL, padding=(20, 16, 20, 0),
        )  # fmt: skip
        cancel: Kid = Button("Cancel", Call(finish_dialog, (None,)), kind="text", rid="android:id/button2", min_height=48)
        return dialog_frame(self.heading, grid, Row(cancel, rid="buttonPanel", main="end", padding=16, width=FILL))


def _cell(name: str, argb: int, chosen: bool, result: Call) -> View:
    return Stack(
        View(cls=None, width=40, height=40, radius=20, background=argb, border="outline_variant", gravity="center"),
        Icon("check", color="white", gravity="center") if chosen else None,
        cls="android.widget.ImageView", rid="color_picker_swatch", desc=f"{name} selected" if chosen else name,
        on_tap=Call(finish_dialog, (result, argb)), checkable=True, checked=chosen, width=FILL, height=52,
    )  # fmt: skip
