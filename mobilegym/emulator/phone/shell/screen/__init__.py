"""Screen and input: `input`, `uiautomator`, `screencap`, `wm`, `ime`, and what broadcasts do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mobilegym.emulator.phone.kernel.manifest import Later

__all__ = ["DUMPS", "PROGRAMS", "SERVICES"]

_HERE: Final = "mobilegym.emulator.phone.shell.screen."

PROGRAMS: Final[Mapping[str, Later]] = {
    "input": Later(_HERE + "input:run"),
    "uiautomator": Later(_HERE + "uiautomator:run"),
    "screencap": Later(_HERE + "screencap:run"),
    "screenrecord": Later(_HERE + "screenrecord:run"),
    "wm": Later(_HERE + "wm:run"),
    "ime": Later(_HERE + "ime:run"),
    "logcat": Later(_HERE + "logcat:run"),
    "log": Later(_HERE + "logcat:log"),
}
SERVICES: Final[Mapping[str, Later]] = {
    "input": PROGRAMS["input"],
    "window": PROGRAMS["wm"],
    "input_method": PROGRAMS["ime"],
}
DUMPS: Final[Mapping[str, Later]] = {
    name: Later(_HERE + "dumps:" + function)
    for name, function in {
        "display": "display", "input": "input_devices", "input_method": "input_method", "SurfaceFlinger": "surface_flinger",
        "gfxinfo": "gfxinfo",
    }.items()
}  # fmt: skip
