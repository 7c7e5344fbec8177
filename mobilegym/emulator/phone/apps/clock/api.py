"""Intents by which other apps set alarms and timers (`android.provider.AlarmClock`), and what reaches the clock in the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from mobilegym.emulator.phone.apps.clock import alarms, ring, timers
from mobilegym.emulator.phone.apps.clock.desk import DeskClock
from mobilegym.emulator.phone.apps.clock.store import DEFAULT_RINGTONE, SILENT
from mobilegym.emulator.phone.apps.clock.words import until_text
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.kernel import DATABASE_CHANGED
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.layout import Column
from mobilegym.emulator.phone.ui.view import View

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["ApiState", "HandleApiCalls", "receive"]

_ACTION: Final = "android.intent.action."
_EXTRA: Final = "android.intent.extra.alarm."


@dataclass(frozen=True, slots=True)
class ApiState:
    pass


class HandleApiCalls(Activity[ApiState]):
    """Does what the intent asks for, shows the tab that belongs to it unless told to `SKIP_UI`, and is gone."""

    name: ClassVar[str] = "com.android.deskclock.HandleApiCalls"

    def initial(self) -> ApiState:
        return ApiState()

    def build(self) -> View:
        return Column(width=FILL, height=FILL)

    def on_create(self) -> None:
        action = self.intent.action.removeprefix(_ACTION)
        show: dict[str, Any] | None = {"tab": 2 if "TIMER" in action else 0}
        if action == "SET_ALARM":
            show = self._set_alarm()
        elif action == "SET_TIMER":
            show = self._set_timer()
        elif action in ("DISMISS_ALARM", "SNOOZE_ALARM"):
            show = self._answer(action)
        if show is not None:
            self.open(DeskClock, **show)
        self.finish()

    def _set_alarm(self) -> dict[str, Any] | None:
        """Extras HOUR, MINUTES, MESSAGE, DAYS (1 Sunday to 7 Saturday), VIBRATE, RINGTONE, SKIP_UI. Without an hour it asks."""
        hour, minutes = self.intent.extra(f"{_EXTRA}HOUR"), self.intent.extra(f"{_EXTRA}MINUTES", 0)
        if hour is None or not 0 <= int(hour) <= 23 or not 0 <= int(minutes) <= 59:
            return {"tab": 0, "new": True}
        label = self.intent.text(f"{_EXTRA}MESSAGE")
        days = sum(1 << (int(day) + 5) % 7 for day in self.intent.extra(f"{_EXTRA}DAYS", ()) or ())
        sound = self.intent.text(f"{_EXTRA}RINGTONE")
        same = alarms.find(self.kernel, int(hour), int(minutes), days, label)
        if same is not None:
            made = ring.switch(self.kernel, same.id, True)
        else:
            made = ring.add(
                self.kernel, int(hour), int(minutes), days=days, label=label, vibrate=bool(self.intent.extra(f"{_EXTRA}VIBRATE", True)),
                ringtone=DEFAULT_RINGTONE if not sound else SILENT if sound == "silent" else sound,
            )  # fmt: skip
        if made is None:
            return None
        self.toast(until_text(made.at_ms(self.kernel) - self.kernel.clock.now_ms))
        return None if self.intent.extra(f"{_EXTRA}SKIP_UI") else {"tab": 0, "alarm": made.alarm_id}

    def _set_timer(self) -> dict[str, Any] | None:
        """Extras LENGTH in seconds, MESSAGE, SKIP_UI. Without a length it asks."""
        length = self.intent.extra(f"{_EXTRA}LENGTH")
        if length is None or not 1 <= int(length) <= 86_400:
            return {"tab": 2}
        skip = bool(self.intent.extra(f"{_EXTRA}SKIP_UI"))
        timers.add(self.kernel, int(length) * 1000, self.intent.text(f"{_EXTRA}MESSAGE"), delete_after_use=skip)
        return None if skip else {"tab": 2}

    def _answer(self, action: str) -> dict[str, Any] | None:
        found = ring.firing(self.kernel)
        if found is None:
            return {"tab": 0}
        if action == "SNOOZE_ALARM":
            ring.snooze(self.kernel, found)
        else:
            ring.dismiss(self.kernel, found)
        return None


_PLAN_ANEW: Final = (_ACTION + "TIME_SET", _ACTION + "TIMEZONE_CHANGED", _ACTION + "BOOT_COMPLETED", DATABASE_CHANGED)


def receive(kernel: Kernel, action: str, extras: Mapping[str, Any]) -> None:
    """Events on the clock, notification actions and broadcasts."""
    if action == alarms.ALARM_EVENT:
        found = alarms.instance(kernel, int(extras["instance"]))
        if found is not None:
            ring.advance(kernel, found)
    elif action in (ring.SNOOZE, ring.DISMISS):
        found = alarms.instance(kernel, int(extras["instance"]))
        if found is not None and action == ring.SNOOZE and found.state == alarms.FIRED:
            ring.snooze(kernel, found)
        elif found is not None and action == ring.DISMISS:
            ring.dismiss(kernel, found)
    elif action == timers.TIMER_EVENT:
        timers.expire(kernel, int(extras["timer"]))
    elif action.startswith(timers.TIMER_ACTION):
        timers.act(kernel, int(extras["timer"]), action.removeprefix(timers.TIMER_ACTION))
    elif action.startswith(timers.WATCH_ACTION):
        timers.watch_act(kernel, action.removeprefix(timers.WATCH_ACTION))
    elif action in _PLAN_ANEW and "missed" not in extras:
        ring.fix(kernel)
        timers.replan(kernel)
