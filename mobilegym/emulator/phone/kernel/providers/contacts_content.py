"""`content://com.android.contacts`: contacts, raw contacts, data rows, labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from mobilegym.emulator.device import Row, Value
from mobilegym.emulator.phone.kernel.dbguard import phone_numbers_equal
from mobilegym.emulator.phone.kernel.providers import names
from mobilegym.emulator.phone.kernel.providers.base import ContentUri, Provider
from mobilegym.emulator.phone.kernel.providers.contacts import ContactsProvider
from mobilegym.emulator.phone.kernel.providers.contacts_rows import EMAIL, ITEM, PHONE, data_columns
from mobilegym.emulator.phone.kernel.providers.sql import (
    Query,
    checked_values,
    column_names,
    insert_row,
    json_rows,
    matching_ids,
    rows_source,
    select,
    update_row,
)

__all__ = ["ContactsContent"]

_OPTIONS: Final = ("starred", "pinned", "custom_ringtone", "send_to_voicemail")
_RAW_COLUMNS: Final = ("account_name", "account_type", "data_set", "sourceid", "aggregation_mode", "dirty",
                       "version", "sync1", "sync2", "sync3",
                       "sync4", *_OPTIONS)  # fmt: skip
_PHONE_SCOPE: Final = f"mimetype = '{PHONE}'"
_EMAIL_SCOPE: Final = f"mimetype = '{EMAIL}'"
_POSTAL_SCOPE: Final = f"mimetype = '{ITEM}postal-address_v2'"
_LEGACY_COLUMNS: Final = ("_id", "person", "name", "display_name", "number", "type", "label", "isprimary")


class _Target(NamedTuple):
    """What a path stands for."""

    kind: str
    """`contacts`, `raw_contacts`, `data`, `groups` or `deleted_contacts`; what writes act on."""
    view: str
    scope: str = ""
    args: tuple[Value, ...] = ()
    sort: str = "_id"


class ContactsContent(Provider):
    """The contacts provider's URIs."""

    authorities = ("com.android.contacts", "contacts")

    def __init__(self, contacts: ContactsProvider) -> None:
        self._contacts = contacts

    def query(self, uri: ContentUri, query: Query) -> list[Row]:
        db = self._contacts.db
        if uri.authority == "contacts" and uri.path[:1] == ("phones",):
            return self._legacy_phones(query)
        if uri.path[:1] == ("phone_lookup",) and len(uri.path) == 2:
            return self._phone_lookup(uri.path[1], query)
        target = self._target(uri)
        return select(db, target.view, column_names(db, target.view), query, scope=target.scope, scope_args=target.args, sort=target.sort)

    def insert(self, uri: ContentUri, values: Mapping[str, Value]) -> str:
        contacts = self._contacts
        match uri.path:
            case ("raw_contacts",):
                row = checked_values(values, _RAW_COLUMNS, "raw_contacts") if values else {}
                return f"content://com.android.contacts/raw_contacts/{contacts.insert_raw(self._with_account(row))}"
            case ("data",):
                row = checked_values(values, data_columns(contacts.db), "data")
                return f"content://com.android.contacts/data/{contacts.insert_data(row)}"
            case ("raw_contacts", _, "data"):
                row = checked_values(values, data_columns(contacts.db), "data")
                return f"content://com.android.contacts/data/{contacts.insert_data({**row, 'raw_contact_id': uri.id(1)})}"
            case ("groups",):
                row = checked_values(values, (*column_names(contacts.db, "groups"), "account_name", "account_type"), "groups")
                return f"content://com.android.contacts/groups/{insert_row(contacts.db, 'groups', self._with_account(row))}"
            case _:
                raise uri.unknown()

    def update(self, uri: ContentUri, values: Mapping[str, Value], query: Query) -> int:
        target, contacts = self._target(uri), self._contacts
        ids = matching_ids(contacts.db, target.view, query, scope=target.scope, scope_args=target.args)
        with contacts.db.transaction():
            match target.kind:
                case "contacts":
                    row = checked_values(values, _OPTIONS, "contacts")
                    for contact_id in ids:
                        contacts.set_options(contact_id, row)
                case "raw_contacts":
                    row = self._with_account(checked_values(values, _RAW_COLUMNS, "raw_contacts"))
                    for raw_id in ids:
                        update_row(contacts.db, "raw_contacts", raw_id, row)
                        options = {name: row[name] for name in _OPTIONS if name in row}
                        update_row(contacts.db, "contacts", contacts.contact_of(raw_id), options)
                case "data":
                    row = checked_values(values, data_columns(contacts.db)[1:], "data")
                    for data_id in ids:
                        contacts.update_data(data_id, row)
                case "groups":
                    row = checked_values(values, column_names(contacts.db, "groups"), "groups")
                    for group_id in ids:
                        update_row(contacts.db, "groups", group_id, row)
                case _:
                    raise uri.unknown()
        return len(ids)

    def delete(self, uri: ContentUri, query: Query) -> int:
        target, contacts = self._target(uri), self._contacts
        ids = matching_ids(contacts.db, target.view, query, scope=target.scope, scope_args=target.args)
        with contacts.db.transaction():
            for row_id in ids:
                match target.kind:
                    case "contacts":
                        contacts.delete(row_id)
                    case "raw_contacts":
                        contacts.delete(contacts.contact_of(row_id))
                    case "data":
                        contacts.delete_data(row_id)
                    case "groups":
                        contacts.delete_group(row_id)
                    case _:
                        raise uri.unknown()
        return len(ids)

    def _target(self, uri: ContentUri) -> _Target:
        match uri.path:
            case ("contacts", *rest):
                return self._contacts_target(uri, rest)
            case ("raw_contacts",):
                return _Target("raw_contacts", "view_raw_contacts")
            case ("raw_contacts", _):
                return _Target("raw_contacts", "view_raw_contacts", "_id = ?", (uri.id(1),))
            case ("raw_contacts", _, "data"):
                return _Target("data", "view_data", "raw_contact_id = ?", (uri.id(1),))
            case ("raw_contact_entities",):
                return _Target("entities", "view_raw_entities")
            case ("raw_contacts", _, "entity"):
                return _Target("entities", "view_raw_entities", "_id = ?", (uri.id(1),))
            case ("data", *rest):
                return self._data_target(uri, rest)
            case ("groups",):
                return _Target("groups", "view_groups")
            case ("groups", _):
                return _Target("groups", "view_groups", "_id = ?", (uri.id(1),))
            case ("deleted_contacts",):
                return _Target("deleted_contacts", "deleted_contacts", sort="contact_id")
            case _:
                raise uri.unknown()

    def _contacts_target(self, uri: ContentUri, rest: Sequence[str]) -> _Target:
        by_name = "phonebook_bucket, sort_key COLLATE PHONEBOOK, _id"
        match rest:
            case []:
                return _Target("contacts", "view_contacts")
            case ["filter"]:
                return _Target("contacts", "view_contacts", sort=by_name)
            case ["filter", text]:
                ids = [row.id for row in self._contacts.display_list(text)]
                return _Target("contacts", "view_contacts", _among("_id", ids), tuple(ids), by_name)
            case ["strequent" | "frequent"]:
                return _Target("contacts", "view_contacts", "starred = 1", sort=by_name)
            case ["lookup", key, *more] if len(more) <= 1 or more[1:] == ["data"]:
                if more[-1:] == ["data"]:
                    return _Target("data", "view_data", "lookup = ?", (key,))
                return _Target("contacts", "view_contacts", "lookup = ?", (key,))
            case [_]:
                return _Target("contacts", "view_contacts", "_id = ?", (uri.id(1),))
            case [_, "data" | "entities"]:
                return _Target("data", "view_data", "contact_id = ?", (uri.id(1),))
            case [_, "photo"]:
                return _Target("data", "view_data", f"contact_id = ? AND mimetype = '{ITEM}photo'", (uri.id(1),))
            case _:
                raise uri.unknown()

    def _data_target(self, uri: ContentUri, rest: Sequence[str]) -> _Target:
        scopes = {"phones": _PHONE_SCOPE, "emails": _EMAIL_SCOPE, "postals": _POSTAL_SCOPE}
        match rest:
            case []:
                return _Target("data", "view_data")
            case ["phones" | "emails" | "postals" as kind]:
                return _Target("data", "view_data", scopes[kind])
            case ["phones" | "emails" as kind, "filter", text]:
                ids = [row.id for row in self._contacts.display_list(text)]
                scope = f"{scopes[kind]} AND {_among('contact_id', ids)}"
                return _Target("data", "view_data", scope, tuple(ids), "phonebook_bucket, sort_key COLLATE PHONEBOOK, _id")
            case ["emails", "lookup", address]:
                return _Target("data", "view_data", f"{_EMAIL_SCOPE} AND data1 = ? COLLATE NOCASE", (address,))
            case ["phones" | "emails" | "postals" as kind, _]:
                return _Target("data", "view_data", f"{scopes[kind]} AND _id = ?", (uri.id(2),))
            case [_]:
                return _Target("data", "view_data", "_id = ?", (uri.id(1),))
            case _:
                raise uri.unknown()

    def _with_account(self, values: Mapping[str, Value]) -> dict[str, Value]:
        row = dict(values)
        if "account_name" in row or "account_type" in row:
            name, kind = row.pop("account_name", None), row.pop("account_type", None)
            row["account_id"] = self._contacts.account_id(None if name is None else str(name), None if kind is None else str(kind))
        row.pop("data_set", None)
        return row

    def _phone_lookup(self, number: str, query: Query) -> list[Row]:
        db = self._contacts.db
        found = db.query("SELECT data_id, normalized_number FROM phone_lookup WHERE min_match = ?", (names.min_match(number),))
        ids = [int(row[0]) for row in found if phone_numbers_equal(row[1], number)]
        columns = [name for name in column_names(db, "view_contacts") if name != "_id"]
        listed = ", ".join(f'"{name}"' for name in columns)
        source = (
            "(SELECT contact_id AS _id, contact_id, _id AS data_id, data1 AS number, data2 AS type, data3 AS label, "
            f"data4 AS normalized_number, {listed} FROM (SELECT *, 0 AS is_user_profile FROM view_data) WHERE {_among('_id', ids)})"
        )
        every = ["_id", "contact_id", "data_id", "number", "type", "label", "normalized_number", *columns]
        return select(db, source, every, query, source_args=tuple(ids), sort="_id")

    def _legacy_phones(self, query: Query) -> list[Row]:
        rows = self._contacts.db.query(
            "SELECT _id, contact_id, display_name, display_name, data1, data2, data3, is_primary FROM view_data "
            f"WHERE {_PHONE_SCOPE} ORDER BY display_name COLLATE LOCALIZED, _id"
        )
        found = json_rows([tuple(row) for row in rows])
        return select(self._contacts.db, rows_source(_LEGACY_COLUMNS), _LEGACY_COLUMNS, query, source_args=(found,))


def _among(column: str, ids: Sequence[int]) -> str:
    return f"{column} IN ({', '.join('?' * len(ids))})" if ids else "0"
