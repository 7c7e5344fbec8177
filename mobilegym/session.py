"""One episode on one phone: a task, an owner, steps, and a verdict. Everything above it (environment, runs) drives this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol, TypeAlias, assert_never, runtime_checkable

from mobilegym.actions import Action, Answer, Ask, Finish, TalkAction
from mobilegym.emulator.device import Device, DeviceSnapshot, JournalEntry, PixelSize, StateTree
from mobilegym.errors import MobileGymError, NotSupported
from mobilegym.evaluation.outcome import EndStatus, Outcome
from mobilegym.evaluation.rules import judge
from mobilegym.observation import Message, Observation, Screen
from mobilegym.tasks.instance import TaskInstance
from mobilegym.user_sim.owner import Owner, SilentOwner
from mobilegym.verdict import Failed, Passed, Verdict

__all__ = [
    "EpisodeTask",
    "InvalidAction",
    "Judge",
    "Session",
    "SessionError",
    "SessionSnapshot",
    "StepResult",
]

_NO_TREE: Final[StateTree] = {}


class SessionError(MobileGymError):
    """A session was used out of order: not started yet, or already over."""


class EpisodeTask(Protocol):
    """What a session needs of a task; `TaskInstance` is one."""

    @property
    def id(self) -> str: ...
    @property
    def seed(self) -> int: ...
    @property
    def request(self) -> str: ...
    @property
    def max_steps(self) -> int: ...
    def prepare(self, device: Device) -> None:
        """Set the phone up, after it was reset."""
        ...


Judge: TypeAlias = Callable[[EpisodeTask, Device, StateTree, StateTree, Outcome], Verdict]
"""`(task, device, state before, state after, outcome) -> verdict`; `evaluation.rules.judge` is one."""


@runtime_checkable
class _Forkable(Protocol):
    def fork(self) -> Device: ...


@runtime_checkable
class _HasOwner(Protocol):
    def make_owner(self) -> Owner: ...


@dataclass(frozen=True, slots=True)
class InvalidAction:
    """What an agent said that is no action at all. It costs a step and comes back as the observation's `action_error`."""

    reason: str


class StepResult(NamedTuple):
    observation: Observation
    done: bool
    """The agent ended the episode."""
    truncated: bool
    """The step budget ran out first."""


@dataclass(frozen=True, slots=True)
class _Progress:
    """All that changes from step to step, apart from the phone and the owner."""

    step: int = 0
    messages: tuple[Message, ...] = ()
    error: str | None = None
    ended: EndStatus | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class SessionSnapshot:
    """A moment of an episode; opaque, reusable, valid for sessions of the same task on the same kind of phone."""

    device: DeviceSnapshot
    owner: Owner
    progress: _Progress
    before: StateTree
    mark: int


