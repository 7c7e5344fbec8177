"""Apps: recent ones, all of them, default apps, special access."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec, ToolbarButton
from mobilegym.emulator.phone.apps.settings.pages.sizes import app_bytes, human_size
from mobilegym.emulator.phone.apps.settings.prefs import FooterPref, HeaderPref, LinkPref, Pref, RadioPref, SwitchPref
from mobilegym.emulator.phone.kernel.intents import HOME, MAIN, SENDTO, Intent
from mobilegym.emulator.phone.kernel.manifest import Manifest
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem

__all__ = ["PAGES", "listed"]

_ROLES: Final = (
    ("android.app.role.BROWSER", "Browser app", Intent("android.intent.action.VIEW", "https://example.org/")),
    ("android.app.role.HOME", "Home app", Intent(MAIN, categories=frozenset((HOME,)))),
    ("android.app.role.DIALER", "Phone app", Intent("android.intent.action.DIAL", "tel:5550100")),
    ("android.app.role.SMS", "SMS app", Intent(SENDTO, "smsto:5550100")),
)
"""Role, its name, and an intent that its apps answer."""
_SETTING_OF: Final = {"android.app.role.DIALER": "dialer_default_application", "android.app.role.SMS": "sms_default_application"}


def listed(page: Page, *, system: bool) -> list[Manifest]:
    """Apps by label: those with an icon, or also what runs behind the scenes."""
    packages = page.kernel.packages
    shown = {m.package for m in packages.launchable()}
    disabled = {p for p in packages.names() if not packages.state(p).enabled}
    found = [m for m in packages.manifests.values() if system or m.package in shown or m.package in disabled]
    return sorted(found, key=lambda m: (m.label.casefold(), m.package))


def _recent(page: Page) -> list[Manifest]:
    packages = page.kernel.packages
    names = dict.fromkeys(t.package for t in page.kernel.activities.tasks if t.package != page.package)
    return [packages.manifest(n) for n in names if n in packages.manifests][:4]


def _apps(page: Page) -> list[Pref]:
    count = len(listed(page, system=False))
    recent = _recent(page)
    rows: list[Pref] = []
    if recent:
        rows.append(HeaderPref("Recently opened apps"))
        rows += [
            LinkPref(f"app:{m.package}", m.label, "0 min. ago" if i == 0 else "", page="app_info", arg=m.package, app=m.icon)
            for i, m in enumerate(recent)
        ]
    rows += [
        LinkPref("all_app_infos", f"See all {count} apps", "", "chevron-right", page="all_apps", accent=True),
        HeaderPref("General"),
        LinkPref("default_apps", "Default apps", ", ".join(_current_labels(page)), page="default_apps"),
        LinkPref("unused", "Unused apps", "0 unused apps"),
        LinkPref("special_access", "Special app access", "", page="special_access"),
    ]
    return rows


def _all(page: Page) -> list[Pref]:
    system = bool(page.memory("system"))
    packages = page.kernel.packages
    rows: list[Pref] = []
    for manifest in listed(page, system=system):
        if page.query and page.query not in manifest.label.casefold():
            continue
        summary = human_size(app_bytes(page, manifest.package)) if packages.state(manifest.package).enabled else "Disabled"
        rows.append(LinkPref(f"app:{manifest.package}", manifest.label, summary, page="app_info", arg=manifest.package, app=manifest.icon))
    return rows or [FooterPref("No apps.")]


def _all_toolbar(page: Page) -> list[ToolbarButton]:
    del page
    return [ToolbarButton("dots-vertical", "More options", Call(_all_menu))]


def _all_menu(page: Page) -> None:
    shown = bool(page.memory("system"))
    page.show(
        Menu(
            items=(
                MenuItem("Hide system" if shown else "Show system", Call(_show_system, (not shown,))),
                MenuItem("Reset app preferences", Call(_open_reset)),
            )
        )
    )


def _show_system(page: Page, on: bool) -> None:
    page.remember("system", "1" if on else "")
    page.scroll_to("list", 0)


def _open_reset(page: Page) -> None:
    page.go("reset", highlight="reset_app_prefs")


def _candidates(page: Page, intent: Intent) -> list[Manifest]:
    packages = page.kernel.packages
    found: dict[str, Manifest] = {}
    for manifest in packages.manifests.values():
        if packages.state(manifest.package).enabled and any(f.matches(intent) for a in manifest.activities for f in a.filters):
            found[manifest.package] = manifest
    return list(found.values())


def _current(page: Page, role: str, intent: Intent) -> str:
    found = [m.package for m in _candidates(page, intent)]
    chosen = page.setting("secure", _SETTING_OF[role]) if role in _SETTING_OF else ""
    if chosen not in found:
        chosen = next((p for p in found if intent.action in page.kernel.packages.state(p).defaults), "")
    return chosen or (found[0] if len(found) == 1 else "")


def _current_labels(page: Page) -> list[str]:
    names = [_current(page, role, intent) for role, _, intent in _ROLES if role != "android.app.role.HOME"]
    return [page.kernel.packages.label(n) for n in names if n]


def _default_apps(page: Page) -> list[Pref]:
    rows: list[Pref] = []
    for role, label, intent in _ROLES:
        current = _current(page, role, intent)
        if _candidates(page, intent):
            app = page.kernel.packages.manifest(current).icon if current else None
            rows.append(
                LinkPref(role, label, page.kernel.packages.label(current) if current else "None", page="default_app", arg=role, app=app)
            )
    return rows


def _role(page: Page) -> tuple[str, str, Intent]:
    return next((r for r in _ROLES if r[0] == page.arg), _ROLES[0])


def _default_title(page: Page) -> str:
    return f"Default {_role(page)[1][0].lower()}{_role(page)[1][1:]}" if page.arg != "android.app.role.SMS" else "Default SMS app"


def _default_app(page: Page) -> list[Pref]:
    role, _, intent = _role(page)
    current = _current(page, role, intent)
    return [
        RadioPref(f"default:{m.package}", m.label, m.package == current, Call(_choose_default, (m.package,)), app=m.icon)
        for m in _candidates(page, intent)
    ]


def _choose_default(page: Page, package: str) -> None:
    role, label, intent = _role(page)
    packages = page.kernel.packages
    if role in _SETTING_OF:
        page.kernel.settings.put("secure", _SETTING_OF[role], package)
    for manifest in _candidates(page, intent):
        defaults = packages.state(manifest.package).defaults
        packages.change(
            manifest.package, defaults=defaults | {intent.action} if manifest.package == package else defaults - {intent.action}
        )
    page.effect("default_app.changed", "reversible", role=label, package=package)


_SPECIAL: Final = (
    ("battery_optimization", "Unrestricted battery usage", "Apps that may use battery in the background without limits"),
    ("unrestricted_data", "Unrestricted mobile data", "Apps that may use data while Data Saver is on"),
    ("notification_access", "Device & app notifications", "Apps that may read all notifications"),
    ("install_unknown", "Install unknown apps", "Apps that may install other apps"),
)
_SPECIAL_KEYS: Final = {"notification_access": "mobilegym_notification_access", "install_unknown": "mobilegym_install_unknown"}


def _special(page: Page) -> list[Pref]:
    del page
    return [
        LinkPref(key, title, summary, page="unrestricted_data" if key == "unrestricted_data" else "special_list", arg=key)
        for key, title, summary in _SPECIAL
    ]


def _special_title(page: Page) -> str:
    return next((title for key, title, _ in _SPECIAL if key == page.arg), "Special app access")


def _special_list(page: Page) -> list[Pref]:
    packages = page.kernel.packages
    if page.arg == "battery_optimization":
        on = {m.package for m in packages.launchable() if packages.state(m.package).battery == "unrestricted"}
    else:
        on = set(page.setting("secure", _SPECIAL_KEYS.get(page.arg, "")).split(":"))
    return [
        SwitchPref(f"special:{m.package}", m.label, "", checked=m.package in on, then=Call(_special_set, (m.package,)), app=m.icon)
        for m in packages.launchable()
    ]


def _special_set(page: Page, package: str, on: bool) -> None:
    if page.arg == "battery_optimization":
        page.kernel.packages.change(package, battery="unrestricted" if on else "optimized")
        page.effect("app.battery_usage_changed", "reversible", package=package, value="unrestricted" if on else "optimized")
        return
    key = _SPECIAL_KEYS[page.arg]
    names = {n for n in page.setting("secure", key).split(":") if n}
    names = names | {package} if on else names - {package}
    # Reading every notification, or bringing in apps, opens the owner's data to the app.
    page.put("secure", key, ":".join(sorted(names)), "sensitive" if on else "reversible", package=package, on=on)


PAGES: Final = {
    "apps": PageSpec("Apps", _apps, keywords="applications programs"),
    "all_apps": PageSpec("All apps", _all, "apps", toolbar=_all_toolbar, searchable=True, search=False),
    "default_apps": PageSpec("Default apps", _default_apps, "apps", keywords="browser sms dialer launcher"),
    "default_app": PageSpec(_default_title, _default_app, "default_apps", search=False),
    "special_access": PageSpec("Special app access", _special, "apps"),
    "special_list": PageSpec(_special_title, _special_list, "special_access", search=False),
}
