"""Pictures: files of the phone, and pictures made from a seed, decoded and scaled once for all phones of the process.

An image key is data that an op can hold: `("file", sha256)` for registered bytes, `("gen", scene, seed)` for a made picture.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from functools import cache, lru_cache
from typing import Any, Final, TypeAlias

import numpy as np

from mobilegym.emulator.phone.ui import scenes
from mobilegym.emulator.phone.ui.fonts import load_skia
from mobilegym.errors import ContentError

__all__ = ["MAX_PIXELS", "ImageKey", "ImageStore", "file_key", "gen_key", "photo", "photo_png", "store"]

ImageKey: TypeAlias = tuple[Any, ...]
"""`("file", sha256)` or `("gen", scene, seed)`."""
MAX_PIXELS: Final = 24 * 1024 * 1024
"""A picture with more is drawn as a broken one."""


def gen_key(scene: str, seed: int | str) -> ImageKey:
    """Key of a made picture.

    Raises:
        ContentError: No such scene.
    """
    scenes.scene(scene)
    return ("gen", scene, seed)


class ImageStore:
    """Encoded pictures by hash, and the scaled ones that were drawn of late; one per process (`store`)."""

    max_scaled_bytes = 192 << 20
    """Bound of the cache of scaled pictures; those used longest ago go first."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}
        self._scaled: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._scaled_bytes = 0

    def register(self, data: bytes) -> ImageKey:
        """Makes an encoded picture (PNG, JPEG, WebP, GIF) known for good; the same bytes again give the same key.

        Bytes that are no picture are accepted and drawn as a broken-picture placeholder, as a gallery does.
        """
        digest = hashlib.sha256(data).hexdigest()
        self._files.setdefault(digest, data)
        return ("file", digest)

    def size(self, key: ImageKey) -> tuple[int, int] | None:
        """(width, height) of a registered picture in px; None if it is broken, or made to any size."""
        image = _decode(self._bytes(key)) if key[0] == "file" else None
        return None if image is None else (int(image.width()), int(image.height()))

    def scaled(self, key: ImageKey, w: int, h: int, fit: str, radius: int) -> Any:
        """A `skia.Image` of `w` x `h` px, with round corners cut out; RGBA bytes under the name BGRA, as `raster.Canvases.blit` wants.

        Raises:
            ContentError: The key names neither a registered file nor a scene.
        """
        cached = self._scaled.get((key, w, h, fit, radius))
        if cached is not None:
            self._scaled.move_to_end((key, w, h, fit, radius))
            return cached
        made = self._make(key, w, h, fit, radius)
        self._scaled[key, w, h, fit, radius] = made
        self._scaled_bytes += 4 * w * h
        while self._scaled_bytes > self.max_scaled_bytes and len(self._scaled) > 1:
            (_, old_w, old_h, _, _), _ = self._scaled.popitem(last=False)
            self._scaled_bytes -= 4 * old_w * old_h
        return made

    def clear(self) -> None:
        """Drops the scaled pictures; registered files stay."""
        self._scaled.clear()
        self._scaled_bytes = 0

    def _bytes(self, key: ImageKey) -> bytes:
        data = self._files.get(key[1])
        if data is None:
            raise ContentError(f"The picture {key!r} was never registered: call `images.store().register(data)` first")
        return data

    def _make(self, key: ImageKey, w: int, h: int, fit: str, radius: int) -> Any:
        skia = load_skia()
        source = _decode(self._bytes(key)) if key[0] == "file" else None
        if key[0] not in ("file", "gen"):
            raise ContentError(f"An image key is `('file', sha256)` or `('gen', scene, seed)`, not {key!r}")
        opaque = radius == 0 and fit != "contain" and (source is None or source.isOpaque())
        pixels = np.zeros((h, w, 4), np.uint8)
        surface = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
        canvas = surface.getCanvas()
        if radius:
            canvas.clipRRect(skia.RRect.MakeRectXY(skia.Rect.MakeWH(w, h), radius, radius), skia.ClipOp.kIntersect, True)
        if key[0] == "gen":
            scenes.paint(canvas, w, h, key[1], key[2])
        elif source is None:
            scenes.paint_broken(canvas, w, h)
        else:
            dst = _placed(source.width(), source.height(), w, h, fit)
            smooth = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
            canvas.drawImageRect(source, skia.Rect.MakeXYWH(*dst), smooth)
        alpha = skia.kOpaque_AlphaType if opaque else skia.kPremul_AlphaType
        return skia.Image.fromarray(pixels, colorType=skia.kBGRA_8888_ColorType, alphaType=alpha, copy=True)


def _placed(source_w: int, source_h: int, w: int, h: int, fit: str) -> tuple[float, float, float, float]:
    """Where the whole source goes, as (x, y, w, h) in the box."""
    if fit == "fill":
        return (0, 0, w, h)
    choose = min if fit == "contain" else max
    scale = choose(w / source_w, h / source_h)
    return ((w - source_w * scale) / 2, (h - source_h * scale) / 2, source_w * scale, source_h * scale)


@lru_cache(maxsize=6)
def _decode(data: bytes) -> Any:
    """The decoded picture, or None if the bytes are none."""
    image = load_skia().Image.MakeFromEncoded(load_skia().Data(data))
    # What is unpacked to more than a phone has room for counts as broken.
    return None if image is None or image.width() * image.height() > MAX_PIXELS else image.makeRasterImage()


@cache
def store() -> ImageStore:
    """The image store that all phones of this process share."""
    return ImageStore()


@lru_cache(maxsize=512)
def file_key(data: bytes) -> ImageKey:
    """Key of an encoded picture; it is hashed once for equal bytes."""
    return store().register(data)


def _encoded(scene: str, seed: int | str, w: int, h: int, caption: str | None, kind: str) -> bytes:
    skia = load_skia()
    target = skia.Surface.MakeRaster(skia.ImageInfo.Make(w, h, skia.kRGBA_8888_ColorType, skia.kOpaque_AlphaType))
    scenes.paint(target.getCanvas(), w, h, scene, seed, caption)
    # Skia is pinned and brings its own encoders, so the bytes are the same on every machine.
    return bytes(target.makeImageSnapshot().encodeToData(getattr(skia, kind), 88))


def photo(scene: str, seed: int | str, w: int, h: int, caption: str | None = None) -> bytes:
    """A JPEG of a made picture, for the phone's media files; the same arguments give the same bytes.

    Args:
        scene: A name of `scenes.SCENES`.
        seed: Chooses among the scene's variants.
        w: Width, px.
        h: Height, px.
        caption: What is written on it: the lines of a receipt, document, whiteboard or screenshot; a small label elsewhere.

    Raises:
        ContentError: No such scene.
    """
    return _encoded(scene, seed, w, h, caption, "kJPEG")


def photo_png(scene: str, seed: int | str, w: int, h: int, caption: str | None = None) -> bytes:
    """The same as a PNG, without loss."""
    return _encoded(scene, seed, w, h, caption, "kPNG")
