"""`content`: content providers from the shell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from mobilegym.emulator.device import Value
from mobilegym.emulator.phone.kernel.providers.base import ContentUri
from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.state.content_types import call_provider, content_path, mime_of
from mobilegym.emulator.phone.shell.state.facts import java_double
from mobilegym.errors import DeviceError, NotFound

__all__ = ["Bind", "content", "parse_bind", "row_text", "split_escaped"]

_USAGE: Final = r"""usage: adb shell content [subcommand] [options]

usage: adb shell content insert --uri <URI> [--user <USER_ID>] --bind <BINDING> [--bind <BINDING>...] [--extra <BINDING>...]
  <URI> a content provider URI.
  <BINDING> binds a typed value to a column and is formatted:
  <COLUMN_NAME>:<TYPE>:<COLUMN_VALUE> where:
  <TYPE> specifies data type such as:
  b - boolean, s - string, i - integer, l - long, f - float, d - double, n - null
  Note: Omit the value for passing an empty string, e.g column:s:
  Note: Use \ to escape the next character, e.g column:s:a\:b
  Example:
  # Add "new_setting" secure setting with value "new_value".
  adb shell content insert --uri content://settings/secure --bind name:s:new_setting --bind value:s:new_value

usage: adb shell content update --uri <URI> [--user <USER_ID>] [--where <WHERE>] [--extra <BINDING>...]
  <WHERE> is a SQL style where clause in quotes (You have to escape single quotes - see example below).
  Example:
  # Change "new_setting" secure setting to "newer_value".
  adb shell content update --uri content://settings/secure --bind value:s:newer_value --where "name=\'new_setting\'"

usage: adb shell content delete --uri <URI> [--user <USER_ID>] --bind <BINDING> [--bind <BINDING>...] [--where <WHERE>] [--extra <BINDING>...]
  Example:
  # Remove "new_setting" secure setting.
  adb shell content delete --uri content://settings/secure --where "name='new_setting'"

usage: adb shell content query --uri <URI> [--user <USER_ID>] [--projection <PROJECTION>] [--where <WHERE>] [--sort <SORT_ORDER>] [--extra <BINDING>...]
  <PROJECTION> is a list of colon separated column names and is formatted:
  <COLUMN_NAME>[:<COLUMN_NAME>...]
  <SORT_ORDER> is the order in which rows in the result should be sorted.
  Example:
  # Select "name" and "value" columns from secure settings where "name" is equal to "new_setting" and sort the result by name in ascending order.
  adb shell content query --uri content://settings/secure --projection name:value --where "name='new_setting'" --sort "name ASC"

usage: adb shell content call --uri <URI> --method <METHOD> [--arg <ARG>] [--extra <BINDING> ...]
  <METHOD> is the name of a provider-defined method
  <ARG> is an optional string argument
  <BINDING> is like --bind above, typed data of the form <KEY>:{b,s,i,l,f,d}:<VAL>

usage: adb shell content read --uri <URI> [--user <USER_ID>]
  Example:
  adb shell 'content read --uri content://settings/system/ringtone_cache' > host.ogg

usage: adb shell content write --uri <URI> [--user <USER_ID>]
  Example:
  adb shell 'content write --uri content://settings/system/ringtone_cache' < host.ogg

usage: adb shell content gettype --uri <URI> [--user <USER_ID>]
  Example:
  adb shell content gettype --uri content://media/internal/audio/media/

