"""All pages by id, the intents that lead to them, and what the search goes through."""

from __future__ import annotations

from typing import Final, NamedTuple

from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.pages import (
    about,
    accessibility,
    app_info,
    apps,
    battery,
    connected,
    datetime_page,
    developer,
    display,
    dnd,
    location,
    network,
    notifications,
    permissions,
    reset,
    security,
    sound,
    storage,
    system,
    text_size,
    wallpaper,
    wifi,
)
from mobilegym.emulator.phone.apps.settings.prefs import FooterPref, HeaderPref, ViewPref
from mobilegym.emulator.phone.kernel.intents import Intent

__all__ = ["ACTIONS", "PACKAGE_ACTIONS", "PAGES", "Found", "page_of", "search"]

_GROUPS: Final = (
    network,
    wifi,
    connected,
    apps,
    app_info,
    permissions,
    notifications,
    battery,
    storage,
    sound,
    dnd,
    display,
    text_size,
    wallpaper,
    accessibility,
    security,
    location,
    system,
    datetime_page,
    about,
    developer,
    reset,
)
PAGES: Final[dict[str, PageSpec]] = {id: spec for group in _GROUPS for id, spec in group.PAGES.items()}
"""Page id → description, in the order in which the search lists them."""

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


def page_of(intent: Intent) -> tuple[str, str]:
    """Page and argument that an intent from outside asks for."""
    page = PACKAGE_ACTIONS.get(intent.action)
    if page is None:
        return ACTIONS.get(intent.action, "network"), ""
    package = (
        intent.data.partition(":")[2]
        or intent.text("android.provider.extra.APP_PACKAGE")
        or intent.text("android.intent.extra.PACKAGE_NAME")
    )
    channel = intent.text("android.provider.extra.CHANNEL_ID")
    return page, f"{package}/{channel}" if page == "channel" else package


class Found(NamedTuple):
    """A hit of the search."""

    title: str
    path: str
    """Titles of the pages on the way, joined by ` > `."""
    page: str
    key: str
    """Row to point out, empty for the page itself."""


def search(page: Page, query: str, limit: int = 30) -> list[Found]:
    """Pages and rows whose words begin with the words of the query; titles before other words."""
    words = _fold(query).split()
    if not words:
        return []
    hits: list[tuple[int, Found]] = []
    seen: set[tuple[str, str]] = set()
    for id, spec in PAGES.items():
        if not spec.search and id != "developer":
            continue
        if id == "developer" and not page.flag("global", "development_settings_enabled"):
            continue
        title, path = spec.name(page), _path(id)
        if (rank := _rank(words, title, f"{spec.keywords} {path}")) is not None:
            hits.append((rank, Found(title, path, id, "")))
            seen.add((title, path))
        below = f"{path} > {title}" if path else title
        for pref in spec.prefs(page):
            if isinstance(pref, HeaderPref | FooterPref | ViewPref):
                continue
            name, key = str(getattr(pref, "title", "")), str(getattr(pref, "key", ""))
            leads = str(getattr(pref, "page", ""))
            if not name or leads in PAGES and PAGES[leads].title == name or ":" in key:
                continue
            rank = _rank(words, name, str(getattr(pref, "summary", "")))
            if rank is not None and (name, below) not in seen:
                seen.add((name, below))
                hits.append((rank + 1, Found(name, below, id, key)))
    return [found for _, found in sorted(hits, key=lambda hit: hit[0])[:limit]]


def _fold(text: str) -> str:
    return text.casefold().replace("\u2011", "-").replace("\u2019", "'").replace("&", " ").replace("-", "")


def _rank(words: list[str], title: str, more: str) -> int | None:
    """0 for all words in the title's beginning, 2 in the title, 6 elsewhere, None for no match."""
    folded, other = _fold(title), _fold(more)
    if folded.startswith(" ".join(words)):
        return 0
    in_title, anywhere = folded.split(), [*folded.split(), *other.split()]
    if all(any(part.startswith(word) for part in in_title) for word in words):
        return 2
    return 6 if all(any(part.startswith(word) for part in anywhere) for word in words) else None


def _path(id: str) -> str:
    names: list[str] = []
    parent = PAGES[id].parent
    while parent:
        names.insert(0, str(PAGES[parent].title))
        parent = PAGES[parent].parent
    return " > ".join(names)
