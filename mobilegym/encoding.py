"""Observations as arrays of fixed shape, and actions as samples of a Gymnasium space.

Text travels as UTF-8 bytes, zero-padded: exact in every language, of fixed size, and cheap to share between processes.
"""

from __future__ import annotations

import string
import zlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Any, Final, TypeAlias, cast, get_args

import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray

from mobilegym.actions import (
    ACTION_TYPES,
    Action,
    Answer,
    Ask,
    Direction,
    DoubleTap,
    Finish,
    Key,
    LongPress,
    OpenApp,
    Press,
    Scroll,
    Status,
    Swipe,
    Tap,
    Type,
    Wait,
)  # fmt: skip
from mobilegym.observation import Element

__all__ = [
    "ACTION_KINDS",
    "DIRECTIONS",
    "DURATIONS_MS",
    "ELEMENT_FLAGS",
    "ELEMENT_KINDS",
    "KEYS",
    "STATUSES",
    "TEXT_CHARSET",
    "TEXT_LENGTH",
    "ActionCodec",
    "Arrays",
    "TreeEncoder",
    "text_bytes",
]

Arrays: TypeAlias = dict[str, Any]
"""Arrays (and numpy integers) by key, as a `Dict` space holds them."""

ACTION_KINDS: Final = tuple(ACTION_TYPES)
KEYS: Final[tuple[Key, ...]] = get_args(Key)
DIRECTIONS: Final[tuple[Direction, ...]] = get_args(Direction)
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
DURATIONS_MS: Final = (100, 300, 800, 1000, 2000, 5000, 15_000, 60_000, 300_000, 3_600_000)
"""What the `ms` of a sampled action can be; taps, presses and swipes are held for 60 s at most."""
ELEMENT_FLAGS: Final = (
    "clickable", "long_clickable", "scrollable", "checkable", "checked", "focusable", "focused", "selected", "enabled", "password",
)  # fmt: skip
"""Columns of the observation's `flags`."""
ELEMENT_KINDS: Final = (
    "View", "ViewGroup", "FrameLayout", "LinearLayout", "RelativeLayout", "TextView", "EditText", "Button", "ImageButton", "ImageView",
    "CheckBox", "RadioButton", "Switch", "ToggleButton", "CheckedTextView", "SeekBar", "ProgressBar", "Spinner", "ScrollView",
    "HorizontalScrollView", "RecyclerView", "ListView", "GridView", "WebView", "ViewPager", "TabWidget", "NumberPicker", "DatePicker",
    "TimePicker", "RadioGroup", "Toolbar", "SearchView",
)  # fmt: skip
"""Simple class names by number, from 1; 0 is any other class, and no element at all."""
TEXT_LENGTH: Final = 200
TEXT_CHARSET: Final = frozenset(string.printable.strip() + " \n" + "".join(map(chr, range(0xA1, 0x180))) + "–—‘’“”…•€")
"""What the text of a sampled action is made of. Typed actions (`Type("日本")`) are not bound to it."""

_KIND: Final = {name: number for number, name in enumerate(ELEMENT_KINDS, start=1)}
_FLAGS_AT: Final = Element._fields.index("clickable")
_HOLD_LIMIT_MS: Final = 60_000


@lru_cache(maxsize=4096)
def text_bytes(text: str, size: int) -> bytes:
    """UTF-8, cut or zero-padded to `size` bytes; a character is never cut in two."""
    data = text.encode("utf-8", "replace")
    if len(data) > size:
        data = data[:size].decode("utf-8", "ignore").encode()
    return data.ljust(size, b"\0")


