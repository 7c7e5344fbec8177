"""The gallery: albums, viewer, bin, favourites, editing, hiding, picking."""

from __future__ import annotations

import pytest

from mobilegym.actions import DoubleTap
from mobilegym.content import content_dir
from mobilegym.emulator.device import Row
from mobilegym.emulator.phone.apps.gallery.pixels import Edit, cropped_size, edited, picture_size
from mobilegym.emulator.phone.apps.gallery.seed import paint_pictures, seed_pictures
from mobilegym.emulator.phone.apps.media_files import make_video
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import GET_CONTENT, PICK, Intent
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.images import photo
from tests.emulator.phone.apps.pilot import Pilot

PACKAGE = "org.fossify.gallery"
CAMERA = "/sdcard/DCIM/Camera"
RECIPES = "/sdcard/Pictures/Recipes"


@pytest.fixture
def pilot() -> Pilot:
    pilot = Pilot()
    pilot.open("Gallery")
    pilot.tap("Allow all")
    return pilot


def names(pilot: Pilot, folder: str) -> list[str]:
    return [n for n in pilot.phone.kernel.files.names(folder) if not n.startswith(".")]


def rows(pilot: Pilot, table: str) -> list[Row]:
    return list(pilot.phone.databases.query(PACKAGE, "gallery.db", f"SELECT * FROM {table}"))


def open_cake(pilot: Pilot) -> None:
    pilot.tap("Recipes")
    pilot.tap(desc="cherry_cake.jpg")


def test_albums_newest_first(pilot: Pilot) -> None:
    assert [e.text for e in pilot.find_all(rid="dir_name")] == ["Camera", "Screenshots", "Download", "Recipes"]
    assert [e.text for e in pilot.find_all(rid="photo_cnt")] == ["5", "1", "1", "2"]


def test_without_permission_it_closes() -> None:
    pilot = Pilot()
    pilot.open("Gallery")
    pilot.tap("Don’t allow")
    assert "nexuslauncher" in str(pilot.phone.activity())


def test_looking_changes_no_data(pilot: Pilot) -> None:
    before = pilot.phone.kernel.databases.token, pilot.phone.kernel.files.token
    open_cake(pilot)
    pilot.swipe("left", rid="view_pager")
    pilot.tap(desc="Properties")
    pilot.tap("OK")
    pilot.back()
    assert (pilot.phone.kernel.databases.token, pilot.phone.kernel.files.token) == before


def test_swiping_tapping_and_zooming(pilot: Pilot) -> None:
    open_cake(pilot)
    pilot.swipe("left", rid="view_pager")
    assert pilot.has("summer_salad.jpg")
    pilot.swipe("left", rid="view_pager")
    assert pilot.has("summer_salad.jpg")
    screen = pilot.phone.observe()
    x, y = pilot.find(rid="gestures_view").bounds.center
    pilot.perform(DoubleTap(x / screen.width, y / screen.height))
    pilot.swipe("left", rid="view_pager")
    assert pilot.has("summer_salad.jpg")
    pilot.back()
    pilot.swipe("right", rid="view_pager")
    assert pilot.has("cherry_cake.jpg")
    pilot.tap(rid="gestures_view")
    assert not pilot.find_all(rid="bottom_actions")


def test_favourites_have_an_album(pilot: Pilot) -> None:
    open_cake(pilot)
    pilot.tap(desc="Toggle favorite")
    item = pilot.phone.kernel.content.media.by_path(f"{RECIPES}/cherry_cake.jpg")
    assert item is not None
    assert item.favorite
    assert [r["filename"] for r in rows(pilot, "favorites")] == ["cherry_cake.jpg"]
    pilot.back()
    pilot.back()
    pilot.tap("Favorites")
    assert pilot.has("cherry_cake.jpg")
    assert pilot.effects()[-1] == "media.favorited"


def test_delete_restore_and_empty_the_bin(pilot: Pilot) -> None:
    open_cake(pilot)
    pilot.tap(desc="Delete")
    assert pilot.has_text("into the Recycle Bin?")
    pilot.tap("Yes")
    assert names(pilot, RECIPES) == ["summer_salad.jpg"]
    assert pilot.has("summer_salad.jpg")
    assert len(rows(pilot, "media")) == 1
    pilot.back()
    pilot.back()
    pilot.tap(desc="More options")
    pilot.tap("Open the Recycle Bin")
    pilot.tap(desc="cherry_cake.jpg")
    pilot.tap(desc="Restore this file")
    assert names(pilot, RECIPES) == ["cherry_cake.jpg", "summer_salad.jpg"]
    assert not rows(pilot, "media")
    assert pilot.effects()[-2:] == ["media.trashed", "media.restored"]


