"""The Python package adbutils, unmodified: files, sockets, the log, films, and phones that restart."""

from __future__ import annotations

import io
import re
import socket
import stat
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("adbutils", reason="adbutils is not installed")

import adbutils
from adbutils.errors import AdbError

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.streams import Reader, Writer
from tests.clients.adbutils_world import World
from tests.clients.harness import adb_server, add_emulator, free_port, serve_emulators
from tests.emulator.phone.wire.host import until

# The client leaves sockets to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
SETTINGS = "com.android.settings"
HOME = "com.google.android.apps.nexuslauncher"
DEMO = "com.example.demo"


@pytest.fixture(scope="module")
def world(any_adb: str, tmp_path_factory: pytest.TempPathFactory) -> Generator[World, None, None]:
    with adb_server(any_adb, tmp_path_factory.mktemp("adbutils") / "home") as adb, serve_emulators([VirtualPhone()], adb) as thread:
        yield World(thread, thread.phones[0], adb, adbutils.AdbClient("127.0.0.1", adb.port))


@pytest.fixture
def d(world: World) -> Any:
    """A client of the phone, which shows its home screen."""
    world.ask(lambda kernel: kernel.activities.force_stop(SETTINGS))
    world.ask(lambda kernel: kernel.shell.home())
    return world.device


@pytest.fixture
def other(world: World) -> Generator[World, None, None]:
    """A client of a phone of its own, for what restarts one."""
    served = add_emulator(world.thread, VirtualPhone())
    world.client.wait_for(served.serial, timeout=10)
    yield World(world.thread, served, world.adb, world.client)
    world.thread.remove(served)


# ---------------------------------------------------------------------- files


def test_files(d: Any, world: World, tmp_path: Path) -> None:
    data = bytes(range(256)) * 900
    assert d.sync.push(io.BytesIO(data), "/sdcard/Download/data.bin", mode=0o644, check=True) == len(data)
    assert world.thread.call(world.served.phone.files.read, "/sdcard/Download/data.bin") == data
    found = d.sync.stat("/sdcard/Download/data.bin")
    assert (stat.S_ISREG(found.mode), found.size) == (True, len(data))
    assert found.mtime is not None
    assert d.sync.exists("/sdcard/Download/data.bin")
    assert d.sync.read_bytes("/sdcard/Download/data.bin") == data
    assert b"".join(d.sync.iter_content("/sdcard/Download/data.bin")) == data
    (tmp_path / "note.txt").write_text("Grüße, 東京")
    d.sync.push(tmp_path / "note.txt", "/sdcard/Download")
    assert d.sync.read_text("/sdcard/Download/note.txt") == "Grüße, 東京"
    assert d.sync.pull("/sdcard/Download/note.txt", tmp_path / "back.txt") == len("Grüße, 東京".encode())
    assert (tmp_path / "back.txt").read_text() == "Grüße, 東京"
    names = {entry.path: entry for entry in d.sync.list("/sdcard/Download")}
    assert {".", "..", "data.bin", "note.txt"} <= set(names)
    assert (names["data.bin"].size, stat.S_ISDIR(names["."].mode)) == (len(data), True)
    d.remove("/sdcard/Download/note.txt")
    assert not d.sync.exists("/sdcard/Download/note.txt")


def test_folders(d: Any, world: World, tmp_path: Path) -> None:
    for name, text in {"a.txt": "one", "deep/b.txt": "three"}.items():
        world.thread.call(world.served.phone.files.write, f"/sdcard/Documents/pulled/{name}", text.encode())
    assert d.sync.pull("/sdcard/Documents/pulled", tmp_path / "all") == 8
    pulled = {str(path.relative_to(tmp_path / "all")): path.read_text() for path in (tmp_path / "all").rglob("*.txt")}
    assert pulled == {"a.txt": "one", "deep/b.txt": "three"}
    d.rmtree("/sdcard/Documents/pulled")
    assert not world.thread.call(world.served.phone.kernel.files.exists, "/sdcard/Documents/pulled/a.txt")
    assert d.sync.list("/sdcard/Documents/pulled") == []


def test_files_that_are_not_there(d: Any, tmp_path: Path) -> None:
    assert d.sync.stat("/sdcard/nothing").mode == 0
    assert not d.sync.exists("/sdcard/nothing")
    with pytest.raises(AdbError, match="No such file or directory"):
        d.sync.read_bytes("/sdcard/nothing")
    with pytest.raises(AdbError):
        d.sync.push(b"x", "/system/app/x")


# ---------------------------------------------------------------------- sockets


async def _upper(reader: Reader, writer: Writer) -> None:
    while data := await reader.read():
        writer.write(data.upper())


@pytest.fixture
def services(world: World) -> Generator[None, None, None]:
    """Two services on the phone that say everything louder."""
    names = ("tcp:7001", "localabstract:loud")

    def change(*, add: bool) -> None:
        for name in names:
            if add:
                world.served.system.services[name] = _upper
            else:
                del world.served.system.services[name]

    world.thread.call(change, add=True)
    yield
    world.thread.call(change, add=False)


