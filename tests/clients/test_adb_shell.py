"""The Python package adb_shell, unmodified: it speaks to a phone directly, without an adb server, and in adb's oldest way."""

from __future__ import annotations

import asyncio
import io
import stat
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

pytest.importorskip("adb_shell", reason="adb_shell is not installed")

from adb_shell.adb_device import AdbDeviceTcp
from adb_shell.auth import keygen, sign_pythonrsa
from adb_shell.exceptions import AdbCommandFailureException, AdbTimeoutError, DeviceAuthError, PushFailedError, TcpTimeoutException

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.wire.auth import KeyRing
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread, serve_in_thread
from tests.emulator.phone.wire.host import until

# Its sockets are left to the garbage collector where a connection fails.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
SETTINGS = "com.android.settings"


@dataclass
class World:
    """A phone that no adb server knows of."""

    thread: ServerThread
    served: ServedPhone

    def dial(self) -> Any:
        """A client of it, connected."""
        device: Any = AdbDeviceTcp("127.0.0.1", self.served.adb_port, default_transport_timeout_s=10.0)
        assert device.connect(rsa_keys=[], auth_timeout_s=0.1)
        return device


@pytest.fixture(scope="module")
def thread() -> Generator[ServerThread, None, None]:
    with serve_in_thread() as thread:
        yield thread


@pytest.fixture(scope="module")
def world(thread: ServerThread) -> World:
    return World(thread, thread.add(VirtualPhone()))


@pytest.fixture
def d(world: World) -> Generator[Any, None, None]:
    device = world.dial()
    yield device
    device.close()


def test_connecting(world: World) -> None:
    device = world.dial()
    assert device.available
    assert 4096 <= device.max_chunk_size <= 1024 * 1024
    device.close()
    assert not device.available
    assert device.connect()
    assert device.shell("echo again") == "again\n"
    device.close()


def test_shell(d: Any) -> None:
    assert d.shell("echo out; echo err >&2") == "out\nerr\n"
    assert d.shell("printf '\\377\\000'", decode=False) == b"\xff\0"
    assert d.shell("true") == ""
    assert d.shell("nosuchprogram; echo $?").endswith("not found\n127\n")
    assert d.shell("getprop ro.product.model") == "Pixel 7\n"


def test_what_is_long_comes_whole(d: Any) -> None:
    assert d.shell("seq 1 60000") == "".join(f"{n}\n" for n in range(1, 60_001))
    assert len(d.exec_out("head -c 3000000 /dev/zero", decode=False)) == 3_000_000
    assert d.shell(f"echo {'x' * 3000}") == "x" * 3000 + "\n"


def test_streaming(d: Any) -> None:
    pieces = list(d.streaming_shell("echo one; sleep 1; echo two"))
    assert "".join(pieces) == "one\ntwo\n"
    raw = b"".join(d.streaming_shell("screencap -p", decode=False))
    assert raw == d.exec_out("screencap -p", decode=False)
    assert raw.startswith(b"\x89PNG\r\n\x1a\n")
    log = d.streaming_shell("logcat -v brief")
    assert "beginning of" in next(log)
    log.close()
    # What the abandoned stream still sends is thrown away.
    assert d.shell("echo alive") == "alive\n"


def test_acting(d: Any, world: World) -> None:
    d.shell(f"am start -n {SETTINGS}/.Settings")
    assert world.thread.call(lambda: world.served.phone.activity().package) == SETTINGS
    d.shell("input keyevent HOME")
    assert world.thread.call(lambda: world.served.phone.kernel.activities.at_home)


