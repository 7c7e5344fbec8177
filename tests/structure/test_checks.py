"""The commit hook, continuous integration and `make check` are one thing, and `make` explains itself."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.structure.tree import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def make(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", "--no-print-directory", *args], cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_hook_is_make_check() -> None:
    config = YAML(typ="safe").load(ROOT / ".pre-commit-config.yaml")  # pyright: ignore[reportUnknownMemberType] - its stream has no type
    assert [hook["entry"] for repo in config["repos"] for hook in repo["hooks"]] == ["make --no-print-directory check"]


def test_continuous_integration_is_make() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & stat.S_IXUSR
    text = script.read_text(encoding="utf-8")
    assert text.rstrip().endswith("make --no-print-directory test test-all")
    assert "MOBILEGYM_REQUIRE_ALL=1" in text


@pytest.mark.parametrize("target", ["test", "test-all"])
def test_the_tests_begin_with_the_checks(target: str) -> None:
    assert re.search(rf"^{target}: check ", MAKEFILE, re.MULTILINE)


def test_help_lists_every_target() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)) - {"python"}
    lines = make("help").stdout.splitlines()
    assert {line.split()[1] for line in lines} == targets
    assert all(len(line.split()) > 3 for line in lines)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("case $2 in *platform*) echo 3.9.2;; *) exit 1;; esac", "MobileGym needs Python 3.11 or newer, and `{python}` is 3.9.2."),
        (None, "No `{python}` found. Install Python 3.11 or newer"),
    ],
)
def test_an_old_or_missing_python_is_named(tmp_path: Path, body: str | None, says: str) -> None:
    python = tmp_path / "python3"
    if body is not None:
        python.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        python.chmod(0o755)
    done = make(f"PYTHON={python}", f"VENV={tmp_path / 'venv'}", "demo")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0].startswith(says.format(python=python))
    assert not (tmp_path / "venv").exists()


@pytest.mark.slow
def test_a_bare_environment_is_enough(tmp_path: Path) -> None:
    """No HOME worth the name, no activated environment, only the system's PATH."""
    bare = {"PATH": os.defpath, "HOME": str(tmp_path / "home")}
    command = ["make", "--no-print-directory", f"VENV={tmp_path / 'venv'}", "demo"]
    done = subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
