"""Reset options: network, app preferences, everything."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings import schedules
from mobilegym.emulator.phone.apps.settings.lock import ConfirmLock, lock_kind
from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.prefs import ButtonPref, FooterPref, LinkPref, Pref
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.kernel import Kernel
from mobilegym.emulator.phone.kernel.settings import NAMESPACES
from mobilegym.emulator.phone.kernel.settings_defaults import DEFAULTS
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton

__all__ = ["PAGES"]


def _reset(page: Page) -> list[Pref]:
    del page
    return [
        LinkPref("reset_bluetooth_wifi", "Reset Bluetooth & Wi‑Fi", "", page="reset_radios"),
        LinkPref("reset_app_prefs", "Reset app preferences", "", on_tap=Call(_ask_apps)),
        LinkPref("factory_reset", "Erase all data (factory reset)", "", page="erase"),
    ]


def _radios(page: Page) -> list[Pref]:
    del page
    return [
        FooterPref("This will reset all Wi‑Fi & Bluetooth settings. You can’t undo this action."),
        ButtonPref("initiate_reset_network", "Reset", Call(_ask_radios), filled=True),
    ]


def _ask_radios(page: Page) -> None:
    page.show(
        AlertDialog(
            heading="Reset Bluetooth & Wi‑Fi?",
            message="All saved networks will be forgotten and all paired devices removed.",
            positive=DialogButton("Reset", Call(_reset_radios), destructive=True),
            negative=DialogButton("Cancel"),
        )
    )


def _forget_radios(kernel: Kernel) -> None:
    hardware = kernel.hardware
    for network in hardware.saved_wifi():
        hardware.forget_wifi(network.ssid)
    for item in hardware.state.bluetooth:
        hardware.put_bluetooth(item._replace(paired=False, connected=False))


def _reset_radios(page: Page) -> None:
    _forget_radios(page.kernel)
    page.effect("network.reset", "irreversible")
    page.toast("Bluetooth & Wi‑Fi have been reset")
    page.finish()


def _ask_apps(page: Page) -> None:
    page.show(
        AlertDialog(
            heading="Reset app preferences?",
            message="This will reset all preferences for:\n\n• Disabled apps\n• Disabled app notifications\n• "
            "Default applications for actions\n"
            "• Background data restrictions for apps\n• Battery usage restrictions\n\nYou will not lose any app data.",
            positive=DialogButton("Reset apps", Call(_reset_apps)),
            negative=DialogButton("Cancel"),
        )
    )


def _reset_apps(page: Page) -> None:
    kernel = page.kernel
    for package in kernel.packages.names():
        kernel.packages.change(package, enabled=True, defaults=frozenset(), battery="optimized", data_saver_exempt=False)
        kernel.notifications.set_enabled(package, True)
        kernel.settings.delete("global", f"mobilegym_background_data/{package}")
    for key in ("dialer_default_application", "sms_default_application"):
        kernel.settings.put("secure", key, DEFAULTS["secure"][key])
    page.effect("app_preferences.reset", "irreversible")
    page.toast("App preferences have been reset")


def _erase(page: Page) -> list[Pref]:
    del page
    return [
        FooterPref(
            "This will erase all data from your phone’s internal storage, including:\n\n• System and app data "
            "and settings\n• Downloaded apps\n• Music\n• Photos\n"
            "• Other user data\n\nYou can’t undo this action."
        ),
        ButtonPref("initiate_main_clear", "Erase all data", Call(_ask_erase), filled=True),
    ]


def _ask_erase(page: Page) -> None:
    if lock_kind(page) == "pin":
        page.open(ConfirmLock, Call(_confirmed))
    else:
        page.go("erase_confirm")


def _confirmed(page: Page, result: Intent | None) -> None:
    if result is not None:
        page.go("erase_confirm")


def _erase_confirm(page: Page) -> list[Pref]:
    del page
    return [
        FooterPref("All of your personal information and downloaded apps will be deleted. You can’t undo this action."),
        ButtonPref("execute_main_clear", "Erase all data", Call(_erase_all), filled=True),
    ]


def _erase_all(page: Page) -> None:
    kernel = page.kernel
    kernel.journal.append("effect", page.package, "phone.erased", "irreversible")
    for name in kernel.files.names("/sdcard"):
        kernel.files.delete(f"/sdcard/{name}")
    _forget_radios(kernel)
    for namespace in NAMESPACES:
        defaults = DEFAULTS[namespace]
        for key in list(kernel.settings.items(namespace)):
            if key not in defaults:
                kernel.settings.delete(namespace, key)
        for key, value in defaults.items():
            kernel.settings.put(namespace, key, value)
    for package in kernel.packages.names():
        kernel.clear_data(package)
    kernel.clock.set_zone(kernel.config.time_zone)
    schedules.plan(kernel)
    for task in kernel.activities.tasks:
        kernel.activities.remove(task.id)
    kernel.shell.home()


PAGES: Final = {
    "reset": PageSpec("Reset options", _reset, "system", keywords="factory reset erase"),
    "reset_radios": PageSpec("Reset Bluetooth & Wi‑Fi", _radios, "reset"),
    "erase": PageSpec("Erase all data (factory reset)", _erase, "reset"),
    "erase_confirm": PageSpec("Erase all data?", _erase_confirm, "erase", search=False),
}
