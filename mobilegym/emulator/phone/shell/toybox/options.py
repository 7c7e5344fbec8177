"""Options of the Unix tools, read as toybox reads them, with its messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError

__all__ = ["VERSION", "Options", "count", "number", "parse", "usage_error"]

VERSION: Final = "toybox 0.8.9-android"
_UNITS: Final = {"c": 1, "w": 2, "b": 512, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40, "p": 1 << 50}


@dataclass(slots=True)
class Options:
    """What was given: letters, their values in order, and the other arguments."""

    given: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    args: list[str] = field(default_factory=list[str])
    order: list[str] = field(default_factory=list[str])
    """Letters in the order they were given."""

    def __contains__(self, letter: str) -> bool:
        return letter in self.given

    def value(self, letter: str, default: str = "") -> str:
        """The last value of an option."""
        return self.given[letter][-1] if letter in self.given else default

    def values(self, letter: str) -> list[str]:
        """All values of an option, in order."""
        return self.given.get(letter, [])

    def last_of(self, letters: str) -> str:
        """Which of several options that exclude each other was given last; empty for none."""
        return next((letter for letter in reversed(self.order) if letter in letters), "")

    def add(self, letter: str, value: str = "") -> None:
        """Note an option."""
        self.given.setdefault(letter, []).append(value)
        self.order.append(letter)


def usage_error(p: Process, message: str, status: int = 1) -> ProgramError:
    """The error of a wrong call: `cut: Needs 1 argument (see "cut --help")`."""
    return ProgramError(f'{p.argv[0]}: {message} (see "{p.argv[0]} --help")', status)


def parse(
    p: Process, flags: str = "", values: str = "", optional: str = "", *, longs: Mapping[str, str] | None = None, least: int = 0,
    most: int | None = None, stop: bool = False, usage: str = "", status: int = 1,
) -> Options:  # fmt: skip
    """Read the arguments of `p`.

    Args:
        p: The program.
        flags: Letters without a value.
        values: Letters with a value, attached or the next argument.
        optional: Letters whose value is only what is attached.
        longs: Long names (without dashes) and the letter that each stands for.
        least: How many other arguments there must be.
        most: How many there may be.
        stop: Whether options end at the first other argument.
        usage: What `--help` prints after the program's name, or the whole text where it has several lines.
        status: Exit status of a wrong call.

    Raises:
        ProgramError: For a wrong call; after `--help` was answered, with status 0 and no message.
    """
    found, rest = Options(), list(p.args)
    while rest:
        arg = rest.pop(0)
        if arg == "--":
            found.args += rest
            break
        if arg.startswith("--"):
            _long(p, arg[2:], rest, found, flags + optional, dict(longs or {}), usage, status)
        elif len(arg) > 1 and arg[0] == "-":
            _cluster(p, arg[1:], rest, found, flags, values, optional, status)
        else:
            found.args.append(arg)
            if stop:
                found.args += rest
                break
    if len(found.args) < least:
        raise usage_error(p, f"Need{'s' if least == 1 else ''} {least} argument{'' if least == 1 else 's'}", status)
    if most is not None and len(found.args) > most:
        raise usage_error(p, f"Max {most} argument{'' if most == 1 else 's'}", status)
    return found


def _long(
    p: Process, text: str, rest: list[str], found: Options, flags: str, longs: dict[str, str], usage: str, status: int
) -> None:  # fmt: skip
    name, equals, value = text.partition("=")
    if name == "help":
        p.out(_help(p.argv[0], usage))
        raise ProgramError("", 0)
    if name == "version":
        p.out(VERSION + "\n")
        raise ProgramError("", 0)
    matches = [known for known in longs if known.startswith(name)]
    if name not in longs and len(matches) != 1:
        raise usage_error(p, f"Unknown option '{text}'", status)
    letter = longs[name if name in longs else matches[0]]
    if letter in flags or equals:
        found.add(letter, value)
    elif rest:
        found.add(letter, rest.pop(0))
    else:
        raise usage_error(p, f"Missing argument to '--{name}'", status)


def _cluster(
    p: Process, text: str, rest: list[str], found: Options, flags: str, values: str, optional: str, status: int
) -> None:  # fmt: skip
    while text:
        letter, text = text[0], text[1:]
        if letter in flags:
            found.add(letter)
        elif letter in optional:
            found.add(letter, text)
            return
        elif letter in values:
            if not text and not rest:
                raise usage_error(p, f"Missing argument to '{letter}'", status)
            found.add(letter, text or rest.pop(0))
            return
        else:
            raise usage_error(p, f"Unknown option '{letter}'", status)


def _help(name: str, usage: str) -> str:
    if "\n" in usage:
        return usage
    return f"usage: {name} {usage or '[OPTION...] [ARGUMENT...]'}\n"


def number(p: Process, text: str, *, low: int | None = None) -> int:
    """A whole number given as an argument.

    Raises:
        ProgramError: It is none.
    """
    try:
        value = int(text, 10)
    except ValueError:
        raise ProgramError(f"{p.argv[0]}: not integer: {text}") from None
    if low is not None and value < low:
        raise ProgramError(f"{p.argv[0]}: {text} < {low}")
    return value


def count(p: Process, text: str) -> int:
    """A size such as `10`, `4k`, `2M`, `1G`, `3kB` (1000s) or `0x20`.

    Raises:
        ProgramError: It is none.
    """
    body, factor, lower = text, 1, text.lower()
    if not lower.startswith(("0x", "-0x")):
        if lower[-2:-1] in _UNITS and lower.endswith(("kb", "mb", "gb", "tb", "kd", "md")):
            body, factor = text[:-2], 1000 ** ("kmgt".index(lower[-2]) + 1)
        elif lower[-1:] in _UNITS:
            body, factor = text[:-1], _UNITS[lower[-1]]
    try:
        return int(body, 0 if lower.startswith(("0x", "-0x")) else 10) * factor
    except ValueError:
        raise ProgramError(f"{p.argv[0]}: not integer: {text}") from None
