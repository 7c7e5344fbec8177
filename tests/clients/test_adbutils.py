"""The Python package adbutils, unmodified, against a virtual phone: what it reads is what the phone is, what it does happens."""

from __future__ import annotations

import datetime
import re
from collections.abc import Generator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

pytest.importorskip("adbutils", reason="adbutils is not installed")

import adbutils
from adbutils.errors import AdbError, AdbInstallError

from mobilegym.emulator.phone import VirtualPhone
from tests.clients.adbutils_world import World
from tests.clients.harness import adb_server, add_emulator, free_port, serve_emulators
from tests.emulator.phone.shell.apk_builder import build_apk, manifest_of

# The client leaves sockets to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
SETTINGS = "com.android.settings"
HOME = "com.google.android.apps.nexuslauncher"
DEMO = "com.example.demo"


@pytest.fixture(scope="module")
def world(any_adb: str, tmp_path_factory: pytest.TempPathFactory) -> Generator[World, None, None]:
    with adb_server(any_adb, tmp_path_factory.mktemp("adbutils") / "home") as adb, serve_emulators([VirtualPhone()], adb) as thread:
        yield World(thread, thread.phones[0], adb, adbutils.AdbClient("127.0.0.1", adb.port))


@pytest.fixture
def d(world: World) -> Any:
    """A client of the phone, which shows its home screen."""
    world.ask(lambda kernel: kernel.activities.force_stop(SETTINGS))
    world.ask(lambda kernel: kernel.shell.home())
    return world.device


# ---------------------------------------------------------------------- the client


def test_devices(world: World) -> None:
    assert world.client.server_version() >= 41
    (found,) = world.client.list()
    assert (found.serial, found.state) == (world.served.serial, "device")
    (found,) = world.client.list(extended=True)
    assert {key: found.tags[key] for key in ("product", "model", "device")} == {
        "product": "sdk_gphone64_x86_64",
        "model": "Pixel_7",
        "device": "emu64xa",
    }
    (device,) = world.client.device_list()
    assert device.serial == world.served.serial
    assert world.client.device(transport_id=found.transport_id).shell("echo here") == "here"
    with pytest.raises(AdbError, match="not found"):
        world.client.device("emulator-9998").shell("true")


def test_connect_and_disconnect(world: World) -> None:
    served = world.thread.add(VirtualPhone())
    try:
        # An adb server that was told of it connects by itself; it is told by nobody else.
        address = f"127.0.0.1:{served.adb_port}"
        assert world.client.connect(address, timeout=10) in {f"connected to {address}", f"already connected to {address}"}
        assert world.client.connect(address) == f"already connected to {address}"
        device = world.client.device(address)
        assert device.shell("echo here") == "here"
        assert world.client.disconnect(address, raise_error=True) == f"disconnected {address}"
        with pytest.raises(AdbError, match="no such device"):
            world.client.disconnect(address, raise_error=True)
        assert world.client.disconnect(address) is None
    finally:
        world.thread.remove(served)
    assert "failed to connect" in world.client.connect(f"127.0.0.1:{free_port()}")


def test_devices_are_tracked(world: World) -> None:
    events = world.client.track_devices()
    first = next(events)
    assert (first.present, first.serial, first.status) == (True, world.served.serial, "device")
    served = add_emulator(world.thread, VirtualPhone())
    came = next(event for event in events if event.status == "device")
    assert came.serial == served.serial
    world.thread.remove(served)
    left = next(event for event in events if event.status == "absent" and event.serial == served.serial)
    assert not left.present
    events.close()


def test_facts(d: Any, world: World) -> None:
    assert d.get_state() == "device"
    assert d.get_serialno() == world.served.serial
    assert d.get_devpath() == "unknown"
    assert {"shell_v2", "cmd", "stat_v2", "ls_v2", "abb_exec"} <= set(d.get_features().split(","))
    assert d.info == {"serialno": world.served.serial, "devpath": "unknown", "state": "device"}
    assert repr(d) == f"AdbDevice(serial={world.served.serial})"


# ---------------------------------------------------------------------- shells


