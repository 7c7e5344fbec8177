"""Checks: a closed union of questions about the phone's end state. `mobilegym.evaluation.probes` answers them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias, cast

from pydantic import BeforeValidator, Field, model_validator

from mobilegym.emulator.device import Namespace, Stream
from mobilegym.tasks.matchers import Columns, Matcher
from mobilegym.tasks.selectors import Target
from mobilegym.tasks.setup import AppName, Moment, TextOrList
from mobilegym.tasks.spec import HourMinute, Items, Spec, Weekday, tagged

__all__ = [
    "AlarmTest",
    "AllOf",
    "AnyOf",
    "CallTest",
    "CheckSpec",
    "ContactTest",
    "ContentTest",
    "Count",
    "EvaluatorTest",
    "EventTest",
    "FileTest",
    "ForegroundTest",
    "HardwareTest",
    "HowMany",
    "JournalTest",
    "Not",
    "NoteTest",
    "NotificationTest",
    "PermissionTest",
    "RowsTest",
    "ScreenTest",
    "SettingTest",
    "SmsTest",
    "StateTest",
    "Test",
]


class Count(Spec):
    """How many; a plain number is exactly that many."""

    min: Annotated[int, Field(ge=0)] = 0
    max: Annotated[int, Field(ge=0)] | None = None

    def holds(self, n: int) -> bool:
        return n >= self.min and (self.max is None or n <= self.max)

    def __str__(self) -> str:
        if self.max == self.min:
            return str(self.min)
        return f"at least {self.min}" if self.max is None else f"{self.min} to {self.max}"


def _read_count(data: object) -> object:
    return {"min": data, "max": data} if isinstance(data, int) and not isinstance(data, bool) else data


HowMany: TypeAlias = Annotated[Count, BeforeValidator(_read_count)]
_SOME: Final = Count(min=1)
_ONE: Final = Count(min=1, max=1)


class RowsTest(Spec):
    """Rows of a database: how many are as `where` says, and what they hold besides."""

    kind: Literal["rows"] = "rows"
    app: AppName
    database: str
    table: str | None = None
    sql: str | None = None
    """A query instead of a table; its result is then filtered by `where`."""
    where: Columns = {}
    expect: Columns = {}
    """Every row found must hold this as well."""
    count: HowMany = _SOME

    @model_validator(mode="after")
    def _one(self) -> RowsTest:
        if (self.table is None) == (self.sql is None):
            raise ValueError("give exactly one of `table` and `sql`")
        return self


class ContentTest(Spec):
    """Rows of a content provider."""

    kind: Literal["content"] = "content"
    uri: Annotated[str, Field(pattern=r"^content://")]
    where: Columns = {}
    expect: Columns = {}
    count: HowMany = _SOME


class ContactTest(Spec):
    """Contacts of that name, and what they hold; `only: true` allows no further numbers and addresses."""

    kind: Literal["contact"] = "contact"
    name: str
    phone: TextOrList | None = None
    email: TextOrList | None = None
    company: Matcher = None
    address: Matcher = None
    note: Matcher = None
    starred: bool | None = None
    only: bool = False
    count: HowMany = _ONE


class SmsTest(Spec):
    """Messages to or from a number."""

    kind: Literal["sms"] = "sms"
    number: str | None = None
    text: Matcher = None
    box: Literal["inbox", "sent", "draft"] = "sent"
    read: bool | None = None
    count: HowMany = _SOME


class CallTest(Spec):
    """Entries of the call log."""

    kind: Literal["call"] = "call"
    number: str
    type: Literal["incoming", "outgoing", "missed", "rejected"] | None = None
    count: HowMany = _SOME


class EventTest(Spec):
    """Events of the calendar with that title."""

    kind: Literal["event"] = "event"
    title: Matcher
    start: Moment | None = None
    end: Moment | None = None
    location: Matcher = None
    description: Matcher = None
    all_day: bool | None = None
    reminders: Items[int] | None = None
    """Minutes before, in any order."""
    repeat: Literal["none", "daily", "weekly", "monthly", "yearly"] | None = None
    count: HowMany = _ONE


class AlarmTest(Spec):
    kind: Literal["alarm"] = "alarm"
    time: HourMinute | None = None
    label: Matcher = None
    days: Items[Weekday] | None = None
    enabled: bool | None = None
    vibrate: bool | None = None
    count: HowMany = _ONE


class SettingTest(Spec):
    kind: Literal["setting"] = "setting"
    namespace: Namespace
    key: str
    value: Matcher
    """`null`: not set."""


class FileTest(Spec):
    """A file; `path` may have `*` in its last part, then one file that fits is enough."""

    kind: Literal["file"] = "file"
    path: Annotated[str, Field(pattern=r"^/")]
    exists: bool = True
    content: Matcher = None
    """Its text."""
    same_as: str | None = None
    """Has the content that this path had when the task started."""
    folder: bool | None = None


class NoteTest(Spec):
    kind: Literal["note"] = "note"
    name: Annotated[str, Field(pattern=r"^[^/]+$")]
    exists: bool = True
    content: Matcher = None


class ForegroundTest(Spec):
    """What is open at the end."""

    short: ClassVar[str | None] = "app"
    kind: Literal["foreground"] = "foreground"
    app: AppName
    activity: str | None = None
    """The end of its class name."""


class NotificationTest(Spec):
    kind: Literal["notification"] = "notification"
    app: AppName | None = None
    title: Matcher = None
    text: Matcher = None
    count: HowMany = _SOME


class JournalTest(Spec):
    """Entries of the phone's journal since the task started."""

    kind: Literal["journal"] = "journal"
    name: str
    """With `*`: `sms.*`."""
    type: Literal["effect", "input", "field", "notification", "dialog", "activity", "system"] = "effect"
    app: AppName | None = None
    data: Columns = {}
    count: HowMany = _SOME


