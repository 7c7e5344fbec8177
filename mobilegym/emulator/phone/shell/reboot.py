"""Restarting a phone: what is stored stays, what runs is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["BOOT_COMPLETED", "reboot"]

BOOT_COMPLETED: Final = "android.intent.action.BOOT_COMPLETED"
_BOOT_MS: Final = 20_000
"""Virtual time until the home screen is there."""


def reboot(system: System) -> None:
    """Stop every app and program, forget notifications, and come up at the home screen, or the lock screen where one is set."""
    kernel = system.kernel
    system.owed_ms = 0
    system.booted()
    if kernel.telephony.call.phase != "idle":
        kernel.telephony.hang_up()
    for process in system.processes.all():
        if process.user == "shell" and process.name != "adbd":
            system.processes.kill(process.pid)
    for package in kernel.packages.names():
        system.processes.kill_package(package)
        if kernel.activities.running(package) and package != kernel.packages.home_package:
            kernel.activities.force_stop(package)
    kernel.notifications.cancel_all()
    kernel.shell.wake()
    kernel.activities.go_home()
    kernel.shell.set(shade="closed", power_menu=False, volume_until_ms=0, heads_up="")
    kernel.hardware.set_locked(bool(kernel.settings.get("secure", "lockscreen_pin")))
    kernel.journal.append("system", "android", "rebooted", "reversible")
    kernel.broadcast_all(BOOT_COMPLETED, {})
    system.phone.pass_time(_BOOT_MS)
