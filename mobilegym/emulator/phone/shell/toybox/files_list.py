"""`ls`."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from typing import Final

from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.toybox.common import at, complain, human
from mobilegym.emulator.phone.shell.toybox.options import Options, parse
from mobilegym.emulator.phone.shell.vfs import FsError, Stat
from mobilegym.emulator.phone.shell.vfs_values import group_name, mode_text, user_name

__all__ = ["context_of", "ls"]

_USAGE: Final = "[-1ACFHLNRSUXZabcdfghilmnopqrstuwx] [--color[=auto]] [FILE...]"
_BOOL: Final = "1ACFHLNRSUXZabcdfghilmnopqrstux"


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    path: str
    stat: Stat
    target: str = ""


def ls(p: Process) -> int:
    """List folders and files."""
    options = parse(p, _BOOL, "w", "KT", longs={"color": "K", "full-time": "T", "show-control-chars": "N"}, usage=_USAGE)
    listing = _Listing(p, options)
    return listing.run(options.args or ["."])


class _Listing:
    def __init__(self, p: Process, options: Options) -> None:
        self._p = p
        self._options = options
        self._status = 0
        self._printed = False

    def run(self, names: list[str]) -> int:
        files: list[_Entry] = []
        folders: list[_Entry] = []
        follow = not any(letter in self._options for letter in "ldFZn") or "L" in self._options or "H" in self._options
        for name in names:
            entry = self._entry(name, name, follow=follow)
            if entry is not None:
                (folders if entry.stat.is_dir and "d" not in self._options else files).append(entry)
        if files:
            self._show(self._sorted(files), total=False)
            self._printed = True
        for folder in self._sorted(folders):
            self._folder(folder, titled=len(names) > 1 or "R" in self._options)
        return self._status

    def _entry(self, name: str, given: str, *, follow: bool) -> _Entry | None:
        files, uid = self._p.system.files, self._p.uid
        try:
            path = at(self._p, given)
            found = files.stat(path, follow=False, uid=uid)
            target = ""
            if found.is_link:
                if follow and files.exists(path, uid=uid):
                    found = files.stat(path, uid=uid)
                else:
                    target = files.readlink(path, uid=uid)
            return _Entry(name, path, found, target)
        except FsError as error:
            complain(self._p, given, error)
            self._status = 1
            return None

    def _folder(self, folder: _Entry, *, titled: bool) -> None:
        try:
            names = self._p.system.files.list(folder.path, uid=self._p.uid)
        except FsError as error:
            complain(self._p, folder.name, error)
            self._status = 1
            return
        if titled:
            self._p.out(("\n" if self._printed else "") + f"{folder.name}:\n")
        self._printed = True
        every = "a" in self._options or "f" in self._options
        shown = [name for name in names if every or "A" in self._options or not name.startswith(".")]
        base = folder.path.rstrip("/")
        found = [self._entry(name, f"{base}/{name}", follow="L" in self._options) for name in shown]
        entries = [entry for entry in found if entry is not None]
        dots: list[_Entry] = []
        if every:
            dots = [e for e in (self._entry(".", folder.path, follow=True), self._entry("..", f"{base}/..", follow=True)) if e is not None]
        self._show([*dots, *self._sorted(entries)] if "r" not in self._options else [*self._sorted(entries), *reversed(dots)], total=True)
        if "R" in self._options:
            for entry in self._sorted(entries):
                if entry.stat.is_dir:
                    inner = f"{folder.name.rstrip('/')}/{entry.name}" if folder.name != "/" else f"/{entry.name}"
                    self._folder(_Entry(inner, entry.path, entry.stat), titled=True)

    def _sorted(self, entries: list[_Entry]) -> list[_Entry]:
        options = self._options
        if "U" in options or "f" in options:
            return entries
        ordered = sorted(entries, key=lambda e: e.name.encode("utf-8", "surrogateescape"))
        if "S" in options:
            ordered.sort(key=lambda e: -e.stat.size)
        elif "t" in options or "c" in options or "u" in options:
            ordered.sort(key=lambda e: -e.stat.mtime_ms)
        elif "X" in options:
            ordered.sort(key=lambda e: e.name.rpartition(".")[2] if "." in e.name else "")
        return ordered[::-1] if "r" in options else ordered

    # ------------------------------------------------------------------ rows

    def _show(self, entries: list[_Entry], *, total: bool) -> None:
        options = self._options
        if any(letter in options for letter in "lgnoT"):
            if total:
                self._p.out(f"total {human(self._blocks(entries) * 1024) if 'h' in options else self._blocks(entries)}\n")
            self._long(entries)
            return
        cells = [self._short(e) for e in entries]
        if "m" in options:
            self._p.out(", ".join(cells) + ("\n" if cells else ""))
        elif ("C" in options or "x" in options or self._p.tty is not None) and "1" not in options:
            self._columns(cells)
        else:
            self._p.out("".join(f"{cell}\n" for cell in cells))

    def _short(self, e: _Entry) -> str:
        options = self._options
        text = f"{e.stat.inode} " if "i" in options else ""
        text += f"{_blocks(e.stat)} " if "s" in options else ""
        text += f"{context_of(e.path, e.stat)} " if "Z" in options else ""
        return text + self._name(e)

    def _name(self, e: _Entry) -> str:
        name = e.name
        if "b" in self._options:
            name = name.replace("\\", "\\\\").replace("\n", "\\n").replace(" ", "\\ ").replace("\t", "\\t")
        elif "q" in self._options or (self._p.tty is not None and "N" not in self._options):
            name = "".join(c if c.isprintable() else "?" for c in name)
        if "F" in self._options or "p" in self._options:
            if e.stat.is_dir:
                return name + "/"
            if "F" in self._options:
                return name + ("@" if e.stat.is_link else "*" if e.stat.is_file and e.stat.mode & 0o111 else "")
        return name

    def _long(self, entries: list[_Entry]) -> None:
        options, rows = self._options, [self._row(e) for e in entries]
        widths = [max((len(row[i]) for row in rows), default=0) for i in range(5)]
        for e, row in zip(entries, rows, strict=True):
            inode = f"{e.stat.inode:>7} " if "i" in options else ""
            blocks = f"{_blocks(e.stat):>4} " if "s" in options else ""
            owner = "" if "g" in options else f" {row[2]:<{widths[2]}}"
            group = "" if "o" in options else f" {row[3]:<{widths[3]}}"
            context = f" {context_of(e.path, e.stat):<30}" if "Z" in options else ""
            target = f" -> {e.target}" if e.target else ""
            row_text = f"{row[0]} {row[1]:>{widths[1]}}{owner}{group}{context} {row[4]:>{widths[4]}} {self._time(e.stat)} {self._name(e)}"
            self._p.out(f"{inode}{blocks}{row_text}{target}\n")

    def _row(self, e: _Entry) -> tuple[str, str, str, str, str]:
        found = e.stat
        owner = str(found.uid) if "n" in self._options else user_name(found.uid)
        group = str(found.gid) if "n" in self._options else group_name(found.gid)
        size = human(found.size) if "h" in self._options else str(found.size)
        if stat.S_ISCHR(found.mode):
            size = "1,   3"
        return mode_text(found.mode), str(found.nlink), owner, group, size

    def _time(self, found: Stat) -> str:
        when = self._p.kernel.clock.local(found.mtime_ms)
        if len(self._options.values("l")) > 1 or "T" in self._options:
            return f"{when:%Y-%m-%d %H:%M:%S}.{found.mtime_ms % 1000:03d}000000 {when:%z}"
        return f"{when:%Y-%m-%d %H:%M}"

    def _blocks(self, entries: list[_Entry]) -> int:
        return sum(_blocks(e.stat) for e in entries)

    def _columns(self, cells: list[str]) -> None:
        width = self._p.tty.columns if self._p.tty is not None else 80
        longest = max((len(c) for c in cells), default=0) + 2
        per_row = max(1, width // longest)
        height = -(-len(cells) // per_row)
        for row in range(height):
            picked = cells[row::height] if "x" not in self._options else cells[row * per_row : (row + 1) * per_row]
            self._p.out("".join(c.ljust(longest) for c in picked).rstrip() + "\n")


def _blocks(found: Stat) -> int:
    return -(-found.size // 4096) * 4 if found.is_file or found.is_dir else 0


def context_of(path: str, found: Stat) -> str:
    """The SELinux context of a file, as near as its place tells."""
    kinds = (
        ("/storage/", "fuse"), ("/sdcard", "fuse"), ("/data/local/tmp", "shell_data_file"), ("/data/app", "apk_data_file"),
        ("/data/data/", "app_data_file"), ("/data", "system_data_file"), ("/proc", "proc"), ("/dev", "device"), ("/sys", "sysfs"),
        ("/vendor", "vendor_file"), ("/system", "system_file"),
    )  # fmt: skip
    if found.is_link and path == "/sdcard":
        return "u:object_r:rootfs:s0"
    return f"u:object_r:{next((kind for start, kind in kinds if path.startswith(start)), 'rootfs')}:s0"
