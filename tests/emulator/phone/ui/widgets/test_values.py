"""Sliders, progress bars and search fields."""

from __future__ import annotations

import pytest

from mobilegym.emulator.phone.ui import ops
from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.layout import Column, Row
from mobilegym.emulator.phone.ui.widgets.progress import CircularProgress, LinearProgress
from mobilegym.emulator.phone.ui.widgets.search_view import SearchBar, SearchField
from mobilegym.emulator.phone.ui.widgets.slider import Slider, slider_inset
from tests.emulator.phone.ui.widgets.stage import CONFIGS, TOLD, Stage, assert_inside, ui_of


def test_slider_reports_its_value() -> None:
    stage = Stage(lambda _: Column(Slider(0.54, TOLD), Slider(0.5, TOLD, text="Half"), Slider(0.5, TOLD, maximum=15), width=FILL))
    assert [e.text for e in stage.elements() if e.cls == "android.widget.SeekBar"] == ["54.0", "Half", "8.0"]


@pytest.mark.parametrize(("steps", "fraction", "expected"), [(0, 0.437, 0.437), (4, 0.437, 0.5), (4, 0.1, 0.0), (10, 1.0, 1.0)])
def test_slider_tells_the_nearest_step(steps: int, fraction: float, expected: float) -> None:
    stage = Stage(lambda _: Slider(0, Call(Stage.told, ("volume",)), steps=steps))
    stage.drag_to(stage.elements()[0], fraction)
    assert stage.log == [("volume", expected)]


def test_disabled_slider_does_not_move() -> None:
    stage = Stage(lambda _: Slider(0, TOLD, enabled=False))
    stage.drag_to(stage.elements()[0], 0.5)
    assert stage.log == []


@pytest.mark.parametrize("value", [0.0, 0.25, 1.0])
def test_thumb_is_where_a_touch_gives_the_same_value(value: float) -> None:
    stage = Stage(lambda _: Slider(value, TOLD))
    box, _, _ = stage.window()
    thumb = next(op for op in reversed(stage.ops()) if op[0] == ops.RRECT)
    inset = slider_inset(box.w, box.h)
    assert ((thumb[1] + thumb[3]) / 2 - inset) / (box.w - 2 * inset) == pytest.approx(value, abs=0.002)


@pytest.mark.parametrize(("dark", "font_scale", "landscape"), CONFIGS)
def test_layouts(dark: bool, font_scale: float, landscape: bool) -> None:
    def content(stage: Stage) -> Column:
        return Column(
            SearchBar("Search settings", TOLD), SearchField(stage, "q", "Search contacts", on_back=TOLD),
            Slider(0.3, TOLD), Slider(0.3, TOLD, kind="pill", icon="brightness-6"), Slider(0.5, TOLD, steps=4),
            LinearProgress(0.2), LinearProgress(None), Row(CircularProgress(0.7), CircularProgress()), width=FILL,
        )  # fmt: skip

    assert_inside(Stage(content, ui_of(dark, font_scale, landscape), fields={"q": "ada"}))


def test_progress_reports_percent_only_when_known() -> None:
    stage = Stage(lambda _: Column(LinearProgress(0.42), LinearProgress(None), CircularProgress(1.5), width=FILL))
    assert [e.text for e in stage.elements() if e.cls == "android.widget.ProgressBar"] == ["42.0", "", "100.0"]


def test_search_bar_opens_and_field_clears() -> None:
    bar = Stage(lambda _: SearchBar("Search settings", TOLD))
    assert bar.find(rid="open_search_bar_text_view").text == "Search settings"
    bar.tap(text="Search settings")
    assert bar.log == [()]

    stage = Stage(lambda s: SearchField(s, "q", "Search", on_back=Call(Stage.told, ("back",)), on_change=Call(Stage.told, ("find",))))
    assert stage.find(rid="open_search_view_edit_text").text == "Search"
    with pytest.raises(AssertionError, match="Clear text"):
        stage.find(desc="Clear text")
    stage.focus_on("q")
    stage.type("ada")
    stage.tap(desc="Clear text")
    assert (stage.fields["q"], stage.focus) == ("", "q")
    stage.tap(desc="Back")
    assert stage.log == [("find", "ada"), ("find", ""), ("back",)]
