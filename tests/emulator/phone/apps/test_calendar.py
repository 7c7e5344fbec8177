"""Calendar, driven by what is on the screen and checked in its database."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mobilegym.emulator.phone import PhoneConfig, VirtualPhone
from mobilegym.emulator.phone.apps.calendar.model import ALL_DAY, COMPLETED, DAY, MONTH, PACKAGE, WEEK
from mobilegym.emulator.phone.kernel.intents import EDIT, INSERT, VIEW, Intent
from tests.emulator.phone.apps.pilot import Pilot

NEW_YORK = ZoneInfo("America/New_York")
DELETED = ("event.deleted", "irreversible")


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> int:
    return int(datetime(2026, month, day, hour, minute, tzinfo=NEW_YORK).timestamp())


def add(pilot: Pilot, title: str, start: int, minutes: int = 60, **columns: int | str) -> int:
    """Put a row into the database from outside, as a task's setup does."""
    values: dict[str, Any] = {
        "start_ts": start, "end_ts": start + minutes * 60, "title": title, "location": "", "description": "", "reminder_1_minutes": -1,
        "reminder_2_minutes": -1, "reminder_3_minutes": -1, "reminder_1_type": 0, "reminder_2_type": 0, "reminder_3_type": 0,
        "repeat_interval": 0, "repeat_rule": 0, "repeat_limit": 0, "repetition_exceptions": "[]", "attendees": "[]", "import_id": "",
        "time_zone": "America/New_York", "flags": 0, "event_type": 1, "parent_id": 0, "last_updated": 0, "source": "simple-calendar",
        "availability": 0, "access_level": 0, "color": 0, "type": 0, "status": 1, **columns,
    }  # fmt: skip
    marks = ", ".join("?" * len(values))
    return pilot.phone.databases.execute(
        PACKAGE, "events.db", f"INSERT INTO events ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
    )


def rows(pilot: Pilot, table: str = "events") -> list[dict[str, Any]]:
    return [dict(row) for row in pilot.phone.databases.query(PACKAGE, "events.db", f"SELECT * FROM {table} ORDER BY id")]


def effects(pilot: Pilot) -> list[tuple[str, str]]:
    return [(e.name, e.risk) for e in pilot.phone.journal() if e.kind == "effect" and e.app == PACKAGE]


def notes(pilot: Pilot) -> list[tuple[str, str]]:
    return [(n.title, n.text) for n in pilot.phone.notifications() if n.package == PACKAGE]


def view(pilot: Pilot, name: str) -> None:
    pilot.tap(desc="Change view")
    pilot.tap(name)


@pytest.fixture
def pilot() -> Pilot:
    pilot = Pilot()
    pilot.open("Calendar")
    return pilot


def new_event(pilot: Pilot, title: str) -> None:
    pilot.tap(rid="calendar_fab")
    pilot.tap("Event")
    pilot.type(title)
    pilot.back()


def pick_time(pilot: Pilot, hour: int, minute: int, half: str) -> None:
    pilot.tap(rid="material_timepicker_mode_button")
    pilot.type(str(hour), clear=True)
    pilot.tap(contains=" minutes")
    pilot.type(f"{minute:02d}", clear=True)
    pilot.tap(half)
    pilot.tap("OK")


# ---------------------------------------------------------------------- new events


def test_new_event_with_all_fields(pilot: Pilot) -> None:
    pilot.tap(rid="calendar_fab")
    pilot.tap("Event")
    pilot.type("Dinner with Ann")
    pilot.tap(rid="event_location")
    pilot.type("Luigi's")
    pilot.tap(rid="event_description")
    pilot.type("bring wine")
    pilot.back()
    pilot.tap(rid="event_start_date")
    pilot.tap(desc="13 March 2026")
    pilot.tap("OK")
    pilot.tap(rid="event_start_time")
    pick_time(pilot, 7, 30, "PM")
    pilot.tap(rid="event_end_time")
    pick_time(pilot, 9, 0, "PM")
    pilot.tap(rid="event_reminder_1")
    pilot.tap("30 minutes before")
    pilot.tap("Add another reminder")
    pilot.tap("Custom")
    pilot.type("2")
    pilot.tap("Days")
    pilot.tap("OK")
    pilot.tap(desc="Save")
    (row,) = rows(pilot)
    assert (row["title"], row["location"], row["description"]) == ("Dinner with Ann", "Luigi's", "bring wine")
    assert (row["start_ts"], row["end_ts"]) == (at(3, 13, 19, 30), at(3, 13, 21))
    assert [row[f"reminder_{i}_minutes"] for i in (1, 2, 3)] == [30, 2880, -1]
    assert (row["repeat_interval"], row["flags"], row["time_zone"], row["source"]) == (0, 0, "America/New_York", "simple-calendar")
    assert effects(pilot) == [("event.created", "reversible")]


