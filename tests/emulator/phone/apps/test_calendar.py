"""Calendar, driven by what is on the screen and checked in its database: events, views, repetitions."""

from __future__ import annotations

import pytest

from mobilegym.emulator.phone.apps.calendar.model import ALL_DAY, DAY, MONTH, PACKAGE, WEEK
from tests.emulator.phone.apps.calendar_kit import add, at, effects, new_event, rows, view
from tests.emulator.phone.apps.pilot import Pilot

DELETED = ("event.deleted", "irreversible")


@pytest.fixture
def pilot() -> Pilot:
    pilot = Pilot()
    pilot.open("Calendar")
    return pilot


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
