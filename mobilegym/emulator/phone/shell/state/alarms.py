"""`dumpsys alarm` and `cmd alarm`: what waits on the phone's clock."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.kernel.clock import Event
from mobilegym.emulator.phone.shell.args import Args, dispatch, number
from mobilegym.emulator.phone.shell.process import JavaError, Process
from mobilegym.emulator.phone.shell.state.facts import handle, long_time, relative, set_zone
from mobilegym.errors import NotFound

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["alarm", "dump_alarm"]

_CLOCK: Final = "com.google.android.deskclock"
_ACTION: Final = re.compile(r"[A-Za-z]\w*(?:\.\w+)+")


def _is_alarm_clock(event: Event) -> bool:
    return event.package == _CLOCK and "alarm" in event.action.lower()


def dump_alarm(p: Process) -> int:
    """`dumpsys alarm`."""
    kernel, clock = p.kernel, p.kernel.clock
    now, elapsed = clock.now_ms, clock.elapsed_ms
    events = clock.pending()
    p.out("Current Alarm Manager state:\n  Settings:\n    min_futurity=+5s0ms\n    min_interval=+1m0s0ms\n"
          "    max_interval=+365d0h0m0s0ms\n\n"
          f"  nowRTC={now}={long_time(clock, now)} nowELAPSED={elapsed}\n  mLastTimeChangeClockTime={clock.boot_ms}="
          f"{long_time(clock, clock.boot_ms)}\n  mLastTimeChangeRealtime=0\n\n  Pending alarm clocks:\n")  # fmt: skip
    nearest = events[0].at_ms if events else None
    if nearest is not None:
        p.out(f"  Next wakeup alarm: {relative(nearest - now)} = {long_time(clock, nearest)}\n")
    p.out(f"\n  {len(events)} pending alarms:\n")
    p.out("".join(_event(kernel, place, event) for place, event in enumerate(events)))
    alarm_clock = next((event for event in events if _is_alarm_clock(event)), None)
    p.out("\n  Next alarm clock information: \n")
    if alarm_clock is not None:
        p.out(f"    user:0 pendingSend:false time:{alarm_clock.at_ms} = {long_time(clock, alarm_clock.at_ms)} = "
              f"{relative(alarm_clock.at_ms - now)}\n")  # fmt: skip
    return 0


def _event(kernel: Kernel, place: int, event: Event) -> str:
    clock = kernel.clock
    after = relative(event.at_ms - clock.now_ms)
    when = long_time(clock, event.at_ms)
    whole = f"{event.package}/{event.action}/{event.id}"
    action = event.action if _ACTION.fullmatch(event.action) else f"{event.package}.{event.action}"
    elapsed = clock.elapsed_ms + event.at_ms - clock.now_ms
    lines = [
        f"    RTC_WAKEUP #{place}: Alarm{{{handle(whole)} type 0 origWhen {event.at_ms} whenElapsed {elapsed} {event.package}}}",
        f"      tag=*walarm*:{action}", f"      type=RTC_WAKEUP origWhen={when} window=0 exactAllowReason=policy_permission "
                        "repeatInterval=0 "
        "count=0 flags=0x3", f"      policyWhenElapsed: requester={after} app_standby={after} device_idle=-- battery_saver={after}",
        f"      whenElapsed={after} maxWhenElapsed={after}",
    ]  # fmt: skip
    if _is_alarm_clock(event):
        lines += ["      Alarm clock:", f"        triggerTime={when}",
                  f"        showIntent=PendingIntent{{{handle(whole + 'show')}: PendingIntentRecord{{{handle(whole + 'record')} "
                  f"{event.package} startActivity}}}}"]  # fmt: skip
    lines.append(f"      operation=PendingIntent{{{handle(whole + 'do')}: PendingIntentRecord{{{handle(whole + 'doing')} {event.package} "
                 "broadcastIntent}}")  # fmt: skip
    return "\n".join(lines) + "\n"


def alarm(p: Process) -> int:
    """`cmd alarm set-time|set-timezone`."""
    return dispatch(p, {"set-time": _set_time, "set-timezone": _set_zone, "get-config-version": lambda p, args: p.out("0\n")},
                    "Alarm manager service (alarm) commands:\n  help\n    Print this help text.\n  set-time TIME\n    Set the system clock "
                    "time to TIME where TIME is milliseconds\n    since the Epoch.\n  set-timezone TZ\n    Set the system timezone to TZ "
                    "where TZ is an Olson id.\n")  # fmt: skip


def _set_time(p: Process, args: Args) -> None:
    p.kernel.set_time(number(args.need()))


def _set_zone(p: Process, args: Args) -> None:
    zone = args.need()
    try:
        set_zone(p, zone)
    except NotFound as error:
        raise JavaError(f"Invalid time zone: {zone}") from error
