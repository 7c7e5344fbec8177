"""Rules that every `Device` keeps, as tests to inherit. Needs pytest.

```python
class TestMyPhone(DeviceConformance):
    def make_device(self) -> Device:
        return MyPhone()
```

Every test has its own phone, reset with seed 0. Rules about what a phone cannot do (`Device.capabilities`) are skipped.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from mobilegym.actions import (
    DeviceAction,
    DoubleTap,
    Key,
    LongPress,
    OpenApp,
    Press,
    Scroll,
    Swipe,
    Tap,
    Type,
    Wait,
)  # fmt: skip
from mobilegym.emulator.conformance_state import StateRules
from mobilegym.emulator.device import Device, DeviceInfo, DeviceSnapshot, restoring
from mobilegym.errors import DeviceError, DeviceLost
from mobilegym.observation import Element, Screen

__all__ = ["DeviceConformance"]

_TOUR: Sequence[DeviceAction] = (
    OpenApp("com.android.settings"), Scroll("down"), Tap(0.5, 0.3), Press("back"), Press("home"), Swipe(0.5, 0.8, 0.5, 0.2),
    Press("notifications"), Press("home"), Wait(60_000), LongPress(0.5, 0.5), DoubleTap(0.2, 0.6), Press("recents"), Press("home"),
)  # fmt: skip
"""Actions that any phone can carry out."""
_KEYS: Sequence[Key] = ("back", "home", "recents", "enter", "volume_up", "volume_down", "notifications", "dpad_down", "escape")
_LONG_TEXT = "Grüße, 東京 — naïve “quotes” 🙂\n" * 40


class DeviceConformance(StateRules):
    """What every phone does alike. Override `make_device`; the rest has defaults for Android's own apps."""

    app = "com.android.settings"
    """A package that can be opened."""
    field_apps: Sequence[str] = ("net.gsantner.markor", "com.google.android.contacts", "org.fossify.messages", "com.android.settings")
    """Packages in whose first screen, or behind one tap on `field_taps`, a text field may be found."""
    field_taps: Sequence[str] = ("Search", "Create contact", "Start chat", "New note", "Search settings")

    def focused_field(self, device: Device) -> Element:
        """Focus an empty text field somewhere; skips where none is found."""
        for app in self.field_apps:
            if device.perform(OpenApp(app)) is not None:
                continue
            for _ in range(2):
                screen = device.observe()
                if field := next((e for e in screen.elements if e.cls.endswith("EditText")), None):
                    device.perform(Tap(*_point(field, screen)))
                    return next(e for e in device.observe().elements if e.focused and e.cls.endswith("EditText"))
                button = next((e for e in screen.elements if (e.text or e.content_desc) in self.field_taps), None)
                if button is None:
                    break
                device.perform(Tap(*_point(button, screen)))
        pytest.skip("no text field was found on this phone; override `focused_field`")

    # What it is

    def test_info_is_complete_and_constant(self, device: Device) -> None:
        info = device.info
        assert isinstance(info, DeviceInfo)
        assert min(info.width, info.height, info.density, info.api_level) > 0
        assert info.model
        assert info.serial
        device.perform(Press("home"))
        assert device.info == info

    def test_capabilities_do_not_change(self, device: Device) -> None:
        before = device.capabilities
        device.reset(seed=1)
        assert device.capabilities == before

    def test_close_twice_is_harmless(self) -> None:
        device = self.make_device()
        device.close()
        device.close()

    def test_a_closed_phone_is_lost(self) -> None:
        device = self.make_device()
        device.close()
        with pytest.raises(DeviceLost):
            device.perform(Press("home"))
        with pytest.raises(DeviceLost):
            device.observe()

    def test_with_closes(self) -> None:
        device = self.make_device()
        with device as same:
            assert same is device
        with pytest.raises(DeviceLost):
            device.observe()

    # What it shows

    def test_screen_is_well_formed(self, device: Device) -> None:
        for action in (Press("home"), OpenApp(self.app), Press("notifications")):
            assert device.perform(action) is None
            _check_screen(device.observe(), device)

    def test_elements_are_in_document_order(self, device: Device) -> None:
        depth = -1
        for element in device.observe().elements:
            assert 0 <= element.depth <= depth + 1
            depth = element.depth

    def test_observing_changes_nothing(self, device: Device) -> None:
        first = device.observe()
        assert first.pixels is None
        device.observe(pixels=(60, 27))
        assert _shown(device.observe()) == _shown(first)
        self.same_journal(device, lambda: device.observe(pixels=(60, 27)))

    @pytest.mark.parametrize("size", [(1, 1), (60, 27), (400, 180), (181, 403)])
    def test_pixels_have_the_size_asked_for(self, device: Device, size: tuple[int, int]) -> None:
        pixels = device.observe(pixels=size).pixels
        assert pixels is not None
        assert pixels.shape == (*size, 3)
        assert pixels.dtype == np.uint8

    def test_pixels_at_full_size(self, device: Device) -> None:
        screen = device.observe()
        pixels = device.observe(pixels=(screen.height, screen.width)).pixels
        assert pixels is not None
        assert pixels.shape == (screen.height, screen.width, 3)
        assert pixels.min() != pixels.max()

    def test_pixels_follow_the_screen(self, device: Device) -> None:
        device.perform(Press("home"))
        home = device.observe(pixels=(200, 90)).pixels
        device.perform(OpenApp(self.app))
        app = device.observe(pixels=(200, 90)).pixels
        assert home is not None
        assert app is not None
        assert (home != app).any()

    def test_pixels_given_out_stay_as_they_are(self, device: Device) -> None:
        home = device.observe(pixels=(100, 45)).pixels
        assert home is not None
        kept = home.copy()
        device.perform(OpenApp(self.app))
        device.observe(pixels=(100, 45))
        assert (home == kept).all()

    @pytest.mark.parametrize("size", [(0, 10), (10, 0), (-1, 5)])
    def test_bad_pixel_sizes_are_refused(self, device: Device, size: tuple[int, int]) -> None:
        with pytest.raises((DeviceError, ValueError)):
            device.observe(pixels=size)

    def test_activity_agrees_with_the_screen(self, device: Device) -> None:
        device.packages.launch(self.app)
        assert device.activity() == device.observe().activity
        assert device.activity().package == self.app

    def test_notifications_agree_with_the_screen(self, device: Device) -> None:
        assert device.notifications() == device.observe().notifications

    # What it does

    def test_open_by_package_and_by_label(self, device: Device) -> None:
        for name in (self.app, device.packages.label(self.app), device.packages.label(self.app).upper()):
            device.perform(Press("home"))
            assert device.perform(OpenApp(name)) is None
            assert device.activity().package == self.app

    def test_home_leaves_an_app(self, device: Device) -> None:
        device.perform(OpenApp(self.app))
        assert device.perform(Press("home")) is None
        assert device.activity().package != self.app

    def test_back_leaves_an_app_that_was_just_opened(self, device: Device) -> None:
        device.perform(Press("home"))
        home = device.activity().package
        device.perform(OpenApp(self.app))
        device.perform(Press("back"))
        assert device.activity().package == home

    def test_back_on_the_home_screen_stays_there(self, device: Device) -> None:
        device.perform(Press("home"))
        home = device.activity()
        device.perform(Press("back"))
        assert device.activity() == home

    @pytest.mark.parametrize("key", _KEYS)
    def test_keys_are_taken(self, device: Device, key: Key) -> None:
        assert device.perform(Press(key)) is None
        _check_screen(device.observe(), device)

    @pytest.mark.parametrize("point", [(0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (1.0, 0.0), (0.5, 0.5)])
    def test_every_point_can_be_touched(self, device: Device, point: tuple[float, float]) -> None:
        assert device.perform(Tap(*point)) is None
        assert device.perform(LongPress(*point)) is None
        assert device.perform(DoubleTap(*point)) is None
        assert device.perform(Swipe(*point, 0.5, 0.5)) is None
        _check_screen(device.observe(), device)

    def test_an_unknown_app_is_refused_and_changes_nothing(self, device: Device) -> None:
        self.refused(device, OpenApp("No Such App 9173"))

    def test_no_name_is_no_app(self, device: Device) -> None:
        self.refused(device, OpenApp(""))

    def test_typing_without_focus_is_refused(self, device: Device) -> None:
        device.perform(Press("home"))
        self.refused(device, Type("nobody listens"))

    def test_typing_goes_into_the_focused_field(self, device: Device) -> None:
        self.focused_field(device)
        assert device.perform(Type("Mill")) is None
        assert device.perform(Type("ie")) is None
        assert self.field_text(device) == "Millie"

    def test_typing_with_clear_replaces(self, device: Device) -> None:
        self.focused_field(device)
        device.perform(Type("wrong"))
        assert device.perform(Type("right", clear=True)) is None
        assert self.field_text(device) == "right"

    def test_delete_takes_a_character_back(self, device: Device) -> None:
        self.focused_field(device)
        device.perform(Type("abc"))
        device.perform(Press("delete"))
        assert self.field_text(device) == "ab"

    def test_typing_nothing_changes_nothing(self, device: Device) -> None:
        self.focused_field(device)
        device.perform(Type("kept"))
        assert device.perform(Type("")) is None
        assert self.field_text(device) == "kept"

    def test_any_text_can_be_typed(self, device: Device) -> None:
        self.focused_field(device)
        assert device.perform(Type("Grüße, 東京 “no” 🙂")) is None
        assert self.field_text(device) == "Grüße, 東京 “no” 🙂"

    def test_long_text_does_no_harm(self, device: Device) -> None:
        self.focused_field(device)
        device.perform(Type(_LONG_TEXT))
        _check_screen(device.observe(), device)

    def test_scrolling_to_both_ends_comes_back(self, device: Device) -> None:
        device.perform(OpenApp(self.app))
        top = device.observe().elements
        for direction in ("down", "up"):
            for _ in range(12):
                assert device.perform(Scroll(direction)) is None
        assert [e.text for e in device.observe().elements] == [e.text for e in top]

    def test_the_tour(self, device: Device) -> None:
        for action in _TOUR:
            assert device.perform(action) is None, action
            _check_screen(device.observe(), device)

    # The same again

    def test_equal_phones_do_equal_things(self) -> None:
        with self.make_device() as one, self.make_device() as two:
            for device in (one, two):
                device.reset(seed=5)
            for action in _TOUR:
                assert one.perform(action) == two.perform(action)
                assert _shown(one.observe()) == _shown(two.observe())
            self.same_state(one, two)
            first, second = one.observe(pixels=(400, 180)).pixels, two.observe(pixels=(400, 180)).pixels
            assert first is not None
            assert second is not None
            assert (first == second).all()

    def test_reset_gives_the_same_phone_again(self, device: Device) -> None:
        device.reset(seed=3)
        first = _shown(device.observe())
        for action in _TOUR[:6]:
            device.perform(action)
        device.settings.put("system", "screen_brightness", "7")
        device.reset(seed=3)
        assert _shown(device.observe()) == first
        assert device.settings.get("system", "screen_brightness") != "7"

    def test_restore_puts_everything_back(self, device: Device) -> None:
        self.needs(device, "snapshot")
        device.perform(OpenApp(self.app))
        saved, shown = device.snapshot(), _shown(device.observe())
        tree = dict(device.state_tree()) if "state_tree" in device.capabilities else {}
        self.spoil(device)
        device.restore(saved)
        assert _shown(device.observe()) == shown
        if tree:
            assert dict(device.state_tree()) == tree

    def test_a_snapshot_can_be_used_again(self, device: Device) -> None:
        self.needs(device, "snapshot")
        saved, shown = device.snapshot(), _shown(device.observe())
        for _ in range(2):
            self.spoil(device)
            device.restore(saved)
            assert _shown(device.observe()) == shown

    def test_what_follows_a_restore_repeats(self, device: Device) -> None:
        self.needs(device, "snapshot")
        saved = device.snapshot()
        runs: list[list[object]] = []
        for _ in range(2):
            device.restore(saved)
            runs.append([(device.perform(action), _shown(device.observe())) for action in _TOUR])
        assert runs[0] == runs[1]

    def test_half_typed_text_survives_a_restore(self, device: Device) -> None:
        self.needs(device, "snapshot")
        self.focused_field(device)
        device.perform(Type("half"))
        saved = device.snapshot()
        self.spoil(device)
        device.restore(saved)
        device.perform(Type(" done"))
        assert self.field_text(device) == "half done"

    def test_foreign_snapshots_are_refused(self, device: Device) -> None:
        self.needs(device, "snapshot")

        class Foreign(DeviceSnapshot):
            pass

        with pytest.raises(DeviceError):
            device.restore(Foreign())

    def test_restoring_survives_an_error(self, device: Device) -> None:
        self.needs(device, "snapshot")
        shown = _shown(device.observe())

        def fail() -> None:
            with restoring(device):
                self.spoil(device)
                raise KeyError("anything")

        with pytest.raises(KeyError):
            fail()
        assert _shown(device.observe()) == shown

    # Help

    def refused(self, device: Device, action: DeviceAction) -> None:
        """The action gives a reason, and changes nothing."""
        shown = device.observe().elements, device.activity()
        tree = dict(device.state_tree()) if "state_tree" in device.capabilities else {}
        reason: list[str | None] = []
        self.same_journal(device, lambda: reason.append(device.perform(action)))
        assert reason[0]
        assert (device.observe().elements, device.activity()) == shown
        if tree:
            assert dict(device.state_tree()) == tree

    def field_text(self, device: Device) -> str:
        """What the focused field holds."""
        return next(e.text for e in device.observe().elements if e.focused)

    def spoil(self, device: Device) -> None:
        """Change many things."""
        device.perform(Press("home"))
        device.perform(Wait(3_600_000))
        device.settings.put("system", "screen_brightness", "3")
        device.files.write("/sdcard/Download/spoilt.txt", b"x")
        device.hardware.set_volume("media", 1)


def _point(element: Element, screen: Screen) -> tuple[float, float]:
    x, y = element.bounds.center
    return x / screen.width, y / screen.height


def _shown(screen: Screen) -> tuple[object, ...]:
    return screen.elements, screen.activity, screen.clock, screen.width, screen.height, screen.notifications


def _check_screen(screen: Screen, device: Device) -> None:
    assert {screen.width, screen.height} == {device.info.width, device.info.height}
    assert screen.clock.tzinfo is not None
    assert screen.activity.package
    assert screen.elements
    for element in screen.elements:
        left, top, right, bottom = element.bounds
        assert 0 <= left < right <= screen.width, element
        assert 0 <= top < bottom <= screen.height, element
        assert element.cls
        assert element.package
        assert all(isinstance(v, int) for v in element.bounds)
