"""Who may connect: adb's public keys, and the challenge that proves that somebody has the private one."""

from __future__ import annotations

import base64
import hmac
import os
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from mobilegym.errors import ContentError

__all__ = ["Challenge", "KeyRing", "PublicKey"]

_TOKEN_BYTES: Final = 20
_WORDS: Final = 64
_KEY_BYTES: Final = 256
_KEY: Final = struct.Struct(f"<II{_KEY_BYTES}s{_KEY_BYTES}sI")
"""Android's own format: length in words, -1/n mod 2^32, modulus and Montgomery's R² as little-endian words, exponent."""
_SHA1: Final = bytes.fromhex("3021300906052b0e03021a05000414")
"""ASN.1 in front of a SHA-1 digest. The digest is the token itself: adb signs 20 bytes as if they were one."""
_MOST_KEYS: Final = 64
"""Wrong signatures a client may try: as many keys as it can have."""


class PublicKey(NamedTuple):
    """An RSA key of 2048 bits, as in `~/.android/adbkey.pub`."""

    modulus: int
    exponent: int

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """Read one line of `adbkey.pub`: base64, then a comment.

        Raises:
            ContentError: It is no such key.
        """
        try:
            raw = base64.b64decode(text.split()[0], validate=True)
            words, _, modulus, _, exponent = _KEY.unpack(raw)
        except (IndexError, ValueError, struct.error) as error:
            raise ContentError(f"no adb public key: {text[:40]!r}…; it is what `adb keygen FILE` writes to FILE.pub") from error
        number = int.from_bytes(modulus, "little")
        if words != _WORDS or exponent not in (3, 65_537) or number.bit_length() != 8 * _KEY_BYTES:
            raise ContentError(f"no adb public key of 2048 bits: {text[:40]!r}…")
        return cls(number, exponent)

    def verifies(self, signature: bytes, token: bytes) -> bool:
        """Whether the owner of the private key signed the token (PKCS #1 v1.5)."""
        if len(signature) != _KEY_BYTES:
            return False
        number = int.from_bytes(signature, "big")
        if number >= self.modulus:
            return False
        padding = b"\xff" * (_KEY_BYTES - 3 - len(_SHA1) - len(token))
        expected = b"\0\1" + padding + b"\0" + _SHA1 + token
        return hmac.compare_digest(pow(number, self.exponent, self.modulus).to_bytes(_KEY_BYTES, "big"), expected)


class KeyRing:
    """The keys that may connect."""

    def __init__(self, keys: Iterable[PublicKey]) -> None:
        self.keys = tuple(keys)

    @classmethod
    def read(cls, path: Path) -> KeyRing:
        """Read a file of public keys, one a line; empty lines and lines that begin with `#` are skipped.

        Raises:
            ContentError: It cannot be read, holds something else or no key at all.
        """
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ContentError(f"the keys cannot be read: {error}", file=str(path)) from error
        keys: list[PublicKey] = []
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.startswith("#"):
                try:
                    keys.append(PublicKey.parse(line))
                except ContentError as error:
                    raise ContentError(error.message, file=str(path), line=number) from error
        if not keys:
            raise ContentError("holds no key; append what `adb keygen FILE` writes to FILE.pub", file=str(path))
        return cls(keys)


class Challenge:
    """One client has to sign a token that nobody can foresee."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring
        self._left = _MOST_KEYS
        # The one place that must not repeat: who can foresee a token can replay an old signature.
        self.token = os.urandom(_TOKEN_BYTES)  # noqa: TID251

    def accepts(self, signature: bytes) -> bool:
        """Whether one of the allowed keys made this signature. A new token is drawn where not."""
        if self._left > 0 and any(key.verifies(signature, self.token) for key in self._ring.keys):
            return True
        self._left -= 1
        self.token = os.urandom(_TOKEN_BYTES)  # noqa: TID251
        return False
