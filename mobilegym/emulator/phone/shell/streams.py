"""Byte streams between programs: what a program reads from and writes to, whatever is at the other end."""

from __future__ import annotations

import asyncio
import threading
import time
from abc import ABC, abstractmethod
from typing import Final

from mobilegym.emulator.phone.shell.errors import PhoneSideError

__all__ = ["BytesReader", "BytesWriter", "NullWriter", "Pipe", "Reader", "StreamClosed", "Writer", "breathe"]

_CHUNK: Final = 65_536
_PIPE_BYTES: Final = 256 * 1024
"""A writer waits in `drain` while more than this is unread."""
_READ_ALL_BYTES: Final = 32 * 1024 * 1024
_KEPT_BYTES: Final = 256 * 1024 * 1024
_SLICE_S: Final = 0.02


class _Slice(threading.local):
    """When this thread's event loop last let others run."""

    since = 0.0


_SLICE: Final = _Slice()


async def breathe() -> None:
    """Let others run, if nobody else has for a while: whatever takes long calls this now and then, as often as it likes."""
    if time.monotonic() - _SLICE.since > _SLICE_S:
        await asyncio.sleep(0)
        _SLICE.since = time.monotonic()


class StreamClosed(PhoneSideError):
    """Nobody reads what is written any more (a broken pipe): the program ends, as by SIGPIPE."""


class Reader(ABC):
    """Where a program reads. One reader at a time."""

    @abstractmethod
    async def read(self, limit: int = _CHUNK) -> bytes:
        """At least one and at most `limit` bytes; empty at the end of the stream."""

    async def read_all(self, limit: int = _READ_ALL_BYTES) -> bytes:
        """All until the end.

        Raises:
            ValueError: There is more than `limit`.
        """
        parts: list[bytes] = []
        size = 0
        while part := await self.read():
            parts.append(part)
            size += len(part)
            if size > limit:
                raise ValueError(f"input is longer than {limit} bytes")
            await breathe()
        return b"".join(parts)


class Writer(ABC):
    """Where a program writes. `write` never waits; whoever writes much calls `drain` now and then."""

    @abstractmethod
    def write(self, data: bytes) -> None:
        """Hand bytes over. Raises StreamClosed once nobody reads any more."""

    async def drain(self) -> None:
        """Wait until the other end has caught up. Raises StreamClosed once nobody reads any more."""
        await breathe()


class BytesReader(Reader):
    """Reads from bytes at hand; empty by default."""

    def __init__(self, data: bytes = b"") -> None:
        self._data = memoryview(data)

    async def read(self, limit: int = _CHUNK) -> bytes:
        out, self._data = bytes(self._data[:limit]), self._data[limit:]
        return out


class BytesWriter(Writer):
    """Keeps what is written, up to `limit` bytes; more closes it."""

    def __init__(self, limit: int = _KEPT_BYTES) -> None:
        self._parts: list[bytes] = []
        self._room = limit

    def write(self, data: bytes) -> None:
        self._room -= len(data)
        if self._room < 0:
            raise StreamClosed
        self._parts.append(data)

    @property
    def data(self) -> bytes:
        """All that was written."""
        return b"".join(self._parts)


class NullWriter(Writer):
    """`/dev/null`."""

    def write(self, data: bytes) -> None:
        """Forget it."""


class Pipe(Reader, Writer):
    """A pipe with back-pressure: the end of writing is `close`, the end of reading is `abandon`."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self._closed = False
        self._abandoned = False
        self._changed = asyncio.Event()

    def write(self, data: bytes) -> None:
        if self._abandoned:
            raise StreamClosed
        if data:
            self._parts.append(data)
            self._size += len(data)
            self._changed.set()

    async def drain(self) -> None:
        while self._size > _PIPE_BYTES and not self._abandoned:
            self._changed.clear()
            await self._changed.wait()
        await breathe()
        if self._abandoned:
            raise StreamClosed

    async def read(self, limit: int = _CHUNK) -> bytes:
        await breathe()
        while not self._parts and not self._closed:
            self._changed.clear()
            await self._changed.wait()
        if not self._parts:
            return b""
        first = self._parts[0]
        if len(first) > limit:
            self._parts[0], first = first[limit:], first[:limit]
        else:
            del self._parts[0]
        self._size -= len(first)
        self._changed.set()
        return first

    def close(self) -> None:
        """No more will be written."""
        self._closed = True
        self._changed.set()

    def abandon(self) -> None:
        """No more will be read."""
        self._abandoned = True
        self._parts.clear()
        self._size = 0
        self._changed.set()