def test_title_is_needed_and_the_end_comes_after_the_start(pilot: Pilot) -> None:
    new_event(pilot, "")
    pilot.tap(desc="Save")
    assert pilot.has("Title cannot be empty")
    pilot.type("X")
    pilot.back()
    pilot.tap(rid="event_end_date")
    pilot.tap(desc="09 March 2026")
    pilot.tap("OK")
    pilot.tap(desc="Save")
    assert pilot.has("The event cannot end earlier than it starts")
    assert rows(pilot) == []


def test_all_day_event_lasts_from_midnight_to_noon(pilot: Pilot) -> None:
    new_event(pilot, "Fair")
    pilot.tap(rid="event_all_day_holder")
    assert not pilot.find_all(rid="event_start_time")
    pilot.tap(rid="event_end_date")
    pilot.tap(desc="12 March 2026")
    pilot.tap("OK")
    pilot.tap(desc="Save")
    (row,) = rows(pilot)
    assert (row["start_ts"], row["end_ts"], row["flags"]) == (at(3, 11), at(3, 12, 12), ALL_DAY)


def test_weekly_on_chosen_days_a_number_of_times(pilot: Pilot) -> None:
    new_event(pilot, "Swim")
    pilot.tap(rid="event_repetition")
    pilot.tap("Weekly")
    assert pilot.find(rid="event_repetition_rule").text == "Wed"
    pilot.tap(rid="event_repetition_rule")
    pilot.tap("Friday")
    pilot.tap("OK")
    pilot.tap(rid="event_repetition_limit")
    pilot.tap("Stop repeating after x occurrences")
    pilot.type("5")
    pilot.tap("OK")
    assert pilot.find(rid="event_repetition_limit").text == "5 times"
    pilot.tap(desc="Save")
    (row,) = rows(pilot)
    assert (row["repeat_interval"], row["repeat_rule"], row["repeat_limit"]) == (WEEK, 4 + 16, -5)


def test_monthly_variants_and_until(pilot: Pilot) -> None:
    add(pilot, "Rent", at(3, 31, 9))
    pilot.tap(desc="31 March")
    pilot.tap("Rent")
    pilot.tap(rid="event_repetition")
    pilot.tap("Monthly")
    pilot.tap(rid="event_repetition_rule")
    assert pilot.has("Repeat every last Tuesday")
    pilot.tap("Repeat on the last day of the month")
    pilot.tap(rid="event_repetition_limit")
    pilot.tap("Repeat till a date")
    pilot.tap(desc="Next month")
    pilot.tap(desc="30 April 2026")
    pilot.tap("OK")
    pilot.tap(desc="Save")
    (row,) = rows(pilot)
    assert (row["repeat_interval"], row["repeat_rule"], row["repeat_limit"]) == (MONTH, 3, at(5, 1) - 1)


def test_custom_interval(pilot: Pilot) -> None:
    new_event(pilot, "Water plants")
    pilot.tap(rid="event_repetition")
    pilot.tap("Custom")
    pilot.type("3")
    pilot.tap("OK")
    assert pilot.find(rid="event_repetition").text == "3 days"
    pilot.tap(desc="Save")
    assert rows(pilot)[0]["repeat_interval"] == 3 * DAY


def test_leaving_with_changes_asks(pilot: Pilot) -> None:
    new_event(pilot, "Draft")
    pilot.back()
    assert pilot.has("You have unsaved changes. Save before exit?")
    pilot.tap("Discard")
    assert rows(pilot) == []
    assert pilot.has("March")


# ---------------------------------------------------------------------- views


