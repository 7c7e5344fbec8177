"""`cp`, `mv`, `rm`, `ln`: files and folders go and come."""

from __future__ import annotations

import errno
import posixpath

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.streams import breathe
from mobilegym.emulator.phone.shell.toybox.common import at
from mobilegym.emulator.phone.shell.toybox.options import Options, parse, usage_error
from mobilegym.emulator.phone.shell.vfs import FsError

__all__ = ["cp", "install", "ln", "mv", "rm", "rmdir", "unlink"]


def cp(p: Process) -> int:
    """Copy files and folders."""
    longs = {"archive": "a", "recursive": "r", "force": "f", "no-clobber": "n", "verbose": "v", "preserve": "p", "update": "u"}
    options = parse(p, "adDFfHiLlnPpRrsTuv", "t", longs=longs, usage="[-aDdFfHiLlnPpRrsTuv] [-t TARGET] SOURCE... [DEST]")
    return _Transfer(p, options, moving=False).run()


def mv(p: Process) -> int:
    """Move or rename files and folders."""
    longs = {"force": "f", "no-clobber": "n", "verbose": "v", "no-target-directory": "T"}
    options = parse(p, "finvTx", "t", longs=longs, usage="[-finTv] [-t TARGET] SOURCE... [DEST]")
    return _Transfer(p, options, moving=True).run()


def install(p: Process) -> int:
    """Copy files and set their permissions."""
    options = parse(p, "dDpsv", "gmotT", usage="[-dDpsv] [-o USER] [-g GROUP] [-m MODE] [-t TARGET] [SOURCE...] [DEST]")
    if "d" in options:
        for name in options.args:
            p.system.files.mkdir(at(p, name), parents=True, uid=p.uid)
        return 0
    return _Transfer(p, options, moving=False).run()


class _Transfer:
    def __init__(self, p: Process, options: Options, *, moving: bool) -> None:
        self._p = p
        self._options = options
        self._moving = moving
        self._status = 0

    def run(self) -> int:
        options = self._options
        names = list(options.args)
        if "t" in options:
            dest = options.value("t")
        elif len(names) < 2:
            raise usage_error(self._p, "Need 2 arguments")
        else:
            dest = names.pop()
        into = "T" not in options and self._p.system.files.is_dir(self._at(dest), uid=self._p.uid)
        if not into and (len(names) > 1 or "t" in options):
            raise ProgramError(f"{self._p.argv[0]}: '{dest}' not directory")
        for name in names:
            target = f"{dest.rstrip('/')}/{posixpath.basename(name.rstrip('/'))}" if into else dest
            if posixpath.basename(name.rstrip("/")) in (".", "..") and into:
                target = dest
            self._one(name, target)
        return self._status

    def _at(self, name: str) -> str:
        try:
            return at(self._p, name)
        except FsError as error:
            raise ProgramError(f"{self._p.argv[0]}: bad '{name}': {error.text}") from error

    def _fail(self, text: str) -> None:
        self._p.err(f"{self._p.argv[0]}: {text}\n")
        self._status = 1

    def _one(self, name: str, target: str) -> None:
        files, uid = self._p.system.files, self._p.uid
        try:
            source = self._at(name).rstrip("/") or "/"
            found = files.stat(source, follow=not self._moving, uid=uid)
        except FsError as error:
            return self._fail(f"bad '{name}': {error.text}")
        there = self._at(target)
        if files.exists(there, uid=uid):
            if "n" in self._options:
                return None
            if files.real(there) == files.real(source, follow=not self._moving):
                return self._fail(f"'{name}' is '{target}'")
        if self._moving:
            return self._move(name, target, source, there.rstrip("/"))
        if found.is_dir and not any(letter in self._options for letter in "rRa"):
            return self._fail(f"Skipped dir '{name}'")
        return self._copy(name, target, source, there.rstrip("/"))

    def _move(self, name: str, target: str, source: str, there: str) -> None:
        try:
            self._p.system.files.rename(source, there, uid=self._p.uid)
        except FsError as error:
            return self._fail(f"bad '{name if error.path == source else target}': {error.text}")
        if "v" in self._options:
            self._p.out(f"{self._p.argv[0]} '{name}' -> '{target}'\n")
        return None

    def _copy(self, name: str, target: str, source: str, there: str) -> None:
        files, uid = self._p.system.files, self._p.uid
        if "v" in self._options:
            self._p.out(f"{self._p.argv[0]} '{name}' -> '{target}'\n")
        try:
            found = files.stat(source, uid=uid)
        except FsError as error:
            return self._fail(f"bad '{name}': {error.text}")
        if found.is_dir:
            return self._copy_folder(name, target, source, there)
        keep = "p" in self._options or "a" in self._options
        try:
            old = files.exists(there, uid=uid)
            data = files.read(source, uid=uid)
            if "u" in self._options and old and files.stat(there, uid=uid).mtime_ms >= found.mtime_ms:
                return None
            mode = int(self._options.value("m"), 8) if "m" in self._options else found.mode & 0o777 if keep or not old else None
            files.write(there, data, mode=mode, mtime_ms=found.mtime_ms if keep else None, uid=uid)
        except FsError as error:
            return self._fail(f"'{name if error.path == source else target}': {error.text}")
        return None

    def _copy_folder(self, name: str, target: str, source: str, there: str) -> None:
        files, uid = self._p.system.files, self._p.uid
        if (files.real(there) + "/").startswith(files.real(source) + "/"):
            return self._fail(f"'{name}' is parent of '{target}'")
        try:
            if not files.is_dir(there, uid=uid):
                files.mkdir(there, uid=uid)
            inner = files.list(source, uid=uid)
        except FsError as error:
            return self._fail(f"'{name if error.path == source else target}': {error.text}")
        for child in inner:
            self._copy(f"{name.rstrip('/')}/{child}", f"{target}/{child}", f"{source}/{child}", f"{there}/{child}")
        return None


