"""Intents, events and permissions that the manifest and the screens of this app share."""

from __future__ import annotations

from typing import Final

__all__ = ["CREATE_DOCUMENT", "OPEN_DOCUMENT", "OPEN_TREE", "PICK_DESTINATION"]

PICK_DESTINATION: Final = "com.android.documentsui.PICK_COPY_DESTINATION"
OPEN_DOCUMENT: Final = "android.intent.action.OPEN_DOCUMENT"
OPEN_TREE: Final = "android.intent.action.OPEN_DOCUMENT_TREE"
CREATE_DOCUMENT: Final = "android.intent.action.CREATE_DOCUMENT"
