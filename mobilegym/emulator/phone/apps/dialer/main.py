"""The Phone app's main screen."""

from __future__ import annotations

from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.contacts import store as contacts_store
from mobilegym.emulator.phone.apps.contacts.kinds import phone_kind
from mobilegym.emulator.phone.apps.contacts.rows import avatar, mixed_row, section_items
from mobilegym.emulator.phone.apps.dialer.calling import IN_CALL, MAIN_ACTIVITY, clear_missed
from mobilegym.emulator.phone.apps.dialer.dialpad import FindScreen
from mobilegym.emulator.phone.apps.dialer.preferences import DialerSettingsActivity
from mobilegym.emulator.phone.apps.dialer.recents import CallLogActivity, LogScreen, LogState
from mobilegym.emulator.phone.apps.dialer.store import number_of
from mobilegym.emulator.phone.apps.numbers import shown_number
from mobilegym.emulator.phone.kernel.intents import INSERT, PICK, Intent
from mobilegym.emulator.phone.kernel.surface import Depends
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call, partial
from mobilegym.emulator.phone.ui.layout import Column, Grid, Kid, Row, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.bottom_bar import BottomBar, NavItem
from mobilegym.emulator.phone.ui.widgets.button import Button, Fab
from mobilegym.emulator.phone.ui.widgets.dialog import ChoiceDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.empty_state import EmptyState
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn, ScrollColumn
from mobilegym.emulator.phone.ui.widgets.search_view import SearchBar
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["MainActivity"]

_RECENTS: Final = 1


