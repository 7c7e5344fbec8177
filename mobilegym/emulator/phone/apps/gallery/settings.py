"""The gallery's settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.gallery.store import gallery_prefs
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import call
from mobilegym.emulator.phone.ui.layout import Column, Kid
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.list_item import Divider, ListItem, SectionHeader
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.toggle import Switch

__all__ = ["SettingsActivity"]

_ROWS: Final = (
    ("Visibility", (("show_hidden_media", "Show hidden items", False), ("display_file_names", "Show file names in the grid", False))),
    ("File operations", (("skip_delete_confirmation", "Delete without asking", False),)),
    ("Recycle Bin", (("use_recycle_bin", "Move items into the Recycle Bin instead of deleting", True),)),
)
"""Section, then preference, label and default of each row."""


@dataclass(frozen=True, slots=True)
class _Nothing:
    pass


class SettingsActivity(Activity[_Nothing]):
    """Switches."""

    name: ClassVar[str] = "org.fossify.gallery.activities.SettingsActivity"

    def initial(self) -> _Nothing:
        return _Nothing()

    def build(self) -> View:
        prefs = gallery_prefs(self.kernel)
        rows: list[Kid] = []
        for i, (section, items) in enumerate(_ROWS):
            rows += [Divider() if i else None, SectionHeader(section.upper(), rid=f"settings_{section.lower().replace(' ', '_')}_label")]
            for key, label, default in items:
                rows.append(
                    ListItem(
                        label,
                        rid=f"settings_{key}_holder",
                        on_tap=call(SettingsActivity.toggle, key, default),
                        title_lines=2,
                        title_rid=f"settings_{key}_label",
                        trailing=Switch(prefs.flag(key, default), rid=f"settings_{key}"),
                    )
                )
        return Column(
            AppBar("Settings", on_up=call(SettingsActivity.finish), rid="settings_toolbar"),
            ScrollColumn(self, "settings", *rows, rid="settings_nested_scrollview", weight=1), cls=None,
            rid="settings_coordinator", width=FILL, height=FILL,
        )  # fmt: skip

    def toggle(self, key: str, default: bool) -> None:
        """A switch."""
        prefs = gallery_prefs(self.kernel)
        prefs.put(**{key: not prefs.flag(key, default)})
        self.effect("gallery.setting_changed", "reversible", key=key, on=prefs.flag(key, default))
