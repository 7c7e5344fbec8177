"""Whatever an agent sends, the phone answers: nothing raises out of `perform`, `observe`, `render` or `PhoneEnv.step`."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, cast

import gymnasium
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobilegym.actions import (
    ACTION_TYPES,
    Action,
    Answer,
    Ask,
    DeviceAction,
    DoubleTap,
    Finish,
    LongPress,
    OpenApp,
    Press,
    Scroll,
    Swipe,
    Tap,
    Type,
    Wait,
    action_from_dict,
    action_to_dict,
)  # fmt: skip
from mobilegym.emulator.phone import PhoneConfig, VirtualPhone
from mobilegym.emulator.phone.ui.ops import Op
from mobilegym.env import PhoneEnv
from mobilegym.observation import Element, Screen
from mobilegym.session import InvalidAction
from tests.emulator.phone.furniture import furnish
from tests.emulator.phone.meddling import meddle
from tests.emulator.phone.wander import DIRECTIONS, KEYS, TEXTS, start, wander
from tests.env.example import Switches, judge

UNIT = st.floats(0, 1) | st.sampled_from((0, 1, 0.5, 0.95))
MS = st.integers(0, 60_000) | st.sampled_from((0, 1, 399, 400, 60_000))
TEXT = st.sampled_from(TEXTS) | st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
APPS = ("Settings", "Phone", "Messages", "Contacts", "Calendar", "Camera", "Clock", "Files", "Gallery", "Markor")

GESTURES: st.SearchStrategy[DeviceAction] = st.one_of(
    st.builds(Tap, UNIT, UNIT), st.builds(DoubleTap, UNIT, UNIT), st.builds(LongPress, UNIT, UNIT, MS),
    st.builds(Swipe, UNIT, UNIT, UNIT, UNIT, MS), st.builds(Scroll, st.sampled_from(DIRECTIONS), UNIT, UNIT),
)  # fmt: skip
OTHERS: st.SearchStrategy[DeviceAction] = st.one_of(
    st.builds(Type, TEXT, st.booleans(), st.booleans()), st.builds(Press, st.sampled_from(KEYS)),
    st.builds(OpenApp, st.sampled_from(APPS) | TEXT), st.builds(Wait, st.integers(0, 86_400_000)),
)  # fmt: skip
ELEMENTS = st.integers(0, 200)
"""The n-th of the elements on the screen, tapped."""
STEPS = st.lists(GESTURES | OTHERS | ELEMENTS, max_size=12)
TALK: st.SearchStrategy[Action] = st.one_of(
    st.builds(Ask, TEXT), st.builds(Answer, TEXT), st.builds(Finish, st.sampled_from(("done", "infeasible", "declined")))
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3), max_leaves=4
)
FIELDS = ("x", "y", "x1", "y1", "x2", "y2", "ms", "text", "clear", "submit", "key", "direction", "name", "status", "other")


@cache
def furnished(config: PhoneConfig) -> VirtualPhone:
    phone = VirtualPhone(config)
    furnish(phone)
    return phone


def resolved(step: DeviceAction | int, screen: Screen) -> DeviceAction:
    if not isinstance(step, int):
        return step
    if not screen.elements:
        return Press("wakeup")
    x, y = screen.elements[step % len(screen.elements)].bounds.center
    return Tap(min(x / screen.width, 1.0), min(y / screen.height, 1.0))


def check_screen(screen: Screen) -> None:
    """Elements are what uiautomator could report, in an order that makes sense."""
    depth = -1
    for element in screen.elements:
        left, top, right, bottom = element.bounds
        assert 0 <= left <= right <= screen.width, element
        assert 0 <= top <= bottom <= screen.height, element
        assert element.depth <= depth + 1 or element.depth == 0, element
        assert element.cls, element
        assert all(isinstance(v, bool) for v in element[Element._fields.index("clickable") : -1]), element
        json.dumps(element).encode()
        depth = element.depth


def check_ops(ops: tuple[Op, ...]) -> None:
    assert all(hash(op) is not None for op in ops)


@given(st.sampled_from((PhoneConfig(), PhoneConfig(dark=True, font_scale=1.5), PhoneConfig(locked=True, stay_awake=False))), STEPS)
@settings(max_examples=150)
def test_no_action_raises(config: PhoneConfig, steps: list[DeviceAction | int]) -> None:
    phone = furnished(config).fork()
    for step in steps:
        action = resolved(step, phone.observe())
        before = phone.kernel.tokens()
        state = phone.state_tree() if isinstance(action, OpenApp | Type) else None
        error = phone.perform(action)
        if error is not None:
            assert error
            assert phone.kernel.tokens() == before, f"{action} was refused ({error}) but changed something"
            assert state is None or phone.state_tree() == state
        check_screen(phone.observe())
        check_ops(phone.kernel.windows.display_list()[1])
    assert phone.render((120, 54)).shape == (120, 54, 3)
    phone.kernel.journal.digest()


@pytest.mark.parametrize("part", range(4))
def test_no_wandering_raises(part: int) -> None:
    """Long episodes of taps on what is there, while data comes and goes, apps are stopped, calls come in, the phone is turned."""
    for seed in range(1000 + part, 1040, 4):
        phone, wanderer = start(seed, PhoneConfig(dark=seed % 2 == 0, stay_awake=seed % 3 > 0))
        for action in wander(phone, wanderer, 40):
            dice = wanderer.rng.random()
            if dice < 0.1:
                meddle(phone, wanderer.rng)
            check_screen(phone.observe())
            if dice > 0.95:
                picture = phone.render((240, 108))
                assert picture.any() or not phone.kernel.hardware.screen_on, f"all black after {action}, episode {seed}"


@given(st.lists(GESTURES | OTHERS | TALK, max_size=10))
@settings(max_examples=40)
def test_no_step_of_the_environment_raises(actions: list[Action]) -> None:
    env = environment()
    env.reset(seed=0)
    for action in (*actions, InvalidAction("no JSON")):
        observation, reward, done, truncated, _ = env.step(action)
        assert observation in env.observation_space
        assert 0.0 <= reward <= 1.0
        if done or truncated:
            env.reset(seed=1)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10)
def test_no_sample_of_the_action_space_raises(seed: int) -> None:
    env = environment()
    env.reset(seed=0)
    env.action_space.seed(seed)
    for _ in range(12):
        observation, _, done, truncated, _ = env.step(env.action_space.sample())
        assert observation in env.observation_space
        if done or truncated:
            env.reset(seed=seed % 7)


@cache
def environment() -> PhoneEnv:
    made = gymnasium.make("mobilegym/Phone-v0", suite=Switches(), judge=judge, device="virtual", observation="both", max_steps=100)
    return cast("PhoneEnv", made.unwrapped)


@given(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6), st.sampled_from((*ACTION_TYPES, "fly", "")) | JSON)
@settings(max_examples=500)
def test_dictionaries_are_actions_or_refused(data: dict[str, Any], name: object) -> None:
    try:
        action = action_from_dict({"action": name, **data})
    except ValueError:
        return
    check_action(action)


@given(st.binary(max_size=60), st.booleans())
@settings(max_examples=300)
def test_bytes_are_actions_or_refused(noise: bytes, inside: bool) -> None:
    """Random bytes, and random bytes in the place of a value."""
    told = b'{"action": "type", "text": ' + noise + b"}" if inside else noise
    try:
        data = json.loads(told)
        action = action_from_dict(cast("dict[str, Any]", data)) if isinstance(data, dict) else None
    except ValueError:
        return
    if action is not None:
        check_action(action)


@given(GESTURES | OTHERS | TALK)
def test_actions_survive_json(action: Action) -> None:
    assert action_from_dict(json.loads(json.dumps(action_to_dict(action)))) == action


def check_action(action: Action) -> None:
    """What was accepted can be written, read back and, if it is for the phone, carried out."""
    assert action_from_dict(action_to_dict(action)) == action
    if not isinstance(action, Ask | Answer | Finish):
        phone = furnished(PhoneConfig()).fork()
        phone.perform(action)
        assert np.asarray(phone.render((60, 27))).shape == (60, 27, 3)
