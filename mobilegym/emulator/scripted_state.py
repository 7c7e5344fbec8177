"""State of the scripted phone: plain dictionaries and in-memory SQLite, copied for a snapshot."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import Any, Final

from mobilegym.emulator.device import BatteryState, JournalEntry, Namespace, Risk, Row, Value
from mobilegym.errors import DeviceError, NotFound
from mobilegym.observation import Notification

__all__ = ["MAX_VOLUME", "Arrival", "ScriptedState", "Table", "select", "write"]

MAX_VOLUME: Final[Mapping[str, int]] = {"media": 25, "call": 8, "ring": 7, "notification": 7, "alarm": 7, "system": 7}


@dataclass(frozen=True, slots=True)
class Table:
    """A content URI and the SQLite table behind it; every table has an `_id INTEGER PRIMARY KEY`."""

    uri: str
    package: str
    database: str
    table: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A text message that reaches the phone `after_ms` of its own time after a reset."""

    after_ms: int
    number: str
    text: str


@dataclass(slots=True)
class ScriptedState:
    """Everything that a snapshot of the scripted phone holds."""

    tables: tuple[Table, ...]
    zone: tzinfo
    now_ms: int
    settings: dict[Namespace, dict[str, str]]
    databases: dict[tuple[str, str], sqlite3.Connection]
    files: dict[str, tuple[bytes | None, int]]
    """Path → (content, modified), content None for a folder."""
    granted: dict[str, frozenset[str]]
    arrivals: tuple[Arrival, ...]
    """Still to come; `after_ms` has become an epoch."""
    screen: str
    battery: BatteryState = field(default_factory=lambda: BatteryState(100, False))
    volumes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MAX_VOLUME, 5))
    location: tuple[float, float] | None = None
    clipboard: str = ""
    notifications: tuple[Notification, ...] = ()
    journal: list[JournalEntry] = field(default_factory=list[JournalEntry])
    back: tuple[str, ...] = ()
    fields: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    focus: tuple[str, str] | None = None
    scroll: int = 0
    """Rows hidden above the top of the screen."""
    call: str | None = None
    revision: int = 0
    """Counts changes; equal within one run of the state ⇒ the screen is the same."""

    def log(self, kind: str, app: str, name: str, risk: Risk, data: Mapping[str, Any] | None = None) -> None:
        """Append to the journal, and mark the state as changed."""
        self.revision += 1
        self.journal.append(JournalEntry(len(self.journal), self.now_ms, kind, app, name, risk, dict(data or {})))

    def copy(self) -> ScriptedState:
        """An independent copy; immutable parts are shared."""
        return replace(
            self,
            settings={k: dict(v) for k, v in self.settings.items()},
            databases={k: _clone(v) for k, v in self.databases.items()},
            files=dict(self.files),
            granted=dict(self.granted),
            volumes=dict(self.volumes),
            journal=list(self.journal),
            fields=dict(self.fields),
        )

    def tree(self) -> dict[str, str]:
        """The logical state, flat, as `Device.state_tree` wants it."""
        out = {f"setting:{space}/{key}": value for space, table in self.settings.items() for key, value in table.items()}
        for (package, database), connection in self.databases.items():
            for table in _table_names(connection):
                for row in select(connection, f'SELECT * FROM "{table}"'):
                    key = next(iter(row.values()))
                    out[f"db:{package}/{database}/{table}/{key}"] = json.dumps(row, sort_keys=True, ensure_ascii=False, default=_hex)
        for path, (data, _) in self.files.items():
            if data is not None:
                out[f"file:{path}"] = f"{len(data)} {hashlib.sha256(data).hexdigest()}"
        for package, granted in self.granted.items():
            out[f"package:{package}"] = json.dumps({"enabled": True, "granted": sorted(granted), "version": "1.0"})
        out["hardware:battery"] = f"{self.battery.level} {'charging' if self.battery.charging else 'discharging'}"
        out.update({f"hardware:volume_{stream}": str(index) for stream, index in self.volumes.items()})
        out["hardware:location"] = "none" if self.location is None else f"{self.location[0]:.6f},{self.location[1]:.6f}"
        out["hardware:clipboard"] = self.clipboard
        out.update({f"notification:{n.key}": f"{n.title}: {n.text}" for n in self.notifications})
        return dict(sorted(out.items()))


def _hex(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _clone(connection: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:")
    copy.deserialize(connection.serialize())
    return copy


def _table_names(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    return [str(name) for (name,) in found]


def select(connection: sqlite3.Connection, sql: str, args: Sequence[Value] = ()) -> list[Row]:
    """Rows of a query; SQLite's errors become `DeviceError`, a missing table `NotFound`."""
    try:
        cursor = connection.execute(sql, tuple(args))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise _translated(error, sql) from error


def write(connection: sqlite3.Connection, sql: str, args: Sequence[Value]) -> sqlite3.Cursor:
    """Run one writing statement in a transaction; errors as in `select`."""
    try:
        with connection:
            return connection.execute(sql, tuple(args))
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise _translated(error, sql) from error


def _translated(error: Exception, sql: str) -> DeviceError:
    kind = NotFound if "no such table" in str(error) else DeviceError
    return kind(f"SQLite refused `{sql}`: {error}")
