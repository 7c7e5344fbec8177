"""Intents, events and permissions that the manifest and the screens of this app share."""

from __future__ import annotations

from typing import Final

__all__ = ["ACTIONS", "PACKAGE_ACTIONS"]

ACTIONS: Final = {
    f"android.settings.{name}": page
    for name, page in {
        "WIFI_SETTINGS": "internet",
        "WIRELESS_SETTINGS": "network",
        "AIRPLANE_MODE_SETTINGS": "network",
        "DATA_ROAMING_SETTINGS": "sim",
        "NETWORK_OPERATOR_SETTINGS": "sim",
        "DATA_USAGE_SETTINGS": "data_saver",
        "TETHER_SETTINGS": "tether",
        "VPN_SETTINGS": "vpn",
        "WIFI_IP_SETTINGS": "wifi_preferences",
        "WIFI_SAVED_NETWORK_SETTINGS": "saved_networks",
        "BLUETOOTH_SETTINGS": "bluetooth",
        "NFC_SETTINGS": "nfc",
        "APPLICATION_SETTINGS": "apps",
        "MANAGE_APPLICATIONS_SETTINGS": "all_apps",
        "MANAGE_ALL_APPLICATIONS_SETTINGS": "all_apps",
        "MANAGE_DEFAULT_APPS_SETTINGS": "default_apps",
        "ALL_APPS_NOTIFICATION_SETTINGS": "app_notification_list",
        "NOTIFICATION_SETTINGS": "notifications",
        "NOTIFICATION_HISTORY": "notification_history",
        "BATTERY_SAVER_SETTINGS": "battery_saver",
        "INTERNAL_STORAGE_SETTINGS": "storage",
        "SOUND_SETTINGS": "sound",
        "ZEN_MODE_SETTINGS": "dnd",
        "ZEN_MODE_PRIORITY_SETTINGS": "dnd",
        "ZEN_MODE_AUTOMATION_SETTINGS": "dnd_schedules",
        "DISPLAY_SETTINGS": "display",
        "NIGHT_DISPLAY_SETTINGS": "night_light",
        "DARK_THEME_SETTINGS": "dark_theme",
        "TEXT_READING_SETTINGS": "text_size",
        "ACCESSIBILITY_SETTINGS": "accessibility",
        "CAPTIONING_SETTINGS": "captions",
        "COLOR_INVERSION_SETTINGS": "color_motion",
        "COLOR_CORRECTION_SETTINGS": "color_motion",
        "REDUCE_BRIGHT_COLORS_SETTINGS": "accessibility",
        "SECURITY_SETTINGS": "security",
        "PRIVACY_SETTINGS": "privacy_controls",
        "LOCATION_SOURCE_SETTINGS": "location",
        "LOCALE_SETTINGS": "languages",
        "INPUT_METHOD_SETTINGS": "on_screen_keyboard",
        "HARD_KEYBOARD_SETTINGS": "keyboard",
        "DATE_SETTINGS": "date_time",
        "DEVICE_INFO_SETTINGS": "about",
        "APPLICATION_DEVELOPMENT_SETTINGS": "developer",
        "SYNC_SETTINGS": "accounts",
        "SYSTEM_UPDATE_SETTINGS": "update",
        "MANAGE_ALL_SIM_PROFILES_SETTINGS": "sim",
    }.items()
} | {
    "android.intent.action.POWER_USAGE_SUMMARY": "battery",
    "android.app.action.SET_NEW_PASSWORD": "choose_lock",
    "android.intent.action.MANAGE_PERMISSIONS": "permission_manager",
}
"""Intent action → page."""
PACKAGE_ACTIONS: Final = {
    "android.settings.APPLICATION_DETAILS_SETTINGS": "app_info",
    "android.settings.APP_NOTIFICATION_SETTINGS": "app_notifications",
    "android.settings.CHANNEL_NOTIFICATION_SETTINGS": "channel",
    "android.intent.action.MANAGE_APP_PERMISSIONS": "app_permissions",
    "android.settings.APP_OPEN_BY_DEFAULT_SETTINGS": "app_defaults",
}
"""Intent action → page about the package in the data (`package:…`) or in extra `android.provider.extra.APP_PACKAGE`."""