def test_views_show_the_event(pilot: Pilot) -> None:
    add(pilot, "Dentist", at(3, 12, 14), description="bring card")
    for name, part in (("Simple event list", "2:00 PM - 3:00 PM"), ("Weekly view", "Dentist"), ("Monthly and daily view", "bring card")):
        view(pilot, name)
        assert pilot.has_text("Dentist"), name
        assert pilot.has_text(part), name
    view(pilot, "Yearly view")
    pilot.tap(rid="month_5_holder")
    assert pilot.has("May")
    pilot.back()
    assert pilot.has("2026")
    view(pilot, "Daily view")
    assert pilot.has("No items found.")
    pilot.tap(desc="Next day")
    assert pilot.has("March 12 (Thu)")
    assert pilot.has("Dentist")


def test_month_turns_and_comes_back_to_today(pilot: Pilot) -> None:
    assert not pilot.find_all(desc="Go to today")
    pilot.swipe("left", rid="month_view_wrapper")
    assert pilot.has("April")
    pilot.tap(desc="Previous month")
    pilot.tap(desc="Previous month")
    assert pilot.has("February")
    pilot.tap(desc="Go to today")
    assert pilot.has("March")
    pilot.tap(desc="More options")
    pilot.tap("Go to date")
    pilot.tap(rid="android:id/next")
    pilot.tap(desc="20 April 2026")
    pilot.tap("OK")
    assert pilot.has("April")
    pilot.tap(desc="20 April")
    assert pilot.has("April 20 (Mon)")
    pilot.back()
    assert pilot.has("April")


def test_week_slot_makes_an_hour(pilot: Pilot) -> None:
    view(pilot, "Weekly view")
    pilot.tap(rid="week_events_scrollview")
    pilot.tap(rid="week_grid_new_event")
    pilot.type("Slot")
    pilot.tap(desc="Save")
    (row,) = rows(pilot)
    assert row["end_ts"] - row["start_ts"] == 3600


def test_chosen_view_is_kept(pilot: Pilot) -> None:
    view(pilot, "Simple event list")
    pilot.phone.packages.force_stop(PACKAGE)
    pilot.open("Calendar")
    assert pilot.has("No upcoming events.")


def test_search_finds_words_in_all_texts(pilot: Pilot) -> None:
    add(pilot, "Old meeting", at(1, 5, 9))
    add(pilot, "Lunch", at(3, 20, 12), location="Meeting room")
    add(pilot, "Walk", at(3, 21, 12))
    pilot.tap(rid="top_toolbar_search")
    pilot.type("m")
    assert pilot.has("Type in at least 2 characters to start the search.")
    pilot.type("eet")
    assert pilot.has("Old meeting")
    assert pilot.has("Lunch")
    assert not pilot.has("Walk")


def test_filter_hides_types(pilot: Pilot) -> None:
    kind = pilot.phone.databases.execute(PACKAGE, "events.db", "INSERT INTO event_types VALUES (NULL, 'Work', -16776961, 0, '', '', 0)")
    add(pilot, "Report", at(3, 11, 15), event_type=kind)
    view(pilot, "Daily view")
    assert pilot.has("Report")
    pilot.tap(desc="Filter events by type")
    pilot.tap("Work")
    pilot.tap("OK")
    assert not pilot.has("Report")


# ---------------------------------------------------------------------- repeating events


@pytest.fixture
def swim(pilot: Pilot) -> Pilot:
    add(pilot, "Swim", at(3, 2, 10), repeat_interval=WEEK, repeat_rule=1)
    pilot.tap(desc="16 March")
    pilot.tap("Swim")
    return pilot


def days(pilot: Pilot) -> str:
    """Days of March with a swim, from what the agenda of each Monday shows."""
    found: list[str] = []
    for day in (9, 16, 23, 30):
        pilot.tap(desc=f"{day} March")
        found += [str(day)] if pilot.has_text("Swim") else []
        pilot.back()
    return " ".join(found)


@pytest.mark.parametrize(
    ("choice", "left"),
    [("Delete the selected occurrence only", "9 23 30"), ("Delete this and all future occurrences", "9"), ("Delete all occurrences", "")],
)
def test_deleting_occurrences(swim: Pilot, choice: str, left: str) -> None:
    swim.tap(desc="Delete")
    swim.tap(choice)
    swim.tap("Yes")
    swim.back()
    assert days(swim) == left
    assert effects(swim) == [DELETED]


