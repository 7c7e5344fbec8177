"""Spans of time as programs take them."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError

__all__ = ["span_ms"]

_UNITS: Final = {"s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
_LONGEST_MS: Final = 366 * 86_400_000


def span_ms(p: Process, text: str) -> int:
    """Virtual ms of a span such as `1.5`, `2m`, `1h`; at most a year.

    Raises:
        ProgramError: It is none.
    """
    unit = _UNITS.get(text[-1:], 0)
    try:
        value = float(text[:-1] if unit else text)
        if not 0 <= value < 1e12:
            raise ValueError
    except ValueError:
        raise ProgramError(f"{p.argv[0]}: bad time '{text}'") from None
    return min(round(value * (unit or 1000)), _LONGEST_MS)
