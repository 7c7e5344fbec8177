"""Packages and activities: `am`, `pm`, `monkey`, and what `dumpsys` says about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mobilegym.emulator.phone.kernel.manifest import Later

__all__ = ["DUMPS", "PROGRAMS", "SERVICES"]

_HERE: Final = "mobilegym.emulator.phone.shell.apps."

PROGRAMS: Final[Mapping[str, Later]] = {
    "am": Later(_HERE + "am:am"),
    "pm": Later(_HERE + "pm:pm"),
    "monkey": Later(_HERE + "monkey:monkey"),
}
SERVICES: Final[Mapping[str, Later]] = {"activity": PROGRAMS["am"], "package": PROGRAMS["pm"], "activity_task": PROGRAMS["am"]}
DUMPS: Final[Mapping[str, Later]] = {
    "activity": Later(_HERE + "dump_activity:dump"),
    "window": Later(_HERE + "dump_window:dump"),
    "package": Later(_HERE + "dump_package:dump"),
    "usagestats": Later(_HERE + "dump_usage:dump"),
}