def test_changing_one_occurrence(swim: Pilot) -> None:
    swim.tap(rid="event_title")
    swim.type("Swim race", clear=True)
    swim.tap(desc="Save")
    swim.tap("Update the selected occurrence only")
    old, new = rows(swim)
    assert old["repetition_exceptions"] == '["20260316"]'
    assert (new["title"], new["parent_id"], new["repeat_interval"], new["start_ts"]) == ("Swim race", old["id"], 0, at(3, 16, 10))


def test_changing_this_and_future_ones(swim: Pilot) -> None:
    swim.tap(rid="event_title")
    swim.type("Swim club", clear=True)
    swim.tap(desc="Save")
    swim.tap("Update this and all future occurrences")
    old, new = rows(swim)
    assert (old["title"], old["repeat_limit"]) == ("Swim", at(3, 16) - 1)
    assert (new["title"], new["start_ts"], new["repeat_interval"], new["repeat_limit"]) == ("Swim club", at(3, 16, 10), WEEK, 0)


def test_changing_all_moves_the_first(swim: Pilot) -> None:
    swim.tap(rid="event_start_date")
    swim.tap(desc="17 March 2026")
    swim.tap("OK")
    swim.tap(desc="Save")
    swim.tap("Update all occurrences")
    (row,) = rows(swim)
    assert (row["start_ts"], row["repeat_rule"]) == (at(3, 3, 10), 2)


def test_duplicate_and_delete_a_single_event(pilot: Pilot) -> None:
    add(pilot, "Dentist", at(3, 11, 15))
    pilot.tap(desc="11 March")
    pilot.tap("Dentist")
    pilot.tap(desc="Duplicate event")
    pilot.tap(desc="Save")
    assert [row["title"] for row in rows(pilot)] == ["Dentist", "Dentist"]
    pilot.tap("Dentist")
    pilot.tap(desc="Delete")
    pilot.tap("No")
    assert len(rows(pilot)) == 2
    pilot.tap(desc="Delete")
    pilot.tap("Yes")
    assert len(rows(pilot)) == 1


def test_selection_deletes_several(pilot: Pilot) -> None:
    add(pilot, "A", at(3, 11, 15))
    add(pilot, "B", at(3, 11, 16))
    view(pilot, "Daily view")
    pilot.long_press("A")
    pilot.tap("B")
    pilot.tap(desc="Delete")
    pilot.tap("Yes")
    assert rows(pilot) == []
    assert effects(pilot) == [DELETED, DELETED]


# ---------------------------------------------------------------------- reminders


def test_reminder_fires_and_snoozes(pilot: Pilot) -> None:
    event = add(pilot, "Dentist", at(3, 11, 10, 30), reminder_1_minutes=30, description="bring card")
    pilot.wait(29 * 60_000)
    assert notes(pilot) == []
    pilot.wait(2 * 60_000)
    assert notes(pilot) == [("Dentist", "10:30 AM - 11:30 AM bring card")]
    kernel = pilot.phone.kernel
    key = kernel.notifications.key(PACKAGE, "", event)
    labels = {a.label: a.action for a in kernel.notifications.active(PACKAGE)[0].actions}
    assert set(labels) == {"Dismiss", "Snooze"}
    kernel.broadcast(PACKAGE, labels["Snooze"], {"key": key})
    assert notes(pilot) == []
    pilot.wait(11 * 60_000)
    assert notes(pilot)
    kernel.broadcast(PACKAGE, labels["Dismiss"], {"key": key})
    assert notes(pilot) == []
    assert effects(pilot) == [("reminder.snoozed", "reversible"), ("reminder.dismissed", "reversible")]


