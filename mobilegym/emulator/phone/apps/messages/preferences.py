"""Settings of Messages, and the list of blocked numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.messages import store
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton, InputDialog
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.list_item import Divider, ListItem, SectionHeader
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.toggle import Switch

__all__ = ["ManageBlockedNumbersActivity", "PageState", "SettingsActivity"]

_NOTIFICATIONS: Final = Intent.of("android.settings.APP_NOTIFICATION_SETTINGS", android__provider__extra__APP_PACKAGE=store.PACKAGE,
                                  app=store.PACKAGE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageState:
    pass


class SettingsActivity(Activity[PageState]):
    """Switches, kept in the app's database."""

    name: ClassVar[str] = "org.fossify.messages.activities.SettingsActivity"

    def initial(self) -> PageState:
        return PageState()

    def build(self) -> View:
        count = len(store.binned(self.kernel)) if store.flag(self.kernel, "use_recycle_bin") else 0
        empty: Kid = ListItem(
            "Empty the Recycle Bin", f"{count} message{'' if count == 1 else 's'}", on_tap=call(SettingsActivity.confirm_empty),
            rid="settings_empty_recycle_bin_holder",
        ) if store.flag(self.kernel, "use_recycle_bin") else None  # fmt: skip
        customize: list[Kid] = [
            SectionHeader("Notifications"),
            ListItem("Customize notifications", on_tap=call(SettingsActivity.notifications), rid="settings_customize_notifications_holder"),
            Divider(),
        ] if self.kernel.packages.resolve(_NOTIFICATIONS) else []  # fmt: skip
        return Column(
            AppBar("Settings", on_up=call(SettingsActivity.finish), up_desc="Back", rid="settings_toolbar"),
            ScrollColumn(
                self, "settings",
                SectionHeader("General"),
                ListItem("Manage blocked numbers", on_tap=call(SettingsActivity.blocked), rid="settings_manage_blocked_numbers_holder"),
                Divider(), *customize,
                SectionHeader("Outgoing messages"),
                self._switch("show_character_counter", "Show a character counter at writing messages"),
                self._switch("send_on_enter", "Send message on pressing Enter"),
                Divider(), SectionHeader("Archived conversations"),
                self._switch("keep_conversations_archived", "Keep conversations archived when a new message arrives"),
                Divider(), SectionHeader("Recycle Bin"),
                self._switch("use_recycle_bin", "Move items into the Recycle Bin instead of deleting"), empty,
                rid="settings_nested_scrollview", weight=1,
            ),
            cls="android.view.ViewGroup", rid="settings_coordinator", width=FILL, height=FILL,
        )  # fmt: skip

    def _switch(self, key: str, label: str) -> View:
        on = store.flag(self.kernel, key)
        return ListItem(
            label, title_lines=2, rid=f"settings_{key}_holder", on_tap=call(SettingsActivity.put, key, not on),
            trailing=Switch(on, rid=f"settings_{key}", desc=label),
        )  # fmt: skip

    def put(self, key: str, on: bool) -> None:
        """Set a switch."""
        store.set_flag(self.kernel, key, on)

    def blocked(self) -> None:
        """The list of blocked numbers."""
        self.open(ManageBlockedNumbersActivity)

    def notifications(self) -> None:
        """The phone's notification settings of this app."""
        self.start(_NOTIFICATIONS)

    def confirm_empty(self) -> None:
        """Ask before deleting for good."""
        self.show(AlertDialog(
            message="Are you sure you want to empty the Recycle Bin? The messages will be permanently lost.",
            positive=DialogButton("Yes", call(SettingsActivity.empty)), negative=DialogButton("No"),
        ))  # fmt: skip

    def empty(self) -> None:
        """Delete all messages in the bin."""
        store.delete_messages(self.kernel, sorted(store.binned(self.kernel)), to_bin=False)


class ManageBlockedNumbersActivity(Activity[PageState]):
    """Blocked numbers; one can be added or removed."""

    name: ClassVar[str] = "org.fossify.commons.activities.ManageBlockedNumbersActivity"

    def initial(self) -> PageState:
        return PageState()

    def build(self) -> View:
        numbers = self.kernel.content.blocked.numbers()
        rows = [
            ListItem(number, title_rid="manage_blocked_number_title", trailing=IconButton(
                "delete-outline", f"Unblock {number}", call(ManageBlockedNumbersActivity.unblock, number), rid="overflow_menu_icon"))
            for number in numbers
        ]  # fmt: skip
        nothing = Text("You are not blocking anyone.", "body_large", color="on_surface_variant", text_align="center", width=FILL,
                       rid="manage_blocked_numbers_placeholder", padding=(32, 64, 32, 0)) if not rows else None  # fmt: skip
        add = IconButton("plus", "Add a blocked number", call(ManageBlockedNumbersActivity.ask), rid="add_blocked_number")
        return Column(
            AppBar("Blocked numbers", on_up=call(ManageBlockedNumbersActivity.finish), up_desc="Back", actions=[add]),
            ScrollColumn(self, "blocked", nothing, *rows, rid="manage_blocked_numbers_list", weight=1),
            cls="android.view.ViewGroup", rid="block_numbers_coordinator", width=FILL, height=FILL,
        )  # fmt: skip

    def ask(self) -> None:
        """Ask for a number."""
        self.set_field("blocked_number", "")
        self.show(InputDialog(
            heading="Add a blocked number", key="blocked_number", label="Number", input_type="phone",
            input_rid="add_blocked_number_edittext", negative=DialogButton("Cancel"),
            positive=DialogButton("OK", Call(ManageBlockedNumbersActivity.block)),
        ))  # fmt: skip

    def block(self, number: str) -> None:
        """Block a number."""
        self.kernel.content.blocked.block(number.strip())
        self.effect("number.blocked", "reversible", number=number.strip())

    def unblock(self, number: str) -> None:
        """Let a number through again."""
        self.kernel.content.blocked.unblock(number)
        self.effect("number.unblocked", "reversible", number=number)
