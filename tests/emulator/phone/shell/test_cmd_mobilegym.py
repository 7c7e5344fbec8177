"""`cmd mobilegym`: everything the in-process phone offers that Android has no command for, without loss."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from mobilegym import __version__
from mobilegym.actions import Wait
from mobilegym.emulator.phone import VirtualPhone
from mobilegym.emulator.phone.shell.system import Finished, System

Shell = Callable[..., Finished]


def test_info(sh: Shell, system: System) -> None:
    assert sh("cmd mobilegym version").text == f"{__version__}\n"
    info = json.loads(sh("cmd mobilegym info").text)
    assert [info[name] for name in ("model", "api_level", "width", "height", "density", "serial", "seed")] == [
        "Pixel 7", 34, 1080, 2400, 420, "mobilegym-0", system.phone.seed,
    ]  # fmt: skip


def test_the_journal_and_the_tree_are_exact(sh: Shell, system: System) -> None:
    sh("cmd mobilegym sms +15550100 'Grüße, \U0001f600'; cmd mobilegym wait 1000; cmd mobilegym locate 1.25 -3.5")
    entries = [json.loads(line) for line in sh("cmd mobilegym journal").text.splitlines()]
    assert entries == [
        {
            "seq": e.seq,
            "at_ms": e.at_ms,
            "kind": e.kind,
            "app": e.app,
            "name": e.name,
            "risk": e.risk,
            "data": json.loads(json.dumps(e.data)),
        }
        for e in system.phone.journal()
    ]
    assert [json.loads(line)["seq"] for line in sh("cmd mobilegym journal 2").text.splitlines()] == [e["seq"] for e in entries[2:]]
    assert json.loads(sh("cmd mobilegym state-tree").text) == dict(system.phone.state_tree())


def test_it_does_what_the_phone_in_process_does(sh: Shell, system: System) -> None:
    twin = VirtualPhone()
    twin.telephony.receive_sms("+15550100", "hello")
    twin.perform(Wait(2500))
    twin.telephony.ring("+15550101")
    twin.telephony.hang_up()
    twin.hardware.set_location(10.0, 20.0)
    twin.clock.advance(60_000)
    twin.hardware.set_battery(level=31, charging=True)
    sh("cmd mobilegym sms +15550100 hello; cmd mobilegym wait 2500; cmd mobilegym call +15550101; cmd mobilegym hang-up")
    sh("cmd mobilegym locate 10 20; cmd mobilegym clock advance 60000; cmd mobilegym battery 31 charging")
    assert system.kernel.journal.digest() == twin.kernel.journal.digest()
    assert system.phone.state_tree() == twin.state_tree()
    assert sh("cmd mobilegym clock now").text == f"{twin.kernel.clock.now_ms}\n"


def test_snapshots_and_reset(sh: Shell, system: System) -> None:
    sh("cmd mobilegym snapshot save one; settings put global mine 1; cmd mobilegym snapshot save two")
    assert [json.loads(line)["name"] for line in sh("cmd mobilegym snapshot list").text.splitlines()] == ["one", "two"]
    sh("cmd mobilegym snapshot load one")
    assert system.kernel.settings.get("global", "mine") is None
    sh("cmd mobilegym snapshot load two")
    assert system.kernel.settings.get("global", "mine") == "1"
    sh("cmd mobilegym reset 7")
    assert (system.phone.seed, system.kernel.settings.get("global", "mine")) == (7, None)
    sh("cmd mobilegym snapshot delete one")
    assert sh("cmd mobilegym snapshot load one") == Finished(1, b"", b"mobilegym: NotFound: no snapshot 'one'; there are: two\n")


@pytest.mark.parametrize(
    ("words", "status", "error"),
    [
        ("locate 91 0", 1, "mobilegym: DeviceError: (91.0, 0.0) is no latitude"), ("clock set x", 255, "mobilegym: ValueError: "),
        ("clock advance -1", 1, "mobilegym: DeviceError: time cannot pass backwards"), ("sms", 255, "\n"
            "Exception occurred while executing 'sms':"),
        ("snapshot fly x", 1, "mobilegym: NotFound: "),
    ],
)  # fmt: skip
def test_errors(sh: Shell, words: str, status: int, error: str) -> None:
    done = sh(f"cmd mobilegym {words}")
    assert (done.status, done.stdout) == (status, b"")
    assert done.stderr.decode().startswith(error)
