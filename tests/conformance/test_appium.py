"""A phone behind Appium keeps the rules: a virtual phone, a real Appium server with its real driver."""

from __future__ import annotations

from collections.abc import Generator

import pytest

pytest.importorskip("appium", reason="Appium-Python-Client is not installed")

from mobilegym.emulator.android.options import AndroidOptions
from mobilegym.emulator.appium import AppiumDevice
from mobilegym.emulator.conformance import DeviceConformance
from mobilegym.emulator.device import Device
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread, serve_in_thread
from tests.clients.appium_server import Appium, appium_server, why_no_appium
from tests.clients.harness import adb_server, find_adb
from tests.conftest import missing

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

QUICK = {"skipServerInstallation": True, "skipDeviceInitialization": True}
"""A session in a tenth of a second."""


class ServedDevice(AppiumDevice):
    """Takes its phone off the network when it is closed."""

    def __init__(self, thread: ServerThread, appium: Appium) -> None:
        self._thread = thread
        self._served: ServedPhone | None = thread.add(VirtualPhone())
        serial = self._served.serial
        # Ports are used again: what was known of this one is of a phone that is gone.
        appium.adb("disconnect", serial)
        appium.adb("connect", serial, check=True)
        appium.adb.of(serial)("wait-for-device", check=True)
        super().__init__(appium.url, {**QUICK, "adbPort": appium.adb.port}, serial=serial, options=AndroidOptions())

    def close(self) -> None:
        super().close()
        if self._served is not None:
            self._thread.remove(self._served)
            self._served = None


@pytest.fixture(scope="module")
def appium(tmp_path_factory: pytest.TempPathFactory) -> Generator[Appium]:
    path = find_adb("wheel") or find_adb("packaged")
    if path is None:
        missing("adb", "install the extra `adb`")
        raise AssertionError
    if why := why_no_appium():
        missing("Appium", why)
    folder = tmp_path_factory.mktemp("appium")
    with adb_server(path, folder / "home") as adb, appium_server(adb, folder) as server:
        yield server


@pytest.fixture(scope="module")
def thread() -> Generator[ServerThread]:
    with serve_in_thread() as serving:
        yield serving


class TestAppiumDevice(DeviceConformance):
    """With what a virtual phone has beyond Android."""

    @pytest.fixture(autouse=True)
    def serving(self, thread: ServerThread, appium: Appium) -> None:
        self._thread, self._appium = thread, appium

    def make_device(self) -> Device:
        return ServedDevice(self._thread, self._appium)
