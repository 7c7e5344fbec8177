"""What several commands need to know or do."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from mobilegym.emulator.phone.kernel.clock import Clock
from mobilegym.emulator.phone.shell.process import Process

__all__ = ["ICCID", "IMEI", "IMSI", "MCC_MNC", "SHELL", "handle", "java_double", "long_time", "relative", "set_zone", "stamp"]

IMEI: Final = "358240051111110"
IMSI: Final = "310260000000000"
ICCID: Final = "89014103211118510720"
MCC_MNC: Final = "310260"
SHELL: Final = "com.android.shell"
"""The package that the shell acts as."""


def set_zone(p: Process, zone: str) -> None:
    """Set the time zone; as the Settings app does it, without an automatic one in the way.

    Raises:
        NotFound: There is no such zone.
    """
    if p.kernel.clock.zone.key != zone:
        p.kernel.clock.set_zone(zone)


def stamp(when: datetime) -> str:
    """`2026-03-11 09:30:00.000`."""
    return when.strftime("%Y-%m-%d %H:%M:%S.") + f"{when.microsecond // 1000:03d}"


def long_time(clock: Clock, ms: int) -> str:
    """Virtual epoch ms as local time."""
    return stamp(clock.local(ms))


def relative(ms: int) -> str:
    """A duration as Android writes it: `+8h46m40s0ms`, `-1s250ms`, `0`."""
    if ms == 0:
        return "0"
    sign, left = ("+" if ms > 0 else "-"), abs(ms)
    parts: list[str] = []
    for unit, size in (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)):
        count, left = divmod(left, size)
        if count or parts:
            parts.append(f"{count}{unit}")
    return sign + "".join(parts) + f"{left}ms"


def handle(text: str) -> str:
    """An identity hash: 7 hexadecimal digits that belong to `text`, the same in every run."""
    value = 0
    for char in text:
        value = (value * 31 + ord(char)) & 0xFFFFFFF
    return f"{value or 1:07x}"


def java_double(value: float) -> str:
    """A floating point number as Java prints it."""
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    exact = Decimal(repr(value))
    sign, digits, _ = exact.as_tuple()
    power = exact.adjusted()
    if value == 0 or -3 <= power < 7:
        text = format(exact, "f")
        return text if "." in text else f"{text}.0"
    rest = "".join(map(str, digits[1:])).rstrip("0") or "0"
    return f"{'-' if sign else ''}{digits[0]}.{rest}E{power}"
