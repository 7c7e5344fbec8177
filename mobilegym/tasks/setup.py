"""Setup: a closed union of operations that put a phone into the state a task starts from. `prepare.py` carries them out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Final, Literal, TypeAlias

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from mobilegym.emulator.device import Namespace, Stream
from mobilegym.errors import ContentError
from mobilegym.tasks.apps import app_package
from mobilegym.tasks.spec import HourMinute, Items, Scalar, Spec, Weekday, tagged

__all__ = [
    "AbsolutePath",
    "AlarmOp",
    "AppName",
    "CallOp",
    "ClockOp",
    "ContactOp",
    "ContentOp",
    "DistractorsOp",
    "Duration",
    "EventOp",
    "FileOp",
    "HardwareOp",
    "LaunchOp",
    "Moment",
    "NoteOp",
    "PermissionOp",
    "PhotoOp",
    "ReceiveCallOp",
    "ReceiveSmsOp",
    "SettingOp",
    "SetupOp",
    "SmsOp",
    "SqlOp",
    "TextOrList",
    "duration",
    "moment",
]

_DURATION = re.compile(r"(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?\s*(?:(\d+)s)?")


def duration(text: str) -> timedelta:
    """`2d 3h 15m 10s`, any part of it.

    Raises:
        ValueError: If it is not written so.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        raise ValueError(f"not a duration: {text!r}; write `2h`, `1d 30m`")
    days, hours, minutes, seconds = (int(g or 0) for g in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def moment(text: str) -> datetime:
    """`2026-03-12 08:30`, without time zone.

    Raises:
        ValueError: If it is not written so, or no such moment exists.
    """
    if not re.fullmatch(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?", text):
        raise ValueError(f"not a moment: {text!r}; write `2026-03-12 08:30`")
    return datetime.fromisoformat(text)


def _check_duration(text: str) -> str:
    duration(text)
    return text


def _check_moment(text: str) -> str:
    moment(text)
    return text


def _check_app(name: str) -> str:
    try:
        app_package(name)
    except ContentError as error:
        raise ValueError(error.message) from error
    return name


def _check_path(path: str) -> str:
    if not path.startswith("/") or "/../" in f"{path}/" or "//" in path:
        raise ValueError(f"must be an absolute path without `..`, for instance `/sdcard/Download/a.txt`; got {path!r}")
    return path


Duration: TypeAlias = Annotated[str, AfterValidator(_check_duration)]
Moment: TypeAlias = Annotated[str, AfterValidator(_check_moment)]
AppName: TypeAlias = Annotated[str, AfterValidator(_check_app)]
"""A short name of `apps.APPS`, or a package."""
AbsolutePath: TypeAlias = Annotated[str, AfterValidator(_check_path)]
TextOrList: TypeAlias = Annotated[
    Annotated[str, Tag("(text)")] | Annotated[Items[str], Tag("(list)")],
    Discriminator(lambda data: "(list)" if isinstance(data, (list, tuple)) else "(text)"),
]


class SettingOp(Spec):
    kind: Literal["setting"] = "setting"
    namespace: Namespace
    key: str
    value: Annotated[str | int | float, Field(union_mode="left_to_right")]


class ContactOp(Spec):
    kind: Literal["contact"] = "contact"
    name: Annotated[str, Field(min_length=1)]
    phone: TextOrList = ()
    email: TextOrList = ()
    company: str | None = None
    address: str | None = None
    note: str | None = None
    birthday: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None
    starred: bool = False


class _Dated(Spec):
    at: Moment | None = None
    """The phone's local time."""
    ago: Duration | None = None
    """Before the task starts; one hour where neither is given."""

    @model_validator(mode="after")
    def _one(self) -> _Dated:
        if self.at is not None and self.ago is not None:
            raise ValueError("give `at` or `ago`, not both")
        return self


class SmsOp(_Dated):
    """A message that is already there. For one that arrives with a notification use `receive_sms`."""

    kind: Literal["sms"] = "sms"
    number: str
    """The other side's."""
    text: str
    box: Literal["inbox", "sent", "draft"] = "inbox"
    read: bool = True


class CallOp(_Dated):
    """An entry of the call log."""

    kind: Literal["call"] = "call"
    number: str
    type: Literal["incoming", "outgoing", "missed", "rejected"] = "incoming"
    seconds: Annotated[int, Field(ge=0)] = 60
    name: str | None = None


class EventOp(Spec):
    """An event of the calendar."""

    kind: Literal["event"] = "event"
    title: str
    start: Moment
    end: Moment | None = None
    minutes: Annotated[int, Field(ge=0)] = 60
    """Length, where `end` is not given."""
    location: str = ""
    description: str = ""
    all_day: bool = False
    reminders: Annotated[Items[int], Field(max_length=3)] = ()
    """Minutes before."""
    repeat: Literal["none", "daily", "weekly", "monthly", "yearly"] = "none"


class NoteOp(Spec):
    """A note of the notes app: a Markdown file in its folder."""

    kind: Literal["note"] = "note"
    name: Annotated[str, Field(pattern=r"^[^/]+$")]
    """Without `.md`, unless it has another ending."""
    text: str = ""


class FileOp(Spec):
    kind: Literal["file"] = "file"
    path: AbsolutePath
    text: str | None = None
    size: Annotated[int, Field(ge=0, le=5_000_000)] | None = None
    """Filler of that many bytes, where no text is given."""
    folder: bool = False


class PhotoOp(Spec):
    """A picture in shared storage; `scene` and `seed` decide what it shows."""

    kind: Literal["photo"] = "photo"
    name: Annotated[str, Field(pattern=r"^[^/]+\.png$")]
    folder: AbsolutePath = "/sdcard/DCIM/Camera"
    scene: Literal["mountains", "city", "sea", "flower", "screenshot"] = "mountains"
    seed: int = 0
    ago: Duration | None = None
    """When it was taken."""


class AlarmOp(Spec):
    kind: Literal["alarm"] = "alarm"
    time: HourMinute
    label: str = ""
    days: Items[Weekday] = ()
    enabled: bool = True
    vibrate: bool = True


class PermissionOp(Spec):
    kind: Literal["permission"] = "permission"
    app: AppName
    permission: str
    """`android.permission.CAMERA`, or just `CAMERA`."""
    granted: bool


class HardwareOp(Spec):
    kind: Literal["hardware"] = "hardware"
    battery: Annotated[int, Field(ge=0, le=100)] | None = None
    charging: bool | None = None
    volume: dict[Stream, Annotated[int, Field(ge=0, le=25)]] = {}
    location: Annotated[tuple[float, float], Field(strict=False)] | None = None
    """`[latitude, longitude]`"""
    clipboard: str | None = None
    wifi: bool | None = None
    bluetooth: bool | None = None
    airplane_mode: bool | None = None
    mobile_data: bool | None = None


class ClockOp(Spec):
    """Move the phone's clock: to a moment, or on by a duration (alarms and deliveries in between happen)."""

    kind: Literal["clock"] = "clock"
    at: Moment | None = None
    advance: Duration | None = None

    @model_validator(mode="after")
    def _one(self) -> ClockOp:
        if (self.at is None) == (self.advance is None):
            raise ValueError("give exactly one of `at` and `advance`")
        return self


class ReceiveSmsOp(Spec):
    """A message that arrives now, with its notification."""

    kind: Literal["receive_sms"] = "receive_sms"
    number: str
    text: str


class ReceiveCallOp(Spec):
    """A call that rings now and is missed."""

    short: ClassVar[str | None] = "number"
    kind: Literal["receive_call"] = "receive_call"
    number: str


class LaunchOp(Spec):
    """The task starts in this app instead of on the home screen."""

    short: ClassVar[str | None] = "app"
    kind: Literal["launch"] = "launch"
    app: AppName


class SqlOp(Spec):
    """Write to an app's database."""

    kind: Literal["sql"] = "sql"
    app: AppName
    database: str
    statement: str
    args: Items[Scalar] = ()


class ContentOp(Spec):
    """Insert a row through a content provider."""

    kind: Literal["content"] = "content"
    uri: Annotated[str, Field(pattern=r"^content://")]
    values: dict[str, None | int | float | str]


class DistractorsOp(Spec):
    """Seeded things the task has nothing to do with; none shares a name or number with the task's own people."""

    kind: Literal["distractors"] = "distractors"
    contacts: Annotated[int, Field(ge=0, le=40)] = 0
    messages: Annotated[int, Field(ge=0, le=60)] = 0
    calls: Annotated[int, Field(ge=0, le=60)] = 0
    events: Annotated[int, Field(ge=0, le=16)] = 0
    notes: Annotated[int, Field(ge=0, le=16)] = 0
    files: Annotated[int, Field(ge=0, le=16)] = 0
    photos: Annotated[int, Field(ge=0, le=20)] = 0
    alarms: Annotated[int, Field(ge=0, le=10)] = 0


_OPS: Final[Mapping[str, type[Spec]]] = {
    "setting": SettingOp,
    "contact": ContactOp,
    "sms": SmsOp,
    "call": CallOp,
    "event": EventOp,
    "note": NoteOp,
    "file": FileOp,
    "photo": PhotoOp,
    "alarm": AlarmOp,
    "permission": PermissionOp,
    "hardware": HardwareOp,
    "clock": ClockOp,
    "receive_sms": ReceiveSmsOp,
    "receive_call": ReceiveCallOp,
    "launch": LaunchOp,
    "sql": SqlOp,
    "content": ContentOp,
    "distractors": DistractorsOp,
}
SetupOp: TypeAlias = Annotated[
    SettingOp | ContactOp | SmsOp | CallOp | EventOp | NoteOp | FileOp | PhotoOp | AlarmOp | PermissionOp | HardwareOp | ClockOp
    | ReceiveSmsOp | ReceiveCallOp | LaunchOp | SqlOp | ContentOp | DistractorsOp,
    Field(discriminator="kind"),
    tagged("setup operation", _OPS),
]  # fmt: skip
"""One operation; in YAML `{contact: {name: Ann, phone: 555-0100}}`."""
