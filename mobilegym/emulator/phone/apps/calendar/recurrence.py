"""When repeating events take place.

The interval is a number of seconds that stands for days (multiples of 86400), weeks, months (2592001) or years; the rule
says which weekdays (bits, Monday first) or which day of the month. Times of day are kept over changes to summer time.
Days that do not exist (a 31st in April, a 29 February) are left out, as are fifth weekdays that a month does not have.
"""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from mobilegym.emulator.phone.apps.calendar.model import (
    DAY,
    LAST_DAY,
    LAST_WEEKDAY,
    MONTH,
    NTH_WEEKDAY,
    WEEK,
    YEAR,
    Event,
    code_of,
)

__all__ = ["days", "starts"]

_LAST_YEAR: Final = 2200
_MAX_GAPS: Final = 400
"""Months or years in a row without a fitting day after which nothing more comes."""


def starts(event: Event, phone_zone: tzinfo, after: int = 0) -> Iterator[int]:
    """Starts of an event at or after `after` in ascending order, Unix seconds.

    Args:
        event: Need not repeat.
        phone_zone: Where days begin, for exceptions and for events without a zone of their own.
        after: Unix seconds.
    """
    if not event.repeats:
        if event.start_ts >= after:
            yield event.start_ts
        return
    zone = event.zone(phone_zone)
    first = datetime.fromtimestamp(event.start_ts, zone)
    time, limit = first.time(), event.repeat_limit
    # Counted occurrences must be counted from the first on; otherwise skip to just before the time wanted.
    since = first.date()
    if limit >= 0 and after > event.start_ts:
        since = max(since, (datetime.fromtimestamp(after, zone) - timedelta(days=1)).date())
    found = days(event.repeat_interval, event.repeat_rule, first.date(), since)
    skipped = frozenset(event.exceptions)
    for day in itertools.islice(found, -limit) if limit < 0 else found:
        start = int(datetime.combine(day, time, zone).timestamp())
        if 0 < limit < start:
            return
        if start >= after and not (skipped and code_of(datetime.fromtimestamp(start, phone_zone).date()) in skipped):
            yield start


def days(interval: int, rule: int, first: date, since: date) -> Iterator[date]:
    """Days of a repetition that begins on `first`, not before `since`, ascending."""
    if interval % YEAR == 0:
        return _months(
            interval // YEAR * 12, LAST_WEEKDAY if rule == LAST_WEEKDAY else NTH_WEEKDAY if rule == NTH_WEEKDAY else 0, first, since
        )
    if interval % MONTH == 0:
        return _months(interval // MONTH, rule, first, since)
    if interval % WEEK == 0:
        return _weeks(interval // WEEK, rule, first, since)
    return _steps(max(1, interval // DAY), first, since)


def _steps(step: int, first: date, since: date) -> Iterator[date]:
    passed = max(0, -(-(since - first).days // step))
    day = first + timedelta(days=passed * step)
    while day.year < _LAST_YEAR:
        yield day
        day += timedelta(days=step)


def _weeks(step: int, rule: int, first: date, since: date) -> Iterator[date]:
    bits = rule & 127 or 1 << first.weekday()
    weekdays = [i for i in range(7) if bits >> i & 1]
    begin = first - timedelta(days=first.weekday())
    monday = begin + timedelta(weeks=max(0, (since - begin).days // 7 // step) * step)
    low = max(first, since)
    while monday.year < _LAST_YEAR:
        for weekday in weekdays:
            day = monday + timedelta(days=weekday)
            if day >= low:
                yield day
        monday += timedelta(weeks=step)


def _months(step: int, rule: int, first: date, since: date) -> Iterator[date]:
    begin = first.year * 12 + first.month - 1
    index = begin + max(0, (since.year * 12 + since.month - 1 - begin) // step) * step
    gaps = 0
    while gaps < _MAX_GAPS and index // 12 < _LAST_YEAR:
        day = first if index == begin else _day_in(index // 12, index % 12 + 1, rule, first)
        gaps = gaps + 1 if day is None else 0
        if day is not None and day >= since:
            yield day
        index += step


def _day_in(year: int, month: int, rule: int, first: date) -> date | None:
    length = calendar.monthrange(year, month)[1]
    if rule == LAST_DAY:
        return date(year, month, length)
    if rule == LAST_WEEKDAY and (first + timedelta(days=7)).month != first.month:
        last = date(year, month, length)
        return last - timedelta(days=(last.weekday() - first.weekday()) % 7)
    if rule in (LAST_WEEKDAY, NTH_WEEKDAY):
        number = 1 + (first.weekday() - date(year, month, 1).weekday()) % 7 + (first.day - 1) // 7 * 7
        return date(year, month, number) if number <= length else None
    return date(year, month, first.day) if first.day <= length else None
