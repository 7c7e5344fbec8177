"""Hardware of a real phone: what `dumpsys`, `cmd` and helper apps tell and take."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Final

from mobilegym.emulator import device
from mobilegym.emulator.android.console import Console
from mobilegym.emulator.android.extension import Extension
from mobilegym.emulator.android.shell import AndroidShell, checked, quote
from mobilegym.emulator.device import BatteryState, Stream
from mobilegym.errors import DeviceError, NotSupported

__all__ = ["Hardware"]

_STREAMS: Final[Mapping[Stream, int]] = {"media": 3, "call": 0, "ring": 2, "notification": 5, "alarm": 4, "system": 1}
_VOLUME: Final = re.compile(r"volume is\s*(\d+) in range \[(\d+)\.\.(\d+)\]")
_LEVEL: Final = re.compile(r"^\s*level: (\d+)", re.MULTILINE)
_POWERED: Final = re.compile(r"^\s*\w+ powered: true", re.MULTILINE)
_FIX: Final = re.compile(r"last location=Location\[(\w+) (-?\d+[.,]\d+),(-?\d+[.,]\d+)")
_RESULT: Final = re.compile(r'Broadcast completed: result=(-?\d+)(?:, data="(.*)")?', re.DOTALL)
_CLIPBOARD_GET: Final = "am broadcast -n io.appium.settings/.receivers.ClipboardReceiver -a io.appium.settings.clipboard.get"
_HELPERS: Final = "install the app `io.appium.settings` or `ca.zgrs.clipper`"


class Hardware(device.Hardware):
    """Battery, volumes, place, clipboard.

    The clipboard is reached through helper apps: Android keeps it from the shell, and since Android 10 from every app that
    is neither in front nor the keyboard.
    """

    def __init__(self, shell: AndroidShell, extension: Extension | None, console: Console | None) -> None:
        self._shell = shell
        self._extension = extension
        self._console = console

    def battery(self) -> BatteryState:
        text = self._shell.text("dumpsys battery")
        level = _LEVEL.search(text)
        if level is None:
            raise DeviceError(f"`dumpsys battery` tells no level: {text[:200]!r}")
        return BatteryState(int(level.group(1)), _POWERED.search(text) is not None)

    def set_battery(self, *, level: int | None = None, charging: bool | None = None) -> None:
        if level is not None and not 0 <= level <= 100:
            raise DeviceError(f"battery level {level} is not within 0 to 100")
        commands: list[str] = []
        if charging is not None:
            commands += (
                ["cmd battery set ac 1", "cmd battery set status 2"] if charging else ["cmd battery unplug", "cmd battery set status 3"]
            )
        if level is not None:
            commands.append(f"cmd battery set level {level}")
        if commands:
            checked(self._shell.run(" && ".join(commands)), "setting the battery")

    def volume(self, stream: Stream) -> int:
        return self._volume(stream)[0]

    def set_volume(self, stream: Stream, index: int) -> None:
        _, least, most = self._volume(stream)
        if not least <= index <= most:
            raise DeviceError(f"volume {index} is not within {least} to {most} of the stream {stream!r}")
        checked(self._shell.run(f"cmd media_session volume --stream {_STREAMS[stream]} --set {index}"), f"setting the volume of {stream!r}")

    def _volume(self, stream: Stream) -> tuple[int, int, int]:
        """Index, least and most."""
        number = _STREAMS.get(stream)
        if number is None:
            raise DeviceError(f"no volume stream {stream!r}: use one of {', '.join(_STREAMS)}")
        output = self._shell.run(f"cmd media_session volume --stream {number} --get")
        match = _VOLUME.search(output.text)
        if match is None:
            raise DeviceError(f"the volume of {stream!r} cannot be read: {(output.text + output.errors)[:200]!r}")
        return int(match.group(1)), int(match.group(2)), int(match.group(3))

    def location(self) -> tuple[float, float] | None:
        text = self._shell.text("settings get secure location_mode; dumpsys location")
        mode, _, rest = text.partition("\n")
        if mode.strip() == "0":
            return None
        fixes = {provider: (_degrees(latitude), _degrees(longitude)) for provider, latitude, longitude in _FIX.findall(rest)}
        return fixes.get("gps") or next(iter(fixes.values()), None)

    def set_location(self, latitude: float, longitude: float) -> None:
        if not (-90.0 <= latitude <= 90.0 and -180.0 <= longitude <= 180.0):
            raise DeviceError(f"({latitude}, {longitude}) is no latitude (±90) and longitude (±180)")
        if self._extension is not None:
            self._extension.call("locate", repr(latitude), repr(longitude))
        elif self._console is not None:
            self._console.say(f"geo fix {longitude:.7f} {latitude:.7f}")
        else:
            # Without an emulator: a test provider takes the place of the receiver.
            provider = "cmd location providers"
            checked(
                self._shell.run(
                    f"appops set shell android:mock_location allow; {provider} add-test-provider gps 2>/dev/null; "
                    f"{provider} set-test-provider-enabled gps true && "
                    f"{provider} set-test-provider-location gps --location {latitude:.7f},{longitude:.7f}"
                ),
                "moving the phone",
            )

    def clipboard(self) -> str:
        status, data = self._broadcast(_CLIPBOARD_GET)
        if status:
            try:
                return base64.b64decode(data, validate=True).decode("utf-8", "replace")
            except (binascii.Error, ValueError) as error:
                raise DeviceError(f"the clipboard came as {data[:80]!r}, which is no base64") from error
        status, data = self._broadcast("am broadcast -a clipper.get")
        if not status:
            raise NotSupported(f"nobody tells the clipboard: {_HELPERS}")
        return data

    def set_clipboard(self, text: str) -> None:
        status, _ = self._broadcast(f"am broadcast -a clipper.set -e text {quote(text)}")
        if not status:
            raise NotSupported("nobody sets the clipboard: install the app `ca.zgrs.clipper`")

    def _broadcast(self, script: str) -> tuple[int, str]:
        output = self._shell.run(script)
        match = _RESULT.search(output.text)
        if match is None:
            raise DeviceError(f"`am broadcast` gave no result: {(output.text + output.errors)[:200]!r}")
        return int(match.group(1)), match.group(2) or ""


def _degrees(text: str) -> float:
    """Android 12 writes the decimal sign of its language."""
    return float(text.replace(",", "."))
