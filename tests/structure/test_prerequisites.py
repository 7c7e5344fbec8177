"""A machine that lacks a library is told so in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REASONS = ("libGL.so.1", "libEGL.so.1")


def run(folder: Path, library: str, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python where importing skia fails as it does on a slim machine without `library`."""
    (folder / "skia").mkdir()
    reason = f"{library}: cannot open shared object file: No such file or directory"
    (folder / "skia" / "__init__.py").write_text(f"raise ImportError({reason!r})\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run([sys.executable, *command], env=environment, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("library", REASONS)
def test_the_command_line_says_it_in_one_line(tmp_path: Path, library: str) -> None:
    done = run(tmp_path, library, "-m", "mobilegym", "phone", "screenshot", str(tmp_path / "phone.png"))
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    assert library in line
    assert "apt-get install libgl1 libegl1" in line
    assert done.stdout == ""
    assert not (tmp_path / "phone.png").exists()


def test_the_library_raises_missing_prerequisite(tmp_path: Path) -> None:
    code = (
        "from mobilegym.errors import MissingPrerequisite\n"
        "from mobilegym.emulator.phone import VirtualPhone\n"
        "try:\n"
        "    VirtualPhone().observe(pixels=(240, 108))\n"
        "except MissingPrerequisite as error:\n"
        "    print(error)\n"
    )
    done = run(tmp_path, REASONS[0], "-c", code)
    assert done.returncode == 0, done.stderr
    assert "apt-get install libgl1 libegl1" in done.stdout


@pytest.mark.parametrize("command", [["version"], ["tasks", "list"], ["agents", "list"], ["--help"]])
def test_what_draws_nothing_needs_no_drawing_library(tmp_path: Path, command: list[str]) -> None:
    done = run(tmp_path, REASONS[0], "-m", "mobilegym", *command)
    assert done.returncode == 0, done.stderr
    assert done.stdout
