"""What there is to know about a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from mobilegym.emulator.phone.apps.messages import store
from mobilegym.emulator.phone.apps.messages.naming import ask_name
from mobilegym.emulator.phone.apps.messages.rows import contact_row
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import VIEW, Intent
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.list_item import Divider, ListItem, SectionHeader
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.errors import NotFound

__all__ = ["ConversationDetailsActivity", "DetailsState"]


@dataclass(frozen=True, slots=True)
class DetailsState:
    pass


class ConversationDetailsActivity(Activity[DetailsState]):
    """Extra `thread_id`."""

    name: ClassVar[str] = "org.fossify.messages.activities.ConversationDetailsActivity"

    def initial(self) -> DetailsState:
        return DetailsState()

    @property
    def thread_id(self) -> int:
        """The conversation."""
        return int(self.intent.extra("thread_id", 0))

    def _addresses(self) -> tuple[str, ...]:
        try:
            return self.kernel.content.sms.addresses(self.thread_id)
        except NotFound:
            return ()

    def build(self) -> View:
        addresses = self._addresses()
        title = store.title_of(self.kernel, self.thread_id, addresses)
        people = [contact_row(store.name_of(self.kernel, a), a, call(ConversationDetailsActivity.person, a)) for a in addresses]
        return Column(
            AppBar("Conversation details", on_up=call(ConversationDetailsActivity.finish), up_desc="Back"),
            ScrollColumn(
                self, "details",
                SectionHeader("Conversation name", rid="conversation_name_heading"),
                ListItem(title, title_rid="conversation_name", trailing=Icon("pencil", color="on_surface"),
                         on_tap=call(ConversationDetailsActivity.ask_name)),
                Divider(),
                SectionHeader("Members", rid="members_heading"),
                *people, rid="conversation_details_nested_scrollview", weight=1,
            ),
            cls="android.view.ViewGroup", rid="conversation_details_coordinator", width=FILL, height=FILL,
        )  # fmt: skip

    def ask_name(self) -> None:
        """Rename the conversation."""
        title = store.title_of(self.kernel, self.thread_id, self._addresses())
        ask_name(self, title, Call(ConversationDetailsActivity.named))

    def named(self, title: str) -> None:
        """The new name was entered."""
        store.rename(self.kernel, self.thread_id, title.strip())

    def person(self, address: str) -> None:
        """Show a contact; a number nobody has can be dialled."""
        contact = self.kernel.content.contacts.lookup_id(address)
        intents: list[Any] = [Intent.of("android.intent.action.DIAL", data=f"tel:{address}")]
        if contact is not None:
            uri = f"content://com.android.contacts/contacts/{contact}"
            intents.insert(0, Intent.of(VIEW, data=uri, mime="vnd.android.cursor.item/contact"))
        intent = next((i for i in intents if self.kernel.packages.resolve(i)), None)
        if intent is not None:
            self.start(intent)
