"""A phone that is used through its shell keeps the rules, and does what the same phone does in process."""

from __future__ import annotations

from mobilegym.emulator.android.options import AndroidOptions
from mobilegym.emulator.android.shell_device import ShellDevice
from mobilegym.emulator.conformance import DeviceConformance
from mobilegym.emulator.device import Device
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.system import System
from tests.emulator.android.conftest import SystemShell


class LocalDevice(ShellDevice):
    """Without a wire."""

    def __init__(self, phone: VirtualPhone, options: AndroidOptions | None = None) -> None:
        self.local = SystemShell(System(phone))
        super().__init__(self.local, "local", options or AndroidOptions(sleep=lambda _: None))

    def close(self) -> None:
        self.local.close()


class TestThroughTheShell(DeviceConformance):
    def make_device(self) -> Device:
        return LocalDevice(VirtualPhone())
