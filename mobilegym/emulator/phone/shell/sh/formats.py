"""The format language of `printf`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from mobilegym.emulator.phone.shell.sh.errors import ShellError
from mobilegym.emulator.phone.shell.sh.quoting import ansi_escapes, echo_escapes, quoted

__all__ = ["format_printf"]

_DIRECTIVE: Final = re.compile(r"%(?:%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+)?)?([a-zA-Z])|)")
_DOT: Final = re.compile(r"%[-+ 0#]*(?:\*|\d+)?\.")
_MAX_WIDTH: Final = 100_000
_MAX_TEXT: Final = 16 * 1024 * 1024


class _Stop(Exception):
    r"""A `\c` ends all output."""


def format_printf(template: str, args: Sequence[str]) -> tuple[str, list[str]]:
    """What `printf template args` prints, and what it complains about. The template is used as often as there are arguments.

    Raises:
        ShellError: The template is wrong, or the outcome too long.
    """
    run = _Run(template, list(args))
    while True:
        before = len(run.args)
        try:
            run.once()
        except _Stop:
            break
        if run.size > _MAX_TEXT:
            raise ShellError("output too long", fatal=False)
        if not run.args or len(run.args) == before:
            break
    return "".join(run.out), run.complaints


class _Run:
    def __init__(self, template: str, args: list[str]) -> None:
        self.args = args[::-1]
        self.out: list[str] = []
        self.complaints: list[str] = []
        self.size = 0
        self._pieces = self._split(template)

    @staticmethod
    def _split(template: str) -> list[str | re.Match[str]]:
        pieces: list[str | re.Match[str]] = []
        end = 0
        for match in _DIRECTIVE.finditer(template):
            pieces.append(ansi_escapes(template[end : match.start()], nul=True))
            pieces.append("%" if match[0] == "%%" else match)
            end = match.end()
        pieces.append(ansi_escapes(template[end:], nul=True))
        return pieces

    def once(self) -> None:
        """Go through the template once."""
        for piece in self._pieces:
            text = piece if isinstance(piece, str) else self._convert(piece)
            self.out.append(text)
            self.size += len(text)

    def _next(self) -> str:
        return self.args.pop() if self.args else ""

    def _number(self, text: str) -> int:
        text = text.strip()
        if not text:
            return 0
        if text[0] in "'\"":
            return ord(text[1]) if len(text) > 1 else 0
        match = re.match(r"[-+]?(?:0[xX][0-9a-fA-F]+|[0-9]{1,40})", text)
        if match is None or match.end() != len(text):
            self.complaints.append(f"{text}: not a number" if match is None else f"{text}: not completely converted")
        if match is None:
            return 0
        digits = match[0]
        sign = -1 if digits.startswith("-") else 1
        digits = digits.lstrip("+-")
        if digits[:2] in ("0x", "0X"):
            return sign * int(digits, 16)
        try:
            return sign * int(digits, 8 if digits.startswith("0") and len(digits) > 1 else 10)
        except ValueError:
            return sign * int(digits)

    def _real(self, text: str) -> float:
        try:
            return float(text) if text.strip() else 0.0
        except ValueError:
            self.complaints.append(f"{text}: not a number")
            return 0.0

    def _convert(self, match: re.Match[str]) -> str:
        flags, kind = match[1] or "", match[4] or ""
        width = int(self._number(self._next())) if match[2] == "*" else int(match[2] or 0)
        precision: int | None = None
        if _DOT.match(match[0]):
            precision = self._number(self._next()) if match[3] == "*" else int(match[3] or 0)
        if width < 0:
            flags, width = flags + "-", -width
        if width > _MAX_WIDTH or (precision or 0) > _MAX_WIDTH:
            raise ShellError(f"{match[0]}: too wide", fatal=False)
        if precision is not None and precision < 0:
            precision = None
        match kind:
            case "s" | "b" | "c" | "q":
                return self._text(kind, flags, width, precision)
            case "d" | "i" | "u" | "o" | "x" | "X":
                return self._integer(kind, flags, width, precision)
            case "e" | "f" | "g" | "E" | "F" | "G":
                shown = f"%{flags}{width or ''}" + (f".{precision}" if precision is not None else "") + kind
                return shown % self._real(self._next())
            case _:
                raise ShellError(f"{match[0]}: invalid conversion specification", fatal=False)

    def _text(self, kind: str, flags: str, width: int, precision: int | None) -> str:
        text = self._next()
        stopped = False
        if kind == "c":
            text = text[:1]
        elif kind == "b":
            text, stopped = echo_escapes(text)
        elif kind == "q":
            text = quoted(text)
        if precision is not None:
            text = text[:precision]
        text = text.ljust(width) if "-" in flags else text.rjust(width)
        if stopped:
            self.out.append(text)
            raise _Stop
        return text

    def _integer(self, kind: str, flags: str, width: int, precision: int | None) -> str:
        value = self._number(self._next())
        if kind in "di":
            value = max(-(1 << 63), min((1 << 63) - 1, value))
            kind = "d"
        else:
            value &= (1 << 64) - 1
            kind = "d" if kind == "u" else kind
        if kind == "o" and "#" in flags:
            return f"%{flags.replace('#', '')}{width or ''}s" % f"0{value:o}"
        shown = f"%{flags}{width or ''}" + (f".{precision}" if precision is not None else "") + kind
        return shown % value
