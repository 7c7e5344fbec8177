"""Rows of contact lists, for the Contacts app and the Phone app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from mobilegym.emulator.phone.apps.contacts.store import Entry, Same, cached
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, bind
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.list_item import Avatar
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["action_row", "avatar", "contact_items", "contact_row", "mixed_row", "person_color", "section_items"]

_COLORS: Final = (0xFF5B74B8, 0xFF2E8B7F, 0xFFC0627A, 0xFF8560B0, 0xFF3F82B5, 0xFFB8683A, 0xFF5B8C4A, 0xFF8A6B5A, 0xFF607D8B, 0xFFAD5AA0)
_UNKNOWN: Final = 0xFF7A7F87


def person_color(name: str) -> int:
    """The colour of the disc behind a name's letter."""
    return _COLORS[sum(name.encode()) % len(_COLORS)] if any(c.isalpha() for c in name) else _UNKNOWN


def avatar(name: str, photo: tuple[Any, ...] | None, *, size: float = 40, **attrs: Any) -> View:
    """A contact's photo, or a letter, or a figure where there is no letter to show."""
    if photo is None and not any(c.isalpha() for c in name):
        attrs.setdefault("cls", None)
        return Stack(
            Icon("account", size=size * 0.6, color="white", gravity="center"), width=size, height=size, radius=size / 2,
            background=_UNKNOWN, **attrs,
        )  # fmt: skip
    return Avatar(next((c for c in name if c.isalpha()), name), size=size, image=photo, color=person_color(name), **attrs)


def contact_items(
    found: Sequence[Entry], tap: Call, long: Call | None, selected: frozenset[int], selecting: bool
) -> tuple[tuple[Any, ...], ...]:
    """Arguments of `contact_row` for a list of contacts; the same object for the same list. Handlers get the contact's id."""
    return cached(
        ("items", Same(found), tap, long, selected, selecting),
        lambda: tuple(
            (entry.name, entry.photo, entry.label if i == 0 or found[i - 1].label != entry.label else "", entry.id in selected, selecting,
             bind(tap, entry.id), None if long is None else bind(long, entry.id))
            for i, entry in enumerate(found)
        ),
    )  # fmt: skip


def section_items(
    head: Sequence[tuple[Any, ...]], favourites: Sequence[Entry], found: Sequence[Entry], tap: Call, long: Call | None,
    selected: frozenset[int] = frozenset(), selecting: bool = False,
) -> tuple[tuple[Any, ...], ...]:  # fmt: skip
    """Arguments of `mixed_row`: action rows, the favourites behind a star, then everybody by letter."""
    head = tuple(head)

    def make() -> tuple[tuple[Any, ...], ...]:
        stars = [("contact", *item[:2], "★" if i == 0 else "", *item[3:]) for i, item in enumerate(
            contact_items(tuple(favourites), tap, long, selected, selecting))]  # fmt: skip
        rest = [("contact", *item) for item in contact_items(found, tap, long, selected, selecting)]
        return (*(("action", *row) for row in head), *stars, *rest)

    return cached(("mixed", head, tuple(favourites), Same(found), tap, long, selected, selecting), make)


def mixed_row(kind: str, *args: Any) -> View:
    """A row of a list that `section_items` made."""
    return action_row(*args) if kind == "action" else contact_row(*args)


def contact_row(
    name: str, photo: tuple[Any, ...] | None, letter: str, selected: bool, selecting: bool, tap: Call, long: Call | None
) -> View:  # fmt: skip
    """A line of a contact list: the section's letter (`-` for no room for one), a picture, the name; a tick where it is selected."""
    mark: Kid = None
    if letter == "★":
        mark = Icon("star", size=20, color="primary", gravity="center")
    elif letter not in ("", "-"):
        mark = Text(letter, "title_medium", color="primary", gravity="center")
    if selected:
        picture: View = Stack(
            Icon("check", color="on_primary", gravity="center"), cls=None, width=40, height=40, radius=20, background="primary"
        )
    else:
        picture = avatar(name, photo, cls="android.widget.QuickContactBadge", rid="cliv_photo", desc=f"Quick contact for {name}")
    return Row(
        Stack(mark, cls=None, width=56, height=56) if letter != "-" else View(cls=None, width=8),
        picture,
        Text(name, "body_large", max_lines=1, weight=1, rid="cliv_name_textview"),
        gap=16, cls="android.view.ViewGroup", width=FILL, min_height=56, padding=(0, 0, 16, 0), on_tap=tap, on_long=long,
        selected=selected, checkable=selecting, checked=selected, background="secondary_container" if selected else None,
    )  # fmt: skip


def action_row(icon: str, label: str, tap: Call) -> View:
    """A line that does something, such as `Create new contact`."""
    return Row(
        Stack(
            Icon(icon, color="primary", gravity="center"), cls=None, width=40, height=40, radius=20, background="secondary_container",
            margin=(72, 0, 0, 0),
        ),
        Column(Text(label, "body_large", color="primary", font="medium", rid="action_text", max_lines=1), cls=None, weight=1),
        gap=16, cls="android.widget.LinearLayout", width=FILL, min_height=56, padding=(0, 0, 16, 0), on_tap=tap,
    )  # fmt: skip
