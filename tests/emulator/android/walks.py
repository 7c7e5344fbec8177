"""Random walks over a phone, the same again from the same seed."""

from __future__ import annotations

import random
from collections.abc import Sequence

from mobilegym.actions import DeviceAction, Direction, DoubleTap, Key, LongPress, OpenApp, Press, Scroll, Swipe, Tap, Type, Wait
from mobilegym.observation import Screen

__all__ = ["next_action"]

_TEXTS = ("hello", "a b%s c", "Grüße 🙂", "x'y\"z $HOME `id` \\", "two\nlines", "5551234", "")
_KEYS: Sequence[Key] = (
    "back", "home", "recents", "enter", "delete", "tab", "notifications", "volume_up", "escape", "dpad_left", "power", "back", "back",
)  # fmt: skip
_WAYS: Sequence[Direction] = ("up", "down", "left", "right")


def next_action(rng: random.Random, screen: Screen, apps: Sequence[str]) -> DeviceAction:
    """Something to do on a screen, mostly touching what reacts."""
    points = [e.bounds.center for e in screen.elements if e.clickable or e.cls.endswith("EditText")]
    any_x, any_y = rng.random(), rng.random()
    match rng.choices(("tap", "open", "scroll", "type", "press", "swipe", "hold", "double", "wait"), (45, 7, 10, 8, 14, 5, 5, 4, 2))[0]:
        case "tap" if points:
            x, y = rng.choice(points)
            return Tap(x / screen.width, y / screen.height)
        case "open":
            return OpenApp(rng.choice(apps))
        case "scroll":
            return Scroll(rng.choice(_WAYS), any_x, any_y)
        case "type":
            return Type(rng.choice(_TEXTS), clear=rng.random() < 0.4, submit=rng.random() < 0.3)
        case "swipe":
            return Swipe(any_x, any_y, rng.random(), rng.random(), rng.choice((50, 300, 700)))
        case "hold":
            return LongPress(any_x, any_y, rng.choice((100, 800)))
        case "double":
            return DoubleTap(any_x, any_y)
        case "wait":
            return Wait(rng.choice((0, 500, 60_000)))
        case _:
            return Press(rng.choice(_KEYS))
