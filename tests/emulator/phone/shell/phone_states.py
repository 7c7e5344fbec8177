"""States that a phone can be in when somebody looks, and how to read what a shell says of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from mobilegym.actions import OpenApp, Press
from mobilegym.emulator.phone.hierarchy import rotation_of
from mobilegym.emulator.phone.shell.system import Finished, System

__all__ = ["COVERED", "HOME", "NUMBER", "SETTINGS", "STATES", "Sh", "found", "full", "in_a_call", "in_front", "open_settings", "yes"]

Sh = Callable[..., Finished]
SETTINGS = "com.android.settings"
HOME = "com.google.android.apps.nexuslauncher"
NUMBER = "5551234567"


def open_settings(system: System) -> None:
    system.phone.perform(OpenApp("Settings"))


def _keyboard(system: System) -> None:
    open_settings(system)
    x, y = next(e for e in system.phone.observe().elements if e.text.startswith("Search")).bounds.center
    system.kernel.input.tap(x, y)
    assert system.kernel.ime.shown


def _lock_screen(system: System) -> None:
    open_settings(system)
    system.kernel.shell.sleep()
    system.kernel.shell.wake()
    assert system.kernel.hardware.locked


def _screen_off(system: System) -> None:
    open_settings(system)
    system.kernel.shell.sleep()


def _ringing(system: System) -> None:
    open_settings(system)
    system.kernel.telephony.ring(NUMBER)


def in_a_call(system: System) -> None:
    _ringing(system)
    system.kernel.telephony.answer()


def _shade(system: System) -> None:
    open_settings(system)
    system.kernel.shell.set(shade="open")


def _landscape(system: System) -> None:
    open_settings(system)
    system.kernel.settings.put("system", "user_rotation", "1")
    assert rotation_of(system.kernel) == 1


def _power_menu(system: System) -> None:
    open_settings(system)
    system.kernel.shell.set(power_menu=True)


def _overview(system: System) -> None:
    open_settings(system)
    system.phone.perform(Press("recents"))


def _another_page(system: System) -> None:
    open_settings(system)
    x, y = next(e for e in system.phone.observe().elements if e.text == "Battery").bounds.center
    system.kernel.input.tap(x, y)


def _nothing(_: System) -> None:
    pass


STATES: Final = {
    "home": _nothing, "app": open_settings, "keyboard": _keyboard, "lock screen": _lock_screen, "screen off": _screen_off,
    "ringing": _ringing, "call": in_a_call, "shade": _shade, "landscape": _landscape, "power menu": _power_menu,
    "overview": _overview, "page": _another_page,
}  # fmt: skip
COVERED: Final = {"lock screen", "screen off", "shade", "power menu"}
"""Where a window of the system has the focus, or none."""


def yes(sh: Sh, script: str) -> bool:
    """Whether a condition holds on the phone."""
    done = sh(script)
    assert done.status in {0, 1}
    return done.status == 0


def found(pattern: str, text: str, flags: int = re.MULTILINE) -> tuple[str, ...]:
    """The groups of the first match; there must be one."""
    match = re.search(pattern, text, flags)
    assert match is not None, text[:2000]
    return match.groups()


def in_front(system: System) -> tuple[str, str]:
    """Package and class of the activity in front, shown or not."""
    ref = system.kernel.activities.ref()
    return ref.package, ref.activity


def full(package: str, activity: str) -> str:
    """A class name that may be short."""
    return package + activity if activity.startswith(".") else activity
