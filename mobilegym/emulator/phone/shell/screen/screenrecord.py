"""`screenrecord`: a film of the screen, in the phone's own time."""

from __future__ import annotations

import asyncio
import io
import re
from typing import Any, Final

from PIL import Image

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.screen.capture import frame
from mobilegym.emulator.phone.shell.screen.mp4 import Frame, write_mp4
from mobilegym.emulator.phone.shell.vfs import FsError

__all__ = ["run"]

_POLL_S: Final = 0.02
_MAX_FRAMES: Final = 1_000
_MAX_BYTES: Final = 64 * 1024 * 1024
_QUALITY: Final = 60
_USAGE: Final = """Usage: screenrecord [options] <filename>

Android screenrecord v1.3.  Records the device's display to a .mp4 file.

Options:
--size WIDTHxHEIGHT
    Set the video size, e.g. "1280x720".  Default is the device's main
    display resolution (if supported), 1280x720 if not.
--bit-rate RATE
    Set the video bit rate, in bits per second.  Default 20Mbps.
--bugreport
    Add additional information, such as a timestamp overlay, that is helpful
    in videos captured to illustrate bugs.
--time-limit TIME
    Set the maximum recording time, in seconds.  Default is 180. Set to 0
    to remove the time limit.
--display-id ID
    specify the physical display ID to record. Default is the primary display.
--verbose
    Display interesting information on stdout.
--version
    Show Android screenrecord version.
--help
    Show this message.

Recording continues until Ctrl-C is hit or the time limit is reached.

"""
_VALUED: Final = ("--size", "--bit-rate", "--time-limit", "--display-id", "--codec-name", "--output-format")


class _Recorder:
    """Collects the pictures that were on the screen."""

    def __init__(self, p: Process, size: tuple[int, int] | None) -> None:
        self._p = p
        ui = p.kernel.ui
        self.width, self.height = size or (ui.width, ui.height)
        self.frames: list[Frame] = []
        self._shown: Any = None
        self._since_ms = p.kernel.clock.now_ms
        self._bytes = 0

    def look(self) -> None:
        """Add a picture if the screen has changed."""
        shown, now = frame(self._p.phone), self._p.kernel.clock.now_ms
        if shown == self._shown or len(self.frames) >= _MAX_FRAMES or self._bytes > _MAX_BYTES:
            return
        self._end(now)
        self._shown, self._since_ms = shown, now
        buffer = io.BytesIO()
        Image.fromarray(self._p.phone.render((self.height, self.width))).save(buffer, "JPEG", quality=_QUALITY)
        self._bytes += buffer.tell()
        self.frames.append(Frame(buffer.getvalue(), 1))

    def _end(self, now: int) -> None:
        if self.frames:
            self.frames[-1] = self.frames[-1]._replace(ms=max(1, now - self._since_ms))

    def film(self) -> bytes:
        """The finished film."""
        now = self._p.kernel.clock.now_ms
        self._end(now)
        return write_mp4(self.frames, self.width, self.height, now // 1000)


async def run(p: Process) -> int:
    """`screenrecord [OPTION]... FILE`. Ends at its time limit, in the phone's time or in real time, or when it is interrupted."""
    options, names = _parse(p)
    if "--help" in options or "--version" in options:
        p.out(_USAGE if "--help" in options else "1.3\n")
        return 0
    if len(names) != 1:
        raise ProgramError("Must specify output file (see --help).", 2)
    limit_s = _limit(options)
    size = _size(options)
    files = p.system.files
    path = files.resolve(names[0], p.cwd)
    try:
        files.write(path, b"", uid=p.uid)
    except FsError as error:
        raise ProgramError(f"Unable to open '{names[0]}': {error.text}", 1) from error
    recorder = _Recorder(p, size)
    clock, loop = p.kernel.clock, asyncio.get_running_loop()
    end_ms, end_s = clock.now_ms + limit_s * 1000, loop.time() + limit_s
    try:
        while not limit_s or (p.kernel.clock.now_ms < end_ms and loop.time() < end_s):
            recorder.look()
            await asyncio.sleep(_POLL_S)
    finally:
        recorder.look()
        files.write(path, recorder.film(), uid=p.uid)
    return 0


def _parse(p: Process) -> tuple[dict[str, str], list[str]]:
    options: dict[str, str] = {}
    names: list[str] = []
    words = list(p.args)
    while words:
        word = words.pop(0)
        name, sign, value = word.partition("=")
        if not word.startswith("--"):
            names.append(word)
        elif name in _VALUED:
            if not sign and not words:
                raise ProgramError(f"screenrecord: option requires an argument -- {name[2:]}", 2)
            options[name] = value if sign else words.pop(0)
        else:
            options[name] = ""
    return options, names


def _limit(options: dict[str, str]) -> int:
    text = options.get("--time-limit", "180")
    seconds = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1
    if not 0 <= seconds <= 180:
        raise ProgramError(f"Time limit {text}s outside acceptable range [1,180]", 2)
    return seconds


def _size(options: dict[str, str]) -> tuple[int, int] | None:
    text = options.get("--size")
    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,4})x(\d{1,4})", text)
    if match is None or not (16 <= int(match[1]) <= 4096 and 16 <= int(match[2]) <= 4096):
        raise ProgramError(f"Invalid size '{text}', must be width x height", 2)
    return int(match[1]), int(match[2])
