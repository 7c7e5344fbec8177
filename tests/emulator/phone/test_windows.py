"""Windows beside each other: bars in the colours of the app, menus over what was touched, snackbars above buttons."""

from __future__ import annotations

import pytest

from mobilegym.emulator.phone import PhoneConfig, VirtualPhone
from tests.emulator.phone.apps.pilot import Pilot
from tests.emulator.phone.furniture import furnish


@pytest.fixture
def pilot() -> Pilot:
    phone = VirtualPhone(PhoneConfig())
    furnish(phone)
    return Pilot(phone)


def test_gesture_bar_has_the_colour_of_the_bottom_bar(pilot: Pilot) -> None:
    pilot.open("Contacts")
    picture = pilot.phone.render()
    bar = pilot.find(rid="navigation_bar").bounds
    assert picture[2390, 20].tolist() == picture[bar.bottom - 5, 20].tolist()
    assert picture[2390, 20].tolist() != picture[bar.top - 5, 20].tolist()


def test_status_bar_has_the_colour_of_a_selection_bar(pilot: Pilot) -> None:
    pilot.open("Contacts")
    above = pilot.phone.render()[4, 500].tolist()
    pilot.long_press("Ada Park")
    assert pilot.phone.render()[4, 500].tolist() != above


def test_a_menu_opens_where_a_row_was_held(pilot: Pilot) -> None:
    pilot.open("Phone")
    pilot.tap("Recents")
    row = pilot.find(text="Ben Okafor").bounds
    pilot.long_press("Ben Okafor")
    first = pilot.find(text="Copy number").bounds
    assert row.top <= first.top <= row.bottom + 60
    assert row.left <= first.left <= row.right + 60


def test_an_overflow_menu_opens_over_its_button(pilot: Pilot) -> None:
    pilot.open("Contacts")
    button = pilot.find(desc="More options").bounds
    pilot.tap(desc="More options")
    item = pilot.find(text="Select all").bounds
    assert item.left > 540
    assert button.right >= item.right


def test_a_menu_is_as_wide_as_its_items(pilot: Pilot) -> None:
    pilot.open("Messages")
    pilot.tap(desc="More options")
    wide = pilot.find(rid="content", nth=0).bounds
    assert wide.right - wide.left < 735


def test_a_snackbar_lies_above_the_button(pilot: Pilot) -> None:
    pilot.open("Clock")
    pilot.tap(desc="Expand alarm")
    pilot.tap("Delete")
    button = pilot.find(desc="Add alarm").bounds
    assert pilot.find(text="Alarm deleted").bounds.bottom < button.top
    pilot.tap("Undo")


def test_icons_of_the_status_bar_can_be_read_over_a_dialog(pilot: Pilot) -> None:
    pilot.open("Camera")
    bar = pilot.phone.render()[:132]
    assert bar.max() > 200, "the permission dialog floats over a black screen"
