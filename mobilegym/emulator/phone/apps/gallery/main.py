"""The albums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.gallery.actions import PERMISSION
from mobilegym.emulator.phone.apps.gallery.dialogs import SortDialog
from mobilegym.emulator.phone.apps.gallery.folders import FolderActions
from mobilegym.emulator.phone.apps.gallery.media import MediaActivity
from mobilegym.emulator.phone.apps.gallery.operations import MediaScreen
from mobilegym.emulator.phone.apps.gallery.rows import Cell, folder_cell, search_pill
from mobilegym.emulator.phone.apps.gallery.settings import SettingsActivity
from mobilegym.emulator.phone.apps.gallery.store import (
    ALL,
    BIN,
    FAVORITES,
    Folder,
    folders,
)  # fmt: skip
from mobilegym.emulator.phone.apps.media_files import picture
from mobilegym.emulator.phone.kernel.intents import GET_CONTENT, PICK, Intent
from mobilegym.emulator.phone.kernel.providers.media import MediaItem
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.dialog import ChoiceDialog, DialogButton, InputDialog
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.errors import DeviceError

__all__ = ["MainActivity", "MainState"]

_COLUMNS: Final = 2


@dataclass(frozen=True, slots=True)
class MainState:
    selected: frozenset[str] = frozenset()
    hidden: bool = False
    """Whether hidden folders are shown for now."""


class MainActivity(FolderActions):
    """Grid of folders; as a picker (PICK, GET_CONTENT) it gives back one file."""

    name: ClassVar[str] = "org.fossify.gallery.activities.MainActivity"
    state: MainState

    def initial(self) -> MainState:
        return MainState()

    @property
    def picking(self) -> bool:
        """Whether another app wants a file."""
        return self.intent.action in (PICK, GET_CONTENT)

    def on_create(self) -> None:
        self.ask_permission(PERMISSION, Call(MainActivity.permission_answered))

    def permission_answered(self, granted: bool) -> None:
        """Photos may be read, or not: without them the app closes, as the real one does."""
        if not granted:
            self.toast("No storage permission")
            self.finish()

    # ------------------------------------------------------------------ views

    def found(self) -> list[Folder]:
        """Folders shown."""
        if not self.kernel.permissions.held(self.package, PERMISSION):
            return []
        wanted = self.field("search").strip().casefold()
        mime = self.intent.mime if self.picking else ""
        return [f for f in folders(self.kernel, hidden=self.state.hidden, mime=mime) if wanted in f.name.casefold()]

    def build(self) -> View:
        shown = self.found()
        searching = bool(self.focus == "search" or self.field("search"))
        switch = Text(
            "Switch to file search across all visible folders", "body_medium", color="primary", rid="directories_switch_searching",
            on_tap=call(MainActivity.search_files), padding=(16, 12), width=FILL,
        ) if searching and not self.picking else None  # fmt: skip
        return Column(
            self._bar(searching),
            switch,
            self._grid(shown) if shown else self._empty(),
            cls="android.view.ViewGroup", rid="directories_coordinator", width=FILL, height=FILL,
        )  # fmt: skip

    def _bar(self, searching: bool) -> View:
        if self.state.selected:
            return self._selection_bar()
        more = IconButton("dots-vertical", "More options", call(MainActivity.menu))
        actions: list[Kid] = [more] if self.picking else [
            IconButton("camera", "Open camera", call(MainActivity.open_camera), rid="open_camera"),
            IconButton("image-multiple", "Show all folders content", call(MainActivity.open_folder, ALL), rid="show_all"),
            more,
        ]  # fmt: skip
        return search_pill(
            self, "Search folders", on_change=Call(MainActivity.searched), on_back=call(MainActivity.stop_search) if searching else None,
            on_clear=call(MainActivity.clear_search), actions=actions, rid="main_menu",
        )  # fmt: skip

    def _grid(self, shown: list[Folder]) -> View:
        columns, files, ui = self.prefs.number("dir_columns", _COLUMNS), self.kernel.files, self.ui
        if ui.width > ui.height:
            columns *= 2
        side = (ui.width / ui.scale - (columns - 1)) / columns
        cells = tuple(
            (
                Cell(
                    f.name, picture(files, f.items[0].path) if f.items else None, side, f.path in self.state.selected,
                    call(MainActivity.tapped, f.path), call(MainActivity.held, f.path) if not self.picking else None, count=len(f.items),
                    hidden=f.hidden,
                ),
            )
            for f in shown
        )  # fmt: skip
        return LazyColumn(self, "directories", cells, folder_cell, columns=columns, gap=1, rid="directories_grid", weight=1)

    def _empty(self) -> View:
        held = self.kernel.permissions.held(self.package, PERMISSION)
        text = "No media files have been found with the selected filters." if held else ""
        return Column(
            Text(text, "body_large", color="on_surface_variant", text_align="center", rid="directories_empty_placeholder",
                 padding=(24, 48, 24, 8)),
            Button("Change filters", call(MainActivity.filter_dialog), kind="text", rid="directories_empty_placeholder_2")
            if held else None,
            cls=None, width=FILL, weight=1, cross="center",
        )  # fmt: skip

    # ------------------------------------------------------------------ going places

    def tapped(self, path: str) -> None:
        """An album."""
        if self.state.selected:
            self.held(path)
        else:
            self.open_folder(path)

    def open_folder(self, path: str) -> None:
        """Show what an album holds."""
        self.clear_focus()
        extras = {"folder": path, "hidden": self.state.hidden, "mime": self.intent.mime if self.picking else "", "pick": self.picking}
        self.open(MediaActivity, reply=Call(MainActivity.picked) if self.picking else None, **extras)

    def picked(self, result: Intent | None) -> None:
        """A file was picked in an album."""
        if result is not None:
            self.finish(result)

    def search_files(self) -> None:
        """Search file names instead of folders."""
        self.open(MediaActivity, folder=ALL, search=self.field("search") or " ", hidden=self.state.hidden)

    def open_camera(self) -> None:
        """Start the camera."""
        self.start(Intent.of("android.media.action.STILL_IMAGE_CAMERA"))

    def searched(self, text: str) -> None:
        """The search text changed."""
        del text
        self.scroll_to("directories", 0)

    def clear_search(self) -> None:
        """The cross."""
        self.set_field("search", "")
        self.focus_on("search")

    def stop_search(self) -> None:
        """Leave the search."""
        self.clear_focus()
        self.set_field("search", "")

    def on_back(self) -> bool:
        if self.state.selected:
            self.unselect()
        elif self.field("search") or self.focus:
            self.stop_search()
        else:
            return False
        return True

    # ------------------------------------------------------------------ menu

    def menu(self) -> None:
        """Overflow."""
        items = [
            MenuItem("Sort by", call(MainActivity.sort_dialog)),
            MenuItem("Filter media", call(MainActivity.filter_dialog)),
            *self.hidden_items(),
        ]  # fmt: skip
        if not self.picking:
            items += [
                MenuItem("Create new folder", call(MainActivity.new_folder)),
                MenuItem("Open the Recycle Bin", call(MainActivity.open_folder, BIN)),
                MenuItem("Column count", call(MainActivity.columns_dialog)),
                MenuItem("Settings", call(MainActivity.settings)),
            ]
        self.show(Menu(items=tuple(items)))

    def settings(self) -> None:
        """Open the settings."""
        self.open(SettingsActivity)

    def sort_dialog(self) -> None:
        """Ask for the order of folders."""
        prefs = self.prefs
        self.show(
            SortDialog(
                heading="Sort by",
                key=prefs.text("directory_sort_order", "modified"),
                descending=prefs.flag("directory_sort_descending", True),
                positive=DialogButton("OK", Call(MainActivity.sorted_by)),
                negative=DialogButton("Cancel"),
            )
        )

    def sorted_by(self, key: str, descending: bool) -> None:
        """An order was chosen."""
        self.prefs.put(directory_sort_order=key, directory_sort_descending=descending)

    def columns_dialog(self) -> None:
        """Ask for the number of columns."""
        options = tuple(f"{n} column{'s' if n > 1 else ''}" for n in range(1, 6))
        self.show(
            ChoiceDialog(
                heading="Column count",
                options=options,
                chosen=self.prefs.number("dir_columns", _COLUMNS) - 1,
                on_choose=Call(MainActivity.columns_chosen),
            )
        )

    def columns_chosen(self, index: int) -> None:
        """A number of columns was chosen."""
        self.prefs.put(dir_columns=index + 1)

    def new_folder(self) -> None:
        """Ask for a name."""
        self.set_field("new_folder", "")
        self.show(
            InputDialog(
                heading="Create new folder",
                message="/storage/emulated/0/Pictures",
                key="new_folder",
                label="Folder name",
                input_rid="folder_name",
                positive=DialogButton("OK", Call(MainActivity.make_folder)),
                negative=DialogButton("Cancel"),
            )
        )

    def make_folder(self, name: str) -> None:
        """The name was entered. The empty folder is shown until there is another new one."""
        path = f"/sdcard/Pictures/{name.strip()}"
        if "/" in name or self.kernel.files.exists(path):
            self.toast("A folder with this name already exists" if "/" not in name else "The name contains invalid characters")
            return
        try:
            self.kernel.files.mkdir(path)
        except DeviceError:
            self.toast("An error occurred")
            return
        self.prefs.put(temp_folder_path=path)
        self.effect("folder.created", "reversible", path=path)

    # ------------------------------------------------------------------ selection

    def held(self, path: str) -> None:
        """Select or unselect."""
        self.update(selected=self.state.selected ^ {path})

    def unselect(self) -> None:
        """Leave the selection."""
        self.update(selected=frozenset())

    def select_all(self) -> None:
        """Select all folders."""
        self.update(selected=frozenset(f.path for f in self.found()))

    def selected_folders(self) -> list[Folder]:
        """Folders selected, in order."""
        return [f for f in self.found() if f.path in self.state.selected]

    def chosen(self) -> list[MediaItem]:
        return [i for f in self.selected_folders() for i in f.items]

    def changed(self, moved: dict[str, str]) -> None:
        self.unselect()

    def _selection_bar(self) -> View:
        real = all(p != FAVORITES for p in self.state.selected)
        actions: list[Kid] = [
            IconButton("delete", "Delete", call(FolderActions.confirm_delete_folders), rid="cab_delete") if real else None,
            IconButton("information-outline", "Properties", call(FolderActions.folder_properties), rid="cab_properties"),
            IconButton("dots-vertical", "More options", call(MainActivity.selection_menu)),
        ]
        return AppBar(
            f"{len(self.state.selected)} / {len(self.found())}", on_up=call(MainActivity.unselect), up_desc="Done", actions=actions,
            background="surface_container_high", rid="action_mode_bar",
        )  # fmt: skip

    def selection_menu(self) -> None:
        """Overflow of the selection."""
        picked = self.selected_folders()
        real = [f for f in picked if f.path != FAVORITES]
        items = [MenuItem("Select all", call(MainActivity.select_all))]
        if real and len(real) == len(picked):
            unhide = [f for f in real if self.kernel.files.exists(f"{f.path}/.nomedia")]
            items = [
                *([MenuItem("Rename", call(FolderActions.rename_folder))] if len(real) == 1 and real[0].path != "/sdcard" else []),
                MenuItem(
                    "Unhide folder" if unhide else "Hide folder",
                    call(FolderActions.unhide_folders if unhide else FolderActions.confirm_hide),
                ),
                MenuItem("Copy to", call(MediaScreen.pick_folder, False)),
                MenuItem("Move to", call(MediaScreen.pick_folder, True)),
                *items,
            ]
        self.show(Menu(items=tuple(items)))
