"""The video player: a still picture, and a clock that runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mobilegym.emulator.phone.apps.media_files import clock_length, picture, uri_path
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.surface import Depends
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Row, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.image import Image
from mobilegym.emulator.phone.ui.widgets.slider import Slider
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.errors import DeviceError, NotFound

__all__ = ["PlayerState", "VideoPlayerActivity"]


@dataclass(frozen=True, slots=True)
class PlayerState:
    path: str
    started_ms: int = 0
    """Since when it plays; 0 while it is paused."""
    position_ms: int = 0
    """Where it was when it was started or paused."""


class VideoPlayerActivity(Activity[PlayerState]):
    """Plays the video of the extra `path`."""

    name: ClassVar[str] = "org.fossify.gallery.activities.VideoPlayerActivity"
    depends: ClassVar[frozenset[Depends]] = frozenset(("databases", "settings", "hardware", "files", "second"))
    edge_to_edge: ClassVar[bool] = True
    background: ClassVar[str] = "black"
    light_bars: ClassVar[bool] = True

    def initial(self) -> PlayerState:
        try:
            path = uri_path(self.kernel, self.intent.text("path") or self.intent.data)
        except (NotFound, DeviceError):
            path = self.intent.text("path")
        return PlayerState(path, started_ms=self.kernel.clock.now_ms)

    @property
    def length_ms(self) -> int:
        """How long the video is."""
        item = self.kernel.content.media.by_path(self.state.path or "/-")
        return item.duration_ms or 0 if item is not None else 0

    @property
    def position_ms(self) -> int:
        """Where it is now."""
        state = self.state
        gone = self.kernel.clock.now_ms - state.started_ms if state.started_ms else 0
        return min(state.position_ms + gone, self.length_ms)

    @property
    def playing(self) -> bool:
        """Whether it runs."""
        return bool(self.state.started_ms) and self.position_ms < self.length_ms

    def build(self) -> View:
        ui, length, at = self.ui, self.length_ms, self.position_ms
        name = self.state.path.rsplit("/", 1)[-1]
        toggle = IconButton(
            "pause" if self.playing else "play", "Pause" if self.playing else "Play", call(VideoPlayerActivity.toggle), color="white",
            rid="video_toggle_play_pause", size=64, icon_size=40,
        )  # fmt: skip
        bar = Row(
            Text(clock_length(at), "body_medium", color="white", rid="video_curr_time"),
            Slider(at / length if length else 0, Call(VideoPlayerActivity.seek), weight=1, rid="video_seekbar"),
            Text(clock_length(length), "body_medium", color="white", rid="video_duration"),
            gap=8, cls="android.view.ViewGroup", rid="video_time_holder", width=FILL, padding=(16, 0),
        )  # fmt: skip
        top = AppBar(name, on_up=call(VideoPlayerActivity.finish), color="white", background=0x73000000, rid="video_toolbar")
        return Stack(
            Image(picture(self.kernel.files, self.state.path), fit="contain", rid="video_surface", desc=name, width=FILL, height=FILL),
            Column(top, cls=None, width=FILL, background=0x73000000, padding=(0, ui.status_bar / ui.scale, 0, 0)),
            Column(
                toggle, bar, cross="center", cls=None, width=FILL, gravity="bottom", background=0x73000000,
                padding=(0, 8, 0, 8 + ui.navigation_bar / ui.scale),
            ),
            cls="android.widget.RelativeLayout", rid="video_player_holder", width=FILL, height=FILL, background="black",
        )  # fmt: skip

    def toggle(self) -> None:
        """Play or pause; at the end it begins anew."""
        if self.playing:
            self.update(position_ms=self.position_ms, started_ms=0)
        else:
            at = 0 if self.position_ms >= self.length_ms else self.position_ms
            self.update(position_ms=at, started_ms=self.kernel.clock.now_ms)

    def seek(self, fraction: float) -> None:
        """The slider was moved."""
        started = self.kernel.clock.now_ms if self.playing else 0
        self.update(position_ms=int(self.length_ms * fraction), started_ms=started)

    def on_leave(self) -> None:
        if self.playing:
            self.toggle()
