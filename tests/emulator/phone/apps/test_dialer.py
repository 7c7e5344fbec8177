"""The Phone app and calls, driven by what is on the screen."""

from __future__ import annotations

import pytest

from mobilegym.actions import Press
from mobilegym.emulator.phone.apps.dialer.store import keypad_matches, number_of, tel
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.providers.contacts import Phone
from tests.emulator.phone.apps.pilot import Pilot

PACKAGE = "com.google.android.dialer"
MINUTE = 60_000


@pytest.fixture
def pilot() -> Pilot:
    pilot = Pilot()
    kernel = pilot.phone.kernel
    kernel.content.contacts.add("Ana Lopez", ["5550100001"], starred=True)
    kernel.content.contacts.add("Adam Wright", ["5550100002", Phone("5550100009", 3)])
    now = kernel.clock.now_ms
    kernel.content.calls.add("5550100002", "missed", now - 10 * MINUTE)
    kernel.content.calls.add("5550100002", "missed", now - 12 * MINUTE)
    kernel.content.calls.add("8005550175", "incoming", now - 24 * 60 * MINUTE, 65)
    pilot.open("Phone")
    return pilot


def log(pilot: Pilot) -> list[tuple[str, str]]:
    return [(c.number, c.kind) for c in pilot.phone.kernel.content.calls.recent()]


def effects(pilot: Pilot) -> list[tuple[str, str]]:
    return [(e.name, e.risk) for e in pilot.phone.journal() if e.kind == "effect"]


def press(pilot: Pilot, keys: str) -> None:
    rids = dict(
        zip("1234567890*#", ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "zero", "star", "pound"], strict=True)
    )
    for key in keys:
        pilot.tap(rid=rids[key])


def test_the_tabs_on_a_new_phone() -> None:
    pilot = Pilot()
    pilot.open("Phone")
    assert pilot.has("Call your favorite contacts with just one tap")
    pilot.tap(desc="Recents")
    assert pilot.has("Your call history is empty")
    pilot.tap(desc="Contacts")
    assert pilot.has("Your contacts are just a tap away here")
    pilot.tap("Create new contact")
    assert pilot.has("First name")


def test_dial_a_number(pilot: Pilot) -> None:
    pilot.tap(desc="key pad")
    press(pilot, "5550199")
    assert pilot.find(rid="digits").text == "555-0199"
    pilot.tap(desc="backspace")
    press(pilot, "0")
    pilot.tap(desc="dial")
    assert pilot.phone.activity().activity == "com.android.incallui.InCallActivity"
    assert pilot.phone.kernel.telephony.call.number == "5550190"
    assert ("call.placed", "outward") in effects(pilot)
    pilot.wait(4500)
    assert pilot.find(rid="contactgrid_bottom_timer").text == "00:05"
    pilot.tap(desc="End call")
    assert log(pilot)[0] == ("5550190", "outgoing")
    assert pilot.phone.activity().package == PACKAGE
    assert pilot.has("Search contacts")


def test_text_can_be_typed_into_the_dialpad(pilot: Pilot) -> None:
    pilot.tap(desc="key pad")
    pilot.type("+1 555 010 0199")
    assert pilot.find(rid="digits").text == "+1 555-010-0199"
    pilot.long_press(rid="deleteButton")
    assert pilot.find(rid="digits").text == ""


def test_long_presses_on_keys(pilot: Pilot) -> None:
    pilot.tap(desc="key pad")
    pilot.long_press(rid="zero")
    assert pilot.find(rid="digits").text == "+"
    pilot.long_press(rid="one")
    assert pilot.has("Missing voicemail number")


def test_the_keypad_finds_names_initials_and_numbers(pilot: Pilot) -> None:
    kernel = pilot.phone.kernel
    assert [m.name for m in keypad_matches(kernel, "262")] == ["Ana Lopez"]
    assert [m.name for m in keypad_matches(kernel, "567")] == ["Ana Lopez"]
    assert [m.name for m in keypad_matches(kernel, "29")] == ["Adam Wright", "Adam Wright"]
    assert [m.number for m in keypad_matches(kernel, "0009")] == ["5550100009"]
    pilot.tap(desc="key pad")
    press(pilot, "262")
    pilot.tap("Ana Lopez")
    assert kernel.telephony.call.number == "5550100001"


