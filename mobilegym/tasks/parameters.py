"""Seeded parameters: a closed union of samplers. Each has a generator of its own, so adding one does not change the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias, TypeVar, assert_never
from zoneinfo import ZoneInfo

from pydantic import Discriminator, Field, Tag, model_validator

from mobilegym.tasks.expressions import evaluate
from mobilegym.tasks.people import phone_number, sample_person
from mobilegym.tasks.spec import HourMinute, Items, Scalar, Spec, Weekday, tagged
from mobilegym.tasks.values import ParameterValue, fill, lookup
from mobilegym.tasks.words import SENTENCES, TOPICS

__all__ = [
    "Choice",
    "Code",
    "DateParameter",
    "Derive",
    "Email",
    "FileName",
    "Integer",
    "Option",
    "Parameter",
    "People",
    "PersonParameter",
    "PhoneNumber",
    "Sample",
    "SampleContext",
    "Sentence",
    "Text",
    "TimeParameter",
    "sample",
]

_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
T = TypeVar("T", bound="Text | Sentence")
Option: TypeAlias = Annotated[
    Annotated[Scalar, Tag("(plain)")] | Annotated[dict[str, Scalar], Tag("(mapping)")],
    Discriminator(lambda data: "(mapping)" if isinstance(data, dict) else "(plain)"),
]


class Choice(Spec):
    """One of several values; mappings give several names at once (`{state.word}`, `{state.value}`)."""

    short: ClassVar[str | None] = "of"
    kind: Literal["choice"] = "choice"
    of: Annotated[Items[Option], Field(min_length=1)]
    differs_from: str | None = None
    """Never the value of that parameter."""


class Sample(Spec):
    """`k` of several values, without repetition, in random order."""

    kind: Literal["sample"] = "sample"
    of: Annotated[Items[Option], Field(min_length=1)]
    k: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _enough(self) -> Sample:
        if self.k > len(self.of):
            raise ValueError(f"cannot take {self.k} of {len(self.of)} values")
        return self


class Integer(Spec):
    kind: Literal["integer"] = "integer"
    min: int
    max: int
    step: Annotated[int, Field(ge=1)] = 1
    differs_from: str | None = None

    @model_validator(mode="after")
    def _not_empty(self) -> Integer:
        if self.max < self.min:
            raise ValueError("`max` is less than `min`")
        return self


class PersonParameter(Spec):
    """An invented person (first, last, name, number, digits, email), sharing no name with the others of the task."""

    kind: Literal["person"] = "person"


class People(Spec):
    """`k` invented people."""

    short: ClassVar[str | None] = "k"
    kind: Literal["people"] = "people"
    k: Annotated[int, Field(ge=1, le=40)]


class PhoneNumber(Spec):
    kind: Literal["phone_number"] = "phone_number"


class Email(Spec):
    kind: Literal["email"] = "email"


class DateParameter(Spec):
    """A day, counted from the day the suite starts on."""

    kind: Literal["date"] = "date"
    from_days: Annotated[int, Field(ge=-3650, le=3650)] = 1
    to_days: Annotated[int, Field(ge=-3650, le=3650)] = 14
    weekdays: Items[Weekday] = ()
    """Only these; empty: any."""
    differs_from: str | None = None


class TimeParameter(Spec):
    """A time of day, in steps of minutes."""

    kind: Literal["time"] = "time"
    earliest: HourMinute = "08:00"
    latest: HourMinute = "20:00"
    step: Annotated[int, Field(ge=1, le=720)] = 5
    differs_from: str | None = None


class Text(Spec):
    """Short text on a topic of `words.TOPICS`; `k` makes it a list of different ones."""

    short: ClassVar[str | None] = "topic"
    kind: Literal["text"] = "text"
    topic: str
    k: Annotated[int, Field(ge=1)] | None = None
    differs_from: str | None = None

    @model_validator(mode="after")
    def _known(self) -> Text:
        return _check_topic(self, TOPICS)


class Sentence(Spec):
    """A sentence on a topic of `words.SENTENCES`; `k` makes it a list of different ones."""

    short: ClassVar[str | None] = "topic"
    kind: Literal["sentence"] = "sentence"
    topic: str = "smalltalk"
    k: Annotated[int, Field(ge=1)] | None = None
    differs_from: str | None = None

    @model_validator(mode="after")
    def _known(self) -> Sentence:
        return _check_topic(self, SENTENCES)


class FileName(Spec):
    """`draft_17.txt`"""

    short: ClassVar[str | None] = "ext"
    kind: Literal["file_name"] = "file_name"
    ext: Annotated[str, Field(pattern=r"^[a-z0-9]{1,5}$")]


class Code(Spec):
    """`digits` random digits as text, the first not 0."""

    short: ClassVar[str | None] = "digits"
    kind: Literal["code"] = "code"
    digits: Annotated[int, Field(ge=1, le=12)]


class Derive(Spec):
    """Made from parameters above it: exactly one of `text`, `value`, `date`, `time` and `datetime`."""

    kind: Literal["derive"] = "derive"
    text: str | None = None
    """With placeholders."""
    value: str | None = None
    """An expression: `minutes * 60`, `max(prices)`, `item.price + 2`, `people[0]`."""
    date: str | None = None
    """Name of a date, plus `add_days`."""
    time: str | None = None
    """Name of a time, plus `add_minutes` (past midnight it begins again)."""
    datetime: Annotated[tuple[str, str], Field(strict=False)] | None = None
    """Names of a date and a time, plus `add_minutes`; has `.s` and `.ms`, the epoch in the suite's time zone."""
    add_days: int | str = 0
    """A number, or the name of a parameter."""
    add_minutes: int | str = 0

    @model_validator(mode="after")
    def _one(self) -> Derive:
        given = [n for n in ("text", "value", "date", "time", "datetime") if getattr(self, n) is not None]
        if len(given) != 1:
            raise ValueError(f"`derive` needs exactly one of text, value, date, time, datetime; got {', '.join(given) or 'none'}")
        return self


