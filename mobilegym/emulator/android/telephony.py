"""What reaches a phone from outside: over the emulator's console, or the extension of a virtual phone."""

from __future__ import annotations

import re
from typing import Final

from mobilegym.emulator import device
from mobilegym.emulator.android.console import Console
from mobilegym.emulator.android.extension import Extension
from mobilegym.errors import DeviceError, NotSupported

__all__ = ["Telephony"]

_CALL: Final = re.compile(r"^(?:inbound from|outbound to)\s+(\S+)\s*:", re.MULTILINE)
_NUMBER: Final = re.compile(r"\+?[0-9]+")


class Telephony(device.Telephony):
    """Messages and calls. A real phone that is no emulator has no way."""

    def __init__(self, extension: Extension | None, console: Console | None) -> None:
        self._extension = extension
        self._console = console

    def receive_sms(self, number: str, text: str) -> None:
        if self._extension is not None:
            self._extension.call("sms", number, text)
            return
        if not _NUMBER.fullmatch(number):
            raise DeviceError(f"an emulator takes messages from numbers of digits only, got {number!r}")
        self._line().say(f"sms send {number} {_escaped(text)}")

    def ring(self, number: str) -> None:
        if self._extension is not None:
            self._extension.call("call", number)
        else:
            self._line().say(f"gsm call {number}")

    def hang_up(self) -> None:
        if self._extension is not None:
            self._extension.call("hang-up")
            return
        for number in _CALL.findall(self._line().say("gsm list")):
            self._line().say(f"gsm cancel {number}")

    def _line(self) -> Console:
        if self._console is None:
            raise NotSupported("calls and messages arrive on emulators only, through their console")
        return self._console


def _escaped(text: str) -> str:
    """As the console unescapes it."""
    plain = text.replace("\\", "\\\\").replace("\r", "").replace("\n", "\\n")
    return "".join(
        char if ord(char) < 0x80 and char.isprintable() or char == "\\" or ord(char) > 0x9F else f"\\x{ord(char):02x}" for char in plain
    )