def test_an_empty_dialpad_brings_back_the_last_number(pilot: Pilot) -> None:
    pilot.phone.kernel.content.calls.add("5550100001", "outgoing")
    pilot.tap(desc="key pad")
    pilot.tap(desc="dial")
    assert pilot.find(rid="digits").text == "(555) 010-0001"
    assert pilot.phone.kernel.telephony.call.phase == "idle"


def test_favourites_call_with_one_tap(pilot: Pilot) -> None:
    pilot.tap("Ana Lopez")
    assert pilot.phone.kernel.telephony.call.number == "5550100001"
    pilot.tap(desc="End call")
    pilot.tap("Add")
    pilot.tap("Adam Wright")
    pilot.tap("Adam Wright")
    pilot.tap(contains="Work")
    assert pilot.phone.kernel.telephony.call.number == "5550100009"
    pilot.tap(desc="End call")
    pilot.long_press("Ana Lopez")
    pilot.tap("Remove")
    assert not pilot.has("Ana Lopez")


def test_recents_are_grouped_and_seen(pilot: Pilot) -> None:
    kernel = pilot.phone.kernel
    assert kernel.content.calls.missed_count() == 2
    pilot.tap(desc="Recents")
    assert pilot.has("Adam Wright (2)")
    assert pilot.has("Today")
    assert pilot.has("Yesterday")
    assert kernel.content.calls.missed_count() == 0
    pilot.tap("Missed")
    assert not pilot.has("(800) 555-0175")


def test_actions_of_an_unknown_caller(pilot: Pilot) -> None:
    pilot.tap(desc="Recents")
    pilot.tap("(800) 555-0175")
    pilot.tap("History")
    assert pilot.has("1 min 5 sec")
    pilot.back()
    pilot.tap("Block")
    pilot.tap("Block")
    assert pilot.phone.kernel.content.blocked.is_blocked("8005550175")
    pilot.tap("Add contact")
    pilot.tap("Create new contact")
    assert pilot.has("(800) 555-0175")
    pilot.tap("First name")
    pilot.type("Shop")
    pilot.tap("Save")
    assert pilot.has("Shop")
    assert pilot.phone.activity().package == PACKAGE


def test_add_a_number_to_a_contact(pilot: Pilot) -> None:
    pilot.tap(desc="Recents")
    pilot.tap("(800) 555-0175")
    pilot.tap("Add contact")
    pilot.tap("Add to existing")
    pilot.tap("Ana Lopez")
    pilot.tap("Save")
    assert [p.number for p in pilot.phone.kernel.content.contacts.get(1).phones] == ["5550100001", "(800) 555-0175"]
    assert pilot.phone.activity().package == PACKAGE


def test_delete_and_clear(pilot: Pilot) -> None:
    pilot.tap(desc="Recents")
    pilot.long_press("Adam Wright (2)")
    pilot.tap("Delete")
    assert log(pilot) == [("8005550175", "incoming")]
    pilot.tap(desc="More options")
    pilot.tap("Call history")
    pilot.tap(desc="More options")
    pilot.tap("Clear call history")
    pilot.tap("OK")
    assert log(pilot) == []
    assert pilot.has("Your call history is empty")
    assert [e for e in effects(pilot) if e[1] == "irreversible"] == [
        ("call_log.deleted", "irreversible"),
        ("call_log.cleared", "irreversible"),
    ]


def test_search_calls_contacts_and_numbers(pilot: Pilot) -> None:
    pilot.tap("Search contacts")
    pilot.type("adam")
    assert [e.text for e in pilot.find_all(rid="secondary")] == ["Mobile (555) 010-0002", "Work (555) 010-0009"]
    pilot.type("5550177", clear=True)
    pilot.tap("Call 555-0177")
    assert pilot.phone.kernel.telephony.call.number == "5550177"


