"""Simple commands: builtins, functions, programs and scripts, with their assignments and redirections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.sh.arithmetic import evaluate
from mobilegym.emulator.phone.shell.sh.builtins import BUILTINS, SPECIAL
from mobilegym.emulator.phone.shell.sh.errors import ReturnFrom, ShellError
from mobilegym.emulator.phone.shell.sh.expand import expand_arithmetic, expand_text, expand_words
from mobilegym.emulator.phone.shell.sh.quoting import quoted
from mobilegym.emulator.phone.shell.sh.redirect import redirect
from mobilegym.emulator.phone.shell.sh.run import PROGRAM_FOLDERS, call, find_program
from mobilegym.emulator.phone.shell.vfs_values import FsError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.sh.interpreter import Shell
    from mobilegym.emulator.phone.shell.sh.syntax import Assignment, Command, Simple

__all__ = ["call_function", "find_script", "run_named", "run_program_file", "run_simple"]

_NOT_FOUND: Final = 127
_NOT_EXECUTABLE: Final = 126
_MAX_ALIASES: Final = 16


async def run_simple(shell: Shell, command: Simple) -> int:
    """Run a simple command; its status. A redirection that fails ends the command, an expansion that fails the shell."""
    shell.line = command.line
    shell.substituted = 0
    argv = list(command.literals) if command.literals is not None else await expand_words(shell, command.words)
    if not command.redirects:
        return await _run(shell, command, argv)
    before = shell.streams
    try:
        shell.streams = await redirect(shell, command.redirects)
    except ShellError as error:
        if error.fatal:
            raise
        shell.complain(error.message)
        return error.status
    keeps = argv == ["exec"]
    try:
        return await _run(shell, command, argv)
    finally:
        if not keeps:
            shell.streams = before
        if shell.session.unwritten:
            shell.flush()


async def _run(shell: Shell, command: Simple, argv: list[str]) -> int:
    if not argv:
        for assignment in command.assignments:
            await _assign(shell, assignment)
        return shell.substituted
    values = [(a.name, await _assigned(shell, a)) for a in command.assignments] if command.assignments else []
    if "x" in shell.options:
        words = [f"{name}={quoted(value)}" for name, value in values] + [quoted(arg) for arg in argv]
        shell.stderr.write(f"{shell.get('PS4') or '+ '}{' '.join(words)}\n".encode("utf-8", "surrogateescape"))
    if shell.aliases and argv[0] in shell.aliases and command.words[0].literal is not None:
        return await _run_alias(shell, argv)
    return await run_named(shell, argv, values)


async def _assign(shell: Shell, assignment: Assignment) -> None:
    if assignment.values is not None:
        values = await expand_words(shell, assignment.values)
        if assignment.append:
            values = [*shell.variables.elements(assignment.name).values(), *values]
        shell.variables.set_array(assignment.name, values)
        return
    value = await _assigned(shell, assignment)
    if "x" in shell.options:
        shell.stderr.write(f"{shell.get('PS4') or '+ '}{assignment.name}={quoted(value)}\n".encode("utf-8", "surrogateescape"))
    if assignment.subscript is None:
        shell.set(assignment.name, value)
    else:
        shell.variables.set_element(assignment.name, await _index(shell, assignment), value)


async def _index(shell: Shell, assignment: Assignment) -> int:
    assert assignment.subscript is not None
    index = await expand_arithmetic(shell, assignment.subscript)
    if not 0 <= index < 1 << 31:
        raise ShellError(f"{assignment.name}[{index}]: bad index")
    return index


async def _assigned(shell: Shell, assignment: Assignment) -> str:
    """The value that an assignment gives."""
    value = await expand_text(shell, assignment.value)
    if ":~" in value and assignment.value.literal is not None:
        home = shell.get("HOME") or "~"
        value = ":".join(home + part[1:] if part == "~" or part.startswith("~/") else part for part in value.split(":"))
    integer = assignment.name in shell.variables.integers
    if assignment.append:
        index = None if assignment.subscript is None else await _index(shell, assignment)
        old = (shell.get(assignment.name) if index is None else shell.variables.element(assignment.name, index)) or ""
        value = f"({old or 0})+({value})" if integer else old + value
    return str(evaluate(value, shell)) if integer else value


async def _run_alias(shell: Shell, argv: list[str]) -> int:
    """An alias is its text with the words that follow; within it, it means nothing."""
    text = shell.aliases.pop(argv[0])
    name = argv[0]
    try:
        return await shell.run_text(" ".join([text, *(quoted(arg) for arg in argv[1:])]))
    finally:
        shell.aliases.setdefault(name, text)


async def run_named(shell: Shell, argv: list[str], values: Sequence[tuple[str, str]] = (), *, functions: bool = True) -> int:
    """Run what a name stands for."""
    name = argv[0]
    builtin = BUILTINS.get(name)
    body = shell.functions.get(name) if functions else None
    if body is None and builtin is None:
        return await _run_program(shell, argv, values)
    if not values or name in SPECIAL:
        for variable, value in values:
            shell.set(variable, value)
        return await _run_inside(shell, argv, body)
    variables = shell.variables
    saved = [(variable, variables.values.get(variable), variable in variables.exported) for variable, _ in values]
    try:
        for variable, value in values:
            shell.set(variable, value)
            variables.exported.add(variable)
        return await _run_inside(shell, argv, body)
    finally:
        for variable, old, exported in saved:
            variables.restore(variable, old, exported=exported)


async def _run_inside(shell: Shell, argv: list[str], body: Command | None) -> int:
    if body is not None and argv[0] not in SPECIAL:
        return await call_function(shell, body, argv)
    try:
        outcome = BUILTINS[argv[0]](shell, argv)
        return outcome if isinstance(outcome, int) else await outcome
    except ShellError as error:
        if error.fatal:
            raise
        shell.complain(f"{argv[0]}: {error.message}")
        return error.status
    except FsError as error:
        shell.complain(f"{argv[0]}: {error.path}: {error.text}")
        return 1


async def call_function(shell: Shell, body: Command, argv: Sequence[str]) -> int:
    """Call a function."""
    positional, loops = shell.positional, shell.loops
    shell.positional, shell.loops = tuple(argv[1:]), 0
    shell.variables.enter()
    try:
        return await shell.deeper(shell.execute, body)
    except ReturnFrom as leaving:
        return leaving.status
    finally:
        shell.positional, shell.loops = positional, loops
        shell.variables.leave()


# ---------------------------------------------------------------------- programs


async def _run_program(shell: Shell, argv: list[str], values: Sequence[tuple[str, str]]) -> int:
    if shell.session.unwritten:
        shell.flush()
    environment = shell.variables.environment()
    environment.update(values)
    environment["PWD"] = shell.cwd
    program = find_program(argv[0])
    if program is None:
        return await _run_script(shell, argv, environment)
    process = Process(
        shell.system, 0, tuple(argv), shell.stdin, shell.stdout, shell.stderr, environment, shell.cwd, shell.uid, shell.session.tty
    )  # fmt: skip
    return await call(program, process, ppid=shell.pid)


def find_script(shell: Shell, name: str) -> str | None:
    """The file that a command's name means, if there is one: as a path, or in a folder of `$PATH` that programs do not fill."""
    files = shell.system.files
    try:
        if "/" in name:
            path = files.resolve(name, shell.cwd)
            return path if files.exists(path, uid=shell.uid) else None
        for folder in (shell.get("PATH") or "").split(":")[:100]:
            if folder not in PROGRAM_FOLDERS:
                path = files.resolve(name, files.resolve(folder or ".", shell.cwd))
                if files.may(path, 1, uid=shell.uid) and not files.is_dir(path, uid=shell.uid):
                    return path
    except FsError:
        return None
    return None


