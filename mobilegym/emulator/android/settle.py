"""Waiting until a real phone is at rest: two pictures alike, or two trees alike where something keeps moving."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from mobilegym.observation import Pixels

__all__ = ["Settler", "difference", "reduced"]

_SIZE: Final = (96, 54)
"""`(height, width)` that pictures are compared at: small enough for a blinking caret not to matter."""
_ALIKE: Final = 0.004
"""Mean difference, of 1, below which two pictures count as the same."""


def reduced(picture: Pixels) -> Pixels:
    """A picture, grey and small, for comparing."""
    from mobilegym.emulator.android.picture import cv2

    grey = cv2().cvtColor(picture, cv2().COLOR_RGB2GRAY)
    return np.asarray(cv2().resize(grey, (_SIZE[1], _SIZE[0]), interpolation=cv2().INTER_AREA), np.uint8)


def difference(one: Pixels, two: Pixels) -> float:
    """How much two reduced pictures differ, 0–1."""
    from mobilegym.emulator.android.picture import cv2

    return float(np.mean(np.asarray(cv2().absdiff(one, two), np.uint8))) / 255


@dataclass(slots=True)
class Settler:
    """Decides when a phone is at rest.

    Args:
        look: Takes a picture, `(H, W, 3) uint8`.
        tree: Gives something that is equal for equal trees; asked only where pictures never come to rest.
        limit_s: After this it counts as not settled.
        pause_s: Between two looks.
        first_s: Before the first look: a phone needs that long to begin to react.
        clock: Monotonic seconds.
        sleep: Waits that many seconds.
    """

    look: Callable[[], Pixels]
    tree: Callable[[], object]
    limit_s: float = 5.0
    pause_s: float = 0.1
    first_s: float = 0.1
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def wait(self) -> bool:
        """Wait until two pictures in a row are alike. False where the time ran out and the trees differ too."""
        end = self.clock() + self.limit_s
        self.sleep(self.first_s)
        before = reduced(self.look())
        while self.clock() < end:
            self.sleep(self.pause_s)
            now = reduced(self.look())
            if difference(before, now) < _ALIKE:
                return True
            before = now
        # A video or a spinner never rests; its screen may be complete all the same.
        first = self.tree()
        self.sleep(self.pause_s)
        return first == self.tree()
