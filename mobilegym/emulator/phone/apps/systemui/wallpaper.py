"""The wallpapers on offer, and the colour of text over them."""

from __future__ import annotations

from typing import Final, NamedTuple

from mobilegym.emulator.phone.kernel.kernel import Kernel
from mobilegym.emulator.phone.ui.theme import Color

__all__ = ["WALLPAPERS", "WALLPAPER_KEY", "Wallpaper", "ink"]

WALLPAPER_KEY: Final = "mobilegym_wallpaper"
"""System setting that holds the scene; without it the wallpaper follows the theme."""
_DARK_INK: Final = 0xFF1B1C1F


class Wallpaper(NamedTuple):
    """A wallpaper."""

    scene: str
    label: str
    light: bool
    """Whether its upper half is so light that text on it is dark."""


WALLPAPERS: Final = (
    Wallpaper("wallpaper", "Blue hills", True),
    Wallpaper("wallpaper_dark", "Night", False),
    Wallpaper("wallpaper_warm", "Warm", True),
    Wallpaper("wallpaper_green", "Green", True),
    Wallpaper("mountains", "Mountains", True),
    Wallpaper("forest", "Forest", True),
    Wallpaper("sunset", "Sunset", False),
    Wallpaper("skyline", "City", False),
)
_LIGHT: Final = frozenset(w.scene for w in WALLPAPERS if w.light)


def ink(kernel: Kernel) -> Color:
    """Colour of text on the upper half of the wallpaper."""
    return _DARK_INK if kernel.wallpaper()[1] in _LIGHT else "white"
