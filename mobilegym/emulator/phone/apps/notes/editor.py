"""Markor's editor: the text with formatting actions, undo and redo, and the rendered view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from mobilegym.emulator.phone.apps.notes.store import NOTEBOOK, Block, blocks, named_file
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import SEND
from mobilegym.emulator.phone.kernel.paths import file_name_ok
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton, InputDialog
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.list_item import Divider
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn, ScrollRow
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import EditText

__all__ = ["DocumentActivity", "DocumentState", "editor_page"]

_HISTORY: Final = 50
_FORMATS: Final = (
    ("format-list-checks", "Check list", "- [ ] ", ""), ("format-list-bulleted", "Unordered list", "- ", ""),
    ("format-list-numbered", "Ordered list", "1. ", ""), ("format-header-pound", "Heading", "# ", ""), ("format-bold", "Bold", "**", "**"),
    ("format-italic", "Italic", "_", "_"), ("code-tags", "Code", "`", "`"), ("format-strikethrough", "Strikeout", "~~", "~~"),
    ("format-quote-close", "Quote", "> ", ""), ("link-variant", "Insert Link", "[", "](url)"),
)  # fmt: skip
"""Icon, label, what goes before, what goes after; without an after it goes to the start of the line."""


def editor_page(host: Activity[Any], key: str, *, on_change: Call | None = None) -> View:
    """The text and the row of formatting actions below it."""
    edit = EditText(
        host,
        key,
        hint="",
        multiline=True,
        on_change=on_change,
        rid="document__fragment__edit__highlighting_editor",
        width=FILL,
        min_height=320,
        padding=(16, 12),
    )
    actions = [IconButton(icon, label, call(_format_text, key, i), size=48) for i, (icon, label, _, _) in enumerate(_FORMATS)]
    return Column(
        ScrollColumn(host, f"scroll_{key}", edit, rid="document__fragment__edit__content_editor__scrolling_parent", weight=1),
        ScrollRow(host, "actions", *actions, rid="document__fragment__edit__text_actions_bar", background="surface_container", width=FILL),
        cls=None, width=FILL, weight=1,
    )  # fmt: skip


def _format_text(surface: Activity[Any], key: str, index: int) -> None:
    """Put Markdown marks around the selection or at the start of the line."""
    _, _, before, after = _FORMATS[index]
    text = surface.field(key)
    low, high = sorted(surface.selection) if surface.focus == key else (len(text), len(text))
    if after:
        new, caret = f"{text[:low]}{before}{text[low:high]}{after}{text[high:]}", high + len(before)
    else:
        start = text.rfind("\n", 0, low) + 1
        new, caret = f"{text[:start]}{before}{text[start:]}", high + len(before)
    if isinstance(surface, DocumentActivity):
        surface.edited(new)
    surface.set_field(key, new)
    surface.focus_on(key)
    surface.selection = (caret, caret)


@dataclass(frozen=True, slots=True)
class DocumentState:
    path: str = ""
    preview: bool = False
    undo: tuple[str, ...] = ()
    """Earlier texts, the latest last."""
    redo: tuple[str, ...] = ()
    current: str = ""
    """The text as of the last edit that was remembered."""
    saved: str = ""
    searching: bool = False
    match: int = 0


class DocumentActivity(Activity[DocumentState]):
    """One file. It is saved when the screen is left, as in the real app."""

    name: ClassVar[str] = "net.gsantner.markor.activity.DocumentActivity"

    def initial(self) -> DocumentState:
        path = self.intent.text("path") or named_file(self.kernel, self.intent.data)
        if self.intent.action == SEND:
            path = f"{NOTEBOOK}/QuickNote.md"
        files = self.kernel.files
        text = files.read_text(path) if path and files.exists(path) and not files.is_dir(path) else ""
        shared = self.intent.text("android.intent.extra.TEXT") if self.intent.action == SEND else ""
        shown = f"{text.rstrip()}\n{shared}".lstrip("\n") if shared else text
        self.fields = {"text": shown}
        return DocumentState(path, preview=bool(text) and not shared and self.intent.text("mode") == "view", current=shown, saved=text)

    def build(self) -> View:
        state = self.state
        body: View = self._preview() if state.preview else editor_page(self, "text", on_change=Call(DocumentActivity.edited))
        search = self._search_bar() if state.searching else None
        return Column(self._bar(), search, body, cls=None, width=FILL, height=FILL)

    def _bar(self) -> View:
        state = self.state
        name = state.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        actions: list[Kid] = [] if state.preview else [
            IconButton("undo", "Undo", call(DocumentActivity.undo), rid="action_undo", enabled=bool(state.undo)),
            IconButton("redo", "Redo", call(DocumentActivity.redo), rid="action_redo", enabled=bool(state.redo)),
            IconButton("content-save", "Save", call(DocumentActivity.save), rid="action_save", enabled=self._unsaved()),
        ]  # fmt: skip
        mode = (
            IconButton("pencil", "Edit Mode", call(DocumentActivity.toggle_mode), rid="action_edit")
            if state.preview else IconButton("eye", "View Mode", call(DocumentActivity.toggle_mode), rid="action_preview")
        )  # fmt: skip
        more = IconButton("dots-vertical", "More options", call(DocumentActivity.menu))
        return AppBar(name, on_up=call(DocumentActivity.finish), actions=[*actions, mode, more])

    def _search_bar(self) -> View:
        found = self._matches()
        count = f"{min(self.state.match + 1, len(found))}/{len(found)}" if self.field("find") else ""
        return Row(
            EditText(self, "find", hint="Search", ime="search", weight=1, padding=(0, 12), on_change=Call(DocumentActivity.find_first)),
            Text(count, "body_medium"),
            IconButton("chevron-up", "Previous", call(DocumentActivity.find_next, -1)),
            IconButton("chevron-down", "Next", call(DocumentActivity.find_next, 1)),
            IconButton("close", "Close search", call(DocumentActivity.stop_search)),
            width=FILL, background="surface_container", padding=(16, 0, 4, 0),
        )  # fmt: skip

    def _preview(self) -> View:
        views = [_block_view(b) for b in blocks(self.field("text"))]
        return ScrollColumn(self, "preview", *views, gap=8, content_padding=16, cls="android.webkit.WebView", weight=1)

    def on_create(self) -> None:
        if not self.field("text"):
            self.focus_on("text")

    # ------------------------------------------------------------------ editing

    def edited(self, text: str) -> None:
        """The text changed: remember the one before for Undo."""
        state = self.state
        if text != state.current:
            self.update(undo=(*state.undo, state.current)[-_HISTORY:], redo=(), current=text)

    def undo(self) -> None:
        """Take back the last edit."""
        state = self.state
        self._show(state.undo[-1])
        self.update(undo=state.undo[:-1], redo=(*state.redo, state.current), current=state.undo[-1])

    def redo(self) -> None:
        """Do again what was taken back."""
        state = self.state
        self._show(state.redo[-1])
        self.update(redo=state.redo[:-1], undo=(*state.undo, state.current), current=state.redo[-1])

    def _show(self, text: str) -> None:
        self.set_field("text", text)

    def _unsaved(self) -> bool:
        return self.field("text") != self.state.saved

    def save(self) -> None:
        """Write the file if it differs."""
        text = self.field("text")
        if self._unsaved() and self.state.path:
            self.kernel.files.write_text(self.state.path, text)
            self.effect("note.saved", "reversible", path=self.state.path)
            self.update(saved=text)

    def on_leave(self) -> None:
        self.save()

    def on_back(self) -> bool:
        if self.state.searching:
            self.stop_search()
            return True
        return False

    def toggle_mode(self) -> None:
        """Switch between the text and the rendered view; switching saves."""
        self.save()
        self.clear_focus()
        self.update(preview=not self.state.preview)

    def tick(self, line: int) -> None:
        """A check box in the rendered view."""
        lines = self.field("text").split("\n")
        old = lines[line]
        lines[line] = old.replace("[ ]", "[x]", 1) if "[ ]" in old else old.replace("[x]", "[ ]", 1).replace("[X]", "[ ]", 1)
        self.set_field("text", "\n".join(lines))
        self.edited(self.field("text"))
        self.save()

    # ------------------------------------------------------------------ menu

    def menu(self) -> None:
        """Overflow."""
        self.show(Menu(items=(
            MenuItem("Search", call(DocumentActivity.start_search)), MenuItem("Share", call(DocumentActivity.share_text)),
            MenuItem("Rename", call(DocumentActivity.rename)), MenuItem("Details", call(DocumentActivity.details)),
            MenuItem("Delete", call(DocumentActivity.confirm_delete)),
        )))  # fmt: skip

    def share_text(self) -> None:
        """Share the text."""
        self.save()
        self.share(text=self.field("text"), title=self.state.path.rsplit("/", 1)[-1])

    def rename(self) -> None:
        """Ask for a new file name."""
        self.set_field("rename", self.state.path.rsplit("/", 1)[-1])
        self.show(InputDialog(heading="Rename", key="rename", label="Name", positive=DialogButton("OK", Call(DocumentActivity.renamed)),
                              negative=DialogButton("Cancel")))  # fmt: skip

    def renamed(self, name: str) -> None:
        """The new name was entered."""
        self.save()
        target = f"{self.state.path.rsplit('/', 1)[0]}/{name.strip()}"
        if not file_name_ok(name.strip()) or self.kernel.files.exists(target):
            self.toast("File already exists" if file_name_ok(name.strip()) else "Enter a valid name")
            return
        self.kernel.files.move(self.state.path, target)
        self.effect("note.renamed", "reversible", path=self.state.path, to=target)
        self.update(path=target)

    def details(self) -> None:
        """Path and counts."""
        text = self.field("text")
        self.show(
            AlertDialog(
                heading="Details",
                message=f"Path: {self.state.path}\nWords: {len(text.split())}\nCharacters: {len(text)}\nLines: {len(text.splitlines())}",
                positive=DialogButton("OK"),
            )
        )

    def confirm_delete(self) -> None:
        """Ask before deleting."""
        self.show(AlertDialog(heading="Confirm Delete", message=self.state.path.rsplit("/", 1)[-1],
                              positive=DialogButton("OK", call(DocumentActivity.delete)), negative=DialogButton("Cancel")))  # fmt: skip

    def delete(self) -> None:
        """Delete the file and leave."""
        path = self.state.path
        self.update(path="")
        self.kernel.files.delete(path)
        self.effect("note.deleted", "irreversible", path=path)
        self.finish()

    # ------------------------------------------------------------------ search

    def _matches(self) -> list[int]:
        wanted, text, found = self.field("find").casefold(), self.field("text").casefold(), list[int]()
        at = text.find(wanted) if wanted else -1
        while at >= 0:
            found.append(at)
            at = text.find(wanted, at + len(wanted))
        return found

    def start_search(self) -> None:
        """Show the search row."""
        self.set_field("find", "")
        self.update(searching=True, preview=False)
        self.focus_on("find")

    def find_first(self, text: str) -> None:
        """The search text changed."""
        del text
        self.update(match=0)

    def find_next(self, step: int) -> None:
        """Select the next or previous place."""
        found = self._matches()
        if not found:
            self.toast("Not found")
            return
        match = (self.state.match + step) % len(found) if self.focus == "text" else self.state.match % len(found)
        self.update(match=match)
        self.focus_on("text", keyboard=False)
        self.selection = (found[match], found[match] + len(self.field("find")))

    def stop_search(self) -> None:
        """Hide the search row."""
        self.clear_focus()
        self.update(searching=False)


def _block_view(block: Block) -> View:
    text = block.text
    match block.kind:
        case "h1" | "h2" | "h3":
            return Text(
                text,
                {"h1": "headline_medium", "h2": "headline_small", "h3": "title_large"}[block.kind],
                font="bold",
                cls="android.view.View",
                label=text,
            )
        case "check" | "checked":
            done = block.kind == "checked"
            return Row(
                Icon("checkbox-marked" if done else "checkbox-blank-outline", color="primary" if done else "on_surface_variant"),
                Text(text, "body_large", weight=1, strike=done, color="on_surface_variant" if done else "on_surface", cls=None),
                gap=8,
                cls="android.widget.CheckBox",
                label=text,
                checkable=True,
                checked=done,
                on_tap=call(DocumentActivity.tick, block.line),
                width=FILL,
            )
        case "bullet":
            return Row(
                Text("•", "body_large", cls=None),
                Text(text, "body_large", weight=1, cls="android.view.View", label=text),
                gap=8,
                cls=None,
                cross="start",
                padding=(8, 0),
            )
        case "quote":
            return Row(
                View(cls=None, width=3, background="outline_variant", align="fill"),
                Text(text, "body_large", color="on_surface_variant", weight=1),
                gap=12,
                cls=None,
            )
        case "code":
            return Text(
                text, "body_medium", background="surface_container", padding=(8, 4), width=FILL, cls="android.view.View", label=text
            )
        case "rule":
            return Divider()
        case "number" | "text":
            return Text(text, "body_large", cls="android.view.View", label=text)
