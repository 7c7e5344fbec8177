"""The real adb, two generations of it: files, ports and apps."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from mobilegym.emulator.phone.shell.streams import Reader, Writer
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread
from tests.clients.harness import Adb
from tests.emulator.phone.shell.apk_builder import build_apk, manifest_of


@contextmanager
def echo_server() -> Generator[int, None, None]:
    """A server of the host that shouts back what it is told; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                with client:
                    while data := client.recv(1000):
                        client.sendall(data.upper())

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield int(listener.getsockname()[1])
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def said(done: subprocess.CompletedProcess[str]) -> str:
    """All that adb said: the newer one reports on standard error."""
    return done.stdout + done.stderr


async def shout(reader: Reader, writer: Writer) -> None:
    """A service of the phone."""
    while data := await reader.read():
        writer.write(data.upper())


# ---------------------------------------------------------------------- files


def test_push_and_pull_a_file(adb: Adb, tmp_path: Path) -> None:
    data = os.urandom(3_333_333)
    (tmp_path / "a.bin").write_bytes(data)
    os.utime(tmp_path / "a.bin", (1_700_000_000, 1_700_000_000))
    assert "1 file pushed" in said(adb("push", str(tmp_path / "a.bin"), "/sdcard/Download/a.bin", check=True))
    assert adb.shell("stat -c '%s %Y' /sdcard/Download/a.bin") == "3333333 1700000000\n"
    assert "1 file pulled" in said(adb("pull", "-a", "/sdcard/Download/a.bin", str(tmp_path / "b.bin"), check=True))
    assert (tmp_path / "b.bin").read_bytes() == data
    assert int((tmp_path / "b.bin").stat().st_mtime) == 1_700_000_000


def test_push_into_a_folder(adb: Adb, tmp_path: Path) -> None:
    for name in ("one.txt", "zwei ü.txt"):
        (tmp_path / name).write_text(name)
    assert adb("push", str(tmp_path / "one.txt"), str(tmp_path / "zwei ü.txt"), "/sdcard/Music/").returncode == 0
    assert adb.shell("ls /sdcard/Music") == "one.txt\nzwei ü.txt\n"
    assert adb.shell("cat '/sdcard/Music/zwei ü.txt'") == "zwei ü.txt"


def test_push_and_pull_a_folder(adb: Adb, tmp_path: Path) -> None:
    (tmp_path / "up" / "deep").mkdir(parents=True)
    for number in range(20):
        (tmp_path / "up" / "deep" / f"{number}.txt").write_text(str(number))
    (tmp_path / "up" / "empty.txt").write_text("")
    assert "21 files pushed" in said(adb("push", str(tmp_path / "up"), "/sdcard/tree", check=True))
    assert "21 files pulled" in said(adb("pull", "/sdcard/tree", str(tmp_path / "down"), check=True))
    assert sorted(p.name for p in (tmp_path / "down").rglob("*.txt")) == sorted(p.name for p in (tmp_path / "up").rglob("*.txt"))
    assert (tmp_path / "down" / "deep" / "7.txt").read_text() == "7"


