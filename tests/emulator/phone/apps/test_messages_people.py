"""Messages: new conversations, groups, other apps and notifications."""

from __future__ import annotations

import pytest

from mobilegym.emulator.phone.kernel.intents import SEND, SENDTO, Intent
from tests.emulator.phone.apps.messages_kit import (
    CARTER,
    FIELD,
    LIAM,
    MESSAGES,
    MIA,
    SEND_BUTTON,
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


# ---------------------------------------------------------------------- people


def test_a_new_conversation_with_a_number(pilot: Pilot) -> None:
    pilot.tap(rid="conversations_fab")
    pilot.type("555 0199")
    pilot.tap(rid="new_conversation_confirm")
    write(pilot, "Who is this?")
    assert sent(pilot)[-1] == ("555 0199", "Who is this?")
    pilot.back()
    pilot.back()
    assert titles(pilot)[0] == "555 0199"


def test_a_new_conversation_with_a_contact(pilot: Pilot) -> None:
    pilot.tap(rid="conversations_fab")
    pilot.type("Lia")
    pilot.tap("Liam Robertson")
    write(pilot, "Hi")
    assert sent(pilot)[-1] == (LIAM, "Hi")


def test_nothing_is_stored_for_a_conversation_only_looked_at(pilot: Pilot) -> None:
    before = rows(pilot, "SELECT count(*) FROM threads")
    pilot.tap(rid="conversations_fab")
    pilot.type("Liam")
    pilot.tap("Liam Robertson")
    pilot.back()
    pilot.back()
    assert rows(pilot, "SELECT count(*) FROM threads") == before


def test_a_group_is_written_to_at_once(pilot: Pilot) -> None:
    pilot.tap("Mia Zhang")
    pilot.tap(desc="Add Person")
    pilot.type("Liam")
    pilot.tap("Liam Robertson")
    pilot.tap(rid="confirm_manage_contacts")
    assert pilot.find(rid=SEND_BUTTON).text == "MMS"
    write(pilot, "Six o'clock?")
    assert pilot.effects() == ["mms.sent"]
    [event] = [e for e in pilot.phone.journal() if e.name == "mms.sent"]
    assert event.data["numbers"] == f"{MIA}, {LIAM}"
    assert rows(pilot, "SELECT text FROM part") == [("Six o'clock?",)]


def test_a_photo_is_sent_as_a_multimedia_message(pilot: Pilot) -> None:
    pilot.phone.kernel.activities.start(Intent.of(
        SEND, mime="image/jpeg", package=MESSAGES, android__intent__extra__STREAM="file:///sdcard/DCIM/Camera/IMG_20260310_185400.jpg"
    ))  # fmt: skip
    pilot.back()
    pilot.tap("Mia Zhang", nth=-1)
    assert pilot.has("IMG_20260310_185400.jpg")
    pilot.tap(rid=SEND_BUTTON)
    assert pilot.effects() == ["mms.sent"]
    assert rows(pilot, "SELECT ct, _data FROM part") == [("image/jpeg", "/sdcard/DCIM/Camera/IMG_20260310_185400.jpg")]
    assert pilot.find_all(rid="attachment_image")


def test_details_and_names(pilot: Pilot) -> None:
    pilot.tap("Mia Zhang")
    pilot.tap(desc="More options")
    pilot.tap("Conversation details")
    assert pilot.has("Members")
    pilot.tap(rid="conversation_name")
    pilot.type("Noodles", clear=True)
    pilot.tap("OK")
    pilot.back()
    assert pilot.has("Noodles")


# ---------------------------------------------------------------------- other apps and notifications


def test_sendto_prefills_and_does_not_send(pilot: Pilot) -> None:
    pilot.phone.kernel.activities.start(Intent.of(SENDTO, data="smsto:5550104", sms_body="On my way"))
    assert pilot.has("Liam Robertson")
    assert pilot.find(rid=FIELD).text == "On my way"
    assert len(sent(pilot)) == 1
    pilot.phone.kernel.activities.start(Intent.of(SENDTO, data="sms:5550104?body=Hello%20you"))
    assert pilot.find(rid=FIELD).text == "Hello you"


def test_shared_text_asks_for_whom(pilot: Pilot) -> None:
    pilot.phone.kernel.activities.start(Intent.of(SEND, mime="text/plain", package=MESSAGES, android__intent__extra__TEXT="Look at this"))
    pilot.back()
    pilot.tap("Liam Robertson")
    pilot.tap(rid=SEND_BUTTON)
    assert sent(pilot)[-1] == (LIAM, "Look at this")


def test_an_arriving_message_is_announced_answered_and_read(pilot: Pilot) -> None:
    pilot.home()
    receive(pilot, LIAM, "Free tonight?")
    assert notices(pilot) == [("Liam Robertson", "Free tonight?")]
    pilot.tap("Reply")
    pilot.type("Yes", submit=True)
    assert sent(pilot)[-1] == (LIAM, "Yes")
    assert notices(pilot) == []
    assert rows(pilot, "SELECT read FROM sms WHERE body = 'Free tonight?'") == [(1,)]


def test_mark_as_read_from_the_notification(pilot: Pilot) -> None:
    pilot.home()
    receive(pilot, LIAM, "Free tonight?")
    pilot.tap("Mark as read")
    assert notices(pilot) == []
    assert rows(pilot, "SELECT read FROM sms WHERE body = 'Free tonight?'") == [(1,)]


def test_the_notification_opens_the_conversation(pilot: Pilot) -> None:
    pilot.home()
    receive(pilot, LIAM, "Free tonight?")
    pilot.tap("Free tonight?")
    assert pilot.phone.observe().activity.activity.endswith("ThreadActivity")
    assert notices(pilot) == []


def test_no_notification_for_the_conversation_on_the_screen(pilot: Pilot) -> None:
    pilot.tap("Carter Blake")
    receive(pilot, CARTER, "Moving again")
    assert pilot.has("Moving again")
    assert notices(pilot) == []
    receive(pilot, MIA, "Hello")
    assert notices(pilot) == [("Mia Zhang", "Hello")]
