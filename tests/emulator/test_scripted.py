"""What is the scripted phone's own; the rest is in its conformance tests."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mobilegym.actions import OpenApp, Tap, Type, Wait
from mobilegym.emulator.scripted import Arrival, Part, ScriptedDevice, ScriptedScreen
from mobilegym.errors import DeviceError, NotFound


def tap(device: ScriptedDevice, label: str) -> None:
    screen = device.observe()
    element = next(e for e in screen.elements if label in (e.text, e.content_desc, e.hint))
    x, y = element.bounds.center
    assert device.perform(Tap(x / screen.width, y / screen.height)) is None


def fill(device: ScriptedDevice, **fields: str) -> None:
    for hint, text in fields.items():
        tap(device, hint)
        assert device.perform(Type(text)) is None


def test_a_form_becomes_a_row() -> None:
    device = ScriptedDevice()
    device.perform(OpenApp("Contacts"))
    tap(device, "Create contact")
    fill(device, Name="Ada Byron", Phone="555-0101")
    tap(device, "Save")
    assert "Ada Byron" in [e.text for e in device.observe().elements]
    rows = device.content.query("content://com.android.contacts/raw_contacts", projection=["display_name", "phone"])
    assert rows == [{"display_name": "Ada Byron", "phone": "555-0101"}]


def test_sending_is_outward() -> None:
    device = ScriptedDevice()
    device.perform(OpenApp("Messages"))
    tap(device, "Start chat")
    fill(device, Number="555-0102", Message="On my way")
    tap(device, "Send")
    (sent,) = [e for e in device.journal() if e.kind == "effect"]
    assert (sent.name, sent.risk, sent.data) == ("sms.sent", "outward", {"number": "555-0102", "text": "On my way"})


def test_what_was_typed_and_erased_is_in_the_journal() -> None:
    device = ScriptedDevice()
    device.perform(OpenApp("Markor"))
    tap(device, "Title")
    device.perform(Type("secret"))
    device.perform(Type("list", clear=True))
    assert [e.data["after"] for e in device.journal() if e.kind == "field"] == ["secret", "list"]
    tap(device, "Save")
    assert device.files.exists("/sdcard/Documents/list.md")


def test_arrivals_come_in_their_time() -> None:
    script = replace(ScriptedDevice().script, arrivals=(Arrival(60_000, "555-0103", "Now!"),))
    device = ScriptedDevice(script)
    device.perform(Wait(59_000))
    assert not device.notifications()
    device.perform(Wait(2_000))
    (notification,) = device.notifications()
    assert (notification.title, notification.text) == ("555-0103", "Now!")
    assert device.journal()[-1].at_ms == notification.when_ms


def test_long_screens_scroll() -> None:
    base = ScriptedDevice().script
    long = ScriptedScreen("home", "a.b", "a.b.Main", tuple(Part(f"row {i}") for i in range(40)))
    device = ScriptedDevice(replace(base, screens=(long, *base.screens[1:])))
    assert any(e.scrollable for e in device.observe().elements)
    assert "row 39" not in [e.text for e in device.observe().elements]


def test_forks_are_apart() -> None:
    device = ScriptedDevice()
    fork = device.fork()
    fork.settings.put("global", "wifi_on", "0")
    fork.content.insert("content://sms", {"body": "x"})
    assert device.settings.get("global", "wifi_on") == "1"
    assert device.content.query("content://sms") == []


def test_mistakes_are_named() -> None:
    device = ScriptedDevice()
    with pytest.raises(NotFound, match="has no screen 'moon'"):
        device.show("moon")
    with pytest.raises(DeviceError, match="does not ask for"):
        device.packages.grant("com.google.android.contacts", "android.permission.CAMERA")
    with pytest.raises(DeviceError, match="time zone aware"):
        ScriptedDevice(replace(device.script, start=device.script.start.replace(tzinfo=None)))
