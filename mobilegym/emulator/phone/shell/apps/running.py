"""What runs for apps without a screen: services that the shell started, and instrumentations. One table per `System`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from mobilegym.emulator.phone.shell.processes import user_of
from mobilegym.errors import DeviceError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.apps.intents import ShellIntent
    from mobilegym.emulator.phone.shell.system import System

__all__ = ["HELPERS", "Running", "Service", "force_stop", "running"]

HELPERS: Final = {"io.appium.settings": "io.appium.settings.ForegroundService"}
"""Helper apps whose launcher activity has no screen: it starts this service in the foreground and ends."""
_LOCATION: Final = "io.appium.settings.LocationService"


@dataclass(frozen=True, slots=True)
class Service:
    """A started service."""

    package: str
    name: str
    """Full class name."""
    foreground: bool
    started_ms: int
    """Virtual epoch ms."""
    intent: str
    pid: int


@dataclass(slots=True)
class Running:
    """Started services and instrumentations."""

    services: dict[tuple[str, str], Service] = field(default_factory=dict[tuple[str, str], Service])
    instrumentations: dict[int, tuple[frozenset[str], Callable[[], None]]] = field(
        default_factory=dict[int, "tuple[frozenset[str], Callable[[], None]]"]
    )
    """By pid: the packages it belongs to, and how to end it."""

    def of(self, package: str) -> list[Service]:
        """Services of a package."""
        return [s for s in self.services.values() if s.package == package]

    def start(self, system: System, package: str, name: str, *, foreground: bool, intent: ShellIntent | None = None) -> None:
        """Start a service, or call it again."""
        old = self.services.get((package, name))
        processes = system.processes
        known = [p.pid for p in processes.of_package(package)]
        pid = (
            known[0]
            if known
            else processes.start(package, lambda: self._ended(package), user=user_of(processes.uid(package)), package=package, ppid=369)
        )
        shown = intent.show(wrap=False) if intent is not None else f"cmp={package}/{name}"
        started = old.started_ms if old is not None else system.kernel.clock.now_ms
        self.services[package, name] = Service(package, name, foreground or old is not None and old.foreground, started, shown, pid)
        if name == _LOCATION and intent is not None:
            _mock_location(system, intent)

    def stop(self, system: System, package: str, name: str) -> bool:
        """Stop a service; False where it does not run. The process ends with its last service."""
        found = self.services.pop((package, name), None)
        if found is not None and not self.of(package):
            system.processes.end(found.pid)
        return found is not None

    def _ended(self, package: str) -> None:
        for service in self.of(package):
            del self.services[service.package, service.name]


_TABLES: Final[WeakKeyDictionary[System, Running]] = WeakKeyDictionary()


def running(system: System) -> Running:
    """The table of a phone."""
    table = _TABLES.get(system)
    if table is None:
        table = _TABLES[system] = Running()
    return table


def force_stop(system: System, package: str) -> None:
    """End all that runs for a package: activities, services, instrumentations."""
    table = running(system)
    system.kernel.activities.force_stop(package)
    for service in table.of(package):
        table.stop(system, package, service.name)
    for packages, kill in list(table.instrumentations.values()):
        if package in packages:
            kill()
    system.processes.kill_package(package)


def _mock_location(system: System, intent: ShellIntent) -> None:
    """The settings helper's location service moves the phone."""
    try:
        system.kernel.hardware.set_location(float(str(intent.extras.get("latitude"))), float(str(intent.extras.get("longitude"))))
    except (ValueError, DeviceError):
        # The helper logs it and goes on.
        return
