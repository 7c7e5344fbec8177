"""Appium with its UiAutomator2 driver, unmodified and with default capabilities, against a virtual phone."""

from __future__ import annotations

import base64
import io
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

pytest.importorskip("appium", reason="Appium-Python-Client is not installed")

from appium import webdriver
from appium.options.common import AppiumOptions
from appium.webdriver.common.appiumby import AppiumBy as By
from PIL import Image
from selenium.common.exceptions import (
    InvalidElementStateException,
    InvalidSelectorException,
    NoAlertPresentException,
    NoSuchElementException,
    StaleElementReferenceException,
    WebDriverException,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions import interaction
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.pointer_input import PointerInput

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread
from tests.clients.appium_server import Appium, appium_server, why_no_appium
from tests.clients.harness import Adb, adb_server, add_emulator, serve_emulators
from tests.conftest import missing

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
SETTINGS = "com.android.settings"


@dataclass
class World:
    """A phone, Appium, and a session on it."""

    thread: ServerThread
    served: ServedPhone
    appium: Appium
    driver: Any


@pytest.fixture(scope="module")
def appium(any_adb: str, tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Appium, ServerThread], None, None]:
    why = why_no_appium()
    if why:
        missing("Appium", why)
    folder = tmp_path_factory.mktemp("appium")
    with (
        adb_server(any_adb, folder / "home") as adb,
        serve_emulators([VirtualPhone()], adb) as thread,
        appium_server(adb, folder) as server,
    ):
        yield server, thread


def connect(server: Appium, serial: str, **more: object) -> Any:
    options = AppiumOptions().load_capabilities(server.capabilities(serial, **more))
    return webdriver.Remote(server.url, options=options)


@pytest.fixture(scope="module")
def world(appium: tuple[Appium, ServerThread]) -> Generator[World, None, None]:
    """A session with nothing but an app to start: Appium installs its own helpers."""
    server, thread = appium
    served = thread.phones[0]
    driver = connect(server, served.serial, appPackage=SETTINGS, appActivity=".Settings")
    yield World(thread, served, server, driver)
    driver.quit()


@pytest.fixture
def driver(world: World) -> Any:
    """The session, with Settings at its first page."""
    world.driver.terminate_app(SETTINGS)
    world.driver.activate_app(SETTINGS)
    return world.driver


def scroll_to(text: str) -> tuple[str, str]:
    return By.ANDROID_UIAUTOMATOR, f'new UiScrollable(new UiSelector().scrollable(true)).scrollIntoView(new UiSelector().text("{text}"))'


# ---------------------------------------------------------------------- the session


def test_session_facts(driver: Any) -> None:
    caps = driver.capabilities
    assert caps["platformName"].lower() == "android"
    assert caps["deviceApiLevel"] == 34
    assert caps["deviceScreenSize"] == "1080x2400"
    assert float(caps["pixelRatio"]) == 2.625
    assert caps["statBarHeight"] == 132
    assert driver.get_window_size() == {"width": 1080, "height": 2400}
    assert driver.get_window_rect()["height"] == 2400
    assert driver.current_package == SETTINGS
    assert driver.current_activity.endswith("Settings")
    assert driver.contexts == ["NATIVE_APP"]
    assert driver.current_context == "NATIVE_APP"
    assert driver.get_system_bars()["statusBar"]["height"] == 132
    assert driver.get_display_density() == 420
    assert driver.orientation == "PORTRAIT"
    assert driver.execute_script("mobile: deviceInfo")["realDisplaySize"] == "1080x2400"
    assert driver.execute_script("mobile: batteryInfo")["level"] == 1.0
    assert driver.execute_script("mobile: viewportRect")["top"] == 132
    assert driver.execute_script("mobile: getDeviceTime").startswith("2026-03-11T09:")
    assert driver.device_time.startswith("2026-03-11")
    assert len(driver.execute_script("mobile: listDisplays")) == 1
    assert {w["packageName"] for w in driver.execute_script("mobile: listWindows", {"skipScreenshots": True})} >= {SETTINGS}


def test_settings_of_the_session(driver: Any) -> None:
    assert driver.get_settings()["waitForIdleTimeout"] == 10000
    driver.update_settings({"enableMultiWindows": True})
    assert "com.android.systemui" in driver.page_source
    driver.update_settings({"enableMultiWindows": False})
    assert "com.android.systemui" not in driver.page_source
    driver.implicitly_wait(0)


# ---------------------------------------------------------------------- finding and reading


