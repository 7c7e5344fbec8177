"""Chips, tabs, segmented buttons, the bottom bar, number pickers, folding sections."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mobilegym.emulator.phone.ui.attrs import FILL
from mobilegym.emulator.phone.ui.layout import Column, Flow
from mobilegym.emulator.phone.ui.view import View
from mobilegym.emulator.phone.ui.widgets.bottom_bar import BottomBar, NavItem
from mobilegym.emulator.phone.ui.widgets.chip import AssistChip, FilterChip, InputChip
from mobilegym.emulator.phone.ui.widgets.expand import Expandable, ExpandHeader
from mobilegym.emulator.phone.ui.widgets.list_item import ListItem
from mobilegym.emulator.phone.ui.widgets.number_picker import NumberPicker
from mobilegym.emulator.phone.ui.widgets.segmented import SegmentedButtons
from mobilegym.emulator.phone.ui.widgets.tabs import ScrollTabs, Tabs
from tests.emulator.phone.ui.widgets.stage import CONFIGS, TOLD, Stage, assert_inside, ui_of

BAR = (NavItem("Alarm", "alarm", rid="tab_menu_alarm", badge="3"), NavItem("Clock", "clock-outline", rid="tab_menu_clock"))

CONTENTS: dict[str, Callable[[Stage], View]] = {
    "chips": lambda _: Flow(
        FilterChip("Work", True, TOLD), FilterChip("Home", False, TOLD, icon="home"), AssistChip("Call", TOLD, icon="phone"),
        InputChip("Ada Lovelace", TOLD, on_tap=TOLD), width=FILL,
    ),
    "tabs": lambda _: Tabs(("Photos", "Albums"), 0, TOLD, icons=("image", "folder")),
    "scroll_tabs": lambda s: ScrollTabs(s, "t", tuple(f"Chapter {i}" for i in range(9)), 2, TOLD),
    "segmented": lambda _: SegmentedButtons(("Day", "Week", "Month"), 1, TOLD),
    "bottom_bar": lambda _: BottomBar(BAR, 0, TOLD),
    "expand": lambda _: Expandable("Advanced", True, TOLD, ListItem("Inside"), subtitle="More", icon="cog"),
    "numbers": lambda s: Column(
        NumberPicker(59, 0, 59, TOLD), NumberPicker(1, 1, 12, TOLD, wrap=False), NumberPicker(7, 0, 9, TOLD, host=s, key="n")
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTENTS)
@pytest.mark.parametrize(("dark", "font_scale", "landscape"), CONFIGS)
def test_nodes_lie_inside_their_parents(name: str, dark: bool, font_scale: float, landscape: bool) -> None:
    assert_inside(Stage(CONTENTS[name], ui_of(dark, font_scale, landscape)))


def test_filter_chip_is_checkable_and_tells() -> None:
    stage = Stage(CONTENTS["chips"])
    work = stage.find(text="Work")
    assert (work.cls, work.checkable, work.checked, work.clickable) == ("android.widget.CompoundButton", True, True, True)
    assert work.bounds.bottom - work.bounds.top == stage.ui.px(48)
    stage.tap(text="Home")
    assert stage.log == [()]


def test_input_chip_has_a_cross_of_its_own() -> None:
    stage = Stage(lambda _: Flow(InputChip("Ada", TOLD, on_tap=None), width=FILL))
    stage.tap(desc="Remove Ada")
    assert stage.log == [()]
    stage.tap_at(stage.find(text="Ada").bounds.left + 10, 60)
    assert len(stage.log) == 1


def test_tabs_tell_the_index_and_the_selected_one_is_not_clickable() -> None:
    stage = Stage(CONTENTS["tabs"])
    assert stage.find(desc="Photos").selected
    assert not stage.find(desc="Photos").clickable
    stage.tap(desc="Albums")
    assert stage.log == [(1,)]
    assert stage.find(rid="tabs").cls == "android.widget.HorizontalScrollView"


def test_many_tabs_scroll() -> None:
    stage = Stage(CONTENTS["scroll_tabs"])
    assert stage.find(rid="tabs").scrollable
    with pytest.raises(AssertionError, match="Chapter 8"):
        stage.find(desc="Chapter 8")
    stage.scroll_to("t", 100_000)
    stage.tap(desc="Chapter 8")
    assert stage.log == [(8,)]


def test_segmented_buttons_tell_the_index() -> None:
    stage = Stage(CONTENTS["segmented"])
    assert [stage.find(text=t).checked for t in ("Day", "Week", "Month")] == [False, True, False]
    stage.tap(text="Month")
    assert stage.log == [(2,)]
    several = Stage(lambda _: SegmentedButtons(("M", "T", "W"), frozenset((0, 2)), TOLD))
    assert [several.find(text=t).checked for t in "MTW"] == [True, False, True]


def test_bottom_bar_has_androids_nodes() -> None:
    stage = Stage(CONTENTS["bottom_bar"])
    alarm = stage.find(rid="tab_menu_alarm")
    assert (alarm.content_desc, alarm.selected, alarm.clickable) == ("Alarm", True, False)
    assert stage.find(rid="navigation_bar_item_active_indicator_view")
    assert stage.find(rid="navigation_bar_item_large_label_view").text == "Alarm"
    assert stage.find(rid="navigation_bar_item_small_label_view").text == "Clock"
    stage.tap(rid="tab_menu_clock")
    assert stage.log == [(1,)]


def test_expandable_shows_children_only_while_expanded() -> None:
    stage = Stage(CONTENTS["expand"])
    assert stage.find(desc="Collapse")
    assert stage.find(text="Inside")
    stage.content = lambda _: ExpandHeader("Advanced", False, TOLD)
    stage.tap(desc="Expand")
    assert stage.log == [()]


def test_number_picker_steps_wraps_and_swipes() -> None:
    stage = Stage(lambda _: NumberPicker(59, 0, 59, TOLD))
    stage.tap(text="0")
    stage.tap(text="58")
    stage.swipe(stage.find(text="59"), "up")
    assert stage.log == [(0,), (58,), (0,)]
    ends = Stage(lambda _: NumberPicker(12, 1, 12, TOLD, wrap=False))
    assert [e.text for e in ends.elements() if e.text] == ["11", "12"]
    ends.swipe(ends.find(text="12"), "up")
    assert ends.log == []


def test_number_picker_takes_typed_numbers_in_range() -> None:
    stage = Stage(lambda s: NumberPicker(7, 0, 59, TOLD, host=s, key="n"), fields={"n": "7"})
    assert stage.find(rid="numberpicker_input").text == "7"
    stage.focus, stage.selection = "n", (0, 1)
    stage.type("4")
    stage.type("9")
    stage.type("9")
    assert stage.log == [(4,), (49,)]
