"""What an app declares: the Android manifest, as a frozen value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from mobilegym.emulator.phone.kernel.intents import HOME, LAUNCHER, MAIN, IntentFilter

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.activities import Activity
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["ActivityInfo", "ApkInfo", "AppIcon", "Component", "Instrumentation", "Later", "Manifest"]


@dataclass(frozen=True, slots=True)
class AppIcon:
    """A round launcher icon: a glyph of the icon font on a coloured disc."""

    glyph: str
    background: int
    """ARGB."""
    foreground: int = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Later:
    """A piece of an app's code, imported when it is first needed: a phone starts without the screens that nobody looks at."""

    target: str
    """`package.module:Name`"""
    name: str = ""
    """Of an activity: its Android class name."""

    def get(self) -> Any:
        """The class or function itself."""
        return _load(self.target)

    def __call__(self, *args: Any) -> Any:
        """Import the function and run it."""
        return _load(self.target)(*args)


@cache
def _load(target: str) -> Any:
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


@dataclass(frozen=True, slots=True)
class ActivityInfo:
    """One activity and the intents that it answers to."""

    code: type[Activity[Any]] | Later
    filters: tuple[IntentFilter, ...] = ()
    single_top: bool = False
    """Started again while on top, the running one gets `on_new_intent`."""
    label: str = ""
    """Shown in choosers instead of the app's label."""
    exported: bool | None = None
    """Whether others may start it; None where it follows from having filters."""

    @property
    def open(self) -> bool:
        """Whether others than the app itself may start it."""
        return bool(self.filters) if self.exported is None else self.exported

    @property
    def cls(self) -> type[Activity[Any]]:
        """The activity's class."""
        return self.code.get() if isinstance(self.code, Later) else self.code

    @property
    def name(self) -> str:
        """The activity's Android class name, without importing its code."""
        return self.code.name

    @property
    def launchable(self) -> bool:
        """Whether it has an icon in the app drawer."""
        return any(MAIN in f.actions and LAUNCHER in f.categories for f in self.filters)

    @property
    def home(self) -> bool:
        """Whether it is a home screen."""
        return any(HOME in f.categories for f in self.filters)


@dataclass(frozen=True, slots=True)
class Component:
    """A service or receiver of an installed APK."""

    name: str
    """Full class name."""
    actions: tuple[str, ...] = ()
    exported: bool = False


@dataclass(frozen=True, slots=True)
class Instrumentation:
    """A test runner of an installed APK."""

    name: str
    """Full class name of the runner."""
    target: str
    """The package it runs in."""


@dataclass(frozen=True, slots=True)
class ApkInfo:
    """What an APK declares beside its screens."""

    version_code: int = 1
    min_sdk: int = 1
    target_sdk: int = 34
    debuggable: bool = False
    test_only: bool = False
    requested: tuple[str, ...] = ()
    """Every permission it asks for, run-time or not."""
    services: tuple[Component, ...] = ()
    receivers: tuple[Component, ...] = ()
    instrumentation: tuple[Instrumentation, ...] = ()
    native: tuple[str, ...] = ()
    """ABIs it brings native code for; none for code that runs everywhere."""
    digest: str = ""
    """SHA-256 of the APK file."""
    split: str = ""
    """Name of the split, for an APK that is only a part of an app."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """An app."""

    package: str
    label: str
    icon: AppIcon
    activities: tuple[ActivityInfo, ...] = ()
    permissions: tuple[str, ...] = ()
    """Run-time permissions it may ask for, full names."""
    granted: tuple[str, ...] = ()
    """Those of them that the phone image grants from the start."""
    databases: Mapping[str, str] = field(default_factory=dict[str, str])
    """Database file name → schema in SQL."""
    seed: Callable[[Kernel], None] | None = None
    """Puts the app's first-run data into its databases and files."""
    receive: Callable[[Kernel, str, Mapping[str, Any]], None] | None = None
    """Gets the app's scheduled events, notification actions and broadcasts: `(kernel, action, extras)`."""
    version: str = "14"
    system: bool = True
    aliases: tuple[str, ...] = ()
    """Other names by which `OpenApp` finds it."""
    apk: ApkInfo | None = None
    """Of an app that was installed from an APK: its code is unknown here, its screens are placeholders."""

    @property
    def version_code(self) -> int:
        """A number that grows with the version."""
        if self.apk is not None:
            return self.apk.version_code
        numbers = [int(n) for n in self.version.split(".") if n.isdecimal()]
        return 34 if self.version == "14" else sum(n * 100**i for i, n in enumerate(reversed(numbers))) or 1
