"""The viewer: one picture or video at a time, swiped through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.gallery import pixels
from mobilegym.emulator.phone.apps.gallery.edit import EditActivity, SaveAs
from mobilegym.emulator.phone.apps.gallery.operations import MediaScreen
from mobilegym.emulator.phone.apps.gallery.store import BIN, is_hidden, media_in, parent
from mobilegym.emulator.phone.apps.gallery.video import VideoPlayerActivity
from mobilegym.emulator.phone.apps.media_files import picture, uri_path
from mobilegym.emulator.phone.kernel.intents import EDIT, Intent
from mobilegym.emulator.phone.kernel.providers.media import IMAGE, VIDEO, MediaItem
from mobilegym.emulator.phone.kernel.providers.media_types import mime_of
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.images import file_key
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.image import Image
from mobilegym.emulator.phone.ui.widgets.menu import Menu, MenuItem
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn, ScrollRow
from mobilegym.errors import DeviceError, NotFound

__all__ = ["PagerState", "PhotoActivity", "VideoActivity", "ViewPagerActivity"]

_ZOOM: Final = 2
_BAR: Final = 0x73000000


@dataclass(frozen=True, slots=True)
class PagerState:
    path: str
    fullscreen: bool = False
    zoomed: bool = False
    turns: int = 0
    """Quarter turns that are not saved yet."""


class ViewPagerActivity(MediaScreen):
    """Extras: `path`, `folder` (what is swiped through), `hidden`."""

    name: ClassVar[str] = "org.fossify.gallery.activities.ViewPagerActivity"
    state: PagerState
    edge_to_edge: ClassVar[bool] = True
    background: ClassVar[str] = "black"
    light_bars: ClassVar[bool] = True
    snack_inset: ClassVar[float] = 64

    def initial(self) -> PagerState:
        return PagerState(self.intent.text("path"))

    @property
    def folder(self) -> str:
        """What is swiped through."""
        return self.intent.text("folder") or parent(self.state.path)

    def pages(self) -> list[MediaItem]:
        """All that can be swiped to, in order."""
        hidden = bool(self.intent.extra("hidden", False)) or is_hidden(self.kernel.files, self.state.path)
        return list(media_in(self.kernel, self.folder, hidden=hidden))

    def current(self) -> MediaItem | None:
        """What is shown."""
        return next((i for i in self.pages() if i.path == self.state.path), None) or self.kernel.content.media.by_path(self.state.path)

    def chosen(self) -> list[MediaItem]:
        item = self.current()
        return [item] if item is not None else []

    def changed(self, moved: dict[str, str]) -> None:
        new = moved.get(self.state.path, self.state.path)
        there = self.kernel.content.media.by_path(new) if new else None
        if there is not None and parent(new) == parent(self.state.path) and (self.folder == BIN) == there.trashed:
            self.update(path=new, turns=0)
            return
        self._next_to(self.state.path)

    def _next_to(self, gone: str) -> None:
        """Show the neighbour of what is gone, or leave."""
        pages = [i for i in self.pages() if i.path != gone]
        order = [p for p in self._order if p in {i.path for i in pages}]
        after = [p for p in self._order[self._order.index(gone) + 1 :] if p in order] if gone in self._order else []
        choice = (after or order[-1:] or [i.path for i in pages][:1] or [""])[0]
        if choice:
            self.update(path=choice, turns=0, zoomed=False)
        else:
            self.finish()

    @property
    def _order(self) -> list[str]:
        value = self.field("order")
        return value.split("\n") if value else []

    def on_resume(self) -> None:
        self._remember()
        if self.state.path and not self.kernel.files.exists(self.state.path):
            self._next_to(self.state.path)

    def _remember(self) -> None:
        """Keep the order of pages, so that after a deletion the next one is known."""
        order = "\n".join(i.path for i in self.pages())
        if order != self.field("order"):
            self.set_field("order", order)

    # ------------------------------------------------------------------ views

    def build(self) -> View:
        ui, item = self.ui, self.current()
        if item is None:
            name = self.state.path.rsplit("/", 1)[-1]
            page = Image(picture(self.kernel.files, self.state.path), fit="contain", width=FILL, height=FILL, desc=name)
            bar = AppBar(name, on_up=call(ViewPagerActivity.finish), color="white", background=_BAR)
            return Stack(page, Column(bar, cls=None, padding=(0, ui.status_bar / ui.scale, 0, 0)), cls=None, width=FILL, height=FILL)
        bars = not self.state.fullscreen
        return Stack(
            self._page(item),
            self._top(item) if bars else None,
            self._bottom(item) if bars else None,
            cls="android.widget.RelativeLayout", rid="fragment_holder", width=FILL, height=FILL, background="black",
        )  # fmt: skip

    def _page(self, item: MediaItem) -> View:
        ui, state = self.ui, self.state
        key = picture(self.kernel.files, item.path)
        if state.turns:
            turned = pixels.edited(self.kernel.files.read(item.path), pixels.Edit(turns=state.turns), item.mime)
            key = file_key(turned) if turned is not None else key
        swipe = Call(ViewPagerActivity.swiped, (frozenset(("left", "right", "down")),))
        tap = call(ViewPagerActivity.toggle_bars)
        zoom = call(ViewPagerActivity.toggle_zoom) if item.media_type == IMAGE else None
        if state.zoomed:
            width, height = ui.width / ui.scale * _ZOOM, ui.height / ui.scale * _ZOOM
            big = Image(key, fit="contain", desc=item.name, rid="gestures_view", width=width, height=height, on_tap=tap, on_double=zoom)
            inner = ScrollColumn(self, "zoom_y", big, cls=None, width=width)
            return Stack(
                ScrollRow(self, "zoom_x", inner, cls=None, height=FILL), cls="androidx.viewpager.widget.ViewPager", rid="view_pager",
                width=FILL, height=FILL, on_swipe=swipe,
            )  # fmt: skip
        play = Stack(
            Icon("play", size=48, color="white", gravity="center"), cls="android.widget.ImageView", rid="video_play_outline",
            desc="Play video", on_tap=call(ViewPagerActivity.play), width=80, height=80, radius=40, background=0x80000000, gravity="center",
        ) if item.media_type == VIDEO else None  # fmt: skip
        view = Image(
            key, fit="contain", desc=item.name, rid="gestures_view" if play is None else "video_preview", width=FILL, height=FILL,
            on_tap=tap, on_double=zoom,
        )  # fmt: skip
        return Stack(view, play, cls="androidx.viewpager.widget.ViewPager", rid="view_pager", width=FILL, height=FILL, on_swipe=swipe)

    def _top(self, item: MediaItem) -> View:
        ui, picture_shown = self.ui, item.media_type == IMAGE
        actions: list[Kid] = [
            IconButton("content-save", "Save as", call(ViewPagerActivity.save_rotation), color="white", rid="menu_save_as")
            if self.state.turns
            else None,
            IconButton("rotate-right", "Rotate", call(ViewPagerActivity.rotate), color="white", rid="menu_rotate")
            if picture_shown and not item.trashed
            else None,
            IconButton("information-outline", "Properties", call(MediaScreen.properties), color="white", rid="menu_properties"),
            IconButton("dots-vertical", "More options", call(ViewPagerActivity.menu), color="white") if not item.trashed else None,
        ]
        bar = AppBar(item.name, on_up=call(ViewPagerActivity.finish), actions=actions, color="white", background="transparent",
                     rid="medium_viewer_toolbar")  # fmt: skip
        return Column(bar, cls="android.view.ViewGroup", rid="medium_viewer_appbar", width=FILL, background=_BAR,
                      padding=(0, ui.status_bar / ui.scale, 0, 0))  # fmt: skip

    def _bottom(self, item: MediaItem) -> View:
        ui = self.ui
        if item.trashed:
            buttons: list[Kid] = [
                IconButton("restore", "Restore this file", call(MediaScreen.restore_chosen), color="white", rid="menu_restore_file"),
                IconButton("delete-forever", "Delete", call(MediaScreen.confirm_delete), color="white", rid="bottom_delete"),
            ]
        else:
            star = "star" if item.favorite else "star-outline"
            buttons = [
                IconButton(star, "Toggle favorite", call(MediaScreen.toggle_favorite), color="white", rid="bottom_favorite",
                           selected=item.favorite),
                IconButton("pencil", "Edit", call(ViewPagerActivity.edit), color="white", rid="bottom_edit")
                if item.media_type == IMAGE else None,
                IconButton("share-variant", "Share", call(MediaScreen.share_chosen), color="white", rid="bottom_share"),
                IconButton("delete", "Delete", call(MediaScreen.confirm_delete), color="white", rid="bottom_delete"),
            ]  # fmt: skip
        return Row(
            *buttons, main="around", cls="android.view.ViewGroup", rid="bottom_actions", width=FILL, gravity="bottom", background=_BAR,
            padding=(8, 8, 8, 8 + ui.navigation_bar / ui.scale),
        )  # fmt: skip

    # ------------------------------------------------------------------ gestures

    def swiped(self, directions: frozenset[str], finger: str) -> None:
        """To the next or the previous one; down leaves."""
        del directions
        if finger == "down":
            self.finish()
            return
        paths = [i.path for i in self.pages()]
        if self.state.path not in paths:
            return
        at = paths.index(self.state.path) + (1 if finger == "left" else -1)
        if 0 <= at < len(paths):
            self.update(path=paths[at], zoomed=False, turns=0)
            self._remember()

    def toggle_bars(self) -> None:
        """Show the picture alone, or the bars again."""
        self.update(fullscreen=not self.state.fullscreen)

    def toggle_zoom(self) -> None:
        """Twice as large about the middle, or the whole picture."""
        if not self.state.zoomed:
            self.scroll_to("zoom_x", self.ui.width * (_ZOOM - 1) // 2)
            self.scroll_to("zoom_y", self.ui.height * (_ZOOM - 1) // 2)
        self.update(zoomed=not self.state.zoomed)

    def on_back(self) -> bool:
        if self.state.zoomed:
            self.toggle_zoom()
            return True
        return False

    def play(self) -> None:
        """Play the video."""
        self.open(VideoPlayerActivity, path=self.state.path)

    # ------------------------------------------------------------------ actions

    def menu(self) -> None:
        """Overflow."""
        item = self.current()
        if item is None:
            return
        shown = item.media_type == IMAGE
        rows = [
            *([MenuItem("Set as", call(MediaScreen.set_as))] if shown else []),
            MenuItem("Copy to", call(MediaScreen.pick_folder, False)),
            MenuItem("Move to", call(MediaScreen.pick_folder, True)),
            MenuItem("Open with", call(MediaScreen.open_with)),
            MenuItem("Unhide" if item.name.startswith(".") else "Hide", call(MediaScreen.toggle_hidden)),
            MenuItem("Rename", call(MediaScreen.rename)),
        ]
        self.show(Menu(items=tuple(rows)))

    def rotate(self) -> None:
        """Turn it a quarter to the right; saved only with Save as."""
        self.update(turns=(self.state.turns + 1) % 4, zoomed=False)

    def save_rotation(self) -> None:
        """Ask under which name to keep the turned picture."""
        SaveAs.ask(self, self.state.path, Call(ViewPagerActivity.save_turned))

    def save_turned(self, path: str) -> None:
        """Write the turned picture."""
        files, old = self.kernel.files, self.state.path
        data = pixels.edited(files.read(old), pixels.Edit(turns=self.state.turns), mime_of(path)) if files.exists(old) else None
        if data is not None:
            SaveAs.write(self, path, data)
            self.update(path=path, turns=0)
            self._remember()

    def edit(self) -> None:
        """Open the editor."""
        item = self.chosen()[0]
        self.start(
            Intent.of(EDIT, data=f"file://{item.path}", mime=item.mime, package=self.package, activity=EditActivity.name, path=item.path),
            Call(ViewPagerActivity.edited),
        )

    def edited(self, result: Intent | None) -> None:
        """The editor is back: show what it wrote."""
        path = result.text("path") if result is not None else ""
        if path and parent(path) == parent(self.state.path):
            self.update(path=path)


class PhotoActivity(ViewPagerActivity):
    """A picture that another app wants shown (`VIEW`)."""

    name: ClassVar[str] = "org.fossify.gallery.activities.PhotoActivity"

    def initial(self) -> PagerState:
        try:
            return PagerState(uri_path(self.kernel, self.intent.text("path") or self.intent.data))
        except (NotFound, DeviceError):
            return PagerState(self.intent.data.removeprefix("file://"))

    @property
    def folder(self) -> str:
        return parent(self.state.path)

    def on_resume(self) -> None:
        self._remember()
        if self.field("order") and not self.kernel.files.exists(self.state.path):
            self._next_to(self.state.path)


class VideoActivity(PhotoActivity):
    """A video that another app wants shown (`VIEW`)."""

    name: ClassVar[str] = "org.fossify.gallery.activities.VideoActivity"