async def _run_script(shell: Shell, argv: list[str], environment: dict[str, str]) -> int:
    path = find_script(shell, argv[0])
    if path is None:
        if argv[0] and "/" not in argv[0]:
            shell.system.missing(argv[0])
        shell.complain(f"{argv[0]}: inaccessible or not found")
        return _NOT_FOUND
    return await run_program_file(shell, path, argv, environment)


async def run_program_file(shell: Shell, path: str, argv: list[str], environment: dict[str, str]) -> int:
    """Run a file of the phone as a program."""
    files = shell.system.files
    try:
        if files.is_dir(path, uid=shell.uid):
            shell.complain(f"{argv[0]}: can't execute: Is a directory")
            return _NOT_EXECUTABLE
        if not files.may(path, 5, uid=shell.uid):
            shell.complain(f"{argv[0]}: can't execute: Permission denied")
            return _NOT_EXECUTABLE
        data = files.read(path, uid=shell.uid)
    except FsError as error:
        shell.complain(f"{argv[0]}: can't execute: {error.text}")
        return _NOT_EXECUTABLE
    if data[:4] == b"\x7fELF":
        shell.complain(f"{argv[0]}: not executable: 64-bit ELF file")
        return _NOT_EXECUTABLE
    first = data.split(b"\n", 1)[0].decode("utf-8", "replace")
    interpreter = first[2:].split() if first.startswith("#!") else []
    if interpreter and find_program(interpreter[0]) is None:
        shell.complain(f"{argv[0]}: No such file or directory")
        return _NOT_FOUND
    words = [*(interpreter or ["sh"]), argv[0] if "/" in argv[0] else path, *argv[1:]]
    process = Process(
        shell.system, 0, tuple(words), shell.stdin, shell.stdout, shell.stderr, environment, shell.cwd, shell.uid, shell.session.tty
    )  # fmt: skip
    return await call(find_program(words[0]), process, ppid=shell.pid)
