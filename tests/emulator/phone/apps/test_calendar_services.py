"""Calendar beside its main screens: reminders, tasks, types, settings, files, intents and looks."""

from __future__ import annotations

import pytest

from mobilegym.emulator.phone import PhoneConfig, VirtualPhone
from mobilegym.emulator.phone.apps.calendar.model import ALL_DAY, COMPLETED, DAY, PACKAGE, WEEK
from mobilegym.emulator.phone.kernel.intents import EDIT, INSERT, VIEW, Intent
from tests.emulator.phone.apps.calendar_kit import add, at, effects, new_event, notes, rows, view
from tests.emulator.phone.apps.pilot import Pilot


@pytest.fixture
def pilot() -> Pilot:
    pilot = Pilot()
    pilot.open("Calendar")
    return pilot


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
