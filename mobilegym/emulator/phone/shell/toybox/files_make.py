"""`mkdir`, `touch`, `chmod`, `chown`, `truncate`, `mktemp`: what changes about a file beside its content."""

from __future__ import annotations

import errno
import posixpath
import re
from collections.abc import Iterator
from datetime import datetime

from mobilegym.emulator.phone.kernel.clock import epoch_ms
from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.streams import breathe
from mobilegym.emulator.phone.shell.toybox.common import at
from mobilegym.emulator.phone.shell.toybox.options import count, parse
from mobilegym.emulator.phone.shell.vfs import FsError
from mobilegym.emulator.phone.shell.vfs_values import uid_of

__all__ = ["chcon", "chmod", "chown", "file_time", "mkdir", "mktemp", "new_mode", "restorecon", "touch", "truncate"]


async def mkdir(p: Process) -> int:
    """Make folders."""
    options = parse(p, "pv", "mZ", longs={"parents": "p", "mode": "m", "verbose": "v"}, least=1, usage="[-vp] [-m MODE] [DIR...]")
    files, status = p.system.files, 0
    for name in options.args:
        try:
            path = at(p, name).rstrip("/") or "/"
            existed = files.exists(path, uid=p.uid)
            if "p" in options and existed and not files.is_dir(path, uid=p.uid):
                raise FsError(errno.EEXIST, path)
            if "p" in options:
                await _mkdir_above(p, path)
            files.mkdir(path, parents="p" in options, uid=p.uid)
            if "m" in options:
                files.chmod(path, new_mode(p, options.value("m"), 0o777, is_dir=True), uid=p.uid)
        except FsError as error:
            p.err(f"mkdir: '{name}': {error.text}\n")
            status = 1
            continue
        if "v" in options and not existed:
            p.out(f"mkdir: created directory '{name}'\n")
    return status


async def _mkdir_above(p: Process, path: str) -> None:
    """Make the missing folders above one, from the top: there can be thousands."""
    files, missing = p.system.files, list[str]()
    above = posixpath.dirname(path)
    while not files.exists(above, uid=p.uid) and above != "/":
        missing.append(above)
        above = posixpath.dirname(above)
        await breathe()
    for folder in reversed(missing):
        files.mkdir(folder, parents=True, uid=p.uid)
        await breathe()


async def touch(p: Process) -> int:
    """Set times, making what is missing."""
    longs = {"no-create": "c", "date": "d", "reference": "r", "time": "x"}
    options = parse(p, "acfhmo", "drtx", longs=longs, least=1, usage="[-amch] [-d DATE] [-t TIME] [-r FILE] FILE...")
    files, status = p.system.files, 0
    when = None
    if "d" in options or "t" in options:
        when = file_time(p, options.value("d") or options.value("t"), stamp="t" in options)
    if "r" in options:
        try:
            when = files.stat(at(p, options.value("r")), uid=p.uid).mtime_ms
        except FsError as error:
            raise ProgramError(f"touch: {options.value('r')}: {error.text}") from error
    for name in options.args:
        await breathe()
        try:
            path = at(p, name)
            if "c" in options and not files.exists(path, uid=p.uid):
                continue
            files.touch(path, when, uid=p.uid)
        except FsError as error:
            p.err(f"touch: '{name}': {error.text}\n")
            status = 1
    return status


def file_time(p: Process, text: str, *, stamp: bool) -> int:
    """Epoch ms of a time as `touch -d` or, with `stamp`, `touch -t [[CC]YY]MMDDhhmm[.ss]` takes it.

    Raises:
        ProgramError: It is none.
    """
    clock = p.kernel.clock
    try:
        if stamp:
            digits, _, seconds = text.partition(".")
            if len(digits) not in (8, 10, 12) or not digits.isdigit():
                raise ValueError
            year = str(clock.now().year) if len(digits) == 8 else ("" if len(digits) == 12 else "19" if digits[:2] >= "69" else "20")
            return epoch_ms(datetime.strptime(year + digits + (seconds or "00"), "%Y%m%d%H%M%S").replace(tzinfo=clock.zone))
        if text.startswith("@"):
            return int(float(text[1:]) * 1000)
        when = datetime.fromisoformat(text.strip().removesuffix("Z") + ("+00:00" if text.strip().endswith("Z") else ""))
        return epoch_ms(when if when.tzinfo is not None else when.replace(tzinfo=clock.zone))
    except (ValueError, OverflowError):
        raise ProgramError(f"{p.argv[0]}: bad date '{text}'") from None


