"""The calendar's preferences: a frozen value, kept in the app's own XML file."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from mobilegym.emulator.phone.apps.calendar.model import OFF, PACKAGE, REGULAR

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["PREFS_PATH", "Prefs", "change_prefs", "numbers_text", "prefs_of"]

PREFS_PATH: Final = f"/data/data/{PACKAGE}/shared_prefs/Prefs.xml"


@dataclass(frozen=True, slots=True)
class Prefs:
    """Preferences; whole numbers, and sets of numbers as ascending text (`2,5`)."""

    view: int = 1
    """1 month, 2 year, 3 list, 4 week, 5 day, 7 month and day."""
    first_day_of_week: int = 6
    """0 Monday … 6 Sunday."""
    default_reminder_1: int = OFF
    default_reminder_2: int = OFF
    default_reminder_3: int = OFF
    use_previous_event_reminders: int = 0
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
    week_numbers: int = 0
    show_grid: int = 0
    highlight_weekends: int = 0
    dim_past_events: int = 1
    dim_completed_tasks: int = 1
    allow_changing_time_zones: int = 0
    allow_creating_tasks: int = 1
    replace_description: int = 0
    vibrate: int = 0
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


_DEFAULTS: Final = Prefs()


@lru_cache(maxsize=64)
def _parse(data: bytes) -> Prefs:
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return _DEFAULTS
    known: dict[str, Any] = {f.name: getattr(_DEFAULTS, f.name) for f in fields(Prefs)}
    changes: dict[str, Any] = {}
    for node in root:
        name, value = node.get("name", ""), node.get("value", "")
        if isinstance(known.get(name), int) and value.lstrip("-").isdecimal():
            changes[name] = int(value)
        elif isinstance(known.get(name), str):
            changes[name] = node.text or ""
    return replace(_DEFAULTS, **changes)


def _write(prefs: Prefs) -> bytes:
    lines = ["<?xml version='1.0' encoding='utf-8' standalone='yes' ?>", "<map>"]
    for item in fields(Prefs):
        value = getattr(prefs, item.name)
        if value == getattr(_DEFAULTS, item.name):
            continue
        if isinstance(value, int):
            lines.append(f'    <int name="{item.name}" value="{value}" />')
        else:
            lines.append(f'    <string name="{item.name}">{escape(value)}</string>')
    return "\n".join([*lines, "</map>", ""]).encode()


def prefs_of(kernel: Kernel) -> Prefs:
    """The preferences in force."""
    return _parse(kernel.files.read(PREFS_PATH)) if kernel.files.exists(PREFS_PATH) else _DEFAULTS


def change_prefs(kernel: Kernel, **changes: Any) -> None:
    """Change and store preferences; nothing is written where all stay as they are."""
    old = prefs_of(kernel)
    new = replace(old, **changes)
    if new != old:
        kernel.files.write(PREFS_PATH, _write(new))
