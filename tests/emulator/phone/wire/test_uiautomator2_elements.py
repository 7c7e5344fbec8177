"""Elements of the server of Appium's driver: handles, what they tell, and that acting by them is acting on the phone."""

from __future__ import annotations

import base64
from collections.abc import Callable
from io import BytesIO

import pytest

from mobilegym.actions import DeviceAction, DoubleTap, LongPress, Press, Swipe, Tap, Type
from mobilegym.emulator.phone import VirtualPhone
from tests.emulator.phone.wire.drivers import Driver, Failure

Act = Callable[[Driver], object]


@pytest.fixture
def driver() -> Driver:
    driver = Driver()
    driver.open("com.android.settings")
    return driver


def battery(driver: Driver) -> str:
    return driver.find("xpath", "//*[@text='Battery']")


# ---------------------------------------------------------------------- handles


def test_strategies(driver: Driver) -> None:
    title = battery(driver)
    assert driver.find("-android uiautomator", 'new UiSelector().text("Battery")') == title
    assert title in driver.find_all("id", "android:id/title")
    assert title in driver.find_all("id", "title")
    assert title in driver.find_all("class name", "android.widget.TextView")
    with pytest.raises(Failure) as error:
        driver.find("css selector", "x")
    assert error.value.kind == "invalid selector"
    driver.open("com.google.android.dialer")
    described = next(e for e in driver.phone.observe().elements if e.content_desc and e.package == "com.google.android.dialer")
    assert driver.find("accessibility id", described.content_desc)


def test_ids_are_completed_unless_told_otherwise(driver: Driver) -> None:
    assert driver.find("id", "search_action_bar") == driver.find("id", "com.android.settings:id/search_action_bar")
    driver.post("appium/settings", settings={"disableIdLocatorAutocompletion": True})
    assert driver.find_all("id", "search_action_bar") == []


def test_several_selectors_and_contexts(driver: Driver) -> None:
    both = driver.find_all("-android uiautomator", 'new UiSelector().text("none"); new UiSelector().text("Battery");')
    assert both == [battery(driver)]
    row = driver.find("xpath", "//*[@text='Battery']/..")
    assert driver.find("-android uiautomator", 'new UiSelector().className("android.widget.TextView")', row) == battery(driver)
    assert driver.post(f"element/{row}/element", strategy="id", selector="android:id/title")["ELEMENT"] == battery(driver)
    assert driver.find_all("class name", "android.widget.TextView", row)[0] == battery(driver)
    assert driver.get(f"appium/element/{row}/first_visible")["ELEMENT"] == battery(driver)


def test_what_an_element_tells(driver: Driver) -> None:
    handle = battery(driver)
    element = next(e for e in driver.phone.observe().elements if e.text == "Battery")
    left, top, right, bottom = element.bounds
    assert driver.get(f"element/{handle}/rect") == {"x": left, "y": top, "width": right - left, "height": bottom - top}
    assert driver.get(f"element/{handle}/location") == {"x": left, "y": top}
    assert driver.get(f"element/{handle}/size") == {"width": right - left, "height": bottom - top}
    assert driver.get(f"element/{handle}/text") == "Battery"
    for name, value in {
        "text": "Battery", "name": "Battery", "class": element.cls, "className": element.cls, "resourceId": element.resource_id,
        "bounds": str(element.bounds), "enabled": "true", "displayed": "true", "contentDescription": None, "contentSize": None,
    }.items():  # fmt: skip
        assert driver.get(f"element/{handle}/attribute/{name}") == value
    with pytest.raises(Failure, match="'colour' attribute is unknown"):
        driver.get(f"element/{handle}/attribute/colour")

    from PIL import Image

    picture = Image.open(BytesIO(base64.b64decode(driver.get(f"element/{handle}/screenshot"))))
    assert picture.size == (right - left, bottom - top)
    driver.post("appium/settings", settings={"shouldUseCompactResponses": False, "elementResponseAttributes": "text,rect,attribute/class"})
    answer = driver.post("element", strategy="xpath", selector="//*[@text='Battery']")
    assert (answer["text"], answer["attribute/class"], answer["rect"]["x"]) == ("Battery", element.cls, left)


