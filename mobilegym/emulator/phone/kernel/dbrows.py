"""The logical content of a database: equal for equal content, whatever its history."""

from __future__ import annotations

import json
from collections import OrderedDict
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from mobilegym.emulator.device import Value

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.database import Database

__all__ = ["logical_rows", "row_json"]

_MAX_CACHED: Final = 256
_CACHE: Final[OrderedDict[int, tuple[tuple[str, str, str], ...]]] = OrderedDict()

_SHADOWS: Final = ("content", "segments", "segdir", "docsize", "stat", "data", "idx", "config", "node", "parent", "rowid")
"""Suffixes of the tables behind a virtual table."""

_SAFE: Final = " ,:;+@!$&'()*=~[]?#%"
"""Left as they are in a primary key; `/` separates path parts and is quoted."""


def logical_rows(database: Database) -> tuple[tuple[str, str, str], ...]:
    """`(table, primary key, row as JSON)` of every row, ordered; cached by the database's token."""
    token = database.token
    rows = _CACHE.get(token)
    if rows is None:
        rows = tuple(row for table, without_rowid in _tables(database) for row in _table_rows(database, table, without_rowid))
        _CACHE[token] = rows
        if len(_CACHE) > _MAX_CACHED:
            _CACHE.popitem(last=False)
    return rows


def row_json(columns: list[str], values: tuple[Value, ...]) -> str:
    """A row as canonical JSON: keys sorted, blobs as `sha256:…`."""
    record = {name: f"sha256:{sha256(value).hexdigest()}" if isinstance(value, bytes) else value
              for name, value in zip(columns, values, strict=True)}  # fmt: skip
    return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _tables(database: Database) -> list[tuple[str, bool]]:
    entries = database.query("SELECT name, coalesce(sql, '') FROM sqlite_master WHERE type = 'table' ORDER BY name")
    virtual = [str(name) for name, sql in entries if str(sql).upper().startswith("CREATE VIRTUAL")]
    shadows = {f"{name}_{suffix}" for name in virtual for suffix in _SHADOWS}
    hidden = shadows | set(virtual) | {"android_metadata"}
    return [(str(name), "WITHOUT ROWID" in str(sql).upper()) for name, sql in entries
            if name not in hidden and not str(name).startswith("sqlite_")]  # fmt: skip


def _table_rows(database: Database, table: str, without_rowid: bool) -> list[tuple[str, str, str]]:
    name = table.replace('"', '""')
    info = database.query(f'PRAGMA table_info("{name}")')
    columns = [str(column["name"]) for column in info]
    keys = [str(column["name"]) for column in sorted(info, key=_key_position) if column["pk"]]
    if keys or without_rowid:
        places = [columns.index(key) for key in keys]
        order = ", ".join('"' + key.replace('"', '""') + '"' for key in keys)
        found = [tuple(row) for row in database.query(f'SELECT * FROM "{name}" ORDER BY {order}')]
        return [(table, ",".join(_key_text(row[place]) for place in places), row_json(columns, row)) for row in found]
    found = [tuple(row) for row in database.query(f'SELECT rowid, * FROM "{name}" ORDER BY rowid')]
    return [(table, str(row[0]), row_json(columns, row[1:])) for row in found]


def _key_position(column: object) -> int:
    return column["pk"]  # pyright: ignore[reportIndexIssue, reportUnknownVariableType] a row of `PRAGMA table_info`


def _key_text(value: Value) -> str:
    if isinstance(value, bytes):
        return sha256(value).hexdigest()
    return quote(value, safe=_SAFE) if isinstance(value, str) else str(value)
