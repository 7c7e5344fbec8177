"""The real adb, two generations of it, against a phone of this process: shells, and the device itself."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
from pathlib import Path

import pytest

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.wire.auth import KeyRing
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread, serve_in_thread
from tests.clients.harness import Adb, add_emulator
from tests.emulator.phone.wire.host import until

# ---------------------------------------------------------------------- which phones there are


def test_the_phone_is_listed(adb: Adb, phone: ServedPhone) -> None:
    listed = adb("devices", "-l").stdout.splitlines()
    line = next(line for line in listed if line.startswith(phone.serial))
    assert re.search(r"device product:sdk_gphone64_x86_64 model:Pixel_7 device:emu64xa transport_id:\d+$", line)


def test_state_serial_and_features(adb: Adb, phone: ServedPhone) -> None:
    assert adb("get-state").stdout == "device\n"
    assert adb("get-serialno").stdout == f"{phone.serial}\n"
    assert {"shell_v2", "cmd", "abb_exec", "stat_v2"} <= set(adb("features").stdout.split())
    assert adb("wait-for-device").returncode == 0
    assert adb("-s", phone.serial, "wait-for-any-device", "shell", "echo here").stdout == "here\n"


def test_another_serial_is_not_found(adb: Adb) -> None:
    done = adb("-s", "emulator-9999", "shell", "true")
    assert done.returncode == 1
    assert "device 'emulator-9999' not found" in done.stderr


# ---------------------------------------------------------------------- shell


@pytest.mark.parametrize(
    ("args", "status", "out", "err"),
    [
        (("echo hi",), 0, "hi\n", ""),
        (("echo", "two  words"), 0, "two words\n", ""),
        (("echo 'two  words'",), 0, "two  words\n", ""),
        (("exit 42",), 42, "", ""),
        (("echo out; echo err >&2; false",), 1, "out\n", "err\n"),
        (("true && echo yes || echo no",), 0, "yes\n", ""),
        (("nosuchprogram",), 127, "", "/system/bin/sh: nosuchprogram: inaccessible or not found\n"),
        (("getprop ro.build.version.sdk",), 0, "34\n", ""),
        (("whoami",), 0, "shell\n", ""),
        (("seq 1 5 | tail -n 2",), 0, "4\n5\n", ""),
        (("wm size",), 0, "Physical size: 1080x2400\n", ""),
        (("settings put system font_scale 1.15; settings get system font_scale",), 0, "1.15\n", ""),
        (("settings delete system font_scale >/dev/null; printf '%s-%s' a b",), 0, "a-b", ""),
        (("[ -e /sdcard/nothing ] && echo there || echo missing",), 0, "missing\n", ""),
        (("-T", "echo raw"), 0, "raw\n", ""),
        (("-n", "cat; echo no stdin"), 0, "no stdin\n", ""),
        (("-t", "-t", "echo on a terminal"), 0, "on a terminal\r\n", ""),
    ],
)
def test_shell(adb: Adb, args: tuple[str, ...], status: int, out: str, err: str) -> None:
    done = adb("shell", *args)
    assert (done.returncode, done.stdout, done.stderr) == (status, out, err)


def test_shell_without_shell_v2_has_no_status(adb: Adb) -> None:
    done = adb("shell", "-x", "echo out; echo err >&2; exit 5")
    assert (done.returncode, done.stdout) == (0, "out\nerr\n")


def test_shell_reads_stdin(adb: Adb) -> None:
    assert adb.raw("shell", "cat", stdin=bytes(range(256)) * 40).stdout == bytes(range(256)) * 40
    assert adb("shell", "wc -c", stdin=b"x" * 1_000_000).stdout.split() == ["1000000"]
    done = adb("shell", stdin=b"echo a script\nexit 3\n")
    assert (done.returncode, done.stdout) == (3, "a script\n")


def test_exec_out_and_exec_in(adb: Adb, phone: ServedPhone, served: ServerThread) -> None:
    served.call(phone.phone.files.write, "/sdcard/bytes", b"\0\r\n\xff")
    assert adb.raw("exec-out", "cat", "/sdcard/bytes").stdout == b"\0\r\n\xff"
    png = adb.raw("exec-out", "screencap", "-p").stdout
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    adb("exec-in", "cat > /sdcard/from-exec-in", stdin=b"bytes\0\xff")
    # adb does not wait for the program, whose file is there before its content.
    files = phone.phone.kernel.files
    until(lambda: served.call(lambda: files.exists("/sdcard/from-exec-in") and files.read("/sdcard/from-exec-in") == b"bytes\0\xff"))


def test_much_output(adb: Adb) -> None:
    assert len(adb("shell", "seq 1 50000").stdout) == len("".join(f"{n}\n" for n in range(1, 50_001)))


def test_a_killed_client_ends_its_program(adb: Adb, phone: ServedPhone, served: ServerThread) -> None:
    def running() -> bool:
        return any("logcat" in process.name for process in served.call(phone.system.processes.all))

    with adb.start("logcat") as client:
        assert client.stdout is not None
        client.stdout.readline()
        until(running)
        client.send_signal(signal.SIGKILL)
        client.communicate()
    until(lambda: not running())


class Terminal:
    """adb in a terminal."""

    def __init__(self, adb: Adb, *args: str) -> None:
        ours, theirs = pty.openpty()
        self.process = subprocess.Popen([adb.path, *args], env=adb.environment, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        self.fd = ours
        self.shown = b""

    def wait(self, text: bytes) -> bytes:
        while text not in self.shown:
            ready, _, _ = select.select([self.fd], [], [], 10)
            assert ready, self.shown
            self.shown += os.read(self.fd, 4096)
        before, _, self.shown = self.shown.partition(text)
        return before + text

    def type(self, keys: bytes) -> None:
        os.write(self.fd, keys)


def test_an_interactive_shell(adb: Adb) -> None:
    terminal = Terminal(adb, "shell")
    try:
        terminal.wait(b"$ ")
        terminal.type(b"echo one$((1+1))\r")
        assert b"one2\r\n" in terminal.wait(b"$ ")
        terminal.type(b"logcat\r")
        terminal.wait(b"beginning")
        terminal.type(b"\x03")
        terminal.wait(b"^C")
        terminal.wait(b"$ ")
        terminal.type(b"exit 6\r")
        assert terminal.process.wait(10) == 6
    finally:
        terminal.process.kill()
        terminal.process.wait()
        os.close(terminal.fd)


# ---------------------------------------------------------------------- the device itself


def test_root_and_back(adb: Adb) -> None:
    assert adb("root").stdout == "restarting adbd as root\n"
    adb("wait-for-device", check=True)
    assert adb.shell("whoami") == "root\n"
    assert adb("root").stdout == "adbd is already running as root\n"
    assert "remount succeeded" in adb("remount").stdout
    assert adb("unroot").stdout == "restarting adbd as non root\n"
    adb("wait-for-device", check=True)
    assert adb.shell("whoami") == "shell\n"


def test_reboot(adb: Adb, phone: ServedPhone, served: ServerThread) -> None:
    served.call(phone.phone.kernel.activities.launch_app, "com.android.settings")
    assert adb("reboot").returncode == 0
    until(lambda: "rebooted" in [entry.name for entry in served.call(phone.phone.journal)])
    adb("wait-for-device", check=True)
    assert served.call(phone.phone.activity).package == phone.phone.kernel.packages.home_package
    assert adb.shell("getprop sys.boot_completed") == "1\n"


def test_the_program_reboots_too(adb: Adb, phone: ServedPhone, served: ServerThread) -> None:
    before = len(served.call(phone.phone.journal))
    adb("shell", "reboot")
    until(lambda: "rebooted" in [entry.name for entry in served.call(phone.phone.journal, before)])
    adb("wait-for-device", check=True)
    assert adb.shell("echo up") == "up\n"


def test_reconnect(adb: Adb) -> None:
    assert adb("reconnect").returncode == 0
    adb("wait-for-device", check=True)
    assert adb.shell("echo back") == "back\n"


def test_logcat(adb: Adb) -> None:
    adb("logcat", "-c", check=True)
    adb.shell("log -t MyTag 'a line of mine'")
    assert re.search(r" I MyTag *: a line of mine", adb("logcat", "-d").stdout)
    assert "a line of mine" in adb("logcat", "-d", "-v", "brief", "-s", "MyTag").stdout
    assert "ring buffer is" in adb("logcat", "-g").stdout


def test_texts_of_the_daemon(adb: Adb) -> None:
    assert "restarting in TCP mode port: 5555" in adb("tcpip", "5555").stdout
    assert "restarting in USB mode" in adb("usb").stdout
    assert adb("jdwp").stdout.strip() == ""
    assert "Verity is already disabled" in adb("disable-verity").stdout


def test_abb(adb: Adb) -> None:
    assert "package:com.android.settings\n" in adb("abb", "package", "list", "packages").stdout


def test_without_a_console_token_nothing_is_asked(adb: Adb, phone: ServedPhone) -> None:
    assert adb("emu", "avd", "name").stdout == "Pixel_7\r\nOK\r\n"
    token = adb.home / ".emulator_console_auth_token"
    kept = token.read_text()
    token.write_text("")
    try:
        # adb takes the first two answers for those to connecting and to `auth`: only one is left out, so nothing is shown.
        assert adb("emu", "avd", "name").returncode == 0
    finally:
        token.write_text(kept)


def test_the_console(adb: Adb, phone: ServedPhone, served: ServerThread) -> None:
    assert adb("emu", "sms", "send", "5551234", "hello", "there").stdout == "OK\r\n"
    assert served.call(phone.phone.content.query, "content://sms/inbox")[0]["body"] == "hello there"
    assert adb("emu", "gsm", "call", "5559876").stdout == "OK\r\n"
    assert "inbound from 5559876      : incoming" in adb("emu", "gsm", "list").stdout
    assert adb("emu", "gsm", "cancel", "5559876").stdout == "OK\r\n"
    assert adb("emu", "geo", "fix", "-122.084", "37.422").stdout == "OK\r\n"
    assert served.call(phone.phone.hardware.location) == (37.422, -122.084)
    assert adb("emu", "nonsense").stdout == "KO: unknown command, try 'help'\r\n"


def test_connect_and_disconnect(bare_adb: Adb, served: ServerThread) -> None:
    other = served.add(VirtualPhone(), console=False)
    try:
        # It was announced: the server has it already.
        assert f"already connected to {other.serial}" in bare_adb("connect", other.serial).stdout
        assert bare_adb.of(other.serial).shell("echo there") == "there\n"
        assert f"disconnected {other.serial}" in bare_adb("disconnect", other.serial).stdout
        assert other.serial not in bare_adb("devices").stdout
        assert f"connected to {other.serial}" in bare_adb("connect", other.serial).stdout
        assert bare_adb.of(other.serial)("root").stdout == "restarting adbd as root\n"
        bare_adb.of(other.serial)("wait-for-device", check=True)
        assert bare_adb.of(other.serial).shell("id -u") == "0\n"
    finally:
        bare_adb("disconnect", other.serial)
        served.remove(other)


def test_a_killed_emulator_is_gone(bare_adb: Adb, served: ServerThread) -> None:
    other = add_emulator(served, VirtualPhone())
    adb = bare_adb.of(other.serial)
    adb("wait-for-device", check=True)
    assert "bye bye" in adb("emu", "kill").stdout
    until(lambda: other.serial not in bare_adb("devices").stdout)


def test_a_hundred_phones_are_listed(bare_adb: Adb) -> None:
    first = VirtualPhone()
    with serve_in_thread(adb_server=bare_adb.port) as served:
        phones = [served.add(first.fork(), console=False) for _ in range(100)]
        until(lambda: bare_adb("devices").stdout.count("\tdevice\n") >= 100)
        listed = bare_adb("devices").stdout
        assert all(f"{phone.serial}\tdevice\n" in listed for phone in phones)
        assert bare_adb.of(phones[77].serial).shell("echo $((6*7))") == "42\n"
    bare_adb("disconnect")


# ---------------------------------------------------------------------- keys


def test_only_known_keys_may_connect(bare_adb: Adb, tmp_path: Path) -> None:
    bare_adb("keygen", str(tmp_path / "key"), check=True)
    ours = bare_adb.home / ".android" / "adbkey.pub"
    with serve_in_thread([VirtualPhone()], keys=KeyRing.read(ours), console=False) as served:
        serial = served.phones[0].serial
        assert f"connected to {serial}" in bare_adb("connect", serial).stdout
        assert bare_adb.of(serial).shell("echo let in") == "let in\n"
        bare_adb("disconnect", serial)
    with serve_in_thread([VirtualPhone()], keys=KeyRing.read(tmp_path / "key.pub"), console=False) as served:
        serial = served.phones[0].serial
        refused = bare_adb("connect", serial)
        assert "failed to" in refused.stdout + refused.stderr
        assert bare_adb.of(serial)("shell", "true").returncode == 1
        bare_adb("disconnect", serial)