def test_shell(d: Any) -> None:
    assert d.shell("echo a; echo b >&2") == "a\nb"
    assert d.shell(["echo", "two  words", "it's"]) == "two  words it's"
    assert d.shell("printf 'a\\n\\n'", rstrip=False) == "a\n\n"
    assert d.shell("printf '\\377\\000'", encoding=None) == b"\xff\0"
    assert d.shell("ls -d /sdcard/Download | grep Down") == "/sdcard/Download"
    with d.shell("cat", stream=True) as stream:
        stream.send(b"typed\n")
        assert stream.read(6) == b"typed\n"


def test_shell2(d: Any) -> None:
    one = d.shell2("echo out; echo err >&2; exit 3", v2=True)
    assert (one.returncode, one.stdout, one.stderr) == (3, "out\n", "err\n")
    assert sorted(one.output.splitlines()) == ["err", "out"]
    two = d.shell2(["ls", "/nothing"], rstrip=True)
    assert (two.returncode, two.output) == (1, "ls: /nothing: No such file or directory")
    assert d.shell2("cat /dev/zero | head -c 3", encoding=None).output == b"\0\0\0"
    assert d.shell2("nosuchprogram").returncode == 127


def test_open_transport(d: Any) -> None:
    with d.open_transport() as c:
        c.send_command("exec:echo raw")
        c.check_okay()
        assert c.read_until_close() == "raw\n"
    with d.open_transport("get-state") as c:
        assert c.read_string_block() == "device"
    with d.open_transport() as c:
        c.send_command("nosuchservice:")
        with pytest.raises(AdbError, match="closed"):
            c.check_okay()


def test_properties(d: Any) -> None:
    assert (d.prop.name, d.prop.model, d.prop.device) == ("sdk_gphone64_x86_64", "Pixel 7", "emu64xa")
    assert str(d.prop) == "product:sdk_gphone64_x86_64 model:Pixel 7 device:emu64xa"
    assert d.prop.get("ro.build.version.sdk") == "34"
    assert d.getprop("ro.build.version.release") == "14"
    assert d.getprop("no.such.property") == ""


# ---------------------------------------------------------------------- screen and input


def test_the_screen(d: Any, world: World) -> None:
    assert d.window_size() == (1080, 2400)
    assert d.window_size(landscape=True) == (2400, 1080)
    assert d.rotation() == 0
    assert np.array_equal(np.asarray(d.screenshot()), world.pixels)
    assert np.array_equal(np.asarray(d.screenshot(display_id=0, error_ok=False)), world.pixels)
    raw = d.framebuffer()
    assert raw.mode == "RGBA"
    assert np.array_equal(np.asarray(raw)[:, :, :3], world.pixels)
    with pytest.raises(AdbError, match="Invalid display_id"):
        d.screenshot(display_id=3)


def test_landscape(d: Any, world: World) -> None:
    d.app_start(SETTINGS)
    world.ask(lambda kernel: kernel.settings.put("system", "user_rotation", "1"))
    try:
        assert d.rotation() == world.ask(lambda kernel: kernel.hardware.rotation) == 1
        assert d.window_size() == (2400, 1080)
        assert d.screenshot().size == (2400, 1080)
    finally:
        world.ask(lambda kernel: kernel.settings.put("system", "user_rotation", "0"))
    assert d.rotation() == 0


def test_the_screen_is_switched(d: Any, world: World) -> None:
    assert d.is_screen_on()
    d.switch_screen(False)
    assert (d.is_screen_on(), world.ask(lambda kernel: kernel.hardware.screen_on)) == (False, False)
    d.switch_screen(True)
    assert (d.is_screen_on(), world.ask(lambda kernel: kernel.hardware.screen_on)) == (True, True)
    world.ask(lambda kernel: kernel.shell.unlock())


def nodes(d: Any) -> list[dict[str, str]]:
    return [dict(node.attrib) for node in ElementTree.fromstring(d.dump_hierarchy()).iter("node")]


def middle(bounds: str) -> tuple[int, int]:
    left, top, right, bottom = map(int, re.findall(r"-?\d+", bounds))
    return (left + right) // 2, (top + bottom) // 2


