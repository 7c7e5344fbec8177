"""Dates, times, reminders and repetitions in words."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo
from typing import Final

from mobilegym.emulator.phone.apps.calendar.model import (
    DAY,
    LAST_DAY,
    LAST_WEEKDAY,
    MONTH,
    NTH_WEEKDAY,
    OFF,
    WEEK,
    YEAR,
    Occurrence,
    days_of,
)

__all__ = [
    "MONTHS",
    "ORDINALS",
    "WEEKDAYS",
    "clock_text",
    "date_text",
    "day_title",
    "duration_text",
    "is_last_weekday",
    "limit_text",
    "month_title",
    "occurrence_text",
    "reminder_text",
    "repetition_text",
    "rule_text",
]

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ORDINALS: Final = ("first", "second", "third", "fourth", "fifth")


def clock_text(when: datetime | time, use_24h: bool) -> str:
    """`16:00`, or `4:00 PM`."""
    if use_24h:
        return f"{when.hour:02d}:{when.minute:02d}"
    return f"{when.hour % 12 or 12}:{when.minute:02d} {'AM' if when.hour < 12 else 'PM'}"


def date_text(day: date, this_year: int) -> str:
    """`March 11 (Wed)`, with the year where it is another one."""
    year = "" if day.year == this_year else f" {day.year}"
    return f"{MONTHS[day.month - 1]} {day.day}{year} ({WEEKDAYS[day.weekday()][:3]})"


def day_title(day: date, today: date) -> str:
    """Heading of a day in lists: `11 Wednesday`, or `Today`'s date with a mark."""
    text = f"{day.day} {WEEKDAYS[day.weekday()]}"
    return f"{text} (today)" if day == today else text


def month_title(year: int, month: int, this_year: int) -> str:
    """`March`, or `March 2027` where it is another year."""
    return MONTHS[month - 1] if year == this_year else f"{MONTHS[month - 1]} {year}"


def occurrence_text(found: Occurrence, zone: tzinfo, use_24h: bool, this_year: int) -> str:
    """When it takes place, as a row of a list says: `All-day`, `4:00 PM - 5:30 PM`, with dates where it lasts over several."""
    first, last = days_of(found.start_ts, found.end_ts, zone)
    start, end = datetime.fromtimestamp(found.start_ts, zone), datetime.fromtimestamp(found.end_ts, zone)
    if found.event.all_day:
        return "All-day" if first == last else f"{_short(first, this_year)} - {_short(last, this_year)}"
    begin, finish = clock_text(start, use_24h), clock_text(end, use_24h)
    if found.end_ts <= found.start_ts:
        return begin
    if first != last:
        return f"{_short(first, this_year)} {begin} - {_short(end.date(), this_year)} {finish}"
    return f"{begin} - {finish}"


def _short(day: date, this_year: int) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.day}" + ("" if day.year == this_year else f" {day.year}")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def duration_text(minutes: int) -> str:
    """`2 days`, `1 hour`, `90 minutes`."""
    for size, word in ((10_080, "week"), (1440, "day"), (60, "hour")):
        if minutes and minutes % size == 0:
            return _count(minutes // size, word)
    return _count(minutes, "minute")


def reminder_text(minutes: int, use_24h: bool) -> str:
    """`No reminder`, `At start`, `10 minutes before`, `During the day at 9:00 AM`."""
    if minutes == OFF:
        return "No reminder"
    if minutes < OFF:
        return f"During the day at {clock_text(time(-minutes // 60 % 24, -minutes % 60), use_24h)}"
    return f"{duration_text(minutes)} before" if minutes else "At start"


def repetition_text(interval: int) -> str:
    """`No repetition`, `Weekly`, `3 months`."""
    names = {0: "No repetition", DAY: "Daily", WEEK: "Weekly", MONTH: "Monthly", YEAR: "Yearly"}
    if interval in names:
        return names[interval]
    for size, word in ((YEAR, "year"), (MONTH, "month"), (WEEK, "week")):
        if interval % size == 0:
            return _count(interval // size, word)
    return _count(interval // DAY, "day")


def is_last_weekday(day: date) -> bool:
    """Whether no later day of the month falls on the same weekday."""
    return date.fromordinal(day.toordinal() + 7).month != day.month


def rule_text(interval: int, rule: int, start: date, first_weekday: int = 0) -> tuple[str, str]:
    """Label and value of the rule's row: `Repeat on` / `Mon, Wed`; `Repeat` / `Every last Friday`."""
    month_of = f" in {MONTHS[start.month - 1]}" if interval % YEAR == 0 else ""
    if interval % YEAR != 0 and interval % MONTH != 0:
        order = [(first_weekday + i) % 7 for i in range(7)]
        return "Repeat on", "Every day" if rule & 127 == 127 else ", ".join(WEEKDAYS[i][:3] for i in order if rule >> i & 1)
    if rule in (LAST_WEEKDAY, NTH_WEEKDAY):
        last = rule == LAST_WEEKDAY and is_last_weekday(start)
        return "Repeat", f"Every {'last' if last else ORDINALS[(start.day - 1) // 7]} {WEEKDAYS[start.weekday()]}{month_of}"
    return "Repeat on", "The last day" if rule == LAST_DAY else "The same day"


def limit_text(limit: int, zone: tzinfo) -> tuple[str, str]:
    """Label and value of the limit's row: `Repeat till` / `Forever` or a date; `Repeat` / `3 times`."""
    if limit < 0:
        return "Repeat", f"{-limit} {'time' if limit == -1 else 'times'}"
    if not limit:
        return "Repeat till", "Forever"
    day = datetime.fromtimestamp(limit, zone).date()
    return "Repeat till", f"{MONTHS[day.month - 1]} {day.day} {day.year}"
