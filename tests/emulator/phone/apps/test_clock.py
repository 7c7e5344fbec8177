"""Clock: alarms are set, ring, snooze and stop; timers, stopwatch, cities, settings; intents of other apps."""

from __future__ import annotations

from typing import Any

import pytest

from mobilegym.emulator.phone.apps.clock.cities import CITIES, search
from mobilegym.emulator.phone.config import PhoneConfig
from mobilegym.emulator.phone.kernel.intents import Intent
from tests.emulator.phone.apps.pilot import Pilot

CLOCK = "com.google.android.deskclock"
MINUTE = 60_000
HOUR = 60 * MINUTE


@pytest.fixture
def pilot() -> Pilot:
    pilot = Pilot()
    pilot.open("Clock")
    return pilot


def rows(pilot: Pilot, database: str, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in pilot.phone.databases.query(CLOCK, database, sql)]


def alarms(pilot: Pilot) -> list[tuple[Any, ...]]:
    return rows(pilot, "alarms.db", "SELECT hour, minutes, daysofweek, enabled, label FROM alarm_templates ORDER BY _id")


def states(pilot: Pilot) -> list[tuple[Any, ...]]:
    return rows(pilot, "alarms.db", "SELECT hour, minutes, alarm_state FROM alarm_instances ORDER BY _id")


def next_alarm(pilot: Pilot) -> str:
    return (pilot.phone.settings.get("system", "next_alarm_formatted") or "").replace("\u202f", " ")


def pass_time(pilot: Pilot, ms: int) -> None:
    kernel = pilot.phone.kernel
    kernel.run_until(kernel.clock.now_ms + ms)


def wake(pilot: Pilot) -> None:
    kernel = pilot.phone.kernel
    kernel.shell.wake()
    kernel.shell.unlock()


def set_alarm(pilot: Pilot, **extras: Any) -> None:
    prefixed = {f"android__intent__extra__alarm__{key}": value for key, value in extras.items()}
    pilot.phone.kernel.activities.start(Intent.of("android.intent.action.SET_ALARM", **prefixed))


# ---------------------------------------------------------------------- alarms


def test_the_stock_alarms_are_off(pilot: Pilot) -> None:
    assert alarms(pilot) == [(8, 30, 31, 0, ""), (9, 0, 96, 0, "")]
    assert pilot.has("8:30 AM")
    assert pilot.has("Mon, Tue, Wed, Thu, Fri")
    assert pilot.has("Sun, Sat")
    assert next_alarm(pilot) == ""
    assert pilot.effects() == []


def test_a_new_alarm_is_the_next_full_hour_and_on(pilot: Pilot) -> None:
    pilot.tap(desc="Add alarm")
    pilot.tap("OK")
    assert alarms(pilot)[-1] == (10, 0, 0, 1, "")
    assert pilot.has("Alarm set for 30 minutes from now.")
    assert pilot.has("Today")
    assert next_alarm(pilot) == "Wed 10:00 AM"
    assert states(pilot) == [(10, 0, 3)]
    assert pilot.effects() == ["alarm.created"]


def test_time_days_label_and_vibrate_of_an_alarm(pilot: Pilot) -> None:
    pilot.tap(desc="Expand alarm", nth=0)
    pilot.tap(desc="Friday")
    pilot.tap(rid="edit_label")
    pilot.type("Work")
    pilot.tap("OK")
    pilot.tap(rid="vibrate_onoff")
    pilot.tap(rid="digital_clock", nth=0)
    pilot.tap(desc="7 o'clock")
    pilot.tap(desc="15 minutes")
    pilot.tap("OK")
    assert alarms(pilot)[0] == (7, 15, 15, 1, "Work")
    assert rows(pilot, "alarms.db", "SELECT vibrate FROM alarm_templates WHERE _id = 1") == [(0,)]
    assert next_alarm(pilot) == "Thu 7:15 AM"
    assert pilot.has("Mon, Tue, Wed, Thu")


def test_ringtone_of_an_alarm(pilot: Pilot) -> None:
    pilot.tap(desc="Expand alarm", nth=0)
    pilot.tap(rid="choose_ringtone")
    pilot.tap("Argon")
    pilot.back()
    assert pilot.has("Argon")
    pilot.tap(rid="choose_ringtone")
    pilot.tap("Silent")
    pilot.tap(desc="Navigate up")
    assert rows(pilot, "alarms.db", "SELECT ringtone FROM alarm_templates WHERE _id = 1") == [("",)]


