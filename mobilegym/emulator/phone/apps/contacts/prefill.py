"""What an intent brings into the contact editor, and dates as people read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mobilegym.emulator.phone.apps.contacts.store import Draft
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.providers.contacts import Email, Phone
from mobilegym.emulator.phone.kernel.providers.names import split_name

__all__ = ["filled", "shown_date"]


def shown_date(iso: str) -> str:
    """`March 11, 1990`, or `March 11` without a year; what is no date stays as it is."""
    try:
        day = date.fromisoformat(iso.replace("--", "2000-", 1) if iso.startswith("--") else iso)
    except ValueError:
        return iso
    return f"{day:%B} {day.day}" if iso.startswith("--") else f"{day:%B} {day.day}, {day.year}"


def filled(draft: Draft, intent: Intent) -> Draft:
    """A draft with what the extras of an intent bring."""

    def text(key: str) -> str:
        return intent.text(key).strip()

    def kind(key: str, standard: int) -> int:
        value: Any = intent.extra(key)
        return int(value) if isinstance(value, int) or isinstance(value, str) and value.isdigit() else standard

    changes: dict[str, Any] = {}
    if text("name"):
        changes["name"] = split_name(text("name"))
    numbers = [Phone(text(key), kind(f"{key}_type", 2)) for key in ("phone", "secondary_phone", "tertiary_phone") if text(key)]
    addresses = [Email(text(key), kind(f"{key}_type", 1)) for key in ("email", "secondary_email", "tertiary_email") if text(key)]
    if numbers:
        changes["phones"] = (*draft.phones, *(number for number in numbers if number.number not in {p.number for p in draft.phones}))
    if addresses:
        changes["emails"] = (*draft.emails, *(email for email in addresses if email.address not in {e.address for e in draft.emails}))
    for field, key in (("company", "company"), ("job_title", "job_title"), ("address", "postal"), ("note", "notes")):
        if text(key):
            changes[field] = text(key)
    return replace(draft, **changes)
