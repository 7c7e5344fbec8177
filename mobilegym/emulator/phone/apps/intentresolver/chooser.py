"""The sheet with apps: for sharing, or for choosing what opens something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mobilegym.emulator.phone.apps.intentresolver.target import (
    Candidate,
    candidates,
    headline,
    open_title,
    preview_name,
    shared_text,
    streams,
)
from mobilegym.emulator.phone.apps.media_files import picture, uri_path
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Grid, Kid, Row, Spacer, Stack
from mobilegym.emulator.phone.ui.memo import memo
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_icon import AppDisc
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.image import Image
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn, ScrollRow
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.errors import NotFound

__all__ = ["Chooser", "ChooserState"]

_COLUMNS: Final = 4


@dataclass(frozen=True)
class ChooserState:
    """Which app is marked, by its index among the candidates; -1 for none."""

    marked: int = -1


class Chooser(Activity[ChooserState]):
    """Started by `Packages.chooser`: `intent.target` goes to the app that is chosen."""

    name = "com.android.intentresolver.ChooserActivity"
    floating = True
    no_history = True
    edge_to_edge = True
    background = "transparent"

    def initial(self) -> ChooserState:
        return ChooserState()

    @property
    def target(self) -> Intent:
        """What is to be shared or opened."""
        return self.intent.target or Intent()

    def build(self) -> View:
        sharing = self.intent.text("kind") == "share"
        content = self._share() if sharing else self._open()
        sheet = Column(
            Stack(
                View(cls=None, width=32, height=4, radius=2, background="outline", gravity="center"),
                rid="android:id/drag",
                cls="android.view.View",
                width=FILL,
                height=28,
            ),
            *content,
            rid="android:id/contentPanel",
            cls="android.widget.ScrollView",
            width=FILL,
            max_width=640,
            background="surface_container_low",
            radius=(28, 28, 0, 0),
            padding=(0, 0, 0, self.ui.navigation_bar / self.ui.scale),
            gravity="bottom",
            on_swipe=Call(Chooser.drag, (frozenset(("down",)),)),
            clickable=True,
            cross="fill",
        )
        return Stack(View(cls=None, width=FILL, height=FILL, on_tap=call(Chooser.cancel)), sheet, cls=None, width=FILL, height=FILL)

    # ------------------------------------------------------------------ handlers

    def cancel(self) -> None:
        """Choose nothing."""
        self.finish()

    def drag(self, directions: frozenset[str], finger: str) -> None:
        """Pulled down, the sheet goes away."""
        if finger in directions:
            self.finish()

    def pick(self, index: int) -> None:
        """Start the app that was touched in the share sheet."""
        self._launch(index)

    def mark(self, index: int) -> None:
        """Mark an app in "Open with"; touched twice it opens once."""
        if self.state.marked == index:
            self._launch(index)
        else:
            self.update(marked=index)

    def once(self) -> None:
        """Just once."""
        if self.state.marked >= 0:
            self._launch(self.state.marked)

    def always(self) -> None:
        """Always: the app becomes the default for this kind of intent."""
        if self.state.marked < 0:
            return
        kernel, action = self.kernel, self.target.action
        chosen = self._candidate(self.state.marked)
        for other in candidates(kernel, self.intent):
            kernel.packages.change(other.package, defaults=kernel.packages.state(other.package).defaults - {action})
        kernel.packages.change(chosen.package, defaults=kernel.packages.state(chosen.package).defaults | {action})
        self.effect("default_app.set", "reversible", package=chosen.package, action=action)
        self._launch(chosen.index)

    def copy(self) -> None:
        """Put the shared text on the clipboard."""
        self.kernel.hardware.set_clipboard(shared_text(self.target))
        self.effect("text.copied", "reversible", text=shared_text(self.target))
        self.finish()
        self.kernel.shell.show_toast(self.package, "Copied")

    def info(self, package: str) -> None:
        """A long press leads to the app's page in Settings."""
        intent = Intent("android.settings.APPLICATION_DETAILS_SETTINGS", data=f"package:{package}")
        if self.kernel.packages.resolve(intent):
            self.kernel.activities.start(intent)

    def _candidate(self, index: int) -> Candidate:
        return next(c for c in candidates(self.kernel, self.intent) if c.index == index)

    def _launch(self, index: int) -> None:
        kernel, chosen = self.kernel, self._candidate(index)
        intent = self.target.to(chosen.package, chosen.activity)
        found = kernel.packages.resolve(intent)
        if not found:  # disabled since the sheet came up
            self.finish()
            self.toast("App isn’t available")
            return
        package, info = found[0]
        kernel.journal.append("dialog", self.package, "chosen", "read", package=chosen.package, activity=chosen.activity)
        kernel.activities.launch(package, info, intent, self, self.reply)

    # ------------------------------------------------------------------ views

    def _share(self) -> list[Kid]:
        cells = [memo(self.ui, _cell, c) for c in candidates(self.kernel, self.intent)]
        empty = Text(
            "No apps can perform this action", "body_medium", color="on_surface_variant", text_align="center", width=FILL, padding=(24, 24)
        )
        apps: View = Grid(cells, columns=_COLUMNS, rid="suggested_apps_container") if cells else empty
        return [
            Text(headline(self.target), "title_medium", rid="headline", padding=(20, 4, 20, 12)),
            self._preview(),
            ScrollColumn(
                self,
                "resolver_list",
                apps,
                rid="android:id/resolver_list",
                cls="android.widget.GridView",
                height=None,
                padding=(8, 8, 8, 24),
            ),
        ]

    def _preview(self) -> Kid:
        text, found = shared_text(self.target), streams(self.target)
        if found:
            kind = self.target.mime.partition("/")[0]
            if kind in ("image", "video"):
                return self._pictures(found)
            title = self.target.text("android.intent.extra.SUBJECT")
            # A contact has no file: the contacts provider names it after the person.
            name = f"{title}.vcf" if title and "/as_vcard/" in found[0] else self._path(found[0]) or found[0]
            return _file(name, len(found) - 1, kind)
        return Row(
            Text(text, "body_large", rid="android:id/content_preview_text", max_lines=4, weight=1),
            IconButton("content-copy", "Copy text", call(Chooser.copy), rid="copy", color="primary"),
            gap=8,
            rid="android:id/content_preview_text_area",
            width=FILL,
            margin=(16, 0, 16, 8),
            padding=(16, 12, 8, 12),
            radius=16,
            background="surface_container_high",
        )

    def _path(self, uri: str) -> str:
        """Path of a file that is shared; empty where the URI names none."""
        try:
            return uri_path(self.kernel, uri)
        except NotFound:
            return ""

    def _pictures(self, uris: tuple[str, ...]) -> View:
        """Small pictures of what is shared, side by side."""
        shown: list[View] = []
        for uri in uris:
            path = self._path(uri)
            image = picture(self.kernel.files, path)
            shown.append(Image(image, width=132, height=132, radius=16, rid="image", desc=preview_name(path or uri)))
        return ScrollRow(self, "previews", *shown, gap=8, rid="scrollable_image_preview", margin=(16, 0, 16, 8), width=FILL)

    def _open(self) -> list[Kid]:
        marked = self.state.marked
        rows = [memo(self.ui, _row, c, c.index == marked) for c in candidates(self.kernel, self.intent)]
        chosen = marked >= 0
        return [
            Text(open_title(self.target), "title_large", rid="android:id/title", padding=(24, 4, 24, 12)),
            ScrollColumn(self, "resolver_list", *rows, rid="android:id/resolver_list", cls="android.widget.ListView", height=None),
            Row(
                Spacer(),
                Button("Just once", call(Chooser.once), kind="text", rid="android:id/button_once", enabled=chosen),
                Button("Always", call(Chooser.always), kind="text", rid="android:id/button_always", enabled=chosen),
                rid="android:id/button_bar",
                gap=8,
                width=FILL,
                padding=(16, 12),
            ),
        ]


