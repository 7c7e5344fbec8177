"""From points that fingers draw to what the phone does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.actions import DoubleTap, LongPress, OpenApp, Swipe, Tap
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.system import System
from mobilegym.emulator.phone.touch import Point, Stroke, Touch, perform_tracks, recognise

W, H = 1080, 2400


def kinds(*strokes: Stroke) -> list[str]:
    return [g.kind for g in recognise(strokes, W, H)]


def line(x1: float, y1: float, x2: float, y2: float, ms: float, start: float = 0, steps: int = 8) -> list[Point]:
    return [(start + ms * i / steps, x1 + (x2 - x1) * i / steps, y1 + (y2 - y1) * i / steps) for i in range(steps + 1)]


def test_one_finger() -> None:
    assert kinds([(0, 5, 5), (60, 6, 5)]) == ["tap"]
    assert kinds([(0, 5, 5)]) == ["tap"]
    assert kinds([(0, 5, 5), (400, 9, 5)]) == ["press"]
    assert kinds(line(500, 2000, 500, 500, 300)) == ["swipe"]
    assert kinds([(0, 5, 5), (500, 5, 5), *line(5, 5, 5, 300, 300, 500)]) == ["drag"]
    assert kinds([*line(5, 5, 5, 300, 300), *line(5, 300, 5, 5, 300, 300)]) == []


def test_taps_close_in_time_and_place_are_one_double_tap() -> None:
    tap = [(0.0, 100.0, 100.0), (30.0, 100.0, 100.0)]
    later = [(t + 100, x + 10, y) for t, x, y in tap]
    assert kinds(tap, later) == ["double_tap"]
    assert kinds(tap, later, [(t + 100, x, y) for t, x, y in later]) == ["double_tap", "tap"]
    assert kinds(tap, [(t + 900, x, y) for t, x, y in tap]) == ["tap", "tap"]
    assert kinds(tap, [(t + 100, x + 300, y) for t, x, y in tap]) == ["tap", "tap"]


def test_two_fingers() -> None:
    assert kinds(line(500, 1200, 300, 1200, 200), line(580, 1200, 780, 1200, 200)) == ["pinch_open"]
    assert kinds(line(300, 1200, 500, 1200, 200), line(780, 1200, 580, 1200, 200)) == ["pinch_close"]
    assert kinds(line(300, 2000, 300, 1000, 200), line(500, 2000, 500, 1000, 200)) == ["swipe"]
    assert kinds([(0, 300, 300), (50, 300, 300)], [(0, 500, 300), (50, 500, 300)]) == []
    assert kinds(*[line(300 + i, 1200, 300, 1200, 200) for i in range(3)]) == []


def test_fingers_beside_the_screen_do_nothing() -> None:
    assert kinds([(0, -1, 5), (10, -1, 5)], [(0, 5, H + 1), (20, 5, H)]) == []


@given(st.lists(st.lists(st.tuples(st.floats(0, 3000), st.floats(-50, 1200), st.floats(-50, 2500)), max_size=8), max_size=4))
def test_any_points_are_some_gestures(strokes: list[list[Point]]) -> None:
    found = recognise([sorted(s) for s in strokes], W, H)
    assert [g.at_ms for g in found] == sorted(g.at_ms for g in found)
    assert all(g.ms >= 0 for g in found)


# ---------------------------------------------------------------------- on a phone


@pytest.mark.parametrize("at", [(540, 2000), (200, 1850), (900, 700)])
def test_tracks_do_what_actions_do(at: tuple[int, int]) -> None:
    x, y = at
    fractions = x / W, y / H
    cases = [
        ([[(0.0, x, y), (50.0, x, y)]], Tap(*fractions), 50),
        ([[(0.0, x, y), (800.0, x, y)]], LongPress(*fractions, 800), 0),
        ([line(x, y, x, 300, 250)], Swipe(*fractions, x / W, 300 / H, 250), 0),
        ([[(0.0, x, y)], [(100.0, x, y)]], DoubleTap(*fractions), 0),
    ]
    for tracks, action, extra in cases:
        phone = VirtualPhone()
        twin = phone.fork()
        phone.perform(action)
        ms = perform_tracks(twin, tracks)
        twin.pass_time(ms - extra + 500)
        assert twin.state_tree() == phone.state_tree(), action
        assert twin.observe() == phone.observe(), action
        assert twin.journal() == phone.journal(), action


def test_a_picture_is_zoomed_by_pinching_once_in_and_once_out(system: System) -> None:
    from tests.emulator.phone.shell.test_input import open_picture

    open_picture(system)
    apart = [line(500, 1200, 300, 1200, 200), line(580, 1200, 780, 1200, 200)]
    together = [[(t, x, y) for (t, _, _), (_, x, y) in zip(s, reversed(s), strict=True)] for s in apart]

    def zoomed() -> bool:
        return bool(system.kernel.activities.foreground.state.zoomed)

    assert not zoomed()
    for tracks, expected in ((together, False), (apart, True), (apart, True), (together, False)):
        perform_tracks(system.phone, tracks)
        assert zoomed() is expected


def test_a_finger_that_is_held_waits(system: System) -> None:
    phone = system.phone
    phone.perform(OpenApp("Settings"))
    before = phone.observe().elements
    touch = Touch(phone)
    touch.down(0, 0, 540, 2000)
    touch.move(0, 100, 540, 1000)
    touch.move(1, 100, 540, 1000)
    assert (touch.held, phone.observe().elements) == ({0}, before)
    assert touch.up(0, 200, 540, 700)
    assert phone.observe().elements != before
    touch.down(0, 300, 540, 500)
    touch.cancel()
    assert not touch.up(0, 400)


@pytest.fixture
def system() -> System:
    return System(VirtualPhone())
