"""How much room things take on the phone's storage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zlib import crc32

if TYPE_CHECKING:
    from mobilegym.emulator.phone.apps.settings.page import Page

__all__ = ["CACHE_CLEARED", "TOTAL_BYTES", "app_bytes", "app_size", "cache_bytes", "data_bytes", "human_size", "kind_bytes", "used_bytes"]

TOTAL_BYTES: Final = 128_000_000_000
_SYSTEM_BYTES: Final = 15_800_000_000
CACHE_CLEARED: Final = "mobilegym_cache_cleared"
"""Setting of table global: packages, joined by colons, whose cache was cleared."""
_KINDS: Final = {
    "images": (".jpg", ".jpeg", ".png", ".webp", ".gif"),
    "videos": (".mp4", ".mkv", ".webm"),
    "audio": (".mp3", ".ogg", ".wav", ".m4a"),
}


def human_size(size: float) -> str:
    """`4.2 GB`, in powers of ten as Android's storage page has it."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= factor:
            value = size / factor
            return f"{value:.2f} {unit}" if value < 10 else f"{value:.1f} {unit}" if value < 100 else f"{value:.0f} {unit}"
    return f"{size:.0f} B"


def app_size(package: str) -> int:
    """Bytes of the installed app itself: made up, but always the same."""
    return 8_000_000 + crc32(package.encode()) % 150_000_000


def data_bytes(page: Page, package: str) -> int:
    """Bytes of an app's databases and private files."""
    kernel = page.kernel
    files = (
        sum(s.size for s in kernel.files.walk(f"/data/data/{package}") if not s.is_dir)
        if kernel.files.exists(f"/data/data/{package}")
        else 0
    )
    return files + sum(len(kernel.databases.read_file(package, name)) for name in kernel.databases.names(package))


def cache_bytes(page: Page, package: str) -> int:
    """Bytes of an app's cache; none after it was cleared."""
    if package in page.setting("global", CACHE_CLEARED).split(":"):
        return 0
    return 120_000 + crc32(b"cache" + package.encode()) % 9_000_000


def app_bytes(page: Page, package: str) -> int:
    """All that an app takes, but for its data: what the list of apps shows."""
    return app_size(package) + cache_bytes(page, package)


def kind_bytes(page: Page) -> dict[str, int]:
    """Bytes by kind: `images`, `videos`, `audio`, `documents`, `apps`, `system`."""
    found = dict.fromkeys((*_KINDS, "documents"), 0)
    for stat in page.kernel.files.walk("/sdcard"):
        if not stat.is_dir:
            lower = stat.path.lower()
            found[next((k for k, ends in _KINDS.items() if lower.endswith(ends)), "documents")] += stat.size
    found["apps"] = sum(app_bytes(page, package) for package in page.kernel.packages.names())
    found["system"] = _SYSTEM_BYTES
    return found


def used_bytes(page: Page) -> int:
    """Bytes in use in all."""
    return sum(kind_bytes(page).values())
