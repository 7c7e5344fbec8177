"""What the tests of the calendar have in common: rows put in from outside, and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from mobilegym.emulator.phone.apps.calendar.model import PACKAGE
from tests.emulator.phone.apps.pilot import Pilot

__all__ = ["add", "at", "effects", "new_event", "notes", "rows", "view"]

_NEW_YORK = ZoneInfo("America/New_York")


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> int:
    return int(datetime(2026, month, day, hour, minute, tzinfo=_NEW_YORK).timestamp())


def add(pilot: Pilot, title: str, start: int, minutes: int = 60, **columns: int | str) -> int:
    """Put a row into the database from outside, as a task's setup does."""
    values: dict[str, Any] = {
        "start_ts": start, "end_ts": start + minutes * 60, "title": title, "location": "", "description": "", "reminder_1_minutes": -1,
        "reminder_2_minutes": -1, "reminder_3_minutes": -1, "reminder_1_type": 0, "reminder_2_type": 0, "reminder_3_type": 0,
        "repeat_interval": 0, "repeat_rule": 0, "repeat_limit": 0, "repetition_exceptions": "[]", "attendees": "[]", "import_id": "",
        "time_zone": "America/New_York", "flags": 0, "event_type": 1, "parent_id": 0, "last_updated": 0, "source": "simple-calendar",
        "availability": 0, "access_level": 0, "color": 0, "type": 0, "status": 1, **columns,
    }  # fmt: skip
    marks = ", ".join("?" * len(values))
    return pilot.phone.databases.execute(
        PACKAGE, "events.db", f"INSERT INTO events ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
    )


def rows(pilot: Pilot, table: str = "events") -> list[dict[str, Any]]:
    return [dict(row) for row in pilot.phone.databases.query(PACKAGE, "events.db", f"SELECT * FROM {table} ORDER BY id")]


def effects(pilot: Pilot) -> list[tuple[str, str]]:
    return [(e.name, e.risk) for e in pilot.phone.journal() if e.kind == "effect" and e.app == PACKAGE]


def notes(pilot: Pilot) -> list[tuple[str, str]]:
    return [(n.title, n.text) for n in pilot.phone.notifications() if n.package == PACKAGE]


def view(pilot: Pilot, name: str) -> None:
    pilot.tap(desc="Change view")
    pilot.tap(name)


def new_event(pilot: Pilot, title: str) -> None:
    pilot.tap(rid="calendar_fab")
    pilot.tap("Event")
    pilot.type(title)
    pilot.back()
