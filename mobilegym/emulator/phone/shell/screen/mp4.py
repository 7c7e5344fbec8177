"""A small MP4 writer: a picture track of JPEG frames, each shown for as long as it was on the screen."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final, NamedTuple

__all__ = ["Frame", "write_mp4"]

_TIMESCALE: Final = 1000
_MATRIX: Final = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_JPEG: Final = 0x6C
"""MPEG-4's number of JPEG among the kinds of a visual stream."""


class Frame(NamedTuple):
    """A picture of the film."""

    jpeg: bytes
    ms: int
    """How long it is shown, at least 1."""


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def _full(kind: bytes, *parts: bytes, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", flags), *parts)


def _descriptor(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">BB", tag, len(body)) + body


def _sample_entry(width: int, height: int) -> bytes:
    config = _descriptor(4, struct.pack(">BBBHII", _JPEG, 0x11, 0, 0, 0, 0))
    esds = _full(b"esds", _descriptor(3, struct.pack(">HB", 1, 0), config, _descriptor(6, b"\x02")))
    visual = struct.pack(">6xH16xHHIIIH32sHh", 1, width, height, 0x480000, 0x480000, 0, 1, b"", 24, -1)
    return _box(b"mp4v", visual, esds)


def _times(frames: Sequence[Frame]) -> bytes:
    runs: list[list[int]] = []
    for frame in frames:
        if runs and runs[-1][1] == frame.ms:
            runs[-1][0] += 1
        else:
            runs.append([1, frame.ms])
    return struct.pack(">I", len(runs)) + b"".join(struct.pack(">II", count, ms) for count, ms in runs)


def write_mp4(frames: Sequence[Frame], width: int, height: int, made_s: int) -> bytes:
    """The film as a file.

    Args:
        frames: At least one, all of the same size.
        width: Of the pictures, px.
        height: Of the pictures, px.
        made_s: When it was made, Unix seconds.
    """
    made = (made_s + 2_082_844_800) & 0xFFFFFFFF  # MP4 counts from 1904
    duration = sum(frame.ms for frame in frames)
    head = _box(b"ftyp", b"isom\0\0\x02\0isomiso2mp41")
    data = b"".join(frame.jpeg for frame in frames)
    sizes = b"".join(struct.pack(">I", len(frame.jpeg)) for frame in frames)
    table = _box(
        b"stbl",
        _full(b"stsd", struct.pack(">I", 1), _sample_entry(width, height)),
        _full(b"stts", _times(frames)),
        _full(b"stsc", struct.pack(">IIII", 1, 1, len(frames), 1)),
        _full(b"stsz", struct.pack(">II", 0, len(frames)), sizes),
        _full(b"stco", struct.pack(">II", 1, len(head) + 8)),
    )
    media = _box(
        b"mdia",
        _full(b"mdhd", struct.pack(">IIIIHH", made, made, _TIMESCALE, duration, 0x55C4, 0)),
        _full(b"hdlr", struct.pack(">I4s12x", 0, b"vide"), b"VideoHandle\0"),
        _box(
            b"minf",
            _full(b"vmhd", struct.pack(">HHHH", 0, 0, 0, 0), flags=1),
            _box(b"dinf", _full(b"dref", struct.pack(">I", 1), _full(b"url ", flags=1))),
            table,
        ),
    )
    track = _full(
        b"tkhd", struct.pack(">IIIII8xHHHH", made, made, 1, 0, duration, 0, 0, 0, 0), _MATRIX,
        struct.pack(">II", width << 16, height << 16), flags=3,
    )  # fmt: skip
    movie = _full(
        b"mvhd", struct.pack(">IIIIIH10x", made, made, _TIMESCALE, duration, 0x10000, 0x100), _MATRIX, bytes(24), struct.pack(">I", 2)
    )
    return head + _box(b"mdat", data) + _box(b"moov", movie, _box(b"trak", track, media))
