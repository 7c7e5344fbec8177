"""adb's file service, byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobilegym.emulator.phone.wire.packets import OKAY, OPEN, WRTE
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread
from tests.emulator.phone.wire.host import Host, sync_request

REQUESTS = (b"STAT", b"LIST", b"SEND", b"RECV", b"STA2", b"LST2", b"LIS2", b"DATA", b"DONE", b"XXXX", b"\0\0\0\0")
MODE_FILE = 0o100644
STAT2 = struct.Struct("<4sIQQIIIIQqqq")
DENT2 = struct.Struct("<4sIQQIIIIQqqqI")


class Sync:
    """One session."""

    def __init__(self, host: Host) -> None:
        self._host = host
        stream = host.open("sync:")
        assert stream is not None
        self.stream = stream
        self._buffer = b""

    def send(self, data: bytes) -> None:
        for start in range(0, len(data), 200_000):
            self._buffer += self._host.write(self.stream, data[start : start + 200_000])

    def read(self, size: int) -> bytes:
        if len(self._buffer) < size:
            self._buffer += self._host.read(self.stream, size - len(self._buffer))
        part, self._buffer = self._buffer[:size], self._buffer[size:]
        return part

    def push(self, path: str, data: bytes, *, mode: int = MODE_FILE, seconds: int = 1_700_000_000) -> bytes:
        """OKAY, or the text of the failure."""
        parts = [data[i : i + 65_536] for i in range(0, len(data), 65_536)]
        body = b"".join(b"DATA" + struct.pack("<I", len(part)) + part for part in parts)
        self.send(sync_request(b"SEND", f"{path},{mode}") + body + b"DONE" + struct.pack("<I", seconds))
        return self.answer()

    def answer(self) -> bytes:
        name, length = struct.unpack("<4sI", self.read(8))
        return name if name == b"OKAY" else self.read(length)

    def pull(self, path: str) -> bytes:
        """The content; a failure is raised."""
        self.send(sync_request(b"RECV", path))
        data = b""
        while True:
            name, length = struct.unpack("<4sI", self.read(8))
            if name == b"DONE":
                return data
            if name == b"FAIL":
                raise OSError(self.read(length).decode())
            data += self.read(length)

    def stat(self, path: str, name: bytes = b"STA2") -> tuple[int, ...]:
        """error, dev, ino, mode, nlink, uid, gid, size, times."""
        self.send(sync_request(name, path))
        tag, *fields = STAT2.unpack(self.read(STAT2.size))
        assert tag == name
        return tuple(fields)

    def list(self, path: str) -> Iterator[tuple[str, tuple[int, ...]]]:
        self.send(sync_request(b"LIS2", path))
        while True:
            tag, *fields, length = DENT2.unpack(self.read(DENT2.size))
            if tag == b"DONE":
                assert fields == [0] * 11
                return
            yield self.read(length).decode(), tuple(fields)


@pytest.fixture
def sync(host: Host) -> Sync:
    return Sync(host)


def test_a_file_comes_back_with_its_mode_and_time(sync: Sync) -> None:
    data = bytes(range(256)) * 1000
    assert sync.push("/sdcard/Download/a.bin", data, seconds=1_700_000_000) == b"OKAY"
    assert sync.pull("/sdcard/Download/a.bin") == data
    error, _, _, mode, _, _, _, size, _, mtime, _ = sync.stat("/sdcard/Download/a.bin")
    assert (error, size, mtime) == (0, len(data), 1_700_000_000)
    assert mode & 0o170000 == 0o100000


def test_an_empty_file_is_a_file(sync: Sync) -> None:
    assert sync.push("/data/local/tmp/empty", b"") == b"OKAY"
    assert sync.pull("/data/local/tmp/empty") == b""
    assert sync.stat("/data/local/tmp/empty")[7] == 0


def test_the_mode_counts_where_files_have_one(sync: Sync) -> None:
    assert sync.push("/data/local/tmp/run", b"#!/system/bin/sh\n", mode=0o100755) == b"OKAY"
    assert sync.stat("/data/local/tmp/run")[3] == 0o100755


def test_folders_are_made(sync: Sync) -> None:
    assert sync.push("/sdcard/made/for/it/x.txt", b"x") == b"OKAY"
    assert sync.stat("/sdcard/made/for")[3] & 0o170000 == 0o040000


def test_a_folder_is_listed_in_both_versions(sync: Sync) -> None:
    for name in ("one", "two", "drei ü"):
        assert sync.push(f"/sdcard/listed/{name}", name.encode()) == b"OKAY"
    found = dict(sync.list("/sdcard/listed"))
    assert set(found) == {".", "..", "one", "two", "drei ü"}
    assert found["one"][7] == 3
    sync.send(sync_request(b"LIST", "/sdcard/listed"))
    names: list[str] = []
    while True:
        tag, mode, size, _, length = struct.unpack("<4sIIII", sync.read(20))
        if tag == b"DONE":
            assert (mode, size, length) == (0, 0, 0)
            break
        names.append(sync.read(length).decode())
    assert set(names) == set(found)


def test_what_cannot_be_listed_is_empty(sync: Sync) -> None:
    assert list(sync.list("/no/such/folder")) == []
    assert list(sync.list("/data/data")) == []


def test_what_is_missing_has_no_mode(sync: Sync) -> None:
    assert sync.stat("/sdcard/none") == (2, *(0,) * 10)
    sync.send(sync_request(b"STAT", "/sdcard/none"))
    assert struct.unpack("<4sIII", sync.read(16)) == (b"STAT", 0, 0, 0)


def test_links_are_followed_or_not(sync: Sync) -> None:
    assert sync.stat("/sdcard")[3] & 0o170000 == 0o040000
    assert sync.stat("/sdcard", b"LST2")[3] & 0o170000 == 0o120000


def test_failures_have_the_texts_of_adbd(sync: Sync) -> None:
    for path, text in (
        ("/sdcard/none", "open failed: No such file or directory"),
        ("/data/data/com.android.settings/x", "open failed: Permission denied"),
        ("/sdcard", "read failed: Is a directory"),
    ):
        with pytest.raises(OSError, match=text):
            sync.pull(path)
    assert sync.push("/sdcard", b"x") == b"couldn't create file: Is a directory"
    assert b"Read-only file system" in sync.push("/system/x", b"x") or b"Permission denied" in sync.push("/system/x", b"x")
    assert b"Permission denied" in sync.push("/data/data/com.android.settings/x", b"x")
    assert sync.push("/sdcard/link", b"/etc/passwd", mode=0o120777).startswith(b"symlink failed")
    assert sync.stat("/sdcard/link")[0] == 2
    assert sync.push("/sdcard/after.txt", b"still works") == b"OKAY"


def test_a_send_without_a_mode_is_refused_and_its_content_skipped(sync: Sync) -> None:
    sync.send(sync_request(b"SEND", "/sdcard/x") + b"DATA" + struct.pack("<I", 3) + b"abcDONE" + struct.pack("<I", 1))
    assert b"missing ," in sync.answer()
    assert sync.push("/sdcard/y", b"y") == b"OKAY"


def test_a_session_ends_with_quit(host: Host) -> None:
    stream = host.open("sync:")
    assert stream is not None
    host.send(WRTE, *stream, sync_request(b"QUIT"))
    assert host.packet().command == OKAY
    assert host.read(stream) == b""


def test_paths_cannot_leave_the_phone(sync: Sync, one: ServedPhone) -> None:
    for path in (
        "/etc/passwd",
        "/proc/self/environ",
        "/sdcard/../../../../etc/shadow",
        "../../etc/passwd",
        "/etc/hostname",
        "~/.bashrc",
    ):
        try:
            data = sync.pull(path)
        except OSError:
            continue
        assert b"root:x:" not in data
        assert b"PATH=" not in data
    assert sync.push("/sdcard/../../../../../tmp/escaped", b"x") != b"OKAY" or not _on_host("/tmp/escaped")
    assert sync.push("../../../../tmp/escaped", b"x") != b"OKAY" or not _on_host("/tmp/escaped")


def _on_host(path: str) -> bool:
    from pathlib import Path

    return Path(path).exists()


def test_the_rights_of_root_count_after_root(one: ServedPhone, served: ServerThread) -> None:
    with Host(one.adb_port) as host:
        with pytest.raises(OSError, match="Permission denied"):
            Sync(host).pull("/data/data/com.android.settings/x")
        served.call(setattr, one.system, "root", True)
        try:
            with pytest.raises(OSError, match="No such file"):
                Sync(host).pull("/data/data/com.android.settings/x")
        finally:
            served.call(setattr, one.system, "root", False)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(REQUESTS), max_size=4), st.binary(max_size=40), st.integers(0, 2**32 - 1))
def test_nonsense_ends_the_session_and_nothing_else(names: list[bytes], noise: bytes, length: int) -> None:
    port = _PORT[0]
    with Host(port) as host:
        stream = host.open("sync:")
        assert stream is not None
        message = b"".join(name + struct.pack("<I", len(noise)) + noise for name in names) + b"RECV" + struct.pack("<I", length)
        host.send(WRTE, *stream, message)
        # Another stream of the same connection still works.
        other, theirs = 500, None
        host.send(OPEN, other, 0, b"tcp:7\0")
        while theirs is None:
            packet = host.packet()
            if packet.command == WRTE:
                host.send(OKAY, packet.arg1, packet.arg0)
            if packet.command == OKAY and packet.arg1 == other:
                theirs = packet.arg0


_PORT = [0]


@pytest.fixture(autouse=True)
def _port(one: ServedPhone) -> None:
    _PORT[0] = one.adb_port