def test_push_sync_sends_only_what_changed(adb: Adb, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    assert "1 file pushed, 0 skipped" in said(adb("push", "--sync", str(tmp_path / "x.txt"), "/sdcard/x.txt"))
    assert "0 files pushed, 1 skipped" in said(adb("push", "--sync", str(tmp_path / "x.txt"), "/sdcard/x.txt"))


def test_push_and_pull_fail_as_on_android(adb: Adb, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    refused = adb("push", str(tmp_path / "x.txt"), "/system/x.txt")
    assert refused.returncode == 1
    assert "Read-only file system" in said(refused)
    missing = adb("pull", "/sdcard/none", str(tmp_path / "y"))
    assert missing.returncode == 1
    assert "failed to stat remote object '/sdcard/none': No such file or directory" in said(missing)
    denied = adb("pull", "/data/data/com.android.settings", str(tmp_path / "z"))
    assert "1 file pulled" not in said(denied)


def test_ls(adb: Adb) -> None:
    lines = adb("ls", "/sdcard").stdout.splitlines()
    assert all(re.fullmatch(r"[0-9a-f]{8} [0-9a-f]{8} [0-9a-f]{8} .+", line) for line in lines)
    assert {"Download", "DCIM"} <= {line.split(" ", 3)[3] for line in lines}


# ---------------------------------------------------------------------- ports


def test_forward(adb: Adb, phone: ServedPhone, served: ServerThread) -> None:
    served.call(phone.system.services.__setitem__, "tcp:4000", shout)
    served.call(phone.system.services.__setitem__, "localabstract:shout", shout)
    for target in ("tcp:4000", "localabstract:shout"):
        port = int(adb("forward", "tcp:0", target, check=True).stdout)
        assert f"{phone.serial} tcp:{port} {target}" in adb("forward", "--list").stdout
        with socket.create_connection(("127.0.0.1", port), 5) as client:
            client.sendall(b"hello")
            assert client.recv(10) == b"HELLO"
        assert adb("forward", "--no-rebind", f"tcp:{port}", "tcp:1").returncode == 1
        assert adb("forward", "--remove", f"tcp:{port}").returncode == 0
    port = int(adb("forward", "tcp:0", "tcp:4001", check=True).stdout)
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        assert client.recv(10) == b""
    assert adb("forward", "--remove-all").returncode == 0
    assert adb("forward", "--list").stdout.strip() == ""


def test_reverse(adb: Adb, phone: ServedPhone, served: ServerThread) -> None:
    with echo_server() as port:
        assert adb("reverse", "tcp:9100", f"tcp:{port}").returncode == 0
        chosen = int(adb("reverse", "tcp:0", f"tcp:{port}", check=True).stdout)
        listed = adb("reverse", "--list").stdout
        assert f" tcp:9100 tcp:{port}\n" in listed
        assert f" tcp:{chosen} tcp:{port}\n" in listed
        assert adb("reverse", "--no-rebind", "tcp:9100", "tcp:1").returncode == 1
        # From the host through the phone and back to the host.
        way = int(adb("forward", "tcp:0", "tcp:9100", check=True).stdout)
        with socket.create_connection(("127.0.0.1", way), 5) as client:
            client.sendall(b"around")
            assert client.recv(10) == b"AROUND"
    assert adb("reverse", "--remove", "tcp:9100").returncode == 0
    assert adb("reverse", "--remove", "tcp:9100").returncode == 1
    assert adb("reverse", "--remove-all").returncode == 0
    assert adb("reverse", "--list").stdout.strip() == ""
    assert "tcp:9100" not in served.call(lambda: set(phone.system.services))


# ---------------------------------------------------------------------- apps


def test_install_and_uninstall(adb: Adb, tmp_path: Path) -> None:
    apk = tmp_path / "some.apk"
    apk.write_bytes(build_apk(manifest_of("org.example.some", version=3)))
    assert "Success" in adb("install", str(apk), check=True).stdout
    assert "package:org.example.some\n" in adb.shell("pm list packages")
    assert "Success" in adb("install", "-r", "-g", "--no-streaming", str(apk), check=True).stdout
    assert adb("uninstall", "org.example.some").stdout.strip() == "Success"
    assert "org.example.some" not in adb.shell("pm list packages")
    gone = adb("uninstall", "org.example.some")
    assert gone.returncode == 1
    assert "Failure [DELETE_FAILED_INTERNAL_ERROR]" in gone.stdout


def test_what_is_no_apk_is_not_installed(adb: Adb, tmp_path: Path) -> None:
    apk = tmp_path / "bad.apk"
    apk.write_bytes(b"no zip at all")
    done = adb("install", str(apk))
    assert done.returncode == 1
    assert "INSTALL_PARSE_FAILED_NOT_APK" in said(done)


def test_install_multiple(adb: Adb, tmp_path: Path) -> None:
    base = tmp_path / "base.apk"
    base.write_bytes(build_apk(manifest_of("org.example.split")))
    part = tmp_path / "part.apk"
    part.write_bytes(build_apk(manifest_of("org.example.split", split="config.en")))
    done = adb("install-multiple", str(base), str(part))
    assert (done.returncode, "Success" in done.stdout) == (0, True), done
    assert adb("uninstall", "org.example.split").stdout.strip() == "Success"
