"""Many phones stepped in one process: what `gymnasium.make_vec("mobilegym/Phone-v0", num_envs=8)` makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

import numpy as np
from gymnasium import spaces
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space, create_empty_array
from numpy.typing import NDArray

from mobilegym.actions import ACTION_TYPES, Action
from mobilegym.encoding import Arrays
from mobilegym.env import DeviceChoice, PhoneEnv, TaskSource, load_source
from mobilegym.session import InvalidAction

__all__ = ["PhoneVectorEnv"]

_Flags: TypeAlias = NDArray[np.bool_]
_Step: TypeAlias = tuple[Arrays, NDArray[np.float64], _Flags, _Flags, dict[str, Any]]
_TYPED = (*ACTION_TYPES.values(), InvalidAction)


class PhoneVectorEnv(VectorEnv[Arrays, Any, NDArray[Any]]):
    """`num_envs` phones in this process, observations batched into arrays of shape `(num_envs, ...)`.

    Actions are a batch of samples of the action space, or a sequence of typed actions, one for each phone. All three of
    Gymnasium's autoreset modes are there; with `DISABLED`, `reset(options={"reset_mask": mask})` resets some of the
    phones, and a phone whose episode is over must be reset before the next step.

    Args:
        num_envs: How many.
        autoreset_mode: `NextStep`, `SameStep` or `Disabled`, or the `AutoresetMode`.
        suite: As for `PhoneEnv`; read once for all phones.
        device: As for `PhoneEnv`; a function is called once for each phone.
        **kwargs: As for `PhoneEnv`.
    """

    def __init__(
        self,
        num_envs: int = 1,
        *,
        autoreset_mode: str | AutoresetMode = AutoresetMode.NEXT_STEP,
        suite: str | TaskSource = "starter",
        device: DeviceChoice | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__()
        if num_envs < 1:
            raise ValueError(f"`num_envs` must be at least 1, got {num_envs!r}")
        source = load_source(suite) if isinstance(suite, str) else suite
        self.num_envs = num_envs
        self.envs = [PhoneEnv(source, device=device, **kwargs) for _ in range(num_envs)]
        for env in self.envs[1:]:
            env.share_cache(self.envs[0])
        self.autoreset_mode = AutoresetMode(autoreset_mode)
        self.metadata = {**PhoneEnv.metadata, "autoreset_mode": self.autoreset_mode}
        self.render_mode = self.envs[0].render_mode
        action_space, observation_space = self.envs[0].codec.space(), cast("spaces.Dict", self.envs[0].observation_space)
        self.single_action_space, self.single_observation_space = action_space, observation_space
        self.action_space = batch_space(action_space, num_envs)
        self.observation_space = batch_space(observation_space, num_envs)
        self._codec = self.envs[0].codec
        self._over = np.zeros(num_envs, np.bool_)
        self._latest = cast("Arrays", create_empty_array(observation_space, n=num_envs, fn=np.zeros))

    def reset(
        self, *, seed: int | Sequence[int | None] | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Arrays, dict[str, Any]]:
        """Begin an episode on every phone, or on those of `options["reset_mask"]`; other options go to `PhoneEnv.reset`.

        Args:
            seed: For each phone, or one for the first, the next for the second, and so on.
            options: May hold `reset_mask`, `(num_envs,) bool`, at least one True.

        Raises:
            ValueError: `seed` or `reset_mask` has another length than there are phones.
        """
        seeds = [seed + i for i in range(self.num_envs)] if isinstance(seed, int) else list(seed or [None] * self.num_envs)
        if len(seeds) != self.num_envs:
            raise ValueError(f"there are {self.num_envs} phones and {len(seeds)} seeds")
        rest = dict(options or {})
        mask = self._mask(rest.pop("reset_mask", None))
        infos: dict[str, Any] = {}
        for index in np.flatnonzero(mask).tolist():
            observation, info = self.envs[index].reset(seed=seeds[index], options=rest)
            self._put(index, observation)
            self._note(infos, index, info)
        self._over[mask] = False
        return self._copy(), infos

    def step(self, actions: Mapping[str, Any] | Sequence[Action | InvalidAction]) -> _Step:
        """One action for each phone, in order.

        Raises:
            ValueError: There is not one action for each phone, or one is not in the action space.
            SessionError: With `DISABLED`, a phone's episode is over and was not reset.
            DeviceError: A phone failed.
        """
        chosen = self._actions(actions)
        rewards = np.zeros(self.num_envs, np.float64)
        terminated, truncated = np.zeros(self.num_envs, np.bool_), np.zeros(self.num_envs, np.bool_)
        infos: dict[str, Any] = {}
        for index, (env, action) in enumerate(zip(self.envs, chosen, strict=True)):
            if self.autoreset_mode is AutoresetMode.NEXT_STEP and self._over[index]:
                observation, info = env.reset()
            else:
                observation, rewards[index], terminated[index], truncated[index], info = env.step(action)
                if self.autoreset_mode is AutoresetMode.SAME_STEP and (terminated[index] or truncated[index]):
                    infos = self._add_info(infos, {"final_obs": observation, "final_info": info}, index)
                    observation, info = env.reset()
            self._put(index, observation)
            self._note(infos, index, info)
        self._over = terminated | truncated if self.autoreset_mode is not AutoresetMode.SAME_STEP else np.zeros_like(self._over)
        return self._copy(), rewards, terminated, truncated, infos

    def render(self) -> tuple[Any, ...] | None:
        """What each phone renders, in order."""
        return tuple(env.render() for env in self.envs)

    def call(self, name: str, *args: Any, **kwargs: Any) -> tuple[Any, ...]:
        """Call a method of every environment, or read an attribute of it."""
        found = [getattr(env, name) for env in self.envs]
        return tuple(value(*args, **kwargs) if callable(value) else value for value in found)

    def get_attr(self, name: str) -> tuple[Any, ...]:
        """An attribute of every environment."""
        return self.call(name)

    def close_extras(self, **kwargs: Any) -> None:
        """Close every phone."""
        for env in self.envs:
            env.close()

    def _actions(self, actions: Mapping[str, Any] | Sequence[Action | InvalidAction]) -> Sequence[Action | InvalidAction]:
        if isinstance(actions, Mapping):
            return self._codec.decode_batch(actions, self.num_envs)
        chosen = list(actions)
        if len(chosen) != self.num_envs or not all(isinstance(a, _TYPED) for a in chosen):
            raise ValueError(f"`step` takes {self.num_envs} typed actions or a batch of the action space, got {actions!r}")
        return chosen

    def _mask(self, mask: object) -> _Flags:
        if mask is None:
            return np.ones(self.num_envs, np.bool_)
        given: NDArray[Any] = np.asarray(mask)
        if given.shape != (self.num_envs,) or given.dtype != np.bool_ or not given.any():
            raise ValueError(f"`reset_mask` must be a boolean array of shape ({self.num_envs},) with a True in it, got {mask!r}")
        return given

    def _put(self, index: int, observation: Arrays) -> None:
        for key, value in observation.items():
            self._latest[key][index] = value

    def _copy(self) -> Arrays:
        return {key: value.copy() for key, value in self._latest.items()}

    def _note(self, infos: dict[str, Any], index: int, info: Mapping[str, Any]) -> None:
        """Gymnasium's layout of vector infos, without its type dispatch at every value: our keys are always the same."""
        for key, value in info.items():
            array = infos.get(key)
            if array is None:
                dtype = object if isinstance(value, str) else np.array(value).dtype
                array = infos[key] = np.full(self.num_envs, "", object) if dtype is object else np.zeros(self.num_envs, dtype)
                infos[f"_{key}"] = np.zeros(self.num_envs, np.bool_)
            array[index] = value
            infos[f"_{key}"][index] = True
