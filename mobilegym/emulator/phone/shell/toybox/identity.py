"""`id`, `whoami`, `uname`, `hostname`, `env`, `nproc`, `getenforce`: who and where."""

from __future__ import annotations

from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.toybox.common import spawn
from mobilegym.emulator.phone.shell.toybox.options import parse
from mobilegym.emulator.phone.shell.vfs_proc import KERNEL_RELEASE, KERNEL_VERSION
from mobilegym.emulator.phone.shell.vfs_values import group_name, uid_of, user_name

__all__ = ["clear", "env", "getenforce", "groups", "hostname", "id", "logname", "nproc", "printenv", "setenforce", "tty", "uname", "whoami"]

_GROUPS: Final = (1004, 1007, 1011, 1015, 1028, 1078, 1079, 3001, 3002, 3003, 3006, 3009, 3011, 3012)
_CORES: Final = 4


def _groups(uid: int) -> list[int]:
    return [uid, *_GROUPS] if uid in (0, 2000) else [uid, 3003, 9997, uid + 40_000]


def id(p: Process) -> int:
    """Who the user is."""
    longs = {"group": "g", "groups": "G", "name": "n", "real": "r", "user": "u", "context": "Z"}
    options = parse(p, "gGnruZ", longs=longs, usage="[-Ggnru] [USER...]")
    uid = p.uid
    if options.args:
        known = uid_of(options.args[0])
        if known is None:
            raise ProgramError(f"id: no user '{options.args[0]}'")
        uid = known
    context = "u:r:su:s0" if uid == 0 else "u:r:shell:s0" if uid == 2000 else "u:r:runas_app:s0:c150,c256,c512,c768"
    if "Z" in options:
        p.out(context + "\n")
    elif "u" in options or "g" in options:
        p.out(f"{user_name(uid) if 'n' in options else uid}\n")
    elif "G" in options:
        p.out(" ".join(group_name(g) if "n" in options else str(g) for g in _groups(uid)) + "\n")
    else:
        groups = ",".join(f"{g}({group_name(g)})" for g in _groups(uid))
        p.out(f"uid={uid}({user_name(uid)}) gid={uid}({group_name(uid)}) groups={groups}{'' if options.args else f' context={context}'}\n")
    return 0


def groups(p: Process) -> int:
    """The user's groups."""
    p.out(" ".join(group_name(g) for g in _groups(p.uid)) + "\n")
    return 0


def whoami(p: Process) -> int:
    """The user's name."""
    parse(p, most=0)
    p.out(user_name(p.uid) + "\n")
    return 0


def logname(p: Process) -> int:
    """Nobody logs in."""
    del p
    raise ProgramError("logname: No login name")


def uname(p: Process) -> int:
    """What system it is."""
    longs = {"all": "a", "kernel-name": "s", "nodename": "n", "kernel-release": "r", "kernel-version": "v", "machine": "m",
             "operating-system": "o"}  # fmt: skip
    options = parse(p, "aomnprsvi", longs=longs, most=0, usage="[-asnrvmo]")
    values = {
        "s": "Linux",
        "n": "localhost",
        "r": KERNEL_RELEASE,
        "v": KERNEL_VERSION,
        "m": "x86_64",
        "o": "Toybox",
        "p": "unknown",
        "i": "unknown",
    }
    letters = [letter for letter in "snrvmo" if "a" in options or letter in options]
    letters += [letter for letter in "pi" if letter in options]
    p.out(" ".join(values[letter] for letter in letters or ["s"]) + "\n")
    return 0


def hostname(p: Process) -> int:
    """The phone's name in the network; it keeps it."""
    options = parse(p, "bdsif", "F", most=1, usage="[-bdsf] [-F FILENAME] [newname]")
    if options.args:
        if p.uid:
            raise ProgramError(f"hostname: set failed '{options.args[0]}': Operation not permitted")
        return 0
    p.out("localhost\n")
    return 0


async def env(p: Process) -> int:
    """Show the environment, or run a program in another one."""
    longs = {"ignore-environment": "i", "unset": "u", "null": "0"}
    options = parse(p, "i0", "u", longs=longs, stop=True, usage="[-i] [-u NAME] [NAME=VALUE...] [COMMAND...]")
    values = {} if "i" in options else dict(p.env)
    for name in options.values("u"):
        values.pop(name, None)
    words = list(options.args)
    if words[:1] == ["-"]:
        words.pop(0)
        values = {}
    while words and "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        values[name] = value
    if words:
        return await spawn(p, words, stdin=p.stdin, env=values)
    p.out("".join(f"{name}={value}" + ("\0" if "0" in options else "\n") for name, value in values.items()))
    return 0


def printenv(p: Process) -> int:
    """Show the environment, or variables of it."""
    options = parse(p, "0", longs={"null": "0"}, usage="[-0] [env_var...]")
    end, status = "\0" if "0" in options else "\n", 0
    for name in options.args:
        if name in p.env:
            p.out(p.env[name] + end)
        else:
            status = 1
    if not options.args:
        p.out("".join(f"{name}={value}{end}" for name, value in p.env.items()))
    return status


def nproc(p: Process) -> int:
    """How many processors there are."""
    parse(p, "a", longs={"all": "a"}, usage="[--all]")
    p.out(f"{_CORES}\n")
    return 0


def tty(p: Process) -> int:
    """Which terminal it is."""
    options = parse(p, "s", usage="[-s]")
    if "s" not in options:
        p.out("/dev/pts/0\n" if p.tty is not None else "not a tty\n")
    return 0 if p.tty is not None else 1


def clear(p: Process) -> int:
    """Clear the terminal."""
    p.out("\x1b[2J\x1b[3J\x1b[H")
    return 0


def getenforce(p: Process) -> int:
    """Whether the phone's security policy is enforced."""
    p.out(("Permissive" if p.system.permissive else "Enforcing") + "\n")
    return 0


def setenforce(p: Process) -> int:
    """Enforce the security policy or not; on this phone it stops nobody either way."""
    options = parse(p, least=1, most=1, usage="[enforcing|permissive|1|0]")
    wanted = {"1": False, "enforcing": False, "0": True, "permissive": True}.get(options.args[0].lower())
    if wanted is None:
        raise ProgramError(f"setenforce: Invalid state: {options.args[0]}")
    if p.uid:
        raise ProgramError(f"setenforce: Couldn't set enforcing status to '{options.args[0]}': Permission denied")
    p.system.permissive = wanted
    return 0