_PARAMETERS: Final[Mapping[str, type[Spec]]] = {
    "choice": Choice,
    "sample": Sample,
    "integer": Integer,
    "person": PersonParameter,
    "people": People,
    "phone_number": PhoneNumber,
    "email": Email,
    "date": DateParameter,
    "time": TimeParameter,
    "text": Text,
    "sentence": Sentence,
    "file_name": FileName,
    "code": Code,
    "derive": Derive,
}
Parameter: TypeAlias = Annotated[
    Choice | Sample | Integer | PersonParameter | People | PhoneNumber | Email | DateParameter | TimeParameter | Text | Sentence | FileName
    | Code | Derive,
    Field(discriminator="kind"),
    tagged("parameter", _PARAMETERS),
]  # fmt: skip


def _check_topic(spec: T, topics: Mapping[str, tuple[str, ...]]) -> T:
    if spec.topic not in topics:
        raise ValueError(f"no such topic: {spec.topic!r}; there are {', '.join(topics)}")
    if spec.k is not None and spec.k > len(topics[spec.topic]):
        raise ValueError(f"`{spec.topic}` has only {len(topics[spec.topic])} texts")
    return spec


@dataclass(slots=True)
class SampleContext:
    """What sampling knows besides the parameter itself."""

    start: datetime
    """When the suite starts, aware."""
    values: dict[str, ParameterValue] = field(default_factory=dict[str, ParameterValue])
    """Parameters above."""
    taken: set[str] = field(default_factory=set[str])
    """Names and numbers of people so far."""

    @property
    def zone(self) -> ZoneInfo:
        zone = self.start.tzinfo
        if not isinstance(zone, ZoneInfo):
            raise ValueError("the start must have a named time zone")
        return zone


