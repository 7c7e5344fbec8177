"""System properties that were set while the phone runs, and other small facts that only the system's shell knows."""

from __future__ import annotations

from collections.abc import Mapping

from mobilegym.emulator.phone.kernel.cow import CowDict, FrozenMap

__all__ = ["Properties"]


class Properties:
    """Text by name. A name that begins with `!` is no property: under it the shell's commands keep what Android keeps elsewhere."""

    def __init__(self) -> None:
        self._values: CowDict[str, str] = CowDict()

    @property
    def token(self) -> int:
        """Changes with each write."""
        return self._values.token

    def get(self, name: str, default: str = "") -> str:
        """The value that was set, or `default`."""
        return self._values.get(name, default)

    def put(self, name: str, value: str) -> None:
        """Set a value."""
        if self._values.get(name) != value:
            self._values[name] = value

    def delete(self, name: str) -> bool:
        """Forget a value; False where there was none."""
        return self._values.pop(name) is not None

    def below(self, prefix: str) -> dict[str, str]:
        """What was set under names that begin with `prefix`, without the prefix, by name."""
        return {name[len(prefix) :]: self._values[name] for name in sorted(self._values) if name.startswith(prefix)}

    def forget(self, prefix: str) -> None:
        """Forget every value whose name begins with `prefix`."""
        for name in [name for name in self._values if name.startswith(prefix)]:
            self._values.pop(name)

    def public(self) -> Mapping[str, str]:
        """The properties proper."""
        return {name: value for name, value in self._values.items() if not name.startswith("!")}

    def freeze(self) -> FrozenMap[str, str]:
        """The present state."""
        return self._values.freeze()

    def thaw(self, frozen: FrozenMap[str, str]) -> None:
        """Go back to a state."""
        self._values.thaw(frozen)
