"""Real adb binaries against phones of this process: a private adb server, a private home, nothing else of the machine."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.wire.announce import EMULATOR_PORTS
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread, serve_in_thread
from mobilegym.errors import DeviceError

__all__ = ["GENERATIONS", "Adb", "adb_server", "find_adb", "free_pair", "free_port", "serve_emulators"]

GENERATIONS: Final = ("packaged", "wheel")
"""Debian's adb on PATH, and the newer one inside the wheel of `adbutils`."""
_FIRST_PORT: Final = 5600
"""Beyond what any adb server on the machine looks through when it starts."""
TOKEN: Final = "console-token"


def find_adb(generation: str) -> str | None:
    """Path of an adb binary, None where it is not installed."""
    if generation == "packaged":
        return shutil.which("adb")
    spec = importlib.util.find_spec("adbutils")
    if spec is None or spec.origin is None:
        return None
    # `adbutils.adb_path` would prefer what is on PATH.
    path = Path(spec.origin).parent / "binaries" / "adb"
    return str(path) if os.access(path, os.X_OK) else None


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def free_pair() -> int:
    """An even port that adb takes for an emulator's console; nobody listens on it and on the next."""
    for port in EMULATOR_PORTS:
        if port >= _FIRST_PORT:
            with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)), socket.create_server(("127.0.0.1", port + 1)):
                return port
    sys.exit("no pair of ports is free")


@dataclass(frozen=True)
class Adb:
    """One adb binary and its server. Call it with arguments."""

    path: str
    port: int
    home: Path
    serial: str | None = None
    """The phone that commands are for."""

    def of(self, serial: str) -> Adb:
        """The same, for a phone."""
        return replace(self, serial=serial)

    @property
    def environment(self) -> dict[str, str]:
        """What makes a program use this server and this home. Newer servers would look for cables for three seconds."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("ADB", "ANDROID"))}
        chosen = {} if self.serial is None else {"ANDROID_SERIAL": self.serial}
        return {
            **kept, **chosen, "HOME": str(self.home), "ANDROID_USER_HOME": str(self.home / ".android"), "ADB_MDNS": "0",
            "ADB_USB": "0", "ADB_LIBUSB": "0", "ANDROID_ADB_SERVER_PORT": str(self.port), "ADB_LOCAL_TRANSPORT_MAX_PORT": "5555",
        }  # fmt: skip

    def __call__(self, *args: str, stdin: bytes = b"", timeout: float = 30, check: bool = False) -> subprocess.CompletedProcess[str]:
        """Run it; output is text. With `check`, a status other than 0 raises."""
        done = self.raw(*args, stdin=stdin, timeout=timeout, check=check)
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    def raw(
        self, *args: str, stdin: bytes = b"", timeout: float = 30, check: bool = False, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[bytes]:  # fmt: skip
        """Run it; output is bytes."""
        command = [self.path, *args]
        return subprocess.run(command, env=self.environment, input=stdin, capture_output=True, timeout=timeout, check=check, cwd=cwd)

    def start(self, *args: str, stdin: int = subprocess.PIPE, stdout: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
        """Start it and do not wait."""
        command = [self.path, *args]
        return subprocess.Popen(command, env=self.environment, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE)

    def shell(self, script: str) -> str:
        """Standard output of a script on the phone, which must succeed."""
        return self("shell", script, check=True).stdout


@contextmanager
def adb_server(path: str, home: Path) -> Generator[Adb, None, None]:
    """An adb server of this binary on a port of its own, ended by itself."""
    home.mkdir(parents=True, exist_ok=True)
    (home / ".emulator_console_auth_token").write_text(TOKEN)
    adb = Adb(path, free_port(), home)
    # Its daemon keeps what it inherits open: pipes of this process would never end.
    subprocess.run([path, "start-server"], env=adb.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, timeout=30, check=True)  # fmt: skip
    try:
        yield adb
    finally:
        adb("kill-server")


@contextmanager
def serve_emulators(phones: Iterable[VirtualPhone], adb: Adb | None = None) -> Generator[ServerThread, None, None]:
    """Serve phones on pairs of ports that adb takes for emulators, and wait until the adb server has them."""
    token = None if adb is None else adb.home / ".emulator_console_auth_token"
    with serve_in_thread(adb_server=None if adb is None else adb.port, token_file=token) as thread:
        for phone in phones:
            add_emulator(thread, phone)
        if adb is not None:
            for served in thread.phones:
                adb.of(served.serial)("wait-for-device", check=True)
        yield thread


def add_emulator(thread: ServerThread, phone: VirtualPhone) -> ServedPhone:
    """Serve one more on the next free pair."""
    for port in EMULATOR_PORTS:
        if port >= _FIRST_PORT:
            try:
                return thread.add(phone, port=port)
            except DeviceError:
                continue
    sys.exit("no pair of ports is free")
