"""Executors: what breaks is counted as `errored`, and the rest goes on."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import cast

import pytest

from mobilegym.emulator.device import Device
from mobilegym.episodes.files import read_episode
from mobilegym.episodes.format import Episode
from mobilegym.errors import ContentError, DeviceLost, MissingPrerequisite, MobileGymError, RunError
from mobilegym.runs.executor import Executor, InlineExecutor, ProcessExecutor, run_missing
from mobilegym.runs.job import JobResult
from mobilegym.runs.plan import Job, RunPlan
from mobilegym.runs.store import RunStore
from mobilegym.tasks.suites import load_suite
from mobilegym.verdict import Errored, Failed, Passed

HERE = Path(__file__).parent
POCKET = HERE / "pocket"


@pytest.fixture(autouse=True)
def agents_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sys, "path", [str(HERE), *sys.path])
    yield
    sys.modules.pop("slow_agents", None)


def make(
    folder: Path, *agents: str, templates: tuple[str, ...] = ("contacts.add", "settings.bluetooth"), device: str = "scripted"
) -> RunStore:
    plan = RunPlan(
        suite=str(POCKET), suite_hash=load_suite(POCKET).hash, templates=templates, agents=agents, seeds=(0, 1), device=device, pixels=None
    )
    return RunStore.create(folder / "run", plan)


def episodes(store: RunStore) -> dict[Job, Episode]:
    return dict(store.episodes())


@pytest.mark.parametrize("executor", [InlineExecutor(), ProcessExecutor(2)], ids=["inline", "processes"])
def test_every_executor_does_the_same(tmp_path: Path, executor: Executor) -> None:
    store = make(tmp_path, "solution", "null")
    results = list(run_missing(store, executor))
    assert sorted(result.job for result in results) == sorted(store.plan.jobs())
    for job, episode in episodes(store).items():
        assert isinstance(episode.verdict, Passed if job.agent == "solution" else Failed)
    assert store.missing() == ()
    assert list(run_missing(store, executor)) == []


def test_inline_and_processes_write_the_same_bytes(tmp_path: Path) -> None:
    one, two = make(tmp_path / "1", "solution", "random"), make(tmp_path / "2", "solution", "random")
    list(run_missing(one, InlineExecutor()))
    list(run_missing(two, ProcessExecutor(2)))
    for job in one.plan.jobs():
        assert one.path(job).read_bytes() == two.path(job).read_bytes()


@pytest.mark.parametrize(
    "agent, reason",
    [
        ("slow_agents:Hangs", "time limit of 1 s"),
        ("slow_agents:Dies", "the worker process died (SIGKILL)"),
        ("slow_agents:Raises", "ZeroDivisionError"),
    ],
)
def test_what_breaks_is_errored_and_the_rest_goes_on(tmp_path: Path, agent: str, reason: str) -> None:
    store = make(tmp_path, agent, "solution", templates=("settings.bluetooth",))
    results = list(run_missing(store, ProcessExecutor(1, timeout_s=1.0)))
    assert len(results) == 4
    for job, episode in episodes(store).items():
        if job.agent == "solution":
            assert isinstance(episode.verdict, Passed)
            continue
        verdict = episode.verdict
        assert isinstance(verdict, Errored)
        assert reason in verdict.reason
        assert [step.step for step in episode.steps] == [0, 1], "the steps before the error are kept"
        assert episode.end.status == "errored"
    assert list(store.folder.rglob("*.partial")) == []


def test_an_inline_time_limit_ends_between_steps(tmp_path: Path) -> None:
    ticks = iter(range(0, 1000, 10))
    store = make(tmp_path, "random", templates=("settings.bluetooth",))
    list(run_missing(store, InlineExecutor(timeout_s=25.0, clock=lambda: float(next(ticks)))))
    for episode in episodes(store).values():
        verdict = episode.verdict
        assert isinstance(verdict, Errored)
        assert "time limit" in verdict.reason
        assert len(episode.steps) == 3


@pytest.mark.parametrize("executor", [InlineExecutor(), ProcessExecutor(1)], ids=["inline", "processes"])
def test_what_agents_print_stays_out_of_the_output(tmp_path: Path, capfd: pytest.CaptureFixture[str], executor: Executor) -> None:
    list(run_missing(make(tmp_path, "slow_agents:Talks"), executor))
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("executor", [InlineExecutor(), ProcessExecutor(1)], ids=["inline", "processes"])
def test_a_suite_that_changed_stops_the_run(tmp_path: Path, executor: Executor) -> None:
    store = RunStore.create(
        tmp_path / "run",
        RunPlan(suite=str(POCKET), suite_hash="0" * 64, templates=("contacts.add",), agents=("null",), seeds=(0,), device="scripted"),
    )
    with pytest.raises(MobileGymError, match="has changed since"):
        list(run_missing(store, executor))
    assert store.missing() == store.plan.jobs()


def test_a_run_is_locked_while_it_runs(tmp_path: Path) -> None:
    store = make(tmp_path, "null")
    running = run_missing(store, InlineExecutor())
    next(running)
    with pytest.raises(RunError, match="another process"):
        next(run_missing(RunStore.open(store.folder), InlineExecutor()))
    cast("Generator[JobResult]", running).close()
    assert len(list(run_missing(store, InlineExecutor()))) == 3


def test_closing_early_stops_the_workers_and_keeps_what_is_done(tmp_path: Path) -> None:
    store = make(tmp_path, "slow_agents:Slow", "solution")
    running = run_missing(store, ProcessExecutor(2))
    next(running)
    cast("Generator[JobResult]", running).close()
    done = episodes(store)
    assert 1 <= len(done) < 8
    assert len(list(run_missing(store, ProcessExecutor(2)))) == 8 - len(done)


def test_pictures_and_trees_are_kept_where_asked_for(tmp_path: Path) -> None:
    plan = RunPlan(
        suite=str(POCKET),
        suite_hash=load_suite(POCKET).hash,
        templates=("contacts.add",),
        agents=("solution",),
        seeds=(0,),
        device="scripted",
        pixels=(60, 27),
        pictures=True,
        elements=True,
    )
    store = RunStore.create(tmp_path / "run", plan)
    list(run_missing(store, InlineExecutor()))
    (job,) = plan.jobs()
    episode = read_episode(store.path(job))
    folder = store.path(job).with_name("0.pictures")
    assert sorted(file.name for file in folder.iterdir()) == [step.picture for step in episode.steps]
    assert all(step.elements for step in episode.steps)


def test_unknown_agents_and_modules(tmp_path: Path) -> None:
    from mobilegym.runs.agents import find_agent

    for name in ("nobody", "no_such_module:Agent", "slow_agents:Nobody", "slow_agents:_Odd.name"):
        with pytest.raises(ContentError, match=name.partition(":")[0]):
            find_agent(name)


def no_phone() -> Device:
    raise DeviceLost("no phone is plugged in")


def no_library() -> Device:
    raise MissingPrerequisite("libGL is missing")


@pytest.mark.parametrize("executor", [InlineExecutor(), ProcessExecutor(1)], ids=["inline", "processes"])
def test_a_phone_that_is_not_there_is_errored(tmp_path: Path, executor: Executor) -> None:
    store = make(tmp_path, "null", device="test_executor:no_phone")
    list(run_missing(store, executor))
    assert {episode.verdict for episode in episodes(store).values()} == {Errored("no phone is plugged in")}


@pytest.mark.parametrize("executor", [InlineExecutor(), ProcessExecutor(1)], ids=["inline", "processes"])
def test_a_machine_that_lacks_something_stops_the_run(tmp_path: Path, executor: Executor) -> None:
    store = make(tmp_path, "null", device="test_executor:no_library")
    with pytest.raises(MissingPrerequisite, match="libGL is missing"):
        list(run_missing(store, executor))
    assert list(store.episodes()) == []
