"""How `sqlite3` prints rows: its output modes."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, TypeAlias

from mobilegym.emulator.device import Value

__all__ = ["MODES", "Style", "literal", "render", "value_text"]

_Rows: TypeAlias = Iterable[Sequence[Value]]

MODES: Final = ("ascii", "box", "column", "csv", "html", "insert", "json", "line", "list", "markdown", "quote", "table", "tabs")
_CSV_SPECIAL: Final = frozenset(chr(code) for code in (*range(33), 34, 39, 127))


@dataclass(slots=True)
class Style:
    """How to print."""

    mode: str = "list"
    headers: bool | None = None
    """None is as the mode has it."""
    separator: str = "|"
    row_separator: str = "\n"
    null: str = ""
    table: str = "table"
    """Name that mode `insert` uses."""

    def use(self, mode: str) -> None:
        """Change the mode, with the separators it brings along."""
        self.mode = mode
        pair = {"csv": (",", "\r\n"), "list": ("|", "\n"), "tabs": ("\t", "\n"), "ascii": ("\x1f", "\x1e"), "quote": (",", "\n")}.get(mode)
        if pair is not None:
            self.separator, self.row_separator = pair


def value_text(value: Value) -> str | None:
    """A value as SQLite casts it to text; None for NULL. Ends at a NUL, as C strings do."""
    if value is None:
        return None
    if isinstance(value, float):
        return _real(value or 0.0, 15)
    if isinstance(value, bytes):
        value = value.decode("utf-8", "surrogateescape")
    return str(value).partition("\0")[0]


def _real(value: float, digits: int) -> str:
    if value != value:
        return "NULL"
    if value in (float("inf"), float("-inf")):
        return "Inf" if value > 0 else "-Inf"
    # SQLite rounds halves up, Python to even.
    text = f"{float(Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(Decimal(value))):.{digits}g}"
    mantissa, mark, exponent = text.partition("e")
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}{mark}{exponent}"


def literal(value: Value) -> str:
    """A value as an SQL literal."""
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"X'{value.hex()}'"
    if isinstance(value, float):
        return {"Inf": "1e999", "-Inf": "-1e999"}.get(_real(value, 17), repr(value) if value == value else "NULL")
    if isinstance(value, str):
        return "'" + value.partition("\0")[0].replace("'", "''") + "'"
    return str(value)


def render(style: Style, names: Sequence[str], rows: _Rows) -> Iterable[str]:
    """The rows of one statement, in pieces."""
    if style.mode in ("box", "column", "table", "markdown"):
        return _FRAMES[style.mode](style, names, rows)
    if style.mode == "json":
        return _json(names, rows)
    if style.mode == "line":
        return _line(style, names, rows)
    if style.mode == "insert":
        return (f"INSERT INTO {style.table} VALUES({','.join(map(literal, row))});\n" for row in rows)
    if style.mode == "html":
        return _html(style, names, rows)
    return _separated(style, names, rows)


def _separated(style: Style, names: Sequence[str], rows: _Rows) -> Iterable[str]:
    cell: Callable[[Value], str]
    if style.mode == "csv":
        cell = lambda value: _csv(style, value_text(value))  # noqa: E731
    elif style.mode == "quote":
        cell = literal
    else:
        cell = lambda value: _or_null(style, value)  # noqa: E731
    first = True
    for row in rows:
        if first and style.headers:
            yield style.separator.join(cell(name) for name in names) + style.row_separator
        first = False
        yield style.separator.join(cell(value) for value in row) + style.row_separator


def _or_null(style: Style, value: Value) -> str:
    text = value_text(value)
    return style.null if text is None else text


def _csv(style: Style, text: str | None) -> str:
    if text is None:
        return style.null
    if text and style.separator not in text and not any(char in _CSV_SPECIAL or char > "\x7f" for char in text):
        return text
    return '"' + text.replace('"', '""') + '"'


def _json(names: Sequence[str], rows: _Rows) -> Iterable[str]:
    first = True
    keys = [json.dumps(name, ensure_ascii=False) for name in names]
    for row in rows:
        cells = ",".join(f"{key}:{_json_value(value)}" for key, value in zip(keys, row, strict=True))
        yield ("[" if first else ",\n") + "{" + cells + "}"
        first = False
    if not first:
        yield "]\n"


def _json_value(value: Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, float):
        return {"Inf": "1e999", "-Inf": "-1e999"}.get(_real(value, 15), _real(value, 15))
    if isinstance(value, int):
        return str(value)
    text = value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value
    return json.dumps(text, ensure_ascii=False)


def _line(style: Style, names: Sequence[str], rows: _Rows) -> Iterable[str]:
    width = max([5, *(len(name) for name in names)])
    for place, row in enumerate(rows):
        head = "\n" if place else ""
        yield head + "".join(f"{name:>{width}} = {_or_null(style, value)}\n" for name, value in zip(names, row, strict=True))


def _html(style: Style, names: Sequence[str], rows: _Rows) -> Iterable[str]:
    def line(tag: str, cells: Iterable[str]) -> str:
        escaped = (c.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;") for c in cells)
        return "<TR>" + "".join(f"<{tag}>{c}</{tag}>\n" for c in escaped) + "</TR>\n"

    for place, row in enumerate(rows):
        if not place and style.headers:
            yield line("TH", names)
        yield line("TD", (_or_null(style, value) for value in row))


# ------------------------------------------------------------------ modes with columns


def _wide(text: str) -> int:
    """Columns a text takes on a terminal, as SQLite counts: characters, without those that combine."""
    return sum(1 for char in text if not unicodedata.combining(char))


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _wide(text))


def _middle(text: str, width: int) -> str:
    left = width - _wide(text)
    return " " * (left // 2) + text + " " * ((left + 1) // 2)


def _grid(style: Style, names: Sequence[str], rows: _Rows) -> tuple[list[list[list[str]]], list[int]]:
    """Cells as lines, and the columns' widths."""
    cells = [[_or_null(style, value).replace("\t", "        ").split("\n") for value in row] for row in rows]
    widths = [max([_wide(name), *(_wide(line) for row in cells for line in row[place])]) for place, name in enumerate(names)]
    return cells, widths


