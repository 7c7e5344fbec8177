"""Measuring: a loop is run for a while, and gives its rate and the time that 95 of 100 rounds stay under."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Timing", "resident_bytes", "timed"]


@dataclass(frozen=True, slots=True)
class Timing:
    """How long rounds took."""

    per_s: float
    """Rounds per second of wall clock."""
    p95_ms: float
    median_ms: float
    rounds: int


def timed(work: Callable[[int], object], *, seconds: float, warm_up: int = 3, most: int = 1_000_000) -> Timing:
    """Run `work(0)`, `work(1)`, … for about `seconds`; the garbage collector keeps running, as it does for users.

    Args:
        work: One round.
        seconds: When to stop.
        warm_up: Rounds before the clock starts, numbered from 0 as well.
        most: Rounds after which it stops anyway.
    """
    for number in range(warm_up):
        work(number)
    gc.collect()
    times: list[float] = []
    start = time.perf_counter()
    last = start
    while last - start < seconds and len(times) < most:
        work(warm_up + len(times))
        now = time.perf_counter()
        times.append(now - last)
        last = now
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return Timing(len(times) / (last - start), 1000 * p95, 1000 * ordered[len(ordered) // 2], len(times))


def resident_bytes() -> int:
    """Memory of this process that is in RAM; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
