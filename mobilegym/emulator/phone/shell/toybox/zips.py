"""`unzip` and `zipinfo`."""

from __future__ import annotations

import io
import posixpath
import zipfile
from datetime import datetime
from fnmatch import fnmatchcase

from mobilegym.emulator.phone.kernel.clock import epoch_ms
from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.streams import breathe
from mobilegym.emulator.phone.shell.toybox.common import at, write_out
from mobilegym.emulator.phone.shell.toybox.options import Options, parse
from mobilegym.emulator.phone.shell.vfs import FsError

__all__ = ["unzip", "zipinfo"]

_MAX_BYTES = 256 * 1024 * 1024
_MAX_DIRECTORY = 1024 * 1024
_PART = 4 * 1024 * 1024


def _open(p: Process, name: str) -> zipfile.ZipFile:
    for candidate in (name, name + ".zip"):
        try:
            data = p.system.files.read(at(p, candidate), uid=p.uid)
            end = data.rfind(b"PK\5\6", max(0, len(data) - 66_000))
            if end >= 0 and int.from_bytes(data[end + 12 : end + 16], "little") > _MAX_DIRECTORY:
                raise ProgramError(f"{p.argv[0]}: couldn't open {name}: Invalid file")
            return zipfile.ZipFile(io.BytesIO(data))
        except FsError as error:
            problem = error.text
        except zipfile.BadZipFile:
            raise ProgramError(f"{p.argv[0]}: couldn't open {name}: Invalid file") from None
    raise ProgramError(f"{p.argv[0]}: couldn't open {name}: {problem}")


async def unzip(p: Process) -> int:
    """List and unpack zip archives."""
    options = parse(p, "lnopqtvjaCDKLMUXZ", "dx", least=1, usage="[-d DIR] [-lnopqv] ZIP [FILE...] [-x FILE...]")
    source, names = options.args[0], options.args[1:]
    archive = _open(p, source)
    picked = [i for i in archive.infolist() if _wanted(i.filename, names, options.values("x"))]
    if sum(info.file_size for info in picked) > _MAX_BYTES and "l" not in options and "v" not in options:
        raise ProgramError(f"unzip: {source}: No space left on device")
    if "l" in options or "v" in options:
        _listing(p, source, picked)
        return 0
    if "p" not in options and "q" not in options:
        p.out(f"Archive:  {source}\n")
    status = 0
    for info in picked:
        try:
            data = await _content(archive, info)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, EOFError) as error:
            p.err(f"unzip: {info.filename}: {error}\n")
            status = 3
            continue
        if "p" in options:
            await write_out(p, data)
        elif "t" not in options:
            status = max(status, _extract(p, options, info, data))
    missing = [name for name in names if not any(fnmatchcase(i.filename, name) for i in picked)]
    for name in missing:
        p.err(f"unzip: couldn't find {name}\n")
    return 11 if missing else status


async def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    parts: list[bytes] = []
    with archive.open(info) as file:
        while part := file.read(_PART):
            parts.append(part)
            await breathe()
    return b"".join(parts)


def _wanted(name: str, names: list[str], excluded: list[str]) -> bool:
    return (not names or any(fnmatchcase(name, glob) for glob in names)) and not any(fnmatchcase(name, glob) for glob in excluded)


def _listing(p: Process, source: str, entries: list[zipfile.ZipInfo]) -> None:
    p.out(f"Archive:  {source}\n  Length      Date    Time    Name\n---------  ---------- -----   ----\n")
    for info in entries:
        year, month, day, hour, minute, _ = info.date_time
        p.out(f"{info.file_size:9d}  {year:04d}-{month:02d}-{day:02d} {hour:02d}:{minute:02d}   {info.filename}\n")
    count = len(entries)
    p.out(
        f"---------                     -------\n{sum(i.file_size for i in entries):9d}"
        f"                     {count} file{'' if count == 1 else 's'}\n"
    )


def _extract(p: Process, options: Options, info: zipfile.ZipInfo, data: bytes) -> int:
    files, name = p.system.files, info.filename
    if ".." in name.split("/"):
        p.err(f"unzip: bad filename {name}\n")
        return 1
    name = posixpath.basename(name.rstrip("/")) if "j" in options else name
    shown = posixpath.join(options.value("d"), name.lstrip("/"))
    path = p.system.files.resolve(shown, p.cwd)
    try:
        if info.is_dir():
            if "j" not in options:
                files.mkdir(path, parents=True, uid=p.uid)
            return 0
        if files.exists(path) and "o" not in options:
            if "n" not in options:
                p.err(f"unzip: {shown} exists: use -o to replace it\n")
            return 0 if "n" in options else 1
        files.mkdir(posixpath.dirname(path), parents=True, uid=p.uid)
        when = datetime(*info.date_time, tzinfo=p.kernel.clock.zone)
        files.write(path, data, mode=info.external_attr >> 16 & 0o777 or None, mtime_ms=epoch_ms(when), uid=p.uid)
    except FsError as error:
        p.err(f"unzip: couldn't create {shown}: {error.text}\n")
        return 1
    except ValueError:
        files.write(path, data, uid=p.uid)
    if "q" not in options:
        p.out(f"{'inflating' if info.compress_type else 'extracting':>11}: {shown}\n")
    return 0


def zipinfo(p: Process) -> int:
    """List zip archives."""
    options = parse(p, "1hlmstvz", least=1, usage="[-1] ZIP [FILE...]")
    archive = _open(p, options.args[0])
    picked = [i for i in archive.infolist() if _wanted(i.filename, options.args[1:], [])]
    if "1" in options:
        p.out("".join(f"{info.filename}\n" for info in picked))
        return 0
    size = len(p.system.files.read(at(p, options.args[0])))
    p.out(f"Archive:  {options.args[0]}\nZip file size: {size} bytes, number of entries: {len(picked)}\n")
    for info in picked:
        year, month, day, hour, minute, _ = info.date_time
        p.out(f"-rw----     2.0 fat  {info.file_size:7d} b- {'defN' if info.compress_type else 'stor'} {year:04d}-{month:02d}-{day:02d} "
              f"{hour:02d}:{minute:02d} {info.filename}\n")  # fmt: skip
    return 0
