"""What the owner may change about the home screen: wallpaper and theme, and the home settings."""

from __future__ import annotations

from dataclasses import dataclass

from mobilegym.emulator.phone.apps.systemui.wallpaper import WALLPAPER_KEY, WALLPAPERS
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import call
from mobilegym.emulator.phone.ui.layout import Column, Grid, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.image import Image
from mobilegym.emulator.phone.ui.widgets.list_item import ListItem, SectionHeader
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.emulator.phone.ui.widgets.toggle import Switch

__all__ = ["HomeSettings", "NoState", "WallpaperPicker"]


@dataclass(frozen=True)
class NoState:
    """Nothing beyond what settings hold."""


class WallpaperPicker(Activity[NoState]):
    """Wallpaper & style."""

    name = "com.android.customization.picker.CustomizationPickerActivity"

    def initial(self) -> NoState:
        return NoState()

    def build(self) -> View:
        chosen = self.kernel.wallpaper()[1]
        dark = self.kernel.settings.get("secure", "ui_night_mode") == "2"
        tiles = [_thumbnail(w.scene, w.label, w.scene == chosen) for w in WALLPAPERS]
        return Column(
            AppBar("Wallpaper & style", on_up=call(WallpaperPicker.finish)),
            ScrollColumn(
                self,
                "content",
                ListItem(
                    "Dark theme",
                    "On" if dark else "Off",
                    leading=Icon("theme-light-dark"),
                    trailing=Switch(dark, rid="dark_mode_toggle"),
                    on_tap=call(WallpaperPicker.theme),
                    padding=(24, 8),
                ),
                SectionHeader("Wallpapers", padding=(24, 16, 24, 8)),
                Grid(
                    tiles,
                    columns=3,
                    gap=12,
                    cls="androidx.recyclerview.widget.RecyclerView",
                    rid="category_grid",
                    width=FILL,
                    padding=(24, 4, 24, 24),
                ),
                weight=1,
            ),
            cls=None,
            width=FILL,
            height=FILL,
        )

    def choose(self, scene: str, label: str) -> None:
        """Set a wallpaper."""
        self.kernel.settings.put("system", WALLPAPER_KEY, scene)
        self.effect("wallpaper.set", "reversible", wallpaper=label)
        self.toast("Wallpaper set")

    def theme(self) -> None:
        """Switch the dark theme."""
        dark = self.kernel.settings.get("secure", "ui_night_mode") == "2"
        self.kernel.settings.put("secure", "ui_night_mode", "1" if dark else "2")
        self.effect("setting.changed", "reversible", setting="dark", value="off" if dark else "on")


def _thumbnail(scene: str, label: str, chosen: bool) -> View:
    tick = Stack(
        Icon("check", size=18, color="on_primary", gravity="center"),
        cls=None,
        width=28,
        height=28,
        radius=14,
        background="primary",
        gravity="bottom_end",
        margin=8,
    )
    return Column(
        Stack(Image(("gen", scene, 0), cls=None, width=FILL, height=190, radius=16), tick if chosen else None, cls=None, width=FILL),
        Text(label, "body_small", cls=None, text_align="center", width=FILL, margin=(0, 6, 0, 0)),
        cls="android.widget.FrameLayout",
        rid="tile",
        desc=label,
        selected=chosen,
        on_tap=call(WallpaperPicker.choose, scene, label),
        width=FILL,
    )


class HomeSettings(Activity[NoState]):
    """Home settings."""

    name = "com.android.launcher3.settings.SettingsActivity"

    def initial(self) -> NoState:
        return NoState()

    def build(self) -> View:
        on = self.kernel.settings.flag("secure", "notification_badging", True)
        return Column(
            AppBar("Home settings", on_up=call(HomeSettings.finish)),
            ListItem("Notification dots", "On" if on else "Off", trailing=Switch(on), on_tap=call(HomeSettings.dots), padding=(24, 8)),
            cls=None,
            width=FILL,
            height=FILL,
        )

    def dots(self) -> None:
        """Switch the dots on icons."""
        on = self.kernel.settings.flag("secure", "notification_badging", True)
        self.kernel.settings.set_flag("secure", "notification_badging", not on)
        self.effect("setting.changed", "reversible", setting="notification_dots", value="off" if on else "on")
