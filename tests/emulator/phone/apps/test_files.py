"""Files: folders, operations and the picker, driven by what is on the screen."""

from __future__ import annotations

import pytest

from mobilegym.actions import Press
from mobilegym.emulator.phone.apps.files.store import ROOTS, SORTS, listing, pretty_type, sort_entries
from mobilegym.emulator.phone.apps.media_files import clock_length, file_size, make_video
from mobilegym.emulator.phone.kernel.activities import Activity
from mobilegym.emulator.phone.kernel.intents import GET_CONTENT, Intent
from mobilegym.emulator.phone.kernel.providers.media_types import media_info
from mobilegym.emulator.phone.ui.call import Call
from tests.emulator.phone.apps.pilot import Pilot

DOWNLOAD = "/sdcard/Download"


@pytest.fixture
def pilot() -> Pilot:
    pilot = Pilot()
    files = pilot.phone.files
    files.write(f"{DOWNLOAD}/Report.pdf", b"%PDF-1.4")
    files.write(f"{DOWNLOAD}/notes.txt", b"hello")
    files.mkdir(f"{DOWNLOAD}/Bills")
    pilot.open("Files")
    return pilot


def names(pilot: Pilot, folder: str = DOWNLOAD) -> list[str]:
    return [s.path.rsplit("/", 1)[-1] for s in pilot.phone.files.list(folder)]


def test_starts_in_downloads_with_folders_first_and_the_newest_file_next(pilot: Pilot) -> None:
    assert pilot.has("Files in Downloads")
    assert pilot.find(rid="android:id/title", nth=0).text == "Bills"
    assert pilot.find(rid="android:id/title", nth=1).text in ("Report.pdf", "notes.txt")
    assert str(pilot.phone.activity()) == "com.google.android.documentsui/com.android.documentsui.files.FilesActivity"


def test_drawer_leads_to_the_device_and_back_leads_out(pilot: Pilot) -> None:
    pilot.tap(desc="Show roots")
    assert [e.text for e in pilot.find_all(rid="android:id/title")][:6] == [r.label for r in ROOTS.values() if r.label]
    pilot.tap("Pixel 7")
    assert pilot.has("Files on Pixel 7")
    pilot.tap("Download")
    pilot.tap("Bills")
    assert pilot.has("No items")
    assert pilot.has("Files in Bills")
    pilot.tap(rid="breadcrumb_text", nth=1)
    assert pilot.has("Report.pdf")
    pilot.back()
    assert pilot.has("Files on Pixel 7")


def test_move_to_a_folder(pilot: Pilot) -> None:
    pilot.long_press("notes.txt")
    assert pilot.has("1 selected")
    pilot.tap(desc="More options")
    pilot.tap("Move to…")
    pilot.tap("Bills")
    pilot.tap("MOVE")
    assert names(pilot, f"{DOWNLOAD}/Bills") == ["notes.txt"]
    assert "notes.txt" not in names(pilot)
    assert pilot.has("Moving 1 file.")
    assert not pilot.has("1 selected")
    assert pilot.effects() == ["file.moved"]


def test_copy_next_to_itself_gets_a_number_and_cancel_changes_nothing(pilot: Pilot) -> None:
    for verb in ("CANCEL", "COPY"):
        pilot.long_press("notes.txt")
        pilot.tap(desc="More options")
        pilot.tap("Copy to…")
        pilot.tap(verb)
        if verb == "CANCEL":
            pilot.back()
    assert "notes (1).txt" in names(pilot)
    assert pilot.effects() == ["file.copied"]


def test_a_folder_cannot_be_moved_into_itself(pilot: Pilot) -> None:
    pilot.long_press("Bills")
    pilot.tap(desc="More options")
    pilot.tap("Move to…")
    pilot.tap("Bills")
    assert not pilot.find(text="MOVE").enabled


def test_delete_asks_and_is_for_good(pilot: Pilot) -> None:
    pilot.long_press("notes.txt")
    pilot.tap("Report.pdf")
    pilot.tap(desc="Delete")
    assert pilot.has_text("Delete 2 files?")
    pilot.tap("Cancel")
    assert "notes.txt" in names(pilot)
    pilot.tap(desc="Delete")
    pilot.tap("OK")
    assert not {"notes.txt", "Report.pdf"} & set(names(pilot))
    assert [(e.name, e.risk) for e in pilot.phone.journal() if e.kind == "effect"] == [("file.deleted", "irreversible")] * 2


def test_rename_refuses_a_taken_name(pilot: Pilot) -> None:
    pilot.long_press("notes.txt")
    pilot.tap(desc="More options")
    pilot.tap("Rename")
    pilot.type("Report.pdf", clear=True)
    pilot.tap("OK")
    assert pilot.has("A file with this name already exists.")
    pilot.type("ideas.txt", clear=True)
    pilot.tap("OK")
    assert "ideas.txt" in names(pilot)
    assert pilot.effects() == ["file.renamed"]


