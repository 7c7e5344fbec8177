"""What a user's type checker infers. `make check` reads this file; running it shows that the names are there."""

from __future__ import annotations

from typing import assert_never, assert_type

import numpy as np
from numpy.typing import NDArray

from mobilegym.actions import Action, Answer, Ask, Finish, Tap, Wait, action_from_dict
from mobilegym.emulator.device import Device, JournalEntry, Row, StateTree
from mobilegym.observation import ActivityRef, Element, Observation, Screen
from mobilegym.verdict import Errored, Failed, Passed, Undecided, Verdict


def verdict_in_words(verdict: Verdict) -> str:
    """A user's own match over the closed union is complete: a fifth verdict would fail the check here."""
    match verdict:
        case Passed():
            return "passed"
        case Failed(reason=reason):
            assert_type(reason, str)
            return f"failed: {reason}"
        case Undecided(reason=reason) | Errored(reason=reason):
            assert_type(reason, str)
            return reason
        case _:
            assert_never(verdict)


def a_users_device_calls(device: Device) -> None:
    assert_type(device.perform(Tap(0.5, 0.5)), str | None)
    assert_type(device.observe(), Screen)
    assert_type(device.observe(pixels=(240, 108)), Screen)
    assert_type(device.activity(), ActivityRef)
    assert_type(device.content.query("content://sms"), list[Row])
    assert_type(device.state_tree(), StateTree)
    assert_type(device.journal(), tuple[JournalEntry, ...])
    assert_type(device.settings.get("system", "screen_brightness"), str | None)
    with device as entered:
        assert_type(entered, Device)


def a_users_agent(observation: Observation) -> Action:
    assert_type(observation.screen.elements, tuple[Element, ...])
    assert_type(observation.screen.pixels, NDArray[np.uint8] | None)
    for element in observation.screen.elements:
        assert_type(element.text, str)
        assert_type(element.clickable, bool)
    return Answer("42") if observation.action_error is None else Wait()


def test_actions_are_one_union() -> None:
    assert_type(action_from_dict({"action": "wait", "ms": 5}), Action)
    actions: list[Action] = [Tap(0, 1), Ask("Which one?"), Finish("declined")]
    assert len(actions) == 3


def test_verdicts_are_matched_completely() -> None:
    assert verdict_in_words(Failed(checks=(), reason="no")) == "failed: no"
    assert verdict_in_words(Errored("gone")) == "gone"
