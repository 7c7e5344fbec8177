"""About phone: names, numbers, and the seven taps."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.lock import ConfirmLock
from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.pages.security import lock_kind
from mobilegym.emulator.phone.apps.settings.prefs import HeaderPref, LinkPref, Pref
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton, InputDialog

__all__ = ["BUILD", "PAGES"]

BUILD: Final = "UQ1A.240205.004"
_TAPS: Final = 7
_IMEI: Final = "353918110123456"


def _about(page: Page) -> list[Pref]:
    hardware, sim = page.kernel.hardware, page.kernel.hardware.sim
    network = hardware.wifi()
    mac = page.setting("secure", "bluetooth_address", "3C:5A:B4:01:02:03")
    return [
        HeaderPref("Basic info"),
        LinkPref("branded_account", "Owner", "Signed in as Owner"),
        LinkPref("device_name", "Device name", page.setting("global", "device_name", page.kernel.config.model), on_tap=Call(_ask_name)),
        LinkPref(
            "phone_number",
            "Phone number",
            _pretty(sim.number) if sim is not None else "Unknown",
            on_tap=Call(_show, ("Phone number", sim.number if sim is not None else "Unknown")),
        ),
        HeaderPref("Legal & regulatory"),
        LinkPref("legal_container", "Legal information", "", page="legal"),
        HeaderPref("Device details"),
        LinkPref("sim_status", "SIM status", sim.carrier if sim is not None else "Not available", page="sim" if sim is not None else ""),
        LinkPref(
            "device_model",
            "Model",
            page.kernel.config.model,
            on_tap=Call(_show, ("Model", f"Model: {page.kernel.config.model}\nSerial number: {page.kernel.config.serial}")),
        ),
        LinkPref("imei_info", "IMEI", _IMEI, on_tap=Call(_show, ("IMEI", _IMEI))),
        LinkPref("firmware_version", "Android version", "14", page="android_version"),
        HeaderPref("Device identifiers"),
        LinkPref("wifi_ip_address", "IP address", "fe80::3c5a:b4ff:fe01:203\n192.168.1.24" if network is not None else "Unavailable"),
        LinkPref("saved_accesspoints_wifi_mac_address", "Wi‑Fi MAC address", "To view, choose saved network", page="saved_networks"),
        LinkPref("wifi_mac_address", "Device Wi‑Fi MAC address", f"{mac[:-2]}04".lower()),
        LinkPref("bt_address", "Bluetooth address", mac.lower() if hardware.bluetooth_on else "Unavailable"),
        LinkPref("up_time", "Up time", _uptime(page.kernel.clock.elapsed_ms)),
        LinkPref("build_number", "Build number", BUILD, on_tap=Call(_tapped)),
    ]


def _pretty(number: str) -> str:
    digits = number.removeprefix("+1")
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}" if number.startswith("+1") and len(digits) == 10 else number


def _uptime(ms: int) -> str:
    minutes = ms // 60_000
    days, hours = minutes // 1440, minutes // 60 % 24
    return f"{days} days, {hours}:{minutes % 60:02d}" if days else f"{hours}:{minutes % 60:02d}"


def _show(page: Page, heading: str, text: str) -> None:
    page.show(AlertDialog(heading=heading, message=text, positive=DialogButton("OK")))


def _ask_name(page: Page) -> None:
    page.set_field("dialog_input", page.setting("global", "device_name", page.kernel.config.model))
    page.show(
        InputDialog(
            heading="Device name",
            label="",
            input_rid="android:id/edit",
            positive=DialogButton("OK", Call(_name_given)),
            negative=DialogButton("Cancel"),
        )
    )


def _name_given(page: Page, name: str) -> None:
    page.show(
        AlertDialog(
            heading="Change device name?",
            message="Your device name is visible to apps you installed. It may also be seen by other people when you connect to "
            "Bluetooth devices, connect to a Wi‑Fi network or set up a Wi‑Fi hotspot.",
            positive=DialogButton("OK", Call(_named, (name.strip(),))),
            negative=DialogButton("Cancel"),
        )
    )


def _named(page: Page, name: str) -> None:
    page.kernel.settings.put("secure", "bluetooth_name", name)
    page.put("global", "device_name", name, title="Device name")


def _tapped(page: Page) -> None:
    if page.flag("global", "development_settings_enabled"):
        page.toast("No need, you are already a developer.")
        return
    count = int(page.memory("taps", "0")) + 1
    page.remember("taps", str(count))
    left = _TAPS - count
    if left == 0:
        page.remember("taps", "0")
        if lock_kind(page) == "pin":
            page.open(ConfirmLock, Call(_confirmed))
        else:
            _become_developer(page)
    elif left <= 4:
        page.toast(f"You are now {left} step{'' if left == 1 else 's'} away from being a developer.")


def _confirmed(page: Page, result: Intent | None) -> None:
    if result is not None:
        _become_developer(page)


def _become_developer(page: Page) -> None:
    page.put("global", "development_settings_enabled", "1", title="Developer options")
    page.toast("You are now a developer!")


_VERSION: Final = (
    LinkPref("os_firmware_version", "Android version", "14"),
    LinkPref("security_key", "Android security update", "February 5, 2026"),
    LinkPref("module_version", "System modules update", "January 1, 2026"),
    LinkPref("base_band", "Baseband version", "g5300g-231218-240202-B-11405587"),
    LinkPref("kernel_version", "Kernel version", "5.10.189-android13-4\n#1 Thu Feb 1 10:12:49 UTC 2026"),
    LinkPref("os_build_number", "Build number", BUILD),
)
_LEGAL: Final = (LinkPref("license", "Third-party licenses", "Fonts and icons: Apache License 2.0"),)

PAGES: Final = {
    "about": PageSpec("About phone", _about, keywords="model serial imei version build device name"),
    "android_version": PageSpec("Android version", _VERSION, "about"),
    "legal": PageSpec("Legal information", _LEGAL, "about"),
}
