"""Recurrence rules of calendar events (RFC 5545: daily to yearly, with BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from mobilegym.errors import DeviceError

__all__ = ["Rule", "occurrences", "parse_rule"]

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_KNOWN: Final = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
_MAX_PERIODS: Final = 50_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A parsed rule."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    """Last start allowed, aware; local midnight's end where the rule names a day only."""
    days: tuple[tuple[int, int], ...] = ()
    """`(ordinal or 0, weekday)`, Monday 0."""
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0


def parse_rule(text: str, zone: ZoneInfo) -> Rule:
    """Parse an RRULE value, with or without `RRULE:` in front.

    Raises:
        DeviceError: If it is malformed or uses what is not supported.
    """
    try:
        return _parse(text, zone)
    except (ValueError, KeyError) as error:
        raise DeviceError(f"recurrence rule {text!r} is malformed: {error}") from error


def _parse(text: str, zone: ZoneInfo) -> Rule:
    parts = dict(part.split("=", 1) for part in text.removeprefix("RRULE:").upper().split(";") if part)
    unknown = set(parts) - _KNOWN
    if unknown or parts.get("FREQ") not in _FREQUENCIES:
        raise ValueError(f"unsupported part {', '.join(sorted(unknown)) or 'FREQ'}")
    interval = int(parts.get("INTERVAL", "1"))
    if interval < 1:
        raise ValueError("INTERVAL must be at least 1")
    return Rule(
        parts["FREQ"],
        interval,
        int(parts["COUNT"]) if "COUNT" in parts else None,
        _until(parts["UNTIL"], zone) if "UNTIL" in parts else None,
        tuple((int(item[:-2] or 0), _DAYS.index(item[-2:])) for item in parts.get("BYDAY", "").split(",") if item),
        _numbers(parts.get("BYMONTHDAY", "")),
        _numbers(parts.get("BYMONTH", "")),
        _numbers(parts.get("BYSETPOS", "")),
        _DAYS.index(parts.get("WKST", "MO")),
    )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(item) for item in text.split(",") if item)


def _until(text: str, zone: ZoneInfo) -> datetime:
    if "T" not in text:
        return datetime(int(text[:4]), int(text[4:6]), int(text[6:8]), 23, 59, 59, tzinfo=zone)
    where = UTC if text.endswith("Z") else zone
    clock = text[9:15]
    return datetime(int(text[:4]), int(text[4:6]), int(text[6:8]), int(clock[:2]), int(clock[2:4]), int(clock[4:6] or 0), tzinfo=where)


def occurrences(rule: Rule, start: datetime, until: datetime) -> Iterator[datetime]:
    """Starts of an event, earliest first, from `start` (aware, itself the first) to `until` inclusive.

    The wall-clock time of `start` stays over changes to summer time.
    """
    last = until if rule.until is None else min(until, rule.until)
    left = rule.count
    yielded_start = False
    for day in _days(rule, start.date(), last.date() + timedelta(days=1)):
        moment = datetime.combine(day, start.timetz())
        if moment < start:
            continue
        if not yielded_start and moment > start:
            # The first instance is the event itself, also where the rule does not produce it.
            yielded_start = True
            if left is not None:
                left -= 1
            if start <= last:
                yield start
        yielded_start = True
        if moment > last or (left is not None and left <= 0):
            return
        if left is not None:
            left -= 1
        yield moment
    if not yielded_start and start <= last:
        yield start


def _days(rule: Rule, start: date, end: date) -> Iterator[date]:
    for period in range(_MAX_PERIODS):
        days = _period(rule, start, period * rule.interval)
        if days is None:
            return
        first, found = days
        if first > end:
            return
        chosen = sorted(set(found))
        if rule.positions:
            chosen = sorted({chosen[place - 1 if place > 0 else place] for place in rule.positions if 0 < abs(place) <= len(chosen)})
        yield from chosen


def _period(rule: Rule, start: date, step: int) -> tuple[date, list[date]] | None:
    """First day of the `step`-th period after the start's, and its days that the rule names; None beyond the calendar."""
    try:
        match rule.frequency:
            case "DAILY":
                day = start + timedelta(days=step)
                return day, [day] if _fits(rule, day) else []
            case "WEEKLY":
                return _week(rule, start, step)
            case "MONTHLY":
                month = start.year * 12 + start.month - 1 + step
                first = date(month // 12, month % 12 + 1, 1)
                return first, _month(rule, first, start) if not rule.months or first.month in rule.months else []
            case _:
                return _year(rule, start, step)
    except (ValueError, OverflowError):
        return None


def _fits(rule: Rule, day: date) -> bool:
    length = calendar.monthrange(day.year, day.month)[1]
    return (
        (not rule.months or day.month in rule.months)
        and (not rule.days or day.weekday() in {weekday for _, weekday in rule.days})
        and (not rule.month_days or day.day in rule.month_days or day.day - length - 1 in rule.month_days)
    )


def _week(rule: Rule, start: date, step: int) -> tuple[date, list[date]]:
    first = start - timedelta(days=(start.weekday() - rule.week_start) % 7) + timedelta(weeks=step)
    weekdays = {weekday for _, weekday in rule.days} or {start.weekday()}
    days = [first + timedelta(days=offset) for offset in range(7)]
    return first, [day for day in days if day.weekday() in weekdays and (not rule.months or day.month in rule.months)]


def _month(rule: Rule, first: date, start: date) -> list[date]:
    length = calendar.monthrange(first.year, first.month)[1]
    days = [first.replace(day=number) for number in range(1, length + 1)]
    if not rule.days and not rule.month_days:
        return [first.replace(day=start.day)] if start.day <= length else []
    chosen = days
    if rule.month_days:
        chosen = [day for day in chosen if day.day in rule.month_days or day.day - length - 1 in rule.month_days]
    if rule.days:
        named = _ordinal_days(rule, days)
        chosen = [day for day in chosen if day in named]
    return chosen


def _ordinal_days(rule: Rule, days: list[date]) -> set[date]:
    found: set[date] = set()
    for ordinal, weekday in rule.days:
        same = [day for day in days if day.weekday() == weekday]
        if ordinal == 0:
            found.update(same)
        elif abs(ordinal) <= len(same):
            found.add(same[ordinal - 1 if ordinal > 0 else ordinal])
    return found


def _year(rule: Rule, start: date, step: int) -> tuple[date, list[date]]:
    first = date(start.year + step, 1, 1)
    if rule.days and not rule.months and not rule.month_days:
        every = [first + timedelta(days=offset) for offset in range(366 if calendar.isleap(first.year) else 365)]
        return first, sorted(_ordinal_days(rule, every))
    months = rule.months or ((start.month,) if not rule.month_days else tuple(range(1, 13)))
    return first, [day for month in months for day in _month(rule, first.replace(month=month), start)]
