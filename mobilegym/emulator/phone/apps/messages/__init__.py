"""Messages: conversations over the telephony provider's text messages.

The provider (`mmssms.db`) is the truth: messages, threads, drafts, read and archived marks. `conversations.db` holds what it has no
place for: scheduled messages, names given to conversations, pins, the recycle bin and settings.
"""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.messages.schema import SCHEMA
from mobilegym.emulator.phone.apps.messages.store import DATABASE, PACKAGE
from mobilegym.emulator.phone.kernel.intents import LAUNCHER, MAIN, SEND, SENDTO, VIEW, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Later, Manifest

__all__ = ["MANIFEST"]

_SCHEMES: Final = ("sms", "smsto", "mms", "mmsto")
_PERMISSIONS: Final = tuple(
    f"android.permission.{name}" for name in ("READ_SMS", "SEND_SMS", "RECEIVE_SMS", "READ_CONTACTS", "READ_PHONE_STATE", "CALL_PHONE",
                                              "POST_NOTIFICATIONS")
)  # fmt: skip

MANIFEST: Final = Manifest(
    package=PACKAGE,
    label="Messages",
    icon=AppIcon("message-text", 0xFF04A771),
    activities=(
        ActivityInfo(
            Later(f"{__name__}.main:MainActivity", "org.fossify.messages.activities.MainActivity"),
            (IntentFilter((MAIN,), categories=(LAUNCHER, "android.intent.category.APP_MESSAGING")),),
            single_top=True,
        ),
        ActivityInfo(
            Later(f"{__name__}.new:NewConversationActivity", "org.fossify.messages.activities.NewConversationActivity"),
            (
                IntentFilter((SENDTO, VIEW), schemes=_SCHEMES),
                IntentFilter((SEND,), mimes=("text/plain", "image/*", "video/*", "audio/*")),
            ),
        ),
        ActivityInfo(Later(f"{__name__}.thread:ThreadActivity", "org.fossify.messages.activities.ThreadActivity")),
        ActivityInfo(
            Later(f"{__name__}.details:ConversationDetailsActivity", "org.fossify.messages.activities.ConversationDetailsActivity")
        ),
        ActivityInfo(
            Later(f"{__name__}.main:ArchivedConversationsActivity", "org.fossify.messages.activities.ArchivedConversationsActivity")
        ),
        ActivityInfo(
            Later(f"{__name__}.main:RecycleBinConversationsActivity", "org.fossify.messages.activities.RecycleBinConversationsActivity")
        ),
        ActivityInfo(Later(f"{__name__}.preferences:SettingsActivity", "org.fossify.messages.activities.SettingsActivity")),
        ActivityInfo(
            Later(f"{__name__}.preferences:ManageBlockedNumbersActivity", "org.fossify.commons.activities.ManageBlockedNumbersActivity")
        ),
    ),
    permissions=_PERMISSIONS,
    granted=_PERMISSIONS,
    databases={DATABASE: SCHEMA},
    seed=Later(f"{__name__}.store:seed"),
    receive=Later(f"{__name__}.background:receive"),
    system=False,
    aliases=("SMS", "SMS Messenger", "Text messages"),
    version="1.1.7",
)
"""The app."""
