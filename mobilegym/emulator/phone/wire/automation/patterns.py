"""Java regular expressions, as selectors hold them, with a bound on what matching them can cost."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from mobilegym.emulator.phone.wire.automation.errors import bad_selector

__all__ = ["Pattern", "java_pattern"]

_LONGEST: Final = 1_000
_SAMPLE: Final = [*map(chr, range(9, 127)), "\u00e9", "\u00df", "\u6f22", "\U0001f642", "\u200b", "\u00a0"]
"""Characters to tell by whether two classes have any in common."""
_MOST_STEPS: Final = 3_000_000
_POSIX: Final = {
    "Lower": "a-z", "Upper": "A-Z", "ASCII": "\\x00-\\x7F", "Alpha": "A-Za-z", "Digit": "0-9", "Alnum": "A-Za-z0-9",
    "Punct": "!-/:-@\\[-`{-~", "Space": "\\s", "L": "^\\W\\d_", "Lu": "A-Z", "Ll": "a-z", "N": "0-9", "Nd": "0-9", "IsDigit": "0-9",
    "IsAlphabetic": "^\\W\\d_", "P": "!-/:-@\\[-`{-~",
}  # fmt: skip


class Pattern:
    """A compiled expression. Matching a long text with many repetitions is refused, not endured."""

    __slots__ = ("_regex", "_repeats", "_ways", "source")

    def __init__(self, source: str, regex: re.Pattern[str], repeats: int, ways: int) -> None:
        self.source = source
        self._regex = regex
        self._repeats = repeats
        self._ways = ways

    def matches(self, text: str) -> bool:
        """Whether the whole text matches. Raises AutomationError where that could take too long."""
        self._check(text)
        return self._regex.fullmatch(text) is not None

    def found_in(self, text: str) -> bool:
        """Whether a part of the text matches. Raises AutomationError where that could take too long."""
        self._check(text)
        return self._regex.search(text) is not None

    def replace(self, text: str, by: str) -> str:
        """Every match replaced; `$1` is what the first group matched."""
        self._check(text)
        template = re.sub(r"\\(.)|\$(\d)", lambda m: f"\\g<{m[2]}>" if m[2] else "\\\\" if m[1] == "\\" else m[1], by)
        try:
            return self._regex.sub(template, text)
        except (re.error, IndexError) as error:
            raise bad_selector(f"cannot replace by {by!r}: {error}") from error

    def _check(self, text: str) -> None:
        if (len(text) + 1) ** self._repeats * self._ways > _MOST_STEPS:
            raise bad_selector(f"the expression {self.source[:80]!r} repeats too much for a text of {len(text)} characters")


@lru_cache(maxsize=256)
def java_pattern(source: str, *, dot_all: bool = True, flags: str = "") -> Pattern:
    r"""Compile.

    Args:
        source: What Java's `Pattern.compile` takes; possessive quantifiers, `\Q...\E` and `\p{Alpha}` are known.
        dot_all: `.` matches line breaks too.
        flags: Any of `i`, `m`, `s`, `x`.

    Raises:
        AutomationError: It is none, or matching it could take forever.
    """
    if len(source) > _LONGEST:
        raise bad_selector(f"a regular expression must be at most {_LONGEST} characters long")
    options = (re.DOTALL if dot_all or "s" in flags else 0) | (re.IGNORECASE if "i" in flags else 0)
    options |= (re.MULTILINE if "m" in flags else 0) | (re.VERBOSE if "x" in flags else 0)
    try:
        translated = _translate(source)
        repeats, ways = _cost(translated)
        return Pattern(source, re.compile(translated, options), repeats, ways)
    except (re.error, OverflowError, RecursionError) as error:
        raise bad_selector(f"{source[:200]!r} is no regular expression: {error}") from error


def _translate(source: str) -> str:
    out: list[str] = []
    at, in_class = 0, False
    while at < len(source):
        char = source[at]
        if char == "\\" and at + 1 < len(source):
            taken, text = _escape(source, at, in_class)
            out.append(text)
            at += taken
            continue
        if char == "[":
            out.append("\\[" if in_class else "[")
            in_class = True
        elif char == "]":
            out.append(char)
            in_class = False
        else:
            out.append(char)
        at += 1
    return "".join(out)


def _escape(source: str, at: int, in_class: bool) -> tuple[int, str]:
    """Length of the escape at `at`, and what Python writes for it."""
    after = source[at + 1]
    if after == "Q":
        end = source.find("\\E", at + 2)
        quoted = source[at + 2 :] if end < 0 else source[at + 2 : end]
        return (len(source) - at if end < 0 else end + 2 - at), re.escape(quoted)
    if after == "E":
        return 2, ""
    if after in "pP" and source[at + 2 : at + 3] == "{" and "}" in source[at:]:
        end = source.index("}", at)
        known = _POSIX.get(source[at + 3 : end])
        if known is None:
            raise re.error(f"unknown character class {source[at : end + 1]!r}")
        inverse = (after == "P") != known.startswith("^")
        known = known.removeprefix("^")
        if in_class and inverse:
            raise re.error("an inverted class within a class")
        return end + 1 - at, known if in_class else f"[{'^' if inverse else ''}{known}]"
    if after == "h":
        return 2, " \\t" if in_class else "[ \\t]"
    if after in "zZ":
        return 2, "\\Z"
    if after.isalpha() and after not in "dDwWsSbBAnrtfvxu0aN":
        raise re.error(f"unknown escape \\{after}")
    return 2, source[at : at + 2]


class _Group:
    """An open group while an expression is looked through."""

    def __init__(self) -> None:
        self.variable = False
        """Whether something in it can match in several lengths."""
        self.firsts: list[str] = [""]
        """What each of its alternatives begins with."""

    def ambiguous(self) -> bool:
        plain = all(f.isalnum() for f in self.firsts) and len(set(self.firsts)) == len(self.firsts)
        return self.variable or (len(self.firsts) > 1 and not plain)


_TOKENS: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?[:=!<>P]?)?|\)|[*+?]|\{\d+(?:,\d*)?\}|.", re.DOTALL)


def _cost(source: str) -> tuple[int, int]:
    """How many unbounded repetitions can shift against what follows them, and in how many ways the bounded ones can.

    Repetitions of repetitions are refused, they can take forever. The text before and behind (`.*x.*`) costs nothing extra.
    """
    core = source
    for edge in (".*", ".+"):
        core = core.removeprefix(edge)
        if core.endswith(edge) and not core.endswith("\\" + edge):
            core = core[: -len(edge)]
    tokens = [t[0] for t in _TOKENS.finditer(core)]
    repeats, ways = 0, 1
    groups, closed = [_Group()], _Group()
    for i, text in enumerate(tokens):
        before, top = tokens[i - 1] if i else "", groups[-1]
        many = text in ("*", "+") or _is_count(text)
        if text[0] == "(" and len(text) < 4:
            groups.append(_Group())
        elif text == ")" and len(groups) > 1:
            closed = groups.pop()
            groups[-1].variable |= closed.variable
            if len(closed.firsts) > 1 and closed.ambiguous():
                ways = min(ways * len(closed.firsts), _MOST_STEPS + 1)
        elif text == "|":
            top.firsts.append("")
        elif (text in ("+", "?") and (before in ("*", "+", "?") or _is_count(before))) or (not many and text != "?"):
            pass  # possessive, lazy, or nothing that repeats
        else:
            if before == ")" and many and closed.ambiguous():
                raise bad_selector(f"{source[:200]!r} repeats a repetition: matching it could take forever")
            unbounded, factor = _times(text)
            top.variable |= unbounded or factor > 1
            if _shifts(before, tokens[i + 1 :]):
                repeats, ways = repeats + unbounded, min(ways * factor, _MOST_STEPS + 1)
        if not top.firsts[-1] and text not in ("|", ")") and groups[-1] is top:
            top.firsts[-1] = text
    return repeats, ways


def _is_count(token: str) -> bool:
    return token[:1] == "{" and len(token) > 1


def _shifts(atom: str, following: list[str]) -> bool:
    """Whether what follows a repeated atom could match where the atom does: only then there are several ways to try."""
    follower = next((t for t in following if t not in ("+", "?")), "")
    if not follower:
        return False
    if atom == ")" or follower[0] in "()|*{^$" or "\\" in (atom, follower):
        return True
    try:
        one, other = re.compile(atom, re.DOTALL), re.compile(follower, re.DOTALL)
    except re.error:
        return True
    return any(one.fullmatch(c) and other.fullmatch(c) for c in _SAMPLE)


def _times(quantifier: str) -> tuple[bool, int]:
    """Whether it has no end, and how many lengths there are otherwise."""
    if quantifier == "?":
        return False, 2
    if quantifier[0] != "{":
        return True, 1
    low, comma, high = quantifier[1:-1].partition(",")
    if not comma:
        return False, 1
    return (False, max(1, int(high) - int(low) + 1)) if high and len(high) < 6 else (True, 1)
