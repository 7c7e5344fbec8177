"""Built-in agents: baselines, the solutions of the tasks, and a person at the keyboard."""

from __future__ import annotations

from mobilegym.agents.base import Agent, AgentBase
from mobilegym.agents.registry import agent_names, make_agent

__all__ = ["Agent", "AgentBase", "agent_names", "make_agent"]