class TreeEncoder:
    """Turns visible elements into arrays of fixed size, in document order; elements beyond `max_elements` are left out.

    Keys: `bounds` `(N, 4) float32` (left, top, right, bottom as fractions of the screen), `flags` `(N, 10) uint8`
    (`ELEMENT_FLAGS`), `kind` `(N,) uint8` (`ELEMENT_KINDS`), `depth` `(N,) uint8`, `resource` `(N,) int32` (a hash of the
    resource id, 0 for none), `text` `(N, T) uint8` (text, else description, else hint), `count` (elements in use).

    Phones that show the same thing hand out the same tuple of elements, so whole screens are kept by identity, and rows by
    value. Arrays given out are fresh copies.

    Args:
        max_elements: `N`.
        text_size: `T`, bytes.
        kept: Screens remembered.
    """

    def __init__(self, max_elements: int = 128, text_size: int = 32, kept: int = 512) -> None:
        if not 1 <= max_elements <= 4096 or text_size < 1:
            raise ValueError(f"`max_elements` is 1 to 4096 and `text_size` at least 1, got {max_elements!r} and {text_size!r}")
        self.max_elements = max_elements
        self.text_size = text_size
        self._kept = kept
        self._screens: OrderedDict[tuple[int, int, int], tuple[tuple[Element, ...], Arrays]] = OrderedDict()
        self._rows: dict[Element, bytes] = {}
        self._row = np.dtype([
            ("bounds", "<i4", (4,)),
            ("resource", "<i4"),
            ("flags", "u1", (len(ELEMENT_FLAGS),)),
            ("kind", "u1"),
            ("depth", "u1"),
            ("text", "u1", (text_size,)),
        ])  # fmt: skip

    @property
    def spaces(self) -> dict[str, spaces.Space[Any]]:
        """The spaces of the keys."""
        n, t = self.max_elements, self.text_size
        return {
            "bounds": spaces.Box(0.0, 1.0, (n, 4), np.float32),
            "flags": spaces.Box(0, 1, (n, len(ELEMENT_FLAGS)), np.uint8),
            "kind": spaces.Box(0, len(ELEMENT_KINDS), (n,), np.uint8),
            "depth": spaces.Box(0, 255, (n,), np.uint8),
            "resource": spaces.Box(0, 2**31 - 1, (n,), np.int32),
            "text": spaces.Box(0, 255, (n, t), np.uint8),
            "count": spaces.Discrete(n + 1),
        }

    def encode(self, elements: tuple[Element, ...], width: int, height: int) -> Arrays:
        """Fresh arrays for what a screen of `width` x `height` device pixels shows."""
        key = (id(elements), width, height)
        found = self._screens.get(key)
        if found is None:
            # The tuple is kept with the arrays, so its id cannot come to stand for another one.
            found = elements, self._build(elements, width, height)
            self._screens[key] = found
            if len(self._screens) > self._kept:
                self._screens.popitem(last=False)
        return {name: value.copy() for name, value in found[1].items()}

    def _build(self, elements: tuple[Element, ...], width: int, height: int) -> Arrays:
        if len(self._rows) > 50_000:
            self._rows.clear()
        rows, shown = self._rows, elements[: self.max_elements]
        data = b"".join([rows.get(e) or self._encode_row(e) for e in shown])
        table = np.zeros(self.max_elements, self._row)
        table[: len(shown)] = np.frombuffer(data, self._row)
        scale = np.array([width, height, width, height], np.float32)
        # Windows may reach beyond the screen while they move; the visible part does not.
        bounds = np.clip(table["bounds"] / scale, 0.0, 1.0, dtype=np.float32)
        plain = {name: np.ascontiguousarray(table[name]) for name in ("flags", "kind", "depth", "resource", "text")}
        return {"bounds": bounds, **plain, "count": np.int64(len(shown))}

    def _encode_row(self, element: Element) -> bytes:
        resource = zlib.crc32(element.resource_id.encode()) & 0x7FFFFFFF if element.resource_id else 0
        kind = _KIND.get(element.cls.rpartition(".")[2], 0)
        text = element.text or element.content_desc or element.hint
        head = np.array([*element.bounds, resource], "<i4").tobytes()
        flags = bytes(cast("tuple[bool, ...]", element[_FLAGS_AT : _FLAGS_AT + len(ELEMENT_FLAGS)]))
        row = head + flags + bytes((kind, min(element.depth, 255))) + text_bytes(text, self.text_size)
        self._rows[element] = row
        return row


