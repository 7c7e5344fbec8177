"""The environment around the virtual phone."""

from __future__ import annotations

import warnings
from typing import Any, cast

import gymnasium
import pytest
from gymnasium.utils.env_checker import check_env, data_equivalence

from mobilegym.actions import Finish, OpenApp, Press, Wait
from mobilegym.env import PhoneEnv
from tests.env.example import Switches, judge


def make(**kwargs: Any) -> PhoneEnv:
    return cast("PhoneEnv", gymnasium.make("mobilegym/Phone-v0", suite=Switches(), judge=judge, device="virtual", **kwargs).unwrapped)


@pytest.mark.parametrize("observation", ["tree", "both"])
def test_gymnasium_is_content(observation: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_env(make(observation=observation, render_mode="rgb_array"))


def test_any_sampled_action_is_legal() -> None:
    env = make(max_steps=10_000, actions=[k for k in make().codec.kinds if k not in ("answer", "finish")])
    env.reset(seed=0)
    env.action_space.seed(0)
    for _ in range(200):
        observation, *_ = env.step(env.action_space.sample())
        assert observation in env.observation_space


def test_forks_follow_the_same_path() -> None:
    env = make(observation="both")
    env.reset(seed=0)
    env.step(OpenApp("Settings"))
    one, two = env.group(2)
    for action in (Press("home"), Wait(60_000), Press("notifications")):
        assert data_equivalence(one.step(action)[0], two.step(action)[0], exact=True)
    assert env.session.steps == 1
    saved = env.snapshot()
    first = env.step(Press("back"))[0]
    env.step(Finish())
    env.restore(saved)
    assert data_equivalence(env.step(Press("back"))[0], first, exact=True)
