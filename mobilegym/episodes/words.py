"""Steps in words, for pages, pictures and terminals."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from mobilegym.episodes.format import EpisodeStep
from mobilegym.tasks.apps import APPS

__all__ = ["Phrase", "phrase", "shortened"]

_VERBS: Final = {"tap": "Tap", "double_tap": "Double tap", "long_press": "Long press", "swipe": "Swipe"}
_STATUS: Final = {"done": "Finish: done", "infeasible": "Finish: cannot be done", "declined": "Finish: declined"}


class Phrase(NamedTuple):
    """What a step did."""

    verb: str
    """`Tap`, `Type`, `Ask the owner`, …"""
    what: str
    """On what, or what text; may be empty."""
    quoted: bool
    """Whether `what` is text from the screen or of somebody, to be set in quotation marks."""

    def __str__(self) -> str:
        what = f"“{self.what}”" if self.quoted and self.what else self.what
        return f"{self.verb} {what}".strip()


def phrase(step: EpisodeStep) -> Phrase:
    """What a step did, in a few words; the start of an episode is `Start`."""
    action = step.action
    if action is None:
        return Phrase("Start", "", False)
    name = str(action.get("action"))
    if name in _VERBS:
        return _touch(_VERBS[name], step, action)
    text = str(action.get("text", ""))
    match name:
        case "type":
            return Phrase("Type over" if action.get("clear") else "Type", text, True)
        case "scroll":
            return Phrase("Scroll", str(action["direction"]), False)
        case "press":
            return Phrase("Press", str(action["key"]).replace("_", " "), False)
        case "open_app":
            return Phrase("Open", _app_label(str(action["name"])), False)
        case "wait":
            return Phrase("Wait", _duration(int(action["ms"])), False)
        case "ask":
            return Phrase("Ask the owner", text, True)
        case "answer":
            return Phrase("Answer", text, True)
        case "invalid":
            return Phrase("No action", "", False)
        case "finish":
            return Phrase(_STATUS[str(action["status"])], "", False)
        case _:
            return Phrase(name, "", False)


def shortened(text: str, limit: int = 60) -> str:
    """One line of at most `limit` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _touch(verb: str, step: EpisodeStep, action: dict[str, Any]) -> Phrase:
    if step.action and verb == "Swipe":
        dx, dy = float(action["x2"]) - float(action["x1"]), float(action["y2"]) - float(action["y1"])
        where = ("right" if dx > 0 else "left") if abs(dx) > abs(dy) else ("down" if dy > 0 else "up")
        return Phrase(verb, where, False)
    if step.target is not None and step.target.label:
        return Phrase(verb, shortened(step.target.label), True)
    return Phrase(verb, f"at {float(action['x']):.2f}, {float(action['y']):.2f}", False)


def _app_label(name: str) -> str:
    return next((app.label for app in APPS.values() if app.package == name), name)


def _duration(ms: int) -> str:
    if ms < 1000:
        return f"{ms} ms"
    if ms < 120_000:
        return f"{ms / 1000:g} s"
    return f"{ms / 60_000:g} min"
