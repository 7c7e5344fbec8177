"""A phone over adb that goes away: what was going on is void, and the work goes on when a phone is back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path

import adbutils
import pytest

from mobilegym.actions import Action, Press
from mobilegym.agents.solution import SolutionAgent
from mobilegym.emulator.adb import AdbDevice
from mobilegym.emulator.android.adb_shell import AdbShell, Patience
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.wire.server import ServedPhone
from mobilegym.emulator.phone.wire.thread import ServerThread, serve_in_thread
from mobilegym.episodes.files import read_episode
from mobilegym.errors import DeviceError, DeviceLost
from mobilegym.observation import Observation
from mobilegym.runs.job import JobRunner
from mobilegym.runs.plan import Job, RunPlan
from mobilegym.runs.store import RunStore
from mobilegym.session import EpisodeTask
from mobilegym.tasks.suites import load_suite
from mobilegym.verdict import Errored, Passed
from tests.clients.harness import Adb, adb_server

QUICK = Patience(tries=3, first_s=0.02)
TASK = "settings.switch_feature"


@pytest.fixture(scope="module")
def server(any_adb: str, tmp_path_factory: pytest.TempPathFactory) -> Generator[Adb]:
    with adb_server(any_adb, tmp_path_factory.mktemp("home")) as adb:
        yield adb


@pytest.fixture
def client(server: Adb, monkeypatch: pytest.MonkeyPatch) -> adbutils.AdbClient:
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", str(server.port))
    return adbutils.AdbClient()


@pytest.fixture
def serving() -> Generator[ServerThread]:
    with serve_in_thread() as thread:
        yield thread


def connected(served: ServedPhone, client: adbutils.AdbClient) -> AdbShell:
    client.connect(served.serial)
    return AdbShell(served.serial, client, patience=QUICK)


def again(thread: ServerThread, served: ServedPhone) -> None:
    """Another phone at the same place."""
    thread.remove(served)
    thread.add(VirtualPhone(), port=served.adb_port)


# The shell


def test_a_phone_that_is_gone_is_lost(serving: ServerThread, client: adbutils.AdbClient) -> None:
    served = serving.add(VirtualPhone())
    shell = connected(served, client)
    assert shell.text("echo here") == "here\n"
    serving.remove(served)
    for call in (
        lambda: shell.run("echo"),
        lambda: shell.exec("echo"),
        lambda: shell.pull("/sdcard/a"),
        lambda: shell.push("/sdcard/a", b""),
    ):
        with pytest.raises(DeviceLost):
            call()


def test_a_lost_connection_is_made_anew(serving: ServerThread, client: adbutils.AdbClient) -> None:
    served = serving.add(VirtualPhone())
    shell = connected(served, client)
    assert shell.text("echo before") == "before\n"
    client.disconnect(served.serial)
    assert shell.text("echo after") == "after\n"


def test_another_phone_at_the_same_place_is_noticed(serving: ServerThread, client: adbutils.AdbClient) -> None:
    served = serving.add(VirtualPhone())
    shell = connected(served, client)
    shell.run("true")
    again(serving, served)
    with pytest.raises(DeviceLost, match=r"started anew|went away|does not answer"):
        shell.run("true")
    with pytest.raises(DeviceLost, match="started anew"):
        shell.run("true")


def test_a_phone_that_goes_in_the_middle_is_lost(serving: ServerThread, client: adbutils.AdbClient) -> None:
    served = serving.add(VirtualPhone())
    shell = connected(served, client)
    shell.run("true")
    threading.Timer(0.2, serving.remove, (served,)).start()
    with pytest.raises(DeviceLost, match="went away"):
        shell.run("logcat", timeout_s=20)


def test_a_phone_that_hangs_is_lost(serving: ServerThread, client: adbutils.AdbClient) -> None:
    shell = connected(serving.add(VirtualPhone()), client)
    with pytest.raises(DeviceLost, match="does not answer within"):
        shell.run("logcat", timeout_s=0.3)


def test_without_an_adb_server_it_is_lost(serving: ServerThread, client: adbutils.AdbClient, server: Adb) -> None:
    class Deaf(adbutils.AdbClient):
        def make_connection(self, timeout: float | None = None) -> adbutils.AdbConnection:
            raise adbutils.AdbError("connect to adb server failed")

    shell = AdbShell("emulator-5554", Deaf(port=server.port), patience=QUICK)
    with pytest.raises(DeviceLost, match="adb server"):
        shell.run("true")


def test_a_phone_that_never_was_is_lost(client: adbutils.AdbClient) -> None:
    with pytest.raises(DeviceLost, match="no_such_phone does not answer"):
        AdbShell("no_such_phone", client, patience=QUICK).run("true")
    with pytest.raises(DeviceLost, match="name the phone"):
        AdbDevice(None, client=client)


def test_a_command_that_fails_is_no_loss(serving: ServerThread, client: adbutils.AdbClient) -> None:
    shell = connected(serving.add(VirtualPhone()), client)
    assert shell.run("exit 3").status == 3
    with pytest.raises(DeviceError) as caught:
        shell.push("/proc/nothing", b"x")
    assert type(caught.value) is DeviceError


def test_a_command_takes_about_a_millisecond(serving: ServerThread, client: adbutils.AdbClient) -> None:
    """adbutils' own shell waits 20 ms per call; ours does not."""
    shell = connected(serving.add(VirtualPhone()), client)
    shell.run("true")
    times: list[float] = []
    for _ in range(50):
        start = time.perf_counter()
        shell.run("true")
        times.append(time.perf_counter() - start)
    assert sorted(times)[25] < 0.015


