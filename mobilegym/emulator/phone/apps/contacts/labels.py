"""Labels: the list of them, and the contacts under one."""

from __future__ import annotations

from dataclasses import dataclass

from mobilegym.emulator.phone.apps.contacts import store
from mobilegym.emulator.phone.apps.contacts.detail import QuickContactActivity
from mobilegym.emulator.phone.apps.contacts.rows import contact_items, contact_row
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call, partial
from mobilegym.emulator.phone.ui.layout import Column, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar, SelectionBar
from mobilegym.emulator.phone.ui.widgets.button import Button, Fab
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton, InputDialog, MultiChoiceDialog
from mobilegym.emulator.phone.ui.widgets.empty_state import EmptyState
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.list_item import ListItem
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn

__all__ = ["GroupActivity", "LabelsActivity", "LabelsState"]


@dataclass(frozen=True)
class LabelsState:
    """What is selected on a label's page."""

    selected: frozenset[int] = frozenset()


class LabelsActivity(Activity[LabelsState]):
    """All labels."""

    name = "com.android.contacts.activities.LabelsActivity"

    def initial(self) -> LabelsState:
        return LabelsState()

    def create(self) -> None:
        """Ask for a name."""
        self.set_field("dialog_input", "")
        self.show(InputDialog(heading="Create label", label="Label name", positive=DialogButton("OK", Call(LabelsActivity.named)),
                              negative=DialogButton("Cancel")))  # fmt: skip

    def named(self, title: str) -> None:
        """Make the label and open it."""
        title = title.strip()
        if any(known.casefold() == title.casefold() for _, known, _ in self.kernel.content.contacts.groups()):
            self.toast("That label already exists")
            return
        group = self.kernel.content.contacts.add_group(title)
        self.effect("label.created", "reversible", id=group, title=title)
        self.open(GroupActivity, group=group)

    def show_group(self, group: int) -> None:
        """Open a label."""
        self.open(GroupActivity, group=group)

    def build(self) -> View:
        items = tuple((group, title, count) for group, title, count in self.kernel.content.contacts.groups())
        body: View = LazyColumn(self, "labels", items, _label_row, footer=96, weight=1)
        if not items:
            body = Stack(
                EmptyState("label-outline", "No labels yet", "Labels help you group your contacts"), cls=None, width=FILL, weight=1
            )
        return Stack(
            Column(AppBar("Labels", on_up=call(LabelsActivity.finish)), body, cls=None, width=FILL, height=FILL),
            Fab("plus", "Create label", call(LabelsActivity.create), label="Create label"), cls=None, width=FILL, height=FILL,
        )  # fmt: skip


def _label_row(group: int, title: str, count: int) -> View:
    detail = "1 contact" if count == 1 else f"{count} contacts"
    return ListItem(title, detail, leading=Icon("label-outline"), on_tap=call(LabelsActivity.show_group, group), padding=(24, 8))


