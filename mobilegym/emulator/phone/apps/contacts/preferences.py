"""Settings of the Contacts app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mobilegym.emulator.phone.apps.contacts.store import DISPLAY_ORDER, SORT_ORDER
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import call, partial
from mobilegym.emulator.phone.ui.layout import Column
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.dialog import ChoiceDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.list_item import ListItem, SectionHeader
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn

__all__ = ["ORDERS", "ContactsPreferenceActivity", "PreferenceState"]

ORDERS: Final = (
    (SORT_ORDER, "Sort by", ("First name", "Last name")),
    (DISPLAY_ORDER, "Name format", ("First name first", "Last name first")),
)
"""System setting, title and choices (`1` and `2`) of what the owner can choose about names."""


@dataclass(frozen=True)
class PreferenceState:
    """Nothing of its own."""


class ContactsPreferenceActivity(Activity[PreferenceState]):
    """Sort order and name format; the Phone app shows it under Display options."""

    name = "com.android.contacts.preference.ContactsPreferenceActivity"

    def initial(self) -> PreferenceState:
        return PreferenceState()

    def _chosen(self, key: str) -> int:
        return 1 if self.kernel.settings.get("system", key) == "2" else 0

    def choose(self, index: int) -> None:
        """The choices of a setting."""
        key, title, options = ORDERS[index]
        self.show(ChoiceDialog(heading=title, options=options, chosen=self._chosen(key), negative=DialogButton("Cancel"),
                               on_choose=partial(ContactsPreferenceActivity.chosen, key)))  # fmt: skip

    def chosen(self, key: str, index: int) -> None:
        """A choice was made."""
        self.kernel.settings.put("system", key, str(index + 1))
        self.effect("setting.changed", "reversible", setting=f"system/{key}", value=str(index + 1))

    def build(self) -> View:
        rows = [
            ListItem(title, options[self._chosen(key)], on_tap=call(ContactsPreferenceActivity.choose, i), padding=(24, 8))
            for i, (key, title, options) in enumerate(ORDERS)
        ]
        return Column(
            AppBar("Settings", on_up=call(ContactsPreferenceActivity.finish)),
            ScrollColumn(
                self, "settings", SectionHeader("Display", padding=(24, 16, 24, 8)), *rows,
                SectionHeader("Saving contacts", padding=(24, 16, 24, 8)),
                ListItem("Default account for new contacts", "Device", padding=(24, 8)), weight=1,
            ),
            cls=None, width=FILL, height=FILL,
        )  # fmt: skip
