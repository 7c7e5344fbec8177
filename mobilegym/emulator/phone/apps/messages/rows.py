"""Rows of the lists and bubbles of a conversation: pure functions of what they show."""

from __future__ import annotations

from typing import NamedTuple

from mobilegym.emulator.phone.ui.attrs import FILL, Handler
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.theme import Color
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.image import Image
from mobilegym.emulator.phone.ui.widgets.list_item import Avatar
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["Bubble", "ConversationItem", "bubble_row", "contact_row", "conversation_row", "date_row", "picture", "search_row"]


class ConversationItem(NamedTuple):
    """A conversation in a list."""

    thread_id: int
    title: str
    snippet: str
    date: str
    unread: bool
    draft: bool
    pinned: bool
    group: bool
    selected: bool


def conversation_row(item: ConversationItem, on_tap: Handler, on_long: Handler) -> View:
    """Picture, name, last message and date; bold while something is unread."""
    font = "bold" if item.unread else ""
    body: Color = "on_surface" if item.unread else "on_surface_variant"
    snippet = Text(item.snippet.replace("\n", " "), "body_medium", color=body, font=font, max_lines=1, rid="conversation_body_short",
                   weight=1)  # fmt: skip
    draft = Text("Draft", "body_medium", color="error", rid="draft_indicator", max_lines=1) if item.draft else None
    pin = Icon("pin", size=18, color="on_surface_variant", rid="pin_indicator", desc="Pinned") if item.pinned else None
    texts = Column(
        Row(Text(item.title, "title_medium", font=font or "regular", size=17, max_lines=1, rid="conversation_address", weight=1), pin,
            cls=None, width=FILL, gap=8),
        Row(draft, snippet, cls=None, gap=6, width=FILL),
        Text(item.date, "body_small", color="on_surface_variant", max_lines=1, rid="conversation_date"),
        cls=None, weight=1, gap=1,
    )  # fmt: skip
    return Row(
        picture(item.title, item.group, 48, "conversation_image"), texts, gap=14, cls="android.widget.FrameLayout",
        rid="conversation_frame", on_tap=on_tap, on_long=on_long, selected=item.selected, width=FILL, min_height=92, padding=(16, 8),
        background="secondary_container" if item.selected else None,
    )  # fmt: skip


def picture(name: str, group: bool, size: float, rid: str) -> View:
    """The first letter, or a symbol for several people and for a bare number."""
    if group or not any(c.isalpha() for c in name):
        return Stack(
            Icon("account-multiple" if group else "account", size=size * 0.6, color="white", gravity="center"),
            cls="android.widget.ImageView", rid=rid, width=size, height=size, radius=size / 2, background=0xFF7986CB,
        )  # fmt: skip
    return Avatar(name, size=size, cls="android.widget.ImageView", rid=rid)


def search_row(title: str, snippet: str, date: str, on_tap: Handler) -> View:
    """Something found: conversation, message, date."""
    texts = Column(
        Text(title, "title_medium", font="regular", max_lines=1, rid="search_result_title"),
        Text(snippet, "body_medium", color="on_surface_variant", max_lines=2, rid="search_result_snippet") if snippet else None,
        Text(date, "body_small", color="on_surface_variant", max_lines=1, rid="search_result_date") if date else None,
        cls=None, weight=1,
    )  # fmt: skip
    return Row(
        picture(title, False, 44, "search_result_image"), texts, gap=14, cls="android.widget.RelativeLayout", rid="search_result_holder",
        on_tap=on_tap, width=FILL, min_height=72, padding=(16, 8),
    )  # fmt: skip


def contact_row(name: str, detail: str, on_tap: Handler) -> View:
    """A contact with one number."""
    return Row(
        picture(name, False, 44, "item_contact_image"),
        Column(
            Text(name, "title_medium", font="regular", max_lines=1, rid="item_contact_name"),
            Text(detail, "body_medium", color="on_surface_variant", max_lines=1, rid="item_contact_number"),
            cls=None, weight=1,
        ),
        gap=14, cls="android.view.ViewGroup", rid="item_contact_frame", on_tap=on_tap, width=FILL, min_height=64, padding=(16, 6),
    )  # fmt: skip


# ---------------------------------------------------------------------- conversation


class Bubble(NamedTuple):
    """A message in a conversation."""

    mms: bool
    id: int
    body: str
    outgoing: bool
    sender: str
    """Name of who sent it, for the picture."""
    show_sender: bool
    """Whether the name stands above it (groups)."""
    note: str
    """Below it: that it failed, or when it will be sent."""
    failed: bool
    waiting: bool
    """Scheduled for later."""
    selected: bool
    images: tuple[tuple[object, ...], ...] = ()
    files: tuple[str, ...] = ()


def date_row(text: str) -> View:
    """Date and time above the messages that follow it."""
    return Row(
        Text(text, "body_small", color="on_surface_variant", rid="thread_date_time", text_align="center"),
        cls="android.widget.RelativeLayout", rid="thread_date_time_holder", main="center", width=FILL, padding=(0, 10, 0, 4),
    )  # fmt: skip


def bubble_row(bubble: Bubble, on_tap: Call, on_long: Call | None) -> View:
    """What was received is at the left with the sender's picture, what was sent at the right."""
    out = bubble.outgoing
    ground: Color = ("primary_container" if bubble.waiting else "primary") if out else "surface_container_highest"
    ink: Color = ("on_primary_container" if bubble.waiting else "on_primary") if out else "on_surface"
    radius = (20, 20, 4, 20) if out else (20, 20, 20, 4)
    parts: list[Kid] = [Image(key, fit="cover", width=220, height=165, radius=16, rid="attachment_image", desc="Image",
                              cls="android.widget.ImageView") for key in bubble.images]  # fmt: skip
    parts += [_file(name) for name in bubble.files]
    if bubble.body:
        body = Text(bubble.body, "body_large", color=ink, rid="thread_message_body")
        parts.append(Row(body, cls=None, padding=(14, 9), radius=radius, background=ground))
    if bubble.show_sender:
        parts.insert(0, Text(bubble.sender, "body_small", color="on_surface_variant", rid="thread_message_sender_name", padding=(4, 0)))
    if bubble.note:
        icon = Icon("clock-outline", size=14, color="on_surface_variant") if bubble.waiting else None
        note = Text(bubble.note, "body_small", color="error" if bubble.failed else "on_surface_variant",
                    rid="thread_error" if bubble.failed else "thread_scheduled")  # fmt: skip
        parts.append(Row(icon, note, cls=None, gap=4, padding=(0, 2)))
    wrapper = Column(*parts, cls="android.view.ViewGroup", rid="thread_message_wrapper", cross="end" if out else "start", max_width=296,
                     gap=2)  # fmt: skip
    return Row(
        None if out else Stack(picture(bubble.sender, False, 36, "thread_message_sender_photo"), cls=None), wrapper,
        cls="android.widget.RelativeLayout", rid="thread_message_holder", on_tap=on_tap, on_long=on_long, selected=bubble.selected,
        width=FILL, main="end" if out else "start", cross="end", gap=8, padding=(12, 3),
        background="secondary_container" if bubble.selected else None,
    )  # fmt: skip


def _file(name: str) -> View:
    return Row(
        Icon("file-document-outline"), Text(name, "body_medium", rid="filename", max_lines=1), cls=None, gap=8, padding=(12, 10), radius=16,
        background="surface_container_high",
    )  # fmt: skip
