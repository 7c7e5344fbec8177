"""A careless hand at the phone: random actions, most of them aimed at what is on the screen. Equal seeds give equal episodes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Final, get_args

from mobilegym.actions import DeviceAction, Direction, DoubleTap, Key, LongPress, OpenApp, Press, Scroll, Swipe, Tap, Type, Wait
from mobilegym.emulator.phone import PhoneConfig, VirtualPhone
from mobilegym.observation import Element, Screen
from tests.emulator.phone.furniture import furnish

TEXTS: Final = (
    "", "a", "Ada", "Ada Park", "555-0142", "Buy milk", "two\nlines", "12", "0", "-1", "7:30", "99999999999999999999", "1e9", ".", "..",
    "/", "../x", "a/b", "%s", "'; --", "100%_", "Grüße 東京 🙂", "e\u0301\u200d\u202e", "\x00", "\t", " ", "# Title\n- [ ] item\n",
    "x" * 300, "ada@example.org", "https://example.org/?q=1&r=2", "*#06#", "+1 (212) 555-0142", "112", "*", "[", "(", "\\", '"',
    "2026-02-30",
)  # fmt: skip
KEYS: Final[tuple[Key, ...]] = get_args(Key)
DIRECTIONS: Final[tuple[Direction, ...]] = get_args(Direction)
WAITS: Final = (0, 1, 400, 3_000, 12_000, 61_000, 600_000, 3_600_000)


class Wanderer:
    """Draws the next action for a screen.

    Args:
        rng: All that is random.
        apps: Labels or packages it opens.
    """

    def __init__(self, rng: random.Random, apps: Sequence[str]) -> None:
        self.rng = rng
        self.apps = apps

    def draw(self, screen: Screen) -> DeviceAction:
        rng = self.rng
        dice = rng.random()
        if any(e.focused and e.cls.endswith("EditText") for e in screen.elements) and dice < 0.3:
            return Type(rng.choice(TEXTS), rng.random() < 0.2, rng.random() < 0.3)
        if dice < 0.68:
            return Tap(*self._aim(screen, clickable=True))
        if dice < 0.74:
            return LongPress(*self._aim(screen, clickable=rng.random() < 0.7), rng.choice((300, 800, 2000)))
        if dice < 0.84:
            return Scroll(rng.choice(DIRECTIONS), *self._aim(screen))
        return self._rarer(screen, rng.random())

    def _rarer(self, screen: Screen, dice: float) -> DeviceAction:
        rng = self.rng
        if dice < 0.3:
            return Press("back")
        if dice < 0.5:
            return Press(rng.choice(KEYS))
        if dice < 0.62:
            return OpenApp(rng.choice(self.apps))
        if dice < 0.7:
            return Wait(rng.choice(WAITS))
        if dice < 0.8:
            return DoubleTap(*self._aim(screen))
        x, y = self._aim(screen) if rng.random() < 0.7 else (rng.choice((0.0, 0.5, 1.0)), rng.choice((0.0, 0.5, 1.0)))
        to = (rng.random(), y) if rng.random() < 0.5 else (x, rng.random())
        return Swipe(x, y, *to, rng.choice((0, 100, 300, 900)))

    def _aim(self, screen: Screen, *, clickable: bool = False) -> tuple[float, float]:
        rng = self.rng
        targets: Sequence[Element] = screen.elements
        if clickable:
            targets = [e for e in targets if e.clickable or e.long_clickable or e.cls.endswith("EditText")]
        if not targets or rng.random() < 0.08:
            return rng.random(), rng.random()
        left, top, right, bottom = rng.choice(targets).bounds
        across, down = (rng.random(), rng.random()) if rng.random() < 0.2 else (0.5, 0.5)
        x, y = left + (right - left) * across, top + (bottom - top) * down
        return min(max(x / screen.width, 0.0), 1.0), min(max(y / screen.height, 0.0), 1.0)


def launchable(phone: VirtualPhone) -> list[str]:
    """Labels of all apps with an icon."""
    return [manifest.label for manifest in phone.kernel.packages.launchable()]


def start(seed: int, config: PhoneConfig | None = None) -> tuple[VirtualPhone, Wanderer]:
    """A phone with some data, in an app that the seed chooses (each in turn), and who wanders on it."""
    phone = VirtualPhone(config, seed=seed)
    if seed % 4:
        furnish(phone)
    apps = launchable(phone)
    phone.perform(OpenApp(apps[seed % len(apps)]))
    return phone, Wanderer(random.Random(f"wander {seed}"), apps)


def wander(phone: VirtualPhone, wanderer: Wanderer, steps: int) -> Iterator[DeviceAction]:
    """Carry out random actions; yields each after it was done."""
    for _ in range(steps):
        action = wanderer.draw(phone.observe())
        phone.perform(action)
        yield action
