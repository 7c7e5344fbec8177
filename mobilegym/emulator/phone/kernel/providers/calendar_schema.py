"""Schema of `calendar.db`, Android 14."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.kernel.database import Database

__all__ = ["SCHEMA", "seed"]

_CAL_SYNC: Final = ", ".join(f"cal_sync{number} TEXT" for number in range(1, 11))
_SYNC_DATA: Final = ", ".join(f"sync_data{number} TEXT" for number in range(1, 11))

_EVENT_COLUMNS: Final = (
    "_sync_id", "dirty", "mutators", "lastSynced", "calendar_id", "title", "eventLocation", "description", "eventColor",
    "eventColor_index", "eventStatus", "selfAttendeeStatus", "dtstart", "dtend", "eventTimezone", "duration", "allDay",
    "accessLevel", "availability", "hasAlarm", "hasExtendedProperties", "rrule", "rdate", "exrule", "exdate", "original_id",
    "original_sync_id", "originalInstanceTime", "originalAllDay", "lastDate", "hasAttendeeData", "guestsCanModify",
    "guestsCanInviteOthers", "guestsCanSeeGuests", "organizer", "isOrganizer", "deleted", "eventEndTimezone", "customAppPackage",
    "customAppUri", "uid2445",
)  # fmt: skip
_CALENDAR_COLUMNS: Final = (
    "account_name", "account_type", "ownerAccount", "calendar_displayName", "calendar_color", "calendar_color_index",
    "calendar_access_level", "calendar_timezone", "visible", "isPrimary", "canOrganizerRespond", "canModifyTimeZone",
    "maxReminders", "allowedReminders", "allowedAvailability", "allowedAttendeeTypes",
)  # fmt: skip

SCHEMA: Final = f"""
CREATE TABLE android_metadata (locale TEXT);
INSERT INTO android_metadata VALUES ('en_US');
CREATE TABLE Calendars (_id INTEGER PRIMARY KEY, account_name TEXT, account_type TEXT, _sync_id TEXT, dirty INTEGER,
  mutators TEXT, name TEXT,
  calendar_displayName TEXT, calendar_color INTEGER, calendar_color_index TEXT, calendar_access_level INTEGER,
  visible INTEGER NOT NULL DEFAULT 1, sync_events INTEGER NOT NULL DEFAULT 0, calendar_location TEXT, calendar_timezone TEXT,
  ownerAccount TEXT, isPrimary INTEGER, canOrganizerRespond INTEGER NOT NULL DEFAULT 1, canModifyTimeZone INTEGER DEFAULT 1,
  canPartiallyUpdate INTEGER DEFAULT 0, maxReminders INTEGER DEFAULT 5, allowedReminders TEXT DEFAULT '0,1',
  allowedAvailability TEXT DEFAULT '0,1', allowedAttendeeTypes TEXT DEFAULT '0,1,2', deleted INTEGER NOT NULL DEFAULT 0, {_CAL_SYNC});
CREATE TABLE Events (_id INTEGER PRIMARY KEY AUTOINCREMENT, _sync_id TEXT, dirty INTEGER, mutators TEXT, lastSynced INTEGER DEFAULT 0,
  calendar_id INTEGER NOT NULL, title TEXT, eventLocation TEXT, description TEXT, eventColor INTEGER, eventColor_index TEXT,
  eventStatus INTEGER, selfAttendeeStatus INTEGER NOT NULL DEFAULT 0, dtstart INTEGER, dtend INTEGER, eventTimezone TEXT, duration TEXT,
  allDay INTEGER NOT NULL DEFAULT 0, accessLevel INTEGER NOT NULL DEFAULT 0, availability INTEGER NOT NULL DEFAULT 0,
  hasAlarm INTEGER NOT NULL DEFAULT 0, hasExtendedProperties INTEGER NOT NULL DEFAULT 0, rrule TEXT, rdate TEXT, exrule TEXT, exdate TEXT,
  original_id INTEGER, original_sync_id TEXT, originalInstanceTime INTEGER, originalAllDay INTEGER, lastDate INTEGER,
  hasAttendeeData INTEGER NOT NULL DEFAULT 0, guestsCanModify INTEGER NOT NULL DEFAULT 0, guestsCanInviteOthers INTEGER NOT NULL DEFAULT 1,
  guestsCanSeeGuests INTEGER NOT NULL DEFAULT 1, organizer TEXT, isOrganizer INTEGER, deleted INTEGER NOT NULL DEFAULT 0,
  eventEndTimezone TEXT, customAppPackage TEXT, customAppUri TEXT, uid2445 TEXT, {_SYNC_DATA});
