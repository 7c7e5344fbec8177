"""Recordings of a phone: what is in them comes back, and nothing else does."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from mobilegym.actions import OpenApp, Press, Tap
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.replay import RecordingDevice, ReplayDevice
from mobilegym.errors import ContentError, DeviceLost, NotFound, ReplayMismatch
from mobilegym.evaluation.verify import play
from mobilegym.tasks.suites import load_suite


def record(path: Path) -> None:
    with RecordingDevice(VirtualPhone(), path) as phone:
        assert phone.perform(OpenApp("Clock")) is None
        phone.observe(pixels=(60, 27))
        with pytest.raises(NotFound):
            phone.files.read("/sdcard/nothing")


@pytest.mark.parametrize("name", ["phone.jsonl", "phone.jsonl.gz"])
def test_answers_come_back(tmp_path: Path, name: str) -> None:
    record(tmp_path / name)
    twin = VirtualPhone()
    twin.perform(OpenApp("Clock"))
    expected = twin.observe(pixels=(60, 27))
    with ReplayDevice(tmp_path / name) as phone:
        assert phone.info == twin.info
        assert phone.capabilities == twin.capabilities
        assert phone.perform(OpenApp("Clock")) is None
        assert not phone.finished
        screen = phone.observe(pixels=(60, 27))
        assert screen.elements == expected.elements
        assert screen.clock == expected.clock
        assert screen.clock.tzinfo == expected.clock.tzinfo
        assert screen.pixels is not None
        assert expected.pixels is not None
        assert np.array_equal(screen.pixels, expected.pixels)
        with pytest.raises(NotFound, match="nothing"):
            phone.files.read("/sdcard/nothing")
        assert phone.finished
    with pytest.raises(DeviceLost):
        phone.observe()


def test_another_call_is_a_mismatch_and_is_not_counted(tmp_path: Path) -> None:
    record(tmp_path / "phone.jsonl")
    phone = ReplayDevice(tmp_path / "phone.jsonl")
    with pytest.raises(ReplayMismatch, match=r"call 1 was perform.*OpenApp.*now it is perform.*Tap"):
        phone.perform(Tap(0.5, 0.5))
    with pytest.raises(ReplayMismatch, match="call 1"):
        phone.state_tree()
    assert phone.perform(OpenApp("Clock")) is None


def test_the_end_of_a_recording_is_a_mismatch(tmp_path: Path) -> None:
    with RecordingDevice(VirtualPhone(), tmp_path / "phone.jsonl") as recording:
        recording.perform(Press("home"))
    phone = ReplayDevice(tmp_path / "phone.jsonl")
    phone.perform(Press("home"))
    with pytest.raises(ReplayMismatch, match="ends after 1 call"):
        phone.perform(Press("home"))


def test_a_task_is_judged_alike_on_its_recording(tmp_path: Path) -> None:
    suite = load_suite("starter")
    task = suite.template(sorted(suite.templates)[0]).instance(0)
    with RecordingDevice(VirtualPhone(), tmp_path / "phone.jsonl.gz") as recording:
        recording.reset(seed=0)
        task.prepare(recording)
        first, steps = play(recording, task, task.solve())
    with ReplayDevice(tmp_path / "phone.jsonl.gz") as phone:
        phone.reset(seed=0)
        task.prepare(phone)
        assert play(phone, task, task.solve()) == (first, steps)
        assert phone.finished


def test_a_recording_is_never_overwritten(tmp_path: Path) -> None:
    record(tmp_path / "phone.jsonl")
    with pytest.raises(ContentError, match="exists already"):
        RecordingDevice(VirtualPhone(), tmp_path / "phone.jsonl")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no recording"),
        ("{}\n", "no recording"),
        ('{"format": "mobilegym-device-recording", "version": 9}\n', "version 9"),
        ("nonsense\n", "damaged"),
        ("[1]\n", "no call"),
    ],
)
def test_damaged_recordings_are_refused(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "phone.jsonl"
    path.write_text(text)
    with pytest.raises(ContentError, match=why) as error:
        ReplayDevice(path)
    assert str(path) in str(error.value)


def test_a_recording_that_was_cut_off_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "phone.jsonl"
    record(path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ContentError, match=r"phone\.jsonl:4: .*damaged"):
        ReplayDevice(path)


def test_missing_recordings_are_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"nothing\.jsonl: there is no such recording"):
        ReplayDevice(tmp_path / "nothing.jsonl")


def test_a_value_that_was_tampered_with_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "phone.jsonl"
    with RecordingDevice(VirtualPhone(), path) as recording:
        recording.activity()
    header, call = path.read_text().splitlines()
    data = json.loads(call)
    data["result"]["$"] = "Nonsense"
    path.write_text(f"{header}\n{json.dumps(data)}\n")
    with pytest.raises(ContentError, match="cannot be read"):
        ReplayDevice(path).activity()
