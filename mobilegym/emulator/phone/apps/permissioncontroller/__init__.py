"""The dialog in which the owner grants or refuses a run-time permission."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.permissioncontroller.actions import REQUEST
from mobilegym.emulator.phone.kernel.intents import IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Later, Manifest

__all__ = ["MANIFEST"]

MANIFEST: Final = Manifest(
    package="com.google.android.permissioncontroller",
    label="Permission controller",
    icon=AppIcon("shield-check", 0xFF1A73E8),
    activities=(
        ActivityInfo(
            Later(f"{__name__}.dialog:GrantPermissions", "com.android.permissioncontroller.permission.ui.GrantPermissionsActivity"),
            (IntentFilter((REQUEST,)),),
        ),
    ),
)
