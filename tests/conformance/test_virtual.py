"""The virtual phone keeps the rules."""

from __future__ import annotations

from mobilegym.emulator.conformance import DeviceConformance
from mobilegym.emulator.device import Device
from mobilegym.emulator.phone import VirtualPhone


class TestVirtualPhone(DeviceConformance):
    def make_device(self) -> Device:
        return VirtualPhone()
