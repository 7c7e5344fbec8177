"""A small, fast PNG writer for RGB pictures; `isal` is used if it is installed."""

from __future__ import annotations

import importlib
import struct
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["encode"]


@cache
def _compressor() -> Callable[[memoryview, int], bytes]:
    try:
        isal: Any = importlib.import_module("isal.isal_zlib")
    except ImportError:
        return zlib.compress
    return lambda data, level: bytes(isal.compress(data, min(level, 3)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return b"".join((struct.pack(">I", len(data)), kind, data, struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))))


def encode(array: NDArray[np.uint8], level: int = 1) -> bytes:
    """A PNG file of a picture.

    The file's bytes may differ between machines, because compressors do; its pixels do not.

    Args:
        array: `(H, W, 3)` uint8, RGB.
        level: Effort, 1 (fast) to 9 (small).

    Raises:
        ValueError: The array is of another shape or type.
    """
    if array.ndim != 3 or array.shape[2] != 3 or array.dtype != np.uint8 or 0 in array.shape:
        raise ValueError(f"A picture is an array (H, W, 3) of uint8, not {array.shape} of {array.dtype}")
    height, width, _ = array.shape
    rows = array.reshape(height, width * 3)
    lines = np.empty((height, width * 3 + 1), np.uint8)
    # Filter "up" turns flat areas and vertical edges into runs of zeros.
    lines[:, 0] = 2
    lines[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=lines[1:, 1:])
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = _compressor()(lines.data.cast("B"), level)
    return b"".join((b"\x89PNG\r\n\x1a\n", _chunk(b"IHDR", header), _chunk(b"IDAT", body), _chunk(b"IEND", b"")))
