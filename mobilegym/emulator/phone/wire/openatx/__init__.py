"""The server of openatx's uiautomator2: what the Python package of that name expects on the phone's port 9008."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mobilegym.emulator.phone.wire.openatx.main import CLASS, run

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["install"]


def install(system: System) -> None:
    """Make the server known to `app_process` of a phone."""
    system.java_mains[CLASS] = run
