"""Content providers of a real phone, through the `content` command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from mobilegym.emulator import device
from mobilegym.emulator.android.columns import BLOBS, restored, text_columns
from mobilegym.emulator.android.rows import candidate_columns, parse_column, parse_rows
from mobilegym.emulator.android.shell import AndroidShell, Output, quote, said
from mobilegym.emulator.android.sql import inlined
from mobilegym.emulator.device import Row, Value
from mobilegym.errors import DeviceError, NotFound, NotSupported

__all__ = ["Content"]

_UNKNOWN: Final = ("Could not find provider", "Unknown URL", "Unknown URI", "Unknown uri", "Unsupported URI", "Unsupported Uri",
                   "Unsupported uri", "Invalid URI", "UnsupportedOperationException", "FileNotFoundException")  # fmt: skip
_FAILED: Final = ("Error while accessing provider", "Exception", "[ERROR]")


class Content(device.Content):
    """The `content` command.

    It prints text, so types are restored from Android's contract (`columns`), the text `NULL` reads as None, and columns
    of bytes are left out unless asked for.
    """

    def __init__(self, shell: AndroidShell) -> None:
        self._shell = shell

    def query(
        self,
        uri: str,
        *,
        projection: Sequence[str] | None = None,
        where: str | None = None,
        args: Sequence[Value] = (),
        sort: str | None = None,
    ) -> list[Row]:
        scope = _scope(where, args) + (f" --sort {quote(sort)}" if sort else "")
        if projection:
            columns = list(projection)
            printed = self._rows(uri, columns, scope)
        else:
            columns, printed = self._all(uri, scope)
        texts = text_columns(uri)
        rows: list[Row] = []
        for values in printed:
            row: Row = {}
            for column, value in zip(columns, values, strict=True):
                if value == "BLOB" and column in BLOBS:
                    if projection:
                        raise NotSupported(f"the column {column!r} holds bytes, which `content` cannot print: read it from the database")
                    continue
                row[column] = restored(value, is_text=column in texts)
            rows.append(row)
        return rows

    def insert(self, uri: str, values: Mapping[str, Value]) -> str:
        self._run(f"content insert --uri {_checked(uri)}{_bindings(values)}", uri)
        if urlsplit(uri).netloc == "settings":
            return f"{uri}/{values.get('name')}"
        ids = self._ids(uri, "", sort=" --sort '_id DESC'")
        return f"{uri}/{max(ids)}" if ids else uri

    def update(self, uri: str, values: Mapping[str, Value], *, where: str | None = None, args: Sequence[Value] = ()) -> int:
        scope = _scope(where, args)
        count = self._count(uri, scope)
        self._run(f"content update --uri {_checked(uri)}{_bindings(values)}{scope}", uri)
        return count

    def delete(self, uri: str, *, where: str | None = None, args: Sequence[Value] = ()) -> int:
        scope = _scope(where, args)
        count = self._count(uri, scope)
        self._run(f"content delete --uri {_checked(uri)}{scope}", uri)
        return count

    # ------------------------------------------------------------------ inside

    def _rows(self, uri: str, columns: Sequence[str], scope: str) -> list[list[str]]:
        rows = parse_rows(self._query(uri, columns, scope), columns)
        return rows if rows is not None else self._by_column(uri, columns, scope)

    def _all(self, uri: str, scope: str) -> tuple[list[str], list[list[str]]]:
        """All columns of a URI, and its rows. The names are asked for again: words of a value may look like them."""
        columns = candidate_columns(self._query(uri, (), scope))
        if not columns:
            return [], []
        try:
            return columns, self._rows(uri, columns, scope)
        except DeviceError:
            columns = [column for column in columns if self._is_column(uri, column, scope)]
            return columns, self._rows(uri, columns, scope) if columns else []

    def _is_column(self, uri: str, column: str, scope: str) -> bool:
        try:
            self._query(uri, (column,), scope)
        except DeviceError:
            return False
        return True

    def _by_column(self, uri: str, columns: Sequence[str], scope: str) -> list[list[str]]:
        """Rows whose values look like columns: one column at a time, and where that fails too, one row at a time."""
        found = [parse_column(self._query(uri, (column,), scope), column) for column in columns]
        if all(values is not None for values in found) and len({len(values or ()) for values in found}) == 1:
            return [list(row) for row in zip(*(values or () for values in found), strict=True)]
        rows: list[list[str]] = []
        for row_id in self._ids(uri, scope):
            only = f" --where '_id={row_id}'"
            row: list[str] = []
            for column in columns:
                text = self._query(uri, (column,), only)
                row.append(text[len(f"Row: 0 {column}=") :].removesuffix("\n"))
            rows.append(row)
        return rows

    def _ids(self, uri: str, scope: str, sort: str = "") -> list[int]:
        try:
            values = parse_column(self._query(uri, ("_id",), scope + sort), "_id")
        except NotFound:
            raise
        except DeviceError:
            return []
        return [int(value) for value in values or () if value.isdecimal()]

    def _count(self, uri: str, scope: str) -> int:
        column = "name" if urlsplit(uri).netloc == "settings" else "_id"
        return len(parse_column(self._query(uri, (column,), scope), column) or ())

    def _query(self, uri: str, columns: Sequence[str], scope: str) -> str:
        wanted = f" --projection {quote(':'.join(columns))}" if columns else ""
        return self._run(f"content query --uri {_checked(uri)}{wanted}{scope}", uri).text

    def _run(self, script: str, uri: str) -> Output:
        output = self._shell.run(script)
        said_so = output.errors + (output.text if output.text.startswith(("[ERROR]", "Error while")) else "")
        if output.status == 0 and not any(hint in said_so for hint in _FAILED):
            return output
        problem = Output(output.status, output.stdout, said_so.replace("Error while accessing provider:", "").encode())
        message = f"{uri}: {said(problem)}"
        if any(hint in said_so for hint in _UNKNOWN):
            raise NotFound(message)
        raise DeviceError(message)


def _checked(uri: str) -> str:
    parts = urlsplit(uri)
    if parts.scheme != "content" or not parts.netloc:
        raise NotFound(f"{uri!r} is no content URI: it begins with `content://` and an authority")
    return quote(uri)


def _scope(where: str | None, args: Sequence[Value]) -> str:
    if not where:
        return ""
    return f" --where {quote(inlined(where, args))}"


def _bindings(values: Mapping[str, Value]) -> str:
    if not values:
        raise DeviceError("no values: give at least one column")
    return "".join(f" --bind {quote(_binding(name, value))}" for name, value in values.items())


def _binding(name: str, value: Value) -> str:
    match value:
        case None:
            return f"{name}:n:"
        case bool():
            return f"{name}:l:{int(value)}"
        case int():
            return f"{name}:l:{value}"
        case float():
            return f"{name}:d:{value!r}"
        case str():
            escaped = value.replace("\\", "\\\\").replace(":", "\\:")
            return f"{name}:s:{escaped}"
        case bytes():
            raise NotSupported(f"the column {name!r} is to hold bytes, which `content` cannot write: write the database")
