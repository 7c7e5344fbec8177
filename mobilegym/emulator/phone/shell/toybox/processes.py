"""`ps`, `top`, `pidof`, `pgrep`, `pkill`, `killall`, `free`, `vmstat`, `lsof`, `dmesg`: what runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from zlib import crc32

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.processes import ProcessInfo
from mobilegym.emulator.phone.shell.toybox.common import human
from mobilegym.emulator.phone.shell.toybox.options import Options, number, parse, usage_error
from mobilegym.emulator.phone.shell.toybox.regex import compile_regex
from mobilegym.emulator.phone.shell.vfs_proc import KERNEL_RELEASE, KERNEL_VERSION, MEMORY
from mobilegym.emulator.phone.shell.vfs_values import uid_of

__all__ = ["SIGNALS", "dmesg", "free", "killall", "lsof", "pgrep", "pidof", "pkill", "ps", "signal_of", "top", "vmstat"]

SIGNALS: Final = {
    "HUP": 1, "INT": 2, "QUIT": 3, "ILL": 4, "TRAP": 5, "ABRT": 6, "BUS": 7, "FPE": 8, "KILL": 9, "USR1": 10, "SEGV": 11, "USR2": 12,
    "PIPE": 13, "ALRM": 14, "TERM": 15, "CHLD": 17, "CONT": 18, "STOP": 19, "TSTP": 20, "TTIN": 21, "TTOU": 22,
}  # fmt: skip
_HARMLESS: Final = frozenset({0, 17, 18, 19, 20, 21, 22})
_PS_HELP: Final = """usage: ps [-AadefLlnwZ] [-gG GROUP,] [-k FIELD,] [-o FIELD,] [-p PID,] [-t TTY,] [-uU USER,]

List processes.

Which processes to show (-gGuUpPt selections may be comma separated lists):

-A\tAll
-a\tHas terminal not session leader
-d\tAll but session leaders
-e\tSynonym for -A
-g\tIn GROUPs
-G\tIn real GROUPs (before sgid)
-p\tPIDs (--pid)
-P\tParent PIDs (--ppid)
-s\tIn session IDs
-t\tAttached to selected TTYs
-T\tShow threads also
-u\tOwned by selected USERs
-U\tReal USERs (before suid)

Output modifiers:

-k\tSort FIELDs (-FIELD to reverse)
-M\tMeasure/pad future field widths
-n\tShow numeric USER and GROUP
-w\tWide output (don't truncate fields)

Which FIELDs to show. (-o HELP for list, default = -o PID,TTY,TIME,CMD)

-f\tFull listing (-o USER:12=UID,PID,PPID,C,STIME,TTY,TIME,ARGS=CMD)
-l\tLong listing (-o F,S,UID,PID,PPID,C,PRI,NI,ADDR,SZ,WCHAN,TTY,TIME,CMD)
-o\tOutput FIELDs instead of defaults, each with optional :size and =title
-O\tAdd FIELDS to defaults
-Z\tInclude LABEL
"""
_DEFAULT: Final = ("USER", "PID", "PPID", "VSZ", "RSS", "WCHAN", "ADDR", "S", "NAME")
_FULL: Final = ("USER:12=UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "ARGS=CMD")
_LONG: Final = ("F", "S", "UID", "PID", "PPID", "C", "PRI", "NI", "BIT", "SZ", "WCHAN", "TTY", "TIME", "CMD")
_WIDTHS: Final = {
    "PID": 5, "PPID": 5, "PRI": 3, "NI": 3, "VSZ": 7, "RSS": 6, "WCHAN": -16, "ADDR": 4, "S": 1, "TID": 5, "USER": -12, "TTY": -8,
    "TIME": 8,
    "STIME": 5, "C": 1, "UID": 5, "GID": 8, "GROUP": -8, "PCY": 3, "%CPU": 4, "%MEM": 5, "CMD": -15, "NAME": -27, "ARGS": -27, "COMM": -27,
    "CMDLINE": -27, "LABEL": -30, "SZ": 5, "F": 1, "BIT": 3, "STAT": -5, "ETIME": 11, "TIME+": 9, "VIRT": 4, "RES": 4, "SHR": 4, "PR": 2,
    "SID": 5, "PGID": 5, "RUID": 4, "RUSER": -8, "SWAP": 4, "TCNT": 4, "CPU": 3,
}  # fmt: skip


def ps(p: Process) -> int:
    """List processes."""
    longs = {"pid": "p", "ppid": "P", "all": "A"}
    args = p.args
    if args and re.fullmatch(r"[axuwe]+", args[0]):  # BSD style
        p.argv = (p.argv[0], "-A", *args[1:])
    options = parse(p, "AadefLlMnTwZ", "kogGpPstuUO", longs=longs, usage=_PS_HELP)
    if options.args:
        # `ps NAME` and `ps PID`: what Android's older ps took.
        pids = [arg for arg in options.args if arg.isdigit()]
        for pid in pids:
            options.add("p", pid)
    picked = [q for q in p.system.processes.all() if _picked(p, options, q)]
    fields = _fields(p, options)
    for key in reversed([k for text in options.values("k") for k in text.split(",")]):
        name = key.lstrip("+-").upper()
        picked.sort(key=lambda q: _sort_key(_value(p, name, q)), reverse=key.startswith("-"))
    _table(p, fields, [[_value(p, name, q) for name, _, _ in fields] for q in picked])
    return 0 if picked else 1


def _picked(p: Process, options: Options, q: ProcessInfo) -> bool:
    chosen = {letter: [part for text in options.values(letter) for part in re.split(r"[, ]+", text)] for letter in "pPuUgGst"}
    if not any(chosen.values()):
        everybody = any(letter in options for letter in "Aed")
        return everybody or (uid_of(q.user) == p.uid and q.name != "adbd")
    users = {uid_of(name) for name in chosen["u"] + chosen["U"] + chosen["g"] + chosen["G"]}
    return str(q.pid) in chosen["p"] or str(q.ppid) in chosen["P"] or uid_of(q.user) in users


def _fields(p: Process, options: Options) -> list[tuple[str, str, int]]:
    """`(field, title, width)`, a width below zero for text to the left."""
    names = [part for text in options.values("o") for part in re.split(r"[, ]+", text) if part]
    if not names:
        names = list(_FULL if "f" in options else _LONG if "l" in options else _DEFAULT)
        names += [part for text in options.values("O") for part in text.split(",")]
        if "T" in options:
            names.insert(names.index("PPID") if "PPID" in names else 2, "TID")
    if "Z" in options:
        names.insert(0, "LABEL")
    fields: list[tuple[str, str, int]] = []
    for name in names:
        match = re.fullmatch(r"([%+A-Za-z]+)(?::(\d+))?(?:=(.*))?", name)
        field = match[1].upper() if match is not None else name
        field = {"COMMAND": "ARGS", "USER": "USER", "PCPU": "%CPU", "PMEM": "%MEM", "CMD": "CMD"}.get(field, field)
        if match is None or field not in _WIDTHS:
            raise ProgramError(f"ps: bad -o {name}")
        width = _WIDTHS[field]
        if match[2]:
            width = int(match[2]) if width > 0 else -int(match[2])
        fields.append((field, match[3] if match[3] is not None else field, width))
    return fields


def _table(p: Process, fields: list[tuple[str, str, int]], rows: list[list[str]]) -> None:
    titles = [title for _, title, _ in fields]
    if any(titles):
        p.out(_row(fields, titles) + "\n")
    for row in rows:
        p.out(_row(fields, row) + "\n")


def _row(fields: list[tuple[str, str, int]], cells: list[str]) -> str:
    out, owed = "", 0
    for i, ((field, _, width), cell) in enumerate(zip(fields, cells, strict=True)):
        last = i == len(fields) - 1
        if field in ("USER", "RUSER") and len(cell) > -width:
            cell = cell[: -width - 1] + "+"
        room = max(1, abs(width) - owed)
        text = cell if last and width < 0 else cell.ljust(room) if width < 0 else cell.rjust(room)
        # A cell that is too wide takes the room from the next ones.
        owed = max(0, len(text) - room) if not last else 0
        out += (" " if i else "") + text
    return out


def _value(p: Process, field: str, q: ProcessInfo) -> str:
    uid, seed = uid_of(q.user) or 0, crc32(q.name.encode())
    kernel_thread = q.name.startswith("[")
    rss = 0 if kernel_thread else (80_000 + seed % 90_000 if q.package or q.name == "system_server" else 4_000 + seed % 9_000)
    vsz = 0 if kernel_thread else (14_000_000 + seed % 900_000 if q.package or "server" in q.name else 10_780_000 + seed % 9_000)
    base = q.name.strip("[]").rpartition("/")[2]
    started = p.kernel.clock.local(p.kernel.clock.boot_ms)
    values = {
        "PID": q.pid, "TID": q.pid, "PPID": q.ppid, "USER": q.user, "RUSER": q.user, "UID": uid, "RUID": uid, "GID": uid, "GROUP": q.user,
        "VSZ": vsz, "RSS": rss, "WCHAN": "0", "ADDR": "0", "S": _state(q), "STAT": _state(q), "NAME": q.name, "ARGS": q.name,
        "CMD": base[:15],
        "COMM": base, "CMDLINE": q.name, "TTY": "?", "TIME": "00:00:01", "STIME": f"{started:%H:%M}", "C": 0, "PRI": 19, "NI": 0,
        "PCY": "fg",
        "LABEL": _label(q), "%CPU": "0.0", "%MEM": f"{rss * 100 / MEMORY['MemTotal']:.1f}", "SZ": vsz // 4, "F": 0, "BIT": 64,
        "ETIME": "01:00:00",
        "TIME+": "0:01.20", "VIRT": human(vsz * 1024), "RES": human(rss * 1024), "SHR": human(rss * 700), "PR": 20, "SID": 0, "PGID": q.pid,
        "SWAP": 0, "TCNT": 1, "CPU": 0,
    }  # fmt: skip
    return str(values[field]) if field in values else ""


def _state(q: ProcessInfo) -> str:
    return "R" if q.name in ("ps", "top") else "S"


def _label(q: ProcessInfo) -> str:
    if q.package:
        return "u:r:platform_app:s0:c512,c768" if q.package.startswith("com.android") else "u:r:untrusted_app:s0:c150,c256"
    return {"init": "u:r:init:s0", "adbd": "u:r:adbd:s0", "system_server": "u:r:system_server:s0", "[kthreadd]": "u:r:kernel:s0"}.get(
        q.name, "u:r:shell:s0" if q.user == "shell" else f"u:r:{q.name.strip('[]')}:s0"
    )


def _sort_key(text: str) -> tuple[int, float, str]:
    return (0, float(text), "") if re.fullmatch(r"-?\d+(\.\d+)?", text) else (1, 0.0, text)


async def top(p: Process) -> int:
    """Show what runs, `-n` times."""
    options = parse(
        p,
        "AabHhqSs1t",
        "dkmnopuO",
        usage="[-Hhbq] [-k FIELD,] [-o FIELD,] [-s SORT] [-n NUMBER] [-m LINES] [-d SECONDS] [-p PID,] [-u USER,]",
    )
    turns = number(p, options.value("n", "1" if "b" in options or p.tty is None else "1000000"), low=1)
    for turn in range(turns):
        if turn:
            await p.system.sleep(int(float(options.value("d", "3")) * 1000))
        picked = [q for q in p.system.processes.all() if "p" not in options or str(q.pid) in options.value("p").split(",")]
        if "q" not in options:
            _top_header(p, len(picked))
        lines = picked[: number(p, options.value("m"), low=1)] if "m" in options else picked
        names = options.value("o", "PID,USER,PR,NI,VIRT,RES,SHR,S,%CPU,%MEM,TIME+,ARGS").split(",")
        if "o" not in options:
            p.out("  PID USER         PR  NI VIRT  RES  SHR S[%CPU] %MEM     TIME+ ARGS\n")
        else:
            p.out(" ".join(names) + "\n")
        for q in lines:
            cells = {name: _value(p, name.upper(), q) for name in names}
            if "o" in options:
                p.out(" ".join(cells.values()) + "\n")
                continue
            user = q.user if len(q.user) <= 12 else q.user[:11] + "+"
            p.out(f"{q.pid:5d} {user:<12} 20   0 {cells['VIRT']:>4} {cells['RES']:>4} {cells['SHR']:>4} {_state(q)}  0.0 "
                  f"{cells['%MEM']:>5} {cells['TIME+']:>9} {q.name}\n")  # fmt: skip
        await p.stdout.drain()
    return 0


def _top_header(p: Process, tasks: int) -> None:
    total, left, swap = MEMORY["MemTotal"], MEMORY["MemFree"], MEMORY["SwapTotal"]
    p.out(f"Tasks: {tasks} total,   1 running, {tasks - 1:3d} sleeping,   0 stopped,   0 zombie\n")
    p.out(f"  Mem: {total:8d}K total, {total - left:8d}K used, {left:8d}K free, {MEMORY['Buffers']:8d}K buffers\n")
    used = swap - MEMORY["SwapFree"]
    p.out(f" Swap: {swap:8d}K total, {used:8d}K used, {swap - used:8d}K free, {MEMORY['Cached']:8d}K cached\n")
    p.out("400%cpu   1%user   0%nice   2%sys 397%idle   0%iow   0%irq   0%sirq   0%host\n")


# ---------------------------------------------------------------------- by name


def pidof(p: Process) -> int:
    """Pids of processes by name."""
    options = parse(p, "sx", "o", least=1, usage="[-sx] [-o PID] [NAME...]")
    hidden = {pid for text in options.values("o") for pid in text.split(",")}
    found = [str(q.pid) for q in reversed(p.system.processes.all()) if q.name in options.args or q.name.rpartition("/")[2] in options.args]
    found = [pid for pid in found if pid not in hidden and pid != str(p.pid)][: 1 if "s" in options else None]
    if not found:
        return 1
    p.out(" ".join(found) + "\n")
    return 0


def signal_of(p: Process, text: str) -> int:
    """Number of a signal given by name or number.

    Raises:
        ProgramError: There is none of that name.
    """
    name = text.upper().removeprefix("SIG")
    if name in SIGNALS:
        return SIGNALS[name]
    if name.isdigit() and int(name) <= 64:
        return int(name)
    raise ProgramError(f"{p.argv[0]}: bad signal '{text}'")


def _send(p: Process, q: ProcessInfo, signal: int) -> bool:
    if p.uid and uid_of(q.user) != p.uid:
        p.err(f"{p.argv[0]}: {'pid ' + str(q.pid) if p.argv[0] == 'pkill' else q.name}: Operation not permitted\n")
        return False
    if signal not in _HARMLESS:
        p.system.processes.kill(q.pid, signal)
    return True


def killall(p: Process) -> int:
    """Send a signal to processes by name."""
    signal, args = _signal_arg(p)
    p.argv = (p.argv[0], *args)
    options = parse(p, "ilqvw", "s", usage="[-l] [-iqv] [-SIGNAL|-s SIGNAL] PROCESS_NAME...")
    if "l" in options:
        p.out(" ".join(SIGNALS) + "\n")
        return 0
    if not options.args:
        raise usage_error(p, "Needs 1 argument")
    signal, status = signal_of(p, options.value("s")) if "s" in options else signal, 0
    for name in options.args:
        found = [q for q in p.system.processes.all() if (q.name == name or q.name.rpartition("/")[2] == name) and q.pid != p.pid]
        if not found:
            if "q" not in options:
                p.err(f"killall: {name}: No such process\n")
            status = 1
        for q in found:
            status |= not _send(p, q, signal)
    return int(status)


def _signal_arg(p: Process) -> tuple[int, list[str]]:
    args, signal = list(p.args), 15
    for i, arg in enumerate(args):
        if arg == "--":
            break
        if re.fullmatch(r"-(\d+|(SIG)?[A-Z][A-Z0-9]+)", arg) and (arg[1:].isdigit() or arg[1:].removeprefix("SIG") in SIGNALS):
            signal = signal_of(p, args.pop(i)[1:])
            break
    return signal, args


def _matching(p: Process, options: Options) -> list[ProcessInfo]:
    tests: list[Callable[[ProcessInfo], bool]] = []
    if options.args:
        regex = compile_regex(p, options.args[0], extended=True, whole="x" in options)
        tests.append(lambda q: regex.test(q.name if "f" in options else _short(q)))
    if "u" in options or "U" in options:
        users = {uid_of(name) for text in options.values("u") + options.values("U") for name in text.split(",")}
        tests.append(lambda q: uid_of(q.user) in users)
    if "P" in options:
        tests.append(lambda q: str(q.ppid) in options.value("P").split(","))
    mine = {p.pid}
    found = [q for q in p.system.processes.all() if q.pid not in mine and all(test(q) for test in tests) != ("v" in options)]
    return found[-1:] if "n" in options else found[:1] if "o" in options else found


def _short(q: ProcessInfo) -> str:
    """The name as the kernel keeps it."""
    return q.name.rpartition("/")[2][-15:]


def pgrep(p: Process) -> int:
    """Pids of processes by pattern."""
    options = parse(p, "acflnovxL", "dGgPstUu", usage="[-clfnovx] [-d DELIM] [-PstuU LIST] [PATTERN]", most=1)
    found = _matching(p, options)
    if "c" in options:
        p.out(f"{len(found)}\n")
    elif found:
        named, whole = "l" in options or "a" in options, "f" in options or "a" in options
        texts = [f"{q.pid} {q.name if whole else _short(q)}" if named else str(q.pid) for q in found]
        p.out(options.value("d", "\n").join(texts) + "\n")
    return 0 if found else 1


def pkill(p: Process) -> int:
    """Send a signal to processes by pattern."""
    signal, args = _signal_arg(p)
    p.argv = (p.argv[0], *args)
    options = parse(p, "fnovxVe", "GgPstUul", usage="[-fnovx] [-SIGNAL|-l SIGNAL] [-PsutU LIST] [PATTERN]", most=1)
    signal = signal_of(p, options.value("l")) if "l" in options else signal
    if not options.args and not any(letter in options for letter in "uUP"):
        raise usage_error(p, "No PATTERN")
    found = _matching(p, options)
    for q in found:
        _send(p, q, signal)
    return 0 if found else 1


# ---------------------------------------------------------------------- memory and the rest


def free(p: Process) -> int:
    """Memory in use."""
    options = parse(p, "bkmgth", usage="[-bhkmgt]")
    unit = {"b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}.get(options.last_of("bkmgt"), 1)

    def cells(*kib: int) -> str:
        return "".join(f"{human(n * 1024) if 'h' in options else n * 1024 // unit:>12}" for n in kib)

    total, left, buffers, swap = MEMORY["MemTotal"], MEMORY["MemFree"], MEMORY["Buffers"], MEMORY["SwapTotal"]
    used = total - left
    p.out("\t\ttotal        used        free      shared     buffers\n")
    p.out(f"Mem:{cells(total, used, left, MEMORY['Shmem'], buffers).replace(' ', ' ', 1):>17}\n")
    p.out(f"-/+ buffers/cache:{cells(used - buffers, left + buffers)}\n")
    p.out(f"Swap:{cells(swap, swap - MEMORY['SwapFree'], MEMORY['SwapFree'])}\n")
    return 0


def vmstat(p: Process) -> int:
    """Memory, swap and processor at a glance."""
    parse(p, "n", usage="[-n] [DELAY [COUNT]]")
    p.out("procs ------------memory------------ ----swap--- -----io---- ---system-- ----cpu----\n")
    p.out(" r  b    swpd    free    buff   cache    si    so    bi    bo    in    cs us sy id wa\n")
    swapped = MEMORY["SwapTotal"] - MEMORY["SwapFree"]
    p.out(
        f" 1  0 {swapped:7d} {MEMORY['MemFree']:7d} {MEMORY['Buffers']:7d} {MEMORY['Cached']:7d}     0     0    10     4   400   900"
        "  1  1 98  0\n"
    )
    return 0


def lsof(p: Process) -> int:
    """Open files: what listens."""
    parse(p, "lt", "p", usage="[-lt] [-p PID1,PID2,...] [FILE...]")
    p.out("COMMAND     PID       USER   FD      TYPE             DEVICE  SIZE/OFF       NODE NAME\n")
    for i, name in enumerate(sorted(p.system.services)):
        p.out(f"adbd        412      shell   {i + 10}u     IPv4                0,8       0t0     {9000 + i} {name}\n")
    return 0


def dmesg(p: Process) -> int:
    """The kernel's log, which only root may read."""
    options = parse(p, "CScrtTw", "ns", usage="[-Cc] [-r|-t|-T] [-n LEVEL] [-s SIZE] [-w]")
    if p.uid:
        raise ProgramError(
            "dmesg: klogctl: Permission denied" if "C" in options or "c" in options else "dmesg: /dev/kmsg: Permission denied"
        )
    p.out(f"[    0.000000] Linux version {KERNEL_RELEASE} {KERNEL_VERSION}\n[    0.000000] Command line: console=0\n")
    p.out("[    1.204412] init: init first stage started!\n")
    return 0
