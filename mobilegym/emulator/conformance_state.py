"""Rules about the state that a `Device` gives access to; half of `conformance.DeviceConformance`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from mobilegym.actions import Press, Tap, Wait
from mobilegym.emulator.device import Capability, Device, Namespace, Stream
from mobilegym.errors import DeviceError, NotFound, NotSupported

__all__ = ["StateRules"]

_SMS = "content://sms"
_NUMBER = "+12125550142"
_FOLDER = "/sdcard/Download/conformance"


class StateRules:
    """Settings, content, databases, files, packages, hardware, clock, telephony, journal and state tree."""

    app = "com.android.settings"

    def make_device(self) -> Device:
        """A new phone.

        Raises:
            NotImplementedError: This must be overridden.
        """
        raise NotImplementedError("override `make_device`")

    @pytest.fixture
    def device(self) -> Iterator[Device]:
        with self.make_device() as device:
            device.reset(seed=0)
            yield device

    # Settings

    @pytest.mark.parametrize("namespace", ["system", "secure", "global"])
    def test_settings_come_back(self, device: Device, namespace: Namespace) -> None:
        assert device.settings.get(namespace, "conformance_key") is None
        device.settings.put(namespace, "conformance_key", "a value, with “signs”")
        assert device.settings.get(namespace, "conformance_key") == "a value, with “signs”"
        assert device.settings.items(namespace)["conformance_key"] == "a value, with “signs”"
        device.settings.delete(namespace, "conformance_key")
        assert device.settings.get(namespace, "conformance_key") is None
        assert "conformance_key" not in device.settings.items(namespace)

    def test_namespaces_are_apart(self, device: Device) -> None:
        device.settings.put("secure", "conformance_key", "1")
        assert device.settings.get("system", "conformance_key") is None
        device.settings.delete("system", "conformance_key")

    # Content

    def test_content_rows_come_back(self, device: Device) -> None:
        uri = device.content.insert(_SMS, {"address": _NUMBER, "body": 'It\'s "here" 🙂', "type": 1, "date": 1_773_000_000_000, "read": 0})
        assert uri.startswith(_SMS + "/")
        (row,) = device.content.query(uri, projection=["address", "body", "type", "read"])
        assert row == {"address": _NUMBER, "body": 'It\'s "here" 🙂', "type": 1, "read": 0}

    def test_content_is_filtered_and_sorted(self, device: Device) -> None:
        for day in (2, 3, 1):
            device.content.insert(_SMS, {"address": _NUMBER, "body": f"day {day}", "type": 1, "date": day})
        where, args = "address = ? AND date < ?", (_NUMBER, 3)
        rows = device.content.query(_SMS, projection=["body"], where=where, args=args, sort="date DESC")
        assert rows == [{"body": "day 2"}, {"body": "day 1"}]

    def test_content_updates_count_rows(self, device: Device) -> None:
        uris = [device.content.insert(_SMS, {"address": _NUMBER, "body": "x", "type": 1, "read": 0}) for _ in range(2)]
        assert device.content.update(_SMS, {"read": 1}, where="address = ?", args=(_NUMBER,)) == 2
        assert device.content.update(uris[0], {"body": "y"}) == 1
        assert device.content.query(uris[1], projection=["body", "read"]) == [{"body": "x", "read": 1}]

    def test_content_deletes_count_rows(self, device: Device) -> None:
        uri = device.content.insert(_SMS, {"address": _NUMBER, "body": "x", "type": 1})
        assert device.content.delete(uri) == 1
        assert device.content.query(uri) == []
        assert device.content.delete(_SMS, where="address = ?", args=("+10000000000",)) == 0

    def test_unknown_content_is_not_found(self, device: Device) -> None:
        for uri in ("content://no.such.authority/things", "content://"):
            with pytest.raises(NotFound):
                device.content.query(uri)
        with pytest.raises(NotFound):
            device.content.insert("content://no.such.authority/things", {"a": 1})

    def test_unknown_columns_are_refused(self, device: Device) -> None:
        with pytest.raises(DeviceError):
            device.content.query(_SMS, projection=["no_such_column"])
        with pytest.raises(DeviceError):
            device.content.insert(_SMS, {"no_such_column": 1})

    def test_malformed_conditions_are_refused(self, device: Device) -> None:
        for where in ("address = ", "((", "no_such_column = 1"):
            with pytest.raises(DeviceError):
                device.content.query(_SMS, where=where)

    # Databases

    def test_databases_can_be_read_and_written(self, device: Device) -> None:
        package, database = self.some_database(device)
        (count,) = device.databases.query(package, database, "SELECT count(*) AS n FROM sqlite_master WHERE name <> ?", ("nothing",))
        assert isinstance(count["n"], int)
        device.databases.execute(package, database, "CREATE TABLE conformance (_id INTEGER PRIMARY KEY, word)")
        assert device.databases.execute(package, database, "INSERT INTO conformance (word) VALUES (?)", ("one",)) == 1
        assert device.databases.execute(package, database, "INSERT INTO conformance (word) VALUES (?)", (b"\x00",)) == 2
        rows = device.databases.query(package, database, "SELECT word FROM conformance ORDER BY _id")
        assert rows == [{"word": "one"}, {"word": b"\x00"}]

    def test_a_query_does_not_write(self, device: Device) -> None:
        package, database = self.some_database(device)
        with pytest.raises(DeviceError):
            device.databases.query(package, database, "CREATE TABLE conformance (a)")
        assert not device.databases.query(package, database, "SELECT name FROM sqlite_master WHERE name = 'conformance'")

    def test_bad_sql_is_refused(self, device: Device) -> None:
        package, database = self.some_database(device)
        for sql in ("SELEC 1", "SELECT * FROM no_such_table", "SELECT 1; SELECT 2"):
            with pytest.raises(DeviceError):
                device.databases.query(package, database, sql)
        with pytest.raises(DeviceError):
            device.databases.execute(package, database, "INSERT INTO no_such_table VALUES (1)")

    def test_unknown_databases_are_not_found(self, device: Device) -> None:
        package, _ = self.some_database(device)
        with pytest.raises(NotFound):
            device.databases.query(package, "no_such.db", "SELECT 1")
        with pytest.raises(NotFound):
            device.databases.query("no.such.package", "a.db", "SELECT 1")

    def test_providers_and_databases_are_one(self, device: Device) -> None:
        self.needs(device, "databases")
        device.content.insert(_SMS, {"address": _NUMBER, "body": "seen below", "type": 1})
        rows = device.databases.query("com.android.providers.telephony", "mmssms.db", "SELECT address FROM sms WHERE body = 'seen below'")
        assert rows == [{"address": _NUMBER}]

    # Files

    def test_files_come_back(self, device: Device) -> None:
        data = bytes(range(256)) * 40
        device.files.write(f"{_FOLDER}/deep/a b'c.bin", data)
        assert device.files.read(f"{_FOLDER}/deep/a b'c.bin") == data
        stat = device.files.stat(f"{_FOLDER}/deep/a b'c.bin")
        assert (stat.size, stat.is_dir) == (len(data), False)
        assert device.files.exists(f"{_FOLDER}/deep")
        assert device.files.stat(_FOLDER).is_dir

    def test_writing_replaces(self, device: Device) -> None:
        device.files.write(f"{_FOLDER}/a.txt", b"long content")
        device.files.write(f"{_FOLDER}/a.txt", b"")
        assert device.files.read(f"{_FOLDER}/a.txt") == b""

    def test_listing_has_children_only(self, device: Device) -> None:
        device.files.mkdir(f"{_FOLDER}/b")
        device.files.write(f"{_FOLDER}/a.txt", b"1")
        device.files.write(f"{_FOLDER}/b/inner.txt", b"2")
        assert sorted((f.path, f.is_dir) for f in device.files.list(_FOLDER)) == [(f"{_FOLDER}/a.txt", False), (f"{_FOLDER}/b", True)]

    def test_deleting_a_folder_takes_what_it_holds(self, device: Device) -> None:
        device.files.write(f"{_FOLDER}/b/inner.txt", b"2")
        device.files.delete(_FOLDER)
        assert not device.files.exists(f"{_FOLDER}/b/inner.txt")
        assert not device.files.exists(_FOLDER)

    def test_missing_files_are_not_found(self, device: Device) -> None:
        for call in (device.files.read, device.files.stat, device.files.list, device.files.delete):
            with pytest.raises(NotFound):
                call(f"{_FOLDER}/nothing")
        assert not device.files.exists(f"{_FOLDER}/nothing")

    def test_a_folder_is_no_file(self, device: Device) -> None:
        device.files.mkdir(_FOLDER)
        device.files.mkdir(_FOLDER)
        with pytest.raises(DeviceError):
            device.files.read(_FOLDER)
        with pytest.raises(DeviceError):
            device.files.write(_FOLDER, b"")

    def test_relative_paths_are_refused(self, device: Device) -> None:
        with pytest.raises(DeviceError):
            device.files.write("Download/a.txt", b"")

    # Packages

    def test_packages_have_labels(self, device: Device) -> None:
        names = device.packages.names()
        assert self.app in names
        assert len(names) == len(set(names))
        assert device.packages.label(self.app)

    def test_unknown_packages_are_not_found(self, device: Device) -> None:
        for call in (device.packages.label, device.packages.launch, device.packages.granted, device.packages.clear_data):
            with pytest.raises(NotFound):
                call("no.such.package")

    def test_launch_brings_an_app_to_the_front(self, device: Device) -> None:
        device.packages.launch(self.app)
        assert device.activity().package == self.app

    def test_force_stop_takes_it_away(self, device: Device) -> None:
        device.packages.launch(self.app)
        device.packages.force_stop(self.app)
        assert device.activity().package != self.app

    def test_intents_start_activities(self, device: Device) -> None:
        device.packages.start("android.settings.SETTINGS")
        assert device.activity().package == "com.android.settings"

    def test_unanswered_intents_are_not_found(self, device: Device) -> None:
        with pytest.raises(NotFound):
            device.packages.start("no.such.action.EVER")

    def test_permissions_can_be_taken_and_given(self, device: Device) -> None:
        held = {name: device.packages.granted(name) for name in device.packages.names()}
        package = next((name for name in sorted(held) if held[name]), None)
        if package is None:
            pytest.skip("no package holds a run-time permission")
        permission = sorted(held[package])[0]
        device.packages.revoke(package, permission)
        assert permission not in device.packages.granted(package)
        device.packages.grant(package, permission)
        assert device.packages.granted(package) == held[package]

    # Hardware

    def test_battery_is_as_set(self, device: Device) -> None:
        device.hardware.set_battery(level=17, charging=True)
        assert (device.hardware.battery().level, device.hardware.battery().charging) == (17, True)
        device.hardware.set_battery(charging=False)
        assert (device.hardware.battery().level, device.hardware.battery().charging) == (17, False)

    @pytest.mark.parametrize("level", [-1, 101])
    def test_impossible_battery_levels_are_refused(self, device: Device, level: int) -> None:
        with pytest.raises((DeviceError, ValueError)):
            device.hardware.set_battery(level=level)

    @pytest.mark.parametrize("stream", ["media", "ring", "alarm"])
    def test_volumes_are_as_set(self, device: Device, stream: Stream) -> None:
        device.hardware.set_volume(stream, 3)
        assert device.hardware.volume(stream) == 3
        with pytest.raises((DeviceError, ValueError)):
            device.hardware.set_volume(stream, 1000)
        assert device.hardware.volume(stream) == 3

    def test_volume_keys_work(self, device: Device) -> None:
        device.hardware.set_volume("media", 5)
        device.perform(Press("volume_up"))
        assert device.hardware.volume("media") == 6

    def test_location_is_as_set(self, device: Device) -> None:
        self.needs(device, "location")
        device.hardware.set_location(48.1374, 11.5755)
        location = device.hardware.location()
        assert location == pytest.approx((48.1374, 11.5755), abs=1e-6)
        with pytest.raises((DeviceError, ValueError)):
            device.hardware.set_location(91.0, 0.0)

    def test_clipboard_is_as_set(self, device: Device) -> None:
        device.hardware.set_clipboard("line one\nline “two” 🙂")
        assert device.hardware.clipboard() == "line one\nline “two” 🙂"

    # Clock

    def test_the_clock_is_set(self, device: Device) -> None:
        self.needs(device, "clock")
        when = device.clock.now() + timedelta(days=2, hours=3)
        device.clock.set(when)
        assert abs(device.clock.now() - when) < timedelta(seconds=2)
        assert abs(device.observe().clock - when) < timedelta(seconds=5)

    def test_naive_times_are_refused(self, device: Device) -> None:
        self.needs(device, "clock")
        with pytest.raises((DeviceError, ValueError)):
            device.clock.set(datetime(2026, 3, 11, 9, 30))  # noqa: DTZ001 - the point of the rule

    def test_time_passes_by_advance_and_by_waiting(self, device: Device) -> None:
        self.needs(device, "clock")
        start = device.clock.now()
        device.clock.advance(90_000)
        assert timedelta(seconds=90) <= device.clock.now() - start < timedelta(seconds=120)
        start = device.clock.now()
        assert device.perform(Wait(60_000)) is None
        assert timedelta(seconds=60) <= device.clock.now() - start < timedelta(seconds=90)

    def test_time_does_not_go_back(self, device: Device) -> None:
        self.needs(device, "clock")
        with pytest.raises((DeviceError, ValueError)):
            device.clock.advance(-1)
        before = device.clock.now()
        device.perform(Tap(0.5, 0.5))
        assert device.clock.now() >= before

    # Telephony

    def test_a_text_message_arrives(self, device: Device) -> None:
        self.needs(device, "telephony")
        device.telephony.receive_sms(_NUMBER, "See you at 8")
        device.perform(Wait(1000))
        rows = device.content.query(_SMS, projection=["address", "body", "type", "read"], where="body = ?", args=("See you at 8",))
        assert rows == [{"address": _NUMBER, "body": "See you at 8", "type": 1, "read": 0}]
        assert any("See you at 8" in n.text for n in device.notifications())

    def test_a_missed_call_is_in_the_log(self, device: Device) -> None:
        self.needs(device, "telephony")
        device.telephony.ring(_NUMBER)
        device.perform(Wait(1000))
        device.telephony.hang_up()
        rows = device.content.query("content://call_log/calls", projection=["number", "type"], where="number = ?", args=(_NUMBER,))
        assert rows == [{"number": _NUMBER, "type": 3}]

    def test_hanging_up_without_a_call_is_harmless(self, device: Device) -> None:
        self.needs(device, "telephony")
        device.telephony.hang_up()

    # Journal and state tree

    def test_the_journal_is_in_order(self, device: Device) -> None:
        self.needs(device, "journal")
        before = device.journal()
        for action in (Press("home"), Wait(1000)):
            device.perform(action)
        entries = device.journal()
        assert entries[: len(before)] == before
        assert [e.seq for e in entries] == list(range(entries[0].seq, entries[0].seq + len(entries)))
        assert [e.at_ms for e in entries] == sorted(e.at_ms for e in entries)
        new = entries[len(before) :]
        assert [e.kind for e in new].count("input") == 2
        assert device.journal(new[0].seq) == new
        assert device.journal(entries[-1].seq + 1) == ()

    def test_what_a_phone_lacks_is_not_supported(self, device: Device) -> None:
        if "journal" not in device.capabilities:
            with pytest.raises(NotSupported):
                device.journal()
        if "snapshot" not in device.capabilities:
            with pytest.raises(NotSupported):
                device.snapshot()
        if "state_tree" not in device.capabilities:
            with pytest.raises(NotSupported):
                device.state_tree()

    def test_the_state_tree_sees_every_change(self, device: Device) -> None:
        self.needs(device, "state_tree")
        before = dict(device.state_tree())
        assert dict(device.state_tree()) == before
        device.settings.put("system", "conformance_key", "1")
        device.files.write(f"{_FOLDER}/a.txt", b"1")
        device.content.insert(_SMS, {"address": _NUMBER, "body": "x", "type": 1})
        after = dict(device.state_tree())
        changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        assert "setting:system/conformance_key" in changed
        assert f"file:{_FOLDER}/a.txt" in changed
        assert any(path.startswith("db:com.android.providers.telephony/mmssms.db/sms/") for path in changed)

    def test_the_state_tree_forgets_what_was_undone(self, device: Device) -> None:
        self.needs(device, "state_tree")
        device.files.mkdir(_FOLDER)
        before = dict(device.state_tree())
        device.settings.put("system", "conformance_key", "1")
        device.settings.delete("system", "conformance_key")
        device.files.write(f"{_FOLDER}/a.txt", b"1")
        device.files.delete(f"{_FOLDER}/a.txt")
        assert {p: v for p, v in device.state_tree().items() if "media" not in p} == {p: v for p, v in before.items() if "media" not in p}

    def test_the_state_tree_is_plain(self, device: Device) -> None:
        self.needs(device, "state_tree")
        kinds = ("setting:", "db:", "file:", "package:", "hardware:", "notification:")
        for path, value in device.state_tree().items():
            assert path.startswith(kinds)
            assert isinstance(value, str)

    # Help

    def needs(self, device: Device, capability: Capability) -> None:
        """Skip where the phone lacks it."""
        if capability not in device.capabilities:
            pytest.skip(f"this phone lacks the capability {capability!r}")

    def some_database(self, device: Device) -> tuple[str, str]:
        """A package and the name of a database of it."""
        self.needs(device, "databases")
        package = "com.android.providers.telephony"
        return package, device.databases.names(package)[0]

    def same_journal(self, device: Device, block: Callable[[], object]) -> None:
        """The block must not write to the journal."""
        before = device.journal() if "journal" in device.capabilities else ()
        block()
        assert (device.journal() if "journal" in device.capabilities else ()) == before

    def same_state(self, one: Device, two: Device) -> None:
        """Journals and state trees are equal."""
        if "journal" in one.capabilities:
            assert one.journal() == two.journal()
        if "state_tree" in one.capabilities:
            assert dict(one.state_tree()) == dict(two.state_tree())
