"""Patterns of `case`, `${x#p}` and file names: `*`, `?`, `[a-z]`, and a backslash before what stands for itself.

Matching takes time in proportion to text times pattern, whatever the pattern.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Final

from mobilegym.emulator.phone.shell.sh.errors import ShellError

__all__ = ["Pattern", "compile_pattern", "escape_pattern", "has_magic", "unescape_pattern"]

_MAX_PATTERN: Final = 20_000
_SPECIAL: Final = re.compile(r"([\\*?\[\]!^-])")
_MAGIC: Final = re.compile(r"(?:\\.|[^\\*?\[])*[*?\[]", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_CLASSES: Final = {
    "alpha": "A-Za-z", "digit": "0-9", "alnum": "A-Za-z0-9", "upper": "A-Z", "lower": "a-z", "space": r"\s", "blank": r" \t",
    "punct": r"!-/:-@\[-`{-~", "xdigit": "0-9A-Fa-f", "print": " -~", "graph": "!-~", "cntrl": r"\x00-\x1f\x7f", "word": r"A-Za-z0-9_",
}  # fmt: skip


def escape_pattern(text: str) -> str:
    """The pattern that matches the text itself."""
    return _SPECIAL.sub(r"\\\1", text)


def unescape_pattern(pattern: str) -> str:
    """The text of a pattern without wildcards."""
    return _ESCAPED.sub(r"\1", pattern) if "\\" in pattern else pattern


def has_magic(pattern: str) -> bool:
    """Whether there is a wildcard in it."""
    return _MAGIC.match(pattern) is not None


class Pattern:
    """A compiled pattern: runs of elements that match one character each, with stars between the runs."""

    def __init__(self, runs: list[list[str]], literal: str | None) -> None:
        self._runs = runs
        self._literal = literal

    @cached_property
    def _head(self) -> str:
        return "".join(self._runs[0]) + "".join(f"(?>.*?{''.join(run)})" for run in self._runs[1:-1])

    @cached_property
    def _longest(self) -> re.Pattern[str]:
        tail = ".*" + "".join(self._runs[-1]) if len(self._runs) > 1 else ""
        return re.compile(self._head + tail, re.DOTALL)

    @cached_property
    def _shortest(self) -> re.Pattern[str]:
        tail = ".*?" + "".join(self._runs[-1]) if len(self._runs) > 1 else ""
        return re.compile(self._head + tail, re.DOTALL)

    @cached_property
    def _first(self) -> re.Pattern[str]:
        return re.compile("".join(self._runs[0]), re.DOTALL)

    @cached_property
    def _reversed(self) -> Pattern:
        return Pattern([run[::-1] for run in reversed(self._runs)], None if self._literal is None else self._literal[::-1])

    def matches(self, text: str) -> bool:
        """Whether the whole text matches."""
        if self._literal is not None:
            return text == self._literal
        return self._longest.fullmatch(text) is not None

    def prefix(self, text: str, *, longest: bool) -> int:
        """Length of what matches at the beginning of a text; -1 if nothing does."""
        if self._literal is not None:
            return len(self._literal) if text.startswith(self._literal) else -1
        match = (self._longest if longest else self._shortest).match(text)
        return match.end() if match else -1

    def suffix(self, text: str, *, longest: bool) -> int:
        """Length of what matches at the end of a text; -1 if nothing does."""
        if self._literal is not None:
            return len(self._literal) if text.endswith(self._literal) else -1
        return self._reversed.prefix(text[::-1], longest=longest)

    def find(self, text: str, start: int) -> tuple[int, int] | None:
        """Where the first and longest match at or after `start` begins and ends."""
        if self._literal is not None:
            at = text.find(self._literal, start)
            return None if at < 0 else (at, at + len(self._literal))
        # If the rest does not match after the first place where the first run does, it matches after no later one.
        first = self._first.search(text, start)
        match = self._longest.match(text, first.start()) if first else None
        return match.span() if match else None


@lru_cache(maxsize=512)
def compile_pattern(pattern: str) -> Pattern:
    """The compiled pattern.

    Raises:
        ShellError: It is too long.
    """
    if not has_magic(pattern):
        return Pattern([], unescape_pattern(pattern))
    if len(pattern) > _MAX_PATTERN:
        raise ShellError("pattern too long")
    runs: list[list[str]] = [[]]
    index = 0
    while index < len(pattern):
        char = pattern[index]
        index += 1
        if char == "*":
            if runs[-1] or len(runs) == 1:
                runs.append([])
        elif char == "?":
            runs[-1].append(".")
        elif char == "[" and (found := _bracket(pattern, index)) is not None:
            element, index = found
            runs[-1].append(element)
        elif char == "\\" and index < len(pattern):
            runs[-1].append(re.escape(pattern[index]))
            index += 1
        else:
            runs[-1].append(re.escape(char))
    return Pattern(runs, None)


def _bracket(pattern: str, index: int) -> tuple[str, int] | None:
    """The set whose `[` stands before `index`, as a regular expression, and where it ends."""
    negated = pattern[index : index + 1] in ("!", "^")
    index += negated
    members: list[str] = []
    first = True
    while index < len(pattern):
        char = pattern[index]
        if char == "]" and not first:
            inner = "".join(members)
            if not inner:
                return ("." if negated else "(?!)."), index + 1
            return f"[{'^' if negated else ''}{inner}]", index + 1
        first = False
        if char == "[" and (named := re.compile(r"\[:(\w+):\]").match(pattern, index)):
            members.append(_CLASSES.get(named[1], ""))
            index = named.end()
            continue
        low, index = _member(pattern, index)
        high = low
        if pattern[index : index + 1] == "-" and pattern[index + 1 : index + 2] not in ("]", ""):
            high, index = _member(pattern, index + 1)
        if low <= high:
            members.append(re.escape(low) if low == high else f"{re.escape(low)}-{re.escape(high)}")
    return None


def _member(pattern: str, index: int) -> tuple[str, int]:
    if pattern[index] == "\\" and index + 1 < len(pattern):
        return pattern[index + 1], index + 2
    return pattern[index], index + 1
