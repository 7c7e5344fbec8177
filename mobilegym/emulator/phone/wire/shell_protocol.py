"""adb's shell protocol: stdin, stdout, stderr and the exit status in one stream."""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

from mobilegym.emulator.phone.shell.streams import Reader, StreamClosed, Writer
from mobilegym.emulator.phone.wire.packets import MAX_PAYLOAD
from mobilegym.emulator.phone.wire.stream import Stream

__all__ = [
    "CLOSE_STDIN",
    "EXIT",
    "STDERR",
    "STDIN",
    "STDOUT",
    "WINDOW_SIZE",
    "PacketReader",
    "PacketStdin",
    "PacketWriter",
    "ShellPacket",
    "exit_packet",
]

STDIN: Final = 0
STDOUT: Final = 1
STDERR: Final = 2
EXIT: Final = 3
CLOSE_STDIN: Final = 4
WINDOW_SIZE: Final = 5
_HEADER: Final = struct.Struct("<BI")
_CHUNK: Final = 64 * 1024 - _HEADER.size


class ShellPacket(NamedTuple):
    """One piece of a stream."""

    kind: int
    data: bytes


class PacketReader:
    """Cuts what the client sends into packets; a packet too long ends the stream."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._buffer = bytearray()

    async def next(self) -> ShellPacket | None:
        """The next packet, None when the client is gone."""
        buffer = self._buffer
        while True:
            if len(buffer) >= _HEADER.size:
                kind, length = _HEADER.unpack_from(buffer)
                if length > MAX_PAYLOAD:
                    self._stream.abort()
                    return None
                end = _HEADER.size + length
                if len(buffer) >= end:
                    data = bytes(memoryview(buffer)[_HEADER.size : end])
                    del buffer[:end]
                    return ShellPacket(kind, data)
            more = await self._stream.read(MAX_PAYLOAD)
            if not more:
                return None
            buffer += more


class PacketStdin(Reader):
    """Standard input of a program without a terminal. Nothing is read from the client before the program reads."""

    def __init__(self, stream: Stream) -> None:
        self._packets = PacketReader(stream)
        self._left = memoryview(b"")
        self._ended = False

    async def read(self, limit: int = 65_536) -> bytes:
        while not self._left and not self._ended:
            packet = await self._packets.next()
            if packet is None or packet.kind == CLOSE_STDIN:
                self._ended = True
            elif packet.kind == STDIN:
                self._left = memoryview(packet.data)
        part, self._left = self._left[:limit], self._left[limit:]
        return bytes(part)


class PacketWriter(Writer):
    """Standard output or error."""

    def __init__(self, stream: Stream, kind: int) -> None:
        self._stream = stream
        self._kind = kind

    def write(self, data: bytes) -> None:
        if len(data) <= _CHUNK:
            if data:
                self._stream.write(_HEADER.pack(self._kind, len(data)) + data)
            elif self._stream.over:
                raise StreamClosed
            return
        view = memoryview(data)
        for start in range(0, len(view), _CHUNK):
            part = view[start : start + _CHUNK]
            self._stream.write(_HEADER.pack(self._kind, len(part)))
            self._stream.write(part)

    async def drain(self) -> None:
        await self._stream.drain()


def exit_packet(status: int) -> bytes:
    """The last packet: how the program ended."""
    return _HEADER.pack(EXIT, 1) + bytes((status & 0xFF,))
