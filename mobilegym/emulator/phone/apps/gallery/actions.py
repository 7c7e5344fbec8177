"""Intents, events and permissions that the manifest and the screens of this app share."""

from __future__ import annotations

from typing import Final

__all__ = ["ATTACH", "PERMISSION"]

PERMISSION: Final = "android.permission.READ_MEDIA_IMAGES"
ATTACH: Final = "android.intent.action.ATTACH_DATA"
