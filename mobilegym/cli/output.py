"""What commands print: tables for people on standard output, one JSON document for programs, one line for errors."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any, NoReturn, cast

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

__all__ = ["COLORS", "JsonOption", "console", "emit", "fail", "meter", "notes", "table"]

_MOST = 34
"""Columns of a table that does not wrap may be cut off to this width, never below."""

COLORS = {"passed": "green", "failed": "red", "undecided": "yellow", "errored": "bright_black", "missing": "bright_black"}

JsonOption = typer.Option("--json", help="Print one JSON document instead of a table.")
"""The flag of every command that reports."""


def console() -> Console:
    """Standard output, for results."""
    return Console(highlight=False)


def notes() -> Console:
    """Standard error, for progress and remarks: standard output stays clean for results."""
    return Console(stderr=True, highlight=False)


def emit(data: object) -> None:
    """Print one JSON document; dataclasses become objects."""
    plain = asdict(data) if is_dataclass(data) and not isinstance(data, type) else data
    json.dump(plain, sys.stdout, indent=2, ensure_ascii=False, default=_plain)
    sys.stdout.write("\n")


def fail(message: str, code: int = 2) -> NoReturn:
    """One line on standard error, and out."""
    text = Text.assemble(("mobilegym: ", "bold red"), " ".join(message.split()))
    notes().print(text, soft_wrap=True)
    raise SystemExit(code)


def table(*columns: str | tuple[str, str], rows: Iterable[Sequence[object]] = (), wrap: bool = True) -> Table:
    """A table in the house's style; a column is its heading, or `(heading, "right")`.

    Args:
        columns: From left to right.
        rows: Cells, `Text` or anything.
        wrap: Whether long cells go on in a further line; else they are cut off with an ellipsis.
    """
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="dim", border_style="dim", show_edge=False, padding=(0, 2, 0, 0))
    lines = [[cell if isinstance(cell, Text) else Text(str(cell)) for cell in row] for row in rows]
    for index, column in enumerate(columns):
        name, justify = column if isinstance(column, tuple) else (column, "left")
        made.add_column(
            name,
            justify="right" if justify == "right" else "left",
            overflow="fold" if wrap else "ellipsis",
            no_wrap=not wrap,
            min_width=None if wrap or index == len(columns) - 1 else max((min(_MOST, line[index].cell_len) for line in lines), default=0),
        )
    for line in lines:
        made.add_row(*line)
    return made


def meter(rate: float | None, low: float | None, high: float | None, *, width: int = 28, style: str = "cyan") -> Text:
    """A rate and its interval as a line of `width` characters: `───━━━●━━━────`."""
    line = ["─"] * width
    if rate is None or low is None or high is None:
        return Text("".join(line), style="bright_black")
    last = width - 1
    first, end, point = round(low * last), round(high * last), round(rate * last)
    text = Text()
    for index in range(width):
        if index == point:
            text.append("●", style=f"bold {style}")
        elif first <= index <= end:
            text.append("━", style=style)
        else:
            text.append("─", style="bright_black")
    return text


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, (tuple, set, frozenset)):
        return list(cast("Iterable[object]", value))
    return str(value)
