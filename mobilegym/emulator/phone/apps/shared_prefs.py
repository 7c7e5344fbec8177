"""An app's preferences, in the XML file where Android keeps them."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.files import FileSystem

__all__ = ["Pref", "SharedPrefs"]

Pref: TypeAlias = bool | int | str
_HEAD: Final = "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n"
_ENTRY: Final = re.compile(r'<(string|boolean|int) name="([^"]*)"(?: value="([^"]*)" /|>([^<]*)</string)>')


@lru_cache(maxsize=256)
def _parse(data: bytes) -> Mapping[str, Pref]:
    found: dict[str, Pref] = {}
    for kind, name, value, text in _ENTRY.findall(data.decode("utf-8", "replace")):
        found[html.unescape(name)] = value == "true" if kind == "boolean" else int(value) if kind == "int" else html.unescape(text)
    return MappingProxyType(found)


def _entry(name: str, value: Pref) -> str:
    key = html.escape(name)
    if isinstance(value, bool):
        return f'    <boolean name="{key}" value="{str(value).lower()}" />\n'
    if isinstance(value, int):
        return f'    <int name="{key}" value="{value}" />\n'
    return f'    <string name="{key}">{html.escape(value, quote=False)}</string>\n'


class SharedPrefs:
    """Preferences of one app; the file is written with the first change, values that were never set are their defaults.

    Args:
        files: The phone's files.
        package: Whose preferences.
        name: File name without its ending; Android's default unless given.
    """

    def __init__(self, files: FileSystem, package: str, name: str = "") -> None:
        self._files = files
        self.path = f"/data/data/{package}/shared_prefs/{name or package + '_preferences'}.xml"

    def all(self) -> Mapping[str, Pref]:
        """All that was set."""
        return _parse(self._files.read(self.path)) if self._files.exists(self.path) else MappingProxyType({})

    def flag(self, key: str, default: bool = False) -> bool:
        """A yes or no."""
        value = self.all().get(key)
        return value if isinstance(value, bool) else default

    def number(self, key: str, default: int = 0) -> int:
        """A whole number."""
        value = self.all().get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else default

    def text(self, key: str, default: str = "") -> str:
        """A text."""
        value = self.all().get(key)
        return value if isinstance(value, str) else default

    def put(self, **values: Pref) -> None:
        """Set preferences; nothing is written where nothing changes."""
        old = self.all()
        new = {**old, **values}
        if new != old:
            body = "".join(_entry(name, new[name]) for name in sorted(new))
            self._files.write_text(self.path, f"{_HEAD}<map>\n{body}</map>\n")
