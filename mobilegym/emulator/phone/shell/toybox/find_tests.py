"""The expression of `find`: tests, actions, and how they are combined."""

from __future__ import annotations

import posixpath
import re
import stat as modes
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from fnmatch import translate
from typing import Final, TypeAlias

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.toybox.common import at, spawn
from mobilegym.emulator.phone.shell.toybox.files_look import stamp
from mobilegym.emulator.phone.shell.toybox.files_make import file_time, new_mode
from mobilegym.emulator.phone.shell.vfs import FsError, Stat
from mobilegym.emulator.phone.shell.vfs_values import group_name, mode_text, uid_of, user_name

__all__ = ["Candidate", "Expression", "compile_expression"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that was come upon."""

    name: str
    """As it is printed."""
    path: str
    stat: Stat
    depth: int


_Test: TypeAlias = Callable[[Candidate], Awaitable[bool]]
_KINDS: Final = {"f": modes.S_ISREG, "d": modes.S_ISDIR, "l": modes.S_ISLNK, "c": modes.S_ISCHR, "b": modes.S_ISBLK, "p": modes.S_ISFIFO,
                 "s": modes.S_ISSOCK}  # fmt: skip
_SIZES: Final = {"c": 1, "w": 2, "b": 512, "k": 1024, "M": 1 << 20, "G": 1 << 30}
_ACTIONS: Final = frozenset({"-print", "-print0", "-exec", "-execdir", "-ok", "-delete", "-ls", "-printf", "-quit"})


class Expression:
    """A compiled expression. `run` it on every file, then `finish` for what was put off (`-exec … +`)."""

    def __init__(self, p: Process) -> None:
        self.p = p
        self.least = 0
        self.most = 1_000_000
        self.depth_first = False
        self.pruned = False
        self.over = False
        self.status = 0
        self.acts = False
        self.test: _Test | None = None
        self.batches: list[tuple[list[str], list[str]]] = []

    async def run(self, candidate: Candidate) -> None:
        """Apply the expression to a file."""
        if (self.test is None or await self.test(candidate)) and not self.acts:
            self.p.out(candidate.name + "\n")

    async def finish(self) -> None:
        """Run what collects names."""
        for argv, names in self.batches:
            if names:
                status = await spawn(self.p, [*argv, *names], stdin=self.p.stdin)
                self.status = 1 if status else self.status


def compile_expression(p: Process, words: list[str]) -> Expression:
    """Read an expression.

    Raises:
        ProgramError: It is none.
    """
    expression = Expression(p)
    expression.acts = any(word in _ACTIONS for word in words)
    if words:
        compiler = _Compiler(p, words, expression)
        expression.test = compiler.either()
        if compiler.words:
            raise ProgramError(f"find: bad '{compiler.words[0]}'" if compiler.words[0] != ")" else "find: bad ')'")
    return expression


class _Compiler:
    def __init__(self, p: Process, words: list[str], expression: Expression) -> None:
        self._p = p
        self.words = words
        self._expression = expression

    def either(self) -> _Test:
        tests = [self._both()]
        while self.words and self.words[0] in ("-o", "-or"):
            self.words.pop(0)
            tests.append(self._both())
        if len(tests) == 1:
            return tests[0]

        async def test(c: Candidate) -> bool:
            for one in tests:
                if await one(c):
                    return True
            return False

        return test

    def _both(self) -> _Test:
        tests = [self._negated()]
        while self.words and self.words[0] not in ("-o", "-or", ")"):
            if self.words[0] in ("-a", "-and"):
                self.words.pop(0)
            tests.append(self._negated())

        async def test(c: Candidate) -> bool:
            for one in tests:
                if not await one(c):
                    return False
            return True

        return test

    def _negated(self) -> _Test:
        if not self.words:
            raise ProgramError("find: needs 1 arg")
        word = self.words.pop(0)
        if word in ("!", "-not"):
            inner = self._negated()

            async def test(c: Candidate) -> bool:
                return not await inner(c)

            return test
        if word == "(":
            inner = self.either()
            if not self.words or self.words.pop(0) != ")":
                raise ProgramError("find: need ')'")
            return inner
        return self._primary(word)

    def _arg(self, word: str) -> str:
        if not self.words:
            raise ProgramError(f"find: '{word}' needs 1 arg")
        return self.words.pop(0)

    def _primary(self, word: str) -> _Test:
        expression = self._expression
        match word:
            case "-maxdepth" | "-mindepth":
                value = int(self._arg(word)) if self.words and self.words[0].isdigit() else self._bad(word)
                if word == "-maxdepth":
                    expression.most = value
                else:
                    expression.least = value
                return _sync(_always)
            case "-depth" | "-xdev" | "-mount" | "-noleaf" | "-follow":
                expression.depth_first = expression.depth_first or word == "-depth"
                return _sync(_always)
            case "-exec" | "-execdir" | "-ok":
                return self._exec(word)
            case "-print" | "-print0" | "-printf" | "-ls" | "-delete" | "-prune" | "-quit":
                if word == "-delete":
                    expression.depth_first = True
                return self._action(word)
            case _:
                return _sync(self._check(word))

    def _bad(self, word: str) -> int:
        raise ProgramError(f"find: {word}: bad number '{self.words[0] if self.words else ''}'")

    def _check(self, word: str) -> Callable[[Candidate], bool]:
        p = self._p
        match word:
            case "-true" | "-false":
                return lambda _: word == "-true"
            case "-name" | "-iname" | "-path" | "-ipath" | "-wholename" | "-iwholename" | "-regex" | "-iregex":
                return self._pattern(word)
            case "-type" | "-xtype":
                kinds = [_KINDS.get(kind) for kind in self._arg(word).split(",")]
                if None in kinds:
                    raise ProgramError(f"find: bad -type '{word}'")
                return lambda c: any(kind(c.stat.mode) for kind in kinds if kind is not None)
            case "-size":
                text = self._arg(word)
                unit = _SIZES.get(text[-1:], 0)
                compare = self._compare(word, text[:-1] if unit else text)
                return lambda c: compare(-(-c.stat.size // (unit or 512)))
            case "-mtime" | "-atime" | "-ctime" | "-mmin" | "-amin" | "-cmin":
                compare, unit_ms = self._compare(word, self._arg(word)), 60_000 if word.endswith("min") else 86_400_000
                return lambda c: compare((p.kernel.clock.now_ms - c.stat.mtime_ms) // unit_ms)
            case "-newer" | "-newermt" | "-newermm" | "-cnewer" | "-anewer":
                than = self._newer(word, self._arg(word))
                return lambda c: c.stat.mtime_ms > than
            case "-empty":
                return lambda c: c.stat.size == 0 if not c.stat.is_dir else not p.system.files.list(c.path)
            case _:
                return self._owner_check(word)

    def _owner_check(self, word: str) -> Callable[[Candidate], bool]:
        match word:
            case "-perm":
                return self._perm(self._arg(word))
            case "-user" | "-uid":
                uid = self._id(word)
                return lambda c: c.stat.uid == uid
            case "-group" | "-gid":
                gid = self._id(word)
                return lambda c: c.stat.gid == gid
            case "-inum":
                same = self._compare(word, self._arg(word))
                return lambda c: same(c.stat.inode)
            case "-links":
                links = self._compare(word, self._arg(word))
                return lambda c: links(c.stat.nlink)
            case "-readable" | "-writable" | "-executable":
                want, p = {"-readable": 4, "-writable": 2, "-executable": 1}[word], self._p
                return lambda c: p.system.files.may(c.path, want, uid=p.uid)
            case "-nouser" | "-nogroup":
                return lambda _: False
            case "-context":
                self._arg(word)
                return _always
            case _:
                raise ProgramError(f"find: bad arg '{word}'")

    def _id(self, word: str) -> int:
        text = self._arg(word)
        found = uid_of(text)
        if found is None:
            raise ProgramError(f"find: no {'user' if word in ('-user', '-uid') else 'group'} '{text}'")
        return found

    def _pattern(self, word: str) -> Callable[[Candidate], bool]:
        text = self._arg(word)
        flags = re.DOTALL | (re.IGNORECASE if word.startswith("-i") else 0)
        if word.endswith("regex"):
            from mobilegym.emulator.phone.shell.toybox.regex import compile_regex

            regex = compile_regex(self._p, text, extended=False, ignore_case=word == "-iregex", whole=True)
            return lambda c: regex.match(c.name) is not None
        pattern = re.compile(translate(re.sub(r"\[\^", "[!", text)), flags)
        if word.endswith("path") or word.endswith("wholename"):
            return lambda c: pattern.match(c.name) is not None
        return lambda c: pattern.match(posixpath.basename(c.name.rstrip("/")) or "/") is not None

    def _compare(self, word: str, text: str) -> Callable[[int], bool]:
        body = text.lstrip("+-")
        if not body.isdigit():
            raise ProgramError(f"find: not integer: {text}" if text else f"find: '{word}' needs 1 arg")
        value = int(body)
        if text[0] == "+":
            return lambda n: n > value
        return (lambda n: n < value) if text[0] == "-" else (lambda n: n == value)

    def _newer(self, word: str, text: str) -> int:
        if word == "-newermt":
            return file_time(self._p, text, stamp=False)
        try:
            return self._p.system.files.stat(at(self._p, text), uid=self._p.uid).mtime_ms
        except FsError as error:
            raise ProgramError(f"find: {text}: {error.text}") from error

    def _perm(self, text: str) -> Callable[[Candidate], bool]:
        sign = text[:1] if text[:1] in ("-", "/", "+") else ""
        mode = new_mode(self._p, text[len(sign) :], 0, is_dir=False)
        if sign == "-":
            return lambda c: c.stat.mode & mode == mode
        if sign:
            return lambda c: bool(c.stat.mode & mode) or not mode
        return lambda c: modes.S_IMODE(c.stat.mode) == mode

    # ------------------------------------------------------------------ actions

    def _action(self, word: str) -> _Test:
        p, expression = self._p, self._expression
        form = self._arg(word) if word == "-printf" else ""

        async def act(c: Candidate) -> bool:
            match word:
                case "-print" | "-print0":
                    p.out(c.name + ("\n" if word == "-print" else "\0"))
                case "-printf":
                    p.out(_printf(p, form, c))
                case "-ls":
                    p.out(f"{c.stat.inode:>8} {-(-c.stat.size // 1024):>6} {mode_text(c.stat.mode)} {c.stat.nlink:>3} "
                          f"{user_name(c.stat.uid):<8} {group_name(c.stat.gid):<8} {c.stat.size:>10} "
                          f"{p.kernel.clock.local(c.stat.mtime_ms):%Y-%m-%d %H:%M} {c.name}\n")  # fmt: skip
                case "-prune":
                    expression.pruned = True
                case "-quit":
                    expression.over = True
                case _:
                    return self._delete(c)
            return True

        return act

    def _delete(self, c: Candidate) -> bool:
        files, uid = self._p.system.files, self._p.uid
        if c.name in (".", ".."):
            return True
        try:
            if c.stat.is_dir:
                files.rmdir(c.path, uid=uid)
            else:
                files.remove(c.path, uid=uid)
        except FsError as error:
            self._p.err(f"find: {c.name}: {error.text}\n")
            self._expression.status = 1
            return False
        return True

    def _exec(self, word: str) -> _Test:
        p, argv = self._p, list[str]()
        while self.words and self.words[0] != ";" and not (self.words[0] == "+" and argv and argv[-1] == "{}"):
            argv.append(self.words.pop(0))
        if not self.words or not argv:
            raise ProgramError(f"find: '{word}' needs 1 arg" if not argv else f"find: need ';' or '+' after '{word}'")
        if self.words.pop(0) == "+":
            names: list[str] = []
            self._expression.batches.append((argv[:-1], names))

            async def collect(c: Candidate) -> bool:
                names.append(c.name)
                return True

            return collect

        async def run(c: Candidate) -> bool:
            name, cwd = c.name, None
            if word == "-execdir":
                name, cwd = "./" + posixpath.basename(c.name.rstrip("/")), posixpath.dirname(c.path.rstrip("/")) or "/"
            return await spawn(p, [arg.replace("{}", name) for arg in argv], stdin=p.stdin, cwd=cwd) == 0

        return run


def _always(_: Candidate) -> bool:
    return True


def _sync(check: Callable[[Candidate], bool]) -> _Test:
    async def test(c: Candidate) -> bool:
        return check(c)

    return test


def _printf(p: Process, form: str, c: Candidate) -> str:
    when = p.kernel.clock.local(c.stat.mtime_ms)

    def field(match: re.Match[str]) -> str:
        text = match[0]
        if text[0] == "\\":
            return {"n": "\n", "t": "\t", "0": "\0", "\\": "\\", "r": "\r"}.get(text[1], text)
        if text == "%%":
            return "%"
        letter = text.lstrip("%-0123456789.")[:1]
        values = {
            "p": c.name, "f": posixpath.basename(c.name.rstrip("/")) or "/", "h": posixpath.dirname(c.name) or ".",
            "P": c.name.split("/", c.name.count("/") - c.depth + 1)[-1] if c.depth else "", "s": str(c.stat.size),
            "m": f"{modes.S_IMODE(c.stat.mode):o}", "M": mode_text(c.stat.mode), "u": user_name(c.stat.uid), "g": group_name(c.stat.gid),
            "U": str(c.stat.uid), "G": str(c.stat.gid), "i": str(c.stat.inode), "d": str(c.depth), "n": str(c.stat.nlink),
            "y": mode_text(c.stat.mode)[0].replace("-", "f"), "t": f"{when:%a %b %e %H:%M:%S %Y}", "T": _time_field(text, c, p),
            "b": str(-(-c.stat.size // 512)), "k": str(-(-c.stat.size // 1024)), "l": "",
        }  # fmt: skip
        value = values.get(letter, text)
        width = re.match(r"%(-?)(\d*)", text)
        if width is not None and width[2]:
            return value.ljust(int(width[2])) if width[1] else value.rjust(int(width[2]))
        return value

    return re.sub(r"\\.|%[-0-9.]*(?:[TAC].|.)", field, form)


def _time_field(text: str, c: Candidate, p: Process) -> str:
    letter = text[-1]
    if letter == "@":
        return f"{c.stat.mtime_ms // 1000}.{c.stat.mtime_ms % 1000:03d}000000"
    if letter == "+":
        return stamp(p, c.stat.mtime_ms)
    return p.kernel.clock.local(c.stat.mtime_ms).strftime(f"%{letter}") if letter.isalpha() else ""
