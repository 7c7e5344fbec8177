"""Messages: reading, writing, failing and trying again, drafts, schedule, archive, bin."""

from __future__ import annotations

import pytest

from mobilegym.emulator.phone.apps.messages.words import character_counter
from tests.emulator.phone.apps.messages_kit import (
    CARTER,
    FIELD,
    LIAM,
    MIA,
    MINUTE,
    SEND_BUTTON,
    airplane,
    notices,
    open_messages,
    receive,
    rows,
    sent,
    titles,
    write,
)
from tests.emulator.phone.apps.pilot import Pilot


@pytest.fixture
def pilot() -> Pilot:
    return open_messages()


# ---------------------------------------------------------------------- list


def test_conversations_are_listed_latest_first(pilot: Pilot) -> None:
    assert titles(pilot) == ["Carter Blake", "Mia Zhang", "88022"]
    assert pilot.has("09:00 AM")
    assert pilot.has("09.03")
    assert rows(pilot, "SELECT count(*) FROM sms WHERE read = 0") == [(1,)]


def test_an_empty_phone_says_so() -> None:
    pilot = Pilot()
    pilot.open("Messages")
    assert pilot.has("No stored conversations have been found")
    pilot.tap("Start a conversation")
    assert pilot.has("New conversation")


def test_search_finds_people_and_messages(pilot: Pilot) -> None:
    pilot.tap(rid="top_toolbar_search")
    pilot.type("noodles")
    assert [e.text for e in pilot.find_all(rid="search_result_title")] == ["Mia Zhang"]
    pilot.type("carter", clear=True)
    pilot.tap("Carter Blake")
    assert pilot.has("Stuck in traffic right now")
    pilot.back()
    pilot.back()
    assert len(titles(pilot)) == 3


def test_delete_asks_first(pilot: Pilot) -> None:
    pilot.long_press("Mia Zhang")
    assert pilot.has("1 / 3")
    pilot.tap("88022")
    pilot.tap(desc="Delete")
    pilot.tap("No")
    assert pilot.has("2 / 3")
    pilot.tap(desc="Delete")
    pilot.tap("Yes")
    assert titles(pilot) == ["Carter Blake"]
    assert pilot.effects() == ["conversation.deleted"] * 2


def test_archive_and_back(pilot: Pilot) -> None:
    pilot.long_press("88022")
    pilot.tap(desc="Archive")
    assert titles(pilot) == ["Carter Blake", "Mia Zhang"]
    pilot.tap(desc="More options")
    pilot.tap("Show archived conversations")
    assert titles(pilot) == ["88022"]
    pilot.long_press("88022")
    pilot.tap(desc="Unarchive")
    assert pilot.has("No archived conversations have been found")
    pilot.back()
    assert len(titles(pilot)) == 3


def test_a_message_brings_an_archived_conversation_back(pilot: Pilot) -> None:
    pilot.long_press("88022")
    pilot.tap(desc="Archive")
    receive(pilot, "88022", "Your code is 1")
    assert titles(pilot)[0] == "88022"


def test_pin_rename_and_mark(pilot: Pilot) -> None:
    pilot.long_press("88022")
    pilot.tap(desc="More options")
    pilot.tap("Pin to the top")
    assert titles(pilot)[0] == "88022"
    pilot.long_press("88022")
    pilot.tap(desc="More options")
    pilot.tap("Rename conversation")
    pilot.type("Codes", clear=True)
    pilot.tap("OK")
    assert titles(pilot)[0] == "Codes"
    pilot.long_press("Carter Blake")
    pilot.tap(desc="More options")
    pilot.tap("Mark as Read")
    assert rows(pilot, "SELECT count(*) FROM sms WHERE read = 0") == [(0,)]
    pilot.long_press("Mia Zhang")
    pilot.tap(desc="More options")
    pilot.tap("Mark as Unread")
    assert rows(pilot, "SELECT address FROM sms WHERE read = 0") == [(MIA,)]


def test_a_blocked_number_is_not_heard_any_more(pilot: Pilot) -> None:
    pilot.long_press("88022")
    pilot.tap(desc="More options")
    pilot.tap("Block number")
    pilot.tap("Yes")
    receive(pilot, "88022", "Buy now")
    assert notices(pilot) == []
    assert rows(pilot, "SELECT count(*) FROM sms WHERE body = 'Buy now'") == [(0,)]
    pilot.tap(desc="Settings")
    pilot.tap("Manage blocked numbers")
    pilot.tap(desc="Unblock 88022")
    receive(pilot, "88022", "Buy now")
    assert notices(pilot) == [("88022", "Buy now")]


# ---------------------------------------------------------------------- writing


def test_opening_marks_read_and_answering_sends(pilot: Pilot) -> None:
    pilot.tap("Carter Blake")
    assert rows(pilot, "SELECT read, seen FROM sms WHERE address = '5552020'") == [(1, 1)]
    pilot.tap(rid=FIELD)
    pilot.type("No hurry")
    assert pilot.find(rid="thread_character_counter").text == "152/1"
    pilot.tap(rid=SEND_BUTTON)
    assert sent(pilot)[-1] == (CARTER, "No hurry")
    assert pilot.has("No hurry")
    assert pilot.effects() == ["sms.sent"]


def test_an_empty_field_sends_nothing(pilot: Pilot) -> None:
    pilot.tap("Carter Blake")
    assert not pilot.find(rid=SEND_BUTTON).enabled


