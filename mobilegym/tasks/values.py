"""Parameter values, and `{placeholders}` that put them into text.

A placeholder is `{name}`, `{name.field}`, `{name.0}` (list position) or `{name:%H:%M}` (format); `{{` and `}}` are braces.
A text that is one placeholder and nothing else takes the value itself, so `count: "{n}"` is a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from typing import TypeAlias, cast

from mobilegym.tasks.people import Person

__all__ = ["ParameterValue", "fill", "format_value", "lookup", "names_in", "plain"]

ParameterValue: TypeAlias = (
    "None | bool | int | float | str | date | time | datetime | Person | Mapping[str, ParameterValue] | Sequence[ParameterValue]"
)

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_EXPRESSION = re.compile(r"([a-z_][a-z0-9_]*)((?:\.[A-Za-z0-9_]+)*)(?::(.+))?", re.DOTALL)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _strftime(value: date | time, spec: str) -> str:
    """`strftime` with English names whatever the process's locale, and `%-d`, `%-I`, `%-H`, `%-m` on every system."""
    day: date | None = None if isinstance(value, time) else value
    clock: time | None = value if isinstance(value, time) else value.time() if isinstance(value, datetime) else None

    def code(match: re.Match[str]) -> str:
        letter = match.group(1)
        known: dict[str, str] = {"%": "%"}
        if day is not None:
            known |= {
                "Y": f"{day.year:04d}", "m": f"{day.month:02d}", "-m": str(day.month), "d": f"{day.day:02d}", "-d": str(day.day),
                "A": _DAYS[day.weekday()], "a": _DAYS[day.weekday()][:3], "B": _MONTHS[day.month - 1], "b": _MONTHS[day.month - 1][:3],
                "y": f"{day.year % 100:02d}",
            }  # fmt: skip
        if clock is not None:
            hour12 = clock.hour % 12 or 12
            known |= {
                "H": f"{clock.hour:02d}", "-H": str(clock.hour), "M": f"{clock.minute:02d}", "-M": str(clock.minute),
                "I": f"{hour12:02d}", "-I": str(hour12), "p": "AM" if clock.hour < 12 else "PM", "S": f"{clock.second:02d}",
            }  # fmt: skip
        if letter not in known:
            raise ValueError(f"`%{letter}` does not apply to a {type(value).__name__}")
        return known[letter]

    return re.sub(r"%(-?.)", code, spec)


def _attributes(value: ParameterValue) -> dict[str, ParameterValue]:
    if isinstance(value, Person):
        return {**asdict(value), "name": value.name, "digits": value.digits}
    result: dict[str, ParameterValue] = {}
    if isinstance(value, datetime):
        result |= {
            "date": value.date(),
            "time": value.time().replace(tzinfo=None),
            "s": int(value.timestamp()),
            "ms": int(value.timestamp()) * 1000,
        }
    if isinstance(value, date):
        result |= {
            "day": value.day, "month": value.month, "year": value.year, "weekday": _DAYS[value.weekday()],
            "month_name": _MONTHS[value.month - 1], "iso": value.isoformat()[:10], "long": _strftime(value, "%B %-d, %Y"),
        }  # fmt: skip
    if isinstance(value, (datetime, time)):
        result |= {"hour": value.hour, "minute": value.minute, "h24": _strftime(value, "%H:%M"), "h12": _strftime(value, "%-I:%M %p")}
    if isinstance(value, Mapping):
        result |= value
    return result


def lookup(values: Mapping[str, ParameterValue], name: str, fields: Sequence[str] = ()) -> ParameterValue:
    """The value of `name`, or of its field.

    Raises:
        ValueError: If there is none; says what there is.
    """
    if name not in values:
        raise ValueError(f"no parameter `{name}`; there are {', '.join(values) or 'none'}")
    value = values[name]
    shown = name
    for field in fields:
        if isinstance(value, Sequence) and not isinstance(value, str):
            if field == "count":
                value = len(value)
            elif field.isdigit() and int(field) < len(value):
                value = value[int(field)]
            else:
                raise ValueError(f"`{shown}` is a list of {len(value)}; take `{shown}.0`, ... or `{shown}.count`, not `.{field}`")
        else:
            known = _attributes(value)
            if field not in known:
                raise ValueError(f"`{shown}` has no `{field}`; it has {', '.join(known) or 'no fields'}")
            value = known[field]
        shown += f".{field}"
    return value


def plain(value: ParameterValue) -> object:
    """The value as YAML could have given it: dates and times as text, a person as the name."""
    match value:
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case Person():
            return value.name
        case str():
            return value
        case Mapping():
            return {k: plain(v) for k, v in value.items()}
        case Sequence():
            return [plain(v) for v in value]
        case _:
            return value


def format_value(value: ParameterValue, spec: str | None = None) -> str:
    """The value as text; a list as `a, b and c`, `spec` as in `strftime` (dates and times) or Python's `format` (numbers)."""
    if spec:
        if isinstance(value, (date, time)):
            return _strftime(value, spec)
        if isinstance(value, (int, float, str)):
            if spec in ("lower", "upper", "title", "capitalize"):
                return cast("str", getattr(str(value), spec)())
            return format(value, spec)
        if isinstance(value, Sequence):
            return spec.replace("\\n", "\n").join(format_value(v) for v in value)
        raise ValueError(f"a {type(value).__name__} takes no format, got {spec!r}")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        raise ValueError(f"take a field of it: {', '.join(value)}")
    if isinstance(value, Sequence) and not isinstance(value, str):
        parts = [format_value(v) for v in value]
        return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
    return "" if value is None else str(plain(value))


def _parse(expression: str) -> tuple[str, tuple[str, ...], str | None]:
    match = _EXPRESSION.fullmatch(expression)
    if match is None:
        raise ValueError(
            f"not a placeholder: `{{{expression}}}`; write `{{name}}`, `{{name.field}}` or `{{name:format}}`, and `{{{{` for a brace"
        )
    return match.group(1), tuple(f for f in match.group(2).split(".") if f), match.group(3)


def _tokens(text: str) -> Iterator[tuple[str, str | None]]:
    """Pairs of literal text and the expression that follows it (None at the end)."""
    literal, position = "", 0
    for match in _TOKEN.finditer(text):
        literal += text[position : match.start()]
        position = match.end()
        token = match.group()
        if token in ("{{", "}}"):
            literal += token[0]
        elif match.group(1) is not None:
            yield literal, match.group(1)
            literal = ""
        else:
            raise ValueError(f"a lone `{token}`; write `{token}{token}` for a brace")
    yield literal + text[position:], None


def names_in(text: str) -> set[str]:
    """The parameters that `text` refers to."""
    return {_parse(expression)[0] for _, expression in _tokens(text) if expression is not None}


def fill(text: str, values: Mapping[str, ParameterValue]) -> object:
    """`text` with its placeholders replaced.

    Raises:
        ValueError: For an unknown parameter, field or format, or an unbalanced brace.
    """
    parts = list(_tokens(text))
    if len(parts) == 2 and not parts[0][0] and not parts[1][0] and parts[0][1] is not None:
        name, fields, spec = _parse(parts[0][1])
        if spec is None:
            return plain(lookup(values, name, fields))
    result = ""
    for literal, expression in parts:
        result += literal
        if expression is not None:
            name, fields, spec = _parse(expression)
            result += format_value(lookup(values, name, fields), spec)
    return result
