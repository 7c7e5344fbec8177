"""Cities of the world clock, and those the owner has chosen."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from mobilegym.emulator.phone.apps.clock.store import PACKAGE, number, pref, prefs_db

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["CITIES", "City", "add", "chosen", "move", "remove", "search", "shows_home", "week_start"]


class City(NamedTuple):
    """A place with its time zone."""

    id: str
    name: str
    zone: str
    """IANA name."""


_NAMES: Final = """
Abidjan:Africa/Abidjan|Accra:Africa/Accra|Addis Ababa:Africa/Addis_Ababa|Adelaide:Australia/Adelaide|Algiers:Africa/Algiers
Amsterdam:Europe/Amsterdam|Anchorage:America/Anchorage|Ankara:Europe/Istanbul|Athens:Europe/Athens|Atlanta:America/New_York
Auckland:Pacific/Auckland|Baghdad:Asia/Baghdad|Bangkok:Asia/Bangkok|Barcelona:Europe/Madrid|Beijing:Asia/Shanghai|Beirut:Asia/Beirut
Belgrade:Europe/Belgrade|Bengaluru:Asia/Kolkata|Berlin:Europe/Berlin|Bogotá:America/Bogota|Boston:America/New_York
Brasília:America/Sao_Paulo|Brisbane:Australia/Brisbane|Brussels:Europe/Brussels|Bucharest:Europe/Bucharest|Budapest:Europe/Budapest
Buenos Aires:America/Argentina/Buenos_Aires|Cairo:Africa/Cairo|Cape Town:Africa/Johannesburg|Caracas:America/Caracas
Casablanca:Africa/Casablanca|Chennai:Asia/Kolkata|Chicago:America/Chicago|Colombo:Asia/Colombo|Copenhagen:Europe/Copenhagen
Dallas:America/Chicago|Darwin:Australia/Darwin|Delhi:Asia/Kolkata|Denver:America/Denver|Detroit:America/Detroit|Dhaka:Asia/Dhaka
Doha:Asia/Qatar|Dubai:Asia/Dubai|Dublin:Europe/Dublin|Frankfurt:Europe/Berlin|Geneva:Europe/Zurich|Guatemala City:America/Guatemala
Halifax:America/Halifax|Hanoi:Asia/Bangkok|Havana:America/Havana|Helsinki:Europe/Helsinki|Ho Chi Minh City:Asia/Ho_Chi_Minh
Hong Kong:Asia/Hong_Kong|Honolulu:Pacific/Honolulu|Houston:America/Chicago|Istanbul:Europe/Istanbul|Jakarta:Asia/Jakarta
Jerusalem:Asia/Jerusalem|Johannesburg:Africa/Johannesburg|Kabul:Asia/Kabul|Karachi:Asia/Karachi|Kathmandu:Asia/Kathmandu
Kolkata:Asia/Kolkata|Kuala Lumpur:Asia/Kuala_Lumpur|Kyiv:Europe/Kiev|Lagos:Africa/Lagos|Lima:America/Lima|Lisbon:Europe/Lisbon
London:Europe/London|Los Angeles:America/Los_Angeles|Madrid:Europe/Madrid|Manila:Asia/Manila|Marrakesh:Africa/Casablanca
Melbourne:Australia/Melbourne|Mexico City:America/Mexico_City|Miami:America/New_York|Milan:Europe/Rome|Montevideo:America/Montevideo
Montréal:America/Toronto|Moscow:Europe/Moscow|Mumbai:Asia/Kolkata|Munich:Europe/Berlin|Nairobi:Africa/Nairobi|New York:America/New_York
Oslo:Europe/Oslo|Ottawa:America/Toronto|Paris:Europe/Paris|Perth:Australia/Perth|Philadelphia:America/New_York|Phoenix:America/Phoenix
Prague:Europe/Prague|Quito:America/Guayaquil|Reykjavík:Atlantic/Reykjavik|Rio de Janeiro:America/Sao_Paulo|Riyadh:Asia/Riyadh
Rome:Europe/Rome|San Francisco:America/Los_Angeles|San José:America/Costa_Rica|Santiago:America/Santiago|São Paulo:America/Sao_Paulo
Seattle:America/Los_Angeles|Seoul:Asia/Seoul|Shanghai:Asia/Shanghai|Singapore:Asia/Singapore|Sofia:Europe/Sofia
St. John's:America/St_Johns|Stockholm:Europe/Stockholm|Sydney:Australia/Sydney|Taipei:Asia/Taipei|Tashkent:Asia/Tashkent
Tehran:Asia/Tehran|Tel Aviv:Asia/Jerusalem|Tokyo:Asia/Tokyo|Toronto:America/Toronto|Tunis:Africa/Tunis|UTC:UTC|Vancouver:America/Vancouver
Vienna:Europe/Vienna|Vladivostok:Asia/Vladivostok|Warsaw:Europe/Warsaw|Washington, D.C.:America/New_York|Wellington:Pacific/Auckland
Yangon:Asia/Yangon|Zagreb:Europe/Zagreb|Zürich:Europe/Zurich
"""


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))


def _cities() -> tuple[City, ...]:
    found: list[City] = []
    for entry in _NAMES.strip().replace("\n", "|").split("|"):
        name, _, zone = entry.partition(":")
        found.append(City("C_" + "_".join(_plain(name).replace(".", "").replace("'", "").replace(",", "").split()), name, zone))
    return tuple(sorted(found, key=lambda city: _plain(city.name)))


CITIES: Final = _cities()
"""All that can be added, by name."""
_BY_ID: Final = {city.id: city for city in CITIES}


@lru_cache(maxsize=256)
def search(text: str) -> tuple[City, ...]:
    """Cities of which a word begins with `text`; accents and case are ignored."""
    wanted = _plain(text.strip())
    return tuple(city for city in CITIES if any(_plain(city.name)[at:].startswith(wanted) for at in _starts(city.name)))


def _starts(name: str) -> list[int]:
    return [0, *[i + 1 for i, c in enumerate(name) if c == " "]]


def chosen(kernel: Kernel) -> list[City]:
    """The owner's cities, in order."""
    return [City(*row) for row in prefs_db(kernel).query("SELECT city_id, name, time_zone FROM selected_cities ORDER BY position")]


