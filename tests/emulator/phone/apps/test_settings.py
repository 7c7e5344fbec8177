"""Settings, driven by hand: what a switch, slider, dialog or search says is what it does."""

from __future__ import annotations

import pytest

from mobilegym.actions import Swipe, Tap
from mobilegym.emulator.phone.apps.settings import handlers
from mobilegym.emulator.phone.apps.settings.actions import ACTIONS
from mobilegym.emulator.phone.apps.settings.catalog import PAGES
from mobilegym.emulator.phone.apps.settings.prefs import LinkPref, MainSwitchPref, SliderPref, SwitchPref, TwoTargetPref
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.fonts import has_icon
from tests.emulator.phone.apps.pilot import Pilot
from tests.emulator.phone.apps.settings_kit import setting, summary_of, top, visit

ASKS_FIRST = frozenset(("roaming", "enable_adb"))
"""Switches that ask before they do it."""
FIXED = {id: spec for id, spec in PAGES.items() if spec.search or id in ("developer", "erase_confirm")}
"""Pages that need no argument."""


@pytest.fixture
def pilot() -> Pilot:
    pilot = Pilot()
    pilot.open("Settings")
    return pilot


@pytest.mark.parametrize("dark", [False, True])
def test_every_page_can_be_opened_and_drawn(pilot: Pilot, dark: bool) -> None:
    pilot.phone.settings.put("secure", "ui_night_mode", "2" if dark else "1")
    for id, spec in FIXED.items():
        page = visit(pilot, id)
        title = spec.name(page)
        assert any(e.content_desc == title and e.resource_id.endswith("collapsing_toolbar") for e in pilot.elements()), id
        assert pilot.phone.render((240, 108)).shape == (240, 108, 3)
        for pref in spec.prefs(page):
            icon = getattr(pref, "icon", "")
            assert not icon or has_icon(icon), (id, icon)
            if isinstance(pref, LinkPref | TwoTargetPref) and pref.page:
                assert pref.page in PAGES, (id, pref.page)
        page.finish()


@pytest.mark.parametrize("id", sorted(FIXED))
def test_every_switch_toggles_what_it_says_and_back(pilot: Pilot, id: str) -> None:
    if id == "developer":
        pilot.phone.settings.put("global", "development_settings_enabled", "1")
    page = visit(pilot, id)
    for index, pref in enumerate(PAGES[id].prefs(page)):
        if not isinstance(pref, SwitchPref | MainSwitchPref | TwoTargetPref) or not pref.enabled or pref.key in ASKS_FIRST:
            continue
        before = handlers.switched_on(page, pref)
        states: list[bool] = []
        for _ in range(2):
            page.scroll_to("list", 0)
            pilot.scroll_to(pref.title)
            switches = [e for e in pilot.elements() if e.checkable and e.bounds.top >= row_top(pilot, pref.title)]
            assert switches[0].checked == handlers.switched_on(page, PAGES[id].prefs(page)[index])  # type: ignore[arg-type]
            x, y = switches[0].bounds.center
            pilot.perform(Tap(x / 1080, y / 2400))
            now = next(p for p in PAGES[id].prefs(page) if getattr(p, "key", "") == pref.key)
            assert isinstance(now, SwitchPref | MainSwitchPref | TwoTargetPref)
            states.append(handlers.switched_on(page, now))
        assert states == [not before, before], pref.key


def row_top(pilot: Pilot, title: str) -> int:
    return pilot.find(text=title).bounds.top - 70


def test_volume_sliders(pilot: Pilot) -> None:
    pilot.scroll_to("Sound & vibration")
    pilot.tap("Sound & vibration")
    sliders = {e.content_desc: e for e in pilot.elements() if e.cls.endswith("SeekBar")}
    assert list(sliders) == ["Media volume", "Call volume", "Ring volume", "Notification volume", "Alarm volume"]
    box = sliders["Media volume"].bounds
    y = (box.top + box.bottom) / 2 / 2400
    pilot.perform(Tap((box.right - 20) / 1080, y))
    assert pilot.phone.hardware.volume("media") == pilot.phone.kernel.hardware.max_volume("media")
    pilot.perform(Swipe((box.right - 20) / 1080, y, (box.left + 20) / 1080, y, 300))
    assert setting(pilot, "system/volume_music") == "0"
    ring = sliders["Ring volume"].bounds
    pilot.perform(Tap((ring.left + 20) / 1080, ring.center[1] / 2400))
    assert pilot.phone.kernel.hardware.ringer_mode == "vibrate"
    assert pilot.has("Unavailable because ring is muted")


