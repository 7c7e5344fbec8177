"""The emulator's console: text messages, calls, places and snapshots from outside the phone."""

from __future__ import annotations

import contextlib
import re
import socket
from pathlib import Path
from typing import Final

from mobilegym.errors import DeviceError, DeviceLost

__all__ = ["Console"]

_END: Final = re.compile(rb"(?:^|\n)(OK|KO)(?::? ?([^\r\n]*))?\r?\n$")
_TOKEN_FILE: Final = ".emulator_console_auth_token"
_TIMEOUT_S: Final = 120.0
_SERIAL: Final = re.compile(r"emulator-(\d+)")


class Console:
    """A console at `host:port`. Each command has its own connection, as with `adb emu`."""

    def __init__(self, host: str, port: int, *, timeout_s: float = _TIMEOUT_S, token: str | None = None) -> None:
        self._address = (host, port)
        self._timeout_s = timeout_s
        self._token = token

    @classmethod
    def of(cls, serial: str, address: str | None = None) -> Console | None:
        """The console of an emulator by its serial `emulator-5554`, or at `host:port`; None where there is none."""
        if address:
            host, colon, port = address.rpartition(":")
            if not colon or not port.isdecimal():
                raise DeviceError(f"the console's address must be `host:port`, got {address!r}")
            return cls(host or "127.0.0.1", int(port))
        match = _SERIAL.fullmatch(serial)
        return cls("127.0.0.1", int(match.group(1))) if match else None

    def answers(self) -> bool:
        """Whether somebody is there who lets us in."""
        try:
            self.say("ping")
        except DeviceError:
            return False
        return True

    def say(self, command: str) -> str:
        """Give a command and return what it prints, without the closing `OK`.

        Raises:
            DeviceError: The console refuses.
            DeviceLost: Nobody answers.
        """
        if "\n" in command or "\r" in command:
            raise DeviceError("a console command is one line")
        try:
            with socket.create_connection(self._address, timeout=self._timeout_s) as connection:
                greeting = _reply(connection)
                if "Authentication required" in greeting:
                    connection.sendall(f"auth {self._secret()}\r\n".encode())
                    _reply(connection)
                connection.sendall(command.encode() + b"\r\n")
                answer = _reply(connection)
                with contextlib.suppress(OSError):
                    connection.sendall(b"quit\r\n")
                return answer
        except OSError as error:
            raise DeviceLost(f"the emulator's console at {self._address[0]}:{self._address[1]} does not answer: {error}") from error

    def _secret(self) -> str:
        if self._token is not None:
            return self._token
        try:
            return (Path.home() / _TOKEN_FILE).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise DeviceError(f"the emulator's console asks for the token in ~/{_TOKEN_FILE}, which cannot be read: {error}") from error


def _reply(connection: socket.socket) -> str:
    data = b""
    while True:
        chunk = connection.recv(65536)
        if not chunk:
            raise OSError("it closed the connection")
        data += chunk
        if end := _END.search(data):
            break
    body = data[: end.start()].decode("utf-8", "replace").replace("\r\n", "\n").strip("\r\n")
    if end.group(1) == b"KO":
        raise DeviceError(f"the emulator's console refuses: {(end.group(2) or b'').decode('utf-8', 'replace') or body}")
    return body
