"""Escapes: what `$'..'`, `echo -e` and `printf` understand, and how a string is quoted for a shell."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["ansi_escapes", "echo_escapes", "quoted"]

_ANSI: Final = re.compile(
    r"\\(?:(?P<oct>[0-7]{1,3})|x(?P<hex>[0-9A-Fa-f]{1,2})|u(?P<uni>[0-9A-Fa-f]{1,4})|U(?P<uni8>[0-9A-Fa-f]{1,8})|c(?P<ctl>.)|(?P<chr>.))",
    re.DOTALL,
)
_ECHO: Final = re.compile(
    r"\\(?:0(?P<oct>[0-7]{0,3})|x(?P<hex>[0-9A-Fa-f]{1,2})|u(?P<uni>[0-9A-Fa-f]{1,4})|U(?P<uni8>[0-9A-Fa-f]{1,8})|(?P<chr>[abcefnrtvE\\]))"
)
_LETTERS: Final = {
    "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\",
}  # fmt: skip
_SAFE: Final = re.compile(r"[A-Za-z0-9_@%+=:,./-]+")


def _byte(number: int) -> str:
    """One byte as it stands in text: ASCII as itself, others as surrogate escapes."""
    number &= 0xFF
    return chr(number) if number < 0x80 else chr(0xDC00 + number)


def _code_point(number: int) -> str:
    return "\ufffd" if number > 0x10FFFF or 0xD800 <= number < 0xE000 else chr(number)


def _numeric(match: re.Match[str]) -> str | None:
    if match["oct"] is not None:
        return _byte(int(match["oct"] or "0", 8))
    if match["hex"] is not None:
        return _byte(int(match["hex"], 16))
    digits = match["uni"] or match["uni8"]
    return None if digits is None else _code_point(int(digits, 16))


def _joined(text: str) -> str:
    """Bytes that were written one by one become the characters that they encode."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")


def ansi_escapes(text: str, *, nul: bool = False) -> str:
    """The text of `$'text'`, which ends at a NUL unless `nul`."""

    def replace(match: re.Match[str]) -> str:
        if (numeric := _numeric(match)) is not None:
            return numeric
        if match["ctl"] is not None:
            return chr(ord(match["ctl"]) & 0x1F)
        return _LETTERS.get(match["chr"], match["chr"])

    if "\\" not in text:
        return text
    plain = _ANSI.sub(replace, text)
    return _joined(plain if nul else plain.split("\0", 1)[0])


def echo_escapes(text: str) -> tuple[str, bool]:
    r"""The text as `echo -e` prints it, and whether a `\c` ends all output."""
    if "\\" not in text:
        return text, False
    parts: list[str] = []
    end = 0
    for match in _ECHO.finditer(text):
        parts.append(text[end : match.start()])
        end = match.end()
        if match["chr"] == "c":
            return _joined("".join(parts)), True
        numeric = _numeric(match)
        parts.append(_LETTERS[match["chr"]] if numeric is None else numeric)
    return _joined("".join(parts) + text[end:]), False


def quoted(text: str) -> str:
    """The text such that a shell reads it as one word."""
    if _SAFE.fullmatch(text):
        return text
    if not text:
        return "''"
    return "'" + text.replace("'", "'\\''") + "'"
