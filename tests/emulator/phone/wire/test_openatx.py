"""The JSON-RPC server of openatx's uiautomator2."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobilegym.actions import DeviceAction, LongPress, Press, Swipe, Tap, Type
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.streams import Pipe
from mobilegym.emulator.phone.shell.system import System
from mobilegym.emulator.phone.wire.openatx import install
from mobilegym.emulator.phone.wire.openatx.device import METHODS
from tests.emulator.phone.wire.drivers import Failure, OpenAtx

BITS = {
    "text": 0x01, "textContains": 0x02, "textMatches": 0x04, "className": 0x10, "checkable": 0x400, "scrollable": 0x4000,
    "focused": 0x20000, "resourceId": 0x200000, "index": 0x800000, "instance": 0x1000000, "descriptionContains": 0x80,
}  # fmt: skip
USED = """
deviceInfo dumpWindowHierarchy takeScreenshot exist count objInfo objInfoOfAllInstances waitForExists waitUntilGone click longClick
swipe swipePoints drag dragTo gesture pinchIn pinchOut pressKey pressKeyCode wakeUp sleep freezeRotation setOrientation openNotification
openQuickSettings getLastToast clearLastToast makeToast getClipboard setClipboard pasteClipboard clearInputText setText getText
clearTextField childByText childByDescription childByInstance getParent scrollForward scrollBackward scrollToBeginning scrollToEnd scrollTo
flingForward flingBackward flingToBeginning flingToEnd injectInputEvent getLastTraversedText clearLastTraversedText
"""
"""Every method that the Python package calls."""


def sel(*chain: tuple[str, dict[str, object]], **criteria: object) -> dict[str, Any]:
    """A selector as the Python package makes it."""
    mask = 0
    for name in criteria:
        mask |= BITS[name]
    links = [link for link, _ in chain]
    return {"mask": mask, "childOrSibling": links, "childOrSiblingSelector": [part for _, part in chain], **criteria}


@pytest.fixture
def u2() -> OpenAtx:
    client = OpenAtx()
    client.phone.packages.launch("com.android.settings")
    client.phone.pass_time(500)
    return client


BATTERY = sel(text="Battery")
LIST = sel(scrollable=True)


def test_every_method_of_the_package_is_there() -> None:
    assert set(USED.split()) <= set(METHODS)


def test_ping(u2: OpenAtx) -> None:
    assert u2.request("GET", "/ping") == (200, b"pong")
    assert u2.request("GET", "/jsonrpc/0")[0] == 404
    assert u2.request("POST", "/else")[0] == 404


def test_facts(u2: OpenAtx) -> None:
    info = u2("deviceInfo")
    assert (info["displayWidth"], info["displayHeight"], info["displayRotation"]) == (1080, 2400, 0)
    assert (info["currentPackageName"], info["sdkInt"], info["screenOn"]) == ("com.android.settings", 34, True)
    assert (info["displaySizeDpX"], info["displaySizeDpY"], info["naturalOrientation"]) == (411, 914, True)
    assert base64.b64decode(u2("takeScreenshot", 1, 80)).startswith(b"\x89PNG")


def test_the_dump_holds_every_window(u2: OpenAtx) -> None:
    root = ElementTree.fromstring(u2("dumpWindowHierarchy", False, 50))
    nodes = list(root.iter("node"))
    assert [n.get("bounds") for n in nodes] == [str(e.bounds) for e in u2.phone.observe().elements]
    active = ElementTree.fromstring(u2("dumpWindowHierarchy", False, 50, True))
    assert {n.get("package") for n in active.iter("node")} == {"com.android.settings"}
    shallow = ElementTree.fromstring(u2("dumpWindowHierarchy", False, 2))
    assert 0 < len(list(shallow.iter("node"))) < 10


def test_finding(u2: OpenAtx) -> None:
    assert u2("exist", BATTERY) is True
    assert u2("exist", sel(text="none")) is False
    assert u2("count", sel(text="Battery")) == 1
    titles = u2("objInfoOfAllInstances", sel(resourceId="android:id/title"))
    assert u2("count", sel(resourceId="android:id/title")) == len(titles) > 5
    info = u2("objInfo", BATTERY)
    assert info in titles
    assert (info["text"], info["packageName"], info["contentDescription"], info["childCount"]) == (
        "Battery",
        "com.android.settings",
        None,
        0,
    )
    assert info["bounds"] == info["visibleBounds"]
    assert u2("objInfo", sel(resourceId="android:id/title", instance=1)) == titles[1]
    assert u2("getText", BATTERY) == "Battery"
    # What the mask does not name does not count.
    assert u2("exist", {**sel(text="Battery"), "className": "none"}) is True


def test_children_and_siblings(u2: OpenAtx) -> None:
    in_list = sel(("child", sel(text="Battery")), scrollable=True)
    assert u2("objInfo", in_list)["text"] == "Battery"
    summary = sel(("sibling", sel(resourceId="android:id/summary")), text="Battery")
    assert "%" in u2("getText", summary)
    last = sel(("child", sel(resourceId="android:id/title", instance=2)), scrollable=True)
    assert u2("getText", last) == u2("objInfoOfAllInstances", sel(resourceId="android:id/title"))[2]["text"]
    assert u2("count", sel(("child", sel(resourceId="android:id/title")), scrollable=True)) > 5


def test_objects_have_names(u2: OpenAtx) -> None:
    row = u2("childByText", LIST, sel(resourceId="android:id/title"), "Battery")
    assert u2("getText", row) == "Battery"
    far = u2("childByText", LIST, sel(resourceId="android:id/title"), "System", True)
    assert u2("exist", far) is True
    parent = u2("getParent", far)
    assert u2("objInfo", parent)["childCount"] >= 1
    assert u2("getText", u2("getChild", parent, sel(text="System"))) == "System"
    assert u2("childByInstance", LIST, sel(resourceId="android:id/title"), 0)
    assert u2("getUiObject", LIST)
    with pytest.raises(Failure, match=r"uiautomator\.UiObjectNotFoundException"):
        u2("childByDescription", LIST, sel(resourceId="android:id/title"), "none")


def test_waiting_takes_virtual_time(u2: OpenAtx) -> None:
    clock = u2.system.kernel.clock
    before = clock.now_ms
    assert u2("waitForExists", BATTERY, 20_000) is True
    assert clock.now_ms == before
    assert u2("waitForExists", sel(text="none"), 20_000) is False
    assert clock.now_ms == before + 20_000
    u2("makeToast", "Done", 2000)
    assert u2("waitUntilGone", sel(text="none"), 1_000) is True
    assert u2("waitUntilGone", BATTERY, 1_000) is False


def test_errors(u2: OpenAtx) -> None:
    missing = u2.answer("objInfo", sel(text="none"))
    assert missing["id"] == 7
    assert missing["error"]["code"] == -32002
    assert "UiObjectNotFoundException: UiSelector[TEXT=none]" in missing["error"]["message"]
    assert u2.answer("nothing")["error"]["code"] == -32601
    assert u2.answer("click", 1)["error"]["code"] == -32602
    assert u2.answer("exist", {"mask": 1, "text": 5})["error"]["code"] == -32602
    assert u2.answer("exist", sel(textMatches="("))["error"]["code"] == -32001
    for body, code in ((b"{", -32700), (b"[]", -32600), (b'{"method":"exist","params":{"a":1}}', -32602), (b"{}", -32601)):
        assert json.loads(u2.request("POST", "/jsonrpc/0", body)[1])["error"]["code"] == code


def test_every_rpc_has_an_answer_for_any_parameters() -> None:
    _any_answer()


@given(st.sampled_from(sorted(METHODS)), st.lists(
    st.none() | st.booleans() | st.integers(-5, 3_000) | st.text(max_size=5) | st.just(BATTERY) | st.just(sel(scrollable=True))
    | st.just({"x": 5, "y": 5}) | st.lists(st.integers(0, 2000), max_size=4) | st.floats(), max_size=5))  # fmt: skip
@settings(max_examples=150, deadline=None)
def _any_answer(name: str, params: list[object]) -> None:
    answer = _shared().answer(name, *params)
    assert ("result" in answer) != ("error" in answer)
    if "error" in answer:
        assert "RuntimeException" not in answer["error"]["message"]


_SHARED: list[OpenAtx] = []


def _shared() -> OpenAtx:
    if not _SHARED:
        _SHARED.append(OpenAtx())
    return _SHARED[0]


# ---------------------------------------------------------------------- acting


ACTS: list[tuple[Callable[[OpenAtx], object], list[DeviceAction]]] = [
        (lambda u: u("click", 270, 1410), [Tap(270 / 1080, 1410 / 2400)]),
    (lambda u: u("click", 270, 1410, 700), [LongPress(270 / 1080, 1410 / 2400, 700)]),
    (lambda u: u("swipe", 540, 1800, 540, 600, 60), [Swipe(0.5, 0.75, 0.5, 0.25, 300)]),
    (lambda u: u("swipePoints", [540, 1800, 540, 600], 60), [Swipe(0.5, 0.75, 0.5, 0.25, 300)]),
    (lambda u: u("pressKey", "home"), [Press("home")]),
    (lambda u: u("pressKey", "recent"), [Press("recents")]),
    (lambda u: u("pressKeyCode", 4), [Press("back")]),
    (lambda u: u("openNotification"), [Press("notifications")]),
    (lambda u: u("sleep") and u("wakeUp"), [Press("power"), Press("wakeup")]),
]  # fmt: skip


@pytest.mark.parametrize(("act", "actions"), ACTS)
def test_acting_is_the_same_as_in_the_process(u2: OpenAtx, act: Callable[[OpenAtx], object], actions: list[DeviceAction]) -> None:
    twin = u2.phone.fork()
    assert act(u2) is True
    for action in actions:
        twin.perform(action)
    _equal(u2.phone, twin)


def _equal(one: VirtualPhone, other: VirtualPhone) -> None:
    mine, twin = one.observe(), other.observe()
    assert (mine.elements, mine.activity, mine.clock) == (twin.elements, twin.activity, twin.clock)
    assert one.state_tree() == other.state_tree()


def test_typing(u2: OpenAtx) -> None:
    assert u2("click", sel(text="Search settings")) is True
    field = sel(className="android.widget.EditText")
    twin = u2.phone.fork()
    assert u2("setText", field, "wi-fi ü") is True
    twin.perform(Type("wi-fi ü", clear=True))
    _equal(u2.phone, twin)
    assert u2("getText", sel(focused=True)) == "wi-fi ü"
    u2("clearTextField", field)
    u2("setClipboard", None, "pasted")
    assert u2("getClipboard") == "pasted"
    assert u2("pasteClipboard") is True
    assert u2("getText", field) == "pasted"
    assert u2("clearInputText") is True
    assert u2("getText", field) != "pasted"
    u2("pressKey", "home")
    assert u2("clearInputText") is False


def test_scrolling(u2: OpenAtx) -> None:
    assert u2("scrollTo", LIST, sel(text="System"), True) is True
    assert u2("exist", sel(text="System")) is True
    assert u2("scrollToBeginning", LIST, True, 500, 55) is True
    assert u2("scrollBackward", LIST, True, 55) is False
    assert u2("scrollForward", LIST, True, 55) is True
    assert u2("flingToEnd", LIST, True, 500) is True
    assert u2("flingForward", LIST, True) is False
    assert u2("flingBackward", LIST, True) is True
    u2("flingToBeginning", LIST, True, 500)
    assert u2("scrollTo", LIST, sel(text="none"), True) is False
    with pytest.raises(Failure, match="UiObjectNotFoundException"):
        u2("scrollForward", sel(text="none"), True, 55)


def test_other_touches(u2: OpenAtx) -> None:
    assert u2("longClick", BATTERY) is True
    u2("pressKey", "back")
    assert u2("clickAndWaitForNewWindow", BATTERY, 1000) is True
    u2("pressKey", "back")
    assert u2("dragTo", BATTERY, 540, 600, 50) is True
    assert u2("drag", 540, 1500, 540, 1000, 50) is True
    assert u2("swipe", LIST, "up", 0.9, 20) is True
    u2("pressKey", "home")
    point = {"x": 300, "y": 900}, {"x": 700, "y": 900}, {"x": 100, "y": 900}, {"x": 900, "y": 900}
    everything = sel(className="android.widget.FrameLayout")
    assert u2("gesture", everything, *point, 100) is True
    assert u2("pinchIn", everything, 80, 50) is True
    assert u2("pinchOut", everything, 80, 50) is True


def test_a_finger_event_by_event(u2: OpenAtx) -> None:
    center = u2("objInfo", BATTERY)["bounds"]
    x, y = (center["left"] + center["right"]) / 2, (center["top"] + center["bottom"]) / 2
    assert u2("injectInputEvent", 0, x, y, 0) is True
    assert u2("exist", sel(text="Search settings")) is True
    assert u2("injectInputEvent", 1, x, y, 0) is True
    assert u2("exist", sel(text="Search settings")) is False


def test_rotation_and_toasts(u2: OpenAtx) -> None:
    u2("setOrientation", "left")
    assert u2("deviceInfo")["displayRotation"] == 1
    u2("setOrientation", "natural")
    u2("freezeRotation", False)
    assert u2.phone.kernel.hardware.auto_rotate
    u2("freezeRotation", True)
    assert not u2.phone.kernel.hardware.auto_rotate
    assert u2("getLastToast") is None
    u2("makeToast", "Saved", 2000)
    assert u2("getLastToast") == "Saved"
    u2("clearLastToast")
    assert u2("getLastToast") is None
    assert u2("openQuickSettings") is True
    assert u2.system.kernel.shell.state.shade == "settings"


# ---------------------------------------------------------------------- as a process


def test_it_is_started_by_app_process_and_ends_with_its_shell() -> None:
    async def scenario() -> None:
        system = System(VirtualPhone())
        install(system)
        task = asyncio.create_task(system.run("CLASSPATH=/data/local/tmp/u2.jar app_process / com.wetest.uia2.Main -p 9008"))
        for _ in range(20):
            await asyncio.sleep(0)
        to, back = Pipe(), Pipe()
        to.write(b"GET /ping HTTP/1.1\r\nConnection: close\r\n\r\n")
        await system.services["tcp:9008"](to, back)
        back.close()
        assert (await back.read_all()).endswith(b"\r\n\r\npong")
        assert any(p.name == "app_process" for p in system.processes.all())
        twice = await system.run("CLASSPATH=/data/local/tmp/u2.jar app_process / com.wetest.uia2.Main -p 9008")
        assert twice.status != 0
        assert b"already registered" in twice.stderr
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert "tcp:9008" not in system.services
        assert not any(p.name == "app_process" for p in system.processes.all())

    asyncio.run(scenario())


def test_app_process_without_a_known_class() -> None:
    system = System(VirtualPhone())
    install(system)
    assert asyncio.run(system.run("app_process / com.example.Main")).status == 1
    assert asyncio.run(system.run("app_process")).status == 10
    assert asyncio.run(system.run("app_process / com.wetest.uia2.Main -p x")).status == 1
