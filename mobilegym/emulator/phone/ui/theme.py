"""Material 3 colour roles and type scale, and the screen configuration that layout depends on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from mobilegym.emulator.phone.ui.text import TextStyle

__all__ = ["DARK", "LIGHT", "TYPE_SCALE", "Color", "TypeRole", "Ui", "blend", "with_alpha"]

Color: TypeAlias = int | str
"""ARGB as `0xAARRGGBB`, or the name of a role of the theme (`primary`, `on_surface`, …)."""

_LIGHT = {
    "primary": 0xFF415F91, "on_primary": 0xFFFFFFFF, "primary_container": 0xFFD6E3FF, "on_primary_container": 0xFF284777,
    "secondary": 0xFF565F71, "on_secondary": 0xFFFFFFFF, "secondary_container": 0xFFDAE2F9, "on_secondary_container": 0xFF3E4759,
    "tertiary": 0xFF705575, "on_tertiary": 0xFFFFFFFF, "tertiary_container": 0xFFFAD8FD, "on_tertiary_container": 0xFF573E5C,
    "error": 0xFFBA1A1A, "on_error": 0xFFFFFFFF, "error_container": 0xFFFFDAD6, "on_error_container": 0xFF93000A,
    "background": 0xFFF9F9FF, "on_background": 0xFF191C20, "surface": 0xFFF9F9FF, "on_surface": 0xFF191C20,
    "surface_variant": 0xFFE0E2EC, "on_surface_variant": 0xFF44474E, "outline": 0xFF74777F, "outline_variant": 0xFFC4C6D0,
    "surface_dim": 0xFFD9D9E0, "surface_bright": 0xFFF9F9FF, "surface_container_lowest": 0xFFFFFFFF,
    "surface_container_low": 0xFFF3F3FA, "surface_container": 0xFFEDEDF4, "surface_container_high": 0xFFE7E8EE,
    "surface_container_highest": 0xFFE2E2E9, "inverse_surface": 0xFF2E3036, "inverse_on_surface": 0xFFF0F0F7,
    "inverse_primary": 0xFFAAC7FF, "scrim": 0x52000000, "positive": 0xFF1E8E3E, "on_positive": 0xFFFFFFFF, "link": 0xFF0B57D0,
    "shade": 0xFFF0F0F7, "transparent": 0x00000000, "white": 0xFFFFFFFF, "black": 0xFF000000,
}  # fmt: skip
_DARK = {
    "primary": 0xFFAAC7FF, "on_primary": 0xFF0A305F, "primary_container": 0xFF284777, "on_primary_container": 0xFFD6E3FF,
    "secondary": 0xFFBEC6DC, "on_secondary": 0xFF283141, "secondary_container": 0xFF3E4759, "on_secondary_container": 0xFFDAE2F9,
    "tertiary": 0xFFDDBCE0, "on_tertiary": 0xFF3F2844, "tertiary_container": 0xFF573E5C, "on_tertiary_container": 0xFFFAD8FD,
    "error": 0xFFFFB4AB, "on_error": 0xFF690005, "error_container": 0xFF93000A, "on_error_container": 0xFFFFDAD6,
    "background": 0xFF111318, "on_background": 0xFFE2E2E9, "surface": 0xFF111318, "on_surface": 0xFFE2E2E9,
    "surface_variant": 0xFF44474E, "on_surface_variant": 0xFFC4C6D0, "outline": 0xFF8E9099, "outline_variant": 0xFF44474E,
    "surface_dim": 0xFF111318, "surface_bright": 0xFF37393E, "surface_container_lowest": 0xFF0C0E13,
    "surface_container_low": 0xFF191C20, "surface_container": 0xFF1D2024, "surface_container_high": 0xFF282A2F,
    "surface_container_highest": 0xFF33353A, "inverse_surface": 0xFFE2E2E9, "inverse_on_surface": 0xFF2E3036,
    "inverse_primary": 0xFF415F91, "scrim": 0x99000000, "positive": 0xFF6DD58C, "on_positive": 0xFF0A3818, "link": 0xFFA8C7FA,
    "shade": 0xFF0C0E13, "transparent": 0x00000000, "white": 0xFFFFFFFF, "black": 0xFF000000,
}  # fmt: skip
LIGHT: Final = MappingProxyType(_LIGHT)
"""Colour roles of the light theme."""
DARK: Final = MappingProxyType(_DARK)
"""Colour roles of the dark theme; the same names as `LIGHT`."""


class TypeRole(NamedTuple):
    """One step of the type scale; sizes in sp."""

    size: float
    weight: str
    line_height: float


TYPE_SCALE: Final = MappingProxyType(
    {
        "display_large": TypeRole(57, "regular", 64),
        "display_medium": TypeRole(45, "regular", 52),
        "display_small": TypeRole(36, "regular", 44),
        "headline_large": TypeRole(32, "regular", 40),
        "headline_medium": TypeRole(28, "regular", 36),
        "headline_small": TypeRole(24, "regular", 32),
        "title_large": TypeRole(22, "regular", 28),
        "title_medium": TypeRole(16, "medium", 24),
        "title_small": TypeRole(14, "medium", 20),
        "body_large": TypeRole(16, "regular", 24),
        "body_medium": TypeRole(14, "regular", 20),
        "body_small": TypeRole(12, "regular", 16),
        "label_large": TypeRole(14, "medium", 20),
        "label_medium": TypeRole(12, "medium", 16),
        "label_small": TypeRole(11, "medium", 16),
    }
)
"""Material 3 type scale by role name."""


@dataclass(frozen=True, slots=True, eq=False)
class Ui:
    """The configuration a screen is laid out for. Interned: equal configurations are the same object (`Ui.of`)."""

    width: int
    """Screen width in device px, in the current orientation."""
    height: int
    density: int
    """Dots per inch."""
    font_scale: float
    dark: bool
    use_24h: bool
    locale: str
    status_bar: int
    """Height in px."""
    navigation_bar: int
    keyboard: int
    """Height of the on-screen keyboard above the navigation bar, px."""
    colors: MappingProxyType[str, int]
    scale: float
    """px per dp."""

    @staticmethod
    @lru_cache(maxsize=256)
    def of(*, width: int, height: int, density: int, font_scale: float, dark: bool, use_24h: bool, locale: str) -> Ui:
        """The configuration with these values."""
        scale = density / 160
        landscape = width > height
        return Ui(
            width=width, height=height, density=density, font_scale=font_scale, dark=dark, use_24h=use_24h, locale=locale,
            status_bar=round(28 * 2.625) if landscape else 132, navigation_bar=63,
            keyboard=min(round(272 * scale), height // 2), colors=DARK if dark else LIGHT, scale=scale,
        )  # fmt: skip

    def px(self, dp: float) -> int:
        """Whole device pixels for a length in dp."""
        return int(dp * self.scale + 0.5)

    def color(self, color: Color) -> int:
        """ARGB of a role or of a literal colour."""
        return color if isinstance(color, int) else self.colors[color]

    def style(self, size: float, weight: str) -> TextStyle:
        """Text style for a size in sp."""
        return TextStyle(round(size * self.font_scale * self.scale, 2), weight)


def blend(over: int, under: int, share: float) -> int:
    """`over` at `share` (0–1) opacity on the opaque colour `under`; integer arithmetic, so equal everywhere."""
    part = round(share * 255)

    def mix(shift: int) -> int:
        return (((over >> shift) & 255) * part + ((under >> shift) & 255) * (255 - part) + 127) // 255

    return 0xFF000000 | mix(16) << 16 | mix(8) << 8 | mix(0)


def with_alpha(color: int, share: float) -> int:
    """The colour at `share` (0–1) opacity."""
    return (round(share * 255) << 24) | (color & 0xFFFFFF)
