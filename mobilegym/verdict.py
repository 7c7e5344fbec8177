"""What an episode was worth: a closed union. Only `Passed` and `Failed` ever enter an average."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

__all__ = ["Check", "Errored", "Failed", "Passed", "SideEffect", "Undecided", "Verdict"]


@dataclass(frozen=True, slots=True)
class Check:
    """One named question about the end state."""

    name: str
    passed: bool
    weight: float
    expected: str
    actual: str


@dataclass(frozen=True, slots=True)
class SideEffect:
    """A change of the owner's state that the task neither asked for nor allows."""

    path: str
    """Where, as in `StateDiff`: `db:<package>/<database>/<table>/<row>`, `setting:<namespace>/<key>`, `file:<path>`, …"""
    before: str | None
    after: str | None
    forbidden: bool = False
    """True where the task names it as forbidden, false where it is merely not allowed."""


@dataclass(frozen=True, slots=True)
class _Judged:
    checks: tuple[Check, ...]
    side_effects: tuple[SideEffect, ...] = ()
    journal: tuple[dict[str, Any], ...] = ()
    """The journal entries it rests on."""
    judge: str = "rules"

    @property
    def progress(self) -> float:
        """Weighted share of checks that hold, 0–1. Side effects do not enter it."""
        total = sum(c.weight for c in self.checks)
        return sum(c.weight for c in self.checks if c.passed) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Passed(_Judged):
    """Every check holds and nothing else was changed."""


@dataclass(frozen=True, slots=True)
class Failed(_Judged):
    """A check does not hold, or something was changed that should not have been."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Undecided:
    """Nobody could say; counted apart, never averaged."""

    reason: str


@dataclass(frozen=True, slots=True)
class Errored:
    """The infrastructure failed; counted apart, never averaged."""

    reason: str


Verdict: TypeAlias = Passed | Failed | Undecided | Errored
