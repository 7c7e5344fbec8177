"""Phone: favourites, call log, contacts, dialpad; the screen and the notifications of calls."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.dialer.actions import CALL
from mobilegym.emulator.phone.apps.dialer.store import DATABASE, PACKAGE, SCHEMA
from mobilegym.emulator.phone.kernel.intents import LAUNCHER, MAIN, VIEW, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Later, Manifest

__all__ = ["MANIFEST"]

_PERMISSIONS: Final = tuple(
    f"android.permission.{name}"
    for name in ("READ_CONTACTS", "WRITE_CONTACTS", "GET_ACCOUNTS", "CALL_PHONE", "READ_PHONE_STATE", "ANSWER_PHONE_CALLS", "READ_CALL_LOG",
                 "WRITE_CALL_LOG", "SEND_SMS", "READ_SMS", "RECORD_AUDIO", "POST_NOTIFICATIONS")
)  # fmt: skip

MANIFEST: Final = Manifest(
    package=PACKAGE,
    label="Phone",
    icon=AppIcon("phone", 0xFF1A73E8),
    activities=(
        ActivityInfo(
            Later(f"{__name__}.main:MainActivity", "com.google.android.dialer.extensions.GoogleDialtactsActivity"),
            (
                IntentFilter((MAIN,), categories=(LAUNCHER, "android.intent.category.APP_PHONE")),
                IntentFilter(("android.intent.action.DIAL", VIEW), schemes=("tel",)),
                IntentFilter(("android.intent.action.DIAL", "android.intent.action.CALL_BUTTON")),
                IntentFilter((VIEW,), mimes=("vnd.android.cursor.dir/calls",)),
            ),
            single_top=True,
        ),
        ActivityInfo(Later(f"{__name__}.in_call:InCallActivity", "com.android.incallui.InCallActivity"), single_top=True),
        ActivityInfo(
            Later(f"{__name__}.in_call:PlaceCallActivity", "com.android.server.telecom.components.UserCallActivity"),
            (IntentFilter((CALL,), schemes=("tel",)),),
        ),
        ActivityInfo(Later(f"{__name__}.recents:CallLogActivity", "com.android.dialer.app.calllog.CallLogActivity")),
        ActivityInfo(Later(f"{__name__}.recents:CallDetailsActivity", "com.android.dialer.calldetails.OldCallDetailsActivity")),
        ActivityInfo(Later(f"{__name__}.preferences:DialerSettingsActivity", "com.android.dialer.app.settings.DialerSettingsActivity")),
        ActivityInfo(Later(f"{__name__}.preferences:QuickResponsesActivity", "com.android.server.telecom.RespondViaSmsSettings")),
        ActivityInfo(
            Later(f"{__name__}.preferences:BlockedNumbersActivity", "com.android.server.telecom.settings.BlockedNumbersActivity"),
            (IntentFilter(("android.telecom.action.MANAGE_BLOCKED_NUMBERS",)),),
        ),
    ),
    permissions=_PERMISSIONS,
    granted=_PERMISSIONS,
    databases={DATABASE: SCHEMA},
    receive=Later(f"{__name__}.calling:receive"),
    aliases=("Dialer", "Telephone"),
)
"""The app."""
