"""`null`: says that it is done, and does nothing."""

from __future__ import annotations

from mobilegym.actions import Action, Finish
from mobilegym.agents.base import AgentBase
from mobilegym.observation import Observation

__all__ = ["NullAgent"]


class NullAgent(AgentBase):
    """What a task gives away for nothing shows with this one."""

    name = "null"

    def act(self, observation: Observation) -> Action:
        """Finish at once."""
        return Finish("done")
