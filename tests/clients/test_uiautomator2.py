"""The Python package uiautomator2 (openatx), unmodified, against a virtual phone."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

pytest.importorskip("uiautomator2", reason="uiautomator2 is not installed")

import adbutils
import uiautomator2
from uiautomator2.exceptions import UiObjectNotFoundError

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread
from tests.clients.harness import adb_server, serve_emulators

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
SETTINGS = "com.android.settings"


@dataclass
class World:
    """A phone and a client of it."""

    thread: ServerThread
    served: ServedPhone
    client: Any


@pytest.fixture(scope="module")
def world(any_adb: str, tmp_path_factory: pytest.TempPathFactory) -> Generator[World, None, None]:
    folder = tmp_path_factory.mktemp("u2")
    with adb_server(any_adb, folder / "home") as adb, serve_emulators([VirtualPhone()], adb) as thread:
        served = thread.phones[0]
        device = adbutils.AdbClient("127.0.0.1", adb.port).device(served.serial)
        client = uiautomator2.connect(device)
        yield World(thread, served, client)
        client.stop_uiautomator()


@pytest.fixture
def d(world: World) -> Any:
    """The client, with Settings at its first page."""
    world.client.app_start(SETTINGS, stop=True, wait=True)
    return world.client


def test_facts(d: Any) -> None:
    assert d.info["currentPackageName"] == SETTINGS
    assert d.device_info["sdk"] == 34
    assert d.window_size() == (1080, 2400)
    assert d.app_current()["package"] == SETTINGS
    assert d.serial.startswith("emulator-")
    assert d.wlan_ip
    assert d.settings["wait_timeout"] == 20.0
    assert d.orientation == "natural"
    assert "LatinIME" in d.current_ime()
    assert d.wait_activity(".Settings", timeout=5)
    assert not d.wait_activity(".Nothing", timeout=1)


def test_hierarchy_and_screenshot(d: Any, world: World) -> None:
    root = ElementTree.fromstring(d.dump_hierarchy())
    screen = world.thread.call(world.served.phone.observe)
    assert [n.get("text") for n in root.iter("node") if n.get("text")] == [e.text for e in screen.elements if e.text]
    assert ElementTree.fromstring(d.dump_hierarchy(compressed=True, pretty=True)).tag == "hierarchy"
    picture = np.asarray(d.screenshot().convert("RGB"))
    assert np.array_equal(picture, world.thread.call(world.served.phone.render))
    assert d(text="Battery").screenshot().size[0] > 0


def test_finding(d: Any) -> None:
    assert d(text="Battery").exists
    assert not d(text="nothing").exists
    assert d(textContains="atter", className="android.widget.TextView").info["text"] == "Battery"
    titles = d(resourceId="android:id/title")
    assert titles.count > 5
    assert len(titles) == titles.count
    assert titles[2].get_text() == [t.get_text() for t in titles][2]
    assert d(scrollable=True).child(text="Battery").exists
    assert d(text="Battery").sibling(resourceId="android:id/summary").get_text()
    assert d(scrollable=True).child_by_text("Battery", resourceId="android:id/title").get_text() == "Battery"
    assert d(text="Battery").wait(timeout=3)
    assert d(text="nothing").wait_gone(timeout=3)
    assert d(text="Battery").bounds() == tuple(d(text="Battery").info["bounds"][k] for k in ("left", "top", "right", "bottom"))
    assert d(text="Battery").center()
    assert len(d(resourceId="android:id/title").info_list()) > 5
    with pytest.raises(UiObjectNotFoundError):
        d(text="nothing").click(timeout=1)


def test_xpath(d: Any) -> None:
    assert d.xpath("//*[@text='Battery']").exists
    assert d.xpath("Battery").get().text == "Battery"
    assert d.xpath("@android:id/title").all()
    assert d.xpath("//*[@text='nothing']").wait(timeout=0.5) is None or not d.xpath("//*[@text='nothing']").exists
    d.xpath("//*[@text='Battery']").click()
    assert d.xpath("//*[@text='Search settings']").wait_gone(timeout=2)


def test_clicks(d: Any) -> None:
    d(text="Battery").click()
    assert not d(text="Search settings").exists
    d.press("back")
    assert d(text="Battery").click_exists(timeout=1)
    d.press("back")
    x, y = d(text="Battery").center()
    d.click(x, y)
    assert not d(text="Search settings").exists
    d.press("back")
    d.double_click(x, 1000)
    d.press("back")
    d.long_click(x, y, 0.6)
    d.app_start(SETTINGS, stop=True)
    d.touch.down(x, y).up(x, y)
    assert not d(text="Search settings").exists
    d.app_start(SETTINGS, stop=True)
    assert not d(text="nothing").click_exists(timeout=0.5)
    assert d(text="Battery").click_gone(maxretry=2, interval=0.1)


def test_swipes_and_scrolling(d: Any) -> None:
    assert d(scrollable=True).scroll.to(text="System")
    assert d(text="System").exists
    assert d(scrollable=True).scroll.toBeginning()
    assert d(scrollable=True).scroll.forward()
    assert d(scrollable=True).scroll.backward()
    assert d(scrollable=True).fling.toEnd(max_swipes=20)
    assert d(scrollable=True).fling.backward()
    assert d(scrollable=True).scroll.vert.toBeginning(max_swipes=20)
    d.swipe(540, 1800, 540, 600, 0.3)
    d.swipe_ext("down", scale=0.8)
    d.swipe_points([(540, 1800), (540, 1200), (540, 600)], 0.1)
    d.drag(540, 1500, 540, 1000, 0.3)
    d(scrollable=True).swipe("down")
    d(scrollable=True).scroll.toBeginning()
    d(text="Battery").drag_to(540, 1000, duration=0.2)
    d(scrollable=True).pinch_in(percent=50, steps=10)
    d(scrollable=True).pinch_out(percent=50, steps=10)
    d(scrollable=True).gesture((0.3, 0.5), (0.7, 0.5), (0.1, 0.5), (0.9, 0.5))
    d(text="Battery").long_click(duration=0.6)


def test_typing(d: Any) -> None:
    d(text="Search settings").click()
    field = d(className="android.widget.EditText")
    field.set_text("Zoë 漢字")
    assert field.get_text() == "Zoë 漢字"
    field.clear_text()
    d.send_keys("wi-fi")
    assert d(focused=True).get_text() == "wi-fi"
    d.send_keys("blue", clear=True)
    assert d(focused=True).get_text() == "blue"
    d.clear_text()
    assert d(focused=True).get_text() != "blue"
    d.xpath("//android.widget.EditText").set_text("gps")
    assert field.get_text() == "gps"
    d.press("enter")
    d.press("delete")
    d.press(4)
    d.hide_keyboard()
    d.set_clipboard("copied ü")
    assert d.clipboard == "copied ü"


def test_keys_screen_and_shade(d: Any) -> None:
    assert d.press("home")
    assert d.press("recent")
    d.keyevent("home")
    d.open_notification()
    assert d.info["currentPackageName"] == "com.android.systemui"
    d.press("back")
    d.open_quick_settings()
    d.press("back")
    d.press("back")
    d.screen_off()
    assert not d.info["screenOn"]
    d.screen_on()
    assert d.info["screenOn"]
    d.screen_off()
    d.unlock()
    assert d.info["currentPackageName"] != "com.android.systemui"


def test_orientation(d: Any) -> None:
    d.orientation = "left"
    assert d.info["displayRotation"] == 1
    d.set_orientation("natural")
    d.freeze_rotation(False)


def test_toasts(d: Any) -> None:
    d.clear_toast()
    assert d.last_toast is None
    d.jsonrpc.makeToast("Saved", 2000)
    assert d.last_toast == "Saved"


def test_apps(d: Any) -> None:
    assert SETTINGS in d.app_list()
    assert SETTINGS in d.app_list_running()
    assert d.app_info(SETTINGS)["versionCode"]
    assert d.app_wait(SETTINGS, timeout=2)
    d.app_stop(SETTINGS)
    assert d.app_current()["package"] != SETTINGS
    d.app_start("com.google.android.dialer", use_monkey=True)
    assert d.app_current()["package"] == "com.google.android.dialer"
    d.app_clear("com.google.android.deskclock")
    d.app_stop_all(excludes=["com.google.android.dialer"])
    with d.session(SETTINGS) as session:
        assert session(text="Battery").exists
        assert session.running()
    d.open_url("tel:5550123")
    d.app_auto_grant_permissions("com.android.camera2")


def test_shell_and_files(d: Any, tmp_path: Path) -> None:
    answer = d.shell("echo hi; (exit 3)")
    assert (answer.output, answer.exit_code) == ("hi\n", 3)
    assert d.shell(["getprop", "ro.build.version.sdk"]).output.strip() == "34"
    d.push(b"content", "/sdcard/Download/u2.txt")
    d.pull("/sdcard/Download/u2.txt", str(tmp_path / "got"))
    assert (tmp_path / "got").read_bytes() == b"content"


def test_watchers_run_at_the_client(d: Any) -> None:
    d.watcher("battery").when("//*[@text='Battery']").click()
    d.watcher.run()
    assert not d(text="Search settings").exists
    d.watcher.reset()


def test_a_killed_server_is_started_again(d: Any) -> None:
    d.stop_uiautomator(wait=True)
    d.start_uiautomator()
    assert d(text="Battery").exists
