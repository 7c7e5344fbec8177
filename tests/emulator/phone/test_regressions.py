"""Faults that random episodes have found, each as a short story."""

from __future__ import annotations

import pytest

from mobilegym.actions import OpenApp, Press
from mobilegym.emulator.phone.kernel.intents import VIEW, Intent
from mobilegym.emulator.phone.kernel.paths import file_name_ok
from mobilegym.emulator.phone.ui.call import Call
from tests.emulator.phone.apps.pilot import Pilot
from tests.emulator.phone.furniture import furnish
from tests.emulator.phone.twins import differences, look, no_caches


@pytest.fixture
def pilot() -> Pilot:
    pilot = Pilot()
    furnish(pilot.phone)
    return pilot


def stale(pilot: Pilot) -> str:
    shown = look(pilot.phone)
    with no_caches():
        return differences(shown, look(pilot.phone.fork()))


def test_an_alarm_written_from_outside_rings(pilot: Pilot) -> None:
    sql = "INSERT INTO alarm_templates (hour, minutes, daysofweek, enabled, vibrate, label) VALUES (9, 40, 0, 1, 1, 'Tea')"
    pilot.phone.databases.execute("com.google.android.deskclock", "alarms.db", sql)
    pilot.wait(601_000)
    assert any("Tea" in f"{n.title} {n.text}" for n in pilot.phone.notifications())


def test_the_keyboard_follows_the_field(pilot: Pilot) -> None:
    """Its action key belongs to the field in focus, also where only another screen's field has changed."""
    pilot.open("Contacts")
    pilot.tap(desc="Create contact")
    pilot.tap("First name")
    assert not stale(pilot)
    for _ in range(4):
        pilot.perform(Press("enter"))
        assert not stale(pilot)


def test_a_dialog_shows_what_changed_behind_it(pilot: Pilot) -> None:
    pilot.perform(Press("notifications"))
    pilot.tap(contains="Internet")
    assert not stale(pilot)
    pilot.phone.settings.put("global", "wifi_on", "0")
    assert not stale(pilot)


def test_the_caret_moves_without_an_edit(pilot: Pilot) -> None:
    pilot.open("Markor")
    pilot.tap("Groceries.md")
    pilot.tap(desc="Bold")
    assert not stale(pilot)
    pilot.long_press(rid="document__fragment__edit__highlighting_editor")
    pilot.tap("Select all")
    assert not stale(pilot)


def test_what_no_app_can_open_is_said(pilot: Pilot) -> None:
    pilot.open("Markor")
    pilot.phone.kernel.activities.foreground.start(Intent(VIEW, "gopher://example.org"))
    assert pilot.has_text("No app can perform this action")


def test_a_disabled_app_does_not_open(pilot: Pilot) -> None:
    pilot.phone.kernel.packages.change("com.android.camera2", enabled=False)
    for name in ("com.android.camera2", "Camera"):
        assert pilot.phone.perform(OpenApp(name)) is not None
    before = pilot.phone.activity()
    pilot.perform(Press("camera"))
    assert pilot.phone.activity() == before


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\0b", "ä" * 128])
def test_names_that_no_file_can_have(pilot: Pilot, name: str) -> None:
    assert not file_name_ok(name)
    assert file_name_ok("ä" * 127)
    assert not pilot.phone.files.exists(f"/sdcard/Documents/{name}/x")


def test_a_note_is_not_given_an_impossible_name(pilot: Pilot) -> None:
    pilot.open("Markor")
    pilot.tap(desc="Create a new file or folder")
    pilot.type("x" * 300)
    pilot.tap("OK")
    assert pilot.has_text("Enter a valid name")


def test_a_result_goes_to_nobody_where_the_asker_is_gone(pilot: Pilot) -> None:
    """Force-stopped in the middle of another app's task, an app leaves its picker behind, whose result nobody else may get."""
    pilot.open("Contacts")
    activities = pilot.phone.kernel.activities
    first = activities.foreground
    for name in ("Clock", "Files"):
        package = pilot.phone.kernel.packages.find(name)
        info = pilot.phone.kernel.packages.launcher_activity(package)
        reply = Call(_not_for_me) if name == "Files" else None
        activities.launch(package, info, Intent(VIEW, package=package, activity=info.cls.name), activities.foreground, reply)
    assert [a.package for a in activities.tasks[0].stack][1:] == ["com.google.android.deskclock", "com.google.android.documentsui"]
    pilot.phone.packages.force_stop("com.google.android.deskclock")
    activities.foreground.finish(Intent())
    assert activities.foreground is first


def _not_for_me(activity: object, result: object) -> None:
    raise AssertionError(f"{activity} got the result {result} of something that another app had started")
