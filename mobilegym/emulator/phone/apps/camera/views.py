"""Parts of the view finder: options, buttons, grid lines, the list of modes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.host import Host
from mobilegym.emulator.phone.ui.layout import Column, Row, Spacer, Stack
from mobilegym.emulator.phone.ui.overlay import Overlay, Placement
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.dialog import finish_dialog
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.image import Image
from mobilegym.emulator.phone.ui.widgets.text import Text

__all__ = ["FLASH", "TIMERS", "ModeList", "affordance", "grid_lines", "option", "shutter", "thumbnail"]

FLASH: Final = (("flash-off", "Flash off"), ("flash-auto", "Flash auto"), ("flash", "Flash on"))
TIMERS: Final = (
    ("timer-off", "Countdown timer is off", 0), ("timer-3", "Countdown timer is set to 3 seconds", 3),
    ("timer-10", "Countdown timer is set to 10 seconds", 10),
)  # fmt: skip
_MODES: Final = (("photo", "Camera", "camera", 0xFF3F9BD8), ("video", "Video", "video", 0xFFE04A3F))


def option(icon: str, desc: str, rid: str, tap: Call) -> View:
    """A button of the mode options."""
    return IconButton(icon, desc, tap, color="white", rid=rid)


def grid_lines() -> View:
    """Lines at the thirds."""
    line = 0x80FFFFFF
    across = Column(
        Spacer(), View(cls=None, width=FILL, height=1, background=line), Spacer(), View(cls=None, width=FILL, height=1, background=line),
        Spacer(), cls=None, width=FILL, height=FILL,
    )  # fmt: skip
    down = Row(
        Spacer(), View(cls=None, width=1, height=FILL, background=line), Spacer(), View(cls=None, width=1, height=FILL, background=line),
        Spacer(), cls=None, width=FILL, height=FILL,
    )  # fmt: skip
    return Stack(across, down, cls="android.view.View", rid="grid_lines", width=FILL, height=FILL)


def shutter(mode: str, recording: bool, tap: Call) -> View:
    """The round button."""
    glyph = "stop" if recording else "video" if mode == "video" else "camera"
    color = 0xFFE04A3F if mode == "video" else 0xFF202124
    return Stack(
        Stack(Icon(glyph, size=32, color=color, gravity="center"), cls=None, width=64, height=64, radius=32, background="white",
              gravity="center"),
        cls="android.widget.ImageView", rid="shutter_button", desc="Shutter", on_tap=tap, width=80, height=80, radius=40, border="white",
        border_width=3,
    )  # fmt: skip


def thumbnail(image: tuple[Any, ...], tap: Call) -> View:
    """The last picture, round; it opens the gallery. Android's has no description."""
    return Image(image, cls="android.view.View", rid="rounded_thumbnail_view", on_tap=tap, width=52, height=52, radius=26)


def affordance(label: str, desc: str, rid: str, tap: Call) -> View:
    """A labelled button for what is a gesture otherwise."""
    return Stack(
        Text(label.upper(), "label_medium", color="white", cls=None, gravity="center"), cls="android.widget.Button", rid=rid, desc=desc,
        label=label.upper(), on_tap=tap, min_height=48, padding=(12, 0), radius=24,
    )  # fmt: skip


@dataclass(frozen=True)
class ModeList(Overlay):
    """Camera or video, and the way to the settings. Choosing closes it, then runs."""

    choose: Call | None = None
    """Gets the mode."""
    settings: Call | None = None
    placement: ClassVar[Placement] = "full"

    @property
    def title(self) -> str:
        return "Mode list"

    def build(self, host: Host) -> View:
        ui = host.ui
        rows = [
            Row(
                Stack(Icon(icon, size=28, color="white", gravity="center"), cls=None, width=56, height=56, radius=28, background=color),
                Text(label, "title_large", color="white", cls=None),
                gap=24, cls="com.android.camera.ui.ModeSelectorItem", rid="mode_selector_item", desc=label, label=label,
                on_tap=Call(finish_dialog, (self.choose, mode)), width=FILL, height=88, padding=(24, 0),
            )
            for mode, label, icon, color in _MODES
        ]  # fmt: skip
        gear = IconButton("cog", "Settings", Call(finish_dialog, (self.settings,)), color="white", rid="settings_button", size=56)
        return Column(
            Row(Spacer(), gear, cls=None, width=FILL, padding=(0, 0, 8, 0)),
            Spacer(), *rows, Spacer(),
            cls="android.widget.FrameLayout", rid="mode_list_layout", width=FILL, height=FILL, background=0xE6202124,
            padding=(0, ui.status_bar / ui.scale, 0, ui.navigation_bar / ui.scale),
        )  # fmt: skip
