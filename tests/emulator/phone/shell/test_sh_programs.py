"""How programs are called, what becomes of what they raise, and how they end."""

from __future__ import annotations

import asyncio
import errno
import logging

import pytest

from mobilegym.emulator.phone.shell.process import JavaError, Process, Program, ProgramError, Tty
from mobilegym.emulator.phone.shell.sh import interactive, run_program, run_script
from mobilegym.emulator.phone.shell.sh.run import call
from mobilegym.emulator.phone.shell.streams import BytesReader, BytesWriter, Pipe, StreamClosed
from mobilegym.emulator.phone.shell.system import System
from mobilegym.emulator.phone.shell.vfs_values import FsError
from mobilegym.errors import NotFound


def called(system: System, program: Program, *argv: str) -> tuple[int, str, str]:
    """Status, output and complaints of a program."""
    out, err = BytesWriter(), BytesWriter()
    process = Process(system, 0, argv or ("prog",), BytesReader(), out, err)
    status = asyncio.run(_call(program, process))
    return status, out.data.decode(), err.data.decode()


async def _call(program: Program, process: Process) -> int:
    return await call(program, process)


def raises(error: Exception) -> Program:
    def program(p: Process) -> int:
        p.out("begun\n")
        raise error

    return program


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (ProgramError("prog: no", 3), 3, "prog: no\n"),
        (ProgramError(""), 1, ""),
        (FsError(errno.ENOENT, "/x"), 1, "prog: /x: No such file or directory\n"),
        (NotFound("nothing there"), 1, "prog: nothing there\n"),
        (StreamClosed(), 141, ""),
        (RecursionError(), 1, "prog: too deeply nested\n"),
    ],
)
def test_what_programs_raise(system: System, error: Exception, status: int, message: str) -> None:
    assert called(system, raises(error)) == (status, "begun\n", message)


def test_an_exception_of_a_framework_command(system: System) -> None:
    status, _, err = called(system, raises(JavaError("Bad thing: x")), "cmd", "activity", "start")
    lines = err.split("\n")
    assert (status, lines[:3]) == (
        255,
        ["", "Exception occurred while executing 'start':", "java.lang.IllegalArgumentException: Bad thing: x"],
    )
    assert all(line.startswith("\tat ") for line in lines[3:-1])
    assert "executing 'list'" in called(system, raises(JavaError("x", "java.lang.SecurityException")), "pm", "list")[2]


def test_a_mistake_of_ours_is_logged_and_told(system: System, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "mobilegym.shell"):
        status, _, err = called(system, raises(KeyError("oops")))
    assert (status, err) == (70, "prog: internal error: KeyError\n")
    assert caplog.records[0].exc_info is not None


def test_the_phone_comes_to_rest_before_anything_but_an_input(system: System) -> None:
    owed: list[int] = []

    def look(p: Process) -> int:
        owed.append(p.system.owed_ms)
        return 0

    system.acted()
    called(system, look, "input", "tap")
    called(system, look, "sleep", "1")
    called(system, look, "uiautomator")
    assert owed == [500, 500, 0]


def test_a_script_leaves_the_phone_at_rest(system: System) -> None:
    before = system.kernel.clock.now_ms
    system.acted()
    asyncio.run(system.run("true"))
    assert (system.owed_ms, system.kernel.clock.now_ms - before) == (0, 500)


def test_processes_are_in_the_table_while_they_run(system: System) -> None:
    seen: list[tuple[int, int]] = []

    def look(p: Process) -> int:
        seen.extend((info.pid, info.ppid) for info in system.processes.all() if info.name == "prog")
        assert seen == [(p.pid, 412)]
        return 0

    assert called(system, look)[0] == 0
    assert seen
    assert all(info.name != "prog" for info in system.processes.all())


async def _started(system: System, script: str, stdin: Pipe | None = None) -> tuple[asyncio.Task[int], BytesWriter]:
    out = BytesWriter()
    task = asyncio.ensure_future(run_script(system, script, stdin or BytesReader(), out, out))
    for _ in range(20):
        await asyncio.sleep(0)
    return task, out


def pid_of(system: System, name: str) -> int:
    return next(info.pid for info in system.processes.all() if info.name == name)


def test_killing_a_program_ends_it_and_not_its_shell(system: System) -> None:
    async def run() -> tuple[int, bytes]:
        task, out = await _started(system, "cat; echo after $?", Pipe())
        system.processes.kill(pid_of(system, "cat"), 15)
        return await task, out.data

    assert asyncio.run(run()) == (0, b"after 143\n")


