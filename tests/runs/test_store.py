"""Run folders: one run per folder, and nothing is taken for finished that is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.errors import EpisodeError, RunError
from mobilegym.runs.plan import Job, RunPlan
from mobilegym.runs.store import RunStore
from mobilegym.runs.summary import summarize
from tests.runs.made_runs import made_run

PLAN = RunPlan(suite="starter", suite_hash="a" * 64, templates=("a.b", "a.c"), agents=("null", "x:Y"), seeds=(0, 1, 5))
names = st.text(min_size=1, max_size=12).filter(lambda t: not any(0xD800 <= ord(c) <= 0xDFFF for c in t))


def test_a_plan_has_a_job_for_everything() -> None:
    jobs = PLAN.jobs()
    assert len(jobs) == len(set(jobs)) == 12
    assert jobs[0] == Job("null", "a.b", 0)
    assert len({job.file for job in jobs}) == 12


def test_a_plan_is_read_as_written() -> None:
    assert RunPlan.from_json(PLAN.to_json()) == PLAN
    full = replace(PLAN, pixels=None, device_options={"dark": True}, max_steps=7, pictures=True)
    assert RunPlan.from_json(full.to_json()) == full


@pytest.mark.parametrize(
    "text, key", [("{}", "suite"), ("nonsense", "plan.json"), (PLAN.to_json().replace('"seeds":[0,1,5]', '"seeds":["0"]'), "seeds.0")]
)
def test_a_plan_that_is_none_is_refused(tmp_path: Path, text: str, key: str) -> None:
    (tmp_path / "plan.json").write_text(text, encoding="utf-8")
    with pytest.raises(RunError, match=rf"plan\.json: `{key}`"):
        RunStore.open(tmp_path)


@given(st.lists(st.tuples(names, names, st.integers(0, 99)), unique=True, max_size=6))
def test_files_of_different_jobs_differ_and_stay_inside(parts: list[tuple[str, str, int]]) -> None:
    files = [Job(*part).file for part in parts]
    assert len(set(files)) == len(files)
    for file in files:
        assert len(Path(file).parts) == 4
        assert ".." not in Path(file).parts


def test_a_folder_holds_one_run(tmp_path: Path) -> None:
    RunStore.create(tmp_path / "run", PLAN)
    with pytest.raises(RunError, match="--resume"):
        RunStore.create(tmp_path / "run", PLAN)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.tex").touch()
    with pytest.raises(RunError, match="not empty"):
        RunStore.create(tmp_path / "other", PLAN)
    with pytest.raises(RunError, match="no run here"):
        RunStore.open(tmp_path / "nowhere")


def test_going_on_needs_the_same_run(tmp_path: Path) -> None:
    store = RunStore.resume(tmp_path / "run", PLAN)
    assert RunStore.resume(tmp_path / "run", PLAN).plan == store.plan
    for other, what in (
        (replace(PLAN, seeds=(0, 1)), r"`seeds` is \(0, 1, 5\) there and \(0, 1\) here"),
        (replace(PLAN, suite_hash="b" * 64), "`suite_hash`"),
        (replace(PLAN, device_options={"dark": True}), "`device_options`"),
    ):
        with pytest.raises(RunError, match=what):
            RunStore.resume(tmp_path / "run", other)


def test_only_whole_files_count(tmp_path: Path) -> None:
    store = made_run(tmp_path / "run", left_out=3)
    assert len(store.missing()) == 3
    partial = store.path(store.missing()[0]).with_name(".2.jsonl.77-0.partial")
    partial.parent.mkdir(parents=True, exist_ok=True)
    partial.write_bytes(b"{")
    assert len(store.missing()) == 3
    assert store.sweep() == 1
    assert not partial.exists()
    assert len(list(store.episodes())) == 117


def test_a_damaged_episode_is_named(tmp_path: Path) -> None:
    store = made_run(tmp_path / "run")
    file = store.path(store.plan.jobs()[7])
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)
    with pytest.raises(EpisodeError, match=file.name):
        summarize(store)


def test_an_episode_in_anothers_place_is_named(tmp_path: Path) -> None:
    store = made_run(tmp_path / "run")
    one, two = store.plan.jobs()[:2]
    store.path(one).write_bytes(store.path(two).read_bytes())
    with pytest.raises(RunError, match=r"expected solution/contacts\.add_with_email#0"):
        list(store.episodes())


def test_an_episode_of_another_suite_is_named(tmp_path: Path) -> None:
    store = made_run(tmp_path / "run")
    other = RunStore(store.folder, replace(store.plan, suite_hash="c" * 64))
    with pytest.raises(RunError, match="another content of suite"):
        list(other.episodes())
