"""Two phones that agree, and every way in which two phones may not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from mobilegym.actions import DeviceAction
from mobilegym.cli.app import app
from mobilegym.emulator.device import Device, PixelSize
from mobilegym.emulator.phone import PhoneConfig, VirtualPhone
from mobilegym.errors import DeviceLost
from mobilegym.evaluation.parity import ParityRow, compare_template
from mobilegym.observation import Screen
from mobilegym.tasks.suites import Suite, load_suite


@pytest.fixture(scope="module")
def suite() -> Suite:
    return load_suite("starter")


@pytest.fixture
def phone(suite: Suite) -> Iterator[VirtualPhone]:
    with VirtualPhone(config(suite)) as phone:
        yield phone


def config(suite: Suite) -> PhoneConfig:
    return PhoneConfig(time_zone=suite.config.timezone)


def compare(suite: Suite, first: Device, second: Device) -> ParityRow:
    template = suite.template(min(suite.templates))
    with second:
        (row,) = compare_template(template, first, second, [0])
    return row


def kinds(row: ParityRow) -> set[str]:
    return {difference.kind for difference in row.differences}


def test_equal_phones_do_not_differ(suite: Suite, phone: VirtualPhone) -> None:
    row = compare(suite, phone, VirtualPhone(config(suite)))
    assert row.same
    assert row.screens == row.steps > 1
    assert row.state_paths > 50


def test_another_look_is_seen_in_the_tree(suite: Suite, phone: VirtualPhone) -> None:
    row = compare(suite, phone, VirtualPhone(replace(config(suite), font_scale=1.3)))
    assert "element" in kinds(row)
    assert {d.where.rpartition(".")[2] for d in row.differences if d.kind == "element"} >= {"bounds"}


def test_another_time_zone_is_seen_on_the_clock(suite: Suite, phone: VirtualPhone) -> None:
    row = compare(suite, phone, VirtualPhone(PhoneConfig(time_zone="Asia/Tokyo")))
    assert not row.same


class Forgetful(VirtualPhone):
    """Does nothing when it is asked to act."""

    def perform(self, action: DeviceAction) -> str | None:
        return None


def test_another_outcome_is_seen_in_verdict_and_state(suite: Suite, phone: VirtualPhone) -> None:
    row = compare(suite, phone, Forgetful(config(suite)))
    assert kinds(row) & {"verdict", "broken"}
    assert not row.same


class Meddling(VirtualPhone):
    """Keeps something that nobody asked for."""

    def perform(self, action: DeviceAction) -> str | None:
        self.settings.put("system", "meddled", "1")
        return super().perform(action)


def test_another_state_is_seen_with_its_path(suite: Suite, phone: VirtualPhone) -> None:
    row = compare(suite, phone, Meddling(config(suite)))
    assert ("setting:system/meddled", "—", "1") in {(d.where, d.first, d.second) for d in row.differences if d.kind == "state"}


class Dying(VirtualPhone):
    """Is lost at the third look."""

    looks = 0

    def observe(self, *, pixels: PixelSize | None = None) -> Screen:
        self.looks += 1
        if self.looks == 3:
            raise DeviceLost("gone")
        return super().observe(pixels=pixels)


def test_a_phone_that_fails_is_a_difference_and_no_exception(suite: Suite, phone: VirtualPhone) -> None:
    row = compare(suite, phone, Dying(config(suite)))
    assert [(d.first, d.second) for d in row.differences if d.kind == "broken"] == [("—", "DeviceLost: gone")]


def test_the_command_says_same_and_different() -> None:
    runner = CliRunner()
    arguments = ["parity", "starter", "--task", "clock*", "--device", "virtual", "--json"]
    same = runner.invoke(app, [*arguments, "--device", "virtual"])
    assert same.exit_code == 0, same.output
    data = json.loads(same.stdout)
    assert data["same"]
    assert data["screens"] > 10
    assert all(row["differences"] == [] for row in data["rows"])
    different = runner.invoke(app, [*arguments, "--device", "tests.evaluation.test_parity:Meddling"])
    assert different.exit_code == 1
    assert not json.loads(different.stdout)["same"]


def test_the_command_wants_two_phones() -> None:
    result = CliRunner().invoke(app, ["parity", "starter", "--device", "virtual"])
    assert result.exit_code == 2
    assert "must be given twice" in result.stderr
