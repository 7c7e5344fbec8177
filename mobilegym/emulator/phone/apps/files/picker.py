"""The picker that other apps get files, folders and destinations from."""

from __future__ import annotations

from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.files.actions import CREATE_DOCUMENT, OPEN_DOCUMENT, OPEN_TREE, PICK_DESTINATION
from mobilegym.emulator.phone.apps.files.browser import Browser
from mobilegym.emulator.phone.apps.files.rows import RootRow, bottom_bar
from mobilegym.emulator.phone.apps.files.store import HOME_FOLDER, ROOTS, BrowserState, Entry, matches_mime
from mobilegym.emulator.phone.apps.media_files import file_uri
from mobilegym.emulator.phone.kernel.intents import GET_CONTENT, PICK, Intent
from mobilegym.emulator.phone.kernel.paths import file_name_ok
from mobilegym.emulator.phone.kernel.providers.media_types import mime_of
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Kid, Row
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.text_field import EditText

__all__ = ["PickActivity"]

_MULTIPLE: Final = "android.intent.extra.ALLOW_MULTIPLE"
_TITLE: Final = "android.intent.extra.TITLE"


class PickActivity(Browser):
    """Gives back `data` (URI), `path` and `mime` of what was picked; with several, the tuples `paths` and `uris`."""

    name: ClassVar[str] = "com.android.documentsui.picker.PickActivity"

    def initial(self) -> BrowserState:
        action = self.intent.action
        if action == PICK_DESTINATION:
            stack = tuple(str(s) for s in self.intent.extra("stack", ()))
            return BrowserState(root=self.intent.text("root") or "device", stack=stack)
        if action == CREATE_DOCUMENT:
            self.fields = {"save_name": self.intent.text(_TITLE)}
        return BrowserState(
            root="recent" if action in (GET_CONTENT, OPEN_DOCUMENT) else "downloads" if action == CREATE_DOCUMENT else "device"
        )

    @property
    def picks_files(self) -> bool:
        """Whether files, not folders, are asked for."""
        return self.intent.action in (GET_CONTENT, OPEN_DOCUMENT)

    def drawer_title(self) -> str:
        return {CREATE_DOCUMENT: "Save to", PICK_DESTINATION: "Files"}.get(self.intent.action, "Open from")

    def may_pick(self, entry: Entry) -> bool:
        if not self.picks_files:
            return entry.is_dir
        return entry.is_dir or matches_mime(entry, self.intent.mime)

    def filterable(self) -> bool:
        return self.picks_files

    def may_select(self) -> bool:
        return self.picks_files and bool(self.intent.extra(_MULTIPLE))

    def previews(self) -> bool:
        return self.picks_files

    def preview(self, path: str) -> None:
        """Look at a file without picking it."""
        self.view(path)

    def held(self, path: str) -> None:
        entry = next((e for e in self.entries() if e.path == path), None)
        if entry is not None and not entry.is_dir and self.may_pick(entry):
            self.update(selected=self.state.selected ^ {path})

    def select_all(self) -> None:
        self.update(selected=frozenset(e.path for e in self.entries() if not e.is_dir and self.may_pick(e)))

    def on_entry(self, entry: Entry) -> None:
        if self.picks_files and self.may_pick(entry):
            self.finish(Intent.of(data=file_uri(entry.path), mime=entry.mime, path=entry.path))
        elif self.intent.action == CREATE_DOCUMENT:
            self.set_field("save_name", entry.name)

    def folder_made(self, path: str) -> None:
        self.update(stack=(*self.state.stack, path), searching=False)

    # ------------------------------------------------------------------ views

    def drawer_extras(self) -> tuple[RootRow, ...]:
        """Other apps that give pictures."""
        if not self.picks_files or not self.intent.mime.startswith(("image", "video")):
            return ()
        found = self.kernel.packages.resolve(Intent.of(PICK, mime=self.intent.mime))
        labels = dict.fromkeys((package, self.kernel.packages.label(package)) for package, _ in found)
        return tuple(
            RootRow(label, "image-multiple", call(PickActivity.other_app, package), divider=i == 0)
            for i, (package, label) in enumerate(labels)
        )

    def other_app(self, package: str) -> None:
        """Pick in another app."""
        self.start(Intent.of(PICK, mime=self.intent.mime, package=package), Call(PickActivity.picked_there))

    def picked_there(self, result: Intent | None) -> None:
        """Another app gave something."""
        if result is not None:
            self.finish(result)

    def selection_bar(self) -> View:
        actions: list[Kid] = [
            Button("Select", call(PickActivity.pick_selected), kind="text", rid="action_menu_select"),
            IconButton("dots-vertical", "More options", call(PickActivity.selection_menu)),
        ]
        return AppBar(
            f"{len(self.state.selected)} selected", on_up=call(Browser.unselect), up_icon="close", up_desc="Cancel", actions=actions,
            background="surface_container_high",
        )  # fmt: skip

    def selection_menu(self) -> None:
        """Overflow of the selection."""
        self.menu()

    def pick_selected(self) -> None:
        """Give back what is selected."""
        paths = tuple(e.path for e in self.entries() if e.path in self.state.selected)
        uris = tuple(file_uri(p) for p in paths)
        self.finish(Intent.of(data=uris[0], mime=mime_of(paths[0]), path=paths[0], paths=paths, uris=uris))

    def bottom(self) -> Kid:
        action = self.intent.action
        if action == PICK_DESTINATION:
            return bottom_bar(
                ("CANCEL", "android:id/button2", call(PickActivity.finish), True),
                (self.intent.text("verb"), "android:id/button1", call(PickActivity.use_here), self._may_drop()),
            )
        if action == OPEN_TREE:
            return bottom_bar(("USE THIS FOLDER", "android:id/button1", call(PickActivity.ask_tree), bool(self.folder)))
        if action == CREATE_DOCUMENT:
            return Row(
                EditText(self, "save_name", hint="File name", ime="done", rid="android:id/title", weight=1, padding=(0, 12)),
                Button("SAVE", call(PickActivity.save), kind="text", rid="android:id/button1",
                       enabled=self.writable and bool(self.field("save_name").strip())),
                cls="android.widget.LinearLayout", rid="container_save", width=FILL, padding=(24, 8, 8, 8), background="surface_container",
            )  # fmt: skip
        return None

    def _may_drop(self) -> bool:
        paths = self.intent.extra("paths", ())
        return self.writable and not any(self.folder == p or self.folder.startswith(f"{p}/") for p in paths)

    # ------------------------------------------------------------------ results

    def use_here(self) -> None:
        """MOVE or COPY."""
        self.finish(Intent.of(path=self.folder))

    def ask_tree(self) -> None:
        """Giving a folder to an app wants to be confirmed."""
        if self.folder in (HOME_FOLDER, ROOTS["downloads"].folder):
            self.show(AlertDialog(heading="Can’t use this folder", message="To protect your privacy, choose another folder",
                                  positive=DialogButton("OK")))  # fmt: skip
            return
        name = self.place_name()
        self.show(
            AlertDialog(
                heading=f"Allow access to files in {name}?",
                message=f"This app will be able to read and change the files stored in {name}.",
                positive=DialogButton("Allow", call(PickActivity.use_tree)),
                negative=DialogButton("Cancel"),
            )
        )

    def use_tree(self) -> None:
        """The folder is given."""
        self.effect("folder.granted", "sensitive", path=self.folder)
        self.finish(Intent.of(data=file_uri(self.folder), path=self.folder))

    def save(self) -> None:
        """SAVE: over an existing file only when confirmed."""
        name = self.field("save_name").strip()
        path = f"{self.folder}/{name}"
        if not file_name_ok(name):
            self.toast("Failed to save document")
        elif self.kernel.files.exists(path) and not self.kernel.files.is_dir(path):
            self.show(
                AlertDialog(
                    message=f"Replace {path.rsplit('/', 1)[-1]}?",
                    positive=DialogButton("OK", call(PickActivity.saved, path)),
                    negative=DialogButton("Cancel"),
                )
            )
        else:
            self.saved(self.kernel.files.free_path(path))

    def saved(self, path: str) -> None:
        """Make the file and give it back; the app that asked writes it."""
        replaced = self.kernel.files.exists(path)
        self.kernel.files.write(path, b"")
        self.effect("file.replaced" if replaced else "file.created", "irreversible" if replaced else "reversible", path=path)
        self.finish(Intent.of(data=file_uri(path), mime=self.intent.mime or mime_of(path), path=path))
