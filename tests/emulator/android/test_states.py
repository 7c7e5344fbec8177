"""Emulator snapshots: waited for, tidied up, and the emulator is started anew after so many."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from mobilegym.emulator.android.console import Console
from mobilegym.emulator.android.options import AndroidOptions, read_options
from mobilegym.emulator.android.shell import AndroidShell, Output
from mobilegym.emulator.android.states import ConsoleStates, wait_until_usable
from mobilegym.errors import ContentError, DeviceError, DeviceLost, NotFound

UP = b"1\npackage:android\n  mCurrentFocus=Window{1 u0 a/b}\n"


class Emulator(Console):
    """Keeps snapshots by name."""

    def __init__(self) -> None:
        super().__init__("127.0.0.1", 1)
        self.names: list[str] = []
        self.loads: list[str] = []

    def say(self, command: str) -> str:
        verb, *name = command.removeprefix("avd snapshot ").split()
        match verb:
            case "list":
                head = "List of snapshots present on all disks:\nID        TAG                 VM SIZE                DATE       VM CLOCK"
                return "\n".join([head, *(f"--        {n}             195M 2024-01-01 00:00:00   00:02:37" for n in self.names)])
            case "save":
                self.names.append(name[0])
            case "load":
                self.loads.append(name[0])
            case _:
                self.names.remove(name[0])
        return ""


class Booting(AndroidShell):
    """Up after some questions."""

    def __init__(self, after: int = 0) -> None:
        self.left = after

    def run(self, script: str, *, stdin: bytes = b"", timeout_s: float = 1) -> Output:
        self.left -= 1
        return Output(0, UP if self.left < 0 else b"1\npackage:android\n  mCurrentFocus=null\n")

    def exec(self, script: str, *, timeout_s: float = 1) -> bytes:
        return b""

    def push(self, path: str, data: bytes) -> None:
        pass

    def pull(self, path: str) -> bytes:
        return b""


def states(emulator: Emulator, shell: AndroidShell, **more: Any) -> ConsoleStates:
    return ConsoleStates(shell, emulator, "base", sleep=lambda _: None, **more)


def test_the_base_is_made_once_and_loaded_after() -> None:
    emulator = Emulator()
    kept = states(emulator, Booting())
    kept.base(0)
    kept.base(1)
    assert (emulator.names, emulator.loads) == (["base"], ["base"])


def test_a_load_is_over_when_the_phone_can_be_used() -> None:
    emulator, shell = Emulator(), Booting(after=5)
    kept = states(emulator, shell)
    kept.load(kept.save())
    assert shell.left < 0


def test_what_nobody_needs_is_deleted() -> None:
    emulator = Emulator()
    kept = states(emulator, Booting())
    first = kept.save()
    kept.load(first)
    del first
    gc.collect()
    second = kept.save()
    assert emulator.names == [second.name]


def test_the_emulator_is_started_anew_after_so_many_loads() -> None:
    emulator = Emulator()
    started: list[int] = []
    kept = states(emulator, Booting(), recycle=lambda: started.append(len(emulator.loads)), max_loads=3)
    saved = kept.save()
    for _ in range(8):
        kept.load(saved)
    assert started == [3, 6]


def test_foreign_and_vanished_snapshots_are_refused() -> None:
    emulator = Emulator()
    one, two = states(emulator, Booting()), states(emulator, Booting())
    saved = one.save()
    with pytest.raises(DeviceError, match="its own"):
        two.load(saved)
    emulator.names.clear()
    with pytest.raises(NotFound, match="no snapshot"):
        one.load(saved)
    emulator.names.append(saved.name)


def test_a_phone_that_does_not_come_up_is_lost() -> None:
    time = [0.0]

    def sleep(seconds: float) -> None:
        time[0] += seconds

    with pytest.raises(DeviceLost, match=r"did not come up within 60 s; it says .*mCurrentFocus=null"):
        wait_until_usable(Booting(after=10**6), limit_s=60, sleep=sleep, clock=lambda: time[0])
    assert time[0] == pytest.approx(60, abs=1)


# Options as data


def test_options_from_data() -> None:
    assert read_options({}) == AndroidOptions()
    options = read_options({"plain": True, "reset": "none", "settle_s": 2, "recycle": "gc:collect"})
    assert (options.plain, options.reset, options.settle_s) == (True, "none", 2)
    assert options.recycle is gc.collect


@pytest.mark.parametrize(
    "data, words",
    [
        ({"plane": True}, "no option `plane`; it has plain"),
        ({"plain": 1}, "`plain`"),
        ({"settle_s": True}, "`settle_s`"),
        ({"reset": "wipe"}, "one of snapshot, none"),
        ({"console": 5554}, "`console`"),
        ({"recycle": "nothing"}, "`recycle`"),
        ({"sleep": None}, "no option `sleep`"),
    ],
)
def test_wrong_options_are_named(data: dict[str, Any], words: str) -> None:
    with pytest.raises(ContentError, match=words):
        read_options(data)