def test_new_folder_and_get_info(pilot: Pilot) -> None:
    pilot.tap(desc="More options")
    pilot.tap("New folder")
    pilot.type("Trip")
    pilot.tap("OK")
    assert "Trip" in names(pilot)
    pilot.long_press("notes.txt")
    pilot.tap(desc="More options")
    pilot.tap("Get info")
    assert pilot.has("TXT document")
    assert pilot.has("5 B")


def test_search_chips_and_empty_result(pilot: Pilot) -> None:
    pilot.tap(desc="Search")
    pilot.type("report")
    assert pilot.has("Report.pdf")
    assert not pilot.has("notes.txt")
    pilot.type("zzz")
    assert pilot.has("No matches in Downloads")
    pilot.back()
    pilot.back()
    pilot.tap("Images")
    assert not pilot.has("notes.txt")
    assert pilot.has("bicycle_offer.jpg")
    pilot.back()
    assert pilot.has("notes.txt")


def test_sorting_and_grid_are_kept(pilot: Pilot) -> None:
    pilot.tap(desc="More options")
    pilot.tap("Sort by...")
    pilot.tap("Size (largest first)")
    assert pilot.find(rid="android:id/title", nth=1).text == "bicycle_offer.jpg"
    pilot.tap(desc="Grid view")
    assert pilot.has("List view")
    pilot.phone.packages.force_stop("com.google.android.documentsui")
    pilot.open("Files")
    assert pilot.has("List view")


def test_opens_text_in_the_editor_and_says_what_cannot_be_opened(pilot: Pilot) -> None:
    pilot.tap("notes.txt")
    assert str(pilot.phone.activity()).startswith("net.gsantner.markor/")
    pilot.back()
    pilot.perform(Press("back"))
    pilot.open("Files")
    pilot.tap("Report.pdf")
    assert pilot.has("Can’t open file")


def test_share_offers_the_file(pilot: Pilot) -> None:
    pilot.long_press("notes.txt")
    pilot.tap(desc="Share")
    assert pilot.has("Sharing 1 file")
    assert pilot.has("notes.txt")


def _picked(activity: Activity[object], result: Intent | None) -> None:
    activity.toast(f"got {result.text('path') if result else 'nothing'}")


def test_get_content_gives_back_a_matching_file(pilot: Pilot) -> None:
    pilot.open("Settings")
    top = pilot.phone.kernel.activities.foreground
    top.start(Intent.of(GET_CONTENT, mime="text/plain"), Call(_picked))
    pilot.tap(desc="Show roots")
    assert pilot.has("Open from")
    pilot.tap("Downloads")
    assert not pilot.find(text="Report.pdf").enabled
    pilot.tap("Report.pdf")
    assert pilot.has("Report.pdf")
    pilot.tap("notes.txt")
    assert pilot.has(f"got {DOWNLOAD}/notes.txt")


def test_create_document_asks_before_replacing(pilot: Pilot) -> None:
    pilot.open("Settings")
    top = pilot.phone.kernel.activities.foreground
    create = Intent.of("android.intent.action.CREATE_DOCUMENT", mime="text/plain", android__intent__extra__TITLE="notes.txt")
    top.start(create, Call(_picked))
    pilot.tap("SAVE")
    assert pilot.has("Replace notes.txt?")
    pilot.tap("OK")
    assert pilot.phone.files.read(f"{DOWNLOAD}/notes.txt") == b""


def test_clearing_the_app_leaves_files_alone(pilot: Pilot) -> None:
    pilot.phone.files.write(f"{DOWNLOAD}/recycling_calendar.txt", b"mine")
    before = dict(pilot.phone.kernel.files.facts())
    pilot.phone.packages.clear_data("com.google.android.documentsui")
    assert dict(pilot.phone.kernel.files.facts()) == before


def test_folders_keep_the_identity_of_their_media(pilot: Pilot) -> None:
    media = pilot.phone.kernel.content.media
    item = media.images()[0]
    media.set_favorite(item.id, True)
    media.move("/sdcard/DCIM/Camera", "/sdcard/Pictures/Old")
    moved = media.get(item.id)
    assert moved.favorite
    assert moved.path.startswith("/sdcard/Pictures/Old/")
    assert moved.bucket == "Old"
    assert media.by_path(item.path) is None


def test_sorts_and_words() -> None:
    phone = Pilot().phone
    entries = listing(phone.kernel, "recent", "")
    for index, (key, reverse, _) in enumerate(SORTS):
        if key == "size":
            sizes = [e.size for e in sort_entries(entries, index)]
            assert sizes == sorted(sizes, reverse=reverse)
    assert pretty_type("image/jpeg") == "JPG image"
    assert [file_size(n) for n in (21, 901, 13_840, 2_000_000)] == ["21 B", "0.90 kB", "13.84 kB", "2.00 MB"]
    assert [clock_length(n) for n in (0, 65_000, 3_605_000)] == ["00:00", "01:05", "1:00:05"]
    assert media_info("a.mp4", make_video(4200, b"\xff\xd8")).duration_ms == 4200
