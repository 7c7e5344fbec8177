"""`VirtualTimeLimit`: an episode lasts so long, on the phone's own clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import gymnasium
from gymnasium.utils import RecordConstructorArgs

from mobilegym.encoding import Arrays
from mobilegym.wrappers.base import phone_env

__all__ = ["VirtualTimeLimit"]


class VirtualTimeLimit(gymnasium.Wrapper[Arrays, Any, Arrays, Any], RecordConstructorArgs):
    """Truncates the episode once `limit_ms` of the phone's time have passed since its reset.

    Args:
        env: A `PhoneEnv`, wrapped or not.
        limit_ms: At least 1.
    """

    def __init__(self, env: gymnasium.Env[Arrays, Any], limit_ms: int) -> None:
        if limit_ms < 1:
            raise ValueError(f"`limit_ms` must be at least 1, got {limit_ms!r}")
        RecordConstructorArgs.__init__(self, limit_ms=limit_ms)
        gymnasium.Wrapper.__init__(self, env)
        self._phone = phone_env(env)
        self._limit = timedelta(milliseconds=limit_ms)
        self._began: datetime | None = None

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Arrays, dict[str, Any]]:
        """Begin an episode, and its time."""
        observation, info = self.env.reset(seed=seed, options=options)
        self._began = self._phone.observation.screen.clock
        return observation, info

    def step(self, action: Any) -> tuple[Arrays, float, bool, bool, dict[str, Any]]:
        """One action; `truncated` where it took the episode beyond its time."""
        observation, reward, terminated, truncated, info = self.env.step(action)
        late = self._began is not None and self._phone.observation.screen.clock - self._began >= self._limit
        return observation, float(reward), terminated, truncated or (late and not terminated), info
