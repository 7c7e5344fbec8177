"""POSIX regular expressions, basic and extended.

A pattern is parsed, and then matched by Python's `re` where that cannot take long, else by an automaton whose time grows with the
length of the line only: no pattern from outside can stop the phone. The automaton also finds the longest of several alternatives,
as POSIX wants it and `re` does not; with back-references there is only `re`, on lines that are short enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.toybox.automaton import Automaton, TooMuchWork
from mobilegym.emulator.phone.shell.toybox.regex_syntax import Alt, Assert, Back, Cat, Group, Node, Rep, Set, parse_regex
from mobilegym.errors import DeviceError

__all__ = ["Found", "Regex", "compile_regex"]

_MAX_PATTERN: Final = 4096
_BUDGET: Final = 20_000_000
"""Steps that `re` may need for a line in the worst case."""
_MANY: Final = 10
_MAX_STATES: Final = 1000


@dataclass(frozen=True, slots=True)
class Found:
    """Where a pattern matched, and what its groups hold."""

    start: int
    end: int
    groups: tuple[str | None, ...]


class Regex:
    """A compiled pattern."""

    def __init__(self, tree: Node, groups: int, flags: int) -> None:
        self.groups = groups
        self._python = re.compile(_emit(tree, multiline=bool(flags & re.MULTILINE)), flags | re.DOTALL)
        self._back = _any(tree, Back)
        self._nested = _nested(tree)
        self._stars = _stars(tree)
        self._forks = _forks(tree)
        self._exact = _ambiguous(tree, flags)
        prefix = _prefix(tree)
        self._prefix = re.compile("".join(item.text for item in prefix), flags | re.DOTALL) if prefix else None
        self._judged = ("", True)
        self._automaton = None if self._back else Automaton(tree, flags)

    def test(self, line: str) -> bool:
        """Whether it matches anywhere in a line. Raises DeviceError where that takes too long, as does `search`."""
        if self._automaton is not None and not self._quick(line):
            try:
                return self._automaton.test(line)
            except TooMuchWork:
                raise DeviceError("out of memory") from None
        return self._python.search(self._short(line)) is not None

    def search(self, line: str, start: int = 0) -> Found | None:
        """The leftmost match from `start` on, the longest where there are several alternatives."""
        if self._automaton is not None and (self._exact or not self._quick(line)):
            return self._exactly(self._automaton, line, start)
        match = self._python.search(self._short(line), start)
        return None if match is None else Found(match.start(), match.end(), match.groups())

    def _exactly(self, automaton: Automaton, line: str, start: int) -> Found | None:
        try:
            # Whether there is any match is found out sooner than where.
            span = automaton.search(line, start) if start or automaton.test(line) else None
            if span is None:
                return None
            if not self._quick(line):
                return Found(*span, automaton.groups(line, *span, self.groups) if self.groups else ())
        except TooMuchWork:
            raise DeviceError("out of memory") from None
        match = self._python.fullmatch(line, *span) if self.groups else None
        return Found(*span, match.groups() if match is not None else (None,) * self.groups)

    def match(self, line: str) -> Found | None:
        """The match that covers the whole line."""
        found = self.search(line)
        return found if found is not None and found.start == 0 and found.end == len(line) else None

    def _quick(self, line: str) -> bool:
        """Whether `re` will be done soon, however badly the line fits."""
        if self._nested:
            return False
        if line is not self._judged[0]:
            self._judged = line, self._soon(line)
        return self._judged[1]

    def _soon(self, line: str) -> bool:
        length = len(line) + 1
        each = max(length**self._forks, length if self._stars else 1)
        # Where nothing is tried twice, a step is one character of a loop in C.
        budget = _BUDGET if self._forks else 50 * _BUDGET
        if length * each <= budget:
            return True
        return self._prefix is not None and sum(1 for _ in self._prefix.finditer(line)) * each <= budget

    def _short(self, line: str) -> str:
        # Only a pattern with back-references comes here with a long line.
        if not self._back:
            return line
        return line[:18] if self._nested else line[: max(18, int(_BUDGET ** (1 / (self._stars + 2))))]


def compile_regex(
    p: Process, text: str, *, extended: bool, ignore_case: bool = False, whole: bool = False, word: bool = False, multiline: bool = False,
) -> Regex:  # fmt: skip
    """Compile a pattern.

    Args:
        p: The program, for the error.
        text: The pattern.
        extended: Whether it is an extended one.
        ignore_case: Whether case matters not.
        whole: Only a match of the whole line counts.
        word: Only a match between word boundaries counts.
        multiline: `^` and `$` also match inside, at newlines.

    Raises:
        ProgramError: It is no pattern, or too long.
    """
    try:
        return _compiled(text, extended, ignore_case, whole, word, multiline)
    except (ValueError, re.error, OverflowError, RecursionError) as error:
        why = str(error) if isinstance(error, ValueError) and not isinstance(error, re.error) else "invalid regex"
        raise ProgramError(f"{p.argv[0]}: bad regex '{text}': {why}", 2 if p.argv[0] in ("grep", "egrep") else 1) from error


@lru_cache(maxsize=256)
def _compiled(text: str, extended: bool, ignore_case: bool, whole: bool, word: bool, multiline: bool) -> Regex:
    if len(text) > _MAX_PATTERN:
        raise ValueError("out of memory")
    tree, groups = parse_regex(text, extended=extended)
    if word:
        tree = Cat((Assert(r"(?<!\w)"), tree, Assert(r"(?!\w)")))
    if whole:
        tree = Cat((Assert("^"), tree, Assert(r"\Z")))
    if _size(tree) > _MAX_STATES:
        raise ValueError("out of memory")
    return Regex(tree, groups, (re.IGNORECASE if ignore_case else 0) | (re.MULTILINE if multiline else 0))


def _emit(node: Node, *, multiline: bool = False) -> str:
    """The pattern as Python's `re` writes it."""
    match node:
        case Set(text):
            return text
        case Assert(text):
            # Python's `$` also matches before a newline at the end.
            return r"(?:(?=\n)|\Z)" if text == "$" and multiline else r"\Z" if text == "$" else text
        case Back(number):
            return f"(?:\\{number})"
        case Group(_, inner):
            return f"({_emit(inner, multiline=multiline)})"
        case Cat(parts):
            return "".join(
                f"(?:{_emit(part, multiline=multiline)})" if isinstance(part, Alt) else _emit(part, multiline=multiline) for part in parts
            )
        case Alt(parts):
            return "|".join(_emit(part, multiline=multiline) for part in parts)
        case Rep(inner, low, high):
            body = _emit(inner, multiline=multiline) if isinstance(inner, (Set, Group)) else f"(?:{_emit(inner, multiline=multiline)})"
            short = ("*" if low == 0 else "+" if low == 1 else "") if high is None else "?" if (low, high) == (0, 1) else ""
            return body + (short or f"{{{low},{'' if high is None else high}}}")


def _children(node: Node) -> tuple[Node, ...]:
    match node:
        case Cat(parts) | Alt(parts):
            return parts
        case Group(_, inner) | Rep(inner, _, _):
            return (inner,)
        case _:
            return ()


def _any(node: Node, kind: type) -> bool:
    return isinstance(node, kind) or any(_any(child, kind) for child in _children(node))


def _stars(node: Node) -> int:
    own = isinstance(node, Rep) and (node.high is None or node.high > _MANY)
    return int(own) + sum(_stars(child) for child in _children(node))


def _forks(node: Node) -> int:
    """How many repetitions may end at several places: those that what follows them could continue."""
    if isinstance(node, Cat):
        clear = sum(
            isinstance(part, Rep) and isinstance(part.inner, Set) and isinstance(after, Set) and _disjoint(part.inner, after)
            for part, after in pairwise(node.parts)
        )
        return sum(_forks(part) for part in node.parts) - clear
    return _stars(node) if isinstance(node, Rep) else sum(_forks(child) for child in _children(node))


def _prefix(node: Node) -> list[Set]:
    """The characters that every match begins with."""
    if isinstance(node, Set):
        return [node]
    if isinstance(node, Group):
        return _prefix(node.inner)
    if not isinstance(node, Cat):
        return []
    sets: list[Set] = []
    for part in node.parts:
        if not isinstance(part, Set):
            return sets or (_prefix(part) if isinstance(part, (Group, Cat)) else [])
        sets.append(part)
    return sets


def _ambiguous(node: Node, flags: int) -> bool:
    """Whether there are alternatives of which the first that fits need not be the longest."""
    if isinstance(node, Alt):
        firsts = [(_prefix(part) or [None])[0] for part in node.parts]
        known = [first for first in firsts if first is not None]
        if len(known) < len(firsts) or flags & re.IGNORECASE:
            return True
        if not all(_disjoint(a, b) for a, b in combinations(known, 2)):
            return True
    return any(_ambiguous(child, flags) for child in _children(node))


@lru_cache(maxsize=1024)
def _members(text: str) -> frozenset[int]:
    pattern = re.compile(text, re.DOTALL)
    return frozenset(i for i in (*range(256), 0x4E00) if pattern.fullmatch(chr(i)))


def _disjoint(a: Set, b: Set) -> bool:
    return not _members(a.text) & _members(b.text)


def _nested(node: Node) -> bool:
    """Whether something is repeated that can itself match in several ways: what makes `re` take for ever."""
    if isinstance(node, Rep) and (node.high is None or node.high > 1) and (_any(node.inner, Rep) or _any(node.inner, Alt)):
        return True
    return any(_nested(child) for child in _children(node))


def _size(node: Node) -> int:
    """How many states the automaton will have, about."""
    inner = sum(_size(child) for child in _children(node))
    if isinstance(node, Rep):
        return 1 + inner * max(1, node.low, node.high or 1)
    return 1 + inner
