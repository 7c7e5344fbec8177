"""`POST /actions`: sources of input that act tick by tick, turned into what fingers draw and what keys type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from mobilegym.emulator.phone.touch import Point
from mobilegym.emulator.phone.wire.automation.errors import AutomationError, bad_value
from mobilegym.emulator.phone.wire.uiautomator2.keys import KeyBoard
from mobilegym.emulator.phone.wire.uiautomator2.request import Arguments, handle_of, number_in
from mobilegym.emulator.phone.wire.uiautomator2.session import Session

__all__ = ["perform_actions"]

_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "pointer": ("pointerDown", "pointerMove", "pointerUp", "pointerCancel", "pause"), "key": ("keyDown", "keyUp", "pause"),
    "none": ("pause",),
}  # fmt: skip
_MOST_TICKS: Final = 10_000
_LONGEST_MS: Final = 600_000


@dataclass
class _Pointer:
    """A finger: where it is, and what it has drawn since it came down."""

    x: float = 0.0
    y: float = 0.0
    track: list[Point] | None = None
    done: list[list[Point]] = field(default_factory=list[list[Point]])

    def release(self, at_ms: float) -> None:
        """It leaves the screen."""
        if self.track is not None:
            self.track.append((at_ms, self.x, self.y))
            self.done.append(self.track)
            self.track = None


@dataclass
class _Source:
    kind: str
    actions: list[Mapping[str, object]]
    pointer: _Pointer = field(default_factory=_Pointer)


def perform_actions(a: Arguments) -> None:
    """Carry out all sources of input together. Nothing is done where one of them makes no sense."""
    sources = [_source(s) for s in _objects(a.body.get("actions"), "actions")]
    ticks = max((len(s.actions) for s in sources), default=0)
    if ticks > _MOST_TICKS:
        raise bad_value(f"there must be at most {_MOST_TICKS} actions in a source, got {ticks}")
    keys: list[tuple[float, str, str]] = []
    """When, `keyDown` or `keyUp`, which."""
    at_ms = last_ms = 0.0
    for tick in range(ticks):
        now = [(s, s.actions[tick]) for s in sources if tick < len(s.actions)]
        length = max(_duration(action) for _, action in now)
        for source, action in now:
            kind = action["type"]
            if kind in ("keyDown", "keyUp"):
                keys.append((at_ms, str(kind), _key(action)))
            elif kind != "pause":
                _point(a.session, source.pointer, action, at_ms, length)
            if kind != "pause":
                last_ms = at_ms + (_duration(action) if kind == "pointerMove" else 0)
        at_ms += length
        if at_ms > _LONGEST_MS:
            raise bad_value(f"the actions must not take more than {_LONGEST_MS} ms")
    for source in sources:
        source.pointer.release(at_ms)
    _carry_out(a.session, [t for s in sources for t in s.pointer.done], keys)
    if at_ms > last_ms:
        a.session.actor.pause(round(at_ms - last_ms))


def _objects(value: object, name: str) -> list[Mapping[str, object]]:
    if not isinstance(value, list):
        raise bad_value(f"`{name}` must be a list of objects, got {value!r}"[:300])
    items = cast("list[object]", value)
    for item in items:
        if not isinstance(item, dict):
            raise bad_value(f"`{name}` must be a list of objects, got {item!r}"[:300])
    return cast("list[Mapping[str, object]]", items)


def _source(raw: Mapping[str, object]) -> _Source:
    kind = raw.get("type")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise bad_value(f"the type of an input source must be one of {', '.join(_KINDS)}; got {kind!r}"[:300])
    if not isinstance(raw.get("id"), str):
        raise bad_value("an input source must have an `id`")
    actions = _objects(raw.get("actions"), "actions")
    for action in actions:
        if action.get("type") not in _KINDS[kind]:
            raise bad_value(f"a {kind} source knows {', '.join(_KINDS[kind])}; got {action.get('type')!r}"[:300])
    return _Source(kind, actions)


def _duration(action: Mapping[str, object]) -> float:
    duration = number_in(action, "duration", 0.0)
    if not 0 <= duration <= _LONGEST_MS:
        raise bad_value(f"`duration` must be between 0 and {_LONGEST_MS} ms, got {duration:g}")
    return duration


def _key(action: Mapping[str, object]) -> str:
    value = action.get("value")
    if not isinstance(value, str) or len(value) != 1:
        raise bad_value(f"`value` of a key must be one character, got {value!r}"[:300])
    return value


def _point(session: Session, pointer: _Pointer, action: Mapping[str, object], at_ms: float, length: float) -> None:
    match action["type"]:
        case "pointerDown":
            pointer.release(at_ms)
            pointer.track = [(at_ms, pointer.x, pointer.y)]
        case "pointerUp":
            pointer.release(at_ms)
        case "pointerCancel":
            pointer.track = None
        case _:
            x, y = _target(session, pointer, action)
            if pointer.track is not None:
                pointer.track += [(at_ms, pointer.x, pointer.y), (at_ms + min(_duration(action), length), x, y)]
            pointer.x, pointer.y = x, y


def _target(session: Session, pointer: _Pointer, action: Mapping[str, object]) -> tuple[float, float]:
    x, y = number_in(action, "x", 0.0), number_in(action, "y", 0.0)
    origin = action.get("origin", "viewport")
    if origin == "pointer":
        x, y = pointer.x + x, pointer.y + y
    elif isinstance(origin, dict):
        middle = session.node(handle_of(cast("Mapping[str, object]", origin))).bounds.center
        x, y = middle[0] + x, middle[1] + y
    elif origin != "viewport":
        raise bad_value(f"`origin` must be `viewport`, `pointer` or an element, got {origin!r}"[:300])
    ui = session.system.kernel.ui
    if not (0 <= x <= ui.width and 0 <= y <= ui.height):
        raise AutomationError("move target out of bounds", f"The point ({x:g}, {y:g}) is not on the screen of {ui.width} x {ui.height}")
    return x, y


def _carry_out(session: Session, tracks: Sequence[list[Point]], keys: Sequence[tuple[float, str, str]]) -> None:
    """Fingers and keys by their time: what was drawn when a key goes down happens before it."""
    keyboard = KeyBoard(session.actor)
    left = sorted(tracks, key=lambda t: t[0][0])
    for at_ms, kind, key in keys:
        before = [t for t in left if t[-1][0] <= at_ms]
        if before:
            keyboard.flush()
            session.actor.tracks(before)
            session.actor.rest()
            left = [t for t in left if t[-1][0] > at_ms]
        (keyboard.down if kind == "keyDown" else keyboard.up)(key)
    keyboard.flush()
    if left:
        session.actor.tracks(left)
