"""Screen and input: `input`, `uiautomator`, `screencap`, `wm`, `ime`, and what broadcasts do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mobilegym.emulator.phone.kernel.manifest import Later

__all__ = ["DUMPS", "PROGRAMS", "SERVICES"]

PROGRAMS: Final[Mapping[str, Later]] = {}
SERVICES: Final[Mapping[str, Later]] = {}
DUMPS: Final[Mapping[str, Later]] = {}
