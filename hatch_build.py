"""Build hook: puts the content folders into the wheel, under `mobilegym/_content/`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CONTENT = ("emulator", "tasks", "user_sim")
RECIPES = ("docker",)
"""Folders that ship whole, programs and all: what a container runs."""
SUFFIXES = frozenset({
    ".csv", ".gif", ".html", ".ics", ".ini", ".jpg", ".json", ".jsonl", ".lock", ".md", ".mp3", ".mp4", ".ogg", ".pdf", ".png", ".sql",
    ".svg", ".toml", ".txt", ".vcf", ".wav", ".webp", ".xml", ".yaml",
})  # fmt: skip
"""What may ship. A file of another kind stays out, and the test that compares the wheel with the checkout then fails."""


class ContentHook(BuildHookInterface[Any]):
    """Adds content to a real wheel only; an editable install reads the checkout itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Map `<folder>/**` to `mobilegym/_content/<folder>/**`; hidden files are left out."""
        if version != "standard":
            return
        root = Path(self.root)
        for folder in (*CONTENT, *RECIPES):
            for path in sorted((root / folder).rglob("*")):
                relative = path.relative_to(root)
                ships = path.is_file() and (folder in RECIPES or path.suffix in SUFFIXES)
                if ships and not any(part.startswith(".") for part in relative.parts):
                    build_data["force_include"][str(path)] = f"mobilegym/_content/{relative.as_posix()}"
