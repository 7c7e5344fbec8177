"""The calendar provider: `content://com.android.calendar`."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from mobilegym.emulator.device import Row, Value
from mobilegym.emulator.phone.kernel.clock import Clock, epoch_ms, time_zone
from mobilegym.emulator.phone.kernel.database import Database, Databases
from mobilegym.emulator.phone.kernel.providers import calendar_schema
from mobilegym.emulator.phone.kernel.providers.base import ContentUri, Provider
from mobilegym.emulator.phone.kernel.providers.recurrence import occurrences, parse_rule
from mobilegym.emulator.phone.kernel.providers.sql import (
    Query,
    checked_values,
    column_names,
    insert_row,
    json_rows,
    matching_ids,
    rows_source,
    select,
    update_row,
)
from mobilegym.errors import DeviceError, NotFound

__all__ = ["CALENDAR_PACKAGE", "CalendarProvider", "Instance", "parse_duration"]

CALENDAR_PACKAGE: Final = "com.android.providers.calendar"
_DATABASE: Final = "calendar.db"
_TABLES: Final = {"calendars": "Calendars", "events": "Events", "reminders": "Reminders", "attendees": "Attendees",
                  "calendar_alerts": "CalendarAlerts", "extendedproperties": "ExtendedProperties", "colors": "Colors"}  # fmt: skip
_INSTANCE_COLUMNS: Final = ("_id", "event_id", "begin", "end", "startDay", "endDay", "startMinute", "endMinute")
_JULIAN_OF_ORDINAL: Final = 1_721_425
_MAX_INSTANCES: Final = 10_000
_DAY_MS: Final = 86_400_000


class Instance(NamedTuple):
    """One occurrence of an event."""

    event_id: int
    begin_ms: int
    end_ms: int
    title: str
    location: str
    all_day: bool
    calendar_id: int


class CalendarProvider(Provider):
    """Calendars and events, typed and as content.

    Args:
        databases: Where `calendar.db` is registered and kept.
        clock: Gives the time zone.
    """

    authorities = ("com.android.calendar",)

    def __init__(self, databases: Databases, clock: Clock) -> None:
        databases.register(CALENDAR_PACKAGE, _DATABASE, calendar_schema.SCHEMA, calendar_schema.seed)
        self._databases = databases
        self._clock = clock

    @property
    def db(self) -> Database:
        """The database."""
        return self._databases.open(CALENDAR_PACKAGE, _DATABASE)

    @property
    def token(self) -> int:
        return self.db.token

    # ------------------------------------------------------------------ typed

    def add_event(
        self,
        title: str,
        start_ms: int,
        end_ms: int,
        *,
        calendar_id: int = 1,
        all_day: bool = False,
        zone: str | None = None,
        rrule: str | None = None,
        location: str = "",
        description: str = "",
        reminders: Sequence[int] = (),
    ) -> int:
        """Add an event; returns its id. `reminders` are minutes before the start. All-day times are UTC midnights."""
        values: dict[str, Value] = {
            "calendar_id": calendar_id, "title": title, "dtstart": start_ms, "allDay": int(all_day), "rrule": rrule,
            "eventTimezone": "UTC" if all_day else zone, "eventLocation": location or None, "description": description or None,
        }  # fmt: skip
        if rrule:
            values["duration"] = f"P{(end_ms - start_ms) // _DAY_MS}D" if all_day else f"P{(end_ms - start_ms) // 1000}S"
        else:
            values["dtend"] = end_ms
        with self.db.transaction():
            event_id = self._insert_event(values)
            for minutes in reminders:
                self._insert_child("Reminders", {"event_id": event_id, "minutes": minutes, "method": 1})
        return event_id

    def delete_event(self, event_id: int) -> None:
        """Delete an event with its reminders and exceptions.

        Raises:
            NotFound: If there is none of that id.
        """
        with self.db.transaction():
            self.db.execute("DELETE FROM Events WHERE original_id = ?", (event_id,))
            if not self.db.change("DELETE FROM Events WHERE _id = ?", (event_id,)):
                raise NotFound(f"no calendar event {event_id}")

    def instances(self, begin_ms: int, end_ms: int) -> list[Instance]:
        """Occurrences that overlap a span, earliest first."""
        events = {row["_id"]: row for row in self.db.query("SELECT * FROM Events WHERE deleted = 0")}
        found: list[Instance] = []
        for event_id, begin, end in self._spans(events, begin_ms, end_ms):
            row = events[event_id]
            found.append(Instance(event_id, begin, end, row["title"] or "", row["eventLocation"] or "", bool(row["allDay"]),
                                  row["calendar_id"]))  # fmt: skip
        return found

    # ------------------------------------------------------------------ content

    def query(self, uri: ContentUri, query: Query) -> list[Row]:
        if uri.path[:1] == ("instances",):
            return self._query_instances(uri, query)
        table, scope, args = self._target(uri)
        source = "view_events" if table == "Events" else table
        return select(self.db, source, column_names(self.db, source), query, scope=scope, scope_args=args, sort="_id")

    def insert(self, uri: ContentUri, values: Mapping[str, Value]) -> str:
        table, scope, _ = self._target(uri)
        if scope:
            raise uri.unknown()
        row = checked_values(values, column_names(self.db, table), table)
        with self.db.transaction():
            if table == "Events":
                row_id = self._insert_event(row)
            elif table in {"Calendars", "Colors"}:
                row_id = insert_row(self.db, table, row)
            else:
                row_id = self._insert_child(table, row)
        return f"content://com.android.calendar/{uri.path[0]}/{row_id}"

    def update(self, uri: ContentUri, values: Mapping[str, Value], query: Query) -> int:
        table, scope, args = self._target(uri)
        row = checked_values(values, column_names(self.db, table), table)
        source = "view_events" if table == "Events" else table
        ids = matching_ids(self.db, source, query, scope=scope, scope_args=args)
        with self.db.transaction():
            for row_id in ids:
                update_row(self.db, table, row_id, row)
                if table == "Events":
                    event = self.db.one("SELECT * FROM Events WHERE _id = ?", (row_id,))
                    update_row(self.db, "Events", row_id, self._completed(dict(zip(event.keys(), event, strict=True)) if event else {}))
        return len(ids)

    def delete(self, uri: ContentUri, query: Query) -> int:
        table, scope, args = self._target(uri)
        source = "view_events" if table == "Events" else table
        ids = matching_ids(self.db, source, query, scope=scope, scope_args=args)
        with self.db.transaction():
            for row_id in ids:
                event_id = None if table in {"Events", "Calendars", "Colors"} else self._event_of(table, row_id)
                self.db.execute(f"DELETE FROM {table} WHERE _id = ?", (row_id,))
                if table == "Reminders" and event_id is not None:
                    self._refresh_alarm(event_id)
        return len(ids)

    # ------------------------------------------------------------------ inside

    def _target(self, uri: ContentUri) -> tuple[str, str, tuple[Value, ...]]:
        name = uri.path[0] if uri.path else ""
        table = _TABLES.get(name)
        if table is None or len(uri.path) > 2:
            raise uri.unknown()
        return (table, "_id = ?", (uri.id(1),)) if len(uri.path) == 2 else (table, "", ())

    def _event_of(self, table: str, row_id: int) -> int | None:
        return self.db.scalar(f"SELECT event_id FROM {table} WHERE _id = ?", (row_id,))

    def _insert_event(self, values: Mapping[str, Value]) -> int:
        if not isinstance(values.get("dtstart"), int):
            raise DeviceError("an event needs `dtstart`, epoch milliseconds")
        if values.get("dtend") is None and not values.get("duration"):
            raise DeviceError("an event needs `dtend`, or `duration` if it recurs")
        if self.db.scalar("SELECT 1 FROM Calendars WHERE _id = ?", (values.get("calendar_id"),)) is None:
            raise DeviceError(f"no calendar {values.get('calendar_id')!r}: give an existing one as `calendar_id`")
        row = {"eventTimezone": self._clock.zone.key, "eventStatus": 1, "hasAttendeeData": 0, **values}
        row["eventTimezone"] = row["eventTimezone"] or self._clock.zone.key
        return insert_row(self.db, "Events", {**row, **self._completed(row)})

    def _completed(self, row: Mapping[str, Value]) -> dict[str, Value]:
        """Columns that follow from the others."""
        start = int(str(row["dtstart"]))
        length = _length_ms(row.get("dtend"), row.get("duration"), start)
        rule = str(row.get("rrule") or "")
        if not rule:
            return {"lastDate": start + length}
        parsed = parse_rule(rule, _zone(row.get("eventTimezone")))
        if parsed.count is None and parsed.until is None:
            return {"lastDate": None}
        far = datetime(2200, 1, 1, tzinfo=UTC)
        starts = list(occurrences(parsed, self._local(start, row.get("eventTimezone")), far))
        return {"lastDate": (epoch_ms(starts[-1]) if starts else start) + length}

    def _insert_child(self, table: str, values: Mapping[str, Value]) -> int:
        event_id = values.get("event_id")
        if not isinstance(event_id, int) or self.db.scalar("SELECT 1 FROM Events WHERE _id = ?", (event_id,)) is None:
            raise DeviceError(f"no calendar event {event_id!r}: give an existing one as `event_id`")
        row_id = insert_row(self.db, table, values)
        if table == "Reminders":
            self._refresh_alarm(event_id)
        if table == "Attendees":
            update_row(self.db, "Events", event_id, {"hasAttendeeData": 1})
        return row_id

    def _refresh_alarm(self, event_id: int) -> None:
        has = self.db.scalar("SELECT EXISTS (SELECT 1 FROM Reminders WHERE event_id = ?)", (event_id,))
        update_row(self.db, "Events", event_id, {"hasAlarm": has})

    def _local(self, ms: int, zone: Value) -> datetime:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)).astimezone(_zone(zone))

    def _spans(self, events: Mapping[int, sqlite3.Row], begin_ms: int, end_ms: int) -> list[tuple[int, int, int]]:
        """`(event id, begin, end)` of occurrences that overlap a span."""
        replaced = {(row["original_id"], row["originalInstanceTime"]) for row in events.values() if row["original_id"] is not None}
        found: list[tuple[int, int, int]] = []
        for event_id, row in events.items():
            if row["dtstart"] is None or row["eventStatus"] == 2:
                continue
            length = _length_ms(row["dtend"], row["duration"], row["dtstart"])
            for start in self._starts(row, end_ms):
                if start + max(length, 1) > begin_ms and start <= end_ms and (event_id, start) not in replaced:
                    found.append((event_id, start, start + length))
                if len(found) > _MAX_INSTANCES:
                    raise DeviceError(f"more than {_MAX_INSTANCES} calendar instances: ask for a shorter span")
        return sorted(found, key=lambda span: (span[1], span[2], span[0]))

    def _starts(self, row: sqlite3.Row, end_ms: int) -> list[int]:
        start = row["dtstart"]
        dates = {start}
        if row["rrule"]:
            first, last = self._local(start, row["eventTimezone"]), self._local(min(end_ms, 7_258_118_400_000), row["eventTimezone"])
            dates |= {epoch_ms(moment) for moment in occurrences(parse_rule(row["rrule"], _zone(row["eventTimezone"])), first, last)}
        zone = _zone(row["eventTimezone"])
        dates |= _date_list(row["rdate"], zone)
        return sorted(dates - _date_list(row["exdate"], zone))

    def _query_instances(self, uri: ContentUri, query: Query) -> list[Row]:
        match uri.path:
            case ("instances", "when", _, _):
                begin, end = _signed(uri, 2), _signed(uri, 3)
            case ("instances", "whenbyday", _, _):
                zone = self._clock.zone
                first, last = (date.fromordinal(_signed(uri, place) - _JULIAN_OF_ORDINAL) for place in (2, 3))
                begin = epoch_ms(datetime(first.year, first.month, first.day, tzinfo=zone))
                end = epoch_ms(datetime(last.year, last.month, last.day, tzinfo=zone)) + _DAY_MS - 1
            case _:
                raise uri.unknown()
        events = {row["_id"]: row for row in self.db.query("SELECT * FROM Events WHERE deleted = 0")}
        rows: list[tuple[Value, ...]] = []
        for place, (event_id, start, stop) in enumerate(self._spans(events, begin, end), start=1):
            zone_name = "UTC" if events[event_id]["allDay"] else self._clock.zone.key
            first, last = (
                self._local(start, zone_name),
                self._local(max(stop - 1, start) if events[event_id]["allDay"] else stop, zone_name),
            )
            rows.append((place, event_id, start, stop, _julian(first), _julian(last), first.hour * 60 + first.minute,
                         last.hour * 60 + last.minute))  # fmt: skip
        shared = [name for name in column_names(self.db, "view_events") if name != "_id"]
        listed = ", ".join(f'e."{name}" AS "{name}"' for name in shared)
        own = ", ".join(f'i."{name}" AS "{name}"' for name in _INSTANCE_COLUMNS)
        source = f"(SELECT {own}, {listed} FROM {rows_source(_INSTANCE_COLUMNS)} i JOIN view_events e ON e._id = i.event_id)"
        return select(self.db, source, (*_INSTANCE_COLUMNS, *shared), query, source_args=(json_rows(rows),), sort="begin, _id")


def parse_duration(text: str) -> int:
    """Milliseconds of an RFC 5545 duration such as `P3600S`, `PT1H30M`, `P1D`, `P2W`.

    Raises:
        DeviceError: If it is malformed.
    """
    units = {"W": 604_800, "D": 86_400, "H": 3600, "M": 60, "S": 1}
    body = text.strip().upper().lstrip("+")
    seconds, number = 0, ""
    if not body.startswith("P") or len(body) < 3:
        raise DeviceError(f"duration {text!r} is malformed: use for instance 'P3600S' or 'P1D'")
    for char in body[1:]:
        if char.isdigit():
            number += char
        elif char in units and number:
            seconds += int(number) * units[char]
            number = ""
        elif char != "T":
            raise DeviceError(f"duration {text!r} is malformed: use for instance 'P3600S' or 'P1D'")
    return seconds * 1000


def _length_ms(end: Value, duration: Value, start: int) -> int:
    if isinstance(end, int):
        return max(end - start, 0)
    return parse_duration(str(duration)) if duration else 0


def _zone(name: Value) -> ZoneInfo:
    try:
        return time_zone(str(name or "UTC"))
    except NotFound as error:
        raise DeviceError(f"calendar event has an unknown time zone {name!r}") from error


def _date_list(text: str | None, zone: ZoneInfo) -> set[int]:
    """Epoch milliseconds of an RDATE or EXDATE value."""
    if not text:
        return set()
    head, _, body = text.rpartition(";")
    where = _zone(head) if head else zone
    found: set[int] = set()
    for item in body.split(","):
        try:
            moment = datetime.strptime(item.strip().rstrip("Z"), "%Y%m%dT%H%M%S" if "T" in item else "%Y%m%d")  # noqa: DTZ007 zone follows
        except ValueError as error:
            raise DeviceError(f"date list {text!r} is malformed: use for instance '20260311T133000Z'") from error
        found.add(epoch_ms(moment.replace(tzinfo=UTC if item.strip().endswith("Z") else where)))
    return found


def _julian(moment: datetime) -> int:
    return moment.toordinal() + _JULIAN_OF_ORDINAL


def _signed(uri: ContentUri, place: int) -> int:
    text = uri.path[place]
    if not text.lstrip("-").isdigit() or len(text) > 18:
        raise uri.unknown()
    return int(text)
