"""Building SQL from what came from outside: projections, conditions, sort orders, values.

Column names are checked against the known ones, conditions are kept inside their parentheses, values are bound.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from mobilegym.emulator.device import Row, Value
from mobilegym.emulator.phone.kernel import dbguard
from mobilegym.emulator.phone.kernel.database import Database
from mobilegym.errors import DeviceError

__all__ = ["Query", "checked_values", "column_names", "insert_row", "json_rows", "matching_ids", "rows_source", "select", "update_row"]

_COUNT: Final = re.compile(r"count\(\*\)(?:\s+as\s+(\w+))?", re.IGNORECASE)
_SORT_TERM: Final = re.compile(
    r"(?P<column>\w+|lower\(\w+\)|upper\(\w+\))(?:\s+collate\s+(?P<collate>nocase|localized|unicode|binary|phonebook))?(?:\s+(?P<order>asc|desc))?",
    re.IGNORECASE,
)
_LIMIT: Final = re.compile(r"\s+limit\s+(?P<limit>\d+)(?:\s+offset\s+(?P<offset>\d+)|\s*,\s*(?P<count>\d+))?\s*$", re.IGNORECASE)


class Query(NamedTuple):
    """What a caller asks of a content URI."""

    projection: tuple[str, ...] | None = None
    """Columns, or None for all."""
    where: str | None = None
    args: tuple[Value, ...] = ()
    sort: str | None = None


def column_names(database: Database, table: str) -> tuple[str, ...]:
    """Columns of a table or view, in order."""
    return tuple(str(row["name"]) for row in database.query(f'PRAGMA table_info("{table}")'))


def rows_source(names: Sequence[str]) -> str:
    """A FROM source that reads rows from its first argument: a JSON array of arrays, see `json_rows`."""
    columns = ", ".join(f"json_extract(value, '$[{place}]') AS {_quoted(name)}" for place, name in enumerate(names))
    return f"(SELECT {columns} FROM json_each(?))"


def select(
    database: Database,
    source: str,
    columns: Collection[str],
    query: Query,
    *,
    scope: str = "",
    scope_args: Sequence[Value] = (),
    source_args: Sequence[Value] = (),
    sort: str = "",
) -> list[Row]:
    """Rows of `source` that satisfy the caller's condition.

    Args:
        database: Where to look.
        source: Table, view or sub-select; trusted.
        columns: Its columns, all of which may be asked for.
        query: The caller's part; not trusted.
        scope: Condition of the URI itself; trusted.
        scope_args: Arguments of `scope`.
        source_args: Arguments of `source`.
        sort: Sort order unless the caller gives one; trusted.

    Raises:
        DeviceError: For an unknown column, or a malformed condition or sort order.
    """
    names, aliases = _projection(query.projection, columns)
    order = _sort_order(query.sort, columns) if query.sort and query.sort.strip() else f" ORDER BY {sort}" if sort else ""
    condition = _condition(scope, query.where)
    sql = f"SELECT {names} FROM {source}{condition}{order}"
    args = (*source_args, *scope_args, *query.args)
    with database.guarded(write=False):
        found = database.query(sql, args)
    return [dict(zip(aliases, row, strict=True)) for row in found]


def matching_ids(
    database: Database, source: str, query: Query, *, scope: str = "", scope_args: Sequence[Value] = (), key: str = "_id"
) -> list[int]:
    """Ids, ascending, of the rows that satisfy the caller's condition; see `select`."""
    sql = f"SELECT DISTINCT {key} FROM {source}{_condition(scope, query.where)} ORDER BY {key}"
    with database.guarded(write=False):
        return [int(row[0]) for row in database.query(sql, (*scope_args, *query.args))]


def checked_values(values: Mapping[str, Value], columns: Collection[str], what: str) -> dict[str, Value]:
    """The caller's values, if all are for known columns.

    Raises:
        DeviceError: For an unknown column, or no values at all.
    """
    if not values:
        raise DeviceError(f"no values for {what}: give at least one column")
    for name, value in values.items():
        if name not in columns:
            raise DeviceError(f"no column {name!r} in {what}; it has: {', '.join(sorted(columns))}")
        if not isinstance(value, None | int | float | str | bytes):
            raise DeviceError(f"column {name!r} of {what} cannot hold a {type(value).__name__}")
    return dict(values)