class GroupActivity(Activity[LabelsState]):
    """The contacts under a label (extra `group`)."""

    name = "com.android.contacts.activities.GroupActivity"

    def initial(self) -> LabelsState:
        return LabelsState()

    @property
    def group(self) -> int:
        """Id of the label."""
        return int(self.intent.extra("group", 0))

    def on_back(self) -> bool:
        if self.state.selected:
            self.update(selected=frozenset())
            return True
        return False

    def tapped(self, contact_id: int) -> None:
        """Open a contact, or tick it."""
        if self.state.selected:
            self.update(selected=self.state.selected ^ {contact_id})
        else:
            self.open(QuickContactActivity, id=contact_id)

    def select(self, contact_id: int) -> None:
        """A long press starts selecting."""
        self.update(selected=self.state.selected | {contact_id})

    def close_selection(self) -> None:
        """Back to the list."""
        self.update(selected=frozenset())

    def remove_selected(self) -> None:
        """Take what is ticked out of the label."""
        for contact_id in sorted(self.state.selected):
            self.kernel.content.contacts.set_member(contact_id, self.group, False)
        self.effect("label.members_removed", "reversible", id=self.group, contacts=tuple(sorted(self.state.selected)))
        self.update(selected=frozenset())
        self.snackbar("Removed from label")

    def menu(self) -> None:
        """The overflow menu."""
        self.show(Menu(items=(
            MenuItem("Rename label", call(GroupActivity.rename)), MenuItem("Delete label", call(GroupActivity.ask_delete)),
        )))  # fmt: skip

    def rename(self) -> None:
        """Ask for another name."""
        self.set_field("dialog_input", store.group_title(self.kernel, self.group))
        self.show(InputDialog(heading="Rename label", label="Label name", positive=DialogButton("OK", Call(GroupActivity.renamed)),
                              negative=DialogButton("Cancel")))  # fmt: skip

    def renamed(self, title: str) -> None:
        """Give the label its new name."""
        self.kernel.content.contacts.db.execute("UPDATE groups SET title = ? WHERE _id = ?", (title.strip(), self.group))
        self.effect("label.renamed", "reversible", id=self.group, title=title.strip())

    def ask_delete(self) -> None:
        """Ask before deleting."""
        title = store.group_title(self.kernel, self.group)
        self.show(AlertDialog(message=f"Delete the label “{title}”? (Contacts themselves will not be deleted.)",
            negative=DialogButton("Cancel"),
                              positive=DialogButton("Delete", call(GroupActivity.delete), True)))  # fmt: skip

    def delete(self) -> None:
        """Delete the label and leave."""
        title = store.group_title(self.kernel, self.group)
        self.kernel.content.contacts.delete_group(self.group)
        self.effect("label.deleted", "irreversible", id=self.group, title=title)
        self.toast("Label deleted")
        self.finish()

    def add_members(self) -> None:
        """Choose who is under the label."""
        everybody, inside = store.entries(self.kernel), store.members(self.kernel, self.group)
        if not everybody:
            self.toast("No contacts yet")
            return
        self.show(MultiChoiceDialog(
            heading="Choose contacts", options=tuple(entry.name for entry in everybody),
            chosen=frozenset(i for i, entry in enumerate(everybody) if entry.id in inside), negative=DialogButton("Cancel"),
            positive=DialogButton("OK", partial(GroupActivity.members_chosen, tuple(entry.id for entry in everybody))),
        ))  # fmt: skip

    def members_chosen(self, ids: tuple[int, ...], indexes: tuple[int, ...]) -> None:
        """Contacts were ticked."""
        inside, wanted = store.members(self.kernel, self.group), {ids[i] for i in indexes}
        for contact_id in ids:
            if (contact_id in inside) != (contact_id in wanted):
                self.kernel.content.contacts.set_member(contact_id, self.group, contact_id in wanted)
        for name, changed in (("label.members_added", wanted - inside), ("label.members_removed", inside & set(ids) - wanted)):
            if changed:
                self.effect(name, "reversible", id=self.group, contacts=tuple(sorted(changed)))

    def build(self) -> View:
        found, selected = store.entries(self.kernel, group=self.group), self.state.selected
        if selected:
            bar = SelectionBar(len(selected), on_close=call(GroupActivity.close_selection), actions=[
                IconButton("label-off-outline", "Remove from label", call(GroupActivity.remove_selected)),
            ])  # fmt: skip
        else:
            bar = AppBar(store.group_title(self.kernel, self.group), on_up=call(GroupActivity.finish), actions=[
                IconButton("account-plus-outline", "Add contacts", call(GroupActivity.add_members)),
                IconButton("dots-vertical", "More options", call(GroupActivity.menu)),
            ])  # fmt: skip
        items = contact_items(found, Call(GroupActivity.tapped), Call(GroupActivity.select), selected, bool(selected))
        body: View = LazyColumn(self, "members", items, contact_row, weight=1)
        if not found:
            add = Button("Add contacts", call(GroupActivity.add_members), kind="tonal", margin=(0, 24, 0, 0))
            body = Stack(EmptyState("label-outline", "No contacts with this label", action=add), cls=None, width=FILL, weight=1)
        return Column(bar, body, cls=None, width=FILL, height=FILL)
