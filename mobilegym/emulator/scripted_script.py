"""A scripted phone as data: screens, apps, tables, and what a tap does."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from mobilegym.emulator.device import Namespace, Value
from mobilegym.emulator.scripted_facets import ScriptedFiles
from mobilegym.emulator.scripted_state import Arrival, ScriptedState, Table
from mobilegym.errors import DeviceError

__all__ = [
    "Effect",
    "Go",
    "Insert",
    "Part",
    "Put",
    "Rows",
    "Script",
    "ScriptedApp",
    "ScriptedScreen",
    "SendSms",
    "WriteFile",
    "initial_state",
]


@dataclass(frozen=True, slots=True)
class Go:
    """Show another screen."""

    screen: str


@dataclass(frozen=True, slots=True)
class Put:
    """Write a setting."""

    namespace: Namespace
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Insert:
    """Insert a row; `{name}` in a text value stands for what the field of that name holds."""

    uri: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class SendSms:
    """Send a text message; `{name}` as in `Insert`."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class WriteFile:
    """Write a text file; `{name}` as in `Insert`."""

    path: str
    text: str


Effect: TypeAlias = Go | Put | Insert | SendSms | WriteFile


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a screen. Rows are stacked from the top, full width; a screen that overflows scrolls."""

    text: str = ""
    name: str = ""
    """Resource name, without package."""
    desc: str = ""
    cls: str = "android.widget.TextView"
    hint: str = ""
    effects: tuple[Effect, ...] = ()
    """What a tap does, in order."""
    editable: bool = False
    setting: tuple[Namespace, str] | None = None
    """A switch for a setting of `0` and `1`."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A part for each row of a content table, showing one column."""

    uri: str
    column: str
    sort: str = "_id"


@dataclass(frozen=True, slots=True)
class ScriptedScreen:
    name: str
    package: str
    activity: str
    parts: tuple[Part | Rows, ...]


@dataclass(frozen=True, slots=True)
class ScriptedApp:
    package: str
    label: str
    screen: str
    """Shown at launch."""
    permissions: frozenset[str] = frozenset()
    """Run-time permissions it asks for."""
    granted: frozenset[str] = frozenset()
    intents: tuple[str, ...] = ()
    """Actions that `packages.start` resolves to it."""


@dataclass(frozen=True, slots=True)
class Script:
    """The whole phone as data; `home` names the first screen."""

    screens: tuple[ScriptedScreen, ...]
    apps: tuple[ScriptedApp, ...]
    tables: tuple[Table, ...]
    start: datetime
    home: str = "home"
    settings: Mapping[Namespace, Mapping[str, str]] = field(default_factory=dict[Namespace, Mapping[str, str]])
    files: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    arrivals: tuple[Arrival, ...] = ()


def initial_state(script: Script) -> ScriptedState:
    """The phone as it is after a reset."""
    start_ms = round(script.start.timestamp() * 1000)
    databases: dict[tuple[str, str], sqlite3.Connection] = {}
    for table in script.tables:
        connection = databases.setdefault((table.package, table.database), sqlite3.connect(":memory:"))
        columns = ", ".join(f'"{c}"' for c in table.columns)
        connection.execute(f'CREATE TABLE "{table.table}" (_id INTEGER PRIMARY KEY, {columns})')
    if script.start.tzinfo is None:
        raise DeviceError(f"a script starts at a time zone aware time, got {script.start!r}")
    state = ScriptedState(
        script.tables,
        script.start.tzinfo,
        start_ms,
        {space: dict(script.settings.get(space, {})) for space in ("system", "secure", "global")},
        databases,
        {"/": (None, start_ms), "/sdcard": (None, start_ms)},
        {a.package: a.granted for a in script.apps},
        tuple(Arrival(start_ms + a.after_ms, a.number, a.text) for a in script.arrivals),
        script.home,
    )
    for path, data in script.files.items():
        ScriptedFiles(lambda: state).write(path, data)
    return state
