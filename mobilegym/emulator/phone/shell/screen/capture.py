"""Pictures of the screen as files. What has not changed since the last one is not compressed again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from mobilegym.emulator.phone.ui.paint import renderer
from mobilegym.emulator.phone.ui.png import PngEncoder
from mobilegym.observation import Pixels

if TYPE_CHECKING:
    from mobilegym.emulator.phone.device import VirtualPhone

__all__ = ["frame", "screen_png", "screen_raw"]

_ENCODER: Final = PngEncoder()


def frame(phone: VirtualPhone) -> tuple[Any, ...]:
    """What is on the screen: equal for equal pictures."""
    ui = phone.kernel.ui
    return (ui.width, ui.height, *phone.kernel.windows.display_list())


def screen_png(phone: VirtualPhone) -> bytes:
    """The screen as a PNG file, device px."""
    ui = phone.kernel.ui
    background, ops = phone.kernel.windows.display_list()
    return _ENCODER.encode(renderer().strips(ops, ui.width, ui.height, background), ui.width)


def screen_raw(phone: VirtualPhone) -> bytes:
    """The screen as `screencap` writes it without `-p`: width, height, format, colour space (u32 each), then RGBA rows."""
    pixels: Pixels = phone.render()
    height, width, _ = pixels.shape
    rgba = np.empty((height, width, 4), np.uint8)
    rgba[:, :, :3] = pixels
    rgba[:, :, 3] = 255
    return np.array([width, height, 1, 1], "<u4").tobytes() + rgba.tobytes()
