"""The host's side of adb, byte by byte: for tests of the device's side."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable
from typing import Final

from mobilegym.emulator.phone.wire.packets import CLSE, CNXN, MAX_PAYLOAD, OKAY, OPEN, VERSION, WRTE, Decoder, Packet, encode

__all__ = ["Host", "sync_request", "until"]

_BANNER: Final = b"host::features=shell_v2,cmd,stat_v2,ls_v2\0"


class Host:
    """One connection, with one stream at a time."""

    def __init__(self, port: int, *, version: int = VERSION, shake: bool = True, receive_buffer: int = 0) -> None:
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(10)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.version = version
        self.checksums = False
        self._decoder = Decoder()
        self._decoder.limit = MAX_PAYLOAD
        self._next = 1
        self.banner = b""
        if shake:
            self.banner = self.shake()

    def __enter__(self) -> Host:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def shake(self, payload: bytes = MAX_PAYLOAD.to_bytes(4, "little")) -> bytes:
        """Shake hands; the phone's banner."""
        self.send(CNXN, self.version, int.from_bytes(payload, "little"), _BANNER)
        answer = self.packet()
        assert answer.command == CNXN, answer
        self.checksums = self._decoder.checksums = self.version < VERSION
        return answer.data

    def send(self, command: int, arg0: int, arg1: int, data: bytes = b"") -> None:
        self.socket.sendall(encode(command, arg0, arg1, data, checksum=self.checksums))

    def packet(self) -> Packet:
        """The next packet. Raises EOFError where the phone closed the connection."""
        while (packet := self._decoder.next()) is None:
            data = self.socket.recv(1 << 20)
            if not data:
                raise EOFError
            self._decoder.feed(data)
        return packet

    def closed(self) -> bool:
        """Whether the phone closed the connection; what it says before is dropped."""
        try:
            while True:
                self.packet()
        except (EOFError, ConnectionError):
            return True
        except TimeoutError:
            return False

    def open(self, name: str) -> tuple[int, int] | None:
        """Open a stream: our id and the phone's, None where it refuses."""
        local, self._next = self._next, self._next + 1
        self.send(OPEN, local, 0, name.encode() + b"\0")
        answer = self.packet()
        assert answer.arg1 == local, answer
        if answer.command == CLSE:
            return None
        assert answer.command == OKAY, answer
        return local, answer.arg0

    def write(self, stream: tuple[int, int], data: bytes) -> bytes:
        """Write, and wait for the acknowledgement; what arrives before it."""
        self.send(WRTE, *stream, data)
        got = b""
        while (packet := self.packet()).command != OKAY:
            assert packet.command == WRTE, packet
            got += packet.data
            self.send(OKAY, *stream)
        return got

    def read(self, stream: tuple[int, int], size: int | None = None) -> bytes:
        """What the phone writes: `size` bytes at least, or all until it closes the stream."""
        got = b""
        while size is None or len(got) < size:
            packet = self.packet()
            if packet.command == CLSE:
                assert packet.arg1 == stream[0]
                break
            if packet.command == WRTE:
                got += packet.data
                self.send(OKAY, *stream)
        return got

    def ask(self, name: str) -> bytes:
        """All that a service says."""
        stream = self.open(name)
        assert stream is not None, f"{name} is refused"
        return self.read(stream)


def sync_request(name: bytes, argument: str | bytes = b"") -> bytes:
    """One request of the sync protocol."""
    data = argument.encode("utf-8", "surrogateescape") if isinstance(argument, str) else argument
    return name + struct.pack("<I", len(data)) + data


def until(condition: Callable[[], bool], timeout: float = 5) -> None:
    """Wait until it holds: the phone hears of a closed socket a moment later."""
    moment = threading.Event()
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end
        moment.wait(0.01)
