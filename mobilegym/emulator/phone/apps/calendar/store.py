"""Events, tasks and event types in the database: reading with their repetitions, and every way of changing them."""

from __future__ import annotations

import heapq
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from hashlib import md5
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from mobilegym.emulator.phone.apps.calendar.model import (
    COMPLETED,
    DAY,
    PACKAGE,
    REGULAR,
    Event,
    EventType,
    Occurrence,
    argb,
    code_of,
    signed,
)
from mobilegym.emulator.phone.apps.calendar.recurrence import starts
from mobilegym.emulator.phone.apps.calendar.schema import DATABASE
from mobilegym.emulator.phone.kernel.database import Database

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["Store", "midnight", "remembered"]

T = TypeVar("T")
_KEPT: Final = 64
_YEAR: Final = 366 * DAY


class _Content(NamedTuple):
    """All of the database as values."""

    events: tuple[Event, ...]
    by_id: dict[int, Event]
    types: tuple[EventType, ...]
    done: frozenset[tuple[int, int]]
    """Completed tasks: `(id, start)`."""


_CONTENTS: Final[OrderedDict[int, _Content]] = OrderedDict()
"""By token of the database, which stands for its content in every phone of the process."""
_SPANS: Final[OrderedDict[tuple[object, ...], tuple[Occurrence, ...]]] = OrderedDict()


_RESULTS: Final[OrderedDict[tuple[object, ...], Any]] = OrderedDict()
"""What was worked out from the data, by state of the database, time zone, function and arguments."""


def remembered(store: Store, work_out: Callable[..., T], *args: Any) -> T:
    """`work_out(store, *args)`, once for the same data; it must be a pure function of those. The same object each time."""
    key = (work_out, store.token, str(store.zone), args)
    if key in _RESULTS:
        return _RESULTS[key]
    result = _RESULTS[key] = work_out(store, *args)
    if len(_RESULTS) > _KEPT * 2:
        _RESULTS.popitem(last=False)
    return result


