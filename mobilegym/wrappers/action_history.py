"""`ActionHistory`: what was done before, in the observation."""

from __future__ import annotations

from collections import deque
from typing import Any

import gymnasium
import numpy as np
from gymnasium import spaces
from gymnasium.utils import RecordConstructorArgs

from mobilegym.actions import ACTION_TYPES
from mobilegym.encoding import ACTION_KINDS, Arrays
from mobilegym.session import InvalidAction
from mobilegym.wrappers.base import dict_spaces, phone_env

__all__ = ["ActionHistory"]

_NUMBER = {ACTION_TYPES[kind]: number for number, kind in enumerate(ACTION_KINDS, start=1)}
_INVALID = len(ACTION_KINDS) + 1


class ActionHistory(gymnasium.Wrapper[Arrays, Any, Arrays, Any], RecordConstructorArgs):
    """Adds the last `length` actions, newest last.

    Keys: `history_kind` `(length,) uint8` (0 none, then `ACTION_KINDS` from 1, then invalid), `history_point`
    `(length, 2) float32` (where it was aimed, 0 where nowhere), `history_error` `(length,) uint8`.

    Args:
        env: A `PhoneEnv`, wrapped or not; actions that reach this wrapper are typed or samples of the `PhoneEnv`'s space, so
            wrappers that translate actions go around this one, not inside it.
        length: How many actions.
    """

    def __init__(self, env: gymnasium.Env[Arrays, Any], length: int = 4) -> None:
        if length < 1:
            raise ValueError(f"`length` must be at least 1, got {length!r}")
        RecordConstructorArgs.__init__(self, length=length)
        gymnasium.Wrapper.__init__(self, env)
        self._phone = phone_env(env)
        self._length = length
        self._past: deque[tuple[int, tuple[float, float], bool]] = deque(maxlen=length)
        self.observation_space = spaces.Dict({
            **dict_spaces(env),
            "history_kind": spaces.Box(0, _INVALID, (length,), np.uint8),
            "history_point": spaces.Box(0.0, 1.0, (length, 2), np.float32),
            "history_error": spaces.Box(0, 1, (length,), np.uint8),
        })  # fmt: skip

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Arrays, dict[str, Any]]:
        """Begin an episode, with an empty history."""
        observation, info = self.env.reset(seed=seed, options=options)
        self._past.clear()
        return self._with_history(observation), info

    def step(self, action: Any) -> tuple[Arrays, float, bool, bool, dict[str, Any]]:
        """One action, which the history then ends with."""
        typed = action if isinstance(action, (*ACTION_TYPES.values(), InvalidAction)) else self._phone.codec.decode(action)
        observation, reward, terminated, truncated, info = self.env.step(typed)
        point = (getattr(typed, "x", getattr(typed, "x1", 0.0)), getattr(typed, "y", getattr(typed, "y1", 0.0)))
        self._past.append((_INVALID if isinstance(typed, InvalidAction) else _NUMBER[type(typed)], point, bool(info["action_error"])))
        return self._with_history(observation), float(reward), terminated, truncated, info

    def _with_history(self, observation: Arrays) -> Arrays:
        kinds, points = np.zeros(self._length, np.uint8), np.zeros((self._length, 2), np.float32)
        errors = np.zeros(self._length, np.uint8)
        for index, (kind, point, error) in enumerate(self._past, start=self._length - len(self._past)):
            kinds[index], points[index], errors[index] = kind, point, error
        return {**observation, "history_kind": kinds, "history_point": points, "history_error": errors}