async def rm(p: Process) -> int:
    """Delete files and, with `-r`, folders."""
    longs = {"force": "f", "recursive": "r", "verbose": "v", "preserve-root": "x", "no-preserve-root": "x"}
    options = parse(p, "firRvdx", longs=longs, usage="[-fiRrv] FILE...")
    if not options.args and "f" not in options:
        raise usage_error(p, "Needs 1 argument")
    recursive, force, status = "r" in options or "R" in options, "f" in options, 0
    for name in options.args:
        if posixpath.basename(name.rstrip("/")) == ".." or name == "/":
            p.err("rm: rm /. if you mean it\n" if name == "/" else f"rm: bad path {name}\n")
            status = 1
            continue
        try:
            path = at(p, name)
            found = p.system.files.stat(path.rstrip("/") or "/", follow=False, uid=p.uid)
        except FsError as error:
            if not (force and error.errno == errno.ENOENT):
                p.err(f"rm: {name}: {error.text}\n")
                status = 1
            continue
        if found.is_dir and not recursive:
            p.err(f"rm: {name}: Is a directory\n")
            status = 1
            continue
        status |= await _remove(p, path.rstrip("/") or "/", name, verbose="v" in options)
    return status


async def _remove(p: Process, path: str, name: str, *, verbose: bool) -> int:
    """Delete a tree and go on after what cannot be deleted."""
    files, status = p.system.files, 0
    # What is yet to be deleted, last first; whether a folder was looked into; the status when it was.
    left: list[tuple[str, str, int | None]] = [(path, name, None)]
    while left:
        await breathe()
        path, name, before = left.pop()
        # What could not be deleted inside was told already.
        told = before is not None and status > before
        try:
            if before is None and files.stat(path, follow=False, uid=p.uid).is_dir:
                inner = files.list(path, uid=p.uid)
                left.append((path, name, status))
                left += [(f"{path.rstrip('/')}/{child}", f"{name.rstrip('/')}/{child}", None) for child in reversed(inner)]
                continue
            if before is None:
                files.remove(path, uid=p.uid)
            else:
                files.rmdir(path, uid=p.uid)
        except FsError as error:
            full = error.errno == errno.ENOTEMPTY
            if not full or not (told or p.uid == 0):
                p.err(f"rm: {name}: {error.text}\n")
            status += not (full and p.uid == 0 and not told)
            continue
        if verbose:
            p.out(f"rm '{name}'\n")
    return int(bool(status))


def unlink(p: Process) -> int:
    """Delete one file."""
    options = parse(p, least=1, most=1, usage="FILE")
    try:
        p.system.files.remove(at(p, options.args[0]), uid=p.uid)
    except FsError as error:
        raise ProgramError(f"unlink: Couldn't unlink '{options.args[0]}': {error.text}") from error
    return 0


def rmdir(p: Process) -> int:
    """Delete empty folders."""
    options = parse(p, "pv", longs={"ignore-fail-on-non-empty": "v", "parents": "p"}, least=1, usage="[-p] [DIR...]")
    status = 0
    for name in options.args:
        while name:
            try:
                p.system.files.rmdir(at(p, name).rstrip("/") or "/", uid=p.uid)
            except FsError as error:
                p.err(f"rmdir: {name}: {error.text}\n")
                status = 1
                break
            name = posixpath.dirname(name.rstrip("/")) if "p" in options else ""
            if name == "/":
                break
    return status


def ln(p: Process) -> int:
    """Links: the phone's file systems have none, so every one is refused as shared storage refuses it."""
    options = parse(p, "sfnrTvi", "t", longs={"symbolic": "s", "force": "f"}, least=1, usage="[-sfnv] [-t DIR] [FROM...] TO")
    names = options.args if len(options.args) == 1 else options.args[:-1]
    dest = posixpath.basename(names[0].rstrip("/")) if len(options.args) == 1 else options.args[-1]
    kind = "symbolic" if "s" in options else "hard"
    for name in names:
        try:
            path = at(p, dest)
            if "s" not in options:
                p.system.files.stat(at(p, name), uid=p.uid)
            if p.system.files.exists(path, uid=p.uid) and not p.system.files.is_dir(path, uid=p.uid) and "f" not in options:
                raise FsError(errno.EEXIST, path)
        except FsError as error:
            p.err(f"ln: cannot create {kind} link from '{name}' to '{dest}': {error.text}\n")
            continue
        p.err(f"ln: cannot create {kind} link from '{name}' to '{dest}': Operation not permitted\n")
    return 1
