"""Pictures and archives that claim or unpack to more than there is room for: bounded time and memory, and the phone goes on."""

from __future__ import annotations

import asyncio
import gzip
import io
import struct
import time
import zipfile
import zlib

import pytest
from PIL import Image

from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.system import Finished, System
from mobilegym.emulator.phone.ui.images import photo


def png(width: int, height: int, rows: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(3 * width + 1) * rows)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


PICTURES = {
    "bomb.png": png(50_000, 50_000, 3), "none.png": png(0, 0, 0), "empty.png": b"", "cut.jpg": photo("mountains", 1, 400, 300)[:2_000],
    "head.jpg": photo("mountains", 1, 400, 300)[:100],
    "huge.gif": b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\2\2L\1\0;",
    "huge.bmp": b"BM" + struct.pack("<IHHIIiiHHIIiiII", 64, 0, 0, 54, 40, 2**31 - 1, 2**31 - 1, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(10),
    "huge.webp": b"RIFF\x1e\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0" + b"\xff" * 6,
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_a_hostile_picture_is_shown_as_a_broken_one(name: str) -> None:
    system = System(VirtualPhone())
    path = f"/sdcard/Pictures/{name}"
    system.files.write(path, PICTURES[name])
    script = (f"am start -W -a android.intent.action.VIEW -t image/* -d file://{path}; screencap -p | wc -c; uiautomator dump /dev/tty; "
              "am start -W -n $(cmd package resolve-activity --brief org.fossify.gallery | tail -n 1); screencap -p | wc -c")  # fmt: skip
    begin = time.monotonic()
    finished = asyncio.run(system.run(script))
    assert time.monotonic() - begin < 3
    assert b"<hierarchy" in finished.stdout
    assert b"Exception" not in finished.stdout + finished.stderr
    shown = Image.open(io.BytesIO(asyncio.run(system.run("screencap -p")).stdout))
    assert shown.size == (1080, 2400)


def zipped(size: int, names: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(names):
            archive.writestr(f"n{i}", bytes(size))
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize(("data", "script", "said"), [
    (gzip.compress(bytes(300 << 20), 1), "gunzip -c b > /sdcard/x; cp b b.gz; gunzip b.gz", b"too large"),
    (gzip.compress(bytes(300 << 20), 1), "tar xzf b", b"too large"),
    (zipped(300 << 20), "unzip -o b", b"No space left on device"),
    (zipped(0, 70_000), "unzip -l b; unzip -o b", b"Invalid file"),
    (zipped(0, 70_000), "mv b b.apk; pm install /sdcard/b.apk; pm install -r b.apk", b"Failure"),
    (zipped(300 << 20), "mv b b.apk; pm install /sdcard/b.apk", b"Failure"),
])  # fmt: skip
def test_an_archive_that_unpacks_to_too_much(data: bytes, script: str, said: bytes) -> None:
    async def attack() -> tuple[Finished, float]:
        system = System(VirtualPhone())
        system.files.write("/sdcard/b", data)
        running = asyncio.ensure_future(system.run(f"cd /sdcard; {script}"))
        longest = 0.0
        while not running.done():
            before = time.monotonic()
            await asyncio.sleep(0)
            longest = max(longest, time.monotonic() - before)
        return running.result(), longest

    finished, longest = asyncio.run(attack())
    assert said in finished.stdout + finished.stderr
    assert longest < 1.5
