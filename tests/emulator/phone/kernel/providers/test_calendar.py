from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.emulator.phone.kernel.clock import epoch_ms
from mobilegym.emulator.phone.kernel.providers.calendars import parse_duration
from mobilegym.emulator.phone.kernel.providers.recurrence import occurrences, parse_rule
from mobilegym.errors import DeviceError, NotFound
from tests.emulator.phone.kernel.services import Services

URI = "content://com.android.calendar"
NEW_YORK = ZoneInfo("America/New_York")
START = datetime(2026, 3, 4, 9, 30, tzinfo=NEW_YORK)
DAY = 86_400_000


def days(rule: str, *, start: datetime = START, until: datetime = datetime(2026, 6, 30, tzinfo=UTC)) -> list[str]:
    return [f"{moment:%m-%d}" for moment in occurrences(parse_rule(rule, NEW_YORK), start, until)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;COUNT=3", ["03-04", "03-05", "03-06"]),
        ("FREQ=DAILY;INTERVAL=10;UNTIL=20260330T235959Z", ["03-04", "03-14", "03-24"]),
        ("FREQ=DAILY;BYDAY=SA,SU;COUNT=3", ["03-04", "03-07", "03-08"]),
        ("FREQ=WEEKLY;COUNT=3", ["03-04", "03-11", "03-18"]),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=4", ["03-04", "03-06", "03-09", "03-11"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=4", ["03-04", "03-16", "03-18", "03-30"]),
        ("FREQ=MONTHLY;COUNT=3", ["03-04", "04-04", "05-04"]),
        ("FREQ=MONTHLY;BYDAY=1WE;COUNT=3", ["03-04", "04-01", "05-06"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", ["03-04", "03-27", "04-24"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", ["03-04", "03-31", "04-30"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", ["03-04", "03-31", "04-30"]),
        ("FREQ=YEARLY;BYMONTH=3,5;COUNT=3", ["03-04", "05-04", "03-04"]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20260311", ["03-04", "03-11"]),
        ("FREQ=YEARLY;COUNT=1", ["03-04"]),
    ],
)
def test_rules(rule: str, expected: list[str]) -> None:
    assert days(rule, until=datetime(2028, 1, 1, tzinfo=UTC)) == expected


def test_summer_time_keeps_the_hour_and_short_months_are_skipped() -> None:
    found = list(occurrences(parse_rule("FREQ=WEEKLY;COUNT=2", NEW_YORK), START, datetime(2027, 1, 1, tzinfo=UTC)))
    assert [moment.hour for moment in found] == [9, 9]
    assert epoch_ms(found[1]) - epoch_ms(found[0]) == 7 * DAY - 3_600_000
    assert days("FREQ=MONTHLY;COUNT=3", start=START.replace(day=31)) == ["03-31", "05-31"]
    leap = datetime(2024, 2, 29, tzinfo=UTC)
    assert len(list(occurrences(parse_rule("FREQ=YEARLY", NEW_YORK), leap, datetime(2033, 1, 1, tzinfo=UTC)))) == 3


@pytest.mark.parametrize(
    "rule", ["", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=x", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;BYHOUR=3", "nonsense"]
)
def test_malformed_rules_are_refused(rule: str) -> None:
    with pytest.raises(DeviceError, match=r"recurrence rule"):
        parse_rule(rule, NEW_YORK)


@given(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]), st.integers(1, 5), st.integers(1, 12), st.integers(0, 800))
def test_occurrences_ascend_start_at_the_event_and_count(frequency: str, interval: int, count: int, offset: int) -> None:
    start = START + timedelta(days=offset)
    found = list(
        occurrences(parse_rule(f"FREQ={frequency};INTERVAL={interval};COUNT={count}", NEW_YORK), start, datetime(2200, 1, 1, tzinfo=UTC))
    )
    assert found[0] == start
    assert len(found) == count
    assert found == sorted(set(found))
    assert {(moment.hour, moment.minute) for moment in found} == {(9, 30)}