class HardwareTest(Spec):
    """All that is given must hold."""

    kind: Literal["hardware"] = "hardware"
    volume: dict[Stream, Matcher] = {}
    battery: Matcher = None
    charging: bool | None = None
    clipboard: Matcher = None


class PermissionTest(Spec):
    kind: Literal["permission"] = "permission"
    app: AppName
    permission: str
    granted: bool


class ScreenTest(Spec):
    """An element is, or is not, to be seen at the end."""

    short: ClassVar[str | None] = "visible"
    kind: Literal["screen"] = "screen"
    visible: Target
    present: bool = True


class StateTest(Spec):
    """Entries of the state tree whose path fits `path` (`*` within a part, `**` across)."""

    kind: Literal["state"] = "state"
    path: str
    change: Literal["added", "removed", "changed", "any"] | None = None
    """Only entries that differ from the start so; without it, all at the end."""
    where: Columns = {}
    """Columns of a database row, or fields of a package."""
    value: Matcher = None
    """The entry's text as a whole, for settings and hardware; null: any."""
    count: HowMany = _SOME


class EvaluatorTest(Spec):
    """A named evaluator in Python, for what YAML cannot say."""

    kind: Literal["evaluator"] = "evaluator"
    name: str
    args: dict[str, Any] = {}


class AnyOf(Spec):
    short: ClassVar[str | None] = "tests"
    kind: Literal["any_of"] = "any_of"
    tests: Annotated[Items[Test], Field(min_length=1)]


class AllOf(Spec):
    short: ClassVar[str | None] = "tests"
    kind: Literal["all_of"] = "all_of"
    tests: Annotated[Items[Test], Field(min_length=1)]


class Not(Spec):
    short: ClassVar[str | None] = "test"
    kind: Literal["not"] = "not"
    test: Test


_TESTS: Final[Mapping[str, type[Spec]]] = {
    "rows": RowsTest,
    "content": ContentTest,
    "contact": ContactTest,
    "sms": SmsTest,
    "call": CallTest,
    "event": EventTest,
    "alarm": AlarmTest,
    "setting": SettingTest,
    "file": FileTest,
    "note": NoteTest,
    "foreground": ForegroundTest,
    "notification": NotificationTest,
    "journal": JournalTest,
    "hardware": HardwareTest,
    "permission": PermissionTest,
    "screen": ScreenTest,
    "state": StateTest,
    "evaluator": EvaluatorTest,
    "any_of": AnyOf,
    "all_of": AllOf,
    "not": Not,
}
Test: TypeAlias = Annotated[
    RowsTest | ContentTest | ContactTest | SmsTest | CallTest | EventTest | AlarmTest | SettingTest | FileTest | NoteTest | ForegroundTest
    | NotificationTest | JournalTest | HardwareTest | PermissionTest | ScreenTest | StateTest | EvaluatorTest | AnyOf | AllOf | Not,
    Field(discriminator="kind"),
    tagged("check", _TESTS),
]  # fmt: skip
for _model in (AnyOf, AllOf, Not):
    _model.model_rebuild()


class CheckSpec(Spec):
    """A named, weighted check; in YAML `{name: has_number, weight: 2, contact: {...}}`."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    weight: Annotated[float, Field(gt=0, le=100)] = 1.0
    test: Test

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: object) -> object:
        if not isinstance(data, dict) or "test" in data:
            return cast("object", data)
        entries = dict(cast("dict[str, Any]", data))
        head = {k: entries.pop(k) for k in ("name", "weight") if k in entries}
        return {**head, "test": entries}
