"""Settings: every page by which an owner changes the phone by hand."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.actions import ACTIONS, PACKAGE_ACTIONS
from mobilegym.emulator.phone.kernel.intents import LAUNCHER, MAIN, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Later, Manifest

__all__ = ["MANIFEST"]

MANIFEST: Final = Manifest(
    package="com.android.settings",
    label="Settings",
    icon=AppIcon("cog", 0xFF5F6368),
    activities=(
        ActivityInfo(
            Later(f"{__name__}.home:Settings", "com.android.settings.Settings"),
            (IntentFilter((MAIN,), categories=(LAUNCHER,)), IntentFilter(("android.settings.SETTINGS",))),
        ),
        ActivityInfo(
            Later(f"{__name__}.page:SubSettings", "com.android.settings.SubSettings"),
            (IntentFilter((*ACTIONS, *PACKAGE_ACTIONS)), IntentFilter(tuple(PACKAGE_ACTIONS), schemes=("package",))),
        ),
        ActivityInfo(
            Later(f"{__name__}.home:SearchPage", "com.android.settings.intelligence.search.SearchActivity"),
            (IntentFilter(("android.settings.APP_SEARCH_SETTINGS",)),),
        ),
        ActivityInfo(Later(f"{__name__}.lock:SetPin", "com.android.settings.password.ChooseLockPassword")),
        ActivityInfo(Later(f"{__name__}.lock:ConfirmLock", "com.android.settings.password.ConfirmLockPassword")),
    ),
    receive=Later(f"{__name__}.schedules:receive"),
    version="14",
)
