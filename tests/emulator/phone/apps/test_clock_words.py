"""What the clock says: times, days, and how long until."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from mobilegym.emulator.phone.apps.clock.words import alarm_time, days_text, hours_ahead, stopwatch_text, timer_text, until_text, week_order
from tests.emulator.phone.apps.pilot import Pilot

MINUTE = 60_000
HOUR = 60 * MINUTE


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (30_000, "Alarm set for less than 1 minute from now."),
        (60_001, "Alarm set for 2 minutes from now."),
        (14 * HOUR + 5 * MINUTE, "Alarm set for 14 hours and 5 minutes from now."),
        (24 * HOUR, "Alarm set for 1 day from now."),
        (49 * HOUR + MINUTE, "Alarm set for 2 days, 1 hour, and 1 minute from now."),
    ],
)
def test_until(ms: int, text: str) -> None:
    assert until_text(ms) == text


def test_words() -> None:
    sunday_first = week_order(1)
    assert days_text(96, sunday_first) == "Sun, Sat"
    assert days_text(127, sunday_first) == "Every day"
    assert days_text(1, sunday_first) == "Monday"
    assert alarm_time(0, 5, use_24h=False) == ("12:05", "AM")
    assert [timer_text(ms) for ms in (59_001, 3_600_000, -5_000)] == ["1:00", "1:00:00", "-0:05"]
    assert stopwatch_text(62_070) == ("1:02", "07")


def test_hours_ahead_across_midnight() -> None:
    kernel = Pilot().phone.kernel
    here = kernel.clock.now()
    assert hours_ahead(here, here.astimezone(ZoneInfo("Pacific/Auckland"))) == "Tomorrow, +17 hrs"
    assert hours_ahead(here, here.astimezone(ZoneInfo("Asia/Kolkata"))) == "9 hours 30 minutes ahead"
    assert hours_ahead(here, here.astimezone(ZoneInfo("America/Toronto"))) == "Same time"
