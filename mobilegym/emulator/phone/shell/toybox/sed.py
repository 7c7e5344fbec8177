"""`sed`."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.streams import breathe
from mobilegym.emulator.phone.shell.toybox.common import at, complain, decode, encode, read_input, write_file
from mobilegym.emulator.phone.shell.toybox.options import Options, parse, usage_error
from mobilegym.emulator.phone.shell.toybox.regex import Found, Regex
from mobilegym.emulator.phone.shell.toybox.sed_script import Address, Command, Substitution, parse_script
from mobilegym.emulator.phone.shell.vfs import FsError

__all__ = ["sed"]

_MAX_STEPS: Final = 5_000_000
_MAX_SPACE: Final = 64 * 1024 * 1024
_SPACE_PER_STEP: Final = 64
"""Characters of the pattern space that count as much as a command."""


async def sed(p: Process) -> int:
    """Edit streams line by line."""
    longs = {"expression": "e", "file": "f", "in-place": "i", "quiet": "n", "silent": "n", "regexp-extended": "E", "null-data": "z",
             "separate": "s"}  # fmt: skip
    usage = "[-inrszE] [-e SCRIPT]...|SCRIPT [-f SCRIPT_FILE]... [FILE...]"
    options = parse(p, "nrEsz", "ef", "i", longs=longs, usage=usage)
    pieces: list[str] = []
    for letter, value in _scripts(options):
        if letter == "e":
            pieces.append(value)
            continue
        try:
            pieces.append(decode(await read_input(p, value)).removesuffix("\n"))
        except FsError as error:
            raise ProgramError(f"sed: {value}: {error.text}") from error
    if not pieces:
        if not options.args:
            raise usage_error(p, "Needs 1 argument")
        pieces.append(options.args.pop(0))
    script = "\n".join(pieces)
    if script.startswith("#n\n") or script == "#n":
        options.add("n")
    commands = parse_script(p, script, extended="E" in options or "r" in options)
    editor = _Editor(p, options, commands)
    return await editor.run(options.args or ["-"])


def _scripts(options: Options) -> list[tuple[str, str]]:
    waiting = {letter: list(options.values(letter)) for letter in "ef"}
    return [(letter, waiting[letter].pop(0)) for letter in options.order if letter in "ef"]


class _Editor:
    def __init__(self, p: Process, options: Options, commands: list[Command]) -> None:
        self._p = p
        self._options = options
        self._commands = commands
        self._ending = "\0" if "z" in options else "\n"
        self._quiet = "n" in options
        self._lines: list[str] = []
        self._unfinished = False
        self._next = 0
        self._number = 0
        self._space = ""
        self._hold = ""
        self._out: list[str] = []
        self._late: list[tuple[str, str]] = []
        self._last_regex: Regex | None = None
        self._status = 0
        self._quit = False
        self._replaced = False
        self._steps = 0
        self._name = "-"
        self._written: set[str] = set()

    async def run(self, names: list[str]) -> int:
        apart = "i" in self._options or "s" in self._options
        pending: list[str] = []
        for name in names:
            try:
                data = decode(await read_input(self._p, name))
            except FsError as error:
                complain(self._p, name, error)
                self._status = 1
                continue
            if apart:
                await self._stream(data, name)
                if self._quit:
                    break
            else:
                if pending and not pending[-1].endswith(self._ending):
                    pending.append(self._ending)
                pending.append(data)
        if not apart:
            await self._stream("".join(pending), names[0])
        return self._status

    async def _stream(self, text: str, name: str) -> None:
        self._lines = text.split(self._ending)
        self._unfinished = self._lines[-1] != ""
        if not self._unfinished:
            self._lines.pop()
        self._next, self._number, self._name, self._out = 0, 0, name, []
        for command in self._commands:
            command.active = False
        in_place = "i" in self._options and name != "-"
        while self._next < len(self._lines) and not self._quit:
            self._space = self._take()
            await self._cycle()
            if not in_place and len(self._out) > 500:
                await self._flush()
        if not in_place:
            await self._flush()
            return
        data = encode("".join(self._out) + self._ending.join(self._lines[self._next :] if self._quit else []))
        suffix = self._options.value("i")
        try:
            files = self._p.system.files
            if suffix:
                backup = suffix.replace("*", name.rpartition("/")[2]) if "*" in suffix else name + suffix
                files.copy(at(self._p, name), at(self._p, backup), uid=self._p.uid)
            write_file(self._p, name, data)
        except FsError as error:
            complain(self._p, name, error)
            self._status = 1

    async def _flush(self) -> None:
        self._p.out("".join(self._out))
        self._out = []
        await self._p.stdout.drain()

    def _take(self) -> str:
        line = self._lines[self._next]
        self._next += 1
        self._number += 1
        return line

    @property
    def _at_end(self) -> bool:
        return self._next >= len(self._lines)

    def _print(self, text: str) -> None:
        # The last line of a file without a newline at its end stays without.
        ending = "" if self._at_end and self._unfinished and not self._quit else self._ending
        if self._out and not self._out[-1].endswith(self._ending) and self._out[-1]:
            self._out.append(self._ending)
        self._out.append(text + ending)

    # ------------------------------------------------------------------ one line

    async def _cycle(self) -> None:
        """Run the script on the pattern space, as often as `D` begins it again."""
        again = True
        while again:
            self._late = []
            again, printed = await self._script()
            if printed and not self._quiet:
                self._print(self._space)
            for kind, text in self._late:
                self._out.append(text + self._ending if kind == "a" else text)
        self._late = []

    async def _script(self) -> tuple[bool, bool]:
        """Returns whether to begin again without reading, and whether the pattern space is printed now."""
        index, self._replaced = 0, False
        while index < len(self._commands):
            self._steps += 1 + len(self._space) // _SPACE_PER_STEP
            if self._steps > _MAX_STEPS or len(self._space) > _MAX_SPACE:
                raise ProgramError("sed: the script takes too long")
            await breathe()
            command = self._commands[index]
            index += 1
            if command.verb in ":}" or self._selected(command) == command.negated:
                index = command.jump + 1 if command.verb == "{" else index
                continue
            if command.verb == "{":
                continue
            if command.verb in "btT":
                if command.verb == "b" or self._replaced == (command.verb == "t"):
                    index = command.jump
                self._replaced = self._replaced and command.verb == "b"
            elif command.verb in "dDnNqQc":
                ended = self._flow(command)
                if ended is not None:
                    return ended
            elif command.verb == "s":
                self._replaced = await self._substitute(command.substitution) or self._replaced
            else:
                await self._simple(command)
        return False, True

    def _flow(self, command: Command) -> tuple[bool, bool] | None:
        """Run a command that may end the cycle; how it does, as of `_script`."""
        match command.verb:
            case "D":
                _, newline, rest = self._space.partition("\n")
                if newline:
                    self._space = rest
                return bool(newline), False
            case "n" | "N":
                if self._at_end:
                    return False, True
                if command.verb == "n" and not self._quiet:
                    self._print(self._space)
                self._append_late()
                self._space = self._take() if command.verb == "n" else f"{self._space}\n{self._take()}"
                return None
            case "q" | "Q":
                self._quit, self._status = True, command.number or self._status
                return False, command.verb == "q"
            case "c":
                if command.last is None or command.negated or not command.active:
                    self._out.append(command.text + self._ending)
                return False, False
            case _:
                return False, False

    def _append_late(self) -> None:
        for kind, text in self._late:
            self._out.append(text + self._ending if kind == "a" else text)
        self._late = []

    async def _simple(self, command: Command) -> None:
        spaces = {
            "g": (self._hold, self._hold), "G": (f"{self._space}\n{self._hold}", self._hold), "h": (self._space, self._space),
            "H": (self._space, f"{self._hold}\n{self._space}"), "x": (self._hold, self._space), "z": ("", self._hold),
        }  # fmt: skip
        texts = {
            "P": self._space.partition("\n")[0] + self._ending, "=": f"{self._number}\n", "F": f"{self._name}\n",
            "i": command.text + self._ending,
        }  # fmt: skip
        if command.verb in spaces:
            self._space, self._hold = spaces[command.verb]
        elif command.verb in texts:
            self._out.append(texts[command.verb])
        else:
            await self._rare(command)

    async def _rare(self, command: Command) -> None:
        match command.verb:
            case "p":
                self._print(self._space)
            case "y":
                self._space = self._space.translate(command.table)
            case "a":
                self._late.append(("a", command.text))
            case "l":
                self._out.append(_visible(self._space))
            case "r":
                try:
                    self._late.append(("r", decode(await read_input(self._p, command.text))))
                except FsError:
                    return
            case _:
                self._write(command.text, self._space)

    def _write(self, name: str, text: str) -> None:
        if name == "/dev/stdout":
            self._out.append(text + "\n")
            return
        known = name in self._written
        self._written.add(name)
        try:
            write_file(self._p, name, encode(text + "\n"), append=known)
        except FsError as error:
            raise ProgramError(f"sed: {name}: {error.text}") from error

    # ------------------------------------------------------------------ addresses

    def _selected(self, command: Command) -> bool:
        if command.first is None:
            return True
        if command.last is None:
            return self._fits(command.first)
        if command.active:
            if command.until >= 0:
                if self._number >= command.until:
                    command.active = False
                return self._number <= command.until or self._fits(command.first)
            command.active = not self._fits(command.last)
            return True
        if not self._fits(command.first):
            return False
        last = command.last
        command.until = {
            "line": last.number, "plus": self._number + last.number,
            "multiple": -(-self._number // last.number) * last.number if last.number else self._number,
        }.get(last.kind, -1)  # fmt: skip
        command.active = command.until > self._number if command.until >= 0 else not (last.kind == "last" and self._at_end)
        return True

    def _fits(self, address: Address) -> bool:
        match address.kind:
            case "line":
                return self._number == address.number
            case "last":
                return self._at_end
            case "step":
                if address.step == 0:
                    return self._number == address.number
                return self._number >= address.number and (self._number - address.number) % address.step == 0
            case _:
                return self._regex(address.regex).test(self._space)

    def _regex(self, regex: Regex | None) -> Regex:
        regex = regex or self._last_regex
        if regex is None:
            raise ProgramError("sed: no previous regex")
        self._last_regex = regex
        return regex

    # ------------------------------------------------------------------ s

    async def _substitute(self, what: Substitution | None) -> bool:
        if what is None:
            return False
        regex, line, out = self._regex(what.regex), self._space, list[str]()
        at, copied, count, changed, last_end = 0, 0, 0, False, -1
        while at <= len(line) and (found := regex.search(line, at)) is not None:
            await breathe()
            if found.start == found.end == last_end:
                # An empty match right after the last one is none.
                at = found.end + 1
                continue
            count += 1
            if count >= what.which:
                out += [line[copied : found.start], _replaced(what.parts, line, found)]
                copied, changed = found.end, True
                if not what.everywhere:
                    break
            last_end = found.end
            at = found.end if found.end > found.start else found.end + 1
        if changed:
            self._space = "".join(out) + line[copied:]
            if what.printed:
                self._print(self._space)
            if what.target:
                self._write(what.target, self._space)
        return changed


def _replaced(parts: tuple[str | int, ...], line: str, found: Found) -> str:
    out, case, once = "", "", ""
    for part in parts:
        if isinstance(part, str) and part.startswith("\0"):
            if part[1] in "ULE":
                case, once = part[1], ""
            else:
                once = part[1]
            continue
        text = part if isinstance(part, str) else line[found.start : found.end] if part == 0 else found.groups[part - 1] or ""
        text = text.upper() if case == "U" else text.lower() if case == "L" else text
        if once and text:
            text = (text[0].upper() if once == "u" else text[0].lower()) + text[1:]
            once = ""
        out += text
    return out


def _visible(text: str) -> str:
    names = {"\\": "\\\\", "\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}
    out = "".join(names.get(c) or (c if 32 <= ord(c) < 127 else "".join(f"\\{b:03o}" for b in encode(c))) for c in text)
    lines: list[str] = []
    while len(out) > 69:
        lines.append(out[:69] + "\\\n")
        out = out[69:]
    return "".join(lines) + out + "$\n"
