"""Wallpaper & style: one of the phone's wallpapers, dark theme, themed icons, app grid."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.prefs import ChoicePref, HeaderPref, Pref, Setting, SwitchPref, ViewPref
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.layout import Grid, Row, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon
from mobilegym.emulator.phone.ui.widgets.image import Image

__all__ = ["PAGES", "WALLPAPERS"]

WALLPAPERS: Final = (
    ("wallpaper", "Dunes"),
    ("wallpaper_dark", "Night dunes"),
    ("wallpaper_warm", "Evening"),
    ("wallpaper_green", "Meadow"),
    ("mountains", "Mountains"),
    ("beach", "Beach"),
    ("forest", "Forest"),
    ("sunset", "Sunset"),
    ("snow", "Snow"),
)
"""Scene and name of every wallpaper that can be chosen."""


def _preview(scene: str, dark: int) -> View:
    picture = Image(("gen", scene, dark), width=132, height=264, radius=20, desc="Home screen preview", rid="preview")
    return Row(picture, cls="android.widget.FrameLayout", width=FILL, main="center", padding=(0, 4, 0, 16))


def _grid(chosen: str, dark: int) -> View:
    cells: list[View] = []
    for scene, name in WALLPAPERS:
        on = scene == chosen
        cells.append(
            Stack(
                Image(("gen", scene, dark), width=FILL, height=FILL, radius=16, cls=None),
                Icon("check-circle", color="white", gravity="bottom_end", margin=8) if on else None,
                cls="android.widget.FrameLayout",
                rid="tile",
                desc=f"{name}{', current wallpaper' if on else ''}",
                height=150,
                width=FILL,
                radius=16,
                on_tap=Call(_choose, (scene, name)),
                selected=on,
            )
        )
    return Grid(cells, columns=3, gap=8, cls="androidx.recyclerview.widget.RecyclerView", rid="wallpaper_grid", width=FILL, padding=(24, 8))


def _choose(page: Page, scene: str, name: str) -> None:
    page.put("system", "mobilegym_wallpaper", scene, title="Wallpaper", name=name)
    page.toast("Wallpaper set")


def _wallpaper(page: Page) -> list[Pref]:
    chosen = page.setting("system", "mobilegym_wallpaper") or "wallpaper"
    dark = int(page.ui.dark)
    return [
        ViewPref("preview", _preview, (chosen, dark)),
        HeaderPref("Wallpapers"),
        ViewPref("wallpapers", _grid, (chosen, dark)),
        HeaderPref("Home screen"),
        SwitchPref("dark", "Dark theme", "", checked=page.ui.dark, then=Call(_dark)),
        SwitchPref("themed_icons", "Themed icons", "", Setting("secure", "mobilegym_themed_icons", "0")),
        ChoicePref(
            "app_grid", "App grid", (("4x4", "4×4"), ("4x5", "4×5"), ("5x5", "5×5")), Setting("secure", "mobilegym_app_grid", "4x5")
        ),
    ]


def _dark(page: Page, on: bool) -> None:
    page.put("secure", "ui_night_mode", "2" if on else "1", title="Dark theme")


PAGES: Final = {"wallpaper": PageSpec("Wallpaper & style", _wallpaper, keywords="background picture themed icons")}
