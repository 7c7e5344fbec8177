from __future__ import annotations

import io
import struct
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mobilegym.emulator.phone.kernel.paths import canonical_path
from mobilegym.emulator.phone.kernel.providers.media import AUDIO, MediaProvider
from mobilegym.emulator.phone.kernel.providers.media_types import media_info, mime_of
from mobilegym.errors import DeviceError, NotFound
from tests.emulator.phone.kernel.services import Services

IMAGES = "content://media/external/images/media"


def picture(kind: str = "PNG", size: tuple[int, int] = (31, 17)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, (9, 99, 199)).save(buffer, kind)
    return buffer.getvalue()


@pytest.fixture
def services() -> Services:
    return Services()


@pytest.fixture
def media(services: Services) -> MediaProvider:
    return services.content.media


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.gif", "GIF"), ("a.bmp", "BMP"), ("a.webp", "WEBP")])
def test_sizes_of_pictures(name: str, kind: str) -> None:
    info = media_info(name, picture(kind))
    assert (info.media_type, info.width, info.height) == (1, 31, 17)
    assert media_info(name, picture(kind)[:9])[2:] == (None, None, None)


def test_lossless_webp_and_lengths() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (31, 17)).save(buffer, "WEBP", lossless=True)
    assert media_info("a.webp", buffer.getvalue())[2:4] == (31, 17)
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(8000))
    assert media_info("a.wav", buffer.getvalue()).duration_ms == 500
    assert media_info("a.mp4", b"xxxxmvhd" + struct.pack(">IIIII", 0, 0, 0, 1000, 2500) + bytes(20)).duration_ms == 2500
    assert media_info("a.mp4", b"").duration_ms is None
    assert (media_info("a.pdf", b"").media_type, media_info("a.bin", b"").media_type, media_info("a.m3u", b"").media_type) == (6, 0, 4)
    assert (mime_of("a.JPG"), mime_of("noending"), mime_of("x.md")) == ("image/jpeg", "application/octet-stream", "text/markdown")


def test_the_store_follows_the_files(services: Services, media: MediaProvider) -> None:
    files = services.files
    files.write("/sdcard/DCIM/Camera/a.png", picture())
    services.clock.advance_to(services.clock.now_ms + 60_000)
    files.write("/sdcard/Pictures/b.jpg", picture("JPEG"))
    files.write("/sdcard/Android/data/x.png", picture())
    files.write("/data/local/tmp/y.png", picture())
    assert [item.path for item in media.images()] == ["/sdcard/Pictures/b.jpg", "/sdcard/DCIM/Camera/a.png"]
    first, second = media.albums()
    assert ((first.name, first.total), (second.name, second.cover.width)) == (("Pictures", 1), ("Camera", 31))
    assert media.items(bucket_id=second.bucket_id)[0].name == "a.png"
    files.write("/sdcard/DCIM/Camera/a.png", picture(size=(2, 3)))
    assert media.get(1).width == 2
    media.move("/sdcard/DCIM/Camera/a.png", "/sdcard/Pictures/c.png")
    assert (media.get(1).path, media.get(1).bucket) == ("/sdcard/Pictures/c.png", "Pictures")
    files.delete("/sdcard/Pictures")
    assert media.images() == []
    files.write("/sdcard/Music/song.wav", b"")
    assert [item.media_type for item in media.items(AUDIO)] == [2]


def test_favourites_bin_and_removal(services: Services, media: MediaProvider) -> None:
    services.files.write("/sdcard/DCIM/Camera/a.png", picture())
    media.set_favorite(1, True)
    assert [item.id for item in media.items(favorite=True)] == [1]
    media.trash(1)
    media.trash(1)
    assert media.items() == []
    (item,) = media.items(trashed=True)
    assert (item.name, ".trashed-" in item.path, services.files.exists("/sdcard/DCIM/Camera/a.png")) == ("a.png", True, False)
    services.files.write("/sdcard/DCIM/Camera/a.png", picture())
    media.restore(1)
    assert media.get(1).path == "/sdcard/DCIM/Camera/a (1).png"
    media.remove(1)
    assert [stat.path for stat in services.files.list("/sdcard/DCIM/Camera")] == ["/sdcard/DCIM/Camera/a.png"]
    for attempt in (media.get, media.trash, media.restore, media.remove):
        with pytest.raises(NotFound, match=r"no media file 1"):
            attempt(1)
    assert media.by_path("/sdcard/none.png") is None


def test_media_as_content(services: Services) -> None:
    content, files = services.content, services.files
    files.write("/sdcard/DCIM/Camera/a.png", picture())
    files.write("/sdcard/Download/b.pdf", b"%PDF")
    (row,) = content.query(IMAGES, projection=["_data", "relative_path", "bucket_display_name", "bucket_id", "mime_type", "_size"])
    assert row == {
        "_data": "/storage/emulated/0/DCIM/Camera/a.png",
        "relative_path": "DCIM/Camera/",
        "bucket_display_name": "Camera",
        "bucket_id": -1739773001,
        "mime_type": "image/png",
        "_size": len(picture()),
    }
    for path, count in (("file", 2), ("downloads", 1), ("video/media", 0), ("images/media/1", 1), ("images/media/2", 0), ("file/2", 1)):
        assert len(content.query(f"content://media/external/{path}")) == count, path
    assert content.update(f"{IMAGES}/1", {"_display_name": "z.png", "relative_path": "Pictures/Trip"}) == 1
    assert files.exists("/sdcard/Pictures/Trip/z.png")
    assert content.update(IMAGES, {"is_favorite": 1}) == 1
    uri = content.insert(IMAGES, {"_display_name": "new.png", "relative_path": "Pictures/", "description": "x"})
    assert files.read("/sdcard/Pictures/new.png") == b""
    assert content.delete(uri) == 1
    assert not files.exists("/sdcard/Pictures/new.png")
    with pytest.raises(DeviceError, match=r"_display_name"):
        content.insert(IMAGES, {"description": "x"})
    with pytest.raises(DeviceError, match=r"no column '_data'"):
        content.update(IMAGES, {"_data": "/x"})
    for path in ("content://media", "content://media/internal/file", "content://media/external/x", "content://media/external/file/x"):
        with pytest.raises(NotFound):
            content.query(path)


PATHS = st.sampled_from([f"/sdcard/{folder}/{name}" for folder in ("DCIM", "Pictures", "x") for name in ("a.png", "b.txt", "d")])


@given(
    st.lists(st.tuples(st.sampled_from(["write", "delete", "move", "copy", "store-move", "trash", "remove"]), PATHS, PATHS), max_size=15)
)
def test_rows_and_files_agree(steps: list[tuple[str, str, str]]) -> None:
    services = Services()
    files, media = services.files, services.content.media
    for number, (name, path, other) in enumerate(steps):
        try:
            match name:
                case "write":
                    files.write(path, str(number).encode())
                case "delete":
                    files.delete(path)
                case "store-move":
                    media.move(path, other)
                case "trash" | "remove":
                    getattr(media, name)(number % 4)
                case _:
                    getattr(files, name)(path, other)
        except DeviceError:
            pass
        stored = {row["_data"]: row["_size"] for row in media.db.query("SELECT _data, _size FROM files")}
        assert stored == {canonical_path(stat.path): stat.size for stat in files.walk("/sdcard") if not stat.is_dir}
    token = media.token
    media.scan_all()
    assert media.token == token
