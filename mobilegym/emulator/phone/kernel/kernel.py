"""The operating system of one virtual phone: the services, put together, and what happens between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mobilegym.emulator.phone.config import PhoneConfig
from mobilegym.emulator.phone.kernel.activities import Activities
from mobilegym.emulator.phone.kernel.clock import Clock
from mobilegym.emulator.phone.kernel.cow import FrozenMap
from mobilegym.emulator.phone.kernel.database import Databases
from mobilegym.emulator.phone.kernel.files import FileNode, FileSystem
from mobilegym.emulator.phone.kernel.hardware import Hardware
from mobilegym.emulator.phone.kernel.ime import Ime
from mobilegym.emulator.phone.kernel.input import Input
from mobilegym.emulator.phone.kernel.journal import Journal
from mobilegym.emulator.phone.kernel.manifest import Manifest
from mobilegym.emulator.phone.kernel.notifications import UNSNOOZE_ACTION, Notifications
from mobilegym.emulator.phone.kernel.packages import Packages
from mobilegym.emulator.phone.kernel.permissions import Permissions
from mobilegym.emulator.phone.kernel.properties import Properties
from mobilegym.emulator.phone.kernel.providers.resolver import ContentResolver
from mobilegym.emulator.phone.kernel.settings import SettingsStore
from mobilegym.emulator.phone.kernel.shell import Shell
from mobilegym.emulator.phone.kernel.surface import Surface
from mobilegym.emulator.phone.kernel.telephony import Telephony
from mobilegym.emulator.phone.kernel.windows import Windows
from mobilegym.emulator.phone.ui.images import file_key
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.errors import NotFound

__all__ = ["DATABASE_CHANGED", "TIME_SET", "Kernel", "PhoneImage"]

DATABASE_CHANGED: Final = "mobilegym.intent.action.DATABASE_CHANGED"
"""Sent to an app whose database was written to from outside, so that it plans its alarms and reminders anew."""
TIME_SET: Final = "android.intent.action.TIME_SET"
"""Broadcast to every app after the clock was set by hand; extra `missed` names an event of the app that was skipped."""

_MIN_DISPLAY_PX: Final = 200
"""Android clamps an override of the display size to this, and to twice the physical size."""

_NO_FILES: Final[FrozenMap[str, FileNode]] = FrozenMap({})


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
        self.properties = Properties()
        self.hardware = Hardware(self.settings)
        self.files = FileSystem(self.clock, None if frozen is None else _NO_FILES)
        self.databases = Databases()
        self.notifications = Notifications(self.clock, self.journal)
        self.packages = Packages(self, image.manifests)
        self.content = ContentResolver(self.databases, self.clock, self.settings, self.files)
        self.permissions = Permissions(self)
        self.telephony = Telephony(self)
        self.activities = Activities(self)
        self.shell = Shell(self, image.recents)
        self.notifications.on_post = self.shell.posted
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
            self.settings.put(namespace, key, value)
        self.packages.install_image(self.clock.now_ms)
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
        # What is in front, and whether it keeps upright, changes with the activities; the lock screen with the hardware.
        key = (self.settings.token, self.hardware.token, self.activities.token)
        if self._ui is None or self._ui[0] != key:
            self._ui = (key, self._make_ui())
        return self._ui[1]

    def _upright(self) -> bool:
        """Whether what is in front keeps to portrait however the phone is turned."""
        task = self.activities.current
        return self.hardware.locked or (task is not None and task.top.upright)

    @property
    def display_size(self) -> tuple[int, int]:
        """`(width, height)` in portrait, px: the phone's own unless `wm size` overrides it (setting `global/display_size_forced`)."""
        width, _, height = (self.settings.get("global", "display_size_forced") or "").partition(",")
        if not (width.isdecimal() and height.isdecimal()):
            return self.config.width, self.config.height
        return (
            min(max(int(width), _MIN_DISPLAY_PX), 2 * self.config.width),
            min(max(int(height), _MIN_DISPLAY_PX), 2 * self.config.height),
        )

    def _make_ui(self) -> Ui:
        settings, config = self.settings, self.config
        wide = self.hardware.rotation % 2 == 1 and not self._upright()
        across, along = self.display_size
        density = settings.number("secure", "display_density_forced", config.density)
        hours = settings.get("system", "time_12_24")
        return Ui.of(
            width=along if wide else across, height=across if wide else along,
            density=min(max(density, 120), 960), font_scale=min(max(settings.decimal("system", "font_scale", 1.0), 0.5), 2.0),
            dark=settings.get("secure", "ui_night_mode") == "2", use_24h=hours == "24", locale=config.locale,
        )  # fmt: skip

    def tokens(self) -> tuple[object, ...]:
        """What changes with each part that a surface may depend on, in the order of `surface.Depends`."""
        clock, now = self.clock, self.clock.now_ms
        # `second` is the very moment: a timer may have been started between two seconds, a stopwatch shows hundredths.
        return (
            self.databases.token, self.settings.token, self.notifications.token, self.hardware.token, self.files.token, self.packages.token,
            self.activities.token, self.telephony.token, (now // 60_000, clock.zone), now, self.ime.token, self.shell.token,
        )  # fmt: skip

    def wallpaper(self) -> tuple[Any, ...]:
        """Image key of the wallpaper: the setting names a scene, or the file of a picture."""
        chosen = self.settings.get("system", "mobilegym_wallpaper")
        if chosen and chosen.startswith("/"):
            if self.files.exists(chosen):
                return file_key(self.files.read(chosen))
            chosen = None
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
        self.shell.time_passed()

    def set_time(self, ms: int) -> None:
        """Set the clock by hand. What was due in between does not happen; apps hear of it and plan anew."""
        missed = self.clock.set(ms)
        self.shell.touched()
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

    def broadcast(self, package: str, action: str, extras: Mapping[str, Any]) -> None:
        """Deliver an event to an app's receiver; nothing happens where the app is gone or has none."""
        manifest = self.packages.manifests.get(package)
        if manifest is not None and manifest.receive is not None and package in self.packages.names():
            manifest.receive(self, action, extras)

    def broadcast_all(self, action: str, extras: Mapping[str, Any]) -> None:
        """Deliver to every app that has a receiver, in the order of installation."""
        for package in self.packages.manifests:
            self.broadcast(package, action, extras)

    # ------------------------------------------------------------------ snapshot

    _SERVICES: Final = (
        "clock", "journal", "settings", "hardware", "files", "databases", "notifications", "packages", "telephony",
        "activities", "windows", "ime", "shell", "properties",
    )  # fmt: skip

    def freeze(self) -> tuple[object, ...]:
        """The whole state, immutable and shared as far as possible."""
        services: tuple[Any, ...] = (
            self.clock, self.journal, self.settings, self.hardware, self.files, self.databases, self.notifications, self.packages,
            self.telephony, self.activities, self.windows, self.ime, self.shell, self.properties,
        )  # fmt: skip
        return tuple([s.freeze() for s in services])

    def thaw(self, frozen: tuple[Any, ...]) -> None:
        """Go back to a state."""
        for name, state in zip(self._SERVICES, frozen, strict=True):
            getattr(self, name).thaw(state)
        self.files.on_change = self.content.media.file_changed
