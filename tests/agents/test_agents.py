"""Built-in agents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mobilegym.actions import Answer, Ask, Finish, LongPress, OpenApp, Press, Scroll, Tap, Type, Wait
from mobilegym.agents import Agent, agent_names, make_agent
from mobilegym.agents.base import AgentError
from mobilegym.emulator.scripted import ScriptedDevice
from mobilegym.errors import ContentError, MissingPrerequisite
from mobilegym.observation import Observation
from mobilegym.session import Session
from tests.env.example import SwitchTask, judge


def play(agent: Agent, seed: int = 0, max_steps: int = 60) -> list[object]:
    task = SwitchTask("wifi", 1)
    session = Session(ScriptedDevice(), task, max_steps=max_steps, judge=judge)
    observation = session.start()
    agent.begin(task, seed)
    actions: list[object] = []
    while not session.over:
        action = agent.act(observation)
        actions.append(action)
        observation = session.step(action).observation
    return actions


def test_null_does_nothing() -> None:
    assert play(make_agent("null")) == [Finish("done")]


def test_random_repeats_itself() -> None:
    assert play(make_agent("random"), 4) == play(make_agent("random"), 4)
    assert play(make_agent("random"), 4) != play(make_agent("random"), 5)


def test_random_does_all_sorts_of_things() -> None:
    kinds = {type(action).__name__ for seed in range(20) for action in play(make_agent("random"), seed)}
    assert {"Tap", "Scroll", "Press", "Swipe", "Type", "Finish"} <= kinds


def test_always_ask_asks_and_does_nothing() -> None:
    asked, ended = play(make_agent("always_ask"))
    assert isinstance(asked, Ask)
    assert ended == Finish("done")


def test_always_act_never_asks() -> None:
    actions = play(make_agent("always_act"))
    assert not any(isinstance(a, Ask) for a in actions)
    assert any(isinstance(a, Tap) for a in actions)
    assert actions[-1] == Finish("done")


@pytest.mark.parametrize("name", ["solution", "near_miss", "near_miss:2"])
def test_flows_need_a_task_with_flows(name: str) -> None:
    agent = make_agent(name)
    assert agent.name == name
    with pytest.raises(AgentError, match="needs a task from a suite"):
        agent.begin(SwitchTask("wifi", 0), 0)


def test_names() -> None:
    assert {"null", "random", "solution", "near_miss", "always_ask", "always_act", "human"} <= set(agent_names())
    assert make_agent("always-ask").name == "always_ask"
    with pytest.raises(ContentError, match="no such agent: 'clever'; there are always_act"):
        make_agent("clever")
    with pytest.raises(ContentError):
        make_agent("null:3")
    with pytest.raises(MissingPrerequisite):
        make_agent("human")


class Keyboard:
    """A terminal with somebody at it who types these lines and goes away."""

    def __init__(self, *lines: str) -> None:
        self.lines: Iterator[str] = iter(lines)
        self.shown: list[str] = []

    def write(self, text: str) -> None:
        self.shown.append(text)

    def read(self, prompt: str) -> str:
        try:
            return next(self.lines)
        except StopIteration:
            raise EOFError from None


@pytest.fixture
def observation() -> Observation:
    return Session(ScriptedDevice(), SwitchTask("wifi", 1), judge=judge).start()


@pytest.mark.parametrize(
    "line,expected",
    [
        ("2", Tap(0.5, 0.09)),
        ("hold 2", LongPress(0.5, 0.09)),
        ("tap 0.1 0.2", Tap(0.1, 0.2)),
        ("type hello  world", Type("hello  world")),
        ("clear new", Type("new", clear=True)),
        ("down", Scroll("down")),
        ("back", Press("back")),
        ("open Settings", OpenApp("Settings")),
        ("wait", Wait(1000)),
        ("wait 5", Wait(5)),
        ("ask why?", Ask("why?")),
        ("answer 42", Answer("42")),
        ("infeasible", Finish("infeasible")),
    ],
)
def test_a_person_can_say_everything(observation: Observation, line: str, expected: object) -> None:
    assert make_agent("human", terminal=Keyboard(line)).act(observation) == expected


def test_a_person_is_asked_again_and_may_leave(observation: Observation) -> None:
    keyboard = Keyboard("fly", "99", "tap 3 4", "tap x", "help")
    assert make_agent("human", terminal=keyboard).act(observation) == Finish("declined")
    text = "\n".join(keyboard.shown)
    assert "Request: Turn wifi on." in text
    assert "`fly` is no command" in text
    assert "there is no element 99" in text
    assert "Settings" in text
