"""A phone, and the Python package adbutils as a client of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from mobilegym.emulator.phone.kernel.kernel import Kernel
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread
from tests.clients.harness import Adb

__all__ = ["World"]

T = TypeVar("T")


@dataclass
class World:
    """A phone and a client of it."""

    thread: ServerThread
    served: ServedPhone
    adb: Adb
    client: Any

    @property
    def device(self) -> Any:
        return self.client.device(self.served.serial)

    def ask(self, question: Callable[[Kernel], T]) -> T:
        """What the phone itself says."""
        return self.thread.call(question, self.served.phone.kernel)

    @property
    def pixels(self) -> Any:
        return self.thread.call(self.served.phone.render)
