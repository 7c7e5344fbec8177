"""Reading `dumpsys notification --noredact`."""

from __future__ import annotations

import re
from typing import Final

from mobilegym.observation import Notification

__all__ = ["NOTIFICATIONS_SCRIPT", "read_notifications"]

NOTIFICATIONS_SCRIPT: Final = "dumpsys notification --noredact"
_RECORD: Final = re.compile(r"^    NotificationRecord\(", re.MULTILINE)
_HEAD: Final = re.compile(r"\S+: pkg=(\S+) user=")
_KEY: Final = re.compile(r"^      key=(.*)$", re.MULTILINE)
_WHEN: Final = re.compile(r"^        when=(-?\d+)", re.MULTILINE)
_FLAGS: Final = re.compile(r"^      flags=(?:0x)?([0-9a-fA-F]+)|\bflags=0x([0-9a-fA-F]+)", re.MULTILINE)
_CHANNEL: Final = re.compile(r"Notification\(channel=(.*?) (?:shortcut|contentView|pri)=")
_ACTION: Final = re.compile(r'^\s+\[\d+\] "(.*?)" -> ', re.MULTILINE | re.DOTALL)
_EXTRA: Final = r"^\s+android\.{}=\w*(?:String|CharSequence|Text)\w* \((.*?)\)\n(?=\s+(?:[\w.]+=|\}}))"
_TITLE: Final = re.compile(_EXTRA.format("title"), re.MULTILINE | re.DOTALL)
_TEXT: Final = re.compile(_EXTRA.format("text"), re.MULTILINE | re.DOTALL)
_ONGOING: Final = 0x2


def read_notifications(dump: str) -> tuple[Notification, ...]:
    """Posted notifications, in the order of the shade."""
    starts = [match.end() for match in _RECORD.finditer(dump)]
    if not starts:
        return ()
    ends = [*starts[1:], _end_of_list(dump, starts[-1])]
    found = [_read(dump[start:end]) for start, end in zip(starts, ends, strict=True)]
    return tuple(notification for notification in found if notification is not None)


def _end_of_list(dump: str, start: int) -> int:
    """Where the last record ends: at the next section, which is indented less."""
    match = re.compile(r"^ {0,2}\S", re.MULTILINE).search(dump, start)
    return match.start() if match else len(dump)


def _read(record: str) -> Notification | None:
    head, key = _HEAD.match(record), _KEY.search(record)
    if head is None or key is None:
        return None
    title, text, when, flags, channel = (pattern.search(record) for pattern in (_TITLE, _TEXT, _WHEN, _FLAGS, _CHANNEL))
    bits = int(flags.group(1) or flags.group(2), 16) if flags else 0
    name = channel.group(1) if channel else ""
    return Notification(
        key=key.group(1), package=head.group(1), title=title.group(1) if title else "", text=text.group(1) if text else "",
        when_ms=int(when.group(1)) if when else 0, actions=tuple(_ACTION.findall(record)), ongoing=bool(bits & _ONGOING),
        channel="" if name == "null" else name,
    )  # fmt: skip
