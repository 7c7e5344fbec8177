"""Security & privacy: screen lock, permissions, camera and microphone, and the page on passwords and accounts."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.lock import PIN, ConfirmLock, SetPin, lock_kind
from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.pages.notifications import lock_screen
from mobilegym.emulator.phone.apps.settings.prefs import ChoicePref, FooterPref, HeaderPref, LinkPref, Pref, RadioPref, Setting, SwitchPref
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton

__all__ = ["PAGES"]

_KINDS: Final = (("none", "None", ""), ("swipe", "Swipe", "No security"), ("pin", "PIN", "Medium to high security"))
_LOCK_AFTER: Final = (
    ("0", "Immediately"),
    ("5000", "5 seconds after timeout"),
    ("15000", "15 seconds after timeout"),
    ("30000", "30 seconds after timeout"),
    ("60000", "1 minute after timeout"),
    ("300000", "5 minutes after timeout"),
    ("1800000", "30 minutes after timeout"),
)


def _security(page: Page) -> list[Pref]:
    kind = lock_kind(page)
    label = next(name for key, name, _ in _KINDS if key == kind)
    return [
        HeaderPref("Security"),
        LinkPref("unlock_set_or_change", "Device unlock", f"Screen lock: {label}", "lock-outline", page="device_unlock"),
        LinkPref("security_update", "System & updates", "Security update: February 5, 2026", "update", page="update"),
        LinkPref("more_security", "More security settings", "App pinning, show passwords", "shield-key-outline", page="more_security"),
        HeaderPref("Privacy"),
        LinkPref(
            "permission_manager",
            "Permission manager",
            "Control app access to your data",
            "shield-account-outline",
            page="permission_manager",
        ),
        LinkPref(
            "privacy_controls", "Privacy controls", "Camera, microphone, and clipboard access", "eye-outline", page="privacy_controls"
        ),
        lock_screen(page),
    ]


def _unlock(page: Page) -> list[Pref]:
    kind = lock_kind(page)
    label = next(name for key, name, _ in _KINDS if key == kind)
    rows: list[Pref] = [
        LinkPref("screen_lock", "Screen lock", label, on_tap=Call(_choose_lock), gear=Call(_lock_settings) if kind == "pin" else None),
    ]
    if kind != "none":
        rows.append(FooterPref("The screen locks when it turns off."))
    return rows


def _lock_settings(page: Page) -> None:
    page.go("lock_settings")


_LOCK_SETTINGS: Final = (
    ChoicePref("lock_after_timeout", "Lock after screen timeout", _LOCK_AFTER, Setting("secure", "lock_screen_lock_after_timeout", "5000")),
    SwitchPref(
        "power_button_instantly_locks",
        "Power button instantly locks",
        "",
        Setting("secure", "lockscreen.power_button_instantly_locks", "1"),
    ),
    SwitchPref(
        "enhanced_pin_privacy",
        "Enhanced PIN privacy",
        "Disable animations while entering PIN",
        Setting("secure", "lock_pin_enhanced_privacy", "0"),
    ),
)


def _choose_lock(page: Page) -> None:
    if lock_kind(page) == "pin":
        page.open(ConfirmLock, Call(_confirmed))
    else:
        page.go("choose_lock")


def _confirmed(page: Page, result: Intent | None) -> None:
    if result is not None:
        page.go("choose_lock")


def _choose(page: Page) -> list[Pref]:
    kind = lock_kind(page)
    return [RadioPref(f"unlock_set_{key}", name, key == kind, Call(_picked, (key,)), summary) for key, name, summary in _KINDS]


def _picked(page: Page, kind: str) -> None:
    now = lock_kind(page)
    if kind == "pin":
        page.open(SetPin, Call(_pin_set))
    elif now == "pin":
        page.show(
            AlertDialog(
                heading="Delete screen lock?",
                message="This removes the PIN: anyone can unlock this phone then.",
                positive=DialogButton("Delete", Call(_set_lock, (kind,)), destructive=True),
                negative=DialogButton("Cancel"),
            )
        )
    else:
        _set_lock(page, kind)


def _pin_set(page: Page, result: Intent | None) -> None:
    if result is not None:
        page.finish()


def _set_lock(page: Page, kind: str) -> None:
    settings = page.kernel.settings
    settings.delete("secure", PIN)
    settings.set_flag("secure", "lockscreen.disabled", kind == "none")
    page.effect("screen_lock.changed", "reversible", kind=kind)
    page.finish()


def _sensor(page: Page, key: str, on: bool) -> None:
    page.kernel.settings.set_flag("secure", f"mobilegym_{key}_blocked", not on)
    page.effect("setting.changed", "reversible", setting=f"secure/mobilegym_{key}_blocked", value=not on, title=f"{key.title()} access")


def _privacy(page: Page) -> list[Pref]:
    def access(key: str, title: str) -> SwitchPref:
        return SwitchPref(
            f"privacy_{key}_toggle",
            title,
            "For all apps and services. If this setting is off, this data may still be shared when you call an emergency number."
            if key == "microphone"
            else "For all apps and services",
            checked=not page.flag("secure", f"mobilegym_{key}_blocked"),
            then=Call(_sensor, (key,)),
        )

    return [
        access("camera", "Camera access"),
        access("microphone", "Microphone access"),
        SwitchPref(
            "show_clip_access_notification",
            "Show clipboard access",
            "Show a message when apps access text, images, or other content you’ve copied",
            Setting("secure", "clipboard_show_access_notifications", "1"),
        ),
        LinkPref("location", "Location access", "On" if page.kernel.hardware.location_on else "Off", page="location"),
    ]


_MORE: Final = (
    SwitchPref("show_password", "Show passwords", "Display characters briefly as you type", Setting("system", "show_password", "1")),
    SwitchPref(
        "app_pinning", "App pinning", "Keep the current app in view until you unpin it", Setting("system", "lock_to_app_enabled", "0")
    ),
    SwitchPref(
        "confirm_sim_deletion",
        "Confirm SIM deletion",
        "Verify it’s you before erasing a downloaded SIM",
        Setting("global", "confirm_sim_deletion", "1"),
    ),
    LinkPref("encryption", "Encryption & credentials", "Encrypted"),
)


def _accounts(page: Page) -> list[Pref]:
    del page
    return [
        HeaderPref("Passwords"),
        LinkPref("passwords", "Saved passwords", "0 passwords", enabled=False),
        HeaderPref("Autofill service"),
        LinkPref("autofill", "Autofill service", "None"),
        HeaderPref("Accounts for Owner"),
        LinkPref("no_accounts", "No accounts on this phone", "", enabled=False),
        SwitchPref(
            "auto_sync", "Automatically sync app data", "Let apps refresh data automatically", Setting("global", "mobilegym_auto_sync", "1")
        ),
    ]


PAGES: Final = {
    "security": PageSpec("Security & privacy", _security, keywords="safety protect"),
    "device_unlock": PageSpec("Device unlock", _unlock, "security", keywords="screen lock pin password pattern"),
    "choose_lock": PageSpec("Choose screen lock", _choose, "device_unlock", search=False),
    "lock_settings": PageSpec("Screen lock settings", _LOCK_SETTINGS, "device_unlock"),
    "privacy_controls": PageSpec("Privacy controls", _privacy, "security", keywords="camera microphone mic access"),
    "more_security": PageSpec("More security settings", _MORE, "security"),
    "accounts": PageSpec("Passwords & accounts", _accounts, keywords="sync login"),
}
