"""What browsing and picking have in common: roots, folders, list and grid, sorting, filters and search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.files.rows import (
    Item,
    RootRow,
    RootsDrawer,
    breadcrumb,
    grid_card,
    header,
    keep_rows,
    kept_rows,
    list_row,
    make_item,
    name_dialog,
)
from mobilegym.emulator.phone.apps.files.store import (
    FILTERS,
    PACKAGE,
    ROOTS,
    SORTS,
    BrowserState,
    Entry,
    free_text,
    listing,
    name_of,
    root_label,
    short_time,
    sort_entries,
    sort_for,
)  # fmt: skip
from mobilegym.emulator.phone.apps.media_files import file_uri
from mobilegym.emulator.phone.apps.shared_prefs import SharedPrefs
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import VIEW, Intent
from mobilegym.emulator.phone.kernel.providers.media_types import mime_of
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.chip import FilterChip
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, ChoiceDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.empty_state import EmptyState
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn, ScrollRow
from mobilegym.emulator.phone.ui.widgets.text_field import EditText
from mobilegym.errors import DeviceError

__all__ = ["Browser"]

_GRID_COLUMNS: Final = 2
_WIDE: Final = 4


class Browser(Activity[BrowserState]):
    """A list of files with a toolbar. Subclasses say what touching a file does."""

    name: ClassVar[str] = ""

    def initial(self) -> BrowserState:
        return BrowserState()

    # ------------------------------------------------------------------ where

    @property
    def folder(self) -> str:
        """Folder shown; empty where the root gathers files from everywhere."""
        return self.state.stack[-1] if self.state.stack else ROOTS[self.state.root].folder

    @property
    def prefs(self) -> SharedPrefs:
        """What stays from one visit to the next."""
        return SharedPrefs(self.kernel.files, PACKAGE)

    @property
    def writable(self) -> bool:
        """Whether new files can be made here."""
        return bool(ROOTS[self.state.root].folder)

    def place_name(self) -> str:
        """Name of the folder or root shown."""
        if not self.state.stack or self.state.searching or self.state.filters:
            return root_label(self.kernel, self.state.root)
        return name_of(self.state.stack[-1])

    def entries(self) -> list[Entry]:
        """What is shown, in order."""
        state = self.state
        search = self.field("search") if state.searching else None
        found = listing(
            self.kernel, state.root, self.folder if state.stack else "", hidden=self.prefs.flag("show_hidden"), search=search,
            filters=state.filters,
        )  # fmt: skip
        return sort_entries(found, sort_for(state.root, state.sort))

    # ------------------------------------------------------------------ for subclasses

    def on_entry(self, entry: Entry) -> None:
        """A file was touched, or a folder that is not entered."""

    def drawer_title(self) -> str:
        """Heading of the drawer."""
        return "Files"

    def filterable(self) -> bool:
        """Whether the chips are shown."""
        return True

    def may_pick(self, entry: Entry) -> bool:
        """Whether an entry can be touched."""
        del entry
        return True

    def may_select(self) -> bool:
        """Whether a long press selects."""
        return True

    def previews(self) -> bool:
        """Whether rows have a button that opens the file."""
        return False

    def drawer_extras(self) -> tuple[RootRow, ...]:
        """More rows of the drawer."""
        return ()

    def selection_bar(self) -> View:
        """The toolbar while something is selected."""
        raise NotImplementedError

    def bottom(self) -> Kid:
        """What lies below the list."""
        return None

    # ------------------------------------------------------------------ views

    def build(self) -> View:
        state = self.state
        entries = self.entries()
        return Column(
            self._bar(),
            self._chips() if self.filterable() and not state.selected else None,
            self._path() if state.stack and not state.searching and not state.filters else None,
            self._header(),
            self._list(entries) if entries else self._empty(),
            self.bottom(),
            cls="android.view.ViewGroup", rid="coordinator_layout", width=FILL, height=FILL,
        )  # fmt: skip

    def _bar(self) -> View:
        if self.state.selected:
            return self.selection_bar()
        if self.state.searching:
            field = EditText(
                self, "search", hint="Search this device" if self.state.root in ("recent", "device") else f"Search {self.place_name()}",
                ime="search", on_change=Call(Browser.searched), rid="search_src_text", weight=1,
            )  # fmt: skip
            clear = IconButton("close", "Clear query", call(Browser.clear_search), rid="search_close_btn") if self.field("search") else None
            return AppBar("", on_up=call(Browser.stop_search), up_desc="Collapse", title_view=field, actions=[clear])
        actions: list[Kid] = [
            IconButton("magnify", "Search", call(Browser.start_search), rid="option_menu_search"),
            IconButton("dots-vertical", "More options", call(Browser.menu)),
        ]
        return AppBar(self.place_name(), on_up=call(Browser.roots), up_icon="menu", up_desc="Show roots", actions=actions)

    def _chips(self) -> View:
        on, ui = self.state.filters, self.ui
        chips = [memo(ui, FilterChip, label, key in on, call(Browser.toggle_filter, key)) for key, label in FILTERS]
        return ScrollRow(self, "chips", *chips, gap=8, rid="search_chip_group", padding=(16, 0), width=FILL)

    def _path(self) -> View:
        names = (root_label(self.kernel, self.state.root), *map(name_of, self.state.stack))
        return breadcrumb(self, names, Call(Browser.to_level))

    def _header(self) -> View:
        name = self.place_name()
        if self.state.root == "recent":
            title = "Recent files"
        else:
            title = f"Files {'on' if name == self.kernel.config.model else 'in'} {name}"
        return header(title, self.prefs.flag("grid"), call(Browser.toggle_grid))

    def _list(self, entries: Sequence[Entry]) -> View:
        grid = self.prefs.flag("grid")
        columns = 1 if not grid else _WIDE if self.ui.width > self.ui.height else _GRID_COLUMNS
        rows = self._rows(tuple(entries), columns)
        if not grid:
            return LazyColumn(self, "dir_list", rows, list_row, footer=16, rid="dir_list", weight=1)
        return LazyColumn(self, "dir_list", rows, grid_card, columns=columns, gap=8, footer=16, rid="dir_list", weight=1, padding=(16, 0))

    def _rows(self, entries: tuple[Entry, ...], columns: int) -> tuple[tuple[Item | None], ...]:
        """Arguments of the rows; kept, since they follow from what `key` holds."""
        clock, intent = self.kernel.clock, self.intent
        now = clock.now()
        key = (
            type(self), self.kernel.files.token, entries, columns, self.state.selected, now.date(), clock.zone, self.ui.use_24h,
            intent.action, intent.mime, self.may_select(),
        )  # fmt: skip
        known = kept_rows(key)
        if known is None:
            items = [self._item(e, short_time(clock.local(e.modified_ms), now, self.ui.use_24h)) for e in entries]
            known = keep_rows(key, items, columns)
        return known

    def _item(self, entry: Entry, when: str) -> Item:
        enabled = entry.is_dir or self.may_pick(entry)
        return make_item(
            self.kernel.files, entry, when, selected=entry.path in self.state.selected, enabled=enabled,
            tap=call(Browser.tapped, entry.path), hold=call(Browser.held, entry.path) if self.may_select() else None,
            preview=call(Browser.preview, entry.path) if self.previews() and enabled and not entry.is_dir else None,
        )  # fmt: skip

    def _empty(self) -> View:
        wanted = self.state.searching and self.field("search").strip() or self.state.filters
        if self.state.searching and not wanted:
            return Column(cls=None, width=FILL, weight=1)
        text = f"No matches in {self.place_name()}" if wanted else "No items"
        return Column(EmptyState("magnify" if wanted else "folder-outline", text, rid="message"), cls=None, width=FILL, weight=1)

    # ------------------------------------------------------------------ going places

    def roots(self) -> None:
        """Open the drawer."""
        rows = [
            RootRow(root_label(self.kernel, key), root.icon, call(Browser.to_root, key), free_text(self.kernel) if key == "device" else "",
                    key == self.state.root, key == "device")
            for key, root in ROOTS.items()
        ]  # fmt: skip
        self.show(RootsDrawer(heading=self.drawer_title(), rows=(*rows, *self.drawer_extras())))

    def to_root(self, key: str) -> None:
        """Show a root."""
        self.update(root=key, stack=(), filters=frozenset(), searching=False, selected=frozenset())
        self.scroll_to("dir_list", 0)

    def to_level(self, depth: int) -> None:
        """A part of the breadcrumb."""
        self.update(stack=self.state.stack[:depth])
        self.scroll_to("dir_list", 0)

    def tapped(self, path: str) -> None:
        """A row or card."""
        if self.state.selected:
            self.held(path)
            return
        if self.kernel.files.is_dir(path):
            if self.state.searching or self.state.filters:
                self.clear_focus()
            self.update(stack=(*self.state.stack, path), searching=False, filters=frozenset())
            self.scroll_to("dir_list", 0)
            return
        entry = next((e for e in self.entries() if e.path == path), None)
        if entry is not None:
            self.on_entry(entry)

    def held(self, path: str) -> None:
        """Select or unselect."""
        if self.state.searching:
            self.clear_focus()
        self.update(selected=self.state.selected ^ {path})

    def preview(self, path: str) -> None:
        """The preview button of a row."""
        del path

    def view(self, path: str) -> None:
        """Open a file with the app for its type."""
        intent = Intent.of(VIEW, data=file_uri(path), mime=mime_of(path), path=path)
        if self.kernel.packages.resolve(intent):
            self.effect("file.opened", "read", path=path)
            self.start(intent)
        else:
            self.snackbar("Can’t open file")

    def unselect(self) -> None:
        """Leave the selection."""
        self.update(selected=frozenset())

    def select_all(self) -> None:
        """Select all that can be selected here."""
        self.update(selected=frozenset(e.path for e in self.entries() if self.may_pick(e)))

    def on_back(self) -> bool:
        state = self.state
        if state.selected:
            self.unselect()
        elif state.searching:
            self.stop_search()
        elif state.filters:
            self.update(filters=frozenset())
        elif state.stack:
            self.to_level(len(state.stack) - 1)
        else:
            return False
        return True

    # ------------------------------------------------------------------ looks

    def toggle_grid(self) -> None:
        """Switch between list and grid."""
        self.prefs.put(grid=not self.prefs.flag("grid"))
        self.scroll_to("dir_list", 0)

    def toggle_filter(self, key: str) -> None:
        """A chip."""
        self.update(filters=self.state.filters ^ {key})
        self.scroll_to("dir_list", 0)

    def start_search(self) -> None:
        """The magnifying glass."""
        self.set_field("search", "")
        self.update(searching=True)
        self.focus_on("search")

    def searched(self, text: str) -> None:
        """The search text changed."""
        del text
        self.scroll_to("dir_list", 0)

    def clear_search(self) -> None:
        """The cross in the search field."""
        self.set_field("search", "")
        self.focus_on("search")

    def stop_search(self) -> None:
        """Leave the search."""
        self.clear_focus()
        self.update(searching=False)

    def menu_items(self) -> list[MenuItem]:
        """Rows of the overflow menu."""
        hidden = self.prefs.flag("show_hidden")
        return [
            *([MenuItem("New folder", call(Browser.new_folder))] if self.writable else []),
            MenuItem("Sort by...", call(Browser.sort_dialog)),
            *([MenuItem("Select all", call(Browser.select_all))] if self.may_select() and self.entries() else []),
            MenuItem("Don’t show hidden files" if hidden else "Show hidden files", call(Browser.toggle_hidden)),
        ]

    def menu(self) -> None:
        """Overflow."""
        self.show(Menu(items=tuple(self.menu_items())))

    def toggle_hidden(self) -> None:
        """Show names with a leading dot, or not."""
        self.prefs.put(show_hidden=not self.prefs.flag("show_hidden"))

    def sort_dialog(self) -> None:
        """Ask for the order."""
        self.show(
            ChoiceDialog(
                heading="Sort by",
                options=tuple(label for _, _, label in SORTS),
                chosen=sort_for(self.state.root, self.state.sort),
                on_choose=Call(Browser.sorted_by),
            )
        )

    def sorted_by(self, index: int) -> None:
        """An order was chosen."""
        self.update(sort=index)
        self.scroll_to("dir_list", 0)

    # ------------------------------------------------------------------ new folder

    def new_folder(self) -> None:
        """Ask for a name."""
        self.set_field("new_folder", "")
        self.show(name_dialog("New folder", "new_folder", "Folder name", Call(Browser.make_folder)))

    def make_folder(self, name: str) -> None:
        """The name was entered."""
        name = name.strip()
        path = f"{self.folder}/{name}"
        try:
            if "/" in name or name in (".", ".."):
                raise DeviceError(f"{name!r} is no folder name")
            path = self.kernel.files.free_path(path)
            self.kernel.files.mkdir(path)
        except DeviceError:
            self.show(AlertDialog(heading="", message="Failed to create folder", positive=DialogButton("OK")))
            return
        self.effect("folder.created", "reversible", path=path)
        self.folder_made(path)

    def folder_made(self, path: str) -> None:
        """A folder was made here."""
        del path
