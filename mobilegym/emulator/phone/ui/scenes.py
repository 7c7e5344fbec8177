"""Every picture that can be made from a seed, by name."""

from __future__ import annotations

import random
from types import MappingProxyType
from typing import Any, Final

from mobilegym.emulator.phone.ui.brush import Brush
from mobilegym.emulator.phone.ui.scenes_outdoors import OUTDOORS
from mobilegym.emulator.phone.ui.scenes_pages import PAGES, Page
from mobilegym.emulator.phone.ui.scenes_things import THINGS, portrait
from mobilegym.errors import ContentError

__all__ = ["SCENES", "paint", "paint_broken", "scene"]


def _avatar(b: Brush, rng: random.Random, caption: str | None) -> None:
    # The head of the portrait fills the square.
    b.canvas.translate(-100, -12)
    b.w = 400
    portrait(b, rng, caption)


SCENES: Final = MappingProxyType(
    {
        **{name: Page(made, 400, 300) for name, made in (OUTDOORS | THINGS).items()},
        **PAGES,
        "avatar": Page(_avatar, 200, 264),
    }
)
"""Name → scene."""


def scene(name: str) -> Page:
    """The scene of that name.

    Raises:
        ContentError: There is none; the message lists those there are.
    """
    found = SCENES.get(name)
    if found is None:
        raise ContentError(f"No picture scene is called `{name}`; there are {', '.join(sorted(SCENES))}", key=name)
    return found


def paint(canvas: Any, w: int, h: int, name: str, seed: int | str, caption: str | None = None) -> None:
    """Fills a canvas of `w` x `h` px with a scene, which is cut at the sides if its shape differs.

    Raises:
        ContentError: No such scene.
    """
    made = scene(name)
    scale = max(w / made.w, h / made.h)
    canvas.save()
    canvas.translate((w - made.w * scale) / 2, (h - made.h * scale) / 2)
    canvas.scale(scale, scale)
    rng = random.Random(f"{name}:{seed}")
    brush = Brush(canvas, made.w, made.h)
    photographed = name not in PAGES and name != "avatar"
    if photographed:
        _aim(brush, rng)
    made.paint(brush, rng, caption)
    if photographed:
        brush.rect(-made.w, -made.h, 3 * made.w, 3 * made.h, rng.choice((0xFFD9A0, 0xA8C8FF, 0xFFFFFF)) | rng.randrange(22) << 24)
    canvas.restore()
    if caption is not None and photographed:
        label = Brush(canvas, w, h)
        size = max(h * 0.05, 8.0)
        label.rect(size * 0.5, h - size * 2.1, label.text_width(caption, size, "medium") + size * 1.2, size * 1.6, 0x90000000, size * 0.4)
        label.text(size * 1.1, h - size, caption, size, 0xFFFFFFFF, "medium")


def _aim(brush: Brush, rng: random.Random) -> None:
    """Another hand holds the camera each time: nearer or farther, a little aside, from the left or the right."""
    zoom = rng.uniform(1.0, 1.16)
    dx, dy = (zoom - 1) * brush.w * rng.uniform(-0.5, 0.5), (zoom - 1) * brush.h * rng.uniform(-0.5, 0.5)
    brush.canvas.translate(brush.w / 2 + dx, brush.h / 2 + dy)
    brush.canvas.scale(zoom * rng.choice((1, -1)), zoom)
    brush.canvas.translate(-brush.w / 2, -brush.h / 2)


def paint_broken(canvas: Any, w: int, h: int) -> None:
    """What stands for a picture that cannot be decoded."""
    brush = Brush(canvas, w, h)
    brush.rect(0, 0, w, h, 0xFFE1E2E8)
    unit = min(w, h) / 4
    x, y = w / 2, h / 2
    brush.line(
        [(x - unit, y - unit), (x + unit, y - unit), (x + unit, y + unit), (x - unit, y + unit), (x - unit, y - unit)], 0xFF8A8D95, unit / 8
    )
    brush.line([(x - unit, y + unit), (x + unit, y - unit)], 0xFF8A8D95, unit / 8)