class Session:
    """Drives a phone through one episode.

    ```python
    session = Session(device, task)
    observation = session.start()
    while not session.over:
        observation, done, truncated = session.step(agent.act(observation))
    print(session.verdict())
    ```

    What an agent does wrong never raises: it comes back as `action_error`. A `DeviceError` out of `start`, `step` or
    `verdict` means that the infrastructure failed, and the episode must not be scored.

    Args:
        device: The phone. The session resets it, and leaves it open.
        task: What is asked for.
        owner: Who replies to `Ask`; the task's own owner where none is given.
        max_steps: Step budget; the task's own where none is given.
        pixels: `(height, width)` of the observation's picture, or None for none.
        judge: Decides the verdict; the task's own rules where none is given.
    """

    def __init__(
        self,
        device: Device,
        task: EpisodeTask,
        owner: Owner | None = None,
        max_steps: int | None = None,
        pixels: PixelSize | None = None,
        judge: Judge | None = None,
    ) -> None:
        if max_steps is not None and max_steps < 1:
            raise ValueError(f"`max_steps` must be at least 1, got {max_steps!r}")
        self.device = device
        self.task = task
        self.pixels = pixels
        self.max_steps = task.max_steps if max_steps is None else max_steps
        self._owner = owner
        self._live_owner: Owner = SilentOwner()
        self._judge = judge
        self._progress: _Progress | None = None
        self._before = _NO_TREE
        self._mark = 0
        self._verdict: Verdict | None = None
        self._screen: Screen | None = None

    @property
    def over(self) -> bool:
        """Whether the episode has ended: the agent said so, or the steps ran out."""
        now = self._now()
        return now.ended is not None or now.step >= self.max_steps

    @property
    def steps(self) -> int:
        """Steps taken, invalid ones and talk included."""
        return self._now().step

    @property
    def outcome(self) -> Outcome:
        """How the episode ended; one that has not ended counts as `truncated`."""
        now = self._now()
        return Outcome(now.ended or "truncated", now.answer, self.journal())

    def start(self) -> Observation:
        """Reset the phone, let the task set it up, and show the first screen. Twice is harmless: the episode begins anew."""
        self.device.reset(seed=self.task.seed)
        self.task.prepare(self.device)
        self._live_owner = self._fresh_owner()
        self._before = self._tree()
        entries = self.device.journal() if "journal" in self.device.capabilities else ()
        self._mark = entries[-1].seq + 1 if entries else 0
        self._progress, self._verdict = _Progress(), None
        return self.observe()

    def step(self, action: Action | InvalidAction) -> StepResult:
        """Carry out one action and look.

        Raises:
            SessionError: The episode has not started, or is over.
            DeviceError: The phone failed; nothing can be said about the agent.
        """
        now = self._now()
        if now.ended is not None or now.step >= self.max_steps:
            raise SessionError(f"the episode of {self.task.id!r} is over after {now.step} steps; call `start` for a new one")
        messages, ended, answer, error = now.messages, None, None, None
        self._verdict = None
        if isinstance(action, InvalidAction):
            error = action.reason
        elif isinstance(action, TalkAction):
            messages, ended, answer = self._talk(action, messages)
        else:
            error = self.device.perform(action)
        self._progress = _Progress(now.step + 1, messages, error, ended, answer)
        return StepResult(self.observe(), ended is not None, ended is None and now.step + 1 >= self.max_steps)

    def observe(self, pixels: PixelSize | None = None) -> Observation:
        """What the agent sees now; changes nothing. `pixels` overrides the session's own size."""
        now = self._now()
        self._screen = self.device.observe(pixels=pixels or self.pixels)
        return Observation(self._screen, self.task.request, now.messages, now.error, now.step)

    def journal(self) -> tuple[JournalEntry, ...]:
        """What the phone noted since the task was set up; empty where this kind of phone keeps no journal."""
        self._now()
        return self.device.journal(self._mark) if "journal" in self.device.capabilities else ()

    def verdict(self) -> Verdict:
        """Judge the phone as it is now; an episode that has not ended is judged as if its steps had run out.

        The first verdict of an ended episode is kept, for judging costs milliseconds.
        """
        if self._verdict is not None:
            return self._verdict
        outcome = self.outcome
        verdict = (self._judge or _rules)(self.task, self.device, self._before, self._tree(), outcome)
        if self.over:
            self._verdict = verdict
        return verdict

    def progress(self) -> float:
        """Weighted share of the task's checks that hold now, 0–1; 0 where nobody can say."""
        verdict = self.verdict()
        return verdict.progress if isinstance(verdict, (Passed, Failed)) else 0.0

    def snapshot(self) -> SessionSnapshot:
        """The episode as it is now.

        Raises:
            NotSupported: This kind of phone keeps no snapshots.
        """
        return SessionSnapshot(self.device.snapshot(), self._live_owner.fork(), self._now(), self._before, self._mark)

    def restore(self, snapshot: SessionSnapshot) -> Observation:
        """Put the episode back, in this session or in another one of the same task; a snapshot may be used many times."""
        self.device.restore(snapshot.device)
        self._take(snapshot)
        return self.observe()

    def fork(self) -> Session:
        """An independent session in the same state, on a phone of its own. Closing that phone is the caller's business.

        Raises:
            NotSupported: This kind of phone cannot be forked.
        """
        device = self.device
        if not isinstance(device, _Forkable):
            raise NotSupported(f"a {type(device).__name__} cannot be forked; use `snapshot` and `restore`")
        now = self._now()
        other = Session(device.fork(), self.task, self._owner, self.max_steps, self.pixels, self._judge)
        other._progress, other._live_owner = now, self._live_owner.fork()
        other._before, other._mark, other._verdict = self._before, self._mark, self._verdict
        return other

    def _take(self, snapshot: SessionSnapshot) -> None:
        self._live_owner, self._progress = snapshot.owner.fork(), snapshot.progress
        self._before, self._mark, self._verdict = snapshot.before, snapshot.mark, None

    def _now(self) -> _Progress:
        if self._progress is None:
            raise SessionError("the session has not started; call `start` first")
        return self._progress

    def _fresh_owner(self) -> Owner:
        if self._owner is not None:
            return self._owner.fork()
        return self.task.make_owner() if isinstance(self.task, _HasOwner) else SilentOwner()

    def _tree(self) -> StateTree:
        return self.device.state_tree() if "state_tree" in self.device.capabilities else _NO_TREE

    def _talk(self, action: TalkAction, messages: tuple[Message, ...]) -> tuple[tuple[Message, ...], EndStatus | None, str | None]:
        at_ms = self._at_ms()
        match action:
            case Ask(text):
                reply = self._live_owner.reply(text, at_ms)
                said = (Message("owner", reply, at_ms),) if reply else ()
                return (*messages, Message("agent", text, at_ms), *said), None, None
            case Answer(text):
                return (*messages, Message("agent", text, at_ms)), "answered", text
            case Finish(status):
                return messages, status, None
            case _:
                assert_never(action)

    def _at_ms(self) -> int:
        screen = self._screen or self.device.observe()
        return round(screen.clock.timestamp() * 1000)


def _rules(task: EpisodeTask, device: Device, before: StateTree, after: StateTree, outcome: Outcome) -> Verdict:
    if not isinstance(task, TaskInstance):
        raise SessionError(f"the rules judge tasks of suites; a {type(task).__name__} needs a session with a `judge`")
    return judge(task, device, before, after, outcome)
