"""The call log: `content://call_log/calls`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from mobilegym.emulator.device import Row, Value
from mobilegym.emulator.phone.kernel.clock import Clock
from mobilegym.emulator.phone.kernel.database import Database, Databases
from mobilegym.emulator.phone.kernel.dbguard import phone_numbers_equal
from mobilegym.emulator.phone.kernel.providers import names
from mobilegym.emulator.phone.kernel.providers.base import ContentUri, Provider
from mobilegym.emulator.phone.kernel.providers.contacts import CONTACTS_PACKAGE, ContactsProvider
from mobilegym.emulator.phone.kernel.providers.sql import Query, checked_values, column_names, insert_row, matching_ids, select, update_row
from mobilegym.errors import NotFound

__all__ = ["CALL_KINDS", "Call", "CallKind", "CallLogProvider"]

CallKind: TypeAlias = Literal["incoming", "outgoing", "missed", "voicemail", "rejected", "blocked"]
CALL_KINDS: Final[tuple[CallKind, ...]] = get_args(CallKind)
"""In the order of Android's numbers, which start at 1."""

_DATABASE: Final = "calllog.db"
_SCHEMA: Final = """
CREATE TABLE android_metadata (locale TEXT);
INSERT INTO android_metadata VALUES ('en_US');
CREATE TABLE calls (_id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT, presentation INTEGER NOT NULL DEFAULT 1,
  post_dial_digits TEXT NOT NULL DEFAULT '', via_number TEXT NOT NULL DEFAULT '', date INTEGER, duration INTEGER, data_usage INTEGER,
  type INTEGER, features INTEGER NOT NULL DEFAULT 0, subscription_component_name TEXT, subscription_id TEXT, phone_account_address TEXT,
  phone_account_hidden INTEGER NOT NULL DEFAULT 0, sub_id INTEGER DEFAULT -1, new INTEGER, name TEXT, numbertype INTEGER, numberlabel TEXT,
  countryiso TEXT, voicemail_uri TEXT, is_read INTEGER, geocoded_location TEXT, lookup_uri TEXT, matched_number TEXT,
  normalized_number TEXT,
  photo_id INTEGER NOT NULL DEFAULT 0, photo_uri TEXT, formatted_number TEXT, add_for_all_users INTEGER NOT NULL DEFAULT 1,
  last_modified INTEGER DEFAULT 0, call_screening_component_name TEXT, call_screening_app_name TEXT,
  block_reason INTEGER NOT NULL DEFAULT 0,
  missed_reason INTEGER NOT NULL DEFAULT 0, priority INTEGER NOT NULL DEFAULT 0, subject TEXT, location TEXT, composer_photo_uri TEXT,
  is_call_log_phone_account_migration_pending INTEGER NOT NULL DEFAULT 0, _data TEXT, has_content INTEGER, mime_type TEXT, source_data TEXT,
  source_package TEXT, transcription TEXT, transcription_state INTEGER NOT NULL DEFAULT 0, state INTEGER,
  dirty INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0, backed_up INTEGER NOT NULL DEFAULT 0,
  restored INTEGER NOT NULL DEFAULT 0, archived INTEGER NOT NULL DEFAULT 0, is_omtp_voicemail INTEGER NOT NULL DEFAULT 0);
CREATE TABLE voicemail_status (_id INTEGER PRIMARY KEY AUTOINCREMENT, source_package TEXT UNIQUE NOT NULL, settings_uri TEXT,
  voicemail_access_uri TEXT, configuration_state INTEGER, data_channel_state INTEGER, notification_channel_state INTEGER);
PRAGMA user_version = 11;
"""


class Call(NamedTuple):
    """A call in the log."""

    id: int
    number: str
    kind: CallKind
    date_ms: int
    duration_s: int
    name: str | None
    new: bool
    contact_id: int | None


