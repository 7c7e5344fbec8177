"""A phone used through its shell goes through the same states as its twin in process, to the virtual millisecond."""

from __future__ import annotations

import random

import pytest

from mobilegym.actions import OpenApp, Press, Type
from mobilegym.emulator.android.options import AndroidOptions
from mobilegym.emulator.phone import VirtualPhone
from tests.emulator.android.test_shell_device import LocalDevice
from tests.emulator.android.walks import next_action


def walk(seed: int, steps: int) -> None:
    twin, device = VirtualPhone(), LocalDevice(VirtualPhone())
    rng = random.Random(seed)
    apps = [manifest.label for manifest in twin.kernel.packages.launchable()]
    for number in range(steps):
        action = next_action(rng, twin.observe(), apps)
        assert device.perform(action) == twin.perform(action), (number, action)
        assert device.observe() == twin.observe(), (number, action)
        assert dict(device.state_tree()) == dict(twin.state_tree()), (number, action)
    device.close()


@pytest.mark.parametrize("seed", range(3))
def test_a_walk_is_the_same_through_the_shell(seed: int) -> None:
    walk(seed, 40)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 16))
def test_a_long_walk_is_the_same_through_the_shell(seed: int) -> None:
    walk(seed, 400)


def test_pictures_are_the_same_to_the_pixel() -> None:
    twin, device = VirtualPhone(), LocalDevice(VirtualPhone())
    for action in (Press("home"), OpenApp("Settings"), Press("notifications")):
        twin.perform(action)
        device.perform(action)
        mine, theirs = device.observe(pixels=(2400, 1080)).pixels, twin.observe(pixels=(2400, 1080)).pixels
        assert mine is not None
        assert theirs is not None
        assert (mine == theirs).all()


def test_without_the_extension_it_is_any_android() -> None:
    device = LocalDevice(VirtualPhone(), AndroidOptions(plain=True, sleep=lambda _: None))
    assert device.capabilities == {"location", "clock", "databases"}
    assert device.perform(OpenApp("Settings")) is None
    assert device.perform(Type("nobody")) == "no text field is focused; tap one first"
    assert "cmd mobilegym" not in " ".join(device.local.scripts)


def test_refusals_change_nothing_and_say_what_a_phone_says() -> None:
    twin, device = VirtualPhone(), LocalDevice(VirtualPhone())
    for action in (
        OpenApp("Nonsense"),
        OpenApp(""),
        Type("x"),
        Press("power"),
        Type("x"),
        OpenApp("Settings"),
        OpenApp("Contacts Storage"),
    ):
        assert device.perform(action) == twin.perform(action), action
        assert device.clock.now() == twin.clock.now()
