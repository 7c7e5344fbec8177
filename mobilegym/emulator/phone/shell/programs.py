"""Every program of the phone by name. Programs are imported when they are first called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mobilegym.emulator.phone.kernel.manifest import Later
from mobilegym.emulator.phone.shell import apps, screen, state, toybox

__all__ = ["DUMPS", "PROGRAMS", "SERVICES"]

PROGRAMS: Final[Mapping[str, Later]] = {**toybox.PROGRAMS, **apps.PROGRAMS, **screen.PROGRAMS, **state.PROGRAMS}
"""Program name → function `(Process) -> int | Awaitable[int]`."""
SERVICES: Final[Mapping[str, Later]] = {**apps.SERVICES, **screen.SERVICES, **state.SERVICES}
"""System service → what `cmd SERVICE ...` runs, with `argv[0]` the service's name."""
DUMPS: Final[Mapping[str, Later]] = {**apps.DUMPS, **screen.DUMPS, **state.DUMPS}
"""System service → what `dumpsys SERVICE ...` runs, with `argv[0]` the service's name."""
