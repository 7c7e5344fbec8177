"""Cells of the grids and the search pill: pure views of their arguments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.image import Image, Sprite
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import EditText

__all__ = ["Cell", "folder_cell", "media_cell", "search_pill"]

_SHADE: Final = 0x73000000
_FADE: Final = (0x00000000, 0xD9000000)
"""Darker towards the bottom, so that a name can be read on any picture."""


@dataclass(frozen=True, slots=True)
class Cell:
    """All that a cell shows."""

    name: str
    image: tuple[Any, ...] | None
    side: float
    """dp."""
    selected: bool
    tap: Call
    hold: Call | None
    count: int = 0
    video: str = ""
    """Length of a video; empty for pictures."""
    favorite: bool = False
    named: bool = False
    """Whether the file name is shown."""
    hidden: bool = False


def _check() -> View:
    return Stack(
        Icon("check", size=20, color="on_primary", gravity="center"), rid="medium_check", width=28, height=28, radius=14,
        background="primary", gravity="top_end", margin=8,
    )  # fmt: skip


def _picture(cell: Cell, rid: str) -> View:
    if cell.image is None:
        return Stack(
            Icon("folder-outline", size=48, gravity="center"), cls=None, width=cell.side, height=cell.side, background="surface_container"
        )
    return Image(cell.image, rid=rid, width=cell.side, height=cell.side)


def folder_cell(cell: Cell) -> View:
    """An album: its newest picture, name and number of files."""
    name = Row(
        Icon("eye-off", size=16, color="white") if cell.hidden else None,
        Text(cell.name, "title_small", color="white", rid="dir_name", max_lines=1, weight=1), gap=6, cls=None, width=FILL,
    )  # fmt: skip
    return Stack(
        _picture(cell, "dir_thumbnail"),
        Sprite("gradient", *_FADE, cls=None, width=cell.side, height=96, gravity="bottom"),
        Column(
            name, Text(str(cell.count), "body_medium", color="white", rid="photo_cnt"), cls="android.widget.LinearLayout",
            rid="dir_bottom_holder", width=FILL, gravity="bottom", padding=(10, 6),
        ),
        View(cls=None, width=cell.side, height=cell.side, background=0x66000000) if cell.selected else None,
        _check() if cell.selected else None,
        cls="android.view.ViewGroup", rid="dir_holder", on_tap=cell.tap, on_long=cell.hold, selected=cell.selected, width=cell.side,
        height=cell.side,
    )  # fmt: skip


def media_cell(cell: Cell) -> View:
    """A picture or video."""
    length = Row(
        Icon("play-circle-outline", size=20, color="white", rid="play_portrait_outline"),
        Text(cell.video, "label_medium", color="white", rid="video_duration"), gap=4, cls=None, padding=6, gravity="top_start",
    ) if cell.video else None  # fmt: skip
    name = Text(
        cell.name,
        "body_small",
        color="white",
        rid="medium_name",
        max_lines=1,
        width=FILL,
        gravity="bottom",
        background=_SHADE,
        padding=(6, 3),
    )
    return Stack(
        _picture(cell, "medium_thumbnail"),
        length,
        Icon("star", size=20, color="white", rid="favorite", gravity="top_end", margin=6) if cell.favorite and not cell.selected else None,
        name if cell.named else None,
        View(cls=None, width=cell.side, height=cell.side, background=0x66000000) if cell.selected else None,
        _check() if cell.selected else None,
        cls="android.view.ViewGroup", rid="media_item_holder", desc=cell.name, on_tap=cell.tap, on_long=cell.hold, selected=cell.selected,
        width=cell.side, height=cell.side,
    )  # fmt: skip


def search_pill(
    host: Host, hint: str, *, on_change: Call, on_back: Call | None, on_clear: Call, actions: Sequence[Kid] = (), rid: str
) -> View:
    """The rounded search field at the top with the screen's buttons in it. `on_back` is offered while searching, or always."""
    lead = IconButton("arrow-left", "Back", on_back, rid="top_toolbar_search_icon") if on_back is not None else Icon("magnify", margin=12)
    text = host.fields.get("search", "")
    trail: Sequence[Kid] = [IconButton("close", "Clear text", on_clear)] if text else actions
    return Row(
        lead,
        EditText(host, "search", hint=hint, ime="search", on_change=on_change, rid="top_toolbar_search", weight=1, height=FILL,
                 padding=(4, 8)),
        *trail,
        cls="android.view.ViewGroup", rid=rid, width=FILL, height=52, radius=26, background="surface_container_high", margin=(16, 8),
        padding=(4, 0),
    )  # fmt: skip
