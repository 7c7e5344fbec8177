"""Calendar: Fossify Calendar's screens over its own database of events and tasks."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.calendar.editor import EventActivity, TaskActivity
from mobilegym.emulator.phone.apps.calendar.main import MainActivity
from mobilegym.emulator.phone.apps.calendar.model import PACKAGE
from mobilegym.emulator.phone.apps.calendar.reminders import receive
from mobilegym.emulator.phone.apps.calendar.schema import DATABASE, SCHEMA
from mobilegym.emulator.phone.apps.calendar.settings import SettingsActivity
from mobilegym.emulator.phone.apps.calendar.types import ManageEventTypesActivity
from mobilegym.emulator.phone.apps.calendar.zones import SelectTimeZoneActivity
from mobilegym.emulator.phone.kernel.intents import EDIT, INSERT, LAUNCHER, MAIN, VIEW, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Manifest

__all__ = ["MANIFEST"]

_AUTHORITY: Final = "com.android.calendar"
_EVENT_MIMES: Final = ("vnd.android.cursor.item/event", "vnd.android.cursor.dir/event")

MANIFEST: Final = Manifest(
    package=PACKAGE,
    label="Calendar",
    icon=AppIcon("calendar-month", 0xFF106D1F),
    activities=(
        ActivityInfo(
            MainActivity,
            (
                IntentFilter((MAIN,), categories=(LAUNCHER,)),
                IntentFilter((VIEW,), schemes=("content",), hosts=(_AUTHORITY,), mimes=("time/epoch", *_EVENT_MIMES)),
                IntentFilter((VIEW,), schemes=("file", "content"), mimes=("text/calendar",)),
            ),
            single_top=True,
        ),
        ActivityInfo(
            EventActivity,
            (
                IntentFilter((INSERT, EDIT), mimes=_EVENT_MIMES),
                IntentFilter((INSERT, EDIT), schemes=("content",), hosts=(_AUTHORITY,), mimes=_EVENT_MIMES),
            ),
        ),
        ActivityInfo(TaskActivity),
        ActivityInfo(SettingsActivity),
        ActivityInfo(ManageEventTypesActivity),
        ActivityInfo(SelectTimeZoneActivity),
    ),
    permissions=("android.permission.POST_NOTIFICATIONS", "android.permission.READ_CONTACTS", "android.permission.READ_CALENDAR",
                 "android.permission.WRITE_CALENDAR"),
    granted=("android.permission.POST_NOTIFICATIONS",),
    databases={DATABASE: SCHEMA},
    receive=receive,
    aliases=("Fossify Calendar",),
    system=False,
    version="1.6.1",
)  # fmt: skip
