"""Clock: alarms that ring, the time in other places, timers and a stopwatch.

Alarms are rows of `alarms.db`. What the real app keeps in shared preferences (settings, cities, timers, stopwatch and laps) is in
`deskclock_prefs.db`, so that it can be checked. Rows of `alarm_templates` written from outside are scheduled at once.
"""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.clock.alarm_screen import AlarmActivity
from mobilegym.emulator.phone.apps.clock.api import API_ACTIONS, HandleApiCalls, receive
from mobilegym.emulator.phone.apps.clock.city_picker import CityActivity
from mobilegym.emulator.phone.apps.clock.desk import DeskClock
from mobilegym.emulator.phone.apps.clock.preferences import SettingsActivity
from mobilegym.emulator.phone.apps.clock.ringtones import RingtoneActivity
from mobilegym.emulator.phone.apps.clock.schema import ALARMS_SCHEMA, PREFS_SCHEMA
from mobilegym.emulator.phone.apps.clock.store import ALARMS_DB, PACKAGE, PREFS_DB, seed
from mobilegym.emulator.phone.kernel.intents import LAUNCHER, MAIN, IntentFilter
from mobilegym.emulator.phone.kernel.manifest import ActivityInfo, AppIcon, Manifest

__all__ = ["MANIFEST"]

MANIFEST: Final = Manifest(
    package=PACKAGE,
    label="Clock",
    icon=AppIcon("clock-time-ten", 0xFF4A6FD0),
    activities=(
        ActivityInfo(DeskClock, (IntentFilter((MAIN,), categories=(LAUNCHER,)),), single_top=True),
        ActivityInfo(HandleApiCalls, (IntentFilter(API_ACTIONS),)),
        ActivityInfo(AlarmActivity, single_top=True),
        ActivityInfo(CityActivity),
        ActivityInfo(RingtoneActivity),
        ActivityInfo(SettingsActivity),
    ),
    permissions=("android.permission.POST_NOTIFICATIONS",),
    granted=("android.permission.POST_NOTIFICATIONS",),
    databases={ALARMS_DB: ALARMS_SCHEMA, PREFS_DB: PREFS_SCHEMA},
    seed=seed,
    receive=receive,
    aliases=("Alarm", "Alarms", "DeskClock", "Timer", "Stopwatch"),
    version="7.8",
)
