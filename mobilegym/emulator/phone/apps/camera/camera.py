"""The view finder: photos and videos of what is before the lens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from mobilegym.emulator.phone.apps.camera.actions import CAMERA, MICROPHONE, SHOOT
from mobilegym.emulator.phone.apps.camera.settings import CameraSettings
from mobilegym.emulator.phone.apps.camera.shooting import Mode, Shooting
from mobilegym.emulator.phone.apps.camera.store import SIZES, latest, scene
from mobilegym.emulator.phone.apps.camera.views import FLASH, TIMERS, ModeList, affordance, grid_lines, option, shutter, thumbnail
from mobilegym.emulator.phone.apps.media_files import clock_length, file_uri, picture
from mobilegym.emulator.phone.kernel.intents import VIEW, Intent
from mobilegym.emulator.phone.kernel.providers.media_types import mime_of
from mobilegym.emulator.phone.kernel.surface import Depends
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.images import gen_key
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Spacer, Stack
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.image import Image
from mobilegym.emulator.phone.ui.widgets.text import Text

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["CameraLauncher", "receive"]


class CameraLauncher(Shooting):
    """Takes photos into DCIM/Camera, or one for another app (`IMAGE_CAPTURE`)."""

    name: ClassVar[str] = "com.android.camera.CameraLauncher"
    depends: ClassVar[frozenset[Depends]] = frozenset(("settings", "hardware", "files", "packages", "second"))
    edge_to_edge: ClassVar[bool] = True
    background: ClassVar[str] = "black"
    light_bars: ClassVar[bool] = True

    # ------------------------------------------------------------------ views

    def build(self) -> View:
        ui, state = self.ui, self.state
        wide = ui.width > ui.height
        parts: list[Kid] = [self._preview(wide), self._review_bar(wide) if state.review else self._bottom(wide)]
        insets = (0, ui.status_bar / ui.scale, 0, ui.navigation_bar / ui.scale)
        box = Row if wide else Column
        return box(
            *parts, cls="android.widget.FrameLayout", rid="camera_app_root", width=FILL, height=FILL, padding=insets, background="black"
        )

    def _preview(self, wide: bool) -> View:
        ui, state = self.ui, self.state
        _, long, short = SIZES[self.prefs.number("size")] if state.mode == "photo" else ("", 16, 9)
        side = (ui.height - ui.status_bar - ui.navigation_bar if wide else ui.width) / ui.scale
        width, height = (min(side * long / short, ui.width / ui.scale - 140), side) if wide else (side, side * long / short)
        allowed = self.kernel.permissions.held(self.package, CAMERA)
        content: Kid = None
        if state.review:
            shown = picture(self.kernel.files, state.review)
            content = Image(shown, fit="contain", rid="intent_review_imageview", width=FILL, height=FILL)
        elif allowed:
            content = Image(gen_key(*scene(self.kernel, state.front)), cls="android.view.TextureView", rid="preview_content", width=FILL,
                            height=FILL)  # fmt: skip
        live = allowed and not state.review
        return Stack(
            content,
            grid_lines() if live and self.prefs.flag("grid") else None,
            self._recording() if state.recording_ms else None,
            self._countdown() if state.countdown_ms else None,
            self._options() if live and not state.recording_ms and not state.countdown_ms else None,
            cls="android.widget.FrameLayout", rid="module_layout", width=width, height=min(height, self._room(wide)), background="black",
        )  # fmt: skip

    def _room(self, wide: bool) -> float:
        """Greatest height of the preview, dp: below it lie the buttons."""
        ui = self.ui
        free = (ui.height - ui.status_bar - ui.navigation_bar) / ui.scale
        return free if wide else free - 160

    def _recording(self) -> View:
        length = clock_length(self.kernel.clock.now_ms - self.state.recording_ms)
        return Row(
            Icon("record", color=0xFFE04A3F, size=18), Text(length, "title_medium", color="white", rid="recording_time"), gap=6,
            cls="android.widget.LinearLayout", rid="labels_linear_layout", gravity="top", margin=(0, 16), padding=(12, 4), radius=16,
            background=0x99000000,
        )  # fmt: skip

    def _countdown(self) -> View:
        left = -(-max(0, self.state.countdown_ms - self.kernel.clock.now_ms) // 1000)
        return Text(str(max(1, left)), "display_large", size=120, color="white", gravity="center", rid="remaining_seconds")

    def _options(self) -> View:
        if not self.state.options:
            toggle = IconButton("dots-horizontal", "Options", call(CameraLauncher.toggle_options, True), color="white",
                                rid="mode_options_toggle", background=0x66000000)  # fmt: skip
            return Row(Spacer(), toggle, cls=None, width=FILL, gravity="bottom", padding=8)
        prefs, photo = self.prefs, self.state.mode == "photo"
        flash, timer = FLASH[prefs.number("flash")], TIMERS[prefs.number("timer")]
        hdr, grid = prefs.flag("hdr"), prefs.flag("grid")
        back = "Front camera" if self.state.front else "Back camera"
        buttons: list[Kid] = [
            option(*timer[:2], "countdown_toggle_button", call(CameraLauncher.next_timer)) if photo else None,
            option("grid" if grid else "grid-off", f"Grid lines {'on' if grid else 'off'}", "grid_lines_toggle_button",
                   call(CameraLauncher.toggle, "grid")),
            option("hdr" if hdr else "hdr-off", f"HDR {'on' if hdr else 'off'}", "hdr_plus_toggle_button",
                   call(CameraLauncher.toggle, "hdr")) if photo else None,
            option(*flash, "flash_toggle_button", call(CameraLauncher.next_flash)) if not self.state.front else None,
            option("camera-flip", back, "camera_toggle_button", call(CameraLauncher.flip)),
        ]  # fmt: skip
        return Row(
            *buttons, cls="android.widget.FrameLayout", rid="mode_options_buttons", main="around", width=FILL, gravity="bottom",
            background=0xB3000000, padding=(8, 4),
        )  # fmt: skip

    def _bottom(self, wide: bool) -> View:
        state = self.state
        last = state.last if state.last and self.kernel.files.exists(state.last) else ""
        busy = bool(state.recording_ms or state.countdown_ms)
        thumb: View = View(cls=None, width=52, height=52)
        if last and not busy:
            thumb = thumbnail(picture(self.kernel.files, last), call(CameraLauncher.open_gallery))
        cancel: View = View(cls=None, width=52, height=52)
        if state.countdown_ms:
            cancel = IconButton("close", "Cancel", call(Shooting.cancel_countdown), color="white", rid="shutter_cancel_button", size=52)
        elif self.capturing:
            cancel = IconButton("close", "Review cancel", call(Shooting.finish), color="white", rid="cancel_button", size=52)
        button = shutter(state.mode, bool(state.recording_ms), call(Shooting.shoot))
        if wide:
            return Column(thumb, button, cancel, self._affordances(busy), cls="android.widget.FrameLayout", rid="bottom_bar", main="around",
                          cross="center", weight=1, height=FILL)  # fmt: skip
        return Column(
            Spacer(),
            Row(cancel, button, thumb, cls="android.widget.FrameLayout", rid="bottombar_capture", main="around", width=FILL),
            Spacer(),
            self._affordances(busy),
            cls="android.widget.FrameLayout", rid="bottom_bar", width=FILL, weight=1,
        )  # fmt: skip

    def _affordances(self, busy: bool) -> View:
        if busy or self.capturing:
            return View(cls=None, height=48, width=1)
        buttons = (
            affordance("Mode list", "Toggle mode list", "accessibility_mode_toggle_button", call(CameraLauncher.modes)),
            affordance("Filmstrip", "", "accessibility_filmstrip_toggle_button", call(CameraLauncher.open_gallery))
            if latest(self.kernel.files)
            else None,
        )
        if self.ui.width > self.ui.height:
            return Column(*buttons, cross="center", cls="android.widget.LinearLayout", rid="accessibility_affordances")
        return Row(*buttons, cls="android.widget.LinearLayout", rid="accessibility_affordances", main="around", width=FILL)

    def _review_bar(self, wide: bool) -> View:
        box = Column if wide else Row
        return box(
            IconButton("close", "Review cancel", call(Shooting.finish), color="white", rid="cancel_button", size=64, icon_size=32),
            IconButton("refresh", "Retake", call(Shooting.retake), color="white", rid="retake_button", size=64, icon_size=32),
            IconButton("check", "Done", call(Shooting.done), color="white", rid="done_button", size=64, icon_size=32),
            cls="android.widget.FrameLayout", rid="bottombar_intent_review", main="around", width=None if wide else FILL,
            height=FILL if wide else None, weight=1, cross="center",
        )  # fmt: skip

    def on_back(self) -> bool:
        state = self.state
        if state.countdown_ms:
            self.cancel_countdown()
        elif state.recording_ms:
            self.stop_recording()
        elif state.review:
            self.retake()
        elif state.options:
            self.toggle_options(False)
        else:
            return False
        return True

    def on_key(self, key: str) -> bool:
        if key in ("volume_up", "volume_down", "camera") and not self.overlays and not self.state.review:
            self.shoot()
            return True
        return False

    # ------------------------------------------------------------------ options

    def toggle_options(self, shown: bool) -> None:
        """Open or close the row of options."""
        self.update(options=shown)

    def toggle(self, key: str) -> None:
        """Grid lines or HDR."""
        self.prefs.put(**{key: not self.prefs.flag(key)})

    def next_flash(self) -> None:
        """Off, auto, on."""
        self.prefs.put(flash=(self.prefs.number("flash") + 1) % len(FLASH))

    def next_timer(self) -> None:
        """Off, 3 s, 10 s."""
        self.prefs.put(timer=(self.prefs.number("timer") + 1) % len(TIMERS))

    def flip(self) -> None:
        """The other camera."""
        self.update(front=not self.state.front)

    def modes(self) -> None:
        """Open the list of modes."""
        self.show(ModeList(choose=Call(CameraLauncher.to_mode), settings=call(CameraLauncher.settings)))

    def to_mode(self, mode: Mode) -> None:
        """Camera or video; a video needs the microphone."""
        if mode == "video":
            self.ask_permission(MICROPHONE, Call(CameraLauncher.microphone_answered))
        else:
            self.update(mode="photo", options=False)

    def microphone_answered(self, granted: bool) -> None:
        """The microphone may be used, or not."""
        if granted:
            self.update(mode="video", options=False)
        else:
            self.critical(None)

    def settings(self) -> None:
        """Open the settings."""
        self.open(CameraSettings)

    def open_gallery(self) -> None:
        """Show what was taken last."""
        path = self.state.last if self.kernel.files.exists(self.state.last or "/-") else latest(self.kernel.files)
        if not path:
            return
        self.start(Intent.of(VIEW, data=file_uri(path), mime=mime_of(path), path=path))


def receive(kernel: Kernel, action: str, extras: Mapping[str, Any]) -> None:
    """Events on the clock: the countdown is over."""
    del extras
    top = kernel.activities.foreground
    if action == SHOOT and isinstance(top, CameraLauncher) and top.state.countdown_ms:
        top.capture()
