"""Alarms in `alarms.db`: templates as the owner sets them, instances as they wait, ring or snooze.

An enabled alarm has one waiting instance; one event on the phone's clock leads each instance to its next state (`ring.advance`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mobilegym.emulator.phone.apps.clock.store import DEFAULT_RINGTONE, PACKAGE, alarms_db
from mobilegym.emulator.phone.apps.clock.words import next_alarm_text
from mobilegym.emulator.phone.kernel.clock import epoch_ms

if TYPE_CHECKING:
    import sqlite3

    from mobilegym.emulator.device import Value
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = [
    "ALARM_EVENT",
    "FIRED",
    "HIGH",
    "LOW",
    "MISSED",
    "SILENT_STATE",
    "SNOOZED",
    "WAITING",
    "Alarm",
    "Instance",
    "all_alarms",
    "drop_events",
    "find",
    "forget",
    "get",
    "insert",
    "instance",
    "instance_of",
    "instances",
    "move_instance",
    "next_alarm",
    "next_time",
    "publish",
    "remove",
    "schedule",
    "set_state",
    "tag",
    "write",
]  # fmt: skip

ALARM_EVENT: Final = "com.android.deskclock.ALARM_STATE"
"""Event on the clock with the extra `instance`."""
_NEXT_ALARM: Final = "next_alarm_formatted"

SILENT_STATE: Final = 0
LOW: Final = 1
_HIDE: Final = 2
HIGH: Final = 3
SNOOZED: Final = 4
FIRED: Final = 5
MISSED: Final = 6
WAITING: Final = (SILENT_STATE, LOW, _HIDE, HIGH)
"""States of an instance whose time has not come."""


class Alarm(NamedTuple):
    """A row of `alarm_templates`."""

    id: int
    hour: int
    minutes: int
    days: int
    """Bit 1 is Monday, bit 64 Sunday; 0 rings once."""
    enabled: bool
    vibrate: bool
    label: str
    ringtone: str | None
    """URI; None is the default, empty is silent."""
    delete_after_use: bool = False


class Instance(NamedTuple):
    """A row of `alarm_instances`."""

    id: int
    year: int
    month: int
    """From 0."""
    day: int
    hour: int
    minutes: int
    vibrate: bool
    label: str
    ringtone: str | None
    state: int
    alarm_id: int

    def at(self, kernel: Kernel) -> datetime:
        """When it rings."""
        return datetime(self.year, self.month + 1, self.day, self.hour, self.minutes, tzinfo=kernel.clock.zone)

    def at_ms(self, kernel: Kernel) -> int:
        """When it rings, epoch ms."""
        return epoch_ms(self.at(kernel))


_ALARM_SQL: Final = "SELECT _id, hour, minutes, daysofweek, enabled, vibrate, label, ringtone, delete_after_use FROM alarm_templates"
_INSTANCE_SQL: Final = "SELECT _id, year, month, day, hour, minutes, vibrate, label, ringtone, alarm_state, alarm_id FROM alarm_instances"


def _alarm(row: sqlite3.Row) -> Alarm:
    return Alarm(row[0], row[1], row[2], row[3], bool(row[4]), bool(row[5]), row[6], row[7], bool(row[8]))


def _instance(row: sqlite3.Row) -> Instance:
    return Instance(row[0], row[1], row[2], row[3], row[4], row[5], bool(row[6]), row[7], row[8], row[9], row[10])


def all_alarms(kernel: Kernel) -> list[Alarm]:
    """By time of day."""
    return [_alarm(row) for row in alarms_db(kernel).query(f"{_ALARM_SQL} ORDER BY hour, minutes, _id")]


def get(kernel: Kernel, alarm_id: int) -> Alarm | None:
    """The alarm of an id, or None."""
    row = alarms_db(kernel).one(f"{_ALARM_SQL} WHERE _id = ?", (alarm_id,))
    return None if row is None else _alarm(row)


def find(kernel: Kernel, hour: int, minutes: int, days: int, label: str) -> Alarm | None:
    """The first alarm with exactly this time, days and label."""
    wanted = (hour, minutes, days, label)
    return next((a for a in all_alarms(kernel) if (a.hour, a.minutes, a.days, a.label) == wanted), None)


def instances(kernel: Kernel) -> list[Instance]:
    """All instances, by id."""
    return [_instance(row) for row in alarms_db(kernel).query(f"{_INSTANCE_SQL} ORDER BY _id")]


def instance(kernel: Kernel, instance_id: int) -> Instance | None:
    """The instance of an id, or None."""
    row = alarms_db(kernel).one(f"{_INSTANCE_SQL} WHERE _id = ?", (instance_id,))
    return None if row is None else _instance(row)


def instance_of(kernel: Kernel, alarm_id: int) -> Instance | None:
    """The latest instance of an alarm, or None."""
    row = alarms_db(kernel).one(f"{_INSTANCE_SQL} WHERE alarm_id = ? ORDER BY _id DESC", (alarm_id,))
    return None if row is None else _instance(row)


def insert(
    kernel: Kernel, hour: int, minutes: int, *, days: int = 0, label: str = "", vibrate: bool = True,
    ringtone: str | None = DEFAULT_RINGTONE, alarm_id: int | None = None, enabled: bool = True, delete_after_use: bool = False,
) -> int:  # fmt: skip
    """Insert a template; returns its id. It is scheduled by `schedule`."""
    return alarms_db(kernel).execute(
        "INSERT INTO alarm_templates (_id, hour, minutes, daysofweek, enabled, vibrate, label, ringtone, delete_after_use) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (alarm_id, hour, minutes, days, int(enabled), int(vibrate), label, ringtone, int(delete_after_use)),
    )  # fmt: skip


def write(kernel: Kernel, alarm_id: int, **values: Value) -> None:
    """Set columns of a template."""
    columns = ", ".join(f"{name} = ?" for name in values)
    alarms_db(kernel).execute(f"UPDATE alarm_templates SET {columns} WHERE _id = ?", (*values.values(), alarm_id))


def remove(kernel: Kernel, alarm_id: int) -> None:
    """Delete a template and its instances."""
    for found in instances(kernel):
        if found.alarm_id == alarm_id:
            forget(kernel, found)
    alarms_db(kernel).execute("DELETE FROM alarm_templates WHERE _id = ?", (alarm_id,))
    publish(kernel)


def next_time(alarm: Alarm, after: datetime) -> datetime:
    """When an alarm rings next, later than `after` (local, aware)."""
    at = after.replace(hour=alarm.hour, minute=alarm.minutes, second=0, microsecond=0, fold=0)
    if at <= after:
        at += timedelta(days=1)
    for _ in range(7):
        if not alarm.days or alarm.days >> at.weekday() & 1:
            break
        at += timedelta(days=1)
    return at


def schedule(kernel: Kernel, alarm: Alarm, after: datetime | None = None) -> Instance:
    """Make the waiting instance of an alarm: the next time after now, or after a given moment."""
    at = next_time(alarm, after or kernel.clock.now())
    row = alarms_db(kernel).execute(
        "INSERT INTO alarm_instances (year, month, day, hour, minutes, vibrate, label, ringtone, alarm_state, alarm_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (at.year, at.month - 1, at.day, at.hour, at.minute, int(alarm.vibrate), alarm.label, alarm.ringtone, SILENT_STATE, alarm.id),
    )  # fmt: skip
    made = instance(kernel, row)
    assert made is not None
    return made


def set_state(kernel: Kernel, found: Instance, state: int) -> Instance:
    """Write an instance's state."""
    if found.state != state:
        alarms_db(kernel).execute("UPDATE alarm_instances SET alarm_state = ? WHERE _id = ?", (state, found.id))
    return found._replace(state=state)


