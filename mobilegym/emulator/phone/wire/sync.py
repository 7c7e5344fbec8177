"""adb's file service: `push`, `pull`, `ls` and what libraries make of them."""

from __future__ import annotations

import contextlib
import stat
import struct
from collections.abc import Callable
from typing import Final

from mobilegym.emulator.phone.shell.vfs import FsError, Stat, Vfs
from mobilegym.emulator.phone.wire.stream import Stream

__all__ = ["MAX_FILE_BYTES", "Room", "SyncSession", "sync_service"]

MAX_FILE_BYTES: Final = 256 * 1024 * 1024
"""The largest file the phone stores; what is pushed beyond that is refused while it arrives."""
_ARRIVING_BYTES: Final = 512 * 1024 * 1024
_CHUNK: Final = 64 * 1024
_MAX_PATH: Final = 1024
_MAX_DATA: Final = 64 * 1024
_REQUEST: Final = struct.Struct("<4sI")
_STAT1: Final = struct.Struct("<4sIII")
_DENT1: Final = struct.Struct("<4sIIII")
_STAT2: Final = struct.Struct("<4sIQQIIIIQqqq")
_DENT2: Final = struct.Struct("<4sIQQIIIIQqqqI")
_DEVICE: Final = 0x0000_FE2F
_ENOENT: Final = 2
_DOTS: Final = (".", "..")


class _End(Exception):
    """The session is over."""


class _Refused(Exception):
    """The request cannot be fulfilled; the text is for the client."""


class Room:
    """How much may be on its way to one phone at a time, over all its connections."""

    def __init__(self, limit: int = _ARRIVING_BYTES) -> None:
        self.taken = 0
        self._limit = limit

    def take(self, size: int) -> bool:
        """False where there is no more room."""
        if self.taken + size > self._limit:
            return False
        self.taken += size
        return True

    def give_back(self, size: int) -> None:
        """What was taken is free again."""
        self.taken -= size


class _Input:
    """Reads exact numbers of bytes from a stream."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._buffer = bytearray()

    async def exactly(self, size: int) -> bytes:
        """The next `size` bytes. Raises _End where the client is gone before."""
        while len(self._buffer) < size:
            more = await self._stream.read(1024 * 1024)
            if not more:
                raise _End
            self._buffer += more
        data = bytes(memoryview(self._buffer)[:size])
        del self._buffer[:size]
        return data


class _Content:
    """What arrives of one file."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._taken = 0
        self.data = bytearray()

    def add(self, part: bytes) -> bool:
        """False where there is no room for it."""
        if self._taken + len(part) > MAX_FILE_BYTES or not self._room.take(len(part)):
            return False
        self._taken += len(part)
        self.data += part
        return True

    def drop(self) -> None:
        """It is stored, or not wanted. Harmless twice."""
        self._room.give_back(self._taken)
        self._taken = 0
        self.data = bytearray()


