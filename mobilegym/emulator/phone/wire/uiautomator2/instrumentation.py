"""The instrumentation that Appium starts with `am instrument`: it serves the driver until its session is deleted or it is killed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.streams import Reader, Writer
from mobilegym.emulator.phone.wire.uiautomator2.server import Server

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.process import Process

__all__ = ["COMPONENT", "PORT", "Instrumentation"]

COMPONENT: Final = "io.appium.uiautomator2.server.test/androidx.test.runner.AndroidJUnitRunner"
PORT: Final = "tcp:6790"
_CLASS: Final = "io.appium.uiautomator2.server.test.AppiumUiAutomator2Server"
_PATIENCE_S: Final = 1.0


class _Again(Reader):
    """A stream whose beginning was read already."""

    def __init__(self, first: bytes, rest: Reader) -> None:
        self._first = first
        self._rest = rest

    async def read(self, limit: int = 65_536) -> bytes:
        if self._first:
            out, self._first = self._first[:limit], self._first[limit:]
            return out
        return await self._rest.read(limit)


class Instrumentation:
    """One phone's instrumentation, running or not."""

    def __init__(self) -> None:
        self._server: Server | None = None
        self._started = asyncio.Event()

    @property
    def running(self) -> bool:
        """Whether there is a server to talk to."""
        return self._server is not None

    async def serve(self, reader: Reader, writer: Writer) -> None:
        """A connection to the server's port. Without a server it ends at once.

        The driver asks for the status as soon as it has started `am instrument`, often before that has reached the phone, and
        then again only a second later. So that question waits for its answer.
        """
        if self._server is None:
            first = await reader.read()
            if not first.startswith(b"GET /status"):
                return
            try:
                await asyncio.wait_for(self._started.wait(), _PATIENCE_S)
            except TimeoutError:
                return
            reader = _Again(first, reader)
        server: Server | None = self._server
        if server is not None:
            await server.serve(reader, writer)

    async def run(self, p: Process) -> int:
        """Serve until the end. Prints what the test runner prints; the exit status is that of `am instrument`."""
        server = self._server = Server(p.system)
        self._started.set()
        raw = "-r" in p.args
        start_ms = p.kernel.clock.now_ms
        try:
            p.out(_raw(1) if raw else f"\n{_CLASS}:")
            await server.stopped.wait()
        finally:
            if self._server is server:
                self._server = None
                self._started.clear()
            if not server.stopped.is_set():
                for task in [*server.connections]:
                    task.cancel()
        seconds = (p.kernel.clock.now_ms - start_ms) / 1000
        if raw:
            p.out(f"{_raw(0)}INSTRUMENTATION_RESULT: stream=\n\nTime: {seconds:g}\n\nOK (1 test)\n\n\nINSTRUMENTATION_CODE: -1\n")
        else:
            p.out(f".\n\nTime: {seconds:g}\n\nOK (1 test)\n\n\n")
        return 0


def _raw(code: int) -> str:
    lines = {"class": _CLASS, "current": "1", "id": "AndroidJUnitRunner", "numtests": "1", "stream": "", "test": "startServer"}
    return "".join(f"INSTRUMENTATION_STATUS: {k}={v}\n" for k, v in lines.items()) + f"INSTRUMENTATION_STATUS_CODE: {code}\n"
