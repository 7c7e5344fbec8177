"""`cat`, `head`, `tail`, `tee`, `wc`, `split`, `yes`, `seq`: streams as they are."""

from __future__ import annotations

import asyncio
import posixpath
import re
from codecs import getincrementaldecoder
from decimal import Decimal, InvalidOperation
from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.streams import Reader, breathe
from mobilegym.emulator.phone.shell.toybox.common import at, complain, open_input, read_input, write_file, write_out
from mobilegym.emulator.phone.shell.toybox.options import Options, count, parse, usage_error
from mobilegym.emulator.phone.shell.vfs import FsError

__all__ = ["cat", "head", "seq", "split", "tail", "tee", "wc", "yes"]

_FOLLOW_MS: Final = 1000
_MAX_NUMBERS: Final = 20_000_000


async def cat(p: Process) -> int:
    """Copy files to stdout."""
    options = parse(p, "etuvAE", usage="[-etuv] [FILE...]")
    status = 0
    for name in options.args or ["-"]:
        try:
            source = open_input(p, name)
        except FsError as error:
            complain(p, name, error)
            status = 1
            continue
        while data := await source.read():
            p.stdout.write(_visible(data, options) if options.given and options.order != ["u"] else data)
            await p.stdout.drain()
    return status


def _visible(data: bytes, options: Options) -> bytes:
    ends = "e" in options or "E" in options or "A" in options
    tabs = "t" in options or "A" in options
    out = bytearray()
    for byte in data:
        if byte == 10:
            out += b"$\n" if ends else b"\n"
        elif byte == 9:
            out += b"^I" if tabs else b"\t"
        elif "E" in options:
            out.append(byte)
        else:
            low = byte & 127
            out += (b"M-" if byte > 127 else b"") + (b"^" + bytes([low ^ 64]) if low < 32 or low == 127 else bytes([low]))
    return bytes(out)


def _minus_number(p: Process, letter: str) -> None:
    """`head -5` is `head -n 5`."""
    args = list(p.args)
    for i, arg in enumerate(args):
        if re.fullmatch(r"-\d+[bkmcl]?", arg) and (i == 0 or args[i - 1] not in ("-n", "-c")):
            args[i] = f"-{letter}{arg[1:]}"
    p.argv = (p.argv[0], *args)


async def head(p: Process) -> int:
    """Print the first lines or bytes."""
    _minus_number(p, "n")
    options = parse(p, "qv", "nc", longs={"lines": "n", "bytes": "c", "quiet": "q", "verbose": "v"}, usage="[-n NUMBER] [FILE...]")
    by_bytes, status = options.last_of("nc") == "c", 0
    size = count(p, options.value("c" if by_bytes else "n", "10"))
    names = options.args or ["-"]
    for i, name in enumerate(names):
        try:
            source = open_input(p, name)
        except FsError as error:
            complain(p, name, error)
            status = 1
            continue
        if (len(names) > 1 and "q" not in options) or "v" in options:
            p.out(("\n" if i else "") + f"==> {name} <==\n")
        await (_head_bytes(p, source, size) if by_bytes else _head_lines(p, source, size))
    return status


async def _head_bytes(p: Process, source: Reader, size: int) -> None:
    if size < 0:
        data = await source.read_all()
        await write_out(p, data[:size])
        return
    while size > 0 and (data := await source.read(min(size, 65_536))):
        size -= len(data)
        p.stdout.write(data)
        await p.stdout.drain()


async def _head_lines(p: Process, source: Reader, size: int) -> None:
    if size < 0:
        lines = (await source.read_all()).split(b"\n")
        lines = lines[:-1] if lines[-1] == b"" else lines
        await write_out(p, b"".join(line + b"\n" for line in lines[:size]))
        return
    while size > 0 and (data := await source.read()):
        newlines = data.count(b"\n")
        if newlines >= size:
            data = b"".join(part + b"\n" for part in data.split(b"\n", size)[:size])
        size -= newlines
        p.stdout.write(data)
        await p.stdout.drain()


