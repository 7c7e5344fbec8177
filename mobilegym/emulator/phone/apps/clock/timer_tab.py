"""The Timer tab: the keypad that sets a new timer, and a card per timer."""

from __future__ import annotations

from typing import Any, NamedTuple

from mobilegym.emulator.phone.apps.clock import timers
from mobilegym.emulator.phone.apps.clock.timers import EXPIRED, PAUSED, RESET, RUNNING, Timer
from mobilegym.emulator.phone.apps.clock.widgets import Ring, TimeText
from mobilegym.emulator.phone.apps.clock.words import timer_text
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Row, Spacer, Stack
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.dialog import DialogButton, InputDialog
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["add_timer", "build_timers", "cancel_setup", "in_setup", "start_timer"]

_LABEL = "timer_label"
_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "00", "0", "⌫")
_UNITS = ("hours", "minutes", "seconds")


class _Card(NamedTuple):
    """All that a card shows."""

    id: int
    state: int
    label: str
    length: str
    left: str
    thousandths: int
    """Of the ring, that are left."""


def in_setup(surface: Activity[Any]) -> bool:
    """Whether the keypad is shown: when asked for, or when there is no timer."""
    return surface.state.setup or not timers.all_timers(surface.kernel)


def build_timers(surface: Activity[Any]) -> View:
    """Keypad or cards."""
    if in_setup(surface):
        return memo(surface.ui, _setup, surface.state.digits, surface.ui.height < surface.ui.width)
    # Only whole seconds: the screen is the same however often somebody looked at it within one.
    now = surface.kernel.clock.now_ms // 1000 * 1000
    items = [(_shown(timer, now),) for timer in timers.all_timers(surface.kernel)]
    return LazyColumn(surface, "timers", items, _card, footer=136, rid="recycler_view", weight=1)


