"""Connections to in-memory SQLite, and what statements from outside may do on them."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final

from mobilegym.errors import DeviceError

__all__ = ["check", "check_file", "connect", "guarded", "phone_numbers_equal"]

_PAGE_BYTES: Final = 1024
"""Small pages: a provider has dozens of nearly empty tables, and each takes a page."""

_MAX_INSTRUCTIONS: Final = 20_000_000
"""SQLite virtual machine instructions a statement from outside may take; counted, so the same on every machine."""

_MAGIC: Final = b"SQLite format 3\0"
_HEADER_BYTES: Final = 512
_MAX_VALUE_BYTES: Final = 64 * 1024 * 1024

_READ: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})
_NEVER: Final = frozenset({sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_SAVEPOINT})
_BANNED_FUNCTIONS: Final = frozenset(
    {"random", "randomblob", "load_extension", "current_time", "current_date", "current_timestamp", "fts3_tokenizer"}
)
_PRAGMAS: Final = frozenset(
    {"table_info", "table_xinfo", "index_list", "index_info", "index_xinfo", "foreign_key_list", "database_list", "table_list"}
)
_WALL_CLOCK: Final = re.compile(r"'now'|\b(?:date|time|datetime|julianday|unixepoch)\s*\(\s*\)", re.IGNORECASE)


def connect(data: bytes, *, foreign_keys: bool = False) -> sqlite3.Connection:
    """An in-memory connection holding `data`, an SQLite file, or nothing where it is empty.

    Android's collations (`LOCALIZED`, `UNICODE`, `PHONEBOOK`) and `PHONE_NUMBERS_EQUAL` are defined.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=64, check_same_thread=False)
    if data:
        connection.deserialize(data)
    else:
        connection.execute(f"PRAGMA page_size={_PAGE_BYTES}")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_VALUE_BYTES)
    # A cache would hold every page a second time: the database is in memory already.
    connection.execute("PRAGMA cache_size=0")
    if foreign_keys:
        connection.execute("PRAGMA foreign_keys=1")
    for name in ("LOCALIZED", "UNICODE", "PHONEBOOK"):
        connection.create_collation(name, _collate)
    connection.create_function("PHONE_NUMBERS_EQUAL", -1, _numbers_equal, deterministic=True)
    connection.row_factory = sqlite3.Row
    return connection


def _sort_key(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))


def _collate(left: str, right: str) -> int:
    if left == right:
        return 0
    a, b = (left.casefold(), right.casefold()) if left.isascii() and right.isascii() else (_sort_key(left), _sort_key(right))
    if a == b:
        a, b = left, right
    return -1 if a < b else 1


def phone_numbers_equal(left: str | None, right: str | None) -> bool:
    """Whether two numbers are one, loosely, as Android's `PHONE_NUMBERS_EQUAL`: the last seven digits or more agree.

    Numbers of fewer than seven digits, and addresses that are no numbers, must be the same.
    """
    a, b = _digits(left or ""), _digits(right or "")
    if len(a) < 7 or len(b) < 7:
        return a == b if a and b else bool(left) and left == right
    shared = min(len(a), len(b), 10)
    return a[-shared:] == b[-shared:]


def _digits(number: str) -> str:
    return "".join(char for char in number if char in "0123456789*#") if not any(char.isalpha() for char in number) else ""


def _numbers_equal(left: object, right: object, *_: object) -> bool:
    return phone_numbers_equal(None if left is None else str(left), None if right is None else str(right))


def _authorizer(write: bool) -> Callable[..., int]:
    def decide(action: int, first: str | None, second: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_FUNCTION:
            return sqlite3.SQLITE_DENY if (second or "").lower() in _BANNED_FUNCTIONS else sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_PRAGMA:
            name = (first or "").lower()
            readable = name in _PRAGMAS or (name in {"user_version", "schema_version", "page_size"} and second is None)
            return sqlite3.SQLITE_OK if readable else sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
            # Connecting a virtual table asks for this; a statement that does it fails anyway, the schema is not writable.
            return sqlite3.SQLITE_OK
        if action in _NEVER:
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK if write or action in _READ else sqlite3.SQLITE_DENY

    return decide


_AUTHORIZERS: Final = {write: _authorizer(write) for write in (False, True)}


def _stop() -> int:
    return 1


@contextmanager
def guarded(connection: sqlite3.Connection, *, write: bool) -> Generator[None]:
    """Refuse, inside the block, what leaves the database, what is not deterministic, what takes for ever, and writes unless `write`."""
    connection.set_authorizer(_AUTHORIZERS[write])
    connection.set_progress_handler(_stop, _MAX_INSTRUCTIONS)
    try:
        yield
    finally:
        connection.set_authorizer(None)
        connection.set_progress_handler(None, 0)


def check(sql: str) -> None:
    """Refuse a statement that reads the machine's clock.

    Raises:
        DeviceError: If it does.
    """
    if _WALL_CLOCK.search(sql):
        raise DeviceError(f"`{sql}` asks SQLite for the present time, which is not the phone's: pass the phone's time as an argument")


def check_file(data: bytes, what: str) -> None:
    """Refuse what is no SQLite database.

    Raises:
        DeviceError: If it is none, or a damaged one.
    """
    if len(data) < _HEADER_BYTES or not data.startswith(_MAGIC):
        raise DeviceError(f"`{what}` cannot take {len(data)} bytes that are no SQLite database")
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(data)
        verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
    except (sqlite3.Error, OverflowError) as error:
        raise DeviceError(f"`{what}` cannot take {len(data)} bytes that are no SQLite database: {error}") from error
    finally:
        connection.close()
    if verdict != "ok":
        raise DeviceError(f"`{what}` cannot take a damaged SQLite database: {verdict}")
