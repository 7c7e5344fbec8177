"""Runs syntax trees."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from mobilegym.emulator.phone.shell.sh.compound import COMPOUND
from mobilegym.emulator.phone.shell.sh.errors import ExitShell, LoopJump, ReturnFrom, ShellError, SyntaxFailure
from mobilegym.emulator.phone.shell.sh.parser import parse
from mobilegym.emulator.phone.shell.sh.simple import run_simple
from mobilegym.emulator.phone.shell.sh.state import State
from mobilegym.emulator.phone.shell.sh.subshell import substitute
from mobilegym.emulator.phone.shell.sh.syntax import Command, Script, Simple
from mobilegym.emulator.phone.shell.streams import StreamClosed, breathe

__all__ = ["Shell"]

_MAX_DEPTH: Final = 1_000
_STACK: Final = 12
"""Levels of nesting per task: a task begins with an empty Python stack, so scripts may recurse deeper than Python may."""
_SIGPIPE_STATUS: Final = 141


class Shell(State):
    """A shell that runs commands."""

    task: asyncio.Task[Any] | None = None
    """What to cancel when somebody kills this shell."""
    killed = 0
    """The signal that it was killed by."""

    # ------------------------------------------------------------------ life

    def fork(self) -> Shell:
        """A subshell with everything as it is here."""
        child = Shell(self.session, self.stdin, self.stdout, self.stderr, uid=self.uid)
        child.inherit(self)
        return child

    def terminator(self) -> Callable[[], None]:
        return self._terminate

    def _terminate(self) -> None:
        self.killed = self.system.processes.last_signal
        if self.task is not None and not self.task.done():
            self.task.cancel()

    async def substitute(self, script: Script) -> str:
        return await substitute(self, script)

    async def run(self, script: Script) -> int:
        """Run a script as a whole shell does: errors end it, `trap EXIT` runs at its end. Never raises but for cancellation."""
        return await self.whole(self.run_lines(script))

    async def whole(self, running: Awaitable[int]) -> int:
        """The same for commands that already run."""
        try:
            status = await self._guarded(running)
            if "EXIT" in self.traps:
                action, self.status = self.traps.pop("EXIT"), status
                status = await self._guarded(self.run_lines(parse(action)), status)
        except StreamClosed:
            status = _SIGPIPE_STATUS
        self.status = status
        self.flush()
        return status

    async def _guarded(self, running: Awaitable[int], status: int | None = None) -> int:
        try:
            found = await running
            return found if status is None else status
        except ExitShell as leaving:
            return leaving.status
        except ReturnFrom as leaving:
            return leaving.status
        except LoopJump:
            return 0
        except ShellError as error:
            self.complain(error.message)
            return error.status
        except SyntaxFailure as failure:
            self.line = failure.line or self.line
            self.complain(failure.message)
            return 1
        except RecursionError:
            self.complain("too deeply nested")
            return 1

    def flush(self) -> None:
        """Write out what was written to files."""
        try:
            self.session.flush()
        except StreamClosed:
            self.complain("write error: No space left on device")

    async def run_lines(self, script: Script) -> int:
        """Run the lines of a script, then complain about what could not be parsed."""
        status = 0
        for command in script.commands:
            status = self.status = await self.execute(command)
        if script.failure is not None:
            raise script.failure
        return status

    async def run_text(self, text: str) -> int:
        """Run a script within this shell (`eval`, `.`, traps)."""
        return await self.deeper(self.run_lines, parse(text))

    async def deeper(self, run: Callable[..., Awaitable[int]], *args: Any) -> int:
        """Run something one level deeper.

        Raises:
            ShellError: That is too deep.
        """
        self.depth += 1
        try:
            if self.depth > _MAX_DEPTH:
                raise ShellError("too many nested calls")
            if self.depth % _STACK:
                return await run(*args)
            return await asyncio.ensure_future(run(*args))
        finally:
            self.depth -= 1

    # ------------------------------------------------------------------ commands

    async def execute(self, command: Command) -> int:
        """Run a command; its status."""
        if self.turn():
            await self.rest()
        if type(command) is Simple:
            status = await run_simple(self, command)
            await breathe()
            self.status = status
            if status and "e" in self.options and not self.unchecked:
                raise ExitShell(status)
            return status
        return await self.deeper(COMPOUND[type(command)], self, command)

    async def run_body(self, body: Script) -> int:
        """Run the commands within a compound command."""
        status = 0
        for command in body.commands:
            status = self.status = await self.execute(command)
        return status

    async def tested(self, command: Script | Command) -> int:
        """Run what is only asked for its status."""
        self.unchecked += 1
        try:
            return await (self.run_body(command) if isinstance(command, Script) else self.execute(command))
        finally:
            self.unchecked -= 1

    def checked(self, status: int) -> int:
        """A command ended with this status: with `set -e`, a failure that nobody looks at ends the shell."""
        self.status = status
        if status and "e" in self.options and not self.unchecked:
            raise ExitShell(status)
        return status
