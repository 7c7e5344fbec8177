"""Markor's main screen: the notebook's files, the to-do list, QuickNote and More."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mobilegym.emulator.device import FileStat
from mobilegym.emulator.phone.apps.notes.dialogs import NewFileDialog
from mobilegym.emulator.phone.apps.notes.editor import DocumentActivity, editor_page
from mobilegym.emulator.phone.apps.notes.rows import Tab, about_page, file_row, paste_bar, tab_bar, tab_title
from mobilegym.emulator.phone.apps.notes.store import NOTEBOOK, SortKey, describe, is_text, order, search
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import VIEW, Intent
from mobilegym.emulator.phone.kernel.paths import file_name_ok
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar, SelectionBar
from mobilegym.emulator.phone.ui.widgets.button import Fab
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, ChoiceDialog, DialogButton, InputDialog
from mobilegym.emulator.phone.ui.widgets.empty_state import EmptyState
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.text_field import EditText

__all__ = ["BrowserState", "MainActivity"]

_SORTS: tuple[tuple[SortKey, str], ...] = (("name", "Name"), ("date", "Date"), ("size", "File size"), ("type", "Mime type"))


@dataclass(frozen=True, slots=True)
class BrowserState:
    tab: Tab = "files"
    folder: str = NOTEBOOK
    sort: SortKey = "name"
    reverse: bool = False
    selected: frozenset[str] = frozenset()
    searching: bool = False
    destination: str = ""
    """`move` or `copy` while a target folder is being picked."""
    carried: tuple[str, ...] = ()


class MainActivity(Activity[BrowserState]):
    """Four tabs above a bottom bar."""

    name: ClassVar[str] = "net.gsantner.markor.activity.MainActivity"

    def initial(self) -> BrowserState:
        return BrowserState()

    # ------------------------------------------------------------------ views

    def build(self) -> View:
        state = self.state
        body: View
        if state.tab == "files":
            body = Stack(
                self._files(), self._fab(), cls="android.widget.FrameLayout", rid="main__view_pager_container", width=FILL, weight=1
            )
        elif state.tab == "more":
            body = about_page(self)
        else:
            body = editor_page(self, self._page_key())
        return Column(
            self._bar(),
            body,
            tab_bar(state.tab, Call(MainActivity.show_tab)),
            cls="android.view.ViewGroup",
            rid="main_content",
            width=FILL,
            height=FILL,
        )

    def _bar(self) -> View:
        state = self.state
        if state.selected:
            return SelectionBar(len(state.selected), on_close=call(MainActivity.unselect), actions=self._selection_actions())
        if state.searching:
            field = EditText(
                self, "search", hint="Search", ime="search", on_change=Call(MainActivity.searched), rid="search_src_text", weight=1
            )
            return AppBar("", on_up=call(MainActivity.stop_search), up_desc="Collapse", title_view=field)
        title = "Markor" if state.tab == "files" and state.folder == NOTEBOOK else tab_title(state.tab)
        if state.tab == "files" and state.folder != NOTEBOOK:
            title = state.folder.rsplit("/", 1)[-1]
        actions: list[Kid] = []
        if state.tab == "files":
            actions = [
                IconButton("folder", "Go to", call(MainActivity.go_to_menu), rid="action_go_to"),
                IconButton("sort", "Sort by", call(MainActivity.sort_menu), rid="action_sort"),
                IconButton("magnify", "Search", call(MainActivity.start_search), rid="action_search"),
            ]
        elif state.tab in ("todo", "quicknote"):
            actions = [IconButton("content-save", "Save", call(MainActivity.save_page), rid="action_save")]
        return AppBar(title, actions=actions)

    def _selection_actions(self) -> list[Kid]:
        one = len(self.state.selected) == 1
        return [
            IconButton("rename-box", "Rename", call(MainActivity.rename), rid="action_rename_selected_item") if one else None,
            IconButton("information-outline", "Details", call(MainActivity.details), rid="action_info_selected_item") if one else None,
            IconButton("delete", "Delete", call(MainActivity.confirm_delete), rid="action_delete_selected_items"),
            IconButton("dots-vertical", "More options", call(MainActivity.selection_menu)),
        ]

    def _files(self) -> View:
        state = self.state
        items: list[tuple[object, ...]] = []
        if state.folder != "/sdcard" and not state.searching:
            items.append(("..", state.folder.rsplit("/", 1)[0], _parent(state.folder), True, False, False))
        for stat in self._listed():
            name = stat.path.rsplit("/", 1)[-1]
            text = describe(stat, self.kernel.clock.local(stat.modified_ms))
            items.append((name, text, stat.path, stat.is_dir, stat.path in state.selected, True))
        bar = None
        if state.destination:
            verb = "Move" if state.destination == "move" else "Copy"
            bar = paste_bar(verb, len(state.carried), call(MainActivity.cancel_carry), call(MainActivity.carry_here))
        rows = LazyColumn(self, "files", items, _file_row, footer=88, rid="ui__filesystem_dialog__list", weight=1)
        empty = EmptyState("magnify", "No results") if state.searching and not items else None
        return Column(bar, empty or rows, cls=None, width=FILL, height=FILL)

    def _fab(self) -> Kid:
        if self.state.selected or self.state.searching:
            return None
        return Fab(
            "plus", "Create a new file or folder", call(MainActivity.new_file), rid="fab_add_new_item", background=0xFFEF5350, color="white"
        )

    # ------------------------------------------------------------------ files

    def _listed(self) -> list[FileStat]:
        state, files = self.state, self.kernel.files
        if state.searching:
            found = [s for s in files.walk(NOTEBOOK) if not s.is_dir]
            texts = [files.read_text(s.path) if is_text(s.path) else "" for s in found]
            names = [s.path.rsplit("/", 1)[-1] for s in found]
            return [found[i] for i in search(names, texts, self.field("search"))] if self.field("search") else []
        stats = [s for s in files.list(state.folder) if not s.path.rsplit("/", 1)[-1].startswith(".")]
        return order(stats, state.sort, state.reverse, True)

    def tapped(self, path: str, is_dir: bool, selectable: bool) -> None:
        """A row: select, enter the folder or open the file."""
        if self.state.selected:
            if selectable:
                self.update(selected=self.state.selected ^ {path})
        elif is_dir:
            self.update(folder=path)
            self.scroll_to("files", 0)
        elif self.state.destination:
            return
        elif is_text(path):
            self.open(DocumentActivity, path=path)
        else:
            item = self.kernel.content.media.by_path(path)
            self.start(Intent.of(VIEW, data=f"file://{path}", mime=item.mime if item else "application/octet-stream"))

    def held(self, path: str, selectable: bool) -> None:
        """A row held down begins a selection."""
        if selectable and not self.state.destination:
            self.update(selected=self.state.selected ^ {path})

    def unselect(self) -> None:
        """Leave the selection."""
        self.update(selected=frozenset())

    def new_file(self) -> None:
        """The floating button."""
        self.set_field("new_name", "")
        self.set_field("new_ext", ".md")
        self.show(NewFileDialog(create=Call(MainActivity.create)))

    def create(self, folder: bool, kind: int) -> None:
        """OK or FOLDER of the New dialog."""
        name, ending = self.field("new_name").strip(), self.field("new_ext").strip()
        del kind
        full = name if folder or name.endswith(ending) else name + ending
        path = f"{self.state.folder}/{full}"
        if not name or not file_name_ok(full):
            self.toast("Enter a valid name")
            return
        if self.kernel.files.exists(path):
            self.toast("File already exists")
            return
        if folder:
            self.kernel.files.mkdir(path)
            self.effect("folder.created", "reversible", path=path)
            self.update(folder=path)
        else:
            self.kernel.files.write(path, b"")
            self.effect("note.created", "reversible", path=path)
            self.open(DocumentActivity, path=path)

    def rename(self) -> None:
        """Ask for a new name."""
        self.set_field("rename", next(iter(self.state.selected)).rsplit("/", 1)[-1])
        self.show(InputDialog(heading="Rename", key="rename", label="Name", positive=DialogButton("OK", Call(MainActivity.renamed)),
                              negative=DialogButton("Cancel")))  # fmt: skip

    def renamed(self, name: str) -> None:
        """The new name was entered."""
        path = next(iter(self.state.selected))
        target = f"{path.rsplit('/', 1)[0]}/{name.strip()}"
        if not file_name_ok(name.strip()) or self.kernel.files.exists(target):
            self.toast("File already exists" if file_name_ok(name.strip()) else "Enter a valid name")
            return
        self.kernel.files.move(path, target)
        self.effect("note.renamed", "reversible", path=path, to=target)
        self.unselect()

    def details(self) -> None:
        """Show path, size and date."""
        path = next(iter(self.state.selected))
        stat = self.kernel.files.stat(path)
        when = self.kernel.clock.local(stat.modified_ms)
        self.show(
            AlertDialog(
                heading=path.rsplit("/", 1)[-1],
                message=f"Path: {path}\nSize: {stat.size} bytes\nModified: {when:%Y-%m-%d %H:%M}",
                positive=DialogButton("OK"),
            )
        )

    def confirm_delete(self) -> None:
        """Ask before deleting."""
        names = "\n".join(sorted(p.rsplit("/", 1)[-1] for p in self.state.selected))
        self.show(AlertDialog(heading="Confirm Delete", message=names, positive=DialogButton("OK", call(MainActivity.delete)),
                              negative=DialogButton("Cancel")))  # fmt: skip

    def delete(self) -> None:
        """Delete what is selected."""
        for path in sorted(self.state.selected):
            self.kernel.files.delete(path)
            self.effect("note.deleted", "irreversible", path=path)
        self.unselect()

    def selection_menu(self) -> None:
        """Overflow of the selection."""
        single = [MenuItem("Share", call(MainActivity.share_selected))] if len(self.state.selected) == 1 else []
        self.show(Menu(items=(
            MenuItem("Move", call(MainActivity.carry, "move")), MenuItem("Copy", call(MainActivity.carry, "copy")), *single,
            MenuItem("Select all", call(MainActivity.select_all)),
        )))  # fmt: skip

    def select_all(self) -> None:
        """Select everything in the folder."""
        self.update(selected=frozenset(s.path for s in self._listed()))

    def share_selected(self) -> None:
        """Share the text of the selected file."""
        path = next(iter(self.state.selected))
        if self.kernel.files.is_dir(path):
            self.toast("A folder cannot be shared")
            return
        self.unselect()
        self.share(text=self.kernel.files.read_text(path), title=path.rsplit("/", 1)[-1])

    def carry(self, how: str) -> None:
        """Pick a folder to move or copy to."""
        self.update(destination=how, carried=tuple(sorted(self.state.selected)), selected=frozenset())

    def cancel_carry(self) -> None:
        """Forget about moving."""
        self.update(destination="", carried=())

    def carry_here(self) -> None:
        """Move or copy into the folder on screen."""
        state, files = self.state, self.kernel.files
        for path in state.carried:
            target = f"{state.folder}/{path.rsplit('/', 1)[-1]}"
            if target == path or files.exists(target) or state.folder.startswith(f"{path}/"):
                self.toast(
                    f"{path.rsplit('/', 1)[-1]} is there already"
                    if not state.folder.startswith(f"{path}/")
                    else "Cannot move a folder into itself"
                )
                continue
            (files.move if state.destination == "move" else files.copy)(path, target)
            self.effect("note.moved" if state.destination == "move" else "note.copied", "reversible", path=path, to=target)
        self.cancel_carry()

    # ------------------------------------------------------------------ bar

    def sort_menu(self) -> None:
        """Choose the order."""
        chosen = [key for key, _ in _SORTS].index(self.state.sort)
        options = (*[label for _, label in _SORTS], "Reverse order")
        self.show(
            ChoiceDialog(
                heading="Sort by",
                options=options,
                chosen=len(_SORTS) if self.state.reverse else chosen,
                on_choose=Call(MainActivity.sorted_by),
            )
        )

    def sorted_by(self, index: int) -> None:
        """An order was chosen."""
        if index == len(_SORTS):
            self.update(reverse=not self.state.reverse)
        else:
            self.update(sort=_SORTS[index][0])

    def go_to_menu(self) -> None:
        """Jump to a folder."""
        places = (("Notebook", NOTEBOOK), ("Download", "/sdcard/Download"), ("Storage", "/sdcard"))
        self.show(Menu(items=tuple(MenuItem(label, call(MainActivity.go_to, path)) for label, path in places)))

    def go_to(self, path: str) -> None:
        """Show a folder."""
        self.update(folder=path)

    def start_search(self) -> None:
        """Search names and contents below the notebook."""
        self.set_field("search", "")
        self.update(searching=True)
        self.focus_on("search")

    def searched(self, text: str) -> None:
        """The search text changed: the list follows the field by itself."""
        del text
        self.scroll_to("files", 0)

    def stop_search(self) -> None:
        """Leave the search."""
        self.clear_focus()
        self.update(searching=False)

    def show_tab(self, tab: Tab) -> None:
        """Switch tabs; a page that was edited is saved."""
        self.save_page()
        self.clear_focus()
        self.update(tab=tab, selected=frozenset(), searching=False)
        if tab in ("todo", "quicknote"):
            path = self._page_path()
            self.set_field(self._page_key(), self.kernel.files.read_text(path) if self.kernel.files.exists(path) else "")

    def _page_key(self) -> str:
        return f"page_{self.state.tab}"

    def _page_path(self) -> str:
        return f"{NOTEBOOK}/{'todo.txt' if self.state.tab == 'todo' else 'QuickNote.md'}"

    def save_page(self) -> None:
        """Write the To-Do or QuickNote page if it was changed."""
        if self.state.tab not in ("todo", "quicknote"):
            return
        path, text = self._page_path(), self.field(self._page_key())
        if not self.kernel.files.exists(path) or self.kernel.files.read_text(path) != text:
            self.kernel.files.write_text(path, text)
            self.effect("note.saved", "reversible", path=path)

    def on_leave(self) -> None:
        self.save_page()

    def on_back(self) -> bool:
        state = self.state
        if state.selected:
            self.unselect()
        elif state.searching:
            self.stop_search()
        elif state.destination:
            self.cancel_carry()
        elif state.tab != "files":
            self.show_tab("files")
        elif state.folder != NOTEBOOK:
            self.update(folder=_parent(state.folder) if state.folder.startswith(f"{NOTEBOOK}/") else NOTEBOOK)
        else:
            return False
        return True


def _parent(path: str) -> str:
    return path.rsplit("/", 1)[0] or "/sdcard"


def _file_row(name: str, detail: str, path: str, is_dir: bool, selected: bool, selectable: bool) -> View:
    on_tap, on_long = call(MainActivity.tapped, path, is_dir, selectable), call(MainActivity.held, path, selectable)
    return file_row(name, detail, is_dir, selected, on_tap, on_long)
