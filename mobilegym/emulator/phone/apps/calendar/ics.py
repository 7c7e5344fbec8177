"""iCalendar files: events and tasks out to `.ics` text and in again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from mobilegym.emulator.phone.apps.calendar.model import (
    ALL_DAY,
    DAY,
    IMPORTED,
    LAST_DAY,
    LAST_WEEKDAY,
    MONTH,
    NTH_WEEKDAY,
    OFF,
    SAME_DAY,
    WEEK,
    YEAR,
    Event,
    days_of,
    zone_named,
)

__all__ = ["export_text", "import_text", "with_rrule"]

_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STATUS: Final = ("TENTATIVE", "CONFIRMED", "CANCELLED")
_HALF_DAY: Final = 43_200
_DURATION: Final = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


# ---------------------------------------------------------------------- export


def export_text(events: Sequence[Event], zone: tzinfo, type_names: dict[int, str], done: frozenset[tuple[int, int]], now_ms: int) -> str:
    """The events as one iCalendar file.

    Args:
        events: Events and tasks.
        zone: The phone's.
        type_names: Titles of the event types by id.
        done: Completed tasks, `(id, start)`.
        now_ms: For the time stamps.
    """
    lines = ["BEGIN:VCALENDAR", "PRODID:-//Fossify//NONSGML Event Calendar//EN", "VERSION:2.0"]
    for event in events:
        lines += _entry(event, zone, type_names.get(event.event_type, ""), (event.id, event.start_ts) in done, now_ms)
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _entry(event: Event, zone: tzinfo, type_name: str, done: bool, now_ms: int) -> list[str]:
    kind = "VTODO" if event.is_task else "VEVENT"
    lines = [f"BEGIN:{kind}", f"SUMMARY:{_escaped(event.title)}"]
    if event.import_id:
        lines.append(f"UID:{event.import_id}")
    if type_name:
        lines.append(f"CATEGORIES:{_escaped(type_name)}")
    lines += [f"LAST-MODIFIED:{_utc(event.last_updated // 1000)}", f"TRANSP:{'TRANSPARENT' if event.availability else 'OPAQUE'}"]
    if event.location:
        lines.append(f"LOCATION:{_escaped(event.location)}")
    first, last = days_of(event.start_ts, event.end_ts, zone)
    if event.all_day:
        lines += [f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"]
    else:
        own = event.zone(zone)
        lines.append(f"DTSTART;TZID={own}:{datetime.fromtimestamp(event.start_ts, own):%Y%m%dT%H%M%S}")
        if not event.is_task:
            lines.append(f"DTEND;TZID={own}:{datetime.fromtimestamp(event.end_ts, own):%Y%m%dT%H%M%S}")
    lines.append(f"DTSTAMP:{_utc(now_ms // 1000)}")
    lines.append(f"STATUS:{'COMPLETED' if done else _STATUS[event.status] if 0 <= event.status < 3 else 'CONFIRMED'}")
    if event.repeats:
        lines.append(f"RRULE:{_rrule(event, zone)}")
        lines += [f"EXDATE;VALUE=DATE:{code}" for code in event.exceptions]
    if event.description:
        lines.append(f"DESCRIPTION:{_escaped(event.description)}")
    for minutes, type_ in zip(event.reminders, event.reminder_types, strict=True):
        if minutes != OFF:
            sign, size = ("-" if minutes >= 0 else ""), abs(minutes)
            lines += [
                "BEGIN:VALARM",
                "DESCRIPTION:Reminder",
                f"ACTION:{'EMAIL' if type_ else 'DISPLAY'}",
                f"TRIGGER:{sign}PT{size}M",
                "END:VALARM",
            ]
    return [*lines, f"END:{kind}"]


def _utc(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _rrule(event: Event, zone: tzinfo) -> str:
    interval, rule = event.repeat_interval, event.repeat_rule
    start = datetime.fromtimestamp(event.start_ts, event.zone(zone)).date()
    units = ((YEAR, "YEARLY"), (MONTH, "MONTHLY"), (WEEK, "WEEKLY"))
    unit, name = next((pair for pair in units if interval % pair[0] == 0), (DAY, "DAILY"))
    parts = [f"FREQ={name}", f"INTERVAL={max(1, interval // unit)}"]
    if event.repeat_limit < 0:
        parts.append(f"COUNT={-event.repeat_limit}")
    elif event.repeat_limit:
        parts.append(f"UNTIL={_utc(event.repeat_limit)}")
    if name == "WEEKLY":
        parts.append("BYDAY=" + ",".join(_WEEKDAYS[i] for i in range(7) if (rule or 1 << start.weekday()) >> i & 1))
    elif unit in (MONTH, YEAR) and rule in (LAST_WEEKDAY, NTH_WEEKDAY):
        last = rule == LAST_WEEKDAY and (start + timedelta(days=7)).month != start.month
        parts.append(f"BYDAY={-1 if last else (start.day - 1) // 7 + 1}{_WEEKDAYS[start.weekday()]}")
        if unit == YEAR:
            parts.append(f"BYMONTH={start.month}")
    elif rule == LAST_DAY and unit == MONTH:
        parts.append("BYMONTHDAY=-1")
    return ";".join(parts)


# ---------------------------------------------------------------------- import


def import_text(text: str, zone: tzinfo) -> list[tuple[Event, str, bool]]:
    """Events of a file, each with its category and, for tasks, whether it is done. What cannot be read is left out."""
    found: list[tuple[Event, str, bool]] = []
    inside: list[tuple[str, dict[str, str], str]] | None = None
    kind = ""
    for name, params, value in _properties(text):
        if name == "BEGIN" and value in ("VEVENT", "VTODO"):
            inside, kind = [], value
        elif name == "END" and value == kind and inside is not None:
            event = _read(inside, kind == "VTODO", zone)
            if event is not None:
                found.append(event)
            inside = None
        elif inside is not None:
            inside.append((name, params, value))
    return found


def _properties(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        head, colon, value = line.partition(":")
        name, *params = head.split(";")
        if colon:
            pairs = (p.partition("=") for p in params)
            yield name.strip().upper(), {k.upper(): v.strip('"') for k, _, v in pairs}, value.strip()


def _plain(text: str) -> str:
    return re.sub(r"\\([nN\\;,])", lambda m: "\n" if m[1] in "nN" else m[1], text)


def _read(lines: list[tuple[str, dict[str, str], str]], is_task: bool, zone: tzinfo) -> tuple[Event, str, bool] | None:
    draft = _Draft(Event(source=IMPORTED, type=int(is_task)))
    for name, params, value in lines:
        try:
            _times(draft, name, params, value, zone)
            _texts(draft, name, value)
        except (ValueError, OverflowError):
            continue
    if not draft.event.start_ts:
        return None
    event = _finished(draft.event, draft.end, zone)
    if draft.rrule:
        event = with_rrule(event, draft.rrule, zone)
    one, two, three = [*draft.reminders, OFF, OFF, OFF][:3]
    event = replace(event, reminders=(one, two, three), exceptions=tuple(dict.fromkeys(draft.exceptions)))
    return event, draft.category, is_task and draft.done


@dataclass(slots=True)
class _Draft:
    """What is known of an entry while its lines are read."""

    event: Event
    end: int | None = None
    category: str = ""
    rrule: str = ""
    done: bool = False
    reminders: list[int] = field(default_factory=list[int])
    exceptions: list[str] = field(default_factory=list[str])


def _times(draft: _Draft, name: str, params: dict[str, str], value: str, zone: tzinfo) -> None:
    event, own = draft.event, zone_named(params.get("TZID", "")) or zone
    if name == "DTSTART" or name == "DUE" and not event.start_ts:
        all_day = params.get("VALUE") == "DATE" or "T" not in value
        draft.event = replace(event, start_ts=_time(value, own), flags=ALL_DAY if all_day else 0, time_zone=str(own))
    elif name == "DTEND":
        draft.end = _time(value, own)
    elif name == "DURATION":
        draft.end = event.start_ts + _seconds(value)
    elif name == "RRULE":
        draft.rrule = value
    elif name == "EXDATE":
        draft.exceptions += [part[:8] for part in value.split(",") if part[:8].isdecimal()]
    elif name == "TRIGGER":
        draft.reminders.append(-_seconds(value) // 60)


def _texts(draft: _Draft, name: str, value: str) -> None:
    event = draft.event
    match name:
        case "SUMMARY":
            draft.event = replace(event, title=_plain(value))
        case "LOCATION":
            draft.event = replace(event, location=_plain(value))
        case "DESCRIPTION" if not event.description and value != "Reminder":
            draft.event = replace(event, description=_plain(value))
        case "UID":
            draft.event = replace(event, import_id=value)
        case "CATEGORIES":
            draft.category = _plain(value.split(",")[0])
        case "TRANSP":
            draft.event = replace(event, availability=int(value == "TRANSPARENT"))
        case "STATUS":
            draft.done = value == "COMPLETED"
            draft.event = replace(event, status=_STATUS.index(value) if value in _STATUS else 1)
        case _:
            pass


def _finished(event: Event, end: int | None, zone: tzinfo) -> Event:
    if event.is_task:
        return replace(event, end_ts=event.start_ts)
    if event.all_day:
        last = datetime.fromtimestamp(max(event.start_ts, (end or event.start_ts + DAY) - 1), zone).date()
        return replace(event, end_ts=int(datetime(last.year, last.month, last.day, tzinfo=zone).timestamp()) + _HALF_DAY)
    return replace(event, end_ts=max(event.start_ts, end if end is not None else event.start_ts))


def _time(value: str, zone: tzinfo) -> int:
    when = date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    clock = value[9:15] if "T" in value else "000000"
    where = UTC if value.endswith("Z") else zone
    return int(datetime(when.year, when.month, when.day, int(clock[:2]), int(clock[2:4]), int(clock[4:6] or 0), tzinfo=where).timestamp())


def _seconds(text: str) -> int:
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"duration {text!r}")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    return (-1 if match[1] == "-" else 1) * (weeks * WEEK + days * DAY + hours * 3600 + minutes * 60 + seconds)


def with_rrule(event: Event, text: str, zone: tzinfo) -> Event:
    """With a repetition after an RRULE; rules the database cannot hold fall back to the nearest that it can."""
    parts = dict(part.split("=", 1) for part in text.upper().split(";") if "=" in part)
    unit = {"DAILY": DAY, "WEEKLY": WEEK, "MONTHLY": MONTH, "YEARLY": YEAR}.get(parts.get("FREQ", ""), 0)
    start = datetime.fromtimestamp(event.start_ts, event.zone(zone)).date()
    days, rule = parts.get("BYDAY", ""), 0
    if unit == WEEK:
        rule = sum(1 << i for i, name in enumerate(_WEEKDAYS) if name in days.split(",")) or 1 << start.weekday()
    elif unit in (MONTH, YEAR):
        rule = LAST_WEEKDAY if days.startswith("-1") else NTH_WEEKDAY if days[:1].isdigit() else SAME_DAY
        if parts.get("BYMONTHDAY") == "-1":
            rule = LAST_DAY
    limit = 0
    if parts.get("COUNT", "").isdecimal():
        limit = -int(parts["COUNT"])
    elif parts.get("UNTIL", "")[:8].isdecimal():
        until = parts["UNTIL"]
        limit = _time(until, zone) + (0 if "T" in until or event.all_day else DAY - 1)
    every = int(parts["INTERVAL"]) if parts.get("INTERVAL", "").isdecimal() else 1
    return replace(event, repeat_interval=unit * max(1, every), repeat_rule=rule, repeat_limit=limit)
