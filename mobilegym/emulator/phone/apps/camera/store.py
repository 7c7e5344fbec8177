"""What the camera sees and keeps: the scene before the lens, preferences, files in DCIM/Camera."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.apps.media_files import make_video
from mobilegym.emulator.phone.apps.shared_prefs import SharedPrefs
from mobilegym.emulator.phone.ui import images

if TYPE_CHECKING:
    from datetime import datetime

    from mobilegym.emulator.phone.kernel.files import FileSystem
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["FOLDER", "PACKAGE", "SCENE_KEY", "SIZES", "camera_prefs", "file_name", "latest", "photo_bytes", "scene", "shots", "video_bytes"]

PACKAGE: Final = "com.android.camera2"
FOLDER: Final = "/sdcard/DCIM/Camera"
SCENE_KEY: Final = "mobilegym_camera_scene"
"""System setting: what is before the back camera (a name of `scenes.SCENES`); without it the view changes with every shot."""
SIZES: Final = (("(4:3) 0.8 megapixels", 1024, 768), ("(16:9) 0.6 megapixels", 1024, 576), ("(4:3) 0.3 megapixels", 640, 480))
"""Label, longer and shorter side in px."""
_SCENES: Final = ("coffee", "flower", "skyline", "dog", "bicycle", "forest", "salad", "car", "sunset", "cat", "mountains", "cake", "beach",
                  "pizza", "snow")  # fmt: skip


def camera_prefs(kernel: Kernel) -> SharedPrefs:
    """The camera's preferences; `shots` counts what was taken."""
    return SharedPrefs(kernel.files, PACKAGE)


def shots(kernel: Kernel) -> int:
    """How many photos and videos were taken on this phone so far."""
    return camera_prefs(kernel).number("shots")


def scene(kernel: Kernel, front: bool) -> tuple[str, str]:
    """Scene before the lens and its seed. It follows from the number of shots, so that no two pictures are alike."""
    taken = shots(kernel)
    if front:
        return "portrait", f"front{taken}"
    wanted = kernel.settings.get("system", SCENE_KEY)
    return wanted or _SCENES[taken % len(_SCENES)], f"back{taken}"


def photo_bytes(kernel: Kernel, front: bool) -> bytes:
    """The JPEG of what is before the lens, upright in portrait, in the size that is set."""
    name, seed = scene(kernel, front)
    _, long, short = SIZES[camera_prefs(kernel).number("size")]
    wide = kernel.hardware.rotation % 2 == 1
    return images.photo(name, seed, long if wide else short, short if wide else long)


def video_bytes(kernel: Kernel, front: bool, duration_ms: int) -> bytes:
    """The MP4 of what is before the lens."""
    name, seed = scene(kernel, front)
    wide = kernel.hardware.rotation % 2 == 1
    return make_video(duration_ms, images.photo(name, seed, 640 if wide else 360, 360 if wide else 640))


def file_name(files: FileSystem, prefix: str, ending: str, when: datetime) -> str:
    """Path of a new file: `IMG_20260311_093000.jpg`, with `_1`, `_2`, … for more in the same second."""
    stem = f"{FOLDER}/{prefix}_{when:%Y%m%d_%H%M%S}"
    path, number = f"{stem}{ending}", 0
    while files.exists(path):
        number += 1
        path = f"{stem}_{number}{ending}"
    return path


def latest(files: FileSystem) -> str:
    """Path of the newest photo or video of the camera, or empty."""
    names = [n for n in files.names(FOLDER) if n.startswith(("IMG_", "VID_"))]
    return f"{FOLDER}/{max(names, key=lambda n: (n[4:19], n))}" if names else ""
