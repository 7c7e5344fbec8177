"""System: languages, keyboard, gestures, backup, update, and the ways to more."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.pages.datetime_page import zone_summary
from mobilegym.emulator.phone.apps.settings.prefs import (
    ChoicePref,
    FooterPref,
    HeaderPref,
    LinkPref,
    MainSwitchPref,
    Pref,
    Setting,
    SliderPref,
    SwitchPref,
)
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem

__all__ = ["LANGUAGES", "PAGES"]

LANGUAGES: Final = {
    "en-US": "English (United States)",
    "en-GB": "English (United Kingdom)",
    "en-AU": "English (Australia)",
    "en-CA": "English (Canada)",
    "en-IN": "English (India)",
    "cs-CZ": "Čeština (Česko)",
    "da-DK": "Dansk (Danmark)",
    "de-DE": "Deutsch (Deutschland)",
    "de-AT": "Deutsch (Österreich)",
    "es-ES": "Español (España)",
    "es-MX": "Español (México)",
    "es-US": "Español (Estados Unidos)",
    "fi-FI": "Suomi (Suomi)",
    "fr-FR": "Français (France)",
    "fr-CA": "Français (Canada)",
    "hu-HU": "Magyar (Magyarország)",
    "id-ID": "Indonesia (Indonesia)",
    "it-IT": "Italiano (Italia)",
    "nl-NL": "Nederlands (Nederland)",
    "nb-NO": "Norsk bokmål (Norge)",
    "pl-PL": "Polski (Polska)",
    "pt-BR": "Português (Brasil)",
    "pt-PT": "Português (Portugal)",
    "ro-RO": "Română (România)",
    "sv-SE": "Svenska (Sverige)",
    "tr-TR": "Türkçe (Türkiye)",
    "vi-VN": "Tiếng Việt (Việt Nam)",
}
"""Locale → name in its own language."""


def _system(page: Page) -> list[Pref]:
    rows: list[Pref] = [
        LinkPref("language_settings", "Languages", LANGUAGES.get(_locales(page)[0], _locales(page)[0]), "web", page="languages"),
        LinkPref("keyboard_settings", "Keyboard", "On-screen keyboard", "keyboard-outline", page="keyboard"),
        LinkPref("gesture_settings", "Gestures", "Flip, lift, one-handed mode", "gesture-swipe", page="gestures"),
        LinkPref("date_time_settings", "Date & time", zone_summary(page), "clock-outline", page="date_time"),
        LinkPref(
            "backup_settings", "Backup", "On" if page.flag("secure", "backup_enabled", True) else "Off", "backup-restore", page="backup"
        ),
        LinkPref("system_update_settings", "System update", "Updated to Android 14", "cellphone-arrow-down", page="update"),
    ]
    if page.flag("global", "development_settings_enabled"):
        rows.append(LinkPref("development_settings", "Developer options", "", "code-braces", page="developer"))
    rows.append(LinkPref("reset_dashboard", "Reset options", "", "restore", page="reset"))
    return rows


def _locales(page: Page) -> list[str]:
    return [name for name in page.setting("system", "system_locales", "en-US").split(",") if name] or ["en-US"]


def _languages(page: Page) -> list[Pref]:
    locales = _locales(page)
    rows: list[Pref] = [HeaderPref("Preferred language order")]
    rows += [
        LinkPref(
            f"locale:{name}", f"{i + 1}   {LANGUAGES.get(name, name)}", on_tap=Call(_language_menu, (name,)), desc=LANGUAGES.get(name, name)
        )
        for i, name in enumerate(locales)
    ]
    rows += [
        LinkPref("add_language", "Add a language", "", "plus", page="add_language"),
        FooterPref("Apps are shown in the first language of this list that they support."),
    ]
    return rows


def _language_menu(page: Page, name: str) -> None:
    locales = _locales(page)
    items: list[MenuItem] = []
    if locales.index(name) > 0:
        items += [MenuItem("Move to top", Call(_move, (name, 0))), MenuItem("Move up", Call(_move, (name, locales.index(name) - 1)))]
    if locales.index(name) < len(locales) - 1:
        items.append(MenuItem("Move down", Call(_move, (name, locales.index(name) + 1))))
    if len(locales) > 1:
        items.append(MenuItem("Remove", Call(_ask_remove, (name,))))
    if items:
        page.show(Menu(items=tuple(items)))
    else:
        page.toast("At least one language must be kept")


def _write(page: Page, locales: list[str]) -> None:
    page.put("system", "system_locales", ",".join(locales), title="Languages")


def _move(page: Page, name: str, to: int) -> None:
    locales = _locales(page)
    locales.remove(name)
    locales.insert(to, name)
    _write(page, locales)


def _ask_remove(page: Page, name: str) -> None:
    page.show(
        AlertDialog(
            heading="Remove selected language?",
            message="Text will be displayed in another language.",
            positive=DialogButton("Remove", Call(_remove, (name,))),
            negative=DialogButton("Cancel"),
        )
    )


def _remove(page: Page, name: str) -> None:
    _write(page, [n for n in _locales(page) if n != name])


def _add_language(page: Page) -> list[Pref]:
    have = _locales(page)
    rows: list[Pref] = [
        LinkPref(f"add:{name}", label, on_tap=Call(_add, (name,)))
        for name, label in sorted(LANGUAGES.items(), key=lambda item: item[1].casefold())
        if name not in have and page.query in label.casefold()
    ]
    return rows or [FooterPref("No languages found")]


def _add(page: Page, name: str) -> None:
    _write(page, [*_locales(page), name])
    page.finish()


_KEYBOARD: Final = (
    HeaderPref("Keyboards"),
    LinkPref("virtual_keyboard_pref", "On-screen keyboard", "Gboard", page="on_screen_keyboard"),
    SwitchPref(
        "show_virtual_keyboard",
        "Use on-screen keyboard with physical keyboard",
        "Keep it on screen while physical keyboard is active",
        Setting("secure", "show_ime_with_hard_keyboard", "0"),
    ),
    HeaderPref("Options"),
    SwitchPref(
        "spellcheckers_settings", "Spell checker", "Mark words that may be misspelled", Setting("secure", "spell_checker_enabled", "1")
    ),
    SwitchPref("auto_punctuate", "Double-space period", "Two spaces insert a period", Setting("system", "auto_punctuate", "1")),
    SwitchPref("auto_caps", "Auto-capitalization", "", Setting("system", "auto_caps", "1")),
    HeaderPref("Mouse and trackpad"),
    SliderPref("pointer_speed", "Pointer speed", -7, 7, Setting("system", "pointer_speed", "0")),
)
_ON_SCREEN: Final = (
    SwitchPref("gboard", "Gboard", "Multilingual typing", checked=True, enabled=False),
    SwitchPref("vibrate_on_keypress", "Haptic feedback on keypress", "", Setting("system", "keyboard_vibration_enabled", "1")),
    FooterPref("Gboard is the only keyboard on this phone, so it cannot be turned off."),
)
_GESTURES: Final = (
    SwitchPref(
        "gesture_double_tap_power",
        "Quickly open camera",
        "Press power button twice to open the camera from any screen",
        Setting("secure", "camera_double_tap_power_gesture_disabled", "0"),
        on="0",
        off="1",
    ),
    SwitchPref(
        "gesture_silence", "Flip to Shhh", "Place your phone face down to turn on Do Not Disturb", Setting("secure", "silence_gesture", "0")
    ),
    SwitchPref("gesture_pick_up", "Lift to check phone", "", Setting("secure", "doze_pick_up_gesture", "1")),
    SwitchPref("gesture_tap_screen", "Tap to check phone", "", Setting("secure", "doze_tap_gesture", "1")),
    SwitchPref(
        "one_handed_mode", "One-handed mode", "Pull the top half of your screen down", Setting("secure", "one_handed_mode_enabled", "0")
    ),
    SwitchPref(
        "swipe_for_notifications", "Swipe fingerprint for notifications", "", Setting("secure", "swipe_bottom_to_notification_enabled", "0")
    ),
    ChoicePref(
        "prevent_ringing", "Prevent ringing", (("0", "Off"), ("1", "Vibrate"), ("2", "Mute")), Setting("secure", "volume_hush_gesture", "0")
    ),
)
_BACKUP: Final = (
    MainSwitchPref("backup_switch", "Back up my data", Setting("secure", "backup_enabled", "1")),
    FooterPref(
        "Backup saves app data, call history, contacts, device settings and text messages of this phone. There "
        "is no account to back up to yet."
    ),
)
_UPDATE: Final = (
    LinkPref("android_version", "Android version", "14"),
    LinkPref("security_patch", "Android security update", "February 5, 2026"),
    LinkPref("mainline", "System modules update", "January 1, 2026"),
    FooterPref("Your system is up to date."),
)

PAGES: Final = {
    "system": PageSpec("System", _system),
    "languages": PageSpec("Languages", _languages, "system", keywords="language locale"),
    "add_language": PageSpec("Add a language", _add_language, "languages", searchable=True, search=False),
    "keyboard": PageSpec("Keyboard", _KEYBOARD, "system", keywords="typing input method gboard"),
    "on_screen_keyboard": PageSpec("On-screen keyboard", _ON_SCREEN, "keyboard"),
    "gestures": PageSpec("Gestures", _GESTURES, "system"),
    "backup": PageSpec("Backup", _BACKUP, "system"),
    "update": PageSpec("System update", _UPDATE, "system", keywords="software update version"),
}
