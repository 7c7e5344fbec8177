"""The Contacts app's main screen: all contacts, highlights, and what organizes them."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.contacts import store
from mobilegym.emulator.phone.apps.contacts.detail import QuickContactActivity
from mobilegym.emulator.phone.apps.contacts.editor import ContactEditorActivity
from mobilegym.emulator.phone.apps.contacts.labels import GroupActivity, LabelsActivity
from mobilegym.emulator.phone.apps.contacts.preferences import ContactsPreferenceActivity
from mobilegym.emulator.phone.apps.contacts.rows import avatar, contact_items, contact_row, mixed_row, section_items
from mobilegym.emulator.phone.apps.contacts.selecting import SelectingScreen
from mobilegym.emulator.phone.apps.contacts.selection import ContactSelectionActivity
from mobilegym.emulator.phone.apps.contacts.transfer import export_contacts, import_file
from mobilegym.emulator.phone.kernel.intents import PICK, Intent
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call, partial
from mobilegym.emulator.phone.ui.layout import Column, Grid, Kid, Row, Stack
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import SelectionBar
from mobilegym.emulator.phone.ui.widgets.bottom_bar import BottomBar, NavItem
from mobilegym.emulator.phone.ui.widgets.bottom_sheet import ListSheet, SheetItem
from mobilegym.emulator.phone.ui.widgets.button import Button, Fab
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, ChoiceDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.empty_state import EmptyState
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.list_item import ListItem
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn, ScrollColumn
from mobilegym.emulator.phone.ui.widgets.search_view import SearchBar, SearchField
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["PeopleActivity"]

_TABS: Final = (
    NavItem("Contacts", "account-outline", rid="contacts", selected_icon="account"),
    NavItem("Highlights", "star-outline", rid="favorites_tab", selected_icon="star"),
    NavItem("Organize", "label-multiple-outline", rid="nav_assistant", selected_icon="label-multiple"),
)
_ORGANIZE: Final = (
    ("labels", "label-outline", "Labels", "Put contacts into groups"),
    ("blocked", "cancel", "Blocked numbers", "Manage who can’t call or text you"),
    ("import", "file-import-outline", "Import from file", "Add contacts from a .vcf file"),
    ("export", "file-export-outline", "Export to file", "Save contacts as a .vcf file in Downloads"),
    ("settings", "cog-outline", "Contacts settings", "Sort order and name format"),
)


class PeopleActivity(SelectingScreen):
    """Started by the launcher icon."""

    name = "com.android.contacts.activities.PeopleActivity"
    snack_inset = 80

    def on_back(self) -> bool:
        state = self.state
        if state.selecting:
            self.stop_selecting()
        elif state.searching:
            self.stop_search()
        elif state.tab or state.group:
            self.update(tab=0, group=0)
        else:
            return False
        return True

    # ------------------------------------------------------------------ going places

    def select_tab(self, index: int) -> None:
        """Another tab."""
        self.update(tab=index, selecting=False, selected=frozenset())

    def tapped(self, contact_id: int) -> None:
        """A contact was touched: opened, or ticked while selecting."""
        if self.state.selecting:
            self.toggle(contact_id)
        else:
            self.open(QuickContactActivity, id=contact_id)

    def create(self) -> None:
        """A new contact."""
        self.open(ContactEditorActivity, reply=Call(PeopleActivity.created), group=self.state.group)

    def created(self, result: Intent | None) -> None:
        """The editor is done: show what it made."""
        if result is not None:
            self.open(QuickContactActivity, id=result.extra("id"))

    def organize(self, what: str) -> None:
        """A row of the Organize tab."""
        if what == "labels":
            self.open(LabelsActivity)
        elif what == "settings":
            self.open(ContactsPreferenceActivity)
        elif what == "blocked":
            self.start(Intent("android.telecom.action.MANAGE_BLOCKED_NUMBERS"))
        elif what == "export":
            self.ask_export()
        else:
            self.choose_import()

    # ------------------------------------------------------------------ search

    def start_search(self) -> None:
        """Open the search."""
        self.set_field("query", "")
        self.update(searching=True)
        self.focus_on("query")

    def stop_search(self) -> None:
        """Close the search."""
        self.set_field("query", "")
        self.clear_focus()
        self.update(searching=False)

    # ------------------------------------------------------------------ menus

    def menu(self) -> None:
        """The overflow menu."""
        some = bool(store.entries(self.kernel))
        self.show(Menu(items=(
            MenuItem("Select", call(PeopleActivity.start_selecting), enabled=some),
            MenuItem("Select all", call(PeopleActivity.select_all), enabled=some),
            MenuItem("Settings", call(PeopleActivity.organize, "settings")),
        )))  # fmt: skip

    def choose_view(self) -> None:
        """Choose the label whose contacts are shown."""
        groups, chosen = self.kernel.content.contacts.groups(), self.state.group
        self.show(ListSheet("View contacts", items=(
            SheetItem("All contacts", call(PeopleActivity.view_group, 0), "account-multiple-outline", chosen=chosen == 0),
            *(SheetItem(title, call(PeopleActivity.view_group, group), "label-outline", chosen=chosen == group) for group, title,
                _ in groups),
            SheetItem("Manage labels", call(PeopleActivity.organize, "labels"), "pencil-outline"),
        )))  # fmt: skip

    def view_group(self, group: int) -> None:
        """Show the contacts under a label, or all."""
        self.update(group=group)
        self.scroll_to("people", 0)

    def open_group(self, group: int) -> None:
        """A label's own page."""
        self.open(GroupActivity, group=group)

    # ------------------------------------------------------------------ files, favourites

    def ask_export(self) -> None:
        """Ask before writing the file."""
        count = len(store.entries(self.kernel))
        if not count:
            self.snackbar("No contacts to export")
            return
        what = "1 contact" if count == 1 else f"{count} contacts"
        self.show(AlertDialog(heading="Export to .vcf file?", message=f"{what} will be saved in Downloads.",
            negative=DialogButton("Cancel"),
                              positive=DialogButton("Export", call(PeopleActivity.export))))  # fmt: skip

    def export(self) -> None:
        """Write the file."""
        self.snackbar(f"Exported to {export_contacts(self).rsplit('/', 1)[-1]}")

    def choose_import(self) -> None:
        """Choose one of the vCard files on the phone."""
        paths = tuple(store.vcard_files(self.kernel))
        if not paths:
            self.show(AlertDialog(message="No vCard files were found in the storage.", positive=DialogButton("OK")))
            return
        self.show(ChoiceDialog(heading="Choose vCard file", options=tuple(path.rsplit("/", 1)[-1] for path in paths), radios=False,
                               on_choose=partial(PeopleActivity.import_chosen, paths), negative=DialogButton("Cancel")))  # fmt: skip

    def import_chosen(self, paths: tuple[str, ...], index: int) -> None:
        """Take in a file."""
        count = import_file(self, paths[index])
        self.snackbar("1 contact imported" if count == 1 else f"{count} contacts imported" if count > 0 else "No contacts in this file")

    def add_favorite(self) -> None:
        """Choose a contact to become a favourite."""
        self.start(Intent.of(PICK, mime="vnd.android.cursor.dir/contact", package=self.package, activity=ContactSelectionActivity.name),
                   Call(PeopleActivity.favorite_chosen))  # fmt: skip

    def favorite_chosen(self, result: Intent | None) -> None:
        """A contact was chosen."""
        if result is not None:
            contact_id = int(result.extra("id"))
            self.kernel.content.contacts.set_starred(contact_id, True)
            self.effect("contact.starred", "reversible", id=contact_id, starred=True)

    # ------------------------------------------------------------------ views

    def build(self) -> View:
        state = self.state
        if state.searching:
            return self._search()
        body = (self._contacts, self._highlights, self._organize)[state.tab]()
        bar = memo(self.ui, BottomBar, _TABS, state.tab, Call(PeopleActivity.select_tab))
        fab = Fab("plus", "Create contact", call(PeopleActivity.create), rid="floating_action_button", margin=(0, 0, 16, 96))
        return Stack(
            Column(self._top(), body, bar, cls=None, width=FILL, height=FILL), fab if state.tab == 0 and not state.selecting else None,
            cls=None, width=FILL, height=FILL,
        )  # fmt: skip

    def _top(self) -> Kid:
        state = self.state
        if state.selecting:
            some = bool(state.selected)
            return SelectionBar(len(state.selected), on_close=call(PeopleActivity.stop_selecting), actions=[
                IconButton("share-variant-outline", "Share", call(PeopleActivity.share_selected), enabled=some),
                IconButton("delete-outline", "Delete", call(PeopleActivity.ask_delete), enabled=some),
                IconButton("dots-vertical", "More options", call(PeopleActivity.selection_menu)),
            ])  # fmt: skip
        if state.tab:
            return Row(
                Text(_TABS[state.tab].label, "headline_medium", rid="title", weight=1), cls=None, width=FILL, height=72, padding=(24, 0)
            )
        more = IconButton("dots-vertical", "More options", call(PeopleActivity.menu))
        return SearchBar("Search contacts", call(PeopleActivity.start_search), trailing=more, margin=(16, 8, 16, 4))

    def _contacts(self) -> View:
        state, found = self.state, self.entries()
        everybody = not state.group
        title = "All contacts" if everybody else store.group_title(self.kernel, state.group)
        header = memo(self.ui, _view_row, f"{title} · {len(found)}")
        if not found:
            empty = EmptyState(
                "account-multiple-outline", "No contacts yet" if everybody else "No contacts with this label",
                "" if everybody else "Contacts that you add to the label are shown here",
                action=Button("Create contact", call(PeopleActivity.create), kind="tonal", margin=(0, 24, 0, 0)),
            )  # fmt: skip
            return Column(None if everybody else header, Stack(empty, cls=None, width=FILL, weight=1), cls=None, width=FILL, weight=1)
        starred = tuple(entry for entry in found if entry.starred) if everybody and not state.selecting else ()
        items = section_items((), starred, found, Call(PeopleActivity.tapped), Call(PeopleActivity.select), state.selected, state.selecting)
        return LazyColumn(self, "people", items, mixed_row, header=(header,), footer=96, rid="android:id/list", weight=1)

    def _highlights(self) -> View:
        everybody = store.entries(self.kernel)
        starred = [entry for entry in everybody if entry.starred]
        cells = [_tile(entry, call(PeopleActivity.tapped, entry.id), call(PeopleActivity.select_favorite, entry.id)) for entry in starred]
        recent = store.newest(self.kernel)
        rows = [contact_row(entry.name, entry.photo, "-", False, False, call(PeopleActivity.tapped, entry.id), None) for entry in recent]
        return ScrollColumn(
            self, "highlights",
            Row(Text("Favorites", "title_medium", weight=1, rid="favorites_title"),
                Button("Add", call(PeopleActivity.add_favorite), kind="text"),
                cls=None, width=FILL, padding=(24, 4, 12, 4)),
            Grid(cells, columns=3, gap=4, cls="android.view.ViewGroup", width=FILL, padding=(12, 0)) if cells else
            Text("Add the people you contact most to your favorites", "body_medium", color="on_surface_variant", padding=(24, 0, 24, 8)),
            Text("Recently added", "title_medium", padding=(24, 16, 24, 8), width=FILL) if recent else None,
            *rows, weight=1,
        )  # fmt: skip

    def select_favorite(self, contact_id: int) -> None:
        """A long press on a favourite: take it out."""
        self.show(Menu(items=(MenuItem("Remove from favorites", call(PeopleActivity.unstar, contact_id)),)))

    def unstar(self, contact_id: int) -> None:
        """No favourite any more."""
        self.kernel.content.contacts.set_starred(contact_id, False)
        self.effect("contact.starred", "reversible", id=contact_id, starred=False)

    def _organize(self) -> View:
        return ScrollColumn(self, "organize", *[memo(self.ui, _organize_row, *row) for row in _ORGANIZE], weight=1)

    def _search(self) -> View:
        field = SearchField(self, "query", "Search contacts", on_back=call(PeopleActivity.stop_search))
        query, found = self.field("query").strip(), self.entries()
        if not query:
            body: View = View(cls=None, weight=1)
        elif not found:
            body = Stack(
                EmptyState("account-search-outline", "No results found", f"No contacts match “{query}”"), cls=None, width=FILL, weight=1
            )
        else:
            items = contact_items(found, Call(PeopleActivity.tapped), Call(PeopleActivity.found_long), frozenset(), False)
            body = LazyColumn(self, "results", items, contact_row, rid="search_result_list", weight=1)
        return Column(field, body, cls=None, width=FILL, height=FILL)

    def found_long(self, contact_id: int) -> None:
        """A long press in the search results starts selecting in the list."""
        self.stop_search()
        self.select(contact_id)


def _view_row(label: str) -> View:
    return Row(
        Row(Text(label, "title_small", color="on_surface_variant", max_lines=1), Icon("menu-down", size=20), gap=4,
            cls="android.widget.LinearLayout",
            rid="filter_label", on_tap=call(PeopleActivity.choose_view), min_height=40, padding=(8, 0), radius=8),
        cls=None, width=FILL, padding=(16, 0),
    )  # fmt: skip


def _tile(entry: store.Entry, tap: Call, long: Call) -> View:
    return Column(
        avatar(entry.name, entry.photo, size=72), Text(entry.name, "body_medium", max_lines=2, text_align="center", rid="contact_name"),
        gap=8, cls="android.view.ViewGroup", cross="center", on_tap=tap, on_long=long, width=FILL, padding=(4, 12), radius=16,
    )  # fmt: skip


def _organize_row(what: str, icon: str, title: str, detail: str) -> View:
    badge = Stack(
        Icon(icon, color="on_secondary_container", gravity="center"),
        cls=None,
        width=40,
        height=40,
        radius=20,
        background="secondary_container",
    )
    return ListItem(title, detail, leading=badge, on_tap=call(PeopleActivity.organize, what), padding=(24, 8))
