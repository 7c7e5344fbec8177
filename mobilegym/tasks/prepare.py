"""Carries setup operations out on a phone, through what Android itself offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, assert_never

from mobilegym.actions import Press
from mobilegym.emulator.device import Device, Value
from mobilegym.errors import DeviceError
from mobilegym.tasks.apps import APPS, app_package
from mobilegym.tasks.locations import (
    ALARMS,
    CALL_TYPES,
    CALLS,
    CONTACT_DATA,
    EVENTS,
    IMAGES,
    MIME,
    NOTES_FOLDER,
    RADIOS,
    RAW_CONTACTS,
    REPEATS,
    SMS,
    SMS_TYPES,
    WEEKDAY_BITS,
)
from mobilegym.tasks.pictures import draw
from mobilegym.tasks.setup import (
    AlarmOp,
    CallOp,
    ClockOp,
    ContactOp,
    ContentOp,
    DistractorsOp,
    EventOp,
    FileOp,
    HardwareOp,
    LaunchOp,
    NoteOp,
    PermissionOp,
    PhotoOp,
    ReceiveCallOp,
    ReceiveSmsOp,
    SettingOp,
    SetupOp,
    SmsOp,
    SqlOp,
    duration,
    moment,
)

__all__ = ["event_rule", "full_permission", "note_path", "prepare"]

_RING_MS: Final = 5_000


def prepare(device: Device, ops: Sequence[SetupOp], start: datetime) -> None:
    """Put `device` into the state that `ops` describe, at the time `start` (aware), on the home screen or the app they launch.

    Raises:
        DeviceError: If the phone cannot do one of them, or is in another time zone.
    """
    now = device.clock.now()
    if now.utcoffset() != start.utcoffset():
        raise DeviceError(f"the phone's time zone ({now.tzname()}) is not the suite's ({start.tzname()}); configure the phone or the suite")
    if now != start:
        device.clock.set(start)
    launch: LaunchOp | None = None
    for op in ops:
        if isinstance(op, LaunchOp):
            launch = op
        else:
            _apply(device, op, start)
    if device.activity().package != APPS["launcher"].package:
        device.perform(Press("home"))
    if launch is not None:
        device.packages.launch(app_package(launch.app))


def full_permission(name: str) -> str:
    """`CAMERA` as `android.permission.CAMERA`; a full name stays."""
    return name if "." in name else f"android.permission.{name}"


def note_path(name: str) -> str:
    """The file of a note."""
    return f"{NOTES_FOLDER}/{name}" if "." in name else f"{NOTES_FOLDER}/{name}.md"


def _epoch_ms(when: datetime) -> int:
    return round(when.timestamp()) * 1000


def _list(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _flag(value: bool) -> int:
    return int(value)


def _apply(device: Device, op: SetupOp, start: datetime) -> None:
    match op:
        case ContactOp():
            _contact(device, op)
        case SmsOp() | CallOp():
            _log(device, op, start)
        case EventOp():
            _event(device, op, start)
        case AlarmOp():
            _alarm(device, op)
        case NoteOp() | FileOp() | PhotoOp():
            _file(device, op, start)
        case HardwareOp() | SettingOp() | PermissionOp():
            _system(device, op)
        case ClockOp() | ReceiveSmsOp() | ReceiveCallOp():
            _happen(device, op, start)
        case SqlOp():
            args = [int(a) if isinstance(a, bool) else a for a in op.args]
            device.databases.execute(app_package(op.app), op.database, op.statement, args)
        case ContentOp():
            device.content.insert(op.uri, op.values)
        case LaunchOp() | DistractorsOp():
            raise DeviceError(f"`{op.kind}` is not carried out by itself")
        case _:
            assert_never(op)


def _contact(device: Device, op: ContactOp) -> None:
    uri = device.content.insert(RAW_CONTACTS, {"account_type": None, "account_name": None})
    raw_id = int(uri.rpartition("/")[2])
    first, _, last = op.name.rpartition(" ")
    rows: list[dict[str, Value]] = [{"mimetype": MIME["name"], "data1": op.name, "data2": first or last, "data3": last if first else None}]
    rows.extend({"mimetype": MIME["phone"], "data1": number, "data2": 2} for number in _list(op.phone))
    rows.extend({"mimetype": MIME["email"], "data1": address, "data2": 1} for address in _list(op.email))
    for kind, value in (("company", op.company), ("address", op.address), ("note", op.note)):
        if value is not None:
            rows.append({"mimetype": MIME[kind], "data1": value})
    if op.birthday is not None:
        rows.append({"mimetype": MIME["birthday"], "data1": op.birthday, "data2": 3})
    for row in rows:
        device.content.insert(CONTACT_DATA, {"raw_contact_id": raw_id, **row})
    if op.starred:
        device.content.update(f"{RAW_CONTACTS}/{raw_id}", {"starred": 1})


def _when(op: SmsOp | CallOp, start: datetime) -> datetime:
    if op.at is not None:
        return moment(op.at).replace(tzinfo=start.tzinfo)
    return start - (duration(op.ago) if op.ago is not None else timedelta(hours=1))


def _log(device: Device, op: SmsOp | CallOp, start: datetime) -> None:
    at_ms = _epoch_ms(_when(op, start))
    if isinstance(op, SmsOp):
        read = _flag(op.read or op.box != "inbox")
        values: dict[str, Value] = {"address": op.number, "body": op.text, "date": at_ms, "read": read, "seen": read}
        device.content.insert(SMS, {**values, "type": SMS_TYPES[op.box]})
        return
    seconds = 0 if op.type in ("missed", "rejected") else op.seconds
    call: dict[str, Value] = {"number": op.number, "type": CALL_TYPES[op.type], "date": at_ms, "duration": seconds}
    device.content.insert(CALLS, call if op.name is None else {**call, "name": op.name})


def _insert(device: Device, package: str, database: str, table: str, values: Mapping[str, Value]) -> None:
    names = ", ".join(values)
    marks = ", ".join("?" for _ in values)
    device.databases.execute(package, database, f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))


def event_rule(start: datetime, repeat: str) -> int:
    """Fossify's `repeat_rule`: the weekday's bit for weekly events, 1 (same day) for monthly and yearly ones."""
    return {"weekly": 1 << start.weekday(), "monthly": 1, "yearly": 1}.get(repeat, 0)


def _event(device: Device, op: EventOp, start: datetime) -> None:
    begin = moment(op.start).replace(tzinfo=start.tzinfo)
    end = moment(op.end).replace(tzinfo=start.tzinfo) if op.end is not None else begin + timedelta(minutes=op.minutes)
    zone = str(start.tzinfo)
    reminders = [*op.reminders, -1, -1, -1][:3]
    values: dict[str, Value] = {
        "start_ts": int(begin.timestamp()),
        "end_ts": int(end.timestamp()),
        "title": op.title,
        "location": op.location,
        "description": op.description,
        "reminder_1_minutes": reminders[0],
        "reminder_2_minutes": reminders[1],
        "reminder_3_minutes": reminders[2],
        "reminder_1_type": 0,
        "reminder_2_type": 0,
        "reminder_3_type": 0,
        "repeat_interval": REPEATS[op.repeat],
        "repeat_rule": event_rule(begin, op.repeat),
        "repeat_limit": 0,
        "repetition_exceptions": "[]",
        "attendees": "[]",
        "import_id": "",
        "time_zone": zone,
        "flags": _flag(op.all_day),
        "event_type": 1,
        "parent_id": 0,
        "last_updated": 0,
        "source": "simple-calendar",
        "availability": 0,
        "access_level": 0,
        "color": 0,
        "type": 0,
        "status": 1,
    }
    _insert(device, *EVENTS, values)


def _alarm(device: Device, op: AlarmOp) -> None:
    values: dict[str, Value] = {
        "hour": int(op.time[:2]),
        "minutes": int(op.time[3:]),
        "daysofweek": sum(WEEKDAY_BITS[d] for d in op.days),
        "enabled": _flag(op.enabled),
        "vibrate": _flag(op.vibrate),
        "label": op.label,
        "ringtone": None,
        "delete_after_use": 0,
    }
    _insert(device, *ALARMS, values)


def _file(device: Device, op: NoteOp | FileOp | PhotoOp, start: datetime) -> None:
    match op:
        case NoteOp():
            device.files.write(note_path(op.name), op.text.encode())
        case FileOp(folder=True):
            device.files.mkdir(op.path)
        case FileOp():
            filler = (b"0123456789abcde\n" * ((op.size or 0) // 16 + 1))[: op.size or 0]
            device.files.write(op.path, filler if op.text is None else op.text.encode())
        case PhotoOp():
            device.files.write(f"{op.folder}/{op.name}", draw(op.scene, op.seed))
            if op.ago is not None:
                taken = _epoch_ms(start - duration(op.ago))
                device.content.update(IMAGES, {"datetaken": taken}, where="_display_name = ?", args=(op.name,))


def _system(device: Device, op: HardwareOp | SettingOp | PermissionOp) -> None:
    match op:
        case HardwareOp():
            _hardware(device, op)
        case SettingOp():
            device.settings.put(op.namespace, op.key, str(op.value))
        case PermissionOp():
            change = device.packages.grant if op.granted else device.packages.revoke
            change(app_package(op.app), full_permission(op.permission))


def _hardware(device: Device, op: HardwareOp) -> None:
    if op.battery is not None or op.charging is not None:
        device.hardware.set_battery(level=op.battery, charging=op.charging)
    for stream, index in op.volume.items():
        device.hardware.set_volume(stream, index)
    if op.location is not None:
        device.hardware.set_location(*op.location)
    if op.clipboard is not None:
        device.hardware.set_clipboard(op.clipboard)
    for name, key in RADIOS.items():
        on: bool | None = getattr(op, name)
        if on is not None:
            device.settings.put("global", key, str(_flag(on)))


def _happen(device: Device, op: ClockOp | ReceiveSmsOp | ReceiveCallOp, start: datetime) -> None:
    match op:
        case ClockOp(at=str() as at):
            device.clock.set(moment(at).replace(tzinfo=start.tzinfo))
        case ClockOp():
            device.clock.advance(round(duration(op.advance or "0s").total_seconds() * 1000))
        case ReceiveSmsOp():
            device.telephony.receive_sms(op.number, op.text)
        case ReceiveCallOp():
            device.telephony.ring(op.number)
            device.clock.advance(_RING_MS)
            device.telephony.hang_up()
