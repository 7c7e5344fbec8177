"""`mobilegym/Phone-v0` with Gymnasium, its vector environments and Minari."""

from __future__ import annotations

import gc
import importlib
import pickle
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env, data_equivalence

import mobilegym
from mobilegym.actions import Finish, OpenApp, Press, Tap, Type, Wait
from mobilegym.emulator.build import DeviceSpec
from mobilegym.emulator.scripted import ScriptedDevice
from mobilegym.env import PhoneEnv
from mobilegym.rollouts import grouped_rollouts
from mobilegym.session import InvalidAction, SessionError
from tests.env.example import Switches, judge

KWARGS: dict[str, Any] = {"suite": Switches(), "device": "scripted", "judge": judge}
BLUETOOTH = Tap(0.5, (132 + 168 * 2.5) / 2400)


def make(**kwargs: Any) -> gymnasium.Env[Any, Any]:
    return gymnasium.make("mobilegym/Phone-v0", **{**KWARGS, **kwargs})


def phone(env: gymnasium.Env[Any, Any]) -> PhoneEnv:
    return cast("PhoneEnv", env.unwrapped)


def test_it_is_registered_by_importing_the_package() -> None:
    assert mobilegym.__version__
    assert gymnasium.spec("mobilegym/Phone-v0").vector_entry_point == "mobilegym.vector:PhoneVectorEnv"


@pytest.mark.parametrize("observation", ["tree", "pixels", "both"])
@pytest.mark.parametrize("render_mode", [None, "rgb_array", "ansi"])
def test_gymnasium_is_content(observation: str, render_mode: str | None) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        env = make(observation=observation, render_mode=render_mode)
        check_env(env.unwrapped)


def test_any_sampled_action_is_legal() -> None:
    env = make(max_steps=10_000, actions=[k for k in phone(make()).codec.kinds if k not in ("answer", "finish")])
    env.reset(seed=0)
    env.action_space.seed(0)
    for _ in range(300):
        observation, reward, terminated, truncated, _ = env.step(env.action_space.sample())
        assert observation in env.observation_space
        assert (reward, terminated, truncated) == (0.0, False, False)


def test_a_solved_task_is_rewarded() -> None:
    env = make(task="bluetooth")
    _, info = env.reset(seed=1)
    assert info["verdict"] == "running"
    assert env.step(OpenApp("Settings"))[1] == 0.0
    env.step(BLUETOOTH)
    _, reward, terminated, truncated, info = env.step(Finish())
    assert (reward, terminated, truncated) == (1.0, True, False)
    assert (info["verdict"], info["progress"], info["scored"], info["action_error"]) == ("passed", 1.0, True, "")


def test_an_unsolved_one_is_not() -> None:
    env = make(task="bluetooth")
    env.reset(seed=1)
    _, reward, terminated, _, info = env.step(Finish())
    assert (reward, terminated, info["verdict"], info["progress"]) == (0.0, True, "failed", 0.25)
    with pytest.raises(SessionError):
        env.unwrapped.step(Wait())


def test_encoded_and_typed_actions_do_the_same() -> None:
    env, other = make(task="wifi"), make(task="wifi")
    for e in (env, other):
        e.reset(seed=4)
    for action in (OpenApp("Settings"), BLUETOOTH, Press("back"), OpenApp("Nothing"), Wait(60_000)):
        sample = phone(other).codec.encode(action)
        assert sample in other.action_space
        assert data_equivalence(env.step(action)[0], other.step(sample)[0], exact=True)


def test_text_that_the_space_cannot_hold_is_clipped() -> None:
    env = phone(make())
    sample = env.codec.encode(Type("日本 ok " + "x" * 500))
    assert sample in env.action_space
    assert str(sample["text"]).startswith("?? ok xxx")


def test_invalid_actions_cost_a_step() -> None:
    env = make()
    env.reset(seed=0)
    observation, _, _, _, info = env.step(InvalidAction("no JSON object in the reply"))
    assert (observation["error"], info["action_error"], info["step"]) == (1, "no JSON object in the reply", 1)
    with pytest.raises(ValueError, match="not a sample of the action space"):
        env.step({"kind": 3})


def test_options_name_the_task() -> None:
    env = make()
    _, info = env.reset(seed=0, options={"task": "wifi", "task_seed": 17})
    assert (info["task"], info["seed"]) == ("example/wifi#17", 17)
    plain = [make().reset(seed=0)[1]["task"]]
    assert env.reset(seed=0)[1]["task"] == plain[0]


def test_tasks_are_drawn_from_the_seed() -> None:
    env = make()
    first = [env.reset(seed=5)[1]["task"], *(env.reset()[1]["task"] for _ in range(20))]
    second = [env.reset(seed=5)[1]["task"], *(env.reset()[1]["task"] for _ in range(20))]
    assert first == second
    assert len({task.partition("#")[0] for task in first}) == 3


@pytest.mark.parametrize(
    "kwargs",
    [{"observation": "sound"}, {"task": "nothing"}, {"split": "test", "task": "bluetooth"}, {"actions": ["fly"]}, {"pixel_size": (0, 9)}],
)
def test_bad_arguments_are_refused(kwargs: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"must be|there is no task|no action is called|is \(height"):
        PhoneEnv(**{**KWARGS, **kwargs})


