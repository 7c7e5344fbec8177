"""Broadcasts: helper apps' and the system's."""

from __future__ import annotations

import base64
import json

import pytest

from mobilegym.actions import OpenApp
from mobilegym.emulator.phone.kernel.intents import Extra, Intent
from mobilegym.emulator.phone.shell.process import JavaError
from mobilegym.emulator.phone.shell.receivers import CANCELED, OK, BroadcastResult, deliver
from mobilegym.emulator.phone.shell.system import System

TEXT = "Grüße, 東京 🙂"


def send(system: System, action: str, package: str = "", **extras: Extra) -> BroadcastResult:
    return deliver(system, Intent(action, package=package, extras=tuple(sorted(extras.items()))))


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.fixture
def focused(system: System) -> System:
    system.phone.perform(OpenApp("Settings"))
    field = next(e for e in system.phone.observe().elements if e.text.startswith("Search"))
    x, y = field.bounds.center
    system.kernel.input.tap(x, y)
    assert system.kernel.ime.spec() is not None
    return system


def typed(system: System) -> str:
    surface = system.kernel.ime.surface()
    assert surface is not None
    return surface.field(surface.focus)


def test_the_adb_keyboard_types_any_text(focused: System) -> None:
    before = focused.kernel.clock.now_ms
    assert send(focused, "ADB_INPUT_B64", msg=encoded(TEXT)).code == CANCELED
    focused.settle()
    assert (typed(focused), focused.kernel.clock.now_ms - before) == (TEXT, len(TEXT) * 30 + 500)
    send(focused, "ADB_CLEAR_TEXT")
    send(focused, "ADB_INPUT_TEXT", msg="ab c")
    send(focused, "ADB_INPUT_CHARS", chars=(128568, 32, 65))
    send(focused, "ADB_INPUT_CODE", code=67)
    assert typed(focused) == "ab c\U0001f638 "
    send(focused, "ADB_INPUT_MCODE", mcode=(0x1000, 29))
    send(focused, "ADB_INPUT_MCODE", mcode="4096,52")
    assert (typed(focused), focused.kernel.hardware.clipboard()) == ("", "ab c\U0001f638 ")
    send(focused, "ADB_EDITOR_CODE", code=3)
    assert not focused.kernel.ime.shown


def test_the_keyboard_of_uiautomator2_says_that_it_worked(focused: System) -> None:
    assert send(focused, "ADB_KEYBOARD_INPUT_TEXT", text=encoded(TEXT)) == BroadcastResult(OK, "success")
    assert typed(focused) == TEXT
    assert send(focused, "ADB_KEYBOARD_INPUT_TEXT", text="*").code in (OK, CANCELED)
    assert send(focused, "ADB_KEYBOARD_CLEAR_TEXT").code == OK
    assert typed(focused) == ""
    assert send(focused, "ADB_KEYBOARD_HIDE").code == OK
    assert not focused.kernel.ime.shown
    assert send(focused, "ADB_KEYBOARD_EDITOR_CODE", code="3").code == OK


def test_keyboards_do_nothing_without_a_field(system: System) -> None:
    before = system.phone.state_tree()
    send(system, "ADB_INPUT_B64", msg=encoded(TEXT))
    send(system, "ADB_INPUT_B64", msg="\N{SNOWMAN}")
    send(system, "ADB_INPUT_B64")
    system.settle()
    assert system.phone.state_tree() == before


def test_clipboard_helpers(system: System) -> None:
    assert send(system, "clipper.get").code == CANCELED
    assert send(system, "clipper.set", text=TEXT) == BroadcastResult(OK, "Text is copied into clipboard.")
    assert send(system, "clipper.get") == BroadcastResult(OK, TEXT)
    assert send(system, "io.appium.settings.clipboard.get") == BroadcastResult(OK, encoded(TEXT))


def test_appium_reads_location_messages_and_notifications(system: System) -> None:
    system.phone.hardware.set_location(52.5, -13.25)
    assert send(system, "io.appium.settings.location").data == "52.50000 -13.25000 0.00000"
    system.phone.telephony.receive_sms("5550100", 'say "hi"')
    items = json.loads(send(system, "io.appium.settings.sms.read", max="5").data or "")
    assert (items["items"][0]["address"], items["items"][0]["body"]) == ("5550100", 'say "hi"')
    assert items["total"] >= 1
    found = json.loads(send(system, "io.appium.settings.notifications").data or "")["statusBarNotifications"]
    assert [n["key"] for n in found] == [n.key for n in system.kernel.notifications.active()]
    assert found


def test_appium_switches_things(system: System) -> None:
    hardware = system.kernel.hardware
    assert send(system, "io.appium.settings.wifi", setstatus="disable").code == OK
    assert send(system, "io.appium.settings.data_connection", setstatus="disable").code == OK
    assert send(system, "io.appium.settings.bluetooth", setstatus="enable").code == OK
    assert (hardware.wifi_on, hardware.mobile_data, hardware.bluetooth_on) == (False, False, True)
    assert send(system, "io.appium.settings.wifi").code == CANCELED
    assert send(system, "io.appium.settings.unpair_bluetooth").code == OK
    assert not any(item.paired for item in hardware.bluetooth_devices())
    send(system, "io.appium.settings.animation", setstatus="disable")
    assert system.kernel.settings.get("global", "animator_duration_scale") == "0.0"
    assert send(system, "io.appium.settings.locale", lang="xx", country="YY").code == CANCELED
    items = json.loads(base64.b64decode(send(system, "io.appium.settings.list_locales").data or ""))["items"]
    assert send(system, "io.appium.settings.locale", lang=items[0]["language"], country=items[0]["country"]).code == OK


def test_media_is_scanned(system: System) -> None:
    png = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
    system.kernel.files.on_change = None
    system.phone.files.write("/sdcard/Pictures/new/x.png", png)
    assert system.kernel.content.media.by_path("/sdcard/Pictures/new/x.png") is None
    assert send(system, "io.appium.settings.scan_media", path="/sdcard/Pictures").code == OK
    assert system.kernel.content.media.by_path("/sdcard/Pictures/new/x.png") is not None
    assert send(system, "io.appium.settings.scan_media", path="/sdcard/nothing").code == CANCELED
    assert deliver(system, Intent("android.intent.action.MEDIA_SCANNER_SCAN_FILE", data="file:///sdcard/no")).code == CANCELED


def test_what_only_the_system_may_say_is_refused(system: System) -> None:
    with pytest.raises(
        JavaError, match=r"Permission Denial: not allowed to send broadcast .*BOOT_COMPLETED from pid=\d+, uid=2000"
    ) as error:
        send(system, "android.intent.action.BOOT_COMPLETED")
    assert error.value.kind == "java.lang.SecurityException"
    before = system.phone.state_tree()
    assert deliver(system, Intent("android.intent.action.BOOT_COMPLETED"), uid=0).code == CANCELED
    assert system.phone.state_tree() == before


def test_the_shade_closes(system: System) -> None:
    system.kernel.shell.set(shade="notifications")
    send(system, "android.intent.action.CLOSE_SYSTEM_DIALOGS")
    assert system.kernel.shell.state.shade == "closed"


def test_an_app_survives_broadcasts_it_does_not_expect(system: System) -> None:
    for package in system.kernel.packages.names():
        assert send(system, "com.example.WHATEVER", package).code == CANCELED
    assert deliver(system, Intent("com.example.X"), "no.such/.Receiver").code == CANCELED
