"""Intents, events and permissions that the manifest and the screens of this app share."""

from __future__ import annotations

from typing import Final

__all__ = ["API_ACTIONS"]

_ACTION: Final = "android.intent.action."
API_ACTIONS: Final = tuple(
    _ACTION + name for name in ("SET_ALARM", "SHOW_ALARMS", "DISMISS_ALARM", "SNOOZE_ALARM", "SET_TIMER", "SHOW_TIMERS")
)
