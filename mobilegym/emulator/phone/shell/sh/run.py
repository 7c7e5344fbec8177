"""Calling programs: finding them by name, running them, and turning what they raise into messages and exit statuses."""

from __future__ import annotations

import asyncio
import logging
import posixpath
from collections.abc import Awaitable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from mobilegym.emulator.phone.shell import programs
from mobilegym.emulator.phone.shell.process import JavaError, Process, ProgramError, Tty
from mobilegym.emulator.phone.shell.processes import user_of
from mobilegym.emulator.phone.shell.sh.variables import login_environment
from mobilegym.emulator.phone.shell.streams import Reader, StreamClosed, Writer
from mobilegym.emulator.phone.shell.vfs_values import FsError
from mobilegym.errors import MobileGymError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.manifest import Later
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["INPUT_PROGRAMS", "PROGRAM_FOLDERS", "call", "find_program", "run_program"]

INPUT_PROGRAMS: Final = frozenset({"input", "sleep"})
"""Before these the phone need not come to rest: several inputs of one script are one action."""
PROGRAM_FOLDERS: Final = frozenset({
    "/system/bin", "/system/xbin", "/bin", "/vendor/bin", "/product/bin", "/system_ext/bin", "/apex/com.android.runtime/bin",
    "/apex/com.android.art/bin",
})  # fmt: skip
_SIGPIPE_STATUS: Final = 141
_BUG_STATUS: Final = 70
_JAVA_STATUS: Final = 255
_LOG = logging.getLogger("mobilegym.shell")


def find_program(name: str) -> Later | None:
    """The program of that name, with or without the path that Android keeps it at."""
    if "/" in name:
        folder, name = posixpath.split(name)
        if folder not in PROGRAM_FOLDERS:
            return None
    return programs.PROGRAMS.get(name)


async def call(program: Any, process: Process, *, ppid: int = 412) -> int:
    """Run a program to its end and return its exit status. Whatever it raises is reported on its stderr.

    Args:
        program: A `Program`, maybe one that is imported only now.
        process: Its `pid` is 0: it gets one here.
        ppid: Pid of the shell or program that calls it.
    """
    system = process.system
    name = process.argv[0].rpartition("/")[2]
    if system.owed_ms and not (name in INPUT_PROGRAMS or _types(process.argv)):
        system.settle()
    running = _Running(process, name, ppid)
    try:
        outcome = program(process)
        if isinstance(outcome, int):
            return outcome & 0xFF
        return await running.wait(cast("Awaitable[int]", outcome))
    except Exception as error:  # noqa: BLE001 - the one place where a program's mistake must not become the client's
        return _report(error, process, name)
    finally:
        system.processes.end(process.pid)


def _types(argv: Sequence[str]) -> bool:
    """Whether it is a broadcast to a keyboard that types: an input too."""
    return "broadcast" in argv[1:2] and any(word.startswith("ADB_") for word in argv[2:])


class _Running:
    """A process in the table. Killing it cancels the task that runs it, and that ends here."""

    def __init__(self, process: Process, name: str, ppid: int) -> None:
        self._signal = 0
        self._task = asyncio.current_task()
        self._table = process.system.processes
        self._waiting = False
        process.pid = self._table.start(name, self._kill, user=user_of(process.uid), ppid=ppid)

    def _kill(self) -> None:
        self._signal = self._table.last_signal
        if self._waiting and self._task is not None:
            self._task.cancel()

    async def wait(self, outcome: Awaitable[int]) -> int:
        """The status of a program that waits; 128 + signal, once it is killed."""
        self._waiting = True
        try:
            status = await outcome
        except asyncio.CancelledError:
            if not self._signal:
                raise
            self._absorb()
            return 128 + self._signal
        finally:
            self._waiting = False
        if self._signal:
            # Killed, and then it ended without waiting once more: the cancellation is still to come.
            try:
                await asyncio.sleep(0)
            except asyncio.CancelledError:
                self._absorb()
            return 128 + self._signal
        return status & 0xFF

    def _absorb(self) -> None:
        if self._task is not None and self._task.uncancel():
            raise asyncio.CancelledError


def _report(error: Exception, process: Process, name: str) -> int:
    """Tell on stderr what a program raised; the exit status."""
    match error:
        case StreamClosed():
            return _SIGPIPE_STATUS
        case ProgramError():
            text, status = f"{error.message}\n" if error.message else "", error.status
        case JavaError():
            text, status = _java_text(error, process, name), _JAVA_STATUS
        case FsError():
            text, status = f"{name}: {error.path}: {error.text}\n", 1
        case MobileGymError():
            text, status = f"{name}: {error}\n", 1
        case RecursionError():
            text, status = f"{name}: too deeply nested\n", 1
        case _:
            _LOG.error("%s: %r failed", process.system.serial, process.argv, exc_info=error)
            text, status = f"{name}: internal error: {type(error).__name__}\n", _BUG_STATUS
    try:
        process.err(text)
    except StreamClosed:
        return _SIGPIPE_STATUS
    return status


def _java_text(error: JavaError, process: Process, name: str) -> str:
    """As Android's `cmd` prints what a service throws."""
    args = process.args[1:] if name == "cmd" else process.args
    verb = error.verb or (args[0] if args else "null")
    throwing = "at android.os.Parcel.createExceptionOrNull(Parcel.java:3011)"
    frames = (throwing, "at android.os.ShellCommand.exec(ShellCommand.java:38)", "at android.os.Binder.shellCommand(Binder.java:1069)")
    trace = "".join(f"\t{frame}\n" for frame in frames)
    return f"\nException occurred while executing '{verb}':\n{error.kind}: {error.text}\n{trace}"


async def run_program(
    system: System,
    argv: Sequence[str],
    stdin: Reader,
    stdout: Writer,
    stderr: Writer,
    *,
    uid: int = 2000,
    env: Mapping[str, str] | None = None,
    cwd: str = "/",
    tty: Tty | None = None,
    ppid: int = 412,
) -> int:
    """Run one program without a shell and return its exit status: 127 if there is none of that name.

    What it owes to the phone's rest is not paid at its end; `run_script` does that.
    """
    program = find_program(argv[0]) if argv else None
    environment = login_environment(uid) if env is None else env
    process = Process(system, 0, tuple(argv), stdin, stdout, stderr, environment, cwd, uid, tty)
    if program is None:
        name = argv[0] if argv else ""
        system.missing(name)
        process.err(f"{name}: No such file or directory\n")
        return 127
    return await call(program, process, ppid=ppid)