def test_every_strategy_finds_the_same(driver: Any) -> None:
    by_xpath = driver.find_element(By.XPATH, "//android.widget.TextView[@text='Battery']")
    by_selector = driver.find_element(By.ANDROID_UIAUTOMATOR, 'new UiSelector().textStartsWith("batt")')
    assert by_xpath.id == by_selector.id
    titles = driver.find_elements(By.ID, "android:id/title")
    assert by_xpath.id in [t.id for t in titles]
    assert by_xpath.id in [t.id for t in driver.find_elements(By.CLASS_NAME, "android.widget.TextView")]
    row = driver.find_element(By.XPATH, "//*[@text='Battery']/..")
    assert row.find_element(By.ID, "android:id/title").id == by_xpath.id
    assert driver.find_elements(By.ACCESSIBILITY_ID, "no such thing") == []
    # The driver itself turns CSS into a UiSelector.
    assert driver.find_element(By.CSS_SELECTOR, "android.widget.TextView[text='Battery']").text == "Battery"
    assert driver.find_element(By.ANDROID_UIAUTOMATOR, 'new UiSelector().className("android.widget.TextView").instance(1)').text


def test_reading_an_element(driver: Any) -> None:
    element = driver.find_element(By.XPATH, "//*[@text='Battery']")
    assert element.text == "Battery"
    assert element.is_displayed()
    assert element.is_enabled()
    assert not element.is_selected()
    assert element.get_attribute("resource-id") == "android:id/title"
    assert element.get_attribute("package") == SETTINGS
    assert element.get_attribute("checked") == "false"
    rect = element.rect
    assert element.location == {"x": rect["x"], "y": rect["y"]}
    assert element.size == {"width": rect["width"], "height": rect["height"]}
    assert element.get_attribute("bounds") == f"[{rect['x']},{rect['y']}][{rect['x'] + rect['width']},{rect['y'] + rect['height']}]"
    shot = Image.open(io.BytesIO(element.screenshot_as_png))
    assert shot.size == (rect["width"], rect["height"])


def test_source_shows_what_the_phone_shows(driver: Any, world: World) -> None:
    root = ElementTree.fromstring(driver.page_source)
    texts = [n.get("text") for n in root.iter("*") if n.get("text")]
    screen = world.thread.call(world.served.phone.observe)
    assert texts == [e.text for e in screen.elements if e.text and e.package == SETTINGS]


def test_screenshot_shows_the_phone(driver: Any, world: World) -> None:
    picture = np.asarray(Image.open(io.BytesIO(driver.get_screenshot_as_png())).convert("RGB"))
    assert np.array_equal(picture, world.thread.call(world.served.phone.render))
    viewport = Image.open(io.BytesIO(base64.b64decode(driver.execute_script("mobile: viewportScreenshot"))))
    assert viewport.size == (1080, 2268)


def test_errors_have_their_own_types(driver: Any) -> None:
    with pytest.raises(NoSuchElementException):
        driver.find_element(By.ID, "nothing")
    with pytest.raises(InvalidSelectorException):
        driver.find_element(By.XPATH, "//*[")
    with pytest.raises(InvalidSelectorException):
        driver.find_element(By.ANDROID_UIAUTOMATOR, "new UiSelector().nonsense()")
    with pytest.raises(NoAlertPresentException):
        _ = driver.switch_to.alert.text
    title = driver.find_element(By.XPATH, "//*[@text='Battery']")
    with pytest.raises(InvalidElementStateException):
        title.send_keys("x")
    title.click()
    with pytest.raises(StaleElementReferenceException):
        _ = title.get_attribute("text")


# ---------------------------------------------------------------------- acting


def test_click_and_back(driver: Any) -> None:
    driver.find_element(By.XPATH, "//*[@text='Battery']").click()
    assert driver.find_elements(By.XPATH, "//*[@text='Battery usage' or @text='Battery Saver' or contains(@text,'%')]")
    driver.back()
    assert driver.find_element(By.XPATH, "//*[@text='Battery']")


def test_typing(driver: Any, world: World) -> None:
    driver.find_element(By.XPATH, "//*[@text='Search settings']").click()
    field = driver.find_element(By.CLASS_NAME, "android.widget.EditText")
    field.send_keys("wi")
    field.send_keys("-fi")
    assert driver.find_element(By.CLASS_NAME, "android.widget.EditText").text == "wi-fi"
    assert driver.is_keyboard_shown()
    driver.execute_script("mobile: replaceElementValue", {"elementId": field.id, "text": "Zoë 漢字 🙂"})
    assert field.text == "Zoë 漢字 🙂"
    assert driver.switch_to.active_element.text == "Zoë 漢字 🙂"
    field.clear()
    assert field.get_attribute("showing-hint") == "true"
    ActionChains(driver).send_keys("bat").perform()
    assert field.text == "bat"
    driver.press_keycode(67)
    assert field.text == "ba"
    driver.hide_keyboard()
    assert not driver.is_keyboard_shown()
    driver.execute_script("mobile: type", {"text": "tz"})
    assert driver.find_element(By.CLASS_NAME, "android.widget.EditText").text == "batz"


