"""SQLite databases: one per app and name, opened lazily, shared between phones until written to.

A database that nobody opened is a shared byte string, one that was written to is serialised when the phone is frozen.
Schemas and seeds must be deterministic: no `random()`, no `CURRENT_TIMESTAMP`, no `'now'`; time comes from the clock.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

from mobilegym.emulator import device
from mobilegym.emulator.device import Row, Value
from mobilegym.emulator.phone.kernel import dbguard, dbrows
from mobilegym.emulator.phone.kernel.cow import TOKENS, CowDict, FrozenMap
from mobilegym.errors import DeviceError, NotFound

__all__ = ["Database", "Databases", "FrozenDatabases", "Seed"]

Seed: TypeAlias = Callable[["Database"], None]
"""Fills a fresh database; deterministic, and a module-level function so that its result is shared."""

_Key: TypeAlias = tuple[str, str]
_MAX_OPEN: Final = 6
_MAX_TEMPLATES: Final = 512


class _Image(NamedTuple):
    """A database at rest."""

    data: bytes
    token: int


@dataclass(frozen=True, slots=True)
class _Schema:
    sql: str
    seed: Seed | None
    foreign_keys: bool


_schema: Final = lru_cache(maxsize=1024)(_Schema)
"""Interned schemas, so that a fork does not compare what every phone shares."""


class FrozenDatabases(NamedTuple):
    """State of a `Databases`; opaque."""

    schemas: FrozenMap[_Key, _Schema]
    images: FrozenMap[_Key, _Image]
    token: int


class Database:
    """A handle on one database; it stays valid over snapshots, restores and closing of the connection below it."""

    __slots__ = ("_connection", "_depth", "_dirty", "_image", "_owner", "key", "token")

    def __init__(self, owner: Databases, key: _Key, image: _Image) -> None:
        self._owner = owner
        self._image = image
        self._connection: sqlite3.Connection | None = None
        self._dirty = False
        self._depth = 0
        self.key = key
        """`(package, name)`"""
        self.token = image.token

    def query(self, sql: str, args: Sequence[Value] = ()) -> list[sqlite3.Row]:
        """All rows; columns by name or position."""
        connection = self._connection or self._open()
        before = connection.total_changes
        try:
            rows: list[sqlite3.Row] = connection.execute(sql, args).fetchall()
        except _ERRORS as error:
            raise self._failed(sql, error) from error
        if connection.total_changes != before:
            self._written()
        return rows

    def rows_as_dicts(self, sql: str, args: Sequence[Value] = ()) -> list[Row]:
        """All rows as dictionaries, columns in order."""
        return [dict(zip(row.keys(), row, strict=True)) for row in self.query(sql, args)]

    def one(self, sql: str, args: Sequence[Value] = ()) -> sqlite3.Row | None:
        """The first row, or None."""
        rows = self.query(sql, args)
        return rows[0] if rows else None

    def scalar(self, sql: str, args: Sequence[Value] = ()) -> Any:
        """First column of the first row, or None."""
        rows = self.query(sql, args)
        return rows[0][0] if rows else None

    def execute(self, sql: str, args: Sequence[Value] = ()) -> int:
        """Write; returns the row id of the last insert on this database, 0 before any."""
        return self._run(sql, args).lastrowid or 0

    def change(self, sql: str, args: Sequence[Value] = ()) -> int:
        """Write; returns how many rows an `UPDATE`, `INSERT` or `DELETE` changed."""
        return max(self._run(sql, args).rowcount, 0)

    def executemany(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Write once per element of `rows`, in one transaction."""
        with self.transaction():
            connection = self._connection or self._open()
            try:
                connection.executemany(sql, rows)
            except _ERRORS as error:
                raise self._failed(sql, error) from error
            finally:
                self._written()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All or nothing: an exception in the block undoes its writes. May be nested."""
        connection = self._connection or self._open()
        name = f"level{self._depth}"
        connection.execute(f"SAVEPOINT {name}")
        self._depth += 1
        try:
            yield
        except BaseException:
            connection.execute(f"ROLLBACK TO {name}")
            self._written()
            raise
        finally:
            self._depth -= 1
            connection.execute(f"RELEASE {name}")

    @contextmanager
    def guarded(self, *, write: bool) -> Generator[Database]:
        """Statements in the block come from outside: refuse what leaves the database, and writes unless `write`."""
        with dbguard.guarded(self._connection or self._open(), write=write):
            yield self

    def _run(self, sql: str, args: Sequence[Value]) -> sqlite3.Cursor:
        connection = self._connection or self._open()
        before = connection.total_changes
        try:
            cursor = connection.execute(sql, args)
            if cursor.description is not None:
                cursor.fetchall()
        except _ERRORS as error:
            if connection.total_changes != before:
                self._written()
            raise self._failed(sql, error) from error
        if connection.total_changes != before or (cursor.rowcount < 0 and cursor.description is None):
            self._written()
        return cursor

    def _failed(self, sql: str, error: Exception) -> DeviceError:
        shown = sql if len(sql) <= 200 else sql[:200] + "…"
        return DeviceError(f"database `{self.key[0]}/{self.key[1]}`: {error}, while running `{shown}`")

    def _written(self) -> None:
        self._dirty = True
        self.token = next(TOKENS)
        self._owner._changed(self)  # pyright: ignore[reportPrivateUsage] handle and owner are one unit

    def _open(self) -> sqlite3.Connection:
        foreign_keys = self._owner._opening(self)  # pyright: ignore[reportPrivateUsage] handle and owner are one unit
        self._connection = dbguard.connect(self._image.data, foreign_keys=foreign_keys)
        return self._connection

    def image(self) -> _Image:
        """The content at rest, serialised now where it was written to."""
        if self._dirty and self._connection is not None:
            self._image = _Image(self._connection.serialize(), self.token)
            self._dirty = False
        return self._image

    def load(self, image: _Image) -> None:
        """Take another content."""
        if image.token != self.token:
            self.close(keep=False)
            self._image = image
            self.token = image.token

    def close(self, *, keep: bool = True) -> None:
        """Close the connection, serialising what was written if `keep`; the next use opens it again."""
        if keep:
            self.image()
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._dirty = False
        self._depth = 0

    @property
    def is_open(self) -> bool:
        """Whether there is a connection at present."""
        return self._connection is not None

    @property
    def in_transaction(self) -> bool:
        return self._depth > 0


_ERRORS: Final = (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeEncodeError, ValueError)

_TEMPLATES: Final[OrderedDict[tuple[_Key, _Schema], _Image]] = OrderedDict()


class Databases(device.Databases):
    """All databases of a phone.

    At most six connections are open at a time; the least recently opened is serialised and closed. `names`, `query` and
    `execute` are the device's interface and refuse what apps may do; apps use `open`.
    """

    def __init__(self) -> None:
        self._schemas: CowDict[_Key, _Schema] = CowDict()
        self._images: CowDict[_Key, _Image] = CowDict()
        self._handles: dict[_Key, Database] = {}
        self._open: dict[_Key, Database] = {}
        self._unsaved: dict[_Key, Database] = {}
        self._frozen: FrozenDatabases | None = None
        self.token = next(TOKENS)

    def register(self, package: str, name: str, schema_sql: str, seed: Seed | None = None, *, foreign_keys: bool = False) -> None:
        """Declare a database of `package`; schema and seed run once per process, at the first use by any phone.

        Args:
            package: Owner.
            name: File name in the app's `databases` folder.
            schema_sql: Script that creates it, `PRAGMA user_version` included.
            seed: Fills it; see `Seed`.
            foreign_keys: Whether connections enforce them.
        """
        key = (package, name)
        schema = _schema(schema_sql, seed, foreign_keys)
        if self._schemas.get(key) is not schema:
            self._schemas[key] = schema
            self._touch()

    def names(self, package: str) -> list[str]:
        """Names of the databases of `package`, sorted."""
        return sorted(name for owner, name in self._schemas if owner == package)

    def all(self) -> list[_Key]:
        """`(package, name)` of every database, sorted."""
        return sorted(self._schemas)

    def open(self, package: str, name: str) -> Database:
        """The handle on a database; the connection behind it opens at the first use.

        Raises:
            NotFound: If it was never registered.
        """
        handle = self._handles.get((package, name))
        return handle if handle is not None else self._make_handle((package, name))

    def query(self, package: str, database: str, sql: str, args: Sequence[Value] = ()) -> list[Row]:
        """Read with SQL from outside; see `device.Databases`."""
        with self.open(package, database).guarded(write=False) as handle:
            dbguard.check(sql)
            return handle.rows_as_dicts(sql, args)

    def execute(self, package: str, database: str, sql: str, args: Sequence[Value] = ()) -> int:
        """Write with SQL from outside; see `device.Databases`."""
        with self.open(package, database).guarded(write=True) as handle:
            dbguard.check(sql)
            return handle.execute(sql, args)

    def reset(self, package: str, only: str | None = None) -> None:
        """Give every database of `package`, or one of them, the content it had after installation."""
        for name in self.names(package) if only is None else [only]:
            handle = self.open(package, name)
            handle.close(keep=False)
            self._unsaved.pop(handle.key, None)
            self._open.pop(handle.key, None)
            handle.load(self._template(handle.key))
            if self._images.pop(handle.key) is not None:
                self._touch()
        self._touch()

    def read_file(self, package: str, name: str) -> bytes:
        """The database as an SQLite file."""
        return self.open(package, name).image().data

    def write_file(self, package: str, name: str, data: bytes) -> None:
        """Replace the whole database by an SQLite file.

        Raises:
            NotFound: If it was never registered.
            DeviceError: If `data` is no SQLite database.
        """
        handle = self.open(package, name)
        dbguard.check_file(data, f"{package}/{name}")
        self._unsaved.pop(handle.key, None)
        self._open.pop(handle.key, None)
        image = _Image(data, next(TOKENS))
        handle.load(image)
        self._images[handle.key] = image
        self._touch()

    def rows(self, package: str, name: str) -> tuple[tuple[str, str, str], ...]:
        """Logical content as `(table, primary key, row as JSON)`, ordered; see `dbrows`."""
        return dbrows.logical_rows(self.open(package, name))

    def freeze(self) -> FrozenDatabases:
        """The present state; serialises what was written since the last freeze."""
        if self._frozen is None:
            for key, handle in self._unsaved.items():
                self._images[key] = handle.image()
            self._unsaved.clear()
            self._frozen = FrozenDatabases(self._schemas.freeze(), self._images.freeze(), self.token)
        return self._frozen

    def thaw(self, frozen: FrozenDatabases) -> None:
        """Go back to a state; connections whose content is the same stay open."""
        if frozen is self._frozen:
            return
        self._schemas.thaw(frozen.schemas)
        self._images.thaw(frozen.images)
        self._unsaved.clear()
        for key, handle in list(self._handles.items()):
            schema = self._schemas.get(key)
            if schema is None:
                handle.close(keep=False)
                del self._handles[key]
            else:
                handle.load(self._images.get(key) or self._template(key))
        self._open = {key: handle for key, handle in self._open.items() if handle.is_open}
        self._frozen = frozen
        self.token = frozen.token

    def close(self) -> None:
        """Close all connections; the content stays, and the next use opens them again."""
        for handle in self._open.values():
            handle.close()
        self._open.clear()

    def _make_handle(self, key: _Key) -> Database:
        if key not in self._schemas:
            known = ", ".join(self.names(key[0])) or "none"
            raise NotFound(f"no database {key[1]!r} of `{key[0]}`; it has: {known}")
        handle = Database(self, key, self._images.get(key) or self._template(key))
        self._handles[key] = handle
        return handle

    def _template(self, key: _Key) -> _Image:
        schema = self._schemas[key]
        cache_key = (key, schema)
        image = _TEMPLATES.get(cache_key)
        if image is None:
            image = _TEMPLATES[cache_key] = _build(key, schema)
            if len(_TEMPLATES) > _MAX_TEMPLATES:
                _TEMPLATES.popitem(last=False)
        return image

    def _opening(self, handle: Database) -> bool:
        if len(self._open) >= _MAX_OPEN:
            for key, other in list(self._open.items()):
                if not other.in_transaction:
                    other.close()
                    del self._open[key]
                    break
        self._open[handle.key] = handle
        return self._schemas[handle.key].foreign_keys

    def _changed(self, handle: Database) -> None:
        self._unsaved[handle.key] = handle
        self._touch()

    def _touch(self) -> None:
        self._frozen = None
        self.token = next(TOKENS)


def _build(key: _Key, schema: _Schema) -> _Image:
    connection = dbguard.connect(b"", foreign_keys=schema.foreign_keys)
    try:
        connection.executescript(schema.sql)
        empty = _Image(connection.serialize(), next(TOKENS))
    except sqlite3.Error as error:
        raise DeviceError(f"schema of database `{key[0]}/{key[1]}`: {error}") from error
    finally:
        connection.close()
    if schema.seed is None:
        return empty
    scratch = Databases()
    scratch.register(key[0], key[1], schema.sql, foreign_keys=schema.foreign_keys)
    handle = Database(scratch, key, empty)
    with handle.transaction():
        schema.seed(handle)
    handle.close()
    return handle.image()
