"""What can be done with albums as such: delete, hide, rename."""

from __future__ import annotations

from mobilegym.emulator.phone.apps.gallery.dialogs import PropertiesDialog
from mobilegym.emulator.phone.apps.gallery.listing import ListScreen
from mobilegym.emulator.phone.apps.gallery.operations import MediaScreen
from mobilegym.emulator.phone.apps.gallery.store import DATABASE, Folder, parent, size_text
from mobilegym.emulator.phone.kernel.paths import canonical_path
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton, InputDialog
from mobilegym.errors import DeviceError

__all__ = ["FolderActions"]


class FolderActions(ListScreen):
    """A screen with albums that can be selected."""

    def selected_folders(self) -> list[Folder]:
        """Folders selected, in order."""
        raise NotImplementedError

    def unselect(self) -> None:
        """Leave the selection."""
        raise NotImplementedError

    def folder_properties(self) -> None:
        """Show what is known of the folders."""
        self.show(PropertiesDialog(heading="Properties", facts=self.folder_facts(self.selected_folders()), positive=DialogButton("OK")))

    def confirm_delete_folders(self) -> None:
        """Ask before deleting all they hold."""
        picked = self.selected_folders()
        size = size_text(sum(i.size for i in self.chosen()))
        what = f"“{picked[0].name}” ({size})" if len(picked) == 1 else f"{len(picked)} folders"
        question = (
            f"Are you sure you want to move {what} into the Recycle Bin?" if self.uses_bin else f"Are you sure you want to delete {what}?"
        )
        run = call(MediaScreen.delete_chosen, tuple(i.path for i in self.chosen()))
        self.show(AlertDialog(message=question, positive=DialogButton("Yes", run), negative=DialogButton("No")))

    def confirm_hide(self) -> None:
        """Explain what hiding does."""
        self.show(
            AlertDialog(
                message="This function hides the folder by adding a “.nomedia” file into it, you will see all hidden subfolders when “Show "
                "hidden items” option is toggled in Settings. Continue?",
                positive=DialogButton("Yes", call(FolderActions.hide_folders)),
                negative=DialogButton("No"),
            )
        )

    def hide_folders(self) -> None:
        """Put `.nomedia` into the folders."""
        for folder in self.selected_folders():
            self.kernel.files.write(f"{folder.path}/.nomedia", b"")
            self.effect("folder.hidden", "reversible", path=folder.path)
        self.unselect()

    def unhide_folders(self) -> None:
        """Take `.nomedia` away."""
        for folder in self.selected_folders():
            if self.kernel.files.exists(f"{folder.path}/.nomedia"):
                self.kernel.files.delete(f"{folder.path}/.nomedia")
                self.effect("folder.unhidden", "reversible", path=folder.path)
        self.unselect()

    def rename_folder(self) -> None:
        """Ask for a new name."""
        self.set_field("rename", self.selected_folders()[0].name)
        self.show(
            InputDialog(
                heading="Rename",
                key="rename",
                label="Name",
                positive=DialogButton("OK", Call(FolderActions.folder_renamed)),
                negative=DialogButton("Cancel"),
            )
        )

    def folder_renamed(self, name: str) -> None:
        """The new name was entered."""
        folder, name = self.selected_folders()[0], name.strip()
        try:
            target = f"{parent(folder.path)}/{name}"
            if not name or "/" in name or self.kernel.files.exists(target):
                raise DeviceError(f"{name!r} cannot be the name of a folder here")
            self.kernel.content.media.move(folder.path, target)
        except DeviceError:
            self.toast("The folder could not be renamed")
            return
        old, new = canonical_path(folder.path), canonical_path(target)
        self.db(DATABASE).execute(
            "UPDATE favorites SET full_path = ? || substr(full_path, ?), parent_path = ? || substr(parent_path, ?) "
            "WHERE substr(full_path, 1, ?) = ?",
            (new, len(old) + 1, new, len(old) + 1, len(old) + 1, f"{old}/"),
        )
        self.effect("folder.renamed", "reversible", path=folder.path, to=target)
        self.unselect()
