"""The status bar at the top and the gesture bar at the bottom."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from mobilegym.emulator.phone.kernel.surface import Depends, Surface
from mobilegym.emulator.phone.ui.layout import Row, Spacer, Stack
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import FILL, View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["NavigationBar", "StatusBar", "clock_text"]

_SYSTEM: frozenset[Depends] = frozenset(("settings", "notifications", "hardware", "minute", "activities", "shell", "packages"))
_NARROW_SPACE = "\u202f"


def clock_text(when: datetime, use_24h: bool, *, suffix: bool = True) -> str:
    """`9:30 AM` (with a narrow no-break space, as Android writes it) or `09:30`."""
    if use_24h:
        return f"{when.hour:02d}:{when.minute:02d}"
    text = f"{when.hour % 12 or 12}:{when.minute:02d}"
    return f"{text}{_NARROW_SPACE}{'AM' if when.hour < 12 else 'PM'}" if suffix else text


class StatusBar(Surface[None]):
    """Time and notification icons at the start, system icons at the end."""

    depends: ClassVar[frozenset[Depends]] = _SYSTEM

    def initial(self) -> None:
        return None

    def build(self) -> View:
        kernel, ui = self.kernel, self.ui
        color: Color = "white" if self._over_picture() else "on_surface"
        now = kernel.clock.now()
        clock = Text(clock_text(now, ui.use_24h, suffix=False), "title_small", color=color, rid="clock", desc=clock_text(now, ui.use_24h), font="medium")
        row = Row(
            clock, Row(*self._notifications(color), rid="notificationIcons", cls="android.view.ViewGroup", gap=4, margin=(8, 0, 0, 0)),
            Spacer(), *self._system_icons(color),
            rid="status_bar_contents", cls="android.widget.LinearLayout", width=FILL, height=FILL, padding=(24, 8, 20, 0), gap=3,
        )  # fmt: skip
        return Stack(row, rid="status_bar", cls="android.widget.FrameLayout", width=FILL, height=FILL)

    def _over_picture(self) -> bool:
        kernel = self.kernel
        if kernel.hardware.locked:
            return True
        return kernel.shell.shade == "closed" and kernel.activities.foreground.light_bars

    def _notifications(self, color: Color) -> list[View]:
        icons: list[View] = []
        for package in dict.fromkeys(n.package for n in self.kernel.notifications.active()):
            manifest = self.kernel.packages.manifests.get(package)
            first = next(n for n in self.kernel.notifications.active() if n.package == package)
            if manifest is not None and len(icons) < 4:
                icons.append(Icon(manifest.icon.glyph, size=16, color=color, desc=f"{manifest.label} notification: {first.title}"))
        return icons

    def _system_icons(self, color: Color) -> list[View]:
        hardware, settings = self.kernel.hardware, self.kernel.settings
        icons: list[View] = []

        def add(name: str, desc: str, rid: str = "") -> None:
            icons.append(Icon(name, size=17, color=color, desc=desc, rid=rid))

        if settings.get("system", "next_alarm_formatted"):
            add("alarm", "Alarm")
        if settings.number("global", "zen_mode", 0):
            add("minus-circle", "Do Not Disturb.")
        if hardware.ringer_mode == "vibrate":
            add("vibrate", "Ringer vibrate.")
        elif hardware.ringer_mode == "silent":
            add("bell-off", "Ringer silent.")
        if hardware.bluetooth_on:
            add("bluetooth", "Bluetooth on.")
        if hardware.hotspot:
            add("access-point", "Hotspot on.")
        if hardware.airplane:
            add("airplane", "Airplane mode.")
        if hardware.wifi() is not None:
            add("wifi", "Wifi signal full.", "wifi_signal")
        if not hardware.airplane:
            if hardware.mobile_data and hardware.wifi() is None and hardware.cellular:
                icons.append(Text("LTE", "label_small", color=color, desc="LTE", rid="mobile_type"))
            bars = "Phone signal full." if hardware.cellular else "Phone no signal."
            add("signal-cellular-3" if hardware.cellular else "signal-off", bars, "mobile_signal")
        icons.append(self._battery(color))
        return icons

    def _battery(self, color: Color) -> View:
        battery = self.kernel.hardware.battery()
        tens = battery.level // 10 * 10
        name = ("battery-charging" if battery.charging else "battery") + ("-100" if battery.charging and tens == 100 else f"-{tens}" if 0 < tens < 100 else "-outline" if tens == 0 else "")
        desc = f"Battery charging, {battery.level} percent." if battery.charging else f"Battery {battery.level} percent."
        icon = Icon(name, size=17, color=color)
        if self.kernel.settings.flag("system", "status_bar_show_battery_percent"):
            return Row(icon, Text(f"{battery.level}%", "label_medium", color=color, cls=None), rid="battery", desc=desc)
        return Row(icon, rid="battery", desc=desc)


class NavigationBar(Surface[None]):
    """The handle for gestures."""

    depends: ClassVar[frozenset[Depends]] = frozenset(("settings", "hardware", "activities", "shell"))

    def initial(self) -> None:
        return None

    def build(self) -> View:
        dark_screen = self.kernel.hardware.locked or (self.kernel.shell.shade == "closed" and self.kernel.activities.foreground.light_bars)
        handle = View(
            rid="home_handle", width=108, height=4, radius=2, background="white" if dark_screen else "on_surface", gravity="center",
        )  # fmt: skip
        return Stack(handle, cls=None, width=FILL, height=FILL)
