"""App databases of a real phone, with root: read from a copy, written with the phone's own `sqlite3`."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from mobilegym.emulator import device
from mobilegym.emulator.android.shell import AndroidShell, Output, quote, said
from mobilegym.emulator.android.sql import inlined
from mobilegym.emulator.device import Row, Value
from mobilegym.errors import DeviceError, NotFound, NotSupported

__all__ = ["Databases"]

_READS: Final = frozenset(
    (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_PRAGMA)
)
_MISSING: Final = 44
"""Status by which our scripts say that there is no such file."""
_TRANSFER_TIMEOUT_S: Final = 120.0


class Databases(device.Databases):
    """Files below `/data/data/<package>/databases`. An app that keeps rows in memory shows a change when it reads again."""

    def __init__(self, shell: AndroidShell) -> None:
        self._shell = shell
        self._has_sqlite: bool | None = None

    def names(self, package: str) -> list[str]:
        folder = _folder(package)
        output = self._root(f"[ -d {quote(f'/data/data/{package}')} ] || exit {_MISSING}; ls -1 {folder} 2>/dev/null")
        if output.status == _MISSING:
            raise NotFound(f"no package {package!r} is installed")
        return sorted(name for name in output.text.splitlines() if not name.endswith(("-journal", "-wal", "-shm")))

    def query(self, package: str, database: str, sql: str, args: Sequence[Value] = ()) -> list[Row]:
        with tempfile.TemporaryDirectory(prefix="mobilegym-") as folder:
            copy = self._copy(package, database, Path(folder))
            try:
                return _read(copy, sql, args)
            except (sqlite3.Error, sqlite3.Warning) as error:
                raise DeviceError(f"{package}/{database}: {error}") from error

    def execute(self, package: str, database: str, sql: str, args: Sequence[Value] = ()) -> int:
        if self._has_sqlite is None:
            self._has_sqlite = self._shell.run("command -v sqlite3").status == 0
        if self._has_sqlite:
            return self._execute_there(package, database, sql, args)
        return self._execute_here(package, database, sql, args)

    # ------------------------------------------------------------------ inside

    def _execute_there(self, package: str, database: str, sql: str, args: Sequence[Value]) -> int:
        path = quote(_path(package, database))
        statement = inlined(sql, args).rstrip().rstrip(";")
        script = f"[ -f {path} ] || exit {_MISSING}; sqlite3 -batch -bail {path} {quote(statement + '; SELECT last_insert_rowid();')}"
        output = self._root(script)
        if output.status == _MISSING:
            raise NotFound(f"no database {database!r} of {package!r}")
        if output.status or output.errors.strip():
            raise DeviceError(f"{package}/{database}: {said(output)}")
        last = output.text.split()
        return int(last[-1]) if last and last[-1].lstrip("-").isdecimal() else 0

    def _execute_here(self, package: str, database: str, sql: str, args: Sequence[Value]) -> int:
        """Without `sqlite3` on the phone: stop the app, change a copy, put it back with its owner and permissions."""
        path = _path(package, database)
        self._shell.run(f"am force-stop {quote(package)}")
        with tempfile.TemporaryDirectory(prefix="mobilegym-") as folder:
            copy = self._copy(package, database, Path(folder))
            try:
                with closing(sqlite3.connect(copy)) as connection, connection:
                    row = connection.execute(sql, tuple(args)).lastrowid or 0
                    connection.execute("PRAGMA journal_mode = DELETE")
            except (sqlite3.Error, sqlite3.Warning) as error:
                raise DeviceError(f"{package}/{database}: {error}") from error
            passing = "/data/local/tmp/.mobilegym.db"
            self._shell.push(passing, copy.read_bytes())
        beside = " ".join(quote(path + suffix) for suffix in ("-wal", "-shm", "-journal"))
        # `cat >` keeps owner, permissions and SELinux label of the file.
        output = self._root(f"cat {passing} > {quote(path)} && rm -f {beside} {passing}")
        if output.status:
            raise DeviceError(f"{package}/{database} could not be put back: {said(output)}")
        return row

    def _copy(self, package: str, database: str, folder: Path) -> Path:
        path = _path(package, database)
        script = f"[ -f {quote(path)} ] || exit {_MISSING}; for f in '' -wal; do stat -c %s {quote(path)}$f 2>/dev/null || echo 0; done"
        output = self._root(script)
        if output.status == _MISSING:
            raise NotFound(f"no database {database!r} of {package!r}")
        sizes = [int(size) for size in output.text.split()]
        both = f"cat {quote(path)}; cat {quote(path + '-wal')} 2>/dev/null"
        data = self._shell.exec(self._shell.as_root(both), timeout_s=_TRANSFER_TIMEOUT_S)
        if len(data) != sum(sizes):
            # It was written in between: its log and the file would not fit together.
            data = self._shell.exec(self._shell.as_root(f"cat {quote(path)}"), timeout_s=_TRANSFER_TIMEOUT_S)
            sizes = [len(data), 0]
        copy = folder / "copy.db"
        copy.write_bytes(data[: sizes[0]])
        if sizes[1]:
            (folder / "copy.db-wal").write_bytes(data[sizes[0] :])
        return copy

    def _root(self, script: str) -> Output:
        if self._shell.root is None:
            raise NotSupported("databases need root: use an emulator image without Play Store, or a userdebug build")
        return self._shell.run(self._shell.as_root(script), timeout_s=_TRANSFER_TIMEOUT_S)


def _folder(package: str) -> str:
    if not package or "/" in package:
        raise NotFound(f"{package!r} is no package name")
    return quote(f"/data/data/{package}/databases")


def _path(package: str, database: str) -> str:
    _folder(package)
    if not database or "/" in database:
        raise NotFound(f"{database!r} is no name of a database")
    return f"/data/data/{package}/databases/{database}"


def _read(copy: Path, sql: str, args: Sequence[Value]) -> list[Row]:
    with closing(sqlite3.connect(copy)) as connection:
        # Opened for writing, as reading its log needs; the authorizer refuses everything that writes.
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        connection.set_authorizer(_only_reads)
        cursor = connection.execute(sql, tuple(args))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _only_reads(action: int, first: str | None, second: str | None, *_: object) -> int:
    if action == sqlite3.SQLITE_PRAGMA and second is not None:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY
