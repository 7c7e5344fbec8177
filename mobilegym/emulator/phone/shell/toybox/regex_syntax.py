"""The syntax of POSIX regular expressions, as a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

__all__ = ["Alt", "Assert", "Back", "Cat", "Group", "Node", "Rep", "Set", "parse_regex"]


@dataclass(frozen=True, slots=True)
class Set:
    """One character; `text` is the Python pattern of it."""

    text: str


@dataclass(frozen=True, slots=True)
class Assert:
    """A place; `text` is the Python pattern of it."""

    text: str


@dataclass(frozen=True, slots=True)
class Back:
    """What a group matched, once more."""

    number: int


@dataclass(frozen=True, slots=True)
class Group:
    """Parentheses, counted from 1."""

    number: int
    inner: Node


@dataclass(frozen=True, slots=True)
class Cat:
    """One after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alt:
    """One of several."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Rep:
    """Again and again; `high` None is without end."""

    inner: Node
    low: int
    high: int | None


Node: TypeAlias = "Set | Assert | Back | Group | Cat | Alt | Rep"

_CLASSES: Final = {
    "alpha": "a-zA-Z", "digit": "0-9", "alnum": "a-zA-Z0-9", "upper": "A-Z", "lower": "a-z", "space": r" \t\n\r\f\v", "blank": r" \t",
    "punct": r"!-/:-@\[-`{-~", "print": r" -~", "graph": "!-~", "cntrl": r"\x00-\x1f\x7f", "xdigit": "0-9A-Fa-f", "word": r"\w",
}  # fmt: skip
_ESCAPES: Final = {"w": r"\w", "W": r"\W", "s": r"\s", "S": r"\S", "n": r"\n", "t": r"\t", "r": r"\r", "f": r"\f", "v": r"\v", "a": r"\x07"}
_PLACES: Final = {"<": r"(?<!\w)(?=\w)", ">": r"(?<=\w)(?!\w)", "b": r"\b", "B": r"\B", "`": r"\A", "'": r"\Z"}
_MAX_DEPTH: Final = 100
_MAX_REPEAT: Final = 255


def parse_regex(text: str, *, extended: bool) -> tuple[Node, int]:
    """The tree of a pattern, and how many groups it has.

    Raises:
        ValueError: It is none.
    """
    parser = _Parser(text, extended=extended)
    tree = parser.alternatives(0)
    if not parser.ended:
        raise ValueError("parentheses not balanced")
    return tree, parser.groups


class _Parser:
    def __init__(self, text: str, *, extended: bool) -> None:
        self._text = text
        self._at = 0
        self._extended = extended
        self.groups = 0
        self._closed: set[int] = set()

    @property
    def ended(self) -> bool:
        return self._at >= len(self._text)

    def _special(self, mark: str) -> bool:
        """Whether the operator `mark` comes next, with a backslash in basic patterns; goes past it."""
        written = mark if self._extended else "\\" + mark
        if self._text.startswith(written, self._at):
            self._at += len(written)
            return True
        return False

    def _ahead(self, mark: str) -> bool:
        return self._text.startswith(mark if self._extended else "\\" + mark, self._at)

    def alternatives(self, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            raise ValueError("out of memory")
        branches = [self._branch(depth)]
        while self._special("|"):
            branches.append(self._branch(depth))
        return branches[0] if len(branches) == 1 else Alt(tuple(branches))

    def _branch(self, depth: int) -> Node:
        parts: list[Node] = []
        while not self.ended and not self._ahead("|"):
            if self._ahead(")"):
                if depth or not self._extended:
                    break
                self._at += 1
                parts.append(Set(r"\)"))
                continue
            atom = self._atom(depth, first=not parts)
            parts.append(atom if isinstance(atom, Assert) and not self._extended else self._repeated(atom))
        return parts[0] if len(parts) == 1 else Cat(tuple(parts))

    def _repeated(self, atom: Node) -> Node:
        while not self.ended:
            if self._text[self._at] == "*":
                self._at += 1
                atom = self._rep(atom, 0, None)
            elif self._special("+"):
                atom = self._rep(atom, 1, None)
            elif self._special("?"):
                atom = self._rep(atom, 0, 1)
            elif (bounds := self._bounds()) is not None:
                atom = self._rep(atom, *bounds)
            else:
                break
        return atom

    def _rep(self, atom: Node, low: int, high: int | None) -> Node:
        if isinstance(atom, Assert):
            return atom if low else Cat(())
        if isinstance(atom, Rep) and (atom.low, atom.high) == (low, high) and high is None:
            return atom
        return Rep(atom, low, high)

    def _bounds(self) -> tuple[int, int | None] | None:
        pattern = r"\{(\d*)(,?)(\d*)\}" if self._extended else r"\\\{(\d*)(,?)(\d*)\\\}"
        match = re.compile(pattern).match(self._text, self._at)
        if match is None or not (match[1] or match[2]):
            if not self._extended and self._text.startswith("\\{", self._at):
                raise ValueError("invalid repetition count(s)")
            return None
        self._at = match.end()
        low = int(match[1] or 0)
        high = low if not match[2] else int(match[3]) if match[3] else None
        if low > _MAX_REPEAT or (high is not None and (high > _MAX_REPEAT or high < low)):
            raise ValueError("invalid repetition count(s)")
        return low, high

    def _atom(self, depth: int, *, first: bool) -> Node:
        if self._special("("):
            self.groups += 1
            number = self.groups
            inner = self.alternatives(depth + 1)
            if not self._special(")"):
                raise ValueError("parentheses not balanced")
            self._closed.add(number)
            return Group(number, inner)
        mark = self._text[self._at]
        self._at += 1
        if mark == "\\":
            return self._escape()
        if mark == "[":
            return Set(self._bracket())
        if mark == ".":
            return Set(".")
        if mark == "^" and (self._extended or first):
            return Assert("^")
        if mark == "$" and (self._extended or self.ended or self._ahead(")") or self._ahead("|")):
            return Assert("$")
        if self._extended and mark in "*+?" and first:
            if mark == "*":
                return Set(r"\*")
            raise ValueError("repetition-operator operand invalid")
        return Set(re.escape(mark))

    def _escape(self) -> Node:
        if self.ended:
            raise ValueError("trailing backslash (\\)")
        mark = self._text[self._at]
        self._at += 1
        if mark in "123456789":
            if int(mark) not in self._closed:
                raise ValueError("invalid backreference number")
            return Back(int(mark))
        if mark in _PLACES:
            return Assert(_PLACES[mark])
        return Set(_ESCAPES.get(mark) or re.escape(mark))

    def _bracket(self) -> str:
        """Python's pattern of a bracket expression; the opening bracket is behind."""
        text, negated = self._text, False
        if text.startswith("^", self._at):
            negated = True
            self._at += 1
        items: list[str] = []
        start = self._at
        while True:
            if self.ended:
                raise ValueError("brackets ([ ]) not balanced")
            if text[self._at] == "]" and self._at > start:
                self._at += 1
                break
            items.append(self._bracket_item())
        return f"[{'^' if negated else ''}{''.join(items)}]"

    def _bracket_item(self) -> str:
        text = self._text
        match = re.compile(r"\[:([a-z]+):\]").match(text, self._at)
        if match is not None:
            self._at = match.end()
            if match[1] not in _CLASSES:
                raise ValueError("invalid character class")
            return _CLASSES[match[1]]
        low = self._bracket_char()
        if text.startswith("-", self._at) and not text.startswith("-]", self._at) and self._at + 1 < len(text):
            self._at += 1
            high = self._bracket_char()
            if low > high:
                raise ValueError("invalid character range")
            return f"{re.escape(low)}-{re.escape(high)}"
        return re.escape(low)

    def _bracket_char(self) -> str:
        text = self._text
        match = re.compile(r"\[([.=])(.)\1\]", re.DOTALL).match(text, self._at)
        if match is not None:
            self._at = match.end()
            return match[2]
        if text[self._at] == "\\" and text[self._at + 1 : self._at + 2] in ("n", "t"):
            self._at += 2
            return "\n" if text[self._at - 1] == "n" else "\t"
        self._at += 1
        return text[self._at - 1]
