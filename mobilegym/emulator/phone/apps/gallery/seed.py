"""Pictures that a phone in use has: painted once, kept in `emulator/media/`, shared by all phones of a process."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from mobilegym.content import content_dir
from mobilegym.emulator.phone.ui import images

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["paint_pictures", "seed_pictures"]

_WIDTH: Final = 400
_HEIGHT: Final = 300
_HOUR_MS: Final = 3_600_000


class _Picture(NamedTuple):
    folder: str
    name: str
    """`{}` is replaced by the date and time."""
    scene: str
    hours: float
    """Age at the first start."""
    upright: bool = False

    @property
    def file(self) -> str:
        """Its file in `emulator/media/`."""
        return self.scene + self.name[self.name.rindex(".") :]


_PICTURES: Final = (
    _Picture("DCIM/Camera", "IMG_{}.jpg", "dog", 14.6),
    _Picture("DCIM/Camera", "IMG_{}.jpg", "coffee", 21.3, upright=True),
    _Picture("DCIM/Camera", "IMG_{}.jpg", "beach", 74.2),
    _Picture("DCIM/Camera", "IMG_{}.jpg", "mountains", 97.8),
    _Picture("DCIM/Camera", "IMG_{}.jpg", "cat", 168.4, upright=True),
    _Picture("Pictures/Screenshots", "Screenshot_{}.png", "screenshot", 30.7, upright=True),
    _Picture("Pictures/Recipes", "cherry_cake.jpg", "cake", 265.0),
    _Picture("Pictures/Recipes", "summer_salad.jpg", "salad", 290.5),
    _Picture("Download", "bicycle_offer.jpg", "bicycle", 120.9),
)


def paint_pictures() -> dict[str, bytes]:
    """The files of `emulator/media/`, painted anew: name → bytes. Deterministic; a test compares them with the files."""
    painted: dict[str, bytes] = {}
    for made in _PICTURES:
        width, height = (_HEIGHT, _WIDTH) if made.upright else (_WIDTH, _HEIGHT)
        paint = images.photo_png if made.name.endswith(".png") else images.photo
        painted[made.file] = paint(made.scene, 1, width, height)
    return painted


@lru_cache(maxsize=32)
def _bytes(file: str) -> bytes:
    return (content_dir("emulator") / "media" / file).read_bytes()


def seed_pictures(kernel: Kernel) -> None:
    """Put the pictures into shared storage with their dates, on the first start only: clearing the app's data leaves files alone."""
    if kernel.activities.home is not None:
        return
    files, media = kernel.files, kernel.content.media
    for made in _PICTURES:
        taken_ms = kernel.clock.now_ms - round(made.hours * _HOUR_MS)
        when = kernel.clock.local(taken_ms)
        stamp = f"{when:%Y%m%d-%H%M%S}" if made.scene == "screenshot" else f"{when:%Y%m%d_%H%M%S}"
        path = f"/sdcard/{made.folder}/{made.name.format(stamp)}"
        files.write(path, _bytes(made.file))
        files.touch(path, taken_ms)
        item = media.by_path(path)
        if item is not None:
            kernel.content.update(f"content://media/external/file/{item.id}", {"datetaken": taken_ms, "date_added": taken_ms // 1000})
