"""The launcher: home screen, app drawer, recents, wallpaper."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.launcher.store import DATABASE, PACKAGE, SCHEMA
from mobilegym.emulator.phone.kernel.intents import HOME, MAIN, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Later, Manifest

__all__ = ["MANIFEST"]

MANIFEST: Final = Manifest(
    package=PACKAGE,
    label="Pixel Launcher",
    icon=AppIcon("home-variant", 0xFF4285F4),
    activities=(
        ActivityInfo(
            Later(f"{__name__}.home:Launcher", "com.google.android.apps.nexuslauncher.NexusLauncherActivity"),
            (IntentFilter((MAIN,), categories=(HOME,)),),
            single_top=True,
        ),
        ActivityInfo(
            Later(f"{__name__}.personal:WallpaperPicker", "com.android.customization.picker.CustomizationPickerActivity"),
            (IntentFilter(("android.intent.action.SET_WALLPAPER",)),),
            label="Wallpaper & style",
        ),
        ActivityInfo(
            Later(f"{__name__}.personal:HomeSettings", "com.android.launcher3.settings.SettingsActivity"),
            (IntentFilter(("android.intent.action.APPLICATION_PREFERENCES",)),),
            label="Home settings",
        ),
    ),
    databases={DATABASE: SCHEMA},
    seed=Later(f"{__name__}.store:seed"),
)
