"""How `logcat -v` prints an entry."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Final

from mobilegym.emulator.phone.shell.logcat import LogLine

__all__ = ["FORMATS", "MODIFIERS", "Format"]

FORMATS: Final = ("brief", "process", "tag", "thread", "raw", "time", "threadtime", "long")
MODIFIERS: Final = ("color", "colour", "epoch", "monotonic", "printable", "descriptive", "uid", "usec", "nsec", "UTC", "year", "zone")
_COLORS: Final = {"V": 40, "D": 75, "I": 40, "W": 166, "E": 196, "F": 196}


class Format:
    """One of `FORMATS` with any of `MODIFIERS`.

    Args:
        zone: The phone's time zone.
    """

    def __init__(self, zone: tzinfo) -> None:
        self.name = "threadtime"
        self.zone = zone
        self.modifiers: set[str] = set()

    def choose(self, word: str) -> bool:
        """Take a word given to `-v`; False where it is none."""
        if word in FORMATS:
            self.name = word
        elif word in MODIFIERS:
            self.modifiers.add("color" if word == "colour" else word)
        else:
            return False
        return True

    def stamp(self, at_ms: int) -> str:
        """The time of an entry."""
        modifiers = self.modifiers
        fraction = f"{at_ms % 1000:03d}" + ("000000" if "nsec" in modifiers else "000" if "usec" in modifiers else "")
        if "epoch" in modifiers or "monotonic" in modifiers:
            return f"{at_ms // 1000:>19}.{fraction}" if "epoch" in modifiers else f"{at_ms // 1000 % 100_000:>6}.{fraction}"
        when = datetime.fromtimestamp(at_ms // 1000, UTC if "UTC" in modifiers else self.zone)
        text = when.strftime("%Y-%m-%d %H:%M:%S" if "year" in modifiers else "%m-%d %H:%M:%S") + f".{fraction}"
        return text + when.strftime(" %z") if modifiers & {"UTC", "zone"} else text

    def print(self, line: LogLine) -> str:
        """An entry as text, with its newlines."""
        message = line.message.rstrip("\n")
        if self.name == "long":
            uid = f"{line.uid:>5}:" if "uid" in self.modifiers else ""
            text = f"[ {self.stamp(line.at_ms)} {uid}{line.pid:>5}:{line.tid:>5} {line.priority}/{line.tag:<8} ]\n{message}\n\n"
        else:
            head, tail = self._around(line)
            text = "".join(f"{head}{part}{tail}\n" for part in message.split("\n"))
        if "color" in self.modifiers:
            return f"\x1b[38;5;{_COLORS[line.priority]}m{text[:-1]}\x1b[0m\n"
        return text

    def _around(self, line: LogLine) -> tuple[str, str]:
        uid = f"{line.uid:>5}:" if "uid" in self.modifiers else ""
        tag, level = f"{line.tag:<8}", line.priority
        match self.name:
            case "raw":
                return "", ""
            case "brief":
                return f"{level}/{tag}({uid}{line.pid:>5}): ", ""
            case "process":
                return f"{level}({uid}{line.pid:>5}) ", f"  ({line.tag})"
            case "tag":
                return f"{level}/{tag}: ", ""
            case "thread":
                return f"{level}({uid}{line.pid:>5}:{line.tid:>5}) ", ""
            case "time":
                return f"{self.stamp(line.at_ms)} {level}/{tag}({uid}{line.pid:>5}): ", ""
            case _:
                user = f"{line.uid:>5} " if "uid" in self.modifiers else ""
                return f"{self.stamp(line.at_ms)} {user}{line.pid:>5} {line.tid:>5} {level} {tag}: ", ""