def test_killing_the_shell_ends_the_script(system: System) -> None:
    async def run() -> tuple[int, bytes]:
        task, out = await _started(system, "echo $$; while :; do :; done; echo never")
        system.processes.kill(int(out.data))
        return await task, out.data.split(b"\n", 1)[1]

    assert asyncio.run(run()) == (137, b"")


def test_cancelling_a_script_ends_what_it_started(system: System) -> None:
    async def run() -> None:
        for script in ("while :; do :; done", "cat | cat | while read x; do :; done", "x=$(cat)", "(cat)", "f() { f2; }; f2() { cat; }; f"):
            task, _ = await _started(system, script, Pipe())
            assert not task.done()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert not [info for info in system.processes.all() if info.name in ("sh", "cat")]

    asyncio.run(run())


def test_background_jobs(system: System) -> None:
    done = asyncio.run(system.run("sleep 100 & p=$!; kill $p; wait $p; echo $?; (exit 3) & wait $!; echo $?; jobs; wait 12345; echo $?"))
    assert done.text == "143\n3\n127\n"


def test_time_passes_for_those_who_are_waited_for(system: System) -> None:
    before = system.kernel.clock.now_ms
    assert asyncio.run(system.run("(sleep 3; echo b) & (sleep 2; echo a) & wait; echo c")).text == "a\nb\nc\n"
    assert system.kernel.clock.now_ms - before == 3000


def test_a_job_outlives_its_script_unless_it_holds_its_output(system: System) -> None:
    async def run() -> None:
        before = system.kernel.clock.now_ms
        await system.run("(sleep 3; echo late > /sdcard/late) >/dev/null 2>&1 &")
        assert system.kernel.clock.now_ms == before
        system.phone.pass_time(3000)
        for _ in range(50):
            if system.files.exists("/sdcard/late"):
                return
            await asyncio.sleep(0.01)
        pytest.fail("the job did not go on")

    asyncio.run(run())
    assert asyncio.run(system.run("(sleep 3; echo late) & echo early")).text == "early\nlate\n"


def test_a_program_without_a_shell(system: System) -> None:
    async def run(*argv: str) -> tuple[int, bytes, bytes]:
        out, err = BytesWriter(), BytesWriter()
        return await run_program(system, argv, BytesReader(), out, err), out.data, err.data

    assert asyncio.run(run("echo", "$x", "*")) == (0, b"$x *\n", b"")
    assert asyncio.run(run("/system/bin/printf", "%s", "a")) == (0, b"a", b"")
    assert asyncio.run(run("nope"))[0] == 127


# ---------------------------------------------------------------------- interactive


def typed(system: System, *lines: str, uid: int = 2000) -> tuple[int, str]:
    """What a terminal shows when lines are typed; `^C` interrupts."""

    async def run() -> tuple[int, str]:
        tty, keys, out = Tty(), Pipe(), BytesWriter()
        task = asyncio.ensure_future(interactive(system, tty, keys, out, out, uid=uid))
        for line in lines:
            await asyncio.sleep(0.01)
            if line == "^C":
                assert tty.interrupt is not None
                tty.interrupt()
            else:
                keys.write(f"{line}\n".encode())
        await asyncio.sleep(0.01)
        keys.close()
        return await asyncio.wait_for(task, 5), out.data.decode()

    return asyncio.run(run())


def test_prompts(system: System) -> None:
    assert typed(system, "echo hi", "cd /sdcard", "false", "exit 3") == (
        3,
        "emu64xa:/ $ hi\nemu64xa:/ $ emu64xa:/sdcard $ 1|emu64xa:/sdcard $ ",
    )
    assert typed(system, uid=0) == (0, "emu64xa:/ # ")


def test_a_command_over_several_lines(system: System) -> None:
    assert (
        typed(system, "for i in 1 2", "do echo $i", "done", "echo 'a", "b'")[1] == "emu64xa:/ $ > > 1\n2\nemu64xa:/ $ > a\nb\nemu64xa:/ $ "
    )


def test_mistakes_do_not_end_it(system: System) -> None:
    status, shown = typed(system, "echo )", "${x?gone}", "nope", "break", "return 3", "echo still here")
    assert status == 0
    assert shown.count("/system/bin/sh: ") == 4
    assert "still here\n" in shown


def test_ctrl_c_ends_the_command_and_nothing_else(system: System) -> None:
    status, shown = typed(
        system, "x=5; cd /sdcard", "while :; do :; done", "^C", "echo $x $? $PWD", "cat", "^C", "echo 'unfinished", "^C", "echo end"
    )
    assert status == 0
    assert "\n130|emu64xa:/sdcard $ 5 130 /sdcard\n" in shown
    assert shown.endswith("$ end\nemu64xa:/sdcard $ ")
