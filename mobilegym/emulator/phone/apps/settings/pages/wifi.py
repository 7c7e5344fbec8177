"""Internet: Wi-Fi networks, joining them, what is saved, and the details of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.prefs import (
    Action,
    ButtonsPref,
    ChoicePref,
    EntityPref,
    FooterPref,
    HeaderPref,
    LinkPref,
    Pref,
    Setting,
    SwitchPref,
)
from mobilegym.emulator.phone.kernel.radios import WifiNetwork
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, overlay_call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Row
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton, dialog_frame
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import OutlinedField
from mobilegym.emulator.phone.ui.widgets.toggle import Checkbox
from mobilegym.errors import DeviceError

__all__ = ["PAGES", "WifiDialog"]

_BARS: Final = ("wifi-strength-outline", "wifi-strength-1", "wifi-strength-2", "wifi-strength-3", "wifi-strength-4")
_SIGNALS: Final = ("no signal", "Wifi one bar.", "Wifi two bars.", "Wifi three bars.", "Wifi signal full.")
_STRENGTHS: Final = ("Out of range", "Weak", "Fair", "Good", "Excellent")


@dataclass(frozen=True)
class WifiDialog(AlertDialog):
    """Asks for a network's password, or for name and password of one that is not in sight."""

    ssid: str = ""
    """Empty to ask for it."""
    secured: bool = True
    visible: bool = False

    @property
    def autofocus(self) -> str:
        return "wifi_password" if self.ssid else "wifi_ssid"

    def build(self, host: Host) -> View:
        name = (
            None
            if self.ssid
            else OutlinedField(host, "wifi_ssid", "Network name", rid="ssid", margin=(24, 8), background="surface_container_high")
        )
        password = (
            OutlinedField(
                host,
                "wifi_password",
                "Password",
                input_type="text" if self.visible else "password",
                ime="done",
                rid="password",
                margin=(24, 8),
                background="surface_container_high",
            )
            if self.secured
            else None
        )
        kind = (
            None
            if self.ssid
            else Row(
                Text("Security", "body_large", weight=1, cls=None),
                Text("WPA/WPA2-Personal" if self.secured else "None", "body_large", color="primary", cls=None),
                cls="android.widget.Spinner",
                rid="security",
                label="WPA/WPA2-Personal" if self.secured else "None",
                width=FILL,
                min_height=48,
                padding=(24, 0),
                on_tap=overlay_call(_other_security),
            )
        )
        show = (
            Row(
                Checkbox(self.visible, cls=None),
                Text("Show password", "body_large", cls=None),
                cls="android.widget.CheckBox",
                rid="show_password",
                label="Show password",
                checkable=True,
                checked=self.visible,
                on_tap=overlay_call(_show),
                width=FILL,
                min_height=48,
                padding=(16, 0),
            )
            if self.secured
            else None
        )
        ready = bool(
            (self.ssid or host.fields.get("wifi_ssid", "").strip()) and (not self.secured or len(host.fields.get("wifi_password", "")) >= 8)
        )
        row = self.buttons(ready=ready)
        return dialog_frame(self.heading, Column(name, kind, password, show, cls=None, width=FILL, padding=(0, 8, 0, 0)), row)


def _show(dialog: WifiDialog) -> WifiDialog:
    return replace(dialog, visible=not dialog.visible)


def _other_security(dialog: WifiDialog) -> WifiDialog:
    return replace(dialog, secured=not dialog.secured)


def _network_row(page: Page, network: WifiNetwork, used: str | None) -> LinkPref:
    connected = network.ssid == used
    failed = page.memory("failed") == network.ssid
    if connected:
        summary = "Connected" if network.internet else "Connected / No internet access"
    else:
        summary = "Check password and try again" if failed else "Saved" if network.saved else ""
    desc = ",".join(part for part in (network.ssid, summary, _SIGNALS[network.signal]) if part)
    on_tap = Call(_open_details, (network.ssid,)) if connected else Call(_join, (network.ssid,))
    gear = Call(_open_details, (network.ssid,)) if connected or network.saved else None
    lock = "lock-outline" if network.secured and gear is None else ""
    return LinkPref(
        f"wifi:{network.ssid}", network.ssid, summary, _BARS[network.signal], on_tap=on_tap, gear=gear, desc=desc, trailing=lock
    )


