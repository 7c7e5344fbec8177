"""What a task may change: patterns over the state tree, and scopes that stand for all the rows of one contact, event, file, ...

A pattern is `path` or `path#column,column`; `*` stands for anything within a part of the path, `**` for anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias, cast

from pydantic import BeforeValidator, Field, model_validator

from mobilegym.emulator.device import Namespace
from mobilegym.tasks.checks import HowMany
from mobilegym.tasks.matchers import Columns, Matcher
from mobilegym.tasks.spec import HourMinute, Items, Spec, expand_short

__all__ = [
    "AlarmScope",
    "Allow",
    "CallScope",
    "Change",
    "ContactScope",
    "EffectAllow",
    "EventScope",
    "FileScope",
    "Forbid",
    "NoteScope",
    "PathScope",
    "Pattern",
    "SettingScope",
    "SideEffects",
    "SmsScope",
    "glob_matches",
    "split_columns",
]

Change: TypeAlias = Literal["added", "removed", "changed"]
_ROOTS: Final = ("setting:", "db:", "file:", "package:", "hardware:", "notification:", "effect:", "*")


@lru_cache(maxsize=4096)
def _glob(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*|\*)", pattern)
    return re.compile("".join(".*" if p == "**" else "[^/]*" if p == "*" else re.escape(p) for p in parts), re.DOTALL)


def glob_matches(pattern: str, path: str) -> bool:
    """Whether `path` as a whole fits `pattern`."""
    return _glob(pattern).fullmatch(path) is not None


def split_columns(pattern: str) -> tuple[str, frozenset[str]]:
    """`db:.../sms/*#read,seen` or `package:*#granted` as the path and its columns; no columns means the whole entry."""
    path, mark, columns = pattern.rpartition("#")
    if mark and path.startswith(("db:", "package:")) and re.fullmatch(r"\w+(,\w+)*", columns):
        return path, frozenset(columns.split(","))
    return pattern, frozenset()


def _check_pattern(pattern: str) -> str:
    if not pattern.startswith(_ROOTS):
        raise ValueError(f"a pattern starts with one of {', '.join(_ROOTS)}; got {pattern!r}")
    return pattern


Pattern: TypeAlias = Annotated[str, Field(min_length=1), BeforeValidator(lambda v: _check_pattern(v) if isinstance(v, str) else v)]


class _Scope(Spec):
    change: Annotated[Items[Change], Field(min_length=1)] = ("added", "removed", "changed")


class PathScope(_Scope):
    """Entries whose path fits; of database rows only those that are as `where` says (before, if removed; else after)."""

    short: ClassVar[str | None] = "pattern"
    kind: Literal["path"] = "path"
    pattern: Pattern
    where: Columns = {}
    max: Annotated[int, Field(ge=1)] | None = None
    """No more entries than that."""


class ContactScope(_Scope):
    """All rows of the contacts of that name (before or after)."""

    short: ClassVar[str | None] = "name"
    kind: Literal["contact"] = "contact"
    name: str


class SmsScope(_Scope):
    """The messages to and from a number, with their thread; `text` narrows it down to such messages."""

    short: ClassVar[str | None] = "number"
    kind: Literal["sms"] = "sms"
    number: str
    text: Matcher = None
    max: Annotated[int, Field(ge=1)] | None = None


class CallScope(_Scope):
    """The call log's entries of a number."""

    short: ClassVar[str | None] = "number"
    kind: Literal["call"] = "call"
    number: str


class EventScope(_Scope):
    """Calendar events with that title (before or after)."""

    short: ClassVar[str | None] = "title"
    kind: Literal["event"] = "event"
    title: str
    max: Annotated[int, Field(ge=1)] | None = None


class AlarmScope(_Scope):
    """Alarms at that time or of that label (before or after); with both, both must hold."""

    kind: Literal["alarm"] = "alarm"
    time: HourMinute | None = None
    label: str | None = None
    max: Annotated[int, Field(ge=1)] | None = None


class FileScope(_Scope):
    """Files whose path fits, their folders and their entries in the media store."""

    short: ClassVar[str | None] = "path"
    kind: Literal["file"] = "file"
    path: Annotated[str, Field(pattern=r"^/")]


class NoteScope(_Scope):
    """The notes app's file of that name."""

    short: ClassVar[str | None] = "name"
    kind: Literal["note"] = "note"
    name: str


class SettingScope(_Scope):
    short: ClassVar[str | None] = "key"
    kind: Literal["setting"] = "setting"
    key: str
    namespace: Namespace | None = None
    """Any, where not given."""


_SCOPES: Final[Mapping[str, type[Spec]]] = {
    "path": PathScope,
    "contact": ContactScope,
    "sms": SmsScope,
    "call": CallScope,
    "event": EventScope,
    "alarm": AlarmScope,
    "file": FileScope,
    "note": NoteScope,
    "setting": SettingScope,
}


def _read_allow(data: object) -> object:
    if isinstance(data, str):
        return {"kind": "path", "pattern": data}
    if not isinstance(data, dict):
        raise ValueError(f"an allowed change is a pattern or a mapping ({', '.join(_SCOPES)}), got {data!r}")
    entries = dict(cast("dict[str, Any]", data))
    kinds = [k for k in _SCOPES if k in entries]
    if not kinds:
        raise ValueError(f"an allowed change needs one of {', '.join(_SCOPES)}; got {', '.join(entries) or 'none'}")
    kind = kinds[0]
    return {"kind": kind, **expand_short(_SCOPES[kind], entries.pop(kind), kind), **entries}


Allow: TypeAlias = Annotated[
    PathScope | ContactScope | SmsScope | CallScope | EventScope | AlarmScope | FileScope | NoteScope | SettingScope,
    Field(discriminator="kind"),
    BeforeValidator(_read_allow),
]
"""A pattern, or a scope: `{contact: Ann Bell, change: [added]}`."""


class EffectAllow(Spec):
    """Effects of a risky kind that the task may have: name with `*`, data, and how many."""

    name: str
    data: Columns = {}
    count: HowMany | None = None


class Forbid(Spec):
    """Changes that fail the task under a name of their own, even where another pattern allows them."""

    pattern: Pattern
    """`effect:<name>` for effects."""
    reason: str = ""
    where: Columns = {}


def _read_effect(data: object) -> object:
    return {"name": data} if isinstance(data, str) else data


def _read_forbid(data: object) -> object:
    return {"pattern": data} if isinstance(data, str) else data


class SideEffects(Spec):
    """What else may, and must not, change."""

    allow: Items[Allow] = ()
    effects: Items[Annotated[EffectAllow, BeforeValidator(_read_effect)]] = ()
    """Outward, costly, irreversible and sensitive effects that are part of the task, for instance `sms.sent`."""
    forbid: Items[Annotated[Forbid, BeforeValidator(_read_forbid)]] = ()

    @model_validator(mode="after")
    def _alarms(self) -> SideEffects:
        for scope in self.allow:
            if isinstance(scope, AlarmScope) and scope.time is None and scope.label is None:
                raise ValueError("an `alarm` scope needs `time` or `label`")
        return self
