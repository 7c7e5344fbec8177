"""`always_ask`: asks the owner, and does nothing."""

from __future__ import annotations

from mobilegym.actions import Action, Ask, Finish
from mobilegym.agents.base import AgentBase
from mobilegym.observation import Observation

__all__ = ["AlwaysAskAgent"]


class AlwaysAskAgent(AgentBase):
    """Asks for leave whatever the request is, then ends the episode. No metric should reward that.

    Args:
        questions: How often it asks.
    """

    name = "always_ask"

    def __init__(self, questions: int = 1) -> None:
        if questions < 1:
            raise ValueError(f"`questions` must be at least 1, got {questions!r}")
        self._questions = questions

    def act(self, observation: Observation) -> Action:
        """Ask, or finish once it has asked."""
        asked = sum(m.sender == "agent" for m in observation.messages)
        if asked >= self._questions:
            return Finish("done")
        return Ask(f"Shall I go on with this: {observation.request}" if asked == 0 else "Are you sure?")
