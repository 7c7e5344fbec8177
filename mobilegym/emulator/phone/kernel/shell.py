"""The system's shell: what it shows on top of the apps, and the gestures and keys that no app gets to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from mobilegym.emulator.phone.kernel.cow import TOKENS
from mobilegym.emulator.phone.kernel.notifications import IMPORTANCE_HIGH, StatusBarNotification
from mobilegym.emulator.phone.kernel.surface import Surface

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["Shade", "Shell", "ShellState"]

Shade = Literal["closed", "notifications", "settings"]
_TOAST_MS: Final = 3500
_VOLUME_PANEL_MS: Final = 3000
_HEADS_UP_MS: Final = 5000
_ONGOING_HEADS_UP_MS: Final = 600_000
_NEVER_TOUCHED: Final = 1 << 62


@dataclass(frozen=True, slots=True)
class ShellState:
    """What is shown on top of the apps. Times are virtual epoch ms."""

    shade: Shade = "closed"
    volume_until_ms: int = 0
    volume_stream: str = "media"
    power_menu: bool = False
    heads_up: str = ""
    """Key of the notification shown as a banner."""
    heads_up_until_ms: int = 0
    toast: str = ""
    toast_package: str = ""
    toast_until_ms: int = 0


class _Frozen(NamedTuple):
    state: ShellState
    token: int
    touched_ms: int


class Shell:
    """Shade, banners, toasts, volume panel and power menu; screen on and off; home, back and recents.

    Args:
        kernel: The phone.
        recents: Brings up the overview.
    """

    def __init__(self, kernel: Kernel, recents: Callable[[Kernel], None]) -> None:
        self._kernel = kernel
        self._recents = recents
        self.state = ShellState()
        self.token = next(TOKENS)
        self.touched_ms = _NEVER_TOUCHED
        """When the phone was last used."""

    def set(self, **changes: Any) -> None:
        """Change fields of the state; windows that go away are told (`on_key("closed")`)."""
        new = replace(self.state, **changes)
        if new == self.state:
            return
        old, self.state = self.state, new
        self.token = next(TOKENS)
        for name, gone in (("shade", new.shade == "closed" != old.shade), ("heads_up", old.heads_up not in ("", new.heads_up))):
            if gone:
                self._kernel.windows.system[name].on_key("closed")

    def touch(self) -> None:
        """Redraw what depends on the shell though its state is the same."""
        self.token = next(TOKENS)

    def app_in_front(self) -> None:
        """An activity comes to the front: shade and menus close."""
        if self.state.shade != "closed" or self.state.power_menu:
            self.set(shade="closed", power_menu=False)

    # ------------------------------------------------------------------ messages of the system

    def show_toast(self, package: str, text: str) -> None:
        """Show a toast for a while."""
        self.set(toast=text, toast_package=package, toast_until_ms=self._kernel.clock.now_ms + _TOAST_MS)
        self._kernel.journal.append("dialog", package, "toast", "read", text=text)

    def posted(self, notification: StatusBarNotification) -> None:
        """Show an urgent notification as a banner, unless the phone is locked or Do Not Disturb is on."""
        settings = self._kernel.settings
        silent = settings.number("global", "zen_mode", 0) != 0
        banners = settings.flag("global", "heads_up_notifications_enabled", True)
        if notification.importance < IMPORTANCE_HIGH or silent or not banners or self._kernel.hardware.locked:
            return
        # A ringing call or alarm stays until it is answered; its app withdraws the notification then.
        shown_ms = _ONGOING_HEADS_UP_MS if notification.ongoing else _HEADS_UP_MS
        self.set(heads_up=notification.key, heads_up_until_ms=self._kernel.clock.now_ms + shown_ms)

    # ------------------------------------------------------------------ screen

    def time_passed(self) -> None:
        """Banners go; the screen goes to sleep once nobody has touched it for the screen timeout."""
        kernel, hardware, now = self._kernel, self._kernel.hardware, self._kernel.clock.now_ms
        if self.state.heads_up and self.state.heads_up_until_ms <= now:
            self.set(heads_up="")
        if kernel.config.stay_awake or not hardware.screen_on:
            return
        if now - self.touched_ms < kernel.settings.number("system", "screen_off_timeout", 30_000):
            return
        plugged = hardware.battery().charging and kernel.settings.number("global", "stay_on_while_plugged_in", 0)
        if not plugged and not kernel.telephony.call.active:
            self.sleep()

    def touched(self) -> None:
        """Somebody uses the phone now."""
        self.touched_ms = self._kernel.clock.now_ms

    def sleep(self) -> None:
        """Turn the screen off and lock it."""
        kernel = self._kernel
        self.set(shade="closed", power_menu=False, volume_until_ms=0, heads_up="")
        kernel.ime.hide()
        kernel.hardware.set_screen(False)
        kernel.windows.system["keyguard"].on_key("sleep")
        if kernel.settings.get("secure", "lockscreen.disabled") != "1" or kernel.settings.get("secure", "lockscreen_pin"):
            kernel.hardware.set_locked(True)

    def wake(self) -> None:
        """Turn the screen on."""
        self._kernel.hardware.set_screen(True)
        self.touched()

    def unlock(self) -> None:
        """Take the lock screen away."""
        self._kernel.hardware.set_locked(False)
        self.set(shade="closed")
        self._kernel.journal.append("system", "com.android.systemui", "unlocked", "read")

    def power(self, key: str) -> None:
        """The power key toggles the screen; wakeup only turns it on."""
        if key == "wakeup" or not self._kernel.hardware.screen_on:
            self.wake()
        else:
            self.sleep()

    # ------------------------------------------------------------------ gestures and keys

    def gesture(self, finger: str, *, bottom: bool, top: bool, side: bool, ms: int) -> bool:
        """A swipe with the finger moving `finger`, by the edge it starts from. True where it was the system's."""
        hardware = self._kernel.hardware
        if not hardware.screen_on:
            return True
        if hardware.locked:
            return self._gesture_locked(finger, top)
        if finger == "down" and top:
            self.set(shade="settings" if self.state.shade != "closed" else "notifications")
        elif finger == "up" and bottom:
            if self.state.shade != "closed":
                self.set(shade="closed")
            elif ms >= 600:
                self._recents(self._kernel)
            else:
                self.home()
        elif side and finger in ("left", "right"):
            self.back()
        else:
            return False
        return True

    def _gesture_locked(self, finger: str, top: bool) -> bool:
        if self.state.shade != "closed":
            return False
        if finger == "down" and top:
            self.set(shade="notifications")
            return True
        return finger == "up" and bool(self._kernel.windows.system["keyguard"].on_key("unlock"))

    def home(self) -> None:
        """The home gesture or key."""
        self.set(shade="closed", power_menu=False, volume_until_ms=0)
        if not self._kernel.hardware.locked:
            self._kernel.activities.go_home()

    def back(self) -> None:
        """The back gesture or key: keyboard, menus of the system, overlays, shade, the activity, then its stack."""
        kernel = self._kernel
        if kernel.ime.shown:
            kernel.ime.hide()
        elif self.state.power_menu:
            self.set(power_menu=False)
        elif self.state.volume_until_ms > kernel.clock.now_ms:
            self.set(volume_until_ms=0)
        elif _cancel_overlay(kernel.windows.input_target()):
            pass
        elif self.state.shade != "closed":
            if not kernel.windows.system["shade"].on_back():
                self.set(shade="closed")
        elif kernel.hardware.locked:
            kernel.windows.system["keyguard"].on_back()
        elif not kernel.activities.foreground.on_back():
            kernel.activities.back()

    def key(self, key: str) -> None:
        """Keys that apps do not see."""
        kernel, locked = self._kernel, self._kernel.hardware.locked
        if key == "back":
            self.back()
        elif key == "home":
            self.home()
        elif key == "recents" and not locked:
            self._recents(kernel)
        elif key == "notifications":
            self.set(shade="notifications")
        elif key == "menu" and locked:
            kernel.windows.system["keyguard"].on_key("unlock")
        elif key.startswith("volume_"):
            self._volume(key)
        elif key == "camera" and not locked:
            camera = next((m.package for m in kernel.packages.launchable() if m.label == "Camera"), None)
            if camera is not None:
                kernel.activities.launch_app(camera)

    def _volume(self, key: str) -> None:
        hardware, call = self._kernel.hardware, self._kernel.telephony.call
        stream = "ring" if call.ringing else "call" if call.active else "media"
        wanted = 0 if key == "volume_mute" else hardware.volume(stream) + (1 if key == "volume_up" else -1)
        hardware.set_volume(stream, min(max(wanted, 0), hardware.max_volume(stream)))
        self.set(volume_until_ms=self._kernel.clock.now_ms + _VOLUME_PANEL_MS, volume_stream=stream)

    def freeze(self) -> object:
        """The present state, immutable."""
        return _Frozen(self.state, self.token, self.touched_ms)

    def thaw(self, frozen: Any) -> None:
        """Go back to a state."""
        self.state, self.token, self.touched_ms = frozen


def _cancel_overlay(surface: Surface[Any]) -> bool:
    if not surface.overlays:
        return False
    overlay = surface.overlays[-1]
    if overlay.cancelable:
        surface.dismiss()
        if overlay.on_cancel is not None:
            overlay.on_cancel.fn(surface, *overlay.on_cancel.args)
    return True
