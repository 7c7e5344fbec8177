"""`cmp` and `diff`."""

from __future__ import annotations

import difflib
import posixpath
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.streams import breathe
from mobilegym.emulator.phone.shell.toybox.common import at, decode, read_input
from mobilegym.emulator.phone.shell.toybox.files_look import stamp
from mobilegym.emulator.phone.shell.toybox.options import Options, count, number, parse
from mobilegym.emulator.phone.shell.vfs import FsError
from mobilegym.errors import DeviceError

__all__ = ["cmp", "diff"]

_MAX_WORK: Final = 2_000_000
_MAX_LINES: Final = 400_000


async def cmp(p: Process) -> int:
    """Compare two files byte by byte."""
    options = parse(p, "ls", "n", longs={"silent": "s", "quiet": "s", "verbose": "l", "bytes": "n"}, least=1, most=4, status=2,
                    usage="[-ls] [-n LEN] FILE1 [FILE2 [SKIP1 SKIP2]]")  # fmt: skip
    names = [*options.args, "-"][:2]
    files: list[bytes] = []
    for i, name in enumerate(names):
        try:
            data = await read_input(p, name)
        except FsError as error:
            raise ProgramError("" if "s" in options else f"cmp: {name}: {error.text}", 2) from error
        data = data[count(p, options.args[i + 2]) :] if len(options.args) > i + 2 else data
        files.append(data[: count(p, options.value("n"))] if "n" in options else data)
    left, right = files
    status, shortest = 0, min(len(left), len(right))
    if left[:shortest] != right[:shortest]:
        status = 1
        for i in range(shortest):
            if left[i] == right[i]:
                continue
            await breathe()
            if "l" in options:
                p.out(f"{i + 1} {left[i]:3o} {right[i]:3o}\n")
                continue
            if "s" not in options:
                line = left.count(b"\n", 0, i) + 1
                p.out(f"{names[0]} {names[1]} differ: char {i + 1}, line {line}\n")
            return 1
    if len(left) != len(right):
        status = 1
        if "s" not in options:
            p.err(f"cmp: EOF on {names[0] if len(left) < len(right) else names[1]}\n")
    return status


async def diff(p: Process) -> int:
    """Compare files line by line, in the unified format as toybox does."""
    longs = {
        "brief": "q", "unified": "U", "ignore-case": "i", "ignore-all-space": "w", "ignore-space-change": "b", "ignore-blank-lines": "B",
        "recursive": "r", "new-file": "N", "text": "a", "report-identical-files": "s", "color": "K", "label": "L", "from-file": "F",
        "strip-trailing-cr": "c",
    }  # fmt: skip
    options = parse(p, "abBdiNqrsTtwup", "LSU", "K", longs=longs, least=2, most=2, status=2,
                    usage="[-abBdiNqrTstw] [-L LABEL] [-S FILE] [-U LINES] FILE1 FILE2")  # fmt: skip
    return await _compare(p, options, *options.args, top=True)


async def _compare(p: Process, options: Options, a: str, b: str, *, top: bool) -> int:
    files, uid = p.system.files, p.uid
    dirs = [name != "-" and files.is_dir(at(p, name), uid=uid) for name in (a, b)]
    if all(dirs):
        return await _folders(p, options, a, b)
    if dirs[0] and top:
        a = posixpath.join(a, posixpath.basename(b))
    elif dirs[1] and top:
        b = posixpath.join(b, posixpath.basename(a))
    contents: list[bytes] = []
    for name in (a, b):
        try:
            contents.append(await read_input(p, name))
        except FsError as error:
            if "N" in options:
                contents.append(b"")
                continue
            p.err(f"diff: {name}: {error.text}\n")
            return 2
    if contents[0] == contents[1]:
        if "s" in options:
            p.out(f"Files {a} and {b} are identical\n")
        return 0
    if "q" in options:
        p.out(f"Files {a} and {b} differ\n")
        return 1
    if any(b"\0" in data for data in contents) and "a" not in options:
        p.out(f"Binary files {a} and {b} differ\n")
        return 1
    return _unified(p, options, a, b, [decode(data) for data in contents])


