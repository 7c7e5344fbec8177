"""What a client can start: one script, or a shell that reads commands line by line."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.process import Tty
from mobilegym.emulator.phone.shell.sh.errors import LoopJump, ReturnFrom, ShellError, SyntaxFailure
from mobilegym.emulator.phone.shell.sh.interpreter import Shell
from mobilegym.emulator.phone.shell.sh.jobs import wait_for_jobs
from mobilegym.emulator.phone.shell.sh.parser import MAX_SCRIPT, parse
from mobilegym.emulator.phone.shell.sh.state import Session
from mobilegym.emulator.phone.shell.sh.variables import login_environment
from mobilegym.emulator.phone.shell.streams import Reader, Writer

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["interactive", "new_shell", "read_commands", "run_script"]

_INTERRUPTED: Final = 130


def new_shell(
    system: System,
    stdin: Reader,
    stdout: Writer,
    stderr: Writer,
    *,
    uid: int = 2000,
    env: Mapping[str, str] | None = None,
    tty: Tty | None = None,
    cwd: str = "/",
) -> Shell:
    """A shell as a fresh process has it: everything in its environment is a variable."""
    shell = Shell(Session(system, tty), stdin, stdout, stderr, uid=uid)
    environment = login_environment(uid) if env is None else env
    values = shell.variables.values
    values.update(environment)
    shell.variables.exported.update(environment)
    values["PWD"] = shell.cwd = cwd
    values.setdefault("IFS", " \t\n")
    values.setdefault("OPTIND", "1")
    shell.task = asyncio.current_task()
    return shell


async def run_script(
    system: System,
    script: str,
    stdin: Reader,
    stdout: Writer,
    stderr: Writer,
    *,
    uid: int = 2000,
    env: Mapping[str, str] | None = None,
    tty: Tty | None = None,
) -> int:
    """Run a script in a fresh shell and return its exit status. The phone is at rest when it returns.

    An empty script reads commands from stdin. Background jobs go on, except that the script is not over as long as one of them
    may still write to its streams: so it is with adb. Cancelling ends what runs in the foreground.
    """
    environment = login_environment(uid) | dict(env or {})
    shell = new_shell(system, stdin, stdout, stderr, uid=uid, env=environment, tty=tty)
    try:
        with _Interruptible(shell, tty) as guard:
            guard.status = await (shell.run(parse(script)) if script.strip() else read_commands(shell))
            if tty is None and shell.jobs:
                await asyncio.sleep(0)
                await wait_for_jobs(shell, [job for job in shell.jobs if job.holds(stdout) or job.holds(stderr)])
        return guard.status
    finally:
        shell.session.over = True
        shell.end()
        system.settle()


class _Interruptible:
    """While this runs, Ctrl-C and `kill` of the shell end what runs, and not the task around it."""

    def __init__(self, shell: Shell, tty: Tty | None) -> None:
        self._shell = shell
        self._tty = tty
        self._task = asyncio.current_task()
        self._interrupted = False
        self.status = 0

    def _interrupt(self) -> None:
        if self._task is not None and not self._interrupted:
            self._interrupted = True
            self._task.cancel()

    @property
    def interrupted(self) -> bool:
        """Whether it was Ctrl-C that ended it."""
        return self._interrupted

    def __enter__(self) -> _Interruptible:
        if self._tty is not None:
            self._tty.interrupt = self._interrupt
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if self._tty is not None:
            self._tty.interrupt = None
        if kind is None or not issubclass(kind, asyncio.CancelledError) or not (self._interrupted or self._shell.killed):
            return False
        self.status = _INTERRUPTED if self._interrupted else 128 + self._shell.killed
        return self._task is None or not self._task.uncancel()


async def interactive(
    system: System,
    tty: Tty | None,
    stdin: Reader,
    stdout: Writer,
    stderr: Writer,
    *,
    uid: int = 2000,
    env: Mapping[str, str] | None = None,
) -> int:
    """Read commands line by line and run them, until `exit` or the end of input; the exit status.

    With a terminal there are prompts, Ctrl-C (`tty.interrupt`) ends the command that runs, and mistakes do not end the shell.
    """
    shell = new_shell(system, stdin, stdout, stderr, uid=uid, env=login_environment(uid) | dict(env or {}), tty=tty)
    shell.interactive = tty is not None
    if tty is not None:
        shell.variables.set("PS2", "> ")
    try:
        return await read_commands(shell)
    finally:
        for job in shell.jobs if tty is not None else ():
            if job.task is not None and not job.text.startswith(("nohup ", "setsid ")):
                job.task.cancel()
        shell.session.over = True
        shell.end()
        system.settle()


def _prompt(shell: Shell) -> str:
    custom = shell.get("PS1")
    if custom is not None:
        return custom
    status = f"{shell.status}|" if shell.status else ""
    return f"{status}{shell.get('HOSTNAME') or 'emu64xa'}:{shell.cwd} {'#' if not shell.uid else '$'} "


async def read_commands(shell: Shell) -> int:
    """Run what stdin says, command by command, to its end; the exit status. Programs read what comes after their command."""
    return await shell.whole(_read_commands(shell))


async def _read_commands(shell: Shell) -> int:
    reading = _Reading(shell)
    while not reading.over:
        if shell.interactive:
            shell.out(shell.get("PS2") or "> " if reading.pending else _prompt(shell))
        with _Interruptible(shell, shell.session.tty if shell.interactive else None) as guard:
            guard.status = shell.status
            await reading.step()
            guard.status = shell.status
        shell.status = guard.status
        if guard.interrupted:
            reading.pending = ""
            shell.out("\n")
        elif shell.killed:
            break
        shell.system.settle()
    return shell.status


class _Reading:
    """Lines until they are a command."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self.pending = ""
        self.over = False

    async def step(self) -> None:
        """Read a line, and run what is complete with it."""
        shell = self._shell
        line = await shell.stdin.line()
        self.over = not line
        self.pending += line.decode("utf-8", "surrogateescape")
        script = parse(self.pending)
        if line and script.failure is not None and script.failure.incomplete and len(self.pending) < MAX_SCRIPT:
            await asyncio.sleep(0)
            return
        self.pending = ""
        if not shell.interactive:
            await shell.run_lines(script)
            return
        try:
            await shell.run_lines(script)
        except SyntaxFailure as failure:
            shell.complain(failure.message)
            shell.status = 1
        except ShellError as error:
            shell.complain(error.message)
            shell.status = error.status
        except (LoopJump, ReturnFrom):
            pass