def test_each_occurrence_reminds_until_deleted(pilot: Pilot) -> None:
    event = add(pilot, "Pill", at(3, 1, 12), 0, reminder_1_minutes=0, reminder_2_minutes=60, repeat_interval=DAY)
    pilot.phone.clock.advance(26 * 3_600_000)
    posted = [e for e in pilot.phone.journal() if e.kind == "notification" and e.app == PACKAGE and e.name.startswith("notification.")]
    assert [e.at_ms // 1000 for e in posted] == [at(3, 11, 11), at(3, 11, 12), at(3, 12, 11)]
    pilot.phone.databases.execute(PACKAGE, "events.db", "DELETE FROM events WHERE id = ?", (event,))
    pilot.wait(1000)
    assert pilot.phone.kernel.clock.pending(PACKAGE) == ()


def test_reminder_follows_an_edit(pilot: Pilot) -> None:
    add(pilot, "Call", at(3, 11, 12), reminder_1_minutes=10)
    pilot.tap(desc="11 March")
    pilot.tap("Call")
    pilot.tap(rid="event_reminder_1")
    pilot.tap("1 hour before")
    pilot.tap(desc="Save")
    pilot.wait(2 * 3_600_000)
    assert [e.at_ms // 1000 for e in pilot.phone.journal() if e.name == "notification.posted"] == [at(3, 11, 11)]


def test_all_day_reminder_counts_from_midnight_and_notification_opens_the_event(pilot: Pilot) -> None:
    event = add(pilot, "Fair", at(3, 12), 720, flags=ALL_DAY, reminder_1_minutes=60)
    pilot.wait(14 * 3_600_000)
    assert notes(pilot) == [("Fair", "Tomorrow All-day")]
    content = pilot.phone.kernel.notifications.active(PACKAGE)[0].content
    assert isinstance(content, Intent)
    assert content.extra("event_id") == event


# ---------------------------------------------------------------------- tasks


def test_task_is_completed_and_reopened(pilot: Pilot) -> None:
    pilot.tap(rid="calendar_fab")
    pilot.tap("Task")
    pilot.type("Buy milk")
    pilot.tap(desc="Save")
    (row,) = rows(pilot)
    assert (row["type"], row["start_ts"], row["end_ts"]) == (1, at(3, 11, 10), at(3, 11, 10))
    pilot.tap(desc="11 March")
    pilot.tap("Buy milk")
    pilot.tap("Mark completed")
    (done,) = rows(pilot, "tasks")
    assert (done["task_id"], done["start_ts"], done["flags"] & COMPLETED) == (row["id"], row["start_ts"], COMPLETED)
    pilot.tap("Buy milk")
    pilot.tap("Mark incomplete")
    assert rows(pilot, "tasks") == []
    assert effects(pilot) == [("task.created", "reversible"), ("task.completed", "reversible"), ("task.reopened", "reversible")]


def test_one_occurrence_of_a_repeating_task(pilot: Pilot) -> None:
    add(pilot, "Trash", at(3, 10, 8), 0, type=1, repeat_interval=DAY, reminder_1_minutes=0)
    pilot.tap(desc="12 March")
    pilot.tap("Trash")
    pilot.tap("Mark completed")
    assert [row["start_ts"] for row in rows(pilot, "tasks")] == [at(3, 12, 8)]
    pilot.phone.clock.advance(3 * 86_400_000)
    posted = [e.at_ms // 1000 for e in pilot.phone.journal() if e.name in ("notification.posted", "notification.updated")]
    assert posted == [at(3, 13, 8), at(3, 14, 8)]


# ---------------------------------------------------------------------- types, settings, files


def test_event_types(pilot: Pilot) -> None:
    new_event(pilot, "Report")
    pilot.tap(rid="event_type_holder")
    pilot.tap("Add a new type")
    pilot.type("Work")
    pilot.tap(desc="Cyan")
    pilot.tap("OK")
    pilot.tap(desc="Save")
    regular, work = rows(pilot, "event_types")
    assert (regular["title"], work["title"], work["color"]) == ("Regular event", "Work", 0xFF00ACC1 - (1 << 32))
    assert rows(pilot)[0]["event_type"] == work["id"]
    pilot.tap(desc="More options")
    pilot.tap("Settings")
    pilot.tap("Manage event types")
    pilot.tap(desc="More options", nth=1)
    pilot.tap("Delete")
    pilot.tap("Move affected events into the default event type")
    pilot.tap("OK")
    assert len(rows(pilot, "event_types")) == 1
    assert rows(pilot)[0]["event_type"] == 1


def test_settings_change_new_events_and_the_week(pilot: Pilot) -> None:
    pilot.tap(desc="More options")
    pilot.tap("Settings")
    pilot.tap("Start week on")
    pilot.tap("Monday")
    pilot.tap("Default duration")
    pilot.tap("1 hour")
    pilot.scroll_to("Default reminder 1")
    pilot.tap("Default reminder 1")
    pilot.tap("10 minutes before")
    pilot.back()
    first = pilot.find_all(rid="month_view_background")[0]
    assert first.content_desc == "23 February"
    new_event(pilot, "X")
    pilot.tap(desc="Save")
    (row,) = rows(pilot)
    assert (row["end_ts"] - row["start_ts"], row["reminder_1_minutes"]) == (3600, 10)


def test_export_and_import(pilot: Pilot) -> None:
    add(pilot, "Dentist; 2nd", at(3, 11, 15), repeat_interval=WEEK, repeat_rule=4, reminder_1_minutes=15, location="Main St, 1")
    pilot.tap(desc="More options")
    pilot.tap("Settings")
    pilot.scroll_to("Export events to an .ics file")
    pilot.tap("Export events to an .ics file")
    pilot.type("mine", clear=True)
    pilot.tap("OK")
    assert b"SUMMARY:Dentist\\; 2nd" in pilot.phone.files.read("/sdcard/Download/mine.ics")
    pilot.scroll_to("Delete all events and tasks", direction="up")
    pilot.tap("Delete all events and tasks")
    pilot.tap("Yes")
    assert rows(pilot) == []
    pilot.scroll_to("Import events from an .ics file")
    pilot.tap("Import events from an .ics file")
    pilot.tap("mine.ics")
    pilot.tap("OK")
    (row,) = rows(pilot)
    assert (row["title"], row["location"], row["start_ts"], row["repeat_rule"]) == ("Dentist; 2nd", "Main St, 1", at(3, 11, 15), 4)
    assert (row["reminder_1_minutes"], row["source"]) == (15, "imported-ics")


# ---------------------------------------------------------------------- intents, snapshots, looking


def test_insert_and_edit_intents(pilot: Pilot) -> None:
    start = pilot.phone.packages.start
    party = {"title": "Party", "beginTime": str(at(3, 14, 20) * 1000), "endTime": str(at(3, 14, 23) * 1000), "eventLocation": "Home"}
    start(INSERT, data="content://com.android.calendar/events", mime="vnd.android.cursor.dir/event", package=PACKAGE, extras=party)
    pilot.tap(desc="Save")
    (row,) = rows(pilot)
    assert (row["title"], row["location"], row["start_ts"], row["end_ts"]) == ("Party", "Home", at(3, 14, 20), at(3, 14, 23))
    start(EDIT, data=f"content://com.android.calendar/events/{row['id']}", package=PACKAGE)
    assert pilot.has("Edit Event")
    assert pilot.has("Party")
    pilot.home()
    start(VIEW, data=f"content://com.android.calendar/time/{at(3, 20, 9) * 1000}", package=PACKAGE)
    assert pilot.has("March 20 (Fri)")


def test_fork_keeps_a_half_filled_form(pilot: Pilot) -> None:
    new_event(pilot, "Half")
    twin = Pilot(pilot.phone.fork())
    twin.tap(desc="Save")
    assert [row["title"] for row in rows(twin)] == ["Half"]
    assert rows(pilot) == []
    pilot.tap(desc="Save")
    assert len(rows(pilot)) == 1


def test_looking_changes_nothing() -> None:
    pilot = Pilot()
    add(pilot, "Dentist", at(3, 11, 15), reminder_1_minutes=1440)
    before = pilot.phone.state_tree()
    pilot.open("Calendar")
    pilot.swipe("left", rid="month_view_wrapper")
    pilot.tap(desc="Go to today")
    pilot.tap(desc="11 March")
    pilot.tap("Dentist")
    pilot.back()
    pilot.back()
    pilot.tap(rid="top_toolbar_search")
    pilot.type("den")
    assert pilot.phone.state_tree() == before


@pytest.mark.parametrize("config", [PhoneConfig(dark=True), PhoneConfig(font_scale=1.3), PhoneConfig(use_24h=True)])
def test_every_view_paints(config: PhoneConfig) -> None:
    pilot = Pilot(VirtualPhone(config, seed=0))
    add(pilot, "Dentist", at(3, 11, 15))
    add(pilot, "Trip", at(3, 10), 3 * 1440, flags=ALL_DAY)
    pilot.open("Calendar")
    for name in ("Daily view", "Weekly view", "Monthly and daily view", "Yearly view", "Simple event list", "Monthly view"):
        view(pilot, name)
        assert pilot.phone.render((1200, 540)).shape == (1200, 540, 3)
    pilot.phone.kernel.hardware.set_auto_rotate(True)
    pilot.phone.kernel.hardware.hold(1)
    assert pilot.phone.render((540, 1200)).shape == (540, 1200, 3)
