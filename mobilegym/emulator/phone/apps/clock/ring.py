"""What alarms do in time: announce themselves, ring, snooze, stop, go unheard. And every change the owner makes to one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.apps.clock import alarms
from mobilegym.emulator.phone.apps.clock.alarms import ALARM_EVENT, FIRED, HIGH, LOW, MISSED, SNOOZED, WAITING, Alarm, Instance, tag
from mobilegym.emulator.phone.apps.clock.store import ALARM_CHANNEL, MISSED_CHANNEL, PACKAGE, SNOOZE_CHANNEL, UPCOMING_CHANNEL, number
from mobilegym.emulator.phone.apps.clock.words import next_alarm_text
from mobilegym.emulator.phone.apps.numbers import clock_time
from mobilegym.emulator.phone.kernel.intents import Intent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from mobilegym.emulator.device import Value
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = [
    "ALARM_SCREEN", "DISMISS", "SNOOZE", "add", "advance", "change", "delete", "dismiss", "firing", "fix", "restore", "snooze", "switch",
]  # fmt: skip

SNOOZE: Final = "com.android.deskclock.SNOOZE_ALARM"
DISMISS: Final = "com.android.deskclock.DISMISS_ALARM"
ALARM_SCREEN: Final = "com.android.deskclock.alarms.AlarmActivity"
_MAIN: Final = "com.android.deskclock.DeskClock"

_LOW_MS: Final = 2 * 3_600_000
_HIGH_MS: Final = 30 * 60_000
_KEPT_MS: Final = 12 * 3_600_000
"""How long an instance that went unheard is kept."""


# ---------------------------------------------------------------------- what the owner does


def add(kernel: Kernel, hour: int, minutes: int, **values: Any) -> Instance:
    """Set a new alarm, enabled; returns its waiting instance."""
    alarm_id = alarms.insert(kernel, hour, minutes, **values)
    alarm = alarms.get(kernel, alarm_id)
    assert alarm is not None
    _log(kernel, "alarm.created", alarm)
    made = alarms.schedule(kernel, alarm)
    advance(kernel, made)
    return made


def change(kernel: Kernel, alarm_id: int, **values: Value) -> Instance | None:
    """Change columns of an alarm and plan it anew; returns its waiting instance, None while it is off."""
    alarms.write(kernel, alarm_id, **values)
    alarm = alarms.get(kernel, alarm_id)
    if alarm is None:
        return None
    name = "alarm.changed" if set(values) != {"enabled"} else "alarm.enabled" if alarm.enabled else "alarm.disabled"
    _log(kernel, name, alarm)
    return _replan(kernel, alarm)


def switch(kernel: Kernel, alarm_id: int, on: bool) -> Instance | None:
    """Turn an alarm on or off."""
    return change(kernel, alarm_id, enabled=int(on))


def delete(kernel: Kernel, alarm_id: int) -> Alarm | None:
    """Delete an alarm; returns what it was, for Undo."""
    alarm = alarms.get(kernel, alarm_id)
    if alarm is not None:
        alarms.remove(kernel, alarm_id)
        _close_screen(kernel)
        _log(kernel, "alarm.deleted", alarm, risk="irreversible")
    return alarm


def restore(kernel: Kernel, alarm: Alarm) -> None:
    """Undo a deletion."""
    alarms.insert(
        kernel, alarm.hour, alarm.minutes, days=alarm.days, label=alarm.label, vibrate=alarm.vibrate, ringtone=alarm.ringtone,
        alarm_id=alarm.id, enabled=alarm.enabled, delete_after_use=alarm.delete_after_use,
    )  # fmt: skip
    _log(kernel, "alarm.restored", alarm)
    _replan(kernel, alarm)


def snooze(kernel: Kernel, found: Instance) -> int:
    """Silence a ringing alarm for a while; returns how many minutes."""
    minutes = number(kernel, "snooze_duration")
    at = (kernel.clock.now() + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    _effect(kernel, "alarm.snoozed", found)
    advance(kernel, alarms.move_instance(kernel, found, at))
    _close_screen(kernel)
    return minutes


def dismiss(kernel: Kernel, found: Instance) -> None:
    """Stop a ringing alarm, end its snooze, or skip one that has not rung yet."""
    after = found.at(kernel) if found.state in WAITING else None
    _effect(kernel, "alarm.dismissed", found)
    alarms.forget(kernel, found)
    _finish_parent(kernel, found, skip=after is not None)
    _close_screen(kernel)


def firing(kernel: Kernel) -> Instance | None:
    """The alarm that rings now."""
    return next((found for found in alarms.instances(kernel) if found.state == FIRED), None)


# ---------------------------------------------------------------------- what time does


def advance(kernel: Kernel, found: Instance) -> None:
    """Bring an instance to the state that belongs to the present time, and schedule its next change."""
    alarms.drop_events(kernel, found.id)
    now, at = kernel.clock.now_ms, found.at_ms(kernel)
    if found.state == FIRED:
        minutes = number(kernel, "auto_silence")
        if minutes > 0:
            _plan(kernel, found, at + minutes * 60_000)
            if now >= at + minutes * 60_000:
                _miss(kernel, found)
    elif found.state == MISSED:
        if now >= at + _KEPT_MS:
            alarms.forget(kernel, found)
        else:
            _plan(kernel, found, at + _KEPT_MS)
    elif now >= at:
        _fire(kernel, found)
    elif found.state == SNOOZED:
        text = f"{clock_time(found.at(kernel), kernel.ui.use_24h)}{' - ' + found.label if found.label else ''}"
        kernel.notifications.post(
            PACKAGE, tag(found.id), "Snoozed alarm", text, channel=SNOOZE_CHANNEL, actions=(("Dismiss alarm", DISMISS),),
            content=_show_alarms(), ongoing=True, auto_cancel=False, extras={"instance": found.id},
        )  # fmt: skip
        _plan(kernel, found, at)
    elif now >= at - _LOW_MS:
        soon = now >= at - _HIGH_MS
        _announce(kernel, alarms.set_state(kernel, found, HIGH if soon else LOW))
        _plan(kernel, found, at if soon else at - _HIGH_MS)
    else:
        _plan(kernel, found, at - _LOW_MS)
    alarms.publish(kernel)


def fix(kernel: Kernel) -> None:
    """Bring instances, events and what the system knows in line with the templates, after boot or when the clock was set.

    Writes nothing where they are.
    """
    known = {alarm.id: alarm for alarm in alarms.all_alarms(kernel)}
    planned = {event.extra("instance") for event in kernel.clock.pending(PACKAGE) if event.action == ALARM_EVENT}
    covered: set[int] = set()
    for found in alarms.instances(kernel):
        alarm = known.get(found.alarm_id)
        waiting = found.state in WAITING
        if alarm is None or waiting and not _fits(kernel, found, alarm):
            alarms.forget(kernel, found)
            continue
        if found.state != MISSED:
            covered.add(found.alarm_id)
        if found.id not in planned and (found.state != FIRED or number(kernel, "auto_silence") > 0):
            advance(kernel, found)
    for alarm in known.values():
        if alarm.enabled and alarm.id not in covered:
            advance(kernel, alarms.schedule(kernel, alarm))
    alarms.publish(kernel)


def _fits(kernel: Kernel, found: Instance, alarm: Alarm) -> bool:
    """Whether a waiting instance is one that its alarm may have: at its time of day, on one of its days, not too far ahead."""
    at = found.at(kernel)
    if not alarm.enabled or alarms.next_time(alarm, at - timedelta(minutes=1)) != at:
        return False
    return bool(alarm.days) or at <= alarms.next_time(alarm, kernel.clock.now())


def _fire(kernel: Kernel, found: Instance) -> None:
    ringing = firing(kernel)
    if ringing is not None and ringing.id != found.id:
        _miss(kernel, ringing)
    found = alarms.set_state(kernel, found, FIRED)
    when = clock_time(found.at(kernel), kernel.ui.use_24h)
    dark = not kernel.hardware.screen_on
    kernel.shell.wake()
    kernel.journal.append("system", PACKAGE, "alarm.fired", "read", time=when, label=found.label, alarm=found.alarm_id)
    screen = Intent.of(package=PACKAGE, activity=ALARM_SCREEN, instance=found.id)
    kernel.notifications.post(
        PACKAGE, tag(found.id), found.label or "Alarm", when, channel=ALARM_CHANNEL, actions=(("Snooze", SNOOZE), ("Stop", DISMISS)),
        content=screen, ongoing=True, auto_cancel=False, extras={"instance": found.id},
    )  # fmt: skip
    if dark and not kernel.hardware.locked:
        kernel.activities.start(screen)
    advance(kernel, found)


def _miss(kernel: Kernel, found: Instance) -> None:
    """Nobody answered."""
    found = alarms.set_state(kernel, found, MISSED)
    kernel.journal.append("system", PACKAGE, "alarm.missed", "read", label=found.label, alarm=found.alarm_id)
    text = f"{next_alarm_text(found.at(kernel), kernel.ui.use_24h)}{' - ' + found.label if found.label else ''}"
    kernel.notifications.post(
        PACKAGE, tag(found.id), "Missed alarm", text, channel=MISSED_CHANNEL, content=_show_alarms(), extras={"instance": found.id}
    )
    _finish_parent(kernel, found, skip=False)
    _close_screen(kernel)
    advance(kernel, found)


def _announce(kernel: Kernel, found: Instance) -> None:
    text = f"{next_alarm_text(found.at(kernel), kernel.ui.use_24h)}{' - ' + found.label if found.label else ''}"
    kernel.notifications.post(
        PACKAGE, tag(found.id), "Upcoming alarm", text, channel=UPCOMING_CHANNEL, actions=(("Dismiss alarm", DISMISS),),
        content=_show_alarms(), auto_cancel=False, extras={"instance": found.id},
    )  # fmt: skip


def _plan(kernel: Kernel, found: Instance, at_ms: int) -> None:
    kernel.clock.schedule(at_ms, PACKAGE, ALARM_EVENT, {"instance": found.id})


def _finish_parent(kernel: Kernel, found: Instance, *, skip: bool) -> None:
    """After an instance is over: a repeating alarm waits for its next time, one that rings once is switched off."""
    alarm = alarms.get(kernel, found.alarm_id)
    if alarm is not None and alarm.delete_after_use and not alarm.days:
        alarms.remove(kernel, alarm.id)
    elif alarm is not None and not alarm.days:
        alarms.write(kernel, alarm.id, enabled=0)
    elif alarm is not None and alarm.enabled:
        advance(kernel, alarms.schedule(kernel, alarm, found.at(kernel) if skip else None))
    alarms.publish(kernel)


def _replan(kernel: Kernel, alarm: Alarm) -> Instance | None:
    for found in alarms.instances(kernel):
        if found.alarm_id == alarm.id and found.state != MISSED:
            alarms.forget(kernel, found)
    made = None
    if alarm.enabled:
        made = alarms.schedule(kernel, alarm)
        advance(kernel, made)
    alarms.publish(kernel)
    return made


def _close_screen(kernel: Kernel) -> None:
    top = kernel.activities.foreground
    if top.package == PACKAGE and top.name == ALARM_SCREEN and firing(kernel) is None:
        top.finish()


def _show_alarms() -> Intent:
    return Intent.of(package=PACKAGE, activity=_MAIN, tab=0)


def _effect(kernel: Kernel, name: str, found: Instance) -> None:
    kernel.journal.append("effect", PACKAGE, name, "reversible", alarm=found.alarm_id, label=found.label, hour=found.hour,
                          minutes=found.minutes)  # fmt: skip


def _log(kernel: Kernel, name: str, alarm: Alarm, risk: Any = "reversible") -> None:
    data: Mapping[str, Any] = {"hour": alarm.hour, "minutes": alarm.minutes, "days": alarm.days, "label": alarm.label}
    kernel.journal.append("effect", PACKAGE, name, risk, alarm=alarm.id, enabled=alarm.enabled, **data)