def test_an_element_of_another_window_is_stale(driver: Driver) -> None:
    handle = driver.find_all("xpath", "//*[@text='Battery']")[0]
    driver.post(f"element/{handle}/click")
    with pytest.raises(Failure) as error:
        driver.text(handle)
    assert (error.value.kind, error.value.status) == ("stale element reference", 404)
    driver.post("back")
    assert driver.text(handle) == "Battery"


def test_a_row_is_followed_when_its_list_scrolls(driver: Driver) -> None:
    handle = driver.find_all("xpath", "//*[@text='Network & internet']")[0]
    before = driver.get(f"element/{handle}/rect")["y"]
    driver.phone.perform(Swipe(0.5, 0.6, 0.5, 0.55))
    assert driver.text(handle) == "Network & internet"
    assert driver.get(f"element/{handle}/rect")["y"] < before
    for _ in range(4):
        driver.phone.perform(Swipe(0.5, 0.9, 0.5, 0.2))
    with pytest.raises(Failure) as error:
        driver.post(f"element/{handle}/click")
    assert error.value.kind == "stale element reference"
    driver.post(f"appium/element/{driver.find('-android uiautomator', 'new UiSelector().scrollable(true)')}/scroll_to/{handle}")
    assert driver.text(handle) == "Network & internet"


def test_an_element_keeps_its_handle_while_its_text_changes(driver: Driver) -> None:
    field = _search(driver)
    for text in ("a", "b"):
        driver.post(f"element/{field}/value", text=text)
    assert driver.text(field) == "ab"


# ---------------------------------------------------------------------- the same as in the process


def _search(driver: Driver) -> str:
    driver.post(f"element/{driver.find('xpath', '//*[@text=' + repr('Search settings') + ']')}/click")
    return driver.find("class name", "android.widget.EditText")


def _finger(*steps: dict[str, object]) -> dict[str, list[object]]:
    return {"actions": [{"type": "pointer", "id": "finger", "parameters": {"pointerType": "touch"}, "actions": list(steps)}]}


def _move(x: float, y: float, ms: int = 0, **more: object) -> dict[str, object]:
    return {"type": "pointerMove", "duration": ms, "x": x, "y": y, **more}


DOWN: dict[str, object] = {"type": "pointerDown", "button": 0}
UP: dict[str, object] = {"type": "pointerUp", "button": 0}
X, Y = 270 / 1080, 1410 / 2400
"""Somewhere in a row of Settings."""


ACTS: list[tuple[Act, list[DeviceAction] | str]] = [
        (lambda d: d.post(f"element/{battery(d)}/click"), "battery"),
    (lambda d: d.post("actions", **_finger(_move(270, 1410), DOWN, UP)), [Tap(X, Y)]),
    (lambda d: d.post("actions", **_finger(_move(270, 1410), DOWN, {"type": "pause", "duration": 80}, UP)), [Tap(X, Y)]),
    (lambda d: d.post("actions", **_finger(_move(270, 1410), DOWN, {"type": "pause", "duration": 800}, UP)), [LongPress(X, Y, 800)]),
    (lambda d: d.post("actions", **_finger(_move(540, 1800), DOWN, _move(540, 600, 300), UP)), [Swipe(0.5, 0.75, 0.5, 0.25, 300)]),
    (lambda d: d.post("actions", **_finger(_move(0, 0, origin={"ELEMENT": battery(d)}), DOWN, UP)), "battery"),
    (lambda d: d.post("appium/gestures/click", offset={"x": 270, "y": 1410}), [Tap(X, Y)]),
    (lambda d: d.post("appium/gestures/click", origin={"ELEMENT": battery(d)}), "battery"),
    (lambda d: d.post("appium/gestures/long_click", offset={"x": 270, "y": 1410}, duration=700), [LongPress(X, Y, 700)]),
    (lambda d: d.post("appium/gestures/double_click", offset={"x": 270, "y": 1410}), [DoubleTap(X, Y)]),
    (lambda d: d.post("back"), [Press("back")]),
    (lambda d: d.post("appium/device/press_keycode", keycode=3), [Press("home")]),
    (lambda d: d.post("appium/device/press_keycode", keycode="187", metastate=None), [Press("recents")]),
    (lambda d: d.post("appium/device/open_notifications"), [Press("notifications")]),
]  # fmt: skip


