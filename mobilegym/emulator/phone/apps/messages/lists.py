"""Lists of conversations with their selection mode: the common part of the main screen, the archive and the recycle bin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from mobilegym.emulator.phone.apps.messages import store
from mobilegym.emulator.phone.apps.messages.naming import ask_name
from mobilegym.emulator.phone.apps.messages.rows import ConversationItem, conversation_row
from mobilegym.emulator.phone.apps.messages.thread import ThreadActivity
from mobilegym.emulator.phone.apps.messages.words import list_date
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.providers.telephony import Conversation
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Kid
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn

__all__ = ["ConversationList", "Items", "ListState", "add_contact_intent", "dial_intent"]


Items: TypeAlias = tuple[tuple[ConversationItem], ...]
_ITEMS: Final[dict[object, Items]] = {}
"""Rows by what they follow from, for all phones."""
_ITEMS_LIMIT: Final = 256


@dataclass(frozen=True, slots=True)
class ListState:
    selected: frozenset[int] = frozenset()
    """Threads."""


def dial_intent(number: str) -> Intent:
    """Bring up the phone app with a number."""
    return Intent.of("android.intent.action.DIAL", data=f"tel:{number}")


def add_contact_intent(number: str) -> Intent:
    """Make a contact of a number, or add it to one."""
    return Intent.of("android.intent.action.INSERT_OR_EDIT", mime="vnd.android.cursor.item/contact", phone=number)


class ConversationList(Activity[ListState]):
    """Subclasses say which conversations, and what else is on the screen."""

    archived = False
    in_bin = False

    def initial(self) -> ListState:
        return ListState()

    def conversations(self) -> list[Conversation]:
        """What is listed."""
        return store.conversations(self.kernel, archived=self.archived, in_bin=self.in_bin)

    # ------------------------------------------------------------------ views

    def items(self) -> Items:
        """What is listed, as rows show it: the same object until something changes."""
        key = (store.stamp(self.kernel), self.archived, self.in_bin, self.state.selected)
        items = _ITEMS.get(key)
        if items is None:
            if len(_ITEMS) >= _ITEMS_LIMIT:
                _ITEMS.clear()
            items = _ITEMS[key] = self._items()
        return items

    def rows(self, items: Items, footer: float) -> View:
        """The list itself."""
        return LazyColumn(self, "conversations", items, _row, footer=footer, rid="conversations_list", weight=1)

    def _items(self) -> Items:
        kernel, use_24h = self.kernel, self.ui.use_24h
        now, pins, selected = kernel.clock.now(), store.pinned(kernel), self.state.selected
        return tuple(
            (ConversationItem(
                c.thread_id, store.title_of(kernel, c.thread_id, c.addresses), c.snippet,
                list_date(kernel.clock.local(c.date_ms), now, use_24h),
                c.unread > 0, c.has_draft, c.thread_id in pins, len(c.addresses) > 1, c.thread_id in selected,
            ),) for c in self.conversations()
        )  # fmt: skip

    def selection_bar(self) -> View:
        """What can be done with the conversations that are selected."""
        chosen = len(self.state.selected)
        actions: list[Kid] = [IconButton("delete", "Delete", call(ConversationList.confirm_delete), rid="cab_delete")]
        if self.in_bin:
            actions.append(IconButton("delete-restore", "Restore all messages", call(ConversationList.restore), rid="cab_restore"))
        elif self.archived:
            actions.append(IconButton("archive-arrow-up", "Unarchive", call(ConversationList.archive, False), rid="cab_unarchive"))
        else:
            actions.append(IconButton("archive-arrow-down", "Archive", call(ConversationList.archive, True), rid="cab_archive"))
        actions.append(IconButton("dots-vertical", "More options", call(ConversationList.menu)))
        return AppBar(
            f"{chosen} / {len(self.items())}", on_up=call(ConversationList.unselect), up_desc="Done", actions=actions,
            background="surface_container_high", rid="action_mode_bar",
        )  # fmt: skip

    def menu(self) -> None:
        """More that can be done with the selection."""
        pins, chosen = store.pinned(self.kernel), self._chosen()
        items: list[MenuItem] = []
        if len(chosen) == 1 and len(chosen[0].addresses) == 1 and not self.in_bin:
            number = chosen[0].addresses[0]
            if self.kernel.content.contacts.lookup_id(number) is None and self.kernel.packages.resolve(add_contact_intent(number)):
                items.append(MenuItem("Add number to contact", call(ConversationList.add_contact, number)))
            if self.kernel.packages.resolve(dial_intent(number)):
                items.append(MenuItem("Dial number", call(ConversationList.dial, number)))
            items.append(MenuItem("Copy number to clipboard", call(ConversationList.copy_number, number)))
        if not self.in_bin and not self.archived:
            if len(chosen) == 1:
                items.append(MenuItem("Rename conversation", call(ConversationList.ask_name, chosen[0].thread_id)))
            if any(c.thread_id not in pins for c in chosen):
                items.append(MenuItem("Pin to the top", call(ConversationList.pin, True)))
            if any(c.thread_id in pins for c in chosen):
                items.append(MenuItem("Unpin", call(ConversationList.pin, False)))
            if any(c.unread for c in chosen):
                items.append(MenuItem("Mark as Read", call(ConversationList.mark, True)))
            if any(not c.unread for c in chosen):
                items.append(MenuItem("Mark as Unread", call(ConversationList.mark, False)))
            label = "Block number" if sum(len(c.addresses) for c in chosen) == 1 else "Block numbers"
            items.append(MenuItem(label, call(ConversationList.confirm_block)))
        items.append(MenuItem("Select all", call(ConversationList.select_all)))
        self.show(Menu(items=tuple(items)))

    def _chosen(self) -> list[Conversation]:
        return [c for c in self.conversations() if c.thread_id in self.state.selected]

    # ------------------------------------------------------------------ handlers

    def tapped(self, thread_id: int) -> None:
        """A row: open it, or select it while others are."""
        if self.state.selected:
            self.update(selected=self.state.selected ^ {thread_id})
        else:
            self.open(ThreadActivity, thread_id=thread_id, in_bin=self.in_bin)

    def held(self, thread_id: int) -> None:
        """A row held down."""
        self.clear_focus()
        self.update(selected=self.state.selected ^ {thread_id})

    def unselect(self) -> None:
        """Leave the selection mode."""
        self.update(selected=frozenset())

    def select_all(self) -> None:
        """Select every conversation."""
        self.update(selected=frozenset(c.thread_id for c in self.conversations()))

    def confirm_delete(self) -> None:
        """Ask before deleting."""
        count = len(self.state.selected)
        what = "1 conversation" if count == 1 else f"{count} conversations"
        bins = store.flag(self.kernel, "use_recycle_bin") and not self.in_bin
        text = f"Are you sure you want to move {what} into the Recycle Bin?" if bins else f"Are you sure you want to delete {what}?"
        self.show(AlertDialog(message=text, positive=DialogButton("Yes", call(ConversationList.delete)), negative=DialogButton("No")))

    def delete(self) -> None:
        """Delete what is selected."""
        for thread_id in sorted(self.state.selected):
            store.delete_thread(self.kernel, thread_id, in_bin=self.in_bin)
        self.unselect()

    def restore(self) -> None:
        """Take the selected conversations out of the bin."""
        for thread_id in sorted(self.state.selected):
            messages = store.thread_messages(self.kernel, thread_id, in_bin=True)
            store.restore(self.kernel, [(m.mms, m.id) for m in messages])
        self.unselect()

    def archive(self, on: bool) -> None:
        """Archive the selected conversations, or bring them back."""
        for thread_id in sorted(self.state.selected):
            self.kernel.content.sms.set_archived(thread_id, on)
            self.effect("conversation.archived" if on else "conversation.unarchived", "reversible", thread=thread_id)
        self.unselect()

    def pin(self, on: bool) -> None:
        """Pin the selected conversations to the top, or let them go."""
        before = store.pinned(self.kernel)
        for thread_id in sorted(self.state.selected):
            if (thread_id in before) != on:
                store.set_pinned(self.kernel, thread_id, on)
        self.unselect()

    def mark(self, read: bool) -> None:
        """Mark the selected conversations read or unread."""
        for thread_id in sorted(self.state.selected):
            if read:
                store.read_thread(self.kernel, thread_id)
            else:
                self.kernel.content.sms.mark_read(thread_id, False)
            self.effect("conversation.marked_read" if read else "conversation.marked_unread", "reversible", thread=thread_id)
        self.unselect()

    def confirm_block(self) -> None:
        """Ask before blocking."""
        numbers = self._numbers()
        text = f"Are you sure you want to block {', '.join(numbers)}?"
        yes = DialogButton("Yes", call(ConversationList.block, numbers))
        self.show(AlertDialog(message=text, positive=yes, negative=DialogButton("No")))

    def _numbers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(address for c in self._chosen() for address in c.addresses))

    def block(self, numbers: tuple[str, ...]) -> None:
        """Block numbers: nothing of theirs arrives any more."""
        for number in numbers:
            self.kernel.content.blocked.block(number)
            self.effect("number.blocked", "reversible", number=number)
        self.unselect()
        self.toast("Number blocked" if len(numbers) == 1 else "Numbers blocked")

    def add_contact(self, number: str) -> None:
        """Make a contact of the number."""
        self.unselect()
        self.start(add_contact_intent(number))

    def dial(self, number: str) -> None:
        """Bring up the phone app."""
        self.unselect()
        self.start(dial_intent(number))

    def copy_number(self, number: str) -> None:
        """Copy the number."""
        self.kernel.hardware.set_clipboard(number)
        self.unselect()
        self.toast("Value copied to clipboard")

    def ask_name(self, thread_id: int) -> None:
        """Rename a conversation."""
        addresses = next((c.addresses for c in self.conversations() if c.thread_id == thread_id), ())
        ask_name(self, store.title_of(self.kernel, thread_id, addresses), Call(ConversationList.named, (thread_id,)))

    def named(self, thread_id: int, title: str) -> None:
        """The new name was entered."""
        store.rename(self.kernel, thread_id, title.strip())
        self.unselect()

    def on_back(self) -> bool:
        if self.state.selected:
            self.unselect()
            return True
        return False


def _row(item: ConversationItem) -> View:
    return conversation_row(item, call(ConversationList.tapped, item.thread_id), call(ConversationList.held, item.thread_id))
