"""Editing of pictures: quarter turns, mirror images, cropping to a shape. Exact for equal inputs: the codecs come with the renderer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mobilegym.emulator.phone.ui.fonts import load_skia
from mobilegym.emulator.phone.ui.images import MAX_PIXELS

__all__ = ["Edit", "cropped_size", "edited", "picture_size"]


@dataclass(frozen=True, slots=True)
class Edit:
    """Applied in this order: turn, mirror, crop about the centre."""

    turns: int = 0
    """Quarter turns to the right, 0–3."""
    flip_x: bool = False
    flip_y: bool = False
    aspect: tuple[int, int] | None = None
    """Width to height of what is kept; None keeps all."""

    @property
    def empty(self) -> bool:
        """Whether nothing is changed."""
        return not (self.turns or self.flip_x or self.flip_y or self.aspect)


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in px, or None where the bytes are no picture."""
    image = _decode(data)
    return None if image is None else (int(image.width()), int(image.height()))


@lru_cache(maxsize=3)
def _decode(data: bytes) -> Any:
    skia = load_skia()
    image = skia.Image.MakeFromEncoded(skia.Data(data))
    return None if image is None or image.width() * image.height() > MAX_PIXELS else image.makeRasterImage()


def cropped_size(width: int, height: int, aspect: tuple[int, int] | None) -> tuple[int, int]:
    """Largest size of the shape within a picture, px."""
    if aspect is None:
        return width, height
    if width * aspect[1] > height * aspect[0]:
        return max(1, height * aspect[0] // aspect[1]), height
    return width, max(1, width * aspect[1] // aspect[0])


@lru_cache(maxsize=32)
def edited(data: bytes, edit: Edit, mime: str = "image/jpeg") -> bytes | None:
    """The changed picture, encoded as `mime` (PNG and WebP as they are, all else as JPEG); None where the bytes are no picture."""
    skia = load_skia()
    image = _decode(data)
    if image is None:
        return None
    width, height = image.width(), image.height()
    turned_w, turned_h = (height, width) if edit.turns % 2 else (width, height)
    out_w, out_h = cropped_size(turned_w, turned_h, edit.aspect)
    surface = skia.Surface.MakeRasterN32Premul(out_w, out_h)
    canvas = surface.getCanvas()
    canvas.translate(out_w / 2, out_h / 2)
    canvas.scale(-1 if edit.flip_x else 1, -1 if edit.flip_y else 1)
    canvas.rotate(90 * edit.turns)
    canvas.drawImage(image, -width / 2, -height / 2)
    kind = {"image/png": skia.kPNG, "image/webp": skia.kWEBP}.get(mime, skia.kJPEG)
    return bytes(surface.makeImageSnapshot().encodeToData(kind, 90))