CREATE INDEX eventsCalendarIdIndex ON Events (calendar_id);
CREATE TABLE Instances (_id INTEGER PRIMARY KEY, event_id INTEGER, begin INTEGER, end INTEGER, startDay INTEGER, endDay INTEGER,
  startMinute INTEGER, endMinute INTEGER, UNIQUE (event_id, begin, end));
CREATE TABLE Attendees (_id INTEGER PRIMARY KEY, event_id INTEGER, attendeeName TEXT, attendeeEmail TEXT, attendeeStatus INTEGER,
  attendeeRelationship INTEGER, attendeeType INTEGER, attendeeIdentity TEXT, attendeeIdNamespace TEXT);
CREATE TABLE Reminders (_id INTEGER PRIMARY KEY, event_id INTEGER, minutes INTEGER, method INTEGER NOT NULL DEFAULT 0);
CREATE TABLE CalendarAlerts (_id INTEGER PRIMARY KEY, event_id INTEGER, begin INTEGER NOT NULL, end INTEGER NOT NULL,
  alarmTime INTEGER NOT NULL, creationTime INTEGER NOT NULL DEFAULT 0, receivedTime INTEGER NOT NULL DEFAULT 0,
  notifyTime INTEGER NOT NULL DEFAULT 0, state INTEGER NOT NULL, minutes INTEGER, UNIQUE (alarmTime, begin, event_id));
CREATE TABLE ExtendedProperties (_id INTEGER PRIMARY KEY, event_id INTEGER, name TEXT, value TEXT);
CREATE TABLE Colors (_id INTEGER PRIMARY KEY, account_name TEXT NOT NULL, account_type TEXT NOT NULL, data TEXT,
  color_type INTEGER NOT NULL,
  color_index TEXT NOT NULL, color INTEGER NOT NULL);
CREATE TABLE EventsRawTimes (_id INTEGER PRIMARY KEY, event_id INTEGER NOT NULL, dtstart2445 TEXT, dtend2445 TEXT,
  originalInstanceTime2445 TEXT, lastDate2445 TEXT, UNIQUE (event_id));
CREATE TABLE CalendarMetaData (_id INTEGER PRIMARY KEY, localTimezone TEXT, minInstance INTEGER, maxInstance INTEGER);
CREATE TABLE CalendarCache (_id INTEGER PRIMARY KEY, key TEXT NOT NULL, value TEXT);
CREATE TABLE _sync_state (_id INTEGER PRIMARY KEY, account_name TEXT NOT NULL, account_type TEXT NOT NULL, data TEXT);
CREATE VIEW view_events AS SELECT e._id AS _id, {", ".join(f"e.{name} AS {name}" for name in _EVENT_COLUMNS)},
  {", ".join(f"c.{name} AS {name}" for name in _CALENDAR_COLUMNS)}, coalesce(e.eventColor, c.calendar_color) AS displayColor
  FROM Events e JOIN Calendars c ON c._id = e.calendar_id;
CREATE TRIGGER events_cleanup_delete DELETE ON Events BEGIN
  DELETE FROM Instances WHERE event_id = old._id;
  DELETE FROM Attendees WHERE event_id = old._id;
  DELETE FROM Reminders WHERE event_id = old._id;
  DELETE FROM CalendarAlerts WHERE event_id = old._id;
  DELETE FROM ExtendedProperties WHERE event_id = old._id;
END;
CREATE TRIGGER calendar_cleanup DELETE ON Calendars BEGIN
  DELETE FROM Events WHERE calendar_id = old._id;
END;
PRAGMA user_version = 600;
"""
"""Script that creates the database; fill it with `seed`."""


def seed(database: Database) -> None:
    """The local calendar of a fresh phone."""
    database.execute(
        "INSERT INTO Calendars (_id, account_name, account_type, name, calendar_displayName, calendar_color, calendar_access_level, "
        "calendar_timezone, ownerAccount, isPrimary) VALUES (1, 'Phone', 'LOCAL', 'phone', 'Phone', -14575885, 700, 'America/New_York', "
        "'Phone', 1)"
    )
