"""Values of the phone's radios: networks, Bluetooth devices, the SIM."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["BLUETOOTH_DEVICES", "SIM", "WIFI_NETWORKS", "BluetoothDevice", "Sim", "WifiNetwork"]


class WifiNetwork(NamedTuple):
    """A Wi-Fi network in range or saved."""

    ssid: str
    signal: int
    """Bars, 0–4; 0 is out of range."""
    password: str = ""
    """Empty for an open network."""
    saved: bool = False
    internet: bool = True
    """Whether it leads anywhere."""
    metered: bool = False

    @property
    def secured(self) -> bool:
        return bool(self.password)


class BluetoothDevice(NamedTuple):
    """A Bluetooth device nearby or paired."""

    address: str
    name: str
    kind: str = "headset"
    """`headset`, `speaker`, `watch`, `car`, `keyboard`, `computer` or `phone`."""
    paired: bool = False
    connected: bool = False
    battery: int | None = None
    """0–100, where it tells."""


class Sim(NamedTuple):
    """The SIM card and what its network offers here."""

    carrier: str
    number: str
    """The owner's number, E.164."""
    signal: int
    """Bars, 0–4."""
    network: str
    """`LTE`, `5G`, …"""


WIFI_NETWORKS: Final = (
    WifiNetwork("AndroidWifi", 4, saved=True),
    WifiNetwork("Maple Street 12", 3, "tin-kettle-morning", saved=True),
    WifiNetwork("Corner Cafe Guest", 2),
    WifiNetwork("Harbor Library", 2, internet=False),
    WifiNetwork("Neighbors 5G", 1, "not-for-everyone"),
)
"""What is in range of a fresh phone."""

BLUETOOTH_DEVICES: Final = (
    BluetoothDevice("0C:11:7E:20:00:01", "Lark Buds", "headset", paired=True, battery=80),
    BluetoothDevice("0C:11:7E:20:00:02", "Kitchen Speaker", "speaker", paired=True),
    BluetoothDevice("0C:11:7E:20:00:03", "Trail Watch", "watch"),
    BluetoothDevice("0C:11:7E:20:00:04", "Hatchback Audio", "car"),
)
"""What is near a fresh phone."""

SIM: Final = Sim("Fieldline", "+15555215554", 4, "LTE")
