"""`logcat` and `log`."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, cast

from mobilegym.emulator.phone.shell.logcat import BUFFERS, Buffer, LogLine, Priority
from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.screen.log_format import Format
from mobilegym.emulator.phone.shell.toybox.regex import Regex, compile_regex
from mobilegym.emulator.phone.shell.vfs import FsError

__all__ = ["log", "run"]

_LEVELS: Final = "VDIWEFS"
_WORDS: Final = {"A": "F", "verbose": "V", "debug": "D", "info": "I", "warn": "W", "error": "E", "fatal": "F", "silent": "S"}
_DEFAULT_BUFFERS: Final[tuple[Buffer, ...]] = ("main", "system", "crash")
_LOG_IDS: Final[tuple[Buffer, ...]] = ("main", "radio", "events", "system", "crash", "kernel")
_POLL_S: Final = 0.05
_TAKES_VALUE: Final = {
    "-t": "tail", "-T": "tail_follow", "-m": "max", "--max-count": "max", "-e": "regex", "--regex": "regex", "-v": "format",
    "--format": "format", "-b": "buffer", "--buffer": "buffer", "--pid": "pid", "--uid": "uid", "-f": "file", "--file": "file",
    "-G": "resize", "--buffer-size": "resize", "-r": "ignore", "--rotate-kbytes": "ignore", "-n": "ignore", "--rotate-count": "ignore",
    "-P": "ignore", "--prune": "ignore", "--id": "ignore", "--proto": "ignore",
}  # fmt: skip
_FLAGS: Final = {
    "-d": "dump", "-c": "clear", "--clear": "clear", "-g": "sizes", "-s": "silent", "-D": "dividers", "--dividers": "dividers",
    "-L": "last", "--last": "last", "--print": "print", "-S": "statistics", "--statistics": "statistics", "-p": "prune",
    "-B": "none", "--binary": "none", "--debug": "none", "--wrap": "none", "-h": "help", "--help": "help",
}  # fmt: skip
_USAGE: Final = """Usage: logcat [OPTION]... [FILTERSPEC]...