def test_an_incoming_call_is_a_banner_that_stays(pilot: Pilot) -> None:
    pilot.open("Contacts")
    pilot.phone.telephony.ring("5550100001")
    pilot.wait(12_000)
    assert pilot.has("Ana Lopez")
    pilot.tap("Answer")
    assert pilot.phone.activity().activity == "com.android.incallui.InCallActivity"
    assert ("call.answered", "outward") in effects(pilot)
    pilot.wait(10_000)
    pilot.phone.telephony.hang_up()
    assert pilot.phone.activity().package == "com.google.android.contacts"
    assert log(pilot)[0] == ("5550100001", "incoming")
    assert pilot.phone.notifications() == ()


def test_declining_on_the_banner(pilot: Pilot) -> None:
    pilot.home()
    pilot.phone.telephony.ring("5550100001")
    pilot.tap("Decline")
    assert log(pilot)[0] == ("5550100001", "rejected")
    assert pilot.phone.notifications() == ()


def test_a_call_answered_at_home_ends_at_home(pilot: Pilot) -> None:
    pilot.home()
    pilot.phone.telephony.ring("5550100001")
    pilot.tap("Incoming call • Mobile")
    assert pilot.find(rid="contactgrid_bottom_timer").text == "Incoming call"
    pilot.tap(desc="Answer")
    pilot.tap(desc="Mute")
    pilot.tap(desc="Hold")
    call = pilot.phone.kernel.telephony.call
    assert (call.muted, call.on_hold, call.speaker) == (True, True, False)
    pilot.tap(desc="Keypad")
    press(pilot, "42#")
    assert pilot.find(rid="digits").text == "42#"
    pilot.tap(desc="End call")
    assert pilot.phone.activity().package == pilot.phone.kernel.packages.home_package


def test_a_quick_response(pilot: Pilot) -> None:
    pilot.phone.telephony.ring("5550100001")
    pilot.tap("Incoming call • Mobile")
    pilot.tap("Message")
    pilot.tap("I'll call you later.")
    assert ("sms.sent", "outward") in effects(pilot)
    assert log(pilot)[0] == ("5550100001", "rejected")


def test_quick_responses_can_be_changed(pilot: Pilot) -> None:
    pilot.tap(desc="More options")
    pilot.tap("Settings")
    pilot.tap("Quick responses")
    pilot.tap("I'll call you later.")
    pilot.type("Not now", clear=True)
    pilot.tap("OK")
    assert pilot.has("Not now")


def test_a_missed_call_is_notified(pilot: Pilot) -> None:
    pilot.home()
    pilot.phone.telephony.ring("5550100001")
    pilot.wait(31_000)
    assert log(pilot)[0] == ("5550100001", "missed")
    (notification,) = pilot.phone.notifications()
    assert (notification.title, notification.text, notification.actions) == ("Missed call", "Ana Lopez", ("Call back", "Message"))
    pilot.perform(Press("notifications"))
    pilot.tap("Call back")
    assert pilot.phone.kernel.telephony.call.number == "5550100001"
    assert pilot.phone.activity().activity == "com.android.incallui.InCallActivity"


def test_looking_at_recents_clears_the_missed_call(pilot: Pilot) -> None:
    pilot.phone.telephony.ring("5550100001")
    pilot.phone.telephony.hang_up()
    assert len(pilot.phone.notifications()) == 1
    pilot.tap(desc="Recents")
    assert pilot.phone.notifications() == ()


def test_the_ongoing_call_can_be_left_and_ended_from_the_shade(pilot: Pilot) -> None:
    pilot.tap("Ana Lopez")
    pilot.back()
    assert pilot.has("Return to call in progress")
    pilot.perform(Press("notifications"))
    pilot.tap("Hang up")
    assert pilot.phone.kernel.telephony.call.phase == "idle"
    assert log(pilot)[0] == ("5550100001", "outgoing")


def test_airplane_mode(pilot: Pilot) -> None:
    pilot.phone.settings.put("global", "airplane_mode_on", "1")
    pilot.tap("Ana Lopez")
    assert pilot.has("Turn off airplane mode to make a call.")
    pilot.tap("OK")
    assert pilot.phone.kernel.telephony.call.phase == "idle"
    assert pilot.has("Search contacts")


