"""Networks: `dumpsys connectivity|wifi|bluetooth_manager|netstats|netpolicy`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.state.facts import long_time

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel
    from mobilegym.emulator.phone.kernel.radios import WifiNetwork

__all__ = [
    "bssid",
    "dump_bluetooth",
    "dump_connectivity",
    "dump_netpolicy",
    "dump_netstats",
    "dump_wifi",
    "flags",
    "rssi",
    "security",
    "wifi_info",
]

_WIFI_ID: Final = 101
_CELL_ID: Final = 100
_CAPABILITIES: Final = (
    "INTERNET&NOT_RESTRICTED&TRUSTED&NOT_VPN&{validated}NOT_ROAMING&FOREGROUND&NOT_CONGESTED&NOT_SUSPENDED&NOT_VCN_MANAGED"
)


def bssid(network: WifiNetwork) -> str:
    """Hardware address of a network's access point."""
    if network.ssid == "AndroidWifi":
        return "00:13:10:85:fe:01"
    value = 0
    for char in network.ssid:
        value = (value * 31 + ord(char)) & 0xFFFFFF
    return f"02:1a:11:{value >> 16:02x}:{value >> 8 & 255:02x}:{value & 255:02x}"


def rssi(network: WifiNetwork) -> int:
    """Signal strength, dBm."""
    return (-100, -85, -75, -65, -50)[min(max(network.signal, 0), 4)]


def security(network: WifiNetwork) -> str:
    """`open` or `wpa2-psk`, as `cmd wifi list-networks` has it."""
    return "wpa2-psk" if network.secured else "open"


def wifi_info(kernel: Kernel) -> str:
    """`WifiInfo` of the network in use; without one, of none."""
    network = kernel.hardware.wifi()
    if network is None:
        return ("SSID: <unknown ssid>, BSSID: <none>, MAC: 02:15:b2:00:00:00, IP: null, Security type: -1, Supplicant state: DISCONNECTED, "
                "Wi-Fi standard: -1, RSSI: -127, Link speed: -1Mbps, Tx Link speed: -1Mbps, Max Supported Tx Link speed: -1Mbps, "
                "Rx Link speed: -1Mbps, Max Supported Rx Link speed: -1Mbps, Frequency: -1MHz, Net ID: -1, Metered hint: false, score: 0, "
                "isUsable: true, CarrierMerged: false, SubscriptionId: -1, IsPrimary: 1")  # fmt: skip
    saved = [item.ssid for item in kernel.hardware.saved_wifi()]
    return (f'SSID: "{network.ssid}", BSSID: {bssid(network)}, MAC: 02:15:b2:00:00:00, IP: /10.0.2.16, '
            f"Security type: {2 if network.secured else 0}, Supplicant state: COMPLETED, Wi-Fi standard: 11n, RSSI: {rssi(network)}, "
            "Link speed: 200Mbps, Tx Link speed: 200Mbps, Max Supported Tx Link speed: 200Mbps, Rx Link speed: 200Mbps, "
            "Max Supported Rx Link speed: 200Mbps, Frequency: 2447MHz, "
            f"Net ID: {saved.index(network.ssid) if network.ssid in saved else 0}, Metered hint: {'true' if network.metered else 'false'}, "
            "score: 60, isUsable: true, CarrierMerged: false, SubscriptionId: -1, IsPrimary: 1")  # fmt: skip


def _agent(kernel: Kernel, kind: str, number: int, metered: bool, validated: bool) -> str:
    interface, address, gateway = ("wlan0", "10.0.2.16/24", "10.0.2.2") if kind == "WIFI" else ("eth0", "10.0.2.15/24", "10.0.2.2")
    words = ("" if metered else "NOT_METERED&") + _CAPABILITIES.format(validated="VALIDATED&" if validated else "")
    created = long_time(kernel.clock, kernel.clock.boot_ms)
    ok = "lastValidated" if validated else "everValidated{false}"
    return (f"  NetworkAgentInfo{{network{{{number}}}  handle{{{(number << 32) + 0xCAFED00D}}}  ni{{{kind} CONNECTED extra: }} "
            f"created={created} "
            f"Score(Policies : EVER_EVALUATED&IS_VALIDATED ; KeepConnected : 0) created {ok}  lp{{{{InterfaceName: {interface} "
            f"LinkAddresses: [ fe80::15:b2ff:fe00:0/64,{address} ] DnsAddresses: [ /10.0.2.3 ] Domains: null MTU: 0 ServerAddress: "
            "/10.0.2.2 "
            f"TcpBufferSizes: 524288,2097152,4194304,262144,524288,1048576 Routes: [ fe80::/64 -> :: {interface} mtu 0,"
            f"0.0.0.0/0 -> {gateway} {interface} mtu 0 ]}}}}  nc{{[ Transports: {kind} Capabilities: {words} LinkUpBandwidth>=60000Kbps "
            f"LinkDnBandwidth>=60000Kbps UnderlyingNetworks: Null]}}  factorySerialNumber=1}}")  # fmt: skip