# A run


class Unlucky(SolutionAgent):
    """Does the right thing; at its second step something happens, a given number of times."""

    name = "unlucky"

    def __init__(self, accident: Callable[[], None], times: int) -> None:
        super().__init__()
        self._accident = accident
        self._left = [times]

    def begin(self, task: EpisodeTask, seed: int) -> None:
        super().begin(task, seed)

    def act(self, observation: Observation) -> Action:
        if observation.step == 0:
            return Press("home")
        if observation.step == 1 and self._left[0]:
            self._left[0] -= 1
            self._accident()
        return super().act(observation)


def run_unlucky(folder: Path, thread: ServerThread, times: int) -> tuple[RunStore, Job, list[float]]:
    """A run of one job, whose phone is replaced by another one `times` times."""
    phones = [thread.add(VirtualPhone())]

    def accident() -> None:
        thread.remove(phones[0])
        phones[0] = thread.add(VirtualPhone(), port=phones[0].adb_port)

    agent = Unlucky(accident, times)
    plan = RunPlan(
        suite="starter", suite_hash=load_suite("starter").hash, templates=(TASK,), agents=("unlucky",), seeds=(0,),
        device=f"adb:{phones[0].serial}", pixels=None,
    )  # fmt: skip
    store = RunStore.create(folder / "run", plan)
    pauses: list[float] = []
    runner = JobRunner(store, lambda _: agent, pauses_s=(0.1, 0.2), sleep=pauses.append)
    (job,) = plan.jobs()
    runner.run(job)
    runner.close()
    return store, job, pauses


def test_a_lost_phone_voids_the_attempt_and_the_job_is_run_again(tmp_path: Path, serving: ServerThread, client: adbutils.AdbClient) -> None:
    store, job, pauses = run_unlucky(tmp_path, serving, times=1)
    assert isinstance(read_episode(store.path(job)).verdict, Passed)
    (attempt,) = (store.folder / "lost").rglob("*.jsonl")
    lost = read_episode(attempt)
    assert isinstance(lost.verdict, Errored)
    assert [step.action for step in lost.steps][1:2] == [{"action": "press", "key": "home"}]
    assert pauses == [0.1]
    assert store.missing() == ()


def test_a_phone_that_is_lost_each_time_is_errored_and_never_scored(
    tmp_path: Path, serving: ServerThread, client: adbutils.AdbClient
) -> None:
    store, job, pauses = run_unlucky(tmp_path, serving, times=9)
    assert isinstance(read_episode(store.path(job)).verdict, Errored)
    assert len(list((store.folder / "lost").rglob("*.jsonl"))) == 2
    assert pauses == [0.1, 0.2]
