"""Clock: alarms that ring, the time in other places, timers and a stopwatch.

Alarms are rows of `alarms.db`. What the real app keeps in shared preferences (settings, cities, timers, stopwatch and laps) is in
`deskclock_prefs.db`, so that it can be checked. Rows of `alarm_templates` written from outside are scheduled at once.
"""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.clock.actions import API_ACTIONS
from mobilegym.emulator.phone.apps.clock.schema import ALARMS_SCHEMA, PREFS_SCHEMA
from mobilegym.emulator.phone.apps.clock.store import ALARMS_DB, PACKAGE, PREFS_DB
from mobilegym.emulator.phone.kernel.intents import LAUNCHER, MAIN, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Later, Manifest

__all__ = ["MANIFEST"]

MANIFEST: Final = Manifest(
    package=PACKAGE,
    label="Clock",
    icon=AppIcon("clock-time-ten", 0xFF4A6FD0),
    activities=(
        ActivityInfo(
            Later(f"{__name__}.desk:DeskClock", "com.android.deskclock.DeskClock"),
            (IntentFilter((MAIN,), categories=(LAUNCHER,)),),
            single_top=True,
        ),
        ActivityInfo(Later(f"{__name__}.api:HandleApiCalls", "com.android.deskclock.HandleApiCalls"), (IntentFilter(API_ACTIONS),)),
        ActivityInfo(Later(f"{__name__}.alarm_screen:AlarmActivity", "com.android.deskclock.alarms.AlarmActivity"), single_top=True),
        ActivityInfo(Later(f"{__name__}.city_picker:CityActivity", "com.android.deskclock.worldclock.CitySelectionActivity")),
        ActivityInfo(Later(f"{__name__}.ringtones:RingtoneActivity", "com.android.deskclock.ringtone.RingtonePickerActivity")),
        ActivityInfo(Later(f"{__name__}.preferences:SettingsActivity", "com.android.deskclock.settings.SettingsActivity")),
    ),
    permissions=("android.permission.POST_NOTIFICATIONS",),
    granted=("android.permission.POST_NOTIFICATIONS",),
    databases={ALARMS_DB: ALARMS_SCHEMA, PREFS_DB: PREFS_SCHEMA},
    seed=Later(f"{__name__}.store:seed"),
    receive=Later(f"{__name__}.api:receive"),
    aliases=("Alarm", "Alarms", "DeskClock", "Timer", "Stopwatch"),
    version="7.8",
)
