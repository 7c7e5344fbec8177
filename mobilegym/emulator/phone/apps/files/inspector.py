"""Get info: what is known of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mobilegym.emulator.phone.apps.files.store import glyph, name_of, pretty_type
from mobilegym.emulator.phone.apps.media_files import broken, clock_length, file_size, picture
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.providers.media_types import mime_of
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import call
from mobilegym.emulator.phone.ui.layout import Column, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.empty_state import EmptyState
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.image import Image
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["InspectorActivity"]


@dataclass(frozen=True, slots=True)
class _Nothing:
    pass


class InspectorActivity(Activity[_Nothing]):
    """Details of the file in the extra `path`."""

    name: ClassVar[str] = "com.android.documentsui.inspector.InspectorActivity"

    def initial(self) -> _Nothing:
        return _Nothing()

    def build(self) -> View:
        path, files = self.intent.text("path"), self.kernel.files
        bar = AppBar("Get info", on_up=call(InspectorActivity.finish))
        if not files.exists(path):
            return Column(bar, EmptyState("file-outline", "File not found"), cls=None, width=FILL, height=FILL)
        rows = [_row(label, value) for label, value in self._facts(path)]
        folder = files.is_dir(path)
        mime = "" if folder else mime_of(path)
        icon, color = glyph(mime, folder)
        head: View = Stack(
            Icon(icon, size=72, color="on_surface_variant" if folder else color, gravity="center"), cls=None, width=FILL, height=180,
            background="surface_container",
        )  # fmt: skip
        if mime.startswith(("image/", "video/")) and not broken(files, path):
            head = Image(picture(files, path), fit="contain", width=FILL, height=240, background="surface_container")
        title = Text(name_of(path), "headline_small", rid="inspector_file_title", padding=(24, 16, 24, 8))
        return Column(
            bar, ScrollColumn(self, "info", head, title, *rows, rid="inspector_details_view", weight=1), cls=None, width=FILL, height=FILL
        )

    def _facts(self, path: str) -> list[tuple[str, str]]:
        kernel = self.kernel
        stat, when = kernel.files.stat(path), kernel.clock.local(kernel.files.stat(path).modified_ms)
        clock = f"{when:%H:%M}" if self.ui.use_24h else f"{when.hour % 12 or 12}:{when.minute:02d}\u202f{when:%p}"
        modified = f"{when:%B} {when.day}, {when.year} {clock}"
        if stat.is_dir:
            count = len(kernel.files.names(path))
            return [("Type", "Folder"), ("Number of items", str(count)), ("Modified", modified), ("Path", path)]
        facts = [("Type", pretty_type(mime_of(path))), ("Size", file_size(stat.size)), ("Modified", modified), ("Path", path)]
        item = kernel.content.media.by_path(path)
        if item is not None and item.width and item.height:
            facts.append(("Dimensions", f"{item.width} x {item.height}"))
        if item is not None and item.duration_ms:
            facts.append(("Duration", clock_length(item.duration_ms)))
        return facts


def _row(label: str, value: str) -> View:
    return Column(
        Text(label, "body_medium", color="on_surface_variant", rid="key"), Text(value, "body_large", rid="value"),
        cls="android.widget.LinearLayout", rid="table_row", width=FILL, padding=(24, 8),
    )  # fmt: skip
