"""The process table: the system's own processes, running apps, and what the shell started."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mobilegym.errors import NotFound

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["ProcessInfo", "ProcessTable", "user_of"]

_DAEMONS: Final = (
    ("init", "root", 1, 0), ("[kthreadd]", "root", 2, 0), ("servicemanager", "system", 161, 1), ("surfaceflinger", "system", 236, 1),
    ("logd", "logd", 158, 1), ("vold", "root", 171, 1), ("zygote64", "root", 369, 1), ("netd", "root", 367, 1), ("adbd", "shell", 412, 1),
    ("system_server", "system", 558, 369),
)  # fmt: skip
"""Name, user, pid, parent: what every emulator runs."""
_FIRST_PID: Final = 2_100
_UNKNOWN_UID: Final = 10_999
_PERSISTENT: Final = ("com.android.systemui", "com.google.android.inputmethod.latin")
"""Packages whose process runs all the time."""


def user_of(uid: int) -> str:
    """Android's name of a uid: `root`, `system`, `shell`, `u0_a123`."""
    return {0: "root", 1000: "system", 1001: "radio", 2000: "shell"}.get(uid, f"u0_a{uid - 10_000}")


@dataclass(frozen=True, slots=True)
class ProcessInfo:
    """One line of `ps`."""

    pid: int
    ppid: int
    user: str
    name: str
    package: str = ""
    """Of an app's process: the package it belongs to."""


class ProcessTable:
    """All processes. Apps get a pid when they are first seen running and lose it when they stop."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._next = _FIRST_PID
        self._apps: dict[str, int] = {}
        self._started: dict[int, ProcessInfo] = {}
        self._kill: dict[int, Callable[[], None]] = {}
        self.last_signal = 9
        """What the process that was killed last was killed with, for its `kill` to look at."""

    def uid(self, package: str) -> int:
        """The Linux uid of an installed app."""
        try:
            return self._system.kernel.packages.uid(package)
        except NotFound:
            return _UNKNOWN_UID

    def start(self, name: str, kill: Callable[[], None], *, user: str = "shell", package: str = "", ppid: int = 412) -> int:
        """Enter a process into the table; `kill` is called when somebody kills it. Returns its pid."""
        pid = self._new_pid()
        self._started[pid] = ProcessInfo(pid, ppid, user, name, package)
        self._kill[pid] = kill
        return pid

    def end(self, pid: int) -> None:
        """A started process is over. Harmless twice."""
        self._started.pop(pid, None)
        self._kill.pop(pid, None)

    def all(self) -> list[ProcessInfo]:
        """Every process, by pid."""
        system = [ProcessInfo(pid, ppid, user, name) for name, user, pid, ppid in _DAEMONS]
        return sorted([*system, *self._app_processes(), *self._started.values()], key=lambda p: p.pid)

    def of_package(self, package: str) -> list[ProcessInfo]:
        """Processes that belong to an app."""
        return [p for p in self.all() if p.package == package]

    def kill(self, pid: int, signal: int = 9) -> bool:
        """End a process; False where there is none of that pid. Killing a daemon does nothing."""
        self.last_signal = signal
        kill = self._kill.pop(pid, None)
        if kill is not None:
            self._started.pop(pid, None)
            kill()
            return True
        for process in self._app_processes():
            if process.pid == pid:
                self._system.kernel.activities.force_stop(process.package)
                return True
        return any(pid == daemon[2] for daemon in _DAEMONS)

    def kill_package(self, package: str) -> None:
        """End every process that was started for an app (its instrumentation); its activities are the kernel's business."""
        for process in [p for p in self._started.values() if p.package == package]:
            self.kill(process.pid)

    def _new_pid(self) -> int:
        self._next += 7
        return self._next

    def _app_processes(self) -> list[ProcessInfo]:
        kernel = self._system.kernel
        names = kernel.packages.names()
        hosted = {p.name for p in self._started.values()}
        running = [p for p in names if p in _PERSISTENT or p == kernel.packages.home_package or kernel.activities.running(p)]
        running = [p for p in running if p not in hosted]
        for gone in set(self._apps) - set(running):
            del self._apps[gone]
        for package in running:
            if package not in self._apps:
                self._apps[package] = self._new_pid()
        return [ProcessInfo(self._apps[p], 369, user_of(self.uid(p)), p, p) for p in running]
