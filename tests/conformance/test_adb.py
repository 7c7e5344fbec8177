"""A phone behind adb keeps the rules: a virtual phone, served over the real protocol to a real adb."""

from __future__ import annotations

from collections.abc import Generator

import adbutils
import pytest

from mobilegym.emulator.adb import AdbDevice
from mobilegym.emulator.android.options import AndroidOptions
from mobilegym.emulator.conformance import DeviceConformance
from mobilegym.emulator.device import Device
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread, serve_in_thread
from tests.clients.harness import Adb, adb_server, find_adb
from tests.conftest import missing


class ServedDevice(AdbDevice):
    """Takes its phone off the network when it is closed."""

    def __init__(self, thread: ServerThread, adb: Adb, *, plain: bool) -> None:
        self._thread = thread
        self._served: ServedPhone | None = thread.add(VirtualPhone())
        options = AndroidOptions()
        if plain:
            # As if it were a real emulator, only that nothing is to be waited for.
            options = AndroidOptions(plain=True, console=f"127.0.0.1:{self._served.console_port}", sleep=lambda _: None)
        super().__init__(self._served.serial, options, client=adbutils.AdbClient(port=adb.port))

    def close(self) -> None:
        super().close()
        if self._served is not None:
            self._thread.remove(self._served)
            self._served = None


@pytest.fixture(scope="module")
def adb(tmp_path_factory: pytest.TempPathFactory) -> Generator[Adb]:
    path = find_adb("wheel") or find_adb("packaged")
    if path is None:
        missing("adb", "install the extra `adb`")
        raise AssertionError
    with adb_server(path, tmp_path_factory.mktemp("home")) as server:
        yield server


@pytest.fixture(scope="module")
def thread() -> Generator[ServerThread]:
    with serve_in_thread() as serving:
        yield serving


class TestAdbDevice(DeviceConformance):
    """With what a virtual phone has beyond Android."""

    plain = False

    @pytest.fixture(autouse=True)
    def serving(self, thread: ServerThread, adb: Adb) -> None:
        self._thread, self._adb = thread, adb

    def make_device(self) -> Device:
        return ServedDevice(self._thread, self._adb, plain=self.plain)


@pytest.mark.slow
class TestPlainAdbDevice(TestAdbDevice):
    """With nothing but what every Android emulator has."""

    plain = True
