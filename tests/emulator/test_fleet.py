"""The fleet against a stand-in for the Docker client, and against the real client without an engine."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from mobilegym.emulator.fleet import BAKED_IMAGE, Fleet, Member
from mobilegym.errors import DeviceError, MissingPrerequisite

ENTRIES = [
    {"Name": "mobilegym-emulator-2", "State": "running", "Health": "healthy", "Publishers": [{"TargetPort": 5555, "PublishedPort": 16556}]},
    {
        "Name": "mobilegym-emulator-1",
        "State": "running",
        "Health": "starting",
        "Publishers": [{"TargetPort": 5555, "PublishedPort": 16555}],
    },
    {"Name": "mobilegym-emulator-10", "State": "exited", "Health": "", "Publishers": None},
]


class Docker:
    """A `docker` on a PATH of its own that answers from a table and writes down its calls."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kvm = folder / "kvm"
        self.kvm.touch()
        self.answers = {"version": "27.0", "compose version": "2.30.0", "image inspect": "sha256:0123456789abcdef"}

    def fleet(self) -> Fleet:
        cases = "".join(f"    '{call}'*) cat <<'EOF'\n{answer}\nEOF\n    ;;\n" for call, answer in self.answers.items())
        other = "*'--format json'*)" if "ps" not in self.answers else "nothing)"
        script = f'#!/bin/sh\necho "$*|$MOBILEGYM_EMULATORS|$MOBILEGYM_KVM_GROUP" >> "{self.folder}/calls"\ncase "$*" in\n{cases}'
        script += f"    {other} cat <<'EOF'\n{self.answers.get('entries', '')}\nEOF\n    ;;\n"
        script += f"    *refuse*) echo no >&2; exit 1 ;;\n    *up*) {self.answers.get('up', ':')} ;;\nesac\n"
        program = self.folder / "docker"
        program.write_text(script, encoding="utf-8")
        program.chmod(0o755)
        return Fleet(self.folder, kvm=self.kvm, environment={"PATH": f"{self.folder}:/usr/bin:/bin"})

    def calls(self) -> list[str]:
        return (self.folder / "calls").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def docker(tmp_path: Path) -> Docker:
    return Docker(tmp_path)


def test_all_is_there(docker: Docker) -> None:
    levels = {f.name: f.level for f in docker.fleet().check()}
    assert {levels[name] for name in ("kvm", "docker", "engine", "compose", "image")} == {"ok"}
    assert set(levels) == {"kvm", "cores", "memory", "docker", "engine", "compose", "image"}


def test_a_machine_that_is_too_small_is_a_warning(docker: Docker) -> None:
    levels = {f.name: f.level for f in docker.fleet().check(10_000)}
    assert levels["cores"] == levels["memory"] == "warning"


def test_no_kvm_is_said_with_what_to_do(docker: Docker) -> None:
    docker.kvm.unlink()
    (finding,) = [f for f in docker.fleet().check() if f.name == "kvm"]
    assert finding.level == "missing"
    assert "Linux host with KVM" in finding.detail
    with pytest.raises(MissingPrerequisite, match="kvm: "):
        docker.fleet().up(1)


@pytest.mark.parametrize("shape", ["array", "lines"])
def test_members_are_listed_in_order(docker: Docker, shape: str) -> None:
    docker.answers["entries"] = json.dumps(ENTRIES) if shape == "array" else "\n".join(json.dumps(entry) for entry in ENTRIES)
    members = docker.fleet().members()
    assert members == [
        Member("mobilegym-emulator-1", "running", "starting", 16555),
        Member("mobilegym-emulator-2", "running", "healthy", 16556),
        Member("mobilegym-emulator-10", "exited", "", None),
    ]
    assert [m.ready for m in members] == [False, True, False]
    assert [m.serial for m in members] == ["127.0.0.1:16555", "127.0.0.1:16556", ""]


def test_up_scales_and_passes_the_group_of_kvm(docker: Docker) -> None:
    docker.answers["entries"] = json.dumps(ENTRIES)
    docker.fleet().up(3)
    (call,) = [line for line in docker.calls() if " up " in line]
    assert "--scale emulator=3 emulator" in call
    assert "--wait" in call
    assert call.endswith(f"|3|{docker.kvm.stat().st_gid}")


def test_up_that_fails_is_one_clear_error(docker: Docker) -> None:
    docker.answers["up"] = "echo first >&2; echo 'emulator-2 is unhealthy' >&2; exit 1"
    with pytest.raises(DeviceError, match=r"`docker compose up` failed: emulator-2 is unhealthy"):
        docker.fleet().up(2)


def test_building_bakes_and_cleans_up(docker: Docker) -> None:
    docker.answers["entries"] = "[]"
    docker.fleet().up(1, build=True)
    words = [line.partition("|")[0] for line in docker.calls()]
    verbs = [line.split()[0] for line in words if line.split()[0] in {"build", "run", "commit", "rm"}]
    assert verbs == ["build", "rm", "run", "commit", "rm"]
    (bake,) = [line for line in words if line.startswith("run ")]
    assert f"--device {docker.kvm}" in bake
    assert "--privileged" not in bake
    assert any(line.startswith("commit") and line.endswith(f"mobilegym-bake {BAKED_IMAGE}") for line in words)


def test_an_answer_that_is_no_json_is_an_error(docker: Docker) -> None:
    docker.answers["entries"] = "NAME  STATE"
    with pytest.raises(DeviceError, match="what is no JSON"):
        docker.fleet().members()


def test_no_docker_is_said(tmp_path: Path) -> None:
    fleet = Fleet(tmp_path, kvm=tmp_path, environment={"PATH": str(tmp_path)})
    assert [f.level for f in fleet.check() if f.name == "docker"] == ["missing"]
    with pytest.raises(MissingPrerequisite, match="docker: no `docker`"):
        fleet.members()


def test_the_real_client_without_an_engine_says_so(tmp_path: Path) -> None:
    if shutil.which("docker") is None:
        pytest.skip("no docker client on this machine")
    environment = {**os.environ, "DOCKER_HOST": f"unix://{tmp_path}/no.sock"}
    fleet = Fleet(tmp_path, kvm=tmp_path, environment=environment)
    with pytest.raises(MissingPrerequisite, match="engine: the Docker engine does not answer"):
        fleet.members()
