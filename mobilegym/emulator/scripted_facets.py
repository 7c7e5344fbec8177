"""Facets of the scripted phone."""

from __future__ import annotations

import posixpath
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from mobilegym.emulator.device import (
    BatteryState,
    Clock,
    Content,
    Databases,
    Files,
    FileStat,
    Hardware,
    Namespace,
    Row,
    Settings,
    Stream,
    Telephony,
    Value,
)  # fmt: skip
from mobilegym.emulator.scripted_state import MAX_VOLUME, ScriptedState, Table, select, write
from mobilegym.errors import DeviceError, NotFound
from mobilegym.observation import Notification

__all__ = [
    "ScriptedClock",
    "ScriptedContent",
    "ScriptedDatabases",
    "ScriptedFiles",
    "ScriptedHardware",
    "ScriptedSettings",
    "ScriptedTelephony",
]

_MESSAGES: Final = "org.fossify.messages"
_DIALER: Final = "com.google.android.dialer"
_NAMESPACES: Final = ("system", "secure", "global")


class _Facet:
    """Facets look their state up at every call, so `restore` may replace it."""

    def __init__(self, state: Callable[[], ScriptedState]) -> None:
        self._state = state


class ScriptedSettings(_Facet, Settings):
    def get(self, namespace: Namespace, key: str) -> str | None:
        return self._table(namespace).get(key)

    def put(self, namespace: Namespace, key: str, value: str) -> None:
        self._table(namespace)[key] = value
        self._state().revision += 1

    def delete(self, namespace: Namespace, key: str) -> None:
        self._table(namespace).pop(key, None)
        self._state().revision += 1

    def items(self, namespace: Namespace) -> Mapping[str, str]:
        return dict(self._table(namespace))

    def _table(self, namespace: Namespace) -> dict[str, str]:
        if namespace not in _NAMESPACES:
            raise DeviceError(f"settings namespace must be one of {', '.join(_NAMESPACES)}; got {namespace!r}")
        return self._state().settings[namespace]


class ScriptedContent(_Facet, Content):
    def query(
        self,
        uri: str,
        *,
        projection: Sequence[str] | None = None,
        where: str | None = None,
        args: Sequence[Value] = (),
        sort: str | None = None,
    ) -> list[Row]:
        table, row = self._find(uri)
        self._check(table, projection or ())
        columns = ", ".join(f'"{c}"' for c in projection or ("_id", *table.columns))
        order = f" ORDER BY {sort}" if sort else ""
        return select(self._connection(table), f'SELECT {columns} FROM "{table.table}"{_where(where, row)}{order}', args)

    def insert(self, uri: str, values: Mapping[str, Value]) -> str:
        table, _ = self._find(uri)
        self._check(table, values)
        names, marks = ", ".join(f'"{k}"' for k in values), ", ".join("?" * len(values))
        sql = f'INSERT INTO "{table.table}" ({names}) VALUES ({marks})' if values else f'INSERT INTO "{table.table}" DEFAULT VALUES'
        cursor = write(self._connection(table), sql, tuple(values.values()))
        self._state().revision += 1
        return f"{table.uri}/{cursor.lastrowid}"

    def update(self, uri: str, values: Mapping[str, Value], *, where: str | None = None, args: Sequence[Value] = ()) -> int:
        table, row = self._find(uri)
        self._check(table, values)
        if not values:
            raise DeviceError(f"update of {uri!r} names no column")
        sets = ", ".join(f'"{k}" = ?' for k in values)
        sql = f'UPDATE "{table.table}" SET {sets}{_where(where, row)}'
        self._state().revision += 1
        return write(self._connection(table), sql, (*values.values(), *args)).rowcount

    def delete(self, uri: str, *, where: str | None = None, args: Sequence[Value] = ()) -> int:
        table, row = self._find(uri)
        self._state().revision += 1
        return write(self._connection(table), f'DELETE FROM "{table.table}"{_where(where, row)}', args).rowcount

    def _find(self, uri: str) -> tuple[Table, int | None]:
        base, _, last = uri.rstrip("/").rpartition("/")
        for table in self._state().tables:
            if table.uri == uri.rstrip("/"):
                return table, None
            if table.uri == base and last.isdecimal():
                return table, int(last)
        raise NotFound(f"no content provider answers {uri!r}; there are {', '.join(t.uri for t in self._state().tables)}")

    def _connection(self, table: Table) -> sqlite3.Connection:
        return self._state().databases[table.package, table.database]

    @staticmethod
    def _check(table: Table, columns: Iterable[str]) -> None:
        for column in columns:
            if column != "_id" and column not in table.columns:
                raise DeviceError(f"{table.uri!r} has no column {column!r}; it has _id, {', '.join(table.columns)}")


