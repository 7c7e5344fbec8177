"""`getprop` and `setprop`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.config import PhoneConfig
from mobilegym.emulator.phone.shell.system import Finished, System

Shell = Callable[..., Finished]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ro.build.version.sdk", "34"), ("ro.build.version.release", "14"), ("ro.product.model", "Pixel 7"), ("ro.serialno", "mobilegym-0"),
        ("ro.product.cpu.abi", "x86_64"), ("sys.boot_completed", "1"), ("dev.bootcomplete", "1"), ("init.svc.bootanim", "stopped"),
        ("persist.sys.timezone", "America/New_York"), ("gsm.sim.state", "LOADED"), ("gsm.operator.alpha", "Fieldline"),
        ("qemu.sf.lcd_density", "420"), ("ro.product.system.name", "mainline"), ("ro.vendor.build.version.sdk", "34"),
        ("ro.build.characteristics", "emulator"), ("net.dns1", ""),
    ],
)  # fmt: skip
def test_common_properties(sh: Shell, name: str, value: str) -> None:
    assert sh(f"getprop {name}").text == f"{value}\n"


def test_the_list_is_sorted_and_large(sh: Shell) -> None:
    lines = sh("getprop").text.splitlines()
    names = [line.split("]: [")[0].removeprefix("[") for line in lines]
    assert names == sorted(names)
    assert len(names) > 300
    assert "[ro.adb.secure]: [string]" in sh("getprop -T").text
    assert not any(name.startswith("!") for name in names)


def test_it_follows_the_configuration_and_the_state(system: System, sh: Shell) -> None:
    other = System(VirtualPhone(PhoneConfig(model="Other", density=320, locale="de-DE", time_zone="Europe/Berlin", serial="s1")))
    from mobilegym.emulator.phone.shell.state.properties import properties

    values = properties(other)
    assert [values[name] for name in ("ro.product.vendor.model", "qemu.sf.lcd_density", "ro.product.locale", "ro.boot.serialno")] == [
        "Other", "320", "de-DE", "s1",
    ]  # fmt: skip
    assert values["persist.sys.timezone"] == "Europe/Berlin"
    system.kernel.hardware.set_airplane(True)
    assert sh("getprop gsm.operator.alpha; getprop gsm.sim.operator.alpha").text == "\nFieldline\n"
    system.kernel.hardware.set_sim(None)
    assert sh("getprop gsm.sim.state").text == "ABSENT\n"


def test_what_is_set_travels_with_snapshots(sh: Shell, system: System) -> None:
    before = system.phone.snapshot()
    assert sh("setprop debug.layout true").status == 0
    after = system.phone.snapshot()
    system.phone.restore(before)
    assert sh("getprop debug.layout none").text == "none\n"
    system.phone.restore(after)
    assert sh("getprop debug.layout none").text == "true\n"
    assert System(system.phone.fork()).kernel.properties.get("debug.layout") == "true"


def test_the_time_zone_is_the_clocks(sh: Shell, system: System) -> None:
    sh("setprop persist.sys.timezone Asia/Tokyo")
    assert system.kernel.clock.zone.key == "Asia/Tokyo"
    assert sh("getprop persist.sys.timezone").text == "Asia/Tokyo\n"
    assert sh("setprop persist.sys.timezone Atlantis/Poseidonis").status == 1


@pytest.mark.parametrize("words", ["ro.product.model x", "ro.new 1", "debug..x 1", ".x 1", "debug.x " + "v" * 92])
def test_refused(sh: Shell, words: str) -> None:
    name, value = words.split()
    assert sh(f"setprop {words}") == Finished(
        1, b"", f"Failed to set property '{name}' to '{value}'.\nSee dmesg for error reason.\n".encode()
    )
