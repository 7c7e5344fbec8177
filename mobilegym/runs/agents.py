"""Agents by name, those in the user's own modules included."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from typing import Any, cast

from mobilegym.agents import Agent, make_agent
from mobilegym.agents.human import Terminal
from mobilegym.errors import ContentError

__all__ = ["find_agent"]


def find_agent(name: str, *, terminal: Terminal | None = None) -> Agent:
    """A new agent: what `make_agent` knows, or `module:Class` from an installed module or one in the current folder.

    Raises:
        ContentError: There is no such agent, or it cannot be imported or made.
        MissingPrerequisite: `human` without a terminal.
    """
    module, colon, attribute = name.partition(":")
    if not colon or module.replace("-", "_") == "near_miss":
        return make_agent(name, terminal=terminal)
    here = os.getcwd()
    if here not in sys.path:
        sys.path.insert(0, here)
    try:
        factory = cast(Callable[[], Any], getattr(importlib.import_module(module), attribute))
    except (ImportError, AttributeError, ValueError) as error:
        raise ContentError(f"agent {name!r} cannot be imported: {error}") from error
    try:
        agent = factory()
    except TypeError as error:
        raise ContentError(f"agent {name!r} must be made without arguments: {error}") from error
    if not callable(getattr(agent, "act", None)) or not callable(getattr(agent, "begin", None)):
        raise ContentError(f"agent {name!r} has no `begin(task, seed)` and `act(observation)`")
    return cast(Agent, agent)