def _internet(page: Page) -> list[Pref]:
    hardware = page.kernel.hardware
    network = hardware.wifi()
    sim = hardware.sim
    rows: list[Pref] = []
    if sim is not None:
        active = hardware.cellular and hardware.mobile_data
        summary = (
            "Airplane mode is on"
            if hardware.airplane
            else "Mobile data is off"
            if not hardware.mobile_data
            else "No connection"
            if not hardware.cellular
            else "Connected / LTE"
            if network is None
            else "LTE"
        )
        rows.append(
            LinkPref(
                "mobile", sim.carrier, summary, "signal-cellular-3" if active else "signal-off", page="sim", enabled=not hardware.airplane
            )
        )
    rows.append(SwitchPref("main_toggle_wifi", "Wi‑Fi", checked=hardware.wifi_on, then=Call(_wifi)))
    if network is not None:
        rows.append(_network_row(page, network, network.ssid))
    rows += [_network_row(page, other, None) for other in hardware.wifi_networks() if network is None or other.ssid != network.ssid]
    if hardware.wifi_on:
        rows.append(LinkPref("add_network", "Add network", "", "plus", on_tap=Call(_ask_new)))
    saved = len(hardware.saved_wifi())
    wakeup = page.flag("global", "wifi_wakeup_enabled")
    rows += [
        LinkPref(
            "configure_network_settings",
            "Network preferences",
            f"Wi‑Fi {'turns' if wakeup else 'doesn’t turn'} back on automatically",
            page="wifi_preferences",
        ),
        LinkPref(
            "saved_networks", "Saved networks", f"{saved} network{'' if saved == 1 else 's'}", page="saved_networks", enabled=saved > 0
        ),
    ]
    return rows


def _wifi(page: Page, on: bool) -> None:
    page.kernel.hardware.set_wifi(on)
    page.remember("failed", "")
    page.effect("setting.changed", "reversible", setting="global/wifi_on", value=on, title="Wi‑Fi")


def _open_details(page: Page, ssid: str) -> None:
    page.go("wifi_details", ssid)


def _join(page: Page, ssid: str) -> None:
    network = _find(page, ssid)
    if network is not None and network.secured and not network.saved:
        page.set_field("wifi_password", "")
        page.show(
            WifiDialog(
                heading=ssid, ssid=ssid, positive=DialogButton("Connect", Call(_password_given, (ssid,))), negative=DialogButton("Cancel")
            )
        )
        return
    _connect(page, ssid, None)


def _password_given(page: Page, ssid: str) -> None:
    password = page.field("wifi_password")
    page.set_field("wifi_password", "")
    _connect(page, ssid, password)


def _connect(page: Page, ssid: str, password: str | None) -> None:
    try:
        page.kernel.hardware.connect_wifi(ssid, password)
    except DeviceError:
        page.remember("failed", ssid)
        page.kernel.journal.append("system", page.package, "wifi.connect_failed", "read", ssid=ssid)
        return
    page.remember("failed", "")
    page.scroll_to("list", 0)
    page.effect("wifi.connected", "reversible", ssid=ssid)


def _ask_new(page: Page) -> None:
    page.set_field("wifi_ssid", "")
    page.set_field("wifi_password", "")
    page.show(WifiDialog(heading="Add network", positive=DialogButton("Save", Call(_add)), negative=DialogButton("Cancel")))


def _add(page: Page) -> None:
    ssid, password = page.field("wifi_ssid").strip(), page.field("wifi_password")
    page.set_field("wifi_password", "")
    known = _find(page, ssid)
    if known is not None and known.signal > 0:
        _connect(page, ssid, password or None)
        return
    page.kernel.hardware.put_wifi(WifiNetwork(ssid, 0, password, saved=True))
    page.effect("wifi.added", "reversible", ssid=ssid)


def _find(page: Page, ssid: str) -> WifiNetwork | None:
    return next((n for n in page.kernel.hardware.state.wifi if n.ssid == ssid), None)


