"""The calendar's preferences: a frozen value, kept in the app's own XML file."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.apps.calendar.model import OFF, PACKAGE, REGULAR
from mobilegym.emulator.phone.apps.shared_prefs import Pref, SharedPrefs

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["Prefs", "change_prefs", "numbers_text", "prefs_of"]


@dataclass(frozen=True, slots=True)
class Prefs:
    """Preferences; sets of numbers are ascending text (`2,5`)."""

    view: int = 1
    """1 month, 2 year, 3 list, 4 week, 5 day, 7 month and day."""
    first_day_of_week: int = 6
    """0 Monday … 6 Sunday."""
    default_reminder_1: int = OFF
    default_reminder_2: int = OFF
    default_reminder_3: int = OFF
    use_previous_event_reminders: bool = False
    reminder_minutes: int = OFF
    reminder_minutes_2: int = OFF
    reminder_minutes_3: int = OFF
    default_duration: int = 0
    """Minutes."""
    default_start_time: int = -1
    """-1 next full hour, -2 now, otherwise minutes of the day."""
    default_event_type_id: int = -1
    """-1 for the one used last."""
    last_used_local_event_type_id: int = REGULAR
    weekly_view_days: int = 7
    start_weekly_at: int = 7
    week_numbers: bool = False
    show_grid: bool = False
    highlight_weekends: bool = False
    dim_past_events: bool = True
    dim_completed_tasks: bool = True
    allow_changing_time_zones: bool = False
    allow_creating_tasks: bool = True
    replace_description: bool = False
    vibrate: bool = False
    snooze_time: int = 10
    """Minutes."""
    hidden_event_types: str = ""
    quick_filter_event_types: str = ""

    @property
    def hidden(self) -> frozenset[int]:
        """Event types that are filtered out."""
        return _numbers(self.hidden_event_types)

    @property
    def quick(self) -> frozenset[int]:
        """Event types offered at the bottom of the main screen."""
        return _numbers(self.quick_filter_event_types)


def _numbers(text: str) -> frozenset[int]:
    return frozenset(int(part) for part in text.split(",") if part.lstrip("-").isdecimal())


def numbers_text(numbers: frozenset[int]) -> str:
    """A set of numbers as it is stored."""
    return ",".join(str(n) for n in sorted(numbers))


_NAMES: Final = tuple(f.name for f in fields(Prefs))


@lru_cache(maxsize=64)
def _read(stored: tuple[tuple[str, Pref], ...]) -> Prefs:
    defaults = Prefs()
    known = {name: value for name, value in stored if name in _NAMES and type(value) is type(getattr(defaults, name))}
    return replace(defaults, **known)


def _shared(kernel: Kernel) -> SharedPrefs:
    return SharedPrefs(kernel.files, PACKAGE, "Prefs")


def prefs_of(kernel: Kernel) -> Prefs:
    """The preferences in force."""
    return _read(tuple(_shared(kernel).all().items()))


def change_prefs(kernel: Kernel, **changes: Pref) -> None:
    """Change and store preferences; nothing is written where all stay as they are."""
    old = prefs_of(kernel)
    _shared(kernel).put(**{name: value for name, value in changes.items() if getattr(old, name) != value})
