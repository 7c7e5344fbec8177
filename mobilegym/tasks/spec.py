"""The base of everything that YAML describes: strict, frozen, no unknown keys, and unions told apart by their key.

A closed union is written in YAML as a mapping with one key, which names the member: `{tap: {id: save}}`. `tagged` turns that
into the member's fields plus `kind`, so that an error's location reads like the YAML: `solution.3.tap.id`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, TypeVar, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

__all__ = ["HourMinute", "Items", "Scalar", "Spec", "Weekday", "expand_short", "tagged", "with_short"]

T = TypeVar("T")
Items: TypeAlias = Annotated[tuple[T, ...], Field(strict=False)]
"""A YAML list, kept as a tuple."""


def _check_scalar(data: object) -> object:
    if data is not None and not isinstance(data, (bool, int, float, str)):
        raise ValueError(f"must be text, a number, true, false or null, got {data!r}")
    return data


Scalar: TypeAlias = Annotated[None | bool | int | float | str, BeforeValidator(_check_scalar)]
HourMinute: TypeAlias = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
"""A time of day, `08:30`."""
Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Spec(BaseModel):
    """Something read from YAML: immutable, strict types, unknown keys refused."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", str_max_length=20_000)
    short: ClassVar[str | None] = None
    """The field that a plain value (not a mapping) stands for, where there is a short form."""


def _near(word: str, known: Mapping[str, object]) -> str:
    close = [k for k in known if k.startswith(word[:3]) and word]
    return f"; did you mean `{close[0]}`?" if close else ""


def tagged(what: str, members: Mapping[str, type[Spec]]) -> BeforeValidator:
    """A validator that reads `{member: fields}`, `{member: value}` (short form) or just `member` (no fields needed).

    Args:
        what: What is read, for the error message ("step", "check").
        members: YAML key to model; each model has a field `kind` with that key as its only value.
    """

    def read(data: object) -> object:
        if isinstance(data, Spec):
            return data
        if isinstance(data, str):
            data = {data: {}}
        if not isinstance(data, dict):
            raise ValueError(f"a {what} is a mapping with one key ({', '.join(members)}), got {data!r}")
        entries = cast("dict[str, Any]", data)
        if len(entries) != 1:
            raise ValueError(f"a {what} is a mapping with exactly one key, got {', '.join(map(str, entries)) or 'none'}")
        ((key, value),) = entries.items()
        if key not in members:
            raise ValueError(f"no such {what}: `{key}`{_near(key, members)}; there are {', '.join(members)}")
        return {"kind": key, **expand_short(members[key], value, key)}

    return BeforeValidator(read)


def expand_short(model: type[Spec], value: object, key: str) -> dict[str, Any]:
    """The fields of `model`, from a mapping or from its short form.

    Raises:
        ValueError: If `value` is no mapping and `model` has no short form.
    """
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        if "kind" in fields:
            raise ValueError("`kind` is not a key one can set")
        if model.short is None or not fields or set(fields) & set(model.model_fields):
            return fields
        return {model.short: fields}
    if value is None:
        return {}
    if model.short is None:
        raise ValueError(f"`{key}` takes a mapping, got {value!r}")
    return {model.short: value}


def with_short(model: type[Spec]) -> Callable[[object], object]:
    """A before-validator that lets `model` be written in its short form."""

    def read(data: object) -> object:
        return cast("object", data) if isinstance(data, (dict, Spec)) or model.short is None else {model.short: data}

    return read
