"""What Messages reads and writes: the telephony provider's messages, seen through names, pins, renames, schedule and recycle bin."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from mobilegym.emulator.phone.kernel.notifications import IMPORTANCE_HIGH
from mobilegym.emulator.phone.kernel.providers.telephony import Attachment, Conversation, TextMessage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mobilegym.emulator.phone.kernel.database import Database
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = [
    "CHANNEL",
    "DATABASE",
    "PACKAGE",
    "SCHEDULED_EVENT",
    "Key",
    "Scheduled",
    "bin_messages",
    "binned",
    "conversations",
    "database",
    "delete_messages",
    "delete_thread",
    "drop_scheduled",
    "find_scheduled",
    "flag",
    "forget_thread",
    "name_of",
    "pinned",
    "read_thread",
    "rename",
    "restore",
    "schedule",
    "scheduled",
    "seed",
    "send",
    "set_flag",
    "set_pinned",
    "stamp",
    "thread_messages",
    "thread_tag",
    "title_of",
]  # fmt: skip

PACKAGE: Final = "org.fossify.messages"
DATABASE: Final = "conversations.db"
CHANNEL: Final = "simple_sms_messenger"
SCHEDULED_EVENT: Final = "org.fossify.messages.SCHEDULED"
"""Event on the clock with the extra `id`."""
_FLAGS: Final[dict[str, bool]] = {
    "use_recycle_bin": False, "keep_conversations_archived": False, "show_character_counter": True, "send_on_enter": False,
}  # fmt: skip
"""Preferences that are on or off, with their defaults."""
_QUEUED: Final = 6

Key = tuple[bool, int]
"""A message: whether it is multimedia, and its id."""


class Scheduled(NamedTuple):
    """A message that waits for its time."""

    id: int
    body: str
    addresses: tuple[str, ...]
    at_ms: int
    thread_id: int


def database(kernel: Kernel) -> Database:
    """The app's own database."""
    return kernel.databases.open(PACKAGE, DATABASE)


def stamp(kernel: Kernel) -> tuple[object, ...]:
    """All that lists and conversations follow from, besides what is asked of them: equal stamps, equal contents, on any phone."""
    now = kernel.clock.now()
    return kernel.content.sms.token, kernel.content.contacts.token, database(kernel).token, now.date(), kernel.clock.zone.key, kernel.ui


def flag(kernel: Kernel, key: str) -> bool:
    """A preference."""
    value = database(kernel).scalar("SELECT value FROM prefs WHERE key = ?", (key,))
    return _FLAGS[key] if value is None else value == "true"


def set_flag(kernel: Kernel, key: str, on: bool) -> None:
    """Set a preference."""
    database(kernel).execute("INSERT OR REPLACE INTO prefs VALUES (?, ?)", (key, "true" if on else "false"))
    kernel.journal.append("effect", PACKAGE, "messages.setting_changed", "reversible", key=key, value=on)


# ---------------------------------------------------------------------- names

_NAMES: Final[dict[tuple[int, str], str]] = {}


def name_of(kernel: Kernel, address: str) -> str:
    """The contact's name, or the number as it is."""
    key = (kernel.content.contacts.token, address)
    found = _NAMES.get(key)
    if found is None:
        if len(_NAMES) > 4096:
            _NAMES.clear()
        found = _NAMES[key] = kernel.content.contacts.lookup(address) or address
    return found


def title_of(kernel: Kernel, thread_id: int, addresses: Iterable[str]) -> str:
    """What a conversation is called: as renamed, or after its people."""
    own = database(kernel).scalar("SELECT title FROM conversations WHERE thread_id = ? AND uses_custom_title = 1", (thread_id,))
    return own or ", ".join(name_of(kernel, address) for address in addresses)


def rename(kernel: Kernel, thread_id: int, title: str) -> None:
    """Give a conversation a name of its own; an empty one takes it away."""
    db = database(kernel)
    if title:
        db.execute("INSERT OR REPLACE INTO conversations VALUES (?, ?, 1)", (thread_id, title))
    else:
        db.execute("DELETE FROM conversations WHERE thread_id = ?", (thread_id,))
    kernel.journal.append("effect", PACKAGE, "conversation.renamed", "reversible", thread=thread_id, title=title)


def pinned(kernel: Kernel) -> set[int]:
    """Threads that stand at the top."""
    return {row[0] for row in database(kernel).query("SELECT thread_id FROM pinned_conversations")}


def set_pinned(kernel: Kernel, thread_id: int, on: bool) -> None:
    """Pin a conversation to the top, or not."""
    sql = "INSERT OR IGNORE INTO pinned_conversations VALUES (?)" if on else "DELETE FROM pinned_conversations WHERE thread_id = ?"
    database(kernel).execute(sql, (thread_id,))
    kernel.journal.append("effect", PACKAGE, "conversation.pinned" if on else "conversation.unpinned", "reversible", thread=thread_id)


# ---------------------------------------------------------------------- reading


