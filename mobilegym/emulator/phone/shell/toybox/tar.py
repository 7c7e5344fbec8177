"""`tar`."""

from __future__ import annotations

import io
import posixpath
import tarfile
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Final

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.streams import breathe
from mobilegym.emulator.phone.shell.toybox.archive import inflate
from mobilegym.emulator.phone.shell.toybox.common import at, decode, read_input, split_lines, write_file, write_out
from mobilegym.emulator.phone.shell.toybox.options import Options, parse
from mobilegym.emulator.phone.shell.vfs import FsError
from mobilegym.emulator.phone.shell.vfs_values import group_name, mode_text, user_name

__all__ = ["tar"]

_MAX_MEMBERS: Final = 50_000

_LONGS: Final = {
    "create": "c", "extract": "x", "get": "x", "list": "t", "file": "f", "directory": "C", "gzip": "z", "gunzip": "z", "verbose": "v",
    "exclude": "X", "to-stdout": "O", "no-recursion": "n", "files-from": "T", "keep-old": "k", "absolute-names": "P",
    "same-permissions": "p",
    "strip-components": "s", "overwrite": "w", "preserve-permissions": "p",
}  # fmt: skip


async def tar(p: Process) -> int:
    """Make, list and unpack archives."""
    args = p.args
    if args and not args[0].startswith("-"):
        # `tar cf A B`: the letters' values come after all of them.
        letters, rest = args[0], list(args[1:])
        taken = [part for letter in letters for part in ((f"-{letter}", rest.pop(0)) if letter in "fCTXs" and rest else (f"-{letter}",))]
        p.argv = (p.argv[0], *taken, *rest)
    options = parse(p, "cxtzvOnkPpwahjJmo", "fCTXs", longs=_LONGS, usage="[-cxt] [-fvohmjkOS] [-XTCf] [NAME...]")
    verb = options.last_of("cxt")
    if not verb:
        raise ProgramError('tar: Needs -txc (see "tar --help")')
    base = p
    if "C" in options:
        try:
            base = replace(p, cwd=p.system.files.resolve(options.value("C"), p.cwd))
            if not p.system.files.is_dir(base.cwd, uid=p.uid):
                p.system.files.list(base.cwd, uid=p.uid)
        except FsError as error:
            raise ProgramError(f"tar: chdir '{options.value('C')}': {error.text}") from error
    names = list(options.args)
    for listing in options.values("T"):
        try:
            names += split_lines(decode(await read_input(p, listing)))
        except FsError as error:
            raise ProgramError(f"tar: {listing}: {error.text}") from error
    if verb == "c":
        return await _create(p, base, options, names)
    return await _read(p, base, options, names, extract=verb == "x")


# ---------------------------------------------------------------------- making


async def _create(p: Process, base: Process, options: Options, names: list[str]) -> int:
    if not names:
        raise ProgramError("tar: empty archive")
    target = options.value("f", "-")
    packed = "z" in options or ("a" in options and target.endswith((".gz", ".tgz")))
    out, status = io.BytesIO(), 0
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT, encoding="utf-8", errors="surrogateescape") as archive:
        for name in names:
            status |= _add(base, options, archive, name)
    data = out.getvalue()
    if packed:
        import gzip

        data = gzip.compress(data, mtime=0)
    if target == "-":
        await write_out(p, data)
        return status
    try:
        write_file(p, target, data)
    except FsError as error:
        raise ProgramError(f"tar: {target}: {error.text}") from error
    return status


def _add(p: Process, options: Options, archive: tarfile.TarFile, name: str) -> int:
    if any(fnmatchcase(name, glob) or fnmatchcase(posixpath.basename(name), glob) for glob in options.values("X")):
        return 0
    files, status = p.system.files, 0
    try:
        path = at(p, name)
        found = files.stat(path, follow="h" in options, uid=p.uid)
        stored = name if "P" in options else name.lstrip("/")
        info = tarfile.TarInfo((stored.rstrip("/") or ".") + ("/" if found.is_dir else ""))
        info.mode, info.mtime, info.uid, info.gid = found.mode & 0o7777, found.mtime_ms // 1000, found.uid, found.gid
        info.uname, info.gname = user_name(found.uid), group_name(found.gid)
        data = b""
        if found.is_dir:
            info.type = tarfile.DIRTYPE
        elif found.is_link:
            info.type, info.linkname = tarfile.SYMTYPE, files.readlink(path, uid=p.uid)
        else:
            data = files.read(path, uid=p.uid)
            info.size = len(data)
        children = files.list(path, uid=p.uid) if found.is_dir and "n" not in options else []
    except FsError as error:
        p.err(f"tar: {name}: {error.text}\n")
        return 1
    if "v" in options:
        (p.err if options.value("f", "-") == "-" else p.out)(info.name + "\n")
    archive.addfile(info, io.BytesIO(data))
    for child in children:
        status |= _add(p, options, archive, f"{name.rstrip('/')}/{child}")
    return status


