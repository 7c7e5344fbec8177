"""Regions and their time zones, as the time zone page lists them."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from mobilegym.emulator.phone.kernel.clock import time_zone

__all__ = ["REGIONS", "Zone", "offset_text", "region_of", "zone_name"]


class Zone(NamedTuple):
    """A time zone as people know it."""

    id: str
    """IANA name."""
    name: str
    """Name in winter."""
    summer: str = ""
    """Name in summer where it differs."""


def _zones(*rows: str) -> tuple[Zone, ...]:
    return tuple(Zone(*row.split("|")) for row in rows)


_WEST = "|Western European Standard Time|Western European Summer Time"
_CENTRAL = "|Central European Standard Time|Central European Summer Time"
_EAST = "|Eastern European Standard Time|Eastern European Summer Time"

REGIONS: Final[dict[str, tuple[Zone, ...]]] = {
    "Argentina": _zones("America/Argentina/Buenos_Aires|Argentina Standard Time"),
    "Australia": _zones(
        "Australia/Sydney|Australian Eastern Standard Time|Australian Eastern Daylight Time",
        "Australia/Brisbane|Australian Eastern Standard Time",
        "Australia/Adelaide|Australian Central Standard Time|Australian Central Daylight Time",
        "Australia/Darwin|Australian Central Standard Time",
        "Australia/Perth|Australian Western Standard Time",
    ),
    "Austria": _zones("Europe/Vienna" + _CENTRAL),
    "Bangladesh": _zones("Asia/Dhaka|Bangladesh Standard Time"),
    "Belgium": _zones("Europe/Brussels" + _CENTRAL),
    "Brazil": _zones(
        "America/Sao_Paulo|Brasilia Standard Time", "America/Manaus|Amazon Standard Time", "America/Rio_Branco|Acre Standard Time"
    ),
    "Bulgaria": _zones("Europe/Sofia" + _EAST),
    "Canada": _zones(
        "America/St_Johns|Newfoundland Standard Time|Newfoundland Daylight Time",
        "America/Halifax|Atlantic Standard Time|Atlantic Daylight Time",
        "America/Toronto|Eastern Standard Time|Eastern Daylight Time",
        "America/Winnipeg|Central Standard Time|Central Daylight Time",
        "America/Edmonton|Mountain Standard Time|Mountain Daylight Time",
        "America/Vancouver|Pacific Standard Time|Pacific Daylight Time",
    ),
    "Chile": _zones("America/Santiago|Chile Standard Time|Chile Summer Time"),
    "China": _zones("Asia/Shanghai|China Standard Time", "Asia/Urumqi|Urumqi Time"),
    "Colombia": _zones("America/Bogota|Colombia Standard Time"),
    "Croatia": _zones("Europe/Zagreb" + _CENTRAL),
    "Czechia": _zones("Europe/Prague" + _CENTRAL),
    "Denmark": _zones("Europe/Copenhagen" + _CENTRAL),
    "Egypt": _zones("Africa/Cairo" + _EAST),
    "Ethiopia": _zones("Africa/Addis_Ababa|East Africa Time"),
    "Finland": _zones("Europe/Helsinki" + _EAST),
    "France": _zones("Europe/Paris" + _CENTRAL),
    "Germany": _zones("Europe/Berlin" + _CENTRAL),
    "Ghana": _zones("Africa/Accra|Greenwich Mean Time"),
    "Greece": _zones("Europe/Athens" + _EAST),
    "Hong Kong": _zones("Asia/Hong_Kong|Hong Kong Standard Time"),
    "Hungary": _zones("Europe/Budapest" + _CENTRAL),
    "Iceland": _zones("Atlantic/Reykjavik|Greenwich Mean Time"),
    "India": _zones("Asia/Kolkata|India Standard Time"),
    "Indonesia": _zones(
        "Asia/Jakarta|Western Indonesia Time", "Asia/Makassar|Central Indonesia Time", "Asia/Jayapura|Eastern Indonesia Time"
    ),
    "Ireland": _zones("Europe/Dublin|Greenwich Mean Time|Irish Standard Time"),
    "Israel": _zones("Asia/Jerusalem|Israel Standard Time|Israel Daylight Time"),
    "Italy": _zones("Europe/Rome" + _CENTRAL),
    "Japan": _zones("Asia/Tokyo|Japan Standard Time"),
    "Kenya": _zones("Africa/Nairobi|East Africa Time"),
    "Malaysia": _zones("Asia/Kuala_Lumpur|Malaysia Time"),
    "Mexico": _zones(
        "America/Mexico_City|Central Standard Time",
        "America/Cancun|Eastern Standard Time",
        "America/Tijuana|Pacific Standard Time|Pacific Daylight Time",
    ),
    "Morocco": _zones("Africa/Casablanca|Western European Time"),
    "Nepal": _zones("Asia/Kathmandu|Nepal Time"),
    "Netherlands": _zones("Europe/Amsterdam" + _CENTRAL),
    "New Zealand": _zones(
        "Pacific/Auckland|New Zealand Standard Time|New Zealand Daylight Time",
        "Pacific/Chatham|Chatham Standard Time|Chatham Daylight Time",
    ),
    "Nigeria": _zones("Africa/Lagos|West Africa Standard Time"),
    "Norway": _zones("Europe/Oslo" + _CENTRAL),
    "Pakistan": _zones("Asia/Karachi|Pakistan Standard Time"),
    "Peru": _zones("America/Lima|Peru Standard Time"),
    "Philippines": _zones("Asia/Manila|Philippine Standard Time"),
    "Poland": _zones("Europe/Warsaw" + _CENTRAL),
    "Portugal": _zones("Europe/Lisbon" + _WEST, "Atlantic/Azores|Azores Standard Time|Azores Summer Time"),
    "Romania": _zones("Europe/Bucharest" + _EAST),
    "Russia": _zones(
        "Europe/Moscow|Moscow Standard Time",
        "Asia/Yekaterinburg|Yekaterinburg Standard Time",
        "Asia/Novosibirsk|Novosibirsk Standard Time",
        "Asia/Vladivostok|Vladivostok Standard Time",
    ),
    "Saudi Arabia": _zones("Asia/Riyadh|Arabian Standard Time"),
    "Singapore": _zones("Asia/Singapore|Singapore Standard Time"),
    "South Africa": _zones("Africa/Johannesburg|South Africa Standard Time"),
    "South Korea": _zones("Asia/Seoul|Korean Standard Time"),
    "Spain": _zones("Europe/Madrid" + _CENTRAL, "Atlantic/Canary" + _WEST),
    "Sweden": _zones("Europe/Stockholm" + _CENTRAL),
    "Switzerland": _zones("Europe/Zurich" + _CENTRAL),
    "Taiwan": _zones("Asia/Taipei|Taipei Standard Time"),
    "Thailand": _zones("Asia/Bangkok|Indochina Time"),
    "Türkiye": _zones("Europe/Istanbul|GMT+03:00"),
    "Ukraine": _zones("Europe/Kyiv" + _EAST),
    "United Arab Emirates": _zones("Asia/Dubai|Gulf Standard Time"),
    "United Kingdom": _zones("Europe/London|Greenwich Mean Time|British Summer Time"),
    "United States": _zones(
        "America/New_York|Eastern Standard Time|Eastern Daylight Time",
        "America/Chicago|Central Standard Time|Central Daylight Time",
        "America/Denver|Mountain Standard Time|Mountain Daylight Time",
        "America/Phoenix|Mountain Standard Time",
        "America/Los_Angeles|Pacific Standard Time|Pacific Daylight Time",
        "America/Anchorage|Alaska Standard Time|Alaska Daylight Time",
        "Pacific/Honolulu|Hawaii-Aleutian Standard Time",
    ),
    "Vietnam": _zones("Asia/Ho_Chi_Minh|Indochina Time"),
}
"""Regions by English name, each with its zones, the main one first."""

_UTC: Final = Zone("UTC", "Coordinated Universal Time")


def region_of(zone: str) -> str:
    """The region a zone belongs to, or empty."""
    return next((region for region, zones in REGIONS.items() if any(z.id == zone for z in zones)), "")


def offset_text(zone: str, at: datetime) -> str:
    """`GMT-04:00` at an aware time."""
    offset = at.astimezone(time_zone(zone)).utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset is not None else 0
    return f"GMT{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def zone_name(zone: str, at: datetime) -> str:
    """`Eastern Daylight Time` at an aware time; the IANA name where it is not listed."""
    found = next((z for zones in (*REGIONS.values(), (_UTC,)) for z in zones if z.id == zone), None)
    if found is None:
        return zone.rpartition("/")[2].replace("_", " ")
    summer = bool(at.astimezone(time_zone(zone)).dst())
    return found.summer if summer and found.summer else found.name
