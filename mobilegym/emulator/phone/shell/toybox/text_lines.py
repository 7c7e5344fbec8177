"""`tr`, `cut`, `rev`, `tac`, `nl`, `fold`, `paste`, `comm`, `expand`: lines in, lines out."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.streams import breathe
from mobilegym.emulator.phone.shell.toybox.common import Lines, decode, encode, read_input, split_lines, write_out
from mobilegym.emulator.phone.shell.toybox.options import number, parse, usage_error
from mobilegym.emulator.phone.shell.vfs import FsError

__all__ = ["comm", "cut", "expand", "fold", "nl", "paste", "rev", "tac", "tr", "unescape"]

_CLASSES: Final = {
    "alpha": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "digit": "0123456789",
    "alnum": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "upper": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "lower": "abcdefghijklmnopqrstuvwxyz", "space": "\t\n\v\f\r ", "blank": "\t ", "xdigit": "0123456789ABCDEFabcdef",
    "punct": "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "cntrl": "".join(map(chr, range(32))) + "\x7f",
    "print": "".join(map(chr, range(32, 127))), "graph": "".join(map(chr, range(33, 127))),
}  # fmt: skip
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "\\": "\\", "e": "\x1b"}


def unescape(text: str) -> str:
    r"""Text with `\n`, `\t`, `\0NNN`, `\xHH` and the like replaced."""

    def one(match: re.Match[str]) -> str:
        body = match[1]
        if body[0] == "x" and len(body) > 1:
            return decode(bytes([int(body[1:], 16)]))
        if body[0] in "01234567":
            return decode(bytes([int(body, 8) & 255]))
        return _ESCAPES.get(body, "\\" + body)

    return re.sub(r"\\(0?[0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)", one, text, flags=re.DOTALL)


# ---------------------------------------------------------------------- tr


async def tr(p: Process) -> int:
    """Replace, delete or squeeze bytes."""
    longs = {"complement": "c", "delete": "d", "squeeze-repeats": "s", "truncate-set1": "t"}
    options = parse(p, "cCdst", longs=longs, least=1, most=2, usage="[-cds] SET1 [SET2]", stop=True)
    first = _byte_set(p, options.args[0])
    second = _byte_set(p, options.args[1], fill=len(first)) if len(options.args) > 1 else b""
    if "c" in options or "C" in options:
        first = bytes(sorted(set(range(256)) - set(first)))
    squeeze = b""
    if "d" in options:
        table, drop = bytes(range(256)), first
        squeeze = second if "s" in options else b""
    elif second:
        if "t" in options:
            first = first[: len(second)]
        table, drop = _table(first, second), b""
        squeeze = second if "s" in options else b""
    elif "s" in options:
        table, drop, squeeze = bytes(range(256)), b"", first
    else:
        raise usage_error(p, "Needs 2 arguments")
    pattern = re.compile(b"([" + b"".join(re.escape(bytes([b])) for b in squeeze) + rb"])\1+", re.DOTALL) if squeeze else None
    last = b""
    while data := await p.stdin.read():
        out = data.translate(table, drop)
        if pattern is not None and out:
            joined = pattern.sub(rb"\1", last + out)
            keeps = last and last[0] in squeeze and joined[:1] == last
            out, last = (joined[1:] if last and (keeps or joined.startswith(last)) else joined), out[-1:]
        await write_out(p, out)
    return 0


def _table(first: bytes, second: bytes) -> bytes:
    table = bytearray(range(256))
    for i, byte in enumerate(first):
        table[byte] = second[i] if i < len(second) else second[-1]
    return bytes(table)


def _byte_set(p: Process, text: str, fill: int = 0) -> bytes:
    r"""The bytes of a set such as `a-z[:digit:]\n`; `[c*]` fills up to `fill`."""
    out, rest = bytearray(), text
    while rest:
        match = re.match(r"\[:([a-z]+):\]", rest)
        if match is not None:
            if match[1] not in _CLASSES:
                raise ProgramError(f"tr: bad class '{match[0]}'")
            out += _CLASSES[match[1]].encode()
            rest = rest[match.end() :]
            continue
        match = re.match(r"\[(\\?.)\*(\d*)\]", rest, re.DOTALL)
        if match is not None and fill:
            count = int(match[2] or "0", 8 if match[2].startswith("0") else 10) or max(0, fill - len(out))
            out += encode(unescape(match[1]))[:1] * min(count, 256)
            rest = rest[match.end() :]
            continue
        low, rest = _next(rest)
        match = re.match(r"-(?!$)", rest)
        if match is not None and len(low) == 1:
            high, after = _next(rest[1:])
            if len(high) == 1:
                if high[0] < low[0]:
                    raise ProgramError(f"tr: bad range '{decode(low)}-{decode(high)}'")
                out += bytes(range(low[0], high[0] + 1))
                rest = after
                continue
        out += low
    return bytes(out)


def _next(text: str) -> tuple[bytes, str]:
    match = re.match(r"\\([0-7]{1,3}|.)", text, re.DOTALL)
    if match is not None:
        return encode(unescape(match[0]) if match[1] in _ESCAPES or match[1][0] in "01234567" else match[1]), text[match.end() :]
    return encode(text[0]), text[1:]


# ---------------------------------------------------------------------- cut


async def cut(p: Process) -> int:
    """Print parts of lines."""
    longs = {"bytes": "b", "characters": "c", "fields": "f", "delimiter": "d", "output-delimiter": "O", "complement": "C",
             "only-delimited": "s"}  # fmt: skip
    options = parse(p, "DnsC", "bcdfFO", longs=longs, usage="[-Ds] [-bcCfF LIST] [-dO DELIM] [FILE...]")
    kind = options.last_of("bcfF")
    if not kind:
        raise usage_error(p, "Needs -bcCfF")
    ranges = _ranges(p, options.value(kind))
    delimiter = options.value("d", "\t" if kind == "f" else " ")
    regex = re.compile(r"[ \t]+") if kind == "F" and "d" not in options else None
    glue = options.value("O", delimiter if kind in "fF" else "")
    source = Lines(p, options.args)
    async for line in source.lines():
        units: list[str] | bytes | str = encode(line) if kind == "b" else line if kind == "c" else (
            regex.split(line) if regex is not None else line.split(delimiter))  # fmt: skip
        if kind in "fF" and len(units) == 1:
            if "s" not in options:
                p.out(line + "\n")
            continue
        p.out(_picked(units, ranges, complement="C" in options, glue=glue) + "\n")
        await p.stdout.drain()
    return source.status


def _ranges(p: Process, text: str) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for part in re.split(r"[, ]", text):
        match = re.fullmatch(r"(\d*)(-?)(\d*)", part)
        if match is None or not (match[1] or match[3]) or match[1] == "0":
            raise ProgramError(f"cut: bad list '{text}'" if part else "cut: bad list")
        low = int(match[1] or 1)
        high = low if not match[2] else int(match[3]) if match[3] else 1 << 30
        if high < low:
            raise ProgramError(f"cut: bad list '{text}'")
        ranges.append((low, high))
    return sorted(ranges)


def _picked(units: list[str] | bytes | str, ranges: list[tuple[int, int]], *, complement: bool, glue: str) -> str:
    count = len(units)
    wanted = [False] * count
    for low, high in ranges:
        for i in range(low - 1, min(high, count)):
            wanted[i] = True
    if complement:
        wanted = [not want for want in wanted]
    if isinstance(units, bytes):
        return decode(bytes(b for b, want in zip(units, wanted, strict=True) if want))
    return glue.join(unit for unit, want in zip(units, wanted, strict=True) if want)


# ---------------------------------------------------------------------- lines


async def rev(p: Process) -> int:
    """Turn every line round."""
    source = Lines(p, parse(p, usage="[FILE...]").args)
    async for line in source.lines():
        p.out(line[::-1] + "\n")
    return source.status


async def tac(p: Process) -> int:
    """Print lines last to first."""
    source = Lines(p, parse(p, usage="[FILE...]").args)
    async for _, data in source.contents():
        text = decode(data)
        lines = split_lines(text)
        if lines and not text.endswith("\n"):
            # An unfinished last line runs into the one before.
            last = lines.pop()
            p.out(last)
        lines.reverse()
        await write_out(p, encode("\n".join(lines) + "\n" if lines else ""))
    return source.status


async def nl(p: Process) -> int:
    """Number lines."""
    options = parse(p, "E", "blnsvw", usage="[-E] [-b MODE] [-l COUNT] [-n STYLE] [-s SEPARATOR] [-v #] [-w WIDTH] [FILE...]")
    style, kind = options.value("n", "rn"), options.value("b", "t")
    at_line, width, mark = number(p, options.value("v", "1")), number(p, options.value("w", "6"), low=1), options.value("s", "\t")
    source = Lines(p, options.args)
    async for line in source.lines():
        if kind == "n" or (kind == "t" and not line):
            p.out(" " * (width + len(mark)) + line + "\n")
            continue
        text = str(at_line)
        p.out((text.ljust(width) if style == "ln" else text.zfill(width) if style == "rz" else text.rjust(width)) + mark + line + "\n")
        at_line += 1
    return source.status


async def fold(p: Process) -> int:
    """Break long lines."""
    options = parse(p, "bsu", "w", longs={"width": "w", "spaces": "s", "bytes": "b"}, usage="[-bsu] [-w WIDTH] [FILE...]")
    width = number(p, options.value("w", "80"), low=1)
    source = Lines(p, options.args)
    async for _, data in source.contents():
        text = decode(data)
        between = ""
        for line in split_lines(text):
            async for part in _folded(line, width, at_spaces="s" in options, tabs="b" not in options):
                p.out(between + part)
                between = "\n"
                await p.stdout.drain()
        p.out("\n" if text.endswith("\n") else "")
    return source.status


async def _folded(line: str, width: int, *, at_spaces: bool, tabs: bool) -> AsyncIterator[str]:
    start, column = 0, 0
    plain = not at_spaces and not (tabs and "\t" in line)
    while plain and len(line) - start > width:
        yield line[start : start + width]
        start += width
        await breathe()
    for at in range(start, len(line)):
        if plain:
            break
        step = 8 - column % 8 if tabs and line[at] == "\t" else 1
        if column + step > width and at > start:
            space = max(line.rfind(" ", start, at), line.rfind("\t", start, at)) + 1 if at_spaces else 0
            end = space or at
            yield line[start:end]
            start = end
            column = at - start
            step = 8 - column % 8 if tabs and line[at] == "\t" else 1
            await breathe()
        column += step
    yield line[start:]


async def paste(p: Process) -> int:
    """Put the lines of several files side by side."""
    options = parse(p, "s", "d", longs={"serial": "s", "delimiters": "d"}, usage="[-s] [-d DELIMITERS] [FILE...]")
    marks = unescape(options.value("d", "\t")) or "\0"
    columns: list[list[str]] = []
    source = Lines(p, options.args)
    if options.args.count("-") > 1 and "s" not in options:
        lines, count = split_lines(decode(await read_input(p, "-"))), options.args.count("-")
        turn = 0
        for name in options.args:
            if name == "-":
                columns.append(lines[turn::count])
                turn += 1
            else:
                columns.append(split_lines(decode(await read_input(p, name))))
    else:
        async for _, data in source.contents():
            columns.append(split_lines(decode(data)))
    rows = columns
    if "s" not in options:
        height = max((len(column) for column in columns), default=0)
        rows = [[column[i] if i < len(column) else "" for column in columns] for i in range(height)]
    for row in rows:
        text = "".join(cell + (marks[i % len(marks)].replace("\0", "") if i < len(row) - 1 else "") for i, cell in enumerate(row))
        p.out(text + "\n")
    return source.status


async def comm(p: Process) -> int:
    """Compare two sorted files line by line."""
    options = parse(p, "123", least=2, most=2, usage="[-123] FILE1 FILE2")
    try:
        left, right = [split_lines(decode(await read_input(p, name))) for name in options.args]
    except FsError as error:
        raise ProgramError(f"comm: {error.path}: {error.text}") from error
    i = j = 0
    indent = {"1": "", "2": "" if "1" in options else "\t"}
    indent["3"] = indent["2"] + ("" if "2" in options else "\t")
    while i < len(left) or j < len(right):
        if j >= len(right) or (i < len(left) and left[i] < right[j]):
            column, line, i = "1", left[i], i + 1
        elif i >= len(left) or right[j] < left[i]:
            column, line, j = "2", right[j], j + 1
        else:
            column, line, i, j = "3", left[i], i + 1, j + 1
        if column not in options:
            p.out(f"{indent[column]}{line}\n")
    return 0


async def expand(p: Process) -> int:
    """Tabs become spaces."""
    options = parse(p, "", "t", usage="[-t TABLIST] [FILE...]")
    width = number(p, options.value("t", "8"), low=1)
    source = Lines(p, options.args)
    async for line in source.lines():
        p.out(line.expandtabs(width) + "\n")
    return source.status
