"""Groups of rollouts from one identical start, as group-relative methods (GRPO) want them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import gymnasium

from mobilegym.actions import Action
from mobilegym.env import PhoneEnv
from mobilegym.observation import Observation
from mobilegym.session import InvalidAction

__all__ = ["Policy", "Rollout", "grouped_rollouts"]

Policy: TypeAlias = Callable[[Observation, int], Action | InvalidAction]
"""`(observation, member of the group) -> action`."""


@dataclass(frozen=True, slots=True)
class Rollout:
    """One member of a group."""

    task: str
    seed: int
    observations: tuple[Observation, ...]
    """One more than there are actions."""
    actions: tuple[Action | InvalidAction, ...]
    reward: float
    scored: bool
    """False where nobody could judge the episode: leave it out of the group's average."""
    verdict: str


def grouped_rollouts(
    env: gymnasium.Env[Any, Any], k: int, policy: Policy, *, seed: int | None = None, options: dict[str, Any] | None = None
) -> tuple[Rollout, ...]:
    """Reset once, fork `k` times, and let `policy` play each fork to its end.

    ```python
    group = grouped_rollouts(env, 8, lambda observation, member: agents[member].act(observation), seed=3)
    advantages = [r.reward - sum(r.reward for r in group) / len(group) for r in group]
    ```

    Args:
        env: A `PhoneEnv`, or wrappers around one; wrappers take no part.
        k: Size of the group.
        policy: Chooses the actions.
        seed: As for `reset`.
        options: As for `reset`.

    Raises:
        NotSupported: This kind of phone cannot be forked.
    """
    base = cast("PhoneEnv", env.unwrapped)
    base.reset(seed=seed, options=options)
    members = base.group(k)
    try:
        return tuple(_play(member, policy, number) for number, member in enumerate(members))
    finally:
        for member in members:
            member.close()


def _play(env: PhoneEnv, policy: Policy, number: int) -> Rollout:
    observations, actions, over = [env.observation], list[Action | InvalidAction](), False
    reward, info = 0.0, dict[str, Any]()
    while not over:
        action = policy(env.observation, number)
        _, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        observations.append(env.observation)
        over = terminated or truncated
    return Rollout(info["task"], info["seed"], tuple(observations), tuple(actions), reward, info["scored"], info["verdict"])
