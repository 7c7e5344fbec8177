"""The language of `sed`: a script becomes a list of commands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.toybox.regex import Regex, compile_regex

__all__ = ["Address", "Command", "Substitution", "parse_script"]

_SIMPLE: Final = frozenset("dDgGhHlnNpPxzF=}")
_TEXTS: Final = frozenset("aic")
_LABELS: Final = frozenset("btT")
_FILES: Final = frozenset("rwRW")
_ONE_ADDRESS: Final = frozenset("qQ=")


@dataclass(frozen=True, slots=True)
class Address:
    """Which lines: one of a number, the last line, a pattern; or how far a range goes."""

    kind: str
    """`line`, `last`, `regex`, `step` (`first~number`), `plus` (`+number`) or `multiple` (`~number`)."""
    number: int = 0
    step: int = 0
    regex: Regex | None = None
    """None of kind `regex` is the last pattern used."""


@dataclass(frozen=True, slots=True)
class Substitution:
    """`s/regex/text/flags`."""

    regex: Regex | None
    parts: tuple[str | int, ...]
    """Text, group numbers, and case commands (`\\\\U` and so on, as text that begins with a NUL)."""
    which: int
    everywhere: bool
    printed: bool
    target: str


@dataclass(slots=True)
class Command:
    """One command with its addresses; `jump` is the index of the matching brace or of the label."""

    verb: str
    first: Address | None = None
    last: Address | None = None
    negated: bool = False
    text: str = ""
    number: int = 0
    substitution: Substitution | None = None
    table: dict[int, str] = field(default_factory=dict[int, str])
    jump: int = -1
    active: bool = False
    """Inside its range."""
    until: int = -1
    """Line where its range ends, where that is known."""


def parse_script(p: Process, script: str, *, extended: bool) -> list[Command]:
    """Read a script.

    Raises:
        ProgramError: It is none.
    """
    parser = _Parser(p, script, extended=extended)
    commands = parser.commands()
    _link(p, commands)
    return commands


def _link(p: Process, commands: list[Command]) -> None:
    labels = {c.text: i for i, c in enumerate(commands) if c.verb == ":"}
    stack: list[int] = []
    for i, command in enumerate(commands):
        if command.verb == "{":
            stack.append(i)
        elif command.verb == "}":
            if not stack:
                raise ProgramError("sed: unexpected }")
            commands[stack.pop()].jump = i
        elif command.verb in _LABELS:
            if command.text and command.text not in labels:
                raise ProgramError(f'sed: no :{command.text} (see "{p.argv[0]} --help")')
            command.jump = labels.get(command.text, len(commands))
    if stack:
        raise ProgramError("sed: no }")


class _Parser:
    def __init__(self, p: Process, script: str, *, extended: bool) -> None:
        self._p = p
        self._script = script
        self._at = 0
        self._extended = extended

    def commands(self) -> list[Command]:
        found: list[Command] = []
        while True:
            self._skip(" \t\n;")
            if self._at >= len(self._script):
                return found
            if self._peek() == "#":
                self._line()
                continue
            found.append(self._command())

    def _bad(self) -> ProgramError:
        return ProgramError(f"sed: bad pattern '{self._script}'@{self._at} ({self._script[self._at : self._at + 20]})")

    def _peek(self) -> str:
        return self._script[self._at : self._at + 1]

    def _take(self) -> str:
        mark = self._peek()
        self._at += 1
        return mark

    def _skip(self, marks: str) -> None:
        while self._peek() and self._peek() in marks:
            self._at += 1

    def _line(self) -> str:
        end = self._script.find("\n", self._at)
        end = len(self._script) if end < 0 else end
        text, self._at = self._script[self._at : end], end + 1
        return text

    def _number(self) -> int:
        match = re.compile(r"\d+").match(self._script, self._at)
        if match is None:
            raise self._bad()
        self._at = match.end()
        return int(match[0])

    # ------------------------------------------------------------------ addresses

    def _command(self) -> Command:
        command = Command("", self._address(second=False))
        self._skip(" \t")
        if command.first is not None and self._peek() == ",":
            self._at += 1
            self._skip(" \t")
            command.last = self._address(second=True)
            if command.last is None:
                raise self._bad()
        self._skip(" \t")
        while self._peek() == "!":
            self._at += 1
            command.negated = True
            self._skip(" \t")
        command.verb = self._take()
        if not command.verb or (command.last is not None and command.verb in "qQ") or (command.first is not None and command.verb in ":}"):
            self._at -= 1
            raise self._bad()
        self._rest(command)
        return command

    def _address(self, *, second: bool) -> Address | None:
        mark = self._peek()
        if mark.isdigit() and mark.isascii():
            number = self._number()
            if self._peek() == "~" and not second:
                self._at += 1
                return Address("step", number, self._number())
            return Address("line", number)
        if second and mark and mark in "+~":
            self._at += 1
            return Address("plus" if mark == "+" else "multiple", self._number())
        if mark == "$":
            self._at += 1
            return Address("last")
        if mark and mark in "/\\":
            self._at += 1
            end = self._take() if mark == "\\" else "/"
            text = self._delimited(end, regex=True)
            flags = re.compile(r"[IM]*").match(self._script, self._at)
            self._at = flags.end() if flags is not None else self._at
            return Address("regex", regex=self._regex(text, flags[0] if flags is not None else ""))
        return None

    def _regex(self, text: str, flags: str) -> Regex | None:
        if not text:
            return None
        ignore = "i" in flags.lower()
        return compile_regex(self._p, text, extended=self._extended, ignore_case=ignore, multiline="m" in flags.lower())

    def _delimited(self, end: str, *, regex: bool) -> str:
        """Text up to the delimiter `end`, which may be written in it with a backslash."""
        out: list[str] = []
        if not end or end in "\n\\":
            raise self._bad()
        while True:
            mark = self._take()
            if not mark:
                raise ProgramError(f"sed: bad pattern '{self._script}'@{len(self._script)} ()")
            if mark == end:
                return "".join(out)
            if mark == "[" and regex:
                self._at -= 1
                out.append(self._bracket())
            elif mark == "\\":
                following = self._take()
                if following == end and end not in "+?(){}|" and not (regex and end in "^$.*[]"):
                    out.append(following)
                elif following == end:
                    out.append("\\" + following if regex and end in "^$.*[]" else following)
                else:
                    out.append("\\" + following)
            else:
                out.append(mark)

    def _bracket(self) -> str:
        match = re.compile(r"\[\^?\]?(?:\[[:.=].*?[:.=]\]|[^\]])*\]", re.DOTALL).match(self._script, self._at)
        if match is None or "\n" in match[0]:
            self._at += 1
            return "["
        self._at = match.end()
        return match[0]

    # ------------------------------------------------------------------ what comes after the letter

    def _rest(self, command: Command) -> None:
        verb = command.verb
        if verb == "{":
            return
        if verb in _SIMPLE:
            self._end()
        elif verb in _TEXTS:
            command.text = self._text()
        elif verb == ":" or verb in _LABELS:
            self._skip(" \t")
            match = re.compile(r"[^\s;}]*" if verb != ":" else r"[^\n;]*").match(self._script, self._at)
            command.text = match[0].strip() if match is not None else ""
            self._at = match.end() if match is not None else self._at
        elif verb in _FILES:
            self._skip(" \t")
            command.text = self._line()
        elif verb in "qQlL":
            self._skip(" \t")
            command.number = self._number() if self._peek().isdigit() else 0
            self._end()
        elif verb == "s":
            command.substitution = self._substitution()
        elif verb == "y":
            end = self._take()
            left, right = (_plain(self._delimited(end, regex=False)) for _ in range(2))
            if len(left) != len(right):
                raise self._bad()
            command.table = {ord(a): b for a, b in zip(left, right, strict=True)}
            self._end()
        else:
            self._at -= 1
            raise self._bad()

    def _end(self) -> None:
        self._skip(" \t")
        if self._peek() == "#":
            self._line()
        elif self._peek() == "}":
            return
        elif self._peek() and self._take() not in ";\n":
            self._at -= 1
            raise self._bad()

    def _text(self) -> str:
        self._skip(" \t")
        if self._peek() == "\\":
            self._at += 1
            match = re.compile(r"[ \t]*\n").match(self._script, self._at)
            if match is not None:
                self._at = match.end()
        out: list[str] = []
        while mark := self._take():
            if mark == "\\":
                out.append(self._take())
            elif mark == "\n":
                break
            else:
                out.append(mark)
        return "".join(out)

    def _substitution(self) -> Substitution:
        end = self._take()
        pattern = self._delimited(end, regex=True)
        text = self._delimited(end, regex=False)
        which, everywhere, printed, target, flags = 0, False, False, "", ""
        while (mark := self._peek()) and mark not in " \t\n;}#":
            if mark.isdigit():
                which = self._number()
                continue
            self._at += 1
            if mark == "g":
                everywhere = True
            elif mark == "p":
                printed = True
            elif mark in "iImM":
                flags += mark
            elif mark == "w":
                self._skip(" \t")
                target = self._line()
                return Substitution(self._regex(pattern, flags), _replacement(text), which or 1, everywhere, printed, target)
            else:
                self._at -= 1
                raise self._bad()
        self._end()
        regex = self._regex(pattern, flags)
        parts = _replacement(text)
        if regex is not None and max((part for part in parts if isinstance(part, int)), default=0) > regex.groups:
            raise ProgramError(f"sed: no s//\\{max(p for p in parts if isinstance(p, int))}/")
        return Substitution(regex, parts, which or 1, everywhere, printed, target)


def _replacement(text: str) -> tuple[str | int, ...]:
    parts: list[str | int] = []

    def add(piece: str) -> None:
        if parts and isinstance(parts[-1], str) and not parts[-1].startswith("\0"):
            parts[-1] += piece
        else:
            parts.append(piece)

    at = 0
    while at < len(text):
        mark = text[at]
        at += 1
        if mark == "&":
            parts.append(0)
        elif mark == "\\" and at < len(text):
            following = text[at]
            at += 1
            if following.isdigit() and following.isascii():
                parts.append(int(following))
            elif following in "ULEul":
                parts.append("\0" + following)
            else:
                add({"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}.get(following, following))
        else:
            add(mark)
    return tuple(parts)


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t", "r": "\r"}.get(m[1], m[1]), text, flags=re.DOTALL)
