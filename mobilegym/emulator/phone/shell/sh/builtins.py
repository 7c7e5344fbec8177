"""The builtins by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from mobilegym.emulator.phone.shell.sh import builtins_flow as flow
from mobilegym.emulator.phone.shell.sh import builtins_io as io
from mobilegym.emulator.phone.shell.sh import builtins_jobs as jobs
from mobilegym.emulator.phone.shell.sh import builtins_names as names
from mobilegym.emulator.phone.shell.sh import builtins_places as places
from mobilegym.emulator.phone.shell.sh.test_builtin import test

if TYPE_CHECKING:
    from mobilegym.emulator.phone.shell.sh.interpreter import Shell

__all__ = ["BUILTINS", "SPECIAL"]

_Builtin: TypeAlias = "Callable[[Shell, list[str]], int | Awaitable[int]]"

SPECIAL: Final = frozenset({
    ":", ".", "break", "continue", "eval", "exec", "exit", "export", "readonly", "return", "set", "shift", "times", "trap", "unset",
})  # fmt: skip
"""No function replaces these, and assignments before them stay."""

BUILTINS: Final[dict[str, _Builtin]] = {
    ":": flow.nothing,
    ".": flow.source,
    "[": test,
    "alias": names.alias,
    "bg": jobs.nothing_to_resume,
    "break": flow.break_loop,
    "builtin": flow.builtin,
    "cd": places.cd,
    "command": flow.command,
    "continue": flow.continue_loop,
    "echo": io.echo,
    "eval": flow.evaluate_text,
    "exec": flow.execute_program,
    "exit": flow.exit_shell,
    "export": names.export,
    "false": flow.failure,
    "fg": jobs.foreground,
    "getopts": names.getopts,
    "jobs": jobs.list_jobs,
    "kill": jobs.kill,
    "let": names.let,
    "local": names.local,
    "print": io.print_words,
    "printf": io.printf,
    "pwd": places.pwd,
    "read": io.read,
    "readonly": names.readonly,
    "return": flow.return_from,
    "set": names.set_options,
    "shift": names.shift,
    "source": flow.source,
    "test": test,
    "times": flow.times,
    "trap": jobs.trap,
    "true": flow.nothing,
    "type": flow.describe,
    "typeset": names.local,
    "ulimit": places.ulimit,
    "umask": places.umask,
    "unalias": names.unalias,
    "unset": names.unset,
    "wait": jobs.wait,
    "whence": flow.describe,
}
