"""Types of the columns of Android's contract classes.

`content query` prints values without their types, so they are restored from here. What is in no table is a number where
it looks like one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from mobilegym.emulator.device import Value

__all__ = ["BLOBS", "restored", "text_columns"]


def _words(text: str) -> list[str]:
    return text.split()


_COMMON: Final = frozenset(
    _words("""
    account_name account_type _sync_id sourceid data_set sync1 sync2 sync3 sync4 mimetype mime_type name title description creator
    display_name _display_name _data text url
""")
)
_TELEPHONY: Final = frozenset(
    _words("""
    address subject body service_center creator recipient_ids snippet m_id sub ct_t ct_l m_cls tr_id retr_txt resp_txt ct name cd fn
    cid cl ctt_t _data text pdu message_body display_originating_addr content_url numeric mcc mnc apn user password server proxy port
    mmsproxy mmsport mmsc type protocol roaming_protocol
""")
) - {"type", "protocol"}
_CALLS: Final = frozenset(
    _words("""
    number post_dial_digits via_number subscription_component_name subscription_id phone_account_address name numberlabel countryiso
    voicemail_uri geocoded_location lookup_uri matched_number normalized_number photo_uri formatted_number
    call_screening_component_name call_screening_app_name subject location composer_photo_uri _data mime_type source_data
    source_package transcription
""")
)
_CONTACTS: Final = frozenset(
    [f"data{n}" for n in range(1, 15)]
    + [f"data_sync{n}" for n in range(1, 5)]
    + _words("""
    account_name account_type data_set account_type_and_data_set sourceid backup_id sync1 sync2 sync3 sync4 custom_ringtone lookup
    display_name display_name_alt phonetic_name phonetic_name_style sort_key sort_key_alt phonebook_label phonebook_label_alt mimetype
    hash_id preferred_phone_account_component_name preferred_phone_account_id photo_uri photo_thumb_uri group_sourceid res_package
    contact_status contact_status_res_package status status_res_package title notes system_id normalized_number number label
    packageName authority typeResourceName accountType accountName displayName protocol custom_protocol im_handle im_account
""")
) - {"protocol"}
_CALENDAR: Final = frozenset(
    [f"cal_sync{n}" for n in range(1, 11)]
    + [f"sync_data{n}" for n in range(1, 11)]
    + _words("""
    account_name account_type _sync_id mutators name calendar_displayName calendar_color_index calendar_location calendar_timezone
    ownerAccount allowedReminders allowedAvailability allowedAttendeeTypes title eventLocation description eventColor_index
    eventTimezone duration rrule rdate exrule exdate original_sync_id organizer eventEndTimezone customAppPackage customAppUri uid2445
    attendeeName attendeeEmail attendeeIdentity attendeeIdNamespace value data color_index dtstart2445 dtend2445
    originalInstanceTime2445 lastDate2445 localTimezone key
""")
)
_MEDIA: Final = frozenset(
    _words("""
    _data _display_name mime_type title description bucket_display_name group_display_name owner_package_name relative_path
    volume_name document_id instance_id original_document_id resolution artist album album_artist composer genre compilation writer
    author artist_key album_key title_key genre_key name tags category language picasa_id cd_track_number disc_number download_uri
    referer_uri mini_thumb_data _hash title_resource_uri primary_directory secondary_directory exposure_time f_number
""")
)
_SETTINGS: Final = frozenset(("name", "value"))
_WORDS: Final = frozenset(("word", "locale", "shortcut"))
_BLOCKED: Final = frozenset(("original_number", "e164_number"))
_BY_AUTHORITY: Final[Mapping[str, frozenset[str]]] = {
    "sms": _TELEPHONY, "mms": _TELEPHONY, "mms-sms": _TELEPHONY, "telephony": _TELEPHONY, "call_log": _CALLS, "call_log_shadow": _CALLS,
    "com.android.contacts": _CONTACTS, "contacts": _CONTACTS, "com.android.calendar": _CALENDAR, "media": _MEDIA, "settings": _SETTINGS,
    "user_dictionary": _WORDS, "com.android.blockednumber": _BLOCKED,
}  # fmt: skip

BLOBS: Final = frozenset(("data15", "xmp"))
"""Columns that hold bytes, which `content` cannot print."""

_INTEGER: Final = re.compile(r"0|-?[1-9]\d{0,18}")
_REAL: Final = re.compile(r"-?\d+\.\d+(?:[eE][-+]?\d+)?")


def text_columns(uri: str) -> frozenset[str]:
    """Columns of a content URI that hold text."""
    return _BY_AUTHORITY.get(urlsplit(uri).netloc.rpartition("@")[2], _COMMON)


def restored(text: str, *, is_text: bool) -> Value:
    """A printed value with its type."""
    if text == "NULL":
        return None
    if is_text:
        return text
    if _INTEGER.fullmatch(text):
        number = int(text)
        return number if -(2**63) <= number < 2**63 else text
    return float(text) if _REAL.fullmatch(text) else text
