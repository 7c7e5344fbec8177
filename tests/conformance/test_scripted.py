"""The scripted phone keeps the rules."""

from __future__ import annotations

from mobilegym.emulator.conformance import DeviceConformance
from mobilegym.emulator.device import Device
from mobilegym.emulator.scripted import ScriptedDevice


class TestScriptedDevice(DeviceConformance):
    def make_device(self) -> Device:
        return ScriptedDevice()