async def tail(p: Process) -> int:
    """Print the last lines or bytes; with `-f` also what is added later."""
    _minus_number(p, "n")
    args = [
        f"-n{arg}" if re.fullmatch(r"\+\d+", arg) and (i == 0 or p.args[i - 1] not in ("-n", "-c")) else arg for i, arg in enumerate(p.args)
    ]
    p.argv = (p.argv[0], *args)
    longs = {"lines": "n", "bytes": "c", "follow": "f", "quiet": "q", "retry": "F"}
    options = parse(p, "fFqv", "ncs", longs=longs, usage="[-n|c NUMBER] [-f|F] [-s SECONDS] [FILE...]")
    by_bytes, status = options.last_of("nc") == "c", 0
    text = options.value("c" if by_bytes else "n", "10")
    names, sizes = options.args or ["-"], dict[str, int]()
    for i, name in enumerate(names):
        try:
            data = await read_input(p, name)
        except FsError as error:
            complain(p, name, error)
            status = 1
            continue
        if (len(names) > 1 and "q" not in options) or "v" in options:
            p.out(("\n" if i else "") + f"==> {name} <==\n")
        await write_out(p, _tail_of(data, abs(count(p, text)), from_start=text.startswith("+"), by_bytes=by_bytes))
        sizes[name] = len(data)
    if "f" in options or "F" in options:
        await _follow(p, {name: size for name, size in sizes.items() if name != "-"})
    return status


def _tail_of(data: bytes, size: int, *, from_start: bool, by_bytes: bool) -> bytes:
    if by_bytes:
        return data[max(0, size - 1) :] if from_start else data[-size:] if size else b""
    lines = data.split(b"\n")
    rest = [lines.pop()] if lines and lines[-1] != b"" else []
    if lines and not rest:
        lines.pop()
    whole = [line + b"\n" for line in lines] + rest
    return b"".join(whole[max(0, size - 1) :] if from_start else whole[-size:] if size else [])


async def _follow(p: Process, sizes: dict[str, int]) -> None:
    """Print what is added, for ever: it ends when whoever reads goes away."""
    while sizes:
        # Waits in real time, for time on the phone stands still until somebody acts.
        await asyncio.sleep(_FOLLOW_MS / 5000)
        for name, known in sizes.items():
            try:
                data = p.system.files.read(at(p, name), uid=p.uid)
            except FsError:
                continue
            if len(data) != known:
                p.stdout.write(data[known:] if len(data) > known else data)
                sizes[name] = len(data)
        await p.stdout.drain()


async def tee(p: Process) -> int:
    """Copy stdin to files and to stdout."""
    options = parse(p, "ai", longs={"append": "a"}, usage="[-ai] [FILE...]")
    status = 0
    targets: list[str] = []
    for name in options.args:
        try:
            write_file(p, name, b"", append="a" in options)
            targets.append(name)
        except FsError as error:
            complain(p, name, error)
            status = 1
    parts: list[bytes] = []
    try:
        while data := await p.stdin.read():
            parts.append(data)
            p.stdout.write(data)
            await p.stdout.drain()
    finally:
        for name in targets:
            write_file(p, name, b"".join(parts), append=True)
    return status


async def wc(p: Process) -> int:
    """Count lines, words, bytes and characters."""
    longs = {"lines": "l", "words": "w", "bytes": "c", "chars": "m", "max-line-length": "L"}
    options = parse(p, "clmwL", longs=longs, usage="[-Lcmwl] [FILE...]")
    kinds = [letter for letter in "lwmcL" if letter in options] or ["l", "w", "c"]
    rows, status = list[tuple[str, list[int]]](), 0
    for name in options.args or ["-"]:
        try:
            values = await _counted(open_input(p, name))
        except FsError as error:
            complain(p, name, error)
            status = 1
            continue
        rows.append((name if options.args else "", [values[kind] for kind in kinds]))
    if len(options.args) > 1:
        totals = [sum(column) for column in zip(*(row for _, row in rows), strict=True)] if rows else [0] * len(kinds)
        rows.append(("total", totals))
    for name, row in rows:
        p.out((str(row[0]) if len(row) == 1 else _cells(row)) + f" {name}".rstrip() + "\n")
    return status


