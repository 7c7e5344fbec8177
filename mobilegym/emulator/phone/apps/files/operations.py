"""What can be done with selected files: share, delete, move, copy, rename, open with, details."""

from __future__ import annotations

import posixpath
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.files.actions import PICK_DESTINATION
from mobilegym.emulator.phone.apps.files.browser import Browser
from mobilegym.emulator.phone.apps.files.rows import name_dialog
from mobilegym.emulator.phone.apps.files.store import ROOTS, Entry, name_of
from mobilegym.emulator.phone.apps.media_files import file_uri
from mobilegym.emulator.phone.kernel.intents import SEND, VIEW, Intent
from mobilegym.emulator.phone.kernel.providers.media_types import mime_of
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Kid
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.errors import DeviceError

__all__ = ["SEND_MULTIPLE", "FilesActivity"]

SEND_MULTIPLE: Final = "android.intent.action.SEND_MULTIPLE"


class FilesActivity(Browser):
    """Browses the phone's files."""

    name: ClassVar[str] = "com.android.documentsui.files.FilesActivity"

    def on_entry(self, entry: Entry) -> None:
        """Open a file with the app for its type."""
        self.view(entry.path)

    # ------------------------------------------------------------------ selection

    def selection_bar(self) -> View:
        selected = self.state.selected
        shareable = not any(self.kernel.files.is_dir(p) for p in selected)
        actions: list[Kid] = [
            IconButton("share-variant", "Share", call(FilesActivity.share_selected), rid="action_menu_share") if shareable else None,
            IconButton("delete", "Delete", call(FilesActivity.confirm_delete), rid="action_menu_delete"),
            IconButton("dots-vertical", "More options", call(FilesActivity.selection_menu)),
        ]
        return AppBar(
            f"{len(selected)} selected", on_up=call(Browser.unselect), up_icon="close", up_desc="Cancel", actions=actions,
            background="surface_container_high",
        )  # fmt: skip

    def selection_menu(self) -> None:
        """Overflow of the selection."""
        selected = self.state.selected
        one = next(iter(selected)) if len(selected) == 1 else ""
        file = bool(one) and not self.kernel.files.is_dir(one)
        items = [
            *([MenuItem("Open with", call(FilesActivity.open_with))] if file else []),
            MenuItem("Sort by...", call(Browser.sort_dialog)),
            MenuItem("Select all", call(Browser.select_all)),
            MenuItem("Copy to…", call(FilesActivity.pick_destination, "COPY")),
            MenuItem("Move to…", call(FilesActivity.pick_destination, "MOVE")),
            *([MenuItem("Rename", call(FilesActivity.rename)), MenuItem("Get info", call(FilesActivity.get_info))] if one else []),
        ]
        self.show(Menu(items=tuple(items)))

    def _chosen(self) -> list[str]:
        """Selected paths in the order shown."""
        return [e.path for e in self.entries() if e.path in self.state.selected]

    def share_selected(self) -> None:
        """Offer the files to other apps."""
        paths = self._chosen()
        mimes = {mime_of(p) for p in paths}
        kinds = {m.partition("/")[0] for m in mimes}
        mime = mimes.pop() if len(mimes) == 1 else f"{kinds.pop()}/*" if len(kinds) == 1 else "*/*"
        if len(paths) == 1:
            self.kernel.activities.choose(
                Intent.of(SEND, mime=mime, android__intent__extra__STREAM=file_uri(paths[0]), path=paths[0]), source=self
            )
        else:
            uris = tuple(file_uri(p) for p in paths)
            self.kernel.activities.choose(Intent.of(SEND_MULTIPLE, mime=mime, android__intent__extra__STREAM=uris), source=self)
        self.unselect()

    def open_with(self) -> None:
        """Let the owner choose the app."""
        path = self._chosen()[0]
        intent = Intent.of(VIEW, data=file_uri(path), mime=mime_of(path), path=path)
        self.unselect()
        self.kernel.packages.chooser("open", intent, self.kernel.packages.resolve(intent), self, None)

    # ------------------------------------------------------------------ delete

    def confirm_delete(self) -> None:
        """Ask before deleting."""
        paths = self._chosen()
        folders = sum(self.kernel.files.is_dir(p) for p in paths)
        if len(paths) == 1:
            name = name_of(paths[0])
            message = f"Delete folder “{name}” and its contents?" if folders else f"Delete “{name}”?"
        elif folders == len(paths):
            message = f"Delete {folders} folders and their contents?"
        else:
            message = f"Delete {len(paths)} {'items' if folders else 'files'}?"
        self.show(
            AlertDialog(
                message=message, positive=DialogButton("OK", call(FilesActivity.delete, tuple(paths))), negative=DialogButton("Cancel")
            )
        )

    def delete(self, paths: tuple[str, ...]) -> None:
        """Delete for good: DocumentsUI has no bin."""
        for path in paths:
            self.kernel.files.delete(path)
            self.effect("file.deleted", "irreversible", path=path)
        self.unselect()
        self.snackbar(f"Deleting {_count(len(paths))}.")

    # ------------------------------------------------------------------ move and copy

    def pick_destination(self, verb: str) -> None:
        """Let the owner choose where to."""
        paths = tuple(self._chosen())
        root = self.state.root if ROOTS[self.state.root].folder else "device"
        stack = self.state.stack if root == self.state.root else ()
        intent = Intent.of(PICK_DESTINATION, package=self.package, verb=verb, root=root, stack=stack, paths=paths)
        self.start(intent, Call(FilesActivity.transfer, (verb, paths)))

    def transfer(self, verb: str, paths: tuple[str, ...], result: Intent | None) -> None:
        """A destination was chosen, or not."""
        if result is None:
            return
        folder = result.text("path")
        failed = 0
        for path in paths:
            failed += not self._transfer(verb, path, folder)
        self.unselect()
        self.snackbar(
            f"Couldn’t {verb.lower()} {_count(failed)}" if failed else f"{'Moving' if verb == 'MOVE' else 'Copying'} {_count(len(paths))}."
        )

    def _transfer(self, verb: str, path: str, folder: str) -> bool:
        files, media = self.kernel.files, self.kernel.content.media
        if verb == "MOVE" and posixpath.dirname(path) == folder:
            return True
        target = files.free_path(f"{folder}/{name_of(path)}")
        try:
            if verb == "COPY":
                files.copy(path, target)
            else:
                media.move(path, target)
        except DeviceError:
            return False
        self.effect("file.copied" if verb == "COPY" else "file.moved", "reversible", path=path, to=target)
        return True

    # ------------------------------------------------------------------ rename, details

    def rename(self) -> None:
        """Ask for a new name."""
        self.set_field("rename", name_of(self._chosen()[0]))
        self.show(name_dialog("Rename", "rename", "Name", Call(FilesActivity.renamed)))

    def renamed(self, name: str) -> None:
        """The new name was entered."""
        path, name = self._chosen()[0], name.strip()
        target = f"{posixpath.dirname(path)}/{name}"
        if target == path:
            return
        if self.kernel.files.exists(target):
            self.set_field("rename", name)
            error = "A file with this name already exists."
            self.show(name_dialog("Rename", "rename", "Name", Call(FilesActivity.renamed), error=error))
            return
        try:
            if "/" in name:
                raise DeviceError(f"{name!r} is no file name")
            self.kernel.content.media.move(path, target)
        except DeviceError:
            self.show(AlertDialog(message="Failed to rename document", positive=DialogButton("OK")))
            return
        self.effect("file.renamed", "reversible", path=path, to=target)
        self.unselect()

    def get_info(self) -> None:
        """Open the details."""
        path = self._chosen()[0]
        self.unselect()
        self.start(Intent.of(package=self.package, activity="com.android.documentsui.inspector.InspectorActivity", path=path))


def _count(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"
