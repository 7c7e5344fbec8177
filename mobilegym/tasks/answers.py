"""Typed answers: what the agent says is read as a number, date, time, set, ... and compared as one.

An answer may be a sentence, but must commit to one value: "2 or 3" answers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Final, Literal, TypeAlias, assert_never

from pydantic import AfterValidator, Field

from mobilegym.tasks.matchers import same_number
from mobilegym.tasks.selectors import normalise
from mobilegym.tasks.spec import HourMinute, Items, Spec, tagged

__all__ = [
    "AnswerSpec",
    "DateAnswer",
    "ListAnswer",
    "NumberAnswer",
    "PhoneAnswer",
    "RegexAnswer",
    "SetAnswer",
    "TextAnswer",
    "TimeAnswer",
    "YesNoAnswer",
    "answer_holds",
    "describe_answer",
    "fold_text",
]

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_NUMBER_WORDS = {
    w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])
} | {
    "none": 0,
    "no": 0,
}
_SEPARATORS = re.compile(r"\s*(?:[,;\n•]|\band\b|&)\s*")


def _check_date(text: str) -> str:
    date.fromisoformat(text)
    return text


def _check_regex(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return text


class TextAnswer(Spec):
    """The answer is this text, or holds it as whole words and none of `excludes`. Case and punctuation do not count."""

    short: ClassVar[str | None] = "value"
    kind: Literal["text"] = "text"
    value: str
    also: Items[str] = ()
    """Other ways to say it."""
    excludes: Items[str] = ()
    """Wrong answers, so that naming everything does not pass."""


class NumberAnswer(Spec):
    """The one number in the answer."""

    short: ClassVar[str | None] = "value"
    kind: Literal["number"] = "number"
    value: float
    tolerance: Annotated[float, Field(ge=0)] = 0.0


class DateAnswer(Spec):
    """The one day in the answer; `2026-03-12`, `March 12`, `12 Mar 2026`, `3/12`. A year left out is taken as right."""

    short: ClassVar[str | None] = "value"
    kind: Literal["date"] = "date"
    value: Annotated[str, AfterValidator(_check_date)]


class TimeAnswer(Spec):
    """The one time of day in the answer; `15:30`, `3:30 PM`, `3 pm`."""

    short: ClassVar[str | None] = "value"
    kind: Literal["time"] = "time"
    value: HourMinute


class SetAnswer(Spec):
    """Exactly these, in any order, separated by commas, `and` or lines."""

    short: ClassVar[str | None] = "values"
    kind: Literal["set"] = "set"
    values: Items[str]


class ListAnswer(Spec):
    """Exactly these, in this order."""

    short: ClassVar[str | None] = "values"
    kind: Literal["list"] = "list"
    values: Items[str]


class PhoneAnswer(Spec):
    """The one telephone number in the answer."""

    short: ClassVar[str | None] = "value"
    kind: Literal["phone"] = "phone"
    value: str


class YesNoAnswer(Spec):
    short: ClassVar[str | None] = "value"
    kind: Literal["yes_no"] = "yes_no"
    value: bool


class RegexAnswer(Spec):
    """The whole answer fits, but for case and space at its ends."""

    short: ClassVar[str | None] = "value"
    kind: Literal["regex"] = "regex"
    value: Annotated[str, AfterValidator(_check_regex)]


_ANSWERS: Final[Mapping[str, type[Spec]]] = {
    "text": TextAnswer,
    "number": NumberAnswer,
    "date": DateAnswer,
    "time": TimeAnswer,
    "set": SetAnswer,
    "list": ListAnswer,
    "phone": PhoneAnswer,
    "yes_no": YesNoAnswer,
    "regex": RegexAnswer,
}
AnswerSpec: TypeAlias = Annotated[
    TextAnswer | NumberAnswer | DateAnswer | TimeAnswer | SetAnswer | ListAnswer | PhoneAnswer | YesNoAnswer | RegexAnswer,
    Field(discriminator="kind"),
    tagged("answer", _ANSWERS),
]


def fold_text(text: str) -> str:
    """Lower case, plain spaces and hyphens, no punctuation but inside words and numbers."""
    plain = re.sub(r"(?<!\w)[^\w\s]+|[^\w\s]+(?!\w)", " ", normalise(text).casefold())
    return " ".join(plain.split())


def _has_words(text: str, part: str) -> bool:
    return bool(part) and re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) is not None


def _text(spec: TextAnswer, answer: str) -> bool:
    said = fold_text(answer)
    wanted = [fold_text(v) for v in (spec.value, *spec.also)]
    if said in wanted:
        return True
    rest = said
    for part in sorted(wanted, key=len, reverse=True):
        rest = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", " ", rest) if part else rest
    return rest != said and not any(_has_words(rest, fold_text(e)) for e in spec.excludes)


def _numbers(answer: str) -> set[float]:
    text = normalise(answer).casefold()
    found = {
        float(n.replace(",", ""))
        for n in re.findall(r"(?<![\w.])[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w]|\.\d)", re.sub(r"(?<=\d)(?=[a-z%€$])", " ", text))
    }
    return found or {float(_NUMBER_WORDS[w]) for w in re.findall(r"[a-z]+", text) if w in _NUMBER_WORDS}


def _times(answer: str) -> set[int]:
    """Minutes since midnight."""
    text = normalise(answer).casefold().replace("a.m.", "am").replace("p.m.", "pm").replace("noon", "12 pm").replace("midnight", "12 am")
    found: set[int] = set()
    for hour, minute, half in re.findall(r"(?<![\d:])(\d{1,2})(?::(\d\d))?(?::\d\d)?\s*(am|pm)?(?![\d:])", text):
        if not minute and not half:
            continue
        h, m = int(hour), int(minute or 0)
        if half and not 1 <= h <= 12 or h > 23 or m > 59:
            continue
        found.add((h % 12 + (12 if half == "pm" else 0) if half else h) * 60 + m)
    return found


def _dates(answer: str) -> set[tuple[int | None, int, int]]:
    """Year (None where it is not said), month, day."""
    text = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", normalise(answer).casefold())
    found: set[tuple[int | None, int, int]] = set()
    for y, m, d in re.findall(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", text):
        found.add((int(y), int(m), int(d)))
    for m, d, y in re.findall(r"(?<![\d/-])(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])", text):
        found.add((int(y) if y else None, int(m), int(d)))
    names = "|".join(f"{m[:3]}(?:{m[3:]})?" if len(m) > 3 else m for m in _MONTHS)
    index = {m[:3]: n for n, m in enumerate(_MONTHS, start=1)}
    for name, d, y in re.findall(rf"\b({names})\.?\s+(\d{{1,2}})\b(?:,?\s+(\d{{4}}))?", text):
        found.add((int(y) if y else None, index[name[:3]], int(d)))
    for d, name, y in re.findall(rf"\b(\d{{1,2}})\.?\s+(?:of\s+)?({names})\b\.?(?:,?\s+(\d{{4}}))?", text):
        found.add((int(y) if y else None, index[name[:3]], int(d)))
    return found


def _date(spec: DateAnswer, answer: str) -> bool:
    wanted = date.fromisoformat(spec.value)
    said = _dates(answer)
    days = {(m, d) for _, m, d in said}
    years = {y for y, _, _ in said if y is not None}
    return days == {(wanted.month, wanted.day)} and years <= {wanted.year}


def _parts(answer: str) -> list[str]:
    return [p for p in (fold_text(x) for x in _SEPARATORS.split(answer)) if p]


def _yes_no(spec: YesNoAnswer, answer: str) -> bool:
    words = fold_text(answer).split()
    said = {w in ("yes", "true", "yep", "yeah") for w in words if w in ("yes", "true", "yep", "yeah", "no", "false", "nope")}
    return said == {spec.value}


def _phones(answer: str) -> list[str]:
    return [n for n in re.findall(r"\+?\(?\d[\d\s().-]{5,}\d", normalise(answer)) if len(re.sub(r"\D", "", n)) >= 7]


def answer_holds(spec: AnswerSpec, answer: str | None) -> bool:
    """Whether `answer` says what `spec` wants."""
    if answer is None or not answer.strip() or len(answer) > 10_000:
        return False
    match spec:
        case TextAnswer():
            return _text(spec, answer)
        case NumberAnswer():
            numbers = _numbers(answer)
            return len(numbers) == 1 and abs(numbers.pop() - spec.value) <= spec.tolerance + 1e-9
        case DateAnswer():
            return _date(spec, answer)
        case TimeAnswer():
            return _times(answer) == {int(spec.value[:2]) * 60 + int(spec.value[3:])}
        case SetAnswer():
            parts = _parts(answer)
            wanted = sorted({p for v in spec.values for p in _parts(v)})
            return sorted(set(parts)) == wanted
        case ListAnswer():
            return _parts(answer) == [p for v in spec.values for p in _parts(v)]
        case PhoneAnswer():
            phones = _phones(answer)
            return bool(phones) and all(same_number(p, spec.value) for p in phones)
        case YesNoAnswer():
            return _yes_no(spec, answer)
        case RegexAnswer():
            return re.fullmatch(spec.value, normalise(answer), re.IGNORECASE) is not None
        case _:
            assert_never(spec)


def describe_answer(spec: AnswerSpec) -> str:
    """What the answer should be."""
    given = spec.model_dump(exclude_unset=True, exclude={"kind"})
    wanted = given.get("value", given.get("values"))
    return f"{spec.kind} {wanted!r}"
