"""Intents, events and permissions that the manifest and the screens of this app share."""

from __future__ import annotations

from typing import Final

__all__ = ["INSERT_OR_EDIT"]

INSERT_OR_EDIT: Final = "android.intent.action.INSERT_OR_EDIT"
