"""Drawers, bottom sheets and the colour picker."""

from __future__ import annotations

import pytest

from mobilegym.emulator.phone.ui.call import Call
from mobilegym.emulator.phone.ui.overlay import Overlay
from mobilegym.emulator.phone.ui.widgets.bottom_sheet import ListSheet, SheetItem
from mobilegym.emulator.phone.ui.widgets.color_picker import COLORS, ColorPicker
from mobilegym.emulator.phone.ui.widgets.drawer import DrawerItem, NavigationDrawer
from tests.emulator.phone.ui.widgets.stage import CONFIGS, TOLD, Stage, assert_inside, ui_of

DRAWER = NavigationDrawer(
    "Files", "1 GB free",
    (DrawerItem("Recent", "clock-outline", Call(Stage.told, ("recent",)), selected=True), DrawerItem("Storage"), DrawerItem(""),
     DrawerItem("Downloads", "download", Call(Stage.told, ("downloads",)), badge="12")),
)  # fmt: skip
SHEET = ListSheet(
    "Sort by", (SheetItem("Name", Call(Stage.told, ("name",)), chosen=True), SheetItem("Size", None, "ruler", "Largest first"),
                SheetItem("Owner", TOLD, enabled=False), SheetItem("Delete", TOLD, "delete", destructive=True)),
)  # fmt: skip


@pytest.mark.parametrize("overlay", [DRAWER, SHEET, ColorPicker(TOLD)], ids=lambda o: type(o).__name__)
@pytest.mark.parametrize(("dark", "font_scale", "landscape"), CONFIGS)
def test_nodes_lie_inside_their_parents(overlay: Overlay, dark: bool, font_scale: float, landscape: bool) -> None:
    assert_inside(Stage(None, ui_of(dark, font_scale, landscape), overlays=(overlay,)))


def test_drawer_fills_the_start_edge_and_runs() -> None:
    stage = Stage(overlays=(DRAWER,))
    root = stage.find(rid="navigation_view").bounds
    assert (root.left, root.top, root.bottom) == (0, 0, stage.ui.height)
    assert root.right < stage.ui.width
    assert stage.find(text="Recent").checked
    stage.tap(text="Downloads")
    assert (stage.log, stage.overlays) == ([("downloads",)], ())


def test_drawer_closes_when_swiped_away_only() -> None:
    stage = Stage(overlays=(DRAWER,))
    stage.swipe(stage.find(text="Recent"), "right")
    assert stage.overlays == (DRAWER,)
    stage.swipe(stage.find(text="Recent"), "left")
    assert stage.overlays == ()


def test_sheet_lies_at_the_bottom_and_runs() -> None:
    stage = Stage(overlays=(SHEET,))
    assert stage.find(rid="design_bottom_sheet").bounds.bottom == stage.ui.height
    stage.tap(text="Owner")
    assert stage.overlays == (SHEET,)
    stage.tap(text="Name")
    assert (stage.log, stage.overlays) == ([("name",)], ())


def test_sheet_closes_when_pulled_down() -> None:
    stage = Stage(overlays=(SHEET,))
    stage.swipe(stage.find(desc="Drag handle"), "up")
    assert stage.overlays == (SHEET,)
    stage.swipe(stage.find(desc="Drag handle"), "down")
    assert stage.overlays == ()


def test_color_picker_gives_the_colour() -> None:
    name, argb = COLORS[4]
    stage = Stage(overlays=(ColorPicker(TOLD, chosen=COLORS[0][1]),))
    assert stage.find(desc=f"{COLORS[0][0]} selected").checked
    stage.tap(desc=name)
    assert (stage.log, stage.overlays) == ([(argb,)], ())
    stage.show(ColorPicker(TOLD))
    stage.tap(text="Cancel")
    assert (len(stage.log), stage.overlays) == (1, ())
