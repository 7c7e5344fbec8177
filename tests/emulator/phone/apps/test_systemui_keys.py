"""Lock screen, volume panel and power menu."""

from __future__ import annotations

import pytest

from mobilegym.actions import Press, Swipe
from tests.emulator.phone.apps.pilot import Pilot
from tests.emulator.phone.apps.stub import MESSAGES, NOTES, PULL, pilot, post

UNLOCK = Swipe(0.5, 0.8, 0.5, 0.3, 200)


@pytest.fixture
def p() -> Pilot:
    return pilot()


def test_swiping_up_unlocks() -> None:
    p = pilot(locked=True)
    assert p.has("Swipe up to open")
    p.perform(UNLOCK)
    assert not p.phone.kernel.hardware.locked


def test_the_pin_is_asked_for(p: Pilot) -> None:
    p.phone.kernel.settings.put("secure", "lockscreen_pin", "2580")
    p.perform(Press("power"))
    p.perform(Press("power"))
    assert p.phone.kernel.hardware.locked
    p.perform(UNLOCK)
    p.type("1111", submit=True)
    assert p.has("Wrong PIN. Try again.")
    for digit in "2580":
        p.tap(rid=f"key{digit}")
    p.tap(desc="Enter")
    assert not p.phone.kernel.hardware.locked


def test_five_wrong_pins_lock_for_half_a_minute(p: Pilot) -> None:
    p.phone.kernel.settings.put("secure", "lockscreen_pin", "2580")
    p.phone.kernel.settings.put("system", "screen_off_timeout", "600000")
    p.perform(Press("power"))
    p.perform(Press("power"))
    p.perform(UNLOCK)
    for _ in range(5):
        p.type("1", submit=True)
    assert p.has_text("Try again in")
    p.wait(31_000)
    p.type("2580", submit=True)
    assert not p.phone.kernel.hardware.locked


def test_a_password_is_typed(p: Pilot) -> None:
    p.phone.kernel.settings.put("secure", "lockscreen_pin", "open sesame")
    p.perform(Press("power"))
    p.perform(Press("power"))
    p.perform(UNLOCK)
    p.type("open sesame", submit=True)
    assert not p.phone.kernel.hardware.locked


def test_a_notification_on_the_lock_screen_opens_after_unlocking(p: Pilot) -> None:
    p.phone.kernel.settings.put("secure", "lockscreen_pin", "2580")
    post(p)
    p.perform(Press("power"))
    p.perform(Press("power"))
    p.tap("Tonight?")
    p.type("2580", submit=True)
    assert p.phone.activity().package == MESSAGES


def test_the_camera_shortcut() -> None:
    p = pilot(locked=True)
    p.tap(desc="Camera")
    assert p.phone.activity().package == "com.android.camera2"


def test_going_to_sleep_closes_the_pin_pad(p: Pilot) -> None:
    p.phone.kernel.settings.put("secure", "lockscreen_pin", "2580")
    p.perform(Press("power"))
    p.perform(Press("power"))
    p.perform(UNLOCK)
    assert p.find_all(rid="keyguard_pin_view")
    p.perform(Press("power"))
    p.perform(Press("power"))
    assert not p.find_all(rid="keyguard_pin_view")


def test_volume_panel(p: Pilot) -> None:
    before = p.phone.kernel.hardware.volume("media")
    p.perform(Press("volume_up"))
    assert p.phone.kernel.hardware.volume("media") == before + 1
    slider = p.find(rid="volume_row_slider").bounds
    x = slider.center[0] / 1080
    p.perform(Swipe(x, slider.center[1] / 2400, x, 0.1, 200))
    assert p.phone.kernel.hardware.volume("media") == 25
    p.tap(rid="volume_new_ringer_active_icon_container")
    assert p.phone.kernel.hardware.ringer_mode == "vibrate"
    p.tap(desc="Sound settings")
    alarm = p.find(desc="Alarm volume").bounds
    y = alarm.center[1] / 2400
    p.perform(Swipe(0.9, y, 0.1, y, 200))
    assert p.phone.kernel.hardware.volume("alarm") == 0
    p.tap("Done")
    assert not p.find_all(rid="panel_container")


def test_the_volume_panel_goes_by_itself(p: Pilot) -> None:
    p.perform(Press("volume_down"))
    assert p.find_all(rid="volume_dialog")
    p.wait(4000)
    assert not p.find_all(rid="volume_dialog")


def power_menu(p: Pilot) -> None:
    p.perform(PULL)
    p.perform(PULL)
    p.tap(desc="Power menu")


def test_restart_takes_time_and_keeps_the_state(p: Pilot) -> None:
    p.phone.kernel.settings.put("secure", "lockscreen_pin", "2580")
    p.open("Notes")
    before = p.phone.kernel.clock.now_ms
    power_menu(p)
    p.tap("Restart")
    assert p.phone.kernel.clock.now_ms - before > 20_000
    assert p.phone.kernel.hardware.locked
    assert [t.package for t in p.phone.kernel.activities.tasks] == [NOTES]
    assert "phone.restarted" in p.effects()


def test_power_off_until_the_power_key(p: Pilot) -> None:
    power_menu(p)
    p.tap("Power off")
    assert not p.phone.kernel.hardware.screen_on
    assert p.elements() == ()
    p.perform(Press("power"))
    assert p.has("Wed, Mar 11")


def test_lockdown_asks_for_the_pin(p: Pilot) -> None:
    power_menu(p)
    assert not p.has("Lockdown")
    p.back()
    p.phone.kernel.settings.put("secure", "lockscreen_pin", "2580")
    power_menu(p)
    p.tap("Lockdown")
    assert p.phone.kernel.hardware.locked
