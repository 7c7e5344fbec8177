"""Subshells: pipelines, command substitution, background jobs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.processes import user_of
from mobilegym.emulator.phone.shell.sh.errors import ShellError
from mobilegym.emulator.phone.shell.sh.files import Input
from mobilegym.emulator.phone.shell.sh.jobs import Job, wait_for_jobs
from mobilegym.emulator.phone.shell.sh.redirect import redirect
from mobilegym.emulator.phone.shell.sh.syntax import Background, Command, Redirect, Script, Simple
from mobilegym.emulator.phone.shell.streams import BytesReader, BytesWriter, Pipe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mobilegym.emulator.phone.shell.sh.interpreter import Shell

__all__ = ["run_background", "run_pipeline", "run_subshell", "substitute"]

_MAX_OUTPUT: Final = 16 * 1024 * 1024
_MAX_JOBS: Final = 100
_MAX_STAGES: Final = 100


async def run_subshell(shell: Shell, body: Script) -> int:
    """Run `( body )`."""
    child = shell.fork()
    status = await child.run(body)
    shell.jobs += child.jobs
    return status


async def run_pipeline(shell: Shell, commands: Sequence[Command]) -> int:
    """Run commands at the same time, each reading what the one before it writes; the status of the last."""
    shell.reserve()
    if len(commands) > _MAX_STAGES:
        raise ShellError("too many commands in a pipeline")
    tasks: list[asyncio.Task[int]] = []
    before: Pipe | None = None
    try:
        for command in commands[:-1]:
            after = Pipe()
            tasks.append(asyncio.ensure_future(_stage(shell.fork(), command, before, after)))
            before = after
        status = await _stage(shell.fork(), commands[-1], before, None)
        if tasks:
            await asyncio.wait(tasks)
    finally:
        unfinished = [task for task in tasks if not task.done()]
        for task in unfinished:
            task.cancel()
        if unfinished:
            await asyncio.wait(unfinished)
    return status


async def _stage(child: Shell, command: Command, stdin: Pipe | None, stdout: Pipe | None) -> int:
    session = child.session
    if stdin is not None:
        child.streams[0] = Input(stdin)
    if stdout is not None:
        child.streams[1] = stdout
    session.live += 1
    try:
        status = await child.run(Script((command,)))
        if stdout is not None:
            await wait_for_jobs(child, [job for job in child.jobs if job.holds(stdout)])
        return status
    finally:
        session.live -= 1
        if stdin is not None:
            stdin.abandon()
        if stdout is not None:
            stdout.close()


async def substitute(shell: Shell, script: Script) -> str:
    """What a script prints, without the newlines at its end."""
    match script.commands:
        case (Simple(assignments=(), words=(), redirects=(Redirect(operator="<"),)) as only,):
            return await _content(shell, only)
        case _:
            pass
    shell.reserve()
    child = shell.fork()
    writer = child.streams[1] = BytesWriter(_MAX_OUTPUT)
    shell.session.live += 1
    try:
        shell.substituted = await shell.deeper(child.run, script)
        await wait_for_jobs(child, [job for job in child.jobs if job.holds(writer)])
    finally:
        shell.session.live -= 1
    data = writer.data
    if len(data) > _MAX_OUTPUT:
        raise ShellError("command substitution: output too long")
    return _text(data)


async def _content(shell: Shell, command: Simple) -> str:
    """`$(<file)`."""
    streams = await redirect(shell, command.redirects)
    stream = streams[command.redirects[0].descriptor]
    return _text(await stream.read_all(_MAX_OUTPUT)) if isinstance(stream, Input) else ""


def _text(data: bytes) -> str:
    return data.replace(b"\0", b"").decode("utf-8", "surrogateescape").rstrip("\n")


async def run_background(shell: Shell, command: Background) -> int:
    """Start a command and go on."""
    shell.reserve()
    if shell.session.over:
        await shell.rest()
    shell.jobs = [job for job in shell.jobs if not job.done or not job.reported]
    if len(shell.jobs) >= _MAX_JOBS:
        raise ShellError("too many jobs")
    child = shell.fork()
    child.background = True
    child.loops = 0
    if not shell.interactive:
        child.streams[0] = Input(BytesReader())
    number = max((job.number for job in shell.jobs), default=0) + 1
    job = Job(number, command.text, child)
    job.task = asyncio.get_running_loop().create_task(job.run(Script((command.command,))))
    child.task = job.task
    job.pid = shell.system.processes.start("sh", child.terminator(), user=user_of(shell.uid), ppid=shell.pid)
    shell.jobs.append(job)
    shell.background_pid = job.pid
    if shell.interactive:
        shell.stderr.write(f"[{number}] {job.pid}\n".encode())
    return 0
