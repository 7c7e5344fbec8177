"""`sqlite3`, the command line shell of SQLite 3.39."""

from __future__ import annotations

import re
import sqlite3 as library
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, cast

from mobilegym.emulator.device import Value
from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.state import sqlite_dots
from mobilegym.emulator.phone.shell.state.sqlite_output import MODES, Style, render
from mobilegym.emulator.phone.shell.state.sqlite_target import NotADatabase, Target, open_target

__all__ = ["Quit", "Session", "split_statements", "sqlite3"]

_VERSION: Final = "3.39.2 2022-07-21 15:24:47 698edb77537b67c41adc68f9b892db56bcf9a55e00371a61420f3ddd668e6603"
_USAGE: Final = """Usage: sqlite3 [OPTIONS] FILENAME [SQL]
FILENAME is the name of an SQLite database. A new database is created
if the file does not previously exist.
OPTIONS include:
   -ascii               set output mode to 'ascii'
   -bail                stop after hitting an error
   -batch               force batch I/O
   -box                 set output mode to 'box'
   -column              set output mode to 'column'
   -cmd COMMAND         run "COMMAND" before reading stdin
   -csv                 set output mode to 'csv'
   -echo                print inputs before execution
   -[no]header          turn headers on or off
   -help                show this message
   -html                set output mode to HTML
   -json                set output mode to 'json'
   -line                set output mode to 'line'
   -list                set output mode to 'list'
   -markdown            set output mode to 'markdown'
   -newline SEP         set output row separator. Default: '\\n'
   -nullvalue TEXT      set text string for NULL values. Default ''
   -quote               set output mode to 'quote'
   -readonly            open the database read-only
   -separator SEP       set output column separator. Default: '|'
   -table               set output mode to 'table'
   -tabs                set output mode to 'tabs'
   -version             show SQLite version
"""
_IGNORED: Final = frozenset({"batch", "interactive", "safe", "stats", "memtrace", "deserialize", "append", "noinit"})
_WITH_VALUE: Final = frozenset({"cmd", "separator", "nullvalue", "newline", "init", "vfs", "mmap", "maxsize"})
_DRAIN_ROWS: Final = 500
_NEAR: Final = re.compile(
    r'near "(?P<token>.*)": syntax error|no such (?:column|function): (?P<name>.+)|unrecognized token: "(?P<odd>.*)"', re.DOTALL
)


class Quit(ProgramError):
    """`.quit`: nothing more is read."""

    def __init__(self) -> None:
        super().__init__("", 0)


class _Failed(Exception):
    """A statement failed."""

    def __init__(self, phase: str, message: str) -> None:
        super().__init__(message)
        self.phase = phase
        self.message = message


