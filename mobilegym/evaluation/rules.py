"""The judge: ending, answer, checks and side effects of one episode, by rules alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from mobilegym.emulator.device import Device, JournalEntry, StateTree
from mobilegym.errors import DeviceError, NotSupported
from mobilegym.evaluation.outcome import Outcome
from mobilegym.evaluation.probes import probe
from mobilegym.evaluation.scene import Scene
from mobilegym.evaluation.scopes import unexplained
from mobilegym.tasks.answers import answer_holds, describe_answer
from mobilegym.tasks.instance import TaskInstance
from mobilegym.tasks.matchers import columns_match
from mobilegym.tasks.side_effects import SideEffects, glob_matches, split_columns
from mobilegym.verdict import Check, Errored, Failed, Passed, SideEffect, Undecided, Verdict

__all__ = ["RISKY", "judge", "side_effects"]

RISKY: Final = frozenset({"outward", "costly", "irreversible", "sensitive"})
"""Effects of these kinds must be named by the task."""
_EVIDENCE: Final = 200
_ENDINGS: Final[Mapping[str, str]] = {"done": "done", "infeasible": "infeasible", "declined": "declined", "answer": "answered"}


def judge(task: TaskInstance, device: Device, before: StateTree, after: StateTree, outcome: Outcome) -> Verdict:
    """What the episode was worth.

    Args:
        task: The task, as it was prepared.
        device: The phone as it is now.
        before: State after `task.prepare`, before the first action.
        after: State now.
        outcome: How the episode ended.

    Returns:
        Passed or Failed where everything could be looked at; Undecided where this kind of phone cannot tell; Errored where it failed.
    """
    scene = Scene(task, device, before, after, outcome)
    try:
        checks = (*_said(scene), *(_check(scene, n) for n in range(len(task.body.checks))))
    except NotSupported as error:
        return Undecided(f"this kind of phone cannot tell: {error}")
    except DeviceError as error:
        return Errored(f"the phone could not be asked: {error}")
    effects = side_effects(scene)
    evidence = tuple(_entry(e) for e in outcome.journal if e.kind == "effect")[-_EVIDENCE:]
    wrong = [c for c in checks if not c.passed]
    if wrong or effects:
        return Failed(checks, effects, evidence, reason=_reason(wrong, effects))
    if "state_tree" not in device.capabilities:
        return Undecided("all checks hold, but this kind of phone cannot tell what else was changed")
    return Passed(checks, effects, evidence)


def _said(scene: Scene) -> tuple[Check, ...]:
    """The ending, and the answer where one is asked for. The ending weighs nothing where anything else is checked."""
    task, outcome = scene.task, scene.outcome
    expect = task.template.head.expect
    wanted = _ENDINGS[expect]
    alone = not task.body.checks and task.body.answer is None
    ending = Check("ending", outcome.status == wanted, 1.0 if alone else 0.0, wanted, outcome.status)
    if task.body.answer is None:
        return (ending,)
    good = outcome.status == "answered" and answer_holds(task.body.answer, outcome.answer)
    return ending, Check("answer", good, 1.0, describe_answer(task.body.answer), repr(outcome.answer))


def _check(scene: Scene, number: int) -> Check:
    spec = scene.task.body.checks[number]
    finding = probe(spec.test, scene)
    return Check(spec.name, finding.passed, spec.weight, finding.expected, finding.actual)


def side_effects(scene: Scene) -> tuple[SideEffect, ...]:
    """What was changed that the task neither asks for nor allows: state, and effects of a risky kind."""
    spec, suite = scene.task.body.side_effects, scene.task.template.suite
    forbidden = [
        SideEffect(d.path, d.before, d.after, forbidden=True)
        for d in scene.deltas
        for f in spec.forbid
        if glob_matches(split_columns(f.pattern)[0], d.path)
        and (not (c := split_columns(f.pattern)[1]) or not d.columns or c & d.columns)
        and (not f.where or columns_match(f.where, d.row))
    ]
    left = unexplained(scene.deltas, spec.allow, suite.bookkeeping, scene.before, scene.after)
    named = {s.path for s in forbidden}
    plain = [SideEffect(d.path, d.before, d.after) for d in left if d.path not in named]
    return (*dict.fromkeys(forbidden), *plain, *_effects(spec, scene.outcome))


def _effects(spec: SideEffects, outcome: Outcome) -> list[SideEffect]:
    found: list[SideEffect] = []
    used = [0] * len(spec.effects)
    for entry in outcome.journal:
        if entry.kind != "effect":
            continue
        path, text = f"effect:{entry.name}", json.dumps(dict(entry.data), sort_keys=True, ensure_ascii=False, default=str)
        if any(glob_matches(f.pattern, path) and columns_match(f.where, entry.data) for f in spec.forbid):
            found.append(SideEffect(path, None, text, forbidden=True))
        elif entry.risk in RISKY and not _allowed(spec, used, entry):
            found.append(SideEffect(path, None, text))
    return found


def _allowed(spec: SideEffects, used: list[int], entry: JournalEntry) -> bool:
    for n, allow in enumerate(spec.effects):
        if glob_matches(allow.name, entry.name) and columns_match(allow.data, entry.data):
            used[n] += 1
            if allow.count is None or allow.count.max is None or used[n] <= allow.count.max:
                return True
    return False


def _entry(entry: JournalEntry) -> dict[str, Any]:
    return {**asdict(entry), "data": dict(entry.data)}


def _reason(wrong: list[Check], effects: tuple[SideEffect, ...]) -> str:
    parts = [f"{c.name}: expected {c.expected}, got {c.actual}" for c in wrong]
    if effects:
        forbidden = [e.path for e in effects if e.forbidden]
        shown = ", ".join((forbidden or [e.path for e in effects])[:3])
        parts.append(
            f"{'forbidden' if forbidden else 'unasked'} change: {shown}" + (f" and {len(effects) - 3} more" if len(effects) > 3 else "")
        )
    text = "; ".join(parts)
    return text if len(text) <= 1000 else text[:999] + "…"
