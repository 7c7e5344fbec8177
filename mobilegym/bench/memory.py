"""Run as a program: makes a thousand phones and prints, as JSON, what they take."""

from __future__ import annotations

import gc
import json
import sys

from mobilegym.bench.measure import resident_bytes
from mobilegym.bench.walk import Walker
from mobilegym.emulator.phone import VirtualPhone

__all__ = ["measure"]


def measure(count: int, steps: int = 6) -> dict[str, float]:
    """`{"first_mb", "all_mb", "mb_per_phone"}` for `count` phones that were forked from one and then went their own ways."""
    parent = VirtualPhone(seed=0)
    walker = Walker(parent, None)
    for number in range(60):
        walker.step(number)
    gc.collect()
    first = resident_bytes()
    phones: list[VirtualPhone] = []
    for index in range(count - 1):
        phone = parent.fork()
        own = Walker(phone, None)
        for number in range(steps):
            own.step(index + number)
        phones.append(phone)
    gc.collect()
    every = resident_bytes()
    return {"first_mb": first / 1e6, "all_mb": every / 1e6, "mb_per_phone": (every - first) / 1e6 / max(1, len(phones))}


if __name__ == "__main__":
    json.dump(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1000), sys.stdout)
