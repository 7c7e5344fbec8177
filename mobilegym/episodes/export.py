"""Episodes as animated GIF: every screen, the touch that follows it, and the step in words underneath."""

from __future__ import annotations

import io
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFont

from mobilegym.episodes.format import Episode, EpisodeStep
from mobilegym.episodes.words import phrase
from mobilegym.errors import EpisodeError

__all__ = ["export_gif", "gif_frames"]

_INK: Final = (28, 27, 26)
_SOFT: Final = (120, 116, 110)
_PAPER: Final = (246, 245, 242)
_BLUE: Final = (61, 90, 254)
_COLORS: Final = {"passed": (29, 138, 85), "failed": (207, 66, 55), "undecided": (185, 122, 18), "errored": (119, 115, 123)}
_SCALE: Final = 2
"""Marks are drawn larger and scaled down: Pillow's lines are not anti-aliased."""


def export_gif(episode: Episode, pictures: Mapping[int, bytes], path: Path, *, frame_ms: int = 900) -> None:
    """Write an animated GIF.

    Args:
        episode: What happened.
        pictures: PNG by step, as stored or as `replay(draw=...)` gives them.
        path: Where to.
        frame_ms: How long each screen is shown; the last one three times as long.

    Raises:
        EpisodeError: There is no picture.
    """
    frames = gif_frames(episode, pictures)
    if not frames:
        raise EpisodeError("the episode has no pictures to export; replay it to draw them")
    # One palette for all frames, so that colours do not flicker.
    sample = Image.new("RGB", (frames[0].width, frames[0].height * min(8, len(frames))))
    for index, frame in enumerate(frames[:: max(1, len(frames) // 8)][:8]):
        sample.paste(frame, (0, index * frame.height))
    palette = sample.quantize(256, method=Image.Quantize.MEDIANCUT)
    images = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    times = [frame_ms] * (len(images) - 1) + [frame_ms * 3]
    path.parent.mkdir(parents=True, exist_ok=True)
    images[0].save(path, save_all=True, append_images=images[1:], duration=times, loop=0, optimize=False)


def gif_frames(episode: Episode, pictures: Mapping[int, bytes]) -> list[Image.Image]:
    """One RGB frame per pictured step; each shows the touch that comes next, the last one the verdict."""
    frames: list[Image.Image] = []
    steps = [step for step in episode.steps if step.step in pictures]
    for index, step in enumerate(steps):
        with Image.open(io.BytesIO(pictures[step.step])) as opened:
            screen = opened.convert("RGB")
        following = steps[index + 1] if index + 1 < len(steps) else None
        frames.append(_frame(episode, screen, step, following))
    return frames


def _frame(episode: Episode, screen: Image.Image, step: EpisodeStep, following: EpisodeStep | None) -> Image.Image:
    bar = max(44, screen.height // 13)
    frame = Image.new("RGB", (screen.width, screen.height + bar), _PAPER)
    frame.paste(_marked(screen, following), (0, 0))
    draw = ImageDraw.Draw(frame)
    middle = screen.height + bar // 2
    size = max(12, screen.width // 20)
    left = size * 0.9
    number = f"{step.step + 1}" if following is not None else ""
    if number:
        draw.text((left, middle), number, fill=_SOFT, font=_font(size), anchor="lm")
        left += draw.textlength(number + "  ", font=_font(size))
    kind = str(episode.end.verdict["verdict"])
    words, color = (str(phrase(following)), _INK) if following is not None else (kind.capitalize(), _COLORS[kind])
    font = _font(size)
    room = screen.width - left - size * 0.9
    while words and draw.textlength(words, font=font) > room:
        words = words.rstrip("…")[:-1].rstrip() + "…"
        if words == "…":
            break
    draw.text((left, middle), words, fill=color, font=font, anchor="lm")
    return frame


def _marked(screen: Image.Image, step: EpisodeStep | None) -> Image.Image:
    action: dict[str, Any] = {} if step is None or step.action is None else step.action
    keys = ("x1", "y1", "x2", "y2") if "x1" in action else ("x", "y") if "x" in action and action["action"] != "scroll" else ()
    if not keys:
        return screen
    width, height = screen.width * _SCALE, screen.height * _SCALE
    points = [float(action[key]) * (width if key[0] == "x" else height) for key in keys]
    layer = Image.new("RGBA", (width, height), (*_BLUE, 0))
    draw = ImageDraw.Draw(layer)
    unit = width / 100
    if len(points) == 4:
        draw.line(points, fill=(*_BLUE, 190), width=round(unit * 2.4))
        _disc(draw, points[2], points[3], unit * 2.6, (*_BLUE, 255))
    draw.ellipse(_box(points[0], points[1], unit * 7), outline=(255, 255, 255, 255), width=max(1, round(unit)))
    draw.ellipse(_box(points[0], points[1], unit * 6), fill=(*_BLUE, 72), outline=(*_BLUE, 255), width=max(1, round(unit)))
    layer = layer.resize(screen.size, Image.Resampling.LANCZOS)
    marked = screen.convert("RGBA")
    marked.alpha_composite(layer)
    return marked.convert("RGB")


def _disc(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, color: tuple[int, int, int, int]) -> None:
    draw.ellipse(_box(x, y, radius), fill=color)


def _box(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return x - radius, y - radius, x + radius, y + radius


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    file = resources.files("font_roboto").joinpath("files", "Roboto-Medium.ttf")
    with resources.as_file(file) as path:
        return ImageFont.truetype(str(path), size)
