"""`am instrument`: runs one of `System.instrumentations` until it ends or is killed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final

from mobilegym.emulator.phone.shell.apps.intents import split_component
from mobilegym.emulator.phone.shell.apps.running import Running, force_stop, running
from mobilegym.emulator.phone.shell.args import Args
from mobilegym.emulator.phone.shell.process import JavaError, Process
from mobilegym.emulator.phone.shell.processes import user_of
from mobilegym.emulator.phone.shell.streams import NullWriter

__all__ = ["instrument"]

_SILENT: Final = frozenset((
    "-f", "-m", "-r", "--no-window-animation", "--no-hidden-api-checks", "--no-test-api-access", "--no-isolated-storage", "--no-logcat",
    "--no-restart", "--always-check", "--instrument-sdk-sandbox", "--instrument-sdk-in-sandbox",
))  # fmt: skip
_BACKGROUND: Final[set[asyncio.Task[int]]] = set()
"""Instrumentations that nobody waits for; the loop itself keeps no hold on them."""


@dataclass(slots=True)
class _Options:
    wait: bool = False
    component: str = ""


def _read(args: Args) -> _Options:
    options = _Options()
    while (option := args.option()) is not None:
        match option:
            case "-w":
                options.wait = True
            case "-e":
                args.need()
                args.need()
            case "-p" | "--user" | "--abi":
                args.need()
            case _ if option not in _SILENT:
                raise JavaError(f"Unknown option: {option}", verb="instrument")
            case _:
                pass
    options.component = args.need()
    return options


async def instrument(p: Process, args: Args) -> int:
    """`am instrument`."""
    options = _read(args)
    found = split_component(options.component)
    if found is None:
        found = _only_one(p, options.component)
    package, name = found
    code = p.system.instrumentations.get(f"{package}/{name}")
    if code is None:
        return _unknown(p, package, name)
    target = _target(p, package, name)
    force_stop(p.system, target)
    if options.wait:
        return await _run(p, package, target, code)
    quiet = replace(p, stdout=NullWriter(), stderr=NullWriter())
    task = asyncio.get_running_loop().create_task(_run(quiet, package, target, code))
    _BACKGROUND.add(task)
    task.add_done_callback(_BACKGROUND.discard)
    await asyncio.sleep(0)
    return 0


def _only_one(p: Process, package: str) -> tuple[str, str]:
    manifest = p.kernel.packages.manifests.get(package)
    runners = manifest.apk.instrumentation if manifest is not None and manifest.apk is not None else ()
    if len(runners) != 1:
        raise JavaError(
            f"No instrumentation found for: {package}" if not runners else f"Found multiple instrumentations for: {package}",
            verb="instrument",
        )
    return package, runners[0].name


def _target(p: Process, package: str, name: str) -> str:
    manifest = p.kernel.packages.manifests.get(package)
    runners = manifest.apk.instrumentation if manifest is not None and manifest.apk is not None else ()
    return next((r.target for r in runners if r.name == name), package.removesuffix(".test"))


def _unknown(p: Process, package: str, name: str) -> int:
    p.out("INSTRUMENTATION_STATUS: id=ActivityManagerService\n")
    p.out(f"INSTRUMENTATION_STATUS: Error=Unable to find instrumentation info for: ComponentInfo{{{package}/{name}}}\n")
    p.out("INSTRUMENTATION_STATUS_CODE: -1\n")
    raise JavaError(f"INSTRUMENTATION_FAILED: {package}/{name}", "android.util.AndroidException", "instrument")


async def _run(p: Process, package: str, target: str, code: Callable[[Process], Awaitable[int]]) -> int:
    killed = False
    table: Running = running(p.system)
    task = asyncio.ensure_future(code(p))

    def kill() -> None:
        nonlocal killed
        killed = True
        task.cancel()

    processes = p.system.processes
    pid = processes.start(target, kill, user=user_of(processes.uid(target)), package=target, ppid=369)
    table.instrumentations[pid] = (frozenset((package, target)), kill)
    try:
        return await task
    except asyncio.CancelledError:
        if not killed:
            raise
        p.out("INSTRUMENTATION_RESULT: shortMsg=Process crashed.\nINSTRUMENTATION_CODE: 0\n")
        return 0
    finally:
        task.cancel()
        table.instrumentations.pop(pid, None)
        processes.end(pid)
