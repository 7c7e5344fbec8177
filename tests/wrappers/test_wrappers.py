"""The wrappers, each around a real environment."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, cast

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

from mobilegym.actions import Finish, OpenApp, Press, Tap, Wait
from mobilegym.encoding import ACTION_KINDS
from mobilegym.session import InvalidAction
from mobilegym.wrappers import ActionHistory, DiscreteActions, ElementIndex, ProgressReward, ResizePixels, VirtualTimeLimit
from mobilegym.wrappers.element_index import ELEMENT_VERBS
from tests.env.test_env import BLUETOOTH, make, phone

WRAPPERS: dict[str, Callable[[gymnasium.Env[Any, Any]], gymnasium.Env[Any, Any]]] = {
    "action_history": lambda env: ActionHistory(env, 3),
    "discrete": lambda env: DiscreteActions(env, 4, 3, texts=("hello",), apps=("Settings",)),
    "element_index": lambda env: ElementIndex(env, ("hello",)),
    "pixel_size": lambda env: ResizePixels(env, (20, 9), grey=True),
    "progress_reward": lambda env: ProgressReward(env),
    "virtual_time_limit": lambda env: VirtualTimeLimit(env, 10_000_000),
}


@pytest.mark.parametrize("name", list(WRAPPERS))
def test_gymnasium_is_content(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # It is the wrapper that is checked, which Gymnasium advises against in general.
        warnings.filterwarnings("ignore", message=".*is different from the unwrapped version.*")
        check_env(WRAPPERS[name](make(observation="both", pixel_size=(60, 27))), skip_render_check=True)


@pytest.mark.parametrize("name", list(WRAPPERS))
def test_a_wrapped_environment_can_be_made_again_from_its_spec(name: str) -> None:
    env = WRAPPERS[name](make(observation="both", pixel_size=(60, 27)))
    assert env.spec is not None
    again = gymnasium.make(env.spec)
    assert again.observation_space == env.observation_space
    assert again.action_space == env.action_space


@pytest.mark.parametrize("name", [n for n in WRAPPERS if n != "pixel_size"])
def test_other_environments_are_refused(name: str) -> None:
    with pytest.raises(TypeError):
        WRAPPERS[name](gymnasium.make("CartPole-v1"))


def test_wrappers_stack() -> None:
    env = ProgressReward(DiscreteActions(ActionHistory(VirtualTimeLimit(make(task="bluetooth"), 60_000))), scale=1.0)
    env.reset(seed=0)
    observation, *_ = env.step(0)
    assert observation["history_kind"][-1] == ACTION_KINDS.index("tap") + 1


def test_element_index_acts_on_elements() -> None:
    env = ElementIndex(make(task="bluetooth"), texts=("hello",))
    env.reset(seed=0)
    labels = [e.text for e in phone(env).observation.screen.elements]
    env.step(np.array([ELEMENT_VERBS.index("tap"), labels.index("Settings")]))
    labels = [e.text for e in phone(env).observation.screen.elements]
    env.step(np.array([ELEMENT_VERBS.index("tap"), labels.index("Bluetooth")]))
    _, reward, terminated, _, _ = env.step(np.array([ELEMENT_VERBS.index("finish"), 0]))
    assert (reward, terminated) == (1.0, True)


def test_elements_that_are_not_there_are_errors() -> None:
    env = ElementIndex(make())
    env.reset(seed=0)
    *_, info = env.step(np.array([0, 127]))
    assert "there is no element 127" in info["action_error"]
    masks = env.action_masks()
    assert masks.sum() == len(ELEMENT_VERBS) + len(phone(env).observation.screen.elements)
    assert isinstance(env.action(InvalidAction("x")), InvalidAction)


def test_discrete_names_every_number() -> None:
    env = DiscreteActions(make(task="bluetooth"), 2, 2, apps=("Settings",))
    assert env.actions[:4] == (Tap(0.25, 0.25), Tap(0.75, 0.25), Tap(0.25, 0.75), Tap(0.75, 0.75))
    assert env.actions[-1] == Finish()
    env.reset(seed=0)
    env.step(np.int64(env.actions.index(OpenApp("Settings"))))
    assert phone(env).observation.screen.activity.package == "com.android.settings"
    with pytest.raises(ValueError, match="at least one row"):
        DiscreteActions(make(), 0)


def test_pixels_are_averaged() -> None:
    inner = make(observation="pixels", pixel_size=(40, 20))
    env = ResizePixels(inner, (20, 10))
    observation, _ = env.reset(seed=0)
    original = np.asarray(phone(env).observation.screen.pixels, np.float64)
    expected = original.reshape(20, 2, 10, 2, 3).mean(axis=(1, 3))
    assert np.abs(observation["pixels"] - expected).max() <= 1
    with pytest.raises(TypeError, match="no `pixels`"):
        ResizePixels(make(), (20, 10))


def test_history_is_kept_in_order_and_forgotten() -> None:
    env = ActionHistory(make(), 3)
    env.reset(seed=0)
    env.step(Press("home"))
    env.step(InvalidAction("x"))
    observation, *_ = env.step(Tap(0.25, 0.5))
    kinds = [ACTION_KINDS.index("press") + 1, len(ACTION_KINDS) + 1, ACTION_KINDS.index("tap") + 1]
    assert observation["history_kind"].tolist() == kinds
    assert observation["history_error"].tolist() == [0, 1, 0]
    assert observation["history_point"][2].tolist() == [0.25, 0.5]
    assert not env.reset()[0]["history_kind"].any()


def test_time_runs_out_on_the_phones_clock() -> None:
    env = VirtualTimeLimit(make(), 60_000)
    env.reset(seed=0)
    assert not env.step(Wait(30_000))[3]
    assert env.step(Wait(30_000))[3]
    env.reset()
    assert not env.step(Wait(30_000))[3]


def test_progress_is_rewarded_once() -> None:
    env = ProgressReward(make(task="bluetooth"), scale=1.0)
    env.reset(seed=0)
    rewards = [env.step(action)[1] for action in cast("list[Any]", [OpenApp("Settings"), BLUETOOTH, BLUETOOTH, BLUETOOTH, Finish()])]
    assert rewards == pytest.approx([0.0, 0.75, -0.75, 0.75, 1.25])
