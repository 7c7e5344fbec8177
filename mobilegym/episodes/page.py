"""An episode as one HTML file that needs nothing else: no network, no fonts, no other files."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from PIL import Image

from mobilegym.episodes.files import pictures_folder
from mobilegym.episodes.format import Episode, EpisodeStep, canonical
from mobilegym.episodes.words import phrase
from mobilegym.verdict import Errored, Failed, Passed, Undecided

__all__ = ["data_uri", "episode_html", "page_environment", "stored_pictures"]


def page_environment(*packages: str) -> Environment:
    """Templates from the `web` folders of the packages named, and of this one. Everything is escaped; nothing undefined passes."""
    from jinja2 import ChoiceLoader

    loaders = [PackageLoader(package, "web") for package in (*packages, "mobilegym.episodes")]
    return Environment(
        loader=ChoiceLoader(loaders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )


def stored_pictures(episode: Episode, path: Any) -> dict[int, bytes]:
    """The PNG files that were recorded with an episode, by step; steps whose file is gone are left out."""
    folder = pictures_folder(path)
    files = ((step.step, folder / step.picture) for step in episode.steps if step.picture is not None)
    return {number: file.read_bytes() for number, file in files if file.is_file()}


def data_uri(png: bytes, *, width: int | None = None, quality: int = 82) -> str:
    """A picture as a `data:` URI in WebP, a tenth of the PNG's size, scaled down to `width` pixels where that is given."""
    with Image.open(io.BytesIO(png)) as image:
        picture = image.convert("RGB")
    if width is not None and width < picture.width:
        picture = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=quality, method=4)
    return "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode()


def episode_html(episode: Episode, pictures: Mapping[int, bytes], *, report_link: str | None = None) -> str:
    """The page.

    Args:
        episode: What is shown.
        pictures: PNG by step; may be empty, then the page has no pictures.
        report_link: Where its report is, relative to the page.
    """
    verdict = episode.verdict
    judged = isinstance(verdict, (Passed, Failed))
    height, width = _size(pictures)
    context: dict[str, Any] = {
        "manifest": episode.manifest,
        "end": episode.end,
        "verdict": episode.end.verdict["verdict"],
        "reason": verdict.reason if isinstance(verdict, (Failed, Undecided, Errored)) else "",
        "actions": episode.actions,
        "rows": [_row(step, episode.steps[i - 1] if i else None) for i, step in enumerate(episode.steps)],
        "checks": verdict.checks if judged else (),
        "side_effects": verdict.side_effects if judged else (),
        "journal": [
            {"step": s.step, "kind": e.kind, "app": e.app, "name": e.name, "risk": e.risk, "details": canonical(e.data) if e.data else ""}
            for s in episode.steps
            for e in s.journal
        ],
        "has_pictures": bool(pictures),
        "width": width,
        "height": height,
        "data": [_frame(step, pictures.get(step.step), width, height) for step in episode.steps] if pictures else [],
        "report_link": report_link,
    }
    return page_environment().get_template("episode.html").render(context)


def _size(pictures: Mapping[int, bytes]) -> tuple[int, int]:
    for png in pictures.values():
        with Image.open(io.BytesIO(png)) as image:
            return image.height, image.width
    return 1, 1


def _row(step: EpisodeStep, before: EpisodeStep | None) -> dict[str, Any]:
    return {
        "step": step.step,
        "phrase": phrase(step),
        "target_class": step.target.cls if step.target is not None and step.target.label else "",
        "time": datetime.fromisoformat(step.clock).strftime("%H:%M:%S"),
        "error": step.action_error,
        "messages": step.messages,
        "effects": [
            {"name": e.name, "risk": e.risk, "app": e.app, "details": canonical(e.data) if e.data else ""}
            for e in step.journal
            if e.kind in ("effect", "notification", "dialog")
        ],
        "activity": step.activity,
        "screen": step.activity.rpartition("/")[2].rpartition(".")[2],
        "changed": before is None or before.activity != step.activity,
    }


def _frame(step: EpisodeStep, png: bytes | None, width: int, height: int) -> dict[str, Any]:
    action = step.action or {}
    keys = ("x1", "y1", "x2", "y2") if "x1" in action else ("x", "y") if "x" in action else ()
    touch = [round(float(action[key]) * (width if key[0] == "x" else height), 1) for key in keys]
    return {"picture": data_uri(png) if png is not None else None, "touch": touch or None, "words": str(phrase(step))}
