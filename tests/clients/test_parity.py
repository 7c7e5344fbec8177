"""One task, three kinds of phone: every solution of the starter suite over adb and over Appium, compared with the phone in this process."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Final

import adbutils
import pytest

from mobilegym.emulator.adb import AdbDevice
from mobilegym.emulator.android.options import AndroidOptions
from mobilegym.emulator.appium import AppiumDevice
from mobilegym.emulator.device import Device
from mobilegym.emulator.phone import PhoneConfig, VirtualPhone
from mobilegym.evaluation.parity import compare_template
from mobilegym.evaluation.verify import play
from mobilegym.tasks.suites import Suite, load_suite
from mobilegym.verdict import Failed, Passed
from tests.clients.appium_server import appium_server, why_no_appium
from tests.clients.harness import Adb, adb_server, serve_emulators
from tests.conftest import missing

PARTS: Final = 4
"""The suite is compared in parts, so that they can run side by side."""


@pytest.fixture(scope="module")
def suite() -> Suite:
    return load_suite("starter")


@pytest.fixture(scope="module")
def config(suite: Suite) -> PhoneConfig:
    return PhoneConfig(time_zone=suite.config.timezone)


@pytest.fixture(scope="module")
def server(any_adb: str, tmp_path_factory: pytest.TempPathFactory) -> Generator[Adb]:
    with adb_server(any_adb, tmp_path_factory.mktemp("home")) as adb:
        yield adb


@pytest.fixture(scope="module")
def serial(server: Adb, config: PhoneConfig) -> Generator[str]:
    with serve_emulators([VirtualPhone(config)], server) as thread:
        yield thread.phones[0].serial


@pytest.fixture(scope="module")
def over_adb(server: Adb, serial: str) -> Generator[Device]:
    with AdbDevice(serial, AndroidOptions(), client=adbutils.AdbClient(port=server.port)) as device:
        yield device


@pytest.fixture(scope="module")
def over_appium(server: Adb, config: PhoneConfig, tmp_path_factory: pytest.TempPathFactory) -> Generator[Device]:
    if why := why_no_appium():
        missing(why, "Appium is a development tool")
    with appium_server(server, tmp_path_factory.mktemp("appium")) as appium, serve_emulators([VirtualPhone(config)], server) as thread:
        serial = thread.phones[0].serial
        capabilities = {name.removeprefix("appium:"): value for name, value in appium.capabilities(serial).items()}
        with AppiumDevice(appium.url, capabilities, serial=serial) as device:
            yield device


def part(suite: Suite, number: int) -> Sequence[str]:
    return sorted(suite.templates)[number::PARTS]


def compare(suite: Suite, names: Sequence[str], config: PhoneConfig, other: Device) -> None:
    """Raises AssertionError with every difference."""
    differences: list[str] = []
    with VirtualPhone(config) as here:
        for name in names:
            for row in compare_template(suite.template(name), here, other, [0]):
                assert row.screens == row.steps > 0
                assert row.state_paths > 0
                differences += [f"{name} step {d.step}: {d.kind} {d.where}: {d.first} / {d.second}" for d in row.differences]
    assert differences == []


@pytest.mark.parametrize("number", range(PARTS))
def test_nothing_differs_over_adb(suite: Suite, config: PhoneConfig, over_adb: Device, number: int) -> None:
    compare(suite, part(suite, number), config, over_adb)


@pytest.mark.parametrize("number", range(PARTS))
def test_nothing_differs_over_appium(suite: Suite, config: PhoneConfig, over_appium: Device, number: int) -> None:
    compare(suite, part(suite, number), config, over_appium)


def test_a_solution_passes_over_adb(suite: Suite, over_adb: Device) -> None:
    task = suite.template("messages.meeting_proposal").instance(1)
    over_adb.reset(seed=1)
    task.prepare(over_adb)
    verdict, steps = play(over_adb, task, task.solve())
    assert isinstance(verdict, Passed)
    assert steps > 10


def test_a_field_that_is_out_of_sight_takes_keys_over_appium(suite: Suite, over_appium: Device) -> None:
    task = suite.template("contacts.edit_namesake").instance(0)
    (miss,) = [m for m in task.near_misses if m.name == "second_number"]
    over_appium.reset(seed=0)
    task.prepare(over_appium)
    verdict, _ = play(over_appium, task, task.miss(miss))
    assert isinstance(verdict, Failed)
    assert not next(check for check in verdict.checks if check.name == "changed").passed
