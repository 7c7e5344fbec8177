"""Running scripts where a fixture would live too long or too short."""

from __future__ import annotations

import asyncio
from functools import cache

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.system import Finished, System

LIMIT_S = 20.0


@cache
def shared_system() -> System:
    """One phone for many examples that leave nothing on it."""
    return System(VirtualPhone())


def finish(script: str, *, stdin: bytes = b"", limit_s: float = LIMIT_S) -> Finished:
    """Run a script on a shared phone; it must end within `limit_s`."""

    async def run() -> Finished:
        return await asyncio.wait_for(shared_system().run(script, stdin=stdin), limit_s)

    return asyncio.run(run())
