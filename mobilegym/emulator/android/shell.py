"""The seam below real phones: running a script on Android, whatever carries it there."""

from __future__ import annotations

import shlex
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Final

from mobilegym.errors import DeviceError, NotFound

__all__ = ["BOOT_SCRIPT", "DEFAULT_TIMEOUT_S", "OTHER_PHONE", "AndroidShell", "Output", "checked", "guarded", "quote", "said"]

DEFAULT_TIMEOUT_S: Final = 30.0
_BOOT_FILE: Final = "/proc/sys/kernel/random/boot_id"
BOOT_SCRIPT: Final = f"{{ read -r b <{_BOOT_FILE}; }} 2>/dev/null; echo $b"
"""Prints what no two starts of phones have in common."""
OTHER_PHONE: Final = "mobilegym: not the same phone"
"""What a guarded script prints on another phone, instead of doing anything."""


@dataclass(frozen=True, slots=True)
class Output:
    """What became of a script."""

    status: int
    stdout: bytes
    stderr: bytes = b""

    @property
    def text(self) -> str:
        """Standard output as text; bytes that are no UTF-8 become U+FFFD."""
        return self.stdout.decode("utf-8", "replace")

    @property
    def errors(self) -> str:
        """Standard error as text."""
        return self.stderr.decode("utf-8", "replace")


class AndroidShell(ABC):
    """Android's `sh`, and files by absolute path.

    Raises:
        DeviceLost: The phone or what carries the script is gone or does not answer (every method).
    """

    root: str | None = None
    """How a script gets root: a prefix as `su 0`, empty where the shell is root itself, None where there is no way."""

    def forget_boot(self) -> None:  # noqa: B027 - shells that do not compare boots have nothing to forget
        """The phone is about to be another one, and that is intended."""

    @abstractmethod
    def run(self, script: str, *, stdin: bytes = b"", timeout_s: float = DEFAULT_TIMEOUT_S) -> Output:
        """Run a script to its end. What it exits with is no error here."""

    @abstractmethod
    def exec(self, script: str, *, timeout_s: float = DEFAULT_TIMEOUT_S) -> bytes:
        """Run a script and give what it writes, byte for byte."""

    @abstractmethod
    def push(self, path: str, data: bytes) -> None:
        """Write a file; its folder exists. Raises DeviceError where Android refuses."""

    @abstractmethod
    def pull(self, path: str) -> bytes:
        """Read a file. Raises NotFound or DeviceError where Android refuses."""

    def text(self, script: str, *, timeout_s: float = DEFAULT_TIMEOUT_S) -> str:
        """Standard output of a script, as text."""
        return self.run(script, timeout_s=timeout_s).text

    def as_root(self, script: str) -> str:
        """The script such that it runs as root.

        Raises:
            DeviceError: There is no way to be root; `root` tells so beforehand.
        """
        if self.root is None:
            raise DeviceError("this phone gives no root: use an emulator image without Play Store, or a userdebug build")
        return f"{self.root} sh -c {shlex.quote(script)}" if self.root else script


def guarded(script: str, boot: str) -> str:
    """The script such that it does nothing on another phone than that of `boot`, nor on this one once it was started anew.

    adb and Appium connect again by themselves: nothing else would tell.
    """
    # Built into the shell, so it costs nothing.
    return f'read -r b <{_BOOT_FILE}; [ "$b" = {quote(boot)} ] || {{ echo {quote(OTHER_PHONE)}; exit 1; }}; {script}'


def quote(word: object) -> str:
    """A word as the shell takes it literally."""
    return shlex.quote(str(word))


def said(output: Output) -> str:
    """The line of an Android error that says what went wrong, for a message."""
    lines = [line.strip() for line in (output.errors + "\n" + output.text).splitlines()]
    lines = [line for line in lines if line and not line.startswith(("at ", "usage:", "Exception occurred"))]
    for line in lines:
        head, colon, tail = line.partition(": ")
        if colon and head.rsplit(".", 1)[-1].endswith(("Exception", "Error")) and "." in head:
            return tail
    return lines[0] if lines else f"it ended with status {output.status}"


def checked(output: Output, what: str) -> Output:
    """The output of something that must succeed.

    Raises:
        NotFound: It names something that is not there.
        DeviceError: It failed otherwise.
    """
    errors = output.errors
    if output.status == 0 and not errors.strip():
        return output
    message = f"{what}: {said(output)}"
    if any(hint in errors or hint in output.text for hint in _MISSING):
        raise NotFound(message)
    raise DeviceError(message)


_MISSING: Final = ("Unknown package", "No such file or directory", "NotFound:", "not installed", "Unable to find package")
