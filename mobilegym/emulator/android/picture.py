"""Pictures of a real phone's screen."""

from __future__ import annotations

import io
import struct
from functools import cache
from typing import Any, Final

import numpy as np

from mobilegym.emulator.device import PixelSize
from mobilegym.errors import DeviceError, MissingPrerequisite
from mobilegym.observation import Pixels

__all__ = ["cv2", "fitted", "read_picture"]

_RGBA, _RGBX, _RGB = 1, 2, 3
_HEADERS: Final = (16, 12)
"""Sizes of the header of a raw picture: since Android 9 it has the colour space."""


@cache
def cv2() -> Any:
    """OpenCV.

    Raises:
        MissingPrerequisite: It is not installed.
    """
    try:
        import cv2 as module
    except ImportError as error:
        raise MissingPrerequisite("real phones need OpenCV: `pip install 'mobilegym[adb]'`") from error
    return module


def read_picture(data: bytes) -> Pixels:
    """What `screencap` (raw) or `screencap -p` (PNG) wrote, as `(H, W, 3) uint8`.

    Raises:
        DeviceError: It is neither.
    """
    at = data.find(b"\x89PNG\r\n\x1a\n", 0, 2000)
    if at >= 0:
        return _png(data[at:])
    if len(data) >= 12:
        width, height, kind = struct.unpack_from("<III", data)
        depth = {_RGBA: 4, _RGBX: 4, _RGB: 3}.get(kind, 0)
        for header in _HEADERS:
            if depth and len(data) == header + width * height * depth:
                return np.ascontiguousarray(np.frombuffer(data, np.uint8, offset=header).reshape(height, width, depth)[:, :, :3])
    raise DeviceError(f"the phone gave no picture: {data[:100]!r}")


def _png(data: bytes) -> Pixels:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            return np.asarray(image.convert("RGB"), np.uint8)
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise DeviceError(f"the phone's picture cannot be read: {error}") from error


def fitted(picture: Pixels, size: PixelSize) -> Pixels:
    """The picture at a size; one of another shape holds the whole screen in its middle, on black."""
    height, width = picture.shape[:2]
    if (height, width) == size:
        return picture
    scale = min(size[0] / height, size[1] / width)
    inner = max(1, round(height * scale)), max(1, round(width * scale))
    if abs(inner[0] - size[0]) <= 1 and abs(inner[1] - size[1]) <= 1:
        return _resized(picture, size)
    canvas = np.zeros((*size, 3), np.uint8)
    top, left = (size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2
    canvas[top : top + inner[0], left : left + inner[1]] = _resized(picture, inner)
    return canvas


def _resized(picture: Pixels, size: PixelSize) -> Pixels:
    smaller = size[0] < picture.shape[0] or size[1] < picture.shape[1]
    how = cv2().INTER_AREA if smaller else cv2().INTER_LINEAR
    return np.asarray(cv2().resize(picture, (size[1], size[0]), interpolation=how), np.uint8)
