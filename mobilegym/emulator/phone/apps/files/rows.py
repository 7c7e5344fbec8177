"""Rows, cards and the roots drawer: pure views of their arguments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from mobilegym.emulator.phone.apps.files.store import Entry, glyph
from mobilegym.emulator.phone.apps.media_files import broken, file_size, picture
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, bind
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.overlay import Overlay, Placement
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.dialog import DialogButton, InputDialog, finish_dialog
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.image import Image
from mobilegym.emulator.phone.ui.widgets.list_item import ListItem
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn, ScrollRow
from mobilegym.emulator.phone.ui.widgets.text import Text

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.files import FileSystem

__all__ = [
    "Item",
    "RootRow",
    "RootsDrawer",
    "bottom_bar",
    "breadcrumb",
    "grid_card",
    "header",
    "keep_rows",
    "kept_rows",
    "list_row",
    "make_item",
    "name_dialog",
]


@dataclass(frozen=True, slots=True)
class Item:
    """All that a row shows."""

    path: str
    name: str
    is_dir: bool
    details: tuple[str, ...]
    """Size and date."""
    icon: str
    color: int
    image: tuple[Any, ...] | None
    """Image key of the thumbnail."""
    selected: bool
    enabled: bool
    tap: Call
    hold: Call | None
    preview: Call | None = None
    """Opens the file from a picker; shown as a button where given."""


_ROWS: Final[dict[object, tuple[tuple[Item | None], ...]]] = {}
_ROWS_LIMIT: Final = 64


def make_item(
    files: FileSystem, entry: Entry, when: str, *, selected: bool, enabled: bool, tap: Call, hold: Call | None, preview: Call | None
) -> Item:
    """The row of an entry; pictures and videos have a thumbnail."""
    icon, color = glyph(entry.mime, entry.is_dir)
    visual = not entry.is_dir and entry.mime.startswith(("image/", "video/")) and not broken(files, entry.path)
    return Item(
        entry.path, entry.name, entry.is_dir, (when,) if entry.is_dir else (file_size(entry.size), when), icon, color,
        picture(files, entry.path) if visual else None, selected, enabled, tap, hold, preview,
    )  # fmt: skip


def _mime_icon(item: Item) -> View:
    if item.selected:
        return Stack(
            Icon("check", color="on_primary", gravity="center"), rid="icon_check", width=40, height=40, radius=20, background="primary"
        )
    if item.image is not None:
        return Image(item.image, rid="icon_thumb", width=40, height=40, radius=4)
    return Stack(
        Icon(item.icon, color=item.color if not item.is_dir else "on_surface_variant", size=24, gravity="center", enabled=item.enabled),
        rid="icon_mime", cls="android.widget.FrameLayout", width=40, height=40, radius=20, border="outline_variant",
    )  # fmt: skip


def _details(item: Item) -> View:
    rids = ("size", "date") if len(item.details) == 2 else ("date",)
    return Row(
        *[
            Text(text, "body_medium", color="on_surface_variant", rid=rid, max_lines=1, enabled=item.enabled)
            for rid, text in zip(rids, item.details, strict=True)
        ],
        cls="android.widget.LinearLayout", rid="metadata", gap=12,
    )  # fmt: skip


def list_row(item: Item) -> View:
    """A row of the list view."""
    return Row(
        Stack(_mime_icon(item), cls="android.widget.FrameLayout", rid="icon", width=40, height=40),
        Column(
            Text(item.name, "body_large", rid="android:id/title", max_lines=1, enabled=item.enabled),
            _details(item),
            cls=None, weight=1,
        ),
        IconButton("fullscreen", f"Preview the file {item.name}", item.preview, rid="preview_icon") if item.preview is not None else None,
        gap=16, rid="item_root", on_tap=item.tap, on_long=item.hold, selected=item.selected, enabled=item.enabled,
        background="secondary_container" if item.selected else None, width=FILL, min_height=72, padding=(16, 8, 8, 8),
    )  # fmt: skip


def grid_card(item: Item | None) -> View:
    """A card of the grid view; None is an empty place."""
    if item is None:
        return View(cls=None)
    color = item.color if not item.is_dir else "on_surface_variant"
    edge = "primary" if item.selected else "outline_variant"
    back = "secondary_container" if item.selected else "surface_container_lowest"
    small = Icon("check-circle" if item.selected else item.icon, color="primary" if item.selected else color, size=20, rid="icon_mime_sm",
                 enabled=item.enabled)  # fmt: skip
    title = Text(item.name, "title_small", rid="android:id/title", max_lines=1, weight=1, enabled=item.enabled)
    if item.is_dir:
        return Row(
            small, title, gap=12, cls="androidx.cardview.widget.CardView", rid="item_root", on_tap=item.tap, on_long=item.hold,
            selected=item.selected, enabled=item.enabled, width=FILL, height=56, padding=(12, 0), margin=0, radius=8, border=edge,
            background=back,
        )  # fmt: skip
    thumb: View
    if item.image is not None:
        thumb = Image(item.image, rid="icon_thumb", width=FILL, height=120, radius=(8, 8, 0, 0))
    else:
        thumb = Stack(
            Icon(item.icon, size=48, color=item.color, gravity="center", enabled=item.enabled), cls="android.widget.FrameLayout",
            rid="icon_mime_lg", width=FILL, height=120, background="surface_container", radius=(8, 8, 0, 0),
        )  # fmt: skip
    return Column(
        thumb,
        Column(
            Row(small, title, gap=12, cls=None, width=FILL),
            Row(*[Text(t, "body_small", color="on_surface_variant", max_lines=1) for t in item.details], gap=8, cls=None,
                padding=(32, 0, 0, 0)),
            cls="android.widget.LinearLayout", rid="nameplate", width=FILL, padding=(12, 10, 8, 10), gap=2,
        ),
        cls="androidx.cardview.widget.CardView", rid="item_root", on_tap=item.tap, on_long=item.hold, selected=item.selected,
        enabled=item.enabled, width=FILL, radius=8, border=edge, background=back,
    )  # fmt: skip


def kept_rows(key: object) -> tuple[tuple[Item | None], ...] | None:
    """Arguments of rows that were made before for an equal key."""
    return _ROWS.get(key)


def keep_rows(key: object, items: Sequence[Item], columns: int) -> tuple[tuple[Item | None], ...]:
    """The items as arguments of rows. Folders and files never share a line of a grid: cells of different height would leave holes."""
    rows: list[tuple[Item | None]] = [(item,) for item in items]
    folders = sum(item.is_dir for item in items)
    if folders % columns and folders < len(rows):
        rows[folders:folders] = [(None,)] * (columns - folders % columns)
    if len(_ROWS) >= _ROWS_LIMIT:
        _ROWS.clear()
    _ROWS[key] = tuple(rows)
    return _ROWS[key]


def header(title: str, grid: bool, toggle: Call) -> View:
    """What is listed, and the button that switches between list and grid."""
    button = IconButton(
        "format-list-bulleted" if grid else "view-grid-outline", "List view" if grid else "Grid view", toggle,
        rid="sub_menu_list" if grid else "sub_menu_grid",
    )  # fmt: skip
    return Row(
        Text(title, "title_small", color="on_surface_variant", rid="header_title", weight=1, max_lines=1), button,
        cls="android.widget.LinearLayout", rid="header_container", width=FILL, padding=(16, 0, 4, 0),
    )  # fmt: skip


def breadcrumb(host: Host, names: Sequence[str], to_level: Call) -> View:
    """The way to the folder shown. `to_level` gets how many folders remain."""
    kids: list[Kid] = []
    for i, name in enumerate(names):
        last = i == len(names) - 1
        if i:
            kids.append(Icon("chevron-right", size=18))
        kids.append(
            Text(name, "label_large", color="primary" if last else "on_surface_variant", rid="breadcrumb_text", padding=(4, 10),
                 on_tap=None if last else bind(to_level, i))
        )  # fmt: skip
    return ScrollRow(
        host, "breadcrumb", *kids, rid="horizontal_breadcrumb", cls="androidx.recyclerview.widget.RecyclerView", padding=(12, 0)
    )


@dataclass(frozen=True, slots=True)
class RootRow:
    """A row of the drawer."""

    label: str
    icon: str
    run: Call
    summary: str = ""
    selected: bool = False
    divider: bool = False
    """A line above it."""


@dataclass(frozen=True)
class RootsDrawer(Overlay):
    """The drawer with the places to look in."""

    heading: str = "Files"
    rows: tuple[RootRow, ...] = ()
    placement: ClassVar[Placement] = "start"

    @property
    def title(self) -> str:
        return self.heading

    def build(self, host: Host) -> View:
        ui = host.ui
        rows: list[Kid] = []
        for row in self.rows:
            if row.divider:
                rows.append(View(cls=None, width=FILL, height=1, background="outline_variant", margin=(0, 8)))
            color = "on_secondary_container" if row.selected else "on_surface_variant"
            rows.append(
                ListItem(
                    row.label,
                    row.summary,
                    leading=Icon(row.icon, color=color),
                    on_tap=Call(finish_dialog, (row.run,)),
                    selected=row.selected,
                    background="secondary_container" if row.selected else None,
                    radius=28,
                    margin=(8, 0, 8, 0),
                    width=FILL,
                    min_height=64 if row.summary else 52,
                    padding=(16, 4),
                    title_font="medium" if row.selected else "",
                )
            )
        return Column(
            Text(self.heading, "title_large", rid="toolbar", padding=(24, 20, 24, 16)),
            ScrollColumn(host, "roots", *rows, cls="android.widget.ListView", rid="roots_list", weight=1),
            cls="android.widget.LinearLayout", rid="drawer_roots", width=FILL, height=FILL, background="surface_container_low",
            radius=(0, 16, 16, 0), padding=(0, ui.status_bar / ui.scale, 0, ui.navigation_bar / ui.scale), cross="fill",
        )  # fmt: skip


def bottom_bar(*buttons: tuple[str, str, Call, bool]) -> View:
    """The bar of a picker: `(label, id, handler, enabled)` per button."""
    views: list[Any] = [Button(label, run, kind="text", rid=rid, enabled=enabled, min_height=48) for label, rid, run, enabled in buttons]
    return Row(
        *views, main="end", gap=8, cls="android.widget.LinearLayout", rid="container_save", width=FILL, padding=(16, 8),
        background="surface_container",
    )  # fmt: skip


def name_dialog(heading: str, key: str, label: str, done: Call, *, error: str = "") -> InputDialog:
    """Asks for a name in the field `key`; `done` gets it."""
    return InputDialog(
        heading=heading, key=key, label=label, input_rid="android:id/text1", error=error, positive=DialogButton("OK", done),
        negative=DialogButton("Cancel"),
    )  # fmt: skip