def test_switching_on_and_off(pilot: Pilot) -> None:
    pilot.tap(rid="onoff", nth=0)
    assert alarms(pilot)[0][3] == 1
    assert pilot.has("Alarm set for 23 hours from now.")
    pilot.tap(rid="onoff", nth=0)
    assert alarms(pilot)[0][3] == 0
    assert states(pilot) == []
    assert next_alarm(pilot) == ""
    assert pilot.effects() == ["alarm.enabled", "alarm.disabled"]


def test_delete_and_undo(pilot: Pilot) -> None:
    pilot.tap(desc="Expand alarm", nth=1)
    pilot.tap(rid="delete")
    assert len(alarms(pilot)) == 1
    pilot.tap("Undo")
    assert alarms(pilot)[1] == (9, 0, 96, 0, "")
    pilot.tap(desc="Expand alarm", nth=0)
    pilot.tap(rid="delete")
    pilot.tap(desc="Expand alarm", nth=0)
    pilot.tap(rid="delete")
    assert pilot.has("No Alarms")


def test_an_alarm_rings_and_is_stopped(pilot: Pilot) -> None:
    set_alarm(pilot, HOUR=9, MINUTES=31, MESSAGE="Tea", SKIP_UI=True)
    pilot.home()
    pilot.wait(90_000)
    assert states(pilot) == [(9, 31, 5)]
    assert pilot.has("Tea")
    pilot.tap("Stop")
    assert states(pilot) == []
    assert alarms(pilot)[-1] == (9, 31, 0, 0, "Tea")
    assert next_alarm(pilot) == ""
    assert pilot.effects()[-1] == "alarm.dismissed"
    assert not [n for n in pilot.phone.observe().notifications if n.package == CLOCK]


def test_snooze_rings_again_after_ten_minutes(pilot: Pilot) -> None:
    set_alarm(pilot, HOUR=9, MINUTES=31, SKIP_UI=True)
    pilot.home()
    pilot.wait(61_000)
    pilot.tap("Snooze")
    assert states(pilot) == [(9, 41, 4)]
    pilot.open("Clock")
    assert pilot.has_text("Snoozing until 9:41 AM")
    pass_time(pilot, 10 * MINUTE)
    assert states(pilot) == [(9, 41, 5)]
    wake(pilot)
    pass_time(pilot, 11 * MINUTE)
    assert states(pilot) == [(9, 41, 6)]
    assert alarms(pilot)[-1][3] == 0
    assert [n.title for n in pilot.phone.observe().notifications if n.package == CLOCK] == ["Missed alarm"]


def test_a_repeating_alarm_stays_on_and_waits_for_its_next_day(pilot: Pilot) -> None:
    pilot.tap(rid="onoff", nth=0)
    pass_time(pilot, 23 * HOUR)
    assert states(pilot) == [(8, 30, 5)]
    pilot.phone.kernel.broadcast(CLOCK, "com.android.deskclock.DISMISS_ALARM", {"instance": 1})
    assert alarms(pilot)[0][3] == 1
    assert next_alarm(pilot) == "Fri 8:30 AM"


def test_an_upcoming_alarm_can_be_dismissed_ahead_of_time(pilot: Pilot) -> None:
    pilot.tap(rid="onoff", nth=0)
    pass_time(pilot, 22 * HOUR)
    [notice] = [n for n in pilot.phone.observe().notifications if n.package == CLOCK]
    assert (notice.title, notice.actions) == ("Upcoming alarm", ("Dismiss alarm",))
    pilot.phone.kernel.broadcast(CLOCK, "com.android.deskclock.DISMISS_ALARM", {"instance": 1})
    assert next_alarm(pilot) == "Fri 8:30 AM"
    wake(pilot)
    pilot.home()
    pilot.open("Clock")
    assert next_alarm(pilot) == "Fri 8:30 AM"


def test_asleep_and_unlocked_the_alarm_fills_the_screen(pilot: Pilot) -> None:
    set_alarm(pilot, HOUR=9, MINUTES=40, SKIP_UI=True)
    kernel = pilot.phone.kernel
    kernel.settings.put("secure", "lockscreen.disabled", "1")
    kernel.shell.sleep()
    pass_time(pilot, 10 * MINUTE)
    assert pilot.phone.observe().activity.activity.endswith("AlarmActivity")
    pilot.tap(desc="Snooze")
    assert states(pilot) == [(9, 50, 4)]


