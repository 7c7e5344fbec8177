"""Real Android emulators in containers: is everything there for them, start N, list them, stop them.

Drives `docker compose` with `docker/compose.yaml`; nothing here talks to the engine by itself. Needs Linux with KVM.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, cast

from mobilegym.errors import DeviceError, MissingPrerequisite

__all__ = ["BAKED_IMAGE", "BASE_IMAGE", "Finding", "Fleet", "Level", "Member"]

BASE_IMAGE: Final = "mobilegym/emulator:base"
"""Emulator, system image and AVD."""
BAKED_IMAGE: Final = "mobilegym/emulator:baked"
"""The same with a snapshot of the booted phone."""
_BAKING: Final = "mobilegym-bake"
_CORES: Final = 4
_MEMORY_GB: Final = 6.0
_QUICK_S: Final = 30.0
_BUILD_S: Final = 3600.0

Level: TypeAlias = Literal["ok", "warning", "missing"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that emulators need."""

    name: str
    level: Level
    detail: str
    """What was found, or what to do about it."""


@dataclass(frozen=True, slots=True)
class Member:
    """One emulator's container."""

    name: str
    state: str
    """Docker's word: `running`, `exited`, ..."""
    health: str
    """`healthy`, `starting`, `unhealthy`, or empty."""
    adb_port: int | None
    """Port on this machine's loopback."""

    @property
    def serial(self) -> str:
        """What `--device adb:SERIAL` takes, empty while no port is published."""
        return f"127.0.0.1:{self.adb_port}" if self.adb_port is not None else ""

    @property
    def ready(self) -> bool:
        """Whether it can be driven."""
        return self.state == "running" and self.health == "healthy" and self.adb_port is not None


