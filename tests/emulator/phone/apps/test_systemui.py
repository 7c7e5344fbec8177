"""Notifications and quick settings: the shade, banners, tiles and panels."""

from __future__ import annotations

from typing import Any

import pytest

from mobilegym.actions import Press, Swipe
from tests.emulator.phone.apps.pilot import Pilot
from tests.emulator.phone.apps.stub import MESSAGES, PULL, pilot, post


@pytest.fixture
def p() -> Pilot:
    return pilot()


# ---------------------------------------------------------------------- notifications


def test_a_notification_opens_its_content_and_goes(p: Pilot) -> None:
    post(p)
    p.perform(PULL)
    p.tap("Tonight?")
    assert p.phone.activity().package == MESSAGES
    assert p.has("got MAIN sms:5")
    assert p.phone.notifications() == ()
    assert p.phone.kernel.shell.state.shade == "closed"


def test_action_buttons_reach_the_app(p: Pilot) -> None:
    key = post(p)
    p.perform(PULL)
    p.tap("Mark as read")
    told = [e for e in p.phone.journal() if e.name == "told.read"]
    assert [e.data["key"] for e in told] == [key]


def test_reply_in_the_shade(p: Pilot) -> None:
    post(p)
    p.perform(PULL)
    p.tap("Reply")
    assert p.find(rid="remote_input_text").focused
    p.type("On my way")
    p.tap(desc="Send", nth=0)
    told = [e for e in p.phone.journal() if e.name == "told.reply"]
    assert [e.data["text"] for e in told] == ["On my way"]
    assert not p.find_all(rid="remote_input_text")


def test_only_the_first_row_is_open_and_rows_expand(p: Pilot) -> None:
    post(p, tag="a", title="Ada")
    post(p, tag="b", title="Ben")
    p.perform(PULL)
    assert len(p.find_all(rid="android:id/big_text")) == 1
    p.tap(desc="Expand")
    assert len(p.find_all(rid="android:id/big_text")) == 2
    p.tap(desc="Collapse", nth=0)
    assert len(p.find_all(rid="android:id/big_text")) == 1


def test_swiping_away_and_clearing(p: Pilot) -> None:
    post(p, tag="a", title="Ada")
    post(p, tag="b", title="Ben")
    post(p, tag="c", title="Timer", ongoing=True)
    post(p, tag="d", title="Quiet", channel="low", importance=2)
    p.perform(PULL)
    assert p.find(rid="header_label").text == "Silent"
    p.swipe("right", "Ada")
    assert not p.has("Ada")
    p.swipe("right", "Timer")
    assert p.has("Timer")
    p.tap(desc="Clear all silent notifications")
    assert not p.has("Quiet")
    p.tap("Clear all")
    assert [n.title for n in p.phone.notifications()] == ["Timer"]
    assert p.phone.kernel.shell.state.shade == "closed"


def test_the_panel_behind_a_row(p: Pilot) -> None:
    post(p)
    p.perform(PULL)
    p.long_press("Tonight?")
    p.tap("Silent")
    p.tap("Done")
    assert [c.importance for c in p.phone.kernel.notifications.channels(MESSAGES)] == [2]
    p.long_press("Tonight?")
    p.tap("Turn off notifications")
    assert not p.phone.kernel.notifications.enabled(MESSAGES)
    assert p.has("No notifications")


def test_manage_leads_to_settings(p: Pilot) -> None:
    p.perform(PULL)
    p.tap("Manage")
    assert p.has("got NOTIFICATION_SETTINGS ")


def test_a_banner_comes_and_goes(p: Pilot) -> None:
    post(p, channel="loud", importance=4)
    assert p.has("Tonight?")
    p.wait(6000)
    assert not p.has("Tonight?")
    assert len(p.phone.notifications()) == 1


def test_a_banner_takes_replies_taps_and_swipes(p: Pilot) -> None:
    post(p, channel="loud", importance=4)
    p.tap("Reply")
    p.type("Yes", submit=True)
    assert [e.data["text"] for e in p.phone.journal() if e.name == "told.reply"] == ["Yes"]
    assert not p.has("Tonight?")
    post(p, channel="loud", importance=4)
    p.swipe("up", "Tonight?")
    assert not p.has("Tonight?")
    assert len(p.phone.notifications()) == 1
    post(p, channel="loud", importance=4, title="Ben")
    p.tap("Ben")
    assert p.phone.activity().package == MESSAGES


def test_a_ringing_call_stays_until_it_is_withdrawn(p: Pilot) -> None:
    key = post(p, channel="calls", importance=4, ongoing=True, title="Ada calling", actions=(("Decline", "DECLINE"), ("Answer", "ANSWER")))
    p.wait(20_000)
    assert p.has("Ada calling")
    p.tap("Answer")
    p.phone.kernel.notifications.cancel(key)
    assert "told.answer" in p.effects()
    assert not p.has("Ada calling")


# ---------------------------------------------------------------------- quick settings


def test_the_shade_opens_step_by_step(p: Pilot) -> None:
    p.perform(PULL)
    assert p.find_all(rid="quick_qs_panel")
    assert not p.find_all(rid="status_bar")
    p.perform(PULL)
    assert p.find_all(rid="quick_settings_panel")
    p.back()
    assert p.find_all(rid="quick_qs_panel")
    p.back()
    assert p.phone.kernel.shell.state.shade == "closed"