class CallLogProvider(Provider):
    """The call log, typed for apps and as content.

    Args:
        databases: Where `calllog.db` is registered and kept.
        clock: Time of calls.
        contacts: Gives callers their names.
    """

    authorities = ("call_log",)

    def __init__(self, databases: Databases, clock: Clock, contacts: ContactsProvider) -> None:
        databases.register(CONTACTS_PACKAGE, _DATABASE, _SCHEMA)
        self._databases = databases
        self._clock = clock
        self._contacts = contacts

    @property
    def db(self) -> Database:
        """The database."""
        return self._databases.open(CONTACTS_PACKAGE, _DATABASE)

    @property
    def token(self) -> int:
        return self.db.token

    def add(self, number: str, kind: CallKind, date_ms: int | None = None, duration_s: int = 0, *, new: bool | None = None) -> int:
        """Log a call, now unless told; missed calls are new unless told. Returns its id."""
        fresh = kind == "missed" if new is None else new
        when = self._clock.now_ms if date_ms is None else date_ms
        number_of_kind = CALL_KINDS.index(kind) + 1
        return self._insert({"number": number, "type": number_of_kind, "date": when, "duration": duration_s, "new": int(fresh),
                             "is_read": int(not fresh)})  # fmt: skip

    def recent(self, limit: int = 200, *, kind: CallKind | None = None) -> list[Call]:
        """Calls, latest first, all or those of one kind; with the names contacts have now."""
        scope, args = ("WHERE type = ?", (CALL_KINDS.index(kind) + 1,)) if kind is not None else ("", ())
        sql = f"SELECT _id, number, type, date, duration, name, new FROM calls {scope} ORDER BY date DESC, _id DESC LIMIT ?"
        calls: list[Call] = []
        known: dict[str, tuple[int | None, str | None]] = {}
        for row in self.db.query(sql, (*args, limit)):
            number = row[1] or ""
            if number not in known:
                contact_id = self._contacts.lookup_id(number) if number else None
                known[number] = (contact_id, self._contacts.lookup(number) if contact_id is not None else None)
            contact_id, name = known[number]
            calls.append(Call(row[0], number, _kind(row[2]), row[3] or 0, row[4] or 0, name or row[5], bool(row[6]), contact_id))
        return calls

    def of_number(self, number: str) -> list[Call]:
        """Calls with one number, latest first."""
        return [call for call in self.recent(1000) if phone_numbers_equal(call.number, number)]

    def delete_call(self, call_id: int) -> None:
        """Delete one call.

        Raises:
            NotFound: If there is none of that id.
        """
        if not self.db.change("DELETE FROM calls WHERE _id = ?", (call_id,)):
            raise NotFound(f"no call {call_id} in the log")

    def clear(self) -> int:
        """Delete all calls; returns how many."""
        return self.db.change("DELETE FROM calls")

    def mark_seen(self) -> int:
        """Missed calls are no longer new; returns how many were."""
        return self.db.change("UPDATE calls SET new = 0, is_read = 1 WHERE new = 1")

    def missed_count(self) -> int:
        """Missed calls the owner has not seen."""
        return self.db.scalar("SELECT count(*) FROM calls WHERE new = 1 AND type = 3")

    # ------------------------------------------------------------------ content

    def query(self, uri: ContentUri, query: Query) -> list[Row]:
        scope, args = self._scope(uri)
        columns = column_names(self.db, "calls")
        return select(self.db, "calls", columns, query, scope=scope, scope_args=args, sort="date DESC, _id DESC")

    def insert(self, uri: ContentUri, values: Mapping[str, Value]) -> str:
        if uri.path != ("calls",):
            raise uri.unknown()
        row = checked_values(values, column_names(self.db, "calls"), "calls")
        defaults: dict[str, Value] = {"date": self._clock.now_ms, "duration": 0, "type": 1, "new": 0}
        return f"content://call_log/calls/{self._insert({**defaults, **row})}"

    def update(self, uri: ContentUri, values: Mapping[str, Value], query: Query) -> int:
        scope, args = self._scope(uri)
        row = checked_values(values, column_names(self.db, "calls"), "calls")
        ids = matching_ids(self.db, "calls", query, scope=scope, scope_args=args)
        with self.db.transaction():
            for call_id in ids:
                update_row(self.db, "calls", call_id, row)
        return len(ids)

    def delete(self, uri: ContentUri, query: Query) -> int:
        scope, args = self._scope(uri)
        ids = matching_ids(self.db, "calls", query, scope=scope, scope_args=args)
        with self.db.transaction():
            for call_id in ids:
                self.delete_call(call_id)
        return len(ids)

    def _insert(self, values: Mapping[str, Value]) -> int:
        row = dict(values)
        number = str(row.get("number") or "")
        contact_id = self._contacts.lookup_id(number) if number else None
        if contact_id is not None and not row.get("name"):
            contact = self._contacts.get(contact_id)
            row.setdefault("lookup_uri", f"content://com.android.contacts/contacts/lookup/{contact.lookup}/{contact_id}")
            row["name"] = contact.name
            kinds = [phone.type for phone in contact.phones if phone_numbers_equal(phone.number, number)]
            row.setdefault("numbertype", kinds[0] if kinds else None)
        row.setdefault("normalized_number", names.e164(number))
        row.setdefault("countryiso", "US")
        row.setdefault("last_modified", self._clock.now_ms)
        return insert_row(self.db, "calls", row)

    def _scope(self, uri: ContentUri) -> tuple[str, tuple[Value, ...]]:
        match uri.path:
            case ("calls",):
                return "", ()
            case ("calls", "filter", number):
                return "PHONE_NUMBERS_EQUAL(number, ?)", (number,)
            case ("calls", _):
                return "_id = ?", (uri.id(1),)
            case _:
                raise uri.unknown()


def _kind(number: int | None) -> CallKind:
    return CALL_KINDS[number - 1] if number is not None and 1 <= number <= len(CALL_KINDS) else "incoming"