def _where(where: str | None, row: int | None) -> str:
    parts = [f"_id = {row}"] if row is not None else []
    if where:
        parts.append(f"({where})")
    return " WHERE " + " AND ".join(parts) if parts else ""


class ScriptedDatabases(_Facet, Databases):
    def names(self, package: str) -> list[str]:
        if package not in self._state().granted and all(p != package for p, _ in self._state().databases):
            raise NotFound(f"no package {package!r} is installed")
        return sorted(database for owner, database in self._state().databases if owner == package)

    def query(self, package: str, database: str, sql: str, args: Sequence[Value] = ()) -> list[Row]:
        connection = self._open(package, database)
        connection.execute("PRAGMA query_only = 1")
        try:
            return select(connection, sql, args)
        finally:
            connection.execute("PRAGMA query_only = 0")

    def execute(self, package: str, database: str, sql: str, args: Sequence[Value] = ()) -> int:
        cursor = write(self._open(package, database), sql, args)
        self._state().revision += 1
        return cursor.lastrowid or 0

    def _open(self, package: str, database: str) -> sqlite3.Connection:
        try:
            return self._state().databases[package, database]
        except KeyError:
            raise NotFound(f"{package!r} has no database {database!r}") from None


class ScriptedFiles(_Facet, Files):
    def list(self, path: str) -> list[FileStat]:
        folder = self._existing(path)
        if self._state().files[folder][0] is not None:
            raise DeviceError(f"{folder!r} is a file, not a folder")
        return [self.stat(p) for p in sorted(self._state().files) if p != "/" and posixpath.dirname(p) == folder]

    def stat(self, path: str) -> FileStat:
        name = self._existing(path)
        data, modified_ms = self._state().files[name]
        return FileStat(name, len(data or b""), data is None, modified_ms)

    def exists(self, path: str) -> bool:
        return _absolute(path) in self._state().files

    def read(self, path: str) -> bytes:
        name = self._existing(path)
        data = self._state().files[name][0]
        if data is None:
            raise DeviceError(f"{name!r} is a folder; it cannot be read")
        return data

    def write(self, path: str, data: bytes) -> None:
        name = _absolute(path)
        self.mkdir(posixpath.dirname(name))
        if name in self._state().files and self._state().files[name][0] is None:
            raise DeviceError(f"{name!r} is a folder; it cannot be written")
        self._state().files[name] = (bytes(data), self._state().now_ms)
        self._state().revision += 1

    def delete(self, path: str) -> None:
        name = self._existing(path)
        for inner in [p for p in self._state().files if p == name or p.startswith(name.rstrip("/") + "/")]:
            del self._state().files[inner]
        self._state().revision += 1

    def mkdir(self, path: str) -> None:
        name = _absolute(path)
        parents = [name]
        while parents[-1] != "/":
            parents.append(posixpath.dirname(parents[-1]))
        for folder in reversed(parents):
            if self._state().files.setdefault(folder, (None, self._state().now_ms))[0] is not None:
                raise DeviceError(f"{folder!r} is a file, so it cannot hold {name!r}")

    def _existing(self, path: str) -> str:
        name = _absolute(path)
        if name not in self._state().files:
            raise NotFound(f"no file or folder {name!r}")
        return name


