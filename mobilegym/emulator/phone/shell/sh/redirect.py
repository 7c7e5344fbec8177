"""Redirections: what a descriptor reads from and writes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.sh.errors import ShellError
from mobilegym.emulator.phone.shell.sh.expand import expand_text, expand_words
from mobilegym.emulator.phone.shell.sh.files import FileWriter, Input
from mobilegym.emulator.phone.shell.sh.syntax import HereDocument, Redirect, Word
from mobilegym.emulator.phone.shell.streams import BytesReader, NullWriter, Reader, Writer
from mobilegym.emulator.phone.shell.vfs_values import FsError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.sh.state import State

__all__ = ["redirect"]

_NULL: Final = NullWriter()
_HIGHEST: Final = 255


async def redirect(state: State, redirects: Sequence[Redirect]) -> dict[int, Reader | Writer]:
    """The streams after some redirections. The shell's own are left alone.

    Raises:
        ShellError: A file cannot be opened, or a descriptor is not there.
    """
    before = state.streams
    state.streams = streams = before.copy()
    try:
        for one in redirects:
            await _apply(state, streams, one)
    finally:
        state.streams = before
    return streams


async def _apply(state: State, streams: dict[int, Reader | Writer], one: Redirect) -> None:
    descriptor = one.descriptor
    if descriptor > _HIGHEST:
        raise ShellError(f"{descriptor}: bad file descriptor", fatal=False)
    if isinstance(one.target, HereDocument):
        streams[descriptor] = _text(await expand_text(state, one.target.body))
        return
    if one.operator == "<<<":
        streams[descriptor] = _text(await expand_text(state, one.target) + "\n")
        return
    target = await _target(state, one.target)
    match one.operator:
        case "<&" | ">&":
            await _duplicate(state, streams, descriptor, target, one.operator)
        case "<":
            streams[descriptor] = _reader(state, target)
        case "<>":
            streams[descriptor] = _reader(state, target, create=True)
        case "&>" | "&>>":
            streams[1] = streams[2] = _writer(state, target, append=one.operator == "&>>")
        case _:
            clobber = one.operator == ">|" or "C" not in state.options
            streams[descriptor] = _writer(state, target, append=one.operator == ">>", clobber=clobber)


def _text(text: str) -> Input:
    return Input(BytesReader(text.encode("utf-8", "surrogateescape")))


async def _target(state: State, word: Word) -> str:
    if word.literal is not None:
        return word.literal
    if state.interactive:
        names = await expand_words(state, [word])
        if len(names) == 1:
            return names[0]
    return await expand_text(state, word)


async def _duplicate(state: State, streams: dict[int, Reader | Writer], descriptor: int, target: str, operator: str) -> None:
    if target == "-":
        streams.pop(descriptor, None)
        return
    move = target.endswith("-") and len(target) > 1
    number = target[:-1] if move else target
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        if operator == ">&" and descriptor == 1 and not move:
            streams[1] = streams[2] = _writer(state, target)
            return
        raise ShellError(f"{target}: bad file descriptor", fatal=False)
    stream = streams.get(int(number))
    if stream is None:
        raise ShellError(f"{number}: bad file descriptor", fatal=False)
    if move:
        del streams[int(number)]
    streams[descriptor] = stream


def _reader(state: State, path: str, *, create: bool = False) -> Reader:
    files, uid = state.system.files, state.uid
    if path == "/dev/null":
        return Input(BytesReader())
    if path in ("/dev/stdin", "/dev/fd/0", "/dev/tty", "/proc/self/fd/0"):
        return state.stdin
    state.session.flush()
    try:
        resolved = files.resolve(path, state.cwd)
        if create and not files.exists(resolved, uid=uid):
            files.write(resolved, b"", mode=0o666 & ~state.umask, uid=uid)
        return Input(files.reader(resolved, uid=uid))
    except FsError as error:
        raise ShellError(f"can't open {path}: {error.text}", fatal=False) from error


def _writer(state: State, path: str, *, append: bool = False, clobber: bool = True) -> Writer:
    match path:
        case "/dev/null":
            return _NULL
        case "/dev/stdout" | "/dev/fd/1" | "/proc/self/fd/1":
            return state.stdout
        case "/dev/tty" | "/dev/stderr" | "/dev/fd/2" | "/proc/self/fd/2":
            return state.stderr
        case _:
            pass
    files, uid = state.system.files, state.uid
    state.session.flush()
    try:
        resolved = files.resolve(path, state.cwd)
        if path.endswith("/"):
            resolved += "/"
        there = files.exists(resolved, uid=uid)
        if there and not clobber and not append and not path.startswith("/dev/"):
            raise ShellError(f"can't create {path}: File exists", fatal=False)
        files.write(resolved, b"", mode=None if there else 0o666 & ~state.umask, append=append, uid=uid)
    except FsError as error:
        raise ShellError(f"can't create {path}: {error.text}", fatal=False) from error
    return FileWriter(state.session, resolved, uid)
