"""What the tests of Messages have in common: a phone with conversations, and what became of them."""

from __future__ import annotations

from typing import Any

from tests.emulator.phone.apps.pilot import Pilot

__all__ = [
    "CARTER",
    "DAY",
    "FIELD",
    "LIAM",
    "MESSAGES",
    "MIA",
    "MINUTE",
    "SEND_BUTTON",
    "TELEPHONY",
    "airplane",
    "notices",
    "open_messages",
    "receive",
    "rows",
    "sent",
    "titles",
    "write",
]

MESSAGES = "org.fossify.messages"
TELEPHONY = "com.android.providers.telephony"
MIA, CARTER, LIAM = "+15550101", "5552020", "5550104"
MINUTE = 60_000
DAY = 24 * 60 * MINUTE
FIELD = "thread_type_message"
SEND_BUTTON = "thread_send_message"


def open_messages() -> Pilot:
    """A person in front of Messages, on a phone with three contacts and three conversations."""
    pilot = Pilot()
    kernel = pilot.phone.kernel
    for name, number in (("Mia Zhang", MIA), ("Carter Blake", CARTER), ("Liam Robertson", LIAM)):
        kernel.content.contacts.add(name, phones=(number,))
    sms, now = kernel.content.sms, kernel.clock.now_ms
    sms.store(MIA, "Do you like noodles?", "inbox", now - 2 * DAY, read=True)
    sms.store(MIA, "Very much", "sent", now - 2 * DAY + MINUTE)
    sms.store(CARTER, "Stuck in traffic right now", "inbox", now - 30 * MINUTE, read=False)
    sms.store("88022", "Your code is 314159", "inbox", now - 40 * DAY, read=True)
    pilot.open("Messages")
    return pilot


def rows(pilot: Pilot, sql: str, *, own: bool = False) -> list[tuple[Any, ...]]:
    package, database = (MESSAGES, "conversations.db") if own else (TELEPHONY, "mmssms.db")
    return [tuple(row.values()) for row in pilot.phone.databases.query(package, database, sql)]


def sent(pilot: Pilot) -> list[tuple[Any, ...]]:
    return rows(pilot, "SELECT address, body FROM sms WHERE type = 2 ORDER BY _id")


def titles(pilot: Pilot) -> list[str]:
    return [e.text for e in pilot.find_all(rid="conversation_address")]


def notices(pilot: Pilot) -> list[tuple[str, str]]:
    return [(n.title, n.text) for n in pilot.phone.observe().notifications if n.package == MESSAGES]


def write(pilot: Pilot, text: str) -> None:
    pilot.tap(rid=FIELD)
    pilot.type(text)
    pilot.tap(rid=SEND_BUTTON)


def airplane(pilot: Pilot, on: bool) -> None:
    pilot.phone.settings.put("global", "airplane_mode_on", "1" if on else "0")


def receive(pilot: Pilot, number: str, text: str) -> None:
    pilot.phone.kernel.telephony.receive_sms(number, text)
