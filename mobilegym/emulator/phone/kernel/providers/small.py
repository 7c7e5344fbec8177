"""Small providers: settings, blocked numbers, the user dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mobilegym.emulator.device import Namespace, Row, Value
from mobilegym.emulator.phone.kernel.database import Database, Databases
from mobilegym.emulator.phone.kernel.dbguard import phone_numbers_equal
from mobilegym.emulator.phone.kernel.providers import names
from mobilegym.emulator.phone.kernel.providers.base import ContentUri, Provider
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
from mobilegym.emulator.phone.kernel.settings import SettingsStore
from mobilegym.errors import DeviceError

__all__ = ["BLOCKED_PACKAGE", "BlockedNumbers", "SettingsContent", "UserDictionary"]

BLOCKED_PACKAGE: Final = "com.android.providers.blockednumber"
_BLOCKED: Final = "blockednumbers.db"
_BLOCKED_SCHEMA: Final = """
CREATE TABLE blocked (_id INTEGER PRIMARY KEY AUTOINCREMENT, original_number TEXT NOT NULL UNIQUE, e164_number TEXT);
PRAGMA user_version = 1;
"""
_WORDS_PACKAGE: Final = "com.android.providers.userdictionary"
_WORDS: Final = "user_dict.db"
_WORDS_SCHEMA: Final = """
CREATE TABLE words (_id INTEGER PRIMARY KEY, word TEXT, frequency INTEGER, locale TEXT, appid INTEGER, shortcut TEXT);
PRAGMA user_version = 2;
"""
_SETTING_COLUMNS: Final = ("_id", "name", "value")


class _Table(Provider):
    """A provider with a single table under a single path."""

    def __init__(self, databases: Databases, package: str, name: str, schema: str, path: str, table: str) -> None:
        databases.register(package, name, schema)
        self._databases = databases
        self._key = (package, name)
        self._path = path
        self._table = table

    @property
    def db(self) -> Database:
        """The database."""
        return self._databases.open(*self._key)

    @property
    def token(self) -> int:
        return self.db.token

    def query(self, uri: ContentUri, query: Query) -> list[Row]:
        scope, args = self._scope(uri)
        return select(self.db, self._table, column_names(self.db, self._table), query, scope=scope, scope_args=args, sort="_id")

    def insert(self, uri: ContentUri, values: Mapping[str, Value]) -> str:
        if uri.path != (self._path,):
            raise uri.unknown()
        row = checked_values(values, column_names(self.db, self._table), self._table)
        return f"content://{uri.authority}/{self._path}/{self._insert(row)}"

    def update(self, uri: ContentUri, values: Mapping[str, Value], query: Query) -> int:
        scope, args = self._scope(uri)
        row = checked_values(values, column_names(self.db, self._table), self._table)
        ids = matching_ids(self.db, self._table, query, scope=scope, scope_args=args)
        with self.db.transaction():
            for row_id in ids:
                update_row(self.db, self._table, row_id, row)
        return len(ids)

    def delete(self, uri: ContentUri, query: Query) -> int:
        scope, args = self._scope(uri)
        ids = matching_ids(self.db, self._table, query, scope=scope, scope_args=args)
        with self.db.transaction():
            for row_id in ids:
                self.db.execute(f"DELETE FROM {self._table} WHERE _id = ?", (row_id,))
        return len(ids)

    def _insert(self, row: Mapping[str, Value]) -> int:
        return insert_row(self.db, self._table, row)

    def _scope(self, uri: ContentUri) -> tuple[str, tuple[Value, ...]]:
        if uri.path == (self._path,):
            return "", ()
        if len(uri.path) == 2 and uri.path[0] == self._path:
            return "_id = ?", (uri.id(1),)
        raise uri.unknown()


class BlockedNumbers(_Table):
    """Numbers the owner blocked, typed and as `content://com.android.blockednumber/blocked`."""

    authorities = ("com.android.blockednumber",)

    def __init__(self, databases: Databases) -> None:
        super().__init__(databases, BLOCKED_PACKAGE, _BLOCKED, _BLOCKED_SCHEMA, "blocked", "blocked")

    def numbers(self) -> list[str]:
        """Blocked numbers as written, oldest first."""
        return [row[0] for row in self.db.query("SELECT original_number FROM blocked ORDER BY _id")]

    def is_blocked(self, number: str) -> bool:
        """Whether a number is blocked; matched loosely."""
        return any(phone_numbers_equal(blocked, number) for blocked in self.numbers())

    def block(self, number: str) -> None:
        """Block a number; one that is blocked already stays so."""
        if not self.is_blocked(number):
            self._insert({"original_number": number})

    def unblock(self, number: str) -> bool:
        """Unblock a number; False where it was not blocked."""
        same = [blocked for blocked in self.numbers() if phone_numbers_equal(blocked, number)]
        for blocked in same:
            self.db.execute("DELETE FROM blocked WHERE original_number = ?", (blocked,))
        return bool(same)

    def _insert(self, row: Mapping[str, Value]) -> int:
        number = str(row.get("original_number") or "").strip()
        if not number:
            raise DeviceError("a blocked number needs `original_number`")
        return insert_row(self.db, "blocked", {"e164_number": names.e164(number), **row})


class UserDictionary(_Table):
    """Words the keyboard learnt: `content://user_dictionary/words`."""

    authorities = ("user_dictionary",)

    def __init__(self, databases: Databases) -> None:
        super().__init__(databases, _WORDS_PACKAGE, _WORDS, _WORDS_SCHEMA, "words", "words")


class SettingsContent(Provider):
    """Settings as `content://settings/{system,secure,global}[/<name>]`.

    Args:
        settings: The settings.
        scratch: Any database, to evaluate conditions in.
    """

    authorities = ("settings",)

    def __init__(self, settings: SettingsStore, scratch: BlockedNumbers) -> None:
        self._settings = settings
        self._scratch = scratch

    def query(self, uri: ContentUri, query: Query) -> list[Row]:
        namespace, name = self._target(uri)
        items = sorted(self._settings.items(namespace).items())
        rows = [(place, key, value) for place, (key, value) in enumerate(items, start=1)]
        scope, args = ("name = ?", (name,)) if name else ("", ())
        return select(self._scratch.db, rows_source(_SETTING_COLUMNS), _SETTING_COLUMNS, query, scope=scope, scope_args=args,
                      source_args=(json_rows(rows),), sort="name")  # fmt: skip

    def insert(self, uri: ContentUri, values: Mapping[str, Value]) -> str:
        namespace, name = self._target(uri)
        row = checked_values(values, ("name", "value"), f"settings/{namespace}")
        key = name or row.get("name")
        if not isinstance(key, str) or not key:
            raise DeviceError("a setting needs `name` and `value`")
        self._put(namespace, key, row.get("value"))
        return f"content://settings/{namespace}/{key}"

    def update(self, uri: ContentUri, values: Mapping[str, Value], query: Query) -> int:
        namespace, _ = self._target(uri)
        row = checked_values(values, ("name", "value"), f"settings/{namespace}")
        found = [str(setting["name"]) for setting in self.query(uri, query._replace(projection=None, sort=None))]
        for key in found:
            self._put(namespace, key, row.get("value"))
        return len(found)

    def delete(self, uri: ContentUri, query: Query) -> int:
        namespace, _ = self._target(uri)
        found = [str(setting["name"]) for setting in self.query(uri, query._replace(projection=None, sort=None))]
        for key in found:
            self._settings.delete(namespace, key)
        return len(found)

    def _put(self, namespace: Namespace, key: str, value: Value) -> None:
        if value is None:
            self._settings.delete(namespace, key)
        else:
            self._settings.put(namespace, key, str(value))

    def _target(self, uri: ContentUri) -> tuple[Namespace, str | None]:
        match uri.path:
            case ("system" | "secure" | "global" as namespace,):
                return namespace, None
            case ("system" | "secure" | "global" as namespace, name):
                return namespace, name
            case _:
                raise uri.unknown()
