"""The editor of the tiles' order."""

from __future__ import annotations

from dataclasses import dataclass

from mobilegym.emulator.phone.apps.systemui.quick_settings import edit_cell
from mobilegym.emulator.phone.apps.systemui.rows import NotificationSurface, RowState
from mobilegym.emulator.phone.apps.systemui.tiles import DEFAULT_ORDER, TILES, set_tile_order, tile_order
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import call
from mobilegym.emulator.phone.ui.layout import Column, Grid, Row
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["ShadeState", "TileEditor"]


@dataclass(frozen=True)
class ShadeState(RowState):
    """What is open in the shade."""

    page: int = 0
    editing: bool = False
    marked: str = ""
    """Tile that the editor is about to move."""


class TileEditor(NotificationSurface[ShadeState]):
    """The part of the shade in which the owner arranges the tiles."""

    def edit(self) -> None:
        """Open the editor of the tiles."""
        self.update(editing=True, marked="")

    def editor(self) -> View:
        """All tiles, those in use first."""
        order = tile_order(self.kernel)
        rest = [spec for spec in TILES if spec not in order]
        shown = [edit_cell(s, True, s == self.state.marked, call(TileEditor.mark, s), call(TileEditor.remove_tile, s)) for s in order]
        others = [edit_cell(s, False, False, call(TileEditor.add_tile, s), call(TileEditor.add_tile, s)) for s in rest]
        hint = "Tap where the tile should go" if self.state.marked else "Tap a tile, then its new place, to rearrange tiles"
        note = "Tap to add tiles" if rest else "All tiles are in use"
        bar = Row(
            IconButton("arrow-left", "Navigate up", call(TileEditor.done_editing), color="on_surface"),
            Text("Edit", "title_large", weight=1, padding=(8, 0)),
            Button("Reset", call(TileEditor.reset_tiles), kind="text"),
            rid="action_bar",
            cls="android.view.ViewGroup",
            width=FILL,
            padding=(4, 40, 12, 0),
        )
        return Column(
            bar,
            ScrollColumn(
                self,
                "edit_list",
                Text(hint, "body_medium", color="on_surface_variant", text_align="center", padding=(0, 12)),
                Grid(shown, columns=2, gap=8, cls=None),
                Text(note, "body_medium", color="on_surface_variant", text_align="center", padding=(0, 16)),
                Grid(others, columns=2, gap=8, cls=None),
                cls="androidx.recyclerview.widget.RecyclerView",
                rid="android:id/list",
                weight=1,
                padding=(16, 0),
            ),
            cls=None,
            rid="qs_customize",
            width=FILL,
            height=FILL,
        )

    def done_editing(self) -> None:
        """Leave the editor."""
        self.update(editing=False, marked="")

    def mark(self, spec: str) -> None:
        """Choose a tile to move, or the place it goes to."""
        marked, order = self.state.marked, list(tile_order(self.kernel))
        self.update(marked="" if marked else spec)
        if marked and marked != spec:
            place = order.index(spec)
            order.remove(marked)
            order.insert(place, marked)
            self._keep(tuple(order))

    def add_tile(self, spec: str) -> None:
        """Put a tile at the end."""
        self._keep((*tile_order(self.kernel), spec))

    def remove_tile(self, spec: str) -> None:
        """Take a tile away; six must stay, as on Android."""
        order = tile_order(self.kernel)
        if len(order) <= 6:
            self.toast("You need at least 6 tiles")
        else:
            self._keep(tuple(s for s in order if s != spec))
            self.update(marked="" if self.state.marked == spec else self.state.marked)

    def reset_tiles(self) -> None:
        """The order of a fresh phone."""
        self.update(marked="")
        self._keep(DEFAULT_ORDER)

    def _keep(self, order: tuple[str, ...]) -> None:
        set_tile_order(self.kernel, order)
        self.effect("quick_settings.rearranged", "reversible", order=",".join(order))
