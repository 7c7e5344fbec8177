"""Timers and the stopwatch: their rows in `deskclock_prefs.db`, and what time does to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mobilegym.emulator.phone.apps.clock.store import ALARM_CHANNEL, PACKAGE, STOPWATCH_CHANNEL, TIMER_CHANNEL, prefs_db
from mobilegym.emulator.phone.apps.clock.words import timer_text
from mobilegym.emulator.phone.apps.numbers import clock_time
from mobilegym.emulator.phone.kernel.intents import Intent

if TYPE_CHECKING:
    import sqlite3

    from mobilegym.emulator.device import Value
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = [
    "EXPIRED", "PAUSED", "RESET", "RUNNING", "TIMER_ACTION", "TIMER_EVENT", "WATCH_ACTION", "Lap", "Stopwatch", "Timer", "act", "add",
    "all_timers", "expire", "get", "lap", "laps", "pause_watch", "remove", "rename", "replan", "reset_watch", "start_watch", "stopwatch",
    "watch_act",
]  # fmt: skip

RUNNING: Final = 1
PAUSED: Final = 2
EXPIRED: Final = 3
RESET: Final = 4
TIMER_EVENT: Final = "com.android.deskclock.action.TIMER_EXPIRED"
"""Event on the clock with the extra `timer`."""
TIMER_ACTION: Final = "com.android.deskclock.action.TIMER_"
"""Prefix of notification actions: START, PAUSE, RESET, ADD_MINUTE."""
WATCH_ACTION: Final = "com.android.deskclock.action.STOPWATCH_"
"""Prefix of notification actions: START, PAUSE, RESET, LAP."""
_MAIN: Final = "com.android.deskclock.DeskClock"
_WATCH_TAG: Final = "stopwatch"
_MAX_LAPS: Final = 99
_MAX_MS: Final = 99 * 3_600_000 + 99 * 60_000 + 99_000


class Timer(NamedTuple):
    """A row of `timers`."""

    id: int
    state: int
    length_ms: int
    """As it was set."""
    total_ms: int
    """With the minutes added since."""
    remaining_ms: int
    """At `last_start_ms` while running, otherwise now."""
    last_start_ms: int
    label: str
    delete_after_use: bool

    def remaining(self, now_ms: int) -> int:
        """What is left, ms; negative once it is over."""
        if self.state in (RUNNING, EXPIRED):
            return self.remaining_ms - max(0, now_ms - self.last_start_ms)
        return self.remaining_ms

    @property
    def ends_ms(self) -> int:
        """When it is over, epoch ms."""
        return self.last_start_ms + self.remaining_ms


class Stopwatch(NamedTuple):
    """The stopwatch: state 0 reset, 1 running, 2 paused."""

    state: int
    last_start_ms: int
    accumulated_ms: int

    def total(self, now_ms: int) -> int:
        """Time on the watch, ms."""
        return self.accumulated_ms + (max(0, now_ms - self.last_start_ms) if self.state == RUNNING else 0)


class Lap(NamedTuple):
    """A finished lap."""

    number: int
    lap_ms: int
    total_ms: int


_SQL: Final = "SELECT _id, state, length_ms, total_ms, remaining_ms, last_start_ms, label, delete_after_use FROM timers"


def _timer(row: sqlite3.Row) -> Timer:
    return Timer(row[0], row[1], row[2], row[3], row[4], row[5], row[6], bool(row[7]))


def all_timers(kernel: Kernel) -> list[Timer]:
    """Expired ones first, then newest first."""
    return [_timer(row) for row in prefs_db(kernel).query(f"{_SQL} ORDER BY state != {EXPIRED}, _id DESC")]


def get(kernel: Kernel, timer_id: int) -> Timer | None:
    """The timer of an id, or None."""
    row = prefs_db(kernel).one(f"{_SQL} WHERE _id = ?", (timer_id,))
    return None if row is None else _timer(row)


def add(kernel: Kernel, length_ms: int, label: str = "", *, delete_after_use: bool = False) -> int:
    """Make a timer and start it; returns its id."""
    timer_id = prefs_db(kernel).execute(
        "INSERT INTO timers (state, length_ms, total_ms, remaining_ms, last_start_ms, label, delete_after_use) "
        "VALUES (?, ?, ?, ?, 0, ?, ?)",
        (RESET, length_ms, length_ms, length_ms, label, int(delete_after_use)),
    )  # fmt: skip
    _log(kernel, "timer.created", timer_id, length_ms=length_ms, label=label)
    act(kernel, timer_id, "START")
    return timer_id


def act(kernel: Kernel, timer_id: int, what: str) -> None:
    """START, PAUSE, RESET or ADD_MINUTE a timer."""
    timer, now = get(kernel, timer_id), kernel.clock.now_ms
    if timer is None:
        return
    left = timer.remaining(now)
    if what == "START" and timer.state in (PAUSED, RESET):
        _write(kernel, timer_id, state=RUNNING, last_start_ms=now)
    elif what == "PAUSE" and timer.state == RUNNING:
        _write(kernel, timer_id, state=PAUSED, remaining_ms=left)
    elif what == "RESET" and timer.delete_after_use and timer.state == EXPIRED:
        remove(kernel, timer_id)
        return
    elif what == "RESET" and timer.state != RESET:
        _write(kernel, timer_id, state=RESET, remaining_ms=timer.length_ms, total_ms=timer.length_ms)
    elif what == "ADD_MINUTE" and timer.state == EXPIRED:
        _write(kernel, timer_id, state=RUNNING, remaining_ms=60_000, total_ms=60_000, last_start_ms=now)
    elif what == "ADD_MINUTE" and left + 60_000 <= _MAX_MS:
        _write(kernel, timer_id, remaining_ms=timer.remaining_ms + 60_000, total_ms=timer.total_ms + 60_000)
    else:
        return
    names = {"START": "started", "PAUSE": "paused", "RESET": "reset", "ADD_MINUTE": "extended"}
    _log(kernel, f"timer.{names[what]}", timer_id, length_ms=timer.length_ms, label=timer.label)
    _plan(kernel, timer_id)


def rename(kernel: Kernel, timer_id: int, label: str) -> None:
    """Give a timer a label."""
    _write(kernel, timer_id, label=label)
    _log(kernel, "timer.labelled", timer_id, label=label)
    _plan(kernel, timer_id)


def remove(kernel: Kernel, timer_id: int) -> None:
    """Delete a timer."""
    timer = get(kernel, timer_id)
    if timer is not None:
        prefs_db(kernel).execute("DELETE FROM timers WHERE _id = ?", (timer_id,))
        _log(kernel, "timer.deleted", timer_id, length_ms=timer.length_ms, label=timer.label)
    _plan(kernel, timer_id)


def expire(kernel: Kernel, timer_id: int) -> None:
    """A timer's time is up: it rings until it is stopped."""
    timer = get(kernel, timer_id)
    if timer is None or timer.state != RUNNING or timer.ends_ms > kernel.clock.now_ms:
        return
    _write(kernel, timer_id, state=EXPIRED)
    dark = not kernel.hardware.screen_on
    kernel.shell.wake()
    kernel.journal.append("system", PACKAGE, "timer.fired", "read", timer=timer_id, label=timer.label, length_ms=timer.length_ms)
    kernel.notifications.post(
        PACKAGE, _tag(timer_id), "Time's up", f"{timer.label or 'Timer'} · {timer_text(timer.length_ms)}", channel=ALARM_CHANNEL,
        actions=(("Stop", TIMER_ACTION + "RESET"), ("Add 1 min", TIMER_ACTION + "ADD_MINUTE")), content=_show(2), ongoing=True,
        auto_cancel=False, extras={"timer": timer_id}, id=1,
    )  # fmt: skip
    kernel.notifications.cancel(kernel.notifications.key(PACKAGE, _tag(timer_id)))
    if dark and not kernel.hardware.locked:
        kernel.activities.start(_show(2))