def _lines(row: list[list[str]], widths: list[int]) -> Iterable[list[str]]:
    for place in range(max(len(cell) for cell in row)):
        yield [_pad(cell[place] if place < len(cell) else "", width) for cell, width in zip(row, widths, strict=True)]


def _column(style: Style, names: Sequence[str], rows: _Rows) -> Iterable[str]:
    cells, widths = _grid(style, names, rows)
    if not cells:
        return
    if style.headers is not False:
        yield "  ".join(_pad(name, width) for name, width in zip(names, widths, strict=True)) + "\n"
        yield "  ".join("-" * width for width in widths) + "\n"
    for row in cells:
        for line in _lines(row, widths):
            yield "  ".join(line) + "\n"


def _framed(style: Style, names: Sequence[str], rows: _Rows, bars: tuple[str, str], edges: Sequence[str]) -> Iterable[str]:
    """`bars` are the horizontal and the vertical one; `edges` the corners and crossings, top to bottom."""
    cells, widths = _grid(style, names, rows)
    if not cells:
        return
    across, down = bars

    def rule(left: str, cross: str, right: str) -> str:
        return left + cross.join(across * (width + 2) for width in widths) + right + "\n"

    if edges[0]:
        yield rule(*edges[0:3])
    if style.headers is not False or edges[0] == "":
        yield f"{down} " + f" {down} ".join(_middle(name, width) for name, width in zip(names, widths, strict=True)) + f" {down}\n"
        yield rule(*edges[3:6])
    for row in cells:
        for line in _lines(row, widths):
            yield f"{down} " + f" {down} ".join(line) + f" {down}\n"
    if edges[6]:
        yield rule(*edges[6:9])


def _table(style: Style, names: Sequence[str], rows: _Rows) -> Iterable[str]:
    return _framed(style, names, rows, ("-", "|"), "+++++++++")


def _box(style: Style, names: Sequence[str], rows: _Rows) -> Iterable[str]:
    return _framed(style, names, rows, ("─", "│"), "┌┬┐├┼┤└┴┘")


def _markdown(style: Style, names: Sequence[str], rows: _Rows) -> Iterable[str]:
    return _framed(style, names, rows, ("-", "|"), ("", "", "", "|", "|", "|", "", "", ""))


_FRAMES: Final[dict[str, Callable[[Style, Sequence[str], _Rows], Iterable[str]]]] = {
    "column": _column, "table": _table, "box": _box, "markdown": _markdown,
}  # fmt: skip
