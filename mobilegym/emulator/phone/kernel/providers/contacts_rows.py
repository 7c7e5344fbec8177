"""Rows of the contacts provider, and what Android derives from them.

Whatever changes a data row goes through `ContactRows`, which keeps display name, sort keys, lookup key, `has_phone_number`,
`phone_lookup` and `name_lookup` consistent with it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

from mobilegym.emulator.device import Value
from mobilegym.emulator.phone.kernel.clock import Clock
from mobilegym.emulator.phone.kernel.database import Database, Databases
from mobilegym.emulator.phone.kernel.providers import contacts_schema, names
from mobilegym.emulator.phone.kernel.providers.names import StructuredName
from mobilegym.emulator.phone.kernel.providers.sql import column_names, insert_row, update_row
from mobilegym.errors import DeviceError

__all__ = ["CONTACTS_PACKAGE", "EMAIL", "EVENT", "GROUP", "ITEM", "NAME", "NICKNAME", "ORGANIZATION", "PHONE", "PHOTO", "ContactRows",
           "data_columns", "text_of"]  # fmt: skip

CONTACTS_PACKAGE: Final = "com.android.providers.contacts"
_DATABASE: Final = "contacts2.db"

ITEM: Final = "vnd.android.cursor.item/"
NAME: Final = ITEM + "name"
PHONE: Final = ITEM + "phone_v2"
EMAIL: Final = ITEM + "email_v2"
ORGANIZATION: Final = ITEM + "organization"
PHOTO: Final = ITEM + "photo"
GROUP: Final = ITEM + "group_membership"
NICKNAME: Final = ITEM + "nickname"
EVENT: Final = ITEM + "contact_event"

_SOURCES: Final = ((NAME, 40), (NICKNAME, 35), (ORGANIZATION, 30), (PHONE, 20), (EMAIL, 10))
"""What a contact is called by, best first, with Android's `display_name_source`."""


