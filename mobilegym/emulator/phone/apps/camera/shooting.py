"""Taking photos and videos: the shutter, the timer, permissions, and what is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final, Literal, TypeAlias

from mobilegym.emulator.phone.apps.camera.actions import CAMERA, CAPTURE, FINE_LOCATION, SHOOT, VIDEO_CAMERA
from mobilegym.emulator.phone.apps.camera.store import camera_prefs, file_name, photo_bytes, shots, video_bytes
from mobilegym.emulator.phone.apps.camera.views import TIMERS
from mobilegym.emulator.phone.apps.media_files import file_uri, uri_path
from mobilegym.emulator.phone.apps.shared_prefs import SharedPrefs
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.ui.call import Call, call
from mobilegym.emulator.phone.ui.widgets.dialog import AlertDialog, DialogButton

__all__ = ["CameraState", "Mode", "Shooting"]

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


class Shooting(Activity[CameraState]):
    """What the camera does, without its looks."""

    name: ClassVar[str] = ""

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
        self.ask_permission(CAMERA, Call(Shooting.camera_answered))

    def camera_answered(self, granted: bool) -> None:
        """The camera may be used, or not."""
        if not granted:
            self.critical(call(Shooting.finish))
        elif not self.capturing and not self.prefs.flag("location_asked"):
            self.show(
                AlertDialog(
                    heading="Remember photo locations?",
                    message="Tag your photos and videos with the locations where they are taken.\n\nOther apps can access this information "
                    "along with your saved images.",
                    positive=DialogButton("Yes", call(Shooting.location_wanted)),
                    may_cancel=False,
                    negative=DialogButton("No thanks", call(Shooting.location_unwanted)),
                )
            )

    def critical(self, then: Call | None) -> None:
        """Say that nothing works without a permission."""
        self.show(
            AlertDialog(
                heading="Camera error",
                may_cancel=False,
                positive=DialogButton("Dismiss", then),
                message="The app does not have critical permissions needed to run. Please check your permissions settings.",
            )
        )

    def location_wanted(self) -> None:
        """Yes to photo locations."""
        self.prefs.put(location_asked=True)
        self.ask_permission(FINE_LOCATION, Call(Shooting.location_answered))

    def location_answered(self, granted: bool) -> None:
        """Location may be used, or not."""
        self.prefs.put(save_location=granted)

    def location_unwanted(self) -> None:
        """No to photo locations."""
        self.prefs.put(location_asked=True, save_location=False)

    # ------------------------------------------------------------------ shooting

    def shoot(self) -> None:
        """The shutter: a photo (at once or after the countdown), or begin and end of a video."""
        state = self.state
        if not self.kernel.permissions.held(self.package, CAMERA):
            self.critical(call(Shooting.finish))
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
            self.effect("photo.taken", "reversible", path=path, front=self.state.front, located=self._location() is not None)
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
