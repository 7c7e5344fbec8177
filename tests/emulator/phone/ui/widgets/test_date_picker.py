"""The date picker."""

from __future__ import annotations

import pytest

from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.widgets.date_picker import DatePicker
from tests.emulator.phone.ui.widgets.stage import CONFIGS, TOLD, Stage, assert_inside, ui_of

MARCH = DatePicker(TOLD, 2026, 3, 11, today=(2026, 3, 9))


@pytest.mark.parametrize("years", [False, True])
@pytest.mark.parametrize(("dark", "font_scale", "landscape"), CONFIGS)
def test_nodes_lie_inside_their_parents(years: bool, dark: bool, font_scale: float, landscape: bool) -> None:
    picker = DatePicker(TOLD, 2026, 8, 31, years=years)
    assert_inside(Stage(None, ui_of(dark, font_scale, landscape), overlays=(picker,)))


def test_nodes_are_those_of_android() -> None:
    stage = Stage(overlays=(MARCH,))
    assert stage.find(rid="date_picker_header_year").text == "2026"
    assert stage.find(rid="date_picker_header_date").text == "Wed, Mar 11"
    day = stage.find(desc="11 March 2026")
    assert (day.text, day.cls, day.checked, day.clickable) == ("11", "android.view.View", True, True)
    assert stage.find(rid="datePicker").cls == "android.widget.DatePicker"
    assert sum(" March 2026" in e.content_desc for e in stage.elements()) == 31


def test_ok_gives_the_day_that_was_picked() -> None:
    stage = Stage(overlays=(MARCH,))
    stage.tap(desc="20 March 2026")
    assert stage.find(rid="date_picker_header_date").text == "Fri, Mar 20"
    stage.tap(text="OK")
    assert (stage.log, stage.overlays) == ([(2026, 3, 20)], ())


def test_cancel_gives_nothing() -> None:
    stage = Stage(overlays=(DatePicker(TOLD, 2026, 3, 11, cancelled=Call(Stage.told, ("no",))),))
    stage.tap(desc="20 March 2026")
    stage.tap(text="Cancel")
    assert (stage.log, stage.overlays) == ([("no",)], ())


def test_turning_the_page_does_not_pick() -> None:
    stage = Stage(overlays=(MARCH,))
    for _ in range(10):
        stage.tap(desc="Next month")
    assert stage.find(desc="31 January 2027")
    assert stage.find(rid="date_picker_header_date").text == "Wed, Mar 11"
    stage.tap(desc="Previous month")
    stage.swipe(stage.find(desc="24 December 2026"), "left")
    stage.swipe(stage.find(desc="24 January 2027"), "right")
    stage.tap(desc="24 December 2026")
    stage.tap(text="OK")
    assert stage.log == [(2026, 12, 24)]


@pytest.mark.parametrize(("first_weekday", "column"), [(6, 0), (0, 6), (5, 1)])
def test_first_of_march_2026_is_a_sunday(first_weekday: int, column: int) -> None:
    stage = Stage(overlays=(DatePicker(TOLD, 2026, 3, 11, first_weekday=first_weekday),))
    month = stage.find(rid="month_view").bounds
    day = stage.find(desc="01 March 2026").bounds
    assert ((day.left + day.right) // 2 - month.left) * 7 // (month.right - month.left) == column


def test_limits() -> None:
    stage = Stage(overlays=(DatePicker(TOLD, 2026, 3, 11, earliest=(2026, 3, 10), latest=(2026, 4, 2)),))
    assert not stage.find(desc="Previous month").enabled
    stage.tap(desc="09 March 2026")
    assert stage.find(desc="11 March 2026").checked
    stage.tap(desc="Next month")
    assert not stage.find(desc="Next month").enabled
    assert stage.find(desc="02 April 2026").enabled
    assert not stage.find(desc="03 April 2026").enabled


def test_year_list_opens_at_the_year_and_keeps_the_day() -> None:
    stage = Stage(overlays=(DatePicker(TOLD, 2024, 2, 29),))
    stage.tap(rid="date_picker_header_year")
    assert stage.find(rid="text1", text="2024").selected
    stage.tap(rid="text1", text="2025")
    assert stage.find(rid="date_picker_header_date").text == "Fri, Feb 28"
    stage.tap(text="OK")
    assert stage.log == [(2025, 2, 28)]


def test_header_date_leads_back_to_the_calendar() -> None:
    stage = Stage(overlays=(MARCH,))
    stage.tap(rid="date_picker_header_year")
    stage.tap(rid="date_picker_header_date")
    assert stage.find(rid="month_view")
