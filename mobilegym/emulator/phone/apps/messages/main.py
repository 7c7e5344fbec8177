"""The main screen of Messages, the archive and the recycle bin."""

from __future__ import annotations

from typing import Any, ClassVar

from mobilegym.emulator.phone.apps.messages import store
from mobilegym.emulator.phone.apps.messages.lists import ConversationList
from mobilegym.emulator.phone.apps.messages.new import NewConversationActivity
from mobilegym.emulator.phone.apps.messages.preferences import SettingsActivity
from mobilegym.emulator.phone.apps.messages.rows import search_row
from mobilegym.emulator.phone.apps.messages.thread import ThreadActivity
from mobilegym.emulator.phone.apps.messages.words import list_date
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.button import Button, Fab
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.empty_state import EmptyState
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import LazyColumn
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import EditText

__all__ = ["ArchivedConversationsActivity", "MainActivity", "RecycleBinConversationsActivity"]

_SEARCH = "top_search"


class MainActivity(ConversationList):
    """Conversations below a search bar."""

    name: ClassVar[str] = "org.fossify.messages.activities.MainActivity"

    def build(self) -> View:
        bar = self.selection_bar() if self.state.selected else self._search_bar()
        if self.field(_SEARCH):
            return Column(bar, self._results(), cls="android.view.ViewGroup", rid="main_coordinator", width=FILL, height=FILL)
        items = self.items()
        body = self.rows(items, 88) if items else EmptyState(
            "message-outline", "No stored conversations have been found", rid="no_conversations_placeholder",
            action=Button("Start a conversation", call(MainActivity.new_conversation), kind="text", rid="no_conversations_placeholder_2"),
        )  # fmt: skip
        fab = Fab("plus", "Start a conversation", call(MainActivity.new_conversation), rid="conversations_fab", background="primary",
                  color="on_primary")  # fmt: skip
        return Column(
            bar, Stack(body, fab, cls="android.view.ViewGroup", rid="main_holder", width=FILL, weight=1),
            cls="android.view.ViewGroup", rid="main_coordinator", width=FILL, height=FILL,
        )  # fmt: skip

    def _search_bar(self) -> View:
        active = self.focus == _SEARCH or bool(self.field(_SEARCH))
        lead = IconButton("arrow-left", "Back", call(MainActivity.stop_search), rid="top_toolbar_search_icon", size=44) if active else (
            Icon("magnify", rid="top_toolbar_search_icon", margin=(10, 0)))  # fmt: skip
        buttons: list[Kid] = [
            IconButton("cog", "Settings", call(MainActivity.open_settings), rid="settings", cls="android.widget.Button"),
            IconButton("dots-vertical", "More options", call(MainActivity.overflow), cls="android.widget.ImageView"),
        ]
        if self.field(_SEARCH):
            buttons = [IconButton("close", "Clear", call(MainActivity.stop_search), cls="android.widget.Button")]
        field = EditText(
            self, _SEARCH, hint="Search", ime="search", on_change=Call(MainActivity.searched), rid="top_toolbar_search", weight=1,
            height=FILL, padding=(4, 0),
        )  # fmt: skip
        pill = Row(
            lead, field, *buttons, cls="android.widget.RelativeLayout", rid="top_toolbar_holder", width=FILL, height=52, radius=26,
            padding=(4, 0), background="surface_container_high",
        )  # fmt: skip
        return Column(pill, cls="android.widget.LinearLayout", rid="top_app_bar_layout", width=FILL, padding=(16, 8, 16, 8))

    def _results(self) -> View:
        kernel, text = self.kernel, self.field(_SEARCH).strip()
        if len(text) < 2:
            return EmptyState("magnify", "Type in at least 2 characters to start the search.", rid="search_placeholder_2")
        wanted, gone = text.casefold(), store.binned(kernel)
        now, use_24h = kernel.clock.now(), self.ui.use_24h
        listed = [*self.conversations(), *store.conversations(kernel, archived=True)]
        titles = {c.thread_id: store.title_of(kernel, c.thread_id, c.addresses) for c in listed}
        items: list[tuple[Any, ...]] = []
        for c in listed:
            if wanted in titles[c.thread_id].casefold() or any(wanted in address for address in c.addresses):
                items.append((titles[c.thread_id], c.snippet, list_date(kernel.clock.local(c.date_ms), now, use_24h), c.thread_id))
        for m in kernel.content.sms.search(text):
            if (False, m.id) not in gone and m.thread_id in titles:
                items.append((titles[m.thread_id], m.body, list_date(kernel.clock.local(m.date_ms), now, use_24h), m.thread_id))
        if not items:
            return EmptyState("magnify", "No items found.", rid="search_placeholder")
        return LazyColumn(self, "results", items, _result, rid="search_results_list", weight=1)

    # ------------------------------------------------------------------ handlers

    def searched(self, text: str) -> None:
        """The search text changed: begin at the top of what is found."""
        del text
        self.scroll_to("results", 0)

    def stop_search(self) -> None:
        """Back to all conversations."""
        self.clear_focus()
        self.set_field(_SEARCH, "")

    def found(self, thread_id: int) -> None:
        """Open what was found."""
        self.clear_focus()
        self.open(ThreadActivity, thread_id=thread_id)

    def new_conversation(self) -> None:
        """Choose whom to write to."""
        self.open(NewConversationActivity)

    def open_settings(self) -> None:
        """The app's settings."""
        self.open(SettingsActivity)

    def overflow(self) -> None:
        """More places to go."""
        items = [MenuItem("Show archived conversations", call(MainActivity.show_archive))]
        if store.flag(self.kernel, "use_recycle_bin"):
            items.insert(0, MenuItem("Show the Recycle Bin", call(MainActivity.show_bin)))
        self.show(Menu(items=tuple(items)))

    def show_archive(self) -> None:
        """Archived conversations."""
        self.open(ArchivedConversationsActivity)

    def show_bin(self) -> None:
        """The recycle bin."""
        self.open(RecycleBinConversationsActivity)

    def on_back(self) -> bool:
        if super().on_back():
            return True
        if self.field(_SEARCH) or self.focus:
            self.stop_search()
            return True
        return False


