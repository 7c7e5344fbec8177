"""`System`: one phone together with what runs on it beside its apps: processes, log, listening services, debuggers.

None of this is part of the phone's state: a snapshot does not hold it and a restore does not touch it, as `adb` itself
survives a loaded emulator snapshot.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from mobilegym.emulator.phone.device import SETTLE_MS, PhoneSnapshot, VirtualPhone
from mobilegym.emulator.phone.shell.streams import BytesReader, BytesWriter, Reader, Writer

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel
    from mobilegym.emulator.phone.shell.logcat import LogBuffer
    from mobilegym.emulator.phone.shell.process import Process
    from mobilegym.emulator.phone.shell.processes import ProcessTable
    from mobilegym.emulator.phone.shell.vfs import Vfs
    from mobilegym.emulator.phone.touch import Touch

__all__ = ["Blocking", "Finished", "Handler", "SavedState", "System"]

_LOG = logging.getLogger("mobilegym.shell")

Handler: TypeAlias = Callable[[Reader, Writer], Awaitable[None]]
"""Serves one connection to a listening service of the phone; the connection is closed when it returns."""
Blocking: TypeAlias = "Callable[[Process], Awaitable[int]]"
"""A program that stays: an instrumentation or the main class of an `app_process`."""


_BOOTS = itertools.count()


def _boot_id() -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{os.getpid()} {next(_BOOTS)} {time.monotonic_ns()}"))


@dataclass(frozen=True, slots=True)
class SavedState:
    """A named snapshot."""

    snapshot: PhoneSnapshot
    at_ms: int
    """Virtual epoch ms when it was taken."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of a script."""

    status: int
    stdout: bytes
    stderr: bytes

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.stdout.decode("utf-8", "replace")


@dataclass(eq=False)
class System:
    """The phone as `adb shell` sees it. Everything runs on one event loop; nothing here is thread-safe."""

    phone: VirtualPhone
    serial: str = "emulator-5554"
    root: bool = False
    """Whether adbd runs as root (`adb root`)."""
    permissive: bool = False
    """Whether the security policy is not enforced (`setenforce 0`)."""
    services: dict[str, Handler] = field(default_factory=dict[str, Handler])
    """What listens on the phone: `tcp:6790`, `localabstract:name`."""
    instrumentations: dict[str, Blocking] = field(default_factory=dict[str, Blocking])
    """What `am instrument` can run, by `package/runner`."""
    java_mains: dict[str, Blocking] = field(default_factory=dict[str, Blocking])
    """What `app_process` can run, by class name."""
    unknown: list[str] = field(default_factory=list[str])
    """Names of programs that were called and do not exist, the last hundred."""
    snapshots: dict[str, SavedState] = field(default_factory=dict[str, "SavedState"])
    """Snapshots by name, as the emulator console keeps them."""
    boot_id: str = field(default_factory=lambda: _boot_id())
    """What `/proc/sys/kernel/random/boot_id` holds: another phone behind the same address has another one."""
    on_reboot: Callable[[], None] | None = None
    """Called after a reboot: adb's connections end with it."""
    owed_ms: int = 0
    """Virtual time until the phone is at rest after the last input; see `settle`."""
    last_tap: tuple[float, float, bool] | None = None
    """Where the last input was a tap: its place in px, and whether it waits to be done, because it may become a double tap."""

    @property
    def kernel(self) -> Kernel:
        return self.phone.kernel

    @cached_property
    def processes(self) -> ProcessTable:
        """Every process of the phone."""
        from mobilegym.emulator.phone.shell.processes import ProcessTable

        return ProcessTable(self)

    @cached_property
    def files(self) -> Vfs:
        """The whole file tree, with `/proc`, databases and links."""
        from mobilegym.emulator.phone.shell.vfs import Vfs

        return Vfs(self)

    @cached_property
    def log(self) -> LogBuffer:
        """What `logcat` prints."""
        from mobilegym.emulator.phone.shell.logcat import LogBuffer

        return LogBuffer(self)

    @cached_property
    def touch(self) -> Touch:
        """Fingers that are put down, moved and lifted by separate events; times are the phone's clock."""
        from mobilegym.emulator.phone.touch import Touch

        return Touch(self.phone)

    def booted(self) -> None:
        """The phone was started anew: who compares boots finds out."""
        self.boot_id = _boot_id()

    # ------------------------------------------------------------------ virtual time

    def acted(self, ms: int = 0) -> None:
        """An input was given that takes `ms` itself. The phone then needs `SETTLE_MS` to come to rest: that is owed.

        Several inputs of one script are one action, as several events of a gesture are: the phone comes to rest once, before
        anything but an input runs, or at the end of the script.
        """
        self.phone.pass_time(ms)
        self.kernel.shell.touched()
        self.owed_ms = SETTLE_MS

    def finish_tap(self) -> None:
        """A tap that was held back, as another may have made it a double tap, is a single one."""
        tap, self.last_tap = self.last_tap, None
        if tap is not None and tap[2]:
            self.kernel.shell.touched()
            self.kernel.input.tap(tap[0], tap[1])

    def settle(self) -> None:
        """Let the phone come to rest, if it is not. Called before anything reads the screen, and at the end of a script."""
        self.finish_tap()
        if self.owed_ms:
            owed, self.owed_ms = self.owed_ms, 0
            self.phone.pass_time(owed)
            self.kernel.shell.touched()

    async def sleep(self, ms: int) -> None:
        """Virtual time passes; the process itself does not wait, others get their turn. A background job waits for the time to pass."""
        from mobilegym.emulator.phone.shell.sh.jobs import background_sleepers

        if (sleepers := background_sleepers.get()) is not None:
            await sleepers.sleep(ms)
            return
        self.finish_tap()
        self.owed_ms = max(0, self.owed_ms - ms)
        self.phone.pass_time(ms)
        await asyncio.sleep(0)

    # ------------------------------------------------------------------ running

    def reboot(self) -> None:
        """Start the phone anew: what is stored stays, what runs is gone."""
        from mobilegym.emulator.phone.shell.reboot import reboot

        reboot(self)
        if self.on_reboot is not None:
            self.on_reboot()

    def missing(self, name: str) -> None:
        """A program was called that does not exist here: worth a line in the log, clients fail far from the cause."""
        del self.unknown[:-99]
        self.unknown.append(name)
        _LOG.warning("%s: no program %r", self.serial, name)

    async def run(self, script: str, *, stdin: bytes = b"", root: bool | None = None) -> Finished:
        """Run a script in a fresh shell and wait for its end, for callers inside this process."""
        from mobilegym.emulator.phone.shell.sh import run_script

        out, err = BytesWriter(), BytesWriter()
        status = await run_script(self, script, BytesReader(stdin), out, err, uid=0 if (self.root if root is None else root) else 2000)
        return Finished(status, out.data, err.data)
