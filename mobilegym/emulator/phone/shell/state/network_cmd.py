"""Networks: `cmd wifi|connectivity|bluetooth_manager|netpolicy` and `svc`."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.kernel.radios import WifiNetwork
from mobilegym.emulator.phone.shell.args import Args, dispatch
from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.state.network import bssid, flags, rssi, security, wifi_info
from mobilegym.errors import DeviceError, NotFound

__all__ = ["bluetooth", "connectivity", "netpolicy", "svc", "wifi"]

_SCAN_HEAD: Final = "    BSSID              Frequency      RSSI           Age(sec)     SSID                                 Flags\n"
_SVC: Final = {
    "power": "Control the power manager\n\nusage: svc power stayon [true|false|usb|ac|wireless|dock]\n"
    "         Set the 'keep awake while plugged in' setting.\n       svc power reboot [reason]\n"
    "         Perform a runtime shutdown and reboot "
    "device with specified reason.\n       svc power shutdown\n         Perform a runtime shutdown and power off the device.\n"
    "       svc power forcesuspend [t]\n         Force the system into suspend, optionally for t milliseconds.\n",
    "data": "Control mobile data connectivity\n\nusage: svc data [enable|disable]\n         Turn mobile data on or off.\n",
    "wifi": "Control the Wi-Fi manager\n\nusage: svc wifi [enable|disable]\n         Turn Wi-Fi on or off.\n",
    "usb": "Control Usb state\n\nusage: svc usb setFunctions [function]\n         Set the current usb function. If function is blank, "
           "sets to "
    "charging.\n       svc usb getFunctions\n         Gets the list of currently enabled functions\n",
    "nfc": "Control NFC functions\n\nusage: svc nfc [enable|disable]\n         Turn NFC on or off.\n",
    "bluetooth": "Control Bluetooth service\n\nusage: svc bluetooth [enable|disable]\n         Turn Bluetooth on or off.\n",
}  # fmt: skip
_STAY: Final = {"true": 15, "false": 0, "ac": 1, "usb": 2, "wireless": 4, "dock": 8}


# ------------------------------------------------------------------ wifi


def wifi(p: Process) -> int:
    """`cmd wifi ...`."""
    return dispatch(p, {
        "status": _status, "set-wifi-enabled": _set_wifi, "start-scan": _quiet, "list-scan-results": _scan_results,
        "list-networks": _networks,
        "connect-network": _connect, "add-network": _add, "forget-network": _forget, "set-verbose-logging": _quiet, "disconnect": _leave,
        "is-verbose-logging": lambda p, args: p.out("false\n"), "set-scan-always-available": _always, "get-country-code":
        lambda p, args: p.out("Wifi Country Code = US\n"), "force-country-code": _quiet, "set-connected-score": _quiet,
        "reset-connected-score": _quiet, "settings-reset": _reset, "get-softap-supported-features": _quiet,
    }, "WiFi (wifi) commands:\n  help or -h\n    Print this help text.\n  set-wifi-enabled enabled|disabled\n  status\n  start-scan\n"
       "  list-scan-results\n  list-networks\n  connect-network <ssid> open|owe|wpa2|wpa3|wep [<passphrase>]\n"
       "  add-network <ssid> open|owe|wpa2|wpa3|wep [<passphrase>]\n  forget-network <networkId>\n"
       "  set-scan-always-available enabled|disabled\n")  # fmt: skip


def _quiet(p: Process, args: Args) -> None:
    del p
    args.rest()


def _status(p: Process, args: Args) -> None:
    del args
    hardware = p.kernel.hardware
    p.out(f"Wifi is {'enabled' if hardware.wifi_on else 'disabled'}\n")
    always = p.kernel.settings.flag("global", "wifi_scan_always_enabled")
    p.out("Wifi scanning is always available\n" if always else "Wifi scanning is only available when wifi is enabled\n")
    if not hardware.wifi_on:
        return
    p.out("==== ClientModeManager instance: ConcreteClientModeManager{id=7 iface=wlan0 role=ROLE_CLIENT_PRIMARY} ====\n")
    network = hardware.wifi()
    if network is None:
        p.out("Wifi is not connected\n")
        return
    p.out(f'Wifi is connected to "{network.ssid}"\nWifiInfo: {wifi_info(p.kernel)}\nsuccessfulTxPackets: 0\n')


def _switch(args: Args) -> bool | None:
    """`enabled` or `disabled`; None where it is neither."""
    return {"enabled": True, "disabled": False, "enable": True, "disable": False}.get(args.need())


def _set_wifi(p: Process, args: Args) -> int:
    on = _switch(args)
    if on is None:
        p.err("Invalid args to set-wifi-enabled - must be 'enabled' or 'disabled'\n")
        return 255
    p.kernel.hardware.set_wifi(on)
    return 0


def _always(p: Process, args: Args) -> None:
    p.kernel.settings.set_flag("global", "wifi_scan_always_enabled", _switch(args) is True)


def _scan_results(p: Process, args: Args) -> None:
    del args
    found = p.kernel.hardware.wifi_networks()
    p.out(_SCAN_HEAD if found else "No scan results\n")
    for network in found:
        level = rssi(network)
        p.out(f"  {bssid(network)}       2447    {f'{level}(0:{level}/1:{level})':<21}  0.500    {network.ssid:<32}  {flags(network)}\n")


def _networks(p: Process, args: Args) -> None:
    del args
    saved = p.kernel.hardware.saved_wifi()
    if not saved:
        p.out("No networks\n")
        return
    p.out("Network Id      SSID                         Security type\n")
    for place, network in enumerate(saved):
        p.out(f"{place:<12} {network.ssid:<32} {security(network)}\n")


def _words(args: Args) -> tuple[str, str, str]:
    """SSID, kind of security, passphrase."""
    ssid = args.need()
    if len(ssid) > 1 and ssid[0] == ssid[-1] == '"':
        ssid = ssid[1:-1]
    kind = args.next() or "open"
    password = (args.next() or "") if kind not in ("open", "owe") else ""
    args.rest()
    return ssid, kind, password


def _connect(p: Process, args: Args) -> int:
    ssid, kind, password = _words(args)
    if kind not in ("open", "owe", "wpa2", "wpa3", "wep"):
        p.err(f"Unknown network type {kind}\n")
        return 255
    try:
        p.kernel.hardware.connect_wifi(ssid, password)
    except NotFound:
        # Android only starts to connect here; a network out of range is never joined.
        pass
    except DeviceError as error:
        p.out(f"Connection failed with error code 0: {error}\n")
        return 255
    p.out("Connection initiated \n")
    return 0


def _add(p: Process, args: Args) -> None:
    ssid, _, password = _words(args)
    hardware = p.kernel.hardware
    known = next((network for network in hardware.state.wifi if network.ssid == ssid), None)
    hardware.put_wifi(WifiNetwork(ssid, 0, password, saved=True) if known is None else known._replace(saved=True))
    p.out("Save successful\n")


def _forget(p: Process, args: Args) -> int:
    word, saved = args.need(), p.kernel.hardware.saved_wifi()
    if not word.isdigit() or int(word) >= len(saved):
        p.out("Forget failed with error code 0\n")
        return 255
    p.kernel.hardware.forget_wifi(saved[int(word)].ssid)
    p.out("Forget successful\n")
    return 0


def _leave(p: Process, args: Args) -> None:
    del args
    p.kernel.hardware.disconnect_wifi()


def _reset(p: Process, args: Args) -> None:
    del args
    for network in p.kernel.hardware.saved_wifi():
        p.kernel.hardware.forget_wifi(network.ssid)


# ------------------------------------------------------------------ connectivity, bluetooth, netpolicy


def connectivity(p: Process) -> int:
    """`cmd connectivity airplane-mode ...`."""
    return dispatch(p, {
        "airplane-mode": _airplane, "reevaluate": _quiet, "set-chain3-enabled": _quiet, "get-chain3-enabled": lambda p,
        args: p.out("chain:disabled\n"),
        "set-package-networking-enabled": _quiet, "get-package-networking-enabled": lambda p, args: p.out(f"{args.need()}:allow\n"),
    }, "Connectivity service commands:\n  help\n    Print this help text.\n  airplane-mode [enable|disable]\n"
       "    Turn airplane mode on or off.\n  airplane-mode\n    Get airplane mode.\n")  # fmt: skip


def _airplane(p: Process, args: Args) -> int:
    word = args.next()
    if word is None:
        p.out("enabled\n" if p.kernel.hardware.airplane else "disabled\n")
        return 0
    if word not in ("enable", "disable"):
        p.out("Unknown command: airplane-mode\n")
        return 255
    p.kernel.hardware.set_airplane(word == "enable")
    return 0


def bluetooth(p: Process) -> int:
    """`cmd bluetooth_manager enable|disable|wait-for-state:STATE_X`."""
    hardware = p.kernel.hardware
    if p.args and p.args[0].startswith("wait-for-state:"):
        wanted = p.args[0].partition(":")[2]
        done = wanted == ("STATE_ON" if hardware.bluetooth_on else "STATE_OFF")
        p.out(f"wait-for-state: {wanted}: {'Success' if done else 'Failed with timeout'}\n")
        return 0 if done else 255
    return dispatch(p, {
        "enable": lambda p, args: hardware.set_bluetooth(True), "disable": lambda p, args: hardware.set_bluetooth(False),
        "factory-reset": _quiet, "log": _quiet,
    }, "Bluetooth Manager Commands:\n  help or -h\n    Print this help text.\n  enable\n    Enable Bluetooth on this device.\n"
       "  disable\n    Disable Bluetooth on this device.\n  wait-for-state:<STATE>\n")  # fmt: skip


def netpolicy(p: Process) -> int:
    """`cmd netpolicy get|set|list|add|remove ...`."""
    return dispatch(p, {"get": _get_policy, "set": _set_policy, "list": _list_policy, "add": _quiet, "remove": _quiet},
                    "Network policy manager (netpolicy) commands:\n  help\n  get restrict-background\n  list wifi-networks [true|false]\n"
                    "  set metered-network ID [undefined|true|false]\n  set restrict-background BOOLEAN\n")  # fmt: skip


def _get_policy(p: Process, args: Args) -> int:
    what = args.next()
    if what == "restrict-background":
        on = p.kernel.settings.flag("global", "default_restrict_background_data")
        p.out(f"Restrict background status: {'enabled' if on else 'disabled'}\n")
        return 0
    p.out("Error: unknown target for `get`: null\n" if what is None else f"Error: unknown command: get {what}\n")
    return 255


def _set_policy(p: Process, args: Args) -> int:
    what = args.next()
    if what == "restrict-background":
        p.kernel.settings.set_flag("global", "default_restrict_background_data", args.need() == "true")
        return 0
    if what == "metered-network":
        ssid, metered = args.need(), args.need() == "true"
        for network in p.kernel.hardware.saved_wifi():
            if network.ssid == ssid.strip('"'):
                p.kernel.hardware.put_wifi(network._replace(metered=metered))
        return 0
    p.out(f"Error: unknown command: set {what}\n")
    return 255


def _list_policy(p: Process, args: Args) -> None:
    if args.next() == "wifi-networks":
        p.out("".join(f"{n.ssid};{'true' if n.metered else 'none'}\n" for n in p.kernel.hardware.saved_wifi()))


# ------------------------------------------------------------------ svc


def svc(p: Process) -> int:
    """`svc wifi|data|bluetooth|nfc|power|usb ...`: silent, usage on stderr."""
    words = list(p.args)
    if not words or words[0] not in _SVC:
        p.err("Available commands:\n    help     Show information about the subcommands\n    power    Control the power manager\n"
              "    data     Control mobile data connectivity\n    wifi     Control the Wi-Fi manager\n    usb      Control Usb state\n"
              "    nfc      Control NFC functions\n    bluetooth Control Bluetooth service\n"
              "    system-server System server process related command\n")  # fmt: skip
        return 0
    if words[0] == "power":
        return _svc_power(p, words[1:])
    if words[0] == "usb" and len(words) > 1:
        if words[1] == "getFunctions":
            p.err("mtp\n" if p.kernel.properties.get("!usb/functions") == "mtp" else "\n")
        elif words[1] == "setFunctions":
            p.kernel.properties.put("!usb/functions", words[2] if len(words) > 2 else "")
        return 0
    if len(words) < 2 or words[1] not in ("enable", "disable"):
        p.err(_SVC[words[0]])
        return 0
    on, hardware = words[1] == "enable", p.kernel.hardware
    {"wifi": hardware.set_wifi, "data": hardware.set_mobile_data, "bluetooth": hardware.set_bluetooth, "nfc": hardware.set_nfc}[words[0]](
        on
    )
    return 0


def _svc_power(p: Process, words: list[str]) -> int:
    match words:
        case ["stayon", word, *_] if word in _STAY:
            p.kernel.settings.put("global", "stay_on_while_plugged_in", str(_STAY[word]))
        case ["reboot", *_]:
            p.system.reboot()
        case ["shutdown" | "forcesuspend", *_]:
            # A phone that is off is of no use to anybody.
            pass
        case _:
            p.err(_SVC["power"])
    return 0
