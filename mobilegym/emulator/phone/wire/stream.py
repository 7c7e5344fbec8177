"""One stream of an adb connection: flow control in both directions."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.streams import Reader, StreamClosed, Writer
from mobilegym.emulator.phone.wire.packets import CLSE, OKAY, WRTE, ProtocolError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.wire.transport import Connection

__all__ = ["Stream"]

_UNREAD_BYTES: Final = 1024 * 1024
"""The peer's packet is acknowledged at once while less than this is unread, else when it is read."""
_UNSENT_BYTES: Final = 256 * 1024
"""`drain` waits while more than this is not sent."""
_ROOM_BYTES: Final = 288 * 1024 * 1024
"""What a program that never drains may pile up, more than the largest file; beyond it the stream is closed."""


class Stream(Reader, Writer):
    """What a service reads and writes. Never more than one packet is under way to the peer."""

    def __init__(self, connection: Connection, local: int, remote: int) -> None:
        self.connection = connection
        self.local = local
        self.remote = remote
        self._unread: deque[memoryview] = deque()
        self._unread_bytes = 0
        self._owes_okay = False
        self._unsent: deque[bytes | memoryview] = deque()
        self._unsent_bytes = 0
        self._under_way = False
        self._ending = False
        self._over = False
        self._reading: asyncio.Future[None] | None = None
        self._writing: asyncio.Future[None] | None = None

    @property
    def over(self) -> bool:
        """Whether the stream is closed, by whomever."""
        return self._over

    # ------------------------------------------------------------------ the service's side

    async def read(self, limit: int = 65_536) -> bytes:
        while not self._unread:
            if self._over:
                return b""
            self._reading = asyncio.get_running_loop().create_future()
            await self._reading
        part = self._unread.popleft()
        if len(part) > limit:
            self._unread.appendleft(part[limit:])
            part = part[:limit]
        self._unread_bytes -= len(part)
        if self._owes_okay and self._unread_bytes < _UNREAD_BYTES and not self._over:
            self._owes_okay = False
            self.connection.send(OKAY, self.local, self.remote)
        return bytes(part)

    def write(self, data: bytes | memoryview) -> None:
        if self._over or self._ending:
            raise StreamClosed
        if not data:
            return
        if not self._unsent:
            self.connection.has_output(self)
        self._unsent.append(data)
        self._unsent_bytes += len(data)
        if self._unsent_bytes > _ROOM_BYTES:
            self.abort()
            raise StreamClosed

    async def drain(self) -> None:
        await self._sent_down_to(_UNSENT_BYTES)

    async def flushed(self) -> None:
        """Wait until the peer has acknowledged everything."""
        await self._sent_down_to(0)

    async def _sent_down_to(self, limit: int) -> None:
        while not self._over and (self._unsent_bytes > limit or (limit == 0 and self._under_way)):
            self._writing = asyncio.get_running_loop().create_future()
            await self._writing
        if self._over:
            raise StreamClosed

    def close(self) -> None:
        """Nothing more is written: the stream ends when the peer has acknowledged everything. Harmless twice."""
        self._ending = True
        if not self._over:
            self.connection.has_output(self)

    def abort(self) -> None:
        """End the stream now, whatever is not sent yet. Harmless twice."""
        if not self._over:
            self.connection.send(CLSE, self.local, self.remote)
            self._end()

    # ------------------------------------------------------------------ the connection's side

    def received(self, data: bytes) -> None:
        """The peer wrote."""
        if self._owes_okay:
            raise ProtocolError("written before the last packet was acknowledged")
        if data:
            self._unread.append(memoryview(data))
            self._unread_bytes += len(data)
        if self._unread_bytes < _UNREAD_BYTES:
            self.connection.send(OKAY, self.local, self.remote)
        else:
            self._owes_okay = True
        _wake(self._reading)

    def acknowledged(self) -> None:
        """The peer took the last packet."""
        self._under_way = False
        self.connection.has_output(self)
        if self._unsent_bytes <= _UNSENT_BYTES:
            _wake(self._writing)

    def peer_closed(self) -> None:
        """The peer, or the whole connection, is gone: what was received can still be read."""
        self._end()

    def pump(self, limit: int) -> None:
        """Send the next packet of at most `limit` bytes, if the last one is acknowledged; or the end."""
        if self._under_way or self._over:
            return
        if self._unsent:
            data = self._take(limit)
            self._unsent_bytes -= len(data)
            self._under_way = True
            self.connection.send(WRTE, self.local, self.remote, data)
        elif self._ending:
            self.abort()

    def _take(self, limit: int) -> bytes:
        if self._unsent_bytes <= limit:
            data = b"".join(self._unsent)
            self._unsent.clear()
            return data
        parts: list[bytes | memoryview] = []
        room = limit
        while room and self._unsent:
            part = self._unsent.popleft()
            if len(part) > room:
                view = memoryview(part)
                self._unsent.appendleft(view[room:])
                part = view[:room]
            parts.append(part)
            room -= len(part)
        return b"".join(parts)

    def _end(self) -> None:
        self._over = True
        self._unsent.clear()
        self._unsent_bytes = 0
        self.connection.forget(self)
        _wake(self._reading)
        _wake(self._writing)


def _wake(waiter: asyncio.Future[None] | None) -> None:
    if waiter is not None and not waiter.done():
        waiter.set_result(None)
