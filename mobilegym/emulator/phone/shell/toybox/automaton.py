"""Matches a regular expression without back-references in time that grows with the length of the text only."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from mobilegym.emulator.phone.shell.toybox.regex_syntax import Alt, Assert, Back, Cat, Group, Node, Rep, Set
from mobilegym.errors import MobileGymError

__all__ = ["Automaton", "TooMuchWork"]

_Marks: TypeAlias = "tuple[int, int, _Marks] | None"
"""Where groups begin and end, the last first."""
_ACCEPT: Final = -1
_MAX_CACHE: Final = 20_000
_MAX_WORK: Final = 700_000
"""States to look at for one line: about half a second."""
_WORK_PER_CHARACTER: Final = 40
"""And so many more for every character that is behind: a long line with many matches is no trouble."""


class TooMuchWork(MobileGymError):
    """One line takes too long."""


class Automaton:
    """A nondeterministic automaton, and what was learned of the deterministic one while it ran.

    State `i` either goes to others for nothing (`_jumps`), at a place that must be right (`_places`), or eats a character (`_eats`).
    """

    def __init__(self, tree: Node, flags: int) -> None:
        self._flags = flags | re.DOTALL
        self._multiline = bool(flags & re.MULTILINE)
        self._jumps: dict[int, tuple[int, ...]] = {}
        self._places: dict[int, tuple[str, int]] = {}
        self._eats: dict[int, tuple[re.Pattern[str], int]] = {}
        self._marks: dict[int, int] = {}
        self._line = ""
        self._work = 0
        self._most = _MAX_WORK
        self._next = 0
        self._start = self._build(tree, _ACCEPT)
        self._first = self._first_characters()
        self._steps: dict[tuple[frozenset[int], str, str], tuple[bool, frozenset[int]]] = {}

    # ------------------------------------------------------------------ building, from the end to the start

    def _new(self) -> int:
        self._next += 1
        return self._next

    def _build(self, node: Node, then: int) -> int:
        """States for `node` that go on at `then`; the first of them."""
        match node:
            case Set(text):
                state = self._new()
                self._eats[state] = re.compile(text, self._flags), then
                return state
            case Assert(text):
                state = self._new()
                self._places[state] = text, then
                return state
            case Group(number, inner):
                return self._mark(2 * number - 2, self._build(inner, self._mark(2 * number - 1, then)))
            case Cat(parts):
                for part in reversed(parts):
                    then = self._build(part, then)
                return then
            case Alt(parts):
                state = self._new()
                self._jumps[state] = tuple(self._build(part, then) for part in parts)
                return state
            case Rep(inner, low, high):
                return self._repeat(inner, low, high, then)
            case Back():
                raise ValueError("back-references need memory")

    def _mark(self, slot: int, then: int) -> int:
        state = self._new()
        self._jumps[state] = (then,)
        self._marks[state] = slot
        return state

    def _repeat(self, inner: Node, low: int, high: int | None, then: int) -> int:
        if high is None:
            loop = self._new()
            self._jumps[loop] = (self._build(inner, loop), then)
            then = loop
        else:
            end = then
            for _ in range(high - low):
                choice = self._new()
                self._jumps[choice] = (self._build(inner, then), end)
                then = choice
        for _ in range(low):
            then = self._build(inner, then)
        return then

    # ------------------------------------------------------------------ running

    def test(self, text: str) -> bool:
        """Whether it matches anywhere. Raises TooMuchWork."""
        self._begin(text)
        states, at, size = frozenset[int](), 0, len(text)
        while at <= size:
            if not states:
                at = self._next_start(text, at)
                if at > size:
                    return False
            before, after = text[at - 1] if at else "", text[at] if at < size else ""
            self._spend(1 + len(states) // 64)
            accepted, states = self._step(states | {self._start}, before, after)
            if accepted:
                return True
            at += 1
        return False

    def search(self, text: str, start: int = 0) -> tuple[int, int] | None:
        """Start and end of the leftmost match from `start` on, the longest of those. Raises TooMuchWork."""
        self._begin(text, start)
        # What begins earlier goes first: every state remembers the earliest start that reaches it.
        running: dict[int, int] = {}
        best: tuple[int, int] | None = None
        at, size = start, len(text)
        while at <= size:
            if not running:
                if best is not None:
                    return best
                at = self._next_start(text, at)
                if at > size:
                    return None
            before, after = text[at - 1] if at else "", text[at] if at < size else ""
            if best is None:
                running.setdefault(self._start, at)
            following: dict[int, int] = {}
            for state, since in sorted(self._closure(running, before, after).items(), key=_by_start):
                if state == _ACCEPT:
                    if best is None or since <= best[0]:
                        best = since, at
                elif after and state in self._eats and self._eats[state][0].fullmatch(after):
                    following.setdefault(self._eats[state][1], since)
            running = {s: since for s, since in following.items() if best is None or since <= best[0]}
            at += 1
        return best

    def groups(self, text: str, start: int, end: int, count: int) -> tuple[str | None, ...]:
        """What the groups hold in a match of that span. Raises TooMuchWork.

        The first way that fits, as a matcher that tries one after the other finds it; but none comes twice to a state at a place.
        """
        self._begin(text, start)
        seen = set[tuple[int, int]]()
        waiting: list[tuple[int, int, _Marks]] = [(self._start, start, None)]
        while waiting:
            state, at, marks = waiting.pop()
            if state == _ACCEPT and at == end:
                return _held(text, marks, count)
            if state == _ACCEPT or (state, at) in seen:
                continue
            seen.add((state, at))
            self._spend(1)
            if state in self._marks:
                marks = self._marks[state], at, marks
            after = text[at] if at < len(text) else ""
            if state in self._jumps:
                waiting += [(following, at, marks) for following in reversed(self._jumps[state])]
            elif state in self._places:
                place, following = self._places[state]
                if self._fits(place, text[at - 1] if at else "", after):
                    waiting.append((following, at, marks))
            elif at < end and self._eats[state][0].fullmatch(after):
                waiting.append((self._eats[state][1], at + 1, marks))
        return (None,) * count

    def _begin(self, text: str, start: int = 0) -> None:
        """Every line may take so much, however often it is looked at."""
        if text is not self._line:
            self._line, self._work = text, 0
        self._most = _MAX_WORK + start * _WORK_PER_CHARACTER

    def _spend(self, states: int) -> None:
        self._work += states
        if self._work > self._most:
            raise TooMuchWork

    def _next_start(self, text: str, at: int) -> int:
        """The next place where a match may begin, beyond the text where there is none."""
        if self._first is None:
            return at
        match = self._first.search(text, at)
        return len(text) + 1 if match is None else match.start()

    def _first_characters(self) -> re.Pattern[str] | None:
        """What a match begins with; None where it may be empty."""
        reached, waiting = set[int](), [self._start]
        while waiting:
            state = waiting.pop()
            if state in reached:
                continue
            reached.add(state)
            waiting += self._jumps.get(state, ())
            if state in self._places:
                waiting.append(self._places[state][1])
        if _ACCEPT in reached:
            return None
        return re.compile(
            "|".join(sorted({self._eats[state][0].pattern for state in reached if state in self._eats})) or "(?!)", self._flags
        )

    def _step(self, states: frozenset[int], before: str, after: str) -> tuple[bool, frozenset[int]]:
        kind = "" if not before else "\n" if before == "\n" else "w" if _is_word(before) else "."
        key = states, kind, after
        known = self._steps.get(key)
        if known is None:
            closed = self._closure(dict.fromkeys(states, 0), before, after)
            eaten = (self._eats[s][1] for s in closed if after and s in self._eats and self._eats[s][0].fullmatch(after))
            known = _ACCEPT in closed, frozenset(eaten)
            if len(self._steps) >= _MAX_CACHE:
                self._steps.clear()
            self._steps[key] = known
        return known

    def _closure(self, states: dict[int, int], before: str, after: str) -> dict[int, int]:
        """Every state that is reached for nothing, with the earliest start that reaches it."""
        found: dict[int, int] = {}
        waiting = sorted(states.items(), key=_by_start, reverse=True)
        while waiting:
            state, since = waiting.pop()
            if state in found and found[state] <= since:
                continue
            found[state] = since
            self._spend(1)
            if state in self._jumps:
                waiting += [(following, since) for following in self._jumps[state]]
            elif state in self._places and self._fits(self._places[state][0], before, after):
                waiting.append((self._places[state][1], since))
        return found

    def _fits(self, place: str, before: str, after: str) -> bool:
        left, right = _is_word(before), _is_word(after)
        match place:
            case "^":
                return not before or (self._multiline and before == "\n")
            case "$":
                return not after or (self._multiline and after == "\n")
            case r"\Z":
                return not after
            case r"\A":
                return not before
            case r"(?<!\w)":
                return not left
            case r"(?!\w)":
                return not right
            case r"(?<!\w)(?=\w)":
                return not left and right
            case r"(?<=\w)(?!\w)":
                return left and not right
            case _:
                return (left != right) == (place == r"\b")


def _held(text: str, marks: _Marks, count: int) -> tuple[str | None, ...]:
    places: dict[int, int] = {}
    while marks is not None:
        slot, at, marks = marks
        places.setdefault(slot, at)
    return tuple(text[places[2 * i] : places[2 * i + 1]] if 2 * i + 1 in places else None for i in range(count))


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _by_start(item: tuple[int, int]) -> int:
    return item[1]
