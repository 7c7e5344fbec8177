"""Intents, events and permissions that the manifest and the screens of this app share."""

from __future__ import annotations

from typing import Final

__all__ = ["CAMERA", "CAPTURE", "FINE_LOCATION", "MICROPHONE", "SHOOT", "VIDEO_CAMERA"]

CAPTURE: Final = "android.media.action.IMAGE_CAPTURE"
VIDEO_CAMERA: Final = "android.media.action.VIDEO_CAMERA"
SHOOT: Final = "com.android.camera2.COUNTDOWN_FINISHED"
"""Event of the countdown timer."""
CAMERA: Final = "android.permission.CAMERA"
MICROPHONE: Final = "android.permission.RECORD_AUDIO"
FINE_LOCATION: Final = "android.permission.ACCESS_FINE_LOCATION"