def replan(kernel: Kernel) -> None:
    """Schedule running timers anew, after the clock was set or the phone started."""
    for timer in all_timers(kernel):
        if timer.state == RUNNING:
            _plan(kernel, timer.id)


def _plan(kernel: Kernel, timer_id: int) -> None:
    """Schedule the end of a timer and post what the shade says about it."""
    for event in kernel.clock.pending(PACKAGE):
        if event.action == TIMER_EVENT and event.extra("timer") == timer_id:
            kernel.clock.cancel(event.id)
    timer, posts = get(kernel, timer_id), kernel.notifications
    if timer is None or timer.state != EXPIRED:
        posts.cancel(posts.key(PACKAGE, _tag(timer_id), 1))
    if timer is None or timer.state not in (RUNNING, PAUSED):
        posts.cancel(posts.key(PACKAGE, _tag(timer_id)))
        return
    if timer.state == RUNNING:
        kernel.clock.schedule(timer.ends_ms, PACKAGE, TIMER_EVENT, {"timer": timer_id})
        text = f"Ends at {clock_time(kernel.clock.local(timer.ends_ms), kernel.ui.use_24h)}"
        actions = (("Pause", TIMER_ACTION + "PAUSE"), ("+1:00", TIMER_ACTION + "ADD_MINUTE"))
    else:
        text = f"Paused at {timer_text(timer.remaining_ms)}"
        actions = (("Resume", TIMER_ACTION + "START"), ("Reset", TIMER_ACTION + "RESET"))
    posts.post(PACKAGE, _tag(timer_id), timer.label or "Timer", text, channel=TIMER_CHANNEL, actions=actions, content=_show(2),
               ongoing=True, auto_cancel=False, extras={"timer": timer_id})  # fmt: skip


