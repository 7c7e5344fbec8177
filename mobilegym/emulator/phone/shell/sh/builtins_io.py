"""`echo`, `print`, `printf` and `read`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.sh.errors import ShellError
from mobilegym.emulator.phone.shell.sh.formats import format_printf
from mobilegym.emulator.phone.shell.sh.quoting import echo_escapes

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.sh.interpreter import Shell

__all__ = ["echo", "echo_text", "print_words", "printf", "read"]

_ECHO_OPTIONS: Final = re.compile(r"-[neE]+")


def echo_text(args: Sequence[str]) -> str:
    """What `echo args` prints: escapes are interpreted unless `-E`."""
    index = 0
    newline, escapes = True, True
    while index < len(args) and args[index][:1] == "-" and _ECHO_OPTIONS.fullmatch(args[index]):
        for letter in args[index][1:]:
            if letter == "n":
                newline = False
            else:
                escapes = letter == "e"
        index += 1
    text = " ".join(args[index:])
    if escapes:
        text, stopped = echo_escapes(text)
        newline = newline and not stopped
    return text + "\n" if newline else text


def echo(shell: Shell, argv: list[str]) -> int:
    shell.out(echo_text(argv[1:]))
    return 0


def print_words(shell: Shell, argv: list[str]) -> int:
    """`print [-nr] [-u2] words`: escapes are interpreted unless `-r`."""
    args = argv[1:]
    newline, raw, error = True, False, False
    while args and args[0].startswith("-") and len(args[0]) > 1:
        option = args.pop(0)
        if option == "--":
            break
        newline = newline and "n" not in option
        raw = raw or "r" in option or "R" in option
        error = error or option == "-u2"
    text = " ".join(args)
    if not raw:
        text, stopped = echo_escapes(text)
        newline = newline and not stopped
    data = (text + "\n" * newline).encode("utf-8", "surrogateescape")
    (shell.stderr if error else shell.stdout).write(data)
    return 0


def printf(shell: Shell, argv: list[str]) -> int:
    args = argv[2:] if argv[1:2] == ["--"] else argv[1:]
    if not args:
        raise ShellError("missing format", fatal=False)
    text, complaints = format_printf(args[0], args[1:])
    shell.out(text)
    for complaint in complaints:
        shell.complain(f"printf: {complaint}")
    return 1 if complaints else 0


# ---------------------------------------------------------------------- read


async def read(shell: Shell, argv: list[str]) -> int:
    """`read [-r] [-d delimiter] [-n count] [-u descriptor] [-p prompt] [-A array] names`."""
    raw, delimiter, count, array, names = _read_options(shell, argv)
    shell.session.flush()
    if count is not None:
        data = await _characters(shell, count)
        complete = bool(data)
    else:
        data, complete = await _line(shell, delimiter, raw=raw)
    text = data.decode("utf-8", "surrogateescape").replace("\0", "")
    text, kept = (text, frozenset[int]()) if raw else _unescaped(text)
    ifs = shell.variables.values.get("IFS", " \t\n")
    if array:
        shell.variables.set_array(array, _fields(text, ifs, 1 << 30, kept))
        return 0 if complete else 1
    names = names or ["REPLY"]
    values = _fields(text, ifs, len(names), kept)
    for index, name in enumerate(names):
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
            raise ShellError(f"{name}: is not an identifier", fatal=False)
        shell.set(name, values[index] if index < len(values) else "")
    return 0 if complete else 1


def _read_options(shell: Shell, argv: list[str]) -> tuple[bool, bytes, int | None, str, list[str]]:
    args = argv[1:]
    raw, delimiter, count, array = False, b"\n", None, ""
    while args and args[0].startswith("-") and len(args[0]) > 1:
        option = args.pop(0)
        if option == "--":
            break
        letters = option[1:]
        while letters:
            letter, letters = letters[0], letters[1:]
            if letter == "r":
                raw = True
                continue
            if letter not in "dnNutpA":
                raise ShellError(f"-{letter}: unknown option", fatal=False)
            value = letters or (args.pop(0) if args else "")
            letters = ""
            if letter == "d":
                delimiter = value.encode("utf-8", "surrogateescape")[:1] or b"\0"
            elif letter in "nN":
                count = int(value[:7]) if value.isdecimal() else 1
            elif letter == "A":
                array = value
            elif letter == "p" and shell.session.tty is not None:
                shell.stderr.write(value.encode("utf-8", "surrogateescape"))
            elif letter == "u" and value.isdecimal() and int(value[:6]) not in shell.streams:
                raise ShellError(f"-u: {value}: bad file descriptor", fatal=False)
    return raw, delimiter, count, array, args


async def _characters(shell: Shell, count: int) -> bytes:
    parts: list[bytes] = []
    while count > 0 and (part := await shell.stdin.read(count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


async def _line(shell: Shell, delimiter: bytes, *, raw: bool) -> tuple[bytes, bool]:
    """A line without its end, and whether it had one. A backslash at its end joins the next one to it."""
    lines: list[bytes] = []
    while True:
        line = await shell.stdin.line(delimiter)
        if not line.endswith(delimiter):
            return b"".join((*lines, line)), False
        line = line[:-1]
        if raw or (len(line) - len(line.rstrip(b"\\"))) % 2 == 0:
            return b"".join((*lines, line)), True
        lines.append(line[:-1])


def _unescaped(text: str) -> tuple[str, frozenset[int]]:
    """The text without its backslashes, and the places of what stood behind them."""
    if "\\" not in text:
        return text, frozenset()
    out: list[str] = []
    kept: set[int] = set()
    index = 0
    while index < len(text):
        if text[index] == "\\" and index + 1 < len(text):
            index += 1
            kept.add(len(out))
        out.append(text[index])
        index += 1
    return "".join(out), frozenset(kept)


def _fields(text: str, ifs: str, limit: int, kept: frozenset[int]) -> list[str]:
    """At most `limit` fields; the last has all the rest."""
    blank = {char for char in ifs if char in " \t\n"}

    def is_in(index: int, chars: str | set[str]) -> bool:
        return index < len(text) and index not in kept and text[index] in chars

    fields: list[str] = []
    index = 0
    while is_in(index, blank):
        index += 1
    while index < len(text):
        start = index
        while index < len(text) and not is_in(index, ifs):
            index += 1
        end = index
        while is_in(index, blank):
            index += 1
        if is_in(index, ifs) and not is_in(index, blank):
            index += 1
            while is_in(index, blank):
                index += 1
        if len(fields) == limit - 1 and index < len(text):
            end = len(text)
            while end > start and is_in(end - 1, blank):
                end -= 1
            fields.append(text[start:end])
            break
        fields.append(text[start:end])
    return fields
