"""The on-screen keyboard."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.kernel.manifest import AppIcon, Manifest

__all__ = ["MANIFEST"]

MANIFEST: Final = Manifest(package="com.google.android.inputmethod.latin", label="Keyboard", icon=AppIcon("keyboard", 0xFF4285F4))
