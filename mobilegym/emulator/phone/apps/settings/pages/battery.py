"""Battery: level, saver with its schedule, percentage in the status bar."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.prefs import (
    FooterPref,
    LinkPref,
    MainSwitchPref,
    Pref,
    RadioPref,
    Setting,
    SliderPref,
    SwitchPref,
    UsagePref,
)
from mobilegym.emulator.phone.ui.call import Call

__all__ = ["PAGES"]

_TRIGGER: Final = "low_power_trigger_level"


def _battery(page: Page) -> list[Pref]:
    hardware = page.kernel.hardware
    battery = hardware.battery()
    state = {"charging": "Charging", "full": "Full", "discharging": "About " + _left(battery.level, hardware.battery_saver) + " left"}[
        hardware.battery_status
    ]
    return [
        UsagePref(f"{battery.level}%", state, battery.level),
        LinkPref("battery_saver", "Battery Saver", "On" if hardware.battery_saver else "Off" + _schedule_words(page), page="battery_saver"),
        LinkPref("adaptive", "Adaptive preferences", "Extend battery life and improve device performance", page="adaptive_battery"),
        SwitchPref(
            "battery_percentage",
            "Battery percentage",
            "Show battery percentage in status bar",
            Setting("system", "status_bar_show_battery_percent", "0"),
        ),
        FooterPref("Battery level and remaining time are estimates based on how the phone is used."),
    ]


def _left(level: int, saver: bool) -> str:
    hours = max(1, round(level * (0.36 if saver else 0.26)))
    return f"{hours // 24} day{'' if hours // 24 == 1 else 's'}, {hours % 24} hr" if hours >= 24 else f"{hours} hr"


def _schedule_words(page: Page) -> str:
    trigger = page.kernel.settings.number("global", _TRIGGER, 0)
    return f" / Will turn on at {trigger}%" if trigger else ""


def _saver(page: Page) -> list[Pref]:
    hardware = page.kernel.hardware
    trigger = page.kernel.settings.number("global", _TRIGGER, 0)
    return [
        MainSwitchPref(
            "use_battery_saver",
            "Use Battery Saver",
            checked=hardware.battery_saver,
            then=Call(_set_saver),
            enabled=not hardware.battery().charging,
        ),
        LinkPref(
            "battery_saver_schedule", "Set a schedule", f"Will turn on at {trigger}%" if trigger else "No schedule", page="saver_schedule"
        ),
        SwitchPref(
            "battery_saver_sticky",
            "Turn off when charged",
            f"Battery Saver turns off when your phone is at {page.setting('global', 'low_power_sticky_auto_disable_level', '90')}%",
            Setting("global", "low_power_sticky_auto_disable_enabled", "1"),
        ),
        FooterPref(
            "Battery Saver limits or turns off background activity, some visual effects, certain features, and some network connections."
            if not hardware.battery().charging
            else "Battery Saver can’t be turned on while the phone is charging."
        ),
    ]


def _set_saver(page: Page, on: bool) -> None:
    page.kernel.hardware.set_battery_saver(on)
    page.effect("setting.changed", "reversible", setting="global/low_power", value=on, title="Battery Saver")


def _schedule(page: Page) -> list[Pref]:
    trigger = page.kernel.settings.number("global", _TRIGGER, 0)
    rows: list[Pref] = [
        RadioPref("key_battery_saver_no_schedule", "No schedule", trigger == 0, Call(_set_trigger, (0,))),
        RadioPref("key_battery_saver_percentage", "Based on percentage", trigger > 0, Call(_set_trigger, (trigger or 20,))),
    ]
    if trigger:
        rows.append(SliderPref("seekbar", f"{trigger}%", 1, 15, value=max(1, trigger // 5), then=Call(_trigger_slider)))
    return rows


def _set_trigger(page: Page, level: int) -> None:
    page.put("global", _TRIGGER, str(level), title="Set a schedule")


def _trigger_slider(page: Page, fifth: int) -> None:
    page.kernel.settings.put("global", _TRIGGER, str(fifth * 5))


_ADAPTIVE: Final = (
    SwitchPref(
        "adaptive_battery",
        "Adaptive Battery",
        "Extend battery life based on your phone use",
        Setting("global", "adaptive_battery_management_enabled", "1"),
    ),
    SwitchPref(
        "adaptive_charging",
        "Adaptive charging",
        "Charges slowly overnight so that the battery lasts longer",
        Setting("secure", "adaptive_charging_enabled", "1"),
    ),
    FooterPref("Adaptive Battery limits battery for infrequently used apps. Some notifications may be delayed."),
)

PAGES: Final = {
    "battery": PageSpec("Battery", _battery, keywords="power charge"),
    "battery_saver": PageSpec("Battery Saver", _saver, "battery", keywords="power saving low power"),
    "saver_schedule": PageSpec("Set a schedule", _schedule, "battery_saver"),
    "adaptive_battery": PageSpec("Adaptive preferences", _ADAPTIVE, "battery"),
}
