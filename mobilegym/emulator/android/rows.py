"""Reading what `content query` prints: `Row: 0 a=1, b=two`, with whatever the values hold in between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["candidate_columns", "parse_column", "parse_rows"]

_NAME: Final = re.compile(r"(?:^Row: 0 |, )([A-Za-z_]\w*)=")


def candidate_columns(text: str) -> list[str]:
    """What may be the columns; words of values may be among them. All of the text counts: where a row ends is not known yet."""
    return list(dict.fromkeys(_NAME.findall(text)))


def parse_rows(text: str, columns: Sequence[str]) -> list[list[str]] | None:
    """Values as printed, row by row; None where more than one reading is possible."""
    bodies = _bodies(text, columns[0])
    if bodies is None:
        return None
    rows = [_values(body, columns) for body in bodies]
    return None if None in rows else [row for row in rows if row is not None]


def parse_column(text: str, column: str) -> list[str] | None:
    """Values of a query for one column; None where more than one reading is possible."""
    return _bodies(text, column)


def _bodies(text: str, first: str) -> list[str] | None:
    """What follows `Row: N first=`, for each row."""
    if not text.startswith(f"Row: 0 {first}="):
        return []
    starts = [0]
    while True:
        head = f"\nRow: {len(starts)} {first}="
        at = text.find(head, starts[-1])
        if at < 0:
            break
        if text.find(head, at + 1) >= 0:
            return None
        starts.append(at + 1)
    ends = [*(start - 1 for start in starts[1:]), len(text) - text.endswith("\n")]
    heads = [len(f"Row: {number} {first}=") for number in range(len(starts))]
    return [text[start + head : end] for start, head, end in zip(starts, heads, ends, strict=True)]


def _values(body: str, columns: Sequence[str]) -> list[str] | None:
    values: list[str] = []
    rest = body
    for column in columns[1:]:
        before, mark, rest = rest.partition(f", {column}=")
        if not mark:
            return None
        values.append(before)
    values.append(rest)
    for column in columns[1:]:
        if body.count(f", {column}=") != 1:
            return None
    return values
