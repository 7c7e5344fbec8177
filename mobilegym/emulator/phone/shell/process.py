"""A running program, as the program itself sees it: arguments, environment, streams and the phone it runs on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from mobilegym.emulator.phone.shell.errors import PhoneSideError
from mobilegym.emulator.phone.shell.streams import Reader, Writer

if TYPE_CHECKING:
    from mobilegym.emulator.phone.device import VirtualPhone
    from mobilegym.emulator.phone.kernel.kernel import Kernel
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["JavaError", "Process", "Program", "ProgramError", "Tty"]


class ProgramError(PhoneSideError):
    """A program gives up: `message` (without newline) goes to stderr, `status` is its exit status."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


class JavaError(PhoneSideError):
    """A framework command (`cmd`, `am`, `pm`, ...) throws: printed as Android's `cmd` prints an exception, exit status 255.

    Args:
        text: The message.
        kind: Java class of the exception.
        verb: The sub-command that threw; the first argument of the program where it is empty.
    """

    def __init__(self, text: str, kind: str = "java.lang.IllegalArgumentException", verb: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.kind = kind
        self.verb = verb


@dataclass(slots=True)
class Tty:
    """A terminal at the client's end."""

    columns: int = 80
    rows: int = 24
    interrupt: Callable[[], None] | None = None
    """Set by the interactive shell: ends the foreground program (Ctrl-C)."""


@dataclass(slots=True)
class Process:
    """One running program. Programs are functions of it; they return their exit status."""

    system: System
    pid: int
    argv: tuple[str, ...]
    """`argv[0]` is the name it was called by. Bytes that are no UTF-8 are surrogate escapes."""
    stdin: Reader
    stdout: Writer
    stderr: Writer
    env: Mapping[str, str] = field(default_factory=dict[str, str])
    cwd: str = "/"
    uid: int = 2000
    """2000 is `shell`, 0 is `root`."""
    tty: Tty | None = None

    @property
    def args(self) -> tuple[str, ...]:
        """The arguments without the program's name."""
        return self.argv[1:]

    @property
    def phone(self) -> VirtualPhone:
        return self.system.phone

    @property
    def kernel(self) -> Kernel:
        return self.system.phone.kernel

    def out(self, text: str) -> None:
        """Write text to stdout, as it is: newlines are the caller's."""
        self.stdout.write(text.encode("utf-8", "surrogateescape"))

    def err(self, text: str) -> None:
        """Write text to stderr, as it is."""
        self.stderr.write(text.encode("utf-8", "surrogateescape"))


Program: TypeAlias = Callable[[Process], "int | Awaitable[int]"]
"""What a name in `programs.PROGRAMS` stands for. May be a coroutine function; must be one to read stdin or to wait."""
