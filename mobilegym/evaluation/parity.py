"""Do two kinds of phone agree? The same solutions played on both, and every difference in what they show and hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final, Literal, TypeAlias

from mobilegym.actions import Action, action_to_dict
from mobilegym.emulator.device import Device
from mobilegym.errors import ContentError, DeviceError
from mobilegym.evaluation.verify import play
from mobilegym.observation import Element, Observation, Screen
from mobilegym.tasks.flows import FlowError
from mobilegym.tasks.instance import TaskInstance, TaskTemplate
from mobilegym.verdict import Failed, Passed, Verdict

__all__ = ["Difference", "DifferenceKind", "ParityRow", "compare_template"]

DifferenceKind: TypeAlias = Literal["verdict", "check", "side_effect", "state", "element", "screen", "action", "broken"]
"""`element` is a node of the accessibility tree, `screen` what else an observation holds, `broken` a phone that failed."""
_ABSENT: Final = "—"
_MOST: Final = 200
"""Differences kept per task and seed; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same on both phones."""

    kind: DifferenceKind
    where: str
    """Path in the state, name of a check, field of an element: whatever tells where to look."""
    first: str
    second: str
    step: int | None = None
    """Before which step of the solution it was seen; None for the end."""


@dataclass(frozen=True, slots=True)
class ParityRow:
    """One task with one seed, played on both phones."""

    template: str
    seed: int
    steps: int
    screens: int
    """Pairs of observations that were compared."""
    state_paths: int
    """Paths of the state that were compared; 0 where a phone does not give its state."""
    differences: tuple[Difference, ...]
    left_out: int = 0
    """Further differences that are not listed."""

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.differences


@dataclass(slots=True)
class _Played:
    """What happened on one phone."""

    screens: list[Screen] = field(default_factory=list[Screen])
    errors: list[str | None] = field(default_factory=list["str | None"])
    actions: list[Action | None] = field(default_factory=list["Action | None"])
    verdict: Verdict | None = None
    state: Mapping[str, str] | None = None
    broken: str = ""


class _Watched:
    """The task's solution, with everything it is shown written down."""

    def __init__(self, task: TaskInstance, played: _Played) -> None:
        self._flow = task.solve()
        self._played = played

    def next(self, observation: Observation) -> Action | None:
        self._played.screens.append(observation.screen)
        self._played.errors.append(observation.action_error)
        action = self._flow.next(observation)
        self._played.actions.append(action)
        return action


def compare_template(template: TaskTemplate, first: Device, second: Device, seeds: Iterable[int]) -> Iterator[ParityRow]:
    """Play a template's solution on both phones, from the same seeds.

    A phone that fails, or a solution that cannot go on, is a difference of its own and never an exception.
    """
    for seed in seeds:
        task = template.instance(seed)
        yield _row(task, _play(task, first), _play(task, second))


def _play(task: TaskInstance, device: Device) -> _Played:
    played = _Played()
    try:
        device.reset(seed=task.seed)
        task.prepare(device)
        played.verdict, _ = play(device, task, _Watched(task, played))
        if "state_tree" in device.capabilities:
            played.state = device.state_tree()
    except (FlowError, DeviceError, ContentError) as error:
        played.broken = f"{type(error).__name__}: {error}"
    return played


def _row(task: TaskInstance, first: _Played, second: _Played) -> ParityRow:
    found = list(_differences(first, second))
    paths = 0 if first.state is None or second.state is None else len(first.state.keys() | second.state.keys())
    screens = min(len(first.screens), len(second.screens))
    kept = tuple(found[:_MOST])
    return ParityRow(task.template.id, task.seed, len(first.actions), screens, paths, kept, len(found) - len(kept))


def _differences(first: _Played, second: _Played) -> Iterator[Difference]:
    if first.broken or second.broken:
        yield Difference("broken", "phone", first.broken or _ABSENT, second.broken or _ABSENT)
    for step, (a, b) in enumerate(zip(first.actions, second.actions, strict=False)):
        if a != b:
            yield Difference("action", "solution", _action(a), _action(b), step)
    if len(first.actions) != len(second.actions):
        yield Difference("action", "number of steps", str(len(first.actions)), str(len(second.actions)))
    for step, (one, two) in enumerate(zip(first.screens, second.screens, strict=False)):
        yield from _screens(one, two, step)
    for step, (mine, other) in enumerate(zip(first.errors, second.errors, strict=False)):
        if (mine is None) != (other is None):
            yield Difference("screen", "action_error", mine or _ABSENT, other or _ABSENT, step)
    yield from _verdicts(first.verdict, second.verdict)
    if first.state is not None and second.state is not None:
        yield from _states(first.state, second.state)


def _screens(first: Screen, second: Screen, step: int) -> Iterator[Difference]:
    for name in ("activity", "clock", "width", "height"):
        a, b = getattr(first, name), getattr(second, name)
        if a != b:
            yield Difference("screen", name, str(a), str(b), step)
    if first.notifications != second.notifications:
        mine = {n.key: n for n in first.notifications}
        other = {n.key: n for n in second.notifications}
        for key in sorted(mine.keys() | other.keys()):
            if mine.get(key) != other.get(key):
                yield Difference("screen", f"notification {key}", repr(mine.get(key)), repr(other.get(key)), step)
    if first.elements != second.elements:
        yield from _elements(first.elements, second.elements, step)


def _elements(first: tuple[Element, ...], second: tuple[Element, ...], step: int) -> Iterator[Difference]:
    for index, (a, b) in enumerate(zip_longest(first, second)):
        if a == b:
            continue
        if a is None or b is None:
            yield Difference("element", f"#{index}", _shown(a), _shown(b), step)
            continue
        for name, mine, other in zip(Element._fields, a, b, strict=True):
            if mine != other:
                yield Difference("element", f"#{index} {_shown(a)}.{name}", str(mine), str(other), step)


def _verdicts(first: Verdict | None, second: Verdict | None) -> Iterator[Difference]:
    if type(first) is not type(second):
        yield Difference("verdict", "verdict", _verdict(first), _verdict(second))
    if not isinstance(first, (Passed, Failed)) or not isinstance(second, (Passed, Failed)):
        return
    checks = {c.name: c for c in first.checks}, {c.name: c for c in second.checks}
    for name in [*checks[0], *(n for n in checks[1] if n not in checks[0])]:
        a, b = checks[0].get(name), checks[1].get(name)
        if a != b:
            yield Difference("check", name, a.actual if a else _ABSENT, b.actual if b else _ABSENT)
    effects = {e.path for e in first.side_effects}, {e.path for e in second.side_effects}
    for path in sorted(effects[0] ^ effects[1]):
        yield Difference("side_effect", path, *(("changed", _ABSENT) if path in effects[0] else (_ABSENT, "changed")))


def _states(first: Mapping[str, str], second: Mapping[str, str]) -> Iterator[Difference]:
    for path in sorted(first.keys() | second.keys()):
        a, b = first.get(path), second.get(path)
        if a != b:
            yield Difference("state", path, _ABSENT if a is None else a, _ABSENT if b is None else b)


def _verdict(verdict: Verdict | None) -> str:
    if verdict is None:
        return _ABSENT
    reason = getattr(verdict, "reason", "")
    return f"{type(verdict).__name__}: {reason}" if reason else type(verdict).__name__


def _action(action: Action | None) -> str:
    return _ABSENT if action is None else str(action_to_dict(action))


def _shown(element: Element | None) -> str:
    if element is None:
        return _ABSENT
    return element.resource_id.rpartition("/")[2] or element.text or element.content_desc or element.cls.rpartition(".")[2]
