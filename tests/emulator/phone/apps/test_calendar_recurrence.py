"""Repetitions of calendar events, against an oracle that tries every single day."""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest

from mobilegym.emulator.phone.apps.calendar.ics import export_text, import_text
from mobilegym.emulator.phone.apps.calendar.model import (
    ALL_DAY,
    DAY,
    LAST_DAY,
    LAST_WEEKDAY,
    MONTH,
    NTH_WEEKDAY,
    SAME_DAY,
    WEEK,
    YEAR,
    Event,
    code_of,
    days_of,
)
from mobilegym.emulator.phone.apps.calendar.recurrence import starts

NEW_YORK = ZoneInfo("America/New_York")
ZONES = (NEW_YORK, ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata"), ZoneInfo("Australia/Lord_Howe"))
LATEST = date(2061, 1, 1)


def fits(event: Event, first: date, day: date) -> bool:
    """Whether the repetition that begins on `first` has an occurrence on `day`, from the definition alone."""
    interval, rule = event.repeat_interval, event.repeat_rule
    if day == first and interval % WEEK:
        return True
    if (interval % DAY or interval % YEAR == 0) and (day.year, day.month) == (first.year, first.month):
        # The month it begins in has the day it begins on, and no other.
        return day == first
    months = (day.year - first.year) * 12 + day.month - first.month
    length = monthrange(day.year, day.month)[1]
    nth = day.weekday() == first.weekday() and (day.day - 1) // 7 == (first.day - 1) // 7
    last = day.weekday() == first.weekday() and day.day + 7 > length
    was_last = first.day + 7 > monthrange(first.year, first.month)[1]
    if interval % YEAR == 0:
        if months % (interval // YEAR * 12):
            return False
        return {LAST_WEEKDAY: last if was_last else nth, NTH_WEEKDAY: nth}.get(rule, day.day == first.day)
    if interval % MONTH == 0:
        if months % (interval // MONTH):
            return False
        return {LAST_WEEKDAY: last if was_last else nth, NTH_WEEKDAY: nth, LAST_DAY: day.day == length}.get(rule, day.day == first.day)
    if interval % WEEK == 0:
        monday = first - timedelta(days=first.weekday())
        weeks = (day - monday).days // 7
        bits = rule or 1 << first.weekday()
        return weeks % (interval // WEEK) == 0 and bool(bits >> day.weekday() & 1)
    return (day - first).days % (interval // DAY) == 0


def oracle(event: Event, zone: ZoneInfo, after: int) -> Iterator[int]:
    begin = datetime.fromtimestamp(event.start_ts, zone)
    day, count = begin.date(), 0
    while day < LATEST:
        if fits(event, begin.date(), day):
            start = int(datetime.combine(day, begin.time(), zone).timestamp())
            count += 1
            if event.repeat_limit < 0 and count > -event.repeat_limit or 0 < event.repeat_limit < start:
                return
            if start >= after and code_of(day) not in event.exceptions:
                yield start
        day += timedelta(days=1)


def any_event(rng: random.Random, zone: ZoneInfo) -> Event:
    first = date(2024, 1, 1) + timedelta(days=rng.randrange(1100))
    if rng.random() < 0.3:
        first = rng.choice([date(2024, 2, 29), date(2025, 1, 31), date(2026, 3, 30), date(2025, 8, 29), date(2026, 2, 28)])
    start = datetime.combine(first, time(rng.randrange(24), rng.choice((0, 30))), zone)
    unit = rng.choice((DAY, WEEK, MONTH, YEAR))
    interval = unit * rng.choice((1, 1, 2, 3, 5))
    monthly = (SAME_DAY, LAST_WEEKDAY, LAST_DAY, NTH_WEEKDAY)
    rules = {DAY: (0,), WEEK: range(128), MONTH: monthly, YEAR: (SAME_DAY, LAST_WEEKDAY, NTH_WEEKDAY)}
    rule = rng.choice(rules[unit])
    limit = rng.choice((0, 0, -rng.randrange(1, 30), int(start.timestamp()) + rng.randrange(900) * DAY))
    begin = int(start.timestamp())
    event = Event(1, begin, begin + 3600, "x", repeat_interval=interval, repeat_rule=rule, repeat_limit=limit, time_zone=str(zone))
    skipped = [datetime.fromtimestamp(s, zone).date() for s in islice(oracle(event, zone, 0), 12) if rng.random() < 0.25]
    exceptions = tuple(code_of(day) for day in skipped)
    return replace(event, exceptions=exceptions)


@pytest.mark.parametrize("seed", range(120))
def test_as_the_oracle_says(seed: int) -> None:
    rng = random.Random(seed)
    zone = rng.choice(ZONES)
    event = any_event(rng, zone)
    for after in (0, event.start_ts + rng.randrange(2000) * DAY // 2, event.start_ts + 1):
        horizon = int(datetime.combine(LATEST, time(), zone).timestamp())
        expected = list(islice(oracle(event, zone, after), 40))
        assert list(islice(takewhile(horizon.__gt__, starts(event, zone, after)), 40)) == expected, event


def found(event: Event, count: int) -> list[str]:
    return [f"{datetime.fromtimestamp(s, NEW_YORK):%Y-%m-%d %H:%M}" for s in islice(starts(event, NEW_YORK), count)]


def at(year: int, month: int, day: int, hour: int = 9) -> int:
    return int(datetime(year, month, day, hour, tzinfo=NEW_YORK).timestamp())


def test_time_of_day_survives_summer_time() -> None:
    event = Event(1, at(2026, 3, 6), at(2026, 3, 6, 10), repeat_interval=DAY * 2)
    assert found(event, 3) == ["2026-03-06 09:00", "2026-03-08 09:00", "2026-03-10 09:00"]


def test_weekdays_every_other_week_count_from_monday() -> None:
    event = Event(1, at(2026, 3, 11), at(2026, 3, 11), repeat_interval=2 * WEEK, repeat_rule=0b1000101)
    assert found(event, 5) == ["2026-03-11 09:00", "2026-03-15 09:00", "2026-03-23 09:00", "2026-03-25 09:00", "2026-03-29 09:00"]


def test_the_31st_skips_short_months() -> None:
    event = Event(1, at(2026, 1, 31), at(2026, 1, 31), repeat_interval=MONTH, repeat_rule=SAME_DAY)
    assert [day[:10] for day in found(event, 4)] == ["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"]


def test_leap_day_comes_in_leap_years() -> None:
    event = Event(1, at(2024, 2, 29), at(2024, 2, 29), repeat_interval=YEAR, repeat_rule=SAME_DAY)
    assert [day[:10] for day in found(event, 3)] == ["2024-02-29", "2028-02-29", "2032-02-29"]


def test_exceptions_count_towards_the_limit() -> None:
    event = Event(1, at(2026, 3, 1), at(2026, 3, 1), repeat_interval=DAY, repeat_limit=-3, exceptions=("20260302",))
    assert [day[:10] for day in found(event, 9)] == ["2026-03-01", "2026-03-03"]


def test_days_touched() -> None:
    assert days_of(at(2026, 3, 1, 22), at(2026, 3, 2, 0), NEW_YORK) == (date(2026, 3, 1), date(2026, 3, 1))
    assert days_of(at(2026, 3, 1, 22), at(2026, 3, 2, 1), NEW_YORK) == (date(2026, 3, 1), date(2026, 3, 2))
    assert days_of(at(2026, 3, 1, 0), at(2026, 3, 1, 0), NEW_YORK) == (date(2026, 3, 1), date(2026, 3, 1))


@pytest.mark.parametrize("seed", range(40))
def test_ics_carries_everything(seed: int) -> None:
    rng = random.Random(seed)
    event = any_event(rng, NEW_YORK)
    if rng.random() < 0.3:
        day = datetime.fromtimestamp(event.start_ts, NEW_YORK).date()
        start = int(datetime.combine(day, time(), NEW_YORK).timestamp())
        event = Event(1, start, start + 43_200, "All; day, long", flags=ALL_DAY)
    text = export_text([event], NEW_YORK, {1: "Regular event"}, frozenset(), 0)
    ((again, category, done),) = import_text(text, NEW_YORK)
    assert (category, done, again.title, again.all_day) == ("Regular event", False, event.title, event.all_day)
    assert (again.start_ts, again.end_ts) == (event.start_ts, event.end_ts)
    assert list(islice(starts(again, NEW_YORK), 20)) == list(islice(starts(event, NEW_YORK), 20)), (event, again)