def sample(parameter: Parameter, rng: Random, context: SampleContext) -> ParameterValue:
    """A value for `parameter`.

    Raises:
        ValueError: If it refers to a parameter that is not above it, or nothing is left to choose.
    """
    match parameter:
        case PersonParameter():
            return _person(rng, context)
        case People():
            return [_person(rng, context) for _ in range(parameter.k)]
        case PhoneNumber():
            number = phone_number(rng)
            context.taken.add(number)
            return number
        case Email():
            return sample_person(rng, set()).email
        case FileName():
            return f"{rng.choice(TOPICS['file'])}_{rng.randrange(10, 100)}.{parameter.ext}"
        case Code():
            return str(rng.randrange(10 ** (parameter.digits - 1), 10**parameter.digits))
        case Sample():
            return rng.sample(list(parameter.of), parameter.k)
        case Text():
            return _texts(parameter, TOPICS[parameter.topic], rng, context)
        case Sentence():
            return _texts(parameter, SENTENCES[parameter.topic], rng, context)
        case Derive():
            return _derive(parameter, context)
        case Choice() | Integer() | DateParameter() | TimeParameter():
            return _pick(_options(parameter, context), parameter.differs_from, rng, context)
        case _:
            assert_never(parameter)


def _options(parameter: Choice | Integer | DateParameter | TimeParameter, context: SampleContext) -> Sequence[ParameterValue]:
    match parameter:
        case Choice():
            return parameter.of
        case Integer():
            return range(parameter.min, parameter.max + 1, parameter.step)
        case DateParameter():
            first = context.start.date()
            days = [first + timedelta(days=n) for n in range(parameter.from_days, parameter.to_days + 1)]
            return [d for d in days if not parameter.weekdays or _WEEKDAYS[d.weekday()] in parameter.weekdays]
        case TimeParameter():
            low, high = (int(t[:2]) * 60 + int(t[3:]) for t in (parameter.earliest, parameter.latest))
            return [time(m // 60, m % 60) for m in range(low, high + 1, parameter.step)]


def _pick(options: Sequence[ParameterValue], differs_from: str | None, rng: Random, context: SampleContext) -> ParameterValue:
    if differs_from is not None:
        other = lookup(context.values, differs_from)
        options = [o for o in options if o != other]
    if not options:
        raise ValueError("nothing to choose from: no value is left")
    return rng.choice(options)


def _texts(parameter: Text | Sentence, options: tuple[str, ...], rng: Random, context: SampleContext) -> ParameterValue:
    if parameter.k is not None:
        return rng.sample(options, parameter.k)
    return _pick(options, parameter.differs_from, rng, context)


def _person(rng: Random, context: SampleContext) -> ParameterValue:
    person = sample_person(rng, context.taken)
    context.taken |= {person.first, person.last, person.number}
    return person


def _typed(context: SampleContext, name: str, kind: type[Any], what: str) -> Any:
    head, *fields = name.split(".")
    value = lookup(context.values, head, fields)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ValueError(f"`{name}` is no {what}")
    return value


def _derive(spec: Derive, context: SampleContext) -> ParameterValue:
    def amount(given: int | str) -> int:
        return given if isinstance(given, int) else _typed(context, given, int, "whole number")

    if spec.text is not None:
        return str(fill(spec.text, context.values))
    if spec.value is not None:
        return evaluate(spec.value, context.values)
    if spec.date is not None:
        day: date = _typed(context, spec.date, date, "date")
        return date(day.year, day.month, day.day) + timedelta(days=amount(spec.add_days))
    minutes = timedelta(minutes=amount(spec.add_minutes))
    if spec.time is not None:
        return (datetime.combine(context.start.date(), _typed(context, spec.time, time, "time")) + minutes).time()
    if spec.datetime is None:
        raise ValueError("`derive` needs one of text, value, date, time, datetime")
    day = _typed(context, spec.datetime[0], date, "date")
    clock: time = _typed(context, spec.datetime[1], time, "time")
    naive = datetime.combine(day, clock) + minutes + timedelta(days=amount(spec.add_days))
    return naive.replace(tzinfo=context.zone)