def chmod(p: Process) -> int:
    """Set permissions."""
    text = next((arg for arg in p.args if re.fullmatch(r"-[rwxXst,ugo+=-]+", arg)), None)
    if text is not None:  # `chmod -x FILE`
        p.argv = tuple("a" + arg if arg is text else arg for arg in p.argv)
    options = parse(p, "Rvf", longs={"recursive": "R", "verbose": "v"}, least=2, usage="[-R] MODE FILE...")
    mode, status = options.args[0], 0
    new_mode(p, mode, 0, is_dir=False)
    for name in options.args[1:]:
        for path, shown in _below(p, name, deep="R" in options):
            try:
                found = p.system.files.stat(path, uid=p.uid)
                new = new_mode(p, mode, found.mode & 0o7777, is_dir=found.is_dir)
                p.system.files.chmod(path, new, uid=p.uid)
                if "v" in options:
                    p.out(f"chmod '{shown}' to {new:04o}\n")
            except FsError as error:
                verb = f"chmod '{shown}' to {mode}" if error.errno in (errno.EPERM, errno.EROFS) else shown
                p.err(f"chmod: {verb}: {error.text}\n")
                status = 1
    return status


def _below(p: Process, name: str, *, deep: bool) -> Iterator[tuple[str, str]]:
    """`(path, name)` of a file and, if `deep`, of all that is in it."""
    try:
        path = at(p, name)
    except FsError as error:
        p.err(f"{p.argv[0]}: {name}: {error.text}\n")
        return
    yield path, name
    if deep and p.system.files.is_dir(path, uid=p.uid):
        try:
            children = p.system.files.list(path, uid=p.uid)
        except FsError as error:
            p.err(f"{p.argv[0]}: {name}: {error.text}\n")
            return
        for child in children:
            yield from _below(p, f"{name.rstrip('/')}/{child}", deep=True)


_BITS = {"r": 0o444, "w": 0o222, "x": 0o111}
_WHO = {"u": 0o4700, "g": 0o2070, "o": 0o1007, "a": 0o7777}


def new_mode(p: Process, text: str, old: int, *, is_dir: bool) -> int:
    """Permissions after `text` (octal or `u+x,go-w`) is applied to `old`.

    Raises:
        ProgramError: `text` is no mode.
    """
    if re.fullmatch(r"[0-7]{1,5}", text):
        return int(text, 8) & 0o7777
    mode = old
    for clause in text.split(","):
        match = re.fullmatch(r"([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)", clause)
        if match is None:
            raise ProgramError(f"{p.argv[0]}: bad mode '{text}'")
        who = 0
        for letter in match[1] or "a":
            who |= _WHO[letter]
        for verb, what in re.findall(r"([-+=])([rwxXst]*|[ugo])", match[2]):
            mode = _apply(mode, who, verb, what, is_dir=is_dir)
    return mode


def _apply(mode: int, who: int, verb: str, what: str, *, is_dir: bool) -> int:
    if what in ("u", "g", "o") and what:
        three = (mode >> {"u": 6, "g": 3, "o": 0}[what]) & 7
        bits = three * 0o111
    else:
        bits = 0
        for letter in what:
            bits |= _BITS.get(letter, 0)
            if letter == "X" and (is_dir or mode & 0o111):
                bits |= 0o111
            if letter == "s":
                bits |= 0o6000
            if letter == "t":
                bits |= 0o1000
    bits &= who
    if verb == "+":
        return mode | bits
    if verb == "-":
        return mode & ~bits
    return (mode & ~(who & 0o777)) | bits


