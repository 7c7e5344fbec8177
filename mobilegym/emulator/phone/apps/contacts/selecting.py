"""What the contact list does with several contacts at once."""

from __future__ import annotations

from dataclasses import dataclass

from mobilegym.emulator.phone.apps.contacts import store
from mobilegym.emulator.phone.apps.contacts.transfer import delete_contacts, share_contacts
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, ChoiceDialog, DialogButton, InputDialog
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem

__all__ = ["PeopleState", "SelectingScreen"]


@dataclass(frozen=True)
class PeopleState:
    """Tab, search and selection."""

    tab: int = 0
    searching: bool = False
    group: int = 0
    """Label whose contacts are shown, 0 for all."""
    selecting: bool = False
    selected: frozenset[int] = frozenset()


class SelectingScreen(Activity[PeopleState]):
    """The part of the main screen that selects."""

    def initial(self) -> PeopleState:
        return PeopleState()

    def entries(self) -> tuple[store.Entry, ...]:
        """The contacts in the list, or those the search finds."""
        state = self.state
        return store.entries(self.kernel, self.field("query") if state.searching else "", 0 if state.searching else state.group)

    def select(self, contact_id: int) -> None:
        """A long press starts selecting."""
        self.clear_focus()
        self.update(selecting=True, selected=self.state.selected | {contact_id})

    def toggle(self, contact_id: int) -> None:
        """Tick a contact, or take the tick away; with the last one selecting ends."""
        selected = self.state.selected ^ {contact_id}
        self.update(selected=selected, selecting=bool(selected))

    def start_selecting(self) -> None:
        """Select, beginning with none."""
        self.update(selecting=True, selected=frozenset())

    def stop_selecting(self) -> None:
        """Back to the list."""
        self.update(selecting=False, selected=frozenset())

    def select_all(self) -> None:
        """Tick everybody in the list."""
        self.update(selecting=True, selected=frozenset(entry.id for entry in self.entries()))

    def share_selected(self) -> None:
        """Share what is ticked."""
        share_contacts(self, self.state.selected)
        self.stop_selecting()

    def star_selected(self) -> None:
        """Make favourites of what is ticked."""
        for contact_id in sorted(self.state.selected):
            self.kernel.content.contacts.set_starred(contact_id, True)
            self.effect("contact.starred", "reversible", id=contact_id, starred=True)
        self.snackbar("Added to favorites")
        self.stop_selecting()

    def ask_delete(self) -> None:
        """Ask before deleting what is ticked."""
        question = "Delete this contact?" if len(self.state.selected) == 1 else f"Delete {len(self.state.selected)} contacts?"
        self.show(AlertDialog(message=question, positive=DialogButton("Delete", call(SelectingScreen.delete_selected), True),
                              negative=DialogButton("Cancel")))  # fmt: skip

    def delete_selected(self) -> None:
        """Delete what is ticked."""
        count = delete_contacts(self, self.state.selected)
        self.stop_selecting()
        self.snackbar("1 contact deleted" if count == 1 else f"{count} contacts deleted")

    def label_selected(self) -> None:
        """Choose the label that what is ticked gets."""
        titles = tuple(title for _, title, _ in self.kernel.content.contacts.groups())
        self.show(ChoiceDialog(heading="Add to label", options=(*titles, "Create new…"), radios=False,
                               on_choose=Call(SelectingScreen.label_chosen), negative=DialogButton("Cancel")))  # fmt: skip

    def label_chosen(self, index: int) -> None:
        """A label was chosen, or a new one is wanted."""
        groups = self.kernel.content.contacts.groups()
        if index < len(groups):
            self.add_to(groups[index][0])
            return
        self.set_field("dialog_input", "")
        self.show(InputDialog(heading="Create label", label="Label name", positive=DialogButton("OK", Call(SelectingScreen.label_named)),
                              negative=DialogButton("Cancel")))  # fmt: skip

    def label_named(self, title: str) -> None:
        """A new label for what is ticked."""
        group = self.kernel.content.contacts.add_group(title.strip())
        self.effect("label.created", "reversible", id=group, title=title.strip())
        self.add_to(group)

    def add_to(self, group: int) -> None:
        """Put what is ticked under a label."""
        for contact_id in sorted(self.state.selected):
            self.kernel.content.contacts.set_member(contact_id, group, True)
        title = store.group_title(self.kernel, group)
        self.effect("label.members_added", "reversible", id=group, title=title, contacts=tuple(sorted(self.state.selected)))
        self.stop_selecting()
        self.snackbar(f"Added to {title}")

    def selection_menu(self) -> None:
        """The overflow menu while selecting."""
        some = bool(self.state.selected)
        self.show(Menu(items=(
            MenuItem("Select all", call(SelectingScreen.select_all)),
            MenuItem("Add to favorites", call(SelectingScreen.star_selected), enabled=some),
            MenuItem("Add to label", call(SelectingScreen.label_selected), enabled=some),
        )))  # fmt: skip
