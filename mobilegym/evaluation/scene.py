"""What a check looks at, and what it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, cast

from mobilegym.emulator.device import Device, StateTree
from mobilegym.evaluation.outcome import Outcome
from mobilegym.evaluation.state_diff import Delta, diff
from mobilegym.tasks.instance import TaskInstance

__all__ = ["Finding", "Scene", "brief"]


class Finding(NamedTuple):
    """The answer to one check."""

    passed: bool
    expected: str
    actual: str


@dataclass(frozen=True)
class Scene:
    """The phone at the end of an episode, and how it was at the start."""

    task: TaskInstance
    device: Device
    before: StateTree
    after: StateTree
    outcome: Outcome

    @cached_property
    def deltas(self) -> tuple[Delta, ...]:
        """All that differs."""
        return diff(self.before, self.after)


def brief(rows: Sequence[object], most: int = 3) -> str:
    """A few of `rows`, for a verdict's `actual`."""
    shown = "; ".join(_row(r) for r in rows[:most])
    more = f"; and {len(rows) - most} more" if len(rows) > most else ""
    return (shown + more) or "none"


def _row(row: object) -> str:
    pairs = cast("dict[str, object]", row).items() if isinstance(row, dict) else ()
    text = ", ".join(f"{k}={v!r}" for k, v in pairs if v not in (None, "", 0)) or str(cast("object", row))
    return text if len(text) <= 200 else text[:199] + "…"