def _shown(timer: Timer, now_ms: int) -> _Card:
    left = timer.remaining(now_ms)
    share = max(0, min(1000, left * 1000 // max(1, timer.total_ms)))
    return _Card(timer.id, timer.state, timer.label, timer_text(timer.length_ms), timer_text(left), share)


# ---------------------------------------------------------------------- keypad


def _parts(digits: str) -> tuple[str, str, str]:
    padded = digits.zfill(6)
    return padded[:2], padded[2:4], padded[4:]


def _setup(digits: str, low: bool) -> View:
    parts = _parts(digits)
    filled = len(digits)
    shown = [
        TimeText(part, unit[0], size=50, small=22, gap="", space=2, cls=None,
                 color="primary" if filled > 4 - 2 * i else "on_surface_variant")
        for i, (part, unit) in enumerate(zip(parts, _UNITS, strict=True))
    ]  # fmt: skip
    words = ", ".join(f"{int(part)} {unit}" for part, unit in zip(parts, _UNITS, strict=True))
    label = " ".join(f"{part}{unit[0]}" for part, unit in zip(parts, _UNITS, strict=True))
    time = Row(*shown, gap=10, cls="android.widget.TextView", rid="timer_setup_time", label=label, desc=words, padding=(0, 24, 0, 20))
    size = 46 if low else 84
    gap = 6 if low else 8
    rows = [Row(*[_key(key, size) for key in _KEYS[i : i + 3]], gap=gap, cls=None) for i in range(0, 12, 3)]
    pad = Column(*rows, gap=gap, cls=None)
    if low:
        return Row(time, pad, cls="android.view.ViewGroup", rid="timer_setup", width=FILL, main="around", weight=1, cross="start")
    return Column(time, pad, cls="android.view.ViewGroup", rid="timer_setup", width=FILL, cross="center", weight=1)


def _key(key: str, size: float) -> View:
    back = key == "⌫"
    face: View = Icon("backspace-outline", size=26, color="on_secondary_container", gravity="center") if back else Text(
        key, "headline_medium", cls=None, gravity="center")  # fmt: skip
    return Stack(
        face, cls="android.widget.Button", rid="timer_setup_delete" if back else f"timer_setup_digit_{key}", label=key,
        desc="Delete" if back else "", on_tap=call(_typed, key), on_long=call(_cleared) if back else None, width=size, height=size,
        radius=size / 2, background="secondary_container" if back else "surface_container_high",
    )  # fmt: skip


def _typed(surface: Activity[Any], key: str) -> None:
    digits = surface.state.digits
    digits = digits[:-1] if key == "⌫" else digits + key if digits or key.strip("0") else ""
    if len(digits) <= 6:
        surface.update(digits=digits)


def _cleared(surface: Activity[Any]) -> None:
    surface.update(digits="")


def add_timer(surface: Activity[Any]) -> None:
    """Show the keypad for another timer."""
    surface.update(setup=True, digits="")


def cancel_setup(surface: Activity[Any]) -> None:
    """Back to the timers there are."""
    surface.update(setup=False, digits="")


def start_timer(surface: Activity[Any]) -> None:
    """Start what was entered."""
    hours, minutes, seconds = (int(part) for part in _parts(surface.state.digits))
    length = ((hours * 60 + minutes) * 60 + seconds) * 1000
    if length:
        surface.update(setup=False, digits="")
        timers.add(surface.kernel, length)
        surface.scroll_to("timers", 0)


# ---------------------------------------------------------------------- cards


def _card(card: _Card) -> View:
    head = Row(
        Row(
            Icon("label-outline", size=20), Text(card.label or "Add label", "body_large", cls=None, max_lines=1, weight=1), gap=8,
            cls="android.widget.TextView", rid="timer_label", label=card.label or "Add label", desc=card.label or "No label specified",
            on_tap=call(_ask_label, card.id, card.label), weight=1, min_height=40,
        ),
        IconButton("close", "Delete", call(_remove, card.id), rid="close", size=40),
        cls=None, width=FILL,
    )  # fmt: skip
    body = _still(card) if card.state == RESET else _dialled(card)
    return Column(
        Column(head, body, cls="androidx.cardview.widget.CardView", width=FILL, radius=28, padding=(20, 8, 12, 16),
               background="surface_container"),
        cls=None, width=FILL, padding=(16, 4),
    )  # fmt: skip


def _still(card: _Card) -> View:
    """A timer that waits: its length and a button to start it."""
    return Row(
        TimeText(card.left, size=42, rid="timer_time_text"), Spacer(), _play(card), cls=None, width=FILL,
        padding=(0, 4, 8, 0),
    )  # fmt: skip


def _dialled(card: _Card) -> View:
    """A timer that runs, is paused or is over: what is left inside a ring."""
    over = card.state == EXPIRED
    ring: Color = "error" if over else "primary"
    reset = None if over else IconButton(
        "restart", "Reset", call(_act, card.id, "RESET"), rid="reset", gravity="bottom", margin=(0, 0, 0, 22), size=40)  # fmt: skip
    dial = Stack(
        Ring(1 if over else card.thousandths / 1000, size=184, color=ring, gravity="center"),
        TimeText(card.left, size=40, rid="timer_time_text", gravity="center", color="error" if over else "on_surface"),
        reset, cls=None, width=196, height=188,
    )  # fmt: skip
    buttons = Column(_minute(card), _play(card), cls=None, gap=8, cross="end", weight=1)
    return Row(dial, buttons, cls=None, width=FILL, padding=(0, 4, 8, 0))


def _minute(card: _Card) -> View:
    return Stack(
        Text("+ 1:00", "label_large", color="on_secondary_container", cls=None, gravity="center"),
        cls="android.widget.Button", rid="add_one_min", label="+ 1:00", desc="Add 1 Minute", on_tap=call(_act, card.id, "ADD_MINUTE"),
        width=88, height=56, radius=28, background="secondary_container",
    )  # fmt: skip


def _play(card: _Card) -> View:
    icon, desc, what = {
        RUNNING: ("pause", "Pause", "PAUSE"), PAUSED: ("play", "Start", "START"), RESET: ("play", "Start", "START"),
    }.get(card.state, ("stop", "Stop", "RESET"))  # fmt: skip
    return Stack(
        Icon(icon, color="on_primary", gravity="center", size=28), cls="android.widget.ImageButton", rid="play_pause", desc=desc,
        on_tap=call(_act, card.id, what), width=88, height=56, radius=28, background="primary",
    )  # fmt: skip


def _act(surface: Activity[Any], timer_id: int, what: str) -> None:
    timers.act(surface.kernel, timer_id, what)


def _remove(surface: Activity[Any], timer_id: int) -> None:
    timers.remove(surface.kernel, timer_id)


def _ask_label(surface: Activity[Any], timer_id: int, label: str) -> None:
    surface.set_field(_LABEL, label)
    surface.show(InputDialog(
        key=_LABEL, label="Label", input_rid="label", allow_empty=True, positive=DialogButton("OK", Call(_labelled, (timer_id,))),
        negative=DialogButton("Cancel"),
    ))  # fmt: skip


def _labelled(surface: Activity[Any], timer_id: int, label: str) -> None:
    timers.rename(surface.kernel, timer_id, label.strip())
