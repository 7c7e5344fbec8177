"""What a MobileGym phone answers that no Android has a command for: `cmd mobilegym`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, cast

from mobilegym.emulator.android.labels import AppNames
from mobilegym.emulator.android.shell import AndroidShell, quote
from mobilegym.emulator.device import JournalEntry
from mobilegym.errors import DeviceError, NotFound, NotSupported

__all__ = ["Extension"]

_ERRORS: Final[Mapping[str, type[DeviceError]]] = {"NotFound": NotFound, "NotSupported": NotSupported}


class Extension:
    """The commands of a virtual phone behind adb. Real phones have none."""

    def __init__(self, shell: AndroidShell) -> None:
        self._shell = shell

    def info(self) -> dict[str, Any]:
        """Facts about the phone, and `boot`: another phone behind the same address has another one."""
        return cast("dict[str, Any]", json.loads(self.call("info")))

    def names(self) -> AppNames:
        """What apps are called, as the launcher shows them."""
        listed = cast("list[list[str] | None]", json.loads(self.call("labels")))
        cut = listed.index(None)
        shown = {words[0]: words[1:] for words in listed[:cut] if words}
        return AppNames(shown, shown | {words[0]: words[1:] for words in listed[cut + 1 :] if words})

    def journal(self, since: int) -> tuple[JournalEntry, ...]:
        """Entries from a number on."""
        return tuple(JournalEntry(**json.loads(line)) for line in self.call("journal", since).splitlines())

    def state_tree(self) -> dict[str, str]:
        """The whole logical state."""
        return cast("dict[str, str]", json.loads(self.call("state-tree")))

    def call(self, *words: object) -> str:
        """Run a verb and give what it prints.

        Raises:
            NotFound: It says that something is not there.
            DeviceError: It refuses.
        """
        output = self._shell.run(f"cmd mobilegym {' '.join(quote(word) for word in words)}")
        if output.status == 0:
            return output.text
        kind, _, message = output.errors.strip().removeprefix("mobilegym: ").partition(": ")
        raise _ERRORS.get(kind, DeviceError)(message or output.errors.strip() or output.text.strip())
