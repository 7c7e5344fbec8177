"""The telephony provider: text messages and their threads."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from mobilegym.emulator.device import Value
from mobilegym.emulator.phone.kernel.clock import Clock
from mobilegym.emulator.phone.kernel.database import Database, Databases
from mobilegym.emulator.phone.kernel.dbguard import phone_numbers_equal
from mobilegym.emulator.phone.kernel.providers import telephony_schema
from mobilegym.emulator.phone.kernel.providers.sql import insert_row, update_row
from mobilegym.errors import DeviceError, NotFound

__all__ = ["BOXES", "TELEPHONY_PACKAGE", "Attachment", "Box", "Conversation", "SmsProvider", "TextMessage"]

TELEPHONY_PACKAGE: Final = "com.android.providers.telephony"
_DATABASE: Final = "mmssms.db"

Box: TypeAlias = Literal["inbox", "sent", "draft", "outbox", "failed", "queued"]
BOXES: Final[dict[Box, int]] = {"inbox": 1, "sent": 2, "draft": 3, "outbox": 4, "failed": 5, "queued": 6}
"""Android's number of each box: `type` of an SMS, `msg_box` of a multimedia message."""

_NAMES: Final[dict[int, Box]] = {number: box for box, number in BOXES.items()}
_FROM: Final = 137
_TO: Final = 151
_RETRIEVED: Final = 132
_SEND_REQUEST: Final = 128


class Attachment(NamedTuple):
    """A file sent with a multimedia message."""

    mime: str
    path: str
    """In shared storage."""


class TextMessage(NamedTuple):
    """An SMS, or a multimedia message."""

    id: int
    mms: bool
    thread_id: int
    address: str
    """The other side; of a group, who sent it."""
    body: str
    date_ms: int
    box: Box
    read: bool
    attachments: tuple[Attachment, ...] = ()


class Conversation(NamedTuple):
    """A thread, as the list of conversations shows it."""

    thread_id: int
    addresses: tuple[str, ...]
    snippet: str
    date_ms: int
    unread: int
    message_count: int
    archived: bool
    has_draft: bool


