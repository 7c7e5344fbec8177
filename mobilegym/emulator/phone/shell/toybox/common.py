"""What the Unix tools share: files named on the command line, text in and out, and starting other programs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.streams import BytesReader, Reader, Writer, breathe
from mobilegym.emulator.phone.shell.vfs import FsError
from mobilegym.errors import DeviceError

__all__ = [
    "CHUNK", "Lines", "at", "complain", "decode", "encode", "human", "inputs", "open_input", "read_input", "reason", "spawn", "split_lines",
    "write_file", "write_out",
]  # fmt: skip

CHUNK: Final = 65_536
_MAX_TEXT: Final = 32 * 1024 * 1024
_MAX_LINES: Final = 1_500_000
_STDIN: Final = frozenset({"-", "/dev/stdin", "/proc/self/fd/0", "/dev/fd/0"})
_STDOUT: Final = frozenset({"-", "/dev/stdout", "/dev/tty", "/proc/self/fd/1", "/dev/fd/1"})
_STDERR: Final = frozenset({"/dev/stderr", "/proc/self/fd/2", "/dev/fd/2"})


def decode(data: bytes) -> str:
    """Bytes as text; what is no UTF-8 becomes surrogate escapes, so that `encode` gives the same bytes again.

    Raises:
        DeviceError: There are more than a program of this phone has room for.
    """
    if len(data) > _MAX_TEXT:
        raise DeviceError("out of memory")
    return data.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """The bytes of text that `decode` made."""
    return text.encode("utf-8", "surrogateescape")


def at(p: Process, name: str) -> str:
    """The absolute path of a file named on the command line. A slash at its end stays, for it asks for a folder.

    Raises:
        FsError: The name is none.
    """
    path = p.system.files.resolve(name, p.cwd)
    return path + "/" if name.endswith("/") and path != "/" else path


def complain(p: Process, name: str, error: FsError) -> None:
    """Tell what is wrong with a file: `cat: x: No such file or directory`."""
    p.err(f"{p.argv[0]}: {name}: {error.text}\n")


def reason(p: Process, name: str, error: FsError) -> ProgramError:
    """The same as an error that ends the program."""
    return ProgramError(f"{p.argv[0]}: {name}: {error.text}")


def open_input(p: Process, name: str) -> Reader:
    """A stream of the file of that name; `-` is stdin.

    Raises:
        FsError: It cannot be read.
    """
    if name in _STDIN:
        return p.stdin
    return p.system.files.reader(at(p, name), uid=p.uid)


async def read_input(p: Process, name: str) -> bytes:
    """All of a file; `-` is stdin.

    Raises:
        FsError: It cannot be read.
        ProgramError: It is too long.
    """
    if name in _STDIN:
        try:
            return await p.stdin.read_all()
        except ValueError as error:
            raise ProgramError(f"{p.argv[0]}: {error}") from error
    return p.system.files.read(at(p, name), uid=p.uid)


class Lines:
    """Goes through the input files of a program; `status` is 1 once one could not be read."""

    def __init__(self, p: Process, names: Sequence[str]) -> None:
        self._p = p
        self._names = list(names) or ["-"]
        self.status = 0

    async def contents(self) -> AsyncIterator[tuple[str, bytes]]:
        """`(name, content)` of each file that can be read; the others are complained about."""
        for name in self._names:
            try:
                data = await read_input(self._p, name)
            except FsError as error:
                complain(self._p, name, error)
                self.status = 1
                continue
            yield name, data

    async def lines(self) -> AsyncIterator[str]:
        """Every line of every file, without its newline."""
        async for _, data in self.contents():
            for line in split_lines(decode(data)):
                await breathe()
                yield line


async def inputs(p: Process, names: Sequence[str]) -> tuple[bytes, int]:
    """All files together, and 1 if one could not be read."""
    source = Lines(p, names)
    data = b"".join([data async for _, data in source.contents()])
    return data, source.status


def split_lines(text: str, ending: str = "\n") -> list[str]:
    """Lines without their endings; an unfinished last line counts.

    Raises:
        DeviceError: There are more than a program of this phone has room for.
    """
    if text.count(ending) > _MAX_LINES:
        raise DeviceError("out of memory")
    parts = text.split(ending)
    if parts[-1] == "":
        parts.pop()
    return parts


async def write_out(p: Process, data: bytes) -> None:
    """Write much, waiting for whoever reads it."""
    view = memoryview(data)
    for start in range(0, len(view), CHUNK):
        p.stdout.write(bytes(view[start : start + CHUNK]))
        await p.stdout.drain()


def write_file(p: Process, name: str, data: bytes, *, append: bool = False) -> None:
    """Write a file named on the command line, which may be one of the program's own streams.

    Raises:
        FsError: It cannot be written.
    """
    if name in _STDOUT:
        p.stdout.write(data)
    elif name in _STDERR:
        p.stderr.write(data)
    else:
        p.system.files.write(at(p, name), data, append=append, uid=p.uid)


def human(size: int) -> str:
    """A size as `-h` shows it: `512`, `1.2K`, `12M`."""
    if size < 1000:
        return str(size)
    value, units = size / 1024, "KMGTP"
    while value >= 999.5 and len(units) > 1:
        value, units = value / 1024, units[1:]
    unit = units[0]
    return f"{value:.1f}{unit}" if value < 9.95 else f"{value:.0f}{unit}"


async def spawn(
    p: Process, argv: Sequence[str], *, stdin: Reader | None = None, stdout: Writer | None = None, env: Mapping[str, str] | None = None,
    cwd: str | None = None, uid: int | None = None,
) -> int:  # fmt: skip
    """Run another program with the streams, environment and folder of this one unless others are given; its exit status.

    Raises:
        ProgramError: There is no such program (status 127).
        StreamClosed: Nobody reads what it writes.
    """
    from mobilegym.emulator.phone.shell.sh.run import call, find_program

    program = find_program(argv[0])
    if program is None and "/" in argv[0] and p.system.files.may(at(p, argv[0]), 1, uid=p.uid):
        # A script: every one of them is for the shell here.
        argv = ["sh", *argv]
        program = find_program("sh")
    if program is None:
        p.system.missing(argv[0])
        raise ProgramError(f"{p.argv[0]}: {argv[0]}: No such file or directory", 127)
    return await call(program, replace(
        p, argv=tuple(argv), pid=0, stdin=stdin or BytesReader(), stdout=stdout or p.stdout, env=p.env if env is None else env,
        cwd=p.cwd if cwd is None else cwd, uid=p.uid if uid is None else uid,
    ), ppid=p.pid)  # fmt: skip
