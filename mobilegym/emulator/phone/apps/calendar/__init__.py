"""Calendar: Fossify Calendar's screens over its own database of events and tasks."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.calendar.model import PACKAGE
from mobilegym.emulator.phone.apps.calendar.schema import DATABASE, SCHEMA
from mobilegym.emulator.phone.kernel.intents import EDIT, INSERT, LAUNCHER, MAIN, VIEW, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Later, Manifest

__all__ = ["MANIFEST"]

_AUTHORITY: Final = "com.android.calendar"
_EVENT_MIMES: Final = ("vnd.android.cursor.item/event", "vnd.android.cursor.dir/event")

MANIFEST: Final = Manifest(
    package=PACKAGE,
    label="Calendar",
    icon=AppIcon("calendar-month", 0xFF106D1F),
    activities=(
        ActivityInfo(Later(f"{__name__}.main:MainActivity", "org.fossify.calendar.activities.MainActivity"),
            (
                IntentFilter((MAIN,), categories=(LAUNCHER,)),
                IntentFilter((VIEW,), schemes=("content",), hosts=(_AUTHORITY,), mimes=("time/epoch", *_EVENT_MIMES)),
                IntentFilter((VIEW,), schemes=("file", "content"), mimes=("text/calendar",)),
            ),
            single_top=True,
        ),
        ActivityInfo(Later(f"{__name__}.editor:EventActivity", "org.fossify.calendar.activities.EventActivity"),
            (
                IntentFilter((INSERT, EDIT), mimes=_EVENT_MIMES),
                IntentFilter((INSERT, EDIT), schemes=("content",), hosts=(_AUTHORITY,), mimes=_EVENT_MIMES),
            ),
        ),
        ActivityInfo(Later(f"{__name__}.editor:TaskActivity", "org.fossify.calendar.activities.TaskActivity")),
        ActivityInfo(Later(f"{__name__}.settings:SettingsActivity", "org.fossify.calendar.activities.SettingsActivity")),
        ActivityInfo(Later(f"{__name__}.types:ManageEventTypesActivity", "org.fossify.calendar.activities.ManageEventTypesActivity")),
        ActivityInfo(Later(f"{__name__}.zones:SelectTimeZoneActivity", "org.fossify.calendar.activities.SelectTimeZoneActivity")),
    ),
    permissions=("android.permission.POST_NOTIFICATIONS", "android.permission.READ_CONTACTS", "android.permission.READ_CALENDAR",
                 "android.permission.WRITE_CALENDAR"),
    granted=("android.permission.POST_NOTIFICATIONS",),
    databases={DATABASE: SCHEMA},
    receive=Later(f"{__name__}.reminders:receive"),
    aliases=("Fossify Calendar",),
    system=False,
    version="1.6.1",
)  # fmt: skip
