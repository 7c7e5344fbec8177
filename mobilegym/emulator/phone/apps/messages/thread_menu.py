"""The bars of a conversation and what their buttons do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mobilegym.emulator.phone.apps.messages import compose, store
from mobilegym.emulator.phone.apps.messages.naming import ask_name
from mobilegym.emulator.phone.apps.messages.words import list_date, time_of_day
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Kid
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem

if TYPE_CHECKING:
    from mobilegym.emulator.phone.apps.messages.thread import ThreadActivity
    from mobilegym.emulator.phone.kernel.providers.telephony import TextMessage

__all__ = ["bar", "selection_bar"]

_DETAILS = "org.fossify.messages.activities.ConversationDetailsActivity"
_NEW = "org.fossify.messages.activities.NewConversationActivity"


def bar(surface: ThreadActivity) -> View:
    """Who it is with, and what can be done with the conversation."""
    state, kernel = surface.state, surface.kernel
    title = store.title_of(kernel, state.thread_id, state.addresses)
    actions: list[Kid] = []
    if not state.adding:
        if state.thread_id and surface.column()[1]:
            actions.append(IconButton("delete", "Delete", call(_confirm_delete_all), rid="delete", cls="android.widget.Button"))
        if not state.in_bin:
            if len(state.addresses) == 1 and kernel.packages.resolve(_dial(state.addresses[0])):
                actions.append(IconButton("phone", "Dial number", call(_dial_number), rid="dial_number", cls="android.widget.Button"))
            actions.append(IconButton("account-plus", "Add Person", call(_add_person), rid="manage_people", cls="android.widget.Button"))
        actions.append(IconButton("dots-vertical", "More options", call(_menu), cls="android.widget.ImageView"))
    return AppBar(title, on_up=call(_leave), up_desc="Back", actions=actions, rid="thread_toolbar")


def _leave(surface: ThreadActivity) -> None:
    if not surface.on_back():
        surface.finish()


def _menu(surface: ThreadActivity) -> None:
    state, kernel = surface.state, surface.kernel
    if state.in_bin:
        surface.show(Menu(items=(MenuItem("Restore all messages", call(_restore_all)),)))
        return
    items: list[MenuItem] = []
    known = bool(state.thread_id and surface.messages())
    if known:
        row = next((c for c in store.conversations(kernel, archived=True) if c.thread_id == state.thread_id), None)
        items.append(MenuItem("Rename conversation", call(_ask_name)))
        items.append(MenuItem("Unarchive" if row else "Archive", call(_archive, row is None)))
    if len(state.addresses) == 1:
        number = state.addresses[0]
        if kernel.content.contacts.lookup_id(number) is None and kernel.packages.resolve(_contact(number)):
            items.append(MenuItem("Add number to contact", call(_add_contact)))
    blocked = all(kernel.content.blocked.is_blocked(number) for number in state.addresses)
    items.append(MenuItem("Unblock number", call(_unblock)) if blocked else MenuItem("Block number", call(_confirm_block)))
    if known:
        items.append(MenuItem("Mark as Unread", call(_mark_unread)))
        items.append(MenuItem("Conversation details", call(_details)))
    surface.show(Menu(items=tuple(items)))


def _dial(number: str) -> Intent:
    return Intent.of("android.intent.action.DIAL", data=f"tel:{number}")


def _contact(number: str) -> Intent:
    return Intent.of("android.intent.action.INSERT_OR_EDIT", mime="vnd.android.cursor.item/contact", phone=number)


def _dial_number(surface: ThreadActivity) -> None:
    surface.start(_dial(surface.state.addresses[0]))


def _add_contact(surface: ThreadActivity) -> None:
    surface.start(_contact(surface.state.addresses[0]))


def _add_person(surface: ThreadActivity) -> None:
    compose.start_adding(surface)


def _confirm_delete_all(surface: ThreadActivity) -> None:
    bins = store.flag(surface.kernel, "use_recycle_bin") and not surface.state.in_bin
    text = (
        "Are you sure you want to move all messages of this conversation into the Recycle Bin?" if bins
        else "Are you sure you want to delete all messages of this conversation?"
    )  # fmt: skip
    surface.show(AlertDialog(message=text, positive=DialogButton("Yes", call(_delete_all)), negative=DialogButton("No")))


def _delete_all(surface: ThreadActivity) -> None:
    store.delete_thread(surface.kernel, surface.state.thread_id, in_bin=surface.state.in_bin)
    surface.update(gone=True)
    surface.finish()


def _restore_all(surface: ThreadActivity) -> None:
    store.restore(surface.kernel, [(m.mms, m.id) for m in surface.messages()])
    surface.finish()


def _ask_name(surface: ThreadActivity) -> None:
    state = surface.state
    ask_name(surface, store.title_of(surface.kernel, state.thread_id, state.addresses), Call(_named))


def _named(surface: ThreadActivity, title: str) -> None:
    store.rename(surface.kernel, surface.state.thread_id, title.strip())


def _archive(surface: ThreadActivity, on: bool) -> None:
    thread_id = surface.state.thread_id
    surface.kernel.content.sms.set_archived(thread_id, on)
    surface.effect("conversation.archived" if on else "conversation.unarchived", "reversible", thread=thread_id)
    surface.finish()


def _confirm_block(surface: ThreadActivity) -> None:
    numbers = ", ".join(surface.state.addresses)
    surface.show(AlertDialog(message=f"Are you sure you want to block {numbers}?", positive=DialogButton("Yes", call(_block)),
                             negative=DialogButton("No")))  # fmt: skip


def _block(surface: ThreadActivity) -> None:
    for number in surface.state.addresses:
        surface.kernel.content.blocked.block(number)
        surface.effect("number.blocked", "reversible", number=number)
    surface.toast("Number blocked")


def _unblock(surface: ThreadActivity) -> None:
    for number in surface.state.addresses:
        surface.kernel.content.blocked.unblock(number)
        surface.effect("number.unblocked", "reversible", number=number)
    surface.toast("Number unblocked")


def _mark_unread(surface: ThreadActivity) -> None:
    thread_id = surface.state.thread_id
    surface.kernel.content.sms.mark_read(thread_id, False)
    surface.effect("conversation.marked_unread", "reversible", thread=thread_id)
    surface.finish()


def _details(surface: ThreadActivity) -> None:
    surface.start(Intent.of(package=surface.package, activity=_DETAILS, thread_id=surface.state.thread_id))


# ---------------------------------------------------------------------- messages


def selection_bar(surface: ThreadActivity) -> View:
    """What can be done with the messages that are selected."""
    chosen = _chosen(surface)
    actions: list[Kid] = []
    if surface.state.in_bin:
        actions.append(IconButton("delete-restore", "Restore", call(_restore), rid="cab_restore"))
    elif any(m.body for m in chosen):
        actions.append(IconButton("content-copy", "Copy to clipboard", call(_copy), rid="cab_copy_to_clipboard"))
        actions.append(IconButton("share-variant", "Share", call(_share), rid="cab_share"))
    actions.append(IconButton("delete", "Delete", call(_confirm_delete), rid="cab_delete"))
    actions.append(IconButton("dots-vertical", "More options", call(_message_menu), cls="android.widget.ImageView"))
    return AppBar(
        f"{len(chosen)} / {len(surface.messages())}", on_up=call(_unselect), up_desc="Done", actions=actions,
        background="surface_container_high", rid="action_mode_bar",
    )  # fmt: skip


def _chosen(surface: ThreadActivity) -> list[TextMessage]:
    return [m for m in surface.messages() if (m.mms, m.id) in surface.state.selected]


def _unselect(surface: ThreadActivity) -> None:
    surface.unselect()


def _message_menu(surface: ThreadActivity) -> None:
    items = [MenuItem("Select all", call(_select_all))]
    if len(surface.state.selected) == 1:
        if not surface.state.in_bin:
            items.insert(0, MenuItem("Forward", call(_forward)))
        items.append(MenuItem("Properties", call(_properties)))
    surface.show(Menu(items=tuple(items)))


def _select_all(surface: ThreadActivity) -> None:
    surface.update(selected=frozenset((m.mms, m.id) for m in surface.messages()))


def _text(surface: ThreadActivity) -> str:
    return "\n".join(m.body for m in _chosen(surface) if m.body)


def _copy(surface: ThreadActivity) -> None:
    surface.kernel.hardware.set_clipboard(_text(surface))
    surface.unselect()
    surface.toast("Value copied to clipboard")


def _share(surface: ThreadActivity) -> None:
    text = _text(surface)
    surface.unselect()
    surface.share(text=text)


def _forward(surface: ThreadActivity) -> None:
    text = _text(surface)
    surface.unselect()
    surface.start(Intent.of(package=surface.package, activity=_NEW, text=text))


def _properties(surface: ThreadActivity) -> None:
    message, clock = _chosen(surface)[0], surface.kernel.clock
    incoming = message.box == "inbox"
    when = clock.local(message.date_ms)
    people = [message.address] if incoming else surface.state.addresses
    names = ", ".join(store.name_of(surface.kernel, number) for number in people)
    numbers = ", ".join(people)
    who = names if names == numbers else f"{names} ({numbers})"
    date = f"{list_date(when, clock.now(), surface.ui.use_24h)}, " if when.date() != clock.now().date() else ""
    lines = (
        f"{'Sender' if incoming else 'Receiver'}: {who}", f"{'Received at' if incoming else 'Sent at'}: {date}"
        f"{time_of_day(when, surface.ui.use_24h)}", f"Type: {'MMS' if message.mms else 'SMS'}",
    )  # fmt: skip
    surface.unselect()
    surface.show(AlertDialog(heading="Properties", message="\n".join(lines), positive=DialogButton("OK")))


def _confirm_delete(surface: ThreadActivity) -> None:
    count = len(surface.state.selected)
    what = "1 message" if count == 1 else f"{count} messages"
    bins = store.flag(surface.kernel, "use_recycle_bin") and not surface.state.in_bin
    text = f"Are you sure you want to move {what} into the Recycle Bin?" if bins else f"Are you sure you want to delete {what}?"
    surface.show(AlertDialog(message=text, positive=DialogButton("Yes", call(_delete)), negative=DialogButton("No")))


def _delete(surface: ThreadActivity) -> None:
    state = surface.state
    to_bin = store.flag(surface.kernel, "use_recycle_bin") and not state.in_bin
    store.delete_messages(surface.kernel, sorted(state.selected), to_bin=to_bin)
    _after_removal(surface)


def _restore(surface: ThreadActivity) -> None:
    store.restore(surface.kernel, sorted(surface.state.selected))
    _after_removal(surface)


def _after_removal(surface: ThreadActivity) -> None:
    surface.unselect()
    if not surface.messages() and not store.scheduled(surface.kernel, surface.state.thread_id):
        surface.update(gone=not surface.field(compose.FIELD).strip())
        surface.finish()
