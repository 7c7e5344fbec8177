"""The dialpad with what it finds, and the search."""

from __future__ import annotations

from typing import Any

from mobilegym.emulator.phone.apps.contacts.store import Same, cached
from mobilegym.emulator.phone.apps.dialer.recents import LogScreen
from mobilegym.emulator.phone.apps.dialer.rows import keypad, number_row, plain_row
from mobilegym.emulator.phone.apps.dialer.store import Match, clean_number, keypad_matches, phone_matches
from mobilegym.emulator.phone.apps.numbers import number_typed, shown_number
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Row, Stack
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.empty_state import EmptyState
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.search_view import SearchField
from mobilegym.emulator.phone.ui.widgets.text_field import EditText

__all__ = ["FindScreen"]

_DIGITS = "digits"
_QUERY = "query"


class FindScreen(LogScreen):
    """The parts of the main screen that find a number to call."""

    # ------------------------------------------------------------------ dialpad

    def open_dialpad(self, number: str = "") -> None:
        """Show the dialpad."""
        self.set_field(_DIGITS, number_typed(number))
        self.update(dialpad=True, searching=False)
        self.focus_on(_DIGITS, keyboard=False)

    def close_dialpad(self) -> None:
        """Put the dialpad away."""
        self.set_field(_DIGITS, "")
        self.clear_focus()
        self.update(dialpad=False)

    def press_key(self, key: str) -> None:
        """A key of the dialpad, at the caret."""
        text = self.field(_DIGITS)
        low, high = sorted(self.selection) if self.focus == _DIGITS else (len(text), len(text))
        if high < len(text):
            self.set_field(_DIGITS, text[:low] + key + text[high:])
            self.selection = (low + 1, low + 1)
            return
        self.set_field(_DIGITS, number_typed(text[:low] + key))
        self.focus_on(_DIGITS, keyboard=False)

    def hold_key(self, key: str) -> None:
        """A long press: 0 gives +, 1 calls the voicemail."""
        if key == "0":
            self.press_key("+")
            return
        self.show(AlertDialog(heading="Missing voicemail number", message="No voicemail number is stored on the SIM card.",
                              positive=DialogButton("OK")))  # fmt: skip

    def backspace(self) -> None:
        """Take the last digit away."""
        text = self.field(_DIGITS)
        low, high = sorted(self.selection) if self.focus == _DIGITS else (len(text), len(text))
        if low == high:
            low = max(0, low - 1)
        rest = text[:low] + text[high:]
        self.set_field(_DIGITS, number_typed(rest) if high == len(text) else rest)
        if high < len(text):
            self.selection = (low, low)

    def clear_digits(self) -> None:
        """Take all digits away."""
        self.set_field(_DIGITS, "")

    def typed(self, text: str) -> None:
        """Digits came from a keyboard."""
        if self.selection == (len(text), len(text)) and (shown := number_typed(text)) != text:
            self.set_field(_DIGITS, shown)

    def call_digits(self) -> None:
        """Call what is entered; with nothing entered the last number called comes back."""
        number = clean_number(self.field(_DIGITS))
        if number:
            self.close_dialpad()
            self.dial(number)
            return
        last = next((c.number for c in self.kernel.content.calls.recent() if c.kind == "outgoing"), "")
        if last:
            self.open_dialpad(last)

    def submit(self, text: str) -> None:
        """The action key of a keyboard."""
        del text
        self.call_digits()

    def dialpad_menu(self) -> None:
        """Pauses in a number."""
        self.show(Menu(items=(
            MenuItem("Add 2-sec pause", call(FindScreen.press_key, ",")), MenuItem("Add wait", call(FindScreen.press_key, ";")),
        )))  # fmt: skip

    def call_match(self, number: str) -> None:
        """Call a number that was found."""
        if self.state.dialpad:
            self.close_dialpad()
        if self.state.searching:
            self.stop_search()
        self.dial(number)

    def dialpad_view(self) -> View:
        """Suggestions above, keys below. With a keyboard in front the keys make room for it."""
        digits = self.field(_DIGITS)
        number = clean_number(digits)
        items = _match_items(keypad_matches(self.kernel, digits), _number_actions(number) if number else ())
        field = Row(
            IconButton("dots-vertical", "More options", call(FindScreen.dialpad_menu), rid="dialpad_overflow", enabled=bool(number)),
            EditText(self, _DIGITS, hint="", role="headline_medium", input_type="phone", rid="digits", weight=1, height=56,
                     on_change=Call(FindScreen.typed), on_submit=Call(FindScreen.submit), padding=(4, 8)),
            IconButton("backspace-outline", "backspace", call(FindScreen.backspace), on_long=call(FindScreen.clear_digits),
                rid="deleteButton")
            if number else View(cls=None, width=48, height=48),
            cls="android.view.ViewGroup", rid="digits_container", width=FILL, padding=(8, 4),
        )  # fmt: skip
        wide = self.ui.width > self.ui.height
        dial = Button(
            "Call", call(FindScreen.call_digits), icon="phone", rid="dialpad_voice_call_button", desc="dial", min_height=44 if wide else 56,
            radius=28, background=0xFF1E8E3E, color="white", padding=(36, 0), align="center",
        )  # fmt: skip
        keys = memo(self.ui, keypad, Call(FindScreen.press_key), Call(FindScreen.hold_key), 4 if wide else 6, wide)
        panel = Column(
            field, None if self.kernel.ime.shown else keys, dial, gap=6 if wide else 12, cls="android.widget.FrameLayout",
            rid="dialpad_view", width=None if wide else FILL, weight=1 if wide else 0, background="surface_container_low", cross="fill",
            radius=(28, 0, 0, 0) if wide else (28, 28, 0, 0), padding=(8, 0, 8, 8) if wide else (8, 8, 8, 16), clickable=False,
        )  # fmt: skip
        found = LazyColumn(self, "matches", items, _find_row, rid="search_recycler_view", weight=1, padding=(0, 8, 0, 0))
        frame = Row if wide else Column
        return frame(found, panel, cls="android.view.ViewGroup", rid="dialpad_search_root", width=FILL, height=FILL, cross="fill")

    # ------------------------------------------------------------------ search

    def start_search(self) -> None:
        """Open the search."""
        self.set_field(_QUERY, "")
        self.update(searching=True)
        self.focus_on(_QUERY)

    def stop_search(self) -> None:
        """Close the search."""
        self.set_field(_QUERY, "")
        self.clear_focus()
        self.update(searching=False)

    def search_view(self) -> View:
        """The field and what it finds: numbers of contacts, and what can be done with a number that was typed."""
        query = self.field(_QUERY).strip()
        field = SearchField(self, _QUERY, "Search contacts", on_back=call(FindScreen.stop_search), field_rid="search_view")
        number = clean_number(query)
        numeric = bool(number) and not any(char.isalpha() for char in query) and any(char.isdigit() for char in query)
        actions = (
            (("phone-outline", f"Call {shown_number(number)}", call(FindScreen.call_match, number)), *_number_actions(number))
            if numeric
            else ()
        )
        items = _match_items(phone_matches(self.kernel, query), actions) if query else ()
        body: View = LazyColumn(self, "found", items, _find_row, rid="search_recycler_view", weight=1)
        if query and not items:
            body = Stack(EmptyState("account-search-outline", "No results found"), cls=None, width=FILL, weight=1)
        return Column(field, body, cls=None, width=FILL, height=FILL)


def _find_row(kind: str, *args: Any) -> View:
    """A number that was found, or something to do."""
    return number_row(*args) if kind == "number" else plain_row(*args)


def _number_actions(number: str) -> tuple[tuple[str, str, Call], ...]:
    return (
        ("account-plus-outline", "Create new contact", call(LogScreen.create_contact, number)),
        ("account-plus-outline", "Add to a contact", call(LogScreen.add_to_contact, number)),
        ("message-outline", "Send a message", call(LogScreen.message, number)),
    )  # fmt: skip


def _match_items(matches: tuple[Match, ...], actions: tuple[tuple[str, str, Call], ...]) -> tuple[tuple[Any, ...], ...]:
    def make() -> tuple[tuple[Any, ...], ...]:
        rows = [
            ("number", m.name, m.photo, f"{m.kind} {shown_number(m.number)}", call(FindScreen.call_match, m.number),
                call(LogScreen.copy, m.number))
            for m in matches
        ]  # fmt: skip
        return (*rows, *(("action", *action) for action in actions))

    return cached(("match_items", Same(matches), actions), make)
