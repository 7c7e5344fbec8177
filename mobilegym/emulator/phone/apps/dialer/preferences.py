"""Settings of the Phone app, blocked numbers, quick responses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mobilegym.emulator.phone.apps.contacts.preferences import ORDERS
from mobilegym.emulator.phone.apps.dialer.store import party, quick_responses, set_quick_response
from mobilegym.emulator.phone.apps.numbers import shown_number
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call, partial
from mobilegym.emulator.phone.ui.layout import Column, Row
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, ChoiceDialog, DialogButton, InputDialog
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.list_item import ListItem, SectionHeader
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.toggle import Switch

__all__ = ["BlockedNumbersActivity", "DialerSettingsActivity", "PreferenceState", "QuickResponsesActivity"]

_SWITCHES: Final = (("vibrate_when_ringing", "Also vibrate for calls", "0"), ("dtmf_tone", "Dial pad tones", "1"))


@dataclass(frozen=True)
class PreferenceState:
    """Nothing of its own."""


class DialerSettingsActivity(Activity[PreferenceState]):
    """The app's settings."""

    name = "com.android.dialer.app.settings.DialerSettingsActivity"

    def initial(self) -> PreferenceState:
        return PreferenceState()

    def show_blocked(self) -> None:
        """Blocked numbers."""
        self.open(BlockedNumbersActivity)

    def show_responses(self) -> None:
        """Quick responses."""
        self.open(QuickResponsesActivity)

    def voicemail(self) -> None:
        """There is no voicemail."""
        self.show(
            AlertDialog(
                heading="Voicemail not set up", message="No voicemail number is stored on the SIM card.", positive=DialogButton("OK")
            )
        )

    def flip(self, key: str, on: bool) -> None:
        """A switch."""
        self.kernel.settings.put("system", key, str(int(on)))
        self.effect("setting.changed", "reversible", setting=f"system/{key}", value=str(int(on)))

    def choose(self, index: int) -> None:
        """The choices of a display option."""
        key, title, options = ORDERS[index]
        self.show(ChoiceDialog(heading=title, options=options, chosen=self._chosen(key), negative=DialogButton("Cancel"),
                               on_choose=partial(DialerSettingsActivity.chosen, key)))  # fmt: skip

    def chosen(self, key: str, index: int) -> None:
        """A choice was made."""
        self.kernel.settings.put("system", key, str(index + 1))
        self.effect("setting.changed", "reversible", setting=f"system/{key}", value=str(index + 1))

    def _chosen(self, key: str) -> int:
        return 1 if self.kernel.settings.get("system", key) == "2" else 0

    def build(self) -> View:
        rows: list[View] = [
            SectionHeader("General", padding=(24, 16, 24, 8)),
            _row("cancel", "Blocked numbers", call(DialerSettingsActivity.show_blocked)),
            _row("message-reply-text-outline", "Quick responses", call(DialerSettingsActivity.show_responses)),
            _row("voicemail", "Voicemail", call(DialerSettingsActivity.voicemail)),
            SectionHeader("Sounds and vibration", padding=(24, 16, 24, 8)),
        ]
        for key, title, standard in _SWITCHES:
            on = (self.kernel.settings.get("system", key) or standard) == "1"
            rows.append(ListItem(title, trailing=Switch(on), on_tap=call(DialerSettingsActivity.flip, key, not on), padding=(24, 8)))
        rows.append(SectionHeader("Display options", padding=(24, 16, 24, 8)))
        for i, (key, title, options) in enumerate(ORDERS):
            rows.append(ListItem(title, options[self._chosen(key)], on_tap=call(DialerSettingsActivity.choose, i), padding=(24, 8)))
        return Column(
            AppBar("Settings", on_up=call(DialerSettingsActivity.finish)), ScrollColumn(self, "settings", *rows, weight=1), cls=None,
            width=FILL,
            height=FILL,
        )  # fmt: skip


def _row(icon: str, title: str, tap: Call) -> View:
    return ListItem(title, leading=Icon(icon), on_tap=tap, padding=(24, 8))


