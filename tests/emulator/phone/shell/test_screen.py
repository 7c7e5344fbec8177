"""`screencap`, `screenrecord`, `wm`, `ime` and what `dumpsys` says about screen and input."""

from __future__ import annotations

import asyncio
import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from mobilegym.actions import OpenApp, Tap
from mobilegym.emulator.phone.shell import screen
from mobilegym.emulator.phone.shell.process import ProgramError
from mobilegym.emulator.phone.shell.screen.mp4 import Frame, write_mp4
from mobilegym.emulator.phone.shell.system import System
from tests.emulator.phone.shell.direct import run, run_program, script

LATIN = "com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME"


def test_screencap_is_the_screen(system: System) -> None:
    pixels = system.phone.render()
    png = run(system, "screencap", "-p").stdout
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(png))), pixels)
    raw = run(system, "screencap").stdout
    assert np.frombuffer(raw[:16], "<u4").tolist() == [1080, 2400, 1, 1]
    rgba = np.frombuffer(raw[16:], np.uint8).reshape(2400, 1080, 4)
    assert np.array_equal(rgba[:, :, :3], pixels)
    assert (rgba[:, :, 3] == 255).all()


def test_screencap_sees_what_changed(system: System) -> None:
    before = run(system, "screencap", "-p").stdout
    assert run(system, "screencap", "-p").stdout == before
    system.phone.perform(OpenApp("Settings"))
    assert run(system, "screencap", "-p").stdout != before
    system.phone.perform(Tap(0.5, 0.99))


def test_screencap_into_files(system: System) -> None:
    run(system, "screencap", "/data/local/tmp/a.png")
    assert system.files.read("/data/local/tmp/a.png").startswith(b"\x89PNG")
    run(system, "screencap", "/data/local/tmp/a.raw")
    assert len(system.files.read("/data/local/tmp/a.raw")) == 16 + 1080 * 2400 * 4
    run(system, "screencap", "-a", "-p", "-d", "0", "/data/local/tmp/b.png")
    assert system.files.exists("/data/local/tmp/b_0.png")
    with pytest.raises(ProgramError, match=re.escape("Error opening file: /nope/a.png (No such file or directory)")):
        run(system, "screencap", "/nope/a.png")
    with pytest.raises(ProgramError, match="not valid"):
        run(system, "screencap", "-d", "7", "-p")


# ---------------------------------------------------------------------- films


def frames_of(data: bytes, path: Path) -> list[np.ndarray[Any, Any]]:
    """The pictures that a player shows."""
    cv2: Any = pytest.importorskip("cv2")
    path.write_bytes(data)
    film = cv2.VideoCapture(str(path))
    found: list[np.ndarray[Any, Any]] = []
    while (read := film.read())[0]:
        found.append(read[1])
    return found


def test_a_film_can_be_played(tmp_path: Path) -> None:
    frames: list[Frame] = []
    for shade in (0, 120, 250):
        buffer = io.BytesIO()
        Image.new("RGB", (64, 48), (shade, shade, shade)).save(buffer, "JPEG")
        frames.append(Frame(buffer.getvalue(), 100))
    found = frames_of(write_mp4(frames, 64, 48, 0), tmp_path / "a.mp4")
    assert [f.shape for f in found] == [(48, 64, 3)] * 3
    assert [abs(int(f.mean()) - s) < 5 for f, s in zip(found, (0, 120, 250), strict=True)] == [True] * 3


def test_recording_ends_when_its_time_has_passed_on_the_phone(system: System, tmp_path: Path) -> None:
    async def record() -> None:
        argv = ("screenrecord", "--size", "108x240", "--time-limit", "100", "/sdcard/v.mp4")
        task = asyncio.create_task(run_program(system, argv, screen.PROGRAMS, {}))
        await asyncio.sleep(0.05)
        system.phone.perform(OpenApp("Settings"))
        await asyncio.sleep(0.05)
        system.phone.clock.advance(100_000)
        assert (await asyncio.wait_for(task, 5)).status == 0

    asyncio.run(record())
    assert len(frames_of(system.files.read("/sdcard/v.mp4"), tmp_path / "v.mp4")) >= 2


def test_a_killed_recording_leaves_its_film(system: System, tmp_path: Path) -> None:
    async def record() -> None:
        task = asyncio.create_task(run_program(system, ("screenrecord", "--size=108x240", "/sdcard/v.mp4"), screen.PROGRAMS, {}))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(record())
    assert len(frames_of(system.files.read("/sdcard/v.mp4"), tmp_path / "v.mp4")) == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "Must specify output file"), ("--time-limit 200 /sdcard/a.mp4", "Time limit 200s outside acceptable range"),
        ("/nope/a.mp4", "Unable to open '/nope/a.mp4': No such file or directory"), ("--size big /sdcard/a.mp4", "Invalid size 'big'"),
    ],
)  # fmt: skip
def test_recordings_that_cannot_be(system: System, words: str, message: str) -> None:
    with pytest.raises(ProgramError, match=re.escape(message)):
        run(system, "screenrecord", *words.split())


# ---------------------------------------------------------------------- wm


def test_size_changes_the_screen_and_comes_back(system: System) -> None:
    assert run(system, "wm", "size").text == "Physical size: 1080x2400\n"
    before = system.phone.observe(pixels=(2400, 1080))
    assert run(system, "wm", "size", "720x1280").status == 0
    assert run(system, "wm", "size").text == "Physical size: 1080x2400\nOverride size: 720x1280\n"
    screen = system.phone.observe(pixels=(1280, 720))
    assert (screen.width, screen.height) == (720, 1280)
    assert screen.pixels is not None
    assert screen.pixels.shape == (1280, 720, 3)
    assert max(e.bounds.right for e in screen.elements) == 720
    assert (system.phone.info.width, system.phone.info.height) == (1080, 2400)
    assert run(system, "wm", "size", "reset", "-d", "0").status == 0
    after = system.phone.observe(pixels=(2400, 1080))
    assert after.elements == before.elements
    assert run(system, "wm", "size").text == "Physical size: 1080x2400\n"


