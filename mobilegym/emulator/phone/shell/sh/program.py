"""`sh` itself as a program, and those builtins that are programs too (`xargs echo`, `run-as x test -f y`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mobilegym.emulator.phone.shell.process import ProgramError
from mobilegym.emulator.phone.shell.sh.builtins import BUILTINS
from mobilegym.emulator.phone.shell.sh.errors import ShellError
from mobilegym.emulator.phone.shell.sh.parser import parse
from mobilegym.emulator.phone.shell.sh.sessions import new_shell, read_commands
from mobilegym.emulator.phone.shell.vfs_values import FsError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.process import Process
    from mobilegym.emulator.phone.shell.sh.interpreter import Shell

__all__ = ["builtin", "sh"]


def _shell(p: Process) -> Shell:
    shell = new_shell(p.system, p.stdin, p.stdout, p.stderr, uid=p.uid, env=p.env, tty=p.tty, cwd=p.cwd)
    shell.adopt(p.pid)
    shell.name = p.argv[0]
    return shell


async def builtin(p: Process) -> int:
    """A builtin as a program."""
    shell = _shell(p)
    name = p.argv[0].rpartition("/")[2]
    try:
        outcome = BUILTINS[name](shell, [name, *p.args])
        return outcome if isinstance(outcome, int) else await outcome
    except ShellError as error:
        raise ProgramError(f"{name}: {error.message}", error.status) from error
    finally:
        shell.session.flush()


async def sh(p: Process) -> int:
    """`sh [-aefuxCils] [-o name] [-c script [name]] [file] [arguments]`."""
    shell = _shell(p)
    args = list(p.args)
    is_text = reads = forced = False
    while args and args[0][:1] in ("-", "+") and args[0] != "--":
        option = args.pop(0)
        if option == "-":
            break
        kept = [letter for letter in option[1:] if letter not in "cils"]
        is_text = is_text or "c" in option[1:]
        reads = reads or "s" in option[1:]
        forced = forced or "i" in option[1:]
        if kept:
            following = [args.pop(0)] if "o" in kept and args else []
            try:
                await _set(shell, [option[0] + "".join(kept), *following])
            except ShellError as error:
                raise ProgramError(f"{p.argv[0]}: {error.message}") from error
    if args[:1] == ["--"]:
        del args[0]
    if is_text:
        return await _run_text(shell, p, args)
    if args and not reads:
        return await _run_file(shell, p, args)
    shell.positional = tuple(args)
    shell.interactive = forced or p.tty is not None
    if not shell.interactive:
        shell.source = "<stdin>"
    status = await read_commands(shell)
    shell.session.over = True
    return status


async def _set(shell: Shell, args: list[str]) -> None:
    outcome = BUILTINS["set"](shell, ["set", *args])
    if not isinstance(outcome, int):
        await outcome


async def _run_text(shell: Shell, p: Process, args: list[str]) -> int:
    if not args:
        raise ProgramError(f"{p.argv[0]}: -c: requires argument")
    if len(args) > 1:
        shell.name = args[1]
        shell.positional = tuple(args[2:])
    return await _finish(shell, args[0])


async def _run_file(shell: Shell, p: Process, args: list[str]) -> int:
    files = p.system.files
    try:
        text = files.read(files.resolve(args[0], p.cwd), uid=p.uid).decode("utf-8", "surrogateescape")
    except FsError as error:
        raise ProgramError(f"{p.argv[0]}: can't open {args[0]}: {error.text}", 127) from error
    shell.source = shell.name = args[0]
    shell.positional = tuple(args[1:])
    return await _finish(shell, text)


async def _finish(shell: Shell, text: str) -> int:
    try:
        return await shell.run(parse(text))
    finally:
        shell.session.over = True
