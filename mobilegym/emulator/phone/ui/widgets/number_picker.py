"""The wheel with a number on it that AOSP calls a number picker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.call import Call, OverlayCall, bind
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Kid
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import EditText

__all__ = ["NumberPicker"]


def NumberPicker(
    value: int, minimum: int, maximum: int, on_change: Handler, *, labels: Sequence[str] = (), wrap: bool = True, host: Host | None = None,
    key: str = "", **attrs: Any,
) -> View:  # fmt: skip
    """The value between the one before and the one after it; a tap on those, or a swipe, moves the wheel by one.

    Args:
        value: Present value, `minimum` to `maximum`.
        minimum: Least value.
        maximum: Greatest value.
        on_change: Gets the new value.
        labels: Texts for the values, from the least on; the numbers themselves unless given.
        wrap: Whether the least follows the greatest.
        host: With `key`: makes the number editable, with its text under that key (set it when the value changes); the
            number typed is passed on as long as it is in range. `on_change` must be a `Call` then.
        key: See `host`.
        attrs: Of the whole picker.
    """
    attrs.setdefault("width", 64)
    before, after = _step(value, -1, minimum, maximum, wrap), _step(value, 1, minimum, maximum, wrap)
    middle: Kid
    if host is not None and key and isinstance(on_change, Call):
        middle = EditText(
            host, key, hint=_text(value, minimum, labels), role="title_large", input_type="number", max_length=len(str(maximum)),
            on_change=Call(_typed, (minimum, maximum, on_change)), rid="android:id/numberpicker_input", height=48, align="center",
            padding=(4, 0), min_width=24,
        )  # fmt: skip
    else:
        middle = Text(
            _text(value, minimum, labels), "title_large", cls="android.widget.EditText", rid="android:id/numberpicker_input",
            min_height=48, text_align="center", width=FILL, max_lines=1, focusable=True,
        )  # fmt: skip
    swipe = type(on_change)(_swiped, (frozenset(("up", "down")), before, after, on_change))
    return Column(
        _side(before, minimum, labels, on_change), _line(), middle, _line(), _side(after, minimum, labels, on_change),
        cls="android.widget.NumberPicker", on_swipe=swipe, cross="fill", **attrs,
    )  # fmt: skip


def _text(value: int, minimum: int, labels: Sequence[str]) -> str:
    return labels[value - minimum] if labels else str(value)


def _step(value: int, by: int, minimum: int, maximum: int, wrap: bool) -> int | None:
    to = value + by
    if minimum <= to <= maximum:
        return to
    return (minimum if to > maximum else maximum) if wrap and maximum > minimum else None


def _line() -> View:
    return View(cls=None, width=FILL, height=2, background="primary")


def _side(value: int | None, minimum: int, labels: Sequence[str], on_change: Handler) -> View:
    if value is None:
        return View(cls=None, width=FILL, height=48)
    return Text(
        _text(value, minimum, labels), "body_large", color="on_surface_variant", cls="android.widget.Button", on_tap=bind(on_change, value),
        min_height=48, text_align="center", width=FILL, max_lines=1,
    )  # fmt: skip


def _typed(surface: Any, minimum: int, maximum: int, on_change: Call, text: str) -> None:
    if text.isdecimal() and minimum <= int(text) <= maximum:
        on_change.fn(surface, *on_change.args, int(text))


def _swiped(
    target: Any, directions: frozenset[str], before: int | None, after: int | None, on_change: Call | OverlayCall, finger: str
) -> Any:
    del directions
    to = after if finger == "up" else before
    if to is not None:
        return on_change.fn(target, *on_change.args, to)
    return target
