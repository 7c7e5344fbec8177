"""`stat`, `file`, `readlink`, `realpath`, `basename`, `dirname`, `which`: what is known about files by their names."""

from __future__ import annotations

import posixpath
import re
import stat as modes
from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.toybox.common import at, complain
from mobilegym.emulator.phone.shell.toybox.files_list import context_of
from mobilegym.emulator.phone.shell.toybox.options import parse
from mobilegym.emulator.phone.shell.vfs import FsError, Stat
from mobilegym.emulator.phone.shell.vfs_static import MOUNTS, Mount
from mobilegym.emulator.phone.shell.vfs_values import group_name, mode_text, user_name

__all__ = ["basename", "dirname", "file", "kind_of", "mount_of", "readlink", "realpath", "stamp", "stat", "which"]

_DEVICES: Final = {"/": 0xFD05, "/data": 0xFD06, "/storage/emulated": 0x2F}
_DEFAULT: Final = (
    "  File: %N\n  Size: %s\t Blocks: %b\t IO Blocks: %o\t%F\nDevice: %Dh/%dd\t Inode: %i\t Links: %h\tDevice type: %t,%T\n"
    "Access: (0%a/%A)\tUid: (%5u/%8U)\tGid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z"
)


def mount_of(p: Process, path: str) -> Mount:
    """The file system that a path lies in."""
    real = p.system.files.real(path)
    found = MOUNTS[0]
    for mount in MOUNTS:
        if (real == mount.path or real.startswith(mount.path.rstrip("/") + "/")) and len(mount.path) >= len(found.path):
            found = mount
    return found


def stamp(p: Process, ms: int) -> str:
    """`2024-01-01 00:00:00.000000000 +0000`."""
    when = p.kernel.clock.local(ms)
    return f"{when:%Y-%m-%d %H:%M:%S}.{ms % 1000:03d}000000 {when:%z}"


def kind_of(found: Stat) -> str:
    """`regular file`, as `stat` calls it."""
    if found.is_dir:
        return "directory"
    if found.is_link:
        return "symbolic link"
    if modes.S_ISCHR(found.mode):
        return "character device"
    return "regular file" if found.size else "regular empty file"


def stat(p: Process) -> int:
    """What is known about files."""
    longs = {"format": "c", "dereference": "L", "terse": "t", "file-system": "f"}
    options = parse(p, "Lft", "c", longs=longs, least=1, usage="[-tfL] [-c FORMAT] FILE...")
    status = 0
    for name in options.args:
        try:
            path = at(p, name)
            found = p.system.files.stat(path, follow="L" in options, uid=p.uid)
            if "f" in options:
                p.out(_file_system(p, name, path, options.value("c")))
                continue
            form = "%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %o" if "t" in options else _DEFAULT
            p.out(_formatted(p, options.value("c", form), name, path, found) + "\n")
        except FsError as error:
            complain(p, name, error)
            status = 1
    return status


def _formatted(p: Process, form: str, name: str, path: str, found: Stat) -> str:
    def field(match: re.Match[str]) -> str:
        value = _field(p, match[2], name, path, found)
        if value is None:
            return match[0]
        flags = match[1]
        width = int(flags.lstrip("-0") or 0)
        if flags.startswith("-"):
            return value.ljust(width)
        return value.zfill(width) if flags.startswith("0") else value.rjust(width)

    return re.sub(r"%([-0]?\d*)([a-zA-Z%])", field, form)