async def _counted(source: Reader) -> dict[str, int]:
    found = dict.fromkeys("lwmcL", 0)
    decoder = getincrementaldecoder("utf-8")("surrogateescape")
    within, line = False, 0
    while data := await source.read():
        text = decoder.decode(data)
        found["l"] += data.count(b"\n")
        found["w"] += len(data.split()) - (within and not data[:1].isspace())
        found["c"] += len(data)
        found["m"] += len(text)
        within = not data[-1:].isspace()
        first, *rest = text.split("\n")
        line += len(first)
        found["L"] = max(found["L"], line, *map(len, rest))
        line = len(rest[-1]) if rest else line
        await breathe()
    left = len(decoder.decode(b"", final=True))
    return found | {"m": found["m"] + left, "L": max(found["L"], line + left)}


def _cells(row: list[int]) -> str:
    return " ".join(f"{value:7d}" for value in row)


async def split(p: Process) -> int:
    """Cut a file into several."""
    options = parse(p, "d", "abln", most=2, usage="[-a SUFFIX_LEN] [-b BYTES] [-l LINES] [-n PARTS] [INPUT [OUTPUT]]")
    name, prefix = [*options.args, *["-", "x"][len(options.args) :]]
    try:
        data = await read_input(p, name)
        if "b" in options or "n" in options:
            step = max(1, count(p, options.value("b")) if "b" in options else -(-len(data) // max(1, count(p, options.value("n")))))
            parts = [data[i : i + step] for i in range(0, len(data), step)]
        else:
            step, lines = max(1, count(p, options.value("l", "1000"))), data.splitlines(keepends=True)
            parts = [b"".join(lines[i : i + step]) for i in range(0, len(lines), step)]
        width = count(p, options.value("a", "2"))
        if len(parts) > 26**width:
            raise ProgramError("split: bad -a")
        for i, part in enumerate(parts):
            write_file(p, prefix + _suffix(i, width, digits="d" in options), part)
    except FsError as error:
        raise ProgramError(f"split: {posixpath.basename(error.path)}: {error.text}") from error
    return 0


def _suffix(index: int, width: int, *, digits: bool) -> str:
    if digits:
        return f"{index:0{width}d}"
    letters = ""
    for _ in range(width):
        index, rest = divmod(index, 26)
        letters = chr(97 + rest) + letters
    return letters


async def yes(p: Process) -> int:
    """Print a line until nobody reads any more."""
    line = (" ".join(p.args) or "y").encode("utf-8", "surrogateescape") + b"\n"
    block = line * max(1, 8192 // len(line))
    while True:
        p.stdout.write(block)
        await p.stdout.drain()
        await asyncio.sleep(0)


async def seq(p: Process) -> int:
    """Print numbers."""
    numbers = [bool(re.fullmatch(r"-[\d.].*", arg)) for arg in p.args]
    first = numbers.index(True) if True in numbers else len(numbers)
    p.argv = (p.argv[0], *p.args[:first], *(["--"] if first < len(numbers) else []), *p.args[first:])
    options = parse(p, "w", "fs", least=1, most=3, usage="[-w|-f fmt_str] [-s sep_str] [first] [increment] last")
    try:
        values = [Decimal(arg) for arg in options.args]
    except InvalidOperation:
        raise usage_error(
            p, f"bad number '{next(a for a in options.args if not re.fullmatch(r'[-+]?[0-9.]+(e[-+]?[0-9]+)?', a))}'"
        ) from None
    start = values[0] if len(values) > 1 else Decimal(1)
    step, last = values[1] if len(values) == 3 else Decimal(1), values[-1]
    if step == 0:
        return 0
    places = max(max(0, -int(v.normalize().as_tuple().exponent)) if "." in a else 0 for v, a in zip(values, options.args, strict=True))
    amount = max(0, int((last - start) / step) + 1) if (last - start) * step >= 0 else 0
    width = max(len(f"{start:.{places}f}"), len(f"{start + step * max(0, amount - 1):.{places}f}")) if "w" in options else 0
    separator, form = options.value("s", "\n"), options.value("f")
    for i in range(min(amount, _MAX_NUMBERS)):
        value = start + step * i
        text = _c_format(p, form, value) if form else f"{value:0{width}.{places}f}" if width else f"{value:.{places}f}"
        p.out((separator if i else "") + text)
        if i % 1000 == 999:
            await p.stdout.drain()
    if amount:
        p.out("\n")
    return 0


def _c_format(p: Process, form: str, value: Decimal) -> str:
    try:
        return form % float(value)
    except (ValueError, TypeError) as error:
        raise ProgramError(f"{p.argv[0]}: bad -f format") from error