def _details(page: Page) -> list[Pref]:
    network = _find(page, page.arg)
    if network is None or not network.saved:
        return [FooterPref("This network was forgotten")]
    used = page.kernel.hardware.wifi()
    connected = used is not None and used.ssid == network.ssid
    key = f"mobilegym_wifi/{network.ssid}/"
    in_range = network.signal > 0 and page.kernel.hardware.wifi_on
    second = (
        Action("Disconnect", "close", Call(_disconnect))
        if connected
        else Action("Connect", "wifi", Call(_connect_here) if in_range else None)
    )
    state = "Connected" if connected else "Saved" if in_range else "Saved / Not in range"
    rows: list[Pref] = [
        EntityPref(network.ssid, state, _BARS[network.signal]),
        ButtonsPref((Action("Forget", "delete-outline", Call(_ask_forget)), second)),
    ]
    if connected:
        rows += [
            LinkPref("signal_strength", "Signal strength", _STRENGTHS[network.signal], "wifi"),
            LinkPref("frequency", "Frequency", "5 GHz", "sine-wave"),
        ]
    rows += [
        LinkPref(
            "security",
            "Security",
            "WPA2-Personal" if network.secured else "None",
            "lock-outline" if network.secured else "lock-open-outline",
        ),
        ChoicePref(
            "metered",
            "Network usage",
            (("auto", "Detect automatically"), ("metered", "Treat as metered"), ("unmetered", "Treat as unmetered")),
            value="metered" if network.metered else page.setting("global", key + "usage", "auto"),
            then=Call(_metered),
            icon="chart-donut",
        ),
        ChoicePref(
            "privacy",
            "Privacy",
            (("random", "Use randomized MAC (default)"), ("device", "Use device MAC")),
            Setting("global", key + "privacy", "random"),
            icon="shield-outline",
        ),
        SwitchPref(
            "auto_connect",
            "Auto-connect",
            "Allow connection to this network when in range",
            Setting("global", key + "auto_connect", "1"),
            icon="sync",
        ),
    ]
    if connected:
        rows += _addresses(page)
    return rows


def _addresses(page: Page) -> list[Pref]:
    mac = page.setting("secure", "bluetooth_address", "3C:5A:B4:01:02:03")
    return [
        HeaderPref("Network details"),
        LinkPref("mac", "Randomized MAC address", f"02{mac[2:]}"),
        LinkPref("ip", "IP address", "192.168.1.24"),
        LinkPref("gateway", "Gateway", "192.168.1.1"),
        LinkPref("mask", "Subnet mask", "255.255.255.0"),
        LinkPref("dns", "DNS", "192.168.1.1"),
        LinkPref("link_speed", "Transmit link speed", "433 Mbps"),
    ]


def _metered(page: Page, value: str) -> None:
    network = _find(page, page.arg)
    if network is not None:
        page.kernel.hardware.put_wifi(network._replace(metered=value == "metered"))
        page.put("global", f"mobilegym_wifi/{network.ssid}/usage", value, title="Network usage", ssid=network.ssid)


def _connect_here(page: Page) -> None:
    _connect(page, page.arg, None)


def _disconnect(page: Page) -> None:
    page.kernel.hardware.disconnect_wifi()
    page.effect("wifi.disconnected", "reversible", ssid=page.arg)
    page.finish()


def _ask_forget(page: Page) -> None:
    page.show(
        AlertDialog(
            heading="Forget network?",
            message="All passwords for this network will be deleted",
            positive=DialogButton("Forget", Call(_forget)),
            negative=DialogButton("Cancel"),
        )
    )


def _forget(page: Page) -> None:
    network = _find(page, page.arg)
    page.kernel.hardware.forget_wifi(page.arg)
    # An open network can be joined again at any time; a password is gone.
    page.effect("wifi.forgotten", "irreversible" if network is not None and network.secured else "reversible", ssid=page.arg)
    page.finish()


def _saved(page: Page) -> list[Pref]:
    found = page.kernel.hardware.saved_wifi()
    if not found:
        return [FooterPref("No saved networks")]
    return [LinkPref(f"saved:{n.ssid}", n.ssid, "", _BARS[n.signal], page="wifi_details", arg=n.ssid) for n in found]


_PREFERENCES: Final = (
    SwitchPref(
        "wifi_wakeup",
        "Turn on Wi‑Fi automatically",
        "Wi‑Fi will turn back on near high‑quality saved networks, like your home network",
        Setting("global", "wifi_wakeup_enabled", "1"),
    ),
    SwitchPref(
        "notify_open_networks",
        "Notify for public networks",
        "Notify when a high‑quality public network is available",
        Setting("global", "wifi_networks_available_notification_on", "1"),
    ),
    SwitchPref(
        "wep", "Allow WEP networks", "WEP is an older security protocol that’s less secure", Setting("global", "mobilegym_wep_allowed", "0")
    ),
)


def _details_title(page: Page) -> str:
    del page
    return "Network details"


PAGES: Final = {
    "internet": PageSpec("Internet", _internet, "network", keywords="wifi wi-fi wireless network ssid connect"),
    "wifi_details": PageSpec(_details_title, _details, "internet", search=False),
    "wifi_preferences": PageSpec("Network preferences", _PREFERENCES, "internet"),
    "saved_networks": PageSpec("Saved networks", _saved, "internet"),
}
