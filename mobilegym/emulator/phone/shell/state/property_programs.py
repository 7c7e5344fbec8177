"""`getprop` and `setprop`."""

from __future__ import annotations

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.state.properties import properties, set_property
from mobilegym.errors import NotFound

__all__ = ["getprop", "setprop"]


def getprop(p: Process) -> int:
    """`getprop [-T|-Z] [NAME [DEFAULT]]`."""
    words = list(p.args)
    mode = ""
    while words and words[0].startswith("-") and len(words[0]) > 1:
        option = words.pop(0)
        if option not in ("-T", "-Z", "-TZ", "-ZT"):
            raise ProgramError(f"getprop: Unknown option '{option}' (see \"getprop --help\")")
        mode = option[1]
    values = properties(p.system)
    if words:
        value = values.get(words[0], words[1] if len(words) > 1 else "")
        p.out(f"{_shown(mode, words[0], value)}\n")
    else:
        p.out("".join(f"[{name}]: [{_shown(mode, name, value)}]\n" for name, value in values.items()))
    return 0


def _shown(mode: str, name: str, value: str) -> str:
    if mode == "T":
        if value in ("true", "false") and not name.startswith("ro.adb"):
            return "bool"
        return "int" if value.lstrip("-").isdigit() and name.endswith((".sdk", "_density", "boot_completed", "bootcomplete")) else "string"
    if mode == "Z":
        return f"u:object_r:{'build_prop' if name.startswith('ro.build') else 'default_prop'}:s0"
    return value


def setprop(p: Process) -> int:
    """`setprop NAME VALUE`."""
    if len(p.args) != 2:
        raise ProgramError(f'setprop: Need {"2 arguments" if len(p.args) < 2 else "only 2 arguments"} (see "setprop --help")')
    name, value = p.args
    try:
        done = set_property(p.system, name, value)
    except NotFound:
        # An unknown time zone: Android keeps the text and shows UTC; here, nothing changes.
        done = False
    if not done:
        raise ProgramError(f"Failed to set property '{name}' to '{value}'.\nSee dmesg for error reason.")
    return 0
