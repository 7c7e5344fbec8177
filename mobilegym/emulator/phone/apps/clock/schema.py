"""Databases of the clock: `alarms.db` as DeskClock has it, and `deskclock_prefs.db` for what DeskClock keeps in shared preferences."""

from __future__ import annotations

from typing import Final

__all__ = ["ALARMS_SCHEMA", "PREFS_SCHEMA"]

ALARMS_SCHEMA: Final = """
CREATE TABLE alarm_templates (_id INTEGER PRIMARY KEY, hour INTEGER NOT NULL, minutes INTEGER NOT NULL, daysofweek INTEGER NOT NULL,
  enabled INTEGER NOT NULL, vibrate INTEGER NOT NULL, label TEXT NOT NULL, ringtone TEXT, delete_after_use INTEGER NOT NULL DEFAULT 0);
CREATE TABLE alarm_instances (_id INTEGER PRIMARY KEY, year INTEGER NOT NULL, month INTEGER NOT NULL, day INTEGER NOT NULL,
  hour INTEGER NOT NULL, minutes INTEGER NOT NULL, vibrate INTEGER NOT NULL, label TEXT NOT NULL, ringtone TEXT,
  alarm_state INTEGER NOT NULL, alarm_id INTEGER REFERENCES alarm_templates(_id) ON UPDATE CASCADE ON DELETE CASCADE);
INSERT INTO alarm_templates (hour, minutes, daysofweek, enabled, vibrate, label, ringtone, delete_after_use)
  VALUES (8, 30, 31, 0, 1, '', NULL, 0), (9, 0, 96, 0, 1, '', NULL, 0);
PRAGMA user_version = 8;
"""
"""Alarms: Monday is bit 1 of `daysofweek`, Sunday bit 64; `month` of an instance counts from 0."""

PREFS_SCHEMA: Final = """
CREATE TABLE prefs (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE selected_cities (city_id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, time_zone TEXT NOT NULL);
CREATE TABLE timers (_id INTEGER PRIMARY KEY, state INTEGER NOT NULL, length_ms INTEGER NOT NULL, total_ms INTEGER NOT NULL,
  remaining_ms INTEGER NOT NULL, last_start_ms INTEGER NOT NULL, label TEXT NOT NULL, delete_after_use INTEGER NOT NULL DEFAULT 0);
CREATE TABLE stopwatch (_id INTEGER PRIMARY KEY, state INTEGER NOT NULL, last_start_ms INTEGER NOT NULL, accumulated_ms INTEGER NOT NULL);
CREATE TABLE laps (number INTEGER PRIMARY KEY, lap_ms INTEGER NOT NULL, total_ms INTEGER NOT NULL);
INSERT INTO stopwatch VALUES (1, 0, 0, 0);
"""
"""Preferences, cities in their order, timers (state 1 running, 2 paused, 3 expired, 4 reset), stopwatch (0 reset, 1 running, 2 paused).

Times are virtual epoch ms, lengths ms. A running timer has `remaining_ms` left at `last_start_ms`.
"""
