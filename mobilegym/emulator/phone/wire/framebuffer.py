"""adb's `framebuffer:` service: raw pictures of the screen."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

import numpy as np

from mobilegym.emulator.phone.wire.stream import Stream

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["framebuffer_service"]

_VERSION: Final = 2
_BITS: Final = 32
_SRGB: Final = 1
_HEADER: Final = struct.Struct("<14I")


async def framebuffer_service(system: System, stream: Stream) -> None:
    """Send the header, then the pixels: RGBA, 4 bytes each."""
    pixels = system.phone.render()
    height, width, _ = pixels.shape
    red, green, blue, alpha = (0, 8), (8, 8), (16, 8), (24, 8)
    # Android's order: red, blue, green, alpha.
    stream.write(_HEADER.pack(_VERSION, _BITS, _SRGB, width * height * 4, width, height, *red, *blue, *green, *alpha))
    stream.write(np.dstack((pixels, np.full((height, width), 255, np.uint8))).tobytes())
    await stream.drain()