class SyncSession:
    """One `sync:` stream: requests one after another until `QUIT`.

    Args:
        files: The phone's files.
        stream: The client.
        uid: Gives whose rights count.
        room: What may still arrive, shared by all sessions of the phone.
    """

    def __init__(self, files: Vfs, stream: Stream, uid: Callable[[], int], room: Room) -> None:
        self._room = room
        self._files = files
        self._stream = stream
        self._uid = uid
        self._input = _Input(stream)

    async def serve(self) -> None:
        """Answer until the client quits or leaves."""
        requests = {
            b"STAT": self._stat1, b"LIST": self._list, b"SEND": self._send, b"RECV": self._recv, b"STA2": self._stat2,
            b"LST2": self._lstat2, b"LIS2": self._list2,
        }  # fmt: skip
        while True:
            name, length = _REQUEST.unpack(await self._input.exactly(_REQUEST.size))
            if name == b"QUIT":
                return
            if length > _MAX_PATH:
                self._fail("path too long")
                return
            path = (await self._input.exactly(length)).decode("utf-8", "surrogateescape")
            request = requests.get(name)
            if request is None:
                self._fail(f"unknown command {name.decode('ascii', 'replace')}")
                return
            try:
                await request(path)
            except _Refused as refused:
                self._fail(str(refused))
            except FsError as error:
                self._fail(error.text)
            await self._stream.drain()

    def _fail(self, text: str) -> None:
        data = text.encode("utf-8", "surrogateescape")
        self._stream.write(_REQUEST.pack(b"FAIL", len(data)) + data)

    def _look(self, path: str, *, follow: bool) -> tuple[Stat | None, int]:
        """What is there, or None and why not."""
        try:
            return self._files.stat(path, follow=follow, uid=self._uid()), 0
        except FsError as error:
            return None, error.errno

    # ------------------------------------------------------------------ looking

    async def _stat1(self, path: str) -> None:
        found, _ = self._look(path, follow=False)
        values = (0, 0, 0) if found is None else (found.mode, min(found.size, 0xFFFF_FFFF), found.mtime_ms // 1000)
        self._stream.write(_STAT1.pack(b"STAT", *values))

    async def _stat2(self, path: str) -> None:
        self._stream.write(_STAT2.pack(b"STA2", *_fields(*self._look(path, follow=True))))

    async def _lstat2(self, path: str) -> None:
        self._stream.write(_STAT2.pack(b"LST2", *_fields(*self._look(path, follow=False))))

    async def _list(self, path: str) -> None:
        for name in self._names(path):
            found, _ = self._look(_join(path, name), follow=name in _DOTS)
            if found is not None:
                data = name.encode("utf-8", "surrogateescape")
                size, seconds = min(found.size, 0xFFFF_FFFF), found.mtime_ms // 1000
                self._stream.write(_DENT1.pack(b"DENT", found.mode, size, seconds, len(data)) + data)
                await self._stream.drain()
        self._stream.write(_DENT1.pack(b"DONE", 0, 0, 0, 0))

    async def _list2(self, path: str) -> None:
        for name in self._names(path):
            data = name.encode("utf-8", "surrogateescape")
            fields = _fields(*self._look(_join(path, name), follow=name in _DOTS))
            self._stream.write(_DENT2.pack(b"DNT2", *fields, len(data)) + data)
            await self._stream.drain()
        self._stream.write(_DENT2.pack(b"DONE", *(0,) * 12))

    def _names(self, path: str) -> list[str]:
        try:
            return [*_DOTS, *self._files.list(path, uid=self._uid())]
        except FsError:
            # As the real one: what cannot be listed is empty.
            return []

    # ------------------------------------------------------------------ carrying

    async def _recv(self, path: str) -> None:
        try:
            data = memoryview(self._files.read(path, uid=self._uid()))
        except FsError as error:
            verb = "read" if self._is_folder(path) else "open"
            raise _Refused(f"{verb} failed: {error.text}") from error
        for start in range(0, len(data), _CHUNK):
            part = data[start : start + _CHUNK]
            self._stream.write(_REQUEST.pack(b"DATA", len(part)))
            self._stream.write(part)
            await self._stream.drain()
        self._stream.write(_REQUEST.pack(b"DONE", 0))

    def _is_folder(self, path: str) -> bool:
        found, _ = self._look(path, follow=True)
        return found is not None and stat.S_ISDIR(found.mode)

    async def _send(self, argument: str) -> None:
        path, comma, number = argument.rpartition(",")
        refusal = ""
        mode = int(number) if number.isdecimal() and len(number) < 12 else 0
        if not comma or not number.isdecimal():
            path, mode = argument, 0o644
            refusal = "missing , in ID_SEND_V1"
        elif stat.S_ISLNK(mode):
            refusal = "symlink failed: Operation not permitted"
        refusal = refusal or self._why_not(path)
        content = _Content(self._room)
        try:
            if refusal:
                self._fail(refusal)
            seconds = await self._incoming(content, refused=bool(refusal))
            if seconds is not None and (refusal := self._store(path, content.data, mode, seconds)):
                self._fail(refusal)
        finally:
            content.drop()
        if seconds is not None and not refusal:
            self._stream.write(_REQUEST.pack(b"OKAY", 0))

    async def _incoming(self, content: _Content, *, refused: bool) -> int | None:
        """Take the content and return its time, or None if it was refused.

        What is refused is still read to its end, but not kept: old clients send everything before they listen.
        """
        while True:
            name, length = _REQUEST.unpack(await self._input.exactly(_REQUEST.size))
            if name == b"DONE":
                return None if refused else length
            if name != b"DATA" or length > _MAX_DATA:
                self._fail("oversize data message" if name == b"DATA" else "invalid data message")
                raise _End
            part = await self._input.exactly(length)
            if not refused and not content.add(part):
                self._fail("write failed: No space left on device")
                content.drop()
                refused = True

    def _why_not(self, path: str) -> str:
        """Why a file cannot be written; found out before its content arrives."""
        uid = self._uid()
        found, _ = self._look(path, follow=True)
        if found is not None and stat.S_ISDIR(found.mode):
            return "couldn't create file: Is a directory"
        folder = path.rpartition("/")[0] or "/"
        try:
            self._files.mkdir(folder, parents=True, uid=uid)
        except FsError as error:
            there, _ = self._look(folder, follow=True)
            if there is None:
                return f"secure_mkdirs failed: {error.text}"
        return ""

    def _store(self, path: str, data: bytearray, mode: int, seconds: int) -> str:
        try:
            self._files.write(path, bytes(data), mode=mode & 0o777, mtime_ms=seconds * 1000, uid=self._uid())
        except FsError as error:
            return f"couldn't create file: {error.text}"
        return ""


def _fields(found: Stat | None, errno: int) -> tuple[int, ...]:
    if found is None:
        return (errno or _ENOENT, *(0,) * 10)
    seconds = found.mtime_ms // 1000
    return (0, _DEVICE, found.inode, found.mode, found.nlink, found.uid, found.gid, found.size, seconds, seconds, seconds)


def _join(folder: str, name: str) -> str:
    return f"{folder.rstrip('/')}/{name}"


async def sync_service(files: Vfs, room: Room, uid: Callable[[], int], stream: Stream) -> None:
    """Serve one `sync:` stream.

    Args:
        files: The phone's files.
        room: What may still arrive, shared by all sessions of the phone.
        uid: Gives whose rights count: 2000 for shell, 0 for root.
        stream: The client.
    """
    with contextlib.suppress(_End):
        await SyncSession(files, stream, uid, room).serve()
