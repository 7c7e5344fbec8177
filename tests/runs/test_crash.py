"""SIGKILL at any moment: going on loses nothing that was finished, and nothing is there twice or half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from mobilegym.episodes.files import read_episode
from mobilegym.runs.store import RunStore

HERE = Path(__file__).parent
ARGUMENTS = (
    "--suite",
    str(HERE / "pocket"),
    "--agent",
    "slow_agents:Slow,solution",
    "--seeds",
    "12",
    "--device",
    "scripted",
    "--pixels",
    "60x27",
    "--json",
)


def start(out: Path, workers: int = 2) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "mobilegym", "run", *ARGUMENTS, "--workers", str(workers), "--pictures", "--resume", "--out", str(out)]
    return subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finished(out: Path) -> dict[str, bytes]:
    """The finished episodes' bytes; each is read and verified."""
    files = sorted((out / "episodes").rglob("*.jsonl")) if out.exists() else []
    for file in files:
        read_episode(file)
    return {str(file.relative_to(out)): file.read_bytes() for file in files}


def more_than(out: Path, count: int) -> bool:
    return len(list(out.rglob("*.jsonl"))) > count


def wait_until(condition: Callable[[], object], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def workers_of(pid: int) -> list[int]:
    """Processes that descend from `pid`."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
    family = [pid]
    for member in family:
        family += [child for child, parent in parents.items() if parent == member]
    return family[1:]


def alive(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_ten_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    out = tmp_path / "run"
    rng = random.Random(20260311)
    kept: dict[str, bytes] = {}
    grown = 0
    for number in range(10):
        process = start(out)
        if number % 2:
            # However slow the machine, every other kill falls into the middle of the work.
            assert wait_until(partial(more_than, out, len(kept)), 60.0)
            time.sleep(rng.uniform(0.0, 0.25))
        else:
            time.sleep(rng.uniform(0.05, 1.5))
        family = workers_of(process.pid)
        assert process.poll() is None, process.communicate()
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        assert wait_until(lambda family=family: not any(map(alive, family))), "workers outlived the process that was killed"
        now = finished(out)
        assert {name: data for name, data in now.items() if name in kept} == kept, "a finished episode was changed or lost"
        grown += len(now) > len(kept)
        kept = now
    assert grown >= 5
    assert len(kept) < 72, "the kills came too late to prove anything"

    last = start(out)
    _, errors = last.communicate(timeout=120)
    assert last.returncode == 0, errors.decode()
    whole = finished(out)
    assert {name: data for name, data in whole.items() if name in kept} == kept
    store = RunStore.open(out)
    assert sorted(whole) == sorted(job.file for job in store.plan.jobs())
    assert list(out.rglob("*.partial")) == []

    undisturbed = tmp_path / "undisturbed"
    again = start(undisturbed)
    again.communicate(timeout=120)
    assert finished(undisturbed) == whole, "a run that was killed ten times must end as one that was not"


def test_a_killed_run_can_be_gone_on_with(tmp_path: Path) -> None:
    out = tmp_path / "run"
    process = start(out)
    assert wait_until(lambda: len(list((out / "episodes").rglob("*.jsonl"))) >= 2)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    kept = finished(out)
    assert 2 <= len(kept) < 72
    store = RunStore.open(out)
    assert len(store.missing()) == 72 - len(kept)


def test_two_processes_do_not_run_the_same_run(tmp_path: Path) -> None:
    out = tmp_path / "run"
    first = start(out)
    assert wait_until(lambda: list((out / "episodes").rglob("*.jsonl")))
    second = start(out)
    _, errors = second.communicate(timeout=60)
    first.kill()
    first.communicate()
    assert second.returncode == 2
    assert b"another process is running this run" in errors
    assert len(errors.splitlines()) <= 2  # the remark on how much is finished, and the error
