"""Packages and activities: `am`, `pm`, `monkey`, and what `dumpsys` says about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mobilegym.emulator.phone.kernel.manifest import Later

__all__ = ["DUMPS", "PROGRAMS", "SERVICES"]

PROGRAMS: Final[Mapping[str, Later]] = {}
SERVICES: Final[Mapping[str, Later]] = {}
DUMPS: Final[Mapping[str, Later]] = {}
