"""Intents, events and permissions that the manifest and the screens of this app share."""

from __future__ import annotations

from typing import Final

__all__ = ["REQUEST"]

REQUEST: Final = "android.content.pm.action.REQUEST_PERMISSIONS"
