"""The server of Appium's driver: sessions, routes and errors, and that it lives as long as its instrumentation."""

from __future__ import annotations

import asyncio
import base64
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.streams import Pipe
from mobilegym.emulator.phone.shell.system import System
from mobilegym.emulator.phone.wire.uiautomator2 import install
from mobilegym.emulator.phone.wire.uiautomator2.instrumentation import COMPONENT
from mobilegym.emulator.phone.wire.uiautomator2.server import ROUTES
from mobilegym.emulator.phone.wire.uiautomator2.settings import DEFAULTS
from tests.emulator.phone.wire.drivers import Driver, Failure

SERVER_ROUTES = """
actions alert/accept alert/dismiss alert/text back element elements element/active keys orientation rotation screenshot screenshot/:id
source network_connection window/:windowHandle/size gestures/scroll_to element/:id/attribute/:name element/:id/clear element/:id/click
element/:id/location element/:id/name element/:id/rect element/:id/screenshot element/:id/size element/:id/text element/:id/value
appium/action_history appium/schedule_action appium/unschedule_action appium/list_displays appium/list_windows appium/reset_ax_cache
appium/settings appium/device/apps appium/device/battery_info appium/device/declared_orientation appium/device/display_density
appium/device/get_clipboard appium/device/set_clipboard appium/device/info appium/device/press_keycode
appium/device/long_press_keycode appium/device/open_notifications appium/device/pixel_ratio appium/device/system_bars
appium/element/:id/first_visible appium/element/:id/scroll_to/:id2 appium/gestures/click appium/gestures/double_click
appium/gestures/drag appium/gestures/fling appium/gestures/long_click appium/gestures/pinch_close appium/gestures/pinch_open
appium/gestures/scroll appium/gestures/swipe
"""
"""Paths that the server of version 10.6.6 knows."""


@pytest.fixture
def driver() -> Driver:
    driver = Driver()
    driver.open("com.android.settings")
    return driver


def test_every_route_of_the_server_is_there() -> None:
    assert {path for _, path in ROUTES} >= set(SERVER_ROUTES.split())


def test_sessions(driver: Driver) -> None:
    assert driver.call("GET", "/status")["ready"] is True
    assert [s["id"] for s in driver.call("GET", "/sessions")] == [driver.session]
    assert driver.call("GET", f"/session/{driver.session}") == {}
    old = driver.session
    driver.session = driver.call("POST", "/session", {"capabilities": {"firstMatch": [{"a": 1}], "alwaysMatch": {"b": 2}}})["sessionId"]
    assert driver.call("GET", f"/session/{driver.session}") == {"a": 1, "b": 2}
    with pytest.raises(Failure) as error:
        driver.call("GET", f"/session/{old}/source")
    assert (error.value.status, error.value.kind) == (404, "invalid session id")
    assert driver.call("GET", f"/wd/hub/session/{driver.session}/orientation") == "PORTRAIT"
    assert driver.call("DELETE", f"/session/{driver.session}") is None
    assert driver.server.stopped.is_set()
    with pytest.raises(Failure):
        driver.get("source")


def test_facts(driver: Driver) -> None:
    assert driver.get("window/current/size") == {"width": 1080, "height": 2400}
    assert driver.get("appium/device/pixel_ratio") == 2.625
    assert driver.get("appium/device/display_density") == 420
    assert driver.get("appium/device/system_bars") == {"statusBar": 132}
    info = driver.get("appium/device/info")
    assert (info["apiVersion"], info["platformVersion"], info["realDisplaySize"]) == ("34", "14", "1080x2400")
    driver.phone.hardware.set_battery(level=30, charging=True)
    assert driver.get("appium/device/battery_info") == {"level": 0.3, "status": 2}
    assert "com.android.settings" in driver.get("appium/device/apps")
    assert driver.get("appium/device/declared_orientation") == "unspecified"
    assert driver.post("appium/list_displays")[0]["metrics"]["densityDpi"] == 420
    assert driver.post("appium/reset_ax_cache") is None


def test_windows(driver: Driver) -> None:
    windows = driver.post("appium/list_windows", skipScreenshots=False)
    assert {w["packageName"] for w in windows} == {"com.android.settings", "com.android.systemui"}
    assert all(base64.b64decode(w["screenshot"]).startswith(b"\x89PNG") for w in windows)
    own = driver.post("appium/list_windows", filters={"packageName": "*.settings"}, skipScreenshots=True)
    assert [(w["packageName"], w["screenshot"]) for w in own] == [("com.android.settings", None)]
    assert driver.post("appium/list_windows", filters={"windowId": 999}, skipScreenshots=True) == []
    assert "status_bar" not in driver.get("source")
    driver.post("appium/settings", settings={"enableMultiWindows": True})
    assert "com.android.systemui:id/status_bar" in driver.get("source")
    assert driver.find("id", "com.android.systemui:id/clock")


