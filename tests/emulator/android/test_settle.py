"""When a real phone counts as being at rest, with a clock of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from mobilegym.emulator.android.picture import fitted, read_picture
from mobilegym.emulator.android.settle import Settler
from mobilegym.errors import DeviceError
from mobilegym.observation import Pixels


class Time:
    """Seconds that pass only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def grey(value: int) -> Pixels:
    return np.full((240, 108, 3), value, np.uint8)


def settler(pictures: Iterator[Pixels], time: Time, tree: Callable[[], object] = object) -> Settler:
    return Settler(lambda: next(pictures), tree, limit_s=2.0, pause_s=0.1, first_s=0.1, clock=time, sleep=time.sleep)


def test_a_still_screen_is_at_rest_at_once() -> None:
    time = Time()
    assert settler(iter([grey(9)] * 99), time).wait()
    assert time.now == pytest.approx(0.2)


def test_an_animation_is_waited_for() -> None:
    time = Time()
    assert settler(iter([grey(0), grey(60), grey(120), *[grey(200)] * 9]), time).wait()
    assert time.now == pytest.approx(0.5)


def moving() -> Iterator[Pixels]:
    while True:
        yield grey(0)
        yield grey(255)


def test_a_video_is_at_rest_when_its_tree_is() -> None:
    time = Time()
    assert settler(moving(), time, lambda: "the same").wait()
    assert 2.0 <= time.now < 2.5


def test_what_never_rests_is_said_so() -> None:
    assert not settler(moving(), Time()).wait()


def test_a_blinking_caret_is_no_movement() -> None:
    caret = grey(255)
    caret[100:110, 50:51] = 0
    time = Time()
    assert settler(iter([grey(255), caret] * 9), time).wait()
    assert time.now == pytest.approx(0.2)


# Pictures


def raw(picture: Pixels, header: bytes) -> bytes:
    alpha = np.full((*picture.shape[:2], 1), 255, np.uint8)
    return header + np.concatenate([picture, alpha], axis=2).tobytes()


def test_raw_pictures_of_old_and_new_phones() -> None:
    picture = np.arange(5 * 3 * 3, dtype=np.uint8).reshape(5, 3, 3)
    head = b"".join(n.to_bytes(4, "little") for n in (3, 5, 1))
    for header in (head, head + bytes(4)):
        assert (read_picture(raw(picture, header)) == picture).all()


@pytest.mark.parametrize("data", [b"", b"screencap: inaccessible or not found\n", bytes(50), b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(DeviceError, match="picture"):
        read_picture(data)


def test_a_picture_of_another_shape_lies_in_the_middle() -> None:
    found = fitted(np.full((100, 200, 3), 255, np.uint8), (200, 100))
    assert found.shape == (200, 100, 3)
    assert (found[75:125] == 255).all()
    assert not found[:75].any()
    assert not found[125:].any()
