"""Finds the content folders, in an installed wheel or in the checkout."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal, TypeAlias, cast

from mobilegym.errors import ContentError

__all__ = ["ContentName", "content_dir"]

ContentName: TypeAlias = Literal["docker", "emulator", "tasks", "user_sim"]
"""The content folders: recipes of images, the phone's world, the suites, the people."""


def content_dir(name: ContentName) -> Traversable:
    """The folder `name` of content: the wheel's copy, else the checkout's.

    Returns:
        A folder to walk with `iterdir`, `joinpath`, `read_text`; what needs a real path uses `importlib.resources.as_file`.

    Raises:
        ContentError: Neither is there; names both places.
    """
    return _find(name)


@cache
def _find(name: str) -> Traversable:
    package = files("mobilegym")
    shipped = package.joinpath("_content", name)
    if shipped.is_dir():
        return shipped
    checkout = Path(__file__).resolve().parents[1]
    if _is_checkout(checkout) and (checkout / name).is_dir():
        return checkout / name
    raise ContentError(
        f"the content folder `{name}` is neither in the package ({shipped}) nor in a checkout ({checkout / name}); "
        "reinstall MobileGym, or install it editable from a complete checkout"
    )


def _is_checkout(folder: Path) -> bool:
    """Whether `folder` is this project's own: beside an installed module lies site-packages, where another's `tasks/` may be."""
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    about = project.get("project")
    return isinstance(about, dict) and cast("dict[str, object]", about).get("name") == "mobilegym"
