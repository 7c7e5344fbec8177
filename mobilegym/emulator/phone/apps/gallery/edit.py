"""The editor: turn, mirror, crop to a shape; kept under a name of one's choice."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from mobilegym.emulator.phone.apps.gallery import pixels
from mobilegym.emulator.phone.apps.media_files import GONE, file_uri, uri_path
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import SEND, Intent
from mobilegym.emulator.phone.kernel.paths import file_name_ok
from mobilegym.emulator.phone.kernel.providers.media_types import mime_of
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.images import file_key
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Spacer, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton, InputDialog
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.image import Image
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.errors import DeviceError, NotFound

__all__ = ["EditActivity", "EditState", "SaveAs"]

_ASPECTS: Final = (("FREE", None), ("1:1", (1, 1)), ("4:3", (4, 3)), ("16:9", (16, 9)))
_ACCENT: Final = 0xFF6DD58C


class SaveAs:
    """The dialog that asks where a changed picture goes; a name that exists is asked about again."""

    @staticmethod
    def ask(surface: Activity[Any], path: str, then: Call) -> None:
        """Ask; `then` gets the path to write to."""
        folder, name = posixpath.split(path)
        stem, ending = posixpath.splitext(name)
        number = 1
        while surface.kernel.files.exists(f"{folder}/{stem}_{number}{ending}"):
            number += 1
        surface.set_field("save_as", f"{stem}_{number}")
        surface.show(
            InputDialog(
                heading="Save as",
                message=folder.replace("/sdcard", "Internal", 1),
                key="save_as",
                label="Filename",
                input_rid="filename_value",
                positive=DialogButton("OK", Call(_named, (path, then))),
                negative=DialogButton("Cancel"),
            )
        )

    @staticmethod
    def write(surface: Activity[Any], path: str, data: bytes) -> None:
        """Write the file and say so."""
        replaced = surface.kernel.files.exists(path)
        surface.kernel.files.write(path, data)
        surface.effect("media.edited", "irreversible" if replaced else "reversible", path=path, replaced=replaced)
        surface.toast("File saved")


def _named(surface: Activity[Any], path: str, then: Call, name: str) -> None:
    folder, ending = posixpath.dirname(path), posixpath.splitext(path)[1]
    target = f"{folder}/{name.strip()}{ending}"
    if not file_name_ok(f"{name.strip()}{ending}"):
        surface.toast("The filename contains invalid characters")
    elif surface.kernel.files.exists(target):
        surface.show(
            AlertDialog(
                message=f"File “{posixpath.basename(target)}” already exists. Overwrite?",
                positive=DialogButton("Yes", Call(then.fn, (*then.args, target))),
                negative=DialogButton("No"),
            )
        )
    else:
        then.fn(surface, *then.args, target)


@dataclass(frozen=True, slots=True)
class EditState:
    path: str
    edit: pixels.Edit = pixels.Edit()


class EditActivity(Activity[EditState]):
    """Changes the picture of its intent; the result names the file written."""

    name: ClassVar[str] = "org.fossify.gallery.activities.EditActivity"
    edge_to_edge: ClassVar[bool] = True
    background: ClassVar[str] = "black"
    light_bars: ClassVar[bool] = True

    def initial(self) -> EditState:
        try:
            return EditState(uri_path(self.kernel, self.intent.text("path") or self.intent.data))
        except (NotFound, DeviceError):
            return EditState("")

    def on_create(self) -> None:
        if not self.state.path or pixels.picture_size(self._source()) is None:
            self.toast("Unknown file location")
            self.finish()

    def _source(self) -> bytes:
        path = self.state.path
        return self.kernel.files.read(path) if self.kernel.files.exists(path or "/-") else GONE

    # ------------------------------------------------------------------ views

    def build(self) -> View:
        ui = self.ui
        actions: list[Kid] = [
            IconButton("check", "Save", call(EditActivity.save), color="white", rid="save_as"),
            IconButton("share-variant", "Share", call(EditActivity.share_edited), color="white", rid="share"),
        ]
        return Column(
            AppBar("Editor", on_up=call(EditActivity.finish), actions=actions, color="white", background="black", rid="editor_toolbar"),
            self._canvas(),
            self._shapes(),
            self._tools(),
            cls="android.view.ViewGroup", rid="editor_coordinator", width=FILL, height=FILL, background="black",
            padding=(0, ui.status_bar / ui.scale, 0, ui.navigation_bar / ui.scale),
        )  # fmt: skip

    def _canvas(self) -> View:
        """The picture as large as there is room, the part that is cut off darkened."""
        ui, edit, data = self.ui, self.state.edit, self._source()
        shown = pixels.edited(data, pixels.Edit(edit.turns, edit.flip_x, edit.flip_y))
        if shown is None:
            return Spacer()
        width, height = pixels.picture_size(shown) or (1, 1)
        room_w = ui.width / ui.scale - 32
        room_h = (ui.height - ui.status_bar - ui.navigation_bar) / ui.scale - 64 - 128 - 24
        scale = min(room_w / width, room_h / height)
        picture = Image(
            file_key(shown), fit="fill", cls="android.widget.ImageView", rid="crop_image_view", width=width * scale, height=height * scale
        )
        kept_w, kept_h = pixels.cropped_size(width, height, edit.aspect)
        side, above = (width - kept_w) * scale / 2, (height - kept_h) * scale / 2
        dim = 0xA6000000
        shades = [
            View(cls=None, width=side, height=height * scale, background=dim, gravity="start") if side >= 1 else None,
            View(cls=None, width=side, height=height * scale, background=dim, gravity="end") if side >= 1 else None,
            View(cls=None, width=width * scale, height=above, background=dim, gravity="top") if above >= 1 else None,
            View(cls=None, width=width * scale, height=above, background=dim, gravity="bottom") if above >= 1 else None,
        ]
        frame = View(cls=None, width=kept_w * scale, height=kept_h * scale, border="white", border_width=2, gravity="center")
        thirds = Row(Spacer(), _line(0, kept_h * scale), Spacer(), _line(0, kept_h * scale), Spacer(), cls=None, width=kept_w * scale,
                     gravity="center")  # fmt: skip
        rows = Column(Spacer(), _line(kept_w * scale, 0), Spacer(), _line(kept_w * scale, 0), Spacer(), cls=None, height=kept_h * scale,
                      gravity="center")  # fmt: skip
        canvas = Stack(picture, *shades, thirds, rows, frame, cls=None, width=width * scale, height=height * scale, gravity="center")
        return Stack(canvas, cls="android.view.ViewGroup", rid="editor_holder", width=FILL, weight=1)

    def _shapes(self) -> View:
        chosen = self.state.edit.aspect
        views = [
            Text(
                label, "title_small", color=_ACCENT if aspect == chosen else "white", rid=f"bottom_aspect_ratio_{i}", text_align="center",
                padding=(16, 14), on_tap=call(EditActivity.shape, i), selected=aspect == chosen, min_width=64,
            )
            for i, (label, aspect) in enumerate(_ASPECTS)
        ]  # fmt: skip
        return Row(*views, main="around", cls="android.view.ViewGroup", rid="bottom_aspect_ratios", width=FILL, height=56)

    def _tools(self) -> View:
        edit = self.state.edit
        return Row(
            IconButton("rotate-right", "Rotate", call(EditActivity.rotate), color=_ACCENT if edit.turns else "white", rid="bottom_rotate"),
            IconButton("flip-horizontal", "Flip horizontally", call(EditActivity.flip, True), color=_ACCENT if edit.flip_x else "white",
                       rid="bottom_flip_horizontally"),
            IconButton("flip-vertical", "Flip vertically", call(EditActivity.flip, False), color=_ACCENT if edit.flip_y else "white",
                       rid="bottom_flip_vertically"),
            main="around", cls="android.view.ViewGroup", rid="bottom_editor_crop_rotate_actions", width=FILL, height=72,
        )  # fmt: skip

    # ------------------------------------------------------------------ changing

    def _set(self, edit: pixels.Edit) -> None:
        self.update(edit=edit)

    def rotate(self) -> None:
        """A quarter turn to the right."""
        edit = self.state.edit
        turns = (edit.turns + (3 if edit.flip_x != edit.flip_y else 1)) % 4
        self._set(pixels.Edit(turns, edit.flip_x, edit.flip_y, edit.aspect))

    def flip(self, sideways: bool) -> None:
        """Mirror."""
        edit = self.state.edit
        self._set(pixels.Edit(edit.turns, edit.flip_x != sideways, edit.flip_y == sideways, edit.aspect))

    def shape(self, index: int) -> None:
        """What part is kept."""
        edit = self.state.edit
        self._set(pixels.Edit(edit.turns, edit.flip_x, edit.flip_y, _ASPECTS[index][1]))

    # ------------------------------------------------------------------ keeping

    def save(self) -> None:
        """Ask for a name; unchanged pictures are not written."""
        if self.state.edit.empty:
            self.toast("No changes to save")
        else:
            SaveAs.ask(self, self.state.path, Call(EditActivity.save_to))

    def save_to(self, path: str) -> None:
        """Write and go back."""
        data = pixels.edited(self._source(), self.state.edit, mime_of(path))
        if data is not None:
            SaveAs.write(self, path, data)
        self.finish(Intent.of(data=file_uri(path), mime=mime_of(path), path=path))

    def share_edited(self) -> None:
        """Share the picture as it is now, from a temporary file."""
        path = self.state.path
        if not self.state.edit.empty:
            data = pixels.edited(self._source(), self.state.edit, mime_of(path))
            path = f"/data/data/{self.package}/cache/{posixpath.basename(path)}"
            if data is not None:
                self.kernel.files.write(path, data)
        self.kernel.activities.choose(
            Intent.of(SEND, mime=mime_of(path), android__intent__extra__STREAM=file_uri(path), path=path), source=self
        )


def _line(width: float, height: float) -> View:
    return View(cls=None, width=width or 1, height=height or 1, background=0x80FFFFFF)
