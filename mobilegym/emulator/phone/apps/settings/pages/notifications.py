"""Notifications: per app and channel, history, lock screen."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.numbers import clock_time
from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.pages.dnd import dnd_summary
from mobilegym.emulator.phone.apps.settings.pages.permissions import group_named
from mobilegym.emulator.phone.apps.settings.prefs import (
    ChoicePref,
    EntityPref,
    FooterPref,
    HeaderPref,
    LinkPref,
    MainSwitchPref,
    Pref,
    RadioPref,
    Setting,
    SwitchPref,
    TwoTargetPref,
)
from mobilegym.emulator.phone.kernel.manifest import AppIcon
from mobilegym.emulator.phone.kernel.notifications import IMPORTANCE_DEFAULT, IMPORTANCE_HIGH, IMPORTANCE_LOW, IMPORTANCE_NONE, Channel
from mobilegym.emulator.phone.ui.call import Call

__all__ = ["PAGES", "lock_screen"]

_HISTORY: Final = Setting("secure", "notification_history_enabled", "0")
_LOCK_OPTIONS: Final = (
    ("all", "Show all notification content"),
    ("private", "Show sensitive content only when unlocked"),
    ("none", "Don’t show notifications"),
)


def _lock_value(page: Page) -> str:
    if not page.flag("secure", "lock_screen_show_notifications", True):
        return "none"
    return "all" if page.flag("secure", "lock_screen_allow_private_notifications", True) else "private"


def _set_lock(page: Page, value: str) -> None:
    page.kernel.settings.set_flag("secure", "lock_screen_show_notifications", value != "none")
    page.kernel.settings.set_flag("secure", "lock_screen_allow_private_notifications", value == "all")
    page.effect(
        "setting.changed", "reversible", setting="secure/lock_screen_show_notifications", value=value, title="Notifications on lock screen"
    )


def lock_screen(page: Page) -> ChoicePref:
    """Which notifications the lock screen shows."""
    return ChoicePref(
        "lock_screen_notifications", "Notifications on lock screen", _LOCK_OPTIONS, value=_lock_value(page), then=Call(_set_lock)
    )


def _notifications(page: Page) -> list[Pref]:
    return [
        HeaderPref("Manage"),
        LinkPref("all_notifs", "App notifications", "Control notifications from individual apps", page="app_notification_list"),
        LinkPref("notification_history", "Notification history", "Show recent and snoozed notifications", page="notification_history"),
        HeaderPref("Conversation"),
        SwitchPref(
            "notification_bubbles", "Bubbles", "Conversations can appear as floating icons", Setting("secure", "notification_bubbles", "1")
        ),
        HeaderPref("Privacy"),
        LinkPref(
            "notification_access",
            "Device & app notifications",
            "Control which apps and devices can read notifications",
            page="special_list",
            arg="notification_access",
        ),
        lock_screen(page),
        HeaderPref("General"),
        LinkPref("zen_mode_notifications", "Do Not Disturb", dnd_summary(page), page="dnd"),
        SwitchPref(
            "heads_up",
            "Pop on screen",
            "Important notifications appear as a banner",
            Setting("global", "heads_up_notifications_enabled", "1"),
        ),
        SwitchPref("silent_icons", "Hide silent notifications in status bar", "", Setting("secure", "hide_silent_status_bar_icons", "0")),
        SwitchPref("asst_snooze", "Allow notification snoozing", "", Setting("secure", "show_notification_snooze", "0")),
        SwitchPref("notification_badging", "Notification dot on app icon", "", Setting("secure", "notification_badging", "1")),
        SwitchPref(
            "asst_capability",
            "Enhanced notifications",
            "Get suggested actions, replies, and more",
            Setting("secure", "enhanced_notifications", "1"),
        ),
    ]


def _app_list(page: Page) -> list[Pref]:
    service = page.kernel.notifications
    rows: list[Pref] = []
    for manifest in page.kernel.packages.launchable():
        if page.query and page.query not in manifest.label.casefold():
            continue
        rows.append(
            TwoTargetPref(
                f"notify:{manifest.package}",
                manifest.label,
                "",
                "app_notifications",
                manifest.package,
                checked=service.enabled(manifest.package),
                then=Call(_set_app, (manifest.package,)),
                app=manifest.icon,
            )
        )
    return rows or [FooterPref("No apps found")]


def _set_app(page: Page, package: str, on: bool) -> None:
    kernel = page.kernel
    kernel.notifications.set_enabled(package, on)
    names = [p for p in group_named("NOTIFICATIONS").permissions if p in kernel.packages.manifest(package).permissions]
    if names and on:
        kernel.permissions.grant(package, names[0])
    elif names and kernel.permissions.held(package, names[0]):
        kernel.permissions.revoke(package, names[0])
    page.effect("notifications.enabled" if on else "notifications.disabled", "reversible", package=package)


def _importance(channel: Channel) -> str:
    if channel.importance == IMPORTANCE_NONE:
        return "Off"
    return {1: "Silent, minimized", 2: "Silent", 3: "Default"}.get(channel.importance, "Default, pop on screen")


def _app(page: Page) -> list[Pref]:
    package = page.arg
    manifest, service = page.kernel.packages.manifest(package), page.kernel.notifications
    on = service.enabled(package)
    rows: list[Pref] = [
        EntityPref(manifest.label, app=manifest.icon),
        MainSwitchPref("block", f"All {manifest.label} notifications", checked=on, then=Call(_set_app, (package,))),
    ]
    if on:
        rows.append(HeaderPref("Categories"))
        channels = service.channels(package)
        rows += [
            TwoTargetPref(
                f"channel:{c.id}",
                c.name,
                _importance(c),
                "channel",
                f"{package}/{c.id}",
                checked=c.importance > IMPORTANCE_NONE,
                then=Call(_set_channel, (package, c.id)),
            )
            for c in channels
        ]
        if not channels:
            rows.append(LinkPref("none", "This app has not posted any notifications", enabled=False))
        rows += [
            HeaderPref("Additional"),
            SwitchPref("badge", "Allow notification dot", "", Setting("secure", f"mobilegym_badge/{package}", "1")),
        ]
    else:
        rows.append(FooterPref("At your request, Android is blocking this app’s notifications from appearing on this device"))
    return rows


def _set_channel(page: Page, package: str, id: str, on: bool) -> None:
    _importance_to(page, package, id, IMPORTANCE_DEFAULT if on else IMPORTANCE_NONE)


def _importance_to(page: Page, package: str, id: str, importance: int) -> None:
    page.kernel.notifications.set_channel_importance(package, id, importance)
    page.effect("notification_channel.changed", "reversible", package=package, channel=id, importance=importance)


def _find_channel(page: Page) -> tuple[str, Channel | None]:
    package, _, id = page.arg.partition("/")
    return package, next((c for c in page.kernel.notifications.channels(package) if c.id == id), None)


def _channel_title(page: Page) -> str:
    channel = _find_channel(page)[1]
    return channel.name if channel is not None else "Category"


def _channel(page: Page) -> list[Pref]:
    package, channel = _find_channel(page)
    if channel is None:
        return [FooterPref("This category does not exist any more")]
    manifest = page.kernel.packages.manifest(package)
    on = channel.importance > IMPORTANCE_NONE
    rows: list[Pref] = [
        EntityPref(channel.name, manifest.label, app=manifest.icon),
        MainSwitchPref("block", "Show notifications", checked=on, then=Call(_set_channel, (package, channel.id))),
    ]
    if not on:
        return rows
    alerts = channel.importance >= IMPORTANCE_DEFAULT
    rows += [
        RadioPref(
            "alert",
            "Default",
            alerts,
            Call(_importance_to, (package, channel.id, IMPORTANCE_DEFAULT)),
            "May ring or vibrate based on device settings",
        ),
        RadioPref("silence", "Silent", not alerts, Call(_importance_to, (package, channel.id, IMPORTANCE_LOW)), "No sound or vibration"),
    ]
    if alerts:
        key = f"mobilegym_channel/{package}/{channel.id}/"
        rows += [
            SwitchPref(
                "high_importance",
                "Pop on screen",
                "When device is unlocked, show notifications as a banner across the top of the screen",
                checked=channel.importance >= IMPORTANCE_HIGH,
                then=Call(_pop, (package, channel.id)),
            ),
            SwitchPref("vibrate", "Vibration", "", Setting("secure", key + "vibrate", "0")),
        ]
    rows.append(
        SwitchPref(
            "bypass_dnd",
            "Override Do Not Disturb",
            "Let these notifications continue to interrupt when Do Not Disturb is on",
            Setting("secure", f"mobilegym_channel/{package}/{channel.id}/bypass_dnd", "0"),
        )
    )
    return rows


def _pop(page: Page, package: str, id: str, on: bool) -> None:
    _importance_to(page, package, id, IMPORTANCE_HIGH if on else IMPORTANCE_DEFAULT)


def _history(page: Page) -> list[Pref]:
    on = page.flag("secure", _HISTORY.key)
    rows: list[Pref] = [MainSwitchPref("use_history", "Use notification history", _HISTORY)]
    if not on:
        return [*rows, FooterPref("Turn on notification history to see recent and snoozed notifications")]
    kernel = page.kernel
    snoozed = kernel.notifications.snoozed()
    if snoozed:
        rows.append(HeaderPref("Snoozed"))
        rows += [LinkPref(f"snoozed:{n.key}", n.title, n.text, app=_icon(page, n.package)) for n, _ in snoozed]
    past = kernel.notifications.history()
    rows.append(HeaderPref("Recently dismissed"))
    for item in past[:30]:
        n = item.notification
        when = clock_time(kernel.clock.local(item.removed_ms), page.ui.use_24h)
        rows.append(
            LinkPref(
                f"past:{n.key}:{n.order}",
                n.title or kernel.packages.label(n.package),
                f"{kernel.packages.label(n.package)} · {when}\n{n.text}",
                app=_icon(page, n.package),
            )
        )
    if not past:
        rows.append(LinkPref("none", "No recent notifications", enabled=False))
    return rows


def _icon(page: Page, package: str) -> AppIcon | None:
    manifest = page.kernel.packages.manifests.get(package)
    return manifest.icon if manifest is not None else None


PAGES: Final = {
    "notifications": PageSpec("Notifications", _notifications, keywords="alerts heads up badge dots"),
    "app_notification_list": PageSpec("App notifications", _app_list, "notifications", searchable=True, search=False),
    "app_notifications": PageSpec("Notifications", _app, "app_notification_list", search=False),
    "channel": PageSpec(_channel_title, _channel, "app_notifications", search=False),
    "notification_history": PageSpec("Notification history", _history, "notifications"),
}
