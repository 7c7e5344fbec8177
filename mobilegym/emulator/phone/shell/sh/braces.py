"""Brace expansion: `a{b,c}d` and `{1..9}`, before anything else is expanded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from mobilegym.emulator.phone.shell.sh.errors import SyntaxFailure
from mobilegym.emulator.phone.shell.sh.syntax import Literal, Part, Word
from mobilegym.emulator.phone.shell.sh.words import make_word

__all__ = ["expand_braces"]

_MAX_WORDS: Final = 20_000
_MAX_DEPTH: Final = 20
_RANGE: Final = re.compile(r"\{(-?\d{1,9})\.\.(-?\d{1,9})(?:\.\.(-?\d{1,9}))?\}|\{([A-Za-z])\.\.([A-Za-z])\}")

_Item: TypeAlias = "str | Part"
"""One unquoted character, or anything else."""


def expand_braces(word: Word) -> tuple[Word, ...]:
    """The words that a word stands for.

    Raises:
        SyntaxFailure: They are too many.
    """
    if not any(isinstance(part, Literal) and not part.quoted and "{" in part.text for part in word.parts):
        return (word,)
    items: list[_Item] = []
    for part in word.parts:
        items.extend(part.text if isinstance(part, Literal) and not part.quoted else (part,))
    expanded = _expand(items, 0)
    return (word,) if len(expanded) == 1 else tuple(make_word(_parts(items)) for items in expanded)


def _expand(items: Sequence[_Item], depth: int) -> list[list[_Item]]:
    if depth > _MAX_DEPTH:
        return [list(items)]
    for start in (index for index, item in enumerate(items) if item == "{"):
        found = _choices(items, start, depth)
        if found is not None:
            choices, end = found
            tails = _expand(items[end:], depth + 1)
            if len(choices) * len(tails) > _MAX_WORDS:
                raise SyntaxFailure("brace expansion: too many words")
            head = list(items[:start])
            return [[*head, *choice, *tail] for choice in choices for tail in tails]
    return [list(items)]


def _choices(items: Sequence[_Item], start: int, depth: int) -> tuple[list[list[_Item]], int] | None:
    """What the brace at `start` may be, and where it ends; None where it stands for itself."""
    level = 0
    cuts = [start]
    for index in range(start, len(items)):
        item = items[index]
        if item == "{":
            level += 1
        elif item == "," and level == 1:
            cuts.append(index)
        elif item == "}":
            level -= 1
            if not level:
                cuts.append(index)
                return _between(items, cuts, depth)
    return None


def _between(items: Sequence[_Item], cuts: list[int], depth: int) -> tuple[list[list[_Item]], int] | None:
    end = cuts[-1] + 1
    if len(cuts) == 2:
        inner = items[cuts[0] : end]
        text = "".join(item for item in inner if isinstance(item, str))
        match = _RANGE.fullmatch(text) if len(text) == len(inner) else None
        return ([list(value) for value in _range(match)], end) if match else None
    choices: list[list[_Item]] = []
    for left, right in zip(cuts, cuts[1:], strict=False):
        choices.extend(_expand(items[left + 1 : right], depth + 1))
        if len(choices) > _MAX_WORDS:
            raise SyntaxFailure("brace expansion: too many words")
    return choices, end


def _range(match: re.Match[str]) -> Iterator[str]:
    if match[4]:
        first, last = ord(match[4]), ord(match[5])
        step = 1 if last >= first else -1
        return (chr(code) for code in range(first, last + step, step))
    first, last = int(match[1]), int(match[2])
    step = abs(int(match[3] or 1)) or 1
    if abs(last - first) // step >= _MAX_WORDS:
        raise SyntaxFailure(f"{match[0]}: too many words")
    step = step if last >= first else -step
    return (str(number) for number in range(first, last + (1 if step > 0 else -1), step))


def _parts(items: Sequence[_Item]) -> Iterator[Part]:
    text: list[str] = []
    for item in items:
        if isinstance(item, str):
            text.append(item)
            continue
        if text:
            yield Literal("".join(text))
            text.clear()
        yield item
    if text or not items:
        yield Literal("".join(text))