def test_scrolling(driver: Any) -> None:
    assert driver.find_element(*scroll_to("System")).text == "System"
    area = {"left": 100, "top": 600, "width": 800, "height": 1200}
    assert driver.execute_script("mobile: scrollGesture", {**area, "direction": "up", "percent": 9.0}) is False
    assert driver.execute_script("mobile: scrollGesture", {**area, "direction": "down", "percent": 0.3}) is True
    for _ in range(10):
        if not driver.execute_script("mobile: flingGesture", {**area, "direction": "down"}):
            break
    assert driver.find_element(By.XPATH, "//*[@text='System']")
    driver.execute_script("mobile: swipeGesture", {**area, "direction": "down", "percent": 0.75})
    driver.swipe(540, 700, 540, 2000, 300)
    driver.flick(540, 700, 540, 2000)
    driver.execute_script("mobile: scroll", {"strategy": "-android uiautomator", "selector": 'new UiSelector().text("Battery")'})
    assert driver.find_element(By.XPATH, "//*[@text='Battery']")


def test_touches(driver: Any) -> None:
    row = driver.find_element(By.XPATH, "//*[@text='Battery']")
    center = row.rect["x"] + row.rect["width"] // 2, row.rect["y"] + row.rect["height"] // 2
    driver.tap([center], 50)
    assert not driver.find_elements(By.XPATH, "//*[@text='Search settings']")
    driver.back()
    finger: Any = ActionBuilder(driver, mouse=PointerInput(interaction.POINTER_TOUCH, "finger"))
    finger.pointer_action.move_to_location(*center).pointer_down().pause(0.05).pointer_up()
    finger.perform()
    assert not driver.find_elements(By.XPATH, "//*[@text='Search settings']")
    driver.back()
    driver.execute_script("mobile: clickGesture", {"elementId": driver.find_element(By.XPATH, "//*[@text='Battery']").id})
    assert not driver.find_elements(By.XPATH, "//*[@text='Search settings']")
    driver.back()
    driver.execute_script("mobile: clickGesture", {"x": center[0], "y": center[1]})
    driver.back()
    driver.press_keycode(3)
    icon = driver.find_element(By.XPATH, "//android.widget.TextView[@clickable='true']")
    driver.execute_script("mobile: longClickGesture", {"elementId": icon.id})
    driver.press_keycode(4)
    driver.execute_script("mobile: doubleClickGesture", {"x": 540, "y": 900})
    driver.execute_script("mobile: dragGesture", {"startX": 540, "startY": 1500, "endX": 540, "endY": 900})
    for name in ("pinchOpenGesture", "pinchCloseGesture"):
        driver.execute_script(f"mobile: {name}", {"left": 100, "top": 500, "width": 800, "height": 800, "percent": 0.5})


def test_alerts(driver: Any) -> None:
    for answer in ("dismiss", "accept"):
        driver.execute_script("mobile: clearApp", {"appId": "com.android.camera2"})
        driver.activate_app("com.android.camera2")
        alert = driver.switch_to.alert
        assert "Camera" in alert.text
        with pytest.raises(NoAlertPresentException):
            driver.execute_script("mobile: acceptAlert", {"buttonLabel": "no such button"})
        getattr(alert, answer)()
        state = driver.execute_script("mobile: getPermissions", {"appPackage": "com.android.camera2", "type": "granted"})
        assert ("android.permission.CAMERA" in state) == (answer == "accept")
        driver.terminate_app("com.android.camera2")


def test_keys_and_screen(driver: Any) -> None:
    driver.open_notifications()
    assert driver.find_elements(By.XPATH, "//*[@package='com.android.systemui']")
    for code in (4, 187, 3):
        driver.press_keycode(code)
    driver.long_press_keycode(24)
    driver.keyevent(25)
    driver.lock()
    assert driver.is_locked()
    driver.unlock()
    assert not driver.is_locked()


def test_orientation(driver: Any) -> None:
    driver.orientation = "LANDSCAPE"
    assert driver.orientation == "LANDSCAPE"
    assert driver.get_window_size() == {"width": 2400, "height": 1080}
    driver.orientation = "PORTRAIT"
    assert driver.orientation == "PORTRAIT"