class ActionCodec:
    """Actions as samples of a `Dict` space, and back. Every sample is a legal action; keys an action has no use for are ignored.

    Args:
        kinds: The actions on offer, names as in `ACTION_TYPES`; all where None. `kind` counts in this order.
    """

    def __init__(self, kinds: Sequence[str] | None = None) -> None:
        self.kinds = ACTION_KINDS if kinds is None else tuple(kinds)
        if unknown := [k for k in self.kinds if k not in ACTION_TYPES]:
            raise ValueError(f"no action is called {unknown[0]!r}; there are {', '.join(ACTION_KINDS)}")
        if not self.kinds or len(set(self.kinds)) != len(self.kinds):
            raise ValueError(f"`actions` must name at least one action, and none twice; got {self.kinds!r}")
        self._number = {kind: number for number, kind in enumerate(self.kinds)}
        self._names = {ACTION_TYPES[kind]: kind for kind in self.kinds}
        self._prototypes: dict[str, spaces.Space[Any]] = {
            "kind": spaces.Discrete(len(self.kinds)),
            "start": spaces.Box(0.0, 1.0, (2,), np.float32),
            "end": spaces.Box(0.0, 1.0, (2,), np.float32),
            "direction": spaces.Discrete(len(DIRECTIONS)),
            "key": spaces.Discrete(len(KEYS)),
            "status": spaces.Discrete(len(STATUSES)),
            "ms": spaces.Discrete(len(DURATIONS_MS)),
            "clear": spaces.Discrete(2),
            "submit": spaces.Discrete(2),
            "text": spaces.Text(TEXT_LENGTH, min_length=0, charset=TEXT_CHARSET),
        }

    def space(self) -> spaces.Dict:
        """A fresh space: `kind`, `start` and `end` (x, y), `direction`, `key`, `status`, `ms`, `clear`, `submit`, `text`."""
        # Shallow copies of spaces that were never sampled from: each seeds a generator of its own at first use.
        return spaces.Dict({name: copy(space) for name, space in self._prototypes.items()})

    def encode(self, action: Action) -> Arrays:
        """The sample that comes nearest: `ms` is rounded to `DURATIONS_MS`, text cut, characters outside the charset become `?`.

        Raises:
            ValueError: The action's kind is not on offer.
        """
        name = self._names.get(type(action))
        if name is None:
            raise ValueError(f"{type(action).__name__} is not on offer; there are {', '.join(self.kinds)}")
        start = (getattr(action, "x", getattr(action, "x1", 0.0)), getattr(action, "y", getattr(action, "y1", 0.0)))
        end = (getattr(action, "x2", 0.0), getattr(action, "y2", 0.0))
        ms = getattr(action, "ms", DURATIONS_MS[0])
        text = getattr(action, "text", getattr(action, "name", ""))
        return {
            "kind": np.int64(self._number[name]),
            "start": np.array(start, np.float32),
            "end": np.array(end, np.float32),
            "direction": np.int64(DIRECTIONS.index(getattr(action, "direction", "up"))),
            "key": np.int64(KEYS.index(getattr(action, "key", "back"))),
            "status": np.int64(STATUSES.index(getattr(action, "status", "done"))),
            "ms": np.int64(min(range(len(DURATIONS_MS)), key=lambda i: abs(DURATIONS_MS[i] - ms))),
            "clear": np.int64(getattr(action, "clear", False)),
            "submit": np.int64(getattr(action, "submit", False)),
            "text": "".join(c if c in TEXT_CHARSET else "?" for c in text[:TEXT_LENGTH]),
        }

    def decode(self, sample: Mapping[str, Any]) -> Action:
        """The action that a sample stands for.

        Raises:
            ValueError: The sample is not one of the space.
        """
        try:
            kind = ACTION_TYPES[self.kinds[int(sample["kind"])]]
            return _decode(kind, sample)
        except (KeyError, IndexError, TypeError) as error:
            raise ValueError(f"not a sample of the action space ({type(error).__name__}: {error}): {dict(sample)!r}") from error

    def decode_batch(self, batch: Mapping[str, Any], count: int) -> list[Action]:
        """`decode` for each of `count` environments; arrays have a leading axis, `text` is a sequence."""
        return [self.decode({key: values[i] for key, values in batch.items()}) for i in range(count)]


def _decode(kind: type[Action], sample: Mapping[str, Any]) -> Action:
    kind = cast("Any", kind)
    if kind in (Tap, DoubleTap):
        return kind(*_point(sample["start"]))
    if kind is LongPress:
        return LongPress(*_point(sample["start"]), ms=_held(sample))
    if kind is Swipe:
        return Swipe(*_point(sample["start"]), *_point(sample["end"]), ms=_held(sample))
    if kind is Scroll:
        return Scroll(DIRECTIONS[int(sample["direction"])], *_point(sample["start"]))
    if kind is Type:
        return Type(str(sample["text"]), clear=bool(sample["clear"]), submit=bool(sample["submit"]))
    if kind is Press:
        return Press(KEYS[int(sample["key"])])
    if kind is Wait:
        return Wait(DURATIONS_MS[int(sample["ms"])])
    if kind is Finish:
        return Finish(STATUSES[int(sample["status"])])
    if kind in (OpenApp, Ask, Answer):
        return kind(str(sample["text"]))
    raise KeyError(kind)


def _point(values: NDArray[np.float32]) -> tuple[float, float]:
    x, y = values
    return min(max(float(x), 0.0), 1.0), min(max(float(y), 0.0), 1.0)


def _held(sample: Mapping[str, Any]) -> int:
    return min(DURATIONS_MS[int(sample["ms"])], _HOLD_LIMIT_MS)
