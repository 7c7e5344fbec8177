"""Where Android's apps keep what tasks set up and check: content URIs, databases and folders, in one place."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = [
    "ALARMS",
    "CALLS",
    "CALL_TYPES",
    "CONTACT_DATA",
    "EVENTS",
    "IMAGES",
    "MEDIA_FILES",
    "MIME",
    "NOTES_FOLDER",
    "RADIOS",
    "RAW_CONTACTS",
    "REPEATS",
    "SMS",
    "SMS_TYPES",
    "WEEKDAY_BITS",
    "TableRef",
]


class TableRef(NamedTuple):
    """A table of an app's database."""

    package: str
    database: str
    table: str

    @property
    def path(self) -> str:
        """Its place in a `StateTree`."""
        return f"db:{self.package}/{self.database}/{self.table}"


RAW_CONTACTS: Final = "content://com.android.contacts/raw_contacts"
CONTACT_DATA: Final = "content://com.android.contacts/data"
SMS: Final = "content://sms"
CALLS: Final = "content://call_log/calls"
IMAGES: Final = "content://media/external/images/media"
EVENTS: Final = TableRef("org.fossify.calendar", "events.db", "events")
ALARMS: Final = TableRef("com.google.android.deskclock", "alarms.db", "alarm_templates")
MEDIA_FILES: Final = TableRef("com.android.providers.media.module", "external.db", "files")
NOTES_FOLDER: Final = "/sdcard/Documents"

_ITEM: Final = "vnd.android.cursor.item/"
MIME: Final = {
    "name": f"{_ITEM}name",
    "phone": f"{_ITEM}phone_v2",
    "email": f"{_ITEM}email_v2",
    "company": f"{_ITEM}organization",
    "address": f"{_ITEM}postal-address_v2",
    "note": f"{_ITEM}note",
    "birthday": f"{_ITEM}contact_event",
}
"""Kinds of contact data; `data1` holds the value."""
SMS_TYPES: Final = {"inbox": 1, "sent": 2, "draft": 3, "outbox": 4, "failed": 5}
CALL_TYPES: Final = {"incoming": 1, "outgoing": 2, "missed": 3, "rejected": 5, "blocked": 6}
WEEKDAY_BITS: Final = {"mon": 1, "tue": 2, "wed": 4, "thu": 8, "fri": 16, "sat": 32, "sun": 64}
REPEATS: Final = {"none": 0, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_001, "yearly": 31_536_000}
"""`repeat_interval` of calendar events, seconds."""
RADIOS: Final = {"wifi": "wifi_on", "bluetooth": "bluetooth_on", "airplane_mode": "airplane_mode_on", "mobile_data": "mobile_data"}
"""Global settings that switch radios."""