def move_instance(kernel: Kernel, found: Instance, at: datetime) -> Instance:
    """Snooze an instance until a whole minute."""
    values = (at.year, at.month - 1, at.day, at.hour, at.minute, SNOOZED)
    alarms_db(kernel).execute(
        "UPDATE alarm_instances SET year = ?, month = ?, day = ?, hour = ?, minutes = ?, alarm_state = ? WHERE _id = ?",
        (*values, found.id),
    )
    return found._replace(year=at.year, month=at.month - 1, day=at.day, hour=at.hour, minutes=at.minute, state=SNOOZED)


def forget(kernel: Kernel, found: Instance) -> None:
    """Delete an instance with its events and its notification."""
    drop_events(kernel, found.id)
    kernel.notifications.cancel(kernel.notifications.key(PACKAGE, tag(found.id)))
    alarms_db(kernel).execute("DELETE FROM alarm_instances WHERE _id = ?", (found.id,))


def drop_events(kernel: Kernel, instance_id: int) -> None:
    """Cancel what is scheduled for an instance."""
    for event in kernel.clock.pending(PACKAGE):
        if event.action == ALARM_EVENT and event.extra("instance") == instance_id:
            kernel.clock.cancel(event.id)


def tag(instance_id: int) -> str:
    """Tag of an instance's notification."""
    return f"alarm{instance_id}"


def next_alarm(kernel: Kernel) -> datetime | None:
    """When the next alarm rings, or None."""
    times = [found.at(kernel) for found in instances(kernel) if found.state in WAITING or found.state == SNOOZED]
    return min(times, default=None)


def publish(kernel: Kernel) -> None:
    """Tell the system when the next alarm rings."""
    when: Any = next_alarm(kernel)
    kernel.settings.put("system", _NEXT_ALARM, next_alarm_text(when, kernel.ui.use_24h) if when is not None else "")
