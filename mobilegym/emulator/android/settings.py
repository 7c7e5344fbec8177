"""`settings` on a real phone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from mobilegym.emulator import device
from mobilegym.emulator.android.shell import AndroidShell, checked, quote
from mobilegym.emulator.device import Namespace
from mobilegym.errors import DeviceError

__all__ = ["Settings"]

_KEY: Final = re.compile(r"^([^=\s][^=\n]*)=", re.MULTILINE)
_NAMESPACES: Final = ("system", "secure", "global")


class Settings(device.Settings):
    """The `settings` command. Android cannot tell the value `null` from none."""

    def __init__(self, shell: AndroidShell) -> None:
        self._shell = shell

    def get(self, namespace: Namespace, key: str) -> str | None:
        output = checked(self._shell.run(f"settings get {_name(namespace)} {quote(key)}"), f"reading the setting {key!r}")
        value = output.text.removesuffix("\n")
        return None if value == "null" else value

    def put(self, namespace: Namespace, key: str, value: str) -> None:
        checked(self._shell.run(f"settings put {_name(namespace)} {quote(key)} {quote(value)}"), f"setting {key!r}")

    def delete(self, namespace: Namespace, key: str) -> None:
        checked(self._shell.run(f"settings delete {_name(namespace)} {quote(key)}"), f"deleting the setting {key!r}")

    def items(self, namespace: Namespace) -> Mapping[str, str]:
        """All of a table. A value with line breaks whose lines look like settings is read as several; ask for it with `get`."""
        text = checked(self._shell.run(f"settings list {_name(namespace)}"), "listing settings").text
        found: dict[str, str] = {}
        starts = list(_KEY.finditer(text))
        for start, following in zip(starts, [*starts[1:], None], strict=True):
            end = len(text) if following is None else following.start()
            found[start.group(1)] = text[start.end() : end].removesuffix("\n")
        return found


def _name(namespace: str) -> str:
    if namespace not in _NAMESPACES:
        raise DeviceError(f"no settings namespace {namespace!r}: use one of {', '.join(_NAMESPACES)}")
    return namespace
