"""What reaches Messages while it is not on the screen: messages that arrive, answers on notifications, scheduled messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from mobilegym.emulator.phone.apps.messages import store
from mobilegym.emulator.phone.apps.messages.store import CHANNEL, PACKAGE
from mobilegym.emulator.phone.apps.messages.thread import ThreadActivity
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.telephony import SMS_RECEIVED
from mobilegym.errors import NotFound

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["receive"]

_REPLY: Final = "org.fossify.messages.action.REPLY"
_MARK_READ: Final = "org.fossify.messages.action.MARK_AS_READ"


def receive(kernel: Kernel, action: str, extras: Mapping[str, Any]) -> None:
    """Broadcasts, notification actions and events on the clock."""
    if action == SMS_RECEIVED:
        _arrived(kernel, int(extras["id"]), str(extras["number"]), str(extras["text"]))
    elif action == _REPLY:
        thread_id = int(extras["thread_id"])
        try:
            to = kernel.content.sms.addresses(thread_id)
        except NotFound:  # the conversation was deleted meanwhile
            return
        store.send(kernel, to, str(extras.get("text", "")).strip())
        store.read_thread(kernel, thread_id)
    elif action == _MARK_READ:
        thread_id = int(extras["thread_id"])
        store.read_thread(kernel, thread_id)
        kernel.journal.append("effect", PACKAGE, "conversation.marked_read", "reversible", thread=thread_id)
    elif action == store.SCHEDULED_EVENT or action.endswith("TIME_SET") and extras.get("missed") == store.SCHEDULED_EVENT:
        item = store.find_scheduled(kernel, int(extras["id"]))
        if item is not None:
            store.send(kernel, item.addresses, item.body)
            store.drop_scheduled(kernel, item.id, log=False)


def _arrived(kernel: Kernel, message_id: int, number: str, text: str) -> None:
    sms = kernel.content.sms
    if kernel.content.blocked.is_blocked(number):
        # The system drops these before any app sees them.
        sms.delete_message(message_id)
        kernel.journal.append("system", PACKAGE, "sms.blocked", "read", number=number)
        return
    thread_id = sms.get(message_id).thread_id
    archived = sms.db.scalar("SELECT archived FROM threads WHERE _id = ?", (thread_id,))
    if archived and not store.flag(kernel, "keep_conversations_archived"):
        sms.set_archived(thread_id, False)
    if _is_open(kernel, thread_id):
        sms.mark_read(thread_id)
        return
    kernel.notifications.post(
        PACKAGE, store.thread_tag(thread_id), store.title_of(kernel, thread_id, (number,)), text, channel=CHANNEL,
        actions=(("Reply", _REPLY, True), ("Mark as read", _MARK_READ)),
        content=Intent.of(package=PACKAGE, activity=ThreadActivity.name, thread_id=thread_id), extras={"thread_id": thread_id},
    )  # fmt: skip


def _is_open(kernel: Kernel, thread_id: int) -> bool:
    """Whether the owner is looking at the conversation."""
    top = kernel.activities.foreground
    visible = kernel.hardware.screen_on and not kernel.hardware.locked
    return visible and isinstance(top, ThreadActivity) and top.state.thread_id == thread_id and not top.state.in_bin