def test_locked_the_alarm_wakes_the_phone(pilot: Pilot) -> None:
    set_alarm(pilot, HOUR=9, MINUTES=40, MESSAGE="Call", SKIP_UI=True)
    pilot.phone.kernel.shell.sleep()
    pass_time(pilot, 10 * MINUTE)
    assert pilot.phone.kernel.hardware.screen_on
    assert pilot.has("Call")


def test_rows_written_from_outside_are_scheduled(pilot: Pilot) -> None:
    pilot.phone.databases.execute(CLOCK, "alarms.db", "UPDATE alarm_templates SET enabled = 1 WHERE _id = 1")
    assert next_alarm(pilot) == "Thu 8:30 AM"
    pilot.phone.databases.execute(CLOCK, "alarms.db", "DELETE FROM alarm_templates")
    assert next_alarm(pilot) == ""
    assert states(pilot) == []


def test_looking_at_the_clock_changes_nothing(pilot: Pilot) -> None:
    pilot.tap(rid="onoff", nth=0)
    before = rows(pilot, "alarms.db", "SELECT * FROM alarm_instances")
    for tab in ("clock", "timer", "stopwatch", "alarm"):
        pilot.tap(rid=f"tab_menu_{tab}")
    pilot.home()
    pilot.open("Clock")
    assert rows(pilot, "alarms.db", "SELECT * FROM alarm_instances") == before
    assert pilot.effects() == ["alarm.enabled"]


# ---------------------------------------------------------------------- cities


def test_cities_are_found_added_and_removed(pilot: Pilot) -> None:
    pilot.tap(rid="tab_menu_clock")
    pilot.tap(desc="Add city")
    pilot.type("sao")
    pilot.tap("São Paulo")
    pilot.type("tok", clear=True)
    pilot.tap("Tokyo")
    pilot.back()
    pilot.back()
    assert pilot.has("13 hours ahead")
    assert rows(pilot, "deskclock_prefs.db", "SELECT name FROM selected_cities ORDER BY position") == [("São Paulo",), ("Tokyo",)]
    pilot.long_press("Tokyo")
    pilot.tap("Move up")
    assert rows(pilot, "deskclock_prefs.db", "SELECT name FROM selected_cities ORDER BY position") == [("Tokyo",), ("São Paulo",)]
    pilot.swipe("left", "Tokyo")
    assert not pilot.has("Tokyo")
    pilot.tap("Undo")
    assert pilot.has("Tokyo")


def test_home_is_shown_where_the_time_is_another() -> None:
    pilot = Pilot()
    pilot.phone.kernel.clock.set_zone("Europe/Berlin")
    pilot.open("Clock")
    pilot.tap(rid="tab_menu_clock")
    assert pilot.has("Home")
    assert pilot.has("5 hours behind")


def test_sixty_cities_and_more() -> None:
    assert len(CITIES) >= 60
    assert [city.name for city in search("los")] == ["Los Angeles"]
    assert "Zürich" in [city.name for city in search("zu")]


# ---------------------------------------------------------------------- timers and stopwatch


def test_a_timer_runs_rings_and_is_stopped(pilot: Pilot) -> None:
    pilot.tap(rid="tab_menu_timer")
    assert not pilot.find_all(desc="Start")
    for key in ("1", "3", "0"):
        pilot.tap(rid=f"timer_setup_digit_{key}")
    assert pilot.find(rid="timer_setup_time").text == "00h 01m 30s"
    pilot.tap(desc="Start")
    pilot.wait(10_000)
    assert pilot.find(rid="timer_time_text").text in ("1:20", "1:19")
    pilot.tap(desc="Pause")
    held = pilot.find(rid="timer_time_text").text
    pilot.wait(20_000)
    assert pilot.find(rid="timer_time_text").text == held
    pilot.tap(rid="add_one_min")
    pilot.tap(desc="Start")
    pilot.home()
    pilot.wait(150_000)
    assert rows(pilot, "deskclock_prefs.db", "SELECT state FROM timers") == [(3,)]
    pilot.tap("Stop")
    assert rows(pilot, "deskclock_prefs.db", "SELECT state, remaining_ms FROM timers") == [(4, 90_000)]
    assert pilot.effects() == [f"timer.{name}" for name in ("created", "started", "paused", "extended", "started", "reset")]


