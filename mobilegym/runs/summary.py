"""A run in numbers: one typed value that the terminal, the JSON output and the report show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from mobilegym.episodes.format import Episode
from mobilegym.evaluation.metrics import EpisodeScore, Summary, summarise
from mobilegym.runs.plan import Job
from mobilegym.runs.store import RunStore
from mobilegym.verdict import Errored, Failed, Passed, Undecided

__all__ = ["AgentSummary", "EpisodeRow", "Group", "Rate", "Role", "RunSummary", "summarize"]

Role: TypeAlias = Literal["agent", "baseline", "reference"]
_ROLES: Final[dict[str, Role]] = {
    "null": "baseline", "random": "baseline", "always_ask": "baseline", "always_act": "baseline", "near_miss": "baseline",
    "solution": "reference",
}  # fmt: skip
"""Agents that must fail, and the one that knows the answer."""
_DIFFICULTIES: Final = ("easy", "medium", "hard")


@dataclass(frozen=True, slots=True)
class Rate:
    """Successes among the episodes that were decided; the others are counted beside it."""

    passed: int = 0
    failed: int = 0
    undecided: int = 0
    errored: int = 0
    missing: int = 0
    """Planned, and not run yet."""
    rate: float | None = None
    """Passed / (passed + failed); None where nothing was decided."""
    low: float | None = None
    """95 % Wilson interval."""
    high: float | None = None
    resampled: tuple[float, float] | None = None
    """95 % bootstrap interval over tasks, whose seeds resemble each other."""

    @property
    def decided(self) -> int:
        """The denominator."""
        return self.passed + self.failed

    @property
    def planned(self) -> int:
        return self.decided + self.undecided + self.errored + self.missing


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """One planned episode."""

    agent: str
    task: str
    seed: int
    verdict: str
    """`passed`, `failed`, `undecided`, `errored` or `missing`."""
    reason: str
    file: str
    """Its path inside the run folder."""
    request: str = ""
    actions: int = 0
    side_effects: int = 0
    progress: float | None = None
    apps: tuple[str, ...] = ()
    difficulty: str = ""
    split: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A part of an agent's episodes, for instance all easy ones."""

    by: str
    """`difficulty`, `app` or `split`."""
    name: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class AgentSummary:
    """How one agent did."""

    agent: str
    role: Role
    rate: Rate
    pass_k: tuple[float, ...]
    """Chance that `k` runs of a task all pass, for k = 1, 2, … up to the number of seeds, over tasks decided at least `k` times."""
    mean_actions: float | None
    side_effects: int
    """Episodes with a change that the task does not allow."""
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class RunSummary:
    """How a run went."""

    suite: str
    suite_hash: str
    device: str
    package_version: str
    seeds: tuple[int, ...]
    templates: tuple[str, ...]
    planned: int
    finished: int
    agents: tuple[AgentSummary, ...]
    episodes: tuple[EpisodeRow, ...]


def summarize(store: RunStore) -> RunSummary:
    """Read every episode of a run, verify it, and count.

    Raises:
        EpisodeError: An episode's file is damaged.
        RunError: The folder is inconsistent.
    """
    plan = store.plan
    found = {job: _row(job, episode) for job, episode in store.episodes()}
    rows = _with_missing(plan.jobs(), found)
    return RunSummary(
        suite=plan.suite,
        suite_hash=plan.suite_hash,
        device=plan.device,
        package_version=plan.package_version,
        seeds=plan.seeds,
        templates=plan.templates,
        planned=len(rows),
        finished=len(found),
        agents=tuple(_agent(name, [row for row in rows if row.agent == name]) for name in plan.agents),
        episodes=rows,
    )


def _row(job: Job, episode: Episode) -> EpisodeRow:
    verdict, manifest = episode.verdict, episode.manifest
    judged = isinstance(verdict, (Passed, Failed))
    return EpisodeRow(
        agent=job.agent,
        task=job.template,
        seed=job.seed,
        verdict=str(episode.end.verdict["verdict"]),
        reason=verdict.reason if isinstance(verdict, (Failed, Undecided, Errored)) else "",
        file=job.file,
        request=manifest.request,
        actions=episode.actions,
        side_effects=len(verdict.side_effects) if judged else 0,
        progress=verdict.progress if judged else None,
        apps=manifest.apps,
        difficulty=manifest.difficulty,
        split=manifest.split,
    )


def _with_missing(jobs: Sequence[Job], found: dict[Job, EpisodeRow]) -> tuple[EpisodeRow, ...]:
    """Rows for all jobs; what is not known of a missing one is taken from a sibling with the same task."""
    known = {row.task: row for row in found.values() if row.request}
    rows: list[EpisodeRow] = []
    for job in jobs:
        row = found.get(job)
        like = known.get(job.template)
        if row is not None and (row.request or like is None):
            rows.append(row)
            continue
        verdict, reason, actions = ("missing", "", 0) if row is None else (row.verdict, row.reason, row.actions)
        about = ((), "", "") if like is None else (like.apps, like.difficulty, like.split)
        rows.append(
            EpisodeRow(
                agent=job.agent, task=job.template, seed=job.seed, verdict=verdict, reason=reason, file=job.file, actions=actions,
                apps=about[0], difficulty=about[1], split=about[2],
            )
        )  # fmt: skip
    return tuple(rows)


def _agent(name: str, rows: Sequence[EpisodeRow]) -> AgentSummary:
    summary = _summary(rows)
    return AgentSummary(
        agent=name,
        role=_ROLES.get(name.replace("-", "_").partition(":")[0], "agent"),
        rate=_rate(rows),
        pass_k=tuple(summary.pass_hat[k] for k in sorted(summary.pass_hat)),
        mean_actions=summary.mean_steps,
        side_effects=sum(1 for row in rows if row.side_effects),
        groups=(
            *_groups("difficulty", rows, lambda row: (row.difficulty,), _DIFFICULTIES),
            *_groups("app", rows, lambda row: row.apps),
            *_groups("split", rows, lambda row: (row.split,)),
        ),
    )


def _summary(rows: Sequence[EpisodeRow]) -> Summary:
    scores = [
        EpisodeScore(row.task, row.seed, row.verdict, row.progress or 0.0, row.actions, side_effects=row.side_effects)
        for row in rows
        if row.verdict != "missing"
    ]
    # Seeded alike each time, so that the same run gives the same report.
    return summarise(scores, np.random.default_rng(0), planned=len(rows))


def _rate(rows: Sequence[EpisodeRow]) -> Rate:
    summary = _summary(rows)
    counts, interval = summary.counts, summary.wilson
    return Rate(
        counts.passed, counts.failed, counts.undecided, counts.errored, counts.missing,
        rate=summary.success,
        low=None if interval is None else interval.low,
        high=None if interval is None else interval.high,
        resampled=None if summary.bootstrap is None else (summary.bootstrap.low, summary.bootstrap.high),
    )  # fmt: skip


def _groups(
    by: str, rows: Sequence[EpisodeRow], names: Callable[[EpisodeRow], Iterable[str]], order: Sequence[str] = ()
) -> tuple[Group, ...]:
    found = {name for row in rows for name in names(row) if name}
    ranked = sorted(found, key=lambda name: (order.index(name) if name in order else len(order), name))
    return tuple(Group(by, name, _rate([row for row in rows if name in names(row)])) for name in ranked)
