"""`AdbDevice`: a real phone or emulator over adb."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

from mobilegym.emulator.android.adb_shell import AdbShell, adb_client, adb_error
from mobilegym.emulator.android.options import AndroidOptions, read_options
from mobilegym.emulator.android.shell_device import ShellDevice
from mobilegym.errors import DeviceError, DeviceLost

if TYPE_CHECKING:
    from adbutils import AdbClient

__all__ = ["AdbDevice", "open_adb"]

_CONNECT_TIMEOUT_S: Final = 10.0


class AdbDevice(ShellDevice):
    """A phone over adb.

    Args:
        serial: `emulator-5554`, `host:port`, or a phone's own; None for the only one there is.
        options: How it is used.
        client: The adb server.

    Raises:
        DeviceLost: There is no such phone, or it does not answer.
        MissingPrerequisite: adbutils is not installed.
    """

    def __init__(self, serial: str | None = None, options: AndroidOptions | None = None, *, client: AdbClient | None = None) -> None:
        server = client or adb_client()
        serial = serial or _only_device(server)
        _connect(server, serial)
        self._adb = AdbShell(serial, server)
        super().__init__(self._adb, serial, options or AndroidOptions())

    def close(self) -> None:
        if self._states is not None:
            with contextlib.suppress(DeviceError):
                self._states.tidy()
        self._adb.close()


def open_adb(serial: str | None = None, **options: Any) -> AdbDevice:
    """An `AdbDevice` from plain data, as a `DeviceSpec` has it: `serial`, and fields of `AndroidOptions`.

    Raises:
        ContentError: An option is unknown, or has a value of another kind.
    """
    return AdbDevice(serial, read_options(options))


def _only_device(client: AdbClient) -> str:
    try:
        serials = [found.serial for found in client.list() if found.state == "device"]
    except (adb_error(), OSError) as error:
        raise DeviceLost(f"the adb server does not answer: {error}") from error
    if len(serials) != 1:
        found = ", ".join(serials) or "none"
        raise DeviceLost(f"name the phone as `adb:SERIAL`: adb has {found}")
    return serials[0]


def _connect(client: AdbClient, serial: str) -> None:
    """Connect a phone on the network, if the server does not have it yet."""
    host, colon, port = serial.rpartition(":")
    if not (colon and host and port.isdecimal()):
        return
    try:
        if not any(found.serial == serial and found.state == "device" for found in client.list()):
            client.disconnect(serial)
            client.connect(serial, timeout=_CONNECT_TIMEOUT_S)
    except (adb_error(), OSError) as error:
        raise DeviceLost(f"the adb server does not connect to {serial}: {error}") from error
