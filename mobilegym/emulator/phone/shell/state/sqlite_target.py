"""What `sqlite3` works on: a copy in memory of an app's database or of a file, which is put back when it has changed.

Nothing reaches the machine the phone runs on: no files beside the copy, no extensions, and the only clock is the phone's.
"""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.device import Value
from mobilegym.emulator.phone.kernel import dbguard
from mobilegym.emulator.phone.kernel.kernel import DATABASE_CHANGED
from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.state.facts import stamp
from mobilegym.errors import DeviceError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["NotADatabase", "Target", "open_target"]

_MAGIC: Final = b"SQLite format 3\0"
_STEPS: Final = 1_000_000
_MAX_STEPS: Final = 30
"""Blocks of `_STEPS` virtual machine instructions that one call may take: half a second, counted and not timed."""
_APP_DATABASE: Final = re.compile(r"/data/(?:data|user/0)/(?P<package>[\w.]+)/databases/(?P<name>[^/]+)")
_PRAGMA_NAMES: Final = (
    "analysis_limit application_id auto_vacuum automatic_index busy_timeout cache_size case_sensitive_like cell_size_check "
    "collation_list compile_options count_changes data_version database_list defer_foreign_keys encoding foreign_key_check "
    "foreign_key_list foreign_keys freelist_count full_column_names function_list ignore_check_constraints incremental_vacuum "
    "index_info index_list index_xinfo integrity_check journal_mode legacy_alter_table locking_mode max_page_count "
    "module_list optimize page_count page_size pragma_list quick_check read_uncommitted recursive_triggers "
    "reverse_unordered_selects schema_version secure_delete short_column_names stats synchronous table_info table_list "
    "table_xinfo trusted_schema user_version wal_autocheckpoint wal_checkpoint "
)
_PRAGMAS: Final = frozenset(_PRAGMA_NAMES.split())
_FUNCTIONS: Final = frozenset({"load_extension", "fts3_tokenizer"})


class NotADatabase(DeviceError):
    """The file is none."""


@dataclass(slots=True)
class Target:
    """An open database."""

    name: str
    """As it was named on the command line."""
    path: str
    """Resolved."""
    connection: sqlite3.Connection
    before: bytes
    app: tuple[str, str] | None = None
    """Package and name of an app's database."""
    readonly: bool = False

    def save(self, p: Process) -> None:
        """Put the content back where it changed; an app whose database it is hears of it. Harmless twice.

        Raises:
            ProgramError: It cannot be written there.
        """
        connection = self.connection
        if connection.in_transaction:
            connection.rollback()
        if self.path == ":memory:":
            return
        data = connection.serialize() if connection.execute("PRAGMA page_count").fetchone()[0] else b""
        if data == self.before:
            return
        self.before = data
        try:
            if self.app is None:
                p.system.files.write(self.path, data, uid=p.uid)
            else:
                p.kernel.databases.write_file(*self.app, data)
                p.kernel.broadcast(self.app[0], DATABASE_CHANGED, {"database": self.app[1]})
        except _file_errors() as error:
            raise ProgramError("Error: stepping, attempt to write a readonly database (8)") from error


def _file_errors() -> tuple[type[Exception], ...]:
    from mobilegym.emulator.phone.shell.vfs import FsError

    return FsError, DeviceError


def open_target(p: Process, name: str, *, readonly: bool) -> Target:
    """Open what `sqlite3 NAME` names.

    Raises:
        ProgramError: It is out of reach.
        NotADatabase: It is something else.
    """
    app: tuple[str, str] | None = None
    path, data = ":memory:", b""
    if name not in ("", ":memory:"):
        path = _resolved(p, name)
        app = _app_database(p, path)
        if app is None:
            data = _read(p, name, path)
        else:
            if p.uid not in (0, 1000, p.system.processes.uid(app[0])):
                raise _closed(name)
            data = p.kernel.databases.read_file(*app)
    if data and not data.startswith(_MAGIC):
        raise NotADatabase
    return Target(name, path, _connect(p.kernel, data, readonly=readonly), data, app, readonly)


def _closed(name: str) -> ProgramError:
    return ProgramError(f'Error: unable to open database "{name}": unable to open database file')


def _resolved(p: Process, name: str) -> str:
    try:
        return p.system.files.resolve(name, p.cwd)
    except _file_errors() as error:
        raise _closed(name) from error


