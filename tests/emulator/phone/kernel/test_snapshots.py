"""All services together: a snapshot never changes, forks do not see each other, equal histories give equal phones."""

from __future__ import annotations

import pickle
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.errors import DeviceError
from tests.emulator.phone.kernel.services import Services

NAMES = (
    "sms",
    "contact",
    "file",
    "setting",
    "notify",
    "cancel",
    "schedule",
    "time",
    "journal",
    "battery",
    "wifi",
    "event",
    "call",
    "delete",
)


def act(services: Services, name: str, number: int) -> None:
    """Do one thing to a phone; what is impossible changes nothing."""
    content = services.content
    actions: dict[str, Any] = {
        "sms": lambda: content.sms.store(f"555010{number}", f"text {number}", "inbox"),
        "contact": lambda: content.contacts.add(f"Person {number}", [f"55501{number}0"]),
        "file": lambda: services.files.write(f"/sdcard/Pictures/{number}.png", bytes([number])),
        "setting": lambda: services.settings.put("system", "screen_brightness", str(number)),
        "notify": lambda: services.notifications.post("app", str(number), f"title {number}", ""),
        "cancel": lambda: services.notifications.dismiss_all(),
        "schedule": lambda: services.clock.schedule(services.clock.now_ms + number * 1000, "app", "tick", {"n": number}),
        "time": lambda: services.clock.advance_to(services.clock.now_ms + number * 1000),
        "journal": lambda: services.journal.append("effect", "app", "x", "read", n=number),
        "battery": lambda: services.hardware.set_battery(level=number),
        "wifi": lambda: services.hardware.set_airplane(number % 2 == 0),
        "event": lambda: content.calendar.add_event(f"event {number}", services.clock.now_ms, services.clock.now_ms + 1),
        "call": lambda: content.calls.add(f"555010{number}", "missed"),
    }
    try:
        if name == "delete":
            services.files.delete(f"/sdcard/Pictures/{number}.png")
            content.contacts.delete(number)
        else:
            actions[name]()
    except DeviceError:
        pass


STEPS = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 9)), max_size=10)


@given(STEPS, STEPS, STEPS)
def test_forks_are_independent_and_replay_alike(
    first: list[tuple[str, int]], left: list[tuple[str, int]], right: list[tuple[str, int]]
) -> None:
    phone = Services()
    for step in first:
        act(phone, *step)
    frozen, before = phone.freeze(), phone.tree()
    one, two = phone.fork(), phone.fork()
    for step in left:
        act(one, *step)
    for step in right:
        act(two, *step)
    assert phone.tree() == before
    again = phone.fork()
    for step in left:
        act(again, *step)
    assert again.tree() == one.tree()
    for service in (one, two, phone):
        service.thaw(frozen)
        assert service.tree() == before
    fresh = Services()
    for step in (*first, *left):
        act(fresh, *step)
    assert fresh.tree() == again.tree()


def test_restoring_twice_and_pickling() -> None:
    phone = Services()
    for number, name in enumerate(NAMES):
        act(phone, name, number % 10)
    frozen, before = phone.freeze(), phone.tree()
    for _ in range(2):
        act(phone, "sms", 3)
        act(phone, "file", 3)
        phone.thaw(frozen)
        assert phone.tree() == before
    other = Services()
    other.thaw(pickle.loads(pickle.dumps(frozen)))
    assert other.tree() == before


def test_clear_data_restores_the_fresh_database() -> None:
    phone, fresh = Services(), Services()
    act(phone, "sms", 1)
    act(phone, "contact", 1)
    frozen = phone.freeze()
    phone.databases.reset("com.android.providers.telephony")
    assert phone.content.sms.conversations() == []
    assert len(phone.content.contacts.display_list()) == 1
    key = ("com.android.providers.telephony", "mmssms.db")
    assert phone.databases.open(*key).token == fresh.databases.open(*key).token
    phone.thaw(frozen)
    assert len(phone.content.sms.conversations()) == 1


@pytest.mark.benchmark
def test_a_clean_freeze_takes_microseconds() -> None:
    phone = Services()
    for number, name in enumerate(NAMES):
        act(phone, name, number % 10)
    phone.freeze()
    best = min(_seconds(phone) for _ in range(5))
    assert best < 30e-6


def _seconds(phone: Services) -> float:
    start = time.perf_counter()
    for _ in range(100):
        phone.freeze()
    return (time.perf_counter() - start) / 100
