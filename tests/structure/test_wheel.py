"""What `pip install` gives: all of the content, nothing else, and a phone that works anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import mobilegym
from tests.structure.tree import CONTENT, RECIPES, ROOT, project_files

SIZE_LIMIT = 12_000_000
"""Bytes. Apps for real emulators are fetched and checked by hash, never shipped."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of the project's own files, so that a stray file in the checkout cannot matter."""
    source = tmp_path_factory.mktemp("source")
    for name in project_files():
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    (source / "tasks" / "local.env").write_text("SECRET=1", encoding="utf-8")
    (source / "tasks" / ".hidden.yaml").write_text("a: 1", encoding="utf-8")
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(out)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_it_has_the_content_and_only_that(wheel: Path) -> None:
    shipped = {name.removeprefix("mobilegym/_content/") for name in names(wheel) if name.startswith("mobilegym/_content/")}
    assert shipped == {name for name in project_files() if name.split("/")[0] in (*CONTENT, *RECIPES)}


def test_it_has_the_package_and_its_data(wheel: Path) -> None:
    shipped = {name for name in names(wheel) if name.startswith("mobilegym/") and not name.startswith("mobilegym/_content/")}
    assert shipped == {name for name in project_files() if name.startswith("mobilegym/")}
    assert "mobilegym/py.typed" in shipped


def test_it_puts_nothing_else_at_the_top(wheel: Path) -> None:
    assert {name.split("/")[0] for name in names(wheel)} == {"mobilegym", f"mobilegym-{mobilegym.__version__}.dist-info"}


def test_it_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < SIZE_LIMIT


EPISODE = """
from mobilegym.content import content_dir
assert "_content" in str(content_dir("tasks")), content_dir("tasks")
import gymnasium, mobilegym, numpy
assert "site-packages" in mobilegym.__file__, mobilegym.__file__
env = gymnasium.make("mobilegym/Phone-v0", suite="starter", observation="both")
observation, info = env.reset(seed=1)
env.action_space.seed(1)
for _ in range(5):
    observation, reward, terminated, truncated, info = env.step(env.action_space.sample())
    if terminated or truncated:
        break
env.close()
print("fine")
"""


@pytest.mark.slow
def test_it_works_in_an_empty_environment_elsewhere(wheel: Path, tmp_path: Path) -> None:
    """Beside a user's own `tasks.py`, and with another distribution's `tasks/` in site-packages."""
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL", "COV", "PYTEST"))}

    def run(*command: str) -> str:
        done = subprocess.run([str(python), *command], cwd=tmp_path / "desk", env=keep, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "tasks.py").write_text("raise SystemExit('the wrong tasks')", encoding="utf-8")
    run("-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel))
    site = Path(run("-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])").strip())
    (site / "tasks").mkdir()
    assert run("-c", EPISODE).strip() == "fine"
    assert run("-m", "mobilegym", "version").strip()
    run("-m", "pip", "check")
    run("-m", "pip", "uninstall", "--yes", "--quiet", "mobilegym")
    assert not (site / "mobilegym").exists()
