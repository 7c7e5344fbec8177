"""A suite from a folder, the environment around it, and the agents that play its flows."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import gymnasium
import pytest

from mobilegym.agents import make_agent
from mobilegym.agents.base import AgentError
from mobilegym.emulator.scripted import ScriptedDevice
from mobilegym.env import PhoneEnv
from mobilegym.session import Session, SessionError
from mobilegym.tasks.instance import TaskInstance
from mobilegym.tasks.suites import load_suite
from mobilegym.verdict import Failed, Passed
from tests.env.example import SwitchTask

TASK = """\
id: settings.radio_on
title: Turn a radio on
apps: [settings]
split: test
difficulty: easy
capabilities: [form_filling]
steps: 6
setup:
  - setting: {namespace: global, key: bluetooth_on, value: "0"}
request: Turn Bluetooth on.
owner: {replies: {"sure": "Quite sure."}}
checks:
  - {name: bluetooth_is_on, setting: {namespace: global, key: bluetooth_on, value: "1"}}
side_effects:
  allow: ["setting:global/bluetooth_on"]
solution:
  - open: settings
  - tap: {text: Bluetooth}
near_misses:
  - name: wrong_radio
    why: Wi-Fi is another radio.
    steps: [{open: settings}, {tap: {text: Wi-Fi}}]
  - name: on_and_off
    why: It is off again.
    steps: [{open: settings}, {tap: {text: Bluetooth}}, {tap: {text: Bluetooth}}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    suite = tmp_path / "example"
    (suite / "settings").mkdir(parents=True)
    (suite / "suite.yaml").write_text("name: example\ntitle: Example\ndescription: For tests.\n")
    (suite / "settings" / "radio_on.yaml").write_text(TASK)
    return suite


def play(task: TaskInstance, name: str) -> Session:
    session, agent = Session(ScriptedDevice(), task), make_agent(name)
    agent.begin(task, 0)
    observation = session.start()
    while not session.over:
        observation = session.step(agent.act(observation)).observation
    return session


@pytest.mark.parametrize(
    "agent,passes", [("solution", True), ("near_miss", False), ("near_miss:1", False), ("near_miss:on_and_off", False), ("null", False)]
)
def test_flows_are_played(folder: Path, agent: str, passes: bool) -> None:
    verdict = play(load_suite(folder).instance("settings.radio_on", 0), agent).verdict()
    assert isinstance(verdict, Passed if passes else Failed), verdict


def test_unknown_near_misses_are_named(folder: Path) -> None:
    with pytest.raises(AgentError, match="it has wrong_radio, on_and_off"):
        make_agent("near_miss:other").begin(load_suite(folder).instance("settings.radio_on", 0), 0)


def test_the_environment_plays_a_suite(folder: Path) -> None:
    env = cast("PhoneEnv", gymnasium.make("mobilegym/Phone-v0", suite=str(folder), split="test", device="scripted").unwrapped)
    _, info = env.reset(seed=0)
    assert info["task"].startswith("example/settings.radio_on#")
    agent, over, reward = make_agent("solution"), False, 0.0
    agent.begin(env.session.task, 0)
    while not over:
        _, reward, over, _, info = env.step(agent.act(env.observation))
    assert (reward, info["verdict"], info["progress"]) == (1.0, "passed", 1.0)
    with pytest.raises(ValueError, match="no task to choose from in split 'train'"):
        PhoneEnv(str(folder), split="train")


def test_a_vector_of_them(folder: Path) -> None:
    env: Any = gymnasium.make_vec("mobilegym/Phone-v0", num_envs=2, suite=str(folder), device="scripted")
    env.reset(seed=0)
    assert env.envs[0].source is env.envs[1].source


def test_rules_judge_tasks_of_suites_only() -> None:
    session = Session(ScriptedDevice(), SwitchTask("wifi", 0))
    session.start()
    with pytest.raises(SessionError, match="needs a session with a `judge`"):
        session.verdict()
