"""Copy-on-write state: what makes a snapshot cost microseconds.

A service keeps its state in immutable values and in `CowDict`s. Freezing shares the dictionary; the first write after
a freeze copies it. Values stored in a `CowDict` must be immutable.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Final, Generic, TypeVar, overload

__all__ = ["TOKENS", "CowDict", "FrozenMap"]

K = TypeVar("K")
V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)
D = TypeVar("D")


class _Token(int):
    """A token; unpickled, it is a new one, for its number may be taken in the other process."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Callable[[], int], tuple[()]]:
        return _draw, ()


TOKENS: Final[Iterator[int]] = map(_Token, itertools.count(1))
"""Source of state tokens. A token is drawn at each write and travels with snapshots, so equal tokens mean equal content,
also across forks."""


def _draw() -> int:
    return next(TOKENS)


class FrozenMap(Mapping[K, V_co]):
    """A frozen `CowDict`: an immutable mapping with the token of its content."""

    __slots__ = ("_data", "token")

    def __init__(self, data: dict[K, V_co], token: int | None = None) -> None:
        self._data = data
        self.token = next(TOKENS) if token is None else token

    def __getitem__(self, key: K) -> V_co:
        return self._data[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __repr__(self) -> str:
        return f"FrozenMap({self._data!r})"

    def share(self) -> dict[K, V_co]:
        """The dictionary itself, for `CowDict`; it must not be written to."""
        return self._data


class CowDict(Generic[K, V]):
    """A dictionary that freezes in O(1) and copies on the first write after that.

    Args:
        initial: Start content; a `FrozenMap` is shared with its token, anything else is copied.
    """

    __slots__ = ("_data", "_frozen", "token")

    def __init__(self, initial: Mapping[K, V] | None = None) -> None:
        self._frozen: FrozenMap[K, V] | None = None
        if isinstance(initial, FrozenMap):
            self.thaw(initial)
        else:
            self._data: dict[K, V] = dict(initial) if initial is not None else {}
            self.token = next(TOKENS)

    def freeze(self) -> FrozenMap[K, V]:
        """An immutable view of the present content; the same object until the next write."""
        if self._frozen is None:
            self._frozen = FrozenMap(self._data, self.token)
        return self._frozen

    def thaw(self, frozen: FrozenMap[K, V]) -> None:
        """Take the content of `frozen`, sharing it."""
        self._frozen = frozen
        self._data = frozen.share()
        self.token = frozen.token

    def _own(self) -> dict[K, V]:
        if self._frozen is not None:
            self._data = self._data.copy()
            self._frozen = None
        self.token = next(TOKENS)
        return self._data

    def __getitem__(self, key: K) -> V:
        return self._data[key]

    def __setitem__(self, key: K, value: V) -> None:
        self._own()[key] = value

    def __delitem__(self, key: K) -> None:
        if key not in self._data:
            raise KeyError(key)
        del self._own()[key]

    def __contains__(self, key: object) -> bool:
        return key in self._data

    def __iter__(self) -> Iterator[K]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __repr__(self) -> str:
        return f"CowDict({self._data!r})"

    @overload
    def get(self, key: K) -> V | None: ...
    @overload
    def get(self, key: K, default: D) -> V | D: ...
    def get(self, key: K, default: D | None = None) -> V | D | None:
        return self._data.get(key, default)

    def set(self, key: K, value: V) -> None:
        """The same as `self[key] = value`."""
        self._own()[key] = value

    def pop(self, key: K) -> V | None:
        """Remove `key` and return its value; None, without a write, where it is missing."""
        return self._own().pop(key) if key in self._data else None

    def update(self, values: Mapping[K, V]) -> None:
        """Write several keys with a single copy."""
        if values:
            self._own().update(values)

    def clear(self) -> None:
        """Remove every key."""
        if self._data:
            self._frozen = None
            self._data = {}
            self.token = next(TOKENS)

    def keys(self) -> KeysView[K]:
        return self._data.keys()

    def values(self) -> ValuesView[V]:
        return self._data.values()

    def items(self) -> ItemsView[K, V]:
        return self._data.items()
