"""`gzip`, `gunzip`, `zcat`."""

from __future__ import annotations

import gzip as codec
import zlib
from typing import Final

from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.streams import breathe
from mobilegym.emulator.phone.shell.toybox.common import at, complain, read_input, write_out
from mobilegym.emulator.phone.shell.toybox.options import Options, parse
from mobilegym.emulator.phone.shell.vfs import FsError

__all__ = ["gunzip", "gzip", "inflate", "zcat"]

_MAX_BYTES: Final = 256 * 1024 * 1024
_PART: Final = 4 * 1024 * 1024


async def inflate(data: bytes) -> bytes:
    """What gzip packed.

    Raises:
        ValueError: It is no such data, or unpacks to more than a quarter of a gigabyte.
    """
    parts: list[bytes] = []
    size = 0
    while data:
        unpacker = zlib.decompressobj(wbits=31)
        while not unpacker.eof:
            try:
                part = unpacker.decompress(data, _PART)
            except zlib.error as error:
                raise ValueError("bad gzip data") from error
            data = unpacker.unconsumed_tail
            size += len(part)
            parts.append(part)
            if size > _MAX_BYTES:
                raise ValueError("too large")
            if not part and not unpacker.eof:
                raise ValueError("unexpected end of file")
            await breathe()
        data = unpacker.unused_data.lstrip(b"\0")
    return b"".join(parts)


async def gzip(p: Process) -> int:
    """Pack or unpack files."""
    longs = {"stdout": "c", "decompress": "d", "uncompress": "d", "force": "f", "keep": "k", "quiet": "q", "test": "t", "verbose": "v",
             "best": "9", "fast": "1"}  # fmt: skip
    options = parse(p, "cdfklnqtvNr123456789", "S", longs=longs, usage="[-19cdfkt] [FILE...]")
    name = p.argv[0].rpartition("/")[2]
    if name in ("gunzip", "zcat"):
        options.add("d")
    if name == "zcat":
        options.add("c")
    status = 0
    for each in options.args or ["-"]:
        status |= await _one(p, options, each)
    return status


gunzip = zcat = gzip


async def _one(p: Process, options: Options, name: str) -> int:
    unpack, to_stdout = "d" in options or "t" in options, name == "-" or "c" in options or "t" in options
    if not to_stdout and unpack and not name.endswith((".gz", ".tgz")):
        p.err(f"{p.argv[0]}: no .gz: {name}\n")
        return 1
    try:
        data = await read_input(p, name)
        level = int(options.last_of("123456789") or 6)
        out = await inflate(data) if unpack else codec.compress(data, level, mtime=0)
        if to_stdout:
            if "t" not in options:
                await write_out(p, out)
            return 0
        files, path = p.system.files, at(p, name)
        target = (path[:-4] + ".tar" if path.endswith(".tgz") else path[:-3]) if unpack else path + ".gz"
        if files.exists(target) and "f" not in options:
            p.err(f"{p.argv[0]}: {target.rpartition('/')[2]}: File exists\n")
            return 1
        files.write(target, out, mtime_ms=files.stat(path).mtime_ms, uid=p.uid)
        if "k" not in options:
            files.remove(path, uid=p.uid)
    except FsError as error:
        complain(p, name, error)
        return 1
    except ValueError as error:
        p.err(f"{p.argv[0]}: {name}: {error}\n")
        return 1
    return 0
