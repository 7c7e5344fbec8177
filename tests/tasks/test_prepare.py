"""Setup reaches the phone, and the checks that mirror it hold there."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from random import Random

import pytest

from mobilegym.errors import DeviceError
from mobilegym.evaluation.outcome import Outcome
from mobilegym.evaluation.probes import probe
from mobilegym.evaluation.scene import Scene
from mobilegym.tasks.instance import TaskInstance
from mobilegym.tasks.people import phone_number
from mobilegym.tasks.pictures import draw
from tests.tasks.helpers import load, load_one, phone
from tests.tasks.test_kitchen_sink import sink


def scene_of(task: TaskInstance) -> Scene:
    device = phone()
    device.reset(seed=task.seed)
    task.prepare(device)
    tree = device.state_tree()
    return Scene(task, device, tree, tree, Outcome("done", None, device.journal()))


def test_every_check_of_what_was_set_up_holds(tmp_path: Path) -> None:
    task = load(sink(tmp_path)).instance("settings.sink", 0)
    scene = scene_of(task)
    wrong = {c.name: f for c in task.body.checks if not (f := probe(c.test, scene)).passed}
    assert wrong == {}
    assert scene.device.activity().package == "com.android.settings"


def test_two_phones_are_prepared_alike(tmp_path: Path) -> None:
    task = load(sink(tmp_path)).instance("settings.sink", 1)
    assert scene_of(task).before == scene_of(task).before


def test_starts_at_home_at_the_suites_time(tmp_path: Path) -> None:
    scene = scene_of(load_one(tmp_path, suite='start: "2026-07-01 22:15"\n'))
    now = scene.device.clock.now()
    assert (now.month, now.hour, now.minute) == (7, 22, 15)
    assert "launcher" in scene.device.activity().package


def test_another_time_zone_is_refused(tmp_path: Path) -> None:
    task = load_one(tmp_path, suite="timezone: Asia/Tokyo\n")
    with pytest.raises(DeviceError, match="time zone"):
        task.prepare(phone())


@pytest.mark.parametrize("scene", ["mountains", "city", "sea", "flower", "screenshot"])
def test_pictures_are_png_and_repeat(scene: str) -> None:
    data = draw(scene, 3)
    assert data == draw(scene, 3)
    assert data != draw(scene, 4)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (320, 240)
    start = data.index(b"IDAT") + 4
    length = struct.unpack(">I", data[start - 8 : start - 4])[0]
    assert len(zlib.decompress(data[start : start + length])) == 240 * (320 // 2 + 1)


def test_numbers_belong_to_nobody() -> None:
    rng = Random(0)
    assert all(phone_number(rng)[3:10] == "-555-01" for _ in range(200))


def test_owner_of_a_task(tmp_path: Path) -> None:
    task = load_one(tmp_path, 'owner: {replies: {"color|colour": Blue.}, otherwise: No idea.}')
    owner = task.make_owner()
    assert owner.reply("Which colour do you want?", 0) == "Blue."
    assert owner.reply("When?", 0) == "No idea."
    assert load_one(tmp_path).make_owner().reply("When?", 0)
