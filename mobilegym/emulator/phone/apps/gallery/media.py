"""What an album holds: a grid of pictures and videos, also for Favorites, all folders, the Recycle Bin, and as a picker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.gallery.dialogs import SortDialog
from mobilegym.emulator.phone.apps.gallery.listing import ListScreen
from mobilegym.emulator.phone.apps.gallery.operations import MediaScreen
from mobilegym.emulator.phone.apps.gallery.pager import ViewPagerActivity
from mobilegym.emulator.phone.apps.gallery.rows import Cell, media_cell, search_pill
from mobilegym.emulator.phone.apps.gallery.store import BIN, folder_name, media_in
from mobilegym.emulator.phone.apps.media_files import clock_length, file_uri, picture
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.providers.media import IMAGE, VIDEO, MediaItem
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.dialog import ChoiceDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.empty_state import EmptyState
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn

__all__ = ["MediaActivity", "MediaState"]

_COLUMNS: Final = 3
_MULTIPLE: Final = "android.intent.extra.ALLOW_MULTIPLE"


@dataclass(frozen=True, slots=True)
class MediaState:
    folder: str
    selected: frozenset[str] = frozenset()
    hidden: bool = False


class MediaActivity(ListScreen):
    """Extras: `folder` (path or special key), `hidden`, `search`, and for a picker `pick` and `mime`."""

    name: ClassVar[str] = "org.fossify.gallery.activities.MediaActivity"
    state: MediaState

    def initial(self) -> MediaState:
        if self.intent.text("search"):
            self.fields = {"search": self.intent.text("search").strip()}
        return MediaState(self.intent.text("folder"), hidden=bool(self.intent.extra("hidden", False)))

    def on_create(self) -> None:
        if self.intent.text("search"):
            self.focus_on("search")

    @property
    def picking(self) -> bool:
        """Whether a file is picked for another app."""
        return bool(self.intent.extra("pick", False))

    def found(self) -> list[MediaItem]:
        """What is shown, in order."""
        wanted = self.field("search").strip().casefold()
        items = media_in(self.kernel, self.state.folder, hidden=self.state.hidden, mime=self.intent.text("mime"))
        return [i for i in items if wanted in i.name.casefold()]

    # ------------------------------------------------------------------ views

    def build(self) -> View:
        items = self.found()
        grid = (
            self._grid(items) if items else Column(EmptyState("image-multiple-outline", "No items found"), cls=None, width=FILL, weight=1)
        )
        return Column(self._bar(len(items)), grid, cls="android.view.ViewGroup", rid="media_coordinator", width=FILL, height=FILL)

    def _bar(self, total: int) -> View:
        if self.state.selected:
            return self._selection_bar(total)
        more = IconButton("dots-vertical", "More options", call(MediaActivity.menu))
        actions: list[Kid] = [more]
        if self.state.folder != BIN:
            actions = [
                IconButton("format-list-text", "Toggle filename visibility", call(MediaActivity.toggle_names), rid="toggle_filename"),
                IconButton("sort", "Sort by", call(MediaActivity.sort_dialog), rid="sort"),
                more,
            ]
        name = folder_name(self.state.folder)
        return search_pill(
            self, f"Search in {name}", on_change=Call(MediaActivity.searched), on_back=call(MediaActivity.up),
            on_clear=call(MediaActivity.clear_search), actions=actions, rid="media_menu",
        )  # fmt: skip

    def _grid(self, items: list[MediaItem]) -> View:
        columns, files, ui = self.prefs.number("media_columns", _COLUMNS), self.kernel.files, self.ui
        if ui.width > ui.height:
            columns *= 2
        side = (ui.width / ui.scale - (columns - 1)) / columns
        named = self.prefs.flag("display_file_names")
        several = not self.picking or bool(self.intent.extra(_MULTIPLE))
        cells = tuple(
            (
                Cell(
                    i.name, picture(files, i.path), side, i.path in self.state.selected, call(MediaActivity.tapped, i.path),
                    call(MediaActivity.held, i.path) if several else None,
                    video=clock_length(i.duration_ms or 0) if i.media_type == VIDEO else "",
                    favorite=i.favorite, named=named,
                ),
            )
            for i in items
        )  # fmt: skip
        return LazyColumn(self, "media", cells, media_cell, columns=columns, gap=1, rid="media_grid", weight=1)

    # ------------------------------------------------------------------ touching

    def tapped(self, path: str) -> None:
        """A picture or video."""
        if self.state.selected:
            self.held(path)
        elif self.picking:
            item = next(i for i in self.found() if i.path == path)
            self.finish(Intent.of(data=file_uri(path), mime=item.mime, path=path))
        else:
            self.clear_focus()
            self.open(ViewPagerActivity, path=path, folder=self.state.folder, hidden=self.state.hidden)

    def held(self, path: str) -> None:
        """Select or unselect."""
        self.clear_focus()
        self.update(selected=self.state.selected ^ {path})

    def unselect(self) -> None:
        """Leave the selection."""
        self.update(selected=frozenset())

    def select_all(self) -> None:
        """Select all shown."""
        self.update(selected=frozenset(i.path for i in self.found()))

    def chosen(self) -> list[MediaItem]:
        return [i for i in self.found() if i.path in self.state.selected]

    def changed(self, moved: dict[str, str]) -> None:
        self.unselect()

    def up(self) -> None:
        """The arrow in the search field: first out of the search, then out of the album."""
        if not self.on_back():
            self.finish()

    def on_back(self) -> bool:
        if self.state.selected:
            self.unselect()
        elif self.field("search") or self.focus:
            self.clear_focus()
            self.set_field("search", "")
        else:
            return False
        return True

    def searched(self, text: str) -> None:
        """The search text changed."""
        del text
        self.scroll_to("media", 0)

    def clear_search(self) -> None:
        """The cross."""
        self.set_field("search", "")
        self.focus_on("search")

    # ------------------------------------------------------------------ menu

    def menu(self) -> None:
        """Overflow."""
        if self.state.folder == BIN:
            any_left = bool(self.found())
            items = [
                MenuItem("Empty the Recycle Bin", call(MediaScreen.confirm_empty), enabled=any_left),
                MenuItem("Restore all files", call(MediaActivity.restore_all), enabled=any_left),
                MenuItem("Column count", call(MediaActivity.columns_dialog)),
            ]
        else:
            items = [
                MenuItem("Filter media", call(MediaActivity.filter_dialog)),
                *self.hidden_items(),
                MenuItem("Column count", call(MediaActivity.columns_dialog)),
            ]  # fmt: skip
        self.show(Menu(items=tuple(items)))

    def restore_all(self) -> None:
        """Take everything out of the bin."""
        self.select_all()
        self.restore_chosen()

    def toggle_names(self) -> None:
        """Show file names, or not."""
        self.prefs.put(display_file_names=not self.prefs.flag("display_file_names"))

    def sort_dialog(self) -> None:
        """Ask for the order of media."""
        prefs = self.prefs
        self.show(
            SortDialog(
                heading="Sort by",
                key=prefs.text("sort_order", "modified"),
                descending=prefs.flag("sort_descending", True),
                positive=DialogButton("OK", Call(MediaActivity.sorted_by)),
                negative=DialogButton("Cancel"),
            )
        )

    def sorted_by(self, key: str, descending: bool) -> None:
        """An order was chosen."""
        self.prefs.put(sort_order=key, sort_descending=descending)
        self.scroll_to("media", 0)

    def columns_dialog(self) -> None:
        """Ask for the number of columns."""
        options = tuple(f"{n} column{'s' if n > 1 else ''}" for n in range(1, 7))
        self.show(
            ChoiceDialog(
                heading="Column count",
                options=options,
                chosen=self.prefs.number("media_columns", _COLUMNS) - 1,
                on_choose=Call(MediaActivity.columns_chosen),
            )
        )

    def columns_chosen(self, index: int) -> None:
        """A number of columns was chosen."""
        self.prefs.put(media_columns=index + 1)

    # ------------------------------------------------------------------ selection

    def _selection_bar(self, total: int) -> View:
        if self.picking:
            actions: list[Kid] = [IconButton("check", "Confirm selection", call(MediaActivity.pick_selected), rid="cab_confirm_selection")]
        elif self.state.folder == BIN:
            actions = [
                IconButton("restore", "Restore selected files", call(MediaScreen.restore_chosen), rid="cab_restore_recycle_bin_files"),
                IconButton("delete-forever", "Delete", call(MediaScreen.confirm_delete), rid="cab_delete"),
                IconButton("dots-vertical", "More options", call(MediaActivity.selection_menu)),
            ]
        else:
            actions = [
                IconButton("delete", "Delete", call(MediaScreen.confirm_delete), rid="cab_delete"),
                IconButton("share-variant", "Share", call(MediaScreen.share_chosen), rid="cab_share"),
                IconButton("dots-vertical", "More options", call(MediaActivity.selection_menu)),
            ]
        return AppBar(
            f"{len(self.state.selected)} / {total}", on_up=call(MediaActivity.unselect), up_desc="Done", actions=actions,
            background="surface_container_high", rid="action_mode_bar",
        )  # fmt: skip

    def pick_selected(self) -> None:
        """Give back what is selected."""
        items = self.chosen()
        paths = tuple(i.path for i in items)
        self.finish(Intent.of(data=file_uri(paths[0]), mime=items[0].mime, path=paths[0], paths=paths, uris=tuple(map(file_uri, paths))))

    def selection_menu(self) -> None:
        """Overflow of the selection."""
        items = self.chosen()
        properties, everything = (
            MenuItem("Properties", call(MediaScreen.properties)),
            MenuItem("Select all", call(MediaActivity.select_all)),
        )
        if self.state.folder == BIN:
            self.show(Menu(items=(properties, everything)))
            return
        one, pictures = len(items) == 1, all(i.media_type == IMAGE for i in items)
        unhide = all(i.name.startswith(".") for i in items)
        favorite = all(i.favorite for i in items)
        rows = [
            properties,
            *([MenuItem("Rename", call(MediaScreen.rename))] if one else []),
            MenuItem("Remove from favorites" if favorite else "Add to favorites", call(MediaScreen.toggle_favorite)),
            MenuItem("Unhide" if unhide else "Hide", call(MediaScreen.toggle_hidden)),
            MenuItem("Copy to", call(MediaScreen.pick_folder, False)),
            MenuItem("Move to", call(MediaScreen.pick_folder, True)),
            *([MenuItem("Rotate", call(MediaActivity.rotate_dialog))] if pictures else []),
            *([MenuItem("Open with", call(MediaScreen.open_with))] if one else []),
            *([MenuItem("Set as", call(MediaScreen.set_as))] if one and pictures else []),
            everything,
        ]
        self.show(Menu(items=tuple(rows)))

    def rotate_dialog(self) -> None:
        """Ask which way to turn."""
        self.show(
            ChoiceDialog(
                heading="Rotate",
                options=("Rotate right", "Rotate left", "Rotate by 180º"),
                radios=False,
                on_choose=Call(MediaActivity.rotated),
            )
        )

    def rotated(self, index: int) -> None:
        """A way was chosen."""
        self.rotate_chosen((90, 270, 180)[index])
