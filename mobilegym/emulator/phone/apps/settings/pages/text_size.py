"""Display size and text: sliders with a preview."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.apps.settings.page import Page, PageSpec
from mobilegym.emulator.phone.apps.settings.prefs import ButtonPref, Pref, Setting, SliderPref, SwitchPref, ViewPref
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.layout import Column, Row
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.list_item import Avatar
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["DENSITIES", "FONT_SCALES", "PAGES"]

FONT_SCALES: Final = (0.85, 1.0, 1.15, 1.3, 1.5, 1.8, 2.0)
"""Positions of the font size slider."""
_FONT_LABELS: Final = ("Small", "Default", "Large", "Larger", "Largest", "Extra large", "Huge")
DENSITIES: Final = (0.85, 1.0, 1.1, 1.2, 1.3)
"""Positions of the display size slider, as factors of the phone's own density."""
_SIZE_LABELS: Final = ("Small", "Default", "Large", "Larger", "Largest")
_BOLD: Final = Setting("secure", "font_weight_adjustment", "0")
_CONTRAST: Final = Setting("secure", "high_text_contrast_enabled", "0")


def _preview() -> View:
    def line(name: str, text: str) -> View:
        return Row(
            Avatar(name, size=36),
            Column(Text(name, "title_medium"), Text(text, "body_medium", color="on_surface_variant"), cls=None, weight=1),
            cls=None,
            gap=12,
            width=FILL,
            padding=(16, 8),
        )

    card = Column(
        line("Android", "Hi! This is how texts on this phone will look."),
        line("You", "Perfect, I can read that well."),
        cls="android.widget.LinearLayout",
        rid="preview",
        desc="Preview",
        padding=(0, 8),
        radius=24,
        border="outline_variant",
        width=FILL,
    )
    return Column(card, cls=None, width=FILL, padding=(24, 0, 24, 8))


def _nearest(steps: tuple[float, ...], value: float) -> int:
    return min(range(len(steps)), key=lambda i: abs(steps[i] - value))


def _text_size(page: Page) -> list[Pref]:
    settings = page.kernel.settings
    scale = settings.decimal("system", "font_scale", 1.0)
    density = settings.number("secure", "display_density_forced", page.kernel.config.density) / page.kernel.config.density
    return [
        ViewPref("preview", _preview),
        SliderPref(
            "font_size",
            "Font size",
            0,
            len(FONT_SCALES) - 1,
            value=_nearest(FONT_SCALES, scale),
            then=Call(_font),
            labels=_FONT_LABELS,
            summary="Make text smaller or larger.",
            start_icon="format-font-size-decrease",
            end_icon="format-font-size-increase",
        ),
        SliderPref(
            "display_size",
            "Display size",
            0,
            len(DENSITIES) - 1,
            value=_nearest(DENSITIES, density),
            then=Call(_size),
            labels=_SIZE_LABELS,
            summary="Make everything smaller or larger.",
            start_icon="minus",
            end_icon="plus",
        ),
        SwitchPref("toggle_force_bold_text", "Bold text", "", _BOLD, on="300"),
        SwitchPref(
            "toggle_high_text_contrast",
            "High contrast text",
            "Change text color to black or white. Maximizes contrast with the background.",
            _CONTRAST,
        ),
        ButtonPref("reset", "Reset settings", Call(_reset)),
    ]


def _font(page: Page, step: int) -> None:
    page.kernel.settings.put("system", "font_scale", str(FONT_SCALES[step]))


def _size(page: Page, step: int) -> None:
    page.kernel.settings.put("secure", "display_density_forced", str(round(page.kernel.config.density * DENSITIES[step])))


def _reset(page: Page) -> None:
    settings = page.kernel.settings
    settings.put("system", "font_scale", "1.0")
    settings.put("secure", "display_density_forced", str(page.kernel.config.density))
    for setting in (_BOLD, _CONTRAST):
        settings.put(setting.namespace, setting.key, "0")
    page.effect("setting.changed", "reversible", setting="text_reading_options", value="reset", title="Reset settings")
    page.toast("Display size and text preferences have been reset")


PAGES: Final = {"text_size": PageSpec("Display size and text", _text_size, "display", keywords="font size large text zoom dpi")}
