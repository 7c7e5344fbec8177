"""The streams of a shell: input that is read line by line, and files that are written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.streams import BytesReader, NullWriter, Reader, StreamClosed, Writer
from mobilegym.emulator.phone.shell.vfs_values import FsError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.sh.state import Session

__all__ = ["FileWriter", "Input", "Output"]

_CHUNK: Final = 64 * 1024
_MAX_FILE: Final = 256 * 1024 * 1024
_MAX_LINE: Final = 4 * 1024 * 1024


class Input(Reader):
    """A reader that can also give single lines; who reads next gets what is left."""

    def __init__(self, source: Reader) -> None:
        self._source = source
        self._rest = b""

    @staticmethod
    def of(source: Reader | None) -> Input:
        """The source itself, if it can do this already; nothing to read, if there is none."""
        return source if isinstance(source, Input) else Input(source or BytesReader())

    async def read(self, limit: int = _CHUNK) -> bytes:
        if self._rest:
            data, self._rest = self._rest[:limit], self._rest[limit:]
            return data
        return await self._source.read(limit)

    async def line(self, end: bytes = b"\n") -> bytes:
        """The next line with its end; without one, what is left at the end of the stream."""
        parts: list[bytes] = []
        size = 0
        while True:
            chunk = self._rest or await self._source.read()
            self._rest = b""
            at = chunk.find(end)
            if at >= 0:
                self._rest = chunk[at + 1 :]
                parts.append(chunk[: at + 1])
                return b"".join(parts)
            parts.append(chunk)
            size += len(chunk)
            if not chunk or size > _MAX_LINE:
                return b"".join(parts)


class FileWriter(Writer):
    """A file of the phone, opened for writing. What is written gets there when the shell does something else."""

    def __init__(self, session: Session, path: str, uid: int) -> None:
        self._session = session
        self._path = path
        self._uid = uid
        self._parts: list[bytes] = []
        self._size = 0
        self._written = 0

    def write(self, data: bytes) -> None:
        if not self._parts:
            self._session.unwritten.add(self)
        self._parts.append(data)
        self._size += len(data)
        if self._written + self._size > _MAX_FILE:
            raise StreamClosed
        # In growing pieces: adding to a file copies what is there.
        if self._size > max(_CHUNK, self._written):
            self.flush()

    def flush(self) -> None:
        """Add to the file what has been written. A file that is gone by now loses it."""
        data = b"".join(self._parts)
        self._parts.clear()
        self._written += self._size
        self._size = 0
        self._session.unwritten.discard(self)
        if data:
            try:
                self._session.system.files.write(self._path, data, append=True, uid=self._uid)
            except FsError as error:
                raise StreamClosed from error


class Output(NullWriter):
    """A closed descriptor: what is written is lost."""

    @staticmethod
    def of(stream: Reader | Writer | None) -> Writer:
        """The stream, if it can be written to."""
        return stream if isinstance(stream, Writer) else _CLOSED


_CLOSED: Final = Output()
