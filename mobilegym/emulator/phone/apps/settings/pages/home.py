"""The homepage's list of top-level pages."""

from __future__ import annotations

from typing import Final, NamedTuple

from mobilegym.emulator.phone.apps.settings.page import Page
from mobilegym.emulator.phone.apps.settings.pages.location import location_summary
from mobilegym.emulator.phone.apps.settings.pages.storage import storage_summary
from mobilegym.emulator.phone.apps.settings.prefs import LinkPref

__all__ = ["TOP", "top_level"]


class _Top(NamedTuple):
    key: str
    title: str
    summary: str
    icon: str
    page: str


TOP: Final = (
    _Top("top_level_network", "Network & internet", "Mobile, Wi‑Fi, hotspot", "wifi", "network"),
    _Top("top_level_connected_devices", "Connected devices", "Bluetooth, pairing", "devices", "connected"),
    _Top("top_level_apps", "Apps", "Recent apps, default apps", "apps", "apps"),
    _Top("top_level_notifications", "Notifications", "Notification history, conversations", "bell-outline", "notifications"),
    _Top("top_level_battery", "Battery", "", "battery-outline", "battery"),
    _Top("top_level_storage", "Storage", "", "harddisk", "storage"),
    _Top("top_level_sound", "Sound & vibration", "Volume, haptics, Do Not Disturb", "volume-high", "sound"),
    _Top("top_level_display", "Display", "Dark theme, font size, brightness", "brightness-6", "display"),
    _Top("top_level_wallpaper", "Wallpaper & style", "Colors, themed icons, app grid", "palette-outline", "wallpaper"),
    _Top("top_level_accessibility", "Accessibility", "Display, interaction, audio", "human", "accessibility"),
    _Top("top_level_safety_center", "Security & privacy", "App security, device lock, permissions", "shield-check-outline", "security"),
    _Top("top_level_location", "Location", "", "map-marker-outline", "location"),
    _Top("top_level_accounts", "Passwords & accounts", "Saved passwords, autofill, synced accounts", "account-box-outline", "accounts"),
    _Top("top_level_system", "System", "Languages, gestures, time, backup", "information-outline", "system"),
    _Top("top_level_about_device", "About phone", "", "cellphone-information", "about"),
)
"""In the order of the homepage."""


def top_level(page: Page) -> list[LinkPref]:
    """The rows of the homepage."""
    live = {
        "top_level_battery": f"{page.kernel.hardware.battery().level}%",
        "top_level_storage": storage_summary(page),
        "top_level_location": location_summary(page),
        "top_level_about_device": page.setting("global", "device_name", page.kernel.config.model),
    }
    return [LinkPref(t.key, t.title, live.get(t.key, t.summary), t.icon, page=t.page, home=True) for t in TOP]
