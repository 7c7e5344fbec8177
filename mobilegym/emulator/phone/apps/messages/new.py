"""A new conversation: whom to write to. Also what other apps start to send a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs, unquote

from mobilegym.emulator.phone.apps.messages import store
from mobilegym.emulator.phone.apps.messages.rows import contact_row, picture
from mobilegym.emulator.phone.apps.messages.thread import ThreadActivity
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.dialog import ChoiceDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.list_item import Divider, SectionHeader
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn, ScrollRow
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import EditText

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["NewConversationActivity", "NewState", "people_with_numbers", "sms_uri"]

_FIELD = "new_conversation_address"
_SUGGESTIONS = 8


def sms_uri(data: str) -> tuple[tuple[str, ...], str]:
    """Numbers and text of an `sms:`, `smsto:` or `mmsto:` URI."""
    path, _, query = data.partition(":")[2].partition("?")
    numbers = unquote(path.lstrip("/")).replace(";", ",").split(",")
    return tuple(n.strip() for n in numbers if n.strip()), next(iter(parse_qs(query).get("body", [])), "")


_PEOPLE: dict[tuple[int, str], tuple[tuple[str, tuple[str, ...]], ...]] = {}


def people_with_numbers(kernel: Kernel, text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Contacts that have a number and fit a search text: name and numbers, by name."""
    contacts = kernel.content.contacts
    key = (contacts.token, text)
    if key not in _PEOPLE:
        if len(_PEOPLE) > 256:
            _PEOPLE.clear()
        rows = [row for row in contacts.display_list(text) if row.has_phone]
        _PEOPLE[key] = tuple((row.name, tuple(phone.number for phone in contacts.get(row.id).phones)) for row in rows)
    return _PEOPLE[key]


@dataclass(frozen=True, slots=True)
class NewState:
    pass


class NewConversationActivity(Activity[NewState]):
    """Extra `text` (or the intent's text) becomes the draft of the conversation that is chosen."""

    name: ClassVar[str] = "org.fossify.messages.activities.NewConversationActivity"

    def initial(self) -> NewState:
        return NewState()

    def on_create(self) -> None:
        numbers, _ = sms_uri(self.intent.data)
        if numbers:
            self._go(numbers)
        else:
            self.focus_on(_FIELD)

    def _text(self) -> str:
        sent = self.intent.text("sms_body") or self.intent.text("android.intent.extra.TEXT") or self.intent.text("text")
        return sent or sms_uri(self.intent.data)[1]

    def build(self) -> View:
        text = self.field(_FIELD)
        items: list[tuple[Any, ...]] = [
            (name, ", ".join(numbers), numbers) for name, numbers in people_with_numbers(self.kernel, text.strip())
        ]
        done = call(NewConversationActivity.confirm)
        confirm = IconButton("check", "OK", done, rid="new_conversation_confirm") if _is_number(text) else None
        entry = Row(
            EditText(self, _FIELD, hint="Add Contact or Number…", ime="go", on_change=Call(NewConversationActivity.typed),
                     on_submit=Call(NewConversationActivity.submitted), rid="new_conversation_address", weight=1, height=FILL),
            confirm, cls=None, width=FILL, height=60, padding=(16, 0, 4, 0),
        )  # fmt: skip
        header: list[Kid] = [] if text else self._suggestions()
        if not items:
            note = "No contacts have been found" if text or not header else ""
            header.append(Text(note, "body_large", color="on_surface_variant", rid="no_contacts_placeholder", text_align="center",
                               padding=(32, 48, 32, 0)) if note else None)  # fmt: skip
        return Column(
            AppBar("New conversation", on_up=call(NewConversationActivity.finish), rid="new_conversation_toolbar"), entry, Divider(),
            LazyColumn(self, "contacts", items, _row, header=header, rid="contacts_list", weight=1),
            cls="android.view.ViewGroup", rid="new_conversation_coordinator", width=FILL, height=FILL,
        )  # fmt: skip

    def _suggestions(self) -> list[Kid]:
        """The people last written with."""
        kernel = self.kernel
        single = [c.addresses[0] for c in kernel.content.sms.conversations() if len(c.addresses) == 1][:_SUGGESTIONS]
        if not single:
            return []
        cells = [_suggestion(store.name_of(kernel, number), number) for number in single]
        return [
            SectionHeader("Suggestions", rid="suggestions_label"),
            ScrollRow(self, "suggestions", *cells, gap=8, rid="suggestions_scrollview", padding=(12, 0, 12, 12), width=FILL),
        ]

    # ------------------------------------------------------------------ handlers

    def typed(self, text: str) -> None:
        """The text changed: begin at the top of what fits."""
        del text
        self.scroll_to("contacts", 0)

    def submitted(self, text: str) -> None:
        """The keyboard's action key."""
        if _is_number(text):
            self.confirm()

    def confirm(self) -> None:
        """Write to the number that was typed."""
        parts = self.field(_FIELD).replace(",", ";").split(";")
        self._go(tuple(part.strip() for part in parts if part.strip()))

    def chosen(self, name: str, numbers: tuple[str, ...]) -> None:
        """A contact: write to their number, or ask which."""
        if len(numbers) == 1:
            self._go(numbers)
        else:
            self.show(ChoiceDialog(heading=name, options=numbers, on_choose=Call(NewConversationActivity.picked, (numbers,)), radios=True,
                                   negative=DialogButton("Cancel")))  # fmt: skip

    def picked(self, numbers: tuple[str, ...], index: int) -> None:
        """One of several numbers."""
        self._go((numbers[index],))

    def suggested(self, number: str) -> None:
        """One of the people last written with."""
        self._go((number,))

    def _go(self, numbers: tuple[str, ...]) -> None:
        stream = self.intent.text("android.intent.extra.STREAM")
        self.open(ThreadActivity, addresses=numbers, text=self._text(), stream=stream, mime=self.intent.mime if stream else "")
        self.finish()


@lru_cache(maxsize=256)
def _is_number(text: str) -> bool:
    """Whether a text can be written to: it has a digit and nothing but what numbers consist of, or is an address."""
    return any(c.isdigit() for c in text) and all(c.isdigit() or c in " +-().#*,;/" for c in text) or "@" in text.strip(" @")


def _row(name: str, detail: str, numbers: tuple[str, ...]) -> View:
    return contact_row(name, detail, call(NewConversationActivity.chosen, name, numbers))


def _suggestion(name: str, number: str) -> View:
    return Column(
        picture(name, False, 52, "suggested_contact_image"),
        Text(name, "body_medium", max_lines=2, text_align="center", rid="suggested_contact_name", width=76),
        cls="android.widget.RelativeLayout", rid="suggested_contact_holder", cross="center", gap=6, width=80, padding=(0, 4), align="start",
        on_tap=call(NewConversationActivity.suggested, number),
    )  # fmt: skip
