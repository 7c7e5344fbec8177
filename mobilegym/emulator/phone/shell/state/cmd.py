"""`cmd`, `dumpsys` and `service`: how the shell reaches the system's services."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace
from inspect import isawaitable
from typing import Final, cast

from mobilegym.emulator.phone.kernel.manifest import Later
from mobilegym.emulator.phone.shell import programs
from mobilegym.emulator.phone.shell.process import JavaError, Process
from mobilegym.emulator.phone.shell.state.services import DESCRIPTORS
from mobilegym.errors import MobileGymError

__all__ = ["cmd", "dumpsys", "service_names"]

_RULE: Final = "-" * 79
_DUMPSYS_USAGE: Final = """usage: dumpsys
         To dump all services.
or:
       dumpsys [-t TIMEOUT] [--priority LEVEL] [--pid] [--thread] [--help | -l | --skip SERVICES | SERVICE [ARGS]]
         --help: shows this help
         -l: only list services, do not dump them
         -t TIMEOUT_SEC: TIMEOUT to use in seconds instead of default 10 seconds
         -T TIMEOUT_MS: TIMEOUT to use in milliseconds instead of default 10 seconds
         --skip SERVICES: dumps all services but SERVICES (comma-separated list)
         SERVICE [ARGS]: dumps only service SERVICE, optionally passing ARGS to it
"""


def service_names() -> list[str]:
    """Every service of the system, sorted."""
    return sorted({*programs.SERVICES, *programs.DUMPS, *DESCRIPTORS})


async def _run(later: Later, process: Process) -> int:
    """Run a service's code; what it throws is known by the service's own sub-command."""
    try:
        result = cast("int | Awaitable[int]", later(process))
        return await result if isawaitable(result) else result
    except JavaError as error:
        raise JavaError(error.text, error.kind, error.verb or (process.args[0] if process.args else "")) from error


async def cmd(p: Process) -> int:
    """`cmd [-l | [-w] SERVICE [ARGS]]`."""
    words = list(p.args)
    if words[:1] == ["-l"]:
        p.out(_listing())
        return 0
    if words[:1] == ["-w"]:
        del words[0]
    if not words:
        p.err("cmd: No service specified; use -l to list all running services. Use -w to start and wait for a service.\n")
        return 20
    later = programs.SERVICES.get(words[0])
    if later is not None:
        return await _run(later, replace(p, argv=tuple(words)))
    if words[0] in DESCRIPTORS or words[0] in programs.DUMPS:
        p.err("No shell command implementation.\n")
        return 0
    p.err(f"cmd: Can't find service: {words[0]}\n")
    return 20


def _listing() -> str:
    return "Currently running services:\n" + "".join(f"  {name}\n" for name in service_names())


async def dumpsys(p: Process) -> int:
    """`dumpsys [-l | --skip A,B | SERVICE [ARGS]]`."""
    words = list(p.args)
    skipped: set[str] = set()
    while words and words[0].startswith("-"):
        option = words.pop(0)
        if option in ("-t", "-T", "--priority"):
            if not words:
                p.err(_DUMPSYS_USAGE)
                return 255
            del words[0]
        elif option == "-l":
            p.out(_listing())
            return 0
        elif option == "--help":
            p.out(_DUMPSYS_USAGE)
            return 0
        elif option == "--skip":
            skipped = {name for word in words for name in word.split(",")}
            words = []
        elif option == "--pid" and words:
            p.out(f"{_pid_of(p, words[0])}\n")
            return 0
        elif option not in ("--proto", "--dump", "--pid", "--thread", "--stability", "--clients"):
            p.err(_DUMPSYS_USAGE)
            return 255
    if not words:
        return await _dump_all(p, skipped)
    if words[0] not in service_names():
        p.err(f"Can't find service: {words[0]}\n")
        return 0
    return await _dump(p, words)


def _pid_of(p: Process, name: str) -> int:
    wanted = "surfaceflinger" if name == "SurfaceFlinger" else "system_server"
    return next(process.pid for process in p.system.processes.all() if name and process.name == wanted)


async def _dump(p: Process, words: list[str]) -> int:
    later = programs.DUMPS.get(words[0])
    # A service that has nothing to tell dumps nothing.
    return 0 if later is None else await _run(later, replace(p, argv=tuple(words)))


async def _dump_all(p: Process, skipped: set[str]) -> int:
    names = [name for name in service_names() if name not in skipped]
    p.out("Currently running services:\n" + "".join(f"  {name}\n" for name in names))
    ended = p.kernel.clock.now().strftime("%Y-%m-%d %H:%M:%S")
    for name in names:
        p.out(f"{_RULE}\nDUMP OF SERVICE {name}:\n")
        try:
            await _dump(p, [name])
        except (JavaError, MobileGymError) as error:
            p.out(f"Error dumping service info: {error}\n")
        p.out(f"--------- 0.002s was the duration of dumpsys {name}, ending at: {ended}\n")
    return 0