def test_every_slider_reaches_both_ends(pilot: Pilot) -> None:
    for id, spec in FIXED.items():
        page = visit(pilot, id)
        for pref in spec.prefs(page):
            if isinstance(pref, SliderPref) and pref.enabled and pref.key != "notification_volume":
                for fraction, end in ((1.0, pref.high), (0.0, pref.low)):
                    handlers.slide(page, pref, fraction)
                    now = next(p for p in spec.prefs(page) if getattr(p, "key", "") == pref.key)
                    assert isinstance(now, SliderPref)
                    if pref.key != "separate_ring_volume":
                        assert handlers.number(page, now) == end, (id, pref.key)
                    pref = now
        page.finish()


def test_brightness_dialog(pilot: Pilot) -> None:
    visit(pilot, "display")
    pilot.tap("Brightness level")
    slider = pilot.find(rid="com.android.systemui:id/slider")
    pilot.perform(Tap((slider.bounds.right - 10) / 1080, slider.bounds.center[1] / 2400))
    assert setting(pilot, "system/screen_brightness") == "255"
    pilot.back()
    assert summary_of(pilot, "Brightness level") == "100%"


def test_font_size_changes_the_screen(pilot: Pilot) -> None:
    visit(pilot, "text_size")
    before = pilot.phone.kernel.ui.font_scale
    pilot.tap(rid="icon_end", nth=0)
    assert pilot.phone.kernel.ui.font_scale > before
    assert setting(pilot, "system/font_scale") == "1.15"
    pilot.scroll_to("Reset settings")
    pilot.tap("Reset settings")
    assert pilot.phone.kernel.ui.font_scale == 1.0


def test_wifi_password_wrong_then_right(pilot: Pilot) -> None:
    pilot.tap("Network & internet")
    pilot.tap("Internet")
    pilot.tap("Neighbors 5G")
    pilot.type("wrong password")
    pilot.tap("Connect")
    assert pilot.has("Check password and try again")
    assert pilot.has_text("AndroidWifi,Connected")
    pilot.tap("Neighbors 5G")
    pilot.type("not-for-everyone")
    pilot.tap("Show password")
    assert pilot.has("not-for-everyone")
    pilot.tap("Connect")
    wifi = pilot.phone.kernel.hardware.wifi()
    assert wifi is not None
    assert wifi.ssid == "Neighbors 5G"
    assert "wifi.connected" in pilot.effects()


def test_wifi_forget_and_add(pilot: Pilot) -> None:
    visit(pilot, "wifi_details", "Maple Street 12")
    pilot.tap("Forget")
    pilot.tap(rid="android:id/button1")
    hardware = pilot.phone.kernel.hardware
    assert [n.ssid for n in hardware.saved_wifi()] == ["AndroidWifi"]
    last = [e for e in pilot.phone.journal() if e.kind == "effect"][-1]
    assert (last.name, last.risk) == ("wifi.forgotten", "irreversible")
    visit(pilot, "internet")
    pilot.scroll_to("Add network")
    pilot.tap("Add network")
    pilot.type("Cabin")
    pilot.tap(rid="password")
    pilot.type("pine-needle")
    pilot.tap(rid="android:id/button1")
    assert "Cabin" in [n.ssid for n in hardware.saved_wifi()]


def test_airplane_mode_takes_wifi_along(pilot: Pilot) -> None:
    pilot.tap("Network & internet")
    pilot.tap("Airplane mode")
    assert setting(pilot, "global/airplane_mode_on") == "1"
    assert setting(pilot, "global/wifi_on") == "0"
    pilot.tap("Airplane mode")
    assert setting(pilot, "global/wifi_on") == "1"


def test_bluetooth_pair_rename_forget(pilot: Pilot) -> None:
    pilot.tap("Connected devices")
    pilot.tap("Pair new device")
    pilot.tap("Trail Watch")
    pilot.tap("Pair")
    hardware = pilot.phone.kernel.hardware
    assert hardware.bluetooth_device("Trail Watch").connected
    pilot.tap(rid="settings_button")
    pilot.tap("Device name")
    pilot.type("My watch", clear=True)
    pilot.tap("OK")
    assert hardware.bluetooth_device("My watch").paired
    pilot.tap("Forget")
    pilot.tap("Forget device")
    assert not hardware.bluetooth_device("My watch").paired


def test_app_can_be_disabled_and_enabled(pilot: Pilot) -> None:
    visit(pilot, "all_apps")
    pilot.scroll_to("Markor")
    pilot.tap("Markor")
    pilot.tap("Disable")
    pilot.tap("Disable app")
    packages = pilot.phone.kernel.packages
    package = packages.find("com.google.android.contacts")
    assert not packages.state("net.gsantner.markor").enabled
    assert package not in [m.package for m in packages.launchable() if m.package == "net.gsantner.markor"]
    pilot.tap("Enable")
    assert packages.state("net.gsantner.markor").enabled


