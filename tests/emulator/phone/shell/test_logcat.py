"""The log: what is in it, how it is printed, what is left out."""

from __future__ import annotations

import asyncio
import re

import pytest

from mobilegym.actions import OpenApp
from mobilegym.emulator.phone.shell import screen
from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.streams import BytesReader, Pipe
from mobilegym.emulator.phone.shell.system import System
from tests.emulator.phone.shell.direct import run

LINE = {
    "threadtime": r"03-11 09:30:00\.000  4000  4000 I Tag     : one",
    "brief": r"I/Tag     \( 4000\): one",
    "time": r"03-11 09:30:00\.000 I/Tag     \( 4000\): one",
    "tag": r"I/Tag     : one",
    "process": r"I\( 4000\) one  \(Tag\)",
    "thread": r"I\( 4000: 4000\) one",
    "raw": r"one",
    "long": r"\[ 03-11 09:30:00\.000  4000: 4000 I/Tag      \]\none\n",
    "year": r"2026-03-11 09:30:00\.000  4000  4000 I Tag     : one",
    "usec": r"03-11 09:30:00\.000000  4000  4000 I Tag     : one",
    "UTC": r"03-11 \d\d:30:00\.000 \+0000  4000  4000 I Tag     : one",
    "epoch": r" +\d{10}\.000  4000  4000 I Tag     : one",
    "uid": r"03-11 09:30:00\.000  2000  4000  4000 I Tag     : one",
}


@pytest.mark.parametrize("name", LINE)
def test_formats(system: System, name: str) -> None:
    run(system, "log", "-t", "Tag", "one")
    lines = run(system, "logcat", "-d", "-v", name, "-s", "Tag").text.partition("\n")
    assert lines[0] == "--------- beginning of main"
    assert re.fullmatch(LINE[name] + "\n", lines[2]), lines[2]


def test_every_line_of_a_message_is_printed_with_its_head(system: System) -> None:
    run(system, "log", "-t", "Tag", "one\ntwo")
    assert run(system, "logcat", "-d", "-v", "tag", "Tag:V", "*:S").text.splitlines()[1:] == ["I/Tag     : one", "I/Tag     : two"]


def test_filters(system: System) -> None:
    for level in "vdiwef":
        run(system, "log", "-p", level, "-t", "T", level)
    run(system, "log", "-t", "Other", "other")

    def shown(*words: str, tags: str = "") -> str:
        return "".join(run(system, "logcat", "-d", "-v", "raw", *words, ANDROID_LOG_TAGS=tags).text.split("\n")[1:])

    assert shown("T:W", "*:S") == "wef"
    assert shown("-s", "T") == "vdiwef"
    assert shown("T:S", "Other:I", "*:S") == "other"
    assert shown(tags="T:E *:S") == "ef"
    assert shown("-s", "T", "-m", "2") == "vd"
    assert shown("-t", "1", "-s", "T") == "f"
    assert shown("-e", "^o.h", "*:V") == "other"
    assert shown("--pid=4000", "-b", "main", "T:F").startswith("f")
    assert shown("--pid", "77", "T") == ""
    with pytest.raises(ProgramError, match="Invalid filter expression 'T:Q'"):
        run(system, "logcat", "-d", "T:Q")
    with pytest.raises(ProgramError, match="Unable to open log device '/dev/log/x'"):
        run(system, "logcat", "-d", "-b", "x")


def test_what_happens_is_logged_where_tools_look_for_it(system: System) -> None:
    system.phone.perform(OpenApp("Contacts"))
    text = run(system, "logcat", "-d").text
    component = "com.google.android.contacts/[.a-zA-Z]+"
    assert re.search(rf"ActivityTaskManager: START u0 {{.*cmp={component}}}", text)
    assert re.search(rf"ActivityTaskManager: Displayed {component} for user 0: \+\d+ms", text)
    assert re.search(r"ActivityManager: Start proc \d+:com.google.android.contacts/u0a\d+", text)
    system.phone.telephony.receive_sms("5550100", "secret words")
    assert "sms received" in run(system, "logcat", "-d", "-b", "radio").text
    assert "secret" not in run(system, "logcat", "-d", "-b", "all").text


def test_clear_and_sizes(system: System) -> None:
    run(system, "logcat", "-c")
    assert run(system, "logcat", "-d").text == ""
    run(system, "logcat", "-G", "2M")
    sizes = run(system, "logcat", "-g").text.splitlines()
    assert sizes[0].startswith("main: ring buffer is 2048 KiB (0 KiB consumed")
    assert [line.partition(":")[0] for line in sizes] == ["main", "system", "crash"]


def test_since_a_time(system: System) -> None:
    run(system, "log", "-t", "T", "old")
    system.phone.clock.advance(60_000)
    run(system, "log", "-t", "T", "new")
    assert run(system, "logcat", "-t", "03-11 09:30:30.000", "-v", "raw", "T", "*:S").text.splitlines()[1:] == ["new"]
    with pytest.raises(ProgramError, match="not in time format"):
        run(system, "logcat", "-t", "yesterday")


def test_the_log_outlives_a_restored_snapshot(system: System) -> None:
    saved = system.phone.snapshot()
    system.phone.perform(OpenApp("Contacts"))
    before = len(system.log.lines())
    system.phone.restore(saved)
    assert len(system.log.lines()) == before
    system.phone.perform(OpenApp("Settings"))
    assert any("com.android.settings" in line.message for line in system.log.lines())


def test_it_streams_until_it_is_stopped(system: System) -> None:
    async def stream() -> str:
        pipe = Pipe()
        program = Process(system, 4000, ("logcat", "-v", "raw"), BytesReader(), pipe, pipe)
        task = asyncio.ensure_future(screen.PROGRAMS["logcat"](program))
        text = (await asyncio.wait_for(pipe.read(), 2)).decode()
        system.phone.perform(OpenApp("Contacts"))
        while "Displayed com.google.android.contacts" not in text:
            text += (await asyncio.wait_for(pipe.read(), 2)).decode()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return text

    assert asyncio.run(stream()).startswith("--------- beginning of ")