def test_the_hierarchy_and_a_tap(d: Any, world: World) -> None:
    d.app_start(SETTINGS)
    texts = [node["text"] for node in nodes(d) if node["text"]]
    screen = world.thread.call(world.served.phone.observe)
    assert texts == [e.text for e in screen.elements if e.text and e.bounds.top > world.ask(lambda kernel: kernel.ui.status_bar)]
    label = next(node for node in nodes(d) if node["text"] == "Battery")
    d.click(*middle(label["bounds"]))
    assert world.ask(lambda kernel: kernel.activities.ref()).activity != ".Settings"
    assert "Battery Saver" in {node["text"] for node in nodes(d)}
    d.keyevent("BACK")
    assert [node["text"] for node in nodes(d) if node["text"]] == texts


def test_fractions_swipes_and_drags(d: Any, world: World) -> None:
    d.app_start(SETTINGS)
    top = nodes(d)
    d.swipe(0.5, 0.8, 0.5, 0.3, 0.4)
    assert nodes(d) != top
    d.swipe(540, 700, 540, 2000, 0.4)
    assert nodes(d) == top
    d.drag(540, 1900, 540, 800, 0.5)
    dragged = nodes(d)
    assert {node["text"] for node in dragged}
    # The lower edge is the way home.
    d.keyevent(3)
    d.app_start(SETTINGS)
    d.swipe(0.5, 0.999, 0.5, 0.5, 0.1)
    assert world.ask(lambda kernel: kernel.activities.at_home)


def test_text_is_typed(d: Any, world: World) -> None:
    d.app_start(SETTINGS)
    d.click(*middle(next(node for node in nodes(d) if node["text"].startswith("Search"))["bounds"]))
    assert world.ask(lambda kernel: kernel.ime.shown)
    d.send_keys("two words & (more)")
    field = world.ask(lambda kernel: kernel.ime.surface())
    assert field is not None
    assert world.thread.call(lambda: field.field(field.focus)) == "two words & (more)"
    assert "two words & (more)" in [node["text"] for node in nodes(d)]
    d.keyevent(67)
    assert world.thread.call(lambda: field.field(field.focus)) == "two words & (more"
    d.app_stop(SETTINGS)


@pytest.mark.slow
def test_volume(d: Any, world: World) -> None:
    def volume() -> int:
        return world.ask(lambda kernel: kernel.hardware.volume("media"))

    before = volume()
    d.volume_down(2)
    assert volume() == before - 2
    d.volume_up()
    assert volume() == before - 1
    d.volume_mute()
    assert volume() == 0


# ---------------------------------------------------------------------- settings and radios


def test_brightness(d: Any, world: World) -> None:
    d.brightness_value = 200
    assert d.brightness_value == world.ask(lambda kernel: kernel.hardware.brightness) == 200
    d.brightness_mode = adbutils.BrightnessMode.AUTO
    assert d.brightness_mode is adbutils.BrightnessMode.AUTO
    assert world.ask(lambda kernel: kernel.settings.get("system", "screen_brightness_mode")) == "1"
    d.brightness_mode = adbutils.BrightnessMode.MANUAL
    assert d.brightness_mode is adbutils.BrightnessMode.MANUAL


def test_battery(d: Any, world: World) -> None:
    world.ask(lambda kernel: kernel.hardware.set_battery(level=37, charging=True))
    one = d.battery()
    assert (one.level, one.scale, one.status, one.health, one.present, one.technology) == (37, 100, 2, 2, True, "Li-ion")
    assert (one.ac_powered or one.usb_powered, one.wireless_powered, one.temperature, one.voltage) == (True, False, 25.0, one.voltage)
    world.ask(lambda kernel: kernel.hardware.set_battery(level=100, charging=False))
    two = d.battery()
    assert (two.level, two.ac_powered, two.usb_powered, two.status) == (100, False, False, 3)


def test_radios(d: Any, world: World) -> None:
    assert d.wlan_ip() == "10.0.2.16"
    d.switch_wifi(False)
    assert not world.ask(lambda kernel: kernel.hardware.wifi_on)
    # What is left is the emulator's cable.
    assert d.wlan_ip() == "10.0.2.15"
    d.switch_wifi(True)
    assert world.ask(lambda kernel: kernel.hardware.wifi()) is not None
    assert d.wlan_ip() == "10.0.2.16"
    d.switch_airplane(True)
    assert world.ask(lambda kernel: kernel.hardware.airplane)
    assert d.shell("settings get global airplane_mode_on") == "1"
    d.switch_airplane(False)
    assert not world.ask(lambda kernel: kernel.hardware.airplane)


