"""Values of parameters, and what `${x%y}`, `${x/y/z}` and `${x@Q}` make of them."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.shell.sh.errors import ShellError
from mobilegym.emulator.phone.shell.sh.patterns import compile_pattern
from mobilegym.emulator.phone.shell.sh.quoting import quoted
from mobilegym.emulator.phone.shell.sh.state import State

__all__ = ["modified", "plain_value"]

_MAX_VALUE: Final = 16 * 1024 * 1024


def plain_value(state: State, name: str) -> str | list[str] | None:
    """Value of a parameter: a list for `$@` and `$*`, None if it is not set."""
    if name[0] == "_" or name[0].isalpha():
        return state.get(name)
    match name:
        case "@" | "*":
            return list(state.positional)
        case "#":
            return str(len(state.positional))
        case "?":
            return str(state.status)
        case "$":
            return str(state.pid)
        case "!":
            return str(state.background_pid) if state.background_pid else None
        case "-":
            return "".join(sorted(option for option in state.options if len(option) == 1))
        case "0":
            return state.source or state.name
        case _:
            number = int(name[:9])
            return state.positional[number - 1] if number <= len(state.positional) else None


def modified(text: str, operator: str, arguments: list[str]) -> str:
    """The text after `${text OPERATOR arguments}`; the first argument is a pattern.

    Raises:
        ShellError: The outcome is too long.
    """
    if operator[0] == "@":
        return quoted(text) if operator == "@Q" else text
    pattern = compile_pattern(arguments[0])
    match operator:
        case "#" | "##":
            return text[max(0, pattern.prefix(text, longest=operator == "##")) :]
        case "%" | "%%":
            return text[: len(text) - max(0, pattern.suffix(text, longest=operator == "%%"))]
        case _:
            return _replaced(text, operator, arguments)


def _replaced(text: str, operator: str, arguments: list[str]) -> str:
    pattern = compile_pattern(arguments[0])
    new = arguments[1] if len(arguments) > 1 else ""
    if operator == "/#":
        end = pattern.prefix(text, longest=True)
        return new + text[end:] if end >= 0 else text
    if operator == "/%":
        length = pattern.suffix(text, longest=True)
        return text[: len(text) - length] + new if length >= 0 else text
    if not arguments[0]:
        return text
    parts: list[str] = []
    size = at = 0
    while at <= len(text) and (found := pattern.find(text, at)) is not None:
        start, end = found
        if end == start:
            break
        parts += (text[at:start], new)
        size += start - at + len(new)
        if size > _MAX_VALUE:
            raise ShellError("string too long")
        at = end
        if operator == "/":
            break
    return "".join(parts) + text[at:]
