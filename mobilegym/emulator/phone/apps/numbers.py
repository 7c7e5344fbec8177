"""Phone numbers and moments as apps show them."""

from __future__ import annotations

from datetime import datetime

from mobilegym.emulator.phone.kernel.providers.names import normalized_number

__all__ = ["clock_time", "day_name", "number_typed", "shown_number"]


def shown_number(number: str) -> str:
    """A number as it is shown, after North American habit; a number of another shape stays as it is."""
    plain = normalized_number(number)
    if not plain or any(char.isalpha() or char in ",;*#@" for char in number):
        return number
    if plain.startswith("+"):
        return _grouped("+1 ", plain[2:]) if plain.startswith("+1") and len(plain) == 12 else number
    return number_typed(plain) if len(plain) in (7, 10) or len(plain) == 11 and plain[0] == "1" else number


def number_typed(text: str) -> str:
    """What a number looks like while it is being typed. Never ends with punctuation, so that backspace always takes a digit."""
    plain = normalized_number(text)
    if any(char in text for char in ",;*#") or any(char.isalpha() for char in text):
        return text
    if plain.startswith("+1") and len(plain) <= 12:
        return _grouped("+1 ", plain[2:]) if len(plain) > 2 else plain
    if plain.startswith("+"):
        return plain
    if len(plain) == 11 and plain[0] == "1":
        return _grouped("1 ", plain[1:])
    if len(plain) <= 3 or len(plain) > 10:
        return plain
    return f"{plain[:3]}-{plain[3:]}" if len(plain) <= 7 else f"({plain[:3]}) {plain[3:6]}-{plain[6:]}"


def _grouped(prefix: str, digits: str) -> str:
    parts = [digits[:3], digits[3:6] if len(digits) > 7 else digits[3:], digits[6:] if len(digits) > 7 else ""]
    return prefix + "-".join(part for part in parts if part)


def clock_time(when: datetime, use_24h: bool) -> str:
    """`9:30 AM` or `09:30`."""
    return f"{when:%H:%M}" if use_24h else f"{when.hour % 12 or 12}:{when.minute:02d}\u202f{'AM' if when.hour < 12 else 'PM'}"


def day_name(when: datetime, now: datetime) -> str:
    """`Today`, `Yesterday`, `Mon, Mar 9`, `Mar 9, 2025`."""
    days = (now.date() - when.date()).days
    if days in (0, 1):
        return "Today" if days == 0 else "Yesterday"
    return f"{when:%a, %b} {when.day}" if when.year == now.year else f"{when:%b} {when.day}, {when.year}"