"""  # noqa: E501 as wide as Android prints it

_INTEGER_BITS: Final = {"i": 32, "l": 64}
_NO_COLUMN: Final = re.compile(r"no such column: '?(?P<name>[^';,\s]+)|no column '(?P<other>[^']+)'")


class Bind(NamedTuple):
    """A typed value."""

    name: str
    value: Value


class _BadArguments(Exception):
    """What the user gave is not usable; printed with the usage."""


class _FileNotFound(Exception):
    """A URI that names no file."""


@dataclass(slots=True)
class _Request:
    uri: str = ""
    binds: list[Bind] = field(default_factory=list[Bind])
    extras: list[Bind] = field(default_factory=list[Bind])
    where: str | None = None
    projection: tuple[str, ...] | None = None
    sort: str | None = None
    method: str = ""
    arg: str | None = None


def split_escaped(text: str) -> list[str]:
    """Parts between colons; a backslash takes the next character as it is.

    Raises:
        ValueError: A backslash at the end.
    """
    parts: list[str] = []
    current: list[str] = []
    escaped = False
    for char in text:
        if escaped:
            current.append(char)
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == ":":
            parts.append("".join(current))
            current = []
        else:
            current.append(char)
    if escaped:
        raise ValueError("Invalid escaping")
    return [*parts, "".join(current)]


def parse_bind(text: str) -> Bind:
    """`name:type:value`.

    Raises:
        ValueError: It is none.
    """
    parts = split_escaped(text) if text else []
    if len(parts) != 3:
        raise ValueError(f"Binding not well formed: {text}")
    name, kind, value = parts
    if kind == "s":
        return Bind(name, value)
    if kind == "b":
        return Bind(name, int(value.lower() == "true"))
    if kind in _INTEGER_BITS:
        if re.fullmatch(r"[+-]?[0-9]+", value) is None or not -(1 << _INTEGER_BITS[kind] - 1) <= int(value) < 1 << _INTEGER_BITS[kind] - 1:
            raise ValueError(f'For input string: "{value}"')
        return Bind(name, int(value))
    if kind in ("f", "d"):
        try:
            return Bind(name, float(value))
        except ValueError:
            raise ValueError(f'For input string: "{value}"') from None
    if kind == "n":
        return Bind(name, None)
    raise ValueError(f"Unsupported type: {kind}")


async def content(p: Process) -> int:
    """`content query|insert|update|delete|call|gettype|read|write --uri URI ...`."""
    if not p.args:
        p.out(_USAGE)
        return 1
    verb = p.args[0]
    try:
        if verb not in _OPTIONS:
            raise _BadArguments(f"Unsupported operation: {verb}")
        request = _parse(verb, p.args[1:])
    except (_BadArguments, ValueError) as error:
        p.out(f"\n[ERROR] {error}\n\n{_USAGE}")
        return 1
    try:
        if verb == "write":
            await _write(p, request)
        else:
            _ACTIONS[verb](p, request)
    except (DeviceError, _FileNotFound) as error:
        _report(p, request, error)
    return 0


_OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "query": ("--projection", "--where", "--sort", "--extra"), "insert": ("--bind", "--extra"), "update": ("--bind", "--where", "--extra"),
    "delete": ("--where", "--extra"), "call": ("--method", "--arg", "--extra"), "gettype": (), "read": (), "write": (),
}  # fmt: skip


def _parse(verb: str, words: tuple[str, ...]) -> _Request:
    request = _Request()
    left = list(words)
    while left:
        option = left.pop(0)
        if option not in ("--uri", "--user", *_OPTIONS[verb]):
            raise _BadArguments(f"Unsupported argument: {option}")
        if not left or not left[0] or left[0].startswith("--"):
            raise _BadArguments(f"No value for argument: {option}")
        _take(request, option, left.pop(0))
    if not request.uri:
        raise _BadArguments("Content provider URI not specified. Did you specify --uri argument?")
    if verb in ("insert", "update") and not request.binds:
        raise _BadArguments("Bindings not specified. Did you specify --bind argument(s)?")
    if verb == "call" and not request.method:
        raise _BadArguments("Content provider method not specified.")
    return request


def _take(request: _Request, option: str, value: str) -> None:
    match option:
        case "--uri":
            request.uri = value
        case "--bind":
            request.binds.append(parse_bind(value))
        case "--extra":
            request.extras.append(parse_bind(value))
        case "--where":
            request.where = value
        case "--projection":
            request.projection = tuple(value.split(":")) if value else None
        case "--sort":
            request.sort = value
        case "--method":
            request.method = value
        case "--arg":
            request.arg = value
        case _:
            # There is one user.
            pass


# ------------------------------------------------------------------ what they do


def row_text(place: int, row: Mapping[str, Value]) -> str:
    """A row as `content query` prints it, with its newline."""
    return f"Row: {place} " + ", ".join(f"{name}={_shown(value)}" for name, value in row.items()) + "\n"


def _shown(value: Value) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return "BLOB"
    return java_double(value) if isinstance(value, float) else str(int(value) if isinstance(value, bool) else value)


def _query(p: Process, request: _Request) -> None:
    rows = p.kernel.content.query(request.uri, projection=request.projection, where=request.where, sort=request.sort)
    p.out("".join(row_text(place, row) for place, row in enumerate(rows)) or "No result found.\n")


def _insert(p: Process, request: _Request) -> None:
    p.kernel.content.insert(request.uri, dict(request.binds))


def _update(p: Process, request: _Request) -> None:
    p.kernel.content.update(request.uri, dict(request.binds), where=request.where)


def _delete(p: Process, request: _Request) -> None:
    p.kernel.content.delete(request.uri, where=request.where)


def _gettype(p: Process, request: _Request) -> None:
    uri = _known(p, request)
    p.out(f"Result: {mime_of(p.kernel, uri) or 'null'}\n")


def _call(p: Process, request: _Request) -> None:
    bundle = call_provider(p.kernel, _known(p, request), request.method, request.arg, dict(request.extras))
    if bundle is None:
        p.out("Result: null\n")
    else:
        inner = ", ".join(f"{key}={'null' if value is None else _shown(value)}" for key, value in bundle.items())
        p.out(f"Result: Bundle[{{{inner}}}]\n")


def _read(p: Process, request: _Request) -> None:
    p.stdout.write(p.kernel.files.read(_file(p, request)))


async def _write(p: Process, request: _Request) -> None:
    try:
        path = _file(p, request)
    except (DeviceError, _FileNotFound):
        await p.stdin.read_all()
        raise
    p.kernel.files.write(path, await p.stdin.read_all())


def _known(p: Process, request: _Request) -> ContentUri:
    uri = ContentUri.parse(request.uri)
    if uri.authority not in p.kernel.content.authorities():
        raise NotFound(f"no content provider for `{request.uri}`")
    return uri


def _file(p: Process, request: _Request) -> str:
    uri = _known(p, request)
    path = content_path(p.kernel, uri)
    if path is None:
        raise _FileNotFound(f"No entry for {request.uri}")
    return path


_ACTIONS: Final[Mapping[str, Callable[[Process, _Request], None]]] = {
    "query": _query, "insert": _insert, "update": _update, "delete": _delete, "call": _call, "gettype": _gettype, "read": _read,
}  # fmt: skip


# ------------------------------------------------------------------ what goes wrong


def _report(p: Process, request: _Request, error: Exception) -> None:
    authority = request.uri.removeprefix("content://").partition("/")[0]
    p.err(f"Error while accessing provider:{authority}\n{_java(request, authority, error)}\n")
    p.err("\tat android.os.Parcel.createExceptionOrNull(Parcel.java:3057)\n\tat android.os.Parcel.createException(Parcel.java:3041)\n")


def _java(request: _Request, authority: str, error: Exception) -> str:
    text = str(error)
    column = _NO_COLUMN.search(text)
    if isinstance(error, _FileNotFound):
        return f"java.io.FileNotFoundException: {text}"
    if column is not None:
        name = column["name"] or column["other"]
        names = ", ".join(request.projection or ("*",))
        where = f" WHERE ({request.where})" if request.where else ""
        sql = f"SELECT {names} FROM {authority}{where}"
        return f"android.database.sqlite.SQLiteException: no such column: {name} (code 1 SQLITE_ERROR): , while compiling: {sql}"
    if isinstance(error, NotFound):
        if "no content provider" in text or "no content URI" in text:
            return f"java.lang.IllegalStateException: Could not find provider: {authority}"
        return f"java.lang.IllegalArgumentException: Unknown URL {request.uri}"
    if text.startswith("database "):
        return f"android.database.sqlite.SQLiteException: {text.partition('`: ')[2]}"
    return f"java.lang.IllegalArgumentException: {text}"
