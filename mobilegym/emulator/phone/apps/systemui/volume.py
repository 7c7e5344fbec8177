"""The volume panel at the side of the screen, and the sheet with all volumes that it leads to."""

from __future__ import annotations

from typing import ClassVar, Final, Unpack

from mobilegym.emulator.device import Stream
from mobilegym.emulator.phone.apps.systemui.routes import open_page
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.hardware import RingerMode
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.surface import Depends, Surface
from mobilegym.emulator.phone.ui import ops
from mobilegym.emulator.phone.ui.attrs import FILL, ViewAttrs
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column, Row, Spacer, Stack
from mobilegym.emulator.phone.ui.theme import Ui
from mobilegym.emulator.phone.ui.view import Box, Recorder, View
from mobilegym.emulator.phone.ui.widgets.button import Button
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.slider import Slider
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["STREAM_NAMES", "Volume", "VolumePanel"]

_SHOWN_MS: Final = 3000
STREAM_NAMES: Final[dict[Stream, tuple[str, str, str]]] = {
    "media": ("Media", "music-note", "music-note-off"),
    "call": ("Call", "phone-in-talk", "phone"),
    "ring": ("Ring", "bell-ring", "vibrate"),
    "notification": ("Notification", "bell", "bell-off"),
    "alarm": ("Alarm", "alarm", "alarm-off"),
}
"""Stream → name, icon, icon at 0."""
_RINGER: Final[dict[RingerMode, tuple[str, str, RingerMode]]] = {
    "normal": ("bell-ring", "Ring", "vibrate"),
    "vibrate": ("vibrate", "Vibrate", "silent"),
    "silent": ("bell-off", "Mute", "normal"),
}


