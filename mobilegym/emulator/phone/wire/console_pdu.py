"""Text messages as the network carries them: SMS-DELIVER in hexadecimal."""

from __future__ import annotations

from typing import Final

from mobilegym.errors import MobileGymError

__all__ = ["PduError", "decode_deliver"]

_GSM: Final = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The 7-bit alphabet."""
_EXTENDED: Final = {0x0A: "\f", 0x14: "^", 0x28: "{", 0x29: "}", 0x2F: "\\", 0x3C: "[", 0x3D: "~", 0x3E: "]", 0x40: "|", 0x65: "€"}
_MAX_BYTES: Final = 512


class PduError(MobileGymError):
    """The bytes are no SMS-DELIVER; the text says why."""


class _Bytes:
    def __init__(self, data: bytes) -> None:
        self._data = data

    def take(self, count: int) -> bytes:
        if count > len(self._data):
            raise PduError("it ends too early")
        part, self._data = self._data[:count], self._data[count:]
        return part

    def one(self) -> int:
        return self.take(1)[0]

    def rest(self) -> bytes:
        return self._data


def decode_deliver(text: str) -> tuple[str, str]:
    """The sender's number and the text of a message.

    Raises:
        PduError: It is none, or of a kind that is no text.
    """
    try:
        raw = _Bytes(bytes.fromhex(text[: 2 * _MAX_BYTES]))
    except ValueError as error:
        raise PduError("no hexadecimal digits") from error
    raw.take(raw.one())
    first = raw.one()
    if first & 0x03:
        raise PduError("no SMS-DELIVER")
    digits, kind = raw.one(), raw.one()
    number = _number(raw.take((digits + 1) // 2), digits, kind)
    raw.one()
    coding = raw.one()
    raw.take(7)
    length = raw.one()
    body = raw.rest()
    header = body[0] + 1 if first & 0x40 and body else 0
    if coding & 0x0C == 0x08:
        return number, body[header:length].decode("utf-16-be", "replace")
    if coding & 0x0C == 0x04:
        return number, body[header:length].decode("latin-1")
    septets = _septets(body, length)
    return number, _decoded(septets[(header * 8 + 6) // 7 :])


def _number(data: bytes, digits: int, kind: int) -> str:
    if kind & 0x70 == 0x50:
        return _decoded(_septets(data, digits * 4 // 7))
    swapped = "".join(f"{byte & 15:x}{byte >> 4:x}" for byte in data)[:digits]
    if not swapped.isdecimal():
        raise PduError("the sender's number has other characters than digits")
    return f"+{swapped}" if kind & 0x70 == 0x10 else swapped


def _septets(data: bytes, count: int) -> list[int]:
    if len(data) * 8 < count * 7:
        raise PduError("it ends too early")
    bits = int.from_bytes(data, "little")
    return [bits >> (7 * index) & 0x7F for index in range(count)]


def _decoded(septets: list[int]) -> str:
    out: list[str] = []
    escaped = False
    for septet in septets:
        if escaped:
            out.append(_EXTENDED.get(septet, _GSM[septet]))
            escaped = False
        elif septet == 0x1B:
            escaped = True
        else:
            out.append(_GSM[septet])
    return "".join(out)
