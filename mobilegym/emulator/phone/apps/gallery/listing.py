"""What the lists of folders and of media have in common: which kinds they show, and whether hidden ones too."""

from __future__ import annotations

from mobilegym.emulator.phone.apps.gallery.operations import MediaScreen
from mobilegym.emulator.phone.apps.gallery.store import FILTERS, gallery_prefs
from mobilegym.emulator.phone.apps.shared_prefs import SharedPrefs
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.widgets.dialog import DialogButton, MultiChoiceDialog
from mobilegym.emulator.phone.ui.widgets.menu import MenuItem

__all__ = ["ListScreen"]


class ListScreen(MediaScreen):
    """A list whose state has the flag `hidden`."""

    @property
    def prefs(self) -> SharedPrefs:
        """The gallery's preferences."""
        return gallery_prefs(self.kernel)

    def hidden_items(self) -> list[MenuItem]:
        """The menu's row for hidden items; none where the settings show them always."""
        if self.prefs.flag("show_hidden_media"):
            return []
        return [MenuItem("Stop showing hidden media" if self.state.hidden else "Temporarily show hidden", call(ListScreen.show_hidden))]

    def show_hidden(self) -> None:
        """Show hidden ones for now, or stop."""
        self.update(hidden=not self.state.hidden)

    def filter_dialog(self) -> None:
        """Ask what kinds to show."""
        bits = self.prefs.number("filter_media", 7)
        self.show(
            MultiChoiceDialog(
                heading="Filter media",
                options=tuple(label for label, _ in FILTERS),
                chosen=frozenset(i for i, (_, bit) in enumerate(FILTERS) if bits & bit),
                positive=DialogButton("OK", Call(ListScreen.filtered)),
                negative=DialogButton("Cancel"),
            )
        )

    def filtered(self, indexes: tuple[int, ...]) -> None:
        """Kinds were chosen; none means all."""
        self.prefs.put(filter_media=sum(FILTERS[i][1] for i in indexes) or 7)
