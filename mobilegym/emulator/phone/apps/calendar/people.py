"""Birthdays and anniversaries of contacts, as yearly all-day events."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any, Final

from mobilegym.emulator.phone.apps.calendar.model import ALL_DAY, SAME_DAY, YEAR, Event
from mobilegym.emulator.phone.apps.calendar.reminders import plan
from mobilegym.emulator.phone.apps.calendar.store import Store, midnight
from mobilegym.emulator.phone.kernel.activities import Activity

__all__ = ["add_contact_days"]

_DATA: Final = "content://com.android.contacts/data"
_EVENT: Final = "vnd.android.cursor.item/contact_event"
_HALF_DAY: Final = 43_200
_MISSING_YEAR: Final = 4
_KINDS: Final = {
    False: ("Birthdays", 0xFF3F51B5, "contact-birthday", ("3",), "birthdays"),
    True: ("Anniversaries", 0xFF8E24AA, "contact-anniversary", ("1",), "anniversaries"),
}
"""Title and colour of the type, source of the events, kinds of contact event, plural."""


def add_contact_days(surface: Activity[Any], anniversaries: bool) -> None:
    """Add what is not there yet, and say how it went."""
    kernel, store = surface.kernel, Store(surface.kernel)
    title, color, source, kinds, plural = _KINDS[anniversaries]
    rows = kernel.content.query(_DATA, where="mimetype = ?", args=(_EVENT,))
    people = [(str(r["raw_contact_id"]), str(r.get("display_name") or ""), day) for r in rows
              if str(r["data2"]) in kinds and (day := _day(str(r["data1"] or ""), kernel.clock.now().year)) is not None]  # fmt: skip
    known = {event.import_id for event in store.content().events if event.source == source}
    new = [person for person in people if f"{source}-{person[0]}" not in known]
    if not new:
        surface.toast(f"No {'new ' if people else ''}{plural} have been found")
        return
    type_id = next((t.id for t in store.types() if t.title == title), 0) or store.save_type(0, title, color)
    for raw_id, name, (day, missing) in new:
        start = midnight(day, store.zone)
        store.save(Event(
            start_ts=start, end_ts=start + _HALF_DAY, title=name, flags=ALL_DAY | (_MISSING_YEAR if missing else 0), repeat_interval=YEAR,
            repeat_rule=SAME_DAY, event_type=type_id, source=source, import_id=f"{source}-{raw_id}",
        ))  # fmt: skip
    plan(kernel)
    surface.effect(f"{plural}.added", "reversible", count=len(new))
    surface.toast(f"{title} added successfully")


def _day(text: str, this_year: int) -> tuple[date, bool] | None:
    """Date of `1990-03-11`, `--03-11` or `19900311`, and whether its year is missing."""
    missing = text.startswith("--")
    digits = (str(this_year) + text[2:] if missing else text).replace("-", "")[:8]
    if len(digits) != 8 or not digits.isdecimal():
        return None
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if not 1 <= year <= 9999 or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    # The 29 February of an unknown year needs one that has it.
    while day > calendar.monthrange(year, month)[1]:
        if not missing or (month, day) != (2, 29):
            return None
        year -= 1
    return date(year, month, day), missing