General options:
  -b, --buffer=BUFFER       Request alternate ring buffer(s).
  -L, --last                Dump logs from prior to last reboot from pstore.
  -c, --clear               Clear (flush) the entire log and exit.
  -d                        Dump the log and then exit (don't block).
  --pid=PID                 Only print logs from the given pid.
Formatting:
  -v, --format=FORMAT       Sets log print format.
  -D, --dividers            Print dividers between each log buffer.
Outfile files:
  -f, --file=FILE           Log to file instead of stdout.
Filtering:
  -s                        Set default filter to silent.
  -e, --regex=EXPR          Only print lines where the log message matches EXPR.
  -m, --max-count=COUNT     Quit after printing COUNT lines.
  -t N, -t TIME, -T N, -T TIME
"""


@dataclass(slots=True)
class _Options:
    """What the command line asks for."""

    format: Format
    follow: bool = True
    flags: set[str] = field(default_factory=set[str])
    buffers: list[Buffer] = field(default_factory=list[Buffer])
    tail: int | None = None
    since_ms: int | None = None
    limit: int | None = None
    regex: Regex | None = None
    pid: int | None = None
    uids: frozenset[int] | None = None
    file: str = ""
    resize_kib: int | None = None
    levels: dict[str, int] = field(default_factory=dict[str, int])
    default: int = 0
    seen: set[Buffer] = field(default_factory=set["Buffer"])
    last: Buffer | None = None

    def wants(self, line: LogLine) -> bool:
        level = self.levels.get(line.tag, self.default)
        return (
            line.buffer in self.buffers
            and _LEVELS.index(line.priority) >= level
            and (self.pid is None or line.pid == self.pid)
            and (self.uids is None or line.uid in self.uids)
            and (self.regex is None or self.regex.test(line.message))
        )


async def run(p: Process) -> int:
    """`logcat [OPTION]... [FILTERSPEC]...`."""
    o = _parse(p)
    log = p.system.log
    if "help" in o.flags:
        p.out(_USAGE)
        return 0
    if o.resize_kib is not None:
        for name in o.buffers:
            log.capacity[name] = o.resize_kib
        return 0
    if "clear" in o.flags:
        log.clear(tuple(o.buffers))
        return 0
    if "sizes" in o.flags:
        _sizes(p, o)
        return 0
    if o.flags & {"statistics", "prune", "last"}:
        return 0
    if o.follow:
        log.write("logd", f"logdr: UID={p.uid} GID={p.uid} PID={p.pid} n tail=0 logMask=19 pid=0 start=0ns", pid=158, uid=1036)
    end = log.end
    lines = [line for line in log.lines() if o.wants(line) and (o.since_ms is None or line.at_ms >= o.since_ms)]
    if o.tail is not None:
        lines = lines[len(lines) - min(o.tail, len(lines)) :]
    done = _print(p, o, lines)
    while o.follow and not done:
        await p.stdout.drain()
        await asyncio.sleep(_POLL_S)
        fresh = [line for line in log.lines(end) if line.number >= end]
        end = log.end
        done = _print(p, o, [line for line in fresh if o.wants(line)])
    return 0


def _print(p: Process, o: _Options, lines: Iterable[LogLine]) -> bool:
    """Print entries; True once there were as many as were asked for."""
    parts: list[str] = []
    done = False
    for line in lines:
        if o.limit is not None and o.limit <= 0:
            done = True
            break
        if line.buffer not in o.seen or ("dividers" in o.flags and line.buffer != o.last):
            parts.append(f"--------- {'switch to' if line.buffer in o.seen else 'beginning of'} {line.buffer}\n")
            o.seen.add(line.buffer)
        o.last = line.buffer
        parts.append(o.format.print(line))
        if o.limit is not None:
            o.limit -= 1
            done = o.limit == 0
    text = "".join(parts)
    if o.file:
        try:
            p.system.files.write(p.system.files.resolve(o.file, p.cwd), text.encode("utf-8", "replace"), append=True, uid=p.uid)
        except FsError as error:
            raise ProgramError(f"logcat: couldn't open output file: {error.text}") from error
    elif text:
        p.out(text)
    return done


def _sizes(p: Process, o: _Options) -> None:
    log = p.system.log
    for name in o.buffers:
        used = sum(line.size for line in log.lines() if line.buffer == name) // 1024
        total = log.capacity[name]
        p.out(f"{name}: ring buffer is {total} KiB ({min(used, total)} KiB consumed, {used} KiB readable), "
              "max entry is 5120 B, max payload is 4068 B\n")  # fmt: skip


# ---------------------------------------------------------------------- command line


def _parse(p: Process) -> _Options:
    o = _Options(Format(p.kernel.clock.zone))
    words = list(p.args)
    specs: list[str] = []
    while words:
        word = words.pop(0)
        if word == "--":
            specs += words
            break
        if not word.startswith("-") or word == "-":
            specs.append(word)
            continue
        word, value = _split(word, words)
        if word in _FLAGS:
            o.flags.add(_FLAGS[word])
        elif word in _TAKES_VALUE:
            if value is None:
                if not words:
                    raise ProgramError(
                        f"logcat: option requires an argument -- {word.lstrip('-')}\nTry 'logcat --help' for more information."
                    )
                value = words.pop(0)
            _value(p, o, _TAKES_VALUE[word], value)
        else:
            raise ProgramError(f"logcat: unknown option -- {word.lstrip('-')}\nTry 'logcat --help' for more information.")
    if o.flags & {"dump", "last"}:
        o.follow = False
    o.buffers = o.buffers or list(_DEFAULT_BUFFERS)
    if not specs and "silent" not in o.flags:
        specs = p.env.get("ANDROID_LOG_TAGS", "").split()
    if "silent" in o.flags:
        o.default = _LEVELS.index("S")
    for spec in (s for many in specs for s in re.split(r"[\s,]+", many) if s):
        _filter(o, spec)
    return o


def _split(word: str, words: list[str]) -> tuple[str, str | None]:
    """Take `--name=value`, `-vthreadtime` and `-dv` apart."""
    if word.startswith("--"):
        name, sign, value = word.partition("=")
        return name, value if sign else None
    if len(word) > 2 and word[:2] in _TAKES_VALUE:
        return word[:2], word[2:]
    if len(word) > 2:
        words.insert(0, "-" + word[2:])
    return word[:2], None


def _value(p: Process, o: _Options, name: str, value: str) -> None:
    match name:
        case "tail" | "tail_follow":
            if name == "tail":
                o.follow = False
            _tail(p, o, value)
        case "max":
            o.limit = _whole(value, "-m")
        case "regex":
            # The same cannot take long, whatever the pattern; its classes of digits have to be said otherwise.
            try:
                o.regex = compile_regex(p, re.sub(r"\\([dD])", lambda m: "[0-9]" if m[1] == "d" else "[^0-9]", value), extended=True)
            except ProgramError as error:
                raise ProgramError(f"logcat: invalid regex '{value}'") from error
        case "format":
            for word in value.split(","):
                if not o.format.choose(word.strip()):
                    raise ProgramError(f"logcat: Invalid parameter '{word}' to -v")
        case _:
            _more_value(o, name, value)


def _more_value(o: _Options, name: str, value: str) -> None:
    match name:
        case "buffer":
            _buffers(o, value)
        case "pid":
            o.pid = _whole(value, "--pid")
        case "uid":
            o.uids = frozenset(_whole(part, "--uid") for part in value.split(","))
        case "file":
            o.file = value
        case "resize":
            o.resize_kib = _size(value)
        case _:
            pass


def _whole(value: str, option: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise ProgramError(f"logcat: {option} {value} is not a number")
    return int(value[:12])


def _size(value: str) -> int:
    match = re.fullmatch(r"(\d{1,9})([KMG]?)", value)
    if match is None or int(match[1]) == 0:
        raise ProgramError(f"logcat: -G <num><multiplier>: invalid value '{value}'")
    return max(1, int(match[1]) * {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}[match[2]] // 1024)


def _tail(p: Process, o: _Options, value: str) -> None:
    if value.isascii() and value.isdigit():
        o.tail = int(value[:9])
        return
    zone = p.kernel.clock.zone
    if match := re.fullmatch(r"(\d{1,12})\.(\d{1,9})", value):
        o.since_ms = int(match[1]) * 1000 + int((match[2] + "00")[:3])
        return
    text = value if re.match(r"\d{4}-", value) else f"{p.kernel.clock.now().year}-{value}"
    for pattern in ("%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S"):
        try:
            o.since_ms = round(datetime.strptime(text[:26], pattern).replace(tzinfo=zone).timestamp() * 1000)
        except ValueError:
            continue
        return
    raise ProgramError(f"logcat: -t \"{value}\" not in time format; use '%m-%d %H:%M:%S.%q'")


def _buffers(o: _Options, value: str) -> None:
    found: tuple[Buffer, ...]
    for name in value.split(","):
        if name == "all":
            found = BUFFERS
        elif name == "default":
            found = _DEFAULT_BUFFERS
        elif name in BUFFERS:
            found = (name,)
        elif name.isascii() and name.isdigit() and int(name) < len(_LOG_IDS):
            found = (_LOG_IDS[int(name)],)
        else:
            raise ProgramError(f"logcat: Unable to open log device '/dev/log/{name}'")
        o.buffers.extend([b for b in found if b not in o.buffers])


def _filter(o: _Options, spec: str) -> None:
    tag, sign, level = spec.rpartition(":")
    if not sign:
        tag, level = spec, "V"
    letter = _WORDS.get(level, _WORDS.get(level.lower(), level.upper()))
    if not tag or len(letter) != 1 or letter not in _LEVELS + "*":
        raise ProgramError(f"Invalid filter expression '{spec}'")
    number = 0 if letter == "*" else _LEVELS.index(letter)
    if tag == "*":
        o.default = number
    else:
        o.levels[tag] = number


def log(p: Process) -> int:
    """`log [-p PRIORITY] [-t TAG] [-b BUFFER] MESSAGE...`."""
    words = list(p.args)
    tag, priority = "log", "I"
    buffer: Buffer = "main"
    while words and words[0].startswith("-") and len(words[0]) > 1:
        option = words.pop(0)
        value = option[2:] or (words.pop(0) if words else "")
        if option.startswith("-t"):
            tag = value
        elif option.startswith("-p"):
            priority = _WORDS.get(value, value[:1].upper())
            if priority not in _LEVELS[:-1] or not priority:
                raise ProgramError(f"log: bad -p '{value}'")
        elif option.startswith("-b"):
            if value not in BUFFERS:
                raise ProgramError(f"log: bad -b '{value}'")
            buffer = value
        else:
            raise ProgramError(f"log: Unknown option '{option[1:]}' (see \"log --help\")")
    if not words:
        raise ProgramError('log: Needs 1 argument (see "log --help")')
    p.system.log.write(tag, " ".join(words), priority=cast(Priority, priority), buffer=buffer, pid=p.pid, uid=p.uid)
    return 0
