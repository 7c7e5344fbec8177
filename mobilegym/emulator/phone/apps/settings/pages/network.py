"""Network & internet, but for Wi-Fi: SIMs, airplane mode, hotspot, Data Saver, VPN, Private DNS."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec, ToolbarButton
from mobilegym.emulator.phone.apps.settings.prefs import (
    ChoicePref,
    FooterPref,
    HeaderPref,
    LinkPref,
    MainSwitchPref,
    Pref,
    Setting,
    SwitchPref,
    TwoTargetPref,
)
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, ChoiceDialog, DialogButton, InputDialog

__all__ = ["DATA_SAVER", "PAGES", "internet_summary"]

DATA_SAVER: Final = Setting("global", "default_restrict_background_data", "0")
_VPNS: Final = "mobilegym_vpn_profiles"


def internet_summary(page: Page) -> str:
    """What the phone is connected to."""
    hardware = page.kernel.hardware
    network = hardware.wifi()
    if network is not None:
        return network.ssid
    if hardware.mobile_data and hardware.cellular and hardware.sim is not None:
        return f"{hardware.sim.carrier} / {hardware.sim.network}"
    return "Networks available" if hardware.wifi_on else "Not connected"


def _network(page: Page) -> list[Pref]:
    hardware = page.kernel.hardware
    sim = hardware.sim
    dns = page.setting("global", "private_dns_mode", "opportunistic")
    dns_text = {"off": "Off", "opportunistic": "Automatic"}.get(dns, page.setting("global", "private_dns_specifier"))
    return [
        LinkPref("internet_settings", "Internet", internet_summary(page), "wifi", page="internet"),
        LinkPref(
            "mobile_network_list", "SIMs", sim.carrier if sim is not None else "No SIM", "sim-outline", page="sim", enabled=sim is not None
        ),
        SwitchPref("airplane_mode", "Airplane mode", checked=hardware.airplane, then=Call(_airplane), icon="airplane"),
        LinkPref("tether_settings", "Hotspot & tethering", "On" if hardware.hotspot else "Off", "access-point", page="tether"),
        LinkPref(
            "restrict_background_parent_entry",
            "Data Saver",
            "On" if page.flag("global", DATA_SAVER.key) else "Off",
            "chart-donut",
            page="data_saver",
        ),
        LinkPref("vpn_settings", "VPN", hardware.vpn or "None", "key-variant", page="vpn"),
        LinkPref("private_dns_settings", "Private DNS", dns_text or "Couldn’t connect", "dns-outline", on_tap=Call(_ask_dns)),
        LinkPref("adaptive_connectivity", "Adaptive connectivity", "", "lan-connect", page="adaptive"),
    ]


def _airplane(page: Page, on: bool) -> None:
    page.kernel.hardware.set_airplane(on)
    page.effect("setting.changed", "reversible", setting="global/airplane_mode_on", value=on, title="Airplane mode")


def _sim(page: Page) -> list[Pref]:
    hardware = page.kernel.hardware
    sim = hardware.sim
    carrier = sim.carrier if sim is not None else "No SIM"
    number = sim.number if sim is not None else "Unknown"
    return [
        MainSwitchPref("use_sim", "Use SIM", Setting("global", "mobilegym_sim_enabled", "1"), then=Call(_use_sim)),
        LinkPref("carrier", "Carrier", carrier),
        LinkPref("phone_number", "Phone number", number),
        SwitchPref("mobile_data", "Mobile data", "Access data using mobile network", checked=hardware.mobile_data, then=Call(_mobile_data)),
        SwitchPref(
            "roaming", "Roaming", "Connect to data services when roaming", Setting("global", "data_roaming", "0"), then=Call(_roaming)
        ),
        ChoicePref(
            "preferred_network",
            "Preferred network type",
            (("33", "5G (recommended)"), ("9", "LTE"), ("18", "3G"), ("1", "2G")),
            Setting("global", "preferred_network_mode", "33"),
        ),
        SwitchPref(
            "wifi_calling",
            "Wi‑Fi calling",
            "Use Wi‑Fi to make calls when the mobile network is weak",
            Setting("global", "wfc_ims_enabled", "0"),
        ),
        SwitchPref("limit", "Data warning", "Warn when 2 GB of mobile data are used", Setting("global", "mobilegym_data_warning", "1")),
    ]


def _use_sim(page: Page, on: bool) -> None:
    sim = page.kernel.hardware.sim
    if sim is not None:
        page.kernel.hardware.set_sim(sim._replace(signal=4 if on else 0))


def _mobile_data(page: Page, on: bool) -> None:
    page.kernel.hardware.set_mobile_data(on)
    page.effect("setting.changed", "reversible", setting="global/mobile_data", value=on, title="Mobile data")


def _roaming(page: Page, on: bool) -> None:
    if on:
        page.show(
            AlertDialog(
                heading="Allow data roaming?",
                message="Roaming charges may apply.",
                positive=DialogButton("OK"),
                negative=DialogButton("Cancel", Call(_no_roaming)),
                cancelled=Call(_no_roaming),
            )
        )


def _no_roaming(page: Page) -> None:
    page.put("global", "data_roaming", "0")


def _tether(page: Page) -> list[Pref]:
    hardware = page.kernel.hardware
    rows: list[Pref] = [
        TwoTargetPref(
            "wifi_hotspot",
            "Wi‑Fi hotspot",
            _hotspot_summary(page),
            page="hotspot",
            checked=hardware.hotspot,
            then=Call(_hotspot),
            enabled=hardware.cellular,
        ),
        SwitchPref("usb_tethering", "USB tethering", "Plug in USB cable to use", checked=False, enabled=False),
        SwitchPref(
            "bluetooth_tethering",
            "Bluetooth tethering",
            "Share phone’s internet connection via Bluetooth",
            Setting("global", "mobilegym_bluetooth_tethering", "0"),
            enabled=hardware.bluetooth_on and hardware.cellular,
        ),
        FooterPref(
            "Use hotspot and tethering to provide internet to other devices through your mobile data "
            "connection. Apps can also create a hotspot to share content with nearby devices."
        ),
    ]
    return rows


def _hotspot_summary(page: Page) -> str:
    if not page.kernel.hardware.cellular:
        return "Not available without a mobile network"
    name = page.setting("global", "mobilegym_hotspot_ssid", "Pixel 7")
    return f"{name} is active" if page.kernel.hardware.hotspot else "Not sharing internet or content with other devices"


def _hotspot(page: Page, on: bool) -> None:
    page.kernel.hardware.set_hotspot(on)
    page.effect("setting.changed", "reversible", setting="hotspot", value=on, title="Wi‑Fi hotspot")


def _hotspot_page(page: Page) -> list[Pref]:
    hardware = page.kernel.hardware
    security = page.setting("global", "mobilegym_hotspot_security", "wpa3")
    return [
        MainSwitchPref("use_hotspot", "Use Wi‑Fi hotspot", checked=hardware.hotspot, then=Call(_hotspot), enabled=hardware.cellular),
        LinkPref(
            "hotspot_name",
            "Hotspot name",
            page.setting("global", "mobilegym_hotspot_ssid", "Pixel 7"),
            on_tap=Call(_ask_text, ("Hotspot name", "mobilegym_hotspot_ssid", "Pixel 7")),
        ),
        ChoicePref(
            "hotspot_security",
            "Security",
            (("wpa3", "WPA2/WPA3-Personal"), ("wpa2", "WPA2-Personal"), ("open", "None")),
            Setting("global", "mobilegym_hotspot_security", "wpa3"),
        ),
        LinkPref(
            "hotspot_password",
            "Hotspot password",
            "••••••••" if security != "open" else "",
            enabled=security != "open",
            on_tap=Call(_ask_text, ("Hotspot password", "mobilegym_hotspot_password", "quiet-harbor-42")),
        ),
        SwitchPref(
            "hotspot_auto_off",
            "Turn off hotspot automatically",
            "When no devices are connected",
            Setting("global", "soft_ap_timeout_enabled", "1"),
        ),
        SwitchPref(
            "hotspot_compatibility",
            "Extend compatibility",
            "Helps other devices find this hotspot. Reduces hotspot connection speed.",
            Setting("global", "mobilegym_hotspot_compatibility", "0"),
        ),
    ]


def _ask_text(page: Page, heading: str, key: str, default: str) -> None:
    page.set_field("dialog_input", page.setting("global", key, default))
    page.show(
        InputDialog(
            heading=heading,
            label="",
            input_rid="android:id/edit",
            positive=DialogButton("OK", Call(_take_text, (heading, key))),
            negative=DialogButton("Cancel"),
        )
    )


def _take_text(page: Page, heading: str, key: str, text: str) -> None:
    if "password" in key and len(text) < 8:
        page.toast("The password must have at least 8 characters")
        return
    page.put("global", key, text.strip(), title=heading)


def _data_saver(page: Page) -> list[Pref]:
    packages = page.kernel.packages
    exempt = sum(packages.state(p).data_saver_exempt for p in packages.names())
    return [
        MainSwitchPref("use_data_saver", "Use Data Saver", DATA_SAVER),
        LinkPref(
            "unrestricted_access",
            "Unrestricted data",
            f"{exempt} app{'' if exempt == 1 else 's'} allowed to use unrestricted data when Data Saver is on",
            page="unrestricted_data",
        ),
        FooterPref(
            "To help reduce data usage, Data Saver prevents some apps from sending or receiving data in the "
            "background. An app you’re currently using can access data, but may do so less frequently."
        ),
    ]


def _unrestricted(page: Page) -> list[Pref]:
    packages = page.kernel.packages
    return [
        SwitchPref(
            f"data:{m.package}", m.label, checked=packages.state(m.package).data_saver_exempt, then=Call(_exempt, (m.package,)), app=m.icon
        )
        for m in packages.launchable()
    ]


def _exempt(page: Page, package: str, on: bool) -> None:
    page.kernel.packages.change(package, data_saver_exempt=on)
    page.effect("setting.changed", "reversible", setting="unrestricted_data", package=package, value=on)


def _profiles(page: Page) -> tuple[str, ...]:
    return tuple(name for name in page.setting("secure", _VPNS).split("\n") if name)


def _vpn(page: Page) -> list[Pref]:
    used = page.kernel.hardware.vpn
    names = _profiles(page)
    if not names:
        return [FooterPref("No VPNs added")]
    return [
        LinkPref(
            f"vpn:{name}", name, "Connected" if name == used else "", on_tap=Call(_vpn_connect, (name,)), gear=Call(_vpn_edit, (name,))
        )
        for name in names
    ]


def _vpn_connect(page: Page, name: str) -> None:
    to = None if page.kernel.hardware.vpn == name else name
    page.kernel.hardware.set_vpn(to)
    page.effect("vpn.connected" if to else "vpn.disconnected", "reversible", name=name)


def _vpn_add(page: Page) -> None:
    page.set_field("dialog_input", "")
    page.show(
        InputDialog(
            heading="Edit VPN profile",
            label="Name",
            input_rid="name",
            positive=DialogButton("Save", Call(_vpn_save)),
            negative=DialogButton("Cancel"),
        )
    )


def _vpn_save(page: Page, name: str) -> None:
    name = name.strip()
    if name and name not in _profiles(page):
        page.put("secure", _VPNS, "\n".join((*_profiles(page), name)), title="VPN")


def _vpn_edit(page: Page, name: str) -> None:
    page.show(
        AlertDialog(
            heading=name,
            message="Delete this VPN profile?",
            positive=DialogButton("Forget", Call(_vpn_forget, (name,)), destructive=True),
            negative=DialogButton("Cancel"),
        )
    )


def _vpn_forget(page: Page, name: str) -> None:
    if page.kernel.hardware.vpn == name:
        page.kernel.hardware.set_vpn(None)
    page.kernel.settings.put("secure", _VPNS, "\n".join(n for n in _profiles(page) if n != name))
    page.effect("vpn.deleted", "irreversible", name=name)


_DNS: Final = (("off", "Off"), ("opportunistic", "Automatic"), ("hostname", "Private DNS provider hostname"))


def _ask_dns(page: Page) -> None:
    mode = page.setting("global", "private_dns_mode", "opportunistic")
    chosen = next((i for i, (value, _) in enumerate(_DNS) if value == mode), 1)
    page.show(
        ChoiceDialog(
            heading="Select Private DNS mode",
            options=tuple(label for _, label in _DNS),
            chosen=chosen,
            positive=DialogButton("Save", Call(_dns_chosen)),
            negative=DialogButton("Cancel"),
        )
    )


def _dns_chosen(page: Page, index: int) -> None:
    if _DNS[index][0] == "hostname":
        page.set_field("dialog_input", page.setting("global", "private_dns_specifier"))
        page.show(
            InputDialog(
                heading="Private DNS provider hostname",
                label="Enter hostname of DNS provider",
                input_type="uri",
                input_rid="private_dns_mode_provider_hostname",
                positive=DialogButton("Save", Call(_dns_host)),
                negative=DialogButton("Cancel"),
            )
        )
    else:
        page.put("global", "private_dns_mode", _DNS[index][0], title="Private DNS")


def _dns_host(page: Page, host: str) -> None:
    page.kernel.settings.put("global", "private_dns_specifier", host.strip())
    page.put("global", "private_dns_mode", "hostname", title="Private DNS", hostname=host.strip())


def _vpn_toolbar(page: Page) -> list[ToolbarButton]:
    del page
    return [ToolbarButton("plus", "Add VPN profile", Call(_vpn_add))]


_ADAPTIVE: Final = (
    HeaderPref("Adaptive connectivity"),
    SwitchPref(
        "adaptive_wifi",
        "Auto-switch to mobile network",
        "Use mobile network when Wi‑Fi is slow or unavailable",
        Setting("secure", "adaptive_connectivity_wifi_enabled", "1"),
    ),
    SwitchPref(
        "adaptive_mobile",
        "Auto-switch mobile network for battery life",
        "Extend battery life by choosing the best mobile network",
        Setting("secure", "adaptive_connectivity_enabled", "1"),
    ),
    FooterPref("Adaptive connectivity manages your network connections to improve battery life and device performance."),
)

PAGES: Final = {
    "network": PageSpec("Network & internet", _network, keywords="data cellular mobile roaming flight mode"),
    "sim": PageSpec("SIMs", _sim, "network", keywords="mobile network carrier lte 5g"),
    "tether": PageSpec("Hotspot & tethering", _tether, "network", keywords="share internet"),
    "hotspot": PageSpec("Wi‑Fi hotspot", _hotspot_page, "tether"),
    "data_saver": PageSpec("Data Saver", _data_saver, "network"),
    "unrestricted_data": PageSpec("Unrestricted data", _unrestricted, "data_saver"),
    "vpn": PageSpec("VPN", _vpn, "network", toolbar=_vpn_toolbar, keywords="virtual private network"),
    "adaptive": PageSpec("Adaptive connectivity", _ADAPTIVE, "network"),
}
