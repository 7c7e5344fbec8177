"""How a check compares what the phone holds with what is wanted: a plain value for equality, or a mapping with an operator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from mobilegym.tasks.selectors import normalise
from mobilegym.tasks.spec import Items, Scalar, Spec

__all__ = ["Columns", "Match", "Matcher", "columns_match", "describe_match", "matches", "same_number"]


class Match(Spec):
    """Operators; all that are given must hold. Text operators ignore nothing unless they say so."""

    equals: Scalar = None
    not_: Annotated[Scalar, Field(alias="not")] = None
    one_of: Items[Scalar] | None = None
    contains: str | None = None
    contains_all: Items[str] | None = None
    starts_with: str | None = None
    ends_with: str | None = None
    like: str | None = None
    """Equal but for case, space at the ends and runs of space, and Android's special spaces and hyphens."""
    regex: str | None = None
    """Found somewhere in the text (`re.search`)."""
    min: float | None = None
    max: float | None = None
    near: Annotated[tuple[float, float], Field(strict=False)] | None = None
    """`[value, tolerance]`"""
    phone: str | None = None
    """The same telephone number, however it is written."""
    lines: Items[str] | None = None
    """The text's lines that are not blank, in any order, but for space at their ends."""
    empty: bool | None = None

    @field_validator("regex")
    @classmethod
    def _valid_regex(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                re.compile(value)
            except re.error as error:
                raise ValueError(f"not a regular expression: {error}") from error
        return value

    @model_validator(mode="after")
    def _not_empty(self) -> Match:
        if not self.model_fields_set:
            raise ValueError(f"needs an operator: {', '.join(sorted(f.rstrip('_') for f in type(self).model_fields))}")
        return self


Matcher: TypeAlias = Annotated[
    Annotated[Scalar, Tag("(plain)")] | Annotated[Match, Tag("(operators)")],
    Discriminator(lambda data: "(operators)" if isinstance(data, (dict, Match)) else "(plain)"),
]
"""`3`, `"text"`, `null`, or `{contains: text}`, `{min: 2, max: 5}`, ..."""
Columns: TypeAlias = dict[str, Matcher]
"""Column name → what it must hold."""


def same_number(a: str, b: str) -> bool:
    """Whether two telephone numbers are the same, as Android compares them: by digits, a country code more or less."""
    left, right = (re.sub(r"\D", "", n) for n in (a, b))
    short = min(len(left), len(right))
    return left == right if short < 7 else left[-min(short, 10) :] == right[-min(short, 10) :]


def _equal(actual: object, wanted: object) -> bool:
    if isinstance(wanted, bool):
        return actual is wanted or (
            isinstance(actual, (int, str)) and str(actual) in (("1", "true", "True") if wanted else ("0", "false", "False"))
        )
    if isinstance(wanted, (int, float)) and isinstance(actual, str):
        return _number(actual) == wanted
    if isinstance(wanted, str) and isinstance(actual, (int, float)) and not isinstance(actual, bool):
        return str(actual) == wanted
    return actual == wanted


def _number(value: object) -> float | None:
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, (int, float)):
        return float(value)
    try:
        return float(str(value))
    except ValueError:
        return None


def _fold(text: str) -> str:
    return " ".join(normalise(text).casefold().split())


def _text_holds(match: Match, text: str) -> bool:
    tests = (
        match.contains is None or match.contains in text,
        match.contains_all is None or all(part in text for part in match.contains_all),
        match.starts_with is None or text.startswith(match.starts_with),
        match.ends_with is None or text.endswith(match.ends_with),
        match.like is None or _fold(text) == _fold(match.like),
        match.regex is None or re.search(match.regex, text) is not None,
        match.phone is None or same_number(text, match.phone),
        match.lines is None or sorted(x.strip() for x in text.splitlines() if x.strip()) == sorted(x.strip() for x in match.lines),
        match.empty is None or (text == "") == match.empty,
    )
    return all(tests)


def _number_holds(match: Match, actual: object) -> bool:
    if match.min is None and match.max is None and match.near is None:
        return True
    number = _number(actual)
    if number is None:
        return False
    if match.near is not None and abs(number - match.near[0]) > match.near[1]:
        return False
    return (match.min is None or number >= match.min) and (match.max is None or number <= match.max)


def matches(matcher: Matcher, actual: object) -> bool:
    """Whether `actual` is as `matcher` wants it."""
    if isinstance(actual, bytes):
        actual = actual.decode("utf-8", "replace")
    if not isinstance(matcher, Match):
        return _equal(actual, matcher)
    given = matcher.model_fields_set
    if "equals" in given and not _equal(actual, matcher.equals):
        return False
    if "not_" in given and _equal(actual, matcher.not_):
        return False
    if matcher.one_of is not None and not any(_equal(actual, w) for w in matcher.one_of):
        return False
    return _text_holds(matcher, "" if actual is None else str(actual)) and _number_holds(matcher, actual)


def columns_match(wanted: Mapping[str, Matcher], row: Mapping[str, Any]) -> bool:
    """Whether every column of `wanted` is in `row` and as wanted."""
    return all(name in row and matches(matcher, row[name]) for name, matcher in wanted.items())


def describe_match(matcher: Matcher) -> str:
    """The matcher as one would write it."""
    if isinstance(matcher, Match):
        given = matcher.model_dump(exclude_unset=True, by_alias=True)
        return ", ".join(f"{k} {v!r}" for k, v in given.items())
    return repr(matcher)