class ArchivedConversationsActivity(ConversationList):
    """Conversations that were put away."""

    name: ClassVar[str] = "org.fossify.messages.activities.ArchivedConversationsActivity"
    archived = True

    def build(self) -> View:
        return _put_away(self, "Archive", "No archived conversations have been found")


class RecycleBinConversationsActivity(ConversationList):
    """Conversations with deleted messages."""

    name: ClassVar[str] = "org.fossify.messages.activities.RecycleBinConversationsActivity"
    in_bin = True

    def build(self) -> View:
        ask = call(RecycleBinConversationsActivity.confirm_empty)
        empty = IconButton("delete-sweep", "Empty the Recycle Bin", ask, rid="empty_recycle_bin")
        return _put_away(self, "Recycle Bin", "The Recycle Bin is empty", empty if self.items() else None)

    def confirm_empty(self) -> None:
        """Ask before deleting for good."""
        self.show(AlertDialog(
            message="Are you sure you want to empty the Recycle Bin? The messages will be permanently lost.",
            positive=DialogButton("Yes", call(RecycleBinConversationsActivity.empty)), negative=DialogButton("No"),
        ))  # fmt: skip

    def empty(self) -> None:
        """Delete all messages in the bin."""
        store.delete_messages(self.kernel, sorted(store.binned(self.kernel)), to_bin=False)


def _put_away(surface: ConversationList, title: str, nothing: str, action: Kid = None) -> View:
    items = surface.items()
    bar = surface.selection_bar() if surface.state.selected else AppBar(title, on_up=call(ConversationList.finish), actions=[action],
                                                                         up_desc="Back")  # fmt: skip
    body = surface.rows(items, 24) if items else Column(
        Text(nothing, "body_large", color="on_surface_variant", text_align="center", rid="no_conversations_placeholder"),
        cls=None, width=FILL, weight=1, cross="center", padding=(32, 64),
    )  # fmt: skip
    return Column(bar, body, cls="android.view.ViewGroup", rid="archive_coordinator", width=FILL, height=FILL)


def _result(title: str, snippet: str, date: str, thread_id: int) -> View:
    return search_row(title, snippet, date, call(MainActivity.found, thread_id))
