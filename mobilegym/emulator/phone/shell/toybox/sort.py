"""`sort` and `uniq`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cmp_to_key
from heapq import merge
from itertools import groupby
from typing import Any, Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.streams import breathe
from mobilegym.emulator.phone.shell.toybox.common import Lines, complain, decode, encode, read_input, split_lines, write_file, write_out
from mobilegym.emulator.phone.shell.toybox.options import number, parse
from mobilegym.emulator.phone.shell.vfs import FsError

__all__ = ["sort", "uniq"]

_PIECE: Final = 4096
_FLAGS: Final = "ghnMVfidbxr"
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SUFFIXES: Final = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5, "e": 6}


@dataclass(frozen=True, slots=True)
class _Key:
    """`-k FIELD[.CHAR][FLAGS][,FIELD[.CHAR][FLAGS]]`; without fields, the whole line."""

    first: tuple[int, int] = (1, 1)
    last: tuple[int, int] | None = None
    flags: frozenset[str] = frozenset()


async def sort(p: Process) -> int:
    """Sort lines."""
    longs = {
        "unique": "u", "reverse": "r", "numeric-sort": "n", "key": "k", "field-separator": "t", "output": "o", "check": "c", "stable": "s",
        "zero-terminated": "z", "human-numeric-sort": "h", "general-numeric-sort": "g", "month-sort": "M", "version-sort": "V",
        "ignore-case": "f", "ignore-leading-blanks": "b", "dictionary-order": "d", "ignore-nonprinting": "i",
    }  # fmt: skip
    options = parse(p, "gChnMVfidbxruscmz", "kotST", longs=longs, usage="[-runbCcdfghiMmsxzV] [-k#[,#[x]] [-t X]] [-o FILE] [FILE...]")
    flags = frozenset(letter for letter in _FLAGS if letter in options)
    keys = [_key(text, flags) for text in options.values("k")] or [_Key(flags=flags)]
    ending, separator = "\0" if "z" in options else "\n", options.value("t")
    source, lines = Lines(p, options.args), list[str]()
    async for _, data in source.contents():
        lines += split_lines(decode(data), ending)
    if source.status:
        return 2
    compare = _comparison(keys, separator)

    def with_tie(a: str, b: str) -> int:
        first = compare(a, b)
        if first or "s" in options or "u" in options:
            return first
        left, right = encode(a), encode(b)
        return 0 if left == right else -1 if (left < right) != ("r" in options) else 1

    if "c" in options or "C" in options:
        wrong = next((i for i in range(1, len(lines)) if with_tie(lines[i - 1], lines[i]) >= int("u" not in options)), None)
        if wrong is not None and "c" in options:
            p.err(f"sort: {options.args[0] if options.args else '-'}:{wrong + 1}: disorder: {lines[wrong]}\n")
        return int(wrong is not None)
    lines = await _sorted(lines, cmp_to_key(with_tie))
    if "u" in options:
        lines = await _unique(lines, compare)
    out = encode("".join(line + ending for line in lines))
    if "o" in options:
        try:
            write_file(p, options.value("o"), out)
        except FsError as error:
            raise ProgramError(f"sort: {options.value('o')}: {error.text}", 2) from error
    else:
        await write_out(p, out)
    return 0


def _comparison(keys: list[_Key], separator: str) -> Callable[[str, str], int]:
    makers = [(_maker(key, separator), "r" in key.flags) for key in keys]

    def compare(a: str, b: str) -> int:
        for make, reverse in makers:
            left, right = make(a), make(b)
            if left != right:
                return -1 if (left < right) != reverse else 1
        return 0

    return compare


async def _sorted(lines: list[str], key: Callable[[str], Any]) -> list[str]:
    """The lines in order. They are sorted in pieces, for nothing else happens while Python sorts."""
    pieces: list[list[str]] = []
    for start in range(0, len(lines), _PIECE):
        pieces.append(sorted(lines[start : start + _PIECE], key=key))
        await breathe()
    out: list[str] = []
    for line in merge(*pieces, key=key):
        out.append(line)
        await breathe()
    return out


async def _unique(lines: list[str], compare: Callable[[str, str], int]) -> list[str]:
    out = lines[:1]
    for line in lines:
        if compare(out[-1], line):
            out.append(line)
        await breathe()
    return out


def _key(text: str, flags: frozenset[str]) -> _Key:
    match = re.fullmatch(r"(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?", text)
    if match is None or match[1] == "0":
        raise ProgramError(f"sort: bad -k '{text}'", 2)
    own = frozenset(match[3] + (match[6] or ""))
    last = (int(match[4]), int(match[5] or 0)) if match[4] else None
    return _Key((int(match[1]), int(match[2] or 1)), last, own or flags)


def _maker(key: _Key, separator: str) -> Callable[[str], Any]:
    whole = key.first == (1, 1) and key.last is None
    flags = key.flags

    def make(line: str) -> Any:
        text = line if whole else _field(line, key, separator)
        if "b" in flags:
            text = text.lstrip(" \t")
        if "d" in flags:
            text = "".join(c for c in text if c.isalnum() or c in " \t")
        if "i" in flags:
            text = "".join(c for c in text if c.isprintable())
        if "f" in flags:
            text = text.upper()
        return _ordered(text, flags)

    return make


def _field(line: str, key: _Key, separator: str) -> str:
    spans = [m.span() for m in re.finditer(r"[ \t]*[^ \t]+", line)] if not separator else []
    if separator:
        at = 0
        for part in line.split(separator):
            spans.append((at, at + len(part)))
            at += len(part) + len(separator)
    field, char = key.first
    if field > len(spans):
        return ""
    begin = min(spans[field - 1][0] + char - 1, len(line))
    if key.last is None:
        return line[begin:]
    field, char = key.last
    if field > len(spans):
        return line[begin:]
    end = spans[field - 1][1] if char == 0 else min(spans[field - 1][0] + char, len(line))
    return line[begin:end]


def _ordered(text: str, flags: frozenset[str]) -> Any:
    if "n" in flags or "h" in flags:
        match = re.match(r"\s*(-?\d*\.?\d*)([kmgtpeKMGTPE]?)", text)
        try:
            value = float(match[1]) if match is not None else 0.0
        except ValueError:
            value = 0.0
        if "h" in flags and match is not None:
            rank = _SUFFIXES[match[2].lower()]
            return (-rank if value < 0 else rank, value)
        return value
    if "g" in flags:
        match = re.match(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", text)
        return float(match[0]) if match is not None else float("-inf")
    if "x" in flags:
        match = re.match(r"\s*[0-9a-fA-F]+", text)
        return int(match[0], 16) if match is not None else 0
    if "M" in flags:
        name = text.strip()[:3].lower()
        return _MONTHS.index(name) if name in _MONTHS else -1
    if "V" in flags:
        return _version(text)
    return encode(text)


def _version(text: str) -> list[tuple[list[int], int]]:
    """Pairs of what is no digit and a number; in the first, letters go before everything else."""
    pairs = re.findall(r"(\D*)(\d*)", text)
    return [([ord(c) + (0 if c.isalpha() else 1000) for c in word], int(digits or 0)) for word, digits in pairs]


async def uniq(p: Process) -> int:
    """Print runs of equal lines once."""
    longs = {"count": "c", "repeated": "d", "unique": "u", "ignore-case": "i", "zero-terminated": "z"}
    options = parse(p, "cduiz", "fsw", longs=longs, most=2, usage="[-cduiz] [-w MAXCHARS] [-f FIELDS] [-s CHAR] [INFILE [OUTFILE]]")
    skip, chars = number(p, options.value("f", "0")), number(p, options.value("s", "0"))
    most, ending = number(p, options.value("w", "0")) or None, "\0" if "z" in options else "\n"
    name = options.args[0] if options.args else "-"
    try:
        lines = split_lines(decode(await read_input(p, name)), ending)
    except FsError as error:
        complain(p, name, error)
        return 1

    def key(line: str) -> str:
        if skip:
            line = re.sub(rf"^(?:[ \t]*[^ \t]+){{0,{skip}}}", "", line)
        line = line[chars:][:most]
        return line.lower() if "i" in options else line

    out: list[str] = []
    for _, run in groupby(lines, key):
        same = list(run)
        if ("d" in options and len(same) == 1) or ("u" in options and len(same) > 1):
            continue
        out.append(f"{len(same):7d} {same[0]}" if "c" in options else same[0])
    data = encode("".join(line + ending for line in out))
    if len(options.args) == 2:
        try:
            write_file(p, options.args[1], data)
        except FsError as error:
            complain(p, options.args[1], error)
            return 1
    else:
        await write_out(p, data)
    return 0
