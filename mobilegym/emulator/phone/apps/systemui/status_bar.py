"""The status bar at the top and the gesture bar at the bottom."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from mobilegym.emulator.phone.apps.systemui.wallpaper import ink
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.kernel import Kernel
from mobilegym.emulator.phone.kernel.surface import Depends, Surface
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.layout import Row, Spacer, Stack
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["NavigationBar", "StatusBar", "clock_text", "system_icons"]

_SYSTEM: frozenset[Depends] = frozenset(("settings", "notifications", "hardware", "minute", "packages"))
_NARROW_SPACE = "\u202f"
_BARS = ("no signal", "one bar", "two bars", "three bars", "signal full")


def clock_text(when: datetime, use_24h: bool, *, suffix: bool = True) -> str:
    """`9:30 AM` (with a narrow no-break space, as Android writes it) or `09:30`."""
    if use_24h:
        return f"{when.hour:02d}:{when.minute:02d}"
    text = f"{when.hour % 12 or 12}:{when.minute:02d}"
    return f"{text}{_NARROW_SPACE}{'AM' if when.hour < 12 else 'PM'}" if suffix else text


def system_icons(kernel: Kernel, color: Color, *, percent: bool = False) -> list[View]:
    """Icons at the end of the status bar: what is on, reception, battery (with its level where `percent`)."""
    hardware, settings = kernel.hardware, kernel.settings
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
    connected = any(device.connected for device in hardware.bluetooth_devices())
    if hardware.bluetooth_on and connected:
        add("bluetooth-connect", "Bluetooth connected.")
    if hardware.vpn is not None:
        add("key", "VPN on.")
    if hardware.hotspot:
        add("access-point", "Hotspot on.")
    if hardware.airplane:
        add("airplane", "Airplane mode.")
    icons += _reception(kernel, color)
    icons.append(_battery(kernel, color, percent or settings.flag("system", "status_bar_show_battery_percent")))
    return icons


def _reception(kernel: Kernel, color: Color) -> list[View]:
    hardware = kernel.hardware
    icons: list[View] = []
    network = hardware.wifi()
    if network is not None:
        bars = max(1, min(4, network.signal))
        desc = f"Wifi {_BARS[bars]}." if network.internet else f"Wifi {_BARS[bars]}.,No internet"
        icons.append(Icon("wifi" if bars == 4 else f"wifi-strength-{bars}", size=17, color=color, desc=desc, rid="wifi_signal"))
    sim = hardware.sim
    if hardware.airplane:
        return icons
    if sim is None:
        return [*icons, Icon("sim-off-outline", size=17, color=color, desc="No SIM card.", rid="no_sims")]
    if hardware.mobile_data and network is None and hardware.cellular:
        icons.append(Text(sim.network, "label_small", color=color, desc=sim.network, rid="mobile_type"))
    glyph = "signal-off" if sim.signal <= 0 else f"signal-cellular-{max(1, min(3, sim.signal - 1))}"
    icons.append(Icon(glyph, size=17, color=color, desc=f"Phone {_BARS[max(0, min(4, sim.signal))]}.", rid="mobile_signal"))
    return icons


def _battery(kernel: Kernel, color: Color, percent: bool) -> View:
    battery = kernel.hardware.battery()
    tens = battery.level // 10 * 10
    level = f"-{tens}" if 0 < tens < 100 else "-outline" if tens == 0 else "-100" if battery.charging else ""
    desc = f"Battery charging, {battery.level} percent." if battery.charging else f"Battery {battery.level} percent."
    icon = Icon(("battery-charging" if battery.charging else "battery") + level, size=17, color=color)
    number = Text(f"{battery.level}%", "label_medium", color=color, rid="battery_percentage_view") if percent else None
    return Row(icon, number, rid="battery", desc=desc, gap=2)


def _backdrop(kernel: Kernel) -> Activity[Any]:
    """The activity that fills the screen: dialogs of other apps float above it."""
    top, task = kernel.activities.foreground, kernel.activities.current
    return next((a for a in reversed(task.stack) if not a.floating), top) if task is not None else top


class StatusBar(Surface[None]):
    """Time and notification icons at the start, system icons at the end; empty while the shade lies over it."""

    depends: ClassVar[frozenset[Depends]] = _SYSTEM

    def initial(self) -> None:
        return None

    def watch(self) -> object:
        return self.kernel.shell.state.shade == "closed", self._color(), self.kernel.telephony.call.active

    def build(self) -> View:
        kernel, ui = self.kernel, self.ui
        if kernel.shell.state.shade != "closed":
            return Stack(cls=None, width=FILL, height=FILL)
        color = self._color()
        now = kernel.clock.now()
        clock: View | None = None
        if not kernel.hardware.locked:
            clock = Text(
                clock_text(now, ui.use_24h, suffix=False),
                "title_small",
                color=color,
                rid="clock",
                desc=clock_text(now, ui.use_24h),
                font="medium",
            )
        elif kernel.hardware.sim is not None:
            clock = Text(kernel.hardware.sim.carrier, "label_medium", color=color, rid="keyguard_carrier_text")
        notifications = (
            None
            if kernel.hardware.locked
            else Row(*self._notifications(color), rid="notificationIcons", cls="android.view.ViewGroup", gap=4, margin=(8, 0, 0, 0))
        )
        row = Row(
            clock,
            notifications,
            Spacer(),
            *system_icons(kernel, color),
            rid="status_bar_contents",
            cls="android.widget.LinearLayout",
            width=FILL,
            height=FILL,
            padding=(24, 8, 20, 0),
            gap=3,
        )
        return Stack(row, rid="status_bar", cls="android.widget.FrameLayout", width=FILL, height=FILL)

    def _color(self) -> Color:
        kernel = self.kernel
        if kernel.hardware.locked:
            return "white" if kernel.windows.system["keyguard"].state.bouncer else ink(kernel)
        top = _backdrop(kernel)
        if not top.light_bars:
            return "on_surface"
        return ink(kernel) if top.background == "transparent" else "white"

    def _notifications(self, color: Color) -> list[View]:
        icons: list[View] = []
        active = self.kernel.notifications.active()
        for package in dict.fromkeys(n.package for n in active):
            manifest = self.kernel.packages.manifests.get(package)
            first = next(n for n in active if n.package == package)
            if manifest is not None and len(icons) < 4:
                icons.append(Icon(manifest.icon.glyph, size=16, color=color, desc=f"{manifest.label} notification: {first.title}"))
        return icons


class NavigationBar(Surface[None]):
    """The handle for gestures."""

    depends: ClassVar[frozenset[Depends]] = frozenset()

    def initial(self) -> None:
        return None

    def watch(self) -> object:
        return self._over_picture()

    def _over_picture(self) -> bool:
        kernel = self.kernel
        return kernel.hardware.locked or (kernel.shell.state.shade == "closed" and _backdrop(kernel).light_bars)

    def build(self) -> View:
        dark_screen = self._over_picture()
        handle = View(
            rid="home_handle",
            width=108,
            height=4,
            radius=2,
            background="white" if dark_screen else "on_surface",
            gravity="center",
        )
        return Stack(handle, cls=None, width=FILL, height=FILL)
