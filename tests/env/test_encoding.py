"""Observations as arrays."""

from __future__ import annotations

import numpy as np
import pytest
from gymnasium import spaces

from mobilegym.actions import ACTION_TYPES
from mobilegym.encoding import DURATIONS_MS, ELEMENT_FLAGS, ELEMENT_KINDS, ActionCodec, TreeEncoder, text_bytes
from mobilegym.observation import Bounds, Element


def element(text: str = "", left: int = 0) -> Element:
    return Element("android.widget.Button", "a.b:id/ok", text, "", "a.b", Bounds(left, 0, 100, 200), 2, 0)


def test_every_flag_has_its_column() -> None:
    for column, name in enumerate(ELEMENT_FLAGS):
        shown = element()._replace(**{"enabled": False, name: True})
        flags = TreeEncoder(1).encode((shown,), 100, 200)["flags"][0]
        assert flags.tolist() == [int(i == column) for i in range(len(ELEMENT_FLAGS))]


def test_values() -> None:
    encoded = TreeEncoder(4, 8).encode((element("Größer als acht", 50), element("b")), 100, 400)
    assert encoded["bounds"][0].tolist() == [0.5, 0.0, 1.0, 0.5]
    assert bytes(encoded["text"][0]) == "Größer".encode()
    assert (encoded["count"], ELEMENT_KINDS[encoded["kind"][0] - 1], encoded["depth"][0]) == (2, "Button", 2)
    assert not encoded["bounds"][2:].any()
    assert encoded in spaces.Dict(TreeEncoder(4, 8).spaces)


def test_equal_screens_encode_alike_and_arrays_are_fresh() -> None:
    encoder = TreeEncoder()
    one, two = (element("a"), element("b", 3)), (element("a"), element("b", 3))
    first, again, other = encoder.encode(one, 100, 200), encoder.encode(one, 100, 200), encoder.encode(two, 100, 200)
    for key in first:
        assert np.array_equal(first[key], other[key])
        assert not np.shares_memory(first[key], again[key])


def test_an_identity_that_comes_again_is_no_other_screen() -> None:
    encoder = TreeEncoder(kept=2)
    for number in range(200):
        encoded = encoder.encode((element(str(number)),), 100, 200)
        assert bytes(encoded["text"][0]).rstrip(b"\0") == str(number).encode()


def test_more_elements_than_fit_are_left_out() -> None:
    assert TreeEncoder(3).encode(tuple(element(str(i)) for i in range(9)), 100, 200)["count"] == 3


def test_text_is_never_cut_inside_a_character() -> None:
    assert text_bytes("ab🙂", 4) == b"ab\0\0"
    assert text_bytes("", 2) == b"\0\0"


@pytest.mark.parametrize("kind", list(ACTION_TYPES))
def test_samples_survive_a_round_trip(kind: str) -> None:
    codec = ActionCodec([kind])
    space = codec.space()
    space.seed(3)
    for _ in range(30):
        action = codec.decode(space.sample())
        assert type(action) is ACTION_TYPES[kind]
        assert codec.decode(codec.encode(action)) == action


def test_durations_are_legal_for_waiting() -> None:
    assert max(DURATIONS_MS) <= 86_400_000
