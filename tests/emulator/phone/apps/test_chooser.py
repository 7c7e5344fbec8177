from __future__ import annotations

import pytest

from mobilegym.actions import Tap
from tests.emulator.phone.apps.pilot import Pilot
from tests.emulator.phone.apps.stub import FILES, GALLERY, MESSAGES, NOTES, pilot


@pytest.fixture
def p() -> Pilot:
    p = pilot()
    p.open("Files")
    return p


def test_sharing_text_to_an_app(p: Pilot) -> None:
    p.tap("Share text")
    assert p.find(rid="headline").text == "Sharing text"
    assert [e.text for e in p.find_all(rid="android:id/text1")] == ["Messages", "Notes"]
    p.tap("Messages")
    assert p.phone.activity().package == MESSAGES
    assert p.has("got SEND see you at eight")
    p.back()
    assert p.phone.activity().package == FILES


def test_sharing_a_picture_offers_who_takes_pictures(p: Pilot) -> None:
    p.tap("Share picture")
    assert p.has("Sharing image")
    assert p.has("IMG_1.jpg")
    assert [e.text for e in p.find_all(rid="android:id/text1")] == ["Notes"]


def test_copying_what_is_shared(p: Pilot) -> None:
    p.tap("Share text")
    p.tap(desc="Copy text")
    assert p.phone.kernel.hardware.clipboard() == "see you at eight"
    assert p.phone.activity().package == FILES


def test_a_touch_beside_the_sheet_closes_it(p: Pilot) -> None:
    p.tap("Share text")
    p.perform(Tap(0.5, 0.2))
    assert p.has("Files")
    assert not p.find_all(rid="headline")


def test_open_with_just_once_asks_again(p: Pilot) -> None:
    for _ in range(2):
        p.tap("Open link")
        assert p.has("Open with")
        assert not p.find(rid="android:id/button_once").enabled
        p.tap("Gallery")
        p.tap("Just once")
        assert p.phone.activity().package == GALLERY
        assert p.has("got VIEW https://example.org/a")
        p.back()


def test_open_with_always_is_kept(p: Pilot) -> None:
    p.tap("Open link")
    p.tap("Gallery")
    p.tap("Always")
    p.back()
    p.tap("Open link")
    assert p.phone.activity().package == GALLERY
    assert "default_app.set" in p.effects()
    assert NOTES not in [t.package for t in p.phone.kernel.activities.tasks]
