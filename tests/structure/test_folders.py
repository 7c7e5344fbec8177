"""The top level of the checkout, and what may lie in the content folders."""

from __future__ import annotations

import hatch_build
from tests.structure.tree import CONTENT, RECIPES, ROOT, project_files

FOLDERS = {".ci", "docker", "docs", "emulator", "mobilegym", "tasks", "tests", "user_sim"}
FILES = {
    ".gitignore",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "hatch_build.py",
    "pyproject.toml",
}


def test_the_top_level_is_as_designed() -> None:
    assert {name.split("/")[0] for name in project_files() if "/" in name} == FOLDERS
    assert {name for name in project_files() if "/" not in name} == FILES


def test_content_folders_hold_no_code() -> None:
    inside = [name for name in project_files() if name.split("/")[0] in CONTENT]
    assert [name for name in inside if name.endswith((".py", ".pyi", ".ipynb", ".so"))] == []


def test_content_folders_say_where_the_code_is() -> None:
    for folder in CONTENT:
        first = (ROOT / folder / "README.md").read_text(encoding="utf-8").splitlines()[0]
        assert first == f"*Data only. The code that reads it is `mobilegym/{folder}/`.*"
        assert (ROOT / "mobilegym" / folder).is_dir()


def test_the_build_ships_the_same_folders() -> None:
    assert hatch_build.CONTENT == CONTENT
    assert hatch_build.RECIPES == RECIPES


def test_nothing_in_the_project_knows_where_it_was_written() -> None:
    """No absolute path of a developer's machine, and no key or token, is in a file."""
    tells = ("/ho" + "me/", "/ro" + "ot/", "/wo" + "rk/", "/Us" + "ers/", "PRIVATE " + "KEY-----", "ghp" + "_", "sk-" + "ant-")
    found: list[str] = []
    for name in sorted(project_files()):
        text = (ROOT / name).read_bytes().decode("utf-8", "ignore")
        found += [f"{name}: {tell}" for tell in tells if tell in text]
    assert found == []
