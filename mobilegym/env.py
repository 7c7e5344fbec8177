"""`mobilegym/Phone-v0`: a phone, a task and its owner as a Gymnasium environment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Final, Literal, Protocol, TypeAlias, cast

import gymnasium
import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray

from mobilegym.actions import ACTION_TYPES, Action
from mobilegym.emulator.build import DeviceSpec, build_device
from mobilegym.emulator.device import Device, PixelSize
from mobilegym.encoding import ActionCodec, Arrays, TreeEncoder, text_bytes
from mobilegym.observation import Observation
from mobilegym.session import EpisodeTask, InvalidAction, Judge, Session, SessionError, SessionSnapshot
from mobilegym.tasks.suites import Suite, load_suite
from mobilegym.verdict import Failed, Passed, Verdict

__all__ = ["DeviceChoice", "EnvSnapshot", "ObservationMode", "PhoneEnv", "TaskSource", "load_source"]

ObservationMode: TypeAlias = Literal["tree", "pixels", "both"]
DeviceChoice: TypeAlias = Callable[[], Device] | DeviceSpec | str

_REQUEST_BYTES: Final = 512
_MESSAGE_BYTES: Final = 256
_ACTIVITY_BYTES: Final = 96
_MOST_NOTIFICATIONS: Final = 63
_TYPED: Final = (*ACTION_TYPES.values(), InvalidAction)


class TaskSource(Protocol):
    """Where an environment gets its tasks from: a suite, or anything else that makes tasks."""

    def template_ids(self, split: str | None = None) -> Sequence[str]:
        """Ids in a fixed order; those of one split where it is given."""
        ...

    def instance(self, template_id: str, seed: int) -> EpisodeTask:
        """The task of that template; equal arguments, equal tasks.

        Raises:
            ContentError: There is no such template.
        """
        ...


@dataclass(frozen=True, slots=True)
class EnvSnapshot:
    """A moment of an environment: the episode and the random generator. Opaque, reusable."""

    task: EpisodeTask
    session: SessionSnapshot
    random: Mapping[str, Any]


class PhoneEnv(gymnasium.Env[Arrays, Any]):
    """One phone as a Gymnasium environment.

    ```python
    env = gymnasium.make("mobilegym/Phone-v0", suite="starter", task="settings.turn_on_bluetooth")
    observation, info = env.reset(seed=7)
    observation, reward, terminated, truncated, info = env.step(env.action_space.sample())
    env.step(OpenApp("Settings"))  # typed actions work as well
    ```

    Observation (a `Dict`): the arrays of `TreeEncoder` and/or `pixels` `(H, W, 3) uint8`, and always `request` (512 bytes
    of UTF-8), `message` (256, what the owner said last), `activity` (96), `clock` (virtual epoch milliseconds),
    `notifications` (how many), `error` (1: the last action could not be carried out) and `step`. The typed, unencoded
    observation is `env.unwrapped.observation`.

    Action: a sample of the `Dict` space (`ActionCodec`), a typed `Action`, or an `InvalidAction`.

    Reward: 1.0 for the step that ends an episode that passed, else 0.0. `info`, equal keys at every step: `task`, `seed`,
    `step`, `action_error`, `verdict` (`running`, `passed`, `failed`, `undecided`, `errored`), `progress` (share of checks
    that hold, at the end), `scored` (False where nobody could judge a finished episode: leave it out of the batch).

    Args:
        suite: Name or path of a suite, or a `TaskSource`.
        task: Template id, several of them, or None for all of the suite; drawn from by `reset`.
        split: Only templates of this split.
        observation: `tree`, `pixels` or `both`.
        pixel_size: `(height, width)` of `pixels`; rendered at this size.
        max_steps: Step budget; each task's own where None.
        max_elements: Elements in the tree.
        text_size: Bytes of text for each element.
        actions: Names of the actions on offer (`ACTION_TYPES`); all where None.
        device: Makes the phone, once: a function, a `DeviceSpec` or its kind (`scripted`); the suite's virtual phone where None.
        judge: Decides verdicts; the tasks' own rules where None.
        render_mode: `rgb_array` (at `pixel_size`), `ansi` (the elements as text), or None.
    """

    metadata: ClassVar[dict[str, Any]] = {"render_modes": ["rgb_array", "ansi"], "render_fps": 4}  # pyright: ignore[reportIncompatibleVariableOverride] - Gymnasium's is no ClassVar

    def __init__(
        self,
        suite: str | TaskSource = "starter",
        task: str | Sequence[str] | None = None,
        *,
        split: str | None = None,
        observation: ObservationMode = "tree",
        pixel_size: PixelSize = (400, 180),
        max_steps: int | None = None,
        max_elements: int = 128,
        text_size: int = 32,
        actions: Sequence[str] | None = None,
        device: DeviceChoice | None = None,
        judge: Judge | None = None,
        render_mode: str | None = None,
    ) -> None:
        if observation not in ("tree", "pixels", "both"):
            raise ValueError(f"`observation` must be tree, pixels or both; got {observation!r}")
        if render_mode is not None and render_mode not in self.metadata["render_modes"]:
            raise ValueError(f"`render_mode` must be one of {', '.join(self.metadata['render_modes'])} or None; got {render_mode!r}")
        if len(pixel_size) != 2 or min(pixel_size) < 1:
            raise ValueError(f"`pixel_size` is (height, width), both at least 1; got {pixel_size!r}")
        self.source = load_source(suite) if isinstance(suite, str) else suite
        self.task_ids = _chosen(self.source, task, split)
        self.render_mode = render_mode
        self.codec = ActionCodec(actions)
        self.action_space = self.codec.space()
        self._mode: ObservationMode = observation
        self._pixel_size: PixelSize = (int(pixel_size[0]), int(pixel_size[1]))
        self._tree = TreeEncoder(max_elements, text_size)
        self.observation_space = self._space()
        self._max_steps = max_steps
        self._factory = _factory(device, self.source)
        self._judge = judge
        self._device: Device | None = None
        self._session: Session | None = None
        self._observation: Observation | None = None

    @property
    def session(self) -> Session:
        """The running episode.

        Raises:
            SessionError: `reset` was not called yet.
        """
        if self._session is None:
            raise SessionError("the environment has no episode yet; call `reset` first")
        return self._session

    @property
    def observation(self) -> Observation:
        """What the agent sees, typed and complete.

        Raises:
            SessionError: `reset` was not called yet.
        """
        if self._observation is None:
            raise SessionError("the environment has no episode yet; call `reset` first")
        return self._observation

    @property
    def max_elements(self) -> int:
        """How many elements the tree's arrays hold."""
        return self._tree.max_elements

    @property
    def device(self) -> Device:
        """The phone; made at first use."""
        if self._device is None:
            self._device = self._factory()
        return self._device

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Arrays, dict[str, Any]]:
        """Begin an episode.

        Args:
            seed: Seeds the generator that tasks and their seeds are drawn from.
            options: `task` (a template id) and `task_seed` (an integer) name the instance instead of drawing it.

        Raises:
            ContentError: There is no such template.
        """
        super().reset(seed=seed)
        chosen = options or {}
        # Both are always drawn, so that naming one of them does not change what comes after.
        drawn, drawn_seed = self.task_ids[int(self.np_random.integers(len(self.task_ids)))], int(self.np_random.integers(2**31))
        self.begin(self.source.instance(str(chosen.get("task", drawn)), int(chosen.get("task_seed", drawn_seed))))
        return self.encode(self.observation), self._info(None)

    def step(self, action: Action | InvalidAction | Mapping[str, Any]) -> tuple[Arrays, float, bool, bool, dict[str, Any]]:
        """Carry out one action.

        Raises:
            ValueError: `action` is neither typed nor a sample of the action space.
            SessionError: The episode is over.
            DeviceError: The phone failed.
        """
        typed = action if isinstance(action, _TYPED) else self.codec.decode(cast("Mapping[str, Any]", action))
        self._observation, done, truncated = self.session.step(typed)
        verdict = self.session.verdict() if done or truncated else None
        return self.encode(self._observation), float(isinstance(verdict, Passed)), done, truncated, self._info(verdict)

    def begin(self, task: EpisodeTask) -> Observation:
        """Begin an episode of this very task, whatever the suite holds."""
        pixels = None if self._mode == "tree" else self._pixel_size
        self._session = Session(self.device, task, max_steps=self._max_steps, pixels=pixels, judge=self._judge)
        self._observation = self._session.start()
        return self._observation

    def encode(self, observation: Observation) -> Arrays:
        """The observation as a member of the observation space, in fresh arrays."""
        screen = observation.screen
        said = next((m.text for m in reversed(observation.messages) if m.sender == "owner"), "")
        out: Arrays = {} if self._mode == "pixels" else self._tree.encode(screen.elements, screen.width, screen.height)
        if self._mode != "tree":
            if screen.pixels is None:
                raise SessionError("the observation has no pixels, and this environment shows them")
            out["pixels"] = np.array(screen.pixels)
        out["request"] = _bytes(observation.request, _REQUEST_BYTES)
        out["message"] = _bytes(said, _MESSAGE_BYTES)
        out["activity"] = _bytes(str(screen.activity), _ACTIVITY_BYTES)
        out["clock"] = np.array([round(screen.clock.timestamp() * 1000)], np.int64)
        out["notifications"] = np.int64(min(len(screen.notifications), _MOST_NOTIFICATIONS))
        out["error"] = np.int64(observation.action_error is not None)
        out["step"] = np.array([observation.step], np.int32)
        return out

    def render(self) -> Any:
        """The screen as `(H, W, 3) uint8`, or as text, one line for each element; None without a render mode."""
        if self.render_mode == "rgb_array":
            pixels = self.session.observe(self._pixel_size).screen.pixels
            return None if pixels is None else np.array(pixels)
        if self.render_mode == "ansi":
            return _as_text(self.observation)
        return None

    def progress(self) -> float:
        """Share of the task's checks that hold now, 0–1. Costs milliseconds."""
        return self.session.progress()

    def snapshot(self) -> EnvSnapshot:
        """The environment as it is now.

        Raises:
            NotSupported: This kind of phone keeps no snapshots.
        """
        return EnvSnapshot(self.session.task, self.session.snapshot(), self.np_random.bit_generator.state)

    def restore(self, snapshot: EnvSnapshot) -> Arrays:
        """Put the environment back as it was; a snapshot may be used many times, and by other environments like this one."""
        if self._session is None or self._session.task is not snapshot.task:
            pixels = None if self._mode == "tree" else self._pixel_size
            self._session = Session(self.device, snapshot.task, max_steps=self._max_steps, pixels=pixels, judge=self._judge)
        self._observation = self._session.restore(snapshot.session)
        self.np_random.bit_generator.state = snapshot.random
        return self.encode(self._observation)

    def fork(self) -> PhoneEnv:
        """An independent environment in the same state, on a phone of its own; close it when done.

        Raises:
            NotSupported: This kind of phone cannot be forked.
        """
        session = self.session.fork()
        other = copy(self)
        # A space has a generator of its own; all else that the two share is immutable or a cache.
        other.action_space = self.codec.space()
        other._session, other._device = session, session.device
        other._np_random = np.random.Generator(np.random.PCG64(0))
        other._np_random.bit_generator.state = self.np_random.bit_generator.state
        return other

    def group(self, k: int) -> tuple[PhoneEnv, ...]:
        """`k` forks of the present state, as group-relative methods (GRPO) start from."""
        if k < 1:
            raise ValueError(f"a group has at least one member, got {k!r}")
        return tuple(self.fork() for _ in range(k))

    def share_cache(self, other: PhoneEnv) -> None:
        """Use the other environment's cache of encoded screens; both must encode alike.

        Raises:
            ValueError: They do not.
        """
        if self.observation_space != other.observation_space:
            raise ValueError("the environments have different observation spaces, so they cannot share a cache")
        self._tree = other._tree

    def close(self) -> None:
        """Close the phone; twice is harmless."""
        if self._device is not None:
            self._device.close()

    def _space(self) -> spaces.Dict:
        parts: dict[str, spaces.Space[Any]] = {} if self._mode == "pixels" else self._tree.spaces
        if self._mode != "tree":
            parts["pixels"] = spaces.Box(0, 255, (*self._pixel_size, 3), np.uint8)
        sizes = {"request": _REQUEST_BYTES, "message": _MESSAGE_BYTES, "activity": _ACTIVITY_BYTES}
        parts |= {name: spaces.Box(0, 255, (size,), np.uint8) for name, size in sizes.items()}
        parts["clock"] = spaces.Box(0, 2**53, (1,), np.int64)
        parts["notifications"] = spaces.Discrete(_MOST_NOTIFICATIONS + 1)
        parts["error"] = spaces.Discrete(2)
        parts["step"] = spaces.Box(0, 2**31 - 1, (1,), np.int32)
        return spaces.Dict(parts)

    def _info(self, verdict: Verdict | None) -> dict[str, Any]:
        observation, task = self.observation, self.session.task
        judged = isinstance(verdict, (Passed, Failed))
        return {
            "task": task.id,
            "seed": task.seed,
            "step": observation.step,
            "action_error": observation.action_error or "",
            "verdict": "running" if verdict is None else type(verdict).__name__.lower(),
            "progress": verdict.progress if judged else 0.0,
            "scored": verdict is None or judged,
        }


