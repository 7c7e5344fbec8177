"""`com.wetest.uia2.Main`: what openatx starts with `app_process`; serves until it is killed or its shell goes away."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.process import ProgramError
from mobilegym.emulator.phone.wire.openatx.server import RpcServer

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.process import Process

__all__ = ["CLASS", "run"]

CLASS: Final = "com.wetest.uia2.Main"
_PORT: Final = 9008


async def run(p: Process) -> int:
    """Serve on `-p PORT`."""
    service = f"tcp:{_port(p)}"
    if service in p.system.services:
        raise ProgramError("java.lang.IllegalStateException: UiAutomationService android.accessibilityservice already registered!", 1)
    server = RpcServer(p.system)
    p.system.services[service] = server.serve
    try:
        p.out("[server] INFO: [UiAutomator2Server] Starting Server\n")
        await p.stdout.drain()
        await asyncio.Event().wait()
    finally:
        p.system.services.pop(service, None)
        for task in [*server.connections]:
            task.cancel()
    return 0


def _port(p: Process) -> int:
    args = p.args
    if "-p" not in args:
        return _PORT
    at = args.index("-p") + 1
    value = args[at] if at < len(args) else ""
    if not (value.isascii() and value.isdigit() and 0 < len(value) < 6 and 1 <= int(value) <= 65_535):
        raise ProgramError(f"Invalid port: {value}", 1)
    return int(value)
