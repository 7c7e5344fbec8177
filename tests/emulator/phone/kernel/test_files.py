from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.emulator.phone.kernel.clock import Clock
from mobilegym.emulator.phone.kernel.files import STANDARD_FOLDERS, FileSystem
from mobilegym.emulator.phone.kernel.paths import canonical_path, shown_path
from mobilegym.errors import DeviceError, NotFound


@pytest.fixture
def files() -> FileSystem:
    return FileSystem(Clock())


@pytest.mark.parametrize(
    ("path", "canonical", "shown"),
    [
        ("/sdcard", "/storage/emulated/0", "/sdcard"),
        ("/sdcard/a/../b//c/.", "/storage/emulated/0/b/c", "/sdcard/b/c"),
        ("/data/media/0/x", "/storage/emulated/0/x", "/sdcard/x"),
        ("/storage/self/primary/x", "/storage/emulated/0/x", "/sdcard/x"),
        ("//sdcard/x", "/storage/emulated/0/x", "/sdcard/x"),
        ("/../../etc", "/etc", "/etc"),
        ("/sdcardx", "/sdcardx", "/sdcardx"),
        ("/", "/", "/"),
    ],
)
def test_paths_have_one_form(path: str, canonical: str, shown: str) -> None:
    assert canonical_path(path) == canonical
    assert shown_path(canonical) == shown
    assert canonical_path(shown) == canonical


@pytest.mark.parametrize("path", ["", "a", "sdcard/a", "/a\0b", "/" + "x" * 256, "/a" * 3000])
def test_unusable_paths_are_refused(path: str) -> None:
    with pytest.raises(DeviceError, match=r"path"):
        canonical_path(path)


def test_a_fresh_phone_has_the_standard_folders(files: FileSystem) -> None:
    assert tuple(stat.path.removeprefix("/sdcard/") for stat in files.list("/sdcard")) == STANDARD_FOLDERS
    assert "/sdcard" in [stat.path for stat in files.list("/")]
    assert all(stat.is_dir for stat in files.list("/sdcard"))


def test_write_read_stat(files: FileSystem) -> None:
    files.write_text("/sdcard/Documents/new/deep/a.txt", "héllo")
    assert files.read("/storage/emulated/0/Documents/new/deep/a.txt") == "héllo".encode()
    assert files.read_text("/sdcard/Documents/new/deep/a.txt") == "héllo"
    stat = files.stat("/sdcard/Documents/new/deep/a.txt")
    assert (stat.path, stat.size, stat.is_dir) == ("/sdcard/Documents/new/deep/a.txt", 6, False)
    assert files.names("/sdcard/Documents/new") == ("deep",)
    assert files.names("/nowhere") == ()
    assert files.is_dir("/sdcard/Documents/new/deep")
    assert [entry.path for entry in files.walk("/sdcard/Documents")] == [
        "/sdcard/Documents/new",
        "/sdcard/Documents/new/deep",
        "/sdcard/Documents/new/deep/a.txt",
    ]
    assert len(files.digest("/sdcard/Documents/new/deep/a.txt")) == 64
    files.touch("/sdcard/Documents/new/deep/a.txt", 5)
    assert files.stat("/sdcard/Documents/new/deep/a.txt").modified_ms == 5
    assert list(files.facts()) == [("/sdcard/Documents/new/deep/a.txt", f"6 {files.digest('/sdcard/Documents/new/deep/a.txt')}")]


def test_moving_copying_renaming(files: FileSystem) -> None:
    files.write("/sdcard/a/b/c.txt", b"1")
    files.copy("/sdcard/a", "/sdcard/copy")
    files.move("/sdcard/a/b", "/sdcard/x/y")
    assert files.read("/sdcard/copy/b/c.txt") == files.read("/sdcard/x/y/c.txt") == b"1"
    assert not files.exists("/sdcard/a/b")
    assert files.rename("/sdcard/x/y/c.txt", "d.txt") == "/sdcard/x/y/d.txt"
    assert files.rename("/sdcard/x/y/d.txt", "d.txt") == "/sdcard/x/y/d.txt"
    files.write("/sdcard/x/y/e.txt", b"2")
    files.move("/sdcard/x/y/e.txt", "/sdcard/x/y/d.txt")
    assert files.read("/sdcard/x/y/d.txt") == b"2"
    assert files.free_path("/sdcard/x/y/d.txt") == "/sdcard/x/y/d (1).txt"
    assert files.free_path("/sdcard/none.txt") == "/sdcard/none.txt"
    assert files.used_bytes() == 2


