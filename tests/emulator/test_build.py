"""Phones from data: what is unknown or wrong is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mobilegym.emulator.build import DeviceSpec, build_device
from mobilegym.emulator.scripted import ScriptedDevice
from mobilegym.errors import ContentError, DeviceError


def test_a_phone_is_built_by_name_or_by_function() -> None:
    assert isinstance(build_device(DeviceSpec("scripted")), ScriptedDevice)
    assert isinstance(build_device(DeviceSpec("mobilegym.emulator.scripted:ScriptedDevice", {"seed": 3})), ScriptedDevice)


@pytest.mark.parametrize(
    "kind, options, words",
    [
        ("toaster", {}, "unknown device 'toaster'; there are adb, appium, replay, scripted, virtual"),
        ("no_such_module:make", {}, "cannot be imported: No module named"),
        ("mobilegym.emulator.scripted:nothing", {}, "cannot be imported"),
        ("scripted", {"dark": True}, "refuses its options"),
        ("virtual", {"darkness": 1}, "has no option `darkness`; it has width"),
        ("virtual", {"dark": "maybe"}, "option `dark`: .*got 'maybe'"),
        ("virtual", {"width": "wide"}, "option `width`"),
        ("virtual", {"settings": [["a"]]}, "option `settings.0"),
    ],
)
def test_what_is_wrong_is_named(kind: str, options: dict[str, Any], words: str) -> None:
    with pytest.raises(ContentError, match=words):
        build_device(DeviceSpec(kind, options))


def test_what_is_no_device_is_refused() -> None:
    with pytest.raises(DeviceError, match="must return a mobilegym Device, got dict"):
        build_device(DeviceSpec("builtins:dict"))


def test_a_phone_is_recorded_and_its_recording_is_a_phone(tmp_path: Path) -> None:
    path = str(tmp_path / "phone.jsonl")
    with build_device(DeviceSpec("virtual", {"record": path})) as phone:
        shown = phone.observe().elements
    with build_device(DeviceSpec(f"replay:{path}")) as replayed:
        assert replayed.observe().elements == shown
