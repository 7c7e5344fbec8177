"""`xargs`, `timeout`, `nohup`, `su`, `run-as`, `toybox` and others that start programs; `reboot`."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.streams import breathe
from mobilegym.emulator.phone.shell.toybox.common import decode, read_input, spawn
from mobilegym.emulator.phone.shell.toybox.options import VERSION, number, parse
from mobilegym.emulator.phone.shell.toybox.processes import signal_of
from mobilegym.emulator.phone.shell.toybox.span import span_ms
from mobilegym.emulator.phone.shell.vfs import FsError
from mobilegym.emulator.phone.shell.vfs_values import uid_of

__all__ = ["nice", "nohup", "reboot", "run_as", "setsid", "start", "stop", "su", "timeout", "toybox", "xargs"]

_MAX_ARG_BYTES: Final = 131_072
_MAX_TEXT: Final = 8 * 1024 * 1024


async def xargs(p: Process) -> int:
    """Run a program with arguments that stdin gives."""
    longs = {"null": "0", "no-run-if-empty": "r", "max-args": "n", "max-procs": "P", "replace": "I", "delimiter": "d", "arg-file": "a",
             "verbose": "t", "interactive": "p", "exit": "x"}  # fmt: skip
    options = parse(p, "0oprtx", "EILnPsda", longs=longs, stop=True, usage="[-0Pprt] [-snE STR] [-I STR] COMMAND...")
    command = options.args or ["echo"]
    words, lines = await _words(p, options.value("a", "-"), nul="0" in options, delimiter=options.value("d"),
                                by_line="I" in options or "L" in options, end=options.value("E"))  # fmt: skip
    if "I" in options:
        mark = options.value("I")
        calls = [[part.replace(mark, line) for part in command] for line in lines]
    else:
        most = number(p, options.value("n"), low=1) if "n" in options else 1_000_000
        calls = [[*command, *group] for group in _groups(words, most)] if words else [] if "r" in options else [command]
    status = 0
    for call in calls:
        if "t" in options:
            p.err(" ".join(call) + "\n")
        code = await spawn(p, call)
        await breathe()
        if code == 255:
            p.err(f"xargs: {call[0]}: exited with status 255; aborting\n")
            return 124
        status = 123 if code and code < 126 else code or status
    return status


def _groups(words: list[str], most: int) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    size = 0
    for word in words:
        size += len(word.encode("utf-8", "surrogateescape")) + 1
        if groups[-1] and (len(groups[-1]) >= most or size > _MAX_ARG_BYTES):
            groups.append([])
            size = len(word)
        groups[-1].append(word)
    return groups


async def _words(p: Process, name: str, *, nul: bool, delimiter: str, by_line: bool, end: str) -> tuple[list[str], list[str]]:
    """Arguments on stdin, and, for `-I`, its lines."""
    try:
        text = decode(await read_input(p, name))
    except FsError as error:
        raise ProgramError(f"xargs: {name}: {error.text}") from error
    if nul or delimiter:
        mark = "\0" if nul else {"\\n": "\n", "\\t": "\t", "\\0": "\0"}.get(delimiter, delimiter[:1])
        parts = text.split(mark)
        parts = parts[:-1] if parts and parts[-1] == "" else parts
        return parts, parts
    if by_line:
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        return lines, lines
    words: list[str] = []
    if len(text) > _MAX_TEXT:
        raise ProgramError("xargs: out of memory")
    for match in re.finditer(r"""((?:\\.|"[^"\n]*"|'[^'\n]*'|[^\s"'\\])+)|(["'])""", text, re.DOTALL):
        if match[2]:
            raise ProgramError("xargs: unterminated quote")
        word = re.sub(r"""\\(.)|"([^"]*)"|'([^']*)'""", lambda m: m[1] or m[2] or m[3] or "", match[1], flags=re.DOTALL)
        if end and word == end:
            break
        words.append(word)
        await breathe()
    return words, words


async def timeout(p: Process) -> int:
    """Run a program, but not for longer than that of the phone's time, or of real time while the phone's stands still."""
    longs = {"signal": "s", "kill-after": "k", "preserve-status": "p", "foreground": "f", "verbose": "v"}
    options = parse(p, "fivp", "ks", longs=longs, stop=True, least=2, usage="[-iv] [-k DURATION] [-s SIGNAL] DURATION COMMAND...")
    signal = signal_of(p, options.value("s", "TERM"))
    limit_ms = span_ms(p, options.args[0])
    clock = p.kernel.clock
    until = clock.elapsed_ms + limit_ms
    task = asyncio.ensure_future(spawn(p, options.args[1:], stdin=p.stdin))
    try:
        # Whoever waits for something outside the phone must not wait for a clock that stands still.
        await asyncio.wait({task}, timeout=limit_ms / 1000)
        if task.done() and clock.elapsed_ms <= until:
            return task.result()
        if task.done():
            task.result()
            return 124
    finally:
        if not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
    return 128 + signal if "p" in options else 137 if signal == 9 else 124


