"""What a shell knows at any moment, and what its subshells inherit."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.processes import user_of
from mobilegym.emulator.phone.shell.sh.arithmetic import evaluate
from mobilegym.emulator.phone.shell.sh.errors import ShellError
from mobilegym.emulator.phone.shell.sh.files import FileWriter, Input, Output
from mobilegym.emulator.phone.shell.sh.jobs import Sleepers
from mobilegym.emulator.phone.shell.sh.syntax import Command, Script
from mobilegym.emulator.phone.shell.sh.variables import Variables
from mobilegym.emulator.phone.shell.streams import Reader, StreamClosed, Writer

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.process import Tty
    from mobilegym.emulator.phone.shell.sh.jobs import Job
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["Session", "State"]

_SH: Final = "/system/bin/sh"
_TURN: Final = 128
"""Commands between two turns of the event loop."""
_MAX_LIVE: Final = 400
"""Subshells at once, of one session."""
_LEFT_ALONE_S: Final = 0.02
"""A background job whose client has gone rests this long per turn, and longer among many: nobody waits for it."""


class Session:
    """What a shell and all its subshells share."""

    def __init__(self, system: System, tty: Tty | None) -> None:
        self.system = system
        self.tty = tty
        self.over = False
        """The client has gone; only background jobs are left."""
        self.unwritten: set[FileWriter] = set()
        """Files with content that is not yet in the file system."""
        self.sleepers = Sleepers(system)
        self.turns = 0
        self.live = 0
        self.seed = 0

    def flush(self) -> None:
        """Write out what was written to files, before somebody else may read them."""
        while self.unwritten:
            self.unwritten.pop().flush()


class State(ABC):
    """The variables of a shell in the widest sense. `fork` makes a subshell's."""

    def __init__(self, session: Session, stdin: Reader, stdout: Writer, stderr: Writer, *, uid: int = 2000) -> None:
        self.session = session
        self.system = session.system
        self.uid = uid
        self.variables = Variables()
        self.functions: dict[str, Command] = {}
        self.aliases: dict[str, str] = {}
        self.positional: tuple[str, ...] = ()
        self.name = _SH
        self.source = ""
        """File that the commands come from; empty where they came as text."""
        self.line = 0
        self.options: set[str] = set()
        self.streams: dict[int, Reader | Writer] = {0: Input.of(stdin), 1: stdout, 2: stderr}
        self.cwd = "/"
        self.umask = 0o022
        self.status = 0
        self.background_pid = 0
        self.substituted = 0
        """Status of the last command substitution."""
        self.traps: dict[str, str] = {}
        self.jobs: list[Job] = []
        self.background = False
        """Whether this is, or is within, a background job."""
        self.interactive = False
        self.depth = 0
        self.loops = 0
        self.unchecked = 0
        """Above zero where a failure is looked at (`if`, `&&`, `!`), so that `set -e` does not apply."""
        self._pid = 0
        self._root: State = self
        self.parent_pid = 412

    # ------------------------------------------------------------------ identity

    @property
    def pid(self) -> int:
        """`$$`: the pid of the shell, not of a subshell. Drawn when it is first asked for."""
        root = self._root
        if not root._pid:
            root._pid = self.system.processes.start("sh", root.terminator(), user=user_of(self.uid), ppid=root.parent_pid)
        return root._pid

    def adopt(self, pid: int) -> None:
        """This shell is a process that is in the table already, and somebody else ends it there."""
        self._pid = pid

    def end(self) -> None:
        """The shell itself is over."""
        if self._pid:
            self.system.processes.end(self._pid)

    @abstractmethod
    def terminator(self) -> Callable[[], None]:
        """What ends this shell when somebody kills it."""

    # ------------------------------------------------------------------ running

    @abstractmethod
    async def execute(self, command: Command) -> int:
        """Run a command."""

    @abstractmethod
    async def substitute(self, script: Script) -> str:
        """What a script prints, without the newlines at its end."""

    def inherit(self, parent: State) -> None:
        """Take over everything from the shell that this is a subshell of."""
        self.variables = parent.variables.copy()
        self.functions = parent.functions.copy()
        self.aliases = parent.aliases.copy()
        self.positional = parent.positional
        self.name, self.source, self.line = parent.name, parent.source, parent.line
        self.options = parent.options.copy()
        self.streams = parent.streams.copy()
        self.cwd, self.umask, self.status = parent.cwd, parent.umask, parent.status
        self.background_pid, self.background = parent.background_pid, parent.background
        self.depth, self.loops, self.unchecked = parent.depth, parent.loops, parent.unchecked
        self.traps = {signal: action for signal, action in parent.traps.items() if not action}
        self._root = parent._root
        self.parent_pid = parent.parent_pid

    def turn(self) -> bool:
        """Count a command; whether it is time to let others run (`await rest()`)."""
        self.session.turns += 1
        return not self.session.turns % _TURN

    async def rest(self) -> None:
        """Let others run, and wait until what was written has been taken."""
        await asyncio.sleep(_LEFT_ALONE_S * max(1, self.session.live) if self.session.over else 0)
        stdout = self.streams.get(1)
        if isinstance(stdout, Writer):
            await stdout.drain()

    def reserve(self) -> None:
        """Make sure that there may be one more subshell.

        Raises:
            ShellError: There are too many.
        """
        if self.session.live >= _MAX_LIVE:
            raise ShellError("can't fork - try again")

    # ------------------------------------------------------------------ streams

    @property
    def stdin(self) -> Input:
        """What is read from."""
        stream = self.streams.get(0)
        return stream if isinstance(stream, Input) else Input.of(stream if isinstance(stream, Reader) else None)

    @property
    def stdout(self) -> Writer:
        """What is written to."""
        return Output.of(self.streams.get(1))

    @property
    def stderr(self) -> Writer:
        """Where complaints go."""
        return Output.of(self.streams.get(2))

    def out(self, text: str) -> None:
        """Write text to stdout."""
        self.stdout.write(text.encode("utf-8", "surrogateescape"))

    def complain(self, message: str) -> None:
        """Write a message to stderr, as this shell's."""
        prefix = f"{self.name}: "
        if self.source:
            place = f"{self.source}[{self.line}]: "
            prefix = place if self.source == self.name else prefix + place
        with suppress(StreamClosed):
            self.stderr.write(f"{prefix}{message}\n".encode("utf-8", "surrogateescape"))

    # ------------------------------------------------------------------ variables

    def get(self, name: str) -> str | None:
        """Value of a variable; None if it is not set."""
        value = self.variables.values.get(name)
        if value is not None:
            return value
        if name.endswith("]"):
            array, _, subscript = name[:-1].partition("[")
            return self.variables.element(array, evaluate(subscript, self))
        if not name.isupper():
            return None
        match name:
            case "RANDOM":
                self.session.seed = (self.session.seed * 1_103_515_245 + 12_345 + self.pid) & 0x7FFFFFFF
                return str(self.session.seed >> 16)
            case "LINENO":
                return str(self.line)
            case "PPID":
                return str(self.parent_pid)
            case "SECONDS":
                return str(self.system.kernel.clock.now_ms // 1000 % 100_000)
            case "EPOCHREALTIME":
                return f"{self.system.kernel.clock.now_ms / 1000:.6f}"
            case _:
                return None

    def set(self, name: str, value: str) -> None:
        """Assign.

        Raises:
            ShellError: It is read-only, or too long.
        """
        if name == "RANDOM" and value.isdecimal():
            self.session.seed = int(value[:9])
        elif name == "OPTIND":
            self.variables.values.pop("_OPTIND_AT", None)
        elif name.endswith("]"):
            array, _, subscript = name[:-1].partition("[")
            self.variables.set_element(array, max(0, evaluate(subscript, self)), value)
            return
        if "a" in self.options:
            self.variables.exported.add(name)
        self.variables.set(name, value)