def _app_database(p: Process, path: str) -> tuple[str, str] | None:
    match = _APP_DATABASE.fullmatch(path)
    if match is None:
        return None
    key = match["package"], match["name"]
    return key if key in p.kernel.databases.all() else None


def _read(p: Process, name: str, path: str) -> bytes:
    """Content of a file; a missing one in a folder that takes it is made."""
    files = p.system.files
    try:
        return files.read(path, uid=p.uid)
    except _file_errors() as error:
        if getattr(error, "errno", 0) != 2:
            raise _closed(name) from error
    try:
        files.write(path, b"", uid=p.uid)
    except _file_errors() as error:
        raise _closed(name) from error
    return b""


def _connect(kernel: Kernel, data: bytes, *, readonly: bool) -> sqlite3.Connection:
    connection = dbguard.connect(data)
    connection.row_factory = None
    connection.text_factory = _text
    connection.execute("PRAGMA temp_store=MEMORY")
    _Clock(kernel).install(connection)
    dice = random.Random(kernel.clock.now_ms)
    connection.create_function("random", 0, lambda: dice.getrandbits(64) - (1 << 63))
    connection.create_function("randomblob", 1, partial(_random_bytes, dice))
    if readonly:
        connection.execute("PRAGMA query_only=1")
    connection.set_authorizer(_authorize)
    blocks = iter(range(_MAX_STEPS))
    connection.set_progress_handler(lambda: int(next(blocks, None) is None), _STEPS)
    return connection


def _random_bytes(dice: random.Random, size: Value) -> bytes:
    return dice.randbytes(min(max(int(size or 1), 1), 1_000_000))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _authorize(action: int, first: str | None, second: str | None, *_: object) -> int:
    if action == sqlite3.SQLITE_ATTACH and first != "":
        # VACUUM attaches a nameless scratch database, which lives in memory.
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FUNCTIONS:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() not in _PRAGMAS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


class _Clock:
    """SQLite's date functions by the phone's clock and time zone."""

    def __init__(self, kernel: Kernel) -> None:
        self._zone = kernel.clock.zone
        self._now = stamp(kernel.clock.now().astimezone(UTC))
        self._plain = sqlite3.connect(":memory:")
        self._plain.text_factory = _text

    def install(self, connection: sqlite3.Connection) -> None:
        """Define them."""
        for name in ("date", "time", "datetime", "julianday", "unixepoch"):
            connection.create_function(name, -1, self._function(name, 0), deterministic=True)
        connection.create_function("strftime", -1, self._function("strftime", 1), deterministic=True)
        for name in ("date", "time"):
            connection.create_function(f"current_{name}", 0, partial(self._call, name, ["now"]))
        connection.create_function("current_timestamp", 0, partial(self._call, "datetime", ["now"]))

    def _function(self, name: str, first: int) -> Callable[..., Value]:
        def function(*args: Value) -> Value:
            words = list(args) if len(args) > first else [*args, "now"]
            return self._call(name, words[first:], words[:first])

        return function

    def _call(self, name: str, words: list[Value], before: list[Value] | None = None) -> Value:
        done: list[Value] = []
        for place, word in enumerate(words):
            plain = word.strip().lower() if isinstance(word, str) else ""
            if place == 0 and plain == "now":
                done.append(self._now)
            elif place and plain in ("localtime", "utc"):
                done.append(f"{self._offset(done, to_local=plain == 'localtime'):+d} seconds")
            else:
                done.append(word)
        args = [*(before or []), *done]
        return self._plain.execute(f"SELECT {name}({', '.join('?' * len(args))})", args).fetchone()[0]

    def _offset(self, words: list[Value], *, to_local: bool) -> int:
        seconds = self._plain.execute(f"SELECT strftime('%s', {', '.join('?' * len(words))})", words).fetchone()[0]
        if seconds is None:
            return 0
        try:
            then = datetime.fromtimestamp(int(seconds), UTC)
        except (ValueError, OverflowError, OSError):
            return 0
        local = then.astimezone(self._zone) if to_local else then.replace(tzinfo=self._zone)
        shift = local.utcoffset()
        return (int(shift.total_seconds()) if shift else 0) * (1 if to_local else -1)
