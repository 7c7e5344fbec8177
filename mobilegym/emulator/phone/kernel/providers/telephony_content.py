"""`content://sms`, `content://mms` and `content://mms-sms`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mobilegym.emulator.device import Row, Value
from mobilegym.emulator.phone.kernel.clock import Clock
from mobilegym.emulator.phone.kernel.providers.base import ContentUri, Provider
from mobilegym.emulator.phone.kernel.providers.sql import Query, checked_values, column_names, matching_ids, select, update_row
from mobilegym.emulator.phone.kernel.providers.telephony import BOXES, SmsProvider

__all__ = ["SmsContent"]

_BOXES: Final[dict[str, int]] = {str(box): number for box, number in BOXES.items()}
_SMS_COLUMNS: Final = ("_id", "thread_id", "address", "person", "date", "date_sent", "protocol", "read", "status", "type",
                       "reply_path_present", "subject", "body", "service_center", "locked", "sub_id",
                       "error_code", "creator", "seen")  # fmt: skip
_LATEST: Final = (
    "_id IN (SELECT max(_id) FROM sms s WHERE s.date = (SELECT max(date) FROM sms x WHERE x.thread_id = s.thread_id) GROUP BY thread_id)"
)
_SUMMARY: Final = (
    "(SELECT thread_id, count(*) AS msg_count, "
    "(SELECT body FROM sms l WHERE l.thread_id = s.thread_id ORDER BY date DESC, _id DESC LIMIT 1) AS snippet "
    "FROM sms s GROUP BY thread_id)"
)


class SmsContent(Provider):
    """The telephony provider's URIs."""

    authorities = ("sms", "mms", "mms-sms")

    def __init__(self, sms: SmsProvider, clock: Clock) -> None:
        self._sms = sms
        self._clock = clock

    def query(self, uri: ContentUri, query: Query) -> list[Row]:
        db = self._sms.db
        if uri.authority == "sms":
            if uri.path[:1] == ("conversations",) and len(uri.path) <= 2:
                scope, args = ("thread_id = ?", (uri.id(1),)) if len(uri.path) == 2 else ("", ())
                return select(
                    db, _SUMMARY, ("thread_id", "msg_count", "snippet"), query, scope=scope, scope_args=args, sort="thread_id DESC"
                )
            scope, args = self._sms_scope(uri)
            return select(db, "sms", _SMS_COLUMNS, query, scope=scope, scope_args=args, sort="date DESC, _id DESC")
        if uri.authority == "mms":
            table, scope, args = self._mms_scope(uri)
            return select(db, table, column_names(db, table), query, scope=scope, scope_args=args, sort="_id")
        return self._query_threads(uri, query)

    def insert(self, uri: ContentUri, values: Mapping[str, Value]) -> str:
        if uri.authority != "sms" or len(uri.path) > 1 or (uri.path and uri.path[0] not in _BOXES):
            raise uri.unknown()
        row = checked_values(values, _SMS_COLUMNS, "sms")
        kind = _BOXES[uri.path[0]] if uri.path else row.get("type") or BOXES["inbox"]
        defaults: dict[str, Value] = {
            "date": self._clock.now_ms,
            "read": int(kind != BOXES["inbox"]),
            "status": -1,
            "seen": int(kind != BOXES["inbox"]),
        }
        return f"content://sms/{self._sms.insert({**defaults, **row, 'type': kind})}"

    def update(self, uri: ContentUri, values: Mapping[str, Value], query: Query) -> int:
        db = self._sms.db
        match uri.authority, uri.path:
            case "sms", _:
                scope, args = self._sms_scope(uri)
                row = checked_values(values, _SMS_COLUMNS, "sms")
                ids = matching_ids(db, "sms", query, scope=scope, scope_args=args)
                with db.transaction():
                    for message_id in ids:
                        self._sms.change(message_id, row)
            case "mms-sms", ("conversations", _):
                row = checked_values(values, _SMS_COLUMNS, "sms")
                ids = matching_ids(db, "sms", query, scope="thread_id = ?", scope_args=(uri.id(1),))
                with db.transaction():
                    for message_id in ids:
                        self._sms.change(message_id, row)
            case "mms-sms", ("threads" | "conversations",):
                row = checked_values(values, ("archived", "read"), "threads")
                ids = matching_ids(db, "threads", query)
                with db.transaction():
                    for thread_id in ids:
                        update_row(db, "threads", thread_id, row)
            case _:
                raise uri.unknown()
        return len(ids)

    def delete(self, uri: ContentUri, query: Query) -> int:
        db = self._sms.db
        if uri.authority == "sms":
            if uri.path[:1] == ("conversations",) and len(uri.path) == 2:
                return self._sms.delete_thread(uri.id(1))
            scope, args = self._sms_scope(uri)
            ids = matching_ids(db, "sms", query, scope=scope, scope_args=args)
            with db.transaction():
                for message_id in ids:
                    self._sms.delete_message(message_id)
            return len(ids)
        if uri.authority == "mms":
            table, scope, args = self._mms_scope(uri)
            if table != "pdu":
                raise uri.unknown()
            ids = matching_ids(db, "pdu", query, scope=scope, scope_args=args)
            with db.transaction():
                for pdu_id in ids:
                    self._sms.delete_message(pdu_id, mms=True)
            return len(ids)
        return self._delete_threads(uri, query)

    def _sms_scope(self, uri: ContentUri) -> tuple[str, tuple[Value, ...]]:
        match uri.path:
            case ():
                return "", ()
            case ("undelivered",):
                return "type IN (4, 5, 6)", ()
            case ("conversations", _):
                return "thread_id = ?", (uri.id(1),)
            case (box,) if box in _BOXES:
                return "type = ?", (_BOXES[box],)
            case (box, _) if box in _BOXES:
                return "type = ? AND _id = ?", (_BOXES[box], uri.id(1))
            case (_,):
                return "_id = ?", (uri.id(0),)
            case _:
                raise uri.unknown()

    def _mms_scope(self, uri: ContentUri) -> tuple[str, str, tuple[Value, ...]]:
        match uri.path:
            case ():
                return "pdu", "", ()
            case ("part",):
                return "part", "", ()
            case ("part", _):
                return "part", "_id = ?", (uri.id(1),)
            case ("inbox" | "sent" | "drafts" | "outbox" as box,):
                return "pdu", "msg_box = ?", (_BOXES[box.removesuffix("s")],)
            case (_, "part"):
                return "part", "mid = ?", (uri.id(0),)
            case (_, "addr"):
                return "addr", "msg_id = ?", (uri.id(0),)
            case (_,):
                return "pdu", "_id = ?", (uri.id(0),)
            case _:
                raise uri.unknown()

    def _query_threads(self, uri: ContentUri, query: Query) -> list[Row]:
        db = self._sms.db
        match uri.path:
            case ("conversations",) if uri.parameters.get("simple") == "true":
                return select(db, "threads", column_names(db, "threads"), query, sort="date DESC, _id DESC")
            case ("conversations",):
                return select(db, "sms", _SMS_COLUMNS, query, scope=_LATEST, sort="date DESC, _id DESC")
            case ("conversations", _):
                return select(db, "sms", _SMS_COLUMNS, query, scope="thread_id = ?", scope_args=(uri.id(1),), sort="date, _id")
            case ("threads",):
                return select(db, "threads", column_names(db, "threads"), query, sort="date DESC, _id DESC")
            case ("canonical-addresses",):
                return select(db, "canonical_addresses", column_names(db, "canonical_addresses"), query, sort="_id")
            case ("canonical-address" | "canonical-addresses", _):
                scope, args = "_id = ?", (uri.id(1),)
                return select(db, "canonical_addresses", column_names(db, "canonical_addresses"), query, scope=scope, scope_args=args)
            case ("threadID",):
                return [{"_id": self._sms.thread_for([uri.parameters.get("recipient", "")])}]
            case ("undelivered",):
                return select(db, "sms", _SMS_COLUMNS, query, scope="type IN (4, 5, 6)", sort="date DESC, _id DESC")
            case _:
                raise uri.unknown()

    def _delete_threads(self, uri: ContentUri, query: Query) -> int:
        match uri.path:
            case ("conversations",):
                ids = matching_ids(self._sms.db, "threads", query)
            case ("conversations", _):
                ids = [uri.id(1)]
            case _:
                raise uri.unknown()
        with self._sms.db.transaction():
            return sum(self._sms.delete_thread(thread_id) for thread_id in ids)
