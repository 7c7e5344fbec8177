"""Asking for a time of day and writing it, for schedules."""

from __future__ import annotations

from mobilegym.emulator.phone.apps.numbers import clock_time
from mobilegym.emulator.phone.apps.settings import schedules
from mobilegym.emulator.phone.apps.settings.page import Page
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.time_picker import TimePicker

__all__ = ["ask_time", "time_of_day"]


def time_of_day(page: Page, minute: int) -> str:
    """A minute of the day as the phone writes times."""
    now = page.kernel.clock.now()
    return clock_time(now.replace(hour=minute // 60 % 24, minute=minute % 60), page.ui.use_24h)


def ask_time(page: Page, key: str, default_ms: int, what: schedules.Timed, heading: str) -> None:
    """Ask for the time kept in ms after midnight under secure/`key`, then plan anew."""
    minute = page.kernel.settings.number("secure", key, default_ms) // 60_000
    page.show(TimePicker(result=Call(_take, (key, what, heading)), hour=minute // 60 % 24, minute=minute % 60))


def _take(page: Page, key: str, what: schedules.Timed, heading: str, hour: int, minute: int) -> None:
    page.put("secure", key, str((hour * 60 + minute) * 60_000), title=heading)
    schedules.apply_now(page.kernel, what)