def _file(name: str, others: int, kind: str) -> View:
    icon = "music-note" if kind == "audio" else "file-outline"
    more = f"+ {others} more file{'s' if others > 1 else ''}"
    return Row(
        Stack(Icon(icon, size=28, gravity="center"), cls=None, width=56, height=56, radius=12, background="surface_container_highest"),
        Column(
            Text(preview_name(name), "body_large", rid="content_preview_filename", max_lines=1),
            Text(more, "body_medium", color="on_surface_variant", rid="content_preview_more_files") if others else None,
            cls=None,
            weight=1,
        ),
        gap=16,
        rid="content_preview_file_area",
        width=FILL,
        margin=(16, 0, 16, 8),
        padding=16,
        radius=16,
        background="surface_container_high",
    )


def _cell(app: Candidate) -> View:
    return Column(
        AppDisc(app.glyph, app.color, size=52, rid="android:id/icon"),
        Text(app.label, "body_small", rid="android:id/text1", text_align="center", max_lines=2, margin=(0, 8, 0, 0)),
        Text(app.app, "label_small", color="on_surface_variant", rid="android:id/text2", text_align="center", max_lines=1)
        if app.app
        else None,
        cross="center",
        rid="item",
        on_tap=call(Chooser.pick, app.index),
        on_long=call(Chooser.info, app.package),
        padding=(4, 12),
    )


def _row(app: Candidate, marked: bool) -> View:
    return Row(
        AppDisc(app.glyph, app.color, size=40, rid="android:id/icon"),
        Column(
            Text(app.label, "body_large", rid="android:id/text1", max_lines=1),
            Text(app.app, "body_medium", color="on_surface_variant", rid="android:id/text2", max_lines=1) if app.app else None,
            weight=1,
        ),
        Icon("check", color="primary") if marked else None,
        gap=16,
        on_tap=call(Chooser.mark, app.index),
        on_long=call(Chooser.info, app.package),
        selected=marked,
        width=FILL,
        min_height=64,
        padding=(24, 8),
        background="secondary_container" if marked else None,
    )
