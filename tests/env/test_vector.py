"""The in-process vector environment."""

from __future__ import annotations

from typing import Any, cast

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector import AutoresetMode

from mobilegym.actions import Finish, Wait
from mobilegym.session import SessionError
from mobilegym.vector import PhoneVectorEnv
from tests.env.test_env import KWARGS


def make(num_envs: int = 3, **kwargs: Any) -> PhoneVectorEnv:
    return cast("PhoneVectorEnv", gymnasium.make_vec("mobilegym/Phone-v0", num_envs=num_envs, **{**KWARGS, **kwargs}))


@pytest.mark.parametrize("mode", list(AutoresetMode))
def test_it_does_what_gymnasiums_does(mode: AutoresetMode) -> None:
    mine = make(autoreset_mode=mode, max_steps=5)
    theirs: Any = gymnasium.make_vec(
        "mobilegym/Phone-v0", num_envs=3, vectorization_mode="sync", vector_kwargs={"autoreset_mode": mode}, max_steps=5, **KWARGS
    )
    assert cast("Any", mine).observation_space == theirs.observation_space
    assert data_equivalence(mine.reset(seed=9)[0], theirs.reset(seed=9)[0], exact=True)
    space, shown = cast("Any", mine).action_space, cast("Any", mine).observation_space
    space.seed(2)
    for _ in range(25):
        actions = space.sample()
        one, two = mine.step(actions), theirs.step(actions)
        for left, right in zip(one[:4], two[:4], strict=True):
            assert data_equivalence(left, right, exact=True)
        assert one[0] in shown
        assert (one[4]["task"] == two[4]["task"]).all()
        assert (one[4]["_task"] == two[4]["_task"]).all()
        assert ("final_obs" in one[4]) == ("final_obs" in two[4])
        over = one[2] | one[3]
        if mode is AutoresetMode.DISABLED and over.any():
            first, second = (env.reset(options={"reset_mask": over.copy()})[0] for env in (mine, theirs))
            assert data_equivalence(first, second, exact=True)


def test_typed_actions() -> None:
    env = make()
    env.reset(seed=0)
    _, rewards, terminated, _, infos = env.step([Wait(1), Finish(), Wait(1)])
    assert terminated.tolist() == [False, True, False]
    assert rewards.tolist() == [0.0, 0.0, 0.0]
    assert list(infos["verdict"]) == ["running", "failed", "running"]
    with pytest.raises(ValueError, match="3 typed actions"):
        env.step([Wait(1)])


def test_a_mask_resets_some() -> None:
    env = make(autoreset_mode=AutoresetMode.DISABLED)
    env.reset(seed=0)
    env.step([Finish(), Wait(1), Finish()])
    with pytest.raises(SessionError):
        env.step([Wait(1)] * 3)
    env.reset(options={"reset_mask": np.array([True, False, True])})
    assert [e.session.steps for e in env.envs] == [0, 1, 0]


@pytest.mark.parametrize("mask", [np.zeros(3, bool), np.ones(2, bool), np.ones(3), [True]])
def test_bad_masks_are_refused(mask: object) -> None:
    env = make()
    with pytest.raises(ValueError, match="reset_mask"):
        env.reset(options={"reset_mask": mask})


def test_observations_given_out_stay_as_they_are() -> None:
    env = make()
    first, _ = env.reset(seed=0)
    kept = {k: v.copy() for k, v in first.items()}
    env.step([Wait(60_000)] * 3)
    assert data_equivalence(first, kept, exact=True)


def test_calls_reach_every_phone() -> None:
    env = make(render_mode="ansi")
    env.reset(seed=0)
    assert env.call("progress") == (0.0, 0.0, 0.0)
    assert len(env.get_attr("observation")) == 3
    assert len(env.render() or ()) == 3
    env.close()