def test_emptying_the_bin_is_irreversible(pilot: Pilot) -> None:
    pilot.tap("Recipes")
    pilot.long_press(desc="cherry_cake.jpg")
    pilot.tap(desc="summer_salad.jpg")
    assert pilot.has("2 / 2")
    pilot.tap(desc="Delete")
    pilot.tap("Yes")
    pilot.back()
    pilot.tap(desc="More options")
    pilot.tap("Open the Recycle Bin")
    pilot.tap(desc="More options")
    pilot.tap("Empty the Recycle Bin")
    pilot.tap("Yes")
    assert pilot.has("No items found")
    assert not pilot.phone.kernel.files.names(RECIPES)
    last = [e for e in pilot.phone.journal() if e.kind == "effect"][-1]
    assert (last.name, last.risk) == ("media.deleted", "irreversible")


def test_move_copy_and_rename(pilot: Pilot) -> None:
    pilot.tap("Recipes")
    pilot.long_press(desc="cherry_cake.jpg")
    pilot.tap(desc="More options")
    pilot.tap("Copy to")
    pilot.tap(contains="Download (")
    assert "cherry_cake.jpg" in names(pilot, "/sdcard/Download")
    pilot.long_press(desc="cherry_cake.jpg")
    pilot.tap(desc="More options")
    pilot.tap("Rename")
    pilot.type("torte", clear=True)
    pilot.tap("OK")
    assert names(pilot, RECIPES) == ["summer_salad.jpg", "torte.jpg"]
    pilot.long_press(desc="torte.jpg")
    pilot.tap(desc="More options")
    pilot.tap("Move to")
    pilot.tap("Other folder")
    pilot.tap("Documents")
    pilot.tap("MOVE")
    assert "torte.jpg" in names(pilot, "/sdcard/Documents")
    assert pilot.effects()[-3:] == ["media.copied", "media.renamed", "media.moved"]


def test_hiding_an_album_and_a_picture(pilot: Pilot) -> None:
    pilot.long_press("Recipes")
    pilot.tap(desc="More options")
    pilot.tap("Hide folder")
    pilot.tap("Yes")
    assert not pilot.has("Recipes")
    pilot.tap(desc="More options")
    pilot.tap("Temporarily show hidden")
    open_cake(pilot)
    pilot.back()
    pilot.back()
    pilot.long_press("Recipes")
    pilot.tap(desc="More options")
    pilot.tap("Unhide folder")
    pilot.tap(desc="More options")
    pilot.tap("Stop showing hidden media")
    open_cake(pilot)
    pilot.tap(desc="More options")
    pilot.tap("Hide")
    assert pilot.phone.files.exists(f"{RECIPES}/.cherry_cake.jpg")


def test_edit_crops_and_saves_a_copy(pilot: Pilot) -> None:
    original = pilot.phone.files.read(f"{RECIPES}/cherry_cake.jpg")
    open_cake(pilot)
    pilot.tap(desc="Edit")
    pilot.tap("1:1")
    pilot.tap(desc="Rotate")
    pilot.tap(desc="Save")
    pilot.tap("OK")
    assert pilot.has("cherry_cake_1.jpg")
    assert picture_size(pilot.phone.files.read(f"{RECIPES}/cherry_cake_1.jpg")) == (300, 300)
    assert pilot.phone.files.read(f"{RECIPES}/cherry_cake.jpg") == original


def test_rotating_in_the_viewer_can_overwrite(pilot: Pilot) -> None:
    open_cake(pilot)
    pilot.tap(desc="Rotate")
    pilot.tap(desc="Save as")
    pilot.type("cherry_cake", clear=True)
    pilot.tap("OK")
    assert pilot.has_text("already exists. Overwrite?")
    pilot.tap("Yes")
    assert picture_size(pilot.phone.files.read(f"{RECIPES}/cherry_cake.jpg")) == (300, 400)
    last = [e for e in pilot.phone.journal() if e.kind == "effect"][-1]
    assert (last.name, last.risk) == ("media.edited", "irreversible")