@pytest.mark.parametrize(("act", "actions"), ACTS)
def test_acting_is_the_same_as_in_the_process(driver: Driver, act: Act, actions: list[DeviceAction] | str) -> None:
    twin = driver.phone.fork()
    act(driver)
    if isinstance(actions, str):
        left, top, right, bottom = next(e.bounds for e in twin.observe().elements if e.text == "Battery")
        actions = [Tap((left + right) / 2 / 1080, (top + bottom) / 2 / 2400)]
    _perform(twin, actions)
    _equal(driver.phone, twin)


TYPING: list[tuple[Callable[[Driver, str], object], list[DeviceAction]]] = [
        (lambda d, f: d.post(f"element/{f}/value", text="blue 🙂", replace=False), [Type("blue 🙂")]),
    (lambda d, f: d.post(f"element/{f}/value", value=list("wifi")), [Type("wifi")]),
    (lambda d, f: d.post(f"element/{f}/value", text="x", replace=True), [Type("x", clear=True)]),
    (lambda d, f: d.post(f"element/{f}/clear"), [Type("", clear=True)]),
    (lambda d, f: d.post("keys", text="wifi"), [Type("wifi")]),
    (lambda d, f: d.post(f"element/{f}/value", text="wifi\ue007"), [Type("wifi"), Press("enter")]),
    (lambda d, f: d.post(f"element/{f}/value", text="wifi\n"), [Type("wifi", submit=True)]),
]  # fmt: skip


@pytest.mark.parametrize(("act", "actions"), TYPING)
def test_typing_is_the_same_as_in_the_process(driver: Driver, act: Callable[[Driver, str], object], actions: list[DeviceAction]) -> None:
    field = _search(driver)
    twin = driver.phone.fork()
    act(driver, field)
    _perform(twin, actions)
    _equal(driver.phone, twin, clock=len(actions) == 1)


def _perform(phone: VirtualPhone, actions: list[DeviceAction]) -> None:
    for action in actions:
        assert phone.perform(action) is None


def _equal(one: VirtualPhone, other: VirtualPhone, *, clock: bool = True) -> None:
    mine, twin = one.observe(), other.observe()
    assert (mine.elements, mine.activity) == (twin.elements, twin.activity)
    if clock:
        assert mine.clock == twin.clock
        assert one.state_tree() == other.state_tree()
        assert one.journal() == other.journal()


def _key(kind: str, value: str) -> dict[str, object]:
    return {"type": kind, "value": value}


def test_keys_of_a_key_source(driver: Driver) -> None:
    field = _search(driver)
    keys: list[dict[str, object]] = []
    for char in "wiXf":
        keys += [_key("keyDown", char), _key("keyUp", char)]
    keys += [_key("keyDown", "\ue008"), _key("keyDown", "i"), _key("keyUp", "\ue008")]
    keys += [_key("keyDown", "\ue003")]
    driver.post("actions", actions=[{"type": "key", "id": "k", "actions": keys}])
    assert driver.text(field) == "wiXf"
    held = [{"type": "keyDown", "value": "\ue009"}, {"type": "keyDown", "value": "a"}, {"type": "keyUp", "value": "\ue009"}]
    driver.post("actions", actions=[{"type": "key", "id": "k", "actions": [*held, {"type": "keyDown", "value": "z"}]}])
    assert driver.text(field) == "z"


