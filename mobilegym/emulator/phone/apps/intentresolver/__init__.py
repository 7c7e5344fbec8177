"""The share sheet, and the question which app opens something."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.intentresolver.target import CHOOSE
from mobilegym.emulator.phone.kernel.intents import IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Later, Manifest

__all__ = ["MANIFEST"]

MANIFEST: Final = Manifest(
    package="com.android.intentresolver",
    label="Intent resolver",
    icon=AppIcon("share-variant", 0xFF5F6368),
    activities=(
        ActivityInfo(Later(f"{__name__}.chooser:Chooser", "com.android.intentresolver.ChooserActivity"), (IntentFilter((CHOOSE,)),)),
    ),
)
