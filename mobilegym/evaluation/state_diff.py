"""What differs between two states of a phone, down to the columns of database rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, cast

from mobilegym.emulator.device import StateTree
from mobilegym.tasks.side_effects import Change

__all__ = ["Delta", "diff", "parse_row", "rows_under"]

_WITH_COLUMNS = ("db:", "package:")


@dataclass(frozen=True, slots=True)
class Delta:
    """One entry of the state tree that differs."""

    path: str
    before: str | None
    """None where it was not there."""
    after: str | None
    columns: frozenset[str] = frozenset()
    """For a changed database row or package: the columns that differ."""

    @property
    def change(self) -> Change:
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def row(self) -> dict[str, Any]:
        """The database row, or the package: as it was if it is gone, else as it is. Empty for other entries."""
        text = self.before if self.after is None else self.after
        return parse_row(text) if text is not None and self.path.startswith(_WITH_COLUMNS) else {}


def parse_row(text: str) -> dict[str, Any]:
    """A database row from its text in a state tree; empty if it is none."""
    try:
        value: object = json.loads(text)
    except ValueError:
        return {}
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def rows_under(tree: StateTree, path: str) -> list[tuple[str, dict[str, Any]]]:
    """Primary key and columns of every row of a table; `path` is `db:<package>/<database>/<table>`."""
    prefix = f"{path}/"
    return [(p.removeprefix(prefix), parse_row(text)) for p, text in tree.items() if p.startswith(prefix)]


def _columns(before: str, after: str) -> frozenset[str]:
    old, new = parse_row(before), parse_row(after)
    missing = object()
    return frozenset(name for name in {*old, *new} if old.get(name, missing) != new.get(name, missing))


def diff(before: StateTree, after: StateTree) -> tuple[Delta, ...]:
    """All differences, by path."""
    found: list[Delta] = []
    for path in sorted({*before, *after}):
        old, new = before.get(path), after.get(path)
        if old == new:
            continue
        both = old is not None and new is not None and path.startswith(_WITH_COLUMNS)
        found.append(Delta(path, old, new, _columns(old or "", new or "") if both else frozenset()))
    return tuple(found)
