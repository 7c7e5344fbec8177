"""The operating system of one virtual phone: the services, put together, and what happens between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from mobilegym.emulator.phone.config import PhoneConfig
from mobilegym.emulator.phone.kernel.activities import Activities
from mobilegym.emulator.phone.kernel.clock import Clock
from mobilegym.emulator.phone.kernel.cow import TOKENS, FrozenMap
from mobilegym.emulator.phone.kernel.database import Databases
from mobilegym.emulator.phone.kernel.files import FileNode, FileSystem
from mobilegym.emulator.phone.kernel.hardware import Hardware
from mobilegym.emulator.phone.kernel.ime import Ime
from mobilegym.emulator.phone.kernel.input import Input
from mobilegym.emulator.phone.kernel.journal import Journal
from mobilegym.emulator.phone.kernel.manifest import Manifest
from mobilegym.emulator.phone.kernel.notifications import IMPORTANCE_HIGH, UNSNOOZE_ACTION, Notifications, StatusBarNotification
from mobilegym.emulator.phone.kernel.packages import Packages
from mobilegym.emulator.phone.kernel.permissions import Permissions
from mobilegym.emulator.phone.kernel.providers.resolver import ContentResolver
from mobilegym.emulator.phone.kernel.selection import SelectionMenu
from mobilegym.emulator.phone.kernel.settings import SettingsStore
from mobilegym.emulator.phone.kernel.surface import Surface
from mobilegym.emulator.phone.kernel.telephony import Telephony
from mobilegym.emulator.phone.kernel.windows import Windows
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.errors import NotFound

__all__ = ["DATABASE_CHANGED", "TIME_SET", "Kernel", "PhoneImage", "Shade", "Shell"]

DATABASE_CHANGED: Final = "mobilegym.intent.action.DATABASE_CHANGED"
"""Sent to an app whose database was written to from outside, so that it plans its alarms and reminders anew."""
TIME_SET: Final = "android.intent.action.TIME_SET"
"""Broadcast to every app after the clock was set by hand; extra `missed` names an event of the app that was skipped."""

Shade = Literal["closed", "notifications", "settings"]
_TOAST_MS: Final = 3500
_NO_FILES: Final[FrozenMap[str, FileNode]] = FrozenMap({})
_VOLUME_PANEL_MS: Final = 3000
_HEADS_UP_MS: Final = 5000
_ONGOING_HEADS_UP_MS: Final = 600_000


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class PhoneImage:
    """What a phone is made of: its apps, and the windows that the system itself shows. Compared by identity."""

    manifests: Sequence[Manifest]
    system_windows: Mapping[str, type[Surface[Any]]]
    """Name → surface; the names are `windows.SYSTEM_WINDOWS`."""
    system_packages: Mapping[str, str]
    """Name → package that shows it."""
    recents: Callable[[Kernel], None]
    """Brings up the overview."""


@dataclass(frozen=True, slots=True)
class Shell:
    """What the system UI shows on top of the apps."""

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


class Kernel:
    """One phone's state and behaviour, without any way to look at it from outside (see `VirtualPhone`).

    Args:
        config: How the phone is set up.
        image: What it is made of.
        frozen: State to begin with, from `freeze` of a kernel of the same image; without it the kernel wants to be booted.
    """

    def __init__(self, config: PhoneConfig, image: PhoneImage, frozen: tuple[Any, ...] | None = None) -> None:
        self.config = config
        self.image = image
        self.clock = Clock(config.start_ms, config.time_zone)
        self.journal = Journal(self.clock)
        self.settings = SettingsStore()
        self.hardware = Hardware(self.settings)
        self.files = FileSystem(self.clock, None if frozen is None else _NO_FILES)
        self.databases = Databases()
        self.notifications = Notifications(self.clock, self.journal)
        self.notifications.on_post = self._posted
        self.packages = Packages(self, image.manifests)
        self.content = ContentResolver(self.databases, self.clock, self.settings, self.files)
        self.permissions = Permissions(self)
        self.telephony = Telephony(self)
        self.activities = Activities(self)
        self.shell = Shell()
        self.shell_token = next(TOKENS)
        self.windows = Windows(self, dict(image.system_windows), dict(image.system_packages))
        self.ime = Ime(self)
        self.input = Input(self)
        self._ui: tuple[object, Ui] | None = None
        if frozen is not None:
            self.thaw(frozen)
            return
        for manifest in image.manifests:
            for name, schema in manifest.databases.items():
                self.databases.register(manifest.package, name, schema)

    # ------------------------------------------------------------------ start

    def boot(self) -> None:
        """Install the apps with their first-run data and start the home screen. Once, on a fresh kernel."""
        config = self.config
        overrides = dict(config.settings)
        if config.dark:
            overrides.setdefault("secure/ui_night_mode", "2")
        if config.font_scale != 1.0:
            overrides.setdefault("system/font_scale", str(config.font_scale))
        if config.use_24h:
            overrides.setdefault("system/time_12_24", "24")
        for path, value in overrides.items():
            namespace, _, key = path.partition("/")
            if namespace not in ("system", "secure", "global") or not key:
                raise NotFound(f"`settings` key {path!r} must be `system/…`, `secure/…` or `global/…`")
            self.settings.put(namespace, key, value)  # type: ignore[arg-type]
        self.packages.install(self.clock.now_ms)
        self.files.on_change = self.content.media.file_changed
        for manifest in self.image.manifests:
            if manifest.seed is not None:
                manifest.seed(self)
        for manifest in self.image.manifests:
            home = next((a for a in manifest.activities if a.home), None)
            if home is not None:
                self.activities.boot(manifest.package, home)
        if config.locked:
            self.hardware.set_locked(True)

    # ------------------------------------------------------------------ configuration

    @property
    def ui(self) -> Ui:
        """The screen configuration that follows from settings and rotation."""
        key = (self.settings.token, self.hardware.token, self._upright())
        if self._ui is None or self._ui[0] != key:
            self._ui = (key, self._make_ui())
        return self._ui[1]

    def _upright(self) -> bool:
        """Whether what is in front keeps to portrait however the phone is turned."""
        task = self.activities.current
        return self.hardware.locked or (task is not None and task.top.upright)

    def _make_ui(self) -> Ui:
        settings, config = self.settings, self.config
        wide = self.hardware.rotation % 2 == 1 and not self._upright()
        density = settings.number("secure", "display_density_forced", config.density)
        hours = settings.get("system", "time_12_24")
        return Ui.of(
            width=config.height if wide else config.width, height=config.width if wide else config.height,
            density=min(max(density, 120), 960), font_scale=min(max(settings.decimal("system", "font_scale", 1.0), 0.5), 2.0),
            dark=settings.get("secure", "ui_night_mode") == "2", use_24h=hours == "24", locale=config.locale,
        )  # fmt: skip

    def tokens(self) -> tuple[object, ...]:
        """What changes with each part that a surface may depend on, in the order of `surface.Depends`."""
        clock, now = self.clock, self.clock.now_ms
        return (
            self.databases.token, self.settings.token, self.notifications.token, self.hardware.token, self.files.token, self.packages.token,
            self.activities.token, self.telephony.token, (now // 60_000, clock.zone), now // 1000, self.ime.token, self.shell_token,
        )  # fmt: skip

    def wallpaper(self) -> tuple[Any, ...]:
        """Image key of the wallpaper."""
        chosen = self.settings.get("system", "mobilegym_wallpaper")
        return ("gen", chosen or ("wallpaper_dark" if self.ui.dark else "wallpaper"), 0)

    # ------------------------------------------------------------------ time

    def run_until(self, ms: int) -> None:
        """Let virtual time pass until `ms`; everything scheduled before happens in order."""
        clock = self.clock
        while (event := clock.due(ms)) is not None:
            if event.action == UNSNOOZE_ACTION:
                self.notifications.unsnooze(str(event.extra("key")))
            else:
                self.broadcast(event.package, event.action, dict(event.extras))
        if ms > clock.now_ms:
            clock.advance_to(ms)
        shell = self.shell
        if shell.heads_up and shell.heads_up_until_ms <= ms:
            self.set_shell(heads_up="")
        self._sleep_when_idle()

    def set_time(self, ms: int) -> None:
        """Set the clock by hand. What was due in between does not happen; apps hear of it and plan anew."""
        missed = self.clock.set(ms)
        self._last_input_ms = ms
        for event in missed:
            self.broadcast(event.package, TIME_SET, {"missed": event.action, **dict(event.extras)})
        self.broadcast_all(TIME_SET, {})

    def clear_data(self, package: str) -> None:
        """Put an app back to the state after installation: its databases, files, permissions and notifications."""
        manifest = self.packages.manifest(package)
        self.activities.force_stop(package)
        self.clock.cancel_all(package)
        self.notifications.remove_package(package)
        self.databases.reset(package)
        private = f"/data/data/{package}"
        if self.files.exists(private):
            self.files.delete(private)
        self.packages.reset(package)
        if manifest.seed is not None:
            manifest.seed(self)
        self.journal.append("effect", package, "app.data_cleared", "irreversible")

    def _posted(self, notification: StatusBarNotification) -> None:
        if notification.importance >= IMPORTANCE_HIGH:
            self.heads_up(notification.key)

    def _sleep_when_idle(self) -> None:
        hardware = self.hardware
        if self.config.stay_awake or not hardware.screen_on or self.clock.now_ms - self.last_input_ms < self.settings.number("system", "screen_off_timeout", 30_000):
            return
        plugged = hardware.battery().charging and self.settings.number("global", "stay_on_while_plugged_in", 0)
        if not plugged and not self.telephony.call.active:
            self.sleep()

    @property
    def last_input_ms(self) -> int:
        """When the screen was last touched; it does not sleep sooner than the screen timeout after that."""
        return self._last_input_ms

    _last_input_ms = 1 << 62

    def touched(self) -> None:
        """Somebody uses the phone now."""
        self._last_input_ms = self.clock.now_ms

    def broadcast(self, package: str, action: str, extras: Mapping[str, Any]) -> None:
        """Deliver an event to an app's receiver; nothing happens where the app is gone or has none."""
        manifest = self.packages.manifests.get(package)
        if manifest is not None and manifest.receive is not None and package in self.packages.names():
            manifest.receive(self, action, extras)

    def broadcast_all(self, action: str, extras: Mapping[str, Any]) -> None:
        """Deliver to every app that has a receiver, in the order of installation."""
        for package in self.packages.manifests:
            self.broadcast(package, action, extras)

    # ------------------------------------------------------------------ screen

    def sleep(self) -> None:
        """Turn the screen off and lock it."""
        self.set_shell(shade="closed", power_menu=False, volume_until_ms=0, heads_up="")
        self.ime.hide()
        self.hardware.set_screen(False)
        self.windows.system["keyguard"].on_key("sleep")
        if self.settings.get("secure", "lockscreen.disabled") != "1" or self.settings.get("secure", "lockscreen_pin"):
            self.hardware.set_locked(True)

    def wake(self) -> None:
        """Turn the screen on."""
        self.hardware.set_screen(True)
        self.touched()

    def unlock(self) -> None:
        """Take the lock screen away."""
        self.hardware.set_locked(False)
        self.set_shell(shade="closed")
        self.journal.append("system", "com.android.systemui", "unlocked", "read")

    def power(self, key: str) -> None:
        """The power key toggles the screen; wakeup only turns it on."""
        if key == "wakeup" or not self.hardware.screen_on:
            self.wake()
        else:
            self.sleep()

    def set_shell(self, **changes: Any) -> None:
        """Change what the system UI shows."""
        new = replace(self.shell, **changes)
        if new != self.shell:
            old, self.shell = self.shell, new
            self.shell_token = next(TOKENS)
            for name, gone in (("shade", new.shade == "closed" != old.shade), ("heads_up", old.heads_up not in ("", new.heads_up))):
                if gone:
                    self.windows.system[name].on_key("closed")

    def shell_reset(self) -> None:
        """An activity comes to the front: shade and menus close."""
        if self.shell.shade != "closed" or self.shell.power_menu:
            self.set_shell(shade="closed", power_menu=False)

    def toast(self, package: str, text: str) -> None:
        """Show a toast for a while."""
        self.set_shell(toast=text, toast_package=package, toast_until_ms=self.clock.now_ms + _TOAST_MS)
        self.journal.append("dialog", package, "toast", "read", text=text)

    def heads_up(self, key: str) -> None:
        """Show a notification as a banner, unless the shade is open, the phone locked, or Do Not Disturb on."""
        silent = self.settings.number("global", "zen_mode", 0) != 0
        if self.settings.flag("global", "heads_up_notifications_enabled", True) and not silent and not self.hardware.locked:
            posted = self.notifications.get(key)
            # A ringing call or alarm stays until it is answered; its app withdraws the notification then.
            shown_ms = _ONGOING_HEADS_UP_MS if posted is not None and posted.ongoing else _HEADS_UP_MS
            self.set_shell(heads_up=key, heads_up_until_ms=self.clock.now_ms + shown_ms)

    # ------------------------------------------------------------------ navigation

    def foreground_package(self) -> str:
        """Package of the activity on top."""
        return self.activities.foreground.package

    def gesture(self, finger: str, x: float, y: float, at_bottom: bool, at_top: bool, at_side: bool, ms: int) -> bool:
        """System gestures by where a swipe starts. True where it was one."""
        del x, y
        if not self.hardware.screen_on:
            return True
        if self.hardware.locked:
            return self._gesture_locked(finger, at_top)
        if finger == "down" and at_top:
            self.set_shell(shade="settings" if self.shell.shade != "closed" else "notifications")
            return True
        if finger == "up" and at_bottom:
            if self.shell.shade != "closed":
                self.set_shell(shade="closed")
            elif ms >= 600:
                self.image.recents(self)
            else:
                self.go_home()
            return True
        if at_side and finger in ("left", "right"):
            self.back()
            return True
        return False

    def _gesture_locked(self, finger: str, at_top: bool) -> bool:
        if finger == "down" and at_top and self.shell.shade == "closed":
            self.set_shell(shade="notifications")
            return True
        if finger == "up" and self.shell.shade == "closed":
            return bool(self.windows.system["keyguard"].on_key("unlock"))
        return False

    def go_home(self) -> None:
        """The home gesture or key."""
        self.set_shell(shade="closed", power_menu=False, volume_until_ms=0)
        if not self.hardware.locked:
            self.activities.go_home()

    def back(self) -> None:
        """The back gesture or key: keyboard, menus of the system, shade, overlays, the activity, then its stack."""
        if self.ime.shown:
            self.ime.hide()
        elif self.shell.power_menu:
            self.set_shell(power_menu=False)
        elif self.shell.volume_until_ms > self.clock.now_ms:
            self.set_shell(volume_until_ms=0)
        elif self._cancel_overlay(self.windows.input_target()):
            pass
        elif self.shell.shade != "closed":
            if not self.windows.system["shade"].on_back():
                self.set_shell(shade="closed")
        elif self.hardware.locked:
            self.windows.system["keyguard"].on_back()
        else:
            if not self.activities.foreground.on_back():
                self.activities.back()

    @staticmethod
    def _cancel_overlay(surface: Surface[Any]) -> bool:
        if not surface.overlays:
            return False
        overlay = surface.overlays[-1]
        if overlay.cancelable:
            surface.dismiss()
            if overlay.on_cancel is not None:
                overlay.on_cancel.fn(surface, *overlay.on_cancel.args)
        return True

    def system_key(self, key: str) -> None:
        """Keys that apps do not see."""
        if key == "back":
            self.back()
        elif key == "home":
            self.go_home()
        elif key == "recents" and not self.hardware.locked:
            self.image.recents(self)
        elif key == "notifications":
            self.set_shell(shade="notifications")
        elif key == "menu" and self.hardware.locked:
            self.windows.system["keyguard"].on_key("unlock")
        elif key.startswith("volume_"):
            self._volume(key)
        elif key == "camera" and not self.hardware.locked:
            camera = next((m.package for m in self.packages.launchable() if m.label == "Camera"), None)
            if camera is not None:
                self.activities.launch_app(camera)

    def _volume(self, key: str) -> None:
        stream = "ring" if self.telephony.call.ringing else "call" if self.telephony.call.active else "media"
        index = self.hardware.volume(stream)
        wanted = 0 if key == "volume_mute" else index + (1 if key == "volume_up" else -1)
        self.hardware.set_volume(stream, min(max(wanted, 0), self.hardware.max_volume(stream)))
        self.set_shell(volume_until_ms=self.clock.now_ms + _VOLUME_PANEL_MS, volume_stream=stream)

    def selection_menu(self, surface: Surface[Any]) -> None:
        """Cut, copy, paste: the floating toolbar over selected text."""
        low, high = sorted(surface.selection)
        keep = surface.focus, surface.selection
        surface.show(SelectionMenu(has_selection=low < high, can_paste=bool(self.clipboard)))
        surface.focus, surface.selection = keep

    @property
    def clipboard(self) -> str:
        """Text on the clipboard."""
        return self.hardware.clipboard()

    # ------------------------------------------------------------------ snapshot

    _SERVICES: Final = (
        "clock", "journal", "settings", "hardware", "files", "databases", "notifications", "packages", "telephony",
        "activities", "windows", "ime",
    )  # fmt: skip

    def freeze(self) -> tuple[object, ...]:
        """The whole state, immutable and shared as far as possible."""
        services: tuple[Any, ...] = (
            self.clock, self.journal, self.settings, self.hardware, self.files, self.databases, self.notifications, self.packages,
            self.telephony, self.activities, self.windows, self.ime,
        )  # fmt: skip
        return (*[s.freeze() for s in services], self.shell, self.shell_token, self._last_input_ms)

    def thaw(self, frozen: tuple[Any, ...]) -> None:
        """Go back to a state."""
        *services, self.shell, self.shell_token, self._last_input_ms = frozen
        for name, state in zip(self._SERVICES, services, strict=True):
            getattr(self, name).thaw(state)
        self.files.on_change = self.content.media.file_changed