def _field(p: Process, letter: str, name: str, path: str, found: Stat) -> str | None:
    device = _DEVICES.get(mount_of(p, path).path, 0x1A)
    match letter:
        case "a":
            return f"{modes.S_IMODE(found.mode):o}"
        case "A":
            return mode_text(found.mode)
        case "f":
            return f"{found.mode:x}"
        case "N":
            return f"{name} -> {p.system.files.readlink(path)}" if found.is_link else name
        case "m":
            return mount_of(p, path).path
        case "x" | "y" | "z":
            return stamp(p, found.mtime_ms)
        case "C":
            return context_of(path, found)
        case _:
            simple = {
                "b": -(-found.size // 512), "B": 512, "o": 512, "d": device, "D": f"{device:x}", "F": kind_of(found), "g": found.gid,
                "G": group_name(found.gid), "h": found.nlink, "i": found.inode, "n": name, "s": found.size, "t": 0, "T": 0, "u": found.uid,
                "U": user_name(found.uid), "X": found.mtime_ms // 1000, "Y": found.mtime_ms // 1000, "Z": found.mtime_ms // 1000,
                "w": "-", "W": "0", "%": "%",
            }  # fmt: skip
            value = simple.get(letter)
            return None if value is None else str(value)


def _file_system(p: Process, name: str, path: str, form: str) -> str:
    mount = mount_of(p, path)
    used = mount.used + (p.kernel.files.used_bytes() // 1024 if mount.path in ("/data", "/storage/emulated") else 0)
    free = max(0, mount.total - used) // 4
    values = {
        "a": free, "b": mount.total // 4, "c": 400_000, "d": 390_000, "f": free, "i": "fd06000000000000", "l": 255, "n": name, "s": 4096,
        "S": 4096, "t": "ef53", "T": mount.kind,
    }  # fmt: skip
    if form:
        return re.sub(r"%([a-zA-Z])", lambda m: str(values.get(m[1], m[0])), form) + "\n"
    return (
        f'  File: "{name}"\n    ID: {values["i"]} Namelen: 255    Type: {mount.kind}\nBlock Size: 4096    Fundamental block size: 4096\n'
        f"Blocks: Total: {values['b']}\tFree: {free}\tAvailable: {free}\nInodes: Total: 400000\tFree: 390000\n"
    )


# ---------------------------------------------------------------------- names


def readlink(p: Process) -> int:
    """Where links lead."""
    longs = {"canonicalize": "f", "no-newline": "n", "quiet": "q"}
    options = parse(p, "efmnqz", longs=longs, least=1, usage="[-efmnqz] FILE...")
    files, status = p.system.files, 0
    for name in options.args:
        try:
            path = at(p, name)
            if any(letter in options for letter in "efm"):
                if "m" not in options:
                    files.stat(path if "e" in options else posixpath.dirname(files.real(path)), uid=p.uid)
                text = files.real(path)
            else:
                text = files.readlink(path, uid=p.uid)
        except FsError:
            status = 1
            continue
        p.out(text + ("" if "n" in options else "\0" if "z" in options else "\n"))
    return status


def realpath(p: Process) -> int:
    """Paths with every link followed."""
    options = parse(p, "LPemqsz", "R", longs={"relative-base": "R"}, least=1, usage="[-LPemqsz] FILE...")
    files, status = p.system.files, 0
    for name in options.args:
        try:
            path = at(p, name)
            if "m" not in options:
                files.stat(path if "e" in options else posixpath.dirname(files.real(path)), uid=p.uid)
            text = path if "s" in options or "L" in options else files.real(path)
        except FsError as error:
            if "q" not in options:
                complain(p, name, error)
            status = 1
            continue
        p.out(text + ("\0" if "z" in options else "\n"))
    return status


def basename(p: Process) -> int:
    """The last part of paths."""
    options = parse(p, "az", "s", longs={"multiple": "a", "suffix": "s"}, least=1, usage="[-a] [-s SUFFIX] NAME... | NAME [SUFFIX]")
    several = "a" in options or "s" in options
    if not several and len(options.args) > 2:
        raise ProgramError('basename: Max 2 arguments (see "basename --help")')
    suffix = options.value("s") or (options.args[1] if not several and len(options.args) == 2 else "")
    for name in options.args if several else options.args[:1]:
        text = posixpath.basename(name.rstrip("/")) or ("/" if name else "")
        if suffix and text.endswith(suffix) and text != suffix:
            text = text[: -len(suffix)]
        p.out(text + "\n")
    return 0


def dirname(p: Process) -> int:
    """Everything but the last part of paths."""
    for name in parse(p, "z", least=1, usage="PATH...").args:
        stripped = name.rstrip("/")
        text = posixpath.dirname(stripped) if stripped else "/" if name else "."
        p.out((text.rstrip("/") or ("/" if text else ".")) + "\n")
    return 0


def which(p: Process) -> int:
    """Where programs lie."""
    options = parse(p, "a", least=1, usage="[-a] NAME...")
    files, status = p.system.files, 0
    for name in options.args:
        found = False
        folders = [""] if "/" in name else p.env.get("PATH", "/system/bin").split(":")
        for folder in folders:
            path = posixpath.join(folder, name)
            try:
                where = at(p, path)
                good = files.stat(where).is_file and files.may(where, 1, uid=p.uid)
            except FsError:
                continue
            if good:
                p.out(path + "\n")
                found = True
                if "a" not in options:
                    break
        status |= not found
    return int(status)


# ---------------------------------------------------------------------- file

_MAGIC: Final = (
    (b"\x7fELF", "ELF executable, 64-bit LSB x86-64"), (b"\x89PNG\r\n", "PNG image data"), (b"\xff\xd8\xff", "JPEG image data"),
    (b"GIF8", "GIF image data"), (b"PK\x03\x04", "Zip archive data, requires at least v2.0 to extract"), (b"\x1f\x8b",
    "gzip compressed data"),
    (b"SQLite format 3\0", "SQLite 3.x database"), (b"%PDF-", "PDF document"), (b"dex\n035", "Android dex file, version 035"),
    (b"ID3", "MP3 audio"), (b"OggS", "Ogg data"), (b"BZh", "bzip2 compressed data"), (b"RIFF", "RIFF data"), (b"BM", "BMP image"),
)  # fmt: skip


def file(p: Process) -> int:
    """Say what files hold."""
    options = parse(p, "bhLs", longs={"brief": "b"}, least=1, usage="[-bhLs] [FILE...]")
    width = max(len(name) for name in options.args) + 1
    for name in options.args:
        try:
            path = at(p, name)
            found = p.system.files.stat(path, follow="L" in options, uid=p.uid)
            if found.is_dir or found.is_link or modes.S_ISCHR(found.mode):
                kind = kind_of(found) + (f" to {p.system.files.readlink(path)}" if found.is_link else "")
            else:
                kind = _content_kind(p.system.files.read(path, uid=p.uid))
        except FsError as error:
            kind = f"cannot open: {error.text}"
        p.out(("" if "b" in options else f"{name + ':':<{width}} ") + kind + "\n")
    return 0


def _content_kind(data: bytes) -> str:
    if not data:
        return "empty"
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            if kind.startswith("PNG") and len(data) >= 24:
                return (
                    f"{kind}, {int.from_bytes(data[16:20], 'big')} x {int.from_bytes(data[20:24], 'big')}, 8-bit/color RGBA, non-interlaced"
                )
            return kind
    if data[4:8] == b"ftyp":
        return "ISO Media, MP4"
    if data.startswith(b"#!"):
        line = data[2:].split(b"\n", 1)[0].decode("utf-8", "replace").strip()
        return f"{line} script"
    if b"\0" in data[:4096]:
        return "data"
    try:
        data.decode("ascii")
    except UnicodeDecodeError:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return "data"
        return "UTF-8 text"
    return "ASCII text"