def midnight(day: date, zone: tzinfo) -> int:
    """Unix seconds at which a day begins."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


class Store:
    """The calendar's data on one phone. It has no state of its own."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._db: Database = kernel.databases.open(PACKAGE, DATABASE)

    @property
    def token(self) -> int:
        """Stands for the content."""
        return self._db.token

    @property
    def zone(self) -> tzinfo:
        """The phone's time zone."""
        return self._kernel.clock.zone

    # ------------------------------------------------------------------ reading

    def content(self) -> _Content:
        """Everything, read once per state of the database."""
        found = _CONTENTS.get(self._db.token)
        if found is None:
            events = tuple(Event.of_row(row) for row in self._db.query("SELECT * FROM events ORDER BY id"))  # type: ignore[arg-type]
            types = tuple(EventType(row[0], row[1], argb(row[2])) for row in self._db.query("SELECT id, title, color FROM event_types"))
            done = {(row[0], row[1]) for row in self._db.query("SELECT task_id, start_ts FROM tasks WHERE flags & ?", (COMPLETED,))}
            done |= {(event.id, event.start_ts) for event in events if event.is_task and event.flags & COMPLETED and not event.repeats}
            found = _Content(events, {event.id: event for event in events}, types, frozenset(done))
            _CONTENTS[self._db.token] = found
            if len(_CONTENTS) > _KEPT:
                _CONTENTS.popitem(last=False)
        return found

    def event(self, event_id: int) -> Event | None:
        """The event or task of that id, or None."""
        return self.content().by_id.get(event_id)

    def types(self) -> tuple[EventType, ...]:
        """Event types, in the order they were made."""
        return self.content().types

    def type(self, type_id: int) -> EventType:
        """The type of that id; one that is gone counts as the regular one."""
        types = self.types()
        return next((t for t in types if t.id == type_id), types[0] if types else EventType(REGULAR, "Regular event", 0xFF106D1F))

    def color(self, event: Event) -> int:
        """ARGB that an event is drawn in."""
        return argb(event.color) if event.color else self.type(event.event_type).color

    def completed(self, event: Event, start_ts: int) -> bool:
        """Whether a task was done."""
        return event.is_task and (event.id, start_ts) in self.content().done

    def between(self, low: int, high: int, hidden: frozenset[int] = frozenset()) -> tuple[Occurrence, ...]:
        """What takes place between two times, by start; `hidden` types are left out. The same object for the same question."""
        key = (self._db.token, low, high, hidden, str(self.zone))
        found = _SPANS.get(key)
        if found is None:
            found = _SPANS[key] = self._expand(self.content().events, low, high, hidden)
            if len(_SPANS) > _KEPT * 4:
                _SPANS.popitem(last=False)
        return found

    def on_days(self, first: date, last: date, hidden: frozenset[int] = frozenset()) -> tuple[Occurrence, ...]:
        """What takes place from one day to another, both included."""
        return self.between(midnight(first, self.zone), midnight(last + timedelta(days=1), self.zone), hidden)

    def search(self, wanted: str, now: int, hidden: frozenset[int] = frozenset()) -> tuple[Occurrence, ...]:
        """What has the text in title, location or description: single events of any time, repeating ones of the year to come."""
        return remembered(self, _search, wanted, datetime.fromtimestamp(now, self.zone).date(), hidden)

    def matching(self, wanted: str, today: date, hidden: frozenset[int]) -> tuple[Occurrence, ...]:
        """`search`, worked out anew."""
        low = wanted.casefold()
        events = [e for e in self.content().events if low in f"{e.title}\n{e.location}\n{e.description}".casefold()]
        single = self._expand([e for e in events if not e.repeats], 0, 1 << 34, hidden)
        since = midnight(today, self.zone)
        coming = self._expand([e for e in events if e.repeats], since, since + _YEAR, hidden)
        return tuple(heapq.merge(single, coming, key=_order))

    def _expand(self, events: Iterable[Event], low: int, high: int, hidden: frozenset[int]) -> tuple[Occurrence, ...]:
        found: list[Occurrence] = []
        zone, done = self.zone, self.content().done
        for event in events:
            if event.start_ts >= high or event.event_type in hidden:
                continue
            length = max(0, event.end_ts - event.start_ts)
            for start in starts(event, zone, low - length):
                if start >= high:
                    break
                end = start + length
                if end > low or start >= low or event.all_day and end >= low:
                    found.append(Occurrence(start, end, event, event.is_task and (event.id, start) in done))
        return tuple(sorted(found, key=_order))

    # ------------------------------------------------------------------ writing

    def save(self, event: Event) -> Event:
        """Insert (id 0) or update; returns it as stored."""
        now = self._kernel.clock.now_ms
        stored = replace(
            event, last_updated=now, time_zone=event.time_zone or str(self.zone), import_id=event.import_id or self._import_id(now)
        )  # fmt: skip
        values = stored.values()
        if stored.id:
            self._db.execute(f"UPDATE events SET {', '.join(f'{k} = ?' for k in values)} WHERE id = ?", (*values.values(), stored.id))
            return stored
        marks = ", ".join("?" * len(values))
        return replace(stored, id=self._db.execute(f"INSERT INTO events ({', '.join(values)}) VALUES ({marks})", tuple(values.values())))

    def _import_id(self, now: int) -> str:
        count = self._db.scalar("SELECT COALESCE(MAX(id), 0) FROM events")
        return md5(f"{now}-{count}".encode(), usedforsecurity=False).hexdigest() + str(now)

    def save_one(self, event: Event, occurrence: int) -> Event:
        """Store a changed single occurrence of a repeating event: an exception and an event of its own."""
        with self._db.transaction():
            self.delete_one(event.id, occurrence)
            single = replace(event, id=0, parent_id=event.id, repeat_interval=0, repeat_rule=0, repeat_limit=0, exceptions=(), import_id="")
            return self.save(single)

    def save_future(self, event: Event, occurrence: int) -> Event:
        """Store a changed event from one occurrence on; the earlier ones stay as they were."""
        old = self.event(event.id)
        with self._db.transaction():
            if old is not None and old.repeat_limit < 0 and event.repeat_limit == old.repeat_limit:
                before = self._count_before(old, occurrence)
                event = replace(event, repeat_limit=min(-1, old.repeat_limit + before))
            self.delete_future(event.id, occurrence)
            return self.save(replace(event, id=0, import_id=""))

    def save_all(self, event: Event, occurrence: int) -> Event:
        """Store a repeating event that was changed by way of one of its occurrences: all move by as much."""
        old = self.event(event.id)
        if old is None or not old.repeats:
            return self.save(event)
        zone = event.zone(self.zone)
        moved = datetime.fromtimestamp(event.start_ts, zone).replace(tzinfo=None) - datetime.fromtimestamp(occurrence, zone).replace(
            tzinfo=None
        )
        first = datetime.fromtimestamp(old.start_ts, zone).replace(tzinfo=None) + moved
        start = int(first.replace(tzinfo=zone).timestamp())
        return self.save(replace(event, start_ts=start, end_ts=start + event.end_ts - event.start_ts))

    def _count_before(self, event: Event, occurrence: int) -> int:
        """Occurrences before one, those that were taken out included."""
        count = 0
        for start in starts(replace(event, exceptions=()), self.zone):
            if start >= occurrence:
                break
            count += 1
        return count

    def delete(self, ids: Sequence[int]) -> None:
        """Delete events or tasks, with what came from single occurrences of them."""
        with self._db.transaction():
            for event_id in ids:
                children = [row[0] for row in self._db.query("SELECT id FROM events WHERE parent_id = ?", (event_id,))]
                self._db.execute("DELETE FROM tasks WHERE task_id = ?", (event_id,))
                self._db.execute("DELETE FROM events WHERE id = ?", (event_id,))
                if children:
                    self.delete(children)

    def delete_one(self, event_id: int, occurrence: int) -> None:
        """Take one occurrence out of a repetition."""
        event = self.event(event_id)
        if event is None:
            return
        code = code_of(datetime.fromtimestamp(occurrence, self.zone).date())
        exceptions = tuple(dict.fromkeys((*event.exceptions, code)))
        text = replace(event, exceptions=exceptions).values()["repetition_exceptions"]
        self._db.execute("UPDATE events SET repetition_exceptions = ? WHERE id = ?", (text, event_id))
        self._db.execute("DELETE FROM tasks WHERE task_id = ? AND start_ts = ?", (event_id, occurrence))

    def delete_future(self, event_id: int, occurrence: int) -> None:
        """End a repetition before an occurrence; from the first one on, the event is deleted."""
        event = self.event(event_id)
        if event is None:
            return
        if occurrence <= event.start_ts:
            self.delete((event_id,))
            return
        zone = event.zone(self.zone)
        before = datetime.fromtimestamp(occurrence, zone).date() - timedelta(days=1)
        limit = midnight(before, zone) if event.all_day else midnight(before + timedelta(days=1), zone) - 1
        self._db.execute("UPDATE events SET repeat_limit = ? WHERE id = ?", (limit, event_id))
        self._db.execute("DELETE FROM tasks WHERE task_id = ? AND start_ts >= ?", (event_id, occurrence))

    def complete(self, event_id: int, start_ts: int, done: bool) -> None:
        """Mark a task done or not."""
        event = self.event(event_id)
        if event is None:
            return
        with self._db.transaction():
            self._db.execute("DELETE FROM tasks WHERE task_id = ? AND start_ts = ?", (event_id, start_ts))
            if done:
                values = (event_id, start_ts, event.flags | COMPLETED)
                self._db.execute("INSERT INTO tasks (task_id, start_ts, flags) VALUES (?, ?, ?)", values)
            if event.flags & COMPLETED:
                self._db.execute("UPDATE events SET flags = ? WHERE id = ?", (event.flags & ~COMPLETED, event_id))

    def save_type(self, type_id: int, title: str, color: int) -> int:
        """Insert (id 0) or change an event type; returns its id."""
        if type_id:
            self._db.execute("UPDATE event_types SET title = ?, color = ? WHERE id = ?", (title, signed(color), type_id))
            return type_id
        return self._db.execute("INSERT INTO event_types (title, color, caldav_calendar_id, caldav_display_name, caldav_email, type) "
                                "VALUES (?, ?, 0, '', '', 0)", (title, signed(color)))  # fmt: skip

    def delete_type(self, type_id: int, with_events: bool) -> int:
        """Delete an event type; its events go too, or become regular ones. Returns how many events that concerned."""
        ids = [event.id for event in self.content().events if event.event_type == type_id]
        with self._db.transaction():
            if with_events:
                self.delete(ids)
            else:
                self._db.execute("UPDATE events SET event_type = ? WHERE event_type = ?", (REGULAR, type_id))
            self._db.execute("DELETE FROM event_types WHERE id = ?", (type_id,))
        return len(ids)


def _search(store: Store, wanted: str, today: date, hidden: frozenset[int]) -> tuple[Occurrence, ...]:
    return store.matching(wanted, today, hidden)


def _order(occurrence: Occurrence) -> tuple[int, bool, int, str, int]:
    event = occurrence.event
    return occurrence.start_ts, not event.all_day, occurrence.end_ts, event.title, event.id
