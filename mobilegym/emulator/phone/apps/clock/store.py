"""What the parts of the clock share: names, channels and preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.kernel.notifications import IMPORTANCE_HIGH, IMPORTANCE_LOW

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.database import Database
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = [
    "ALARMS_DB", "ALARM_CHANNEL", "DEFAULT_RINGTONE", "HOME_ZONES", "MISSED_CHANNEL", "PACKAGE", "PREFERENCES", "PREFS_DB", "RINGTONES",
    "SILENT", "SNOOZE_CHANNEL", "STOPWATCH_CHANNEL", "TIMER_CHANNEL", "UPCOMING_CHANNEL", "alarms_db", "number", "pref", "prefs_db",
    "ringtone_title", "seed", "set_pref",
]  # fmt: skip

PACKAGE: Final = "com.google.android.deskclock"
ALARMS_DB: Final = "alarms.db"
PREFS_DB: Final = "deskclock_prefs.db"

ALARM_CHANNEL: Final = "alarmNotification"
UPCOMING_CHANNEL: Final = "alarmLowPriorityNotification"
SNOOZE_CHANNEL: Final = "alarmSnoozeNotification"
MISSED_CHANNEL: Final = "alarmMissedNotification"
TIMER_CHANNEL: Final = "timerNotification"
STOPWATCH_CHANNEL: Final = "stopwatchNotification"
_CHANNELS: Final = (
    (ALARM_CHANNEL, "Firing alarms & timers", IMPORTANCE_HIGH), (UPCOMING_CHANNEL, "Upcoming alarms", IMPORTANCE_LOW),
    (SNOOZE_CHANNEL, "Snoozed alarms", IMPORTANCE_LOW), (MISSED_CHANNEL, "Missed alarms", IMPORTANCE_HIGH),
    (TIMER_CHANNEL, "Timers", IMPORTANCE_LOW), (STOPWATCH_CHANNEL, "Stopwatch", IMPORTANCE_LOW),
)  # fmt: skip

DEFAULT_RINGTONE: Final = "content://settings/system/alarm_alert"
SILENT: Final = ""
"""Ringtone of an alarm that makes no sound (`Uri.EMPTY`)."""

PREFERENCES: Final[dict[str, str]] = {
    "clock_style": "digital", "display_clock_seconds": "false", "automatic_home_clock": "true", "home_time_zone": "America/New_York",
    "auto_silence": "10", "snooze_duration": "10", "alarm_crescendo_duration": "0", "volume_button_setting": "0", "week_start": "1",
    "timer_ringtone": "default", "timer_crescendo_duration": "0", "timer_vibrate": "false",
}  # fmt: skip
"""Every preference with the value that counts while it was never set. `week_start` is 7 Saturday, 1 Sunday, 2 Monday."""

_SOUNDS: Final = (
    "Argon", "Bright Morning", "Carbon", "Cesium", "Helium", "Krypton", "Neon", "Osmium", "Oxygen", "Platinum",
)  # fmt: skip
RINGTONES: Final[tuple[tuple[str, str], ...]] = tuple(
    (name, f"content://media/internal/audio/media/{14 if name == 'Cesium' else 30 + i}?title={name.replace(' ', '%20')}&canonical=1")
    for i, name in enumerate(_SOUNDS)
)  # fmt: skip
"""Sounds on the phone: title and URI."""

HOME_ZONES: Final = (
    ("Pacific/Honolulu", "Hawaii"), ("America/Anchorage", "Alaska"), ("America/Los_Angeles", "Pacific Time"),
    ("America/Denver", "Mountain Time"), ("America/Chicago", "Central Time"), ("America/New_York", "Eastern Time"),
    ("America/Halifax", "Atlantic Time"), ("America/Sao_Paulo", "Brasilia"), ("Atlantic/Azores", "Azores"), ("Europe/London", "London"),
    ("Europe/Berlin", "Berlin"), ("Europe/Athens", "Athens"), ("Africa/Nairobi", "Nairobi"), ("Asia/Dubai", "Dubai"),
    ("Asia/Karachi", "Karachi"), ("Asia/Kolkata", "Kolkata"), ("Asia/Bangkok", "Bangkok"), ("Asia/Shanghai", "Beijing"),
    ("Asia/Tokyo", "Tokyo"), ("Australia/Sydney", "Sydney"), ("Pacific/Auckland", "Auckland"),
)  # fmt: skip
"""Zones offered as home: IANA name and label."""


def alarms_db(kernel: Kernel) -> Database:
    """The database of alarms."""
    return kernel.databases.open(PACKAGE, ALARMS_DB)


def prefs_db(kernel: Kernel) -> Database:
    """The database of everything else."""
    return kernel.databases.open(PACKAGE, PREFS_DB)


def pref(kernel: Kernel, key: str) -> str:
    """A preference, or its default."""
    value = prefs_db(kernel).scalar("SELECT value FROM prefs WHERE key = ?", (key,))
    return PREFERENCES[key] if value is None else str(value)


def number(kernel: Kernel, key: str) -> int:
    """A preference that is a number."""
    return int(pref(kernel, key))


def set_pref(kernel: Kernel, key: str, value: str) -> None:
    """Set a preference and note the effect."""
    if pref(kernel, key) != value:
        prefs_db(kernel).execute("INSERT OR REPLACE INTO prefs (key, value) VALUES (?, ?)", (key, value))
        kernel.journal.append("effect", PACKAGE, "clock.setting_changed", "reversible", key=key, value=value)


def ringtone_title(kernel: Kernel, uri: str | None) -> str:
    """What a ringtone is called: `Default (Cesium)`, `Silent`, `Argon`."""
    if uri == SILENT:
        return "Silent"
    if uri is None or uri == DEFAULT_RINGTONE:
        return f"Default ({_title(kernel.settings.get('system', 'alarm_alert') or '')})"
    return _title(uri)


def _title(uri: str) -> str:
    for name, known in RINGTONES:
        if known == uri:
            return name
    _, _, query = uri.partition("title=")
    return query.partition("&")[0].replace("%20", " ") or "Unknown ringtone"


def seed(kernel: Kernel) -> None:
    """First start: the notification channels, and where home is."""
    for channel, name, importance in _CHANNELS:
        kernel.notifications.define_channel(PACKAGE, channel, name, importance)
    if (zone := kernel.clock.zone.key) != PREFERENCES["home_time_zone"]:
        prefs_db(kernel).execute("INSERT INTO prefs (key, value) VALUES ('home_time_zone', ?)", (zone,))
