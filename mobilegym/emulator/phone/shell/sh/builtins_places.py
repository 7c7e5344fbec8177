"""`cd`, `pwd`, `umask` and `ulimit`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mobilegym.emulator.phone.shell.sh.errors import ShellError
from mobilegym.emulator.phone.shell.vfs_values import FsError

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.sh.interpreter import Shell

__all__ = ["cd", "pwd", "ulimit", "umask"]


def cd(shell: Shell, argv: list[str]) -> int:
    """`cd [-LP] [folder]`; `cd old new` replaces a part of the present path."""
    args = argv[1:]
    physical = False
    while args and args[0] in ("-L", "-P", "--"):
        physical = args.pop(0) == "-P"
    target, shows = _target(shell, args)
    files, uid = shell.system.files, shell.uid
    try:
        path = files.resolve(target or ".", shell.cwd)
        if not files.stat(path, uid=uid).is_dir:
            raise ShellError(f"{target}: Not a directory", 2, fatal=False)
        if not files.may(path, 1, uid=uid):
            raise ShellError(f"{target}: Permission denied", 2, fatal=False)
        path = files.real(path) if physical else path
    except FsError as error:
        raise ShellError(f"{target}: {error.text}", 2, fatal=False) from error
    shell.set("OLDPWD", shell.cwd)
    shell.cwd = path
    shell.set("PWD", path)
    if shows:
        shell.out(path + "\n")
    return 0


def _target(shell: Shell, args: list[str]) -> tuple[str, bool]:
    """Where to go, and whether to tell."""
    match args:
        case []:
            home = shell.get("HOME")
            if not home:
                raise ShellError("no home directory (HOME not set)", 2, fatal=False)
            return home, False
        case ["-"]:
            previous = shell.get("OLDPWD")
            if not previous:
                raise ShellError("no OLDPWD", 2, fatal=False)
            return previous, True
        case [target]:
            return target, False
        case [old, new]:
            if old not in shell.cwd:
                raise ShellError("bad substitution", 2, fatal=False)
            return shell.cwd.replace(old, new, 1), True
        case _:
            raise ShellError("too many arguments", fatal=False)


def pwd(shell: Shell, argv: list[str]) -> int:
    path = shell.system.files.real(shell.cwd) if "-P" in argv else shell.cwd
    shell.out(path + "\n")
    return 0


def umask(shell: Shell, argv: list[str]) -> int:
    args = argv[1:]
    if not args:
        shell.out(f"{shell.umask:04o}\n" if shell.umask else "000\n")
    elif args[0] == "-S":
        bits = ["".join(letter for bit, letter in ((4, "r"), (2, "w"), (1, "x")) if not shell.umask >> shift & bit) for shift in (6, 3, 0)]
        shell.out("u={},g={},o={}\n".format(*bits))
    elif re.fullmatch("[0-7]{1,4}", args[0]):
        shell.umask = int(args[0], 8) & 0o777
    else:
        raise ShellError(f"{args[0]}: bad mask", fatal=False)
    return 0


def ulimit(shell: Shell, argv: list[str]) -> int:
    if not [arg for arg in argv[1:] if not arg.startswith("-")]:
        shell.out("32768\n" if "-n" in argv else "unlimited\n")
    return 0
