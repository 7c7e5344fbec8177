"""The screen of an alarm that rings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mobilegym.emulator.phone.apps.clock import alarms, ring
from mobilegym.emulator.phone.apps.clock.store import pref
from mobilegym.emulator.phone.apps.clock.widgets import TimeText
from mobilegym.emulator.phone.apps.clock.words import alarm_time
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import call
from mobilegym.emulator.phone.ui.layout import Column, Spacer
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["AlarmActivity", "RingState"]


@dataclass(frozen=True, slots=True)
class RingState:
    pass


class AlarmActivity(Activity[RingState]):
    """Extra `instance`. Full screen when the phone was asleep; otherwise it is behind the notification."""

    name: ClassVar[str] = ring.ALARM_SCREEN

    def initial(self) -> RingState:
        return RingState()

    def build(self) -> View:
        found, now = self._instance(), self.kernel.clock.now()
        ringing = found is not None and found.state == alarms.FIRED
        digits, half = alarm_time(now.hour, now.minute, self.ui.use_24h)
        return Column(
            Spacer(),
            Icon("alarm" if ringing else "alarm-off", size=56, color="primary", rid="alarm",
                 desc="Alarm is ringing" if ringing else "Alarm is off"),
            TimeText(digits, half, size=84, small=28, rid="digital_clock", margin=(0, 24, 0, 8)),
            Text((found.label if found is not None else "") or "Alarm", "title_large", rid="title", text_align="center"),
            Spacer(),
            Button("Snooze", call(AlarmActivity.snooze), kind="tonal", rid="snooze", desc="Snooze", enabled=ringing, width=240,
                   min_height=72, radius=36),
            Button("Stop", call(AlarmActivity.stop), rid="dismiss", desc="Dismiss", width=240, min_height=72, radius=36,
                   margin=(0, 16, 0, 0)),
            Spacer(), cls="android.widget.FrameLayout", rid="content", width=FILL, height=FILL, cross="center", padding=24,
        )  # fmt: skip

    def _instance(self) -> alarms.Instance | None:
        return alarms.instance(self.kernel, int(self.intent.extra("instance", 0)))

    def snooze(self) -> None:
        """Ring again later."""
        found = self._instance()
        if found is not None and found.state == alarms.FIRED:
            minutes = ring.snooze(self.kernel, found)
            self.toast(f"Snoozing for {minutes} minute{'' if minutes == 1 else 's'}.")
        self.finish()

    def stop(self) -> None:
        """Ring no more."""
        found = self._instance()
        if found is not None and found.state == alarms.FIRED:
            ring.dismiss(self.kernel, found)
        self.finish()

    def on_key(self, key: str) -> bool:
        """The volume keys do what the clock's settings say."""
        what = pref(self.kernel, "volume_button_setting")
        if not key.startswith("volume_") or what == "0":
            return False
        if what == "1":
            self.snooze()
        else:
            self.stop()
        return True

    def on_back(self) -> bool:
        found = self._instance()
        return found is not None and found.state == alarms.FIRED
