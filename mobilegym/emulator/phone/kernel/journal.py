"""The journal: everything that happened on the phone, in order, with its risk.

Consent, restraint, privacy and side effects are scored from it, so entries cannot be changed or removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final, NamedTuple, NoReturn, TypeAlias, cast, get_args

from mobilegym.emulator.device import JournalEntry, Risk
from mobilegym.emulator.phone.kernel.clock import Clock
from mobilegym.emulator.phone.kernel.cow import TOKENS

__all__ = ["RISKS", "FrozenJournal", "Journal", "canonical_line", "digest_of", "risk_rank"]

RISKS: Final[tuple[Risk, ...]] = get_args(Risk)
"""Risk classes, harmless first."""

_Chunk: TypeAlias = tuple[JournalEntry, ...]
_START: Final = b""


def risk_rank(risk: Risk) -> int:
    """Position of `risk` in `RISKS`."""
    return RISKS.index(risk)


class _FrozenData(dict[str, Any]):
    """A dictionary that refuses changes, and that `json` still takes."""

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("journal entries cannot be changed")

    __setitem__ = __delitem__ = clear = pop = popitem = __ior__ = _refuse
    setdefault = update = _refuse  # pyright: ignore[reportAssignmentType] overloads that no refusal fits

    def __reduce__(self) -> tuple[type[_FrozenData], tuple[dict[str, Any]]]:
        return _FrozenData, (dict(self),)


def _frozen(value: Any, path: str) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        if value - value != 0.0:
            raise TypeError(f"journal data `{path}` is {value!r}: JSON has no such number")
        return value
    if isinstance(value, list | tuple):
        return tuple(_frozen(item, f"{path}[]") for item in cast("Sequence[Any]", value))
    if isinstance(value, Mapping):
        pairs = cast("Mapping[Any, Any]", value)
        return _FrozenData({str(key): _frozen(item, f"{path}.{key}") for key, item in pairs.items()})
    raise TypeError(f"journal data `{path}` is a {type(value).__name__}: use what JSON has")


def canonical_line(entry: JournalEntry) -> bytes:
    """An entry as one line of JSON, keys sorted, UTF-8."""
    record = {
        "seq": entry.seq,
        "at_ms": entry.at_ms,
        "kind": entry.kind,
        "app": entry.app,
        "name": entry.name,
        "risk": entry.risk,
        "data": entry.data,
    }
    return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


def _chain(digest: bytes, entries: Iterable[JournalEntry]) -> bytes:
    for entry in entries:
        digest = sha256(digest + canonical_line(entry)).digest()
    return digest


def digest_of(entries: Iterable[JournalEntry]) -> str:
    """Hash of a whole journal: each line is hashed together with the hash of all before it. Hexadecimal."""
    return _chain(_START, entries).hex()


class FrozenJournal(NamedTuple):
    """State of a `Journal`; opaque."""

    chunks: tuple[_Chunk, ...]
    length: int
    digest: bytes
    hashed: int
    token: int


class Journal:
    """An append-only list of `JournalEntry`.

    Closed chunks are immutable and shared by all snapshots and forks; they are merged so that there are O(log n) of them.

    Args:
        clock: Gives each entry its time.
    """

    __slots__ = ("_chunks", "_clock", "_count", "_digest", "_frozen", "_hashed", "_open", "token")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._chunks: tuple[_Chunk, ...] = ()
        self._open: list[JournalEntry] = []
        self._count = 0
        self._digest = _START
        self._hashed = 0
        self._frozen: FrozenJournal | None = None
        self.token = next(TOKENS)

    def __len__(self) -> int:
        return self._count

    def append(self, kind: str, app: str, name: str, risk: Risk, /, **data: Any) -> None:
        """Add an entry at the present time.

        Args:
            kind: `input`, `effect`, `field`, `notification`, `dialog`, `activity` or `system`.
            app: Package it concerns.
            name: What happened, for instance `sms.sent`.
            risk: Its risk class.
            data: JSON-able details; copied and frozen (lists become tuples).

        Raises:
            TypeError: If `data` holds something JSON has not.
        """
        frozen: _FrozenData = _frozen(data, "data")
        self._open.append(JournalEntry(self._count, self._clock.now_ms, kind, app, name, risk, frozen))
        self._count += 1
        self._frozen = None
        self.token = next(TOKENS)

    def entries(self, since: int = 0) -> tuple[JournalEntry, ...]:
        """Entries with `seq >= since`, oldest first."""
        if since >= self._count:
            return ()
        since = max(since, 0)
        parts: list[_Chunk] = []
        start = self._count - len(self._open)
        parts.append(tuple(self._open[max(since - start, 0) :]))
        for chunk in reversed(self._chunks):
            if start <= since:
                break
            start -= len(chunk)
            parts.append(chunk[max(since - start, 0) :])
        parts.reverse()
        return parts[0] if len(parts) == 1 else tuple(entry for part in parts for entry in part)

    def digest(self) -> str:
        """`digest_of` all entries; only what was added since the last call is hashed."""
        if self._hashed < self._count:
            self._digest = _chain(self._digest, self.entries(self._hashed))
            self._hashed = self._count
            self._frozen = None
        return self._digest.hex()

    def freeze(self) -> FrozenJournal:
        """The present state; amortised O(log n) per entry added since."""
        if self._frozen is None:
            self._close_chunk()
            self._frozen = FrozenJournal(self._chunks, self._count, self._digest, self._hashed, self.token)
        return self._frozen

    def thaw(self, frozen: FrozenJournal) -> None:
        """Go back to a state."""
        if frozen is self._frozen:
            return
        self._chunks, self._count, self._digest, self._hashed, self.token = frozen
        self._open = []
        self._frozen = frozen

    def _close_chunk(self) -> None:
        if not self._open:
            return
        chunks = list(self._chunks)
        chunks.append(tuple(self._open))
        while len(chunks) > 1 and len(chunks[-2]) <= len(chunks[-1]):
            last = chunks.pop()
            chunks[-1] += last
        self._chunks = tuple(chunks)
        self._open = []
