"""Packages of a real phone: `pm`, `cmd package`, `am`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from mobilegym.emulator import device
from mobilegym.emulator.android.labels import AppNames, guessed_names
from mobilegym.emulator.android.shell import AndroidShell, checked, quote, said
from mobilegym.errors import DeviceError, NotFound

__all__ = ["Packages", "launch_script"]

_GRANTED: Final = re.compile(r"^\s+([\w.]+): granted=true", re.MULTILINE)
_RUNTIME: Final = re.compile(r"^\s+runtime permissions:\n((?:\s+[\w.]+: granted=.*\n?)*)", re.MULTILINE)
_UNANSWERED: Final = ("unable to resolve Intent", "does not exist", "Error type 3", "No activities found")
_MAIN: Final = "-a android.intent.action.MAIN -c android.intent.category.LAUNCHER"
_NO_SCREEN: Final = 44


class Packages(device.Packages):
    """Installed packages.

    Args:
        shell: The phone's.
        names_of: What apps are called, where the phone tells; else it is guessed.
        after: Called when something was started or stopped, for the phone to come to rest.
    """

    def __init__(self, shell: AndroidShell, names_of: Callable[[], AppNames] | None, after: Callable[[], None]) -> None:
        self._shell = shell
        self._names_of = names_of
        self._after = after

    def names(self) -> list[str]:
        text = checked(self._shell.run("pm list packages"), "listing packages").text
        return sorted(line.removeprefix("package:").strip() for line in text.splitlines() if line.startswith("package:"))

    def label(self, package: str) -> str:
        names = self._names().every.get(package)
        if not names:
            raise NotFound(f"no package {package!r} is installed")
        return names[0]

    def granted(self, package: str) -> frozenset[str]:
        text = self._shell.text(f"dumpsys package {quote(package)}")
        if f"Package [{package}]" not in text:
            raise NotFound(f"no package {package!r} is installed")
        return frozenset(permission for block in _RUNTIME.findall(text) for permission in _GRANTED.findall(block))

    def grant(self, package: str, permission: str) -> None:
        checked(self._shell.run(f"pm grant {quote(package)} {quote(permission)}"), f"granting {permission!r} to {package!r}")

    def revoke(self, package: str, permission: str) -> None:
        checked(self._shell.run(f"pm revoke {quote(package)} {quote(permission)}"), f"revoking {permission!r} from {package!r}")

    def launch(self, package: str) -> None:
        output = self._shell.run(launch_script(package))
        if output.status == _NO_SCREEN:
            raise NotFound(f"{package!r} is not installed or has no screen to open")
        self._started(output.text + output.errors, package)

    def start(
        self, action: str, *, data: str | None = None, mime: str | None = None, package: str | None = None,
        extras: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        words = ["-a", action]
        for option, value in (("-d", data), ("-t", mime), ("-p", package)):
            if value:
                words += [option, value]
        for key, value in (extras or {}).items():
            words += ["--es", key, value]
        output = self._shell.run("am start " + " ".join(quote(word) for word in words))
        self._started(output.text + output.errors, f"{action} {data or ''}".strip())

    def force_stop(self, package: str) -> None:
        self._installed(package)
        checked(self._shell.run(f"am force-stop {quote(package)}"), f"stopping {package!r}")
        self._after()

    def clear_data(self, package: str) -> None:
        self._installed(package)
        output = self._shell.run(f"pm clear {quote(package)}")
        if "Success" not in output.text:
            raise DeviceError(f"clearing {package!r}: {said(output)}")
        self._after()

    def find(self, name: str) -> str:
        """The package of an app given by package or by a name of it, in any case.

        Raises:
            NotFound: No such app.
        """
        names = self._names()
        if name in names.every:
            return name
        wanted = name.strip().casefold()
        for package, known in names.shown.items():
            if wanted and wanted in (one.casefold() for one in known):
                return package
        raise NotFound(f"no app {name!r} on this phone; there are {', '.join(known[0] for known in names.shown.values())}")

    def _names(self) -> AppNames:
        return self._names_of() if self._names_of is not None else guessed_names(self.names())

    def _installed(self, package: str) -> None:
        if self._shell.run(f"pm path {quote(package)}").status != 0:
            raise NotFound(f"no package {package!r} is installed")

    def _started(self, text: str, what: str) -> None:
        if any(hint in text for hint in _UNANSWERED):
            raise NotFound(f"no activity answers {what}")
        if error := re.search(r"^(?:Error|java\.lang\.\w+|.*Exception): ?(.*)$", text, re.MULTILINE):
            raise DeviceError(f"{what} could not be started: {error.group(1)}")
        self._after()


def launch_script(package: str, *, wait: bool = False) -> str:
    """A script that does what a tap on the launcher icon does; it ends with 44 where there is no icon.

    Args:
        package: The app.
        wait: Until it has drawn.
    """
    # Flags: a new task, and the app's task as it was left where there is one.
    return (
        f"c=$(cmd package resolve-activity --brief {_MAIN} {quote(package)} | tail -n 1); "
        f'case "$c" in */*) ;; *) exit {_NO_SCREEN};; esac; '
        f'am start {"-W " if wait else ""}{_MAIN} -f 0x10200000 -n "$c"'
    )