def test_search_sort_filter_and_new_folder(pilot: Pilot) -> None:
    pilot.tap(rid="top_toolbar_search")
    pilot.type("rec")
    assert [e.text for e in pilot.find_all(rid="dir_name")] == ["Recipes"]
    pilot.tap("Switch to file search across all visible folders")
    pilot.type("salad", clear=True)
    assert [e.content_desc for e in pilot.find_all(rid="media_item_holder")] == ["summer_salad.jpg"]
    for _ in range(4):
        pilot.back()
    pilot.open("Gallery")
    pilot.tap(desc="More options")
    pilot.tap("Sort by")
    pilot.tap("Name")
    pilot.tap("Ascending")
    pilot.tap("OK")
    assert [e.text for e in pilot.find_all(rid="dir_name")] == ["Camera", "Download", "Recipes", "Screenshots"]
    pilot.tap(desc="More options")
    pilot.tap("Filter media")
    pilot.tap("Images")
    pilot.tap("OK")
    assert pilot.has("No media files have been found with the selected filters.")
    pilot.tap("Change filters")
    pilot.tap("Images")
    pilot.tap("OK")
    pilot.tap(desc="More options")
    pilot.tap("Create new folder")
    pilot.type("Trip")
    pilot.tap("OK")
    assert pilot.has("Trip")
    assert pilot.phone.files.exists("/sdcard/Pictures/Trip")


def test_wallpaper_survives_a_fork(pilot: Pilot) -> None:
    before = pilot.phone.kernel.wallpaper()
    open_cake(pilot)
    pilot.tap(desc="More options")
    pilot.tap("Set as")
    if not pilot.has("Set Wallpaper"):
        pilot.tap("Wallpaper")
        pilot.tap("Just once")
    pilot.tap(desc="Set Wallpaper")
    key = pilot.phone.kernel.wallpaper()
    assert key != before
    assert key[0] == "file"
    pilot.home()
    assert pilot.phone.render((600, 270)).std() > 0


def test_video_plays_on_the_virtual_clock(pilot: Pilot) -> None:
    pilot.phone.files.write("/sdcard/Movies/clip.mp4", make_video(10_000, photo("beach", 1, 64, 48)))
    pilot.tap("Movies")
    assert pilot.has("00:10")
    pilot.tap(desc="clip.mp4")
    pilot.tap(desc="Play video")
    pilot.wait(3000)
    assert pilot.has("00:03")
    pilot.tap(desc="Pause")
    pilot.wait(3000)
    assert not pilot.has("00:06")


def test_share_and_view_from_another_app(pilot: Pilot) -> None:
    open_cake(pilot)
    pilot.tap(desc="Share")
    assert pilot.has("Sharing image")
    pilot.back()
    pilot.phone.packages.start("android.intent.action.VIEW", data=f"file://{RECIPES}/summer_salad.jpg", mime="image/jpeg")
    assert pilot.has("summer_salad.jpg")


def _got(activity: Activity[object], result: Intent | None) -> None:
    activity.toast(f"got {result.text('path') if result else 'nothing'}")


@pytest.mark.parametrize("through_picker", [False, True])
def test_pick_gives_back_a_file(pilot: Pilot, through_picker: bool) -> None:
    pilot.open("Settings")
    intent = Intent.of(GET_CONTENT if through_picker else PICK, mime="image/*")
    pilot.phone.kernel.activities.foreground.start(intent, Call(_got))
    if through_picker:
        pilot.tap(desc="Show roots")
        pilot.tap("Gallery")
    pilot.tap("Recipes")
    pilot.tap(desc="cherry_cake.jpg")
    assert pilot.has(f"got {RECIPES}/cherry_cake.jpg")


def test_settings_can_turn_the_bin_off(pilot: Pilot) -> None:
    pilot.tap(desc="More options")
    pilot.tap("Settings")
    pilot.tap("Move items into the Recycle Bin instead of deleting")
    pilot.back()
    open_cake(pilot)
    pilot.tap(desc="Delete")
    assert pilot.has_text("Are you sure you want to delete")
    pilot.tap("Yes")
    assert pilot.effects()[-1] == "media.deleted"


def test_seed_only_once(pilot: Pilot) -> None:
    token = pilot.phone.kernel.files.token
    seed_pictures(pilot.phone.kernel)
    assert pilot.phone.kernel.files.token == token
    oldest = min(i.taken_ms for i in pilot.phone.kernel.content.media.images())
    assert oldest < pilot.phone.config.start_ms - 10 * 86_400_000


def test_edits() -> None:
    data = photo("dog", 1, 40, 30)
    turned = edited(data, Edit(turns=1))
    assert turned is not None
    assert picture_size(turned) == (30, 40)
    assert edited(b"no picture", Edit(turns=1)) is None
    assert cropped_size(400, 300, (16, 9)) == (400, 225)
    assert cropped_size(400, 300, (1, 1)) == (300, 300)


def test_seed_pictures_are_what_the_painter_paints() -> None:
    media = content_dir("emulator") / "media"
    painted = paint_pictures()
    assert sorted(painted) == sorted(f.name for f in media.iterdir())
    for name, data in painted.items():
        assert (media / name).read_bytes() == data, f"`emulator/media/{name}` is out of date: write it anew from `paint_pictures`"
