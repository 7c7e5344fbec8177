"""The virtual phone: Android inside the Python process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mobilegym.emulator.phone.config import PhoneConfig

if TYPE_CHECKING:
    from mobilegym.emulator.phone.device import PhoneSnapshot, VirtualPhone

__all__ = ["PhoneConfig", "PhoneSnapshot", "VirtualPhone"]


def __getattr__(name: str) -> Any:
    if name in ("PhoneSnapshot", "VirtualPhone"):
        from mobilegym.emulator.phone import device

        return getattr(device, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
