"""Numbers over many verdicts: success with intervals, pass^k, and counts over a fixed, printed denominator."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from mobilegym.verdict import Errored, Failed, Passed, Undecided, Verdict

__all__ = ["Counts", "EpisodeScore", "Interval", "Summary", "bootstrap", "pass_hat_k", "score", "summarise", "summarise_by", "wilson"]

_Z95 = 1.959963984540054


class Interval(NamedTuple):
    """A 95 % interval of a rate, 0–1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class EpisodeScore:
    """One episode, as metrics see it."""

    template: str
    seed: int
    verdict: str
    """`passed`, `failed`, `undecided` or `errored`."""
    progress: float = 0.0
    steps: int = 0
    apps: tuple[str, ...] = ()
    difficulty: str = ""
    split: str = ""
    capabilities: tuple[str, ...] = ()
    side_effects: int = 0


def score(template: str, seed: int, verdict: Verdict, **details: object) -> EpisodeScore:
    """An `EpisodeScore` of a verdict; `details` are its further fields."""
    match verdict:
        case Passed() | Failed():
            name = "passed" if isinstance(verdict, Passed) else "failed"
            return EpisodeScore(template, seed, name, verdict.progress, side_effects=len(verdict.side_effects), **details)  # pyright: ignore[reportArgumentType]
        case Undecided():
            return EpisodeScore(template, seed, "undecided", **details)  # pyright: ignore[reportArgumentType]
        case Errored():
            return EpisodeScore(template, seed, "errored", **details)  # pyright: ignore[reportArgumentType]


class Counts(NamedTuple):
    """How many episodes ended how; they add up to `planned` once a run is complete."""

    passed: int
    failed: int
    undecided: int
    errored: int
    planned: int

    @property
    def judged(self) -> int:
        """The denominator of every rate."""
        return self.passed + self.failed

    @property
    def missing(self) -> int:
        return self.planned - self.judged - self.undecided - self.errored


@dataclass(frozen=True, slots=True)
class Summary:
    """Success over a set of episodes."""

    counts: Counts
    success: float | None
    """None where nothing was judged."""
    wilson: Interval | None
    """Over episodes, as if they were independent."""
    bootstrap: Interval | None
    """Over templates, whose episodes resemble each other; the one to trust."""
    pass_hat: Mapping[int, float]
    """k → chance that k attempts at the same template all succeed."""
    progress: float | None
    """Mean share of checks that hold."""
    restraint: float | None
    """Share of judged episodes without side effects."""
    mean_steps: float | None


def wilson(passed: int, judged: int, z: float = _Z95) -> Interval | None:
    """Wilson's interval for a rate; None for nothing judged."""
    if not 0 <= passed <= judged:
        raise ValueError(f"`passed` must lie between 0 and `judged`, got {passed} of {judged}")
    if judged == 0:
        return None
    rate, square = passed / judged, z * z / judged
    middle = (rate + square / 2) / (1 + square)
    half = z / (1 + square) * math.sqrt(rate * (1 - rate) / judged + square / (4 * judged))
    return Interval(0.0 if passed == 0 else max(0.0, middle - half), 1.0 if passed == judged else min(1.0, middle + half))


def _by_template(episodes: Iterable[EpisodeScore]) -> dict[str, tuple[int, int]]:
    """Template → (passed, judged)."""
    found: dict[str, tuple[int, int]] = {}
    for e in episodes:
        if e.verdict in ("passed", "failed"):
            passed, judged = found.get(e.template, (0, 0))
            found[e.template] = (passed + (e.verdict == "passed"), judged + 1)
    return found


def bootstrap(episodes: Sequence[EpisodeScore], rng: Generator, resamples: int = 2000) -> Interval | None:
    """95 % percentile interval of the success rate, resampling templates; None for nothing judged."""
    groups = np.array(list(_by_template(episodes).values()), dtype=np.float64).reshape(-1, 2)
    if len(groups) == 0:
        return None
    picks = rng.integers(0, len(groups), size=(resamples, len(groups)))
    sums = groups[picks].sum(axis=1)
    low, high = np.percentile(sums[:, 0] / sums[:, 1], [2.5, 97.5])
    return Interval(float(low), float(high))


def pass_hat_k(episodes: Iterable[EpisodeScore], k: int) -> float | None:
    """Mean over templates of C(passed, k) / C(judged, k), over those judged at least k times; None where there are none."""
    if k < 1:
        raise ValueError(f"`k` must be at least 1, got {k}")
    shares = [math.comb(passed, k) / math.comb(judged, k) for passed, judged in _by_template(episodes).values() if judged >= k]
    return sum(shares) / len(shares) if shares else None


def summarise(episodes: Sequence[EpisodeScore], rng: Generator, planned: int | None = None, resamples: int = 2000) -> Summary:
    """The summary of `episodes`, out of `planned` (all, where not given)."""
    tally = Counter(e.verdict for e in episodes)
    counts = Counts(tally["passed"], tally["failed"], tally["undecided"], tally["errored"], len(episodes) if planned is None else planned)
    judged = [e for e in episodes if e.verdict in ("passed", "failed")]
    most = max((n for _, n in _by_template(episodes).values()), default=0)
    hats = {k: h for k in range(1, min(most, 10) + 1) if (h := pass_hat_k(episodes, k)) is not None}
    n = len(judged)
    return Summary(
        counts,
        counts.passed / n if n else None,
        wilson(counts.passed, n),
        bootstrap(episodes, rng, resamples),
        hats,
        sum(e.progress for e in judged) / n if n else None,
        sum(e.side_effects == 0 for e in judged) / n if n else None,
        sum(e.steps for e in judged) / n if n else None,
    )


def summarise_by(episodes: Sequence[EpisodeScore], field: str, rng: Generator, resamples: int = 1000) -> dict[str, Summary]:
    """A summary per value of `field` (`apps`, `difficulty`, `split`, `capabilities`, `template`), sorted by it.

    An episode with several values counts in each.
    """
    groups: dict[str, list[EpisodeScore]] = {}
    for e in episodes:
        value: str | tuple[str, ...] = getattr(e, field)
        for name in (value,) if isinstance(value, str) else value:
            groups.setdefault(name, []).append(e)
    return {name: summarise(groups[name], rng, resamples=resamples) for name in sorted(groups)}