class SmsProvider:
    """Messages, typed; what apps use. Threads and addresses are kept consistent with the messages.

    Args:
        databases: Where `mmssms.db` is registered and kept.
        clock: Time of messages.
    """

    def __init__(self, databases: Databases, clock: Clock) -> None:
        databases.register(TELEPHONY_PACKAGE, _DATABASE, telephony_schema.SCHEMA)
        self._databases = databases
        self._clock = clock

    @property
    def db(self) -> Database:
        """The database."""
        return self._databases.open(TELEPHONY_PACKAGE, _DATABASE)

    @property
    def token(self) -> int:
        return self.db.token

    # ------------------------------------------------------------------ reading

    def conversations(self, *, archived: bool = False) -> list[Conversation]:
        """Threads that hold a message or a draft, latest first."""
        addresses = {row[0]: row[1] for row in self.db.query("SELECT _id, address FROM canonical_addresses")}
        rows = self.db.query(
            "SELECT t._id, t.recipient_ids, t.snippet, t.date, t.message_count, t.archived, "
            "(SELECT count(*) FROM sms s WHERE s.thread_id = t._id AND s.read = 0 AND s.type = 1) + "
            "(SELECT count(*) FROM pdu p WHERE p.thread_id = t._id AND p.read = 0 AND p.msg_box = 1), "
            "EXISTS (SELECT 1 FROM sms s WHERE s.thread_id = t._id AND s.type = 3) "
            "FROM threads t WHERE t.archived = ? AND (t.message_count > 0 OR EXISTS (SELECT 1 FROM sms s WHERE s.thread_id = t._id)) "
            "ORDER BY t.date DESC, t._id DESC", (int(archived),),
        )  # fmt: skip
        return [
            Conversation(row[0], tuple(addresses[int(part)] for part in (row[1] or "").split() if int(part) in addresses),
                         row[2] or "", row[3] or 0, row[6], row[4] or 0, bool(row[5]), bool(row[7]))
            for row in rows
        ]  # fmt: skip

    def thread(self, thread_id: int) -> list[TextMessage]:
        """Messages of a thread, oldest first, without drafts."""
        rows = self.db.query("SELECT * FROM sms WHERE thread_id = ? AND type != 3 ORDER BY date, _id", (thread_id,))
        messages = [_message(row) for row in rows]
        pdus = self.db.query("SELECT * FROM pdu WHERE thread_id = ? ORDER BY date, _id", (thread_id,))
        if pdus:
            messages += [self._mms(row) for row in pdus]
            messages.sort(key=lambda message: (message.date_ms, message.mms, message.id))
        return messages

    def addresses(self, thread_id: int) -> tuple[str, ...]:
        """Who takes part in a thread.

        Raises:
            NotFound: If there is no such thread.
        """
        ids = self.db.scalar("SELECT recipient_ids FROM threads WHERE _id = ?", (thread_id,))
        if ids is None:
            raise NotFound(f"no message thread {thread_id}")
        found = (self.db.scalar("SELECT address FROM canonical_addresses WHERE _id = ?", (int(part),)) for part in str(ids).split())
        return tuple(address for address in found if address is not None)

    def get(self, message_id: int) -> TextMessage:
        """An SMS by id.

        Raises:
            NotFound: If there is none.
        """
        row = self.db.one("SELECT * FROM sms WHERE _id = ?", (message_id,))
        if row is None:
            raise NotFound(f"no text message {message_id}")
        return _message(row)

    def draft(self, thread_id: int) -> str:
        """The draft of a thread, or an empty text."""
        sql = "SELECT body FROM sms WHERE thread_id = ? AND type = 3 ORDER BY _id DESC LIMIT 1"
        return self.db.scalar(sql, (thread_id,)) or ""

    def find_thread(self, addresses: Sequence[str]) -> int | None:
        """The thread with exactly these people, or None."""
        ids = [self._address_id(address) for address in addresses]
        if None in ids:
            return None
        wanted = _recipient_ids([found for found in ids if found is not None])
        return self.db.scalar("SELECT _id FROM threads WHERE recipient_ids = ?", (wanted,))

    def unread_count(self) -> int:
        """Unread messages in all threads."""
        sms = self.db.scalar("SELECT count(*) FROM sms WHERE read = 0 AND type = 1")
        return sms + self.db.scalar("SELECT count(*) FROM pdu WHERE read = 0 AND msg_box = 1")

    def search(self, text: str) -> list[TextMessage]:
        """SMS whose body holds `text`, case ignored, latest first."""
        wanted = text.casefold()
        rows = self.db.query("SELECT * FROM sms WHERE type != 3 ORDER BY date DESC, _id DESC")
        return [_message(row) for row in rows if wanted in (row["body"] or "").casefold()]

    # ------------------------------------------------------------------ writing

    def store(
        self,
        address: str,
        body: str,
        box: Box,
        date_ms: int | None = None,
        *,
        read: bool | None = None,
        thread_id: int | None = None,
        creator: str | None = None,
        status: int = -1,
    ) -> int:
        """Store an SMS, now unless told, in the thread of its address unless told; what is not in the inbox is read. Returns its id."""
        seen = box != "inbox" if read is None else read
        when = self._clock.now_ms if date_ms is None else date_ms
        received = box == "inbox"
        return self.insert({
            "thread_id": thread_id, "address": address, "body": body, "type": BOXES[box], "date": when,
            "date_sent": when if received else 0, "read": int(seen), "seen": int(seen), "status": status,
            "protocol": 0 if received else None, "creator": creator,
        })  # fmt: skip

    def store_mms(
        self,
        addresses: Sequence[str],
        body: str,
        box: Box,
        date_ms: int | None = None,
        *,
        attachments: Sequence[Attachment] = (),
        sender: str = "",
        read: bool | None = None,
        creator: str | None = None,
    ) -> int:
        """Store a multimedia or group message; `addresses` are all others in the thread, `sender` one of them. Returns its id."""
        seen = box != "inbox" if read is None else read
        thread_id = self.thread_for(addresses)
        when = self._clock.now_ms if date_ms is None else date_ms
        with self.db.transaction():
            pdu_id = insert_row(self.db, "pdu", {
                "thread_id": thread_id, "date": when // 1000, "msg_box": BOXES[box], "read": int(seen), "seen": int(seen),
                "m_type": _RETRIEVED if box == "inbox" else _SEND_REQUEST, "ct_t": "application/vnd.wap.multipart.related", "v": 18,
                "text_only": int(not attachments), "creator": creator,
            })  # fmt: skip
            for address in addresses:
                kind = _FROM if address == (sender or addresses[0]) and box == "inbox" else _TO
                insert_row(self.db, "addr", {"msg_id": pdu_id, "address": address, "type": kind, "charset": 106})
            for place, item in enumerate(attachments):
                name = item.path.rpartition("/")[2]
                insert_row(self.db, "part", {"mid": pdu_id, "seq": place, "ct": item.mime, "name": name, "cl": name, "_data": item.path})
            if body:
                insert_row(self.db, "part", {"mid": pdu_id, "seq": len(attachments), "ct": "text/plain", "chset": 106, "text": body})
            self.refresh(thread_id)
        return pdu_id

    def set_box(self, message_id: int, box: Box, *, status: int | None = None) -> None:
        """Move an SMS to another box, as sending does.

        Raises:
            NotFound: If there is none of that id.
        """
        message = self.get(message_id)
        values: dict[str, Value] = {"type": BOXES[box]}
        if status is not None:
            values["status"] = status
        self.change(message.id, values)

    def save_draft(self, addresses: Sequence[str], body: str) -> int:
        """Replace the draft of a thread; an empty one is removed. Returns the thread."""
        thread_id = self.thread_for(addresses)
        with self.db.transaction():
            self.db.execute("DELETE FROM sms WHERE thread_id = ? AND type = 3", (thread_id,))
            if body:
                self.store(addresses[0], body, "draft", thread_id=thread_id)
            self.refresh(thread_id)
        return thread_id

    def mark_read(self, thread_id: int, read: bool = True) -> int:
        """Mark a thread read, or its last received message unread; returns how many messages changed."""
        with self.db.transaction():
            if read:
                count = self.db.change("UPDATE sms SET read = 1, seen = 1 WHERE thread_id = ? AND read = 0", (thread_id,))
                count += self.db.change("UPDATE pdu SET read = 1, seen = 1 WHERE thread_id = ? AND read = 0", (thread_id,))
            else:
                last = "SELECT _id FROM sms WHERE thread_id = ? AND type = 1 ORDER BY date DESC, _id DESC LIMIT 1"
                count = self.db.change(f"UPDATE sms SET read = 0 WHERE _id = ({last}) AND read = 1", (thread_id,))
            if count:
                self.refresh(thread_id)
        return count

    def set_archived(self, thread_id: int, archived: bool) -> None:
        """Archive a thread, or bring it back."""
        update_row(self.db, "threads", thread_id, {"archived": int(archived)})

    def delete_message(self, message_id: int, *, mms: bool = False) -> None:
        """Delete a message; its thread goes with the last one.

        Raises:
            NotFound: If there is none of that id.
        """
        table = "pdu" if mms else "sms"
        thread_id = self.db.scalar(f"SELECT thread_id FROM {table} WHERE _id = ?", (message_id,))
        if not self.db.scalar(f"SELECT count(*) FROM {table} WHERE _id = ?", (message_id,)):
            raise NotFound(f"no text message {message_id}")
        with self.db.transaction():
            if mms:
                self._delete_parts("= ?", (message_id,))
            self.db.execute(f"DELETE FROM {table} WHERE _id = ?", (message_id,))
            if thread_id is not None:
                self.refresh(thread_id)

    def delete_thread(self, thread_id: int) -> int:
        """Delete a thread with all its messages; returns how many."""
        with self.db.transaction():
            count = self.db.change("DELETE FROM sms WHERE thread_id = ?", (thread_id,))
            self._delete_parts("IN (SELECT _id FROM pdu WHERE thread_id = ?)", (thread_id,))
            count += self.db.change("DELETE FROM pdu WHERE thread_id = ?", (thread_id,))
            self.refresh(thread_id)
        return count

    def thread_for(self, addresses: Sequence[str]) -> int:
        """The thread with exactly these people, made if there is none; numbers match loosely.

        Raises:
            DeviceError: Without any address.
        """
        if not any(address.strip() for address in addresses):
            raise DeviceError("a message needs the address of its recipient")
        ids = [self._address_id(address) or self._add_address(address) for address in addresses if address.strip()]
        wanted = _recipient_ids(ids)
        found = self.db.scalar("SELECT _id FROM threads WHERE recipient_ids = ?", (wanted,))
        if found is not None:
            return found
        kind = int(" " in wanted)
        return insert_row(self.db, "threads", {"recipient_ids": wanted, "date": self._clock.now_ms, "type": kind})

    # ------------------------------------------------------------------ rows, as the content resolver writes them

    def insert(self, values: Mapping[str, Value]) -> int:
        """Insert an SMS row; its thread follows from its address where it has none. Returns its id."""
        row = dict(values)
        with self.db.transaction():
            if row.get("thread_id") is None and row.get("address"):
                row["thread_id"] = self.thread_for([str(row["address"])])
            message_id = insert_row(self.db, "sms", row)
            if isinstance(row.get("thread_id"), int):
                self.refresh(int(str(row["thread_id"])))
        return message_id

    def change(self, message_id: int, values: Mapping[str, Value]) -> None:
        """Change an SMS row."""
        before = self.db.scalar("SELECT thread_id FROM sms WHERE _id = ?", (message_id,))
        with self.db.transaction():
            update_row(self.db, "sms", message_id, values)
            after = self.db.scalar("SELECT thread_id FROM sms WHERE _id = ?", (message_id,))
            for thread_id in {before, after} - {None}:
                self.refresh(thread_id)

    def refresh(self, thread_id: int) -> None:
        """Derive a thread's row from its messages; without any it is deleted."""
        messages = self.thread(thread_id)
        drafts = self.db.query("SELECT body, date FROM sms WHERE thread_id = ? AND type = 3 ORDER BY _id DESC LIMIT 1", (thread_id,))
        if not messages and not drafts:
            self.db.execute("DELETE FROM threads WHERE _id = ?", (thread_id,))
            return
        unread = any(not message.read for message in messages)
        if drafts:
            snippet, when = drafts[0][0], drafts[0][1]
        else:
            snippet, when = messages[-1].body, messages[-1].date_ms
        update_row(self.db, "threads", thread_id, {
            "date": max([when or 0, *(message.date_ms for message in messages[-1:])]), "snippet": snippet, "message_count": len(messages),
            "read": int(not unread), "has_attachment": int(any(message.attachments for message in messages)),
            "error": int(any(message.box == "failed" for message in messages)),
        })  # fmt: skip

    # ------------------------------------------------------------------ inside

    def _address_id(self, address: str) -> int | None:
        wanted = address.strip()
        for row in self.db.query("SELECT _id, address FROM canonical_addresses ORDER BY _id"):
            if (row[1] or "").casefold() == wanted.casefold() or phone_numbers_equal(row[1], wanted):
                return int(row[0])
        return None

    def _add_address(self, address: str) -> int:
        return insert_row(self.db, "canonical_addresses", {"address": address.strip()})

    def _delete_parts(self, condition: str, args: tuple[Value, ...]) -> None:
        self.db.execute(f"DELETE FROM part WHERE mid {condition}", args)
        self.db.execute(f"DELETE FROM addr WHERE msg_id {condition}", args)

    def _mms(self, row: sqlite3.Row) -> TextMessage:
        parts = self.db.query("SELECT ct, _data, text FROM part WHERE mid = ? ORDER BY seq, _id", (row["_id"],))
        body = "\n".join(part["text"] for part in parts if part["ct"] == "text/plain" and part["text"])
        attachments = tuple(Attachment(part["ct"], part["_data"]) for part in parts if part["_data"])
        kind = _FROM if row["msg_box"] == BOXES["inbox"] else _TO
        address = self.db.scalar("SELECT address FROM addr WHERE msg_id = ? ORDER BY type != ?, _id LIMIT 1", (row["_id"], kind)) or ""
        box = _NAMES.get(row["msg_box"], "inbox")
        when = (row["date"] or 0) * 1000
        return TextMessage(row["_id"], True, row["thread_id"], address, body, when, box, bool(row["read"]), attachments)


def _message(row: sqlite3.Row) -> TextMessage:
    return TextMessage(row["_id"], False, row["thread_id"] or 0, row["address"] or "", row["body"] or "", row["date"] or 0,
                       _NAMES.get(row["type"], "inbox"), bool(row["read"]))  # fmt: skip


def _recipient_ids(ids: Sequence[int]) -> str:
    return " ".join(str(found) for found in sorted(set(ids)))
