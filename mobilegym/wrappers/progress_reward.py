"""`ProgressReward`: reward for every check that comes to hold, and a fine for every one that ceases to."""

from __future__ import annotations

from typing import Any

import gymnasium
from gymnasium.utils import RecordConstructorArgs

from mobilegym.encoding import Arrays
from mobilegym.wrappers.base import phone_env

__all__ = ["ProgressReward"]


class ProgressReward(gymnasium.Wrapper[Arrays, Any, Arrays, Any], RecordConstructorArgs):
    """Adds `scale * (discount * progress after - progress before)` to the reward.

    This is potential-based shaping: with the learner's own discount it leaves the best policy what it was. Judging at every
    step costs milliseconds, and reading progress is for training only: what it tells is not what an agent may know.

    Args:
        env: A `PhoneEnv`, wrapped or not.
        scale: Weight of the shaping against the 1.0 of a passed task.
        discount: The learner's discount, 0–1.
    """

    def __init__(self, env: gymnasium.Env[Arrays, Any], scale: float = 0.5, discount: float = 1.0) -> None:
        if not 0.0 <= discount <= 1.0:
            raise ValueError(f"`discount` must be between 0 and 1, got {discount!r}")
        RecordConstructorArgs.__init__(self, scale=scale, discount=discount)
        gymnasium.Wrapper.__init__(self, env)
        self._phone = phone_env(env)
        self._scale = scale
        self._discount = discount
        self._before = 0.0

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Arrays, dict[str, Any]]:
        """Begin an episode; what holds from the start earns nothing."""
        observation, info = self.env.reset(seed=seed, options=options)
        self._before = self._phone.progress()
        return observation, info

    def step(self, action: Any) -> tuple[Arrays, float, bool, bool, dict[str, Any]]:
        """One action, with the shaped reward."""
        observation, reward, terminated, truncated, info = self.env.step(action)
        after = self._phone.progress()
        shaped = float(reward) + self._scale * (self._discount * after - self._before)
        self._before = after
        return observation, shaped, terminated, truncated, info