class ContactRows:
    """Raw contacts and data rows, as the content resolver writes them.

    Args:
        databases: Where `contacts2.db` is registered and kept.
        clock: Time of changes.
    """

    def __init__(self, databases: Databases, clock: Clock) -> None:
        databases.register(CONTACTS_PACKAGE, _DATABASE, contacts_schema.SCHEMA, contacts_schema.seed)
        self._databases = databases
        self._clock = clock

    @property
    def db(self) -> Database:
        """The database."""
        return self._databases.open(CONTACTS_PACKAGE, _DATABASE)

    @property
    def token(self) -> int:
        return self.db.token

    def insert_raw(self, values: Mapping[str, Value]) -> int:
        """Insert a raw contact and its contact; returns the raw contact's id."""
        with self.db.transaction():
            raw_id = insert_row(self.db, "raw_contacts", {"account_id": 1, "aggregation_needed": 0, **values})
            contact_id = insert_row(self.db, "contacts", {"name_raw_contact_id": raw_id})
            update_row(self.db, "raw_contacts", raw_id, {"contact_id": contact_id})
            self.db.execute("INSERT INTO visible_contacts VALUES (?)", (contact_id,))
            self.db.execute("INSERT INTO default_directory VALUES (?)", (contact_id,))
            self.refresh(raw_id)
        return raw_id

    def insert_data(self, values: Mapping[str, Value]) -> int:
        """Insert a data row with a `mimetype` column; returns its id.

        Raises:
            DeviceError: Without `mimetype`, or with a `raw_contact_id` that is none.
        """
        row = dict(values)
        kind, raw_id = row.pop("mimetype", None), row.get("raw_contact_id")
        if not isinstance(kind, str) or not kind:
            raise DeviceError("a data row needs a `mimetype`, for instance 'vnd.android.cursor.item/phone_v2'")
        if not isinstance(raw_id, int) or self.db.scalar("SELECT 1 FROM raw_contacts WHERE _id = ?", (raw_id,)) is None:
            raise DeviceError(f"no raw contact {raw_id!r}: insert it first and give its id as `raw_contact_id`")
        row["mimetype_id"] = self.mimetype_id(kind)
        with self.db.transaction():
            data_id = insert_row(self.db, "data", _completed(kind, row))
            self.refresh(raw_id)
        return data_id

    def update_data(self, data_id: int, values: Mapping[str, Value]) -> None:
        """Change a data row."""
        row = self.db.one("SELECT d.raw_contact_id, m.mimetype FROM data d JOIN mimetypes m ON m._id = d.mimetype_id WHERE d._id = ?",
                          (data_id,))  # fmt: skip
        if row is None:
            return
        with self.db.transaction():
            update_row(self.db, "data", data_id, _completed(row[1], dict(values)))
            self.refresh(row[0])

    def delete_data(self, data_id: int) -> None:
        """Delete a data row."""
        raw_id = self.db.scalar("SELECT raw_contact_id FROM data WHERE _id = ?", (data_id,))
        if raw_id is not None:
            with self.db.transaction():
                self.db.execute("DELETE FROM data WHERE _id = ?", (data_id,))
                self.refresh(raw_id)

    def mimetype_id(self, kind: str) -> int:
        """Row id of a mime type, made if it is new."""
        found = self.db.scalar("SELECT _id FROM mimetypes WHERE mimetype = ?", (kind,))
        return found if found is not None else self.db.execute("INSERT INTO mimetypes (mimetype) VALUES (?)", (kind,))

    def account_id(self, name: str | None, kind: str | None) -> int:
        """Row id of an account, made if it is new."""
        found = self.db.scalar("SELECT _id FROM accounts WHERE account_name IS ? AND account_type IS ?", (name or None, kind or None))
        if found is not None:
            return found
        return self.db.execute("INSERT INTO accounts (account_name, account_type) VALUES (?, ?)", (name or None, kind or None))

    def refresh(self, raw_id: int) -> None:
        """Derive from the data rows of a raw contact what depends on them."""
        rows = self.db.query("SELECT d._id, m.mimetype, d.data1, d.data2, d.data3, d.data4, d.data5, d.data6 FROM data d "
                             "JOIN mimetypes m ON m._id = d.mimetype_id WHERE d.raw_contact_id = ? ORDER BY d._id", (raw_id,))  # fmt: skip
        display, alternative, source = _display_name(rows)
        number, label = names.bucket(display)
        number_alt, label_alt = names.bucket(alternative)
        update_row(self.db, "raw_contacts", raw_id, {
            "display_name": display or None, "display_name_alt": alternative or None, "display_name_source": source,
            "sort_key": display or None, "phonebook_label": label, "phonebook_bucket": number,
            "sort_key_alt": alternative or None, "phonebook_label_alt": label_alt, "phonebook_bucket_alt": number_alt,
        })  # fmt: skip
        phones = [row for row in rows if row["mimetype"] == PHONE and row["data1"]]
        photos = [row["_id"] for row in rows if row["mimetype"] == PHOTO]
        update_row(self.db, "contacts", self.contact_of(raw_id), {
            "has_phone_number": int(bool(phones)), "lookup": names.lookup_key(raw_id, display), "photo_id": photos[0] if photos else None,
            "contact_last_updated_timestamp": self._clock.now_ms,
        })  # fmt: skip
        self._replace_lookups(raw_id, phones, [row for row in rows if row["mimetype"] in {NAME, NICKNAME} and row["data1"]])

    def contact_of(self, raw_id: int) -> int:
        """The contact of a raw contact."""
        return self.db.scalar("SELECT contact_id FROM raw_contacts WHERE _id = ?", (raw_id,))

    def _replace_lookups(self, raw_id: int, phones: list[sqlite3.Row], named: list[sqlite3.Row]) -> None:
        numbers = [(row["_id"], raw_id, names.normalized_number(row["data1"]), names.min_match(row["data1"])) for row in phones]
        words = [(row["_id"], raw_id, names.normalized_name(row["data1"]), 0 if row["mimetype"] == NAME else 3) for row in named]
        for table, wanted in (("phone_lookup", numbers), ("name_lookup", words)):
            present = [tuple(row) for row in self.db.query(f"SELECT * FROM {table} WHERE raw_contact_id = ? ORDER BY data_id", (raw_id,))]
            if present != wanted:
                self.db.execute(f"DELETE FROM {table} WHERE raw_contact_id = ?", (raw_id,))
                self.db.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", wanted)


def data_columns(database: Database) -> tuple[str, ...]:
    """Columns of the `data` table, which a caller may write, with `mimetype` for its id."""
    return ("mimetype", *(name for name in column_names(database, "data") if name not in {"_id", "mimetype_id"}))


def text_of(row: sqlite3.Row | None, column: str) -> str:
    """A column as text, empty where there is no row or no value."""
    return "" if row is None or row[column] is None else str(row[column])


def _completed(kind: str, row: dict[str, Value]) -> dict[str, Value]:
    """A data row with the columns Android derives from the others."""
    if kind == NAME:
        parts = ("data2", "data3", "data4", "data5", "data6")
        if row.get("data1") and not any(name in row for name in parts):
            prefix, given, middle, family, suffix = (part or None for part in names.split_name(str(row["data1"])))
            row.update(data2=given, data3=family, data4=prefix, data5=middle, data6=suffix)
        elif not row.get("data1") and any(row.get(name) for name in parts):
            given, family, prefix, middle, suffix = (str(row.get(name) or "") for name in parts)
            row["data1"] = StructuredName(prefix, given, middle, family, suffix).display
    elif kind == PHONE and row.get("data1") and not row.get("data4"):
        row["data4"] = names.e164(str(row["data1"]))
    return row


def _display_name(rows: Sequence[sqlite3.Row]) -> tuple[str, str, int]:
    """Name, name with the family first, and what they come from."""
    for kind, source in _SOURCES:
        for row in rows:
            text = text_of(row, "data1") or (text_of(row, "data4") if kind == ORGANIZATION else "")
            if row["mimetype"] == kind and text:
                if kind != NAME:
                    return text, text, source
                given, family, prefix, middle, suffix = (text_of(row, f"data{number}") for number in range(2, 7))
                return text, StructuredName(prefix, given, middle, family, suffix).alternative or text, source
    return "", "", 0