def test_a_tap_comes_before_keys_that_follow_it(driver: Driver) -> None:
    field = _search(driver)
    driver.post("keys", text="abc")
    rect = driver.get(f"element/{field}/rect")
    x, y = rect["x"] + 3, rect["y"] + rect["height"] / 2
    pause: dict[str, object] = {"type": "pause", "duration": 100}
    keys = [pause, pause, pause, pause, {"type": "keyDown", "value": "X"}]
    sources: list[object] = [*_finger(_move(x, y), DOWN, pause, UP)["actions"], {"type": "key", "id": "k", "actions": keys}]
    driver.post("actions", actions=sources)
    assert driver.text(field) == "Xabc"


@pytest.mark.parametrize(
    "actions",
    [
        [{"type": "wheel", "id": "w", "actions": []}],
        [{"type": "pointer", "actions": []}],
        [{"type": "pointer", "id": "p", "actions": [{"type": "keyDown", "value": "a"}]}],
        [{"type": "pointer", "id": "p", "actions": [{"type": "pointerMove", "x": "1", "y": 2}]}],
        [{"type": "pointer", "id": "p", "actions": [{"type": "pause", "duration": -1}]}],
        [{"type": "pointer", "id": "p", "actions": [{"type": "pause", "duration": 1e300}]}],
        [{"type": "key", "id": "k", "actions": [{"type": "keyDown", "value": "ab"}]}],
        [{"type": "pointer", "id": "p", "actions": [{"type": "pointerMove", "x": 1, "y": 1, "origin": "window"}]}],
        [{"type": "none", "id": "n", "actions": [{"type": "pause"}] * 10_001}],
        "x",
        [1],
    ],
)
def test_actions_that_make_no_sense(driver: Driver, actions: object) -> None:
    before = driver.phone.journal()
    with pytest.raises(Failure) as error:
        driver.post("actions", actions=actions)
    assert error.value.kind == "invalid argument"
    assert driver.phone.journal() == before


def test_moving_off_the_screen(driver: Driver) -> None:
    with pytest.raises(Failure) as error:
        driver.post("actions", **_finger(_move(5000, 10), DOWN, UP))
    assert error.value.kind == "move target out of bounds"


def test_typing_where_nothing_can_be_typed(driver: Driver) -> None:
    for path in ("value", "clear"):
        with pytest.raises(Failure) as error:
            driver.post(f"element/{battery(driver)}/{path}", text="x")
        assert (error.value.kind, error.value.status) == ("invalid element state", 400)


def test_the_focused_element(driver: Driver) -> None:
    with pytest.raises(Failure):
        driver.get("element/active")
    field = _search(driver)
    assert driver.get("element/active")["ELEMENT"] == field


# ---------------------------------------------------------------------- gestures


def test_scrolling_tells_whether_there_is_more(driver: Driver) -> None:
    area = {"left": 100, "top": 600, "width": 800, "height": 1200}
    assert driver.post("appium/gestures/scroll", area=area, direction="up", percent=1) is False
    assert driver.post("appium/gestures/scroll", area=area, direction="down", percent=0.5) is True
    assert driver.post("appium/gestures/scroll", area=area, direction="down", percent=30) is False
    assert driver.find("xpath", "//*[@text='System']")
    assert driver.post("appium/gestures/fling", area={**area, "height": 300}, direction="up", speed=9000) is True
    listing = driver.find("-android uiautomator", "new UiSelector().scrollable(true)")
    while driver.post("appium/gestures/fling", origin={"ELEMENT": listing}, direction="up"):
        pass
    driver.post("gestures/scroll_to", params={"strategy": "xpath", "selector": "//*[@text='System']"})
    assert driver.find("xpath", "//*[@text='System']")
    with pytest.raises(Failure) as error:
        driver.post("gestures/scroll_to", params={"strategy": "accessibility id", "selector": "none", "maxSwipes": 3})
    assert error.value.kind == "no such element"


def test_swiping_moves_the_finger(driver: Driver) -> None:
    area = {"left": 100, "top": 600, "width": 800, "height": 1200}
    driver.post("appium/gestures/swipe", area=area, direction="up", percent=1)
    assert not driver.find_all("xpath", "//*[@text='Network & internet']")
    driver.post("appium/gestures/swipe", area=area, direction="down", percent=1)
    assert driver.find_all("xpath", "//*[@text='Network & internet']")