class _Upright(View):
    """An upright slider: a touch or a drag along it sets the fraction."""

    cls = "android.widget.SeekBar"
    drag_axis = "y"
    focusable = True

    def __init__(self, fraction: float, icon: str, **attrs: Unpack[ViewAttrs]) -> None:
        self.fraction = fraction
        self.icon = icon
        self.__dict__.update(attrs)

    def draw(self, p: Recorder, box: Box, x: int, y: int) -> None:
        ui = p.ui
        radius = box.w // 2
        done = int(box.w + (box.h - box.w) * self.fraction)
        p.put(ops.rrect(x, y, box.w, box.h, radius, ui.color("surface_container_highest"), p.clip))
        p.put(ops.rrect(x, y + box.h - done, box.w, done, radius, ui.color("primary"), p.clip))
        size = ui.px(20)
        p.put(ops.icon(x + (box.w - size) // 2, y + box.h - (box.w + size) // 2, size, self.icon, ui.color("on_primary"), p.clip))


class Volume(Surface[None]):
    """Shows the stream of `kernel.shell.state.volume_stream`."""

    depends: ClassVar[frozenset[Depends]] = frozenset(("settings", "hardware", "shell"))

    def initial(self) -> None:
        return None

    def build(self) -> View:
        hardware, stream = self.kernel.hardware, self._stream()
        name, icon, icon_off = STREAM_NAMES[stream]
        value = hardware.volume(stream)
        ringer, said, _ = _RINGER[hardware.ringer_mode]
        slider = _Upright(
            value / hardware.max_volume(stream),
            icon if value else icon_off,
            rid="volume_row_slider",
            desc=f"{name} volume",
            label=str(float(value)),
            on_drag=Call(Volume.drag),
            width=48,
            height=220,
        )
        return Column(
            IconButton(
                ringer,
                f"Ringer volume, {said}",
                call(Volume.ringer),
                rid="volume_new_ringer_active_icon_container",
                color="on_primary",
                background="primary",
            ),
            Column(
                slider,
                IconButton("tune-vertical", "Sound settings", call(Volume.more), rid="settings"),
                gap=4,
                cls=None,
                padding=6,
                radius=30,
                background="surface_container_high",
                elevation=3,
            ),
            gap=10,
            cross="center",
            rid="volume_dialog",
            cls="android.widget.FrameLayout",
            padding=8,
        )

    def place(self, ui: Ui, box: Box) -> tuple[int, int]:
        return ui.width - box.w - ui.px(4), max(ui.status_bar, (ui.height - box.h) // 2 - ui.px(80))

    def _stream(self) -> Stream:
        wanted = self.kernel.shell.state.volume_stream
        for stream in STREAM_NAMES:
            if stream == wanted:
                return stream
        return "media"

    def _stay(self) -> None:
        self.kernel.shell.set(volume_until_ms=self.kernel.clock.now_ms + _SHOWN_MS)

    def drag(self, fraction: float) -> None:
        """Set the volume by the slider."""
        hardware, stream = self.kernel.hardware, self._stream()
        hardware.set_volume(stream, round(fraction * hardware.max_volume(stream)))
        self._stay()

    def ringer(self) -> None:
        """Ring, vibrate, mute, in turn."""
        hardware = self.kernel.hardware
        hardware.set_ringer_mode(_RINGER[hardware.ringer_mode][2])
        self._stay()
        self.effect("setting.changed", "reversible", setting="ringer", value=hardware.ringer_mode)

    def more(self) -> None:
        """The sheet with all volumes, over whatever is on the screen."""
        kernel = self.kernel
        kernel.shell.set(volume_until_ms=0)
        if not kernel.hardware.locked:
            kernel.activities.start(Intent.of(package=self.package, activity=VolumePanel.name), source=kernel.activities.foreground)


class VolumePanel(Activity[None]):
    """All volumes, in a sheet."""

    name = "com.android.systemui.volume.VolumePanelDialog"
    floating = True
    no_history = True
    edge_to_edge = True
    background = "transparent"

    def initial(self) -> None:
        return None

    def build(self) -> View:
        hardware = self.kernel.hardware
        rows: list[View] = []
        for stream, (name, icon, icon_off) in STREAM_NAMES.items():
            top, value = hardware.max_volume(stream), hardware.volume(stream)
            slider = Slider(value / top, Call(VolumePanel.drag, (stream,)), maximum=top, rid="slider", desc=f"{name} volume", weight=1)
            rows.append(
                Column(
                    Text(f"{name} volume", "title_small", rid="android:id/title", padding=(16, 0)),
                    Row(Icon(icon if value else icon_off, margin=(16, 0, 0, 0)), slider, gap=4, cls=None, width=FILL),
                    cls=None,
                    width=FILL,
                    padding=(8, 2),
                )
            )
        sheet = Column(
            Text("Sound & vibration", "title_large", rid="panel_title", text_align="center", width=FILL, padding=(24, 24, 24, 12)),
            *rows,
            Row(
                Button("Settings", call(VolumePanel.settings), kind="outlined", rid="see_more"),
                Spacer(),
                Button("Done", call(VolumePanel.finish, None), rid="done"),
                cls=None,
                width=FILL,
                padding=(24, 12, 24, 12),
            ),
            rid="panel_container",
            width=FILL,
            max_width=640,
            background="surface_container_high",
            radius=(28, 28, 0, 0),
            clickable=False,
            padding=(0, 0, 0, self.ui.navigation_bar / self.ui.scale),
            gravity="bottom",
        )
        veil = View(cls=None, width=FILL, height=FILL, on_tap=call(VolumePanel.finish, None))
        guard = Stack(View(cls=None, width=FILL, height=1), sheet, cls=None, width=FILL, gravity="bottom", background="transparent")
        return Stack(veil, guard, cls=None, width=FILL, height=FILL)

    def drag(self, stream: Stream, fraction: float) -> None:
        """Set one volume."""
        hardware = self.kernel.hardware
        value = round(fraction * hardware.max_volume(stream))
        hardware.set_volume(stream, value)
        self.effect("setting.changed", "reversible", setting=f"volume_{stream}", value=str(value))

    def settings(self) -> None:
        """The sound page of Settings."""
        kernel = self.kernel
        self.finish()
        open_page(kernel, "android.settings.SOUND_SETTINGS")
