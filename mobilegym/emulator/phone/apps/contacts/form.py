"""The contact editor's state, and parts of its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from mobilegym.emulator.phone.apps.contacts.store import Draft
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.image import Image
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["EditorState", "Slot", "choice_field", "form_row", "kind_field", "photo_view"]


class Slot(NamedTuple):
    """A number or address that is being edited; its text is in the field `phone_<id>` or `email_<id>`."""

    id: int
    kind: int
    label: str = ""


@dataclass(frozen=True)
class EditorState:
    """The form apart from its texts."""

    contact_id: int = 0
    before: Draft = Draft()
    phones: tuple[Slot, ...] = (Slot(0, 2),)
    emails: tuple[Slot, ...] = (Slot(0, 1),)
    birthday: str = ""
    groups: frozenset[int] = frozenset()
    photo: bytes | None = None
    all_names: bool = False
    more: bool = False


def form_row(icon: str, desc: str, field: View, trailing: Kid = None) -> View:
    """A field behind the icon of its section (only the first field of a section shows it); room for a button at the end."""
    return Row(
        Icon(icon, desc=desc, rid="kind_icon") if icon else View(cls=None, width=24, height=24),
        field.but(weight=1),
        trailing or View(cls=None, width=48, height=48),
        cls=None, width=FILL, padding=(16, 0, 4, 0),
    )  # fmt: skip


def choice_field(label: str, value: str, icon: str, icon_desc: str, tap: Call, *, rid: str, width: float | None = FILL) -> View:
    """An outlined field that opens a choice instead of taking text."""
    filled = bool(value)
    frame = Row(
        Text(value or label, "body_large", color="on_surface" if filled else "on_surface_variant", max_lines=2, weight=1, cls=None,
             padding=(16, 8)),
        IconButton(icon, icon_desc, tap, size=48),
        cls="android.widget.Spinner", rid=rid, label=value or label, on_tap=tap, width=FILL, min_height=56, radius=4, border="outline",
    )  # fmt: skip
    floating = None
    if filled:
        floating = Text(
            label, "body_small", color="on_surface_variant", cls=None, background="background", padding=(4, 0), margin=(12, -8, 0, 0)
        )
    return Column(Stack(frame, floating, cls=None, width=FILL), cls=None, width=width, margin=(16, 6))


def kind_field(kind: str, tap: Call, rid: str) -> View:
    """The type of a number or address."""
    return choice_field("Label", kind, "menu-down", "Show dropdown menu", tap, rid=rid)


def photo_view(photo: tuple[Any, ...] | None, tap: Call | None) -> View:
    """The picture at the top and where the contact is stored; without `tap` no other picture can be had."""
    if photo is not None:
        picture: View = Image(photo, width=120, height=120, radius=60, cls=None)
    else:
        glyph = Icon("camera-plus-outline" if tap else "account", size=40, color="on_primary_container", gravity="center")
        picture = Stack(glyph, cls=None, width=120, height=120, radius=60, background="primary_container")
    account = Row(
        Icon("cellphone", size=18), Text("Saving to Device", "body_medium", color="on_surface_variant", rid="account_name"), gap=8,
        cls=None,
        margin=(0, 8, 0, 8),
    )  # fmt: skip
    return Column(
        Stack(picture, cls="android.widget.ImageView", desc="Add contact photo" if photo is None else "Contact photo", rid="photo_icon",
              on_tap=tap),
        Button("Add picture" if photo is None else "Change photo", tap, kind="text") if tap else None,
        account, cls=None, width=FILL, cross="center", padding=(0, 12, 0, 4),
    )  # fmt: skip
