"""What the structural tests read: the files of the project and the syntax trees of its modules."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "mobilegym"
CONTENT = ("emulator", "tasks", "user_sim")
RECIPES = ("docker",)

LEFT_BEHIND = {".git", ".venv", ".pytest_cache", ".ruff_cache", ".hypothesis", "__pycache__", "node_modules", "build", "dist"}


class Module(NamedTuple):
    name: str
    """Dotted, `mobilegym.tasks.loader`; a package by its own name."""
    path: Path
    tree: ast.Module
    lines: int


@cache
def project_files() -> frozenset[str]:
    """Paths of the project's files, relative and with slashes: tracked by git, or new and not ignored.

    Without git (an unpacked archive), every file but those that tools leave behind.
    """
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        listing = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if LEFT_BEHIND.isdisjoint(path.relative_to(ROOT).parts)]
    return frozenset(name for name in listing if name and (ROOT / name).is_file())


def parse(path: Path) -> Module:
    source = path.read_text(encoding="utf-8")
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, path, ast.parse(source, str(path)), source.count("\n"))


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package, by name."""
    return tuple(sorted((parse(path) for path in PACKAGE.rglob("*.py")), key=lambda module: module.name))


def imports(module: Module) -> Iterator[tuple[str, int]]:
    """Dotted names of ours that the module imports anywhere, with their lines; `from a import b` gives `a.b`."""
    package = module.name if module.path.name == "__init__.py" else module.name.rpartition(".")[0]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                stem = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*stem, base]).rstrip(".")
            for alias in node.names:
                yield f"{base}.{alias.name}", node.lineno
