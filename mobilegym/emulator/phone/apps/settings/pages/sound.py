"""Sound & vibration: volumes, ringtones, vibration, the sounds of the system."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qs, quote, urlsplit

from mobilegym.emulator.device import Stream
from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.pages.dnd import dnd_summary
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
from mobilegym.emulator.phone.ui.widgets.dialog import ChoiceDialog, DialogButton

__all__ = ["PAGES", "vibration_rows"]

_TONES: Final = {
    "ringtone": (
        "The Big Adventure",
        "Flutterby",
        "Atria",
        "Callisto",
        "Dione",
        "Ganymede",
        "Luna",
        "Oberon",
        "Phobos",
        "Pyxis",
        "Sedna",
        "Titania",
        "Triton",
        "Umbriel",
    ),
    "notification_sound": (
        "Eureka",
        "Pixie Dust",
        "Ariel",
        "Carme",
        "Ceres",
        "Elara",
        "Europa",
        "Iapetus",
        "Io",
        "Rhea",
        "Salacia",
        "Tethys",
        "Titan",
    ),
    "alarm_alert": ("Cesium", "Argon", "Bright Morning", "Carbon", "Helium", "Krypton", "Neon", "Osmium", "Oxygen", "Platinum"),
}
"""Setting of table system → sounds to choose from."""
_FIRST_ID: Final = {"alarm_alert": 14, "notification_sound": 27, "ringtone": 41}
_VOLUMES: Final[tuple[tuple[str, str, Stream, str, str], ...]] = (
    ("media_volume", "Media volume", "media", "music-note", "music-note-off"),
    ("call_volume", "Call volume", "call", "phone", "phone"),
    ("separate_ring_volume", "Ring volume", "ring", "bell-ring-outline", "vibrate"),
    ("notification_volume", "Notification volume", "notification", "bell-outline", "bell-off-outline"),
    ("alarm_volume", "Alarm volume", "alarm", "alarm", "alarm-off"),
)


def _tone_name(page: Page, key: str) -> str:
    uri = page.setting("system", key)
    if not uri:
        return "None"
    return parse_qs(urlsplit(uri).query).get("title", ["Unknown"])[0]


def _sound(page: Page) -> list[Pref]:
    hardware = page.kernel.hardware
    rows: list[Pref] = []
    for key, title, stream, icon, silent in _VOLUMES:
        low = 1 if stream in ("call", "alarm") else 0
        muted = stream == "notification" and hardware.ringer_mode != "normal"
        value = hardware.volume(stream)
        rows.append(
            SliderPref(
                key,
                title,
                low,
                hardware.max_volume(stream),
                value=value,
                then=Call(_volume, (stream,)),
                icon=icon if value else silent,
                enabled=not muted,
                summary="Unavailable because ring is muted" if muted else "",
            )
        )
    rows += [
        LinkPref("zen_mode", "Do Not Disturb", dnd_summary(page), page="dnd"),
        LinkPref("phone_ringtone", "Phone ringtone", _tone_name(page, "ringtone"), on_tap=Call(_ask_tone, ("ringtone", "Phone ringtone"))),
        SwitchPref("live_caption", "Live Caption", "Automatically caption speech", Setting("secure", "odi_captions_enabled", "0")),
        LinkPref(
            "media_controls", "Media", "Show player" if page.flag("secure", "qs_media_controls", True) else "Hide player", page="media"
        ),
        LinkPref(
            "vibration_and_haptics", "Vibration & haptics", "On" if page.flag("system", "vibrate_on", True) else "Off", page="vibration"
        ),
        ChoicePref(
            "gesture_prevent_ringing_sound",
            "Shortcut to prevent ringing",
            (("0", "Off"), ("1", "Vibrate"), ("2", "Mute")),
            Setting("secure", "volume_hush_gesture", "0"),
        ),
        LinkPref(
            "notification_ringtone",
            "Default notification sound",
            _tone_name(page, "notification_sound"),
            on_tap=Call(_ask_tone, ("notification_sound", "Default notification sound")),
        ),
        LinkPref(
            "alarm_ringtone",
            "Default alarm sound",
            _tone_name(page, "alarm_alert"),
            on_tap=Call(_ask_tone, ("alarm_alert", "Default alarm sound")),
        ),
        SwitchPref("dtmf_tone", "Dial pad tones", "", Setting("system", "dtmf_tone", "1")),
        SwitchPref("screen_locking_sounds", "Screen locking sound", "", Setting("system", "lockscreen_sounds_enabled", "1")),
        SwitchPref("charging_sounds", "Charging sounds and vibration", "", Setting("secure", "charging_sounds_enabled", "1")),
        SwitchPref("touch_sounds", "Tap & click sounds", "", Setting("system", "sound_effects_enabled", "1")),
        SwitchPref("vibrate_icon", "Always show icon when in vibrate mode", "", Setting("secure", "status_bar_show_vibrate_icon", "1")),
    ]
    return rows


def _volume(page: Page, stream: Stream, value: int) -> None:
    page.kernel.hardware.set_volume(stream, value)


def _ask_tone(page: Page, key: str, heading: str) -> None:
    names = ("None", *_TONES[key])
    current = _tone_name(page, key)
    page.show(
        ChoiceDialog(
            heading=heading,
            options=names,
            chosen=names.index(current) if current in names else -1,
            positive=DialogButton("OK", Call(_tone_chosen, (key, heading))),
            negative=DialogButton("Cancel"),
        )
    )


def _tone_chosen(page: Page, key: str, heading: str, index: int) -> None:
    if index < 0:
        return
    name = "" if index == 0 else _TONES[key][index - 1]
    uri = f"content://media/internal/audio/media/{_FIRST_ID[key] + index - 1}?title={quote(name)}&canonical=1" if name else ""
    page.put("system", key, uri, title=heading, name=name or "None")


_INTENSITY: Final = ("Off", "Low", "Medium", "High")


def vibration_rows(page: Page) -> list[Pref]:
    """Rows of the page on vibration."""
    on = page.flag("system", "vibrate_on", True)

    def level(key: str, title: str, setting: str) -> SliderPref:
        return SliderPref(key, title, 0, 3, Setting("system", setting, "2"), labels=_INTENSITY, enabled=on)

    return [
        MainSwitchPref("vibration_main", "Use vibration & haptics", Setting("system", "vibrate_on", "1")),
        HeaderPref("Calls"),
        level("ring_vibration", "Ring vibration", "ring_vibration_intensity"),
        SwitchPref("ramping_ringer", "Vibrate first then ring gradually", "", Setting("system", "apply_ramping_ringer", "0"), enabled=on),
        HeaderPref("Notifications and alarms"),
        level("notification_vibration", "Notification vibration", "notification_vibration_intensity"),
        level("alarm_vibration", "Alarm vibration", "alarm_vibration_intensity"),
        HeaderPref("Interactive haptics"),
        level("touch_vibration", "Touch feedback", "haptic_feedback_intensity"),
        level("media_vibration", "Media vibration", "media_vibration_intensity"),
        SwitchPref("keyboard_vibration", "Keyboard vibration", "", Setting("system", "keyboard_vibration_enabled", "1"), enabled=on),
        FooterPref("Changing these settings will affect all vibrations on your device"),
    ]


_MEDIA: Final = (
    SwitchPref(
        "media_controls_pin",
        "Pin media player",
        "To quickly resume playback, media player stays open in Quick Settings",
        Setting("secure", "qs_media_controls", "1"),
    ),
    SwitchPref(
        "media_lockscreen",
        "Show media on lock screen",
        "To quickly resume playback, media player stays open on lock screen",
        Setting("secure", "media_controls_lock_screen", "1"),
    ),
    SwitchPref(
        "media_recommendation", "Show media recommendations", "Based on your activity", Setting("secure", "qs_media_recommend", "0")
    ),
)

PAGES: Final = {
    "sound": PageSpec("Sound & vibration", _sound, keywords="volume ringtone mute audio"),
    "vibration": PageSpec("Vibration & haptics", vibration_rows, "sound", keywords="vibrate haptic"),
    "media": PageSpec("Media", _MEDIA, "sound"),
}