def _write(kernel: Kernel, timer_id: int, **values: Value) -> None:
    columns = ", ".join(f"{name} = ?" for name in values)
    prefs_db(kernel).execute(f"UPDATE timers SET {columns} WHERE _id = ?", (*values.values(), timer_id))


def _tag(timer_id: int) -> str:
    return f"timer{timer_id}"


def _show(tab: int) -> Intent:
    return Intent.of(package=PACKAGE, activity=_MAIN, tab=tab)


# ---------------------------------------------------------------------- stopwatch


def stopwatch(kernel: Kernel) -> Stopwatch:
    """The stopwatch as it stands."""
    row = prefs_db(kernel).one("SELECT state, last_start_ms, accumulated_ms FROM stopwatch WHERE _id = 1")
    return Stopwatch(*row) if row is not None else Stopwatch(0, 0, 0)


def laps(kernel: Kernel) -> list[Lap]:
    """Finished laps, latest first."""
    return [Lap(*row) for row in prefs_db(kernel).query("SELECT number, lap_ms, total_ms FROM laps ORDER BY number DESC")]


def start_watch(kernel: Kernel) -> None:
    """Start or resume."""
    _set_watch(kernel, Stopwatch(RUNNING, kernel.clock.now_ms, stopwatch(kernel).accumulated_ms), "started")


def pause_watch(kernel: Kernel) -> None:
    """Stop counting."""
    total = stopwatch(kernel).total(kernel.clock.now_ms)
    _set_watch(kernel, Stopwatch(PAUSED, 0, total), "paused", total_ms=total)


def reset_watch(kernel: Kernel) -> None:
    """Back to zero, without laps."""
    prefs_db(kernel).execute("DELETE FROM laps")
    _set_watch(kernel, Stopwatch(0, 0, 0), "reset")


def lap(kernel: Kernel) -> None:
    """Begin a new lap."""
    watch, done = stopwatch(kernel), laps(kernel)
    if watch.state != RUNNING or len(done) >= _MAX_LAPS:
        return
    total = watch.total(kernel.clock.now_ms)
    before = done[0].total_ms if done else 0
    prefs_db(kernel).execute("INSERT INTO laps VALUES (?, ?, ?)", (len(done) + 1, total - before, total))
    _log(kernel, "stopwatch.lap", 0, number=len(done) + 1, lap_ms=total - before)
    _show_watch(kernel)


def watch_act(kernel: Kernel, what: str) -> None:
    """START, PAUSE, RESET or LAP, from the notification."""
    {"START": start_watch, "PAUSE": pause_watch, "RESET": reset_watch, "LAP": lap}[what](kernel)


def _set_watch(kernel: Kernel, watch: Stopwatch, name: str, **data: Any) -> None:
    prefs_db(kernel).execute("UPDATE stopwatch SET state = ?, last_start_ms = ?, accumulated_ms = ? WHERE _id = 1", tuple(watch))
    _log(kernel, f"stopwatch.{name}", 0, **data)
    _show_watch(kernel)


def _show_watch(kernel: Kernel) -> None:
    watch, count, posts = stopwatch(kernel), len(laps(kernel)), kernel.notifications
    if not watch.state:
        posts.cancel(posts.key(PACKAGE, _WATCH_TAG))
        return
    running = watch.state == RUNNING
    text = ("Running" if running else f"Paused at {timer_text(watch.accumulated_ms)}") + (f" · Lap {count + 1}" if count else "")
    names = (("Pause", "PAUSE"), ("Lap", "LAP")) if running else (("Start", "START"), ("Reset", "RESET"))
    actions = tuple((label, WATCH_ACTION + action) for label, action in names)
    posts.post(PACKAGE, _WATCH_TAG, "Stopwatch", text, channel=STOPWATCH_CHANNEL, actions=actions, content=_show(3), ongoing=running,
               auto_cancel=False)  # fmt: skip


def _log(kernel: Kernel, name: str, timer_id: int, **data: Any) -> None:
    kernel.journal.append("effect", PACKAGE, name, "reversible", **({"timer": timer_id} if timer_id else {}), **data)
