"""Pictures and drawn sprites."""

from __future__ import annotations

from typing import Any, Literal, Unpack

from mobilegym.emulator.phone.ui import ops
from mobilegym.emulator.phone.ui.attrs import ViewAttrs
from mobilegym.emulator.phone.ui.view import Box, Recorder, View

__all__ = ["Image", "Sprite"]


class Image(View):
    """A picture from the image store, by key; give it a size. `radius` rounds its corners."""

    cls: str | None = "android.widget.ImageView"

    def __init__(self, key: tuple[Any, ...], *, fit: Literal["cover", "contain", "fill"] = "cover", **attrs: Unpack[ViewAttrs]) -> None:
        self.key = key
        self.fit: ops.Fit = fit
        self.__dict__.update(attrs)

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        radius = self.radius
        r = p.ui.px(radius if not isinstance(radius, tuple) else max(radius))
        p.put(ops.image(x, y, box.w, box.h, self.key, self.fit, min(r, box.w // 2, box.h // 2), p.clip))


class Sprite(View):
    """A shape drawn by a registered painter (`arc`, `clock_hand`, …) with whole-number or text arguments; give it a size."""

    cls: str | None = None

    def __init__(self, painter: str, *args: int | float | str, **attrs: Unpack[ViewAttrs]) -> None:
        self.painter = painter
        self.args = args
        self.__dict__.update(attrs)

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        p.put(ops.sprite(x, y, box.w, box.h, self.painter, self.args, p.clip))