def test_clear_storage_asks_first(pilot: Pilot) -> None:
    visit(pilot, "app_storage", "net.gsantner.markor")
    pilot.tap("Clear storage")
    pilot.tap("Cancel")
    assert "app.data_cleared" not in pilot.effects()
    pilot.tap("Clear storage")
    pilot.tap("Delete")
    assert "app.data_cleared" in pilot.effects()
    pilot.tap("Clear cache")
    assert summary_of(pilot, "Cache") == "0 B"


def test_permission_of_an_app(pilot: Pilot) -> None:
    package, permission = "com.google.android.contacts", "android.permission.READ_CONTACTS"
    visit(pilot, "app_permissions", package)
    pilot.tap("Contacts", nth=1)
    pilot.tap("Don’t allow")
    permissions = pilot.phone.kernel.permissions
    assert not permissions.held(package, permission)
    pilot.tap("Allow")
    assert permissions.held(package, permission)
    pilot.back()
    visit(pilot, "permission_manager")
    pilot.scroll_to("SMS")
    assert pilot.has("Location")


def test_notifications_of_an_app_and_a_channel(pilot: Pilot) -> None:
    service, package = pilot.phone.kernel.notifications, "com.google.android.contacts"
    service.define_channel(package, "birthdays", "Birthdays")
    visit(pilot, "app_notifications", package)
    pilot.tap("Birthdays")
    pilot.tap("Silent")
    assert service.channels(package)[0].importance == 2
    pilot.tap("Show notifications")
    assert service.channels(package)[0].importance == 0
    pilot.back()
    pilot.tap("All Contacts notifications")
    assert not service.enabled(package)


def test_pin_is_set_confirmed_and_removed(pilot: Pilot) -> None:
    visit(pilot, "device_unlock")
    pilot.tap("Screen lock")
    pilot.tap("PIN")
    pilot.type("2580")
    pilot.tap("Next")
    pilot.type("2581")
    pilot.tap("Confirm")
    assert pilot.has("PINs don’t match")
    assert setting(pilot, "secure/lockscreen_pin") is None
    pilot.type("2580")
    pilot.tap("Confirm")
    assert setting(pilot, "secure/lockscreen_pin") == "2580"
    assert setting(pilot, "secure/lockscreen.disabled") == "0"
    pilot.tap("Screen lock")
    pilot.type("0000")
    pilot.tap("Next")
    assert pilot.has("Wrong PIN")
    pilot.type("2580")
    pilot.tap("Next")
    pilot.tap("None")
    pilot.tap("Delete")
    assert setting(pilot, "secure/lockscreen_pin") is None
    assert setting(pilot, "secure/lockscreen.disabled") == "1"


def test_title_moves_into_the_toolbar_when_scrolled(pilot: Pilot) -> None:
    visit(pilot, "accessibility")
    assert "Accessibility" not in pilot.texts()
    pilot.scroll_to("Text-to-speech output")
    assert "Accessibility" in pilot.texts()
    pilot.tap(desc="Navigate up")
    assert pilot.phone.activity().activity == "com.android.settings.Settings"


def test_intents_lead_to_pages(pilot: Pilot) -> None:
    kernel = pilot.phone.kernel
    for action, page in ACTIONS.items():
        kernel.activities.start(Intent(action))
        assert top(pilot).state.page == page
        pilot.elements()
    kernel.activities.start(Intent("android.settings.APPLICATION_DETAILS_SETTINGS", "package:com.google.android.contacts"))
    assert pilot.has("Force stop")


def test_erasing_everything(pilot: Pilot) -> None:
    pilot.phone.files.write("/sdcard/Download/secret.txt", b"x")
    pilot.phone.settings.put("system", "font_scale", "1.3")
    visit(pilot, "erase")
    pilot.tap("Erase all data")
    pilot.tap("Erase all data")
    assert not pilot.phone.files.exists("/sdcard/Download/secret.txt")
    assert setting(pilot, "system/font_scale") == "1.0"
    assert "phone.erased" in pilot.effects()


def test_reset_app_preferences(pilot: Pilot) -> None:
    pilot.phone.kernel.packages.change("net.gsantner.markor", enabled=False)
    visit(pilot, "reset")
    pilot.tap("Reset app preferences")
    pilot.tap("Reset apps")
    assert pilot.phone.kernel.packages.state("net.gsantner.markor").enabled


def test_fork_keeps_a_half_filled_page(pilot: Pilot) -> None:
    visit(pilot, "choose_lock")
    pilot.tap("PIN")
    pilot.type("12")
    twin = Pilot(pilot.phone.fork())
    twin.type("34")
    twin.tap("Next")
    assert twin.has("Confirm")
    assert not pilot.has("Confirm")
