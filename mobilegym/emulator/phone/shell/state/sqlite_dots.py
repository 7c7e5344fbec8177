"""The dot-commands of `sqlite3`."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.process import ProgramError
from mobilegym.emulator.phone.shell.state.sqlite_output import MODES, literal

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.state.sqlite import Session

__all__ = ["run", "unescape"]

_WORDS: Final = (
    "ADD ALL ALTER AND AS ASC BETWEEN BY CASE CHECK COLUMN COMMIT CREATE DEFAULT DELETE DESC DISTINCT DROP ELSE END EXISTS "
    "FOREIGN FROM GROUP HAVING IF IN INDEX INSERT INTO IS JOIN KEY LIKE LIMIT NOT NULL ON OR ORDER PRIMARY REFERENCES SELECT "
    "SET TABLE THEN TO TRANSACTION TRIGGER UNION UNIQUE UPDATE USING VALUES VIEW WHEN WHERE "
)
_KEYWORDS: Final = frozenset(_WORDS.split())
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"', "'": "'", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_HELP: Final = """.databases              List names and files of attached databases
.dump ?OBJECTS?         Render database content as SQL
.echo on|off            Turn command echo on or off
.exit ?CODE?            Exit this program with return-code CODE
.headers on|off         Turn display of headers on or off
.help                   Show help text
.indexes ?TABLE?        Show names of indexes
.mode MODE              Set output mode
.nullvalue STRING       Use STRING in place of NULL values
.print STRING...        Print literal STRING
.quit                   Exit this program
.schema ?PATTERN?       Show the CREATE statements matching PATTERN
.separator COL ?ROW?    Change the column and row separators
.tables ?TABLE?         List names of tables matching LIKE pattern TABLE
"""


def unescape(text: str) -> str:
    r"""Text with `\t`, `\n`, … as the characters they stand for."""
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), text)


def run(session: Session, line: str) -> None:
    """Run a dot-command; its name may be shortened.

    Raises:
        ProgramError: It is unknown or its arguments are wrong.
        Quit: It was the last.
    """
    try:
        words = shlex.split(line[1:])
    except ValueError:
        words = line[1:].split()
    if not words:
        return
    name = next((known for known in _DOTS if known.startswith(words[0].lower())), None)
    if name is None:
        raise ProgramError(f'Error: unknown command or invalid arguments:  "{words[0]}". Enter ".help" for help')
    _DOTS[name](session, words[1:])


def _usage(text: str) -> ProgramError:
    return ProgramError(f"Usage: {text}")


def _on(text: str) -> bool:
    return text.lower() in ("on", "yes", "1", "true")


def _quit(session: Session, words: list[str]) -> None:
    from mobilegym.emulator.phone.shell.state.sqlite import Quit

    del session, words
    raise Quit


def _headers(session: Session, words: list[str]) -> None:
    if len(words) != 1:
        raise _usage(".headers on|off")
    session.style.headers = _on(words[0])


def _echo(session: Session, words: list[str]) -> None:
    if len(words) != 1:
        raise _usage(".echo on|off")
    session.echo = _on(words[0])


def _mode(session: Session, words: list[str]) -> None:
    if not words:
        session.p.out(f"current output mode: {session.style.mode}\n")
        return
    wanted = {"columns": "column", "lines": "line", "tcl": "list"}.get(words[0], words[0])
    if wanted not in MODES:
        known = " ".join(MODES)
        raise ProgramError(f"Error: mode should be one of: {known}")
    session.style.use(wanted)
    if wanted == "insert":
        session.style.table = words[1] if len(words) > 1 else "table"


def _separator(session: Session, words: list[str]) -> None:
    if not 1 <= len(words) <= 2:
        raise _usage(".separator COL ?ROW?")
    session.style.separator = unescape(words[0])
    if len(words) == 2:
        session.style.row_separator = unescape(words[1])


def _null(session: Session, words: list[str]) -> None:
    if len(words) != 1:
        raise _usage(".nullvalue STRING")
    session.style.null = words[0]


def _print(session: Session, words: list[str]) -> None:
    session.p.out(" ".join(words) + "\n")


def _help(session: Session, words: list[str]) -> None:
    del words
    session.p.out(_HELP)


def _databases(session: Session, words: list[str]) -> None:
    del words
    path = '""' if session.target.path == ":memory:" else session.target.path
    session.p.out(f"main: {path} {'r/o' if session.target.readonly else 'r/w'}\n")


def _names(session: Session, sql: str, args: tuple[str, ...]) -> None:
    names = [str(row[0]) for row in session.query(sql, args)]
    if not names:
        return
    width = max(len(name) for name in names)
    columns = max(80 // (width + 2), 1)
    rows = (len(names) + columns - 1) // columns
    for row in range(rows):
        session.p.out("  ".join(f"{name:<{width}}" for name in names[row::rows]) + "\n")


def _tables(session: Session, words: list[str]) -> None:
    sql = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' AND name LIKE ? ORDER BY 1"
    _names(session, sql, (words[0] if words else "%",))


def _indexes(session: Session, words: list[str]) -> None:
    sql = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name LIKE ? ORDER BY 1"
    _names(session, sql, (words[0] if words else "%",))


def _schema(session: Session, words: list[str]) -> None:
    patterns = [word for word in words if not word.startswith("-")]
    pattern = patterns[0] if patterns else "%"
    if pattern.lower() in ("sqlite_master", "sqlite_schema"):
        session.p.out(
            f"CREATE TABLE {pattern.lower()} (\n  type text,\n  name text,\n  tbl_name text,\n  rootpage integer,\n  sql text\n);\n"
        )
        return
    sql = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND (tbl_name LIKE ? OR name LIKE ?) ORDER BY rowid"
    for kind, name, text in session.query(sql, (pattern, pattern)):
        session.p.out(f"{text}\n{_columns_of(session, str(name))};\n" if kind == "view" else f"{text};\n")


def _columns_of(session: Session, view: str) -> str:
    names = ",".join(_quoted(str(row[1])) for row in session.query(f"PRAGMA table_info({_quoted(view, always=True)})"))
    return f"/* {_quoted(view)}({names}) */"


def _quoted(name: str, *, always: bool = False) -> str:
    plain = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) is not None and name.upper() not in _KEYWORDS
    return name if plain and not always else '"' + name.replace('"', '""') + '"'


def _dump(session: Session, words: list[str]) -> None:
    pattern = words[0] if words else "%"
    out = session.p.out
    out("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n")
    chosen = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name LIKE ?"
    tables = f"{chosen} AND type = 'table' ORDER BY tbl_name = 'sqlite_sequence', rowid"
    for name, sql in session.query(tables, (pattern,)):
        _dump_table(session, str(name), str(sql))
    others = f"{chosen} AND type IN ('index', 'trigger', 'view') ORDER BY type, rowid"
    for _, sql in session.query(others, (pattern,)):
        out(f"{sql};\n")
    out("COMMIT;\n")


def _dump_table(session: Session, name: str, sql: str) -> None:
    out, quoted = session.p.out, _quoted(name)
    if name == "sqlite_sequence":
        out("DELETE FROM sqlite_sequence;\n")
    elif name.startswith("sqlite_stat"):
        out("ANALYZE sqlite_schema;\n")
        return
    elif sql.upper().startswith("CREATE VIRTUAL"):
        escaped = sql.replace("'", "''")
        out("PRAGMA writable_schema=ON;\n")
        out(f"INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','{name}','{name}',0,'{escaped}');\n")
        out("PRAGMA writable_schema=OFF;\n")
        return
    else:
        out(f"{sql};\n")
    for row in session.query(f"SELECT * FROM {_quoted(name, always=True)}"):
        out(f"INSERT INTO {quoted} VALUES({','.join(map(_dumped, row))});\n")


def _dumped(value: object) -> str:
    text = literal(value)  # pyright: ignore[reportArgumentType] a value of a row
    if isinstance(value, str) and "\n" in text:
        mark = "\\n" if "\\n" not in text else "\\012"
        return f"replace({text.replace(chr(10), mark)},'{mark}',char(10))"
    return text


def _ignore(session: Session, words: list[str]) -> None:
    del session, words


_DOTS: Final[Mapping[str, Callable[[Session, list[str]], None]]] = {
    "databases": _databases, "dump": _dump, "echo": _echo, "exit": _quit, "headers": _headers, "help": _help, "indexes": _indexes,
    "indices": _indexes, "mode": _mode, "nullvalue": _null, "print": _print, "quit": _quit, "schema": _schema, "separator": _separator,
    "tables": _tables, "timeout": _ignore, "timer": _ignore, "bail": _ignore, "width": _ignore, "changes": _ignore,
}  # fmt: skip
