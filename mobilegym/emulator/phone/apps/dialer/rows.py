"""Rows of the Phone app."""

from __future__ import annotations

from typing import Any, Final

from mobilegym.emulator.phone.apps.contacts.rows import avatar
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.list_item import SectionHeader
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["CALL_ICONS", "CALL_WORDS", "call_icon", "call_row", "header_row", "keypad", "number_row", "plain_row"]

CALL_ICONS: Final = {
    "incoming": "call-received", "outgoing": "call-made", "missed": "call-missed", "voicemail": "voicemail", "rejected": "call-missed",
    "blocked": "cancel",
}  # fmt: skip
"""Icon by kind of call."""
CALL_WORDS: Final = {
    "incoming": "Incoming call", "outgoing": "Outgoing call", "missed": "Missed call", "voicemail": "Voicemail",
    "rejected": "Declined call",
    "blocked": "Blocked call",
}  # fmt: skip
"""Kinds of calls as details list them."""
_SAID: Final = {
    "incoming": "Answered call from", "outgoing": "Call to", "missed": "Missed call from", "voicemail": "Voicemail from",
    "rejected": "Declined call from", "blocked": "Blocked call from",
}  # fmt: skip

_KEYS: Final = (
    ("1", "one", ""), ("2", "two", "ABC"), ("3", "three", "DEF"), ("4", "four", "GHI"), ("5", "five", "JKL"), ("6", "six", "MNO"),
    ("7", "seven", "PQRS"), ("8", "eight", "TUV"), ("9", "nine", "WXYZ"), ("*", "star", ""), ("0", "zero", "+"), ("#", "pound", ""),
)  # fmt: skip


def call_icon(kind: str, size: float = 16) -> View:
    """The arrow of a call; red for one that was missed."""
    color: Color = "error" if kind == "missed" else "on_surface_variant"
    return Icon(CALL_ICONS[kind], size=size, color=color)


def header_row(text: str) -> View:
    """`Today`, `Yesterday`, `Older`."""
    return SectionHeader(text, padding=(16, 16, 16, 4), color="on_surface_variant", rid="call_log_header")


def call_row(
    name: str, photo: tuple[Any, ...] | None, kind: str, detail: str, count: int, new: bool, expanded: bool,
    actions: tuple[tuple[str, str, Call], ...],
    tap: Call, long: Call, dial: Call | None, show: Call | None,
) -> View:  # fmt: skip
    """A line of the call log; expanded it has buttons below."""
    picture = avatar(name, photo, cls="android.widget.QuickContactBadge", rid="quick_contact_photo", desc=f"Quick contact for {name}")
    if show is not None:
        picture = picture.but(on_tap=show)
    bold = "bold" if new else ""
    head = Row(
        picture,
        Column(
            Text(f"{name} ({count})" if count > 1 else name, "body_large", font=bold, max_lines=1, rid="primary_text"),
            Row(call_icon(kind), Text(detail, "body_medium", color="error" if new else "on_surface_variant", max_lines=1,
                rid="secondary_text"),
                gap=6, cls=None),
            cls=None, weight=1,
        ),
        IconButton("phone-outline", f"Call {name}", dial, rid="call_back_button", color="on_surface") if dial is not None else None,
        gap=16, cls="android.view.ViewGroup", rid="call_log_entry", desc=f"{_SAID[kind]} {name}, {detail}", width=FILL, min_height=72,
        padding=(16, 8, 8, 8), on_tap=tap, on_long=long,
    )  # fmt: skip
    if not expanded or not actions:
        return head
    buttons = [
        Column(
            Icon(icon, color="primary"), Text(label, "label_medium", color="primary", cls=None, padding=(0, 6, 0, 0), max_lines=1),
            cls="android.widget.Button", label=label, on_tap=run, weight=1, cross="center", padding=(2, 10), radius=12,
        )
        for icon, label, run in actions
    ]  # fmt: skip
    return Column(
        head, Row(*buttons, cls=None, width=FILL, padding=(8, 0, 8, 8)), cls=None, width=FILL, background="surface_container", radius=16,
    )  # fmt: skip


def number_row(name: str, photo: tuple[Any, ...] | None, detail: str, tap: Call, long: Call | None = None) -> View:
    """A contact's number in search results and suggestions."""
    return Row(
        avatar(name, photo),
        Column(
            Text(name, "body_large", max_lines=1, rid="primary"),
            Text(detail, "body_medium", color="on_surface_variant", max_lines=1, rid="secondary"),
            cls=None, weight=1,
        ),
        gap=16, cls="android.view.ViewGroup", rid="search_result", width=FILL, min_height=64, padding=(16, 6), on_tap=tap, on_long=long,
    )  # fmt: skip


def plain_row(icon: str, label: str, tap: Call) -> View:
    """A line that does something with the number entered."""
    return Row(
        Icon(icon, rid="search_action_image", margin=(8, 0)), Text(label, "body_large", rid="search_action_text", weight=1, max_lines=1),
        gap=16, cls="android.widget.FrameLayout", width=FILL, min_height=56, padding=(16, 4), on_tap=tap,
    )  # fmt: skip


def keypad(tap: Call, long: Call | None, gap: float = 10, low: bool = False) -> View:
    """Twelve keys in four rows; handlers get the key. Low ones have their letters beside the digit."""
    rows = [
        Row(*[_key(*key, tap, long, low) for key in _KEYS[i : i + 3]], gap=gap, cls="android.widget.LinearLayout", width=FILL)
        for i in (0, 3, 6, 9)
    ]
    return Column(*rows, gap=gap, cls="android.widget.LinearLayout", rid="dialpad", width=FILL, padding=(16, 0))


def _key(key: str, rid: str, letters: str, tap: Call, long: Call | None, low: bool) -> View:
    below: Kid = None
    if key == "1":
        below = Icon("voicemail", size=16, rid="dialpad_key_voicemail")
    elif letters:
        below = Text(letters, "label_small", color="on_surface_variant", rid="dialpad_key_letters", max_lines=1)
    held = Call(long.fn, (*long.args, key)) if long is not None and key in "10" else None
    digit = Text(key, "title_large" if low else "headline_medium", rid="dialpad_key_number", max_lines=1)
    return Stack(
        Row(digit, below, gap=8, cls=None, gravity="center") if low else Column(digit, below, cls=None, cross="center", gravity="center"),
        cls="android.widget.FrameLayout", rid=rid, desc=f"{key},{letters}" if key.isdigit() and key != "0" else key,
        on_tap=Call(tap.fn, (*tap.args, key)), on_long=held, weight=1, min_height=44 if low else 60, radius=30,
        background="surface_container_high",
    )  # fmt: skip