def binned(kernel: Kernel) -> set[Key]:
    """Messages in the recycle bin."""
    return {(bool(row[0]), row[1]) for row in database(kernel).query("SELECT is_mms, id FROM recycle_bin_messages")}


def conversations(kernel: Kernel, *, archived: bool = False, in_bin: bool = False) -> list[Conversation]:
    """Conversations, pinned ones first, then latest first; of those in the bin, what they hold there."""
    sms, gone = kernel.content.sms, binned(kernel)
    if in_bin:
        both = [*sms.conversations(), *sms.conversations(archived=True)]
        found = [c for c in (_seen(kernel, c, gone, True) for c in both) if c is not None]
    else:
        found = sms.conversations(archived=archived)
        if gone:
            found = [c for c in (_seen(kernel, c, gone, False) for c in found) if c is not None]
        if not archived:
            found += _only_scheduled(kernel, {c.thread_id for c in found})
    first = pinned(kernel)
    return sorted(found, key=lambda c: (c.thread_id not in first, -c.date_ms, -c.thread_id))


def _seen(kernel: Kernel, conversation: Conversation, gone: set[Key], in_bin: bool) -> Conversation | None:
    """The conversation without, or with nothing but, what lies in the bin; None where nothing is left."""
    messages = kernel.content.sms.thread(conversation.thread_id)
    kept = [m for m in messages if ((m.mms, m.id) in gone) == in_bin]
    if len(kept) == len(messages) or not kept and conversation.has_draft and not in_bin:
        return conversation
    if not kept:
        return None
    unread = sum(1 for m in kept if not m.read)
    snippet = conversation.snippet if conversation.has_draft and not in_bin else kept[-1].body
    return conversation._replace(snippet=snippet, date_ms=kept[-1].date_ms, unread=unread, message_count=len(kept))


def _only_scheduled(kernel: Kernel, known: set[int]) -> list[Conversation]:
    """Conversations that so far consist of a scheduled message."""
    found: dict[int, Conversation] = {}
    away = {c.thread_id for c in kernel.content.sms.conversations(archived=True)}
    for item in scheduled(kernel):
        if item.thread_id not in known and item.thread_id not in away:
            found[item.thread_id] = Conversation(item.thread_id, item.addresses, item.body, item.at_ms, 0, 0, False, False)
    return list(found.values())


def thread_messages(kernel: Kernel, thread_id: int, *, in_bin: bool = False) -> list[TextMessage]:
    """Messages of a thread, oldest first; those in the bin, or all others."""
    gone = binned(kernel)
    messages = kernel.content.sms.thread(thread_id)
    return [m for m in messages if ((m.mms, m.id) in gone) == in_bin] if gone or in_bin else messages


def thread_tag(thread_id: int) -> str:
    """Tag of a conversation's notification."""
    return f"thread{thread_id}"


def read_thread(kernel: Kernel, thread_id: int) -> int:
    """Mark a thread read and withdraw its notification; returns how many messages were unread."""
    kernel.notifications.cancel(kernel.notifications.key(PACKAGE, thread_tag(thread_id)))
    return kernel.content.sms.mark_read(thread_id)


# ---------------------------------------------------------------------- sending


def send(kernel: Kernel, addresses: Sequence[str], text: str, attachments: Sequence[Attachment] = ()) -> bool:
    """Send to one person as SMS; with attachments, or to several, as one multimedia message. False where it failed."""
    sent = kernel.hardware.cellular
    if len(addresses) == 1 and not attachments:
        kernel.telephony.send_sms(PACKAGE, addresses[0], text)
        return sent
    kernel.content.sms.store_mms(addresses, text, "sent" if sent else "failed", attachments=attachments, creator=PACKAGE)
    name, risk = ("mms.sent", "outward") if sent else ("mms.failed", "reversible")
    kernel.journal.append("effect", PACKAGE, name, risk, numbers=", ".join(addresses), text=text,
                          attachments=", ".join(item.path for item in attachments))  # fmt: skip
    return sent


