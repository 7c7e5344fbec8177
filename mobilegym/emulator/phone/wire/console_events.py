"""Console commands that stand for hardware: touches, keys and the mouse."""

from __future__ import annotations

import re
from typing import Final
from weakref import WeakKeyDictionary

from mobilegym.actions import Type
from mobilegym.emulator.phone.keycodes import press_keycode
from mobilegym.emulator.phone.shell.system import System
from mobilegym.emulator.phone.wire.console_base import ConsoleLine, Ko, Subs

__all__ = ["EVENT"]

_TYPES: Final = {
    "EV_SYN": 0, "EV_KEY": 1, "EV_REL": 2, "EV_ABS": 3, "EV_MSC": 4, "EV_SW": 5, "EV_LED": 17, "EV_SND": 18, "EV_REP": 20, "EV_FF": 21,
    "EV_PWR": 22, "EV_FF_STATUS": 23,
}  # fmt: skip
_CODES: Final = {
    1: {"KEY_ESC": 1, "KEY_BACKSPACE": 14, "KEY_TAB": 15, "KEY_ENTER": 28, "KEY_SPACE": 57, "KEY_HOME": 102, "KEY_UP": 103, "KEY_LEFT": 105,
        "KEY_RIGHT": 106, "KEY_DOWN": 108, "KEY_MUTE": 113, "KEY_VOLUMEDOWN": 114, "KEY_VOLUMEUP": 115, "KEY_POWER": 116, "KEY_MENU": 139,
        "KEY_SLEEP": 142, "KEY_WAKEUP": 143, "KEY_BACK": 158, "KEY_HOMEPAGE": 172, "KEY_SEND": 231, "KEY_END": 107, "BTN_TOUCH": 330},
    3: {"ABS_X": 0, "ABS_Y": 1, "ABS_Z": 2, "ABS_MT_SLOT": 47, "ABS_MT_TOUCH_MAJOR": 48, "ABS_MT_POSITION_X": 53, "ABS_MT_POSITION_Y": 54,
        "ABS_MT_TRACKING_ID": 57, "ABS_MT_PRESSURE": 58},
    0: {"SYN_REPORT": 0, "SYN_CONFIG": 1, "SYN_MT_REPORT": 2},
    2: {"REL_X": 0, "REL_Y": 1, "REL_WHEEL": 8},
}  # fmt: skip
_KEYCODES: Final = {
    1: 111, 14: 67, 15: 61, 28: 66, 57: 62, 102: 3, 172: 3, 103: 19, 105: 21, 106: 22, 108: 20, 113: 164, 114: 25, 115: 24, 116: 26,
    139: 82, 142: 223, 143: 224, 158: 4, 231: 5, 107: 6,
}  # fmt: skip
"""Linux key to Android key."""
_RANGE: Final = 32_767
"""Largest coordinate of the touch device."""


class _Panel:
    """The touch panel's registers: events change them, `SYN_REPORT` makes them count."""

    def __init__(self) -> None:
        self.x = self.y = 0.0
        self.slot = 0
        self.down = False
        self.wanted = False

    def set(self, kind: int, code: int, value: int) -> None:
        if kind == 3 and code in (0, 53):
            self.x = value / _RANGE
        elif kind == 3 and code in (1, 54):
            self.y = value / _RANGE
        elif kind == 3 and code == 47:
            self.slot = value % 10
        elif kind == 3 and code == 57:
            self.wanted = value >= 0 and value != 0xFFFF_FFFF
        elif kind == 1 and code == 330:
            self.wanted = value != 0

    def report(self, system: System) -> None:
        """Tell the phone."""
        ui, now = system.kernel.ui, system.kernel.clock.now_ms
        place = now, self.x * ui.width, self.y * ui.height
        if self.wanted and not self.down:
            system.finish_tap()
            system.touch.down(self.slot, *place)
        elif self.wanted:
            system.touch.move(self.slot, *place)
        elif self.down and system.touch.up(self.slot, *place):
            system.acted()
        self.down = self.wanted


