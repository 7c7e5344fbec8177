"""Choosing a contact, a number or an address for another app; the question before a vCard file is taken in."""

from __future__ import annotations

from dataclasses import dataclass

from mobilegym.emulator.phone.apps.contacts import store
from mobilegym.emulator.phone.apps.contacts.actions import INSERT_OR_EDIT
from mobilegym.emulator.phone.apps.contacts.editor import ContactEditorActivity
from mobilegym.emulator.phone.apps.contacts.kinds import email_kind, phone_kind
from mobilegym.emulator.phone.apps.contacts.rows import mixed_row, section_items
from mobilegym.emulator.phone.apps.contacts.transfer import import_file
from mobilegym.emulator.phone.apps.numbers import shown_number
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import EDIT, INSERT, Extra, Intent
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call, partial
from mobilegym.emulator.phone.ui.layout import Column, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, ChoiceDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.empty_state import EmptyState
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.search_view import SearchField

__all__ = ["ContactSelectionActivity", "ImportVCardActivity", "SelectionState"]


@dataclass(frozen=True)
class SelectionState:
    """Whether the search is open."""

    searching: bool = False


class ContactSelectionActivity(Activity[SelectionState]):
    """Answers `PICK` and `GET_CONTENT` with the chosen contact (extras `id`, `name` and, for data, `number` or `address`).

    With `INSERT_OR_EDIT` the chosen contact is edited with the extras of the intent filled in, or a new one made.
    """

    name = "com.android.contacts.activities.ContactSelectionActivity"

    def initial(self) -> SelectionState:
        return SelectionState()

    @property
    def _editing(self) -> bool:
        return self.intent.action == INSERT_OR_EDIT

    @property
    def _wanted(self) -> str:
        """`contact`, `phone` or `email`."""
        about = f"{self.intent.mime} {self.intent.data}"
        return "phone" if "phone" in about else "email" if "email" in about else "contact"

    def on_back(self) -> bool:
        if self.state.searching:
            self.stop_search()
            return True
        return False

    def start_search(self) -> None:
        """Open the search."""
        self.update(searching=True)
        self.focus_on("query")

    def stop_search(self) -> None:
        """Close the search."""
        self.set_field("query", "")
        self.clear_focus()
        self.update(searching=False)

    def create(self) -> None:
        """Make a new contact; it is the one chosen."""
        extras = self.intent.extras if self._editing else ()
        self.start(
            Intent(INSERT, package=self.package, activity=ContactEditorActivity.name, extras=extras), Call(ContactSelectionActivity.created)
        )

    def created(self, result: Intent | None) -> None:
        """The editor is done."""
        if result is None:
            return
        if self._editing:
            self.finish(result)
        else:
            self.chosen(int(result.extra("id")))

    def chosen(self, contact_id: int) -> None:
        """A contact was touched."""
        if self._editing:
            self.start(Intent(EDIT, store.contact_uri(contact_id), package=self.package, activity=ContactEditorActivity.name,
                              extras=self.intent.extras), Call(ContactSelectionActivity.created))  # fmt: skip
            return
        contact, wanted = self.kernel.content.contacts.get(contact_id), self._wanted
        if wanted == "contact":
            self.give(contact_id, "")
            return
        values = (
            tuple((phone.number, f"{shown_number(phone.number)}  {phone_kind(phone.type, phone.label)}") for phone in contact.phones)
            if wanted == "phone" else tuple((email.address, f"{email.address}  {email_kind(email.type, email.label)}")
                for email in contact.emails)
        )  # fmt: skip
        if not values:
            self.toast("This contact has no phone number" if wanted == "phone" else "This contact has no email address")
        elif len(values) == 1:
            self.give(contact_id, values[0][0])
        else:
            self.show(ChoiceDialog(heading=contact.name, options=tuple(label for _, label in values), radios=False,
                                   on_choose=partial(ContactSelectionActivity.value_chosen, contact_id,
                                       tuple(v for v, _ in values))))  # fmt: skip

    def value_chosen(self, contact_id: int, values: tuple[str, ...], index: int) -> None:
        """One of several numbers or addresses was chosen."""
        self.give(contact_id, values[index])

    def give(self, contact_id: int, value: str) -> None:
        """Finish with a contact."""
        name = self.kernel.content.contacts.get(contact_id).name
        kind = {"phone": "number", "email": "address"}.get(self._wanted)
        self.clear_focus()
        extras: tuple[tuple[str, Extra], ...] = (("id", contact_id), ("name", name))
        self.finish(Intent(data=store.contact_uri(contact_id), extras=(*extras, (kind, value)) if kind else extras))

    def build(self) -> View:
        searching = self.state.searching
        if searching:
            bar: View = SearchField(self, "query", "Search contacts", on_back=call(ContactSelectionActivity.stop_search))
        else:
            bar = AppBar(
                "Choose a contact", on_up=call(ContactSelectionActivity.finish),
                actions=[IconButton("magnify", "Search", call(ContactSelectionActivity.start_search))],
            )  # fmt: skip
        found = store.entries(self.kernel, self.field("query") if searching else "")
        head = (
            ()
            if searching and self.field("query").strip()
            else (("account-plus-outline", "Create new contact", call(ContactSelectionActivity.create)),)
        )
        items = section_items(head, (), found, Call(ContactSelectionActivity.chosen), None)
        body: View = LazyColumn(self, "selection", items, mixed_row, rid="android:id/list", weight=1)
        if not items:
            body = Stack(EmptyState("account-search-outline", "No results found"), cls=None, width=FILL, weight=1)
        return Column(bar, body, cls=None, width=FILL, height=FILL)


class ImportVCardActivity(Activity[SelectionState]):
    """Asks before the contacts of a vCard file (`VIEW`) are taken in."""

    name = "com.android.contacts.vcard.ImportVCardActivity"
    floating = True
    background = "transparent"

    def initial(self) -> SelectionState:
        return SelectionState()

    def on_create(self) -> None:
        self.show(AlertDialog(
            message="Import contacts from vCard?", positive=DialogButton("OK", call(ImportVCardActivity.take_in)),
            negative=DialogButton("Cancel", call(ImportVCardActivity.finish)), cancelled=call(ImportVCardActivity.finish),
        ))  # fmt: skip

    def take_in(self) -> None:
        """Import and leave."""
        count = import_file(self, self.intent.data or self.intent.text("android.intent.extra.STREAM"))
        self.toast("1 contact imported" if count == 1 else f"{count} contacts imported" if count > 0 else "Couldn’t import vCard")
        self.finish()

    def build(self) -> View:
        return View(cls=None)
