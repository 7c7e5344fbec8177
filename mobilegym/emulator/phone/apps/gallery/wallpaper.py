"""Set as wallpaper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.media_files import broken, picture, uri_path
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import call
from mobilegym.emulator.phone.ui.layout import Column, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.icon import IconButton
from mobilegym.emulator.phone.ui.widgets.image import Image
from mobilegym.errors import DeviceError, NotFound

__all__ = ["WALLPAPER_FILE", "SetWallpaperActivity", "WallpaperState"]

WALLPAPER_FILE: Final = "/data/system/users/0/wallpaper"
"""Where Android keeps the picture; the system setting `mobilegym_wallpaper` then names this file."""


@dataclass(frozen=True, slots=True)
class WallpaperState:
    path: str


class SetWallpaperActivity(Activity[WallpaperState]):
    """Shows the picture as it will be cut, and sets it."""

    name: ClassVar[str] = "org.fossify.gallery.activities.SetWallpaperActivity"
    edge_to_edge: ClassVar[bool] = True
    background: ClassVar[str] = "black"
    light_bars: ClassVar[bool] = True

    def initial(self) -> WallpaperState:
        try:
            return WallpaperState(uri_path(self.kernel, self.intent.text("path") or self.intent.data))
        except (NotFound, DeviceError):
            return WallpaperState("")

    def on_create(self) -> None:
        if not self.state.path or broken(self.kernel.files, self.state.path):
            self.toast("Unknown file location")
            self.finish()

    def build(self) -> View:
        ui = self.ui
        bar = AppBar(
            "Set Wallpaper", on_up=call(SetWallpaperActivity.finish), color="white", background="transparent",
            actions=[IconButton("check", "Set Wallpaper", call(SetWallpaperActivity.apply), color="white", rid="save")],
        )  # fmt: skip
        return Stack(
            Image(picture(self.kernel.files, self.state.path or "/-"), rid="crop_image_view", width=FILL, height=FILL),
            Column(bar, cls=None, width=FILL, background=0x73000000, padding=(0, ui.status_bar / ui.scale, 0, 0)),
            cls="android.view.ViewGroup", rid="coordinator", width=FILL, height=FILL,
        )  # fmt: skip

    def apply(self) -> None:
        """Copy the picture to where the system looks for it."""
        kernel = self.kernel
        kernel.files.write(WALLPAPER_FILE, kernel.files.read(self.state.path))
        kernel.settings.put("system", "mobilegym_wallpaper", WALLPAPER_FILE)
        self.effect("wallpaper.set", "reversible", path=self.state.path)
        self.toast("Wallpaper set successfully")
        self.finish()
