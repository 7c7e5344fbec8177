"""Settings: time, languages, schedules, sounds, search and developer options."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.emulator.phone.apps.pilot import Pilot
from tests.emulator.phone.apps.settings_kit import setting, summary_of, visit


@pytest.fixture
def pilot() -> Pilot:
    pilot = Pilot()
    pilot.open("Settings")
    return pilot


def test_clock_by_hand_and_back(pilot: Pilot) -> None:
    clock = pilot.phone.kernel.clock
    start = clock.now()
    visit(pilot, "date_time")
    pilot.tap("Set time automatically")
    pilot.tap("Date")
    pilot.tap(desc="20 March 2026")
    pilot.tap("OK")
    assert clock.now().date() == start.date() + timedelta(days=9)
    assert setting(pilot, "global/auto_time") == "0"
    pilot.tap("Set time automatically")
    assert clock.now().date() == start.date()


def test_time_zone_by_search(pilot: Pilot) -> None:
    visit(pilot, "date_time")
    pilot.tap("Set time zone automatically")
    pilot.tap(text="Time zone", nth=1)
    pilot.tap("Region")
    pilot.tap(desc="Search")
    pilot.type("jap")
    pilot.tap("Japan")
    assert pilot.phone.kernel.clock.zone.key == "Asia/Tokyo"
    assert pilot.has("Region")
    pilot.back()
    assert pilot.has_text("Japan Standard Time")


def test_24_hours(pilot: Pilot) -> None:
    visit(pilot, "date_time")
    pilot.tap("Use locale default")
    pilot.tap("Use 24-hour format")
    assert setting(pilot, "system/time_12_24") == "24"
    assert pilot.has("13:00")


def test_seven_taps_make_a_developer(pilot: Pilot) -> None:
    visit(pilot, "about")
    pilot.scroll_to("Build number")
    for _ in range(7):
        pilot.tap("Build number")
    assert setting(pilot, "global/development_settings_enabled") == "1"
    visit(pilot, "system")
    pilot.tap("Developer options")
    pilot.scroll_to("USB debugging")
    pilot.tap("USB debugging")
    assert setting(pilot, "global/adb_enabled") == "0"
    pilot.tap("USB debugging")
    pilot.tap("Cancel")
    assert setting(pilot, "global/adb_enabled") == "0"


def test_device_name(pilot: Pilot) -> None:
    visit(pilot, "about")
    pilot.tap("Device name")
    pilot.type("Blue phone", clear=True)
    pilot.tap("OK")
    pilot.tap("OK")
    assert setting(pilot, "global/device_name") == "Blue phone"


def test_search_finds_rows_and_shows_them(pilot: Pilot) -> None:
    pilot.tap("Search settings")
    pilot.type("hide silent")
    pilot.tap("Hide silent notifications in status bar")
    assert pilot.phone.activity().activity == "com.android.settings.SubSettings"
    assert pilot.has("Hide silent notifications in status bar")
    pilot.back()
    pilot.tap(desc="Clear text")
    assert pilot.has("hide silent"), "recent searches"
    pilot.type("zzzz")
    assert pilot.has("No results")
    pilot.type("font", clear=True)
    assert pilot.has("Font size")


def test_night_light_schedule_runs_by_the_clock(pilot: Pilot) -> None:
    visit(pilot, "night_light")
    pilot.tap("Schedule")
    pilot.tap("Turns on at custom time")
    assert setting(pilot, "secure/night_display_activated") == "0"
    pilot.phone.clock.advance(13 * 3_600_000)
    assert setting(pilot, "secure/night_display_activated") == "1"
    pilot.phone.clock.advance(8 * 3_600_000)
    assert setting(pilot, "secure/night_display_activated") == "0"


def test_dnd_schedule_runs_by_the_clock(pilot: Pilot) -> None:
    visit(pilot, "dnd_schedules")
    pilot.tap(desc="Sleeping")
    pilot.phone.clock.advance(13 * 3_600_000)
    assert setting(pilot, "global/zen_mode") == "1"
    pilot.phone.clock.advance(9 * 3_600_000)
    assert setting(pilot, "global/zen_mode") == "0"


def test_dnd_schedule_added_and_deleted(pilot: Pilot) -> None:
    visit(pilot, "dnd_schedules")
    pilot.tap("Add schedule")
    pilot.type("Choir")
    pilot.tap("OK")
    pilot.tap("Days")
    pilot.tap("Monday")
    pilot.tap("Done")
    assert summary_of(pilot, "Days") == "Tue, Wed, Thu, Fri"
    pilot.tap("Delete schedule")
    pilot.tap("Delete")
    assert not pilot.has("Choir")


def test_wallpaper(pilot: Pilot) -> None:
    before = pilot.phone.kernel.wallpaper()
    visit(pilot, "wallpaper")
    pilot.tap(desc="Meadow")
    assert pilot.phone.kernel.wallpaper() != before
    assert setting(pilot, "system/mobilegym_wallpaper") == "wallpaper_green"


def test_ringtone(pilot: Pilot) -> None:
    visit(pilot, "sound")
    pilot.scroll_to("Phone ringtone")
    pilot.tap("Phone ringtone")
    pilot.tap("Flutterby")
    pilot.tap("OK")
    assert "title=Flutterby" in (setting(pilot, "system/ringtone") or "")
    assert summary_of(pilot, "Phone ringtone") == "Flutterby"


def test_languages(pilot: Pilot) -> None:
    visit(pilot, "languages")
    pilot.tap("Add a language")
    pilot.tap(desc="Search")
    pilot.type("italiano")
    pilot.tap("Italiano (Italia)")
    assert setting(pilot, "system/system_locales") == "en-US,it-IT"
    pilot.tap(desc="Italiano (Italia)")
    pilot.tap("Remove")
    pilot.tap("Remove")
    assert setting(pilot, "system/system_locales") == "en-US"