def _bytes(text: str, size: int) -> NDArray[np.uint8]:
    return np.frombuffer(text_bytes(text, size), np.uint8).copy()


def _as_text(observation: Observation) -> str:
    screen = observation.screen
    lines = [f"{screen.activity} {screen.clock:%Y-%m-%d %H:%M}", f"Request: {observation.request}"]
    for number, element in enumerate(screen.elements):
        text = element.text or element.content_desc or element.hint
        flags = " ".join(name for name in ("clickable", "checked", "focused", "scrollable") if getattr(element, name))
        lines.append(f"{number:3d} {'  ' * element.depth}{element.cls.rpartition('.')[2]} {text!r} {element.bounds} {flags}".rstrip())
    return "\n".join(lines)


def _factory(device: DeviceChoice | None, source: TaskSource) -> Callable[[], Device]:
    if callable(device):
        return device
    if isinstance(device, DeviceSpec):
        return partial(build_device, device)
    if isinstance(device, str):
        return partial(build_device, DeviceSpec(device))
    return partial(build_device, DeviceSpec("virtual", source.suite.config.phone if isinstance(source, _Suite) else {}))


@dataclass(frozen=True, slots=True)
class _Suite:
    """A suite of YAML tasks as a `TaskSource`."""

    suite: Suite

    def template_ids(self, split: str | None = None) -> Sequence[str]:
        return [name for name, template in self.suite.templates.items() if split in (None, template.head.split)]

    def instance(self, template_id: str, seed: int) -> EpisodeTask:
        return self.suite.instance(template_id, seed)


def load_source(name: str) -> TaskSource:
    """The suite of that name or path.

    Raises:
        ContentError: There is none, or it is malformed.
    """
    return _Suite(load_suite(name))


def _chosen(source: TaskSource, task: str | Sequence[str] | None, split: str | None) -> tuple[str, ...]:
    known = tuple(source.template_ids(split))
    wanted = known if task is None else (task,) if isinstance(task, str) else tuple(task)
    if missing := [t for t in wanted if t not in known]:
        raise ValueError(f"there is no task {missing[0]!r}" + (f" in split {split!r}" if split else "") + f"; there are {', '.join(known)}")
    if not wanted:
        raise ValueError("there is no task to choose from" + (f" in split {split!r}" if split else ""))
    return wanted