_PANELS: Final[WeakKeyDictionary[System, _Panel]] = WeakKeyDictionary()
"""Hardware, so not part of any snapshot."""


def _panel(system: System) -> _Panel:
    return _PANELS.setdefault(system, _Panel())


def _part(text: str, known: dict[str, int]) -> int | None:
    if text in known:
        return known[text]
    return int(text, 0) if re.fullmatch(r"-?(\d{1,10}|0x[0-9a-fA-F]{1,8})", text) and not re.fullmatch(r"-?0\d+", text) else None


def _send(request: ConsoleLine) -> list[str]:
    if not request.words:
        raise Ko("Usage: event send <type>:<code>:<value> ...")
    events: list[tuple[int, int, int]] = []
    for word in request.words:
        parts = word.split(":")
        if len(parts) != 3:
            raise Ko("Usage: event send <type>:<code>:<value> ...")
        kind = _part(parts[0], _TYPES)
        if kind is None:
            raise Ko(f"invalid event type in '{word}', try 'event types' for valid values")
        code, value = _part(parts[1], _CODES.get(kind, {})), _part(parts[2], {})
        if code is None:
            raise Ko(f"invalid event code in '{word}', try 'event codes {parts[0]}' for valid values")
        if value is None:
            raise Ko(f"invalid event value in '{word}', must be an integer constant")
        events.append((kind, code, value))
    panel = _panel(request.system)
    for kind, code, value in events:
        if kind == 0:
            panel.report(request.system)
        elif kind == 1 and code in _KEYCODES:
            if value == 1:
                _press(request.system, _KEYCODES[code])
        else:
            panel.set(kind, code, value)
    if panel.wanted != panel.down:
        # Old scripts leave the report out.
        panel.report(request.system)
    return []


def _press(system: System, code: int) -> None:
    system.finish_tap()
    press_keycode(system.phone, code)
    system.acted()


def _types(request: ConsoleLine) -> list[str]:
    del request
    lines = [f"    {name:<16}{f' ({len(_CODES[number])} code aliases)' if _CODES.get(number) else ''}" for name, number in _TYPES.items()]
    return ["event <type> can be an integer or one of the following aliases", *(line.rstrip() for line in lines)]


def _codes(request: ConsoleLine) -> list[str]:
    if not request.words:
        raise Ko("argument missing, try 'event codes <type>'")
    kind = _part(request.words[0], _TYPES)
    if kind is None:
        raise Ko("bad argument, see 'event types' for valid values")
    if not _CODES.get(kind):
        return ["no code aliases defined for this type"]
    return [f"type '{request.words[0]}' accepts the following <code> aliases:", *(f"    {name}" for name in _CODES[kind])]


def _text(request: ConsoleLine) -> list[str]:
    if not request.rest:
        raise Ko("argument missing, try 'event text <message>'")
    request.system.settle()
    error, _ = request.system.phone.act(Type(request.rest))
    if error is None:
        request.system.acted()
    return []


def _mouse(request: ConsoleLine) -> list[str]:
    if len(request.words) < 4 or not all(re.fullmatch(r"-?\d{1,6}", word) for word in request.words[:4]):
        raise Ko("usage: event mouse <x> <y> <device> <buttonstate>")
    x, y, _, buttons = (int(word) for word in request.words[:4])
    panel, ui = _panel(request.system), request.kernel.ui
    panel.x, panel.y, panel.wanted = x / ui.width, y / ui.height, bool(buttons)
    panel.report(request.system)
    return []


EVENT: Final = Subs(
    "allows you to send fake hardware events to the kernel",
    {"send": _send, "types": _types, "codes": _codes, "text": _text, "mouse": _mouse},
    {"send": "send a series of events to the kernel", "types": "list all <type> aliases",
     "codes": "list all <code> aliases for a given <type>", "text": "simulate keystrokes from a given text",
     "mouse": "simulate a mouse event"},
)  # fmt: skip
