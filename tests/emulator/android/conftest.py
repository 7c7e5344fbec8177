"""A phone's shell without a wire: scripts run in the virtual phone of this process."""

from __future__ import annotations

from collections.abc import Coroutine, Iterator
from typing import Any, TypeVar

import pytest

from mobilegym.emulator.android.shell import DEFAULT_TIMEOUT_S, AndroidShell, Output
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.system import System
from mobilegym.emulator.phone.shell.vfs_values import FsError
from mobilegym.errors import DeviceError, DeviceLost, NotFound
from tests.event_loop import event_loop

T = TypeVar("T")


class SystemShell(AndroidShell):
    """Runs scripts in a `System`, which gives what `adb shell` would."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.scripts: list[str] = []
        self._closed = False

    def run(self, script: str, *, stdin: bytes = b"", timeout_s: float = DEFAULT_TIMEOUT_S) -> Output:
        self.scripts.append(script)
        finished = self._wait(self.system.run(script, stdin=stdin))
        return Output(finished.status, finished.stdout, finished.stderr)

    def exec(self, script: str, *, timeout_s: float = DEFAULT_TIMEOUT_S) -> bytes:
        finished = self._wait(self.system.run(script))
        return finished.stdout + finished.stderr

    def push(self, path: str, data: bytes) -> None:
        try:
            self.system.files.write(path, data)
        except FsError as error:
            raise DeviceError(f"{path}: {error.text}") from error

    def pull(self, path: str) -> bytes:
        try:
            return self.system.files.read(path)
        except FsError as error:
            raise NotFound(f"{path}: {error.text}") from error

    def close(self) -> None:
        self._closed = True

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        if self._closed:
            work.close()
            raise DeviceLost("the phone is closed; make a new one")
        return event_loop().run_until_complete(work)


@pytest.fixture
def phone() -> VirtualPhone:
    return VirtualPhone()


@pytest.fixture
def shell(phone: VirtualPhone) -> Iterator[SystemShell]:
    shell = SystemShell(System(phone))
    shell.root = "su 0"
    yield shell
    shell.close()