def test_settings(driver: Driver) -> None:
    assert driver.get("appium/settings") == dict(DEFAULTS)
    driver.post("appium/settings", settings={"waitForIdleTimeout": 0, "elementResponseAttributes": "text", "unknownOne": 1})
    assert driver.get("appium/settings")["waitForIdleTimeout"] == 0
    for wrong in ({"waitForIdleTimeout": "soon"}, {"enableMultiWindows": 1}, {"elementResponseAttributes": None}):
        with pytest.raises(Failure) as error:
            driver.post("appium/settings", settings={"keyInjectionDelay": 5, **wrong})
        assert error.value.kind == "invalid argument"
    assert driver.get("appium/settings")["keyInjectionDelay"] == 0
    driver.post("appium/settings", settings={"snapshotMaxDepth": 2})
    assert driver.get("source").count("<android") == 2


def test_without_idle_waiting_time_stands_still(driver: Driver) -> None:
    clock = driver.system.kernel.clock
    before = clock.now_ms
    driver.post("back")
    assert clock.now_ms - before == 500
    driver.post("appium/settings", settings={"waitForIdleTimeout": 0})
    before = clock.now_ms
    driver.post("appium/device/press_keycode", keycode=3)
    assert clock.now_ms == before


def test_screenshots_and_clipboard(driver: Driver) -> None:
    from io import BytesIO

    from PIL import Image

    picture = np.asarray(Image.open(BytesIO(base64.b64decode(driver.get("screenshot")))).convert("RGB"))
    assert np.array_equal(picture, driver.phone.render())
    driver.post("appium/device/set_clipboard", content=base64.b64encode("ä🙂".encode()).decode(), contentType="plaintext", label="x")
    assert driver.phone.hardware.clipboard() == "ä🙂"
    assert base64.b64decode(driver.post("appium/device/get_clipboard")).decode() == "ä🙂"
    for wrong in ({"content": "/w=="}, {"content": 1}, {}):
        with pytest.raises(Failure) as error:
            driver.post("appium/device/set_clipboard", **wrong)
        assert error.value.kind == "invalid argument"
    with pytest.raises(Failure) as error:
        driver.post("appium/device/set_clipboard", content="", contentType="image")
    assert error.value.kind == "unsupported operation"


def test_orientation(driver: Driver) -> None:
    assert driver.post("orientation", orientation="LANDSCAPE") == "LANDSCAPE"
    assert driver.get("rotation") == {"x": 0, "y": 0, "z": 90}
    assert driver.get("window/current/size") == {"width": 2400, "height": 1080}
    assert driver.post("rotation", x=0, y=0, z=0) == {"x": 0, "y": 0, "z": 0}
    assert driver.get("orientation") == "PORTRAIT"
    for wrong in ({"x": 0, "y": 0, "z": 45}, {"z": 90}, {"x": 1, "y": 0, "z": 0}):
        with pytest.raises(Failure):
            driver.post("rotation", **wrong)
    driver.phone.kernel.hardware.set_locked(True)
    with pytest.raises(Failure) as error:
        driver.post("orientation", orientation="LANDSCAPE")
    assert error.value.kind == "invalid element state"


def test_radios(driver: Driver) -> None:
    hardware = driver.phone.kernel.hardware
    assert driver.post("network_connection", type=1) & 1
    assert hardware.airplane
    assert driver.post("network_connection", parameters={"type": 2}) == 2
    assert (hardware.airplane, hardware.wifi_on, hardware.mobile_data) == (False, True, False)
    assert driver.post("network_connection", type=6) == 6


@pytest.mark.parametrize(
    ("method", "path", "kind", "status"),
    [
        ("GET", "/nothing", "unknown command", 404), ("GET", "/session/S/nothing", "unknown command", 404),
        ("PUT", "/session/S/source", "unknown command", 404), ("POST", "/session/S/source", "unknown command", 404),
        ("GET", "/session/S/element/x/text", "no such element", 404), ("GET", "/session/x/source", "invalid session id", 404),
        ("POST", "/session/S/element", "invalid argument", 400), ("GET", "/session/S/alert/text", "no such alert", 404),
        ("GET", "/session/S/element//text", "unknown command", 404), ("POST", "/session/S/actions", "invalid argument", 400),
        ("POST", "/session/S/appium/gestures/click", "invalid argument", 400), ("POST", "/session/S/keys", "invalid argument", 400),
        ("POST", "/session/S/appium/device/press_keycode", "invalid argument", 400), ("DELETE", "/status", "unknown command", 404),
    ],
)  # fmt: skip
def test_errors(driver: Driver, method: str, path: str, kind: str, status: int) -> None:
    with pytest.raises(Failure) as error:
        driver.call(method, path.replace("/S/", f"/{driver.session}/"), {} if method == "POST" else None)
    assert (error.value.kind, error.value.status) == (kind, status)