def chown(p: Process) -> int:
    """Give files to somebody: accepted from root and without effect, for every place has its owner."""
    options = parse(p, "fhvRHLP", longs={"recursive": "R"}, least=2, usage="[-RHLP] [-fvh] GROUP|OWNER[:GROUP] FILE...")
    owner, status = options.args[0], 0
    for part in re.split(r"[:.]", owner):
        if part and uid_of(part) is None:
            raise ProgramError(f"{p.argv[0]}: no {'group' if p.argv[0] == 'chgrp' else 'user'} '{part}'")
    for name in options.args[1:]:
        try:
            found = p.system.files.stat(at(p, name), uid=p.uid)
            if p.uid and found.uid != p.uid:
                raise FsError(errno.EPERM, name)
        except FsError as error:
            p.err(f"{p.argv[0]}: {name}: {error.text}\n")
            status = 1
    return status


def chcon(p: Process) -> int:
    """Security contexts follow from the place; setting one is accepted and without effect."""
    options = parse(p, "hRv", least=2, usage="[-hRv] CONTEXT FILE...")
    return _all_there(p, options.args[1:])


def restorecon(p: Process) -> int:
    """The same for the context that a file should have."""
    return _all_there(p, parse(p, "DFnRrv", least=1, usage="[-D] [-F] [-R] [-n] [-v] FILE...").args)


def _all_there(p: Process, names: list[str]) -> int:
    status = 0
    for name in names:
        try:
            p.system.files.stat(at(p, name), uid=p.uid)
        except FsError as error:
            p.err(f"{p.argv[0]}: {name}: {error.text}\n")
            status = 1
    return status


def truncate(p: Process) -> int:
    """Cut files off or fill them up with zeros."""
    options = parse(p, "c", "s", longs={"size": "s", "no-create": "c"}, least=1, usage="[-c] -s SIZE FILE...")
    if "s" not in options:
        raise ProgramError('truncate: Needs -s SIZE (see "truncate --help")')
    text, status = options.value("s"), 0
    sign = text[0] if text[:1] in ("+", "-", "<", ">", "/", "%") else ""
    size = count(p, text[len(sign) :])
    if size > 256 * 1024 * 1024:
        raise ProgramError(f"truncate: '{options.args[0]}' to '{size}': File too large")
    for name in options.args:
        try:
            path = at(p, name)
            there = p.system.files.exists(path, uid=p.uid)
            if not there and "c" in options:
                continue
            data = p.system.files.read(path, uid=p.uid) if there else b""
            now = len(data)
            new = {"+": now + size, "-": max(0, now - size), "<": min(now, size), ">": max(now, size), "": size}.get(sign, now)
            if sign in ("/", "%") and size:
                new = now // size * size if sign == "/" else -(-now // size) * size
            p.system.files.write(path, data[:new] + bytes(max(0, new - now)), uid=p.uid)
        except FsError as error:
            p.err(f"truncate: {name}: {error.text}\n")
            status = 1
    return status


def mktemp(p: Process) -> int:
    """Make a file or folder of a name that nobody has yet."""
    longs = {"directory": "d", "tmpdir": "p", "dry-run": "u", "quiet": "q"}
    options = parse(p, "dqtu", "p", longs=longs, most=1, usage="[-dqtu] [-p DIR] [TEMPLATE]")
    template = options.args[0] if options.args else "tmp.XXXXXXXXXX"
    marks = len(template) - len(template.rstrip("X"))
    if marks < 2:
        raise ProgramError("mktemp: need XX template")
    base = options.value("p") or p.env.get("TMPDIR", "/data/local/tmp") if not options.args or "p" in options or "t" in options else ""
    files = p.system.files
    for turn in range(10_000):
        letters = files.draw(marks, salt=turn)
        shown = posixpath.join(base, template[:-marks] + letters)
        try:
            path = at(p, shown)
            if files.exists(path):
                continue
            if "u" in options:
                pass
            elif "d" in options:
                files.mkdir(path, uid=p.uid)
            else:
                files.write(path, b"", mode=0o600, uid=p.uid)
        except FsError as error:
            raise ProgramError("" if "q" in options else f"mktemp: Failed to create {shown}: {error.text}") from error
        p.out(shown + "\n")
        return 0
    raise ProgramError("mktemp: no name is free")
