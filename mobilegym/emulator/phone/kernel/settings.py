"""The three tables of `android.provider.Settings`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

from mobilegym.emulator.device import Namespace, Settings
from mobilegym.emulator.phone.kernel.cow import TOKENS, CowDict, FrozenMap
from mobilegym.emulator.phone.kernel.settings_defaults import DEFAULTS
from mobilegym.errors import DeviceError

__all__ = ["NAMESPACES", "FrozenSettings", "SettingObserver", "SettingsStore"]

NAMESPACES: Final[tuple[Namespace, ...]] = ("system", "secure", "global")

SettingObserver: TypeAlias = Callable[[Namespace, str, str | None, str | None], None]
"""Called as `(namespace, key, old, new)` after a value changed; None where there was or is none."""

_DEFAULTS: Final[dict[Namespace, FrozenMap[str, str]]] = {name: FrozenMap(values) for name, values in DEFAULTS.items()}


class FrozenSettings(NamedTuple):
    """State of a `SettingsStore`; opaque."""

    system: FrozenMap[str, str]
    secure: FrozenMap[str, str]
    global_: FrozenMap[str, str]
    token: int


class SettingsStore(Settings):
    """Settings of a stock phone; values are strings, as on Android.

    Args:
        overrides: Values that differ from the defaults, per namespace.
    """

    def __init__(self, overrides: Mapping[Namespace, Mapping[str, str]] | None = None) -> None:
        self._tables: dict[Namespace, CowDict[str, str]] = {name: CowDict(_DEFAULTS[name]) for name in NAMESPACES}
        for name, values in (overrides or {}).items():
            self._table(name).update(values)
        self._frozen: FrozenSettings | None = None
        self.on_change: SettingObserver | None = None
        """Observer, not part of the state."""
        self.token = next(TOKENS)

    def get(self, namespace: Namespace, key: str) -> str | None:
        """A value, or None.

        Raises:
            DeviceError: For an unknown namespace (every method).
        """
        return self._table(namespace).get(key)

    def put(self, namespace: Namespace, key: str, value: str) -> None:
        """Write a value; writing the value it has is no change."""
        table = self._table(namespace)
        if not key:
            raise DeviceError(f"a setting of `{namespace}` needs a key")
        old = table.get(key)
        if old != value:
            table[key] = value
            self._changed(namespace, key, old, value)

    def delete(self, namespace: Namespace, key: str) -> None:
        """Remove a key; without it, nothing happens."""
        old = self._table(namespace).pop(key)
        if old is not None:
            self._changed(namespace, key, old, None)

    def items(self, namespace: Namespace) -> Mapping[str, str]:
        """An immutable view of a whole table."""
        return self._table(namespace).freeze()

    def flag(self, namespace: Namespace, key: str, default: bool = False) -> bool:
        """Whether the value is a number other than 0; `default` where it is missing or no number."""
        return self.number(namespace, key, int(default)) != 0

    def set_flag(self, namespace: Namespace, key: str, value: bool) -> None:
        """Write `1` or `0`."""
        self.put(namespace, key, "1" if value else "0")

    def number(self, namespace: Namespace, key: str, default: int) -> int:
        """The value as an integer; `default` where it is missing or none."""
        value = self._table(namespace).get(key)
        if value is None:
            return default
        try:
            return int(value)
        except ValueError:
            return default

    def decimal(self, namespace: Namespace, key: str, default: float) -> float:
        """The value as a number; `default` where it is missing or none."""
        value = self._table(namespace).get(key)
        if value is None:
            return default
        try:
            return float(value)
        except ValueError:
            return default

    def table_token(self, namespace: Namespace) -> int:
        """Token of one table's content."""
        return self._table(namespace).token

    def freeze(self) -> FrozenSettings:
        """The present state."""
        if self._frozen is None:
            system, secure, global_ = (self._tables[name].freeze() for name in NAMESPACES)
            self._frozen = FrozenSettings(system, secure, global_, self.token)
        return self._frozen

    def thaw(self, frozen: FrozenSettings) -> None:
        """Go back to a state, without telling the observer."""
        self._tables["system"].thaw(frozen.system)
        self._tables["secure"].thaw(frozen.secure)
        self._tables["global"].thaw(frozen.global_)
        self._frozen = frozen
        self.token = frozen.token

    def _table(self, namespace: Namespace) -> CowDict[str, str]:
        table = self._tables.get(namespace)
        if table is None:
            raise DeviceError(f"no settings namespace {namespace!r}: use one of {', '.join(NAMESPACES)}")
        return table

    def _changed(self, namespace: Namespace, key: str, old: str | None, new: str | None) -> None:
        self._frozen = None
        self.token = next(TOKENS)
        if self.on_change is not None:
            self.on_change(namespace, key, old, new)
