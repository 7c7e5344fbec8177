"""Importing the package does nothing: no files, no network, no processes, no environment, no output, nothing heavy."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("PIL", "pydantic", "ray", "rich", "ruamel", "skia", "sqlite3", "torch", "transformers", "typer", "cv2", "adbutils", "appium")
ENTRANCES = (
    *("actions", "content", "emulator.device", "emulator.phone", "emulator.scripted", "emulator.conformance", "tasks", "evaluation"),
    *("session", "env", "vector", "wrappers", "agents", "user_sim", "episodes", "runs", "bench", "cli"),
)

WATCH = """
import os, sys
import gymnasium  # the one library that the package registers itself with
before = dict(os.environ)
seen = []
def watch(event, args):
    if event == "open":
        seen.append(("open", str(args[0])))
    elif event.split(".")[0] in ("socket", "subprocess", "shutil", "tempfile", "sqlite3", "urllib") or event == "os.system":
        seen.append((event, str(args[:1])))
sys.addaudithook(watch)
import mobilegym
found = [entry for entry in seen if not (entry[0] == "open" and entry[1].endswith((".py", ".pyc", ".so")))]
assert dict(os.environ) == before, "the environment was changed"
print(sorted(set(sys.modules) & set(sys.argv[1].split(","))))
print(found)
"""


def run(code: str, *args: str, cwd: Path | None = None) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST"))}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *args], capture_output=True, text=True, check=False, cwd=cwd, env=environment
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_importing_opens_nothing_and_loads_nothing_heavy() -> None:
    assert run(WATCH, ",".join(HEAVY)).splitlines() == ["[]", "[]"]


def test_importing_prints_nothing(tmp_path: Path) -> None:
    assert run("import mobilegym", cwd=tmp_path) == ""


def test_every_module_can_be_imported_first(tmp_path: Path) -> None:
    """In a process of its own and from another folder; a cycle of imports shows in the module that is imported first."""
    failures: dict[str, str] = {}
    for name in ENTRANCES:
        command = [sys.executable, "-W", "error", "-c", f"import mobilegym.{name}"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        if done.returncode or done.stdout or done.stderr:
            failures[name] = done.stdout + done.stderr
    assert failures == {}


@pytest.mark.slow
def test_the_command_line_starts_quickly(tmp_path: Path) -> None:
    """`mobilegym version` loads neither the phone nor the drawing library."""
    code = "import sys; from mobilegym.cli import main; sys.argv = ['mobilegym', 'version']\ntry: main()\nexcept SystemExit: pass\n"
    out = run(code + "print('skia' in sys.modules)", cwd=tmp_path)
    assert out.splitlines()[-1] == "False"
