"""The launcher: home screen, app drawer, recents, wallpaper."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.launcher.home import Launcher
from mobilegym.emulator.phone.apps.launcher.personal import HomeSettings, WallpaperPicker
from mobilegym.emulator.phone.apps.launcher.store import DATABASE, PACKAGE, SCHEMA, seed
from mobilegym.emulator.phone.kernel.intents import HOME, MAIN, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Manifest

__all__ = ["MANIFEST"]

MANIFEST: Final = Manifest(
    package=PACKAGE,
    label="Pixel Launcher",
    icon=AppIcon("home-variant", 0xFF4285F4),
    activities=(
        ActivityInfo(Launcher, (IntentFilter((MAIN,), categories=(HOME,)),), single_top=True),
        ActivityInfo(WallpaperPicker, (IntentFilter(("android.intent.action.SET_WALLPAPER",)),), label="Wallpaper & style"),
        ActivityInfo(HomeSettings, (IntentFilter(("android.intent.action.APPLICATION_PREFERENCES",)),), label="Home settings"),
    ),
    databases={DATABASE: SCHEMA},
    seed=seed,
)
