"""A phone that somebody lives with: people, messages, calls, events, notes, pictures, alarms. The same for every test."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, TypeAlias, get_args

from mobilegym.emulator.phone import PhoneConfig, VirtualPhone
from mobilegym.emulator.phone.device import PhoneSnapshot
from mobilegym.tasks.prepare import prepare
from mobilegym.tasks.setup import AlarmOp, CallOp, ContactOp, EventOp, FileOp, NoteOp, PhotoOp, SetupOp, SmsOp

_Scene: TypeAlias = Literal["mountains", "city", "sea", "flower", "screenshot"]
_SCENES: Final[tuple[_Scene, ...]] = get_args(_Scene)

_PEOPLE: Final[Sequence[SetupOp]] = (
    ContactOp(name="Ada Park", phone=("555-0142", "555-0143"), email="ada@example.org", company="Orchard Labs", birthday="1990-12-10"),
    ContactOp(name="Ben Okafor", phone="555-0101", address="12 Mill Lane", note="Plays the cello"),
    ContactOp(name="Cleo Marsh", phone="555-0117", starred=True),
    ContactOp(name="Dan Reyes", phone="555-0180", email=("dan@example.org", "dan@work.example")),
    ContactOp(name="Élodie Brun", phone="+33 1 55 50 10 99"),
    ContactOp(name="Zoë", phone="555-0199"),
)
_TALK: Final[Sequence[SetupOp]] = (
    SmsOp(number="555-0142", text="Are we still on for tonight?", ago="3h", read=True),
    SmsOp(number="555-0142", text="Yes! Seven at the usual place.", ago="2h 50m", box="sent"),
    SmsOp(number="555-0101", text="I left the keys with Cleo. Call me when you are back, and bring milk.", ago="1d 2h", read=False),
    SmsOp(number="22000", text="Your code is 481516", ago="5m", read=False),
    SmsOp(number="555-0117", text="Thanks 🙂", ago="40d", box="sent"),
    CallOp(number="555-0101", type="missed", ago="26h"),
    CallOp(number="555-0142", type="outgoing", ago="4h", seconds=340),
    CallOp(number="555-0166", type="incoming", ago="3d", seconds=15),
)
_PLANS: Final[Sequence[SetupOp]] = (
    EventOp(title="Stand-up", start="2026-03-11 10:00", minutes=15, repeat="weekly", reminders=(10,)),
    EventOp(title="Dinner with Ada", start="2026-03-11 19:00", minutes=120, location="Usual place"),
    EventOp(title="Dentist", start="2026-03-13 08:30", description="Bring the card", reminders=(60, 1440)),
    EventOp(title="Holiday", start="2026-03-20 00:00", end="2026-03-23 00:00", all_day=True),
    AlarmOp(time="07:00", label="Wake up", days=("mon", "tue", "wed", "thu", "fri")),
    AlarmOp(time="09:45", enabled=False),
)
_THINGS: Final[Sequence[SetupOp]] = (
    NoteOp(name="Groceries", text="# Groceries\n\n- [ ] milk\n- [x] bread\n- [ ] *good* olive oil\n"),
    NoteOp(name="Ideas", text="One idea per line.\n\n1. A boat\n2. A smaller boat\n"),
    FileOp(path="/sdcard/Download/manual.pdf", size=48_000),
    FileOp(path="/sdcard/Download/list.txt", text="alpha\nbeta\n"),
    FileOp(path="/sdcard/Documents/Taxes", folder=True),
    *[PhotoOp(name=f"IMG_{i:04}.png", scene=_SCENES[i % 5], seed=i, ago=f"{i * 9 + 1}h") for i in range(9)],
    PhotoOp(name="Screenshot_1.png", folder="/sdcard/Pictures/Screenshots", scene="screenshot", seed=3, ago="2d"),
)  # fmt: skip


@lru_cache(maxsize=32)
def _furnished(config: PhoneConfig) -> PhoneSnapshot:
    phone = VirtualPhone(config)
    prepare(phone, (*_PEOPLE, *_TALK, *_PLANS, *_THINGS), phone.clock.now())
    return phone.snapshot()


def furnish(phone: VirtualPhone) -> None:
    """Put the data on a fresh phone, which is then on its home screen."""
    phone.restore(_furnished(phone.config))