@pytest.mark.parametrize("size", [0, 1, 4096, 65_536, 700_001])
def test_files(d: Any, world: World, tmp_path: Path, size: int) -> None:
    data = bytes(i * 7 % 251 for i in range(size))
    (tmp_path / "there").write_bytes(data)
    progress: list[int] = []

    def note(_path: str, done: int, _total: int) -> None:
        progress.append(done)

    d.push(str(tmp_path / "there"), "/sdcard/Download/file", mtime=1_700_000_000, progress_callback=note)
    assert world.thread.call(world.served.phone.files.read, "/sdcard/Download/file") == data
    mode, length, mtime = d.stat("/sdcard/Download/file")
    assert (stat.S_ISREG(mode), length, mtime) == (True, size, 1_700_000_000)
    d.pull("/sdcard/Download/file", str(tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() == data
    into = io.BytesIO()
    d.pull("/sdcard/Download/file", into)
    assert into.getvalue() == data
    assert sum(progress) == size


def test_a_folder_is_pushed_and_listed(d: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("one.txt", "two.txt"):
        (tmp_path / "folder" / name).write_text(name)
    # The client looks for the files of a folder in its own working directory.
    monkeypatch.chdir(tmp_path / "folder")
    d.push(str(tmp_path / "folder"), "/sdcard/Documents/pushed")
    found = {entry.filename.decode(): entry for entry in d.list("/sdcard/Documents/pushed")}
    assert {".", ".."} < set(found)
    assert {name: entry.size for name, entry in found.items() if stat.S_ISREG(entry.mode)} == {"one.txt": 7, "two.txt": 7}
    assert stat.S_ISDIR(d.stat("/sdcard/Documents/pushed")[0])
    assert d.shell("rm -r /sdcard/Documents/pushed; ls /sdcard/Documents/pushed") == (
        "ls: /sdcard/Documents/pushed: No such file or directory\n"
    )


def test_what_is_not_there(d: Any) -> None:
    assert d.stat("/sdcard/nothing") == (0, 0, 0)
    assert d.list("/sdcard/nothing") == []
    with pytest.raises(AdbCommandFailureException, match="No such file or directory"):
        d.pull("/sdcard/nothing", io.BytesIO())
    with pytest.raises((PushFailedError, AdbCommandFailureException)):
        d.push(io.BytesIO(b"x"), "/system/app/x")
    assert d.shell("echo alive") == "alive\n"


def test_root_and_reboot(thread: ServerThread) -> None:
    other = World(thread, thread.add(VirtualPhone()))
    device = other.dial()
    assert device.shell("id -u") == "2000\n"
    device.root()
    device.close()
    until(lambda: answers(other, "id -u") == "0\n")
    boot = answers(other, "cat /proc/sys/kernel/random/boot_id")
    device = other.dial()
    device.reboot()
    device.close()
    until(lambda: answers(other, "cat /proc/sys/kernel/random/boot_id") not in {"", boot})
    thread.remove(other.served)


def answers(world: World, script: str) -> str:
    """What a script says; nothing while the phone restarts."""
    try:
        device = world.dial()
    except (OSError, TcpTimeoutException):
        return ""
    try:
        return str(device.shell(script))
    except OSError:
        return ""
    finally:
        device.close()


def test_keys(tmp_path: Path) -> None:
    make, signer = cast("Any", keygen), cast("Any", sign_pythonrsa)
    for name in ("friend", "stranger"):
        make.keygen(str(tmp_path / name))
    friend, stranger = (signer.PythonRSASigner.FromRSAKeyPath(str(tmp_path / name)) for name in ("friend", "stranger"))
    with serve_in_thread([VirtualPhone()], keys=KeyRing.read(tmp_path / "friend.pub")) as served:
        port = served.phones[0].adb_port
        device: Any = AdbDeviceTcp("127.0.0.1", port, default_transport_timeout_s=2.0)
        # Any of the keys will do.
        assert device.connect(rsa_keys=[stranger, friend], auth_timeout_s=2)
        assert device.shell("echo in") == "in\n"
        device.close()
        with pytest.raises(DeviceAuthError):
            device.connect(rsa_keys=[])
        with pytest.raises(AdbTimeoutError):
            device.connect(rsa_keys=[stranger], auth_timeout_s=0.3, read_timeout_s=0.3)
        device.close()


def test_many_at_once(world: World) -> None:
    devices = [world.dial() for _ in range(5)]
    streams = [device.streaming_shell(f"for i in 1 2 3; do echo {n} $i; done") for n, device in enumerate(devices)]
    assert ["".join(stream) for stream in streams] == [f"{n} 1\n{n} 2\n{n} 3\n" for n in range(5)]
    for device in devices:
        device.close()


# ---------------------------------------------------------------------- asynchronous


async def _use(port: int, folder: Path) -> dict[str, Any]:
    from adb_shell.adb_device_async import AdbDeviceTcpAsync

    device: Any = AdbDeviceTcpAsync("127.0.0.1", port, default_transport_timeout_s=10.0)
    await device.connect(rsa_keys=[])
    (folder / "a").write_bytes(b"async" * 50_000)
    await device.push(str(folder / "a"), "/sdcard/Download/a")
    await device.pull("/sdcard/Download/a", str(folder / "b"))
    found = {
        "shell": await device.shell("echo a; exit 4"),
        "exec": await device.exec_out("printf '\\377'", decode=False),
        "stream": [line async for line in device.streaming_shell("seq 1 3")],
        "stat": await device.stat("/sdcard/Download/a"),
        "list": sorted(entry.filename for entry in await device.list("/sdcard/Download")),
        "back": (folder / "b").read_bytes(),
    }
    await device.close()
    return found


def test_asynchronously(world: World, tmp_path: Path) -> None:
    pytest.importorskip("aiofiles", reason="adb-shell[async] is not installed")
    pytest.importorskip("async_timeout", reason="adb-shell[async] is not installed")
    found = asyncio.run(_use(world.served.adb_port, tmp_path))
    assert found["shell"] == "a\n"
    assert found["exec"] == b"\xff"
    assert "".join(found["stream"]) == "1\n2\n3\n"
    assert found["stat"][1] == 250_000
    assert b"a" in found["list"]
    assert found["back"] == b"async" * 50_000