def test_a_draft_is_kept_and_goes_when_sent(pilot: Pilot) -> None:
    pilot.tap("Mia Zhang")
    pilot.tap(rid=FIELD)
    pilot.type("Shall we")
    pilot.back()
    pilot.back()
    assert pilot.has("Draft")
    assert rows(pilot, "SELECT body FROM sms WHERE type = 3") == [("Shall we",)]
    pilot.tap("Mia Zhang")
    assert pilot.find(rid=FIELD).text == "Shall we"
    pilot.tap(rid=SEND_BUTTON)
    assert rows(pilot, "SELECT count(*) FROM sms WHERE type = 3") == [(0,)]
    assert pilot.effects() == ["draft.saved", "sms.sent"]


def test_in_airplane_mode_it_fails_and_can_be_sent_again(pilot: Pilot) -> None:
    airplane(pilot, True)
    pilot.tap("Mia Zhang")
    write(pilot, "Hello?")
    assert pilot.has("Not sent. Touch to retry.")
    airplane(pilot, False)
    pilot.back()
    pilot.tap("Hello?")
    assert pilot.find(rid=FIELD).text == "Hello?"
    pilot.tap(rid=SEND_BUTTON)
    assert rows(pilot, "SELECT type FROM sms WHERE body = 'Hello?'") == [(2,)]
    assert pilot.effects() == ["sms.failed", "sms.sent"]


def test_message_copy_forward_delete_and_properties(pilot: Pilot) -> None:
    pilot.tap("Mia Zhang")
    pilot.long_press("Very much")
    pilot.tap(desc="Copy to clipboard")
    assert pilot.phone.kernel.hardware.clipboard() == "Very much"
    pilot.long_press("Do you like noodles?")
    pilot.tap(desc="More options")
    pilot.tap("Properties")
    assert pilot.has_text(f"Sender: Mia Zhang ({MIA})")
    pilot.tap("OK")
    pilot.long_press("Do you like noodles?")
    pilot.tap(desc="More options")
    pilot.tap("Forward")
    pilot.tap("Liam Robertson")
    pilot.tap(rid=SEND_BUTTON)
    assert sent(pilot)[-1] == (LIAM, "Do you like noodles?")


def test_deleting_a_message_and_the_whole_conversation(pilot: Pilot) -> None:
    pilot.tap("Mia Zhang")
    pilot.long_press("Very much")
    pilot.tap(desc="Delete")
    pilot.tap("Yes")
    assert not pilot.has("Very much")
    pilot.tap(desc="Delete")
    assert pilot.has("Are you sure you want to delete all messages of this conversation?")
    pilot.tap("Yes")
    assert titles(pilot) == ["Carter Blake", "88022"]
    assert pilot.effects() == ["message.deleted", "conversation.deleted"]


def test_the_recycle_bin_keeps_and_restores(pilot: Pilot) -> None:
    pilot.tap(desc="Settings")
    pilot.tap("Move items into the Recycle Bin instead of deleting")
    pilot.back()
    pilot.long_press("Mia Zhang")
    pilot.tap(desc="Delete")
    pilot.tap("Yes")
    assert "Mia Zhang" not in titles(pilot)
    assert rows(pilot, "SELECT count(*) FROM sms WHERE address LIKE '%0101'") == [(2,)]
    pilot.tap(desc="More options")
    pilot.tap("Show the Recycle Bin")
    pilot.tap("Mia Zhang")
    assert pilot.has("Very much")
    assert not pilot.find_all(rid=FIELD)
    pilot.tap(desc="More options")
    pilot.tap("Restore all messages")
    assert pilot.has("The Recycle Bin is empty")
    pilot.back()
    assert "Mia Zhang" in titles(pilot)
    assert rows(pilot, "SELECT count(*) FROM recycle_bin_messages", own=True) == [(0,)]


# ---------------------------------------------------------------------- schedule


def schedule(pilot: Pilot, text: str) -> None:
    pilot.tap(rid=FIELD)
    pilot.type(text)
    pilot.long_press(rid=SEND_BUTTON)
    pilot.tap(rid="button1")
    pilot.tap("OK")
    pilot.tap(rid=SEND_BUTTON)


def test_a_scheduled_message_is_sent_in_time(pilot: Pilot) -> None:
    pilot.tap("Mia Zhang")
    schedule(pilot, "Happy birthday")
    assert pilot.has_text("Scheduled for 09:3")
    assert len(sent(pilot)) == 1
    assert rows(pilot, "SELECT body, is_scheduled FROM messages", own=True) == [("Happy birthday", 1)]
    pilot.home()
    kernel = pilot.phone.kernel
    kernel.run_until(kernel.clock.now_ms + 10 * MINUTE)
    assert sent(pilot)[-1] == (MIA, "Happy birthday")
    assert rows(pilot, "SELECT count(*) FROM messages", own=True) == [(0,)]
    assert pilot.effects() == ["sms.scheduled", "sms.sent"]


def test_a_scheduled_message_can_be_taken_back(pilot: Pilot) -> None:
    pilot.tap("Mia Zhang")
    schedule(pilot, "Not this")
    pilot.tap("Not this")
    pilot.tap("Delete")
    kernel = pilot.phone.kernel
    kernel.run_until(kernel.clock.now_ms + 10 * MINUTE)
    assert len(sent(pilot)) == 1


# ---------------------------------------------------------------------- drafts and counter


def test_a_fork_keeps_what_was_being_written(pilot: Pilot) -> None:
    pilot.tap("Mia Zhang")
    pilot.tap(rid=FIELD)
    pilot.type("Half a")
    other = Pilot(pilot.phone.fork())
    other.tap(rid=SEND_BUTTON)
    assert sent(other)[-1] == (MIA, "Half a")
    assert len(sent(pilot)) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Hello", "155/1"), ("x" * 160, "0/1"), ("x" * 161, "145/2"), ("€", "158/1"), ("日本", "68/1"), ("日" * 71, "63/2"), ("🚗", "68/1")],
)
def test_the_counter_counts_as_the_network_does(text: str, shown: str) -> None:
    assert character_counter(text) == shown
