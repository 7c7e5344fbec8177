"""`AppiumDevice` on a real Appium server: the same as in process, and a phone or a session that goes away."""

from __future__ import annotations

import random
from collections.abc import Generator
from typing import Any

import pytest

pytest.importorskip("appium", reason="Appium-Python-Client is not installed")

from mobilegym.actions import LongPress, OpenApp, Press, Tap, Type
from mobilegym.emulator.appium import AppiumDevice
from mobilegym.emulator.build import DeviceSpec, build_device
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread, serve_in_thread
from mobilegym.errors import DeviceLost
from mobilegym.observation import Element, Screen
from tests.clients.appium_server import Appium, appium_server, why_no_appium
from tests.clients.harness import adb_server
from tests.conftest import missing
from tests.emulator.android.walks import next_action

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

QUICK = {"skipServerInstallation": True, "skipDeviceInitialization": True}


@pytest.fixture(scope="module")
def appium(any_adb: str, tmp_path_factory: pytest.TempPathFactory) -> Generator[Appium]:
    if why := why_no_appium():
        missing("Appium", why)
    folder = tmp_path_factory.mktemp("appium")
    with adb_server(any_adb, folder / "home") as adb, appium_server(adb, folder) as server:
        yield server


@pytest.fixture
def thread() -> Generator[ServerThread]:
    with serve_in_thread() as serving:
        yield serving


@pytest.fixture
def served(thread: ServerThread, appium: Appium) -> ServedPhone:
    phone = thread.add(VirtualPhone())
    # Ports are used again: what was known of this one is of a phone that is gone.
    appium.adb("disconnect", phone.serial)
    appium.adb("connect", phone.serial, check=True)
    appium.adb.of(phone.serial)("wait-for-device", check=True)
    return phone


@pytest.fixture
def device(served: ServedPhone, appium: Appium) -> Generator[AppiumDevice]:
    with AppiumDevice(appium.url, {**QUICK, "adbPort": appium.adb.port}, serial=served.serial) as device:
        yield device


def seen(screen: Screen) -> tuple[object, ...]:
    """A screen as Appium's page source can tell: a toast has no place there, and a snackbar hangs below its activity's window."""
    nodes: list[Element] = [e._replace(depth=0, index=0) for e in screen.elements]
    return sorted(nodes), screen.activity, screen.clock, screen.width, screen.height, screen.notifications


def state(tree: Any) -> dict[str, str]:
    """Appium leaves three settings behind while it is at work."""
    return {path: value for path, value in tree.items() if "hidden_api_policy" not in path}


def test_a_walk_is_the_same_through_appium(device: AppiumDevice) -> None:
    twin, rng = VirtualPhone(), random.Random(1)
    apps = [manifest.label for manifest in twin.kernel.packages.launchable()]
    for number in range(120):
        action = next_action(rng, twin.observe(), apps)
        assert device.perform(action) == twin.perform(action), (number, action)
        shell = twin.kernel.shell.state
        if not shell.toast or shell.toast_until_ms <= twin.kernel.clock.now_ms:
            assert seen(device.observe()) == seen(twin.observe()), (number, action)
        assert state(device.state_tree()) == state(twin.state_tree()), (number, action)


def test_a_phone_that_goes_away_is_lost(device: AppiumDevice, thread: ServerThread, served: ServedPhone) -> None:
    assert device.perform(OpenApp("Settings")) is None
    thread.remove(served)
    with pytest.raises(DeviceLost):
        device.perform(Tap(0.5, 0.5))
    with pytest.raises(DeviceLost):
        device.observe()


def test_another_phone_at_the_same_place_is_noticed(
    device: AppiumDevice, thread: ServerThread, served: ServedPhone, appium: Appium
) -> None:
    device.perform(Press("home"))
    thread.remove(served)
    thread.add(VirtualPhone(), port=served.adb_port)
    appium.adb("connect", served.serial, check=True)
    with pytest.raises(DeviceLost):
        device.perform(LongPress(0.5, 0.5))


def test_a_session_that_ended_is_begun_anew_for_looking(device: AppiumDevice) -> None:
    device.perform(OpenApp("Settings"))
    before = device.observe()
    device._session._driver.quit()
    assert device._session.source()
    assert seen(device.observe()) == seen(before)


def test_a_session_that_ended_in_the_middle_of_acting_is_lost(device: AppiumDevice) -> None:
    device._session._driver.quit()
    with pytest.raises(DeviceLost):
        device.perform(Press("home"))


def test_without_a_server_it_is_lost() -> None:
    with pytest.raises(DeviceLost, match="gives no session"):
        AppiumDevice("http://127.0.0.1:9")


def test_it_is_built_from_a_spec(served: ServedPhone, appium: Appium) -> None:
    options = {"serial": served.serial, "capabilities": {**QUICK, "adbPort": appium.adb.port}, "plain": True, "reset": "none"}
    with build_device(DeviceSpec(f"appium:{appium.url}", options)) as device:
        assert device.info.serial == served.serial
        assert "journal" not in device.capabilities
        device.reset(seed=0)
        assert device.perform(Type("x")) == "no text field is focused; tap one first"
