"""Serving phones from a thread of its own, for callers that are not asynchronous."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Callable, Coroutine, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from mobilegym.emulator.phone.device import VirtualPhone
from mobilegym.emulator.phone.wire.auth import KeyRing
from mobilegym.emulator.phone.wire.server import PhoneServer, ServedPhone

__all__ = ["ServerThread", "serve_in_thread"]

P = ParamSpec("P")
T = TypeVar("T")


class ServerThread:
    """A `PhoneServer` on an event loop in a thread of its own. Made by `serve_in_thread`."""

    def __init__(self, loop: asyncio.AbstractEventLoop, server: PhoneServer) -> None:
        self.loop = loop
        self.server = server

    @property
    def phones(self) -> list[ServedPhone]:
        """What is served."""
        return list(self.server.phones)

    def add(self, phone: VirtualPhone, *, port: int | None = 0, console: bool = True) -> ServedPhone:
        """Serve one more phone; see `PhoneServer.add`."""
        return self._wait(self.server.add(phone, port=port, console=console))

    def remove(self, served: ServedPhone) -> None:
        """Serve it no more."""
        self._wait(self.server.remove(served))

    def call(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function on the event loop and wait for what it returns.

        A phone that is served may only be touched this way. Of a coroutine function, the result of the coroutine is returned.
        """

        async def run() -> T:
            found = fn(*args, **kwargs)
            return cast("T", await found) if inspect.isawaitable(found) else found

        return self._wait(run())

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()


@contextmanager
def serve_in_thread(
    phones: Iterable[VirtualPhone] = (), *, port: int | None = 0, console: bool = True, host: str = "127.0.0.1",
    keys: KeyRing | None = None, adb_server: int | None = None, live: bool = False, token_file: Path | None = None,
) -> Generator[ServerThread, None, None]:  # fmt: skip
    """Serve phones while the block runs.

    Args:
        phones: To begin with; `add` serves more.
        port: Of each, see `PhoneServer.add`; by default any free one, None the pairs that adb takes for emulators.
        console: Whether they have an emulator console.
        host: See `PhoneServer`, as the following.
        keys: Who may connect.
        adb_server: Port of the adb server that is told of them.
        live: Whether their clocks follow the real one.
        token_file: Of the emulator console.

    Example:
        ```python
        with serve_in_thread([VirtualPhone()], adb_server=5037) as served:
            print(served.phones[0].serial)
        ```
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="mobilegym-adbd", daemon=True)
    thread.start()

    async def make() -> PhoneServer:
        return PhoneServer(host=host, keys=keys, adb_server=adb_server, live=live, token_file=token_file)

    async def end(server: PhoneServer) -> None:
        await server.close()
        left = asyncio.all_tasks() - {cast("asyncio.Task[Any]", asyncio.current_task())}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    try:
        server = asyncio.run_coroutine_threadsafe(make(), loop).result()
        try:
            serving = ServerThread(loop, server)
            for phone in phones:
                serving.add(phone, port=port, console=console)
            yield serving
        finally:
            asyncio.run_coroutine_threadsafe(end(server), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