class MainActivity(FindScreen):
    """Started by the launcher icon, by `DIAL` and `VIEW` of `tel:` URIs."""

    name = MAIN_ACTIVITY
    snack_inset = 80
    depends: ClassVar[frozenset[Depends]] = frozenset(("databases", "settings", "hardware", "minute", "telephony", "ime", "packages"))

    def initial(self) -> LogState:
        return LogState(tab=int(self.intent.extra("tab", 0) or 0))

    def on_create(self) -> None:
        self._take(self.intent)

    def on_new_intent(self, intent: Intent) -> None:
        self.intent = intent
        self._take(intent)

    def on_resume(self) -> None:
        if self.state.tab == _RECENTS:
            clear_missed(self.kernel)
        if self.state.dialpad and not self.focus:
            self.focus_on("digits", keyboard=False)

    def on_back(self) -> bool:
        if self.state.dialpad:
            self.close_dialpad()
        elif self.state.searching:
            self.stop_search()
        else:
            return False
        return True

    def _take(self, intent: Intent) -> None:
        if intent.scheme == "tel" or intent.action in ("android.intent.action.DIAL", "android.intent.action.CALL_BUTTON"):
            self.open_dialpad(number_of(intent.data))
        elif intent.extra("tab") is not None:
            self.update(tab=int(intent.extra("tab")), dialpad=False, searching=False)

    # ------------------------------------------------------------------ acting

    def select_tab(self, index: int) -> None:
        """Another tab."""
        self.update(tab=index, expanded=0)
        if index == _RECENTS:
            clear_missed(self.kernel)

    def menu(self) -> None:
        """The overflow menu."""
        self.show(Menu(items=(
            MenuItem("Call history", call(MainActivity.show_history)), MenuItem("Settings", call(MainActivity.show_settings)),
        )))  # fmt: skip

    def show_history(self) -> None:
        """All calls."""
        self.open(CallLogActivity)

    def show_settings(self) -> None:
        """The app's settings."""
        self.open(DialerSettingsActivity)

    def new_contact(self) -> None:
        """A new contact."""
        self.start_or_tell(Intent(INSERT, mime="vnd.android.cursor.dir/contact"))

    def back_to_call(self) -> None:
        """Show the call that goes on."""
        self.start(Intent(package=self.package, activity=IN_CALL))

    def add_favorite(self) -> None:
        """Choose a contact to become a favourite."""
        intent = Intent(PICK, mime="vnd.android.cursor.dir/contact")
        if self.kernel.packages.resolve(intent):
            self.start(intent, Call(MainActivity.favorite_chosen))

    def favorite_chosen(self, result: Intent | None) -> None:
        """A contact was chosen."""
        if result is not None:
            self._star(int(result.extra("id")), True)

    def _star(self, contact_id: int, starred: bool) -> None:
        self.kernel.content.contacts.set_starred(contact_id, starred)
        self.effect("contact.starred", "reversible", id=contact_id, starred=starred)

    def unstar(self, contact_id: int) -> None:
        """No favourite any more."""
        self._star(contact_id, False)

    def call_favorite(self, contact_id: int, how: str = "call") -> None:
        """Call a favourite, or write to them; asks which number where there are several."""
        phones = self.kernel.content.contacts.get(contact_id).phones
        if not phones:
            self.show_contact(contact_id)
        elif len(phones) == 1:
            self.number_chosen(how, (phones[0].number,), 0)
        else:
            labels = tuple(f"{shown_number(phone.number)}  {phone_kind(phone.type, phone.label)}" for phone in phones)
            self.show(ChoiceDialog(heading="Choose number", options=labels, radios=False, negative=DialogButton("Cancel"),
                                   on_choose=partial(MainActivity.number_chosen, how,
                                       tuple(phone.number for phone in phones))))  # fmt: skip

    def number_chosen(self, how: str, numbers: tuple[str, ...], index: int) -> None:
        """One of several numbers was chosen."""
        if how == "call":
            self.dial(numbers[index])
        else:
            self.message(numbers[index])

    def favorite_menu(self, contact_id: int) -> None:
        """A long press on a favourite."""
        self.show(Menu(items=(
            MenuItem("Call", call(MainActivity.call_favorite, contact_id)),
            MenuItem("Message", call(MainActivity.call_favorite, contact_id, "message")),
            MenuItem("Contact info", call(LogScreen.show_contact, contact_id)), MenuItem("Remove", call(MainActivity.unstar, contact_id)),
        )))  # fmt: skip

    # ------------------------------------------------------------------ views

    def build(self) -> View:
        state = self.state
        if state.dialpad:
            return self.dialpad_view()
        if state.searching:
            return self.search_view()
        missed = self.kernel.content.calls.missed_count()
        tabs = (
            NavItem("Favorites", "star-outline", "tab_speed_dial", "star"),
            NavItem("Recents", "clock-outline", "tab_call_history", "clock", badge=str(missed) if missed else ""),
            NavItem("Contacts", "account-multiple-outline", "tab_contacts", "account-multiple"),
        )
        more = IconButton("dots-vertical", "More options", call(MainActivity.menu), rid="main_options_menu_button")
        body = (self._favorites, self._recents, self._contacts)[state.tab]()
        return Stack(
            Column(
                SearchBar("Search contacts", call(FindScreen.start_search), trailing=more, rid="search_box_collapsed",
                    text_rid="search_box_start_search"),
                self._ongoing(), body, BottomBar(tabs, state.tab, Call(MainActivity.select_tab), rid="navigation_bar_layout"),
                cls=None, width=FILL, height=FILL,
            ),
            Fab("dialpad", "key pad", call(FindScreen.open_dialpad), rid="dialpad_fab", margin=(0, 0, 16, 96)),
            cls=None, width=FILL, height=FILL,
        )  # fmt: skip

    def _ongoing(self) -> Kid:
        if self.kernel.telephony.call.phase == "idle":
            return None
        return Row(
            Icon("phone-in-talk", color="on_positive"), Text("Return to call in progress", "title_small", color="on_positive", weight=1),
            gap=16,
            cls="android.widget.LinearLayout", on_tap=call(MainActivity.back_to_call), width=FILL, min_height=48, padding=(20, 4),
            margin=(16, 4),
            radius=24, background="positive",
        )  # fmt: skip

    def _favorites(self) -> View:
        starred = [entry for entry in contacts_store.entries(self.kernel) if entry.starred]
        if not starred:
            add = Button(
                "Add a favorite", call(MainActivity.add_favorite), kind="tonal", margin=(0, 16, 0, 0), rid="empty_content_view_action"
            )
            empty = EmptyState(
                "star-outline", "No one is on your speed dial yet", "Call your favorite contacts with just one tap", action=add
            )
            return Stack(empty, cls=None, width=FILL, weight=1)
        tiles = [_tile(entry) for entry in starred]
        return ScrollColumn(
            self, "favorites",
            Row(Text("Favorites", "title_medium", weight=1), Button("Add", call(MainActivity.add_favorite), kind="text"), cls=None,
                width=FILL,
                padding=(20, 4, 12, 4)),
            Grid(tiles, columns=3, gap=4, cls="android.view.ViewGroup", rid="speed_dial_recycler_view", width=FILL,
                padding=(12, 0, 12, 88)),
            weight=1,
        )  # fmt: skip

    def _recents(self) -> View:
        return self.log_view(chips=True)

    def _contacts(self) -> View:
        found = contacts_store.entries(self.kernel)
        if not found:
            create = Button(
                "Create new contact", call(MainActivity.new_contact), kind="tonal", margin=(0, 16, 0, 0), rid="empty_content_view_action"
            )
            empty = EmptyState("account-multiple-outline", "Your contacts are just a tap away here", action=create)
            return Stack(empty, cls=None, width=FILL, weight=1)
        head = (("account-plus-outline", "Create new contact", call(MainActivity.new_contact)),)
        items = section_items(head, (), found, Call(LogScreen.show_contact), None)
        return LazyColumn(self, "contacts", items, mixed_row, footer=88, rid="recycler_view", weight=1)


def _tile(entry: contacts_store.Entry) -> View:
    return Column(
        avatar(entry.name, entry.photo, size=80), Text(entry.name, "body_medium", max_lines=2, text_align="center", rid="contact_name"),
        gap=8,
        cls="android.view.ViewGroup", cross="center", on_tap=call(MainActivity.call_favorite, entry.id),
        on_long=call(MainActivity.favorite_menu, entry.id), width=FILL, padding=(4, 12), radius=16,
    )  # fmt: skip
