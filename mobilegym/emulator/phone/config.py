"""How a virtual phone is set up. Equal configurations with equal seeds give equal phones."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PhoneConfig"]


@dataclass(frozen=True, slots=True)
class PhoneConfig:
    """A Pixel with Android 14. Every field may be varied at no cost: nothing is rebuilt but what is looked at."""

    width: int = 1080
    """Device px in portrait."""
    height: int = 2400
    density: int = 420
    """Dots per inch; 160 is 1 px per dp. The owner's display size setting overrides it."""
    dark: bool = False
    font_scale: float = 1.0
    locale: str = "en-US"
    time_zone: str = "America/New_York"
    start_ms: int = 1_773_235_800_000
    """Virtual epoch ms at boot: by default Wednesday 2026-03-11 09:30 in New York."""
    use_24h: bool = False
    model: str = "Pixel 7"
    serial: str = "mobilegym-0"
    stay_awake: bool = True
    """The screen stays on while nobody touches it, as test devices are set up; False obeys the screen timeout."""
    locked: bool = False
    """Whether it starts on the lock screen."""
    settings: tuple[tuple[str, str], ...] = ()
    """Overrides, pairs of `namespace/key` and value, for instance `(("system/screen_brightness", "30"),)`."""
    fonts: tuple[str, ...] = ()
    """Paths of extra font files to fall back to, in order (CJK, emoji)."""
