"""Checks the YAML that documents show: a whole task must load as one."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from ruamel.yaml import YAML

from mobilegym.tasks.suites import load_suite


def check_yaml(code: str, folder: Path) -> None:
    """Parse a block; one with `id`, `request` and `solution` is a task, and is loaded in a suite of its own.

    Raises:
        YAMLError: It is not YAML.
        ContentError: It is no valid task.
    """
    data: object = YAML(typ="safe").load(code)  # pyright: ignore[reportUnknownMemberType] - its stream has no type
    if not isinstance(data, dict):
        return
    task = cast("dict[str, object]", data)
    if {"id", "request", "solution"} <= task.keys():
        place, _, name = str(task["id"]).rpartition(".")
        suite = folder / "shown"
        (suite / place).mkdir(parents=True, exist_ok=True)
        (suite / "suite.yaml").write_text("name: shown\ntitle: Shown\ndescription: Shown in a document.\n", encoding="utf-8")
        (suite / place / f"{name}.yaml").write_text(code, encoding="utf-8")
        assert len(load_suite(str(suite)).templates) == 1