def test_schedule(driver: Any) -> None:
    assert driver.execute_script("mobile: scheduleAction", {"name": "look", "steps": [{"type": "source", "name": "s", "payload": {}}]})
    history = driver.execute_script("mobile: getActionHistory", {"name": "look"})
    assert history["repeats"] == 1
    assert history["stepResults"][0][0]["passed"] is True
    driver.execute_script("mobile: unscheduleAction", {"name": "look"})


# ---------------------------------------------------------------------- apps and the phone


def test_apps(driver: Any) -> None:
    assert driver.is_app_installed(SETTINGS)
    assert not driver.is_app_installed("com.example.none")
    assert driver.query_app_state(SETTINGS) == 4
    driver.background_app(-1)
    assert driver.query_app_state(SETTINGS) == 3
    driver.activate_app(SETTINGS)
    assert driver.terminate_app(SETTINGS)
    assert driver.query_app_state(SETTINGS) == 1
    driver.execute_script("mobile: startActivity", {"intent": f"{SETTINGS}/.Settings"})
    assert driver.current_package == SETTINGS
    driver.execute_script("mobile: deepLink", {"url": "tel:5550123", "package": "com.google.android.dialer"})
    assert driver.current_package == "com.google.android.dialer"
    driver.execute_script("mobile: clearApp", {"appId": "com.google.android.deskclock"})
    permission = {"appPackage": "com.android.camera2", "permissions": "android.permission.CAMERA"}
    driver.execute_script("mobile: changePermissions", {**permission, "action": "grant"})
    granted = driver.execute_script("mobile: getPermissions", {"appPackage": "com.android.camera2", "type": "granted"})
    assert "android.permission.CAMERA" in granted
    driver.execute_script("mobile: changePermissions", {**permission, "action": "revoke"})


def test_files_clipboard_and_shell(driver: Any) -> None:
    text = base64.b64encode("Grüße\n".encode()).decode()
    driver.push_file("/sdcard/Download/note.txt", text)
    assert driver.pull_file("/sdcard/Download/note.txt") == text
    assert driver.pull_folder("/sdcard/Download")
    driver.execute_script("mobile: deleteFile", {"remotePath": "/sdcard/Download/note.txt"})
    driver.set_clipboard_text("copied ✓")
    assert driver.get_clipboard_text() == "copied ✓"
    assert driver.execute_script("mobile: shell", {"command": "getprop", "args": ["ro.build.version.sdk"]}).strip() == "34"
    assert driver.get_performance_data_types()


def test_radios_and_place(driver: Any, world: World) -> None:
    assert driver.network_connection in (4, 6)
    driver.toggle_wifi()
    driver.execute_script("mobile: setConnectivity", {"wifi": True, "data": True})
    assert driver.execute_script("mobile: getConnectivity", {"services": ["wifi"]})["wifi"] is True
    driver.set_location(40.7, -74.0, 10)
    place = world.thread.call(world.served.phone.hardware.location)
    assert place == pytest.approx((40.7, -74.0), abs=1e-3)


def test_what_only_emulators_do(driver: Any) -> None:
    driver.send_sms("5550123", "Hello from Appium")
    shown = driver.execute_script("mobile: getNotifications")
    assert "Hello from Appium" in str(shown)
    assert "Hello from Appium" in str(driver.execute_script("mobile: listSms", {"max": 5}))
    driver.make_gsm_call("5550123", "call")
    driver.make_gsm_call("5550123", "cancel")
    driver.finger_print(1)
    driver.set_power_capacity(50)
    assert driver.execute_script("mobile: batteryInfo")["level"] == 0.5
    driver.set_power_ac("on")
    assert "logcat" in driver.log_types


# ---------------------------------------------------------------------- sessions


def failure(driver: Any) -> str:
    """What a request fails with."""
    with pytest.raises(WebDriverException) as error:
        driver.get_window_size()
    return str(error.value)


def test_a_killed_server_is_reported_as_on_a_real_phone(appium: tuple[Appium, ServerThread], world: World) -> None:
    server, _ = appium
    served = add_emulator(world.thread, VirtualPhone())
    adb: Adb = server.adb.of(served.serial)
    adb("wait-for-device", check=True)
    driver = connect(server, served.serial)
    try:
        assert driver.find_elements(By.CLASS_NAME, "android.widget.TextView")
        adb.shell("am force-stop io.appium.uiautomator2.server")
        # Until the driver has seen its process end, it is the connection that fails.
        assert any("instrumentation process is not running" in failure(driver) for _ in range(200))
    finally:
        driver.quit()