def test_mistakes_are_refused_and_change_nothing(files: FileSystem) -> None:
    files.write("/sdcard/a/file", b"1")
    files.write("/sdcard/b", b"2")
    token = files.token
    for attempt in (
        lambda: files.write("/sdcard", b""),
        lambda: files.write("/", b""),
        lambda: files.write("/sdcard/b/c", b""),
        lambda: files.mkdir("/sdcard/b"),
        lambda: files.read("/sdcard/a"),
        lambda: files.list("/sdcard/b"),
        lambda: files.delete("/sdcard"),
        lambda: files.delete("/"),
        lambda: files.move("/sdcard/a", "/sdcard/a/b"),
        lambda: files.move("/sdcard", "/data/x"),
        lambda: files.move("/sdcard/a", "/sdcard/DCIM"),
        lambda: files.move("/sdcard/b", "/sdcard/a"),
        lambda: files.rename("/sdcard/b", "a"),
        lambda: files.rename("/sdcard/b", "x/y"),
        lambda: files.rename("/sdcard/b", ""),
        lambda: files.write("/sdcard/big", bytes(257 * 2**20)),
    ):
        with pytest.raises(DeviceError):
            attempt()
    for missing in (
        lambda: files.read("/no"),
        lambda: files.list("/no"),
        lambda: files.stat("/no"),
        lambda: files.delete("/no"),
        lambda: files.move("/no", "/x"),
        lambda: files.copy("/no", "/x"),
        lambda: files.touch("/no", 1),
        lambda: list(files.walk("/no")),
    ):
        with pytest.raises(NotFound):
            missing()
    assert files.token == token


def test_the_observer_hears_every_file(files: FileSystem) -> None:
    heard: list[tuple[str, str]] = []
    files.on_change = lambda path, kind: heard.append((kind, path.removeprefix("/storage/emulated/0")))
    files.write("/sdcard/a/f", b"1")
    files.mkdir("/sdcard/a")
    files.move("/sdcard/a", "/sdcard/b")
    files.delete("/sdcard/b")
    assert heard == [
        ("mkdir", "/a"),
        ("write", "/a/f"),
        ("mkdir", "/b"),
        ("write", "/b/f"),
        ("delete", "/a/f"),
        ("delete", "/a"),
        ("delete", "/b/f"),
        ("delete", "/b"),
    ]


NAMES = st.sampled_from(["a", "b", "c"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map(lambda parts: "/sdcard/" + "/".join(parts))
STEPS = st.lists(st.tuples(st.sampled_from(["write", "delete", "mkdir", "move", "copy", "freeze", "thaw"]), PATHS, PATHS), max_size=30)


def consistent(files: FileSystem) -> dict[str, bytes | None]:
    """The tree as path → content, after checking that folders and files agree."""
    found = {stat.path: None if stat.is_dir else files.read(stat.path) for stat in files.walk("/sdcard")}
    for path in found:
        parent = path.rpartition("/")[0]
        assert files.is_dir(parent)
        assert path.rpartition("/")[2] in files.names(parent)
    assert files.used_bytes() == sum(len(data) for data in found.values() if data is not None)
    return found


@given(STEPS)
def test_any_sequence_leaves_a_tree_and_snapshots_alone(steps: list[tuple[str, str, str]]) -> None:
    files = FileSystem(Clock())
    kept = [(files.freeze(), consistent(files))]
    seen = {files.token: kept[0][1]}
    for number, (name, path, other) in enumerate(steps):
        before = consistent(files)
        try:
            match name:
                case "write":
                    files.write(path, str(number).encode())
                case "freeze":
                    kept.append((files.freeze(), before))
                case "thaw":
                    files.thaw(kept[number % len(kept)][0])
                    assert consistent(files) == kept[number % len(kept)][1]
                case "move" | "copy":
                    getattr(files, name)(path, other)
                case _:
                    getattr(files, name)(path)
        except DeviceError:
            assert consistent(files) == before
        assert seen.setdefault(files.token, consistent(files)) == consistent(files)
    for frozen, content in kept:
        other_files = FileSystem(Clock(), frozen)
        assert consistent(other_files) == content
