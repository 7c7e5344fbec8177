"""Reminders: planned on the phone's clock, shown as notifications, dismissed and snoozed from there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from mobilegym.emulator.phone.apps.calendar.model import DAY, OFF, PACKAGE, Event, Occurrence, days_of
from mobilegym.emulator.phone.apps.calendar.prefs import prefs_of
from mobilegym.emulator.phone.apps.calendar.recurrence import starts
from mobilegym.emulator.phone.apps.calendar.store import Store, midnight
from mobilegym.emulator.phone.apps.calendar.words import MONTHS, occurrence_text
from mobilegym.emulator.phone.kernel.intents import VIEW, Intent
from mobilegym.emulator.phone.kernel.kernel import DATABASE_CHANGED, TIME_SET
from mobilegym.emulator.phone.kernel.notifications import IMPORTANCE_HIGH

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["EVENT_ACTIVITY", "TASK_ACTIVITY", "next_reminder", "plan", "receive", "withdraw"]

EVENT_ACTIVITY: Final = f"{PACKAGE}.activities.EventActivity"
TASK_ACTIVITY: Final = f"{PACKAGE}.activities.TaskActivity"

_REMIND: Final = f"{PACKAGE}.REMIND"
_PLAN: Final = f"{PACKAGE}.PLAN"
_SNOOZED: Final = f"{PACKAGE}.SNOOZED"
_DISMISS: Final = f"{PACKAGE}.DISMISS"
_SNOOZE: Final = f"{PACKAGE}.SNOOZE"
_COMPLETE: Final = f"{PACKAGE}.MARK_COMPLETED"
_HORIZON: Final = 366 * DAY
"""Reminders further off are planned when the time has come nearer."""


def _minutes(event: Event) -> tuple[int, ...]:
    """Its reminders by notification, minutes before."""
    return tuple(m for m, kind in zip(event.reminders, event.reminder_types, strict=True) if m != OFF and kind == 0)


def _base(store: Store, event: Event, start_ts: int) -> int:
    """What reminders count from: the start, midnight for all-day events."""
    return midnight(datetime.fromtimestamp(start_ts, store.zone).date(), store.zone) if event.all_day else start_ts


def next_reminder(store: Store, event: Event, after: int) -> int | None:
    """Unix seconds of the first reminder after `after` within a year, or None. Completed tasks have none."""
    found: list[int] = []
    for minutes in _minutes(event):
        for start in starts(event, store.zone, after + minutes * 60):
            at = _base(store, event, start) - minutes * 60
            if at > after + _HORIZON:
                break
            if at > after and not store.completed(event, start):
                found.append(at)
                break
    return min(found, default=None)


def plan(kernel: Kernel) -> None:
    """Let the clock call at the next reminder of all."""
    kernel.clock.cancel_all(PACKAGE, _PLAN)
    kernel.clock.cancel_all(PACKAGE, _REMIND)
    store = Store(kernel)
    now = kernel.clock.now_ms // 1000
    coming = [at for event in store.content().events if (at := next_reminder(store, event, now)) is not None]
    if coming:
        kernel.clock.schedule(min(coming) * 1000, PACKAGE, _REMIND, {"at": min(coming)})
    elif any(_minutes(event) for event in store.content().events):
        kernel.clock.schedule((now + _HORIZON) * 1000, PACKAGE, _PLAN)


def withdraw(kernel: Kernel, event_id: int) -> None:
    """Take the notification of an event away."""
    notifications = kernel.notifications
    notifications.cancel(notifications.key(PACKAGE, "", event_id))


def receive(kernel: Kernel, action: str, extras: Mapping[str, Any]) -> None:
    """Clock events, notification buttons and broadcasts."""
    if action == DATABASE_CHANGED:
        # Whoever fills the database does so row by row: plan once, as soon as time moves on.
        if not any(event.action == _PLAN and event.at_ms <= kernel.clock.now_ms for event in kernel.clock.pending(PACKAGE)):
            kernel.clock.schedule(kernel.clock.now_ms, PACKAGE, _PLAN)
    elif action in (_PLAN, TIME_SET):
        plan(kernel)
    elif action == _REMIND:
        _remind(kernel, int(extras["at"]))
        plan(kernel)
    elif action == _SNOOZED:
        store = Store(kernel)
        event = store.event(int(extras["event_id"]))
        if event is not None:
            _notify(kernel, store, event, int(extras["start_ts"]))
    elif action in (_DISMISS, _SNOOZE, _COMPLETE):
        _act(kernel, action, str(extras["key"]))


def _remind(kernel: Kernel, at: int) -> None:
    """Show what has a reminder at exactly this time."""
    store = Store(kernel)
    for event in store.content().events:
        for minutes in _minutes(event):
            low = at + minutes * 60 - (DAY if event.all_day else 0)
            for start in starts(event, store.zone, low):
                if start > at + minutes * 60 + DAY:
                    break
                if _base(store, event, start) - minutes * 60 == at and not store.completed(event, start):
                    _notify(kernel, store, event, start)


def _notify(kernel: Kernel, store: Store, event: Event, start_ts: int) -> None:
    type_name = store.type(event.event_type).title
    channel = f"simple_calendar_5_{event.event_type}"
    kernel.notifications.define_channel(PACKAGE, channel, type_name, IMPORTANCE_HIGH)
    buttons = [("Dismiss", _DISMISS), ("Snooze", _SNOOZE)]
    if event.is_task:
        buttons.insert(0, ("Mark completed", _COMPLETE))
    intent = Intent.of(
        VIEW, package=PACKAGE, activity=TASK_ACTIVITY if event.is_task else EVENT_ACTIVITY, event_id=event.id, event_occurrence_ts=start_ts
    )  # fmt: skip
    kernel.notifications.post(
        PACKAGE, "", event.title, _content(kernel, store, event, start_ts), id=event.id, channel=channel, actions=buttons, content=intent,
        importance=IMPORTANCE_HIGH, extras={"event_id": event.id, "start_ts": start_ts},
    )  # fmt: skip


def _content(kernel: Kernel, store: Store, event: Event, start_ts: int) -> str:
    today = kernel.clock.now().date()
    end = start_ts + max(0, event.end_ts - event.start_ts)
    day, _ = days_of(start_ts, end, store.zone)
    named = "" if day == today else "Tomorrow" if day == today + timedelta(days=1) else f"{MONTHS[day.month - 1]} {day.day},"
    when = occurrence_text(Occurrence(start_ts, end, event, False), store.zone, kernel.ui.use_24h, today.year)
    detail = event.location if prefs_of(kernel).replace_description else event.description
    return " ".join(part for part in (named, when, " ".join(detail.split())) if part)


def _act(kernel: Kernel, action: str, key: str) -> None:
    """A button of a notification."""
    notification = kernel.notifications.get(key)
    if notification is None:
        return
    event_id, start_ts = int(notification.extra("event_id") or 0), int(notification.extra("start_ts") or 0)
    kernel.notifications.cancel(key)
    if action == _SNOOZE:
        at = kernel.clock.now_ms + prefs_of(kernel).snooze_time * 60_000
        kernel.clock.schedule(at, PACKAGE, _SNOOZED, {"event_id": event_id, "start_ts": start_ts})
        kernel.journal.append("effect", PACKAGE, "reminder.snoozed", "reversible", id=event_id, until_ms=at)
    elif action == _COMPLETE:
        Store(kernel).complete(event_id, start_ts, True)
        plan(kernel)
        kernel.journal.append("effect", PACKAGE, "task.completed", "reversible", id=event_id, start_ts=start_ts)
    else:
        kernel.journal.append("effect", PACKAGE, "reminder.dismissed", "reversible", id=event_id)
