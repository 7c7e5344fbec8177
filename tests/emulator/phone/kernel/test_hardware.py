from __future__ import annotations

from typing import Any, cast

import pytest

from mobilegym.emulator.phone.kernel.hardware import MAX_VOLUMES, STREAMS, Hardware
from mobilegym.emulator.phone.kernel.radios import BluetoothDevice, Sim, WifiNetwork
from mobilegym.emulator.phone.kernel.settings import SettingsStore
from mobilegym.errors import DeviceError, NotFound


@pytest.fixture
def hardware() -> Hardware:
    return Hardware(SettingsStore())


def settings_of(hardware: Hardware) -> SettingsStore:
    return hardware._settings


def test_battery(hardware: Hardware) -> None:
    assert (hardware.battery().level, hardware.battery().charging, hardware.battery_status) == (100, False, "discharging")
    hardware.set_battery(level=40, charging=True)
    assert hardware.battery_status == "charging"
    hardware.set_battery(level=100)
    assert hardware.battery_status == "full"
    for level in (-1, 101):
        with pytest.raises(DeviceError, match=r"0 to 100"):
            hardware.set_battery(level=level)
    with pytest.raises(DeviceError, match=r"charging"):
        hardware.set_battery_saver(True)
    hardware.set_battery(charging=False)
    hardware.set_battery_saver(True)
    assert settings_of(hardware).get("global", "low_power") == "1"
    hardware.set_battery(charging=True)
    assert not hardware.battery_saver


def test_battery_saver_starts_by_itself_where_so_set(hardware: Hardware) -> None:
    settings_of(hardware).put("global", "low_power_trigger_level", "20")
    hardware.set_battery(level=21)
    assert not hardware.battery_saver
    hardware.set_battery(level=20)
    assert hardware.battery_saver
    hardware.set_battery_saver(False)
    hardware.set_battery(level=19)
    assert not hardware.battery_saver


@pytest.mark.parametrize("stream", STREAMS)
def test_volumes_reach_from_nothing_to_the_maximum(hardware: Hardware, stream: Any) -> None:
    for index in (1, MAX_VOLUMES[stream], 0):
        hardware.set_volume(stream, index)
        assert hardware.volume(stream) == index
    for index in (-1, hardware.max_volume(stream) + 1):
        with pytest.raises(DeviceError, match=r"is not within"):
            hardware.set_volume(stream, index)


def test_ringer_mode_follows_the_ring_volume(hardware: Hardware) -> None:
    hardware.set_volume("ring", 5)
    hardware.set_volume("ring", 0)
    assert (hardware.ringer_mode, hardware.volume("notification"), hardware.stored_volume("ring")) == ("vibrate", 0, 5)
    assert settings_of(hardware).get("global", "mode_ringer") == "1"
    hardware.set_ringer_mode("silent")
    hardware.set_volume("ring", 0)
    assert hardware.ringer_mode == "silent"
    assert hardware.volume("alarm") > 0
    hardware.set_volume("ring", 3)
    assert (hardware.ringer_mode, hardware.volume("ring")) == ("normal", 3)
    with pytest.raises(DeviceError, match=r"no volume stream 'tv'"):
        hardware.set_volume(cast("Any", "tv"), 1)


def test_screen(hardware: Hardware) -> None:
    hardware.set_brightness(255)
    assert hardware.brightness == 255
    with pytest.raises(DeviceError):
        hardware.set_brightness(256)
    hardware.hold(1)
    assert hardware.rotation == 0
    hardware.set_auto_rotate(True)
    assert hardware.rotation == 1
    hardware.set_auto_rotate(False)
    hardware.hold(0)
    assert hardware.rotation == 1
    hardware.set_torch(True)
    hardware.set_screen(False)
    hardware.set_locked(True)
    assert (hardware.torch, hardware.screen_on, hardware.locked) == (True, False, True)


