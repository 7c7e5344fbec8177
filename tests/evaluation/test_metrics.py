"""Metrics."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.evaluation.metrics import EpisodeScore, bootstrap, pass_hat_k, score, summarise, summarise_by, wilson
from mobilegym.verdict import Check, Errored, Failed, Passed, SideEffect, Undecided


def episodes(*rows: tuple[str, str]) -> list[EpisodeScore]:
    return [EpisodeScore(template, n, verdict, apps=("a", "b"), difficulty="easy", steps=n) for n, (template, verdict) in enumerate(rows)]


@given(st.integers(0, 200), st.integers(0, 200))
def test_wilson(passed: int, more: int) -> None:
    judged = passed + more
    interval = wilson(passed, judged)
    if judged == 0:
        assert interval is None
    else:
        assert interval is not None
        assert 0 <= interval.low <= passed / judged <= interval.high <= 1
        assert interval.low < interval.high


def test_wilson_is_the_published_one() -> None:
    interval = wilson(8, 10)
    assert interval is not None
    assert interval.low == pytest.approx(0.4902, abs=1e-4)
    assert interval.high == pytest.approx(0.9433, abs=1e-4)
    with pytest.raises(ValueError, match="between 0"):
        wilson(3, 2)


def test_pass_hat_k() -> None:
    runs = episodes(("a", "passed"), ("a", "passed"), ("a", "failed"), ("b", "passed"), ("b", "passed"), ("b", "errored"))
    assert pass_hat_k(runs, 1) == pytest.approx((2 / 3 + 1) / 2)
    assert pass_hat_k(runs, 2) == pytest.approx((1 / 3 + 1) / 2)
    assert pass_hat_k(runs, 3) == 0.0
    assert pass_hat_k(runs, 4) is None
    with pytest.raises(ValueError, match="at least 1"):
        pass_hat_k(runs, 0)


def test_only_judged_episodes_enter_an_average() -> None:
    runs = episodes(("a", "passed"), ("a", "failed"), ("b", "undecided"), ("b", "errored"))
    summary = summarise(runs, np.random.default_rng(0), planned=6)
    assert summary.counts == (1, 1, 1, 1, 6)
    assert summary.counts.missing == 2
    assert summary.counts.judged == 2
    assert summary.success == 0.5
    assert summary.pass_hat == {1: 0.5, 2: 0.0}


def test_nothing_judged_is_no_number() -> None:
    summary = summarise(episodes(("a", "errored")), np.random.default_rng(0))
    assert (summary.success, summary.wilson, summary.bootstrap, summary.progress, summary.restraint) == (None,) * 5


def test_bootstrap_resamples_templates() -> None:
    sure = episodes(*[(f"t{i}", "passed") for i in range(5)])
    assert bootstrap(sure, np.random.default_rng(0)) == (1.0, 1.0)
    mixed = episodes(*[(f"t{i}", "passed" if i % 2 else "failed") for i in range(20) for _ in range(3)])
    interval = bootstrap(mixed, np.random.default_rng(0))
    assert interval is not None
    assert interval.low < 0.5 < interval.high
    assert interval == bootstrap(mixed, np.random.default_rng(0))
    naive = wilson(30, 60)
    assert naive is not None
    assert interval.high - interval.low > naive.high - naive.low


def test_groups() -> None:
    groups = summarise_by(episodes(("a", "passed"), ("b", "failed")), "apps", np.random.default_rng(0))
    assert list(groups) == ["a", "b"]
    assert groups["a"].counts.planned == 2
    assert list(summarise_by(episodes(("a", "passed")), "difficulty", np.random.default_rng(0))) == ["easy"]


def test_scores() -> None:
    checks = (Check("a", True, 1, "", ""), Check("b", False, 3, "", ""))
    assert score("t", 0, Passed(checks), steps=4) == EpisodeScore("t", 0, "passed", 0.25, steps=4)
    assert score("t", 0, Failed(checks, (SideEffect("p", None, "x"),))).side_effects == 1
    assert score("t", 0, Undecided("x")).verdict == "undecided"
    assert score("t", 0, Errored("x")).verdict == "errored"
