"""Everything follows from configuration, seed and actions: in any process, in any order, in forks and after restoring."""

from __future__ import annotations

import json
import os
import pickle
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from mobilegym.actions import DeviceAction
from mobilegym.emulator.phone import PhoneConfig, VirtualPhone
from mobilegym.emulator.phone.device import PhoneSnapshot
from tests.emulator.phone.episode_hashes import continued, state_of
from tests.emulator.phone.wander import Wanderer, start, wander

EPISODES = 300


def launch(root: Path, hash_seed: int, *args: str) -> subprocess.Popen[str]:
    """Another Python with another order of hashes."""
    command = [sys.executable, "-m", "tests.emulator.phone.episode_hashes", *args]
    return subprocess.Popen(
        command, cwd=root, env={**os.environ, "PYTHONHASHSEED": str(hash_seed)}, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def output(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate()
    assert process.returncode == 0, err[-3000:]
    return out


def walk(phone: VirtualPhone, wanderer: Wanderer, steps: int) -> list[DeviceAction]:
    return list(wander(phone, wanderer, steps))


def repeat(phone: VirtualPhone, actions: Sequence[DeviceAction]) -> None:
    for action in actions:
        phone.perform(action)


@pytest.mark.slow
def test_episodes_are_the_same_in_other_processes(root: Path) -> None:
    """In two processes that hash differently and run the episodes in opposite orders, so with other things in their caches."""
    processes = [launch(root, 1, "0", str(EPISODES)), launch(root, 4242, "0", str(EPISODES), "reversed")]
    first, second = (output(process).splitlines() for process in processes)
    assert len(first) == EPISODES
    names = ("seed", "activity", "journal", "elements", "state", "picture", "pictures on the way")
    for one, two in zip(first, reversed(second), strict=True):
        differ = [name for name, a, b in zip(names, json.loads(one), json.loads(two), strict=True) if a != b]
        assert not differ, f"episode {json.loads(one)[0]} in {json.loads(one)[1]}: {', '.join(differ)}"


@pytest.mark.parametrize("part", range(4))
def test_a_fork_continues_like_its_original(part: int) -> None:
    for seed in range(part, 40, 4):
        phone, wanderer = start(seed)
        walk(phone, wanderer, 12)
        fork = phone.fork()
        assert state_of(fork) == state_of(phone)
        repeat(fork, walk(phone, wanderer, 12))
        assert state_of(fork) == state_of(phone), f"episode {seed} in {phone.activity()}"


def test_forks_do_not_influence_each_other() -> None:
    for seed in range(20):
        phone, wanderer = start(seed)
        walk(phone, wanderer, 10)
        before = state_of(phone)
        left, right = phone.fork(), phone.fork()
        untouched = right.fork()
        one = walk(left, Wanderer(random.Random(f"left {seed}"), wanderer.apps), 8)
        after_left = state_of(left)
        walk(right, Wanderer(random.Random(f"right {seed}"), wanderer.apps), 8)
        assert state_of(left) == after_left
        assert state_of(phone) == state_of(untouched) == before, f"episode {seed}"
        repeat(phone, one)
        assert state_of(phone) == after_left, f"episode {seed}"


def test_restoring_takes_everything_back() -> None:
    for seed in range(20):
        phone, wanderer = start(seed)
        walk(phone, wanderer, 6)
        saved, before = phone.snapshot(), state_of(phone)
        actions = walk(phone, wanderer, 8)
        after = state_of(phone)
        walk(phone, wanderer, 4)
        for _ in range(2):
            phone.restore(saved)
            assert state_of(phone) == before, f"episode {seed}"
            repeat(phone, actions)
            assert state_of(phone) == after, f"episode {seed}"


def test_resetting_gives_a_new_phone() -> None:
    for seed in range(6):
        config = PhoneConfig(dark=seed % 2 == 1)
        phone, wanderer = start(seed, config)
        walk(phone, wanderer, 15)
        phone.reset(seed=seed)
        assert state_of(phone) == state_of(VirtualPhone(config, seed=seed))


def test_a_snapshot_travels_to_another_process(root: Path, tmp_path: Path) -> None:
    """Snapshots pickle; restored elsewhere, with other things in the caches, the phone is and stays the same."""
    told: list[tuple[PhoneSnapshot, list[DeviceAction]]] = []
    for seed in range(24):
        phone, wanderer = start(seed)
        walk(phone, wanderer, 10)
        told.append((phone.snapshot(), walk(phone.fork(), wanderer, 8)))
    path = tmp_path / "snapshots.pickle"
    path.write_bytes(pickle.dumps(told))
    there = [tuple(state) for state in json.loads(output(launch(root, 7, "restore", str(path))))]
    here = continued(path)
    for i, (one, two) in enumerate(zip(here, there, strict=True)):
        assert one == two, f"snapshot {i // 2}, {'after' if i % 2 else 'before'} its actions"
    for (snapshot, _), state in zip(told, here[::2], strict=True):
        phone = VirtualPhone()
        phone.restore(snapshot)
        assert state_of(phone) == state