def _unified(p: Process, options: Options, a: str, b: str, texts: list[str]) -> int:
    if sum(text.count("\n") for text in texts) > _MAX_LINES:
        raise DeviceError("out of memory")
    lines = [text.splitlines(keepends=True) for text in texts]
    keys = [[_normal(line, options) for line in side] for side in lines]
    if keys[0] == keys[1]:
        return 0
    context = number(p, options.value("U", "3"), low=0)
    labels = [*options.values("L"), *(f"{name}\t{_time(p, name)}" for name in (a, b)[len(options.values("L")) :])]
    p.out(f"--- {labels[0]}\n+++ {labels[1]}\n")
    for group in _groups(keys[0], keys[1], context):
        first, last = group[0], group[-1]
        p.out(f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@\n")
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                _rows(p, " ", lines[0][i1:i2])
                continue
            if tag in ("replace", "delete"):
                _rows(p, "-", lines[0][i1:i2])
            if tag in ("replace", "insert"):
                _rows(p, "+", lines[1][j1:j2])
    return 1


class _TooMuch(Exception):
    """Files differ in too many places to find all that is equal."""


class _Matcher(difflib.SequenceMatcher[str]):
    """Gives up after so much work."""

    def __init__(self, a: Sequence[str], b: Sequence[str]) -> None:
        super().__init__(None, a, b, autojunk=False)
        counts = Counter(b)
        self._cost = [0, *accumulate(1 + counts[line] for line in a)]
        self._left = _MAX_WORK

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> difflib.Match:
        self._left -= self._cost[-1 if ahi is None else ahi] - self._cost[alo]
        if self._left < 0:
            raise _TooMuch
        return super().find_longest_match(alo, ahi, blo, bhi)


def _groups(a: list[str], b: list[str], context: int) -> Iterable[Sequence[tuple[str, int, int, int, int]]]:
    """What is equal and what is not, in groups with `context` lines around. One group where it would take too long to tell."""
    start, most = 0, min(len(a), len(b))
    while start < most and a[start] == b[start]:
        start += 1
    end = 0
    while end < most - start and a[-1 - end] == b[-1 - end]:
        end += 1
    # Only so much of what is equal at both ends matters as may be shown.
    first, stop_a, stop_b = max(0, start - context - 1), len(a) - max(0, end - context - 1), len(b) - max(0, end - context - 1)
    matcher = _Matcher(a[first:stop_a], b[first:stop_b])
    try:
        groups = [list(group) for group in matcher.get_grouped_opcodes(context)]
    except _TooMuch:
        before, after = max(0, start - context), min(context, end)
        la, lb = len(a) - end, len(b) - end
        return [[("equal", before, start, before, start), ("replace", start, la, start, lb), ("equal", la, la + after, lb, lb + after)]]
    return [[(tag, i1 + first, i2 + first, j1 + first, j2 + first) for tag, i1, i2, j1, j2 in group] for group in groups]


def _rows(p: Process, mark: str, lines: list[str]) -> None:
    p.out("".join(mark + line if line.endswith("\n") else f"{mark}{line}\n\\ No newline at end of file\n" for line in lines))


def _range(start: int, stop: int) -> str:
    length = stop - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _normal(line: str, options: Options) -> str:
    if "w" in options:
        line = "".join(line.split())
    elif "b" in options:
        line = " ".join(line.rstrip().split())
    return line.lower() if "i" in options else line


def _time(p: Process, name: str) -> str:
    try:
        return stamp(p, p.kernel.clock.now_ms if name == "-" else p.system.files.stat(at(p, name)).mtime_ms)
    except FsError:
        return stamp(p, 0)


async def _folders(p: Process, options: Options, a: str, b: str) -> int:
    files, status = p.system.files, 0
    sides = [set(files.list(at(p, name), uid=p.uid)) for name in (a, b)]
    for name in sorted(sides[0] | sides[1]):
        left, right = posixpath.join(a, name), posixpath.join(b, name)
        if name not in sides[0] or name not in sides[1]:
            if "N" not in options:
                p.out(f"Only in {a if name in sides[0] else b}: {name}\n")
                status = max(status, 1)
                continue
        elif files.is_dir(at(p, left)) and files.is_dir(at(p, right)) and "r" not in options:
            p.out(f"Common subdirectories: {left} and {right}\n")
            continue
        status = max(status, await _compare(p, options, left, right, top=False))
    return status
