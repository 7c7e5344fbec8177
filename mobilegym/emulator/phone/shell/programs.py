"""Every program of the phone by name. Programs are imported when they are first called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mobilegym.emulator.phone.kernel.manifest import Later
from mobilegym.emulator.phone.shell import apps, screen, state, toybox
from mobilegym.emulator.phone.shell.sh import tables as sh

__all__ = ["DUMPS", "PROGRAMS", "SERVICES"]

_APP_PROCESS: Final = Later("mobilegym.emulator.phone.shell.app_process:app_process")

PROGRAMS: Final[Mapping[str, Later]] = {
    "app_process": _APP_PROCESS, "app_process64": _APP_PROCESS,
    **sh.PROGRAMS, **toybox.PROGRAMS, **apps.PROGRAMS, **screen.PROGRAMS, **state.PROGRAMS,
}  # fmt: skip
"""Program name → function `(Process) -> int | Awaitable[int]`."""
SERVICES: Final[Mapping[str, Later]] = {**apps.SERVICES, **screen.SERVICES, **state.SERVICES}
"""System service → what `cmd SERVICE ...` runs, with `argv[0]` the service's name."""
DUMPS: Final[Mapping[str, Later]] = {**apps.DUMPS, **screen.DUMPS, **state.DUMPS}
"""System service → what `dumpsys SERVICE ...` runs, with `argv[0]` the service's name."""
