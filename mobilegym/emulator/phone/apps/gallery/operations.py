"""What can be done with pictures and videos, wherever they are shown."""

from __future__ import annotations

import posixpath
from typing import Any, Final

from mobilegym.emulator.phone.apps.gallery import pixels
from mobilegym.emulator.phone.apps.gallery.actions import ATTACH
from mobilegym.emulator.phone.apps.gallery.dialogs import PropertiesDialog
from mobilegym.emulator.phone.apps.gallery.store import (
    BIN,
    DATABASE,
    FAVORITES,
    Folder,
    folders,
    gallery_prefs,
    long_date,
    parent,
    size_text,
)  # fmt: skip
from mobilegym.emulator.phone.apps.media_files import clock_length, file_uri
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import SEND, VIEW, Intent
from mobilegym.emulator.phone.kernel.paths import canonical_path
from mobilegym.emulator.phone.kernel.providers.media import VIDEO, MediaItem
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, ChoiceDialog, DialogButton, InputDialog
from mobilegym.errors import DeviceError

__all__ = ["MediaScreen"]

_SEND_MULTIPLE: Final = "android.intent.action.SEND_MULTIPLE"
_PICK_DESTINATION: Final = "com.android.documentsui.PICK_COPY_DESTINATION"
_ADD_DELETED: Final = (
    "INSERT OR REPLACE INTO media (filename, full_path, parent_path, last_modified, date_taken, size, type, video_duration, is_favorite, "
    "deleted_ts, media_store_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class MediaScreen(Activity[Any]):
    """A screen with media to act on. Subclasses say which are meant and what follows."""

    def chosen(self) -> list[MediaItem]:
        """What the actions are about, in the order shown."""
        raise NotImplementedError

    def changed(self, moved: dict[str, str]) -> None:
        """Actions are done; `moved` has new paths by old ones (empty for gone)."""
        del moved

    @property
    def uses_bin(self) -> bool:
        """Whether deleting moves into the Recycle Bin."""
        return gallery_prefs(self.kernel).flag("use_recycle_bin", True)

    # ------------------------------------------------------------------ out

    def share_chosen(self) -> None:
        """Offer to other apps."""
        items = self.chosen()
        kinds = {i.mime.partition("/")[0] for i in items}
        mime = items[0].mime if len({i.mime for i in items}) == 1 else f"{kinds.pop()}/*" if len(kinds) == 1 else "*/*"
        if len(items) == 1:
            path = items[0].path
            self.kernel.activities.choose(Intent.of(SEND, mime=mime, android__intent__extra__STREAM=file_uri(path), path=path), source=self)
        else:
            uris = tuple(file_uri(i.path) for i in items)
            self.kernel.activities.choose(Intent.of(_SEND_MULTIPLE, mime=mime, android__intent__extra__STREAM=uris), source=self)

    def open_with(self) -> None:
        """Let the owner choose an app."""
        item = self.chosen()[0]
        intent = Intent.of(VIEW, data=file_uri(item.path), mime=item.mime, path=item.path)
        self.kernel.packages.chooser("open", intent, self.kernel.packages.resolve(intent), self, None)

    def set_as(self) -> None:
        """Use the picture as wallpaper, or whatever other apps offer."""
        item = self.chosen()[0]
        self.start(Intent.of(ATTACH, data=file_uri(item.path), mime=item.mime, path=item.path))

    # ------------------------------------------------------------------ delete, restore

    def confirm_delete(self) -> None:
        """Ask before deleting, unless that is turned off."""
        items = self.chosen()
        if not items:
            return
        run = call(MediaScreen.delete_chosen, tuple(i.path for i in items))
        if gallery_prefs(self.kernel).flag("skip_delete_confirmation"):
            self.delete_chosen(tuple(i.path for i in items))
            return
        what = f"“{items[0].name}” ({size_text(items[0].size)})" if len(items) == 1 else f"{len(items)} items"
        into = self.uses_bin and not items[0].trashed
        question = f"Are you sure you want to move {what} into the Recycle Bin?" if into else f"Are you sure you want to delete {what}?"
        self.show(AlertDialog(message=question, positive=DialogButton("Yes", run), negative=DialogButton("No")))

    def delete_chosen(self, paths: tuple[str, ...]) -> None:
        """Into the bin, or for good where it lies there already or the bin is not used."""
        media, db = self.kernel.content.media, self.db(DATABASE)
        moved: dict[str, str] = {}
        for path in paths:
            item = media.by_path(path)
            if item is None:
                continue
            moved[path] = ""
            db.execute("DELETE FROM favorites WHERE full_path = ?", (canonical_path(path),))
            if self.uses_bin and not item.trashed:
                self._remember_deleted(item)
                media.trash(item.id)
                self.effect("media.trashed", "reversible", path=path)
            else:
                db.execute("DELETE FROM media WHERE media_store_id = ?", (item.id,))
                media.remove(item.id)
                self.effect("media.deleted", "irreversible", path=path)
        self.changed(moved)

    def _remember_deleted(self, item: MediaItem) -> None:
        path, kind = canonical_path(item.path), 2 if item.media_type == VIDEO else 1
        self.db(DATABASE).execute(
            _ADD_DELETED,
            (item.name, f"{BIN}{path}", parent(path), item.modified_ms, item.taken_ms, item.size, kind, (item.duration_ms or 0) // 1000,
             int(item.favorite), self.kernel.clock.now_ms, item.id),
        )  # fmt: skip

    def restore_chosen(self) -> None:
        """Take out of the bin."""
        moved: dict[str, str] = {}
        for item in self.chosen():
            self.kernel.content.media.restore(item.id)
            now = self.kernel.content.media.get(item.id)
            self.db(DATABASE).execute("DELETE FROM media WHERE media_store_id = ?", (item.id,))
            self._mirror_favorite(now)
            self.effect("media.restored", "reversible", path=now.path)
            moved[item.path] = now.path
        self.toast("Files restored")
        self.changed(moved)

    def confirm_empty(self) -> None:
        """Ask before emptying the bin."""
        self.show(
            AlertDialog(
                message="Are you sure you want to empty the Recycle Bin? The files will be permanently lost.",
                positive=DialogButton("Yes", call(MediaScreen.empty_bin)),
                negative=DialogButton("No"),
            )
        )

    def empty_bin(self) -> None:
        """Delete for good all that is in the bin."""
        for item in self.kernel.content.media.items(trashed=True):
            self.kernel.content.media.remove(item.id)
            self.effect("media.deleted", "irreversible", path=item.path)
        self.db(DATABASE).execute("DELETE FROM media WHERE deleted_ts > 0")
        self.toast("The Recycle Bin has been emptied successfully")
        self.changed({})

    # ------------------------------------------------------------------ favourites

    def toggle_favorite(self) -> None:
        """Make favourites, or, where all are already, make none."""
        items = self.chosen()
        on = not all(i.favorite for i in items)
        for item in items:
            if item.favorite != on:
                self.kernel.content.media.set_favorite(item.id, on)
                self._mirror_favorite(self.kernel.content.media.get(item.id))
                self.effect("media.favorited" if on else "media.unfavorited", "reversible", path=item.path)
        self.changed({i.path: i.path for i in items})

    def _mirror_favorite(self, item: MediaItem) -> None:
        path, db = canonical_path(item.path), self.db(DATABASE)
        if item.favorite:
            db.execute(
                "INSERT OR REPLACE INTO favorites (full_path, filename, parent_path) VALUES (?, ?, ?)", (path, item.name, parent(path))
            )
        else:
            db.execute("DELETE FROM favorites WHERE full_path = ?", (path,))

    # ------------------------------------------------------------------ names and places

    def _move(self, item: MediaItem, target: str) -> None:
        self.kernel.content.media.move(item.path, target)
        if item.favorite:
            self.db(DATABASE).execute("DELETE FROM favorites WHERE full_path = ?", (canonical_path(item.path),))
            found = self.kernel.content.media.by_path(target)
            if found is not None:
                self._mirror_favorite(found)

    def rename(self) -> None:
        """Ask for a new name, without the ending."""
        self.set_field("rename", posixpath.splitext(self.chosen()[0].name)[0])
        self.show(
            InputDialog(
                heading="Rename",
                key="rename",
                label="Name",
                input_rid="rename_item_name",
                positive=DialogButton("OK", Call(MediaScreen.renamed)),
                negative=DialogButton("Cancel"),
            )
        )

    def renamed(self, name: str) -> None:
        """The new name was entered."""
        item, name = self.chosen()[0], name.strip()
        target = f"{parent(item.path)}/{name}{posixpath.splitext(item.name)[1]}"
        if target == item.path:
            return
        if "/" in name or self.kernel.files.exists(target):
            self.toast("The filename contains invalid characters" if "/" in name else "A file with this name already exists")
            return
        try:
            self._move(item, target)
        except DeviceError:
            self.toast("An error occurred")
            return
        self.effect("media.renamed", "reversible", path=item.path, to=target)
        self.changed({item.path: target})

    def toggle_hidden(self) -> None:
        """Hide or show again, by a leading dot."""
        moved: dict[str, str] = {}
        for item in self.chosen():
            hide = not item.name.startswith(".")
            target = self.kernel.files.free_path(f"{parent(item.path)}/{'.' + item.name if hide else item.name.lstrip('.')}")
            self._move(item, target)
            self.effect("media.hidden" if hide else "media.unhidden", "reversible", path=item.path, to=target)
            moved[item.path] = target
        self.changed(moved)

    def pick_folder(self, move: bool) -> None:
        """Ask where to copy or move."""
        paths = tuple(i.path for i in self.chosen())
        here = {parent(p) for p in paths}
        places = [f for f in folders(self.kernel) if f.path != FAVORITES and not (len(here) == 1 and f.path in here)]
        other = DialogButton("Other folder", call(MediaScreen.other_folder, move, paths))
        self.show(
            ChoiceDialog(
                heading="Select destination",
                options=tuple(f"{f.name} ({len(f.items)})" for f in places),
                radios=False,
                on_choose=Call(MediaScreen.folder_chosen, (move, paths, tuple(f.path for f in places))),
                negative=DialogButton("Cancel"),
                neutral=other if self.kernel.packages.resolve(Intent.of(_PICK_DESTINATION)) else None,
            )
        )

    def folder_chosen(self, move: bool, paths: tuple[str, ...], places: tuple[str, ...], index: int) -> None:
        """A folder of the list."""
        self.transfer(move, paths, places[index])

    def other_folder(self, move: bool, paths: tuple[str, ...]) -> None:
        """Any folder of the phone."""
        self.start(
            Intent.of(_PICK_DESTINATION, verb="MOVE" if move else "COPY", root="device"), Call(MediaScreen.other_chosen, (move, paths))
        )

    def other_chosen(self, move: bool, paths: tuple[str, ...], result: Intent | None) -> None:
        """The picker is back."""
        if result is not None:
            self.transfer(move, paths, result.text("path"))

    def transfer(self, move: bool, paths: tuple[str, ...], folder: str) -> None:
        """Copy or move."""
        media, files = self.kernel.content.media, self.kernel.files
        moved: dict[str, str] = {}
        for path in paths:
            item = media.by_path(path)
            if item is None or parent(path) == folder and move:
                continue
            target = files.free_path(f"{folder}/{item.name}")
            if move:
                self._move(item, target)
            else:
                files.copy(path, target)
                self._keep_date(item, target)
            self.effect("media.moved" if move else "media.copied", "reversible", path=path, to=target)
            moved[path] = target if move else path
        self.toast("Files moved successfully" if move else "Files copied successfully")
        self.changed(moved)

    def _keep_date(self, item: MediaItem, target: str) -> None:
        copy = self.kernel.content.media.by_path(target)
        if copy is not None and copy.taken_ms != item.taken_ms:
            self.kernel.content.update(f"content://media/external/file/{copy.id}", {"datetaken": item.taken_ms})

    # ------------------------------------------------------------------ pixels, properties

    def rotate_chosen(self, degrees: int) -> None:
        """Turn the pictures and write them."""
        for item in self.chosen():
            turned = pixels.edited(self.kernel.files.read(item.path), pixels.Edit(turns=degrees // 90 % 4), item.mime)
            if turned is not None:
                self.kernel.files.write(item.path, turned)
                self.effect("media.edited", "reversible", path=item.path, rotated=degrees)
        self.changed({i.path: i.path for i in self.chosen()})

    def properties(self) -> None:
        """Show what is known."""
        self.show(PropertiesDialog(heading="Properties", facts=self.facts(self.chosen()), positive=DialogButton("OK")))

    def facts(self, items: list[MediaItem]) -> tuple[tuple[str, str], ...]:
        """Labels and values of the properties dialog."""
        clock, use_24h = self.kernel.clock, self.ui.use_24h
        if len(items) > 1:
            total = size_text(sum(i.size for i in items))
            where = {parent(i.path) for i in items}
            path = (("Path", canonical_path(where.pop())),) if len(where) == 1 else ()
            return ("Items selected", str(len(items))), *path, ("Size", total), ("Files count", str(len(items)))
        item = items[0]
        facts = [("Name", item.name), ("Path", canonical_path(parent(item.path))), ("Size", size_text(item.size))]
        if item.width and item.height:
            facts.append(("Resolution", f"{item.width} x {item.height} ({item.width * item.height / 1e6:.1f}MP)"))
        if item.duration_ms:
            facts.append(("Duration", clock_length(item.duration_ms)))
        facts.append(("Last modified", long_date(clock.local(item.modified_ms), use_24h)))
        facts.append(("Date taken", long_date(clock.local(item.taken_ms), use_24h)))
        row = self.kernel.content.media.db.one("SELECT latitude, longitude FROM files WHERE _id = ?", (item.id,))
        if row is not None and row[0] is not None and row[1] is not None:
            facts.append(("GPS coordinates", f"{row[0]:.5f}, {row[1]:.5f}"))
        return tuple(facts)

    def folder_facts(self, found: list[Folder]) -> tuple[tuple[str, str], ...]:
        """Properties of folders."""
        items = [i for f in found for i in f.items]
        if len(found) == 1:
            folder = found[0]
            where = (("Path", canonical_path(folder.path)),) if folder.path.startswith("/") else ()
            return ("Name", folder.name), *where, ("Size", size_text(sum(i.size for i in items))), ("Files count", str(len(items)))
        return ("Items selected", str(len(found))), ("Size", size_text(sum(i.size for i in items))), ("Files count", str(len(items)))
