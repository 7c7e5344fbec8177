"""What a file's name and first bytes say about it."""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

__all__ = ["MediaInfo", "media_info", "mime_of"]

_MIMES: Final = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "bmp": "image/bmp",
    "heic": "image/heic", "svg": "image/svg+xml", "mp4": "video/mp4", "m4v": "video/mp4", "3gp": "video/3gpp", "webm": "video/webm",
    "mkv": "video/x-matroska", "mov": "video/quicktime", "mp3": "audio/mpeg", "m4a": "audio/mp4", "aac": "audio/aac", "wav": "audio/x-wav",
    "ogg": "audio/ogg", "oga": "audio/ogg", "flac": "audio/flac", "amr": "audio/amr", "mid": "audio/midi", "opus": "audio/opus",
    "txt": "text/plain", "md": "text/markdown", "csv": "text/csv", "html": "text/html", "htm": "text/html", "xml": "text/xml",
    "json": "application/json", "pdf": "application/pdf", "zip": "application/zip", "apk": "application/vnd.android.package-archive",
    "doc": "application/msword", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint", "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "ics": "text/calendar", "vcf": "text/x-vcard", "m3u": "audio/x-mpegurl", "srt": "application/x-subrip", "epub": "application/epub+zip",
}  # fmt: skip
_DOCUMENTS: Final = frozenset({"application/pdf", "application/msword", "application/epub+zip", "application/json", "text/plain",
                               "text/markdown", "text/csv", "text/html", "text/xml", "text/calendar"})  # fmt: skip


class MediaInfo(NamedTuple):
    """What the media store wants to know of a file."""

    mime: str
    media_type: int
    """0 none, 1 image, 2 audio, 3 video, 4 playlist, 5 subtitle, 6 document."""
    width: int | None = None
    height: int | None = None
    duration_ms: int | None = None


def mime_of(name: str) -> str:
    """Mime type by a file name's ending; `application/octet-stream` where it is unknown."""
    return _MIMES.get(name.rpartition(".")[2].lower(), "application/octet-stream") if "." in name else "application/octet-stream"


def media_info(name: str, data: bytes) -> MediaInfo:
    """Kind, size and length of a file."""
    mime = mime_of(name)
    kind = _kind(mime)
    if kind == 1:
        size = _image_size(data)
        return MediaInfo(mime, 1, *(size or (None, None)))
    if kind in {2, 3}:
        return MediaInfo(mime, kind, duration_ms=_wav_ms(data) if mime == "audio/x-wav" else _mp4_ms(data))
    return MediaInfo(mime, kind)


def _kind(mime: str) -> int:
    if mime == "audio/x-mpegurl":
        return 4
    if mime == "application/x-subrip":
        return 5
    kinds = {"image": 1, "audio": 2, "video": 3}
    return kinds.get(mime.partition("/")[0], 6 if mime in _DOCUMENTS or "officedocument" in mime or "ms-" in mime else 0)


def _image_size(data: bytes) -> tuple[int, int] | None:
    """`(width, height)` in pixels, or None where the header is none that is known."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return struct.unpack(">II", data[16:24])
        if data[:6] in {b"GIF87a", b"GIF89a"}:
            return struct.unpack("<HH", data[6:10])
        if data.startswith(b"BM"):
            width, height = struct.unpack("<ii", data[18:26])
            return width, abs(height)
        if data.startswith(b"\xff\xd8"):
            return _jpeg_size(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp_size(data)
    except struct.error:
        return None
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 <= len(data):
        marker, length = data[place + 1], struct.unpack(">H", data[place + 2 : place + 4])[0]
        if data[place] != 0xFF:
            return None
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    if data[12:16] == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if data[12:16] == b"VP8 ":
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _wav_ms(data: bytes) -> int | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE" or len(data) < 44:
        return None
    bytes_per_second = struct.unpack("<I", data[28:32])[0]
    return (len(data) - 44) * 1000 // bytes_per_second if bytes_per_second else None


def _mp4_ms(data: bytes) -> int | None:
    place = data.find(b"mvhd")
    if place < 0 or len(data) < place + 32:
        return None
    if data[place + 4] == 1:
        scale, length = struct.unpack(">IQ", data[place + 24 : place + 36].ljust(12, b"\0"))
    else:
        scale, length = struct.unpack(">II", data[place + 16 : place + 24])
    return length * 1000 // scale if scale else None
