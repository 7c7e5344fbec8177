"""The camera's settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from mobilegym.emulator.phone.apps.camera.store import SIZES, camera_prefs
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.layout import Column
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.app_bar import AppBar
from mobilegym.emulator.phone.ui.widgets.dialog import ChoiceDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.list_item import ListItem
from mobilegym.emulator.phone.ui.widgets.scroll import ScrollColumn
from mobilegym.emulator.phone.ui.widgets.toggle import Switch

__all__ = ["CameraSettings"]

_LOCATION: Final = "android.permission.ACCESS_FINE_LOCATION"


@dataclass(frozen=True, slots=True)
class _Nothing:
    pass


class CameraSettings(Activity[_Nothing]):
    """Resolution, and whether photos carry the place where they were taken."""

    name: ClassVar[str] = "com.android.camera.settings.CameraSettingsActivity"

    def initial(self) -> _Nothing:
        return _Nothing()

    def build(self) -> View:
        prefs = camera_prefs(self.kernel)
        located = prefs.flag("save_location") and self.kernel.permissions.held(self.package, _LOCATION)
        rows = ScrollColumn(
            self, "list",
            ListItem("Resolution & quality", SIZES[prefs.number("size")][0], on_tap=call(CameraSettings.sizes)),
            ListItem("Save location", on_tap=call(CameraSettings.toggle_location), trailing=Switch(located)),
            ListItem("Grid lines", on_tap=call(CameraSettings.toggle_grid), trailing=Switch(prefs.flag("grid"))),
            cls="android.widget.ListView", rid="android:id/list", weight=1,
        )  # fmt: skip
        return Column(AppBar("Settings", on_up=call(CameraSettings.finish)), rows, cls=None, width=FILL, height=FILL)

    def sizes(self) -> None:
        """Ask for the size of photos."""
        self.show(
            ChoiceDialog(
                heading="Resolution & quality",
                options=tuple(label for label, _, _ in SIZES),
                chosen=camera_prefs(self.kernel).number("size"),
                on_choose=Call(CameraSettings.sized),
                negative=DialogButton("Cancel"),
            )
        )

    def sized(self, index: int) -> None:
        """A size was chosen."""
        camera_prefs(self.kernel).put(size=index)

    def toggle_grid(self) -> None:
        """Grid lines on or off."""
        prefs = camera_prefs(self.kernel)
        prefs.put(grid=not prefs.flag("grid"))

    def toggle_location(self) -> None:
        """Save the location, or not any more; needs the permission."""
        prefs = camera_prefs(self.kernel)
        if prefs.flag("save_location") and self.kernel.permissions.held(self.package, _LOCATION):
            prefs.put(save_location=False, location_asked=True)
            self.effect("camera.location_off", "reversible")
        else:
            self.ask_permission(_LOCATION, Call(CameraSettings.location_answered))

    def location_answered(self, granted: bool) -> None:
        """The location may be used, or not."""
        camera_prefs(self.kernel).put(save_location=granted, location_asked=True)
        if granted:
            self.effect("camera.location_on", "sensitive")