def test_sizes_out_of_all_proportion_are_clamped_as_android_clamps_them(system: System) -> None:
    run(system, "wm", "size", "10x99999")
    assert run(system, "wm", "size").text == "Physical size: 1080x2400\nOverride size: 200x4800\n"
    assert system.phone.observe().elements
    run(system, "wm", "reset")
    assert system.phone.observe().width == 1080


def test_density_changes_the_screen_and_comes_back(system: System) -> None:
    assert run(system, "wm", "density").text == "Physical density: 420\n"
    run(system, "wm", "density", "320")
    assert run(system, "wm", "density").text == "Physical density: 420\nOverride density: 320\n"
    assert system.kernel.ui.density == 320
    assert run(system, "wm", "density", "50").stderr == b"Error: density must be >= 72\n"
    assert b"bad number" in run(system, "wm", "density", "x").stderr
    assert run(system, "wm", "reset").text == "Reset all settings for displayId=0\n"
    assert (system.kernel.ui.density, run(system, "wm", "density").text) == (420, "Physical density: 420\n")


def test_rotation_is_locked_and_freed(system: System) -> None:
    system.phone.perform(OpenApp("Contacts"))
    run(system, "wm", "user-rotation", "-d", "0", "lock", "1")
    assert run(system, "wm", "user-rotation").text == "lock 1\n"
    assert system.kernel.ui.width > system.kernel.ui.height
    assert re.search(r"orientation=1", run(system, "display", table=screen.DUMPS).text)
    run(system, "wm", "user-rotation", "free")
    assert run(system, "wm", "user-rotation").text == "free\n"
    assert run(system, "wm", "user-rotation", "sideways").stderr == b"Error: argument needs to be either -d, free or lock.\n"


def test_the_keyguard_goes_if_there_is_no_credential(system: System) -> None:
    script(system, "input keyevent POWER", "input keyevent WAKEUP")
    assert system.kernel.hardware.locked
    run(system, "wm", "dismiss-keyguard")
    assert not system.kernel.hardware.locked
    system.kernel.settings.put("secure", "lockscreen_pin", "1234")
    script(system, "input keyevent POWER", "input keyevent WAKEUP", "wm dismiss-keyguard")
    assert system.kernel.hardware.locked


@pytest.mark.parametrize(("words", "status"), [("overscan 0,0,0,0", 255), ("", 255), ("scaling off", 0), ("help", 0)])
def test_other_wm_commands(system: System, words: str, status: int) -> None:
    assert run(system, "wm", *words.split()).status == status


# ---------------------------------------------------------------------- ime


def test_keyboards(system: System) -> None:
    assert run(system, "ime", "list", "-s").text == f"{LATIN}\n"
    assert run(system, "ime", "enable", LATIN).text == f"Input method {LATIN}: already enabled for user #0\n"
    assert run(system, "ime", "set", LATIN).text == f"Input method {LATIN} selected for user #0\n"
    for verb, what in (("enable", "enabled"), ("set", "selected")):
        refused = run(system, "ime", verb, "a/.B")
        assert (refused.status, refused.stderr.decode()) == (255, f"Unknown input method a/.B cannot be {what} for user #0\n")
    assert run(system, "ime", "disable", "a/.B").text == "Input method a/.B: already disabled for user #0\n"
    assert run(system, "ime", "reset").text.splitlines()[1:] == [f"  Selected: {LATIN}", f"   Enabled: {LATIN}"]


def test_the_keyboard_is_seen_to_be_shown(system: System) -> None:
    assert "mInputShown=false" in run(system, "input_method", table=screen.DUMPS).text
    system.phone.perform(OpenApp("Settings"))
    field = next(e for e in system.phone.observe().elements if e.text.startswith("Search"))
    x, y = field.bounds.center
    script(system, f"input tap {x} {y}")
    text = run(system, "input_method", table=screen.DUMPS).text
    assert re.findall(r"mInputShown=(\w+)", text)[-1] == "true"
    assert "mIsInputViewShown=true" in text
    assert re.search(r"mCurMethodId=([-a-zA-Z0-9./_]+)", text)[1] == LATIN  # type: ignore[index]


# ---------------------------------------------------------------------- dumps


def test_dumps_have_what_tools_look_for(system: System) -> None:
    display = run(system, "display", table=screen.DUMPS).text
    assert re.search(r"orientation=(\d+)", display)[1] == "0"  # type: ignore[index]
    assert re.search(r"mBaseDisplayInfo=.*real (\d+) x (\d+)", display).groups() == ("1080", "2400")  # type: ignore[union-attr]
    assert "mScreenState=ON" in display
    devices = run(system, "input", table=screen.DUMPS).text
    assert "logicalFrame=[0, 0, 1080, 2400]" in devices
    assert "SurfaceOrientation: 0" in devices
    layers = run(system, "SurfaceFlinger", "--list", table=screen.DUMPS).text.splitlines()
    latency = run(system, "SurfaceFlinger", "--latency", layers[-1], table=screen.DUMPS).text.splitlines()
    assert (latency[0], len(latency[1].split("\t"))) == ("16666666", 3)
    assert latency[1] != "0\t0\t0"
    assert run(system, "gfxinfo", "no.such", table=screen.DUMPS).text == "No process found for: no.such\n"
    assert "Total frames rendered" in run(system, "gfxinfo", "com.android.systemui", table=screen.DUMPS).text
