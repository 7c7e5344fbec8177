"""The kernel services without a kernel, wired as the kernel wires them."""

from __future__ import annotations

from typing import Any

from mobilegym.emulator.phone.kernel.clock import Clock
from mobilegym.emulator.phone.kernel.database import Databases
from mobilegym.emulator.phone.kernel.files import FileSystem
from mobilegym.emulator.phone.kernel.hardware import Hardware
from mobilegym.emulator.phone.kernel.journal import Journal
from mobilegym.emulator.phone.kernel.notifications import Notifications
from mobilegym.emulator.phone.kernel.providers import ContentResolver
from mobilegym.emulator.phone.kernel.settings import SettingsStore


class Services:
    """All services of a phone; `fork` is an independent copy."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.journal = Journal(self.clock)
        self.settings = SettingsStore()
        self.hardware = Hardware(self.settings)
        self.files = FileSystem(self.clock)
        self.databases = Databases()
        self.notifications = Notifications(self.clock, self.journal)
        self.content = ContentResolver(self.databases, self.clock, self.settings, self.files)
        self.files.on_change = self.content.media.file_changed

    def freeze(self) -> tuple[Any, ...]:
        return tuple(service.freeze() for service in self._all())

    def thaw(self, frozen: tuple[Any, ...]) -> None:
        for service, state in zip(self._all(), frozen, strict=True):
            service.thaw(state)

    def fork(self) -> Services:
        other = Services()
        other.thaw(self.freeze())
        return other

    def tree(self) -> dict[str, object]:
        """Logical content of everything."""
        tree: dict[str, object] = {f"db:{key}": self.databases.rows(*key) for key in self.databases.all()}
        tree["settings"] = [dict(self.settings.items(name)) for name in ("system", "secure", "global")]
        tree["files"] = list(self.files.facts())
        tree["hardware"] = self.hardware.facts()
        tree["clock"] = (self.clock.now_ms, self.clock.pending(), self.clock.zone.key)
        tree["journal"] = self.journal.digest()
        tree["notifications"] = self.notifications.active()
        return tree

    def _all(self) -> tuple[Any, ...]:
        return (self.clock, self.journal, self.settings, self.hardware, self.files, self.databases, self.notifications)
