"""What can be done with events from more than one screen: delete and share."""

from __future__ import annotations

from typing import Any, Final

from mobilegym.emulator.phone.apps.calendar.model import Occurrence, days_of
from mobilegym.emulator.phone.apps.calendar.reminders import plan, withdraw
from mobilegym.emulator.phone.apps.calendar.store import Store
from mobilegym.emulator.phone.apps.calendar.words import date_text, occurrence_text
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, ChoiceDialog, DialogButton

__all__ = ["ask_delete", "share_events"]

_SURE: Final = "Are you sure you want to proceed with the deletion?"
_SCOPES: Final = ("Delete the selected occurrence only", "Delete this and all future occurrences", "Delete all occurrences")


def ask_delete(surface: Activity[Any], chosen: tuple[tuple[int, int], ...], then: Call) -> None:
    """Ask, delete the occurrences `(id, start)`, and call `then`."""
    store = Store(surface.kernel)
    repeating = [event for event_id, _ in chosen if (event := store.event(event_id)) is not None and event.repeats]
    run = Call(_delete, (chosen, then))
    if not repeating:
        surface.show(
            AlertDialog(message=_SURE, positive=DialogButton("Yes", Call(_delete, (chosen, then, 2))), negative=DialogButton("No"))
        )
        return
    what = "The task is repeatable" if repeating[0].is_task else "The event is repeatable"
    if len(chosen) > 1:
        what = "The selection contains repeating events"
    surface.show(ChoiceDialog(
        message=f"{_SURE}\n\n{what}", options=_SCOPES, chosen=0, positive=DialogButton("Yes", run), negative=DialogButton("No"),
    ))  # fmt: skip


def _delete(surface: Activity[Any], chosen: tuple[tuple[int, int], ...], then: Call, scope: int) -> None:
    """`scope` is an index of the choices; events that do not repeat are deleted whole."""
    store = Store(surface.kernel)
    for event_id, start_ts in chosen:
        event = store.event(event_id)
        if event is None:
            continue
        withdraw(surface.kernel, event_id)
        if not event.repeats or scope == 2:
            store.delete((event_id,))
            which = "all"
        elif scope == 1:
            store.delete_future(event_id, start_ts)
            which = "future"
        else:
            store.delete_one(event_id, start_ts)
            which = "one"
        kind = "task" if event.is_task else "event"
        surface.effect(f"{kind}.deleted", "irreversible", id=event_id, title=event.title, start_ts=start_ts, occurrences=which)
    plan(surface.kernel)
    then.fn(surface, *then.args)


def share_events(surface: Activity[Any], ids: list[int]) -> None:
    """Share events as text: title, time, place and description."""
    store = Store(surface.kernel)
    events = [event for event_id in dict.fromkeys(ids) if (event := store.event(event_id)) is not None]
    if not events:
        return
    use_24h, year = surface.ui.use_24h, surface.kernel.clock.now().year
    parts: list[str] = []
    for event in events:
        span = Occurrence(event.start_ts, event.end_ts, event, False)
        day = date_text(days_of(event.start_ts, event.end_ts, store.zone)[0], year)
        when = f"{day}, {occurrence_text(span, store.zone, use_24h, year)}"
        parts.append("\n".join(part for part in (event.title, when, event.location, event.description) if part))
    surface.share(text="\n\n".join(parts), title=", ".join(event.title for event in events))
