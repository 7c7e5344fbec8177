"""Events and tasks as values, one field per column of the database, and what the numbers in them mean."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from mobilegym.emulator.phone.kernel.clock import time_zone
from mobilegym.errors import NotFound

__all__ = [
    "ALL_DAY",
    "COMPLETED",
    "DAY",
    "IMPORTED",
    "LAST_DAY",
    "LAST_WEEKDAY",
    "LOCAL",
    "MONTH",
    "NTH_WEEKDAY",
    "OFF",
    "PACKAGE",
    "REGULAR",
    "SAME_DAY",
    "WEEK",
    "YEAR",
    "Event",
    "EventType",
    "Occurrence",
    "argb",
    "code_of",
    "day_of",
    "days_of",
    "signed",
    "zone_named",
]

PACKAGE: Final = "org.fossify.calendar"

DAY: Final = 86_400
WEEK: Final = 604_800
MONTH: Final = 2_592_001
"""Stands for a month; the number itself is only a mark."""
YEAR: Final = 31_536_000

SAME_DAY: Final = 1
LAST_WEEKDAY: Final = 2
LAST_DAY: Final = 3
NTH_WEEKDAY: Final = 4

ALL_DAY: Final = 1
COMPLETED: Final = 8
OFF: Final = -1
"""No reminder."""
REGULAR: Final = 1
"""Id of the event type that cannot be deleted."""
LOCAL: Final = "simple-calendar"
IMPORTED: Final = "imported-ics"

_PAST: Final = 2


@dataclass(frozen=True, slots=True)
class Event:
    """An event or a task. Times are Unix seconds; an all-day one starts at local midnight and ends at noon of its last day."""

    id: int = 0
    """0 while it is not stored."""
    start_ts: int = 0
    end_ts: int = 0
    title: str = ""
    location: str = ""
    description: str = ""
    reminders: tuple[int, int, int] = (OFF, OFF, OFF)
    """Minutes before the start, `OFF` for none; less than -1 counts from the start of an all-day event."""
    reminder_types: tuple[int, int, int] = (0, 0, 0)
    repeat_interval: int = 0
    repeat_rule: int = 0
    repeat_limit: int = 0
    """0 for ever, a positive number the last start allowed, a negative one the number of occurrences."""
    exceptions: tuple[str, ...] = ()
    """Days without an occurrence, `20260311`."""
    attendees: str = "[]"
    import_id: str = ""
    time_zone: str = ""
    flags: int = 0
    event_type: int = REGULAR
    parent_id: int = 0
    last_updated: int = 0
    source: str = LOCAL
    availability: int = 0
    """0 busy, 1 free."""
    access_level: int = 0
    color: int = 0
    """ARGB, signed; 0 for that of the type."""
    type: int = 0
    """0 event, 1 task."""
    status: int = 1
    """0 tentative, 1 confirmed, 2 cancelled."""

    @property
    def all_day(self) -> bool:
        return bool(self.flags & ALL_DAY)

    @property
    def is_task(self) -> bool:
        return self.type == 1

    @property
    def repeats(self) -> bool:
        return self.repeat_interval > 0

    def zone(self, phone: tzinfo) -> tzinfo:
        """Where its times of day count: its own zone, the phone's for all-day events and unknown zones."""
        return phone if self.all_day else zone_named(self.time_zone) or phone

    @staticmethod
    def of_row(row: Mapping[str, Any]) -> Event:
        """From a row of table `events`; exceptions that cannot be read count as none."""
        return Event(
            row["id"], row["start_ts"], row["end_ts"], row["title"], row["location"], row["description"],
            (row["reminder_1_minutes"], row["reminder_2_minutes"], row["reminder_3_minutes"]),
            (row["reminder_1_type"], row["reminder_2_type"], row["reminder_3_type"]),
            row["repeat_interval"], row["repeat_rule"], row["repeat_limit"], _exceptions(row["repetition_exceptions"]), row["attendees"],
            row["import_id"], row["time_zone"], row["flags"], row["event_type"], row["parent_id"], row["last_updated"], row["source"],
            row["availability"], row["access_level"], row["color"], row["type"], row["status"],
        )  # fmt: skip

    def values(self) -> dict[str, int | str]:
        """Columns without the id."""
        one, two, three = self.reminders
        kind_1, kind_2, kind_3 = self.reminder_types
        return {
            "start_ts": self.start_ts, "end_ts": self.end_ts, "title": self.title, "location": self.location,
            "description": self.description, "reminder_1_minutes": one, "reminder_2_minutes": two, "reminder_3_minutes": three,
            "reminder_1_type": kind_1, "reminder_2_type": kind_2, "reminder_3_type": kind_3, "repeat_interval": self.repeat_interval,
            "repeat_rule": self.repeat_rule, "repeat_limit": self.repeat_limit,
            "repetition_exceptions": json.dumps(list(self.exceptions), separators=(",", ":")), "attendees": self.attendees,
            "import_id": self.import_id, "time_zone": self.time_zone, "flags": self.flags & ~_PAST, "event_type": self.event_type,
            "parent_id": self.parent_id, "last_updated": self.last_updated, "source": self.source, "availability": self.availability,
            "access_level": self.access_level, "color": self.color, "type": self.type, "status": self.status,
        }  # fmt: skip


class EventType(NamedTuple):
    """A kind of event with its colour."""

    id: int
    title: str
    color: int
    """ARGB, unsigned."""


class Occurrence(NamedTuple):
    """One time that an event or task takes place."""

    start_ts: int
    end_ts: int
    event: Event
    completed: bool
    """Whether it is a task that was done."""


def _exceptions(text: str) -> tuple[str, ...]:
    try:
        found = json.loads(text or "[]")
    except json.JSONDecodeError:
        return ()
    return tuple(str(code) for code in found) if isinstance(found, list) else ()  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] JSON


def signed(argb_color: int) -> int:
    """An ARGB colour as Android stores it, a signed 32-bit number."""
    return argb_color - (1 << 32) if argb_color >= 1 << 31 else argb_color


def argb(stored: int) -> int:
    """The colour of a stored number, opaque."""
    return (stored & 0xFFFFFF) | 0xFF000000


@lru_cache(maxsize=128)
def zone_named(name: str) -> ZoneInfo | None:
    """The time zone of that name, or None."""
    try:
        return time_zone(name) if name else None
    except NotFound:
        return None


def code_of(day: date) -> str:
    """`20260311`."""
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def day_of(code: str) -> date | None:
    """The day of a code such as `20260311`, or None where it is none."""
    try:
        return date(int(code[:4]), int(code[4:6]), int(code[6:])) if len(code) == 8 and code.isdecimal() else None
    except ValueError:
        return None


def days_of(start_ts: int, end_ts: int, zone: tzinfo) -> tuple[date, date]:
    """First and last day that a span touches; one that ends at midnight does not touch the day that begins then."""
    first = datetime.fromtimestamp(start_ts, zone)
    last = datetime.fromtimestamp(max(end_ts, start_ts), zone)
    if end_ts > start_ts and last.hour == last.minute == last.second == 0:
        last -= timedelta(seconds=1)
    return first.date(), max(last.date(), first.date())