def test_several_timers_with_labels(pilot: Pilot) -> None:
    pilot.tap(rid="tab_menu_timer")
    pilot.tap(rid="timer_setup_digit_5")
    pilot.tap(rid="timer_setup_digit_00")
    pilot.tap(desc="Start")
    pilot.tap(rid="timer_label")
    pilot.type("Eggs")
    pilot.tap("OK")
    pilot.tap(desc="Add timer")
    pilot.tap(rid="timer_setup_digit_9")
    pilot.tap(rid="timer_setup_delete")
    pilot.tap(desc="Cancel")
    assert pilot.has("Eggs")
    pilot.tap(desc="Add timer")
    pilot.tap(rid="timer_setup_digit_2")
    pilot.tap(rid="timer_setup_digit_00")
    pilot.tap(desc="Start")
    assert rows(pilot, "deskclock_prefs.db", "SELECT length_ms, label FROM timers ORDER BY _id") == [(300_000, "Eggs"), (120_000, "")]
    pilot.tap(rid="close", nth=0)
    assert rows(pilot, "deskclock_prefs.db", "SELECT label FROM timers") == [("Eggs",)]


def test_stopwatch_counts_and_keeps_laps(pilot: Pilot) -> None:
    pilot.tap(rid="tab_menu_stopwatch")
    pilot.tap(desc="Start")
    pilot.wait(5_000)
    pilot.tap(desc="Lap")
    pilot.wait(3_000)
    pilot.tap(desc="Lap")
    pilot.tap(desc="Pause")
    laps = rows(pilot, "deskclock_prefs.db", "SELECT number, lap_ms, total_ms FROM laps ORDER BY number")
    assert [lap[0] for lap in laps] == [1, 2]
    assert laps[0][1] >= 5_000
    assert laps[1][2] == laps[0][1] + laps[1][1]
    assert pilot.has("# 2")
    before = pilot.find(rid="stopwatch_time_text").text
    pilot.wait(5_000)
    assert pilot.find(rid="stopwatch_time_text").text == before
    pilot.tap(desc="Reset")
    assert pilot.find(rid="stopwatch_time_text").text == "00"
    assert rows(pilot, "deskclock_prefs.db", "SELECT state, accumulated_ms FROM stopwatch") == [(0, 0)]


# ---------------------------------------------------------------------- settings and intents


def test_settings_take_effect(pilot: Pilot) -> None:
    pilot.tap(desc="More options")
    pilot.tap("Settings")
    pilot.tap("Snooze length")
    pilot.tap("5 minutes")
    pilot.scroll_to("Start week on")
    pilot.tap("Start week on")
    pilot.tap("Monday")
    pilot.back()
    pilot.tap(desc="Expand alarm", nth=0)
    assert pilot.find(rid="day_button_0").content_desc == "Monday"
    set_alarm(pilot, HOUR=9, MINUTES=32, SKIP_UI=True)
    pass_time(pilot, 2 * MINUTE)
    pilot.phone.kernel.broadcast(CLOCK, "com.android.deskclock.SNOOZE_ALARM", {"instance": 1})
    assert states(pilot) == [(9, 37, 4)]


def test_set_alarm_with_days_shows_it(pilot: Pilot) -> None:
    set_alarm(pilot, HOUR=6, MINUTES=5, MESSAGE="Run", DAYS=(2, 7))
    assert alarms(pilot)[-1] == (6, 5, 33, 1, "Run")
    assert pilot.has("Run")
    assert pilot.has("Sat, Mon") or pilot.has("Mon, Sat")
    set_alarm(pilot, HOUR=6, MINUTES=5, MESSAGE="Run", DAYS=(2, 7), SKIP_UI=True)
    assert len(alarms(pilot)) == 3


def test_set_timer_and_show_alarms(pilot: Pilot) -> None:
    extras: dict[str, Any] = {"android__intent__extra__alarm__LENGTH": 60, "android__intent__extra__alarm__MESSAGE": "Rice"}
    pilot.phone.kernel.activities.start(Intent.of("android.intent.action.SET_TIMER", **extras))
    assert pilot.has("Rice")
    pilot.phone.kernel.activities.start(Intent.of("android.intent.action.SHOW_ALARMS"))
    assert pilot.has("8:30 AM")


def test_a_fork_rings_by_itself(pilot: Pilot) -> None:
    set_alarm(pilot, HOUR=9, MINUTES=31, SKIP_UI=True)
    other = Pilot(pilot.phone.fork())
    pass_time(other, 3 * MINUTE)
    assert states(other) == [(9, 31, 5)]
    assert states(pilot) == [(9, 31, 3)]


def test_twenty_four_hours() -> None:
    pilot = Pilot(config=PhoneConfig(use_24h=True))
    pilot.open("Clock")
    assert pilot.has("08:30")
