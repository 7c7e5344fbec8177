from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.emulator.phone.kernel.clock import DEFAULT_START_MS, Clock, epoch_ms
from mobilegym.errors import DeviceError, NotFound


def test_a_fresh_phone_starts_on_a_wednesday_morning() -> None:
    clock = Clock()
    assert clock.now().isoformat() == "2026-03-11T09:30:00-04:00"
    assert clock.now() is clock.now()
    assert clock.elapsed_ms == 3_600_000
    clock.set_zone("Asia/Tokyo")
    assert clock.now().isoformat() == "2026-03-11T22:30:00+09:00"


def test_time_moves_to_each_event_in_turn() -> None:
    clock = Clock(1000)
    late = clock.schedule(3000, "app", "late", {"b": 2, "a": "x"})
    clock.schedule(2000, "app", "first")
    clock.schedule(2000, "other", "second")
    assert clock.due(1999) is None
    delivered: list[tuple[str, int]] = []
    while event := clock.due(2500):
        delivered.append((event.action, clock.now_ms))
    clock.advance_to(2500)
    assert delivered == [("first", 2000), ("second", 2000)]
    (event,) = clock.pending()
    assert (event.id, event.extras, event.extra("a"), event.extra("c", 9)) == (late, (("a", "x"), ("b", 2)), "x", 9)
    assert clock.cancel(late)
    assert not clock.cancel(late)


def test_a_time_in_the_past_fires_at_once() -> None:
    clock = Clock(5000)
    clock.schedule(10, "app", "old")
    event = clock.due(5000)
    assert event is not None
    assert clock.now_ms == 5000


def test_events_of_one_app() -> None:
    clock = Clock(0)
    clock.schedule(1, "a", "x")
    clock.schedule(2, "b", "x")
    clock.schedule(3, "a", "y")
    assert [event.action for event in clock.pending("a")] == ["x", "y"]
    assert clock.cancel_all("a", "x") == 1
    assert clock.cancel_all("a") == 1
    assert clock.cancel_all("a") == 0
    assert [event.package for event in clock.pending()] == ["b"]


def test_setting_the_clock_drops_what_lies_between() -> None:
    clock = Clock(1000)
    clock.schedule(2000, "app", "skipped")
    clock.schedule(9000, "app", "kept")
    elapsed = clock.elapsed_ms
    assert [event.action for event in clock.set(5000)] == ["skipped"]
    assert [event.action for event in clock.pending()] == ["kept"]
    assert clock.elapsed_ms == elapsed
    assert clock.set(10) == ()
    assert clock.now_ms == 10


@pytest.mark.parametrize("ms", [-1, 10**15])
def test_impossible_times_are_refused(ms: int) -> None:
    with pytest.raises(DeviceError, match=r"1970"):
        Clock().set(ms)
    with pytest.raises(DeviceError, match=r"forwards"):
        Clock().advance_to(ms)


def test_time_does_not_run_backwards_and_zones_must_exist() -> None:
    clock = Clock()
    with pytest.raises(DeviceError):
        clock.advance_to(clock.now_ms - 1)
    for name in ("Mars/Olympus", "../etc/passwd", ""):
        with pytest.raises(NotFound):
            clock.set_zone(name)


def test_tokens_follow_content() -> None:
    clock = Clock()
    tokens = (clock.token, clock.events_token)
    clock.advance_to(clock.now_ms)
    assert (clock.token, clock.events_token) == tokens
    frozen = clock.freeze()
    clock.advance_to(clock.now_ms + 1)
    assert clock.token != tokens[0]
    assert clock.events_token == tokens[1]
    clock.schedule(clock.now_ms + 5, "app", "x")
    assert clock.events_token != tokens[1]
    clock.thaw(frozen)
    assert (clock.token, clock.events_token) == tokens
    assert clock.pending() == ()
    assert clock.now_ms == DEFAULT_START_MS


def test_epoch_ms_needs_a_zone() -> None:
    assert epoch_ms(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)) == 1000
    with pytest.raises(DeviceError, match=r"time zone"):
        epoch_ms(datetime(1970, 1, 1))  # noqa: DTZ001 what is tested


@given(st.lists(st.integers(0, 100)), st.integers(0, 100))
def test_events_come_in_order_and_only_when_due(times: list[int], until: int) -> None:
    clock = Clock(0)
    for at_ms in times:
        clock.schedule(at_ms, "app", "tick")
    got: list[int] = []
    while event := clock.due(until):
        got.append(event.at_ms)
        assert clock.now_ms == event.at_ms
    assert got == sorted(at_ms for at_ms in times if at_ms <= until)
    assert [event.at_ms for event in clock.pending()] == sorted(at_ms for at_ms in times if at_ms > until)