def schedule(kernel: Kernel, addresses: Sequence[str], text: str, at_ms: int) -> Scheduled:
    """Send a message later."""
    thread_id = kernel.content.sms.thread_for(addresses)
    row = database(kernel).execute(
        "INSERT INTO messages (body, type, status, participants, date, read, thread_id, is_mms, sender_phone_number, sender_name, "
        "sender_photo_uri, subscription_id, is_scheduled) VALUES (?, ?, -1, ?, ?, 1, ?, ?, '', '', '', -1, 1)",
        (text, _QUEUED, json.dumps(list(addresses)), at_ms // 1000, thread_id, int(len(addresses) > 1)),
    )  # fmt: skip
    kernel.clock.schedule(at_ms, PACKAGE, SCHEDULED_EVENT, {"id": row})
    kernel.journal.append("effect", PACKAGE, "sms.scheduled", "reversible", numbers=", ".join(addresses), text=text, at_ms=at_ms)
    return Scheduled(row, text, tuple(addresses), at_ms, thread_id)


_SCHEDULED: Final = "SELECT id, body, participants, date, thread_id FROM messages WHERE is_scheduled = 1"


def scheduled(kernel: Kernel, thread_id: int | None = None) -> list[Scheduled]:
    """Messages that wait, of all threads or of one, earliest first."""
    rows = database(kernel).query(f"{_SCHEDULED} ORDER BY date, id")
    found = [Scheduled(row[0], row[1], tuple(json.loads(row[2])), row[3] * 1000, row[4]) for row in rows]
    return [item for item in found if thread_id in (None, item.thread_id)]


def find_scheduled(kernel: Kernel, message_id: int) -> Scheduled | None:
    """The waiting message of an id, or None."""
    return next((item for item in scheduled(kernel) if item.id == message_id), None)


def drop_scheduled(kernel: Kernel, message_id: int, *, log: bool = True) -> None:
    """Take a waiting message back; a thread made for it alone goes too."""
    item = find_scheduled(kernel, message_id)
    if item is None:
        return
    database(kernel).execute("DELETE FROM messages WHERE id = ?", (message_id,))
    for event in kernel.clock.pending(PACKAGE):
        if event.action == SCHEDULED_EVENT and event.extra("id") == message_id:
            kernel.clock.cancel(event.id)
    if not scheduled(kernel, item.thread_id):
        kernel.content.sms.refresh(item.thread_id)
    if log:
        kernel.journal.append("effect", PACKAGE, "sms.unscheduled", "reversible", numbers=", ".join(item.addresses), text=item.body)


# ---------------------------------------------------------------------- deleting


def delete_messages(kernel: Kernel, keys: Iterable[Key], *, to_bin: bool) -> None:
    """Delete messages, or move them to the recycle bin."""
    chosen = list(keys)
    if to_bin:
        bin_messages(kernel, chosen)
        return
    db = database(kernel)
    for mms, message_id in chosen:
        db.execute("DELETE FROM recycle_bin_messages WHERE id = ? AND is_mms = ?", (message_id, int(mms)))
        kernel.content.sms.delete_message(message_id, mms=mms)
        kernel.journal.append("effect", PACKAGE, "message.deleted", "irreversible", id=message_id, mms=mms)


def bin_messages(kernel: Kernel, keys: Iterable[Key]) -> None:
    """Move messages to the recycle bin: they stay with the provider, this app shows them no more."""
    rows = [(message_id, int(mms), kernel.clock.now_ms) for mms, message_id in keys]
    database(kernel).executemany("INSERT OR REPLACE INTO recycle_bin_messages VALUES (?, ?, ?)", rows)
    for row in rows:
        kernel.journal.append("effect", PACKAGE, "message.binned", "reversible", id=row[0], mms=bool(row[1]))


def restore(kernel: Kernel, keys: Iterable[Key]) -> None:
    """Take messages out of the recycle bin."""
    for mms, message_id in keys:
        database(kernel).execute("DELETE FROM recycle_bin_messages WHERE id = ? AND is_mms = ?", (message_id, int(mms)))
        kernel.journal.append("effect", PACKAGE, "message.restored", "reversible", id=message_id, mms=mms)


def delete_thread(kernel: Kernel, thread_id: int, *, in_bin: bool = False) -> None:
    """Delete a conversation with all its messages (to the bin where that is wanted), or what of it lies in the bin."""
    if in_bin:
        delete_messages(kernel, [(m.mms, m.id) for m in thread_messages(kernel, thread_id, in_bin=True)], to_bin=False)
        return
    for item in scheduled(kernel, thread_id):
        drop_scheduled(kernel, item.id)
    kernel.notifications.cancel(kernel.notifications.key(PACKAGE, thread_tag(thread_id)))
    kept = thread_messages(kernel, thread_id)
    if flag(kernel, "use_recycle_bin"):
        bin_messages(kernel, [(m.mms, m.id) for m in kept])
        return
    if thread_messages(kernel, thread_id, in_bin=True):
        delete_messages(kernel, [(m.mms, m.id) for m in kept], to_bin=False)
    else:
        count = kernel.content.sms.delete_thread(thread_id)
        kernel.journal.append("effect", PACKAGE, "conversation.deleted", "irreversible", thread=thread_id, messages=count)
    forget_thread(kernel, thread_id)


def forget_thread(kernel: Kernel, thread_id: int) -> None:
    """Forget pin and name of a conversation that is gone."""
    db = database(kernel)
    if thread_id in pinned(kernel):
        db.execute("DELETE FROM pinned_conversations WHERE thread_id = ?", (thread_id,))
    db.execute("DELETE FROM conversations WHERE thread_id = ?", (thread_id,))


def seed(kernel: Kernel) -> None:
    """First start: the notification channel."""
    kernel.notifications.define_channel(PACKAGE, CHANNEL, "Received SMS", IMPORTANCE_HIGH)
