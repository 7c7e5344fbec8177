"""Contacts: people, labels, favourites; answers the intents that view, edit, add or pick a contact."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.contacts.actions import INSERT_OR_EDIT
from mobilegym.emulator.phone.kernel.intents import EDIT, GET_CONTENT, INSERT, LAUNCHER, MAIN, PICK, VIEW, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Later, Manifest

__all__ = ["MANIFEST"]

_HOSTS: Final = ("com.android.contacts",)
_ITEM: Final = "vnd.android.cursor.item/"
_DIR: Final = "vnd.android.cursor.dir/"
_ONE: Final = (f"{_ITEM}contact", f"{_ITEM}raw_contact", f"{_ITEM}person")
_MANY: Final = (f"{_DIR}contact", f"{_DIR}raw_contact", f"{_DIR}person")
_DATA: Final = tuple(place + kind for kind in ("phone_v2", "email_v2", "phone", "email") for place in (_DIR, _ITEM))
_PERMISSIONS: Final = tuple(
    f"android.permission.{name}" for name in ("READ_CONTACTS", "WRITE_CONTACTS", "GET_ACCOUNTS", "CALL_PHONE", "READ_PHONE_STATE",
                                              "READ_CALL_LOG", "POST_NOTIFICATIONS")
)  # fmt: skip

MANIFEST: Final = Manifest(
    package="com.google.android.contacts",
    label="Contacts",
    icon=AppIcon("account", 0xFF1A73E8),
    activities=(
        ActivityInfo(
            Later(f"{__name__}.people:PeopleActivity", "com.android.contacts.activities.PeopleActivity"),
            (
                IntentFilter((MAIN,), categories=(LAUNCHER, "android.intent.category.APP_CONTACTS")),
                IntentFilter((VIEW,), mimes=_MANY),
            ),
            single_top=True,
        ),
        ActivityInfo(
            Later(f"{__name__}.detail:QuickContactActivity", "com.android.contacts.quickcontact.QuickContactActivity"),
            (IntentFilter((VIEW,), schemes=("content",), hosts=_HOSTS, mimes=_ONE),),
        ),
        ActivityInfo(
            Later(f"{__name__}.editor:ContactEditorActivity", "com.android.contacts.activities.ContactEditorActivity"),
            (
                IntentFilter((INSERT,), mimes=(*_MANY, *_ONE)),
                IntentFilter((INSERT, EDIT), schemes=("content",), hosts=_HOSTS, mimes=(*_MANY, *_ONE)),
            ),
        ),
        ActivityInfo(
            Later(f"{__name__}.selection:ContactSelectionActivity", "com.android.contacts.activities.ContactSelectionActivity"),
            (
                IntentFilter((PICK, GET_CONTENT, INSERT_OR_EDIT), mimes=(*_MANY, *_ONE, *_DATA)),
                IntentFilter((PICK,), schemes=("content",), hosts=_HOSTS),
            ),
        ),
        ActivityInfo(Later(f"{__name__}.labels:GroupActivity", "com.android.contacts.activities.GroupActivity")),
        ActivityInfo(Later(f"{__name__}.labels:LabelsActivity", "com.android.contacts.activities.LabelsActivity")),
        ActivityInfo(
            Later(f"{__name__}.preferences:ContactsPreferenceActivity", "com.android.contacts.preference.ContactsPreferenceActivity")
        ),
        ActivityInfo(
            Later(f"{__name__}.selection:ImportVCardActivity", "com.android.contacts.vcard.ImportVCardActivity"),
            (IntentFilter((VIEW,), mimes=("text/x-vcard", "text/vcard", "text/directory")),),
        ),
    ),
    permissions=_PERMISSIONS,
    granted=_PERMISSIONS,
    aliases=("People", "Google Contacts"),
)
"""The app."""
