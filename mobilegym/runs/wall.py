"""The wall clock, for time limits and progress bars only: nothing that is stored or scored depends on it."""

from __future__ import annotations

import time

__all__ = ["monotonic_s", "sleep_s"]


def monotonic_s() -> float:
    """Seconds since some fixed moment; never goes back."""
    return time.monotonic()


def sleep_s(seconds: float) -> None:
    """Wait, for a phone that went away to come back."""
    time.sleep(seconds)
