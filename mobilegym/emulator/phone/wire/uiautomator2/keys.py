"""Typing with the keys of the WebDriver protocol: characters of the private use area that stand for Enter, Shift, arrows and so on."""

from __future__ import annotations

import re
from typing import Final

from mobilegym.emulator.phone.keycodes import META_ALT, META_CTRL, META_SHIFT, char_of, keys_for
from mobilegym.emulator.phone.wire.automation.actor import Actor
from mobilegym.emulator.phone.wire.automation.errors import bad_value

__all__ = ["KeyBoard", "type_keys"]

_LONGEST: Final = 100_000
_META: Final = {
    "\ue008": META_SHIFT, "\ue050": META_SHIFT, "\ue009": META_CTRL, "\ue051": META_CTRL, "\ue00a": META_ALT, "\ue052": META_ALT,
    "\ue03d": 0x10000, "\ue053": 0x10000,
}  # fmt: skip
_CODES: Final = {
    "\ue003": 67, "\ue004": 61, "\ue005": 28, "\ue006": 66, "\ue007": 66, "\ue00b": 121, "\ue00c": 111, "\ue00d": 62, "\ue00e": 92,
    "\ue00f": 93, "\ue010": 123, "\ue011": 122, "\ue012": 21, "\ue013": 19, "\ue014": 22, "\ue015": 20, "\ue016": 124, "\ue017": 112,
    "\ue018": 74, "\ue019": 70, **{chr(0xE01A + i): 144 + i for i in range(10)}, "\ue024": 155, "\ue025": 157, "\ue026": 159,
    "\ue027": 156, "\ue028": 158, "\ue029": 154, **{chr(0xE031 + i): 131 + i for i in range(12)}, "\ue054": 92, "\ue055": 93,
    "\ue056": 123, "\ue057": 122, "\ue058": 21, "\ue059": 19, "\ue05a": 22, "\ue05b": 20, "\ue05c": 124, "\ue05d": 112,
}  # fmt: skip
"""Key → Android key code."""
_SPECIAL: Final = re.compile("([\ue000-\ue05d])")


class KeyBoard:
    """Keys that go down and up; characters typed one after the other are one text.

    Args:
        actor: Types.
        clear: Empty the field before the first text.
    """

    def __init__(self, actor: Actor, *, clear: bool = False) -> None:
        self._actor = actor
        self._clear = clear
        self._meta = 0
        self._text: list[str] = []

    def down(self, key: str) -> None:
        """A key goes down; only then does it do something, unless it is one to hold."""
        if key in _META:
            self._meta |= _META[key]
        elif key == "\ue000":
            self._meta = 0
        elif key in _CODES:
            self._special(_CODES[key])
        elif self._meta & ~META_SHIFT:
            code, _ = keys_for(key.lower()) or (0, 0)
            self._special(code)
        else:
            known = keys_for(key) if self._meta else None
            self._text.append((char_of(known[0], META_SHIFT) if known is not None else "") or key)

    def up(self, key: str) -> None:
        """A key goes up."""
        self._meta &= ~_META.get(key, 0)

    def flush(self) -> None:
        """Type what is left."""
        if self._text or self._clear:
            text, clear = "".join(self._text), self._clear
            self._text, self._clear = [], False
            self._actor.type_text(text, clear=clear)

    def _special(self, code: int) -> None:
        self.flush()
        if code:
            self._actor.key(code, self._meta)


def type_keys(actor: Actor, text: str, *, clear: bool = False) -> None:
    """Type text that may hold special keys. Keys to hold stay down until the end of the text."""
    if len(text) > _LONGEST:
        raise bad_value(f"there must be at most {_LONGEST} characters to type, got {len(text)}")
    keyboard = KeyBoard(actor, clear=clear)
    for i, part in enumerate(_SPECIAL.split(text)):
        if i % 2 == 0 and part:
            for char in part:
                keyboard.down(char)
        elif part:
            keyboard.down(part)
    keyboard.flush()
