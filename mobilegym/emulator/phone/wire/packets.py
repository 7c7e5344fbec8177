"""Frames of the adb protocol: 24 bytes of header, then the payload."""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

from mobilegym.errors import MobileGymError

__all__ = [
    "AUTH", "CLSE", "CNXN", "MAX_PAYLOAD", "OKAY", "OPEN", "VERSION", "VERSION_WITH_CHECKSUMS", "WRTE", "Decoder", "Packet",
    "ProtocolError", "encode",
]  # fmt: skip

CNXN: Final = 0x4E584E43
AUTH: Final = 0x48545541
OPEN: Final = 0x4E45504F
OKAY: Final = 0x59414B4F
CLSE: Final = 0x45534C43
WRTE: Final = 0x45545257

VERSION: Final = 0x0100_0001
VERSION_WITH_CHECKSUMS: Final = 0x0100_0000
"""A peer that announces this version or an older one sums its payloads and wants ours summed."""
MAX_PAYLOAD: Final = 1024 * 1024
"""Announced to the peer; a longer payload ends the connection."""
_HANDSHAKE_PAYLOAD: Final = 4096
"""What adb allows in the packets before both sides know each other."""

_HEADER: Final = struct.Struct("<6I")
_COMMANDS: Final = frozenset((CNXN, AUTH, OPEN, OKAY, CLSE, WRTE))
_MASK: Final = 0xFFFF_FFFF


class ProtocolError(MobileGymError):
    """The peer does not speak adb, or breaks its rules: the connection ends."""


class Packet(NamedTuple):
    """One frame. What the arguments mean depends on the command."""

    command: int
    arg0: int
    arg1: int
    data: bytes = b""


def encode(command: int, arg0: int, arg1: int, data: bytes = b"", *, checksum: bool = False) -> bytes:
    """The frame as bytes."""
    return _HEADER.pack(command, arg0, arg1, len(data), sum(data) & _MASK if checksum else 0, command ^ _MASK) + data


class Decoder:
    """Cuts a byte stream into packets. Holds at most one unfinished packet."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self.checksums = False
        """Whether payloads must carry their sum."""
        self.limit = _HANDSHAKE_PAYLOAD
        """Longest payload that is accepted."""

    def trust(self, version: int) -> None:
        """The handshake is over: payloads may be long, and are summed as the peer's `version` says."""
        self.limit = MAX_PAYLOAD
        self.checksums = version <= VERSION_WITH_CHECKSUMS

    def feed(self, data: bytes) -> None:
        """Add what was received."""
        self._buffer += data

    def next(self) -> Packet | None:
        """The next whole packet, None while it is not there.

        Raises:
            ProtocolError: What was received is no packet, or one that is too long or damaged.
        """
        buffer = self._buffer
        if len(buffer) < _HEADER.size:
            return None
        command, arg0, arg1, length, checksum, magic = _HEADER.unpack_from(buffer)
        if command not in _COMMANDS or magic != command ^ _MASK:
            raise ProtocolError(f"no adb packet: command {command:#010x}, magic {magic:#010x}")
        if length > self.limit:
            raise ProtocolError(f"payload of {length} bytes, at most {self.limit} are allowed")
        end = _HEADER.size + length
        if len(buffer) < end:
            return None
        payload = bytes(memoryview(buffer)[_HEADER.size : end])
        del buffer[:end]
        if self.checksums and sum(payload) & _MASK != checksum:
            raise ProtocolError("payload does not match its checksum")
        return Packet(command, arg0, arg1, payload)
