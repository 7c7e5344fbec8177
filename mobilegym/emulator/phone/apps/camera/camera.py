"""The view finder: photos and videos of what is before the lens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final, Literal, TypeAlias

from mobilegym.emulator.phone.apps.camera.settings import CameraSettings
from mobilegym.emulator.phone.apps.camera.store import (
    SIZES, camera_prefs, file_name, latest, photo_bytes, scene, shots, video_bytes,
)  # fmt: skip
from mobilegym.emulator.phone.apps.camera.views import FLASH, TIMERS, ModeList, affordance, grid_lines, option, shutter, thumbnail
from mobilegym.emulator.phone.apps.media_files import clock_length, file_uri, picture, uri_path
from mobilegym.emulator.phone.apps.shared_prefs import SharedPrefs
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import VIEW, Intent
from mobilegym.emulator.phone.kernel.providers.media_types import mime_of
from mobilegym.emulator.phone.kernel.surface import Depends
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.images import gen_key
from mobilegym.emulator.phone.ui.layout import Column, Kid, Row, Spacer, Stack
from mobilegym.emulator.phone.ui.view import FILL, View
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton
from mobilegym.emulator.phone.ui.widgets.icon import Icon, IconButton
from mobilegym.emulator.phone.ui.widgets.image import Image
from mobilegym.emulator.phone.ui.widgets.text import Text
from mobilegym.errors import NotFound

__all__ = ["CAMERA", "CAPTURE", "FINE_LOCATION", "MICROPHONE", "SHOOT", "VIDEO_CAMERA", "CameraLauncher", "CameraState"]

CAPTURE: Final = "android.media.action.IMAGE_CAPTURE"
VIDEO_CAMERA: Final = "android.media.action.VIDEO_CAMERA"
SHOOT: Final = "com.android.camera2.COUNTDOWN_FINISHED"
"""Event of the countdown timer."""
CAMERA: Final = "android.permission.CAMERA"
MICROPHONE: Final = "android.permission.RECORD_AUDIO"
FINE_LOCATION: Final = "android.permission.ACCESS_FINE_LOCATION"
_OUTPUT: Final = "output"

Mode: TypeAlias = Literal["photo", "video"]


@dataclass(frozen=True, slots=True)
class CameraState:
    mode: Mode = "photo"
    front: bool = False
    options: bool = False
    """Whether the row of options is open."""
    recording_ms: int = 0
    """Since when a video is being recorded; 0 for none."""
    countdown_ms: int = 0
    """When the timer shoots; 0 while it does not run."""
    last: str = ""
    """What was taken last in this session."""
    review: str = ""
    """File of a picture taken for another app, until it is accepted."""


class CameraLauncher(Activity[CameraState]):
    """Takes photos into DCIM/Camera, or one for another app (`IMAGE_CAPTURE`)."""

    name: ClassVar[str] = "com.android.camera.CameraLauncher"
    depends: ClassVar[frozenset[Depends]] = frozenset(("settings", "hardware", "files", "packages", "second"))
    edge_to_edge: ClassVar[bool] = True
    background: ClassVar[str] = "black"
    light_bars: ClassVar[bool] = True

    def initial(self) -> CameraState:
        return CameraState(mode="video" if self.intent.action == VIDEO_CAMERA else "photo")

    @property
    def prefs(self) -> SharedPrefs:
        """The camera's preferences."""
        return camera_prefs(self.kernel)

    @property
    def capturing(self) -> bool:
        """Whether another app wants the picture."""
        return self.intent.action == CAPTURE

    # ------------------------------------------------------------------ permissions

    def on_create(self) -> None:
        self.ask_permission(CAMERA, Call(CameraLauncher.camera_answered))

    def camera_answered(self, granted: bool) -> None:
        """The camera may be used, or not."""
        if not granted:
            self._critical(call(CameraLauncher.finish))
        elif not self.capturing and not self.prefs.flag("location_asked"):
            self.show(
                AlertDialog(
                    heading="Remember photo locations?",
                    message="Tag your photos and videos with the locations where they are taken.\n\nOther apps can access this information "
                    "along with your saved images.",
                    positive=DialogButton("Yes", call(CameraLauncher.location_wanted)), may_cancel=False,
                    negative=DialogButton("No thanks", call(CameraLauncher.location_unwanted)),
                )  # fmt: skip
            )

    def _critical(self, then: Call | None) -> None:
        self.show(
            AlertDialog(
                heading="Camera error", may_cancel=False, positive=DialogButton("Dismiss", then),
                message="The app does not have critical permissions needed to run. Please check your permissions settings.",
            )  # fmt: skip
        )

    def location_wanted(self) -> None:
        """Yes to photo locations."""
        self.prefs.put(location_asked=True)
        self.ask_permission(FINE_LOCATION, Call(CameraLauncher.location_answered))

    def location_answered(self, granted: bool) -> None:
        """Location may be used, or not."""
        self.prefs.put(save_location=granted)

    def location_unwanted(self) -> None:
        """No to photo locations."""
        self.prefs.put(location_asked=True, save_location=False)

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
            content = Image(picture(self.kernel.files, state.review), fit="contain", cls="android.widget.ImageView", rid="intent_review_imageview",
                            width=FILL, height=FILL)  # fmt: skip
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
            toggle = IconButton("dots-horizontal", "Options", call(CameraLauncher.toggle_options, True), color="white", rid="mode_options_toggle",
                                background=0x66000000)  # fmt: skip
            return Row(Spacer(), toggle, cls=None, width=FILL, gravity="bottom", padding=8)
        prefs, photo = self.prefs, self.state.mode == "photo"
        flash, timer = FLASH[prefs.number("flash")], TIMERS[prefs.number("timer")]
        hdr, grid = prefs.flag("hdr"), prefs.flag("grid")
        back = "Front camera" if self.state.front else "Back camera"
        buttons: list[Kid] = [
            option(*timer[:2], "countdown_toggle_button", call(CameraLauncher.next_timer)) if photo else None,
            option("grid" if grid else "grid-off", f"Grid lines {'on' if grid else 'off'}", "grid_lines_toggle_button",
                   call(CameraLauncher.toggle, "grid")),
            option("hdr" if hdr else "hdr-off", f"HDR {'on' if hdr else 'off'}", "hdr_plus_toggle_button", call(CameraLauncher.toggle, "hdr"))
            if photo else None,
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
            cancel = IconButton("close", "Cancel", call(CameraLauncher.cancel_countdown), color="white", rid="shutter_cancel_button", size=52)
        elif self.capturing:
            cancel = IconButton("close", "Review cancel", call(CameraLauncher.finish), color="white", rid="cancel_button", size=52)
        button = shutter(state.mode, bool(state.recording_ms), call(CameraLauncher.shoot))
        if wide:
            return Column(thumb, button, cancel, self._affordances(busy), cls="android.widget.FrameLayout", rid="bottom_bar", main="around",
                          cross="center", width=140, height=FILL)  # fmt: skip
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
        return Row(
            affordance("Mode list", "Toggle mode list", "accessibility_mode_toggle_button", call(CameraLauncher.modes)),
            affordance("Filmstrip", "", "accessibility_filmstrip_toggle_button", call(CameraLauncher.open_gallery))
            if latest(self.kernel.files) else None,
            cls="android.widget.LinearLayout", rid="accessibility_affordances", main="around", width=FILL if self.ui.width < self.ui.height else 140,
        )  # fmt: skip

    def _review_bar(self, wide: bool) -> View:
        box = Column if wide else Row
        return box(
            IconButton("close", "Review cancel", call(CameraLauncher.finish), color="white", rid="cancel_button", size=64, icon_size=32),
            IconButton("refresh", "Retake", call(CameraLauncher.retake), color="white", rid="retake_button", size=64, icon_size=32),
            IconButton("check", "Done", call(CameraLauncher.done), color="white", rid="done_button", size=64, icon_size=32),
            cls="android.widget.FrameLayout", rid="bottombar_intent_review", main="around", width=140 if wide else FILL,
            height=FILL if wide else None, weight=0 if wide else 1,
        )  # fmt: skip

    # ------------------------------------------------------------------ shooting

    def shoot(self) -> None:
        """The shutter: a photo (at once or after the countdown), or begin and end of a video."""
        state = self.state
        if not self.kernel.permissions.held(self.package, CAMERA):
            self._critical(call(CameraLauncher.finish))
        elif state.mode == "video":
            if state.recording_ms:
                self.stop_recording()
            else:
                self.update(recording_ms=self.kernel.clock.now_ms, options=False)
        elif not state.countdown_ms:
            seconds = TIMERS[self.prefs.number("timer")][2]
            if not seconds:
                self.capture()
                return
            at = self.kernel.clock.now_ms + seconds * 1000
            self.update(countdown_ms=at, options=False)
            self.kernel.clock.schedule(at, self.package, SHOOT)

    def capture(self) -> None:
        """Take the photo."""
        files, clock = self.kernel.files, self.kernel.clock
        data = photo_bytes(self.kernel, self.state.front)
        if self.capturing:
            path = self._output()
            files.write(path, data)
            self.update(review=path, countdown_ms=0, options=False)
        else:
            path = file_name(files, "IMG", ".jpg", clock.now())
            files.write(path, data)
            self._tag(path)
            self.effect("photo.taken", "reversible", path=path, located=self._location() is not None)
            self.update(last=path, countdown_ms=0, options=False)
        self.prefs.put(shots=shots(self.kernel) + 1)

    def _output(self) -> str:
        wanted = self.intent.text(_OUTPUT)
        if wanted.startswith(("file://", "/")):
            return wanted.removeprefix("file://")
        if wanted:
            return uri_path(self.kernel, wanted)
        return f"/data/data/{self.package}/cache/capture_{shots(self.kernel)}.jpg"

    def _location(self) -> tuple[float, float] | None:
        allowed = self.prefs.flag("save_location") and self.kernel.permissions.held(self.package, FINE_LOCATION)
        return self.kernel.hardware.location() if allowed and self.kernel.hardware.location_on else None

    def _tag(self, path: str) -> None:
        place = self._location()
        item = self.kernel.content.media.by_path(path)
        if place is not None and item is not None:
            self.kernel.content.update(f"content://media/external/file/{item.id}", {"latitude": place[0], "longitude": place[1]})

    def stop_recording(self) -> None:
        """End the video and keep it."""
        clock, started = self.kernel.clock, self.state.recording_ms
        length = max(1, clock.now_ms - started)
        path = file_name(self.kernel.files, "VID", ".mp4", clock.local(started))
        self.kernel.files.write(path, video_bytes(self.kernel, self.state.front, length))
        self._tag(path)
        self.prefs.put(shots=shots(self.kernel) + 1)
        self.effect("video.recorded", "reversible", path=path, duration_ms=length)
        self.update(last=path, recording_ms=0)

    def cancel_countdown(self) -> None:
        """Stop the timer before it shoots."""
        self.kernel.clock.cancel_all(self.package, SHOOT)
        self.update(countdown_ms=0)

    def retake(self) -> None:
        """Throw the picture for the other app away and take another."""
        if self.kernel.files.exists(self.state.review):
            self.kernel.files.delete(self.state.review)
        self.update(review="")

    def done(self) -> None:
        """Give the picture to the app that asked."""
        path = self.state.review
        self.effect("photo.given", "reversible", path=path)
        self.finish(Intent.of(data=file_uri(path), mime="image/jpeg", path=path))

    def on_leave(self) -> None:
        if self.state.recording_ms:
            self.stop_recording()
        if self.state.countdown_ms:
            self.cancel_countdown()

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
            self._critical(None)

    def settings(self) -> None:
        """Open the settings."""
        self.open(CameraSettings)

    def open_gallery(self) -> None:
        """Show what was taken last."""
        path = self.state.last if self.kernel.files.exists(self.state.last or "/-") else latest(self.kernel.files)
        if not path:
            return
        try:
            self.start(Intent.of(VIEW, data=file_uri(path), mime=mime_of(path), path=path))
        except NotFound:
            self.toast("No app can show this")
