"""`AdbShell`: a phone's shell through the adb server.

adbutils finds phones, starts the server and connects to it; the streams are read here, since its own waits 10 ms at the end
of every connection.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.android.shell import BOOT_SCRIPT, DEFAULT_TIMEOUT_S, OTHER_PHONE, AndroidShell, Output, guarded
from mobilegym.errors import DeviceError, DeviceLost, MissingPrerequisite, NotFound

if TYPE_CHECKING:
    from adbutils import AdbClient

__all__ = ["AdbShell", "Patience", "adb_client", "adb_error"]

_STDOUT, _STDERR, _EXIT, _STDIN, _CLOSE_STDIN = 1, 2, 3, 0, 4
_CHUNK: Final = 64 * 1024
_CONNECT_TIMEOUT_S: Final = 10.0
_TRIES: Final = 6
"""How often a phone that is away is asked for, over about six seconds."""
_SYNC_TIMEOUT_S: Final = 120.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How a shell waits for a phone that went away; tests give another clock."""

    tries: int = _TRIES
    first_s: float = 0.1
    sleep: Callable[[float], None] = time.sleep


class AdbShell(AndroidShell):
    """The shell of a phone, through the adb server. Each call has its own connection, as with `adb shell`.

    Where the phone is away before a command was taken, it is connected again and asked again, a few times. Where it goes
    away in the middle, or another phone (or the same one, started anew) answers afterwards, it is lost: what it did is
    not known.

    Args:
        serial: The phone's.
        client: The adb server; by default the one of `ANDROID_ADB_SERVER_PORT`.
        timeout_s: For connecting.
        patience: How to wait for a phone that went away.
    """

    def __init__(
        self, serial: str, client: AdbClient | None = None, *, timeout_s: float = _CONNECT_TIMEOUT_S, patience: Patience | None = None
    ) -> None:
        self.serial = serial
        self._client = client or adb_client()
        self._timeout_s = timeout_s
        self._patience = patience or Patience()
        self._closed = False
        self._boot: str | None = None

    def close(self) -> None:
        """From now on the phone counts as lost."""
        self._closed = True

    def forget_boot(self) -> None:
        """The phone is about to be another one, and that is intended."""
        self._boot = None

    # ------------------------------------------------------------------ scripts

    def run(self, script: str, *, stdin: bytes = b"", timeout_s: float = DEFAULT_TIMEOUT_S) -> Output:
        with self._service(f"shell,v2,raw:{guarded(script, self._identity())}", timeout_s) as connection:
            output = _shell_v2(connection, stdin)
        if output.status and output.stdout.startswith(OTHER_PHONE.encode()):
            raise self._other_phone()
        return output

    def exec(self, script: str, *, timeout_s: float = DEFAULT_TIMEOUT_S) -> bytes:
        with self._service(f"exec:{guarded(script, self._identity())}", timeout_s) as connection:
            data = _to_the_end(connection)
        if data.startswith(OTHER_PHONE.encode()):
            raise self._other_phone()
        return data

    def _identity(self) -> str:
        """Which start of which phone this is about; asked for once."""
        if self._boot is None:
            with self._service(f"exec:{BOOT_SCRIPT}", self._timeout_s) as connection:
                self._boot = _to_the_end(connection).decode("utf-8", "replace").strip()
        return self._boot

    def _other_phone(self) -> DeviceLost:
        return DeviceLost(f"{self.serial} was started anew, or is another phone now: its state is gone")

    # ------------------------------------------------------------------ files

    def push(self, path: str, data: bytes) -> None:
        with self._service("sync:", _SYNC_TIMEOUT_S) as connection:
            target = f"{path},{0o100644}".encode()
            parts = [b"SEND" + struct.pack("<I", len(target)) + target]
            for at in range(0, len(data), _CHUNK):
                chunk = data[at : at + _CHUNK]
                parts.append(b"DATA" + struct.pack("<I", len(chunk)) + chunk)
            parts.append(b"DONE" + struct.pack("<I", int(time.time())))
            connection.sendall(b"".join(parts))
            kind, length = struct.unpack("<4sI", _exactly(connection, 8))
            if kind != b"OKAY":
                raise _sync_error(path, _exactly(connection, length) if kind == b"FAIL" else kind)
            connection.sendall(b"QUIT\0\0\0\0")

    def pull(self, path: str) -> bytes:
        with self._service("sync:", _SYNC_TIMEOUT_S) as connection:
            name = path.encode()
            connection.sendall(b"RECV" + struct.pack("<I", len(name)) + name)
            parts: list[bytes] = []
            while True:
                kind, length = struct.unpack("<4sI", _exactly(connection, 8))
                if kind == b"DATA":
                    parts.append(_exactly(connection, length))
                elif kind == b"DONE":
                    connection.sendall(b"QUIT\0\0\0\0")
                    return b"".join(parts)
                else:
                    raise _sync_error(path, _exactly(connection, length) if kind == b"FAIL" else kind)

    # ------------------------------------------------------------------ connecting

    @contextlib.contextmanager
    def _service(self, service: str, timeout_s: float) -> Generator[socket.socket]:
        connection = self._open(service, timeout_s)
        try:
            yield connection
        except TimeoutError as error:
            raise DeviceLost(f"{self.serial} does not answer within {timeout_s:g} s") from error
        except (OSError, EOFError) as error:
            raise DeviceLost(f"{self.serial} went away: {error}") from error
        finally:
            connection.close()

    def _open(self, service: str, timeout_s: float) -> socket.socket:
        """A connection to a service of the phone; connects the phone again where it is away."""
        if self._closed:
            raise DeviceLost("the phone is closed; make a new one")
        pause, problem = self._patience.first_s, ""
        for attempt in range(self._patience.tries):
            try:
                if attempt:
                    self._patience.sleep(pause)
                    pause *= 2
                    self._reconnect()
                return self._transport(service, timeout_s)
            except DeviceLost:
                raise
            except (OSError, EOFError, DeviceError) as error:
                problem = str(error)
        raise DeviceLost(f"{self.serial} does not answer: {problem}")

    def _transport(self, service: str, timeout_s: float) -> socket.socket:
        """Ask the adb server for the phone, and the phone for a service.

        Raises:
            OSError: The adb server is away.
            DeviceError: The server or the phone refuses.
        """
        connection = self._server()
        try:
            connection.settimeout(self._timeout_s)
            _command(connection, f"host:transport:{self.serial}")
            connection.settimeout(timeout_s)
            _command(connection, service)
        except BaseException:
            connection.close()
            raise
        return connection

    def _server(self) -> socket.socket:
        try:
            return self._client.make_connection(timeout=self._timeout_s).conn
        except (adb_error(), OSError) as error:
            raise OSError(f"the adb server does not answer: {error}") from error

    def _reconnect(self) -> None:
        """Let the adb server look for the phone again; over the network it must be told to."""
        host, colon, port = self.serial.rpartition(":")
        with contextlib.suppress(OSError, EOFError, DeviceError, adb_error()):
            if colon and host and port.isdecimal():
                # Connecting alone would say "already connected" to a phone that is not there any more.
                self._client.disconnect(self.serial)
                self._client.connect(self.serial, timeout=self._timeout_s)
            else:
                connection = self._server()
                try:
                    _command(connection, "host:reconnect-offline")
                finally:
                    connection.close()


