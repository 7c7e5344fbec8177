"""A real Appium server with its UiAutomator2 driver, on a port of its own, with nothing of the machine's Android tools."""

from __future__ import annotations

import json
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.clients.harness import Adb, free_port
from tests.clients.install import MODULES, node

__all__ = ["Appium", "appium_server", "why_no_appium"]

_START_S: Final = 60


def why_no_appium() -> str:
    """What is missing, or an empty string."""
    if node() is None:
        return "node (install the development tools)"
    for package in ("appium", "appium-uiautomator2-driver"):
        if not (MODULES / package / "package.json").exists():
            return f"npm {package} (run `python -m tests.clients.install`)"
    return ""


@dataclass(frozen=True)
class Appium:
    """A running server."""

    url: str
    adb: Adb
    log: Path

    def capabilities(self, serial: str, **more: object) -> dict[str, object]:
        """Default capabilities for a phone, and some more (without `appium:`)."""
        chosen = {"udid": serial, "adbPort": self.adb.port, "automationName": "UiAutomator2", **more}
        return {"platformName": "Android", **{f"appium:{name}": value for name, value in chosen.items()}}


@contextmanager
def appium_server(adb: Adb, folder: Path) -> Generator[Appium, None, None]:
    """Start Appium and end it by its own handle."""
    program = node()
    assert program is not None
    home, sdk, log = folder / "appium", folder / "sdk", folder / "appium.log"
    (sdk / "platform-tools").mkdir(parents=True)
    (sdk / "platform-tools" / "adb").symlink_to(adb.path)
    home.mkdir()
    (home / "node_modules").symlink_to(MODULES)
    # Appium finds drivers among the dependencies of its home.
    manifest = json.loads((MODULES / "appium-uiautomator2-driver" / "package.json").read_text(encoding="utf-8"))
    wanted = {"appium-uiautomator2-driver": manifest["version"]}
    (home / "package.json").write_text(json.dumps({"name": "home", "version": "1.0.0", "private": True, "devDependencies": wanted}))
    port = free_port()
    command = [
        str(program), str(MODULES / "appium" / "index.js"), "server", "--address", "127.0.0.1", "--port", str(port),
        "--allow-insecure", "uiautomator2:adb_shell", "--log-no-colors", "--log-timestamp",
    ]  # fmt: skip
    environment = {
        **adb.environment, "APPIUM_HOME": str(home), "ANDROID_HOME": str(sdk), "ANDROID_SDK_ROOT": str(sdk), "TMPDIR": str(folder),
        "PATH": os.pathsep.join((str(program.parent), os.environ.get("PATH", os.defpath))),
    }  # fmt: skip
    with log.open("wb") as out, subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, process, log)
            yield Appium(url, adb, log)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _START_S
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/status", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"Appium did not start:\n{log.read_text(errors='replace')[-3000:]}")
