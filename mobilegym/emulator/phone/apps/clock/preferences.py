"""The clock's settings page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final, NamedTuple

from mobilegym.emulator.phone.apps.clock.ringtones import RingtoneActivity
from mobilegym.emulator.phone.apps.clock.store import HOME_ZONES, pref, ringtone_title, set_pref
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.dialog import ChoiceDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.list_item import ListItem, SectionHeader
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.slider import Slider
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.toggle import Switch

__all__ = ["SettingsActivity", "SettingsState"]

_HEADER: Final = (24.0, 16.0, 16.0, 8.0)
_DATE_SETTINGS: Final = Intent("android.settings.DATE_SETTINGS")
_FADES: Final = (("0", "Never"), *((str(s), f"{s} seconds") for s in (5, 10, 15, 20, 25, 30, 45)), ("60", "1 minute"))


class _Choice(NamedTuple):
    """A preference with a list of values."""

    title: str
    options: tuple[tuple[str, str], ...]
    """Value and label."""


_CHOICES: Final[dict[str, _Choice]] = {
    "clock_style": _Choice("Style", (("analog", "Analog"), ("digital", "Digital"))),
    "home_time_zone": _Choice("Home time zone", HOME_ZONES),
    "auto_silence": _Choice(
        "Silence after", (("1", "1 minute"), *((str(m), f"{m} minutes") for m in (5, 10, 15, 20, 25)), ("-1", "Never"))
    ),
    "snooze_duration": _Choice("Snooze length", (("1", "1 minute"), *((str(m), f"{m} minutes") for m in range(2, 31)))),
    "alarm_crescendo_duration": _Choice("Gradually increase volume", _FADES),
    "volume_button_setting": _Choice("Volume buttons", (("0", "Control volume"), ("1", "Snooze"), ("2", "Stop"))),
    "week_start": _Choice("Start week on", (("7", "Saturday"), ("1", "Sunday"), ("2", "Monday"))),
    "timer_crescendo_duration": _Choice("Gradually increase volume", _FADES),
}


@dataclass(frozen=True, slots=True)
class SettingsState:
    pass


class SettingsActivity(Activity[SettingsState]):
    """Preferences of clock, alarms and timers."""

    name: ClassVar[str] = "com.android.deskclock.settings.SettingsActivity"

    def initial(self) -> SettingsState:
        return SettingsState()

    def build(self) -> View:
        clock_settings = bool(self.kernel.packages.resolve(_DATE_SETTINGS))
        timer_sound = pref(self.kernel, "timer_ringtone")
        sound = "Timer Expired" if timer_sound == "default" else ringtone_title(self.kernel, timer_sound)
        return Column(
            AppBar("Settings", on_up=call(SettingsActivity.finish)),
            ScrollColumn(
                self, "settings",
                SectionHeader("Clock", padding=_HEADER),
                self._choice("clock_style"),
                self._switch("display_clock_seconds", "Display time with seconds"),
                self._switch("automatic_home_clock", "Automatic home clock",
                             "While traveling in an area where the time is different, add a clock for home"),
                self._choice("home_time_zone"),
                _row("Change date & time", "", call(SettingsActivity.date_settings)) if clock_settings else None,
                SectionHeader("Alarms", padding=_HEADER),
                self._choice("auto_silence"),
                self._choice("snooze_duration"),
                self._volume(),
                self._choice("alarm_crescendo_duration"),
                self._choice("volume_button_setting"),
                self._choice("week_start"),
                SectionHeader("Timers", padding=_HEADER),
                _row("Timer sound", sound, call(SettingsActivity.ask_sound)),
                self._choice("timer_crescendo_duration"),
                self._switch("timer_vibrate", "Timer vibrate"),
                rid="recycler_view", weight=1,
            ),
            cls=None, width=FILL, height=FILL,
        )  # fmt: skip

    def _choice(self, key: str) -> View:
        value, choice = pref(self.kernel, key), _CHOICES[key]
        return _row(choice.title, dict(choice.options).get(value, value), call(SettingsActivity.ask, key))

    def _switch(self, key: str, title: str, summary: str = "") -> View:
        on = pref(self.kernel, key) == "true"
        return _row(title, summary, call(SettingsActivity.put, key, "false" if on else "true"), Switch(on))

    def _volume(self) -> View:
        hardware = self.kernel.hardware
        most = hardware.max_volume("alarm")
        slider = Slider(hardware.volume("alarm") / most, Call(SettingsActivity.set_volume), steps=most, maximum=most,
                        rid="alarm_volume_slider", desc="Alarm volume")  # fmt: skip
        return Column(
            Text("Alarm volume", "body_large", rid="android:id/title", padding=(24, 8, 24, 0)),
            Row(Icon("alarm"), slider, gap=8, cls=None, width=FILL, padding=(24, 0, 12, 8)), width=FILL,
        )  # fmt: skip

    # ------------------------------------------------------------------ handlers

    def put(self, key: str, value: str) -> None:
        """Set a preference."""
        set_pref(self.kernel, key, value)

    def ask(self, key: str) -> None:
        """Choose from the values of a preference."""
        choice, value = _CHOICES[key], pref(self.kernel, key)
        chosen = next((i for i, (option, _) in enumerate(choice.options) if option == value), -1)
        self.show(ChoiceDialog(
            heading=choice.title, options=tuple(label for _, label in choice.options), chosen=chosen,
            on_choose=Call(SettingsActivity.chosen, (key,)), negative=DialogButton("Cancel"),
        ))  # fmt: skip

    def chosen(self, key: str, index: int) -> None:
        """A value was chosen."""
        self.put(key, _CHOICES[key].options[index][0])

    def set_volume(self, share: float) -> None:
        """The slider of the alarm volume; an alarm cannot be made silent by it."""
        hardware = self.kernel.hardware
        index = max(1, round(share * hardware.max_volume("alarm")))
        if index != hardware.volume("alarm"):
            hardware.set_volume("alarm", index)
            self.effect("volume.changed", "reversible", stream="alarm", index=index)

    def ask_sound(self) -> None:
        """Choose what timers ring with."""
        value = pref(self.kernel, "timer_ringtone")
        self.open(RingtoneActivity, reply=Call(SettingsActivity.sounded), uri=None if value == "default" else value,
                  heading="Timer sound", fallback="Timer Expired")  # fmt: skip

    def sounded(self, result: Intent | None) -> None:
        """A timer sound was chosen."""
        if result is not None:
            uri = result.text("uri")
            self.put("timer_ringtone", "default" if uri.startswith("content://settings/") else uri)

    def date_settings(self) -> None:
        """The phone's date and time settings."""
        self.start(_DATE_SETTINGS)


def _row(title: str, summary: str, on_tap: Handler, trailing: Kid = None) -> View:
    attrs: dict[str, Any] = {"padding": (24, 8)}
    return ListItem(title, summary, trailing=trailing, on_tap=on_tap, **attrs)
