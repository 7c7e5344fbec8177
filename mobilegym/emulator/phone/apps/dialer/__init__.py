"""Phone: favourites, call log, contacts, dialpad; the screen and the notifications of calls."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.dialer.calling import CALL, receive
from mobilegym.emulator.phone.apps.dialer.in_call import InCallActivity, PlaceCallActivity
from mobilegym.emulator.phone.apps.dialer.main import MainActivity
from mobilegym.emulator.phone.apps.dialer.preferences import BlockedNumbersActivity, DialerSettingsActivity, QuickResponsesActivity
from mobilegym.emulator.phone.apps.dialer.recents import CallDetailsActivity, CallLogActivity
from mobilegym.emulator.phone.apps.dialer.store import DATABASE, PACKAGE, SCHEMA
from mobilegym.emulator.phone.kernel.intents import LAUNCHER, MAIN, VIEW, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Manifest

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
        ActivityInfo(MainActivity, (
            IntentFilter((MAIN,), categories=(LAUNCHER, "android.intent.category.APP_PHONE")),
            IntentFilter(("android.intent.action.DIAL", VIEW), schemes=("tel",)),
            IntentFilter(("android.intent.action.DIAL", "android.intent.action.CALL_BUTTON")),
            IntentFilter((VIEW,), mimes=("vnd.android.cursor.dir/calls",)),
        ), single_top=True),
        ActivityInfo(InCallActivity, single_top=True),
        ActivityInfo(PlaceCallActivity, (IntentFilter((CALL,), schemes=("tel",)),)),
        ActivityInfo(CallLogActivity),
        ActivityInfo(CallDetailsActivity),
        ActivityInfo(DialerSettingsActivity),
        ActivityInfo(QuickResponsesActivity),
        ActivityInfo(BlockedNumbersActivity, (IntentFilter(("android.telecom.action.MANAGE_BLOCKED_NUMBERS",)),)),
    ),
    permissions=_PERMISSIONS,
    granted=_PERMISSIONS,
    databases={DATABASE: SCHEMA},
    receive=receive,
    aliases=("Dialer", "Telephone"),
)  # fmt: skip
"""The app."""
