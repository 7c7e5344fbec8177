"""Named states of a phone: kept by the emulator, or by a virtual phone itself."""

from __future__ import annotations

import itertools
import os
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Final

from mobilegym.emulator.android.console import Console
from mobilegym.emulator.android.extension import Extension
from mobilegym.emulator.android.shell import AndroidShell
from mobilegym.emulator.device import DeviceSnapshot
from mobilegym.errors import DeviceError, DeviceLost, NotFound

__all__ = ["ConsoleStates", "ExtensionStates", "NamedSnapshot", "States", "wait_until_usable"]

_NUMBERS: Final = itertools.count(1)
_USABLE: Final = "getprop sys.boot_completed; pm list packages | head -n 1; dumpsys window displays | grep mCurrentFocus"
_BOOT_LIMIT_S: Final = 180.0


class NamedSnapshot(DeviceSnapshot):
    """A state that the phone keeps under a name; it is deleted there when nothing refers to it any more."""

    __slots__ = ("_drop", "name", "owner")

    def __init__(self, name: str, owner: States, drop: Callable[[str], None]) -> None:
        self.name = name
        self.owner = owner
        self._drop = drop

    def __del__(self) -> None:
        self._drop(self.name)


class States(ABC):
    """Saves and loads states."""

    def __init__(self) -> None:
        self._dropped: list[str] = []

    def save(self) -> NamedSnapshot:
        """Keep the present state, under a new name."""
        self.tidy()
        name = f"mobilegym_{os.getpid()}_{next(_NUMBERS)}"
        self._save(name)
        # Deleting takes a command, and no command may be given from a finaliser.
        return NamedSnapshot(name, self, self._dropped.append)

    def load(self, snapshot: DeviceSnapshot) -> None:
        """Go back to a state.

        Raises:
            DeviceError: It is none of this phone.
        """
        if not isinstance(snapshot, NamedSnapshot) or snapshot.owner is not self:
            raise DeviceError(f"this phone restores what its own `snapshot` gave, got {type(snapshot).__name__}")
        self._load(snapshot.name)

    def tidy(self) -> None:
        """Delete states that nothing refers to."""
        while self._dropped:
            self._delete(self._dropped.pop())

    @abstractmethod
    def base(self, seed: int) -> None:
        """Back to the phone's initial image."""

    @abstractmethod
    def _save(self, name: str) -> None: ...
    @abstractmethod
    def _load(self, name: str) -> None: ...
    @abstractmethod
    def _delete(self, name: str) -> None: ...


class ExtensionStates(States):
    """States that a virtual phone keeps."""

    def __init__(self, extension: Extension) -> None:
        super().__init__()
        self._extension = extension

    def base(self, seed: int) -> None:
        self._extension.call("reset", seed)

    def _save(self, name: str) -> None:
        self._extension.call("snapshot", "save", name)

    def _load(self, name: str) -> None:
        self._extension.call("snapshot", "load", name)

    def _delete(self, name: str) -> None:
        self._extension.call("snapshot", "delete", name)


class ConsoleStates(States):
    """Snapshots of an emulator.

    A load reports success before the phone can be used, and an emulator that loaded many is worn: so after each load the
    phone is waited for, and after `max_loads` it is started anew.

    Args:
        shell: The phone's.
        console: The emulator's.
        base: Name of the state that `reset` goes back to. Where there is none of that name, the first reset makes it.
        recycle: Starts the emulator anew; None leaves it running.
        max_loads: Loads between two such starts.
        sleep: Waits that many seconds.
        clock: Monotonic seconds.
    """

    def __init__(
        self, shell: AndroidShell, console: Console, base: str, recycle: Callable[[], object] | None = None, max_loads: int = 50,
        sleep: Callable[[float], None] = time.sleep, clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        super().__init__()
        self._shell = shell
        self._console = console
        self._base = base
        self._recycle = recycle
        self._max_loads = max_loads
        self._loads = 0
        self._sleep = sleep
        self._clock = clock

    def base(self, seed: int) -> None:
        """Load the base state. The seed is of no use to an emulator: its image is the same whatever it is."""
        if self._base in self._names():
            self._load(self._base)
        else:
            self._save(self._base)

    def _save(self, name: str) -> None:
        self._console.say(f"avd snapshot save {name}")

    def _load(self, name: str) -> None:
        if self._recycle is not None and self._loads >= self._max_loads:
            self._recycle()
            self._loads = 0
            wait_until_usable(self._shell, sleep=self._sleep, clock=self._clock)
        self._loads += 1
        if name not in self._names():
            raise NotFound(f"the emulator has no snapshot {name!r}")
        self._console.say(f"avd snapshot load {name}")
        wait_until_usable(self._shell, sleep=self._sleep, clock=self._clock)

    def _delete(self, name: str) -> None:
        self._console.say(f"avd snapshot delete {name}")

    def _names(self) -> list[str]:
        lines = self._console.say("avd snapshot list").splitlines()
        return [words[1] for words in (line.split() for line in lines) if len(words) > 4 and words[0] != "ID"]


def wait_until_usable(
    shell: AndroidShell,
    *,
    limit_s: float = _BOOT_LIMIT_S,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Wait until a phone is up: booted, its packages known, and a window with the focus.

    Raises:
        DeviceLost: It is not, after `limit_s`.
    """
    end = clock() + limit_s
    answer = ""
    while True:
        answer = shell.text(_USABLE)
        lines = answer.splitlines()
        if lines[:1] == ["1"] and any(line.startswith("package:") for line in lines) and "mCurrentFocus=Window{" in answer:
            return
        if clock() >= end:
            raise DeviceLost(f"the phone did not come up within {limit_s:g} s; it says {answer[-200:]!r}")
        sleep(0.25)
