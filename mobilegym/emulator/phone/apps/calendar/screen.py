"""What the parts of the main screen ask of it: handlers that views name without knowing the activity."""

from __future__ import annotations

from typing import Final, Protocol

from mobilegym.emulator.phone.ui.call import Call

__all__ = [
    "SIDEWAYS",
    "Screen",
    "hold_event",
    "new_at",
    "open_day",
    "open_month",
    "pick_slot",
    "set_week_days",
    "swiped",
    "tap_event",
    "turn",
]


class Screen(Protocol):
    """The main activity, as its parts see it."""

    def open_day(self, code: str) -> None: ...
    def open_month(self, year: int, month: int) -> None: ...
    def turn(self, by: int) -> None: ...
    def tap_event(self, event_id: int, start_ts: int) -> None: ...
    def hold_event(self, event_id: int, start_ts: int) -> None: ...
    def new_at(self, code: str, hour: int) -> None: ...
    def pick_slot(self, code: str, hour: int) -> None: ...
    def set_week_days(self, days: int) -> None: ...


def open_day(screen: Screen, code: str) -> None:
    """A day was touched."""
    screen.open_day(code)


def open_month(screen: Screen, year: int, month: int) -> None:
    """A month of the year was touched."""
    screen.open_month(year, month)


def turn(screen: Screen, by: int) -> None:
    """An arrow was touched."""
    screen.turn(by)


def tap_event(screen: Screen, event_id: int, start_ts: int) -> None:
    """An event was touched."""
    screen.tap_event(event_id, start_ts)


def hold_event(screen: Screen, event_id: int, start_ts: int) -> None:
    """An event was held down."""
    screen.hold_event(event_id, start_ts)


def new_at(screen: Screen, code: str, hour: int) -> None:
    """The plus in an hour of the week was touched."""
    screen.new_at(code, hour)


def pick_slot(screen: Screen, code: str, hour: int) -> None:
    """A free hour of the week was touched."""
    screen.pick_slot(code, hour)


def set_week_days(screen: Screen, fraction: float) -> None:
    """The slider below the week was moved."""
    screen.set_week_days(1 + round(fraction * 13))


def swiped(screen: Screen, directions: frozenset[str], finger: str) -> None:
    """A page was swiped away sideways."""
    del directions
    screen.turn(1 if finger == "left" else -1)


SIDEWAYS: Final = Call(swiped, (frozenset(("left", "right")),))
