"""Messages: conversations over the telephony provider's text messages.

The provider (`mmssms.db`) is the truth: messages, threads, drafts, read and archived marks. `conversations.db` holds what it has no
place for: scheduled messages, names given to conversations, pins, the recycle bin and settings.
"""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.messages.background import receive, seed
from mobilegym.emulator.phone.apps.messages.details import ConversationDetailsActivity
from mobilegym.emulator.phone.apps.messages.main import ArchivedConversationsActivity, MainActivity, RecycleBinConversationsActivity
from mobilegym.emulator.phone.apps.messages.new import NewConversationActivity
from mobilegym.emulator.phone.apps.messages.preferences import ManageBlockedNumbersActivity, SettingsActivity
from mobilegym.emulator.phone.apps.messages.schema import SCHEMA
from mobilegym.emulator.phone.apps.messages.store import DATABASE, PACKAGE
from mobilegym.emulator.phone.apps.messages.thread import ThreadActivity
from mobilegym.emulator.phone.kernel.intents import LAUNCHER, MAIN, SEND, SENDTO, VIEW, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Manifest

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
            MainActivity, (IntentFilter((MAIN,), categories=(LAUNCHER, "android.intent.category.APP_MESSAGING")),), single_top=True
        ),
        ActivityInfo(NewConversationActivity, (
            IntentFilter((SENDTO, VIEW), schemes=_SCHEMES), IntentFilter((SEND,), mimes=("text/plain", "image/*", "video/*", "audio/*")),
        )),
        ActivityInfo(ThreadActivity),
        ActivityInfo(ConversationDetailsActivity),
        ActivityInfo(ArchivedConversationsActivity),
        ActivityInfo(RecycleBinConversationsActivity),
        ActivityInfo(SettingsActivity),
        ActivityInfo(ManageBlockedNumbersActivity),
    ),
    permissions=_PERMISSIONS,
    granted=_PERMISSIONS,
    databases={DATABASE: SCHEMA},
    seed=seed,
    receive=receive,
    system=False,
    aliases=("SMS", "SMS Messenger", "Text messages"),
    version="1.1.7",
)  # fmt: skip
"""The app."""
