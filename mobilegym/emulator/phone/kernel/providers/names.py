"""People's names and numbers as the contacts provider derives them."""

from __future__ import annotations

import unicodedata
from typing import Final, NamedTuple

__all__ = ["StructuredName", "bucket", "e164", "lookup_key", "min_match", "normalized_name", "normalized_number", "sort_key", "split_name"]

_PREFIXES: Final = frozenset({"dr", "mr", "mrs", "ms", "prof", "miss", "rev", "sir"})
_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv", "md", "phd", "esq"})
_OTHER_BUCKET: Final = 27


class StructuredName(NamedTuple):
    """A name in its parts."""

    prefix: str = ""
    given: str = ""
    middle: str = ""
    family: str = ""
    suffix: str = ""

    @property
    def display(self) -> str:
        """Given name first."""
        body = " ".join(part for part in (self.prefix, self.given, self.middle, self.family) if part)
        return f"{body}, {self.suffix}" if self.suffix and body else body or self.suffix

    @property
    def alternative(self) -> str:
        """Family name first."""
        if not self.family:
            return self.display
        first = " ".join(part for part in (self.given, self.middle) if part)
        body = f"{self.family}, {first}" if first else self.family
        return f"{body}, {self.suffix}" if self.suffix else body


def split_name(display: str) -> StructuredName:
    """The parts of a name as written."""
    words = display.replace(",", " ").split()
    prefix = words.pop(0) if len(words) > 1 and words[0].rstrip(".").lower() in _PREFIXES else ""
    suffix = words.pop() if len(words) > 1 and words[-1].replace(".", "").lower() in _SUFFIXES else ""
    if not words:
        return StructuredName(prefix, suffix=suffix)
    if len(words) == 1:
        return StructuredName(prefix, words[0], suffix=suffix)
    return StructuredName(prefix, words[0], " ".join(words[1:-1]), words[-1], suffix)


def sort_key(text: str) -> str:
    """What names sort by: no case, no accents."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))


def normalized_name(text: str) -> str:
    """`sort_key` without anything but letters and digits."""
    return "".join(char for char in sort_key(text) if char.isalnum())


def bucket(text: str) -> tuple[int, str]:
    """Number and label of the section a name is listed under: 1–26 for A–Z, then `#`."""
    first = sort_key(text)[:1]
    return (ord(first) - 96, first.upper()) if "a" <= first <= "z" else (_OTHER_BUCKET, "#")


def lookup_key(raw_contact_id: int, display: str) -> str:
    """A local contact's lookup key."""
    return f"0r{raw_contact_id}-{normalized_name(display).encode('utf-8', 'surrogatepass').hex().upper()}"


def normalized_number(number: str) -> str:
    """A number's digits, with its leading `+`."""
    digits = "".join(char for char in number if char in "0123456789*#")
    return f"+{digits}" if number.lstrip().startswith("+") else digits


def e164(number: str) -> str | None:
    """A number with its country code, taking numbers without one for North American; None where it is no such number."""
    plain = normalized_number(number)
    if plain.startswith("+"):
        return plain if len(plain) > 7 else None
    if not plain.isdigit():
        return None
    if len(plain) == 10:
        return f"+1{plain}"
    return f"+{plain}" if len(plain) == 11 and plain.startswith("1") else None


def min_match(number: str) -> str:
    """The last seven digits, reversed: what Android looks callers up by."""
    digits = "".join(char for char in number if char.isascii() and char.isdigit())
    return digits[-7:][::-1]