def test_events_and_instances() -> None:
    services = Services()
    content, now = services.content, services.clock.now_ms
    plain = content.calendar.add_event("Dentist", now, now + 3_600_000, location="Elm St", reminders=[10, 60])
    weekly = content.calendar.add_event("Standup", now, now + 1_800_000, rrule="FREQ=WEEKLY;COUNT=4")
    whole = content.calendar.add_event("Fair", 20_523 * DAY, 20_524 * DAY, all_day=True)
    found = content.calendar.instances(now - DAY, now + 30 * DAY)
    assert [item.title for item in found] == ["Fair", "Standup", "Dentist", "Standup", "Standup", "Standup"]
    assert content.query(f"{URI}/events/{plain}", projection=["hasAlarm", "lastDate", "eventTimezone", "calendar_displayName"]) == [
        {"hasAlarm": 1, "lastDate": now + 3_600_000, "eventTimezone": "America/New_York", "calendar_displayName": "Phone"}
    ]
    assert content.query(f"{URI}/events/{weekly}", projection=["lastDate", "duration"]) == [
        {"lastDate": now + 21 * DAY + 1_800_000, "duration": "P1800S"}
    ]
    rows = content.query(
        f"{URI}/instances/when/{now}/{now + 8 * DAY}",
        projection=["title", "begin", "startMinute"],
        where="title != 'Fair'",
        sort="begin DESC",
    )
    assert [(row["title"], row["startMinute"]) for row in rows] == [("Standup", 570), ("Standup", 570), ("Dentist", 570)]
    by_day = content.query(f"{URI}/instances/whenbyday/2461111/2461111", projection=["event_id", "startDay", "endDay"])
    assert {row["event_id"] for row in by_day} == {plain, weekly, whole}
    assert all(row["startDay"] == row["endDay"] == 2_461_111 for row in by_day)
    assert content.update(f"{URI}/events/{weekly}", {"exdate": "20260318T133000Z", "title": "Sync"}) == 1
    assert len([item for item in content.calendar.instances(now, now + 30 * DAY) if item.title == "Sync"]) == 3
    exception = content.insert(
        f"{URI}/events",
        {"calendar_id": 1, "title": "Moved", "dtstart": now + DAY, "dtend": now + DAY, "original_id": weekly, "originalInstanceTime": now},
    )
    assert [item.title for item in content.calendar.instances(now, now + 2 * DAY)] == ["Fair", "Dentist", "Moved"]
    assert content.delete(f"{URI}/reminders", where="event_id = ?", args=(plain,)) == 2
    assert content.query(f"{URI}/events/{plain}", projection=["hasAlarm"]) == [{"hasAlarm": 0}]
    content.insert(f"{URI}/attendees", {"event_id": plain, "attendeeEmail": "a@example.com"})
    content.calendar.delete_event(weekly)
    assert content.query(exception) == []
    assert content.delete(f"{URI}/events") == 2
    assert content.query(f"{URI}/attendees") == []
    with pytest.raises(NotFound):
        content.calendar.delete_event(weekly)


def test_mistakes_are_named() -> None:
    content = Services().content
    good = {"calendar_id": 1, "dtstart": 1000, "dtend": 2000}
    for change, message in (
        ({"dtstart": None}, r"needs `dtstart`"),
        ({"dtend": None}, r"needs `dtend`"),
        ({"calendar_id": 7}, r"no calendar 7"),
        ({"rrule": "FREQ=NEVER"}, r"recurrence rule"),
        ({"nme": 1}, r"no column 'nme' in Events"),
        ({"rrule": "FREQ=DAILY", "eventTimezone": "X/Y"}, r"time zone"),
        ({"dtend": None, "duration": "1 hour"}, r"duration '1 hour'"),
    ):
        with pytest.raises(DeviceError, match=message):
            content.insert(f"{URI}/events", {**good, **change})
    assert content.query(f"{URI}/events") == []
    with pytest.raises(DeviceError, match=r"no calendar event 5"):
        content.insert(f"{URI}/reminders", {"event_id": 5, "minutes": 1})
    for path in ("x", "instances", "instances/when/1", "instances/when/a/b", "events/1/2", ""):
        with pytest.raises(NotFound):
            content.query(f"{URI}/{path}")
    assert len(content.query(f"{URI}/calendars")) == 1


@pytest.mark.parametrize(
    ("text", "ms"), [("P3600S", 3_600_000), ("PT1H30M", 5_400_000), ("P1D", DAY), ("P2W", 14 * DAY), ("+P1DT1S", DAY + 1000)]
)
def test_durations(text: str, ms: int) -> None:
    assert parse_duration(text) == ms
    for bad in ("", "P", "1D", "PX", "P1X"):
        with pytest.raises(DeviceError, match=r"duration"):
            parse_duration(bad)
