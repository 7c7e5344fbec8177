"""How an episode ended, as far as the agent said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from mobilegym.emulator.device import JournalEntry

__all__ = ["EndStatus", "Outcome"]

EndStatus: TypeAlias = Literal["done", "infeasible", "declined", "answered", "truncated"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the agent ended the episode with, and what the phone noted during it."""

    status: EndStatus
    answer: str | None = None
    """The text of `Answer`; None where the agent gave none."""
    journal: tuple[JournalEntry, ...] = ()
    """Entries since the episode began; empty where this kind of phone keeps none."""