def said(connection: socket.socket) -> bytes:
    with connection:
        connection.settimeout(10)
        connection.sendall(b"quiet")
        return connection.recv(100)


def test_connections(d: Any, services: None) -> None:
    assert said(d.create_connection(adbutils.Network.TCP, 7001)) == b"QUIET"
    assert said(d.create_connection(adbutils.Network.LOCAL_ABSTRACT, "loud")) == b"QUIET"
    assert said(d.create_connection(adbutils.Network.UNIX, "loud")) == b"QUIET"
    for network, address in ((adbutils.Network.TCP, 7002), (adbutils.Network.LOCAL_ABSTRACT, "nobody")):
        with pytest.raises(AdbError, match="closed"):
            d.create_connection(network, address)


def test_forwards(d: Any, world: World, services: None) -> None:
    port = d.forward_port(7001)
    assert d.forward_port("tcp:7001") == port
    assert [(f.serial, f.local, f.remote) for f in d.forward_list()] == [(world.served.serial, f"tcp:{port}", "tcp:7001")]
    assert said(socket.create_connection(("127.0.0.1", port))) == b"QUIET"
    d.forward(f"tcp:{(more := free_port())}", "localabstract:loud")
    with pytest.raises(AdbError, match="cannot rebind"):
        d.forward(f"tcp:{more}", "tcp:7001", norebind=True)
    assert said(socket.create_connection(("127.0.0.1", more))) == b"QUIET"
    assert len(world.client.forward_list(world.served.serial)) == 2
    d.forward_remove(f"tcp:{more}")
    with pytest.raises(AdbError, match="not found"):
        d.forward_remove(f"tcp:{more}")
    d.forward_remove(f"tcp:{more}", raise_non_found=False)
    d.forward_remove_all()
    assert d.forward_list() == []


def test_reverses(d: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(connection.recv(100)[::-1])

        thread = threading.Thread(target=answer)
        thread.start()
        d.reverse("tcp:7100", f"tcp:{port}")
        assert [(r.remote, r.local) for r in d.reverse_list()] == [("tcp:7100", f"tcp:{port}")]
        assert said(d.create_connection(adbutils.Network.TCP, 7100)) == b"teiuq"
        thread.join()
    with pytest.raises(AdbError, match="rebind"):
        d.reverse("tcp:7100", "tcp:1", norebind=True)
    d.reverse("localabstract:back", "tcp:1")
    assert len(d.reverse_list()) == 2
    d.reverse_remove("tcp:7100")
    with pytest.raises(AdbError, match="not found"):
        d.reverse_remove("tcp:7100")
    d.reverse_remove_all()
    assert d.reverse_list() == []


# ---------------------------------------------------------------------- log, film, restarts


def test_the_log(d: Any, tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    following = d.logcat(path, clear=True, re_filter="Needle")
    d.shell("log -p w -t Needle 'found it'; log -t Hay stack")
    until(lambda: "found it" in path.read_text())
    following.stop_nowait()
    # The client looks whether to stop when it read another line.
    d.shell("log -t Hay more")
    until(following.is_done)
    (line,) = path.read_text().splitlines()
    assert re.fullmatch(r"\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} W/Needle  ?\( *\d+\): found it", line)


def test_a_film(d: Any, world: World, tmp_path: Path) -> None:
    d.start_recording(str(tmp_path / "film.mp4"))
    assert d.is_recording()
    d.app_start(SETTINGS)
    d.stop_recording()
    assert (tmp_path / "film.mp4").read_bytes()[4:8] == b"ftyp"
    assert not [name for name in d.sync.list("/sdcard") if name.path.endswith(".mp4")]


def test_root(other: World) -> None:
    assert other.device.shell("id -u") == "2000"
    assert other.device.root() == "restarting adbd as root\n"
    until(lambda: not other.served.system.owed_ms and _uid(other) == "0")
    assert other.device.root() == "adbd is already running as root\n"
    assert other.device.shell("ls /data/data") != ""


def _uid(world: World) -> str:
    try:
        world.client.wait_for(world.served.serial, timeout=10)
        return world.device.shell("id -u")
    except AdbError:
        return ""


def test_tcpip(other: World) -> None:
    assert other.device.tcpip(5555) == "restarting in TCP mode port: 5555\n"
    until(lambda: _uid(other) == "2000")


def test_reboot(other: World) -> None:
    other.device.app_start(SETTINGS)
    boot = other.device.shell("cat /proc/sys/kernel/random/boot_id")
    other.device.reboot()
    until(lambda: _uid(other) == "2000")
    assert other.device.shell("cat /proc/sys/kernel/random/boot_id") != boot
    assert other.device.app_current().package == HOME
