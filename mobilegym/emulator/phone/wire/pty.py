"""A terminal's line discipline: what is typed becomes lines and is echoed; output gets carriage returns."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final

from mobilegym.emulator.phone.shell.process import Tty
from mobilegym.emulator.phone.shell.streams import Reader, Writer

__all__ = ["LineDiscipline", "TtyWriter"]

_LINE_BYTES: Final = 4096
"""A line longer than this loses its end, as in Linux."""
_QUEUED_LINES: Final = 4096
_INTERRUPT, _END, _KILL, _WORD, _SUSPEND = 0x03, 0x04, 0x15, 0x17, 0x1A
_ERASE: Final = (0x08, 0x7F)
_CR, _NL = 0x0D, 0x0A
_IGNORED: Final = frozenset((0x00, 0x11, 0x13, _SUSPEND, 0x1C))
"""NUL, flow control, job control and quit."""


class TtyWriter(Writer):
    """Output to a terminal: a newline becomes a carriage return and a newline."""

    def __init__(self, target: Writer) -> None:
        self._target = target

    def write(self, data: bytes) -> None:
        self._target.write(data.replace(b"\n", b"\r\n"))

    async def drain(self) -> None:
        await self._target.drain()


class LineDiscipline(Reader):
    """The keyboard's end of a terminal, in canonical mode: programs read whole lines.

    Args:
        tty: The terminal; Ctrl-C interrupts what runs on it.
        echo: Where typed characters are shown.
    """

    def __init__(self, tty: Tty, echo: Writer) -> None:
        self.tty = tty
        self._echo = echo
        self._line = bytearray()
        self._lines: deque[bytes] = deque()
        self._hung_up = False
        self._waiting: asyncio.Future[None] | None = None

    async def read(self, limit: int = 65_536) -> bytes:
        """The next line or the rest of it. Empty once for every Ctrl-D, and for ever after the client is gone."""
        while not self._lines:
            if self._hung_up:
                return b""
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        line = self._lines.popleft()
        if len(line) > limit:
            self._lines.appendleft(line[limit:])
        return line[:limit]

    def typed(self, data: bytes) -> None:
        """The client sent keys."""
        for byte in data:
            self._key(byte)

    def hang_up(self) -> None:
        """The client is gone."""
        self._hung_up = True
        self._wake()

    def resize(self, data: bytes) -> None:
        """The client's window changed: `ROWSxCOLUMNS,WIDTHxHEIGHT`."""
        try:
            rows, columns = (int(part) for part in data.rstrip(b"\0").split(b",")[0].split(b"x"))
        except ValueError:
            return
        if 0 < rows < 10_000 and 0 < columns < 10_000:
            self.tty.rows, self.tty.columns = rows, columns

    def _key(self, byte: int) -> None:
        if byte in (_CR, _NL):
            self._show(b"\r\n")
            self._push(bytes(self._line) + b"\n")
        elif byte == _INTERRUPT:
            self._interrupted()
        elif byte == _END:
            self._push(bytes(self._line))
        elif byte in _ERASE:
            self._erase(1)
        elif byte == _KILL:
            self._erase(len(self._characters()))
        elif byte == _WORD:
            text = self._characters()
            before = text.rstrip().rpartition(" ")
            self._erase(len(text) - len(before[0] + before[1]))
        elif byte not in _IGNORED and len(self._line) < _LINE_BYTES - 1:
            self._line.append(byte)
            self._show(bytes((0x5E, byte ^ 0x40)) if byte < 0x20 and byte != 0x09 else bytes((byte,)))

    def _interrupted(self) -> None:
        self._show(b"^C\r\n")
        self._line.clear()
        self._lines.clear()
        if self.tty.interrupt is not None:
            self.tty.interrupt()
        else:
            # Nothing runs: the shell shows a fresh prompt, as after an empty line.
            self._push(b"\n")

    def _characters(self) -> str:
        return self._line.decode("utf-8", "replace")

    def _erase(self, count: int) -> None:
        for _ in range(count):
            if not self._line:
                return
            while self._line and self._line[-1] & 0xC0 == 0x80:
                self._line.pop()
            if self._line:
                self._line.pop()
            self._show(b"\b \b")

    def _push(self, line: bytes) -> None:
        self._line.clear()
        if len(self._lines) < _QUEUED_LINES:
            self._lines.append(line)
        self._wake()

    def _show(self, data: bytes) -> None:
        self._echo.write(data)

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
