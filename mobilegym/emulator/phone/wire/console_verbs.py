"""Commands of the emulator console, by verb."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mobilegym.emulator.phone.wire.console_avd import AVD, REDIR
from mobilegym.emulator.phone.wire.console_base import Command, ConsoleLine, Ko, Subs
from mobilegym.emulator.phone.wire.console_events import EVENT
from mobilegym.emulator.phone.wire.console_radio import GSM, NETWORK, SMS, WIFI
from mobilegym.emulator.phone.wire.console_state import GEO, POWER, SENSOR, set_ui_theme

__all__ = ["HELP", "VERBS"]


def _ping(request: ConsoleLine) -> list[str]:
    del request
    return ["I am alive!"]


def _accepted(request: ConsoleLine) -> list[str]:
    """Concerns the emulator's window or process, which a virtual phone has not."""
    del request
    return []


def _qemu(request: ConsoleLine) -> list[str]:
    raise Ko("QEMU support no longer available")


def _fold(request: ConsoleLine) -> list[str]:
    raise Ko(f"{request.verb}: this device cannot be folded")


def _rotate(request: ConsoleLine) -> list[str]:
    hardware = request.kernel.hardware
    hardware.hold(hardware.rotation + 1)
    return []


def _finger(request: ConsoleLine) -> list[str]:
    if len(request.words) < 1:
        raise Ko("missing fingerid")
    if not request.words[0].lstrip("-").isdecimal():
        raise Ko("bad fingerid")
    request.kernel.journal.append("input", "", "finger", "read", id=int(request.words[0]))
    return []


def _refused_recording(request: ConsoleLine) -> list[str]:
    # A path of the console is one of the machine that the emulator runs on. Nothing writes there.
    raise Ko("recording to files of the host is not supported: use `adb shell screenrecord` or `screencap`")


def _not_recording(request: ConsoleLine) -> list[str]:
    raise Ko("no recording has been started")


HELP: Final[Mapping[str, str]] = {
    "help|h|?": "print a list of commands",
    "help-verbose": "print a list of commands with descriptions",
    "ping": "check if the emulator is alive",
    "automation": "manage emulator automation",
    "event": "simulate hardware events",
    "geo": "Geo-location commands",
    "gsm": "GSM related commands",
    "cdma": "CDMA related commands",
    "crash": "crash the emulator instance",
    "crash-on-exit": "simulate crash on exit for the emulator instance",
    "kill": "terminate the emulator instance",
    "restart": "restart the emulator instance",
    "network": "manage network settings",
    "grpc": "manage the gRPC endpoint",
    "wifi": "control Wi-Fi",
    "power": "power related commands",
    "quit|exit": "quit control session",
    "redir": "manage port redirections",
    "sms": "SMS related commands",
    "avd": "control virtual device execution",
    "qemu": "QEMU-specific commands",
    "sensor": "manage emulator sensors",
    "physics": "manage physical model",
    "finger": "manage emulator finger print",
    "debug": "control the emulator debug output tags",
    "rotate": "rotate the screen counter-clockwise by 90 degrees",
    "startExtendedWindow": "start the extended window",
    "quitExtendedWindow": "quit the extended window",
    "setUiTheme": "set the UI theme",
    "screenrecord": "Records the emulator's display",
    "fold": "fold the device",
    "unfold": "unfold the device",
    "multidisplay": "configure multiple displays",
    "icebox": "pause an app when an assertion fails",
}
"""Every verb and what it is for, in the order of `help`."""


_HARMLESS: Final = ("crash", "crash-on-exit", "grpc", "debug", "startExtendedWindow", "quitExtendedWindow", "icebox", "cdma", "automation")
VERBS: Final[Mapping[str, Command | Subs]] = {
    **dict.fromkeys(_HARMLESS, _accepted),
    "ping": _ping, "qemu": _qemu, "fold": _fold, "unfold": _fold, "rotate": _rotate, "setUiTheme": set_ui_theme,
    "finger": Subs("allows you to touch the emulator finger print sensor", {"touch": _finger, "remove": _accepted}),
    "screenrecord": Subs(
        "allows you to record the display", {"start": _refused_recording, "stop": _not_recording, "screenshot": _refused_recording}
    ),
    "multidisplay": Subs("allows you to configure multiple displays", {"add": _fold, "del": _fold}),
    "physics": Subs("allows you to control the physical model", {"record-gt": _refused_recording, "stop": _accepted}),
    "gsm": GSM, "sms": SMS, "network": NETWORK, "wifi": WIFI, "geo": GEO, "power": POWER, "sensor": SENSOR, "redir": REDIR, "avd": AVD,
    "event": EVENT,
}  # fmt: skip
"""Commands and groups of commands."""