class Fleet:
    """The emulators of one project on this machine.

    Args:
        folder: The folder that holds `docker/compose.yaml` and `emulator/avd/config.ini`.
        kvm: The KVM device.
        environment: Environment of the commands; this process's own by default.
    """

    def __init__(self, folder: Path, *, kvm: Path = Path("/dev/kvm"), environment: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._kvm = kvm
        self._environment = dict(os.environ if environment is None else environment)

    # ------------------------------------------------------------------ what is there

    def check(self, count: int = 1) -> list[Finding]:
        """Everything that `count` emulators need, found or missing."""
        docker = shutil.which("docker", path=self._environment.get("PATH"))
        found = [self._check_kvm(), *self._check_machine(count)]
        if docker is None:
            return [*found, Finding("docker", "missing", "no `docker` on the PATH; install Docker Engine with the compose plugin")]
        found.append(Finding("docker", "ok", docker))
        return [*found, *self._check_engine()]

    def _check_kvm(self) -> Finding:
        if not self._kvm.exists():
            return Finding(
                "kvm", "missing", f"{self._kvm} is not there; emulators need a Linux host with KVM (nested virtualisation in a VM)"
            )
        if not os.access(self._kvm, os.R_OK | os.W_OK):
            return Finding("kvm", "missing", f"{self._kvm} may not be opened; add yourself to its group: sudo usermod -aG kvm $USER")
        return Finding("kvm", "ok", str(self._kvm))

    @staticmethod
    def _check_machine(count: int) -> list[Finding]:
        cores, wanted = len(os.sched_getaffinity(0)), _CORES * count
        memory, needed = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, _MEMORY_GB * count
        emulators = "1 emulator wants" if count == 1 else f"{count} emulators want"
        return [
            Finding("cores", "ok" if cores >= wanted else "warning", f"{cores}; {emulators} {wanted}"),
            Finding("memory", "ok" if memory >= needed else "warning", f"{memory:.0f} GB; {emulators} {needed:.0f}"),
        ]

    def _check_engine(self) -> list[Finding]:
        engine = self._docker("version", "--format", "{{.Server.Version}}")
        if engine.returncode != 0:
            return [Finding("engine", "missing", f"the Docker engine does not answer: {_last_line(engine.stderr)}")]
        found = [Finding("engine", "ok", engine.stdout.strip())]
        compose = self._docker("compose", "version", "--short")
        if compose.returncode != 0:
            return [*found, Finding("compose", "missing", "no compose plugin; install docker-compose-plugin (or docker-compose-v2)")]
        found.append(Finding("compose", "ok", compose.stdout.strip()))
        image = self._docker("image", "inspect", "--format", "{{.Id}}", BAKED_IMAGE)
        if image.returncode != 0:
            return [
                *found,
                Finding("image", "missing", f"{BAKED_IMAGE} is not built; `mobilegym fleet up --build` builds and bakes it once"),
            ]
        return [*found, Finding("image", "ok", f"{BAKED_IMAGE} {image.stdout.strip()[7:19]}")]

    # ------------------------------------------------------------------ doing

    def up(self, count: int, *, build: bool = False, timeout_s: float = 600.0) -> list[Member]:
        """Start `count` emulators and wait until all are healthy; further ones are stopped.

        Raises:
            MissingPrerequisite: Something that they need is not there; the message names it.
            DeviceError: Docker refused, or they were not healthy in time.
        """
        self._require(self.check(count), ignoring="image" if build else "")
        if build:
            self.build()
        self._compose("up", "--detach", "--wait", "--wait-timeout", str(round(timeout_s)), "--scale", f"emulator={count}", "emulator",
                      count=count, timeout_s=timeout_s + _QUICK_S)  # fmt: skip
        return self.members()

    def build(self) -> None:
        """Build the image, boot its phone once, and keep the snapshot: minutes and about 10 GB, once.

        Raises:
            DeviceError: A step failed.
        """
        recipe = self._folder / "docker" / "emulator" / "Dockerfile"
        self._must("build", "--tag", BASE_IMAGE, "--file", str(recipe), str(self._folder), timeout_s=_BUILD_S)
        self._docker("rm", "--force", _BAKING)
        group = str(self._kvm.stat().st_gid)
        run = ("run", "--name", _BAKING, "--device", str(self._kvm), "--group-add", group, "--entrypoint", "bake-snapshot", BASE_IMAGE)
        try:
            self._must(*run, timeout_s=_BUILD_S)
            entry = 'ENTRYPOINT ["tini", "--", "start-emulator"]'
            self._must("commit", "--change", entry, _BAKING, BAKED_IMAGE, timeout_s=_BUILD_S)
        finally:
            self._docker("rm", "--force", _BAKING)

    def members(self) -> list[Member]:
        """The emulators that there are, by name.

        Raises:
            DeviceError: Docker does not answer.
        """
        self._require(self._check_engine(), ignoring="image")
        text = self._compose("ps", "--all", "--format", "json", "emulator").stdout
        return sorted((_member(entry) for entry in _entries(text)), key=lambda m: (len(m.name), m.name))

    def down(self) -> None:
        """Stop and remove all emulators.

        Raises:
            DeviceError: Docker does not answer.
        """
        self._require(self._check_engine(), ignoring="image")
        self._compose("down", "--remove-orphans", "--volumes", timeout_s=120.0)

    # ------------------------------------------------------------------ commands

    @staticmethod
    def _require(findings: Sequence[Finding], *, ignoring: str) -> None:
        missing = [f for f in findings if f.level == "missing" and f.name != ignoring]
        if missing:
            raise MissingPrerequisite(f"{missing[0].name}: {missing[0].detail}")

    def _compose(self, *words: str, count: int | None = None, timeout_s: float = _QUICK_S) -> subprocess.CompletedProcess[str]:
        extra = {} if count is None else {"MOBILEGYM_EMULATORS": str(count)}
        if self._kvm.exists():
            extra["MOBILEGYM_KVM_GROUP"] = str(self._kvm.stat().st_gid)
        place = ("--project-name", "mobilegym", "--file", str(self._folder / "docker" / "compose.yaml"))
        return self._must("compose", *place, *words, timeout_s=timeout_s, extra=extra, name=f"compose {words[0]}")

    def _must(
        self, *words: str, timeout_s: float, extra: Mapping[str, str] | None = None, name: str = ""
    ) -> subprocess.CompletedProcess[str]:
        done = self._docker(*words, timeout_s=timeout_s, extra=extra)
        if done.returncode != 0:
            raise DeviceError(f"`docker {name or words[0]}` failed: {_last_line(done.stderr)}")
        return done

    def _docker(
        self, *words: str, timeout_s: float = _QUICK_S, extra: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:  # fmt: skip
        docker = shutil.which("docker", path=self._environment.get("PATH"))
        if docker is None:
            raise MissingPrerequisite("docker: no `docker` on the PATH; install Docker Engine with the compose plugin")
        command = [docker, *words]
        environment = {**self._environment, **(extra or {})}
        try:
            return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=timeout_s, check=False)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, 124, "", f"no answer within {timeout_s:.0f} s")


def _entries(text: str) -> Sequence[Mapping[str, Any]]:
    """What `compose ps --format json` prints: one array, or one object per line, by its version."""
    try:
        if text.lstrip().startswith("["):
            return cast("list[dict[str, Any]]", json.loads(text))
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except json.JSONDecodeError as error:
        raise DeviceError(f"`docker compose ps` answered what is no JSON: {text.strip()[:80]!r}") from error


def _member(entry: Mapping[str, Any]) -> Member:
    published = cast("list[dict[str, Any]]", entry.get("Publishers") or [])
    ports = [int(p["PublishedPort"]) for p in published if p.get("TargetPort") == 5555 and p.get("PublishedPort")]
    return Member(str(entry.get("Name", "")), str(entry.get("State", "")), str(entry.get("Health", "")), ports[0] if ports else None)


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it said nothing"
