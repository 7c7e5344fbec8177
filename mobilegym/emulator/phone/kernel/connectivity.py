"""The radios: airplane mode, Wi-Fi, mobile network, Bluetooth, hotspot, NFC, VPN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from mobilegym.emulator.phone.kernel.cow import TOKENS
from mobilegym.emulator.phone.kernel.radios import BLUETOOTH_DEVICES, SIM, WIFI_NETWORKS, BluetoothDevice, Sim, WifiNetwork
from mobilegym.emulator.phone.kernel.settings import SettingsStore
from mobilegym.errors import DeviceError, NotFound

__all__ = ["Connectivity", "HardwareState"]


@dataclass(frozen=True, slots=True)
class HardwareState:
    """What settings do not hold."""

    battery_level: int = 100
    charging: bool = False
    battery_decidegrees: int = 250
    battery_millivolts: int = 4200
    fix: tuple[float, float] | None = None
    """`(latitude, longitude)` the receivers would see."""
    wifi: tuple[WifiNetwork, ...] = WIFI_NETWORKS
    wifi_ssid: str | None = "AndroidWifi"
    """Network used while Wi-Fi is on."""
    bluetooth: tuple[BluetoothDevice, ...] = BLUETOOTH_DEVICES
    sim: Sim | None = SIM
    hotspot: bool = False
    vpn: str | None = None
    after_airplane: tuple[bool, bool] = (False, False)
    """Whether Wi-Fi and Bluetooth come back when airplane mode ends."""
    held: int = 0
    """How the phone is held, quarter turns counter-clockwise, 0–3."""
    screen_on: bool = True
    locked: bool = False
    clipboard: str = ""


class Connectivity:
    """The part of `Hardware` that concerns radios; see there."""

    def __init__(self, settings: SettingsStore, state: HardwareState | None = None) -> None:
        self._settings = settings
        self._state = state or HardwareState()
        self.on_change: Callable[[str], None] | None = None
        """Called with the name of what changed (`battery`, `wifi`, …); not part of the state."""
        self.token = next(TOKENS)
        """Token of what settings do not hold; drawn at every change made here."""

    @property
    def state(self) -> HardwareState:
        """The part of the state that settings do not hold."""
        return self._state

    @property
    def airplane(self) -> bool:
        return self._flag("airplane_mode_on")

    def set_airplane(self, on: bool) -> None:
        """Airplane mode: radios go off, and Wi-Fi and Bluetooth come back afterwards as they were."""
        if on == self.airplane:
            return
        if on:
            self._replace("airplane", after_airplane=(self.wifi_on, self.bluetooth_on), hotspot=False)
            self._settings.set_flag("global", "airplane_mode_on", True)
            self.set_wifi(False)
            self.set_bluetooth(False)
        else:
            wifi, bluetooth = self._state.after_airplane
            self._settings.set_flag("global", "airplane_mode_on", False)
            self._replace("airplane", after_airplane=(False, False))
            self.set_wifi(wifi or self.wifi_on)
            self.set_bluetooth(bluetooth or self.bluetooth_on)

    @property
    def wifi_on(self) -> bool:
        return self._flag("wifi_on")

    def set_wifi(self, on: bool) -> None:
        """Switch Wi-Fi; on, it joins the strongest saved network."""
        self._settings.set_flag("global", "wifi_on", on)
        if not on or self.wifi() is not None:
            self._tell("wifi")
            return
        known = [network for network in self._state.wifi if network.saved and network.signal > 0]
        best = max(known, key=lambda network: network.signal, default=None)
        self._replace("wifi", wifi_ssid=best.ssid if best else None)

    def wifi(self) -> WifiNetwork | None:
        """The network in use, or None."""
        if not self.wifi_on or self._state.wifi_ssid is None:
            return None
        network = self._find_wifi(self._state.wifi_ssid)
        return network if network is not None and network.signal > 0 else None

    def wifi_networks(self) -> tuple[WifiNetwork, ...]:
        """Networks in range, strongest first; none while Wi-Fi is off."""
        found = [network for network in self._state.wifi if network.signal > 0] if self.wifi_on else []
        return tuple(sorted(found, key=lambda network: -network.signal))

    def saved_wifi(self) -> tuple[WifiNetwork, ...]:
        """Saved networks, in range or not, by name."""
        return tuple(sorted((network for network in self._state.wifi if network.saved), key=lambda network: network.ssid.casefold()))

    def connect_wifi(self, ssid: str, password: str | None = None) -> None:
        """Join a network and save it.

        Raises:
            NotFound: If it is not in range, or Wi-Fi is off.
            DeviceError: If it is not saved and `password` is wrong.
        """
        network = self._find_wifi(ssid)
        if network is None or network.signal == 0 or not self.wifi_on:
            raise NotFound(f"no Wi-Fi network {ssid!r} in range")
        if network.secured and not network.saved and password != network.password:
            raise DeviceError(f"wrong password for the Wi-Fi network {ssid!r}")
        self.put_wifi(network._replace(saved=True))
        self._replace("wifi", wifi_ssid=ssid)

    def disconnect_wifi(self) -> None:
        """Leave the network in use and stay disconnected."""
        self._replace("wifi", wifi_ssid=None)

    def forget_wifi(self, ssid: str) -> None:
        """Forget a saved network.

        Raises:
            NotFound: If it is not saved.
        """
        network = self._find_wifi(ssid)
        if network is None or not network.saved:
            raise NotFound(f"no saved Wi-Fi network {ssid!r}")
        self.put_wifi(network._replace(saved=False))
        if self._state.wifi_ssid == ssid:
            self.disconnect_wifi()

    def put_wifi(self, network: WifiNetwork) -> None:
        """Add a network to the surroundings, or replace the one of that name."""
        rest = tuple(other for other in self._state.wifi if other.ssid != network.ssid)
        self._replace("wifi", wifi=(*rest, network))

    @property
    def mobile_data(self) -> bool:
        """Whether it is switched on; airplane mode does not change that."""
        return self._flag("mobile_data")

    def set_mobile_data(self, on: bool) -> None:
        self._settings.set_flag("global", "mobile_data", on)
        self._tell("mobile")

    @property
    def cellular(self) -> bool:
        """Whether the phone can call and text: a SIM with signal, and no airplane mode."""
        return self._state.sim is not None and self._state.sim.signal > 0 and not self.airplane

    @property
    def online(self) -> bool:
        """Whether apps reach the internet."""
        network = self.wifi()
        return (network is not None and network.internet) or (self.mobile_data and self.cellular)

    @property
    def sim(self) -> Sim | None:
        return self._state.sim

    def set_sim(self, sim: Sim | None) -> None:
        """Put in a SIM, change its reception, or take it out."""
        self._replace("mobile", sim=sim)

    @property
    def bluetooth_on(self) -> bool:
        return self._flag("bluetooth_on")

    def set_bluetooth(self, on: bool) -> None:
        """Switch Bluetooth; off, everything is disconnected."""
        self._settings.set_flag("global", "bluetooth_on", on)
        devices = self._state.bluetooth if on else tuple(item._replace(connected=False) for item in self._state.bluetooth)
        self._replace("bluetooth", bluetooth=devices)

    def bluetooth_devices(self) -> tuple[BluetoothDevice, ...]:
        """Devices paired or, while Bluetooth is on, nearby; in a fixed order."""
        return tuple(item for item in self._state.bluetooth if item.paired or self.bluetooth_on)

    def bluetooth_device(self, address: str) -> BluetoothDevice:
        """A device by address or name.

        Raises:
            NotFound: If there is none.
        """
        for item in self._state.bluetooth:
            if address in {item.address, item.name}:
                return item
        raise NotFound(f"no Bluetooth device {address!r}")

    def put_bluetooth(self, item: BluetoothDevice) -> None:
        """Add a device, or replace the one of that address: so it is paired, connected, forgotten.

        Raises:
            DeviceError: If it is to be connected while Bluetooth is off or it is not paired.
        """
        if item.connected and not (self.bluetooth_on and item.paired):
            raise DeviceError(f"cannot connect {item.name!r}: Bluetooth must be on and the device paired")
        found = [item if other.address == item.address else other for other in self._state.bluetooth]
        if item not in found:
            found.append(item)
        self._replace("bluetooth", bluetooth=tuple(found))

    @property
    def hotspot(self) -> bool:
        return self._state.hotspot

    def set_hotspot(self, on: bool) -> None:
        """Share the mobile connection.

        Raises:
            DeviceError: If it is switched on without a cellular network.
        """
        if on and not self.cellular:
            raise DeviceError("the hotspot needs a cellular network: end airplane mode first")
        self._replace("hotspot", hotspot=on)

    @property
    def nfc(self) -> bool:
        return self._flag("nfc_on")

    def set_nfc(self, on: bool) -> None:
        self._settings.set_flag("global", "nfc_on", on)
        self._tell("nfc")

    @property
    def vpn(self) -> str | None:
        return self._state.vpn

    def set_vpn(self, name: str | None) -> None:
        """Connect a VPN by name, or none."""
        self._replace("vpn", vpn=name)

    def _flag(self, key: str) -> bool:
        return self._settings.flag("global", key)

    def _find_wifi(self, ssid: str) -> WifiNetwork | None:
        return next((network for network in self._state.wifi if network.ssid == ssid), None)

    def _replace(self, name: str, **changes: Any) -> None:
        state = replace(self._state, **changes)
        if state != self._state:
            self._state = state
        self._tell(name)

    def _tell(self, name: str) -> None:
        self.token = next(TOKENS)
        if self.on_change is not None:
            self.on_change(name)
