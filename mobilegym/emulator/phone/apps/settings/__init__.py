"""Settings: every page by which an owner changes the phone by hand."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.catalog import ACTIONS, PACKAGE_ACTIONS
from mobilegym.emulator.phone.apps.settings.home import SearchPage, Settings
from mobilegym.emulator.phone.apps.settings.lock import ConfirmLock, SetPin
from mobilegym.emulator.phone.apps.settings.page import SubSettings
from mobilegym.emulator.phone.apps.settings.schedules import receive
from mobilegym.emulator.phone.kernel.intents import LAUNCHER, MAIN, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Manifest

__all__ = ["MANIFEST"]

MANIFEST: Final = Manifest(
    package="com.android.settings",
    label="Settings",
    icon=AppIcon("cog", 0xFF5F6368),
    activities=(
        ActivityInfo(Settings, (IntentFilter((MAIN,), categories=(LAUNCHER,)), IntentFilter(("android.settings.SETTINGS",)))),
        ActivityInfo(SubSettings, (IntentFilter((*ACTIONS, *PACKAGE_ACTIONS)), IntentFilter(tuple(PACKAGE_ACTIONS), schemes=("package",)))),
        ActivityInfo(SearchPage, (IntentFilter(("android.settings.APP_SEARCH_SETTINGS",)),)),
        ActivityInfo(SetPin),
        ActivityInfo(ConfirmLock),
    ),
    receive=receive,
    version="14",
)
