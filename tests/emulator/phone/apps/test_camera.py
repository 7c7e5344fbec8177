"""The camera: photos, videos, timer, permissions, and pictures for other apps."""

from __future__ import annotations

import pytest

from mobilegym.actions import Press
from mobilegym.emulator.phone.apps.media_files import broken
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import Intent
from mobilegym.emulator.phone.kernel.providers.media import VIDEO
from mobilegym.emulator.phone.ui.call import Call
from tests.emulator.phone.apps.pilot import Pilot

CAMERA = "/sdcard/DCIM/Camera"


@pytest.fixture
def pilot() -> Pilot:
    pilot = Pilot()
    pilot.open("Camera")
    pilot.tap("While using the app")
    pilot.tap("No thanks")
    return pilot


def taken(pilot: Pilot) -> list[str]:
    return [n for n in pilot.phone.kernel.files.names(CAMERA) if "20260311_0930" in n]


def test_asks_once_and_closes_without_the_permission() -> None:
    pilot = Pilot()
    pilot.open("Camera")
    pilot.tap("Don’t allow")
    assert pilot.has("Camera error")
    pilot.tap("Dismiss")
    assert "nexuslauncher" in str(pilot.phone.activity())


def test_photos_differ_and_land_in_the_media_store(pilot: Pilot) -> None:
    pilot.tap(desc="Shutter")
    pilot.tap(desc="Shutter")
    first, second = taken(pilot)
    assert first.startswith("IMG_20260311_0930")
    assert first.endswith(".jpg")
    assert pilot.phone.files.read(f"{CAMERA}/{first}") != pilot.phone.files.read(f"{CAMERA}/{second}")
    item = pilot.phone.kernel.content.media.by_path(f"{CAMERA}/{first}")
    assert item is not None
    assert (item.width, item.height, item.mime) == (768, 1024, "image/jpeg")
    assert pilot.effects().count("photo.taken") == 2


def test_same_actions_give_the_same_photo(pilot: Pilot) -> None:
    other = Pilot()
    other.open("Camera")
    other.tap("While using the app")
    other.tap("No thanks")
    for each in (pilot, other):
        each.tap(desc="Shutter")
    assert dict(pilot.phone.kernel.files.facts()) == dict(other.phone.kernel.files.facts())


def test_the_timer_waits_and_can_be_cancelled(pilot: Pilot) -> None:
    pilot.tap(desc="Options")
    pilot.tap(desc="Countdown timer is off")
    pilot.back()
    pilot.tap(desc="Shutter")
    assert pilot.has("3")
    pilot.tap(desc="Cancel")
    pilot.wait(5000)
    assert not taken(pilot)
    pilot.tap(desc="Shutter")
    assert not taken(pilot)
    pilot.wait(3000)
    assert len(taken(pilot)) == 1


def test_leaving_stops_the_timer(pilot: Pilot) -> None:
    pilot.tap(desc="Options")
    pilot.tap(desc="Countdown timer is off")
    pilot.back()
    pilot.tap(desc="Shutter")
    pilot.home()
    pilot.wait(5000)
    assert not taken(pilot)


def test_video_has_its_length(pilot: Pilot) -> None:
    pilot.tap(desc="Toggle mode list")
    pilot.tap(desc="Video")
    pilot.tap("While using the app")
    pilot.tap(desc="Shutter")
    pilot.wait(4000)
    assert pilot.has("00:04")
    pilot.tap(desc="Shutter")
    (name,) = taken(pilot)
    item = pilot.phone.kernel.content.media.by_path(f"{CAMERA}/{name}")
    assert item is not None
    assert item.media_type == VIDEO
    assert item.duration_ms == 5000 or item.duration_ms == 4500
    assert not broken(pilot.phone.kernel.files, item.path)


def test_without_microphone_no_video(pilot: Pilot) -> None:
    pilot.tap(desc="Toggle mode list")
    pilot.tap(desc="Video")
    pilot.tap("Don’t allow")
    pilot.tap("Dismiss")
    pilot.tap(desc="Shutter")
    assert taken(pilot)[0].startswith("IMG_")


def test_location_is_kept_only_when_wanted(pilot: Pilot) -> None:
    pilot.phone.kernel.hardware.set_location(40.7, -74.0)
    pilot.tap(desc="Shutter")
    pilot.tap(desc="Toggle mode list")
    pilot.tap(desc="Settings")
    pilot.tap("Save location")
    pilot.tap("While using the app")
    pilot.back()
    pilot.tap(desc="Shutter")
    rows = pilot.phone.kernel.content.media.db.query("SELECT latitude FROM files WHERE _data LIKE '%IMG_20260311_0930%' ORDER BY _id")
    assert [r[0] for r in rows] == [None, 40.7]


def test_thumbnail_opens_the_gallery(pilot: Pilot) -> None:
    assert not pilot.find_all(rid="rounded_thumbnail_view")
    pilot.tap(desc="Shutter")
    pilot.tap(rid="rounded_thumbnail_view")
    assert pilot.phone.activity().package == "org.fossify.gallery"
    assert pilot.has(taken(pilot)[0])


def test_options_flash_grid_and_front(pilot: Pilot) -> None:
    pilot.tap(desc="Options")
    pilot.tap(desc="Flash off")
    pilot.tap(desc="Grid lines off")
    pilot.tap(desc="HDR off")
    assert pilot.has("Flash auto")
    assert pilot.find_all(rid="grid_lines")
    pilot.tap(desc="Back camera")
    assert pilot.has("Front camera")
    assert not pilot.has("Flash auto")


def test_volume_key_is_a_shutter(pilot: Pilot) -> None:
    pilot.perform(Press("volume_down"))
    assert len(taken(pilot)) == 1


def _got(activity: Activity[object], result: Intent | None) -> None:
    activity.toast(f"got {result.mime if result else 'nothing'}")


def test_image_capture_gives_the_picture_to_the_app_alone(pilot: Pilot) -> None:
    pilot.open("Settings")
    pilot.phone.kernel.activities.foreground.start(Intent.of("android.media.action.IMAGE_CAPTURE"), Call(_got))
    pilot.tap(desc="Shutter")
    pilot.tap(desc="Retake")
    pilot.tap(desc="Shutter")
    pilot.tap(desc="Done")
    assert pilot.has("got image/jpeg")
    assert not taken(pilot)


def test_a_task_can_choose_the_scene(pilot: Pilot) -> None:
    pilot.phone.settings.put("system", "mobilegym_camera_scene", "receipt")
    before = pilot.phone.render((600, 270)).copy()
    pilot.phone.settings.put("system", "mobilegym_camera_scene", "dog")
    assert (before != pilot.phone.render((600, 270))).any()
