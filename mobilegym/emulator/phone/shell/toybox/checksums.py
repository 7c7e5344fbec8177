"""`md5sum`, `sha1sum` and so on, `cksum`, `crc32`."""

from __future__ import annotations

import hashlib
import re
from zlib import crc32 as zlib_crc32

from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.toybox.common import Lines, complain, decode, read_input, split_lines
from mobilegym.emulator.phone.shell.toybox.options import Options, parse
from mobilegym.emulator.phone.shell.vfs import FsError

__all__ = ["cksum", "crc32", "md5sum", "sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum"]


async def md5sum(p: Process) -> int:
    """Print or check sums of files; which kind, the program's name tells."""
    longs = {"check": "c", "brief": "b", "status": "s", "binary": "B", "text": "B", "quiet": "q"}
    options = parse(p, "bcsBtq", longs=longs, usage="[-bcs] [FILE...]")
    kind = p.argv[0].rpartition("/")[2].removesuffix("sum")
    source = Lines(p, options.args)
    async for name, data in source.contents():
        if "c" in options:
            source.status |= await _check(p, options, kind, decode(data))
        else:
            sum_ = hashlib.new(kind, data, usedforsecurity=False).hexdigest()
            p.out(f"{sum_}\n" if "b" in options else f"{sum_}  {name}\n")
    return source.status


sha1sum = sha224sum = sha256sum = sha384sum = sha512sum = md5sum


async def _check(p: Process, options: Options, kind: str, text: str) -> int:
    status, good = 0, 0
    for line in split_lines(text):
        match = re.fullmatch(r"([0-9a-fA-F]+)[ \t]+\*?(.+)", line)
        if match is None:
            continue
        try:
            data = await read_input(p, match[2])
        except FsError as error:
            complain(p, match[2], error)
            status = 1
            continue
        fits = hashlib.new(kind, data, usedforsecurity=False).hexdigest() == match[1].lower()
        good += fits
        status |= not fits
        if "s" not in options and not (fits and "q" in options):
            p.out(f"{match[2]}: {'OK' if fits else 'FAILED'}\n")
    if not good and not status:
        p.err(f"{p.argv[0]}: -: no properly formatted checksum lines found\n")
        return 1
    return int(status)


async def crc32(p: Process) -> int:
    """Print CRC-32 sums."""
    options = parse(p, usage="[FILE...]")
    source = Lines(p, options.args)
    async for name, data in source.contents():
        p.out(f"{zlib_crc32(data):08x}" + (f" {name}" if len(options.args) > 1 else "") + "\n")
    return source.status


async def cksum(p: Process) -> int:
    """Print POSIX sums and lengths."""
    options = parse(p, "HILPN", usage="[-HIPLN] [FILE...]")
    source = Lines(p, options.args)
    async for name, data in source.contents():
        p.out(f"{_posix_crc(data)} {len(data)}" + (f" {name}" if options.args else "") + "\n")
    return source.status


def _table() -> list[int]:
    table: list[int] = []
    for i in range(256):
        value = i << 24
        for _ in range(8):
            value = (value << 1) ^ 0x04C11DB7 if value & 0x80000000 else value << 1
        table.append(value & 0xFFFFFFFF)
    return table


def _posix_crc(data: bytes) -> int:
    table, crc, length = _table(), 0, len(data)
    tail = bytearray()
    while length:
        tail.append(length & 255)
        length >>= 8
    for byte in data + bytes(tail):
        crc = ((crc << 8) & 0xFFFFFFFF) ^ table[(crc >> 24) ^ byte]
    return crc ^ 0xFFFFFFFF
