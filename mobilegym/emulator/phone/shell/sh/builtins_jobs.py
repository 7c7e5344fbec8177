"""`jobs`, `wait`, `kill`, `fg` and `trap`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.sh.errors import ExitShell, ShellError
from mobilegym.emulator.phone.shell.sh.jobs import Job, wait_for_jobs
from mobilegym.emulator.phone.shell.sh.quoting import quoted

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.sh.interpreter import Shell

__all__ = ["SIGNALS", "foreground", "kill", "list_jobs", "nothing_to_resume", "trap", "wait"]

SIGNALS: Final = (
    "EXIT", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM",
    "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
)  # fmt: skip
"""Names of signals by number; 0 is the end of the shell."""
_HARMLESS: Final = frozenset({0, 17, 18, 19, 20, 21, 22, 23, 28})
"""What does not end a process."""


def _signal(text: str) -> int | None:
    """The number of a signal."""
    if text.isdecimal():
        return int(text[:4]) if int(text[:4]) < len(SIGNALS) else None
    name = text.upper().removeprefix("SIG")
    return SIGNALS.index(name) if name in SIGNALS else None


def list_jobs(shell: Shell, argv: list[str]) -> int:
    for job in shell.jobs:
        mark = "+" if job is shell.jobs[-1] else "-"
        state = "Running" if not job.done else "Done" if not job.status else f"Done ({job.status})"
        if "-p" in argv:
            shell.out(f"{job.pid}\n")
        else:
            shell.out(f"[{job.number}] {mark} {state:<20} {job.text}\n")
        job.reported = job.done
    shell.jobs = [job for job in shell.jobs if not job.reported]
    return 0


def _job(shell: Shell, text: str) -> Job | None:
    """The job that `%1`, `%%` or a pid means."""
    if text.startswith("%"):
        if text[1:].isdecimal():
            return next((job for job in shell.jobs if job.number == int(text[1:7])), None)
        return shell.jobs[-1] if shell.jobs else None
    return next((job for job in shell.jobs if text == str(job.pid)), None)


async def wait(shell: Shell, argv: list[str]) -> int:
    shell.session.flush()
    if len(argv) < 2:
        await wait_for_jobs(shell, shell.jobs)
        shell.jobs = []
        return 0
    status = 0
    for text in argv[1:]:
        job = _job(shell, text)
        if job is None:
            if text.startswith("%"):
                raise ShellError(f"{text}: no such job", 127, fatal=False)
            if not text.isdecimal():
                raise ShellError(f"{text}: arguments must be jobs or process IDs", 127, fatal=False)
        status = 127 if job is None else await wait_for_jobs(shell, [job])
    shell.jobs = [job for job in shell.jobs if not job.reported]
    return status


async def foreground(shell: Shell, argv: list[str]) -> int:
    """`fg`."""
    job = _job(shell, argv[1] if len(argv) > 1 else "%%")
    if job is None:
        raise ShellError("no such job" if not argv[1:] else f"{argv[1]}: no such job", fatal=False)
    shell.out(job.text + "\n")
    return await wait_for_jobs(shell, [job])


def nothing_to_resume(shell: Shell, argv: list[str]) -> int:
    """`bg`: nothing here is ever stopped."""
    if _job(shell, argv[1] if len(argv) > 1 else "%%") is None:
        raise ShellError("no such job", fatal=False)
    return 0


async def kill(shell: Shell, argv: list[str]) -> int:
    """`kill [-s name | -number | -name] pid | %job`; `kill -l`."""
    args = argv[1:]
    signal = 15
    if args and args[0] == "-l":
        return _list_signals(shell, args[1:])
    if args and args[0] in ("-s", "-n") and len(args) > 1:
        found, args = _signal(args[1]), args[2:]
    elif args and args[0].startswith("-") and args[0] != "--" and len(args) > 1:
        found, args = _signal(args[0][1:]), args[1:]
    else:
        found, args = signal, args[1:] if args[:1] == ["--"] else args
    if found is None:
        raise ShellError(f"{argv[1].lstrip('-')}: bad signal name", fatal=False)
    if not args:
        raise ShellError("missing argument", fatal=False)
    status = 0
    for text in args:
        status = max(status, await _kill_one(shell, text, found))
    return status


async def _kill_one(shell: Shell, text: str, signal: int) -> int:
    job = _job(shell, text)
    digits = text.removeprefix("-")
    if job is None and not (digits.isascii() and digits.isdecimal()):
        shell.complain(f"kill: {text}: arguments must be jobs or process IDs")
        return 1
    pid = job.pid if job else int(digits[:9])
    if pid == shell.pid and signal not in _HARMLESS:
        action = shell.traps.get(SIGNALS[signal])
        if action is None:
            raise ExitShell(128 + signal)
        await shell.run_text(action)
        return 0
    if job is not None and job.done:
        return 0
    if signal in _HARMLESS:
        there = any(process.pid == pid for process in shell.system.processes.all())
    else:
        there = shell.system.processes.kill(pid, signal)
    if not there:
        shell.complain(f"kill: {text}: No such process")
    return int(not there)


def _list_signals(shell: Shell, args: list[str]) -> int:
    if args:
        for text in args:
            number = _signal(str(int(text) & 0x7F) if text.isdecimal() and len(text) < 5 else text)
            shell.out((str(number) if not text.isdecimal() else SIGNALS[number or 0]) + "\n")
        return 0
    shell.out("".join(f"{number:2d} {name}\n" for number, name in enumerate(SIGNALS) if number))
    return 0


def trap(shell: Shell, argv: list[str]) -> int:
    """`trap action signals`, `trap - signals`, `trap signals`, and `trap` alone."""
    args = argv[2:] if argv[1:2] == ["--"] else argv[1:]
    if not args or args == ["-p"]:
        for name, action in shell.traps.items():
            shell.out(f"trap -- {quoted(action)} {name}\n")
        return 0
    action: str | None = None
    if _signal(args[0]) is None or len(args) > 1 and not args[0].isdecimal():
        action, args = (None if args[0] == "-" else args[0]), args[1:]
    status = 0
    for text in args:
        number = _signal(text)
        if number is None:
            shell.complain(f"trap: bad signal '{text}'")
            status = 1
        elif action is None:
            shell.traps.pop(SIGNALS[number], None)
        else:
            shell.traps[SIGNALS[number]] = action
    return status
