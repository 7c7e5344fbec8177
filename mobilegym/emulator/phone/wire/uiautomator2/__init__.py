"""Appium's UiAutomator2 server: what the driver expects to listen on the phone's port 6790."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mobilegym.emulator.phone.wire.uiautomator2.instrumentation import COMPONENT, PORT, Instrumentation

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["install"]


def install(system: System) -> None:
    """Make the server known to `am instrument` of a phone."""
    instrumentation = Instrumentation()
    system.instrumentations[COMPONENT] = instrumentation.run
    system.services[PORT] = instrumentation.serve