def test_the_observation_says_what_is_there() -> None:
    env = make(task="bluetooth", observation="both", pixel_size=(80, 36))
    observation, _ = env.reset(seed=0)
    assert bytes(observation["request"]).rstrip(b"\0") == b"Turn bluetooth on."
    assert observation["pixels"].shape == (80, 36, 3)
    assert observation["count"] == len(phone(env).observation.screen.elements)
    row = [bytes(r).rstrip(b"\0") for r in observation["text"]].index(b"Settings")
    assert observation["flags"][row, 0] == 1
    assert observation["bounds"][row].tolist() == pytest.approx([0.0, 132 / 2400, 1.0, 300 / 2400])


def test_snapshot_and_restore() -> None:
    env = phone(make(task="bluetooth"))
    env.reset(seed=0)
    env.step(OpenApp("Settings"))
    saved = env.snapshot()
    for _ in range(2):
        first = env.step(BLUETOOTH)
        assert env.step(Finish())[1] == 1.0
        env.reset()
        env.restore(saved)
        second = env.step(BLUETOOTH)
        assert data_equivalence(first[0], second[0], exact=True)
        env.restore(saved)


def test_forks_are_independent() -> None:
    env = phone(make(task="bluetooth"))
    env.reset(seed=0)
    one, two = env.group(2)
    for action in (OpenApp("Settings"), BLUETOOTH):
        one.step(action)
    assert one.step(Finish())[1] == 1.0
    assert two.step(Finish())[1] == 0.0
    assert env.session.steps == 0
    assert data_equivalence(one.reset()[0], env.reset()[0], exact=True)


def test_grouped_rollouts_start_alike() -> None:
    plans = {0: [OpenApp("Settings"), BLUETOOTH, Finish()], 1: [Finish()], 2: [Wait(1)] * 8}
    group = grouped_rollouts(make(task="bluetooth"), 3, lambda seen, member: plans[member][seen.step], seed=2)
    assert [r.reward for r in group] == [1.0, 0.0, 0.0]
    assert [len(r.actions) for r in group] == [3, 1, 8]
    assert len({(r.task, r.seed) for r in group}) == 1
    assert group[0].observations[0] == group[2].observations[0]


def test_rendering() -> None:
    env = make(render_mode="ansi")
    env.reset(seed=0)
    assert "Settings" in str(env.render())
    env = make(render_mode="rgb_array", pixel_size=(40, 20))
    env.reset(seed=0)
    assert np.shape(cast("Any", env.render())) == (40, 20, 3)


def test_devices_can_be_given_in_three_ways() -> None:
    for device in ("scripted", DeviceSpec("scripted"), ScriptedDevice):
        assert isinstance(phone(make(device=device)).device, ScriptedDevice)


def build(observation: str) -> Callable[[], gymnasium.Env[Any, Any]]:
    return lambda: make(observation=observation, pixel_size=(60, 27), max_steps=4)


@pytest.mark.parametrize("shared_memory", [True, False])
def test_in_other_processes(shared_memory: bool) -> None:
    env = gymnasium.vector.AsyncVectorEnv([build("both")] * 2, shared_memory=shared_memory)
    same = gymnasium.vector.SyncVectorEnv([build("both")] * 2)
    try:
        first, second = env.reset(seed=3)[0], same.reset(seed=3)[0]
        assert data_equivalence(first, second, exact=True)
        space = cast("gymnasium.Space[Any]", env.action_space)  # pyright: ignore[reportUnknownMemberType] - Gymnasium leaves it open
        space.seed(1)
        for _ in range(8):
            actions = space.sample()
            assert data_equivalence(env.step(actions)[0], same.step(actions)[0], exact=True)
    finally:
        env.close()
        del env
        gc.collect()
        same.close()


def test_spaces_can_be_pickled() -> None:
    env = make(observation="both")
    assert pickle.loads(pickle.dumps(env.observation_space)) == env.observation_space
    assert pickle.loads(pickle.dumps(env.action_space)) == env.action_space


# Minari leaves its temporary folder to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_minari_records_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needs_module: Callable[[str], None]) -> None:
    needs_module("minari")
    needs_module("h5py")
    needs_module("jax")
    monkeypatch.setenv("MINARI_DATASETS_PATH", str(tmp_path))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        minari = cast("Any", importlib.import_module("minari"))
        env = minari.DataCollector(make(observation="both", pixel_size=(40, 18), max_steps=3), record_infos=True)
        env.action_space.seed(0)
        for seed in range(2):
            env.reset(seed=seed)
            over = False
            while not over:
                _, _, terminated, truncated, _ = env.step(env.action_space.sample())
                over = terminated or truncated
        dataset = env.create_dataset("phone/test-v0", algorithm_name="random", eval_env=None)
        assert dataset.total_episodes == 2
        episode = dataset[0]
        assert episode.observations["pixels"].shape[1:] == (40, 18, 3)
        assert len(episode.infos["verdict"]) == len(episode.actions["kind"]) + 1
        env.close()
        del env
        gc.collect()
