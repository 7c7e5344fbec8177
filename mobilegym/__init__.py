"""A testbed for agents that use somebody's phone."""

from __future__ import annotations

from gymnasium.envs.registration import register as _register  # pyright: ignore[reportUnknownVariableType] - its kwargs are untyped

__version__ = "0.1.0"

# Names only; nothing of the environment is imported before somebody makes one.
_register("mobilegym/Phone-v0", entry_point="mobilegym.env:PhoneEnv", vector_entry_point="mobilegym.vector:PhoneVectorEnv")