# ---------------------------------------------------------------------- apps


def test_apps_start_and_stop(d: Any, world: World) -> None:
    for activity in (None, ".Settings"):
        d.app_start(SETTINGS, activity)
        assert world.ask(lambda kernel: kernel.activities.ref()).package == SETTINGS
        current = d.app_current()
        assert (current.package, current.activity) == (SETTINGS, ".Settings")
        assert current.pid == int(d.shell(["pidof", SETTINGS]))
        d.app_stop(SETTINGS)
        assert d.app_current().package == HOME
        assert not world.ask(lambda kernel: kernel.activities.running(SETTINGS))
        assert d.shell(["pidof", SETTINGS]) == ""


def test_a_link_that_no_app_opens(d: Any) -> None:
    d.open_browser("example.com")
    assert d.app_current().package == HOME
    assert "unable to resolve Intent" in d.shell("am start -a android.intent.action.VIEW -d https://example.com")


def test_packages(d: Any, world: World) -> None:
    names = d.list_packages()
    assert names == sorted(world.ask(lambda kernel: kernel.packages.names()))
    assert {*d.list_packages(["-3"]), *d.list_packages(["-s"])} == set(names)
    assert not {*d.list_packages(["-3"])} & {*d.list_packages(["-s"])}
    assert d.list_packages(["-d"]) == []


def test_what_is_known_of_an_app(d: Any, world: World) -> None:
    info = d.app_info(SETTINGS)
    manifest = world.ask(lambda kernel: kernel.packages.manifest(SETTINGS))
    assert (info.package_name, info.version_name, info.version_code) == (SETTINGS, manifest.version, 34)
    assert info.path == world.ask(lambda kernel: kernel.packages.code_path(SETTINGS))
    assert "SYSTEM" in info.flags
    assert info.first_install_time == info.last_update_time == datetime.datetime(2026, 3, 11, 9, 30)  # noqa: DTZ001 (as the client reads it)
    assert info.sub_apk_paths == []
    assert d.package_info(SETTINGS)["version_code"] == info.version_code
    assert d.app_info("com.example.nothing") is None


def apk(folder: Path, version: int) -> Path:
    path = folder / f"demo{version}.apk"
    path.write_bytes(build_apk(manifest_of(DEMO, version=version, label="Demo")))
    return path


def test_installing(d: Any, world: World, tmp_path: Path) -> None:
    seen: list[str] = []
    d.install(apk(tmp_path, 2), silent=True, nolaunch=True, callback=seen.append)
    assert seen == ["BEFORE_INSTALL", "FINALLY"]
    info = d.app_info(DEMO)
    assert (info.version_code, info.version_name) == (2, "2.0")
    assert d.sync.read_bytes(info.path) == (tmp_path / "demo2.apk").read_bytes()
    assert d.list_packages(["-3"]).count(DEMO) == 1
    assert not d.sync.exists("/data/local/tmp/unknown.apk")
    d.app_start(DEMO)
    assert world.ask(lambda kernel: kernel.activities.ref()).package == DEMO
    with pytest.raises(AdbInstallError, match="INSTALL_FAILED_VERSION_DOWNGRADE"):
        d.install(apk(tmp_path, 1), silent=True, nolaunch=True)
    d.app_clear(DEMO)
    assert not world.ask(lambda kernel: kernel.activities.running(DEMO))
    assert d.uninstall(DEMO) == "Success"
    assert world.ask(lambda kernel: kernel.packages.installed(DEMO)) is None
    assert d.uninstall(DEMO) == "Failure [DELETE_FAILED_INTERNAL_ERROR]"


def test_installing_what_is_on_the_phone(d: Any, tmp_path: Path) -> None:
    d.sync.push(apk(tmp_path, 3), "/data/local/tmp/it.apk")
    d.install_remote("/data/local/tmp/it.apk", clean=True)
    assert DEMO in d.list_packages()
    assert not d.sync.exists("/data/local/tmp/it.apk")
    with pytest.raises(AdbInstallError):
        d.install_remote("/data/local/tmp/it.apk")
    assert d.uninstall(DEMO) == "Success"
