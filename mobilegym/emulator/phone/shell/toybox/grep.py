"""`grep`, `egrep`, `fgrep`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.streams import breathe
from mobilegym.emulator.phone.shell.toybox.common import at, complain, decode, read_input, split_lines
from mobilegym.emulator.phone.shell.toybox.options import Options, number, parse, usage_error
from mobilegym.emulator.phone.shell.toybox.regex import Found, Regex, compile_regex
from mobilegym.emulator.phone.shell.vfs import FsError

__all__ = ["egrep", "fgrep", "grep"]

_USAGE = "[-EFrivwcloqsHbhn] [-ABC NUM] [-m MAX] [-e REGEX]... [-MS PATTERN]... [-f REGFILE] [FILE]..."
_LONGS = {
    "extended-regexp": "E", "fixed-strings": "F", "basic-regexp": "G", "ignore-case": "i", "invert-match": "v", "count": "c",
    "line-number": "n", "files-with-matches": "l", "files-without-match": "L", "only-matching": "o", "word-regexp": "w", "line-regexp": "x",
    "quiet": "q", "silent": "q", "no-messages": "s", "no-filename": "h", "with-filename": "H", "recursive": "r", "regexp": "e", "file": "f",
    "max-count": "m", "after-context": "A", "before-context": "B", "context": "C", "color": "K", "colour": "K", "include": "M",
    "exclude": "S", "exclude-dir": "D", "line-buffered": "u", "text": "a", "byte-offset": "b", "null": "Z", "null-data": "z",
}  # fmt: skip


class _Fixed:
    """Plain strings, found as a pattern is."""

    def __init__(self, texts: list[str], options: Options) -> None:
        escaped = "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))
        body = f"(?:{escaped})"
        if "x" in options:
            body = rf"\A{body}\Z"
        elif "w" in options:
            body = rf"(?<!\w){body}(?!\w)"
        self._regex = re.compile(body, re.IGNORECASE if "i" in options or "y" in options else 0)

    def test(self, line: str) -> bool:
        return self._regex.search(line) is not None

    def search(self, line: str, start: int = 0) -> Found | None:
        match = self._regex.search(line, start)
        return None if match is None else Found(match.start(), match.end(), ())


async def grep(p: Process) -> int:
    """Print the lines that match."""
    p.argv = (p.argv[0], *(f"-C{arg[1:]}" if re.fullmatch(r"-\d+", arg) else arg for arg in p.args))
    options = parse(p, "EFGHILPRUZabchilnoqrsuvwxyz", "ABCDMSefm", "K", longs=_LONGS, usage=_USAGE, status=2)
    if p.argv[0] in ("egrep", "fgrep"):
        options.add("E" if p.argv[0] == "egrep" else "F")
    patterns = [line for text in options.values("e") for line in text.split("\n")]
    for name in options.values("f"):
        try:
            patterns += split_lines(decode(await read_input(p, name)))
        except FsError as error:
            raise ProgramError(f"grep: {name}: {error.text}", 2) from error
    if "e" not in options and "f" not in options:
        if not options.args:
            raise usage_error(p, "Needs 1 argument", 2)
        patterns = options.args.pop(0).split("\n")
    return await _Grep(p, options, patterns).run()


egrep = grep
fgrep = grep


class _Grep:
    def __init__(self, p: Process, options: Options, patterns: list[str]) -> None:
        self._p = p
        self._options = options
        self._matchers = self._compile(patterns)
        self._most = number(p, options.value("m")) if "m" in options else None
        context = options.value("C", "0")
        self._before = number(p, options.value("B", context))
        self._after = number(p, options.value("A", context))
        self._ending = "\0" if "z" in options else "\n"
        self._color = options.value("K", "never") in ("", "always") and (options.value("K") == "always" or p.tty is not None)
        self._named = False
        self._trouble = False
        self._found = False

    def _compile(self, patterns: list[str]) -> list[Regex | _Fixed]:
        options = self._options
        kind = options.last_of("EFG")
        if kind == "F":
            return [_Fixed(patterns, options)] if patterns else []
        return [
            compile_regex(
                self._p, text, extended=kind == "E", ignore_case="i" in options or "y" in options, whole="x" in options, word="w" in options
            )
            for text in patterns
        ]

    async def run(self) -> int:
        options = self._options
        recursive = "r" in options or "R" in options
        names = options.args or (["."] if recursive else ["-"])
        self._named = ("H" in options or len(names) > 1 or recursive) and "h" not in options
        for name in names:
            for inner in self._files(name) if recursive and name != "-" else [name]:
                if await self._file(inner) and "q" in options:
                    return 0
                await self._p.stdout.drain()
        if self._trouble:
            return 2
        return 0 if self._found else 1

    def _files(self, name: str) -> Iterator[str]:
        files, uid, options = self._p.system.files, self._p.uid, self._options
        try:
            path = at(self._p, name)
            if not files.stat(path, uid=uid).is_dir:
                base = posixpath.basename(name)
                picked = not options.values("M") or any(fnmatchcase(base, glob) for glob in options.values("M"))
                if picked and not any(fnmatchcase(base, glob) for glob in options.values("S")):
                    yield name
                return
            inner = files.list(path, uid=uid)
        except FsError as error:
            self._complain(name, error)
            return
        for child in inner:
            whole = child if name == "." and not options.args else posixpath.join(name, child)
            if files.is_dir(at(self._p, whole)) and any(fnmatchcase(child, glob) for glob in options.values("D")):
                continue
            yield from self._files(whole)

    def _complain(self, name: str, error: FsError) -> None:
        self._trouble = True
        if "s" not in self._options:
            complain(self._p, name, error)

    async def _file(self, name: str) -> bool:
        try:
            data = await read_input(self._p, name)
        except FsError as error:
            self._complain(name, error)
            return False
        shown = "(standard input)" if name == "-" else name
        if "I" in self._options and b"\0" in data[:8192]:
            return False
        matches = await self._lines(shown, data)
        if matches:
            self._found = True
        options = self._options
        label = shown + ("\0" if "Z" in options else ":") if self._named else ""
        if "q" in options:
            return matches > 0
        if "l" in options or "L" in options:
            if ("l" in options) == (matches > 0):
                self._p.out(shown + ("\0" if "Z" in options else "\n"))
        elif "c" in options:
            self._p.out(f"{label}{matches}\n")
        return matches > 0

    async def _lines(self, name: str, data: bytes) -> int:
        options = self._options
        silent = any(letter in options for letter in "qlLc")
        binary = b"\0" in data and "a" not in options and "z" not in options
        lines = split_lines(decode(data), self._ending)
        found, shown_to, until, offset = 0, -1, -1, 0
        for i, line in enumerate(lines):
            await breathe()
            if self._most is not None and found >= self._most and i > until:
                break
            hit = (self._most is None or found < self._most) and any(m.test(line) for m in self._matchers) != ("v" in options)
            if hit:
                found += 1
                if silent or binary:
                    if "c" not in options:
                        break
                else:
                    first = max(shown_to + 1, i - self._before)
                    if (self._before or self._after) and shown_to >= 0 and first > shown_to + 1:
                        self._p.out("--\n")
                    for j in range(first, i):
                        await self._show(name, j, lines[j], "-", 0)
                    await self._show(name, i, line, ":", offset)
                    shown_to, until = i, i + self._after
            elif i <= until and not silent:
                await self._show(name, i, line, "-", offset)
                shown_to = i
            offset += len(line.encode("utf-8", "surrogateescape")) + 1 if "b" in options else 0
        if binary and found and not silent:
            self._p.out(f"Binary file {name} matches\n")
        return found

    async def _show(self, name: str, index: int, line: str, mark: str, offset: int) -> None:
        options = self._options
        label = (f"{name}{mark}" if self._named else "") + (f"{index + 1}{mark}" if "n" in options else "")
        if "o" in options:
            if mark == ":" and "v" not in options:
                for found in self._all(line):
                    await breathe()
                    where = f"{offset + len(line[: found.start].encode('utf-8', 'surrogateescape'))}{mark}" if "b" in options else ""
                    self._p.out(f"{label}{where}{self._red(line[found.start : found.end])}{self._ending}")
            return
        text = line
        if self._color and mark == ":" and "v" not in options:
            text, last = "", 0
            for found in self._all(line):
                text += line[last : found.start] + self._red(line[found.start : found.end])
                last = found.end
            text += line[last:]
        self._p.out(f"{label}{f'{offset}{mark}' if 'b' in options else ''}{text}{self._ending}")

    def _red(self, text: str) -> str:
        return f"\x1b[1;31m{text}\x1b[m" if self._color else text

    def _all(self, line: str) -> Iterator[Found]:
        """Every match that is not empty, from the left; of several patterns the earliest, then the longest."""
        start = 0
        while start <= len(line):
            found = [f for f in (m.search(line, start) for m in self._matchers) if f is not None]
            if not found:
                return
            best = min(found, key=lambda f: (f.start, -f.end))
            if best.end > best.start:
                yield best
                start = best.end
            else:
                start = best.end + 1
