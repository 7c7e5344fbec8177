"""`adb reverse`: programs on the phone reach listeners of the host."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.streams import Reader, StreamClosed, Writer
from mobilegym.emulator.phone.wire.stream import Stream
from mobilegym.errors import MobileGymError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.system import System
    from mobilegym.emulator.phone.wire.transport import Connection

__all__ = ["ReverseError", "Reverses", "relay", "reverse_service"]

_MOST: Final = 256
_FIRST_FREE_PORT: Final = 32_768


class ReverseError(MobileGymError):
    """The request is refused; the text is for the client."""


class Reverses:
    """The reverse forwards of one connection: they end with it."""

    def __init__(self, system: System, connection: Connection, serial: str) -> None:
        self._system = system
        self._connection = connection
        self._serial = serial
        self._targets: dict[str, str] = {}

    def add(self, local: str, remote: str, *, rebind: bool = True) -> int | None:
        """Listen on the phone's `local` and lead whoever connects to the host's `remote`.

        Returns:
            The port that was chosen for `tcp:0`, else None.
        """
        chosen = None
        if local == "tcp:0":
            chosen = next(port for port in range(_FIRST_FREE_PORT, 65_536) if f"tcp:{port}" not in self._system.services)
            local = f"tcp:{chosen}"
        _check(local)
        _check(remote)
        if local in self._targets and not rebind:
            raise ReverseError(f"cannot rebind existing socket: {local}")
        if local not in self._targets:
            if local in self._system.services:
                raise ReverseError("cannot bind listener: Address already in use")
            if len(self._targets) >= _MOST:
                raise ReverseError("cannot bind listener: Too many open files")
        self._targets[local] = remote

        async def lead(reader: Reader, writer: Writer) -> None:
            await self._lead(local, reader, writer)

        self._system.services[local] = lead
        return chosen

    def remove(self, local: str) -> None:
        """End one."""
        if self._targets.pop(local, None) is None:
            raise ReverseError(f"listener '{local}' not found")
        self._system.services.pop(local, None)

    def remove_all(self) -> None:
        """End every one."""
        for local in list(self._targets):
            self.remove(local)

    def listing(self) -> str:
        """One line each: `UsbFfs tcp:A tcp:B`, with the serial that adb gives the transport."""
        return "".join(f"{self._serial} {local} {remote}\n" for local, remote in self._targets.items())

    async def _lead(self, local: str, reader: Reader, writer: Writer) -> None:
        stream = await self._connection.open(self._targets[local])
        if stream is not None:
            await relay(reader, writer, stream)


def _check(name: str) -> None:
    kind, colon, rest = name.partition(":")
    if not colon or not rest or kind not in ("tcp", "localabstract", "localreserved", "localfilesystem", "dev", "jdwp", "local"):
        raise ReverseError(f"unknown socket specification: {name}" if colon else f"invalid socket specification: {name}")
    if kind == "tcp" and not (rest.isdecimal() and 0 < int(rest) < 65_536):
        raise ReverseError(f"bad port number '{rest}'")


async def relay(reader: Reader, writer: Writer, stream: Stream) -> None:
    """Carry bytes both ways until one side ends."""

    async def carry(source: Reader, target: Writer) -> None:
        while part := await source.read():
            target.write(part)
            await target.drain()

    ways = [asyncio.ensure_future(carry(reader, stream)), asyncio.ensure_future(carry(stream, writer))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            if way.done() and not isinstance(way.exception(), StreamClosed | None):
                way.result()
    finally:
        for way in ways:
            way.cancel()
        stream.close()


async def reverse_service(reverses: Reverses, request: str, stream: Stream) -> None:
    """Answer one `reverse:` request."""
    try:
        stream.write(_answer(reverses, request))
    except ReverseError as error:
        text = str(error).encode()
        stream.write(b"FAIL%04x%s" % (len(text), text))


def _answer(reverses: Reverses, request: str) -> bytes:
    verb, _, rest = request.partition(":")
    if verb == "list-forward":
        text = reverses.listing().encode()
        return b"%04x%s" % (len(text), text)
    if verb == "killforward-all":
        reverses.remove_all()
        return b"OKAY"
    if verb == "killforward":
        reverses.remove(rest)
        return b"OKAY"
    if verb == "forward":
        rebind = not rest.startswith("norebind:")
        local, semicolon, remote = rest.removeprefix("norebind:").partition(";")
        if not semicolon:
            raise ReverseError(f"bad forward: {request}")
        port = reverses.add(local, remote, rebind=rebind)
        if port is None:
            return b"OKAY"
        text = str(port).encode()
        return b"OKAY%04x%s" % (len(text), text)
    raise ReverseError(f"unknown reverse request: {verb}")