def test_a_blocked_number_does_not_ring(pilot: Pilot) -> None:
    pilot.tap(desc="More options")
    pilot.tap("Settings")
    pilot.tap("Blocked numbers")
    pilot.tap("Add a number")
    pilot.type("5550100002")
    pilot.tap("Block")
    pilot.phone.telephony.ring("+1 555-010-0002")
    assert pilot.phone.kernel.telephony.call.phase == "idle"
    assert log(pilot)[0] == ("+1 555-010-0002", "blocked")
    pilot.tap(rid="delete_blocked_number")
    pilot.tap("Unblock")
    assert pilot.has("No blocked numbers")
    pilot.phone.telephony.ring("5550100002")
    assert pilot.phone.kernel.telephony.call.ringing


def test_a_contact_routed_to_voicemail_does_not_ring(pilot: Pilot) -> None:
    pilot.phone.kernel.content.contacts.set_options(1, {"send_to_voicemail": 1})
    pilot.phone.telephony.ring("5550100001")
    assert pilot.phone.kernel.telephony.call.phase == "idle"
    assert pilot.phone.notifications() == ()


@pytest.mark.parametrize("action", ["android.intent.action.DIAL", "android.intent.action.VIEW"])
def test_dial_intent(pilot: Pilot, action: str) -> None:
    pilot.phone.packages.start(action, data="tel:5550123")
    assert pilot.find(rid="digits").text == "555-0123"
    assert pilot.phone.kernel.telephony.call.phase == "idle"


def test_call_intent_from_contacts_comes_back_there(pilot: Pilot) -> None:
    pilot.open("Contacts")
    pilot.tap("Adam Wright")
    pilot.tap(desc="Call")
    pilot.tap(contains="Work")
    assert pilot.phone.kernel.telephony.call.number == "5550100009"
    pilot.tap(desc="End call")
    assert pilot.find(rid="large_title").text == "Adam Wright"


def test_a_second_call_is_refused(pilot: Pilot) -> None:
    pilot.tap("Ana Lopez")
    pilot.phone.kernel.activities.start(
        Intent("android.intent.action.CALL", "tel:5550123"), source=pilot.phone.kernel.activities.foreground
    )
    assert pilot.has("Can't place a call while another call is in progress.")


def test_numbers_in_uris() -> None:
    assert tel("*#06#") == "tel:*%2306%23"
    assert number_of(tel("*#06#")) == "*#06#"
    assert number_of("tel:+1%20(555)%20010-0001") == "+15550100001"
    assert number_of("https://example.com") == ""


def test_a_call_can_be_taken_on_the_lock_screen(pilot: Pilot) -> None:
    pilot.perform(Press("power"))
    pilot.phone.telephony.ring("5550100001")
    pilot.tap("Answer")
    assert pilot.phone.kernel.telephony.call.phase == "active"
    assert pilot.phone.kernel.hardware.locked
    pilot.tap("Hang up")
    assert log(pilot)[0] == ("5550100001", "incoming")


def test_the_picture_of_a_caller_opens_that_contact(pilot: Pilot) -> None:
    kernel = pilot.phone.kernel
    kernel.content.contacts.add("Ana Lopez", ["5550100077"])
    kernel.content.calls.add("5550100001", "incoming")
    kernel.content.calls.add("5550100077", "incoming")
    pilot.tap(desc="Recents")
    pilot.tap(desc="Quick contact for Ana Lopez", nth=1)
    assert pilot.has("(555) 010-0001")


def test_the_dialpad_fits_a_screen_that_lies_on_its_side(pilot: Pilot) -> None:
    pilot.phone.settings.put("system", "accelerometer_rotation", "1")
    pilot.phone.kernel.hardware.hold(1)
    pilot.tap(desc="key pad")
    press(pilot, "5#")
    pilot.tap(desc="dial")
    pilot.tap(desc="Keypad")
    press(pilot, "9")
    pilot.tap(desc="End call")
    assert log(pilot)[0] == ("5#", "outgoing")
