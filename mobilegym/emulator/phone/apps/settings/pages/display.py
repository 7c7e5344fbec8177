"""Display: brightness, dark theme, screen timeout, Night Light, rotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.settings import schedules
from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.pages.notifications import lock_screen
from mobilegym.emulator.phone.apps.settings.pages.times import ask_time, time_of_day
from mobilegym.emulator.phone.apps.settings.prefs import (
    ChoicePref,
    FooterPref,
    HeaderPref,
    LinkPref,
    MainSwitchPref,
    Pref,
    RadioPref,
    Setting,
    SliderPref,
    SwitchPref,
    TwoTargetPref,
)
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Stack
from mobilegym.emulator.phone.ui.overlay import Overlay, Placement
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, View
from mobilegym.emulator.phone.ui.widgets.dialog import DialogButton, InputDialog
from mobilegym.emulator.phone.ui.widgets.slider import Slider

__all__ = ["PAGES", "BrightnessDialog", "brightness_percent", "lock_screen_summary", "timeout_label"]

_TIMEOUTS: Final = (
    (15_000, "15 seconds"),
    (30_000, "30 seconds"),
    (60_000, "1 minute"),
    (120_000, "2 minutes"),
    (300_000, "5 minutes"),
    (600_000, "10 minutes"),
    (1_800_000, "30 minutes"),
)
_COLORS: Final = ((0, "Natural", "Displays accurate colors"), (3, "Adaptive", "Adjusts between vivid and accurate colors"))


@dataclass(frozen=True)
class BrightnessDialog(Overlay):
    """The brightness slider at the top of the screen; `value` 0–255 is kept in the setting."""

    value: int = 0
    placement: ClassVar[Placement] = "anchor"
    scrim: ClassVar[bool] = False

    @property
    def title(self) -> str:
        return "Brightness"

    def limits(self, ui: Ui) -> tuple[int, int]:
        return ui.width - ui.px(16), ui.height

    def place(self, ui: Ui, box: Box, keyboard: int) -> tuple[int, int]:
        return (ui.width - box.w) // 2, ui.status_bar + ui.px(4)

    def build(self, host: Host) -> View:
        slider = Slider(
            self.value / 255,
            Call(_dim),
            maximum=255,
            kind="pill",
            icon="brightness-6",
            rid="com.android.systemui:id/slider",
            desc="Display brightness",
            height=48,
        )
        return Stack(
            slider,
            cls="android.widget.FrameLayout",
            rid="com.android.systemui:id/brightness_mirror_container",
            width=FILL,
            padding=16,
            radius=28,
            background="surface_container_high",
            elevation=3,
        )


def _dim(page: Page, fraction: float) -> None:
    value = max(1, round(fraction * 255))
    page.kernel.hardware.set_brightness(value)
    page.kernel.settings.put("system", "screen_brightness_float", f"{value / 255:.8f}")
    page.effect("setting.changed", "reversible", setting="system/screen_brightness", value=value, title="Brightness level")
    page.replace_overlay(BrightnessDialog(value=value))


def brightness_percent(page: Page) -> int:
    """How the settings page shows the brightness."""
    return round(page.kernel.hardware.brightness * 100 / 255)


def _ask_brightness(page: Page) -> None:
    page.show(BrightnessDialog(value=page.kernel.hardware.brightness))


def timeout_label(ms: int) -> str:
    """`30 seconds`."""
    return next((label for value, label in _TIMEOUTS if value == ms), f"{ms // 1000} seconds")


def _timed(page: Page, mode: str, keys: tuple[str, str], on: bool) -> str:
    if not page.kernel.settings.number("secure", mode, 0):
        return "Will never turn off automatically" if on else "Will never turn on automatically"
    key, default = (keys[1], schedules.DEFAULT_END_MS) if on else (keys[0], schedules.DEFAULT_START_MS)
    minute = page.kernel.settings.number("secure", key, default) // 60_000
    return f"Will turn {'off' if on else 'on'} automatically at {time_of_day(page, minute)}"


def _display(page: Page) -> list[Pref]:
    hardware = page.kernel.hardware
    timeout = page.kernel.settings.number("system", "screen_off_timeout", 30_000)
    night = page.flag("secure", "night_display_activated")
    dark = page.ui.dark
    adaptive = page.flag("system", "screen_brightness_mode")
    return [
        HeaderPref("Brightness"),
        LinkPref("brightness", "Brightness level", f"{brightness_percent(page)}%", on_tap=Call(_ask_brightness)),
        TwoTargetPref(
            "auto_brightness_entry",
            "Adaptive brightness",
            "On" if adaptive else "Off",
            "adaptive_brightness",
            setting=Setting("system", "screen_brightness_mode", "0"),
        ),
        HeaderPref("Lock display"),
        LinkPref("lockscreen_from_display_settings", "Lock screen", lock_screen_summary(page), page="lock_display"),
        LinkPref("screen_timeout", "Screen timeout", f"After {timeout_label(timeout)} of inactivity", page="screen_timeout"),
        HeaderPref("Appearance"),
        TwoTargetPref(
            "dark_ui_mode",
            "Dark theme",
            _timed(page, schedules.DARK_MODE, schedules.DARK_START, dark),
            "dark_theme",
            checked=dark,
            then=Call(_dark),
        ),
        LinkPref("text_reading_options", "Display size and text", "", page="text_size"),
        HeaderPref("Color"),
        TwoTargetPref(
            "night_display",
            "Night Light",
            _timed(page, schedules.NIGHT_MODE, schedules.NIGHT_START, night),
            "night_light",
            setting=Setting("secure", "night_display_activated", "0"),
        ),
        LinkPref(
            "color_mode",
            "Colors",
            next((n for v, n, _ in _COLORS if v == page.kernel.settings.number("system", "display_color_mode", 3)), "Adaptive"),
            page="colors",
        ),
        HeaderPref("Other display controls"),
        SwitchPref("auto_rotate", "Auto-rotate screen", "Off", checked=hardware.auto_rotate, then=Call(_rotate), summary_on="On"),
        SwitchPref(
            "peak_refresh_rate",
            "Smooth Display",
            "Automatically adjusts the refresh rate from 60 to 90 Hz for some content. Increases battery usage.",
            Setting("system", "peak_refresh_rate", "60.0"),
            on="90.0",
            off="60.0",
        ),
        LinkPref(
            "screensaver", "Screen saver", "On / Clock" if page.flag("secure", "screensaver_enabled", True) else "Off", page="screensaver"
        ),
    ]


def lock_screen_summary(page: Page) -> str:
    """What the lock screen shows of notifications."""
    pref = lock_screen(page)
    return next(label for value, label in pref.options if value == pref.value)


def _dark(page: Page, on: bool) -> None:
    page.put("secure", "ui_night_mode", "2" if on else "1", title="Dark theme")


def _rotate(page: Page, on: bool) -> None:
    page.kernel.hardware.set_auto_rotate(on)
    page.effect("setting.changed", "reversible", setting="system/accelerometer_rotation", value=on, title="Auto-rotate screen")


def _timeout(page: Page) -> list[Pref]:
    now = page.kernel.settings.number("system", "screen_off_timeout", 30_000)
    return [RadioPref(f"timeout:{ms}", label, ms == now, Call(_set_timeout, (ms,))) for ms, label in _TIMEOUTS]


def _set_timeout(page: Page, ms: int) -> None:
    page.put("system", "screen_off_timeout", str(ms), title="Screen timeout")


def _schedule_rows(page: Page, what: schedules.Timed) -> list[Pref]:
    mode, keys = (schedules.NIGHT_MODE, schedules.NIGHT_START) if what == "night" else (schedules.DARK_MODE, schedules.DARK_START)
    custom = page.kernel.settings.number("secure", mode, 0) == 1
    rows: list[Pref] = [
        ChoicePref(
            "schedule",
            "Schedule",
            (("0", "None"), ("1", "Turns on at custom time")),
            value="1" if custom else "0",
            then=Call(_set_schedule, (what, mode)),
        ),
    ]
    if custom:
        for key, default, title in ((keys[0], schedules.DEFAULT_START_MS, "Start time"), (keys[1], schedules.DEFAULT_END_MS, "End time")):
            minute = page.kernel.settings.number("secure", key, default) // 60_000
            rows.append(
                LinkPref(
                    title.replace(" ", "_").lower(), title, time_of_day(page, minute), on_tap=Call(ask_time, (key, default, what, title))
                )
            )
    return rows


def _set_schedule(page: Page, what: schedules.Timed, mode: str, value: str) -> None:
    page.put("secure", mode, value, title="Schedule")
    schedules.apply_now(page.kernel, what)


def _dark_theme(page: Page) -> list[Pref]:
    return [
        MainSwitchPref("use_dark", "Use Dark theme", checked=page.ui.dark, then=Call(_dark)),
        *_schedule_rows(page, "dark"),
        FooterPref("Dark theme uses a black background to help keep your battery alive longer on some screens."),
    ]


def _night_light(page: Page) -> list[Pref]:
    on = page.flag("secure", "night_display_activated")
    return [
        MainSwitchPref("use_night_light", "Use Night Light", Setting("secure", "night_display_activated", "0")),
        *_schedule_rows(page, "night"),
        SliderPref("night_display_temperature", "Intensity", 0, 100, value=_intensity(page), then=Call(_set_intensity), enabled=on),
        FooterPref(
            "Night Light tints your screen amber. This makes it easier to look at your screen or read in dim "
            "light, and may help you fall asleep more easily."
        ),
    ]


_WARMEST, _COOLEST = 2596, 4082


def _intensity(page: Page) -> int:
    kelvin = page.kernel.settings.number("secure", "night_display_color_temperature", 2850)
    return round((_COOLEST - min(max(kelvin, _WARMEST), _COOLEST)) * 100 / (_COOLEST - _WARMEST))


def _set_intensity(page: Page, value: int) -> None:
    page.kernel.settings.put("secure", "night_display_color_temperature", str(_COOLEST - round(value * (_COOLEST - _WARMEST) / 100)))


def _lock_display(page: Page) -> list[Pref]:
    rows: list[Pref] = [
        HeaderPref("What to show"),
        lock_screen(page),
        LinkPref(
            "owner_info",
            "Add text on lock screen",
            page.setting("secure", "lock_screen_owner_info") or "None",
            on_tap=Call(_ask_owner_info),
        ),
        SwitchPref(
            "show_wallet", "Show wallet", "Allow access to wallet from lock screen", Setting("secure", "lockscreen_show_wallet", "0")
        ),
        SwitchPref(
            "show_controls",
            "Use device controls",
            "Control lights and other devices without unlocking",
            Setting("secure", "lockscreen_show_controls", "0"),
        ),
        HeaderPref("When to show"),
        SwitchPref("doze_always_on", "Always show time and info", "Increased battery usage", Setting("secure", "doze_always_on", "0")),
        SwitchPref("tap_to_check", "Tap to check phone", "", Setting("secure", "doze_tap_gesture", "1")),
        SwitchPref("lift_to_wake", "Lift to check phone", "", Setting("secure", "doze_pick_up_gesture", "1")),
        SwitchPref(
            "ambient_notifications",
            "Wake screen for notifications",
            "When screen is dark, it turns on for new notifications",
            Setting("secure", "doze_enabled", "1"),
        ),
    ]
    return rows


def _ask_owner_info(page: Page) -> None:
    page.set_field("dialog_input", page.setting("secure", "lock_screen_owner_info"))
    page.show(
        InputDialog(
            heading="Add text on lock screen",
            label="For example, Joe’s Android",
            allow_empty=True,
            positive=DialogButton("Save", Call(_owner_info)),
            negative=DialogButton("Cancel"),
        )
    )


def _owner_info(page: Page, text: str) -> None:
    page.kernel.settings.set_flag("secure", "lock_screen_owner_info_enabled", bool(text.strip()))
    page.put("secure", "lock_screen_owner_info", text.strip(), title="Add text on lock screen")


def _colors(page: Page) -> list[Pref]:
    now = page.kernel.settings.number("system", "display_color_mode", 3)
    return [RadioPref(f"color:{value}", name, value == now, Call(_set_color, (value,)), summary) for value, name, summary in _COLORS]


def _set_color(page: Page, value: int) -> None:
    page.put("system", "display_color_mode", str(value), title="Colors")


_BRIGHTNESS: Final = (
    MainSwitchPref("use_adaptive", "Use adaptive brightness", Setting("system", "screen_brightness_mode", "0")),
    FooterPref(
        "Your screen brightness will automatically adjust to your environment and activities. You can move the "
        "slider manually to help adaptive brightness learn your preferences."
    ),
)


def _screensaver(page: Page) -> list[Pref]:
    on = page.flag("secure", "screensaver_enabled", True)
    return [
        MainSwitchPref("use_screensaver", "Use screen saver", Setting("secure", "screensaver_enabled", "1")),
        ChoicePref(
            "when_to_start",
            "When to start",
            (("sleep", "While charging"), ("dock", "While docked"), ("either", "While charging or docked"), ("never", "Never")),
            value=_when(page),
            then=Call(_set_when),
            enabled=on,
        ),
        FooterPref("The clock is shown as the screen saver."),
    ]


def _when(page: Page) -> str:
    sleep, dock = page.flag("secure", "screensaver_activate_on_sleep"), page.flag("secure", "screensaver_activate_on_dock")
    return "either" if sleep and dock else "sleep" if sleep else "dock" if dock else "never"


def _set_when(page: Page, value: str) -> None:
    page.kernel.settings.set_flag("secure", "screensaver_activate_on_sleep", value in ("sleep", "either"))
    page.kernel.settings.set_flag("secure", "screensaver_activate_on_dock", value in ("dock", "either"))
    page.effect("setting.changed", "reversible", setting="secure/screensaver_activate_on_sleep", value=value, title="When to start")


PAGES: Final = {
    "display": PageSpec("Display", _display, keywords="screen brightness theme rotate"),
    "adaptive_brightness": PageSpec("Adaptive brightness", _BRIGHTNESS, "display", keywords="auto brightness"),
    "lock_display": PageSpec("Lock screen", _lock_display, "display"),
    "screen_timeout": PageSpec("Screen timeout", _timeout, "display", keywords="sleep display off"),
    "dark_theme": PageSpec("Dark theme", _dark_theme, "display", keywords="night mode black"),
    "night_light": PageSpec("Night Light", _night_light, "display", keywords="blue light amber"),
    "colors": PageSpec("Colors", _colors, "display"),
    "screensaver": PageSpec("Screen saver", _screensaver, "display", keywords="daydream"),
}
