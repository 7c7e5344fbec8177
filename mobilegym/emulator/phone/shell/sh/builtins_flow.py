"""Builtins that decide what runs: `eval`, `.`, `exec`, `exit`, `return`, `break`, `command`, `type`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.sh.errors import ExitShell, LoopJump, ReturnFrom, ShellError
from mobilegym.emulator.phone.shell.sh.quoting import quoted
from mobilegym.emulator.phone.shell.sh.run import find_program
from mobilegym.emulator.phone.shell.vfs_values import FsError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.sh.interpreter import Shell

__all__ = [
    "break_loop",
    "builtin",
    "command",
    "continue_loop",
    "describe",
    "evaluate_text",
    "execute_program",
    "exit_shell",
    "failure",
    "nothing",
    "return_from",
    "source",
    "times",
]

_RESERVED: Final = frozenset({
    "!", "[[", "case", "do", "done", "elif", "else", "esac", "fi", "for", "function", "if", "in", "select", "then", "time", "until",
    "while", "{", "}",
})  # fmt: skip


def nothing(shell: Shell, argv: list[str]) -> int:
    """`:` and `true`."""
    del shell, argv
    return 0


def failure(shell: Shell, argv: list[str]) -> int:
    """`false`."""
    del shell, argv
    return 1


def times(shell: Shell, argv: list[str]) -> int:
    del argv
    shell.out("0m00.00s 0m00.00s\n0m00.00s 0m00.00s\n")
    return 0


def _status(shell: Shell, argv: list[str]) -> int:
    if len(argv) < 2:
        return shell.status
    text = argv[1].strip()
    if not text.lstrip("-").isdecimal() or len(text) > 12:
        raise ShellError(f"{argv[1]}: bad number", fatal=False)
    return int(text) & 0xFF


def exit_shell(shell: Shell, argv: list[str]) -> int:
    raise ExitShell(_status(shell, argv))


def return_from(shell: Shell, argv: list[str]) -> int:
    raise ReturnFrom(_status(shell, argv))


def break_loop(shell: Shell, argv: list[str]) -> int:
    return _jump(shell, argv, again=False)


def continue_loop(shell: Shell, argv: list[str]) -> int:
    return _jump(shell, argv, again=True)


def _jump(shell: Shell, argv: list[str], *, again: bool) -> int:
    text = argv[1] if len(argv) > 1 else "1"
    levels = int(text[:6]) if text.isdecimal() else 0
    if levels < 1:
        raise ShellError(f"{text}: bad number", fatal=False)
    if not shell.loops:
        raise ShellError("can't " + ("continue" if again else "break"), 0, fatal=False)
    raise LoopJump(min(levels, shell.loops), again=again)


async def evaluate_text(shell: Shell, argv: list[str]) -> int:
    """`eval`."""
    args = argv[2:] if argv[1:2] == ["--"] else argv[1:]
    return await shell.run_text(" ".join(args))


async def source(shell: Shell, argv: list[str]) -> int:
    """`. file arguments`."""
    if len(argv) < 2:
        raise ShellError("missing argument", fatal=False)
    files = shell.system.files
    try:
        path = files.resolve(argv[1], shell.cwd)
        text = files.read(path, uid=shell.uid).decode("utf-8", "surrogateescape")
    except FsError as error:
        raise ShellError(f"{argv[1]}: {error.text}", fatal=False) from error
    positional, name, line, loops = shell.positional, shell.source, shell.line, shell.loops
    shell.source, shell.loops = argv[1], 0
    if len(argv) > 2:
        shell.positional = tuple(argv[2:])
    try:
        return await shell.run_text(text)
    except ReturnFrom as leaving:
        return leaving.status
    finally:
        shell.source, shell.line, shell.loops = name, line, loops
        if len(argv) > 2:
            shell.positional = positional


async def execute_program(shell: Shell, argv: list[str]) -> int:
    """`exec`: without a program, the redirections of this command stay."""
    from mobilegym.emulator.phone.shell.sh.simple import run_named

    args = argv[1:]
    while args and args[0].startswith("-"):
        option = args.pop(0)
        if option == "-a" and args:
            args.pop(0)
        elif option == "--":
            break
    if not args:
        return 0
    raise ExitShell(await run_named(shell, args, functions=False))


async def builtin(shell: Shell, argv: list[str]) -> int:
    from mobilegym.emulator.phone.shell.sh.builtins import BUILTINS
    from mobilegym.emulator.phone.shell.sh.simple import run_named

    if len(argv) < 2:
        return 0
    if argv[1] not in BUILTINS:
        raise ShellError(f"{argv[1]}: not found", fatal=False)
    return await run_named(shell, argv[1:], functions=False)


async def command(shell: Shell, argv: list[str]) -> int:
    """`command [-pvV] name arguments`."""
    from mobilegym.emulator.phone.shell.sh.simple import run_named

    args = argv[1:]
    shown = ""
    while args and args[0].startswith("-") and len(args[0]) > 1:
        option = args.pop(0)
        if option == "--":
            break
        for letter in option[1:]:
            if letter not in "pvV":
                raise ShellError(f"-{letter}: unknown option", fatal=False)
            shown = letter if letter in "vV" else shown
    if not args:
        return 0
    if shown:
        return describe(shell, ["type" if shown == "V" else "whence", *args])
    return await run_named(shell, args, functions=False)


def describe(shell: Shell, argv: list[str]) -> int:
    """`type` in words, `whence` and `command -v` in short."""
    args = argv[1:]
    wordy = argv[0] == "type"
    while args and args[0].startswith("-"):
        wordy = "v" in args.pop(0) or wordy
    status = 0
    for name in args:
        found = _meaning(shell, name)
        if found is None:
            status = 1
            if wordy:
                shell.out(f"{name} not found\n")
        else:
            short, long = found
            shell.out(f"{name} is {long}\n" if wordy else f"{short}\n")
    return status


def _meaning(shell: Shell, name: str) -> tuple[str, str] | None:
    """What a name means, in short and in words."""
    from mobilegym.emulator.phone.shell.sh.builtins import BUILTINS, SPECIAL
    from mobilegym.emulator.phone.shell.sh.simple import find_script

    if name in _RESERVED:
        return name, "a reserved word"
    if name in shell.aliases:
        value = quoted(shell.aliases[name])
        return f"alias {name}={value}", f"an alias for {value}"
    if name in SPECIAL:
        return name, "a special shell builtin"
    if name in shell.functions:
        return name, "a function"
    if name in BUILTINS:
        return name, "a shell builtin"
    if find_program(name) is not None:
        path = name if "/" in name else f"/system/bin/{name}"
    else:
        path = find_script(shell, name) or ""
    return (path, path) if path else None
