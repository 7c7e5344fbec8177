"""State read and written through the shell is the state of the phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobilegym.emulator.android.clock import Clock
from mobilegym.emulator.android.content import Content
from mobilegym.emulator.android.databases import Databases
from mobilegym.emulator.android.extension import Extension
from mobilegym.emulator.android.files import Files
from mobilegym.emulator.android.hardware import Hardware
from mobilegym.emulator.android.packages import Packages
from mobilegym.emulator.android.settings import Settings
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.errors import DeviceError, NotFound, NotSupported
from tests.emulator.android.conftest import SystemShell

ODD = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=30) | st.sampled_from(
    (
        ", body=x", "\nRow: 1 _id=7, body=", "a, read=1, type=2", "Row: 0 _id=1", "x, no_column=1", "a:b\\", "NULL ", "%s", "-5", "1.0", "",
        "it's \"quoted\" `id` $HOME \\n \\:",
    )
)  # fmt: skip
URIS = (
    "content://sms", "content://call_log/calls", "content://com.android.contacts/contacts", "content://com.android.contacts/data",
    "content://com.android.contacts/raw_contacts", "content://com.android.calendar/calendars", "content://com.android.calendar/events",
    "content://media/external/images/media", "content://media/external/file", "content://settings/global", "content://user_dictionary/words",
)  # fmt: skip


def lived_in() -> VirtualPhone:
    """A phone with something in every provider."""
    phone = VirtualPhone()
    phone.telephony.receive_sms("+12125550142", "one, body=two\nRow: 1 _id=9, address=x")
    phone.telephony.ring("+12125550143")
    phone.telephony.hang_up()
    raw = phone.content.insert("content://com.android.contacts/raw_contacts", {"account_name": "007", "account_type": "1"})
    for kind, first in (("vnd.android.cursor.item/name", "12"), ("vnd.android.cursor.item/phone_v2", "0049 89")):
        values = {"raw_contact_id": int(raw.rpartition("/")[2]), "mimetype": kind, "data1": first}
        phone.content.insert("content://com.android.contacts/data", values)
    event = {"calendar_id": 1, "title": "3", "dtstart": 1_773_300_000_000, "dtend": 1_773_303_600_000, "eventTimezone": "UTC"}
    phone.content.insert("content://com.android.calendar/events", event)
    phone.content.insert("content://user_dictionary/words", {"word": "42", "frequency": 250})
    phone.files.write("/sdcard/Pictures/1.png", b"x")
    return phone


@pytest.fixture
def phone() -> VirtualPhone:
    return lived_in()


@pytest.mark.parametrize("uri", URIS)
def test_rows_are_those_of_the_phone(uri: str, shell: SystemShell, phone: VirtualPhone) -> None:
    expected = [{name: value for name, value in row.items() if not isinstance(value, bytes)} for row in phone.content.query(uri)]
    assert expected
    assert Content(shell).query(uri) == expected
    columns = [name for name in expected[0] if name not in ("data15", "xmp")]
    assert Content(shell).query(uri, projection=columns) == [{name: row[name] for name in columns} for row in expected]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(ODD, min_size=1, max_size=3))
def test_any_text_comes_back(bodies: list[str], shell: SystemShell) -> None:
    phone = shell.system.phone
    content = Content(shell)
    content.delete("content://sms")
    uris = [content.insert("content://sms", {"address": f"+1{n}", "body": body, "type": 1, "date": n}) for n, body in enumerate(bodies)]
    assert [row["body"] for row in phone.content.query("content://sms", sort="date ASC")] == bodies
    found = content.query("content://sms", projection=["date", "body", "address"], sort="date ASC")
    assert [row["body"] for row in found] == bodies
    assert content.query("content://sms", sort="date ASC") == phone.content.query("content://sms", sort="date ASC")
    for uri, body in zip(uris, bodies, strict=True):
        assert content.query(uri, projection=["body"]) == [{"body": body}]
        assert content.query("content://sms", projection=["_id"], where="body = ? AND date >= ?", args=(body, 0))


def test_inserts_give_the_same_uri_as_in_process(shell: SystemShell, phone: VirtualPhone) -> None:
    twin = phone.fork()
    inserts = (
        ("content://sms", {"address": "1", "body": "x", "type": 1}),
        ("content://com.android.contacts/raw_contacts", {"account_name": None}),
        ("content://com.android.calendar/events", {"calendar_id": 1, "title": "t", "dtstart": 1, "dtend": 2, "eventTimezone": "UTC"}),
        ("content://user_dictionary/words", {"word": "w", "frequency": 1}), ("content://settings/global", {"name": "n", "value": "v"}),
        ("content://call_log/calls", {"number": "5", "type": 1, "date": 5, "duration": 0, "new": 0}),
    )  # fmt: skip
    for uri, values in inserts:
        assert Content(shell).insert(uri, values) == twin.content.insert(uri, values)
    assert dict(phone.state_tree()) == dict(twin.state_tree())


def test_bytes_cannot_pass(shell: SystemShell) -> None:
    with pytest.raises(NotSupported, match="to hold bytes"):
        Content(shell).insert("content://com.android.contacts/data", {"data15": b"x"})


# Databases


def test_databases_without_root_are_not_supported(shell: SystemShell) -> None:
    shell.root = None
    with pytest.raises(NotSupported, match="need root"):
        Databases(shell).names("com.android.providers.telephony")


def test_databases_are_written_without_a_program_on_the_phone(shell: SystemShell, phone: VirtualPhone) -> None:
    databases = Databases(shell)
    databases._has_sqlite = False
    package, name = "com.android.providers.telephony", "mmssms.db"
    row = databases.execute(package, name, "INSERT INTO sms (address, body, type) VALUES (?, ?, 1)", ("+1", "put back"))
    assert phone.content.query("content://sms", projection=["_id"], where="body = 'put back'") == [{"_id": row}]
    with pytest.raises(DeviceError, match="no such table"):
        databases.execute(package, name, "INSERT INTO nowhere VALUES (1)")


@given(values=st.lists(ODD | st.none() | st.integers(-(2**63), 2**63 - 1) | st.binary(max_size=9), min_size=1, max_size=4))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_values_are_bound_as_they_are(values: list[str | int | bytes | None], shell: SystemShell) -> None:
    databases = Databases(shell)
    package, name = "com.android.providers.telephony", "mmssms.db"
    databases.execute(package, name, "DROP TABLE IF EXISTS t")
    databases.execute(package, name, "CREATE TABLE t (v)")
    for number, value in enumerate(values, 1):
        assert databases.execute(package, name, "INSERT INTO t VALUES (?)", (value,)) == number
    assert [row["v"] for row in databases.query(package, name, "SELECT v FROM t ORDER BY rowid")] == values


# Files


def test_files_have_the_phones_time(shell: SystemShell, phone: VirtualPhone) -> None:
    files = Files(shell)
    files.write("/sdcard/Download/.hidden/a b\nc.txt", b"abc")
    phone.clock.advance(61_234)
    files.write("/storage/emulated/0/Download/.hidden/é.bin", bytes(range(256)))
    assert files.list("/sdcard/Download/.hidden") == phone.files.list("/sdcard/Download/.hidden")
    assert files.stat("/sdcard/Download/.hidden/é.bin") == phone.files.stat("/sdcard/Download/.hidden/é.bin")
    assert files.read("/sdcard/Download/.hidden/é.bin") == bytes(range(256))


def test_the_media_store_hears_of_files(shell: SystemShell, phone: VirtualPhone) -> None:
    Files(shell).write("/sdcard/Pictures/new.jpg", b"jpeg")
    rows = phone.content.query("content://media/external/images/media", projection=["_display_name", "_size"], where="_size = 4")
    assert rows == [{"_display_name": "new.jpg", "_size": 4}]


def test_what_the_system_needs_stays(shell: SystemShell) -> None:
    for path in ("/", "/sdcard", "/storage/emulated/0/", "/data/local/tmp"):
        with pytest.raises(DeviceError, match="the system needs it"):
            Files(shell).delete(path)


# The rest


def test_settings_of_any_text(shell: SystemShell, phone: VirtualPhone) -> None:
    store = Settings(shell)
    for key, value in (("k1", "a=b\nnot a key"), ("k2", ""), ("k3", " $HOME 'x' \"y\" "), ("k4", "🙂")):
        store.put("system", key, value)
        assert phone.settings.get("system", key) == value
        assert store.get("system", key) == value
    assert store.items("system") == phone.settings.items("system")


def test_packages_are_those_of_the_phone(shell: SystemShell, phone: VirtualPhone) -> None:
    packages = Packages(shell, Extension(shell).names, lambda: None)
    assert packages.names() == phone.packages.names()
    for name in packages.names():
        assert packages.label(name) == phone.packages.label(name)
        assert packages.granted(name) == phone.packages.granted(name)
    for name in ("settings", "CONTACTS", "com.android.settings"):
        assert packages.find(name) == phone.kernel.packages.find(name)
    with pytest.raises(NotFound) as mine:
        packages.find("Nonsense")
    with pytest.raises(NotFound) as theirs:
        phone.kernel.packages.find("Nonsense")
    assert str(mine.value) == str(theirs.value)


def test_labels_are_guessed_where_nobody_tells(shell: SystemShell) -> None:
    packages = Packages(shell, None, lambda: None)
    assert packages.label("com.android.settings") == "Settings"
    assert packages.find("clock") == "com.google.android.deskclock"
    with pytest.raises(NotFound):
        packages.label("no.such.package")


def test_hardware_is_that_of_the_phone(shell: SystemShell, phone: VirtualPhone) -> None:
    hardware = Hardware(shell, None, None)
    for level, charging in ((3, False), (50, True), (100, True), (99, False)):
        hardware.set_battery(level=level, charging=charging)
        assert phone.hardware.battery() == hardware.battery()
        assert (hardware.battery().level, hardware.battery().charging) == (level, charging)
    for stream in ("media", "call", "ring", "notification", "alarm", "system"):
        assert hardware.volume(stream) == phone.hardware.volume(stream)
    phone.hardware.set_location(-33.8568, 151.2153)
    assert hardware.location() == pytest.approx((-33.8568, 151.2153), abs=1e-6)
    phone.settings.put("secure", "location_mode", "0")
    assert hardware.location() is None


def test_the_clock_is_that_of_the_phone(shell: SystemShell, phone: VirtualPhone) -> None:
    for clock in (Clock(shell, None), Clock(shell, Extension(shell))):
        assert clock.now() == phone.clock.now()
        assert clock.now().utcoffset() == phone.clock.now().utcoffset()
        before = phone.clock.now()
        clock.advance(90_500)
        assert phone.clock.now() - before == timedelta(milliseconds=90_500)
        clock.set(before + timedelta(days=40))
        assert abs(phone.clock.now() - before - timedelta(days=40)) < timedelta(seconds=1)
