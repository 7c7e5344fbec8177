"""`du`, `df`, `mount`: how much there is and where."""

from __future__ import annotations

from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.streams import breathe
from mobilegym.emulator.phone.shell.toybox.common import at, complain, human
from mobilegym.emulator.phone.shell.toybox.files_look import mount_of
from mobilegym.emulator.phone.shell.toybox.options import Options, number, parse
from mobilegym.emulator.phone.shell.vfs import FsError
from mobilegym.emulator.phone.shell.vfs_static import MOUNTS, Mount

__all__ = ["df", "du", "mount", "space", "sync", "umount"]


def space(p: Process, mount: Mount) -> tuple[int, int]:
    """`(total, used)` of a file system in KiB, with what the phone's own files take."""
    if mount.path in ("/data", "/storage/emulated"):
        return mount.total, min(mount.total, mount.used + p.kernel.files.used_bytes() // 1024)
    return mount.total, mount.used


def df(p: Process) -> int:
    """How full the file systems are."""
    longs = {"human-readable": "h", "all": "a"}
    options = parse(p, "HPahikm", "t", longs=longs, usage="[-HPkhi] [-t type] [FILE...]")
    status, mounts = 0, list[Mount]()
    for name in options.args:
        try:
            path = at(p, name)
            p.system.files.stat(path, uid=p.uid)
            mounts.append(mount_of(p, path))
        except FsError as error:
            complain(p, name, error)
            status = 1
    if not options.args:
        mounts = [m for m in MOUNTS if m.total or "a" in options]
    if "t" in options:
        mounts = [m for m in mounts if m.kind in options.values("t")]
    if mounts or not status:
        _table(p, options, mounts)
    return status


def _table(p: Process, options: Options, mounts: list[Mount]) -> None:
    tall = "h" in options or "H" in options
    sizes = ("Size", "Used", "Avail", "Use%") if tall else ("1M-blocks" if "m" in options else "1K-blocks", "Used", "Available", "Use%")
    rows = [("Filesystem", *sizes, "Mounted on")]
    for mount in mounts:
        total, used = space(p, mount)
        free = total - used
        percent = -(-used * 100 // total) if total else 0
        shown = [human(n * 1024) if tall else str(n // 1024 if "m" in options else n) for n in (total, used, free)]
        rows.append((mount.device, *shown, f"{percent}%", mount.path))
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    for row in rows:
        p.out(f"{row[0]:<{widths[0]}} " + " ".join(f"{row[i]:>{widths[i]}}" for i in range(1, 5)) + f" {row[5]}\n")


async def du(p: Process) -> int:
    """How much folders hold, in KiB."""
    longs = {"human-readable": "h", "summarize": "s", "total": "c", "max-depth": "d", "all": "a", "bytes": "b"}
    options = parse(p, "HLPabchKkmsxl", "d", longs=longs, usage="[-d N] [-askxHLlmc] [FILE...]")
    return await _Usage(p, options).run()


class _Usage:
    def __init__(self, p: Process, options: Options) -> None:
        self._p = p
        self._options = options
        self._depth = 0 if "s" in options else number(p, options.value("d")) if "d" in options else 1_000_000
        self._status = 0

    async def run(self) -> int:
        total = 0
        for name in self._options.args or ["."]:
            try:
                path = at(self._p, name).rstrip("/") or "/"
                if name.endswith("/") or not self._options.args:
                    path = self._p.system.files.real(path)
                total += await self._walk(path, name, 0)
            except FsError as error:
                complain(self._p, name, error)
                self._status = 1
        if "c" in self._options:
            self._show(total, "total")
        return self._status

    async def _walk(self, path: str, name: str, level: int) -> int:
        await breathe()
        files, uid = self._p.system.files, self._p.uid
        found = files.stat(path, follow="L" in self._options or ("H" in self._options and level == 0), uid=uid)
        size = 0 if found.is_link else found.size if "b" in self._options else -(-found.size // 4096) * 4096
        if found.is_dir:
            try:
                inner = files.list(path, uid=uid)
            except FsError as error:
                complain(self._p, name, error)
                self._status = 1
                inner = []
            for child in inner:
                size += await self._walk(f"{path.rstrip('/')}/{child}", f"{name.rstrip('/')}/{child}", level + 1)
        if level <= self._depth and (found.is_dir or level == 0 or "a" in self._options):
            self._show(size, name)
        return size

    def _show(self, size: int, name: str) -> None:
        options = self._options
        if "h" in options:
            text = human(size)
        elif "b" in options:
            text = str(size)
        else:
            text = str(-(-size // (1024 * 1024)) if "m" in options else size // 1024)
        self._p.out(f"{text}\t{name}\n")


def mount(p: Process) -> int:
    """What is mounted. Mounting is root's business and changes nothing."""
    options = parse(p, "afnrvw", "ot", usage="[-afFrsvw] [-t TYPE] [-o OPTION,] [[DEVICE] DIR]")
    if not options.args:
        for m in MOUNTS:
            if "t" not in options or m.kind == options.value("t"):
                p.out(f"{m.device} on {m.path} type {m.kind} ({m.options})\n")
        return 0
    if p.uid:
        p.err(f"mount: '{options.args[0]}'->'{options.args[-1]}': Permission denied\n")
        return 1
    return 0


def umount(p: Process) -> int:
    """Refused to everybody but root, and without effect."""
    options = parse(p, "adflnrv", "t", usage="[-a [-t TYPE[,TYPE...]]] [-vrfD] [DIR...]")
    if p.uid:
        p.err("".join(f"umount: {name}: Permission denied\n" for name in options.args))
        return 1
    return 0


def sync(p: Process) -> int:
    """Nothing waits to be written."""
    del p
    return 0
