"""Times, days and durations in the clock's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.apps.numbers import clock_time

if TYPE_CHECKING:
    from datetime import datetime

__all__ = [
    "DAY_NAMES", "HALF_GAP", "alarm_time", "days_text", "full_days_text", "hours_ahead", "next_alarm_text",
    "stopwatch_text", "timer_text", "until_text", "week_order",
]  # fmt: skip

DAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HALF_GAP: Final = "\u202f"
"""Stands before AM and PM."""
_MINUTE_MS: Final = 60_000


def week_order(first: int) -> tuple[int, ...]:
    """Days of the week, 0 Monday to 6 Sunday, in the order of the preference `week_start` (7 Saturday, 1 Sunday, 2 Monday)."""
    start = {7: 5, 1: 6, 2: 0}.get(first, 6)
    return tuple((start + i) % 7 for i in range(7))


def alarm_time(hour: int, minute: int, use_24h: bool) -> tuple[str, str]:
    """`("8:30", "AM")`, or `("08:30", "")`."""
    if use_24h:
        return f"{hour:02d}:{minute:02d}", ""
    return f"{hour % 12 or 12}:{minute:02d}", "AM" if hour < 12 else "PM"


def days_text(days: int, order: tuple[int, ...]) -> str:
    """`Mon, Tue`, `Monday`, `Every day`; empty for no day. `days` has bit 1 for Monday."""
    chosen = [DAY_NAMES[day] for day in order if days >> day & 1]
    if len(chosen) == 7:
        return "Every day"
    return chosen[0] if len(chosen) == 1 else ", ".join(name[:3] for name in chosen)


def full_days_text(days: int, order: tuple[int, ...]) -> str:
    """The same with the names in full, as it is read out."""
    chosen = [DAY_NAMES[day] for day in order if days >> day & 1]
    return "Every day" if len(chosen) == 7 else ", ".join(chosen)


def next_alarm_text(when: datetime, use_24h: bool) -> str:
    """As Android writes the next alarm: `Thu 8:30 AM`."""
    return f"{when:%a} {clock_time(when, use_24h)}"


def until_text(ms: int) -> str:
    """What is shown after an alarm was set `ms` ahead, rounded up to whole minutes."""
    if ms < _MINUTE_MS:
        return "Alarm set for less than 1 minute from now."
    minutes = -(-ms // _MINUTE_MS)
    parts = [_count(n, unit) for n, unit in ((minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute")) if n]
    text = parts[0] if len(parts) == 1 else f"{parts[0]} and {parts[1]}" if len(parts) == 2 else f"{parts[0]}, {parts[1]}, and {parts[2]}"
    return f"Alarm set for {text} from now."


def _count(n: int, unit: str) -> str:
    return f"{n} {unit}{'' if n == 1 else 's'}"


def timer_text(ms: int) -> str:
    """`4:59`, `1:04:59`, `-0:05`: what is left, rounded up to whole seconds."""
    seconds = -(-ms // 1000)
    sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return sign + (f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes}:{seconds % 60:02d}")


def stopwatch_text(ms: int) -> tuple[str, str]:
    """Main part and hundredths: `("22", "95")`, `("1:02", "07")`, `("1:00:00", "00")`."""
    seconds, hundredths = ms // 1000, ms % 1000 // 10
    hours, minutes = seconds // 3600, seconds // 60 % 60
    if hours:
        return f"{hours}:{minutes:02d}:{seconds % 60:02d}", f"{hundredths:02d}"
    return (f"{minutes}:{seconds % 60:02d}" if minutes else f"{seconds % 60:02d}"), f"{hundredths:02d}"


def hours_ahead(here: datetime, there: datetime) -> str:
    """How another place's time differs: `5 hours ahead`, `Tomorrow, +9 hrs`, `Same time`."""
    here_offset, there_offset = here.utcoffset(), there.utcoffset()
    if here_offset is None or there_offset is None:
        return ""
    minutes = int((there_offset - here_offset).total_seconds()) // 60
    days = (there.date() - here.date()).days
    if not minutes:
        return "Same time"
    hours, rest = divmod(abs(minutes), 60)
    if days:
        amount = f"{hours}:{rest:02d}" if rest else str(hours)
        unit = "hr" if hours == 1 and not rest else "hrs"
        return f"{'Tomorrow' if days > 0 else 'Yesterday'}, {'+' if minutes > 0 else '-'}{amount} {unit}"
    parts = [*([_count(hours, "hour")] if hours else []), *([_count(rest, "minute")] if rest else [])]
    return f"{' '.join(parts)} {'ahead' if minutes > 0 else 'behind'}"
