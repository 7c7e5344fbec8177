"""Content providers of the virtual phone."""

from __future__ import annotations

from mobilegym.emulator.phone.kernel.providers.resolver import ContentResolver

__all__ = ["ContentResolver"]