class QuickResponsesActivity(Activity[PreferenceState]):
    """The texts a call can be declined with."""

    name = "com.android.server.telecom.RespondViaSmsSettings"

    def initial(self) -> PreferenceState:
        return PreferenceState()

    def edit(self, index: int) -> None:
        """Change one."""
        self.set_field("dialog_input", quick_responses(self.kernel)[index])
        self.show(InputDialog(heading="Quick response", label="Message", negative=DialogButton("Cancel"),
                              positive=DialogButton("OK", partial(QuickResponsesActivity.edited, index))))  # fmt: skip

    def edited(self, index: int, text: str) -> None:
        """One was changed."""
        set_quick_response(self.kernel, index, text.strip())
        self.effect("quick_response.changed", "reversible", index=index, text=text.strip())

    def build(self) -> View:
        rows = [
            ListItem(text, on_tap=call(QuickResponsesActivity.edit, i), padding=(24, 8), title_lines=3)
            for i, text in enumerate(quick_responses(self.kernel))
        ]  # fmt: skip
        return Column(
            AppBar("Edit quick responses", on_up=call(QuickResponsesActivity.finish)), ScrollColumn(self, "responses", *rows, weight=1),
            cls=None, width=FILL, height=FILL,
        )  # fmt: skip


class BlockedNumbersActivity(Activity[PreferenceState]):
    """Numbers that cannot call or text."""

    name = "com.android.server.telecom.settings.BlockedNumbersActivity"

    def initial(self) -> PreferenceState:
        return PreferenceState()

    def add(self) -> None:
        """Ask for a number."""
        self.set_field("dialog_input", "")
        self.show(InputDialog(
            heading="Block a number", message="You will no longer receive calls or texts from this number.", label="Phone number",
            input_type="phone",
            positive=DialogButton("Block", Call(BlockedNumbersActivity.block)), negative=DialogButton("Cancel"),
        ))  # fmt: skip

    def block(self, text: str) -> None:
        """Block a number."""
        number = text.strip()
        if not any(char.isdigit() for char in number):
            self.toast("Invalid number.")
        elif self.kernel.content.blocked.is_blocked(number):
            self.snackbar(f"{shown_number(number)} is already blocked.")
        else:
            self.kernel.content.blocked.block(number)
            self.effect("number.blocked", "reversible", number=number)
            self.snackbar(f"{shown_number(number)} blocked")

    def ask_unblock(self, number: str) -> None:
        """Ask before unblocking."""
        self.show(AlertDialog(message=f"Unblock {shown_number(number)}?", negative=DialogButton("Cancel"),
                              positive=DialogButton("Unblock", call(BlockedNumbersActivity.unblock, number))))  # fmt: skip

    def unblock(self, number: str) -> None:
        """Unblock a number."""
        self.kernel.content.blocked.unblock(number)
        self.effect("number.unblocked", "reversible", number=number)
        self.snackbar(f"{shown_number(number)} unblocked")

    def build(self) -> View:
        rows: list[View] = []
        for number in self.kernel.content.blocked.numbers():
            who, shown = party(self.kernel, number), shown_number(number)
            cross = IconButton("close", f"Unblock {shown}", call(BlockedNumbersActivity.ask_unblock, number), rid="delete_blocked_number")
            rows.append(
                ListItem(
                    who.name, shown if who.contact_id is not None else "", trailing=cross, padding=(24, 4, 8, 4), title_rid="blocked_number"
                )
            )
        nobody = Text("No blocked numbers", "body_large", color="on_surface_variant", padding=(24, 24))
        return Column(
            AppBar("Blocked numbers", on_up=call(BlockedNumbersActivity.finish)),
            ScrollColumn(
                self, "blocked",
                Text("You won’t receive calls or texts from blocked numbers.", "body_medium", color="on_surface_variant",
                    padding=(24, 8, 24, 16), width=FILL),
                Row(Button("Add a number", call(BlockedNumbersActivity.add), kind="text", icon="plus", rid="add_blocked"), cls=None,
                    width=FILL, padding=(12, 0)),
                *(rows or [nobody]), weight=1,
            ),
            cls=None, width=FILL, height=FILL,
        )  # fmt: skip
