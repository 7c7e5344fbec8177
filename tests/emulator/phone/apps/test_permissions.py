from __future__ import annotations

import pytest

from tests.emulator.phone.apps.pilot import Pilot
from tests.emulator.phone.apps.stub import NOTES, pilot

FINE, COARSE = "android.permission.ACCESS_FINE_LOCATION", "android.permission.ACCESS_COARSE_LOCATION"
CONTACTS = "android.permission.READ_CONTACTS"


@pytest.fixture
def p() -> Pilot:
    p = pilot()
    p.open("Notes")
    return p


def granted(p: Pilot) -> frozenset[str]:
    return p.phone.kernel.packages.state(NOTES).granted


def test_location_is_granted_while_using(p: Pilot) -> None:
    p.tap("Ask location")
    assert p.find(rid="permission_message").text == "Allow Notes to access this device’s location?"
    assert p.find(rid="permission_allow_one_time_button").text == "Only this time"
    p.tap("While using the app")
    assert p.has("answer True")
    assert granted(p) == {FINE, COARSE}


def test_only_this_time(p: Pilot) -> None:
    p.tap("Ask location")
    p.tap("Only this time")
    assert FINE in p.phone.kernel.packages.state(NOTES).one_time


def test_approximate_location_grants_the_coarse_one_alone(p: Pilot) -> None:
    p.tap("Ask location")
    p.tap("Approximate")
    p.tap("While using the app")
    assert p.has("answer False")
    assert granted(p) == {COARSE}


def test_refused_twice_is_not_asked_again(p: Pilot) -> None:
    for _ in range(2):
        p.tap("Ask contacts")
        assert p.find(rid="permission_allow_button").text == "Allow"
        p.tap("Don’t allow")
        assert p.has("answer False")
    p.tap("Ask contacts")
    assert p.has("answer False")
    assert CONTACTS in p.phone.kernel.packages.state(NOTES).denied


def test_back_leaves_the_question_open(p: Pilot) -> None:
    p.tap("Ask contacts")
    p.back()
    state = p.phone.kernel.packages.state(NOTES)
    assert CONTACTS not in state.granted | state.denied | state.asked
    p.tap("Ask contacts")
    assert p.has("Allow Notes to access your contacts?")


def test_the_app_below_takes_no_touches(p: Pilot) -> None:
    p.tap("Ask contacts")
    assert not p.find_all(text="Count")
