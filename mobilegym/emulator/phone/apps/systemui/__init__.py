"""System UI: status bar, shade with quick settings, lock screen, volume panel, power menu, banners and toasts."""

from __future__ import annotations

from typing import Any, Final

from mobilegym.emulator.phone.apps.systemui.heads_up import HeadsUp
from mobilegym.emulator.phone.apps.systemui.keyguard import Keyguard
from mobilegym.emulator.phone.apps.systemui.power_menu import PowerMenu
from mobilegym.emulator.phone.apps.systemui.shade import Shade
from mobilegym.emulator.phone.apps.systemui.status_bar import NavigationBar, StatusBar
from mobilegym.emulator.phone.apps.systemui.toast import Toast
from mobilegym.emulator.phone.apps.systemui.volume import Volume, VolumePanel
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Later, Manifest
from mobilegym.emulator.phone.kernel.surface import Surface

__all__ = ["MANIFEST", "SURFACES", "VolumePanel"]

SURFACES: Final[dict[str, type[Surface[Any]]]] = {
    "status_bar": StatusBar,
    "navigation_bar": NavigationBar,
    "heads_up": HeadsUp,
    "volume": Volume,
    "shade": Shade,
    "keyguard": Keyguard,
    "power_menu": PowerMenu,
    "toast": Toast,
}
"""The windows that System UI shows, by the kernel's names."""

MANIFEST: Final = Manifest(
    package="com.android.systemui",
    label="System UI",
    icon=AppIcon("android", 0xFF3DDC84),
    activities=(ActivityInfo(Later(f"{__name__}.volume:VolumePanel", "com.android.systemui.volume.VolumePanelDialog")),),
)