def adb_client() -> AdbClient:
    """The adb server of this machine, by `ANDROID_ADB_SERVER_HOST` and `ANDROID_ADB_SERVER_PORT`; started where it does not run.

    Raises:
        MissingPrerequisite: adbutils is not installed.
    """
    try:
        import adbutils
    except ImportError as error:
        raise MissingPrerequisite("phones over adb need adbutils: `pip install 'mobilegym[adb]'`") from error
    return adbutils.AdbClient()


def adb_error() -> type[Exception]:
    """The root of adbutils' errors."""
    from adbutils import AdbError

    return AdbError


# ---------------------------------------------------------------------- the wire


def _command(connection: socket.socket, command: str) -> None:
    """Send a request to the adb server and take its OKAY.

    Raises:
        DeviceError: It says FAIL.
        EOFError: It hangs up.
    """
    data = command.encode()
    if len(data) > 0xFFFF:
        raise DeviceError(f"a script of {len(data)} bytes is too long for adb")
    connection.sendall(f"{len(data):04x}".encode() + data)
    answer = _exactly(connection, 4)
    if answer == b"FAIL":
        raise DeviceError(_exactly(connection, int(_exactly(connection, 4), 16)).decode("utf-8", "replace"))
    if answer != b"OKAY":
        raise DeviceError(f"the adb server answers {answer!r}")


def _exactly(connection: socket.socket, count: int) -> bytes:
    parts: list[bytes] = []
    while count:
        part = connection.recv(min(count, 1 << 20))
        if not part:
            raise EOFError("the connection was closed")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _to_the_end(connection: socket.socket) -> bytes:
    parts: list[bytes] = []
    while part := connection.recv(1 << 20):
        parts.append(part)
    return b"".join(parts)


def _shell_v2(connection: socket.socket, stdin: bytes) -> Output:
    """Speak the shell protocol: packets of an id, a length and data."""
    for at in range(0, len(stdin), _CHUNK):
        chunk = stdin[at : at + _CHUNK]
        connection.sendall(struct.pack("<BI", _STDIN, len(chunk)) + chunk)
    connection.sendall(struct.pack("<BI", _CLOSE_STDIN, 0))
    out: dict[int, list[bytes]] = {_STDOUT: [], _STDERR: []}
    while True:
        kind, length = struct.unpack("<BI", _exactly(connection, 5))
        data = _exactly(connection, length)
        if kind == _EXIT:
            return Output(data[0], b"".join(out[_STDOUT]), b"".join(out[_STDERR]))
        if kind in out:
            out[kind].append(data)


def _sync_error(path: str, message: bytes) -> DeviceError:
    text = message.decode("utf-8", "replace")
    if "No such file" in text:
        return NotFound(f"no file `{path}`")
    return DeviceError(f"`{path}`: {text}")
