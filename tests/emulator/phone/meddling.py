"""What may happen to a phone while somebody looks at it: data comes and goes, the world calls, settings change."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from mobilegym.emulator.device import Namespace
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.errors import DeviceError
from mobilegym.tasks.pictures import draw

NUMBERS: Final = ("555-0101", "555-0142", "555-0199", "22000", "+33155501099")
SETTINGS: Final[Sequence[tuple[Namespace, str, tuple[str, ...]]]] = (
    ("system", "font_scale", ("0.85", "1.0", "1.3", "2.0")), ("secure", "ui_night_mode", ("1", "2")),
    ("system", "time_12_24", ("12", "24")), ("global", "airplane_mode_on", ("0", "1")),
    ("global", "wifi_on", ("0", "1")), ("global", "zen_mode", ("0", "1")),
    ("system", "screen_brightness", ("1", "128", "255")), ("system", "accelerometer_rotation", ("0", "1")),
    ("system", "user_rotation", ("0", "1", "2", "3")), ("secure", "display_density_forced", ("420", "356", "500")),
    ("global", "low_power", ("0", "1")), ("secure", "location_mode", ("0", "3")),
)  # fmt: skip
TABLES: Final = (
    ("com.google.android.deskclock", "alarms.db", "DELETE FROM alarm_templates WHERE _id = (SELECT max(_id) FROM alarm_templates)"),
    ("com.google.android.deskclock", "alarms.db", "UPDATE alarm_templates SET enabled = 1 - enabled, minutes = (minutes + 7) % 60"),
    ("org.fossify.calendar", "events.db", "UPDATE events SET title = title || '!', start_ts = start_ts + 3600, end_ts = end_ts + 3600"),
    ("org.fossify.calendar", "events.db", "DELETE FROM events WHERE id = (SELECT min(id) FROM events)"),
)
URIS: Final = (
    "content://com.android.contacts/raw_contacts", "content://sms", "content://call_log/calls", "content://media/external/images/media",
    "content://com.android.calendar/events",
)  # fmt: skip
PATHS: Final = (
    "/sdcard/Documents/Groceries.md", "/sdcard/Download/list.txt", "/sdcard/DCIM/Camera/IMG_0001.png", "/sdcard/DCIM/Camera/IMG_0004.png",
    "/sdcard/Pictures/new.png", "/sdcard/DCIM/Camera",
)  # fmt: skip


def meddle(phone: VirtualPhone, rng: random.Random) -> str:
    """Do one thing to the phone from outside; says what. What is impossible at the moment changes nothing."""
    name = rng.choice(list(_KINDS))
    try:
        _KINDS[name](phone, rng)
    except DeviceError as error:
        return f"{name}, refused: {error}"
    return name


def _setting(phone: VirtualPhone, rng: random.Random) -> None:
    namespace, key, values = rng.choice(SETTINGS)
    phone.settings.put(namespace, key, rng.choice(values))


def _delete_row(phone: VirtualPhone, rng: random.Random) -> None:
    uri = rng.choice(URIS)
    rows = phone.content.query(uri)
    if rows:
        phone.content.delete(uri, where="_id = ?", args=(rng.choice(rows)["_id"],))


def _contact(phone: VirtualPhone, rng: random.Random) -> None:
    phone.kernel.content.contacts.add(rng.choice(("Ada Park", "Xavier", "", "Ω")), [rng.choice(NUMBERS)])


def _file(phone: VirtualPhone, rng: random.Random) -> None:
    path = rng.choice(PATHS)
    if phone.files.exists(path) and rng.random() < 0.5:
        phone.files.delete(path)
    elif not path.endswith("Camera"):
        phone.files.write(path, draw("sea", rng.randrange(5)) if path.endswith("png") and rng.random() < 0.8 else b"changed from outside\n")


def _sql(phone: VirtualPhone, rng: random.Random) -> None:
    phone.databases.execute(*rng.choice(TABLES))


def _permission(phone: VirtualPhone, rng: random.Random) -> None:
    package = rng.choice(phone.packages.names())
    granted = sorted(phone.packages.granted(package))
    if granted:
        phone.packages.revoke(package, rng.choice(granted))


def _package(phone: VirtualPhone, rng: random.Random) -> None:
    package = rng.choice(phone.packages.names())
    if rng.random() < 0.5:
        phone.packages.force_stop(package)
    elif rng.random() < 0.4:
        phone.packages.clear_data(package)


def _clock(phone: VirtualPhone, rng: random.Random) -> None:
    phone.clock.set(phone.clock.now() + timedelta(minutes=rng.choice((-100_000, -61, -1, 1, 59, 60 * 24, 60 * 24 * 40))))


def _call(phone: VirtualPhone, rng: random.Random) -> None:
    phone.telephony.hang_up()
    if rng.random() < 0.7:
        phone.telephony.ring(rng.choice(NUMBERS))


def _zone(phone: VirtualPhone, rng: random.Random) -> None:
    phone.kernel.clock.set_zone(rng.choice(("America/New_York", "Asia/Tokyo", "Europe/Berlin", "Asia/Kolkata")))


_KINDS: Final[dict[str, Callable[[VirtualPhone, random.Random], None]]] = {
    "a setting": _setting,
    "a message": lambda phone, rng: phone.telephony.receive_sms(rng.choice(NUMBERS), rng.choice(("Hi", "Your code is 1234", "🙂" * 40))),
    "a call": _call,
    "a contact": _contact,
    "a row deleted": _delete_row,
    "a file": _file,
    "a statement": _sql,
    "a permission": _permission,
    "an app stopped": _package,
    "the clock": _clock,
    "the time zone": _zone,
    "time": lambda phone, rng: phone.clock.advance(rng.choice((10, 999, 61_000, 3_600_000, 90_000_000))),
    "the battery": lambda phone, rng: phone.hardware.set_battery(level=rng.randrange(101), charging=rng.random() < 0.5),
    "the volume": lambda phone, rng: phone.hardware.set_volume(rng.choice(("media", "ring", "alarm")), rng.randrange(8)),
    "the place": lambda phone, rng: phone.hardware.set_location(rng.uniform(-80, 80), rng.uniform(-180, 180)),
    "the clipboard": lambda phone, rng: phone.hardware.set_clipboard(rng.choice(("", "copied", "555-0142"))),
    "turning it": lambda phone, rng: phone.kernel.hardware.hold(rng.randrange(4)),
}
