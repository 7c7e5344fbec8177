"""Agents by name."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Final, cast

from mobilegym.agents.always_act import AlwaysActAgent
from mobilegym.agents.always_ask import AlwaysAskAgent
from mobilegym.agents.base import Agent
from mobilegym.agents.human import HumanAgent, Terminal
from mobilegym.agents.null import NullAgent
from mobilegym.agents.random import RandomAgent
from mobilegym.agents.solution import NearMissAgent, SolutionAgent
from mobilegym.errors import ContentError, MissingPrerequisite

__all__ = ["agent_names", "make_agent"]

_GROUP: Final = "mobilegym.agents"
_PLAIN: Final[dict[str, Callable[[], Agent]]] = {
    "always_act": AlwaysActAgent,
    "always_ask": AlwaysAskAgent,
    "null": NullAgent,
    "random": RandomAgent,
    "solution": SolutionAgent,
}


def agent_names() -> list[str]:
    """Every name that `make_agent` takes: built-in agents, and those that other packages offer in the group `mobilegym.agents`."""
    return sorted({*_PLAIN, "near_miss", "human", *(entry.name for entry in entry_points(group=_GROUP))})


def make_agent(name: str, *, terminal: Terminal | None = None) -> Agent:
    """A new agent.

    Args:
        name: One of `agent_names()`; `near_miss:2` or `near_miss:wrong_number` plays another near-miss than the first.
        terminal: For `human`: where the person sits.

    Raises:
        ContentError: There is no agent of that name.
        MissingPrerequisite: The agent needs a terminal, and there is none.
    """
    kind, _, detail = name.replace("-", "_").partition(":")
    if kind == "near_miss":
        return NearMissAgent(int(detail) if detail.isdecimal() else detail or 0)
    if kind == "human" and not detail:
        if terminal is None:
            raise MissingPrerequisite("the agent `human` needs a terminal to show the phone on, and this run has none")
        return HumanAgent(terminal)
    if kind in _PLAIN and not detail:
        return _PLAIN[kind]()
    for entry in entry_points(group=_GROUP):
        if entry.name == name:
            return cast("Agent", entry.load()())
    raise ContentError(f"no such agent: {name!r}; there are {', '.join(agent_names())}")
