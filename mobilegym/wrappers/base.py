"""What the wrappers share."""

from __future__ import annotations

from typing import Any, cast

import gymnasium
from gymnasium import spaces

from mobilegym.env import PhoneEnv

__all__ = ["dict_spaces", "phone_env"]


def phone_env(env: gymnasium.Env[Any, Any]) -> PhoneEnv:
    """The `PhoneEnv` inside.

    Raises:
        TypeError: There is another kind of environment inside.
    """
    base = cast("object", env.unwrapped)
    if not isinstance(base, PhoneEnv):
        raise TypeError(f"this wrapper goes around mobilegym/Phone-v0, not around a {type(base).__name__}")
    return base


def dict_spaces(env: gymnasium.Env[Any, Any]) -> dict[str, spaces.Space[Any]]:
    """The parts of the observation's space.

    Raises:
        TypeError: The observation is no dictionary.
    """
    space = cast("object", env.observation_space)
    if not isinstance(space, spaces.Dict):
        raise TypeError("the observation is no dictionary; this wrapper must be closer to the phone than whatever flattens it")
    return dict(cast("dict[str, spaces.Space[Any]]", space.spaces))  # pyright: ignore[reportUnknownMemberType] - Gymnasium leaves it open
