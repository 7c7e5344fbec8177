"""Screens look as they did when somebody last looked at them and found them right."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from mobilegym.emulator.phone.ui.paint import pixel_hash
from tests.pictures.gallery import EXPECTED, THEMES, Theme, known, show_difference, take
from tests.pictures.screens import SCREENS

MAX_BYTES = 3_000_000

same_machine = pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="pixels are the same on x86-64 machines")


@same_machine
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", list(SCREENS))
def test_screen_looks_as_before(name: str, theme: Theme) -> None:
    picture = take(name, theme)
    if pixel_hash(picture) != known().get(f"{name}.{theme}"):
        pytest.fail(show_difference(name, theme, picture), pytrace=False)


@same_machine
def test_a_difference_is_shown(tmp_path: Path) -> None:
    name = next(iter(SCREENS))
    picture = take(name, "light")
    picture[300:600, 200:800] = (255, 0, 0)
    said = show_difference(name, "light", picture, tmp_path)
    assert "make pictures" in said
    assert f"{name}.light.actual.png" in said
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.light.{kind}.png" for kind in ("actual", "expected", "diff")}


def test_references_and_screens_belong_together() -> None:
    stems = {f"{name}.{theme}" for name in SCREENS for theme in THEMES}
    assert set(known()) == stems
    assert {path.stem for path in EXPECTED.iterdir()} == stems


def test_references_stay_small() -> None:
    assert sum(path.stat().st_size for path in EXPECTED.iterdir()) < MAX_BYTES