# ---------------------------------------------------------------------- reading


async def _read(p: Process, base: Process, options: Options, names: list[str], *, extract: bool) -> int:
    source = options.value("f", "-")
    try:
        data = await read_input(p, source)
    except FsError as error:
        raise ProgramError(f"tar: {source}: {error.text}") from error
    try:
        if data[:2] == b"\x1f\x8b":
            data = await inflate(data)
        archive = tarfile.open(fileobj=io.BytesIO(data), mode="r:", encoding="utf-8", errors="surrogateescape")  # noqa: SIM115 - in memory
        members: list[tarfile.TarInfo] = []
        while (found := archive.next()) is not None:
            members.append(found)
            if len(members) > _MAX_MEMBERS:
                raise ValueError("too many files")
            await breathe()
    except ValueError as error:
        raise ProgramError(f"tar: {source}: {error}") from error
    except tarfile.TarError as error:
        if not data.strip(b"\0"):
            return 0
        raise ProgramError("tar: bad header") from error
    wanted, seen, status = [name.rstrip("/") for name in names], set[str](), 0
    for member in members:
        await breathe()
        name = member.name.rstrip("/")
        match = next((w for w in wanted if name == w or name.startswith(w + "/") or fnmatchcase(name, w)), None)
        if wanted and match is None or any(fnmatchcase(name, g) or fnmatchcase(posixpath.basename(name), g) for g in options.values("X")):
            continue
        seen.add(match or "")
        if not extract:
            p.out(_listed(p, member) if "v" in options else member.name + ("/" if member.isdir() else "") + "\n")
            continue
        content = archive.extractfile(member) if member.isfile() else None
        status |= _extract(base, options, member, content.read() if content is not None else b"")
    missing = [w for w in wanted if w not in seen]
    for name in missing:
        p.err(f"tar: '{name}' not in archive\n")
    return status | int(bool(missing))


def _listed(p: Process, member: tarfile.TarInfo) -> str:
    kind = 0o040000 if member.isdir() else 0o120000 if member.issym() else 0o100000
    when = p.kernel.clock.local(int(member.mtime) * 1000)
    link = f" -> {member.linkname}" if member.issym() else ""
    owner = f"{member.uname or member.uid}/{member.gname or member.gid}"
    slash = "/" if member.isdir() else ""
    return f"{mode_text(kind | member.mode)} {owner} {member.size:>9} {when:%Y-%m-%d %H:%M} {member.name}{slash}{link}\n"


def _extract(p: Process, options: Options, member: tarfile.TarInfo, data: bytes) -> int:
    files, name = p.system.files, member.name
    if "s" in options:
        parts = name.split("/")[int(options.value("s") or 0) :]
        if not any(parts):
            return 0
        name = "/".join(parts)
    if "P" not in options:
        name = name.lstrip("/")
        if ".." in name.split("/"):
            p.err(f"tar: {name}: path contains '..'\n")
            return 1
    if "v" in options:
        (p.err if "O" in options else p.out)(member.name + ("/" if member.isdir() else "") + "\n")
    try:
        if "O" in options:
            p.stdout.write(data)
            return 0
        path = at(p, name).rstrip("/") or "/"
        if member.isdir():
            files.mkdir(path, parents=True, uid=p.uid)
            return 0
        if not (member.isfile() or member.issym()):
            return 0
        if member.issym() or member.islnk():
            p.err(f"tar: can't link '{name}' -> '{member.linkname}': Operation not permitted\n")
            return 1
        if "k" in options and files.exists(path):
            return 0
        files.mkdir(posixpath.dirname(path), parents=True, uid=p.uid)
        files.write(path, data, mode=member.mode & 0o777, mtime_ms=None if "m" in options else int(member.mtime * 1000), uid=p.uid)
    except FsError as error:
        p.err(f"tar: can't open '{name}': {error.text}\n")
        return 1
    return 0
