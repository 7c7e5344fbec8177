"""Markor: files are made, edited, found, moved and deleted as in the real app."""

from __future__ import annotations

import pytest

from mobilegym.emulator.phone.apps.notes.store import Block, blocks
from tests.emulator.phone.apps.pilot import Pilot

EDITOR = "document__fragment__edit__highlighting_editor"


@pytest.fixture
def pilot() -> Pilot:
    pilot = Pilot()
    pilot.phone.files.write("/sdcard/Documents/Trip.md", b"# Trip\n\n- [ ] Pack\n- [x] Book\n")
    pilot.open("Markor")
    return pilot


def read(pilot: Pilot, name: str) -> str:
    return pilot.phone.files.read(f"/sdcard/Documents/{name}").decode()


def test_new_note_is_saved_when_left(pilot: Pilot) -> None:
    pilot.tap(desc="Create a new file or folder")
    pilot.type("Shopping")
    pilot.tap("OK")
    pilot.type("milk\neggs")
    pilot.back()
    pilot.back()
    assert read(pilot, "Shopping.md") == "milk\neggs"
    assert pilot.has("Shopping.md")
    assert pilot.effects() == ["note.created", "note.saved"]


def test_home_saves_too(pilot: Pilot) -> None:
    pilot.tap("Trip.md")
    pilot.tap(rid=EDITOR)
    pilot.type("X")
    pilot.home()
    assert "X" in read(pilot, "Trip.md")


def test_undo_and_redo(pilot: Pilot) -> None:
    pilot.tap("Trip.md")
    before = pilot.find(rid=EDITOR).text
    pilot.tap(rid=EDITOR)
    pilot.type("abc")
    pilot.tap(desc="Undo")
    assert pilot.find(rid=EDITOR).text == before
    pilot.tap(desc="Redo")
    assert "abc" in pilot.find(rid=EDITOR).text


def test_ticking_a_box_in_the_view_writes_the_file(pilot: Pilot) -> None:
    pilot.tap("Trip.md")
    pilot.tap(desc="View Mode")
    pilot.tap("Pack")
    assert "- [x] Pack" in read(pilot, "Trip.md")
    assert pilot.find(text="Pack").checked


def test_delete_asks_first(pilot: Pilot) -> None:
    pilot.long_press("Trip.md")
    pilot.tap(desc="Delete")
    pilot.tap("Cancel")
    assert pilot.has("Trip.md")
    pilot.tap(desc="Delete")
    pilot.tap("OK")
    assert not pilot.phone.files.exists("/sdcard/Documents/Trip.md")
    assert pilot.effects() == ["note.deleted"]


def test_rename_refuses_a_name_that_is_taken(pilot: Pilot) -> None:
    pilot.long_press("Trip.md")
    pilot.tap(desc="Rename")
    pilot.type("todo.txt", clear=True)
    pilot.tap("OK")
    assert pilot.phone.files.exists("/sdcard/Documents/Trip.md")
    pilot.tap(desc="Rename")
    pilot.type("Tour.md", clear=True)
    pilot.tap("OK")
    assert read(pilot, "Tour.md").startswith("# Trip")


def test_folder_and_move(pilot: Pilot) -> None:
    pilot.tap(desc="Create a new file or folder")
    pilot.type("Old")
    pilot.tap("Folder")
    pilot.back()
    pilot.long_press("Trip.md")
    pilot.tap(desc="More options")
    pilot.tap("Move")
    pilot.tap("Old")
    pilot.tap(desc="Move here")
    assert read(pilot, "Old/Trip.md").startswith("# Trip")
    assert not pilot.phone.files.exists("/sdcard/Documents/Trip.md")


def test_search_looks_into_files(pilot: Pilot) -> None:
    pilot.tap(desc="Search")
    pilot.type("pack")
    assert pilot.has("Trip.md")
    pilot.type("nowhere", clear=True)
    assert pilot.has("No results")


def test_to_do_page_keeps_what_is_typed(pilot: Pilot) -> None:
    pilot.tap(desc="To-Do")
    pilot.tap(rid=EDITOR)
    pilot.type("call mum")
    pilot.back()
    pilot.tap(desc="Files")
    assert read(pilot, "todo.txt") == "call mum"


def test_sorting(pilot: Pilot) -> None:
    def names() -> list[str]:
        return [t for t in pilot.texts() if t in ("QuickNote.md", "Trip.md")]

    pilot.tap(desc="Sort by")
    pilot.tap("File size")
    assert names() == ["QuickNote.md", "Trip.md"]
    pilot.tap(desc="Sort by")
    pilot.tap("Reverse order")
    assert names() == ["Trip.md", "QuickNote.md"]


def test_markdown_blocks() -> None:
    assert blocks("# A\n\ntext **bold**\nmore _it_\n- [x] done\n1. one\n> q\n```\ncode\n```\n---") == [
        Block("h1", "A", 0),
        Block("text", "text bold more it", 2),
        Block("checked", "done", 4),
        Block("number", "1. one", 5),
        Block("quote", "q", 6),
        Block("code", "code", 8),
        Block("rule", "", 10),
    ]
