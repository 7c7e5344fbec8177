"""The clock of a real phone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from mobilegym.emulator import device
from mobilegym.emulator.android.extension import Extension
from mobilegym.emulator.android.shell import AndroidShell, checked
from mobilegym.errors import DeviceError, NotSupported

__all__ = ["CLOCK_SCRIPT", "Clock", "read_clock"]

CLOCK_SCRIPT: Final = "date +%s.%N; date +%z; getprop persist.sys.timezone"
_TOLERANCE: Final = timedelta(seconds=5)
_SLEEP_MARGIN_S: Final = 60.0


class Clock(device.Clock):
    """Setting it takes root; letting time pass takes that time, except on a virtual phone."""

    def __init__(self, shell: AndroidShell, extension: Extension | None) -> None:
        self._shell = shell
        self._extension = extension

    def now(self) -> datetime:
        return read_clock(self._shell.text(CLOCK_SCRIPT))

    def set(self, when: datetime) -> None:
        if when.tzinfo is None:
            raise DeviceError(f"{when.isoformat()} has no time zone: make it `datetime(..., tzinfo=...)`")
        ms = round(when.timestamp() * 1000)
        if self._extension is not None:
            self._extension.call("clock", "set", ms)
            return
        if self._shell.root is None:
            raise NotSupported("setting the clock needs root: use an emulator image without Play Store")
        seconds = when.astimezone(UTC).strftime("%m%d%H%M%Y.%S")
        script = f"settings put global auto_time 0; cmd alarm set-time {ms} 2>/dev/null || date -u {seconds}"
        checked(self._shell.run(self._shell.as_root(script)), "setting the clock")
        if abs(self.now() - when) > _TOLERANCE:
            raise DeviceError(f"the phone's clock could not be set to {when.isoformat()}: it shows {self.now().isoformat()}")

    def advance(self, ms: int) -> None:
        if ms < 0:
            raise DeviceError(f"time cannot pass backwards: {ms} ms; use `set` to move the clock")
        if self._extension is not None:
            self._extension.call("clock", "advance", ms)
        else:
            checked(self._shell.run(f"sleep {ms / 1000:.3f}", timeout_s=ms / 1000 + _SLEEP_MARGIN_S), "letting time pass")


def read_clock(text: str) -> datetime:
    """What `CLOCK_SCRIPT` printed."""
    lines = text.split("\n")
    seconds, _, fraction = lines[0].partition(".")
    if not re.fullmatch(r"\d+", seconds) or len(lines) < 2:
        raise DeviceError(f"the phone's `date` cannot be read: {text!r}")
    # Older `date`s know no `%N`.
    micros = int(fraction[:6].ljust(6, "0")) if fraction.isdecimal() else 0
    when = datetime.fromtimestamp(int(seconds), UTC) + timedelta(microseconds=micros)
    try:
        return when.astimezone(ZoneInfo(lines[2].strip()) if len(lines) > 2 and lines[2].strip() else _offset(lines[1]))
    except (ValueError, OSError, KeyError):
        return when.astimezone(_offset(lines[1]))


def _offset(text: str) -> timezone:
    match = re.fullmatch(r"([-+])(\d\d):?(\d\d)", text.strip())
    if match is None:
        return UTC
    sign = -1 if match.group(1) == "-" else 1
    return timezone(sign * timedelta(hours=int(match.group(2)), minutes=int(match.group(3))))
