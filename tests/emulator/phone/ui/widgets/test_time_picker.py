"""The time picker."""

from __future__ import annotations

import dataclasses
import math

import pytest

from mobilegym.emulator.phone.ui.widgets.time_picker import TimePicker
from tests.emulator.phone.ui.widgets.stage import CONFIGS, TOLD, Stage, assert_inside, ui_of

ELEVEN = TimePicker(TOLD, 11, 0)


@pytest.mark.parametrize(
    "picker",
    [
        ELEVEN, dataclasses.replace(ELEVEN, minute=37, active="minute"), dataclasses.replace(ELEVEN, hour=23, use_24h=True),
        dataclasses.replace(ELEVEN, mode="keyboard"),
    ],
    ids=["hour", "minute", "24h", "keyboard"],
)  # fmt: skip
@pytest.mark.parametrize(("dark", "font_scale", "landscape"), CONFIGS)
def test_nodes_lie_inside_their_parents(picker: TimePicker, dark: bool, font_scale: float, landscape: bool) -> None:
    fields = {"time_picker_hour": "11", "time_picker_minute": "00"}
    assert_inside(Stage(None, ui_of(dark, font_scale, landscape), overlays=(picker,), fields=fields, focus="time_picker_hour"))


def test_nodes_are_those_of_android() -> None:
    stage = Stage(overlays=(ELEVEN,))
    hour = stage.find(rid="material_hour_tv")
    assert (hour.cls, hour.text, hour.content_desc, hour.checked) == ("android.view.View", "11", "11 o'clock", True)
    assert stage.find(rid="material_minute_tv").content_desc == "0 minutes"
    assert stage.find(rid="header_title").text == "Select time"
    assert stage.find(rid="material_clock_period_toggle").content_desc == "Select AM or PM"
    assert stage.find(rid="material_clock_period_am_button").checked
    assert stage.find(rid="material_timepicker_mode_button").content_desc == "Switch to text input mode for the time input."
    numbers = [e for e in stage.elements() if e.cls == "android.widget.TextView" and e.content_desc]
    assert [e.text for e in numbers] == ["12", *map(str, range(1, 12))]
    assert numbers[0].bounds.right - numbers[0].bounds.left == 126


def test_hour_leads_to_minute() -> None:
    stage = Stage(overlays=(ELEVEN,))
    stage.tap(text="7", desc="7 o'clock")
    assert stage.find(rid="material_minute_tv").checked
    stage.tap(text="45", desc="45 minutes")
    stage.tap(text="PM")
    stage.tap(text="OK")
    assert (stage.log, stage.overlays) == ([(19, 45)], ())


@pytest.mark.parametrize(
    ("hour", "number", "afternoon", "expected"), [(9, "12", False, 0), (9, "12", True, 12), (15, "3", True, 15), (0, "1", False, 1)]
)
def test_twelve_hour_form(hour: int, number: str, afternoon: bool, expected: int) -> None:
    stage = Stage(overlays=(TimePicker(TOLD, hour, 0),))
    stage.tap(text=number, desc=f"{number} o'clock")
    stage.tap(text="PM" if afternoon else "AM")
    stage.tap(text="OK")
    assert stage.log == [(expected, 0)]


@pytest.mark.parametrize(("desc", "expected"), [("0 hours", 0), ("11 hours", 11), ("12 hours", 12), ("23 hours", 23)])
def test_twenty_four_hours(desc: str, expected: int) -> None:
    stage = Stage(None, ui_of(use_24h=True), overlays=(TimePicker(TOLD, 8, 30),))
    assert stage.find(rid="material_hour_tv").text == "08"
    with pytest.raises(AssertionError, match="AM"):
        stage.find(text="AM")
    stage.tap(desc=desc)
    stage.tap(text="OK")
    assert stage.log == [(expected, 30)]


@pytest.mark.parametrize("minute", range(60))
def test_every_minute_can_be_touched(minute: int) -> None:
    stage = Stage(overlays=(TimePicker(TOLD, 8, 30, active="minute"),))
    face = stage.find(rid="material_clock_face").bounds
    radius, angle = stage.ui.px(100), math.radians(minute * 6)
    stage.tap_at((face.left + face.right) / 2 + radius * math.sin(angle), (face.top + face.bottom) / 2 - radius * math.cos(angle))
    stage.tap(text="OK")
    assert stage.log == [(8, minute)]


def test_chips_choose_the_dial() -> None:
    stage = Stage(overlays=(ELEVEN,))
    stage.tap(rid="material_minute_tv")
    assert stage.find(desc="55 minutes")
    stage.tap(rid="material_hour_tv")
    assert stage.find(desc="5 o'clock")


def test_keyboard_mode() -> None:
    stage = Stage(overlays=(TimePicker(TOLD, 14, 5),))
    stage.tap(rid="material_timepicker_mode_button")
    assert (stage.fields["time_picker_hour"], stage.fields["time_picker_minute"]) == ("2", "05")
    assert stage.find(rid="edit_text").focused
    stage.type("10")
    assert stage.focus == "time_picker_minute"
    stage.type("4")
    stage.type("2")
    stage.tap(text="OK")
    assert (stage.log, stage.overlays, stage.focus) == ([(22, 42)], (), "")


def test_keyboard_mode_refuses_what_is_no_time() -> None:
    stage = Stage(overlays=(ELEVEN,))
    stage.tap(rid="material_timepicker_mode_button")
    stage.type("13")
    assert stage.focus == "time_picker_hour"
    stage.tap(text="OK")
    assert stage.log == []
    assert stage.overlays
    stage.type("07")
    assert stage.fields["time_picker_hour"] == "07"
    stage.tap(rid="material_timepicker_mode_button")
    assert stage.focus == ""
    assert stage.find(rid="material_hour_tv").text == "7"


def test_keyboard_mode_leaves_the_time_alone_where_the_fields_are_none() -> None:
    stage = Stage(overlays=(ELEVEN,))
    stage.tap(rid="material_timepicker_mode_button")
    stage.type("99")
    stage.tap(desc="Switch to clock mode for the time input.")
    assert stage.find(rid="material_hour_tv").text == "11"


def test_cancel_gives_nothing() -> None:
    stage = Stage(overlays=(ELEVEN,))
    stage.tap(text="Cancel")
    assert (stage.log, stage.overlays) == ([], ())
