"""Background jobs, and how they sleep: time passes when somebody in the foreground lets it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.sh.interpreter import Shell
    from mobilegym.emulator.phone.shell.sh.syntax import Script
    from mobilegym.emulator.phone.shell.streams import Writer
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["Job", "Sleepers", "background_sleepers", "wait_for_jobs"]

_POLL_S: Final = 0.02
_SIGTERM: Final = 15

background_sleepers: ContextVar[Sleepers | None] = ContextVar("background_sleepers", default=None)
"""Set within a background job: where it sleeps."""


class Sleepers:
    """The background jobs that wait for a moment of virtual time."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._sleeping: dict[asyncio.Future[None], int] = {}

    async def sleep(self, ms: int) -> None:
        """Wait until the phone's clock is `ms` further on, whoever makes it go on."""
        target = self._system.kernel.clock.now_ms + ms
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleeping[woken] = target
        try:
            while self._system.kernel.clock.now_ms < target:
                await asyncio.wait([woken], timeout=_POLL_S)
        finally:
            del self._sleeping[woken]

    def advance(self) -> bool:
        """Somebody waits for them: let time pass until the first of them wakes. False if none sleeps."""
        waiting = {woken: target for woken, target in self._sleeping.items() if not woken.done()}
        if not waiting:
            return False
        clock = self._system.kernel.clock
        self._system.phone.pass_time(max(0, min(waiting.values()) - clock.now_ms))
        for woken, target in waiting.items():
            if target <= clock.now_ms:
                woken.set_result(None)
        return True


class Job:
    """A command that was started with `&`."""

    def __init__(self, number: int, text: str, shell: Shell) -> None:
        self.number = number
        self.text = text
        self.shell = shell
        self.pid = 0
        self.task: asyncio.Task[None] | None = None
        self._status = 0
        self.reported = False
        """Whether somebody has been told its status."""

    @property
    def done(self) -> bool:
        """Whether it is over."""
        return self.task is not None and self.task.done()

    @property
    def status(self) -> int:
        """Its exit status, once it is over."""
        return 128 + (self.shell.killed or _SIGTERM) if self.task is not None and self.task.cancelled() else self._status

    def holds(self, stream: Writer) -> bool:
        """Whether it may still write there."""
        return not self.done and stream in self.shell.streams.values()

    async def run(self, script: Script) -> None:
        """Run to the end."""
        shell = self.shell
        background_sleepers.set(shell.session.sleepers)
        shell.session.live += 1
        try:
            self._status = await shell.run(script)
        except asyncio.CancelledError:
            if not shell.killed:
                raise
            self._status = 128 + shell.killed
        finally:
            shell.session.live -= 1
            shell.system.processes.end(self.pid)


async def wait_for_jobs(shell: Shell, jobs: Iterable[Job]) -> int:
    """Wait until jobs are over, letting the time pass that they sleep; the status of the last."""
    status = 0
    for job in jobs:
        assert job.task is not None
        while not job.done:
            done, _ = await asyncio.wait([job.task], timeout=0)
            # In a background job itself, time is not ours to move.
            if not done and (shell.background or not shell.session.sleepers.advance()):
                await asyncio.wait([job.task], timeout=_POLL_S)
        job.reported = True
        status = job.status
    return status
