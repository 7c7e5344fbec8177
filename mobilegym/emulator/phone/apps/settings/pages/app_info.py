"""App info and what is below it: storage, battery usage, opening by default."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.pages.permissions import allowed_groups
from mobilegym.emulator.phone.apps.settings.pages.sizes import CACHE_CLEARED, app_size, cache_bytes, data_bytes, human_size
from mobilegym.emulator.phone.apps.settings.prefs import (
    Action,
    ButtonsPref,
    EntityPref,
    FooterPref,
    HeaderPref,
    LinkPref,
    Pref,
    RadioPref,
    Setting,
    SwitchPref,
)
from mobilegym.emulator.phone.kernel.manifest import Manifest
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton

__all__ = ["PAGES"]

_ESSENTIAL: Final = frozenset(
    (
        "com.android.systemui",
        "com.android.settings",
        "com.google.android.apps.nexuslauncher",
        "com.google.android.inputmethod.latin",
        "com.google.android.permissioncontroller",
        "com.android.intentresolver",
        "com.google.android.dialer",
    )
)
"""Apps that the phone does not work without: they cannot be disabled."""
_BATTERY: Final = (
    ("unrestricted", "Unrestricted", "Allow battery usage in background without restrictions. May use more battery."),
    ("optimized", "Optimized", "Optimize based on your usage. Recommended for most apps."),
    ("restricted", "Restricted", "Restrict battery usage while in background. App may not work as expected. Notifications may be delayed."),
)


def _manifest(page: Page) -> Manifest:
    return page.kernel.packages.manifest(page.arg)


def _running(page: Page) -> bool:
    return page.kernel.activities.running(page.arg) or bool(page.kernel.notifications.active(page.arg))


def _info(page: Page) -> list[Pref]:
    kernel, package = page.kernel, page.arg
    manifest, state = _manifest(page), kernel.packages.state(page.arg)
    essential = package in _ESSENTIAL or package.startswith("com.android.providers.")
    open_it = Call(_open) if state.enabled and any(m.package == package for m in kernel.packages.launchable()) else None
    toggle = (
        Action("Disable", "cancel", None if essential else Call(_ask_disable))
        if state.enabled
        else Action("Enable", "check", Call(_enable))
    )
    stop = Action("Force stop", "alert-octagon-outline", Call(_ask_stop) if _running(page) else None)
    used = human_size(app_size(package) + data_bytes(page, package) + cache_bytes(page, package))
    groups = ", ".join(allowed_groups(page, package))
    blocked = not kernel.notifications.enabled(package)
    battery = next(label for value, label, _ in _BATTERY if value == state.battery)
    return [
        EntityPref(manifest.label, "" if state.enabled else "Disabled", app=manifest.icon),
        ButtonsPref((Action("Open", "open-in-new", open_it), toggle, stop)),
        LinkPref("notification_settings", "Notifications", "Off" if blocked else "On", page="app_notifications", arg=package),
        LinkPref(
            "permission_settings",
            "Permissions",
            groups or ("No permissions granted" if manifest.permissions else "No permissions requested"),
            page="app_permissions",
            arg=package,
        ),
        LinkPref("storage_settings", "Storage & cache", f"{used} used in internal storage", page="app_storage", arg=package),
        SwitchPref(
            "background_data",
            "Background data",
            "Enable usage of mobile data in the background",
            Setting("global", f"mobilegym_background_data/{package}", "1"),
        ),
        LinkPref("battery", "App battery usage", battery, page="app_battery", arg=package),
        LinkPref(
            "preferred_settings",
            "Open by default",
            "Set as default" if state.defaults else "No defaults set",
            page="app_defaults",
            arg=package,
        ),
        HeaderPref("Unused app settings"),
        SwitchPref(
            "hibernation_switch",
            "Pause app activity if unused",
            "Remove permissions, delete temporary files, and stop notifications",
            Setting("global", f"mobilegym_hibernation/{package}", "1"),
        ),
        FooterPref(f"version {manifest.version}"),
    ]


def _open(page: Page) -> None:
    page.kernel.activities.launch_app(page.arg)


def _ask_disable(page: Page) -> None:
    page.show(
        AlertDialog(
            heading="",
            message="If you disable this app, Android and other apps may no longer function as intended. Keep "
            "in mind, you can’t delete this app "
            "since it came pre-installed on your device. By disabling, you turn this app off and hide it on your device.",
            positive=DialogButton("Disable app", Call(_disable)),
            negative=DialogButton("Cancel"),
        )
    )


def _disable(page: Page) -> None:
    kernel = page.kernel
    kernel.activities.force_stop(page.arg)
    kernel.notifications.remove_package(page.arg)
    kernel.packages.change(page.arg, enabled=False)
    page.effect("app.disabled", "reversible", package=page.arg)


def _enable(page: Page) -> None:
    page.kernel.packages.change(page.arg, enabled=True)
    page.effect("app.enabled", "reversible", package=page.arg)


def _ask_stop(page: Page) -> None:
    page.show(
        AlertDialog(
            heading="Force stop?",
            message="If you force stop an app, it may misbehave.",
            positive=DialogButton("OK", Call(_stop)),
            negative=DialogButton("Cancel"),
        )
    )


def _stop(page: Page) -> None:
    page.kernel.activities.force_stop(page.arg)
    page.kernel.notifications.remove_package(page.arg)
    page.effect("app.force_stopped", "reversible", package=page.arg)


def _storage(page: Page) -> list[Pref]:
    package = page.arg
    data, cache, size = data_bytes(page, package), cache_bytes(page, package), app_size(package)
    return [
        EntityPref(_manifest(page).label, app=_manifest(page).icon),
        ButtonsPref(
            (
                Action("Clear storage", "delete-outline", Call(_ask_clear)),
                Action("Clear cache", "broom", Call(_clear_cache) if cache else None),
            )
        ),
        HeaderPref("Space used"),
        LinkPref("app_size", "App size", human_size(size)),
        LinkPref("data_size", "User data", human_size(data)),
        LinkPref("cache_size", "Cache", human_size(cache)),
        LinkPref("total_size", "Total", human_size(size + data + cache)),
    ]


def _ask_clear(page: Page) -> None:
    page.show(
        AlertDialog(
            heading="Delete app data?",
            message="This app’s data, including files and settings, will be permanently deleted from this device.",
            positive=DialogButton("Delete", Call(_clear), destructive=True),
            negative=DialogButton("Cancel"),
        )
    )


def _clear(page: Page) -> None:
    # The kernel writes the effect itself.
    page.kernel.clear_data(page.arg)


def _clear_cache(page: Page) -> None:
    names = {n for n in page.setting("global", CACHE_CLEARED).split(":") if n} | {page.arg}
    page.kernel.settings.put("global", CACHE_CLEARED, ":".join(sorted(names)))
    page.effect("app.cache_cleared", "reversible", package=page.arg)


def _battery(page: Page) -> list[Pref]:
    state = page.kernel.packages.state(page.arg).battery
    return [
        EntityPref(_manifest(page).label, app=_manifest(page).icon),
        HeaderPref("Manage battery usage"),
        *[RadioPref(value, label, value == state, Call(_set_battery, (value,)), summary) for value, label, summary in _BATTERY],
    ]


def _set_battery(page: Page, value: str) -> None:
    page.kernel.packages.change(page.arg, battery=value)
    page.effect("app.battery_usage_changed", "reversible", package=page.arg, value=value)


def _defaults(page: Page) -> list[Pref]:
    defaults = page.kernel.packages.state(page.arg).defaults
    return [
        EntityPref(_manifest(page).label, app=_manifest(page).icon),
        SwitchPref(
            "open_links",
            "Open supported links",
            "Allow web links to open in this app",
            Setting("global", f"mobilegym_open_links/{page.arg}", "1"),
        ),
        LinkPref(
            "clear_defaults",
            "Clear defaults",
            "You’ve chosen to launch this app by default for some actions" if defaults else "No defaults set",
            on_tap=Call(_clear_defaults),
            enabled=bool(defaults),
        ),
    ]


def _clear_defaults(page: Page) -> None:
    page.kernel.packages.change(page.arg, defaults=frozenset())
    page.effect("app.defaults_cleared", "reversible", package=page.arg)


PAGES: Final = {
    "app_info": PageSpec("App info", _info, "all_apps", search=False),
    "app_storage": PageSpec("Storage", _storage, "app_info", search=False),
    "app_battery": PageSpec("App battery usage", _battery, "app_info", search=False),
    "app_defaults": PageSpec("Open by default", _defaults, "app_info", search=False),
}
