"""Views of the quick settings: tiles, pages of tiles, and the editor of their order. Pure functions of what they show."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.systemui.tiles import TILES, TileState
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.layout import Column, Grid, Row, Stack
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["edit_cell", "page_dots", "tile_grid", "tile_view"]

_ACTIVE: Final = 0xFFC6D9FF
_ON_ACTIVE: Final = 0xFF0B2142
"""Active tiles are light in both themes."""


def tile_view(state: TileState, tap: Call, hold: Call, height: float) -> View:
    """A tile: icon, name and state."""
    color: Color = _ON_ACTIVE if state.active else "on_surface"
    soft: Color = 0xFF2F4366 if state.active else "on_surface_variant"
    return Row(
        Icon(state.icon, size=20, color=color, rid="android:id/icon", enabled=state.available),
        Column(
            Text(state.label, "title_small", color=color, max_lines=1, rid="tile_label", enabled=state.available),
            Text(state.secondary, "body_small", color=soft, max_lines=1, rid="app_label", enabled=state.available)
            if state.secondary
            else None,
            weight=1,
        ),
        Icon("chevron-right", size=18, color=soft, rid="chevron") if state.chevron else None,
        gap=12,
        cls="android.widget.Switch" if state.switch else "android.widget.LinearLayout",
        desc=state.desc,
        label=f"{state.label}, {state.secondary}",
        on_tap=tap,
        on_long=hold,
        checkable=state.switch,
        checked=state.switch and state.active,
        width=FILL,
        height=height,
        padding=(20, 0, 14, 0),
        radius=28,
        background=_ACTIVE if state.active else "surface_container_highest",
    )


def tile_grid(states: tuple[TileState, ...], tap: Call, hold: Call, height: float) -> View:
    """Tiles two by two; `tap` and `hold` get the tile's name after their own arguments."""
    cells = [tile_view(s, Call(tap.fn, (*tap.args, s.spec)), Call(hold.fn, (*hold.args, s.spec)), height) for s in states]
    return Grid(cells, columns=2, gap=8, cls="android.view.ViewGroup", rid="tile_page", width=FILL)


def page_dots(page: int, pages: int) -> View:
    """Which page of how many."""
    dots = [View(cls=None, width=6, height=6, radius=3, background="on_surface" if i == page else "outline") for i in range(pages)]
    return Row(*dots, gap=5, cls="android.view.ViewGroup", rid="footer_page_indicator", desc=f"Page {page + 1} of {pages}")


def edit_cell(spec: str, added: bool, marked: bool, tap: Call, badge: Call) -> View:
    """A tile in the editor, with the badge that removes or adds it."""
    tile = TILES[spec]
    face = Row(
        Icon(tile.icon, size=20, color="on_surface", rid="android:id/icon"),
        Text(tile.label, "title_small", max_lines=2, rid="tile_label", weight=1),
        gap=12,
        cls="android.widget.Button",
        label=tile.label,
        on_tap=tap if added else badge,
        width=FILL,
        height=64,
        padding=(20, 0, 28, 0),
        radius=28,
        background="surface_container_highest",
        border="primary" if marked else None,
        border_width=2,
        selected=marked,
        desc=f"Position of {tile.label}" if added else f"Add {tile.label}",
    )
    mark = Stack(
        Icon("minus" if added else "plus", size=14, color="on_primary", gravity="center"),
        cls="android.widget.ImageButton",
        desc=f"Remove {tile.label}" if added else f"Add {tile.label}",
        on_tap=badge,
        width=24,
        height=24,
        radius=12,
        background="primary",
        gravity="top_end",
    )
    return Stack(face, mark, cls=None, width=FILL)