def tile(p: Pilot, label: str) -> None:
    p.perform(PULL)
    p.perform(PULL)
    for finger in ("left", "right"):
        if p.find_all(contains=f"{label}, "):
            break
        p.swipe(finger, rid="qs_pager")
    p.tap(contains=f"{label}, ")


@pytest.mark.parametrize(
    ("label", "namespace", "key", "value"),
    [
        ("Bluetooth", "global", "bluetooth_on", "0"),
        ("Flashlight", "secure", "flashlight_enabled", "1"),
        ("Do Not Disturb", "global", "zen_mode", "1"),
        ("Airplane mode", "global", "airplane_mode_on", "1"),
        ("Auto-rotate", "system", "accelerometer_rotation", "1"),
        ("Battery Saver", "global", "low_power", "1"),
        ("Night Light", "secure", "night_display_activated", "1"),
        ("Dark theme", "secure", "ui_night_mode", "2"),
        ("Location", "secure", "location_mode", "0"),
    ],
)
def test_tiles_switch_settings(p: Pilot, label: str, namespace: Any, key: str, value: str) -> None:
    before = p.phone.kernel.settings.get(namespace, key)
    tile(p, label)
    assert p.phone.kernel.settings.get(namespace, key) == value
    assert "setting.changed" in p.effects()
    p.tap(contains=f"{label}, ")
    assert p.phone.kernel.settings.get(namespace, key) == before


def test_hotspot_needs_a_network(p: Pilot) -> None:
    tile(p, "Hotspot")
    assert p.phone.kernel.hardware.hotspot
    p.phone.kernel.hardware.set_airplane(True)
    assert p.has("Hotspot, Unavailable")
    p.tap("Hotspot, Unavailable")
    assert not p.phone.kernel.hardware.hotspot


def test_mobile_data_is_confirmed_once(p: Pilot) -> None:
    tile(p, "Mobile data")
    p.tap("Cancel")
    assert p.phone.kernel.hardware.mobile_data
    p.tap(contains="Mobile data, ")
    p.tap("Turn off")
    assert not p.phone.kernel.hardware.mobile_data
    p.tap(contains="Mobile data, ")
    p.tap(contains="Mobile data, ")
    assert not p.phone.kernel.hardware.mobile_data


def test_the_internet_panel(p: Pilot) -> None:
    tile(p, "Internet")
    p.tap("Corner Cafe Guest")
    network = p.phone.kernel.hardware.wifi()
    assert network is not None
    assert network.ssid == "Corner Cafe Guest"
    p.tap(rid="wifi_toggle")
    assert not p.phone.kernel.hardware.wifi_on
    p.tap("Done")
    assert p.has("Internet, Fieldline")


def test_brightness(p: Pilot) -> None:
    p.perform(PULL)
    p.perform(PULL)
    slider = p.find(rid="slider").bounds
    screen = p.phone.observe()
    y = slider.center[1] / screen.height
    p.perform(Swipe(0.3, y, 0.99, y, 300))
    assert p.phone.kernel.hardware.brightness == 255
    p.perform(Swipe(0.5, y, 0.05, y, 300))
    assert p.phone.kernel.hardware.brightness == 1


def test_long_press_on_a_tile_opens_its_page(p: Pilot) -> None:
    p.perform(PULL)
    p.long_press(desc="Bluetooth.")
    assert p.has("got BLUETOOTH_SETTINGS ")


def test_editing_the_order_of_tiles(p: Pilot) -> None:
    p.perform(PULL)
    p.perform(PULL)
    p.tap(desc="Edit order of settings.")
    p.tap(desc="Position of Location")
    p.tap(desc="Position of Internet")
    p.tap(desc="Remove Alarm")
    p.tap(desc="Add NFC", nth=0)
    order = (p.phone.kernel.settings.get("secure", "sysui_qs_tiles") or "").split(",")
    assert order[:2] == ["location", "internet"]
    assert order[-1] == "nfc"
    assert "alarm" not in order
    p.back()
    assert p.find_all(rid="quick_settings_panel")


def test_a_fork_keeps_the_half_typed_reply(p: Pilot) -> None:
    post(p)
    p.perform(PULL)
    p.tap("Reply")
    p.type("On my")
    twin = Pilot(p.phone.fork())
    twin.type(" way", submit=True)
    assert [e.data["text"] for e in twin.phone.journal() if e.name == "told.reply"] == ["On my way"]
    assert p.find(rid="remote_input_text").text == "On my"


@pytest.mark.parametrize("dark", [False, True])
def test_every_window_is_drawn(dark: bool) -> None:
    p = pilot(dark=dark, font_scale=1.3)
    post(p, importance=4, channel="loud")
    seen = [p.phone.render((600, 270)).tobytes()]
    for action in (PULL, PULL, Press("back"), Press("back"), Press("volume_up"), Press("recents"), Press("home")):
        p.perform(action)
        seen.append(p.phone.render((600, 270)).tobytes())
    assert len(set(seen)) >= 5
