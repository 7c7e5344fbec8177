"""What turns itself on and off at times of the day: Night Light, dark theme, Do Not Disturb schedules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast

from mobilegym.emulator.phone.kernel.clock import epoch_ms

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = [
    "DARK_MODE",
    "DARK_START",
    "DEFAULT_END_MS",
    "DEFAULT_START_MS",
    "EDGE",
    "NIGHT_MODE",
    "NIGHT_START",
    "PACKAGE",
    "ZEN_RULES",
    "Timed",
    "ZenRule",
    "apply_now",
    "plan",
    "receive",
    "within",
    "write_rules",
    "zen_rules",
]

PACKAGE: Final = "com.android.settings"
EDGE: Final = "com.android.settings.SCHEDULE_EDGE"
"""Clock event at which a schedule turns something on or off; extras `what` and `on`."""
NIGHT_MODE: Final = "night_display_auto_mode"
"""Setting secure: 0 no schedule, 1 at custom times."""
DARK_MODE: Final = "mobilegym_dark_theme_auto_mode"
DARK_START: Final = ("dark_theme_custom_start_time", "dark_theme_custom_end_time")
NIGHT_START: Final = ("night_display_custom_start_time", "night_display_custom_end_time")
ZEN_RULES: Final = "mobilegym_zen_rules"
"""Setting global: the Do Not Disturb schedules as JSON."""
DEFAULT_START_MS: Final = 79_200_000
DEFAULT_END_MS: Final = 21_600_000
Timed: TypeAlias = Literal["night", "dark"]
_DAY_MINUTES: Final = 1440


@dataclass(frozen=True, slots=True)
class ZenRule:
    """A Do Not Disturb schedule."""

    id: int
    name: str
    days: tuple[int, ...]
    """0 is Monday."""
    start: int
    """Minutes after midnight."""
    end: int
    """Minutes after midnight; not later than `start` means the day after."""
    enabled: bool = False


_SLEEPING: Final = ZenRule(1, "Sleeping", (0, 1, 2, 3, 4, 5, 6), 22 * 60, 7 * 60)


def zen_rules(kernel: Kernel) -> tuple[ZenRule, ...]:
    """The schedules in the order they were made."""
    text = kernel.settings.get("global", ZEN_RULES)
    if text is None:
        return (_SLEEPING,)
    found = cast("list[dict[str, Any]]", json.loads(text))
    return tuple(ZenRule(i["id"], i["name"], tuple(i["days"]), i["start"], i["end"], i["enabled"]) for i in found)


def write_rules(kernel: Kernel, rules: tuple[ZenRule, ...]) -> None:
    """Keep the schedules and plan their edges anew."""
    kernel.settings.put("global", ZEN_RULES, json.dumps([asdict(rule) for rule in rules], sort_keys=True))
    plan(kernel)


def _minutes(kernel: Kernel, keys: tuple[str, str]) -> tuple[int, int]:
    read = kernel.settings.number
    return read("secure", keys[0], DEFAULT_START_MS) // 60_000, read("secure", keys[1], DEFAULT_END_MS) // 60_000


def _next(kernel: Kernel, minute: int, days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)) -> int | None:
    """Epoch ms of the next time that it is `minute` on one of the days."""
    now = kernel.clock.now()
    for ahead in range(8):
        day = (now + timedelta(days=ahead)).date()
        at = epoch_ms(datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=kernel.clock.zone))
        if day.weekday() in days and at > kernel.clock.now_ms:
            return at
    return None


def plan(kernel: Kernel) -> None:
    """Put the next edges of every schedule on the clock, in place of those that are there."""
    clock = kernel.clock
    clock.cancel_all(PACKAGE, EDGE)

    def add(what: str, on: bool, at: int | None) -> None:
        if at is not None:
            clock.schedule(at, PACKAGE, EDGE, {"what": what, "on": on})

    for what, mode, keys in (("night", NIGHT_MODE, NIGHT_START), ("dark", DARK_MODE, DARK_START)):
        if kernel.settings.number("secure", mode, 0):
            start, end = _minutes(kernel, keys)
            add(what, True, _next(kernel, start))
            add(what, False, _next(kernel, end))
    for rule in zen_rules(kernel):
        if rule.enabled:
            overnight = rule.end <= rule.start
            after = tuple((d + 1) % 7 for d in rule.days) if overnight else rule.days
            add(f"zen:{rule.id}", True, _next(kernel, rule.start, rule.days))
            add(f"zen:{rule.id}", False, _next(kernel, rule.end, after))


def within(kernel: Kernel, start: int, end: int) -> bool:
    """Whether the present time of day lies between two minutes of the day."""
    now = kernel.clock.now()
    minute = now.hour * 60 + now.minute
    return start <= minute < end if start < end else minute >= start or minute < end


def apply_now(kernel: Kernel, what: Timed) -> None:
    """A schedule was just chosen: take the state that it has at this time of day."""
    start, end = _minutes(kernel, NIGHT_START if what == "night" else DARK_START)
    if kernel.settings.number("secure", NIGHT_MODE if what == "night" else DARK_MODE, 0):
        _switch(kernel, what, within(kernel, start, end))
    plan(kernel)


def _switch(kernel: Kernel, what: str, on: bool) -> None:
    if what == "night":
        kernel.settings.set_flag("secure", "night_display_activated", on)
    elif what == "dark":
        kernel.settings.put("secure", "ui_night_mode", "2" if on else "1")
    else:
        kernel.settings.put("global", "zen_mode", "1" if on else "0")
    kernel.journal.append("system", PACKAGE, "schedule.applied", "read", what=what, on=on)


def receive(kernel: Kernel, action: str, extras: Mapping[str, Any]) -> None:
    """Events of the clock, and news of the clock having been set."""
    if action == EDGE:
        _switch(kernel, str(extras["what"]), bool(extras["on"]))
    if action in (EDGE, "android.intent.action.TIME_SET") and "missed" not in extras:
        plan(kernel)
