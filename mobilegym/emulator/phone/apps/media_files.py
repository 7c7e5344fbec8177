"""Files that are pictures and videos: what to draw for them, how to make them, and how apps name them in intents."""

from __future__ import annotations

import posixpath
import struct
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from mobilegym.emulator.phone.ui.images import ImageKey, file_key, store
from mobilegym.errors import DeviceError, NotFound

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.files import FileSystem
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["GONE", "broken", "clock_length", "file_size", "file_uri", "make_video", "picture", "uri_path"]

_POSTER: Final = b"thmb"
"""Box of a made video that holds its only picture, a JPEG."""
GONE: Final[bytes] = b"\0"
"""Stands for bytes that are no picture; drawn as the broken-picture placeholder."""
_UNITS: Final = ("B", "kB", "MB", "GB", "TB")


@lru_cache(maxsize=512)
def _poster(data: bytes) -> bytes:
    at = data.find(_POSTER)
    return data[at + 4 :] if at >= 0 else GONE


def _registered(data: bytes) -> ImageKey:
    return file_key(_poster(data) if data[4:8] == b"ftyp" else data)


def picture(files: FileSystem, path: str) -> ImageKey:
    """Image key of a picture, or of the picture in a video; a broken one where there is no such file."""
    try:
        return _registered(files.read(path))
    except (NotFound, DeviceError):
        return _registered(GONE)


def broken(files: FileSystem, path: str) -> bool:
    """Whether the file cannot be shown as a picture."""
    return _unreadable(picture(files, path))


@lru_cache(maxsize=4096)
def _unreadable(key: ImageKey) -> bool:
    return store().size(key) is None


def make_video(duration_ms: int, poster: bytes) -> bytes:
    """A small MP4: its header says how long it is, its only picture is the JPEG `poster`."""
    header = struct.pack(">IIIIIIHH", 0, 0, 0, 1000, duration_ms, 0x00010000, 0x0100, 0) + bytes(72) + struct.pack(">I", 2)
    movie = _box(b"moov", _box(b"mvhd", header))
    return _box(b"ftyp", b"isom\0\0\2\0isommp42") + movie + _box(b"mdat", b"") + _box(_POSTER, poster)


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


def file_uri(path: str) -> str:
    """The URI by which a file is given to another app."""
    return f"file://{path}"


def uri_path(kernel: Kernel, uri: str) -> str:
    """Path of the file that a `file:` or media URI, or a bare path, names.

    Raises:
        NotFound: It names none.
    """
    if uri.startswith("content://media/") and uri.rpartition("/")[2].isdigit():
        return kernel.content.media.get(int(uri.rpartition("/")[2])).path
    path = uri.removeprefix("file://")
    for candidate in (path, unquote(path)):
        if candidate.startswith("/") and kernel.files.exists(candidate):
            return posixpath.normpath(kernel.files.stat(candidate).path)
    raise NotFound(f"{uri!r} names no file of this phone")


def file_size(size: float) -> str:
    """`21 B`, `13.84 kB`: as Android's own formatter writes it."""
    value, unit = float(size), 0
    while value > 900 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.0f} {_UNITS[unit]}" if unit == 0 or value >= 100 else f"{value:.2f} {_UNITS[unit]}"


def clock_length(ms: int) -> str:
    """`01:05`, `1:00:05`."""
    seconds = ms // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes:02d}:{seconds % 60:02d}"