def test_location_needs_to_be_on(hardware: Hardware) -> None:
    assert hardware.location() is None
    hardware.set_location(40.7, -74)
    assert hardware.location() == (40.7, -74.0)
    hardware.set_location_on(False)
    assert hardware.location() is None
    assert settings_of(hardware).get("secure", "location_mode") == "0"
    for place in ((91.0, 0.0), (0.0, 181.0), (float("nan"), 0.0)):
        with pytest.raises(DeviceError):
            hardware.set_location(*place)


def test_airplane_mode_restores_what_was_on(hardware: Hardware) -> None:
    hardware.set_bluetooth(False)
    hardware.set_hotspot(True)
    hardware.set_airplane(True)
    assert (hardware.wifi_on, hardware.bluetooth_on, hardware.cellular, hardware.online, hardware.hotspot) == (
        False,
        False,
        False,
        False,
        False,
    )
    assert hardware.mobile_data
    with pytest.raises(DeviceError, match=r"hotspot"):
        hardware.set_hotspot(True)
    hardware.set_wifi(True)
    assert hardware.online
    hardware.set_airplane(True)
    hardware.set_airplane(False)
    assert (hardware.wifi_on, hardware.bluetooth_on, hardware.cellular) == (True, False, True)
    assert settings_of(hardware).get("global", "airplane_mode_on") == "0"


def test_wifi(hardware: Hardware) -> None:
    network = hardware.wifi()
    assert network is not None
    assert network.ssid == "AndroidWifi"
    with pytest.raises(DeviceError, match=r"wrong password"):
        hardware.connect_wifi("Neighbors 5G", "guess")
    hardware.connect_wifi("Neighbors 5G", "not-for-everyone")
    assert "Neighbors 5G" in [saved.ssid for saved in hardware.saved_wifi()]
    hardware.forget_wifi("Neighbors 5G")
    assert hardware.wifi() is None
    hardware.connect_wifi("Harbor Library")
    hardware.set_mobile_data(False)
    assert not hardware.online
    hardware.put_wifi(WifiNetwork("Barn", 0, saved=True))
    for ssid in ("Barn", "Nowhere"):
        with pytest.raises(NotFound):
            hardware.connect_wifi(ssid)
    with pytest.raises(NotFound):
        hardware.forget_wifi("Corner Cafe Guest")
    hardware.set_wifi(False)
    assert (hardware.wifi(), hardware.wifi_networks()) == (None, ())
    hardware.disconnect_wifi()
    hardware.set_wifi(True)
    rejoined = hardware.wifi()
    assert rejoined is not None
    assert rejoined.saved


def test_bluetooth_and_the_rest(hardware: Hardware) -> None:
    buds = hardware.bluetooth_device("Lark Buds")
    hardware.put_bluetooth(buds._replace(connected=True))
    assert hardware.facts()["bluetooth_connected"] == "Lark Buds"
    hardware.set_bluetooth(False)
    assert not hardware.bluetooth_device(buds.address).connected
    assert [item.name for item in hardware.bluetooth_devices()] == ["Lark Buds", "Kitchen Speaker"]
    with pytest.raises(DeviceError):
        hardware.put_bluetooth(buds._replace(connected=True))
    with pytest.raises(NotFound):
        hardware.bluetooth_device("nothing")
    hardware.put_bluetooth(BluetoothDevice("00:00", "New"))
    assert hardware.bluetooth_device("00:00").name == "New"
    hardware.set_sim(None)
    assert (hardware.cellular, hardware.sim) == (False, None)
    hardware.set_sim(Sim("Fieldline", "+15550100", 2, "5G"))
    hardware.set_nfc(False)
    hardware.set_vpn("Office")
    hardware.set_clipboard("copied")
    assert (hardware.nfc, hardware.vpn, hardware.clipboard()) == (False, "Office", "copied")


def test_snapshots_and_observer(hardware: Hardware) -> None:
    heard: list[str] = []
    hardware.on_change = heard.append
    frozen = hardware.freeze()
    hardware.set_clipboard("x")
    hardware.set_battery(level=3)
    assert heard == ["clipboard", "battery"]
    assert hardware.token != frozen.token
    hardware.thaw(frozen)
    assert (hardware.clipboard(), hardware.battery().level, hardware.token) == ("", 100, frozen.token)