@pytest.mark.parametrize("body", [b"{", b"[]", b"1", b"\xff", b'{"a":' * 5_000 + b"1" + b"}" * 5_000])
def test_bodies_that_are_no_objects(driver: Driver, body: bytes) -> None:
    with pytest.raises(Failure) as error:
        driver.call("POST", f"/session/{driver.session}/element", body)
    assert error.value.kind == "invalid argument"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["strategy", "selector", "text", "value", "actions", "type", "origin", "x", "y", "area", "direction", "percent", "steps", "ELEMENT"]
    ), inner, max_size=4), max_leaves=8,
)  # fmt: skip


@given(st.sampled_from(sorted(path for method, path in ROUTES if method == "POST")), st.dictionaries(st.sampled_from(
    ["strategy", "selector", "context", "text", "value", "actions", "origin", "offset", "area", "direction", "percent", "speed", "start",
     "end", "params", "name", "steps", "keycode", "metastate", "settings", "orientation", "x", "y", "z", "type", "content", "filters",
     "replace", "duration", "buttonLabel"]
), JSON, max_size=6))  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_any_arguments_get_an_answer(path: str, body: dict[str, object]) -> None:
    driver = _shared()
    handle = driver.find("xpath", "//*")
    filled = path.replace(":id2", handle).replace(":id", handle).replace(":name", "text")
    why = driver.why(lambda: driver.post(filled, **body))
    assert why is None or not why.message.startswith(("TypeError", "KeyError", "ValueError", "AttributeError", "IndexError"))


_SHARED: list[Driver] = []


def _shared() -> Driver:
    if not _SHARED:
        _SHARED.append(Driver())
    return _SHARED[0]


# ---------------------------------------------------------------------- as an instrumentation


async def _ask(system: System, method: str, path: str, body: object = None) -> dict[str, object]:
    """One request over streams; empty where nobody answers."""
    to, back = Pipe(), Pipe()
    raw = b"" if body is None else json.dumps(body).encode()
    to.write(f"{method} {path} HTTP/1.1\r\nContent-Length: {len(raw)}\r\nConnection: close\r\n\r\n".encode() + raw)
    await system.services["tcp:6790"](to, back)
    back.close()
    answer = await back.read_all()
    return dict(json.loads(answer.partition(b"\r\n\r\n")[2])) if answer else {}


def test_it_serves_until_the_session_is_deleted() -> None:
    async def scenario() -> None:
        system = System(VirtualPhone())
        install(system)
        assert await _ask(system, "GET", "/sessions") == {}
        running = asyncio.create_task(system.run(f"am instrument -w -e disableAnalytics true {COMPONENT}"))
        # Asked before it runs, as the driver does: the answer waits for it.
        assert (await _ask(system, "GET", "/status"))["value"]
        assert any(p.name == "io.appium.uiautomator2.server" for p in system.processes.all())
        session = (await _ask(system, "POST", "/session", {"capabilities": {}}))["sessionId"]
        assert str((await _ask(system, "GET", f"/session/{session}/source"))["value"]).startswith("<?xml")
        await _ask(system, "DELETE", f"/session/{session}")
        finished = await asyncio.wait_for(running, 5)
        assert finished.status == 0
        assert "OK (1 test)" in finished.text
        assert await _ask(system, "GET", "/sessions") == {}
        assert not any(p.name == "io.appium.uiautomator2.server" for p in system.processes.all())

    asyncio.run(scenario())


def test_it_dies_with_its_app() -> None:
    async def scenario() -> None:
        system = System(VirtualPhone())
        install(system)
        running = asyncio.create_task(system.run(f"am instrument -w {COMPONENT}"))
        assert (await _ask(system, "GET", "/status"))["value"]
        to, back = Pipe(), Pipe()
        connection = asyncio.create_task(_serve(system, to, back))
        await asyncio.sleep(0)
        await system.run("am force-stop io.appium.uiautomator2.server")
        finished = await asyncio.wait_for(running, 5)
        assert "Process crashed" in finished.text
        assert await _ask(system, "GET", "/sessions") == {}
        with pytest.raises(asyncio.CancelledError):
            await connection

    async def _serve(system: System, to: Pipe, back: Pipe) -> None:
        await system.services["tcp:6790"](to, back)

    asyncio.run(scenario())
