"""The contacts provider: people, in the shape Android stores them. Every contact has one raw contact."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

from mobilegym.emulator.device import Value
from mobilegym.emulator.phone.kernel.dbguard import phone_numbers_equal
from mobilegym.emulator.phone.kernel.providers import names
from mobilegym.emulator.phone.kernel.providers.contacts_rows import (
    CONTACTS_PACKAGE,
    EMAIL,
    EVENT,
    GROUP,
    ITEM,
    NAME,
    NICKNAME,
    ORGANIZATION,
    PHONE,
    PHOTO,
    ContactRows,
    text_of,
)
from mobilegym.emulator.phone.kernel.providers.contacts_values import Contact, ContactRow, Email, EmailLike, Phone, PhoneLike
from mobilegym.emulator.phone.kernel.providers.names import StructuredName
from mobilegym.emulator.phone.kernel.providers.sql import insert_row, update_row
from mobilegym.errors import NotFound

__all__ = ["CONTACTS_PACKAGE", "Contact", "ContactRow", "ContactsProvider", "Email", "Phone"]

_BIRTHDAY: Final = 3

_SINGLE: Final = {"address": ITEM + "postal-address_v2", "note": ITEM + "note", "nickname": NICKNAME, "website": ITEM + "website"}
"""Fields that are one data row with the text in `data1`."""


class ContactsProvider(ContactRows):
    """Contacts, typed; what apps use.

    Args:
        databases: Where `contacts2.db` is registered and kept.
        clock: Time of changes.
    """

    # ------------------------------------------------------------------ reading

    def display_list(self, query: str = "") -> list[ContactRow]:
        """Contacts by name, `#` last.

        With a query, those with a word of the name, company or nickname, or an e-mail address that starts so, or a number that holds it.
        """
        rows = self.db.query("SELECT _id, display_name, phonebook_label, phonebook_bucket, starred, lookup, photo_id, has_phone_number "
                             "FROM view_contacts")  # fmt: skip
        if query.strip():
            wanted = self._search(query.strip())
            rows = [row for row in rows if row[0] in wanted]
        rows.sort(key=lambda row: (row[3] or 0, names.sort_key(row[1] or ""), row[0]))
        return [ContactRow(row[0], row[1] or "", row[2] or "#", bool(row[4]), row[5], row[6], bool(row[7])) for row in rows]

    def get(self, contact_id: int) -> Contact:
        """A contact.

        Raises:
            NotFound: If there is none of that id.
        """
        sql = "SELECT _id, name_raw_contact_id, lookup, display_name, starred, custom_ringtone FROM view_contacts WHERE _id = ?"
        head = self.db.one(sql, (contact_id,))
        if head is None:
            raise NotFound(f"no contact {contact_id}")
        rows = self.db.query("SELECT mimetype, data1, data2, data3, data4, data15 FROM view_data WHERE contact_id = ? ORDER BY _id",
                             (contact_id,))  # fmt: skip
        of: dict[str, list[sqlite3.Row]] = {}
        for row in rows:
            of.setdefault(row[0], []).append(row)
        name, organization, photo = (_first(of, kind) for kind in (NAME, ORGANIZATION, PHOTO))
        single = {field: text_of(_first(of, kind), "data1") for field, kind in _SINGLE.items()}
        birthdays = [row["data1"] for row in of.get(EVENT, ()) if str(row["data2"]) == str(_BIRTHDAY)]
        return Contact(
            head[0], head[1], head[2], head[3] or "", text_of(name, "data2"), text_of(name, "data3"),
            tuple(Phone(row["data1"] or "", _number(row["data2"]), row["data3"] or "") for row in of.get(PHONE, ())),
            tuple(Email(row["data1"] or "", _number(row["data2"]), row["data3"] or "") for row in of.get(EMAIL, ())),
            text_of(organization, "data1"), text_of(organization, "data4"), single["address"], single["note"],
            birthdays[0] if birthdays else "", single["nickname"], single["website"], bool(head[4]),
            None if photo is None else photo["data15"], self._group_titles(of.get(GROUP, ())), head[5],
        )  # fmt: skip

    def lookup_id(self, number: str) -> int | None:
        """The contact of a number, the longest known; matched by its last seven digits or more."""
        wanted = names.min_match(number)
        rows = self.db.query("SELECT r.contact_id, p.normalized_number FROM phone_lookup p JOIN raw_contacts r ON r._id = p.raw_contact_id "
                             "WHERE p.min_match = ? ORDER BY r.contact_id", (wanted,))  # fmt: skip
        for row in rows:
            if phone_numbers_equal(row[1], number):
                return int(row[0])
        return None

    def lookup(self, number: str) -> str | None:
        """The name of whom a number belongs to, or None."""
        contact_id = self.lookup_id(number)
        if contact_id is None:
            return None
        return self.db.scalar("SELECT display_name FROM view_contacts WHERE _id = ?", (contact_id,))

    def find(self, name: str) -> list[int]:
        """Contacts of exactly that display name, oldest first."""
        return [row[0] for row in self.db.query("SELECT _id FROM view_contacts WHERE display_name = ? ORDER BY _id", (name,))]

    def photo(self, contact_id: int) -> bytes | None:
        """The photo, encoded, or None."""
        return self.db.scalar("SELECT d.data15 FROM contacts c JOIN data d ON d._id = c.photo_id WHERE c._id = ?", (contact_id,))

    def groups(self) -> list[tuple[int, str, int]]:
        """`(id, title, number of members)` of the labels, by title."""
        rows = self.db.query(
            "SELECT g._id, g.title, (SELECT count(*) FROM view_data d WHERE d.mimetype = ? AND d.data1 = CAST(g._id AS TEXT)) "
            "FROM groups g WHERE g.deleted = 0 ORDER BY g.title COLLATE LOCALIZED", (GROUP,),
        )  # fmt: skip
        return [(row[0], row[1] or "", row[2]) for row in rows]

    # ------------------------------------------------------------------ writing

    def add(
        self,
        name: str,
        phones: Sequence[PhoneLike] = (),
        emails: Sequence[EmailLike] = (),
        *,
        given: str = "",
        family: str = "",
        company: str = "",
        job_title: str = "",
        address: str = "",
        note: str = "",
        birthday: str = "",
        nickname: str = "",
        website: str = "",
        starred: bool = False,
        photo: bytes | None = None,
    ) -> int:
        """Add a contact; returns its id. `name` is split into its parts unless `given` or `family` are given."""
        with self.db.transaction():
            raw_id = self.insert_raw({})
            contact_id = self.contact_of(raw_id)
            self.update(
                contact_id, name=name, given=given, family=family, phones=phones, emails=emails, company=company, job_title=job_title,
                address=address, note=note, birthday=birthday, nickname=nickname, website=website, photo=photo,
            )  # fmt: skip
            if starred:
                self.set_starred(contact_id, True)
        return contact_id

    def update(
        self,
        contact_id: int,
        *,
        name: str | None = None,
        given: str | None = None,
        family: str | None = None,
        phones: Sequence[PhoneLike] | None = None,
        emails: Sequence[EmailLike] | None = None,
        company: str | None = None,
        job_title: str | None = None,
        address: str | None = None,
        note: str | None = None,
        birthday: str | None = None,
        nickname: str | None = None,
        website: str | None = None,
        photo: bytes | None = None,
    ) -> None:
        """Replace the fields that are given; an empty value removes the field.

        Raises:
            NotFound: If there is no such contact.
        """
        raw_id = self._raw_of(contact_id)
        with self.db.transaction():
            if name is not None or given is not None or family is not None:
                self._set_name(raw_id, name, given, family)
            if phones is not None:
                self._set_rows(raw_id, PHONE, [_phone_values(phone) for phone in phones])
            if emails is not None:
                self._set_rows(raw_id, EMAIL, [_email_values(email) for email in emails])
            if company is not None or job_title is not None:
                self._set_organization(raw_id, company, job_title)
            texts = {"address": address, "note": note, "nickname": nickname, "website": website}
            for field, text in texts.items():
                if text is not None:
                    self._set_rows(raw_id, _SINGLE[field], [{"data1": text}] if text else [])
            if birthday is not None:
                self._set_birthday(raw_id, birthday)
            if photo is not None:
                self._set_rows(raw_id, PHOTO, [{"data15": photo}] if photo else [])
            self.refresh(raw_id)

    def delete(self, contact_id: int) -> None:
        """Delete a contact.

        Raises:
            NotFound: If there is none of that id.
        """
        raw_ids = [row[0] for row in self.db.query("SELECT _id FROM raw_contacts WHERE contact_id = ?", (contact_id,))]
        if not raw_ids:
            raise NotFound(f"no contact {contact_id}")
        with self.db.transaction():
            for raw_id in raw_ids:
                for table in ("data", "phone_lookup", "name_lookup"):
                    self.db.execute(f"DELETE FROM {table} WHERE raw_contact_id = ?", (raw_id,))
                self.db.execute("DELETE FROM raw_contacts WHERE _id = ?", (raw_id,))
            for table in ("contacts", "visible_contacts", "default_directory"):
                self.db.execute(f"DELETE FROM {table} WHERE _id = ?", (contact_id,))
            self.db.execute("INSERT OR REPLACE INTO deleted_contacts VALUES (?, ?)", (contact_id, self._clock.now_ms))

    def set_starred(self, contact_id: int, starred: bool) -> None:
        """Make a contact a favourite, or not.

        Raises:
            NotFound: If there is none of that id.
        """
        self.set_options(contact_id, {"starred": int(starred)})

    def set_options(self, contact_id: int, values: Mapping[str, Value]) -> None:
        """Write columns that contact and raw contact share: `starred`, `pinned`, `custom_ringtone`, `send_to_voicemail`."""
        raw_id = self._raw_of(contact_id)
        with self.db.transaction():
            update_row(self.db, "contacts", contact_id, values)
            update_row(self.db, "raw_contacts", raw_id, values)

    def add_group(self, title: str) -> int:
        """Add a label; returns its id."""
        return self.db.execute("INSERT INTO groups (account_id, title, group_visible) VALUES (1, ?, 1)", (title,))

    def delete_group(self, group_id: int) -> None:
        """Delete a label and its memberships."""
        with self.db.transaction():
            self.db.execute("DELETE FROM data WHERE mimetype_id = ? AND data1 = ?", (self.mimetype_id(GROUP), str(group_id)))
            self.db.execute("DELETE FROM groups WHERE _id = ?", (group_id,))

    def set_member(self, contact_id: int, group_id: int, member: bool) -> None:
        """Put a contact under a label, or take it out.

        Raises:
            NotFound: If there is no such contact.
        """
        raw_id, kind = self._raw_of(contact_id), self.mimetype_id(GROUP)
        with self.db.transaction():
            self.db.execute("DELETE FROM data WHERE raw_contact_id = ? AND mimetype_id = ? AND data1 = ?", (raw_id, kind, str(group_id)))
            if member:
                insert_row(self.db, "data", {"raw_contact_id": raw_id, "mimetype_id": kind, "data1": str(group_id)})

    # ------------------------------------------------------------------ inside

    def _search(self, query: str) -> set[int]:
        key = names.sort_key(query)
        found: set[int] = set()
        for row in self.db.query("SELECT _id, display_name FROM view_contacts"):
            text = names.sort_key(row[1] or "")
            if text.startswith(key) or f" {key}" in text:
                found.add(row[0])
        digits = names.normalized_number(query).lstrip("+")
        by_number = digits and not any(char.isalpha() for char in query)
        sql = "SELECT contact_id, mimetype, data1 FROM view_data WHERE mimetype IN (?, ?, ?, ?)"
        for row in self.db.query(sql, (PHONE, EMAIL, ORGANIZATION, NICKNAME)):
            text = str(row[2] or "")
            if row[1] == EMAIL:
                hit = text.casefold().startswith(key)
            elif row[1] == PHONE:
                hit = bool(by_number) and digits in names.normalized_number(text)
            else:
                hit = f" {key}" in f" {names.sort_key(text)}"
            if hit:
                found.add(row[0])
        return found

    def _group_titles(self, rows: Sequence[sqlite3.Row]) -> tuple[str, ...]:
        ids = {str(row["data1"]) for row in rows}
        return tuple(title for group_id, title, _ in self.groups() if str(group_id) in ids) if ids else ()

    def _raw_of(self, contact_id: int) -> int:
        raw_id = self.db.scalar("SELECT name_raw_contact_id FROM contacts WHERE _id = ?", (contact_id,))
        if raw_id is None:
            raise NotFound(f"no contact {contact_id}")
        return raw_id

    def _rows(self, raw_id: int, kind: str) -> list[sqlite3.Row]:
        sql = "SELECT * FROM data WHERE raw_contact_id = ? AND mimetype_id = ? ORDER BY _id"
        return self.db.query(sql, (raw_id, self.mimetype_id(kind)))

    def _set_rows(self, raw_id: int, kind: str, wanted: list[dict[str, Value]]) -> None:
        present = self._rows(raw_id, kind)
        for row, values in zip(present, wanted, strict=False):
            update_row(self.db, "data", row["_id"], values)
        for row in present[len(wanted) :]:
            self.db.execute("DELETE FROM data WHERE _id = ?", (row["_id"],))
        for values in wanted[len(present) :]:
            insert_row(self.db, "data", {"raw_contact_id": raw_id, "mimetype_id": self.mimetype_id(kind), **values})

    def _set_name(self, raw_id: int, name: str | None, given: str | None, family: str | None) -> None:
        if given or family:
            parts = StructuredName(given=given or "", family=family or "")
        elif name is not None:
            parts = names.split_name(name)
        else:
            parts = StructuredName()
        display = (name or parts.display) if not (given or family) else parts.display
        columns = ("data1", "data2", "data3", "data4", "data5", "data6")
        texts = (display, parts.given, parts.family, parts.prefix, parts.middle, parts.suffix)
        values: dict[str, Value] = {column: text or None for column, text in zip(columns, texts, strict=True)}
        self._set_rows(raw_id, NAME, [values] if display else [])

    def _set_organization(self, raw_id: int, company: str | None, job_title: str | None) -> None:
        rows = self._rows(raw_id, ORGANIZATION)
        old = rows[0] if rows else None
        work = text_of(old, "data1") if company is None else company
        title = text_of(old, "data4") if job_title is None else job_title
        self._set_rows(raw_id, ORGANIZATION, [{"data1": work or None, "data2": "1", "data4": title or None}] if work or title else [])

    def _set_birthday(self, raw_id: int, birthday: str) -> None:
        wanted: list[dict[str, Value]] = [
            {"data1": row["data1"], "data2": row["data2"]} for row in self._rows(raw_id, EVENT) if str(row["data2"]) != str(_BIRTHDAY)
        ]
        if birthday:
            wanted.append({"data1": birthday, "data2": str(_BIRTHDAY)})
        self._set_rows(raw_id, EVENT, wanted)


def _first(rows: Mapping[str, Sequence[sqlite3.Row]], kind: str) -> sqlite3.Row | None:
    found = rows.get(kind)
    return found[0] if found else None


def _number(value: Value) -> int:
    text = str(value)
    return int(text) if text.isdigit() else 0


def _phone_values(phone: PhoneLike) -> dict[str, Value]:
    number, kind, label = Phone(phone) if isinstance(phone, str) else phone
    return {"data1": number, "data2": str(kind), "data3": label or None, "data4": names.e164(number)}


def _email_values(email: EmailLike) -> dict[str, Value]:
    address, kind, label = Email(email) if isinstance(email, str) else email
    return {"data1": address, "data2": str(kind), "data3": label or None}