@dataclass(slots=True)
class Session:
    """One call of `sqlite3`."""

    p: Process
    target: Target
    style: Style
    echo: bool = False
    bail: bool = False
    errors: int = 0

    def query(self, sql: str, args: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
        """Rows of a statement of the program's own."""
        return cast("list[tuple[Value, ...]]", self.target.connection.execute(sql, args).fetchall())

    async def line(self, text: str) -> None:
        """Run a dot-command.

        Raises:
            ProgramError: It is none, or failed.
        """
        if self.echo:
            self.p.out(f"{text}\n")
        sqlite_dots.run(self, text)

    async def statement(self, sql: str) -> None:
        """Run one statement and print what it returns.

        Raises:
            _Failed: It did.
        """
        if self.echo:
            self.p.out(f"{sql.strip()}\n")
        connection = self.target.connection
        try:
            cursor = connection.execute(sql)
            if cursor.description is not None:
                names = [str(column[0]) for column in cursor.description]
                for place, piece in enumerate(render(self.style, names, cast("Iterable[Sequence[Value]]", cursor))):
                    self.p.out(piece)
                    if place % _DRAIN_ROWS == _DRAIN_ROWS - 1:
                        await self.p.stdout.drain()
        except library.Warning as error:
            raise _Failed("in prepare", str(error)) from error
        except (library.Error, OverflowError, UnicodeError) as error:
            raise self._failed(sql, error) from error

    def _failed(self, sql: str, error: Exception) -> _Failed:
        code = (getattr(error, "sqlite_errorcode", 1) or 1) & 0xFF
        message = str(error)
        phase = "stepping"
        if code in (1, 23) and message != "interrupted":
            try:
                self.target.connection.execute(f"EXPLAIN {sql}").close()
            except (library.Error, UnicodeError):
                phase = "in prepare"
        if code > 1:
            message += f" ({code})"
        return _Failed(phase, message + (_context(sql, message) if phase == "in prepare" else ""))


def _context(sql: str, message: str) -> str:
    """Where in a statement the error is, as two lines under the message; empty where that is not known."""
    match = _NEAR.match(message)
    if match is None:
        return ""
    wanted = match["token"] or match["name"] or match["odd"] or ""
    found = re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", sql) or re.search(re.escape(wanted), sql)
    if found is None:
        return ""
    start = max(found.start() - 50, 0)
    at = found.start() - start
    shown = re.sub(r"\s", " ", sql[start : start + 78])
    return f"\n  {shown}\n  {' ' * at}^--- error here" if at < 25 else f"\n  {shown}\n  {' ' * (at - 14)}error here ---^"


def split_statements(sql: str) -> list[tuple[int, str]]:
    """Statements of a script, each with its semicolon and its first line's number from 1; the last may be incomplete."""
    found: list[tuple[int, str]] = []
    start = 0
    for match in re.finditer(";", sql):
        part = sql[start : match.end()]
        if library.complete_statement(part):
            found.append(_numbered(sql, start, part))
            start = match.end()
    if sql[start:].strip():
        found.append(_numbered(sql, start, sql[start:]))
    return found


def _numbered(sql: str, start: int, part: str) -> tuple[int, str]:
    text = part.lstrip()
    return sql.count("\n", 0, start + len(part) - len(text)) + 1, text


async def sqlite3(p: Process) -> int:
    """`sqlite3 [OPTIONS] [FILE [SQL]...]`; without SQL, a script on stdin."""
    style, options, rest = Style(), set[str](), list(p.args)
    words: list[str] = []
    commands: list[str] = []
    while rest:
        word = rest.pop(0)
        if not word.startswith("-") or len(word) == 1 or len(words) > 1:
            words.append(_clean(word))
            continue
        name = word.lstrip("-")
        if name in _WITH_VALUE:
            if not rest:
                raise ProgramError(f"sqlite3: Error: missing argument to {word}")
            _set(style, commands, name, _clean(rest.pop(0)))
        elif not _switch(style, options, name):
            raise ProgramError(f"sqlite3: Error: unknown option: {word}\nUse -help for a list of options.")
    if "help" in options:
        p.out(_USAGE)
        return 0
    if "version" in options:
        p.out(f"{_VERSION}\n")
        return 0
    try:
        target = open_target(p, words[0] if words else ":memory:", readonly="readonly" in options)
    except NotADatabase:
        raise ProgramError("Error: file is not a database") from None
    session = Session(p, target, style, "echo" in options, "bail" in options)
    try:
        return await _run(session, commands, words[1:])
    finally:
        try:
            target.save(p)
        finally:
            target.connection.close()


def _clean(word: str) -> str:
    return word.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _set(style: Style, commands: list[str], name: str, value: str) -> None:
    if name == "cmd":
        commands.append(value)
    elif name == "separator":
        style.separator = sqlite_dots.unescape(value)
    elif name == "nullvalue":
        style.null = value
    elif name == "newline":
        style.row_separator = sqlite_dots.unescape(value)


def _switch(style: Style, options: set[str], name: str) -> bool:
    if name in MODES:
        style.use(name)
    elif name in ("header", "noheader"):
        style.headers = name == "header"
    elif name in ("help", "version", "readonly", "echo", "bail"):
        options.add(name)
    else:
        return name in _IGNORED
    return True


async def _run(session: Session, commands: Sequence[str], scripts: Sequence[str]) -> int:
    try:
        for script in (*commands, *scripts):
            await _argument(session, script)
        if not scripts:
            data = await session.p.stdin.read_all()
            await _script(session, data.decode("utf-8", "replace"))
    except Quit:
        pass
    except _Failed as error:
        session.p.err(f"Error: {error.phase}, {error.message}\n")
        return 1
    return 1 if session.errors else 0


async def _argument(session: Session, script: str) -> None:
    """SQL or a dot-command from the command line; the first error ends the program."""
    if script.startswith("."):
        await session.line(script)
        return
    for _, sql in split_statements(script):
        await session.statement(sql)


async def _script(session: Session, text: str) -> None:
    """Lines from stdin: statements that may span some, and dot-commands between them; errors are counted."""
    pending, begun = "", 0
    for place, line in enumerate(text.split("\n"), start=1):
        if not pending.strip():
            pending, begun = "", place
            if line.startswith("."):
                try:
                    await session.line(line)
                except Quit:
                    raise
                except ProgramError as error:
                    session.errors += 1
                    session.p.err(f"{error.message}\n")
                continue
            if line.startswith("#"):
                continue
        pending += f"{line}\n"
        if ";" in line and library.complete_statement(pending):
            await _statements(session, pending, begun)
            pending = ""
    if pending.strip():
        await _statements(session, pending, begun)


async def _statements(session: Session, text: str, begun: int) -> None:
    for _, sql in split_statements(text):
        try:
            await session.statement(sql)
        except _Failed as error:
            session.errors += 1
            kind = "Parse error" if error.phase == "in prepare" else "Runtime error"
            session.p.err(f"{kind} near line {begun}: {error.message}\n")
            if session.bail:
                raise Quit from error
            break
