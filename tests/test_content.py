"""Finding content."""

from __future__ import annotations

from pathlib import Path

import pytest

import mobilegym.content
from mobilegym.content import content_dir
from mobilegym.errors import ContentError


def test_a_checkout_is_read_live(root: Path) -> None:
    folder = content_dir("tasks")
    assert Path(str(folder)) == root / "tasks"
    assert folder.joinpath("README.md").is_file()


def test_a_folder_that_is_nowhere_is_named_with_both_places() -> None:
    with pytest.raises(ContentError, match=r"`nothing` is neither in the package \(.*_content.nothing\) nor in a checkout \(.*nothing\)"):
        content_dir("nothing")  # pyright: ignore[reportArgumentType] - what a caller without a type checker may do


@pytest.mark.parametrize("project", ['[project]\nname = "another"', "not toml [", "[project]", 'project = "mobilegym"', "", None])
def test_another_distribution_beside_the_package_is_not_a_checkout(tmp_path: Path, project: str | None) -> None:
    if project is not None:
        (tmp_path / "pyproject.toml").write_text(project, encoding="utf-8")
    assert not mobilegym.content._is_checkout(tmp_path)
