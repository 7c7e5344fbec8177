"""Runs programs of the phone directly, without a shell around them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from mobilegym.emulator.phone.kernel.manifest import Later
from mobilegym.emulator.phone.shell import screen
from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.streams import BytesReader, BytesWriter
from mobilegym.emulator.phone.shell.system import Finished, System


async def run_program(system: System, argv: tuple[str, ...], table: Mapping[str, Later], env: Mapping[str, str]) -> Finished:
    """One program of a table to its end; its exceptions come out."""
    out, err = BytesWriter(), BytesWriter()
    result = table[argv[0]](Process(system, 4000, argv, BytesReader(), out, err, env))
    status = await result if asyncio.iscoroutine(result) else result
    assert isinstance(status, int)
    return Finished(status, out.data, err.data)


def run(system: System, *argv: str, table: Mapping[str, Later] = screen.PROGRAMS, **env: str) -> Finished:
    """`run(system, "input", "tap", "10", "20")`; no settling."""
    return asyncio.run(run_program(system, argv, table, env))


def script(system: System, *lines: str) -> Finished:
    """Programs one after the other, words split at blanks, and the rest that the phone then has; the last one's result."""
    finished = Finished(0, b"", b"")
    for line in lines:
        finished = run(system, *line.split(" "))
    system.settle()
    return finished