@pytest.mark.parametrize(
    "body",
    [
        {"direction": "down", "percent": 1}, {"area": {"left": 0}, "direction": "down", "percent": 1},
        {"area": {"left": 0, "top": 0, "width": 10, "height": 0}, "direction": "down", "percent": 1},
        {"area": {"left": 0, "top": 0, "width": 10, "height": 10}, "direction": "sideways", "percent": 1},
        {"area": {"left": 0, "top": 0, "width": 10, "height": 10}, "direction": "down", "percent": -1},
        {"area": {"left": 0, "top": 0, "width": 10, "height": 10}, "direction": "down", "percent": 1, "speed": 0},
    ],
)  # fmt: skip
def test_gestures_that_make_no_sense(driver: Driver, body: dict[str, object]) -> None:
    for gesture in ("swipe", "scroll"):
        with pytest.raises(Failure) as error:
            driver.post(f"appium/gestures/{gesture}", **body)
        assert error.value.kind == "invalid argument"


def test_pinching_zooms() -> None:
    driver = Driver()
    driver.open("com.android.camera2")
    twin = driver.phone.fork()
    area = {"left": 100, "top": 600, "width": 800, "height": 1000}
    driver.post("appium/gestures/pinch_open", area=area, percent=0.8)
    assert [e.name for e in driver.phone.journal()[len(twin.journal()) :] if e.kind == "input"] == ["pinch"]


def test_dragging_holds_first(driver: Driver) -> None:
    driver.post("appium/device/press_keycode", keycode=3)
    seen = len(driver.phone.journal())
    driver.post("appium/gestures/drag", start={"x": 540, "y": 1500}, end={"x": 540, "y": 900})
    names = [e.name for e in driver.phone.journal()[seen:] if e.kind == "input"]
    assert names in (["long_press"], ["swipe"])
    with pytest.raises(Failure):
        driver.post("appium/gestures/drag", start={"x": 1, "y": 1})


# ---------------------------------------------------------------------- alerts, schedules


def test_alerts(driver: Driver) -> None:
    driver.open("com.android.camera2")
    assert "Camera" in driver.get("alert/text")
    with pytest.raises(Failure) as error:
        driver.post("alert/accept", buttonLabel="Perhaps")
    assert (error.value.kind, error.value.status) == ("no such alert", 404)
    driver.post("alert/accept")
    assert "android.permission.CAMERA" in driver.phone.packages.granted("com.android.camera2")


def test_an_alert_can_be_answered_by_its_label(driver: Driver) -> None:
    driver.open("com.android.camera2")
    label = next(e.text for e in driver.phone.observe().elements if e.resource_id.endswith("permission_deny_button"))
    driver.post("alert/dismiss", buttonLabel=label)
    assert "android.permission.CAMERA" not in driver.phone.packages.granted("com.android.camera2")


def test_scheduled_actions_follow_the_phones_clock(driver: Driver) -> None:
    steps: list[object] = [
        {"type": "gesture", "name": "tap", "payload": {"subtype": "click", "locator": {"strategy": "id", "selector": "nothing"}}},
        {"type": "source", "name": "look", "payload": {}},
        {"type": "gesture", "name": "tap", "payload": {"subtype": "click", "x": 540, "y": 1410}},
    ]
    driver.post("appium/schedule_action", name="a", steps=steps, times=3, intervalMs=10_000)
    assert driver.post("appium/action_history", name="a")["repeats"] == 1
    driver.phone.pass_time(30_000)
    history = driver.post("appium/action_history", name="a")
    assert history["repeats"] == 3
    assert [r["passed"] for r in history["stepResults"][0]] == [False, True, True]
    assert driver.post("appium/unschedule_action", name="a") is True
    with pytest.raises(Failure):
        driver.post("appium/action_history", name="a")
