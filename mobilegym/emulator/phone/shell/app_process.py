"""`app_process`: runs the main class of a jar on `CLASSPATH`, of those that are known (`System.java_mains`)."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from mobilegym.emulator.phone.shell.process import Process, ProgramError

__all__ = ["app_process"]


async def app_process(p: Process) -> int:
    """`app_process [java-options] cmd-dir start-class-name [options]`."""
    args = list(p.args)
    while args and args[0].startswith("-"):
        del args[0]
    if len(args) < 2:
        p.err("Error: no class name or --zygote supplied.\napp_process [java-options] cmd-dir start-class-name [options]\n")
        return 10
    name, rest = args[1], args[2:]
    while name.startswith("--") and rest:
        name = rest.pop(0)
    main = p.system.java_mains.get(name)
    if main is None:
        raise ProgramError(
            f'Error: could not find class "{name}"\njava.lang.ClassNotFoundException: Didn\'t find class "{name}" on path: DexPathList', 1
        )
    task = asyncio.ensure_future(main(replace(p, argv=(name, *rest))))
    killed = False

    def kill() -> None:
        nonlocal killed
        killed = True
        task.cancel()

    pid = p.system.processes.start("app_process", kill)
    try:
        return await task
    except asyncio.CancelledError:
        if not killed:
            raise
        p.err("Killed \n")
        return 137
    finally:
        task.cancel()
        p.system.processes.end(pid)
