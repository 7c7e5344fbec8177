"""A missing tool skips a test on a laptop and fails it where everything has to be installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.structure.tree import ROOT

TESTS = """
import pytest
def test_program(needs_program):
    needs_program("no-such-program")
def test_module(needs_module):
    needs_module("no_such_module")
def test_import():
    pytest.importorskip("no_such_module")
def test_not_here():
    pytest.skip("this phone has no telephony")
def test_fine(needs_program, needs_module):
    assert needs_program("no-such-program", "sh")
    needs_module("pytest")
"""


@pytest.mark.parametrize(("required", "outcome"), [("0", "1 passed, 4 skipped"), ("1", "3 failed, 1 passed, 1 skipped")])
def test_skips_become_failures(tmp_path: Path, required: str, outcome: str) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_tools.py").write_text(TESTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(tmp_path)]
    environment = {**os.environ, "MOBILEGYM_REQUIRE_ALL": required}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1].startswith(outcome), done.stdout
