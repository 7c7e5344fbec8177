"""Location: the switch for all apps, and which may know it."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.pages.permissions import apps_of_group, group_named
from mobilegym.emulator.phone.apps.settings.prefs import FooterPref, HeaderPref, LinkPref, MainSwitchPref, Pref, Setting, SwitchPref
from mobilegym.emulator.phone.ui.call import Call

__all__ = ["PAGES", "location_summary"]


def location_summary(page: Page) -> str:
    """`On - 2 apps have access to location`."""
    if not page.kernel.hardware.location_on:
        return "Off"
    count = len(apps_of_group(page, group_named("LOCATION"))[0])
    return f"On - {count} app{' has' if count == 1 else 's have'} access to location"


def _location(page: Page) -> list[Pref]:
    on = page.kernel.hardware.location_on
    yes, no = apps_of_group(page, group_named("LOCATION"))
    return [
        MainSwitchPref("use_location", "Use location", checked=on, then=Call(_set)),
        HeaderPref("Recent access"),
        LinkPref("recent", "No apps recently accessed location" if on else "Location is off", enabled=False),
        HeaderPref("General"),
        LinkPref(
            "app_level_permissions",
            "App location permissions",
            f"{len(yes)} of {len(yes) + len(no)} apps have access to location" if on else "Location is off",
            page="permission_group",
            arg="LOCATION",
            enabled=on,
        ),
        LinkPref("location_services", "Location services", "", page="location_services"),
        FooterPref(
            "Location may use sources like GPS, Wi‑Fi, mobile networks, and sensors to help estimate your device’s location. "
            "Apps with the Nearby devices permission can determine the relative position of connected devices."
        ),
    ]


def _set(page: Page, on: bool) -> None:
    page.kernel.hardware.set_location_on(on)
    page.effect("setting.changed", "reversible", setting="secure/location_mode", value=on, title="Use location")


_SERVICES: Final = (
    SwitchPref(
        "wifi_scanning",
        "Wi‑Fi scanning",
        "Allow apps and services to scan for Wi‑Fi networks at any time, even when Wi‑Fi is off",
        Setting("global", "wifi_scan_always_enabled", "0"),
    ),
    SwitchPref(
        "bluetooth_scanning",
        "Bluetooth scanning",
        "Allow apps and services to scan for nearby devices at any time, even when Bluetooth is off",
        Setting("global", "ble_scan_always_enabled", "0"),
    ),
    SwitchPref(
        "assisted_gps",
        "Location accuracy",
        "Use Wi‑Fi and mobile networks to find the location faster",
        Setting("global", "assisted_gps_enabled", "1"),
    ),
)

PAGES: Final = {
    "location": PageSpec("Location", _location, keywords="gps position"),
    "location_services": PageSpec("Location services", _SERVICES, "location"),
}
