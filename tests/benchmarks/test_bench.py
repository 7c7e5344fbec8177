"""The benchmarks themselves, and floors that a change must not fall through."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mobilegym.bench.measure import resident_bytes, timed
from mobilegym.bench.results import BenchResults, this_machine
from mobilegym.bench.walk import Walker
from mobilegym.emulator.scripted import ScriptedDevice

ROOT = Path(__file__).parents[2]


def test_rounds_are_counted_and_ranked() -> None:
    seen: list[int] = []
    timing = timed(seen.append, seconds=60.0, warm_up=2, most=10)
    assert seen == list(range(2)) + list(range(2, 12))
    assert timing.rounds == 10
    assert timing.median_ms <= timing.p95_ms
    assert timing.per_s > 0


def test_a_walk_is_the_same_each_time() -> None:
    ends: list[object] = []
    for _ in range(2):
        phone = ScriptedDevice()
        walker = Walker(phone, None)
        for number in range(80):
            walker.step(number)
        ends.append((phone.journal(), phone.state_tree(), phone.observe().elements))
    assert ends[0] == ends[1]


def test_the_machine_is_described() -> None:
    machine = this_machine()
    assert machine.cores >= 1
    assert machine.memory_gb > 0
    assert machine.cpu
    assert resident_bytes() > 1_000_000


@pytest.mark.benchmark
def test_the_phone_is_fast_small_and_quick_to_start() -> None:
    """Floors at a third of what one core of a small server does, so that only a real loss fails."""
    command = [sys.executable, "-m", "mobilegym", "bench", "--json", "--seconds", "2"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    assert set(results) == {field.name for field in dataclasses.fields(BenchResults)}
    assert results["tree_steps_per_s"] > 500
    assert results["rgb540_steps_per_s"] > 60
    assert results["rgb1080_steps_per_s"] > 30
    assert results["fork_ms"] < 0.5
    assert results["mb_per_phone"] < 2.0
    assert results["import_first_frame_s"] < 5.0
