"""The wall clock, for time limits and progress bars only: nothing that is stored or scored depends on it."""

from __future__ import annotations

import time

__all__ = ["monotonic_s"]


def monotonic_s() -> float:
    """Seconds since some fixed moment; never goes back."""
    return time.monotonic()