def dump_connectivity(p: Process) -> int:
    """`dumpsys connectivity`."""
    kernel, hardware = p.kernel, p.kernel.hardware
    agents: list[tuple[int, str]] = []
    network = hardware.wifi()
    if network is not None:
        agents.append((_WIFI_ID, _agent(kernel, "WIFI", _WIFI_ID, network.metered, network.internet)))
    if hardware.mobile_data and hardware.cellular and (network is None or not network.internet):
        agents.append((_CELL_ID, _agent(kernel, "CELLULAR", _CELL_ID, True, True)))
    default = str(agents[-1][0]) if agents else "none"
    p.out(
        "NetworkProviders for: EthernetNetworkFactory WifiNetworkFactory TelephonyNetworkFactory[0]\n\n"
        f"Active default network: {default}\n\n"
    )
    p.out("Current network preferences: \n\nCurrent Networks:\n" + "".join(f"{text}\n\n" for _, text in agents))
    p.out(f"Status for known UIDs:\n\nNetwork Requests:\n\nAirplane mode: {'on' if hardware.airplane else 'off'}\n")
    if hardware.vpn:
        p.out(f"VPN: {hardware.vpn}\n")
    return 0


def dump_wifi(p: Process) -> int:
    """`dumpsys wifi`."""
    hardware = p.kernel.hardware
    p.out(f"Wi-Fi is {'enabled' if hardware.wifi_on else 'disabled'}\nVerbose logging is off\n")
    p.out(f"mAirplaneModeOn {'true' if hardware.airplane else 'false'}\nmInIdleMode false\nmScanPending false\n")
    p.out(f"mWifiInfo {wifi_info(p.kernel)}\nLatest scan results:\n")
    if hardware.wifi_networks():
        p.out("    BSSID              Frequency      RSSI           Age(sec)     SSID                                 Flags\n")
    for network in hardware.wifi_networks():
        p.out(
            f"  {bssid(network)}       2447    {rssi(network)}(0:{rssi(network)}/1:{rssi(network)})    0.500    {network.ssid:<32}  "
            f"{flags(network)}\n"
        )
    p.out("WifiConfigManager - Configured networks Begin ----\n")
    for place, network in enumerate(hardware.saved_wifi()):
        p.out(f'ID: {place} SSID: "{network.ssid}" PROVIDER-NAME: null BSSID: null FQDN: null PRIO: 0 HIDDEN: false\n')
    p.out("WifiConfigManager - Configured networks End ----\n")
    return 0


def flags(network: WifiNetwork) -> str:
    """Capabilities of an access point."""
    return "[WPA2-PSK-CCMP][RSN-PSK-CCMP][ESS]" if network.secured else "[ESS]"


def dump_bluetooth(p: Process) -> int:
    """`dumpsys bluetooth_manager`."""
    kernel, on = p.kernel, p.kernel.hardware.bluetooth_on
    p.out(f"Bluetooth Status\n  enabled: {'true' if on else 'false'}\n  state: {'ON' if on else 'OFF'}\n"
          f"  address: {kernel.settings.get('secure', 'bluetooth_address')}\n  name: "
          f"{kernel.settings.get('secure', 'bluetooth_name')}\n")  # fmt: skip
    if on:
        seconds, millis = divmod(kernel.clock.elapsed_ms, 1000)
        p.out(f"  time since enabled: {seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{millis:03d}\n")
    p.out("\nEnable log:\n")
    if not on:
        p.out("\nBluetooth is not enabled\n")
        return 0
    p.out("\nAdapterProperties\n  Name: " + str(kernel.settings.get("secure", "bluetooth_name")) + "\n  ConnectionState: "
          + ("STATE_CONNECTED" if any(d.connected for d in kernel.hardware.bluetooth_devices()) else "STATE_DISCONNECTED")
          + "\n  State: ON\n  Bonded devices:\n")  # fmt: skip
    for device in kernel.hardware.bluetooth_devices():
        if device.paired:
            p.out(f"    {device.address} [ DUAL ] {device.name}{' (Connected)' if device.connected else ''}\n")
    return 0


def dump_netstats(p: Process) -> int:
    """`dumpsys netstats`."""
    network, hardware = p.kernel.hardware.wifi(), p.kernel.hardware
    p.out("NetworkStatsService:\nConfigs:\n  netstats_poll_interval=1800000\n\nActive interfaces:\n")
    if network is not None:
        p.out(f'  iface=wlan0 ident=[{{type=1, ratType=COMBINED, wifiNetworkKey="{network.ssid}"{security(network)}, metered=false, '
              "defaultNetwork=true, oemManaged=OEM_NONE, subId=-1}]\n")  # fmt: skip
    elif hardware.mobile_data and hardware.cellular:
        p.out("  iface=eth0 ident=[{type=0, ratType=COMBINED, subscriberId=310260..., metered=true, defaultNetwork=true, "
              "oemManaged=OEM_NONE, "
              "subId=1}]\n")  # fmt: skip
    p.out("\nDev stats:\n  Pending bytes: 0\n  History since boot:\n\nXt stats:\n  Pending bytes: 0\n  History since boot:\n\nUID stats:\n"
          "  Pending bytes: 0\n  Complete history:\n\nUID tag stats:\n  Pending bytes: 0\n  History since boot:\n")  # fmt: skip
    return 0


def dump_netpolicy(p: Process) -> int:
    """`dumpsys netpolicy`."""
    hardware, saver = p.kernel.hardware, p.kernel.settings.flag("global", "default_restrict_background_data")
    p.out(f"System ready: true\nRestrict background: {'true' if saver else 'false'}\n"
          f"Restrict power: {'true' if hardware.battery_saver else 'false'}\nDevice idle: false\nRestricted networking mode: false\n"
          "Metered ifaces: {}\n\nNetwork policies:\n\nPolicy for UIDs:\n")  # fmt: skip
    return 0