def insert_row(database: Database, table: str, values: Mapping[str, Value]) -> int:
    """Insert a row of checked columns; returns its id."""
    if not values:
        return database.execute(f"INSERT INTO {_quoted(table)} DEFAULT VALUES")
    names = ", ".join(_quoted(name) for name in values)
    marks = ", ".join("?" * len(values))
    return database.execute(f"INSERT INTO {_quoted(table)} ({names}) VALUES ({marks})", tuple(values.values()))


def update_row(database: Database, table: str, row_id: int, values: Mapping[str, Value], key: str = "_id") -> None:
    """Change a row; values it already has are no change."""
    if values:
        places = ", ".join(f"{_quoted(name)} = ?" for name in values)
        differs = " OR ".join(f"{_quoted(name)} IS NOT ?" for name in values)
        sql = f"UPDATE {_quoted(table)} SET {places} WHERE {_quoted(key)} = ? AND ({differs})"
        database.execute(sql, (*values.values(), row_id, *values.values()))


def json_rows(rows: Sequence[Sequence[Value]]) -> str:
    """Rows as the argument of `rows_source`."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _known(name: str, columns: Collection[str]) -> str:
    if name in columns:
        return name
    for column in columns:
        if column.lower() == name.lower():
            return column
    raise DeviceError(f"no such column: {name!r}; there are: {', '.join(sorted(columns))}")


def _projection(projection: tuple[str, ...] | None, columns: Collection[str]) -> tuple[str, list[str]]:
    if not projection:
        return ", ".join(_quoted(name) for name in columns), list(columns)
    names: list[str] = []
    aliases: list[str] = []
    for item in projection:
        count = _COUNT.fullmatch(item.strip())
        if count:
            aliases.append(count[1] or item.strip())
            names.append("count(*)")
        else:
            name = _known(item.strip(), columns)
            aliases.append(name)
            names.append(_quoted(name))
    return ", ".join(names), aliases


def _condition(scope: str, where: str | None) -> str:
    parts = [f"({scope})"] if scope else []
    if where and where.strip():
        _check_condition(where)
        parts.append(f"({where})")
    return " WHERE " + " AND ".join(parts) if parts else ""


def _check_condition(where: str) -> None:
    """Refuse what could leave the parentheses the condition is put in."""
    dbguard.check(where)
    depth = 0
    place = 0
    while place < len(where):
        char = where[place]
        if char in "'\"`[":
            end = where.find("]" if char == "[" else char, place + 1)
            if end < 0:
                raise DeviceError(f"condition `{where}` has an open quote")
            place = end
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        if depth < 0 or char == ";" or where.startswith(("--", "/*"), place):
            raise DeviceError(f"condition `{where}` is malformed: parentheses must match, and `;` and comments are not allowed")
        place += 1
    if depth:
        raise DeviceError(f"condition `{where}` is malformed: parentheses must match")


def _sort_order(sort: str, columns: Collection[str]) -> str:
    limit = _LIMIT.search(sort)
    suffix = ""
    if limit:
        sort = sort[: limit.start()]
        if limit["count"]:
            suffix = f" LIMIT {limit['count']} OFFSET {limit['limit']}"
        else:
            suffix = f" LIMIT {limit['limit']} OFFSET {limit['offset'] or 0}"
    terms: list[str] = []
    for part in sort.split(","):
        term = _SORT_TERM.fullmatch(part.strip())
        if term is None:
            raise DeviceError(f"sort order {sort!r} is malformed: use `column [COLLATE NOCASE] [ASC|DESC], … [LIMIT n]`")
        terms.append(_sort_term(term, columns))
    return f" ORDER BY {', '.join(terms)}{suffix}"


def _sort_term(term: re.Match[str], columns: Collection[str]) -> str:
    name = term["column"]
    if "(" in name:
        function, inner = name[:-1].split("(")
        text = f"{function}({_quoted(_known(inner, columns))})"
    else:
        text = _quoted(_known(name, columns))
    collate = f" COLLATE {term['collate'].upper()}" if term["collate"] else ""
    return f"{text}{collate}{' ' + term['order'].upper() if term['order'] else ''}"