def _absolute(path: str) -> str:
    if not path.startswith("/"):
        raise DeviceError(f"a path on the phone is absolute (`/sdcard/...`), got {path!r}")
    return posixpath.normpath(path)


class ScriptedHardware(_Facet, Hardware):
    def battery(self) -> BatteryState:
        return self._state().battery

    def set_battery(self, *, level: int | None = None, charging: bool | None = None) -> None:
        if level is not None and not 0 <= level <= 100:
            raise DeviceError(f"battery level is 0 to 100, got {level!r}")
        now = self._state().battery
        self._state().battery = BatteryState(now.level if level is None else level, now.charging if charging is None else charging)

    def volume(self, stream: Stream) -> int:
        if stream not in MAX_VOLUME:
            raise DeviceError(f"volume stream must be one of {', '.join(MAX_VOLUME)}; got {stream!r}")
        return self._state().volumes[stream]

    def set_volume(self, stream: Stream, index: int) -> None:
        self.volume(stream)
        if not 0 <= index <= MAX_VOLUME[stream]:
            raise DeviceError(f"volume of {stream!r} is 0 to {MAX_VOLUME[stream]}, got {index!r}")
        self._state().volumes[stream] = index

    def location(self) -> tuple[float, float] | None:
        return self._state().location

    def set_location(self, latitude: float, longitude: float) -> None:
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise DeviceError(f"latitude is -90 to 90 and longitude -180 to 180 degrees, got {latitude!r}, {longitude!r}")
        self._state().location = (float(latitude), float(longitude))

    def clipboard(self) -> str:
        return self._state().clipboard

    def set_clipboard(self, text: str) -> None:
        self._state().clipboard = text


class ScriptedTelephony(_Facet, Telephony):
    def receive_sms(self, number: str, text: str) -> None:
        state = self._state()
        values = {"address": number, "body": text, "type": 1, "read": 0, "date": state.now_ms, "thread_id": 1}
        ScriptedContent(self._state).insert("content://sms", values)
        key = f"0|{_MESSAGES}|{len(state.journal)}"
        state.notifications += (Notification(key, _MESSAGES, number, text, state.now_ms, ("Reply", "Mark as read")),)
        state.log("notification", _MESSAGES, "notification.posted", "read", {"key": key, "title": number, "text": text})

    def ring(self, number: str) -> None:
        self._state().call = number
        self._state().log("system", _DIALER, "call.ringing", "read", {"number": number})

    def hang_up(self) -> None:
        state = self._state()
        if state.call is None:
            return
        number, state.call = state.call, None
        ScriptedContent(self._state).insert("content://call_log/calls", {"number": number, "type": 3, "date": state.now_ms, "duration": 0})
        state.log("system", _DIALER, "call.missed", "read", {"number": number})


class ScriptedClock(_Facet, Clock):
    def now(self) -> datetime:
        # Whole seconds and milliseconds apart: a float epoch would be off by a microsecond.
        seconds, ms = divmod(self._state().now_ms, 1000)
        return datetime.fromtimestamp(seconds, self._state().zone) + timedelta(milliseconds=ms)

    def set(self, when: datetime) -> None:
        if when.tzinfo is None:
            raise DeviceError(f"the phone's clock needs a time zone aware time, got {when!r}")
        self._state().now_ms = round(when.timestamp() * 1000)
        self._state().zone = when.tzinfo

    def advance(self, ms: int) -> None:
        if ms < 0:
            raise DeviceError(f"time passes forwards only, got {ms!r} ms")
        state = self._state()
        until = state.now_ms + ms
        due = [a for a in state.arrivals if a.after_ms <= until]
        state.arrivals = tuple(a for a in state.arrivals if a.after_ms > until)
        for arrival in sorted(due, key=lambda a: a.after_ms):
            state.now_ms = max(state.now_ms, arrival.after_ms)
            ScriptedTelephony(self._state).receive_sms(arrival.number, arrival.text)
        state.now_ms = until
