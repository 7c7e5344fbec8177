"""Camera: AOSP Camera2 before generated scenes; what it takes lands in DCIM/Camera and in the media store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from mobilegym.emulator.phone.apps.camera.camera import CameraLauncher
from mobilegym.emulator.phone.apps.camera.settings import CameraSettings
from mobilegym.emulator.phone.apps.camera.shooting import CAMERA, CAPTURE, FINE_LOCATION, MICROPHONE, SHOOT, VIDEO_CAMERA
from mobilegym.emulator.phone.apps.camera.store import PACKAGE
from mobilegym.emulator.phone.kernel.intents import LAUNCHER, MAIN, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Manifest

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["MANIFEST"]


def _receive(kernel: Kernel, action: str, extras: Mapping[str, Any]) -> None:
    del extras
    top = kernel.activities.foreground
    if action == SHOOT and isinstance(top, CameraLauncher) and top.state.countdown_ms:
        top.capture()


MANIFEST: Final = Manifest(
    package=PACKAGE,
    label="Camera",
    icon=AppIcon("camera", 0xFF5F6368),
    activities=(
        ActivityInfo(
            CameraLauncher,
            (
                IntentFilter((MAIN,), categories=(LAUNCHER,)),
                IntentFilter((CAPTURE, VIDEO_CAMERA, "android.media.action.STILL_IMAGE_CAMERA")),
            ),
        ),
        ActivityInfo(CameraSettings),
    ),
    permissions=(CAMERA, MICROPHONE, FINE_LOCATION, "android.permission.ACCESS_COARSE_LOCATION"),
    receive=_receive,
)
