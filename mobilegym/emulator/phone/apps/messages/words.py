"""Dates and lengths as Messages shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

__all__ = ["character_counter", "day_and_time", "list_date", "time_of_day"]

_GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_DOUBLE: Final = frozenset("^{}\\[~]|€")


def time_of_day(when: datetime, use_24h: bool) -> str:
    """`09:30 AM` or `09:30`."""
    return f"{when:%H:%M}" if use_24h else f"{when.hour % 12 or 12:02d}:{when.minute:02d} {'AM' if when.hour < 12 else 'PM'}"


def list_date(when: datetime, now: datetime, use_24h: bool) -> str:
    """The time today, `30.06` this year, `30.06.2025` before."""
    if when.date() == now.date():
        return time_of_day(when, use_24h)
    return f"{when:%d.%m}" if when.year == now.year else f"{when:%d.%m.%Y}"


def day_and_time(when: datetime, now: datetime, use_24h: bool) -> str:
    """The time today, otherwise `30.06, 12:18 PM`."""
    time = time_of_day(when, use_24h)
    return time if when.date() == now.date() else f"{list_date(when, now, use_24h)}, {time}"


def character_counter(text: str) -> str:
    """Characters left in the last part, and how many parts a text message takes: `155/1`."""
    if all(c in _GSM or c in _GSM_DOUBLE for c in text):
        units, single, part = sum(2 if c in _GSM_DOUBLE else 1 for c in text), 160, 153
    else:
        units, single, part = len(text.encode("utf-16-le")) // 2, 70, 67
    parts = 1 if units <= single else -(-units // part)
    return f"{(single if parts == 1 else parts * part) - units}/{parts}"
