"""Camera: AOSP Camera2 before generated scenes; what it takes lands in DCIM/Camera and in the media store."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.camera.actions import CAMERA, CAPTURE, FINE_LOCATION, MICROPHONE, VIDEO_CAMERA
from mobilegym.emulator.phone.apps.camera.store import PACKAGE
from mobilegym.emulator.phone.kernel.intents import LAUNCHER, MAIN, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Later, Manifest

__all__ = ["MANIFEST"]


MANIFEST: Final = Manifest(
    package=PACKAGE,
    label="Camera",
    icon=AppIcon("camera", 0xFF5F6368),
    activities=(
        ActivityInfo(
            Later(f"{__name__}.camera:CameraLauncher", "com.android.camera.CameraLauncher"),
            (
                IntentFilter((MAIN,), categories=(LAUNCHER,)),
                IntentFilter((CAPTURE, VIDEO_CAMERA, "android.media.action.STILL_IMAGE_CAMERA")),
            ),
        ),
        ActivityInfo(Later(f"{__name__}.settings:CameraSettings", "com.android.camera.settings.CameraSettingsActivity")),
    ),
    permissions=(CAMERA, MICROPHONE, FINE_LOCATION, "android.permission.ACCESS_COARSE_LOCATION"),
    receive=Later(f"{__name__}.camera:receive"),
)
