"""The walk that is timed: a fixed round through the phone, looking at every screen."""

from __future__ import annotations

from typing import Final

from mobilegym.actions import DeviceAction, OpenApp, Press, Scroll, Tap, Type, Wait
from mobilegym.emulator.device import Device, PixelSize
from mobilegym.observation import Screen

__all__ = ["Walker"]

_ROUND: Final[tuple[DeviceAction | int | str, ...]] = (
    OpenApp("Settings"), Scroll("down"), 3, Press("back"), Scroll("up"), 5, Scroll("down"), Press("back"), Press("home"),
    OpenApp("Contacts"), 2, Press("back"), Scroll("down"), Press("home"), OpenApp("Clock"), 1, 4, Press("home"),
    OpenApp("Messages"), 2, Press("back"), Press("notifications"), Press("back"), Press("home"), Wait(1000),
    OpenApp("Settings"), "Search settings", Type("blue"), Press("delete"), Type("e"), Press("back"), Press("back"), Press("home"),
    OpenApp("Markor"), "todo.txt", Type("call the bank"), Type(" today"), Press("delete"), Press("back"), Press("back"), Press("home"),
)  # fmt: skip
"""Actions; numbers, which mean: tap the so-manieth element that can be clicked, another one in each round; and texts to tap."""


class Walker:
    """Acts and looks; `step(number)` is one round of a timed loop.

    Args:
        device: The phone.
        pixels: `(height, width)` to render, or None.
    """

    def __init__(self, device: Device, pixels: PixelSize | None) -> None:
        self._device = device
        self._pixels = pixels
        self._screen: Screen = device.observe(pixels=pixels)

    def step(self, number: int) -> None:
        """One action and one observation. Equal numbers in equal order do the same."""
        turn, place = divmod(number, len(_ROUND))
        item = _ROUND[place]
        action = self._tap(item + turn) if isinstance(item, int) else self._tap_text(item) if isinstance(item, str) else item
        self._device.perform(action)
        self._screen = self._device.observe(pixels=self._pixels)

    def _tap(self, which: int) -> DeviceAction:
        screen = self._screen
        targets = [e.bounds for e in screen.elements if e.clickable and e.enabled and e.bounds.bottom > 140]
        if not targets:
            return Press("back")
        x, y = targets[which % len(targets)].center
        return Tap(x / screen.width, y / screen.height)

    def _tap_text(self, text: str) -> DeviceAction:
        screen = self._screen
        x, y = next((e.bounds.center for e in screen.elements if text in (e.text, e.content_desc)), (screen.width / 2, screen.height / 2))
        return Tap(x / screen.width, y / screen.height)
