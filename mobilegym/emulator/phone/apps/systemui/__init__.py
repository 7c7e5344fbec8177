"""System UI: status bar, shade with quick settings, lock screen, volume panel, power menu, banners and toasts."""

from __future__ import annotations

from typing import Any, Final

from mobilegym.emulator.phone.apps.systemui.status_bar import NavigationBar, StatusBar
from mobilegym.emulator.phone.apps.systemui.toast import Toast
from mobilegym.emulator.phone.kernel.manifest import AppIcon, Manifest
from mobilegym.emulator.phone.kernel.surface import Surface

__all__ = ["MANIFEST", "SURFACES"]

SURFACES: Final[dict[str, type[Surface[Any]]]] = {
    "status_bar": StatusBar, "navigation_bar": NavigationBar, "toast": Toast,
}  # fmt: skip
"""The windows that System UI shows, by the kernel's names."""

MANIFEST: Final = Manifest(package="com.android.systemui", label="System UI", icon=AppIcon("android", 0xFF3DDC84))