def add(kernel: Kernel, city_id: str) -> None:
    """Put a city at the end of the list."""
    city = _BY_ID[city_id]
    db = prefs_db(kernel)
    last = db.scalar("SELECT coalesce(max(position), -1) FROM selected_cities")
    db.execute("INSERT OR IGNORE INTO selected_cities VALUES (?, ?, ?, ?)", (city.id, last + 1, city.name, city.zone))
    kernel.journal.append("effect", PACKAGE, "city.added", "reversible", city=city.name, zone=city.zone)


def remove(kernel: Kernel, city_id: str) -> City | None:
    """Take a city off the list; None where it is not on it."""
    city = next((c for c in chosen(kernel) if c.id == city_id), None)
    if city is not None:
        prefs_db(kernel).execute("DELETE FROM selected_cities WHERE city_id = ?", (city_id,))
        kernel.journal.append("effect", PACKAGE, "city.removed", "reversible", city=city.name, zone=city.zone)
    return city


def move(kernel: Kernel, city_id: str, by: int) -> None:
    """Move a city up (-1) or down (1) in the list."""
    ids = [city.id for city in chosen(kernel)]
    at = ids.index(city_id)
    to = min(max(at + by, 0), len(ids) - 1)
    if to == at:
        return
    ids.insert(to, ids.pop(at))
    db = prefs_db(kernel)
    with db.transaction():
        for place, found in enumerate(ids):
            db.execute("UPDATE selected_cities SET position = ? WHERE city_id = ?", (place, found))
    kernel.journal.append("effect", PACKAGE, "city.moved", "reversible", city=_BY_ID[city_id].name, position=to)


def shows_home(kernel: Kernel, home: ZoneInfo) -> bool:
    """Whether the list begins with the time at home: when wanted, and the clocks there show another time than here."""
    if pref(kernel, "automatic_home_clock") != "true":
        return False
    now = kernel.clock.now()
    return now.utcoffset() != now.astimezone(home).utcoffset()


def week_start(kernel: Kernel) -> int:
    """The preference `week_start`."""
    return number(kernel, "week_start")