async def nohup(p: Process) -> int:
    """Run a program that outlives its terminal."""
    options = parse(p, stop=True, least=1, usage="COMMAND...")
    return await spawn(p, options.args, stdin=p.stdin if p.tty is None else None)


async def nice(p: Process) -> int:
    """Run a program with another priority, which changes nothing here."""
    options = parse(p, "", "n", longs={"adjustment": "n"}, stop=True, usage="[-n PRIORITY] COMMAND...")
    if not options.args:
        p.out("0\n")
        return 0
    return await spawn(p, options.args, stdin=p.stdin)


async def setsid(p: Process) -> int:
    """Run a program in a session of its own."""
    options = parse(p, "cdw", stop=True, least=1, usage="[-cdw] COMMAND...")
    return await spawn(p, options.args, stdin=p.stdin)


async def su(p: Process) -> int:
    """Run a shell or a program as somebody else: `su [USER [COMMAND...]]`."""
    args = list(p.args)
    user = args.pop(0) if args else "root"
    if user.startswith("-"):
        raise ProgramError(f"su: invalid uid/gid '{user}'")
    uid = uid_of(user.partition(",")[0])
    if uid is None:
        raise ProgramError(f"su: invalid uid/gid '{user}'")
    if args[:1] == ["-c"]:
        args = ["sh", *args]
    env = {**p.env, "USER": "root" if uid == 0 else p.env.get("USER", "shell")}
    return await spawn(p, args or ["sh"], stdin=p.stdin, uid=uid, env=env)


async def run_as(p: Process) -> int:
    """Run a program as an app that may be debugged."""
    args = list(p.args)
    if args[:1] == ["--user"]:
        del args[:2]
    if not args:
        raise ProgramError("run-as: usage: run-as <package-name> [--user <uid>] <command> [<args>]")
    package = args.pop(0)
    if package not in p.kernel.packages.names():
        raise ProgramError(f"run-as: unknown package: {package}")
    apk = p.kernel.packages.manifest(package).apk
    if apk is None or not apk.debuggable:
        raise ProgramError(f"run-as: package not debuggable: {package}")
    uid = p.system.processes.uid(package)
    return await spawn(p, args or ["sh"], stdin=p.stdin, uid=uid, cwd=f"/data/data/{package}")


async def toybox(p: Process) -> int:
    """List the tools, or run one."""
    from mobilegym.emulator.phone.shell.programs import PROGRAMS
    from mobilegym.emulator.phone.shell.toybox import PROGRAMS as TOOLS

    applets = sorted(
        {*TOOLS, "echo", "printf", "test", "true", "false", "kill", "pwd"} - {"su", "run-as", "reboot", "start", "stop", "toybox"}
    )
    args = list(p.args)
    if not args:
        p.out(_columns(applets))
        return 0
    if args[0] == "--version":
        p.out(VERSION + "\n")
        return 0
    if args[0] == "--long":
        p.out("".join(f"/system/bin/{name}\n" for name in applets))
        return 0
    if args[0] == "--help":
        p.out(f"{VERSION} multicall binary (see toybox --help)\n\nusage: toybox [--long | --help | --version | [COMMAND] [ARGUMENTS...]]\n")
        return 0
    if args[0] not in applets or args[0] not in PROGRAMS:
        raise ProgramError(f'toybox: Unknown command {args[0]} (see "toybox --help")', 127)
    return await spawn(p, args, stdin=p.stdin)


def _columns(names: Sequence[str]) -> str:
    lines, line = list[str](), ""
    for name in names:
        if line and len(line) + len(name) + 1 > 65:
            lines.append(line)
            line = name
        else:
            line = f"{line} {name}" if line else name
    return "".join(f"{each}\n" for each in [*lines, line])


async def reboot(p: Process) -> int:
    """Start the phone anew."""
    parse(p, "fnpl", usage="[-fn] [REASON]")
    again = getattr(p.system, "reboot", None)
    if again is None:
        raise ProgramError("reboot: this phone cannot be restarted from here")
    outcome = again()
    if asyncio.iscoroutine(outcome):
        await outcome
    return 0


def start(p: Process) -> int:
    """Start the framework or a service, which run anyway."""
    if p.uid:
        raise ProgramError("must be root")
    return 0


stop = start
