"""The New dialog: name, type and ending of a file, or a folder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from mobilegym.emulator.phone.apps.notes.store import EXTENSIONS
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, overlay_call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Flow, Row
from mobilegym.emulator.phone.ui.overlay import Overlay
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.chip import FilterChip
from mobilegym.emulator.phone.ui.widgets.dialog import dialog_frame, finish_dialog
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.text_field import EditText

__all__ = ["NewFileDialog"]


@dataclass(frozen=True)
class NewFileDialog(Overlay):
    """Fields `new_name` and `new_ext` hold what is typed; `create` gets (folder?, index of the type)."""

    create: Call | None = None
    kind: int = 0

    @property
    def title(self) -> str:
        return "New file or folder"

    @property
    def autofocus(self) -> str:
        return "new_name"

    def build(self, host: Host) -> View:
        # Beside the keyboard of a phone held sideways there is no room for headings.
        cramped = host.ui.width > host.ui.height and bool(host.focus)
        name = Column(
            None if cramped else Text("Name", "label_medium", color="primary"),
            Row(
                EditText(host, "new_name", hint="Title", rid="new_file_dialog__name", weight=1, padding=(0, 10), ime="next"),
                EditText(host, "new_ext", hint=".md ...", rid="new_file_dialog__ext", width=84, padding=(0, 10)),
                gap=12, width=FILL, cls=None,
            ),
            View(cls=None, height=1, background="outline", width=FILL),
            Text("Type", "label_medium", color="primary", padding=(0, 12, 0, 6)),
            Flow(*[FilterChip(label, i == self.kind, overlay_call(_choose, i)) for i, (label, _) in enumerate(EXTENSIONS)],
                 rid="new_file_dialog__type", width=FILL),
            cls="android.widget.LinearLayout", rid="new_file_dialog__root", width=FILL, padding=(24, 0 if cramped else 12, 24, 0),
        )  # fmt: skip
        buttons = Row(
            Button("Folder", Call(finish_dialog, (self.create, True, self.kind)), kind="text", rid="android:id/button3"),
            Row(
                Button("Cancel", Call(finish_dialog, (None,)), kind="text", rid="android:id/button2"),
                Button("OK", Call(_ok, (self.create, self.kind)), kind="text", rid="android:id/button1"), cls=None,
            ),
            main="between", width=FILL, padding=(16, 0 if cramped else 16), rid="buttonPanel",
        )  # fmt: skip
        form = ScrollColumn(host, "new_file", name, height=None, weight=1, loose=True)
        return dialog_frame("" if cramped else self.title, form, buttons)


def _choose(dialog: NewFileDialog, index: int) -> NewFileDialog:
    return replace(dialog, kind=index)


def _ok(surface: Any, create: Call | None, kind: int) -> None:
    known = {ending for _, ending in EXTENSIONS}
    if surface.field("new_ext") in known:
        surface.set_field("new_ext", EXTENSIONS[kind][1])
    finish_dialog(surface, create, False, kind)
