"""Accessibility."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.prefs import (
    ChoicePref,
    FooterPref,
    HeaderPref,
    LinkPref,
    MainSwitchPref,
    Pref,
    Setting,
    SliderPref,
    SwitchPref,
)
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton

__all__ = ["PAGES"]

_SERVICES: Final = {
    "talkback": (
        "TalkBack",
        "com.google.android.marvin.talkback/com.google.android.marvin.talkback.TalkBackService",
        "Speak items on screen. When TalkBack is on, it provides spoken feedback so that you can use your "
        "device without looking at the screen.",
    ),
    "select_to_speak": (
        "Select to Speak",
        "com.google.android.marvin.talkback/com.google.android.accessibility.selecttospeak.SelectToSpeakService",
        "Tap to hear selected text on your screen read aloud.",
    ),
    "menu": (
        "Accessibility Menu",
        "com.google.android.marvin.talkback/com.google.android.accessibility.accessibilitymenu.AccessibilityMenuService",
        "A large on-screen menu to control your device.",
    ),
    "switch_access": (
        "Switch Access",
        "com.google.android.marvin.talkback/com.android.switchaccess.SwitchAccessService",
        "Interact with your device using one or more switches.",
    ),
}
_INVERSION: Final = Setting("secure", "accessibility_display_inversion_enabled", "0")
_MAGNIFICATION: Final = Setting("secure", "accessibility_display_magnification_enabled", "0")
_CAPTIONS: Final = Setting("secure", "accessibility_captioning_enabled", "0")
_DELAYS: Final = (("400", "Short (0.5 seconds)"), ("1000", "Medium (1 second)"), ("1500", "Long (1.5 seconds)"))
_ACT: Final = (("0", "Default"), ("10000", "10 seconds"), ("30000", "30 seconds"), ("60000", "1 minute"), ("120000", "2 minutes"))


def _enabled(page: Page) -> tuple[str, ...]:
    return tuple(n for n in page.setting("secure", "enabled_accessibility_services").split(":") if n)


def _service_link(page: Page, key: str) -> LinkPref:
    title, component, _ = _SERVICES[key]
    return LinkPref(key, title, "On" if component in _enabled(page) else "Off", page="accessibility_service", arg=key)


def _on_off(page: Page, setting: Setting) -> str:
    return "On" if page.flag(setting.namespace, setting.key) else "Off"


def _accessibility(page: Page) -> list[Pref]:
    return [
        HeaderPref("Screen reader"),
        _service_link(page, "talkback"),
        HeaderPref("Display"),
        LinkPref("text_reading_options", "Display size and text", "", page="text_size"),
        LinkPref("color_and_motion", "Color and motion", "", page="color_motion"),
        SwitchPref(
            "reduce_bright_colors_preference",
            "Extra dim",
            "Dim screen beyond your phone’s minimum brightness",
            Setting("secure", "reduce_bright_colors_activated", "0"),
        ),
        LinkPref("magnification_preference_screen", "Magnification", _on_off(page, _MAGNIFICATION), page="magnification"),
        _service_link(page, "select_to_speak"),
        HeaderPref("Interaction controls"),
        _service_link(page, "menu"),
        _service_link(page, "switch_access"),
        LinkPref("accessibility_control_timeout", "Timing controls", "", page="timing"),
        LinkPref("system_controls", "System controls", "", page="system_controls"),
        LinkPref("vibration_screen", "Vibration & haptics", "On" if page.flag("system", "vibrate_on", True) else "Off", page="vibration"),
        HeaderPref("Captions"),
        SwitchPref("live_caption", "Live Caption", "Automatically caption speech", Setting("secure", "odi_captions_enabled", "0")),
        LinkPref("captioning_preference_screen", "Caption preferences", _on_off(page, _CAPTIONS), page="captions"),
        HeaderPref("Audio"),
        SwitchPref(
            "audio_description",
            "Audio description",
            "Hear a description of what’s happening on screen in supported movies and shows",
            Setting("secure", "enabled_accessibility_audio_description_by_default", "0"),
        ),
        LinkPref("audio_adjustment", "Audio adjustment", "", page="audio_adjustment"),
        LinkPref("flash_notifications", "Flash notifications", "", page="flash"),
        HeaderPref("General"),
        LinkPref("tts_settings_preference", "Text-to-speech output", "", page="tts"),
    ]


def _service_title(page: Page) -> str:
    return _SERVICES[page.arg][0]


def _service(page: Page) -> list[Pref]:
    title, component, text = _SERVICES[page.arg]
    on = component in _enabled(page)
    return [
        MainSwitchPref("use_service", f"Use {title}", checked=on, then=Call(_set_service)),
        SwitchPref(
            "shortcut",
            f"{title} shortcut",
            "Off",
            Setting("secure", f"mobilegym_accessibility_shortcut/{page.arg}", "0"),
            summary_on="Hold volume keys",
        ),
        FooterPref(text),
    ]


def _set_service(page: Page, on: bool) -> None:
    title = _SERVICES[page.arg][0]
    if on:
        page.show(
            AlertDialog(
                heading=f"Allow {title} to have full control of your device?",
                message="It can read all content on the screen, display content over other apps, and perform actions for you.",
                positive=DialogButton("Allow", Call(_write_service, (True,))),
                negative=DialogButton("Deny"),
            )
        )
    else:
        _write_service(page, False)


def _write_service(page: Page, on: bool) -> None:
    component = _SERVICES[page.arg][1]
    names = [n for n in _enabled(page) if n != component]
    if on:
        names.append(component)
    page.kernel.settings.set_flag("secure", "accessibility_enabled", bool(names))
    page.put("secure", "enabled_accessibility_services", ":".join(names), "sensitive" if on else "reversible", service=page.arg, on=on)


_COLOR_MOTION: Final = (
    SwitchPref(
        "toggle_inversion_preference",
        "Color inversion",
        "Color inversion turns light screens dark. It also turns dark screens light.",
        _INVERSION,
    ),
    SwitchPref(
        "daltonizer",
        "Color correction",
        "Adjust how colors display on your device",
        Setting("secure", "accessibility_display_daltonizer_enabled", "0"),
    ),
    ChoicePref(
        "daltonizer_mode",
        "Color correction mode",
        (("12", "Deuteranomaly"), ("11", "Protanomaly"), ("13", "Tritanomaly"), ("0", "Grayscale")),
        Setting("secure", "accessibility_display_daltonizer", "12"),
    ),
    SwitchPref(
        "toggle_disable_animations",
        "Remove animations",
        "Reduce movement on the screen",
        Setting("global", "transition_animation_scale", "1.0"),
        on="0",
        off="1.0",
    ),
    SwitchPref("toggle_large_pointer_icon", "Large mouse pointer", "", Setting("secure", "accessibility_large_pointer_icon", "0")),
)
_MAGNIFY: Final = (
    MainSwitchPref("use_magnification", "Use magnification", _MAGNIFICATION),
    ChoicePref(
        "magnification_mode",
        "Magnification type",
        (("1", "Full screen"), ("2", "Part of the screen"), ("3", "Switch between full and part of the screen")),
        Setting("secure", "accessibility_magnification_capability", "1"),
    ),
    FooterPref(
        "Quickly zoom in on the screen to make content larger: use the shortcut, then tap the screen and drag "
        "with 2 fingers to move around."
    ),
)
_TIMING: Final = (
    ChoicePref("select_long_press_timeout_preference", "Touch & hold delay", _DELAYS, Setting("secure", "long_press_timeout", "400")),
    ChoicePref("interactive_ui_timeout", "Time to take action", _ACT, Setting("secure", "accessibility_interactive_ui_timeout_ms", "0")),
    SwitchPref(
        "autoclick",
        "Autoclick (dwell timing)",
        "Tap automatically when a mouse pointer stops moving",
        Setting("secure", "accessibility_autoclick_enabled", "0"),
    ),
)
_CONTROLS: Final = (
    SwitchPref("power_ends_call", "Power button ends call", "", Setting("secure", "incall_power_button_behavior", "1"), on="2", off="1"),
    SwitchPref(
        "one_handed",
        "One-handed mode",
        "Pull the top half of your screen down so it’s easier to reach with one hand",
        Setting("secure", "one_handed_mode_enabled", "0"),
    ),
)
_CAPTION_PAGE: Final = (
    MainSwitchPref("captioning_toggle", "Show captions", _CAPTIONS),
    ChoicePref(
        "captioning_font_size",
        "Text size",
        (("0.25", "Very small"), ("0.5", "Small"), ("1.0", "Medium"), ("1.5", "Large"), ("2.0", "Very large")),
        Setting("secure", "accessibility_captioning_font_scale", "1.0"),
    ),
    ChoicePref(
        "captioning_preset",
        "Caption style",
        (("4", "Set by app"), ("0", "White on black"), ("1", "Black on white"), ("2", "Yellow on black"), ("3", "Yellow on blue")),
        Setting("secure", "accessibility_captioning_preset", "4"),
    ),
    FooterPref("Customize caption size and style to make them easier to read. Not all media apps support these caption preferences."),
)
_AUDIO: Final = (
    SwitchPref("toggle_primary_mono", "Mono audio", "Combine channels when playing audio", Setting("system", "master_mono", "0")),
    SliderPref(
        "seekbar_primary_balance", "Audio balance", 0, 20, Setting("system", "mobilegym_audio_balance", "10"), summary="Left – right"
    ),
)
_FLASH: Final = (
    SwitchPref(
        "camera_flash",
        "Camera flash",
        "Flash the camera light when you receive notifications or when alarms sound",
        Setting("system", "camera_flash_notification", "0"),
    ),
    SwitchPref(
        "screen_flash",
        "Screen flash",
        "Flash the screen when you receive notifications or when alarms sound",
        Setting("system", "screen_flash_notification", "0"),
    ),
)
_TTS: Final = (
    LinkPref("tts_engine", "Preferred engine", "Speech services"),
    SliderPref("tts_default_rate", "Speech rate", 10, 600, Setting("secure", "tts_default_rate", "100")),
    SliderPref("tts_default_pitch", "Pitch", 25, 400, Setting("secure", "tts_default_pitch", "100")),
)

PAGES: Final = {
    "accessibility": PageSpec("Accessibility", _accessibility, keywords="a11y vision hearing"),
    "accessibility_service": PageSpec(_service_title, _service, "accessibility", search=False),
    "color_motion": PageSpec("Color and motion", _COLOR_MOTION, "accessibility", keywords="invert colors colorblind animation"),
    "magnification": PageSpec("Magnification", _MAGNIFY, "accessibility", keywords="zoom"),
    "timing": PageSpec("Timing controls", _TIMING, "accessibility"),
    "system_controls": PageSpec("System controls", _CONTROLS, "accessibility"),
    "captions": PageSpec("Caption preferences", _CAPTION_PAGE, "accessibility", keywords="subtitles"),
    "audio_adjustment": PageSpec("Audio adjustment", _AUDIO, "accessibility", keywords="mono balance"),
    "flash": PageSpec("Flash notifications", _FLASH, "accessibility"),
    "tts": PageSpec("Text-to-speech output", _TTS, "accessibility"),
}
