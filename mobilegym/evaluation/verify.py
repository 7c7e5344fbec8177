"""Are the tasks sound? Every solution must pass, every near-miss, the null and the random agent must fail. On every commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final, Protocol, TypeAlias

from mobilegym.actions import Action, Answer, Ask, Finish, OpenApp, Press, Scroll, Swipe, Tap, Type
from mobilegym.emulator.device import Device, DeviceSnapshot, StateTree
from mobilegym.errors import ContentError, DeviceError
from mobilegym.evaluation.outcome import EndStatus, Outcome
from mobilegym.evaluation.rules import judge
from mobilegym.observation import Message, Observation
from mobilegym.tasks.flows import FlowError
from mobilegym.tasks.instance import TaskInstance, TaskTemplate
from mobilegym.tasks.schema import NearMiss
from mobilegym.tasks.suites import Suite
from mobilegym.verdict import Failed, Passed, Verdict

__all__ = ["Null", "Policy", "PolicyMaker", "Scribble", "VerifyRow", "play", "verify", "verify_template"]


class Policy(Protocol):
    """Whatever decides the next action; None ends as if the steps had run out."""

    def next(self, observation: Observation) -> Action | None: ...


PolicyMaker: TypeAlias = Callable[[TaskInstance, int], Policy]
"""`(task, seed) -> policy`"""


class Null:
    """Says at once that it is done."""

    def next(self, observation: Observation) -> Action | None:
        return Finish("done")


class Scribble:
    """Acts at random: taps elements, types, scrolls, presses keys, answers nonsense at the end."""

    def __init__(self, task: TaskInstance, seed: int) -> None:
        self._rng = Random(f"{task.id}/scribble/{seed}")
        self._packages = task.packages
        self._left = task.max_steps
        self._last = Answer("yes") if task.template.head.expect == "answer" else Finish("done")

    def next(self, observation: Observation) -> Action | None:
        self._left -= 1
        if self._left <= 0:
            return self._last
        rng, screen = self._rng, observation.screen
        choice = rng.random()
        if choice < 0.6 and (targets := [e for e in screen.elements if e.clickable]):
            x, y = rng.choice(targets).bounds.center
            return Tap(min(max(x / screen.width, 0.0), 1.0), min(max(y / screen.height, 0.0), 1.0))
        if choice < 0.7:
            return Type(rng.choice(("hello", "42", "Ann", "x")))
        if choice < 0.8:
            return Scroll(rng.choice(("up", "down")))
        if choice < 0.86:
            return OpenApp(rng.choice(self._packages))
        if choice < 0.92:
            return Swipe(rng.random(), rng.random(), rng.random(), rng.random())
        return Press(rng.choice(("back", "enter", "home")))


_BASELINES: Final[Mapping[str, PolicyMaker]] = {"null": lambda _task, _seed: Null(), "random": Scribble}


@dataclass(frozen=True, slots=True)
class VerifyRow:
    """One thing that was tried."""

    template: str
    seed: int
    probe: str
    """`instance`, `solution`, `near_miss:<name>`, `null` or `random`."""
    expected: str
    actual: str
    ok: bool
    steps: int = 0
    detail: str = ""
    """Why, where it is not as expected (and for failures that are as expected, why they fail)."""


@dataclass(frozen=True, slots=True)
class _Stage:
    """A phone as a task leaves it, ready to be played on many times."""

    device: Device
    task: TaskInstance
    saved: DeviceSnapshot | None

    @classmethod
    def set(cls, device: Device, task: TaskInstance) -> _Stage:
        device.reset(seed=task.seed)
        task.prepare(device)
        return cls(device, task, device.snapshot() if "snapshot" in device.capabilities else None)

    def again(self) -> None:
        if self.saved is not None:
            self.device.restore(self.saved)
        else:
            self.device.reset(seed=self.task.seed)
            self.task.prepare(self.device)


def play(device: Device, task: TaskInstance, policy: Policy) -> tuple[Verdict, int]:
    """Play a task that is prepared already, to its end; the verdict, and the number of steps.

    Raises:
        DeviceError: If the phone fails.
        FlowError: If the policy is a flow that cannot go on.
    """
    before: StateTree = device.state_tree() if "state_tree" in device.capabilities else {}
    has_journal = "journal" in device.capabilities
    mark = len(device.journal()) if has_journal else 0
    owner = task.make_owner()
    messages: tuple[Message, ...] = ()
    error: str | None = None
    status: EndStatus = "truncated"
    answer: str | None = None
    step = 0
    while step < task.max_steps:
        screen = device.observe()
        action = policy.next(Observation(screen, task.request, messages, error, step))
        if action is None:
            break
        step += 1
        error = None
        if isinstance(action, (Answer, Finish)):
            status, answer = ("answered", action.text) if isinstance(action, Answer) else (action.status, None)
            break
        if isinstance(action, Ask):
            at_ms = round(screen.clock.timestamp() * 1000)
            reply = owner.reply(action.text, at_ms)
            messages = (*messages, Message("agent", action.text, at_ms), *((Message("owner", reply, at_ms),) if reply else ()))
        else:
            error = device.perform(action)
    after: StateTree = device.state_tree() if "state_tree" in device.capabilities else {}
    journal = device.journal(mark) if has_journal else ()
    return judge(task, device, before, after, Outcome(status, answer, journal)), step


def verify(
    suite: Suite,
    make_device: Callable[[], Device],
    *,
    seeds: Iterable[int] = range(3),
    templates: Iterable[str] | None = None,
    baselines: Mapping[str, PolicyMaker] | None = None,
) -> Iterator[VerifyRow]:
    """Try every template with every seed; rows come as they are found, and nothing raises for a bad task.

    Args:
        suite: The tasks.
        make_device: Makes a phone; it is closed at the end.
        seeds: Which seeds.
        templates: Which templates; all, where not given.
        baselines: Agents that know nothing, by name (`null`, `random`); built-in ones, where not given.
    """
    chosen = list(seeds)
    with make_device() as device:
        for name in suite.templates if templates is None else templates:
            yield from verify_template(suite.template(name), device, chosen, _BASELINES if baselines is None else baselines)


def verify_template(
    template: TaskTemplate, device: Device, seeds: Iterable[int], baselines: Mapping[str, PolicyMaker] = _BASELINES
) -> Iterator[VerifyRow]:
    """The rows of one template."""
    for seed in seeds:
        try:
            task = template.instance(seed)
            same = task == template.instance(seed)
        except ContentError as error:
            yield VerifyRow(template.id, seed, "instance", "valid", "invalid", ok=False, detail=str(error))
            continue
        yield VerifyRow(template.id, seed, "instance", "same again", "same again" if same else "different", ok=same)
        try:
            stage = _Stage.set(device, task)
        except DeviceError as error:
            yield VerifyRow(template.id, seed, "prepare", "prepared", "refused", ok=False, detail=str(error))
            continue
        yield _row(stage, "solution", "pass", task.solve())
        for miss in task.near_misses:
            yield _row(stage, f"near_miss:{miss.name}", "fail", task.miss(miss), miss)
        for name, make in baselines.items():
            expected: str = getattr(template.head.baselines, name, "fail")
            yield _row(stage, name, expected, make(task, seed))


def _row(stage: _Stage, probe: str, expected: str, policy: Policy, miss: NearMiss | None = None) -> VerifyRow:
    task = stage.task
    try:
        stage.again()
        verdict, steps = play(stage.device, task, policy)
    except (FlowError, DeviceError, ContentError) as error:
        return VerifyRow(task.template.id, task.seed, probe, expected, "broken", ok=False, detail=str(error))
    if isinstance(verdict, (Passed, Failed)):
        actual = "pass" if isinstance(verdict, Passed) else "fail"
        detail = verdict.reason if isinstance(verdict, Failed) else ""
        if miss is not None and isinstance(verdict, Failed) and (holding := _holding(verdict, miss)):
            detail = f"meant to fail `{holding}`, which holds; it fails because {detail}"
            return VerifyRow(task.template.id, task.seed, probe, expected, actual, ok=False, steps=steps, detail=detail)
    else:
        actual, detail = type(verdict).__name__.lower(), verdict.reason
    ok = actual == expected or (expected == "any" and actual in ("pass", "fail"))
    return VerifyRow(task.template.id, task.seed, probe, expected, actual, ok=ok, steps=steps, detail=detail)


def _holding(verdict: Failed, miss: NearMiss) -> str | None:
    """A check that the near-miss was meant to fail and does not."""
    failed = {c.name for c in verdict.checks if not c.passed} | {"side_effects" for _ in verdict.side_effects}
    return next((name for name in miss.fails if name not in failed), None)
