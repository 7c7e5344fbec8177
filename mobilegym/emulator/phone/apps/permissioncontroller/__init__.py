"""The dialog in which the owner grants or refuses a run-time permission."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.permissioncontroller.dialog import REQUEST, GrantPermissions
from mobilegym.emulator.phone.kernel.intents import IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Manifest

__all__ = ["MANIFEST"]

MANIFEST: Final = Manifest(
    package="com.google.android.permissioncontroller",
    label="Permission controller",
    icon=AppIcon("shield-check", 0xFF1A73E8),
    activities=(ActivityInfo(GrantPermissions, (IntentFilter((REQUEST,)),)),),
)
