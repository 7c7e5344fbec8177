"""The phone's clock: virtual time, and the events that wait on it.

Nothing here reads the machine's clock. Time moves when the kernel moves it.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mobilegym.emulator.phone.kernel.cow import TOKENS
from mobilegym.errors import DeviceError, NotFound

__all__ = ["DEFAULT_START_MS", "DEFAULT_ZONE", "Clock", "Event", "FrozenClock", "Scalar", "epoch_ms", "time_zone"]

Scalar: TypeAlias = None | bool | int | float | str
"""What an event's extras may hold."""

DEFAULT_ZONE: Final = "America/New_York"
DEFAULT_START_MS: Final = 1_773_235_800_000
"""Wednesday 2026-03-11 09:30 in New York."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_LATEST_MS: Final = 32_503_680_000_000
_BOOTED_BEFORE_MS: Final = 3_600_000


def epoch_ms(when: datetime) -> int:
    """Epoch milliseconds of an aware `when`.

    Raises:
        DeviceError: If `when` has no time zone.
    """
    if when.tzinfo is None:
        raise DeviceError(f"time {when.isoformat()} has no time zone: pass an aware datetime")
    return (when - _EPOCH) // _MILLISECOND


@lru_cache(maxsize=1024)
def time_zone(name: str) -> ZoneInfo:
    """The time zone of that name. Kept, because `ZoneInfo` itself keeps no more than eight.

    Raises:
        NotFound: If there is none.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise NotFound(f"no time zone {name!r}: use an IANA name such as {DEFAULT_ZONE!r}") from error


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """Something that will happen; ordered by time, then by when it was scheduled."""

    at_ms: int
    id: int
    package: str = field(compare=False)
    """App that receives it."""
    action: str = field(compare=False)
    extras: tuple[tuple[str, Scalar], ...] = field(default=(), compare=False)
    """Pairs sorted by key."""

    def extra(self, key: str, default: Scalar = None) -> Scalar:
        """The extra of that name, or `default`."""
        for name, value in self.extras:
            if name == key:
                return value
        return default


class FrozenClock(NamedTuple):
    """State of a `Clock`; opaque."""

    now_ms: int
    boot_ms: int
    zone: str
    events: tuple[Event, ...]
    next_id: int
    events_token: int
    token: int


class Clock:
    """Virtual time in epoch milliseconds, a time zone, and scheduled events.

    Args:
        now_ms: Start time, epoch milliseconds UTC.
        zone: IANA name of the time zone.

    Raises:
        NotFound: For an unknown zone.
    """

    __slots__ = ("_boot_ms", "_events", "_local", "_next_id", "_now_ms", "_zone", "events_token", "token")

    def __init__(self, now_ms: int = DEFAULT_START_MS, zone: str = DEFAULT_ZONE) -> None:
        self._now_ms = now_ms
        self._boot_ms = now_ms - _BOOTED_BEFORE_MS
        self._zone = time_zone(zone)
        self._events: tuple[Event, ...] = ()
        self._next_id = 1
        self._local: datetime | None = None
        self.events_token = next(TOKENS)
        """Changes with the scheduled events only, not with the passing of time."""
        self.token = next(TOKENS)

    @property
    def now_ms(self) -> int:
        """Epoch milliseconds UTC."""
        return self._now_ms

    @property
    def zone(self) -> ZoneInfo:
        """The phone's time zone."""
        return self._zone

    @property
    def elapsed_ms(self) -> int:
        """Milliseconds since boot; setting the clock does not change it."""
        return self._now_ms - self._boot_ms

    @property
    def boot_ms(self) -> int:
        """When the phone was started, epoch milliseconds."""
        return self._boot_ms

    def now(self) -> datetime:
        """Local time, time zone aware."""
        if self._local is None:
            self._local = self.local(self._now_ms)
        return self._local

    def local(self, ms: int) -> datetime:
        """Local time of the epoch milliseconds `ms`, time zone aware."""
        return (_EPOCH + timedelta(milliseconds=ms)).astimezone(self._zone)

    def set_zone(self, name: str) -> None:
        """Change the time zone.

        Raises:
            NotFound: For an unknown zone.
        """
        self._zone = time_zone(name)
        self._moved()

    def set(self, ms: int) -> tuple[Event, ...]:
        """Set the time, forwards or backwards, without letting it pass.

        Returns:
            The events that lay in between, which are dropped and do not fire. Their apps may want to know.

        Raises:
            DeviceError: If `ms` lies outside 1970 to 3000.
        """
        if not 0 <= ms < _LATEST_MS:
            raise DeviceError(f"cannot set the clock to {ms} ms: it must lie between the years 1970 and 3000")
        self._boot_ms += ms - self._now_ms
        self._now_ms = ms
        missed = tuple(event for event in self._events if event.at_ms <= ms)
        if missed:
            self._replace(self._events[len(missed) :])
        self._moved()
        return missed

    def advance_to(self, ms: int) -> None:
        """Let time pass until `ms`; the kernel has delivered what is `due` before.

        Raises:
            DeviceError: If `ms` is in the past or beyond the year 3000.
        """
        if not self._now_ms <= ms < _LATEST_MS:
            raise DeviceError(f"cannot let time pass from {self._now_ms} ms to {ms} ms: it must go forwards and end before the year 3000")
        if ms != self._now_ms:
            self._now_ms = ms
            self._moved()

    def schedule(self, at_ms: int, package: str, action: str, extras: Mapping[str, Scalar] | None = None) -> int:
        """Let `action` reach `package` at `at_ms`; a time in the past means as soon as time moves.

        Returns:
            An id for `cancel`.
        """
        event = Event(at_ms, self._next_id, package, action, tuple(sorted((extras or {}).items())))
        self._next_id += 1
        events = list(self._events)
        insort(events, event)
        self._replace(tuple(events))
        return event.id

    def cancel(self, event_id: int) -> bool:
        """Drop an event; False where there is none of that id."""
        rest = tuple(event for event in self._events if event.id != event_id)
        found = len(rest) != len(self._events)
        if found:
            self._replace(rest)
        return found

    def cancel_all(self, package: str, action: str | None = None) -> int:
        """Drop the events of a package, all or those of one action; returns how many."""
        rest = tuple(event for event in self._events if event.package != package or (action is not None and event.action != action))
        dropped = len(self._events) - len(rest)
        if dropped:
            self._replace(rest)
        return dropped

    def pending(self, package: str | None = None) -> tuple[Event, ...]:
        """Events to come, earliest first, all or those of one package."""
        return self._events if package is None else tuple(event for event in self._events if event.package == package)

    def due(self, until_ms: int) -> Event | None:
        """Take out the earliest event not later than `until_ms` and move the time to it; None where there is none."""
        if not self._events or self._events[0].at_ms > until_ms:
            return None
        event = self._events[0]
        self._replace(self._events[1:])
        if event.at_ms > self._now_ms:
            self._now_ms = event.at_ms
            self._moved()
        return event

    def freeze(self) -> FrozenClock:
        """The present state."""
        return FrozenClock(self._now_ms, self._boot_ms, self._zone.key, self._events, self._next_id, self.events_token, self.token)

    def thaw(self, frozen: FrozenClock) -> None:
        """Go back to a state."""
        self._now_ms, self._boot_ms, zone, self._events, self._next_id, self.events_token, self.token = frozen
        self._zone = time_zone(zone)
        self._local = None

    def _replace(self, events: tuple[Event, ...]) -> None:
        self._events = events
        self.events_token = self.token = next(TOKENS)

    def _moved(self) -> None:
        self._local = None
        self.token = next(TOKENS)
