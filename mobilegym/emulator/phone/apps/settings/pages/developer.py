"""Developer options."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.prefs import ChoicePref, HeaderPref, MainSwitchPref, Pref, Setting, SwitchPref
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton

__all__ = ["PAGES"]

_SCALES: Final = (
    ("0", "Animation off"),
    ("0.5", "Animation scale .5x"),
    ("1.0", "Animation scale 1x"),
    ("1.5", "Animation scale 1.5x"),
    ("2.0", "Animation scale 2x"),
    ("5.0", "Animation scale 5x"),
    ("10.0", "Animation scale 10x"),
)


def _developer(page: Page) -> list[Pref]:
    on = page.flag("global", "development_settings_enabled")
    usb = page.flag("global", "adb_enabled")
    return [
        MainSwitchPref("use_developer_options", "Use developer options", Setting("global", "development_settings_enabled", "0")),
        SwitchPref(
            "keep_screen_on",
            "Stay awake",
            "Screen will never sleep while charging",
            Setting("global", "stay_on_while_plugged_in", "0"),
            on="7",
            enabled=on,
        ),
        SwitchPref(
            "oem_unlock_enable",
            "OEM unlocking",
            "Allow the bootloader to be unlocked",
            Setting("global", "mobilegym_oem_unlock", "0"),
            enabled=on,
        ),
        HeaderPref("Debugging"),
        SwitchPref("enable_adb", "USB debugging", "Debug mode when USB is connected", checked=usb, then=Call(_adb), enabled=on),
        SwitchPref(
            "toggle_adb_wireless",
            "Wireless debugging",
            "Debug mode when Wi‑Fi is connected",
            Setting("global", "adb_wifi_enabled", "0"),
            enabled=on,
        ),
        SwitchPref(
            "wait_for_debugger",
            "Wait for debugger",
            "Debugged application waits for debugger to attach before executing",
            Setting("global", "wait_for_debugger", "0"),
            enabled=on,
        ),
        *_networking_and_input(on),
        *_drawing(on),
        *_apps(on),
    ]


def _networking_and_input(on: bool) -> list[Pref]:
    return [
        HeaderPref("Networking"),
        SwitchPref(
            "mobile_data_always_on",
            "Mobile data always active",
            "Always keep mobile data active, even when Wi‑Fi is active (for fast network switching).",
            Setting("global", "mobile_data_always_on", "1"),
            enabled=on,
        ),
        HeaderPref("Input"),
        SwitchPref("show_touches", "Show taps", "Show visual feedback for taps", Setting("system", "show_touches", "0"), enabled=on),
        SwitchPref(
            "pointer_location",
            "Pointer location",
            "Screen overlay showing current touch data",
            Setting("system", "pointer_location", "0"),
            enabled=on,
        ),
    ]


def _drawing(on: bool) -> list[Pref]:
    return [
        HeaderPref("Drawing"),
        ChoicePref(
            "window_animation_scale", "Window animation scale", _SCALES, Setting("global", "window_animation_scale", "1.0"), enabled=on
        ),
        ChoicePref(
            "transition_animation_scale",
            "Transition animation scale",
            _SCALES,
            Setting("global", "transition_animation_scale", "1.0"),
            enabled=on,
        ),
        ChoicePref(
            "animator_duration_scale", "Animator duration scale", _SCALES, Setting("global", "animator_duration_scale", "1.0"), enabled=on
        ),
    ]


def _apps(on: bool) -> list[Pref]:
    return [
        HeaderPref("Apps"),
        SwitchPref(
            "immediately_destroy_activities",
            "Don’t keep activities",
            "Destroy every activity as soon as the user leaves it",
            Setting("global", "always_finish_activities", "0"),
            enabled=on,
        ),
        SwitchPref(
            "force_resizable_activities",
            "Force activities to be resizable",
            "Make all activities resizable for multi-window, regardless of manifest values.",
            Setting("global", "force_resizable_activities", "0"),
            enabled=on,
        ),
    ]


def _adb(page: Page, on: bool) -> None:
    if on:
        page.show(
            AlertDialog(
                heading="Allow USB debugging?",
                message="USB debugging is intended for development purposes only. Use it to copy data between your computer and your "
                "device, install apps on your device without notification, and read log data.",
                positive=DialogButton("OK", Call(_write_adb, (True,))),
                negative=DialogButton("Cancel"),
            )
        )
    else:
        _write_adb(page, False)


def _write_adb(page: Page, on: bool) -> None:
    # Whoever holds the cable reads everything then.
    page.put("global", "adb_enabled", "1" if on else "0", "sensitive" if on else "reversible", title="USB debugging")


PAGES: Final = {"developer": PageSpec("Developer options", _developer, "system", search=False)}
