"""A recorded phone keeps the rules that the phone kept: each test runs on a phone that is recorded, then on the recording."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mobilegym.emulator.conformance import DeviceConformance
from mobilegym.emulator.device import Device
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.replay import RecordingDevice, ReplayDevice


class TestReplayedPhone(DeviceConformance):
    @pytest.fixture(autouse=True)
    def recorded(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
        self.folder, self.made, self.replaying = tmp_path, 0, False
        self.replayed: list[ReplayDevice] = []
        names: tuple[str, ...] = request.node._fixtureinfo.argnames
        values: dict[str, Any] = {name: request.getfixturevalue(name) for name in names if name != "device"}
        test = getattr(self, request.function.__name__)
        if "device" in names:
            with self.make_device() as device:
                device.reset(seed=0)
                test(device=device, **values)
        else:
            test(**values)
        self.made, self.replaying = 0, True
        yield
        assert all(device.finished for device in self.replayed)

    def make_device(self) -> Device:
        self.made += 1
        path = self.folder / f"{self.made}.jsonl"
        if not self.replaying:
            return RecordingDevice(VirtualPhone(), path)
        self.replayed.append(ReplayDevice(path))
        return self.replayed[-1]
